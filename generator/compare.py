# SPDX-License-Identifier: LGPL-2.1-or-later
"""`diff`: what changed between two specifications, classified by what it does to programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from . import model, plan, wire


class Effect(Enum):
    BREAKING = "breaking"
    COMPATIBLE = "compatible"
    DOCUMENTATION = "doc-only"


@dataclass(frozen=True)
class Change:
    effect: Effect
    what: str

    def __str__(self) -> str:
        return f"{self.effect.value}: {self.what}"


def _prototype(api: model.Api, function: model.Function) -> str:
    lowered = plan.lower(api, function)
    return f"{lowered.returns} ({', '.join(p.type for p in lowered.parameters) or 'void'})"


def _functions(old: model.Api, new: model.Api) -> Iterator[Change]:
    before = {f.name: f for f in old.functions}
    after = {f.name: f for f in new.functions}
    for name in before.keys() - after.keys():
        yield Change(Effect.BREAKING, f"function {name} is gone")
    for name in after.keys() - before.keys():
        yield Change(Effect.COMPATIBLE, f"function {name} is new")
    for name in before.keys() & after.keys():
        a, b = before[name], after[name]
        if _prototype(old, a) != _prototype(new, b):
            yield Change(Effect.BREAKING, f"function {name}: {_prototype(old, a)} is now"
                                          f" {_prototype(new, b)}")
        if (a.proc, a.symbol) != (b.proc, b.symbol):
            yield Change(Effect.BREAKING, f"function {name}: procedure or symbol node changed")
        yield from _access(name, a, b)
        if _states(a) != _states(b):
            yield Change(Effect.BREAKING, f"function {name}: states changed")
        yield from _support(name, a, b)
        if (a.brief, a.doc, a.returns.doc) != (b.brief, b.doc, b.returns.doc) or [
            p.doc for p in a.parameters
        ] != [p.doc for p in b.parameters]:
            yield Change(Effect.DOCUMENTATION, f"function {name}")


def _states(function: model.Function) -> dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return {name: (t.to, t.emits, t.errors) for t in function.transitions for name in t.states}


def _supports(function: model.Function) -> dict[str, model.Support]:
    return {support.driver: support for support in function.support}


def _support(name: str, a: model.Function, b: model.Function) -> Iterator[Change]:
    before, after = _supports(a), _supports(b)
    for driver in before.keys() - after.keys():
        yield Change(Effect.BREAKING, f"function {name}: driver {driver} no longer supports it")
    for driver in after.keys() - before.keys():
        yield Change(Effect.COMPATIBLE, f"function {name}: driver {driver} supports it now")
    for driver in before.keys() & after.keys():
        old, new = before[driver], after[driver]
        if new.until and new.until != old.until:
            yield Change(Effect.BREAKING, f"function {name}: driver {driver} supports it until"
                                          f" {new.until}")
        # Without a list all flags are supported.
        lost = (set() if old.flags is None else set(old.flags)) - set(new.flags or ())
        if new.flags is not None and (old.flags is None or lost):
            yield Change(Effect.BREAKING, f"function {name}: driver {driver} knows fewer flags")
        elif old.flags is not None and old.flags != new.flags:
            yield Change(Effect.COMPATIBLE, f"function {name}: driver {driver} knows further flags")


def _access(name: str, a: model.Function, b: model.Function) -> Iterator[Change]:
    if a.access != b.access:
        effect = Effect.BREAKING if b.access == "write" else Effect.COMPATIBLE
        yield Change(effect, f"function {name}: access {a.access or '-'} is now {b.access or '-'}")
    acl = [sorted({f"{r.object}.{r.name} {r.when}" for r in f.self.acl} if f.self else ())
           for f in (a, b)]
    if acl[0] != acl[1]:
        effect = Effect.BREAKING if set(acl[1]) - set(acl[0]) else Effect.COMPATIBLE
        yield Change(effect, f"function {name}: permissions changed")


def _limits(old: model.Api, new: model.Api) -> Iterator[Change]:
    before = {limit.name: limit for module in old.modules for limit in module.limits}
    after = {limit.name: limit for module in new.modules for limit in module.limits}
    for name in before.keys() - after.keys():
        yield Change(Effect.BREAKING, f"limit {name} is gone")
    for name in after.keys() - before.keys():
        yield Change(Effect.COMPATIBLE, f"limit {name} is new")
    for name in before.keys() & after.keys():
        if before[name].value != after[name].value:
            yield Change(Effect.BREAKING, f"limit {name}: {before[name].value} is now"
                                          f" {after[name].value}")


def _callback(api: model.Api, callback: model.Callback) -> str:
    returns, _ = plan.return_type(api, callback.returns)
    types = [p.type for p in plan.c_parameters(api, callback.parameters, in_callback=True)]
    return f"{returns} ({', '.join(types) or 'void'})"


def _callbacks(old: model.Api, new: model.Api) -> Iterator[Change]:
    before = {callback.name: callback for callback in old.callbacks}
    after = {callback.name: callback for callback in new.callbacks}
    for name in before.keys() - after.keys():
        yield Change(Effect.BREAKING, f"callback {name} is gone")
    for name in after.keys() - before.keys():
        yield Change(Effect.COMPATIBLE, f"callback {name} is new")
    for name in before.keys() & after.keys():
        a, b = _callback(old, before[name]), _callback(new, after[name])
        if a != b:
            yield Change(Effect.BREAKING, f"callback {name}: {a} is now {b}")


def _events(old: model.Api, new: model.Api) -> Iterator[Change]:
    before = {f"{event.object}/{event.name}": event for event in old.events}
    after = {f"{event.object}/{event.name}": event for event in new.events}
    for name in before.keys() - after.keys():
        yield Change(Effect.BREAKING, f"event {name} is gone")
    for name in after.keys() - before.keys():
        yield Change(Effect.COMPATIBLE, f"event {name} is new")
    for name in before.keys() & after.keys():
        a, b = before[name], after[name]
        if (a.callback, a.proc, a.callback_proc) != (b.callback, b.proc, b.callback_proc):
            yield Change(Effect.BREAKING, f"event {name}: callback or procedure changed")


def _enums(old: model.Api, new: model.Api) -> Iterator[Change]:
    before = {f"{e.prefix}{v.name}": v for e in old.enums for v in e.values}
    after = {f"{e.prefix}{v.name}": v for e in new.enums for v in e.values}
    for name in before.keys() - after.keys():
        yield Change(Effect.BREAKING, f"constant {name} is gone")
    for name in after.keys() - before.keys():
        yield Change(Effect.COMPATIBLE, f"constant {name} is new")
    for name in before.keys() & after.keys():
        if before[name].value != after[name].value:
            yield Change(Effect.BREAKING, f"constant {name}: {before[name].value} is now"
                                          f" {after[name].value}")
        elif before[name].doc != after[name].doc:
            yield Change(Effect.DOCUMENTATION, f"constant {name}")


def _keys(old: model.Api, new: model.Api) -> Iterator[Change]:
    before = {f"{s.prefix}{k.name}": k for s in old.paramsets for k in s.keys}
    after = {f"{s.prefix}{k.name}": k for s in new.paramsets for k in s.keys}
    for name in before.keys() - after.keys():
        yield Change(Effect.BREAKING, f"parameter key {name} is gone")
    for name in after.keys() - before.keys():
        yield Change(Effect.COMPATIBLE, f"parameter key {name} is new")
    for name in before.keys() & after.keys():
        a, b = before[name], after[name]
        if (a.string, a.type) != (b.string, b.type):
            yield Change(Effect.BREAKING, f"parameter key {name}: string or type changed")


def _records(old: model.Api, new: model.Api) -> Iterator[Change]:
    before = {r.name: r for r in old.records}
    after = {r.name: r for r in new.records}
    for name in before.keys() - after.keys():
        yield Change(Effect.BREAKING, f"record {name} is gone")
    for name in after.keys() - before.keys():
        yield Change(Effect.COMPATIBLE, f"record {name} is new")
    for name in before.keys() & after.keys():
        shapes = [
            [(f.name, f.fields if isinstance(f, model.Union) else (f.type, f.repr, f.length))
             for f in record.fields]
            for record in (before[name], after[name])
        ]
        if repr(shapes[0]) != repr(shapes[1]):
            yield Change(Effect.BREAKING, f"record {name}: layout changed")


def _structures(api: model.Api) -> dict[str, list[tuple[object, ...]]]:
    return {
        structure.spelled: [(m.name, m.kind, m.form, m.limit) for m in structure.members]
        for program in wire.derive(api).programs
        for structure in program.structures
    }


def _numbers(api: model.Api) -> dict[tuple[str, int], str]:
    return {
        (program.name, p.number): p.spelled
        for program in wire.derive(api).programs
        for p in program.procedures
    }


def _protocol(old: model.Api, new: model.Api) -> Iterator[Change]:
    before, after = _structures(old), _structures(new)
    for name in before.keys() - after.keys():
        yield Change(Effect.BREAKING, f"structure {name} of the protocol is gone")
    for name in before.keys() & after.keys():
        if before[name] != after[name]:
            yield Change(Effect.BREAKING, f"structure {name} of the protocol: members changed")
    numbers, now = _numbers(old), _numbers(new)
    for key, spelled in numbers.items():
        if now.get(key) != spelled:
            yield Change(Effect.BREAKING, f"procedure {key[1]} of program {key[0]}: {spelled} is now"
                                          f" {now.get(key, 'gone')}")
    for key in now.keys() - numbers.keys():
        yield Change(Effect.COMPATIBLE, f"procedure {key[1]} of program {key[0]} is new")


def compare(old: model.Api, new: model.Api) -> list[Change]:
    """All changes, the breaking ones first."""
    changes = [*_functions(old, new), *_enums(old, new), *_keys(old, new), *_records(old, new),
               *_limits(old, new), *_callbacks(old, new), *_events(old, new),
               *_protocol(old, new)]
    order = list(Effect)
    return sorted(changes, key=lambda change: (order.index(change.effect), change.what))
