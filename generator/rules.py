# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a specification must obey beyond its structure: one function is one rule.

The function's name (with dashes) is the rule's id; its docstring is what `explain` prints.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Protocol

from . import errors, model, naming, states, wire
from .model import Direction, Kind, ListMode, ReturnKind, Shape
from .permission_rules import RULES as PERMISSION_RULES
from .source import Location, Problems, suggestion
from .support_rules import RULES as SUPPORT_RULES
from .text_rules import RULES as TEXT_RULES
from .wire.rules import RULES as WIRE_RULES

Finding = tuple[Location, str]


class Named(Protocol):
    """Anything of the model that has a name and a place."""

    @property
    def name(self) -> str: ...

    @property
    def where(self) -> Location: ...


Rule = Callable[[model.Api], Iterator[Finding]]


def unique_name(api: model.Api) -> Iterator[Finding]:
    """A function, type, callback or parameter set has a name nobody else in its class has."""
    classes: tuple[tuple[Named, ...], ...] = (
        api.functions,
        (*api.objects, *api.enums, *api.records),
        api.callbacks,
        api.paramsets,
    )
    for items in classes:
        seen: dict[str, Location] = {}
        for item in items:
            if item.name in seen:
                yield item.where, f"'{item.name}' is already defined at {seen[item.name]}"
            seen.setdefault(item.name, item.where)


def camel_case(api: model.Api) -> Iterator[Finding]:
    """Functions, types and callbacks are spelled in CamelCase, parameters start in lower case."""
    for function in api.functions:
        if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", function.name):
            yield function.where, f"function '{function.name}' is not CamelCase"
        for parameter in function.parameters:
            if not re.fullmatch(r"[a-z][A-Za-z0-9_]*", parameter.name):
                yield parameter.where, f"parameter '{parameter.name}' does not start in lower case"


def distinct_parameters(api: model.Api) -> Iterator[Finding]:
    """No two parameters of one function share a name."""
    for function in api.functions:
        seen = {function.self.name} if function.self is not None else set()
        for parameter in function.parameters:
            if parameter.name in seen:
                yield parameter.where, (
                    f"in function '{function.name}': parameter '{parameter.name}' appears twice"
                )
            seen.add(parameter.name)


def count_is_known(api: model.Api) -> Iterator[Finding]:
    """A <count> says where the count of a list stands, so some list must name it."""
    for function in api.functions:
        named = {name for p in function.parameters for name in p.count}
        for parameter in function.parameters:
            if parameter.direction is Direction.COUNT and parameter.name not in named:
                yield parameter.where, (
                    f"in function '{function.name}': no list is counted by '{parameter.name}'"
                    f"{suggestion(parameter.name, named)}"
                )


def list_direction(api: model.Api) -> Iterator[Finding]:
    """A list that comes in is an array; one that goes out is filled or allocated."""
    for function in api.functions:
        for p in function.parameters:
            if p.direction is Direction.IN and p.list in (ListMode.FILL, ListMode.ALLOC):
                yield p.where, f"in function '{function.name}': '{p.name}' comes in, so it is an array"
            if p.direction is Direction.OUT and p.list is ListMode.ARRAY:
                yield p.where, f"in function '{function.name}': '{p.name}' goes out: fill or alloc"


def fill_is_counted(api: model.Api) -> Iterator[Finding]:
    """A list that is filled needs a count, or its end cannot be known."""
    for function in api.functions:
        for p in function.parameters:
            if p.list is ListMode.FILL and not p.count:
                yield p.where, f"in function '{function.name}': list '{p.name}' has no count"


def self_where_due(api: model.Api) -> Iterator[Finding]:
    """Getters, references, frees, look-ups and lists belong to an object."""
    due = (Shape.GETTER, Shape.REF, Shape.FREE, Shape.PARENT, Shape.LOOKUP, Shape.LOOKUP_STRING,
           Shape.LIST_ALL, Shape.LIST_NAMES, Shape.CALL)
    for function in api.functions:
        if function.shape in due and function.self is None:
            yield function.where, (
                f"function '{function.name}' is a {function.shape.value} but has no <self>"
            )


def lookup_returns_object(api: model.Api) -> Iterator[Finding]:
    """A look-up returns an object."""
    for function in api.functions:
        if function.shape in (Shape.LOOKUP, Shape.LOOKUP_STRING):
            if function.returns.kind is not ReturnKind.OBJECT:
                yield function.returns.where, f"look-up '{function.name}' returns no object"


def lookup_throws(api: model.Api) -> Iterator[Finding]:
    """A look-up in a driver says which error it gives when nothing is found."""
    for function in api.functions:
        if function.shape is Shape.LOOKUP and function.support and not function.throws:
            yield function.where, f"look-up '{function.name}' does not say how it fails"


def derived_error(api: model.Api) -> Iterator[Finding]:
    """<throws> names no error that follows from the object, the checks or the support."""
    for function in api.functions:
        derived = {errors.missing(api, function), "NO_SUPPORT", "RPC"} - {""}
        if function.self is not None and function.self.type in {o.name for o in api.objects}:
            derived.add(api.object(function.self.type).error)
        for thrown in function.throws:
            if thrown.error in derived - {"INVALID_ARG"}:
                yield function.where, f"function '{function.name}': {thrown.error} is derived"


def string_twin(api: model.Api) -> Iterator[Finding]:
    """A look-up by string needs the look-up by value that it stands for."""
    names = {function.name for function in api.functions}
    for function in api.functions:
        if function.shape is Shape.LOOKUP_STRING:
            twin = function.name.removesuffix("String")
            if twin not in names:
                yield function.where, f"'{function.name}' has no twin '{twin}'"


def known_parent(api: model.Api) -> Iterator[Finding]:
    """The parent of an object is an object, and parents do not go round in a circle."""
    objects = {o.name: o for o in api.objects}
    for item in api.objects:
        seen = {item.name}
        at = item
        while at.parent:
            if at.parent not in objects:
                yield item.where, (
                    f"object '{at.name}': unknown parent '{at.parent}'"
                    f"{suggestion(at.parent, objects)}"
                )
                break
            if at.parent in seen:
                yield item.where, f"object '{item.name}' is its own ancestor"
                break
            seen.add(at.parent)
            at = objects[at.parent]


def known_error(api: model.Api) -> Iterator[Finding]:
    """An error that is named, and where errors come from, stand in the enums of both."""
    enums = {e.name: {f"{e.prefix}{v.name}" for v in e.values} for e in api.enums}
    codes = {c.removeprefix("VIR_ERR_") for c in enums.get("ErrorNumber", ())}
    domains = {d.removeprefix("VIR_FROM_") for d in enums.get("ErrorDomain", ())}
    named = [(o.where, o.error) for o in api.objects]
    named += [(f.where, t.error) for f in api.functions for t in f.throws]
    for where, code in named:
        if codes and code not in codes:
            yield where, f"unknown error '{code}'{suggestion(code, codes)}"
    origins = [(o.where, d) for o in api.objects for d in (o.error_domain, o.handle_domain)]
    origins += [(d.where, d.error_domain) for d in api.known_drivers]
    origins += [(m.where, m.error_domain) for m in api.modules]
    origins += [(f.where, f.error_domain) for f in api.functions]
    for where, domain in origins:
        if domain and domain != "caller" and domains and domain not in domains:
            yield where, f"unknown error domain '{domain}'{suggestion(domain, domains)}"


def flag_names(api: model.Api) -> Iterator[Finding]:
    """Rules about flags (requires, excludes, access, permission) name flags of the function."""
    for function in (*api.functions, *api.procedures):
        flags = next((p for p in function.parameters if p.name == "flags"), None)
        names = flags.type.names if flags is not None else ()
        known = {f"{e.prefix}{v.name}" for e in api.enums if e.name in names for v in e.values}
        used = [name for pair in (*function.requires, *function.excludes)
                for names in pair for name in names.split("|")]
        if function.self is not None:
            used += function.self.write_flags
            used += [name for rule in function.self.acl if rule.when and "=" not in rule.when
                     for name in re.split(r"[|!]+", rule.when) if name]
        for name in used:
            if name not in known:
                yield function.where, (
                    f"in function '{function.name}': '{name}' is none of its flags"
                    f"{suggestion(name, known)}"
                )


def union_choice(api: model.Api) -> Iterator[Finding]:
    """A union is chosen by a field of its record, and a list in a record is counted by one."""
    for record in api.records:
        fields = {f.name for f in record.fields if isinstance(f, model.Field)}
        for field in record.fields:
            if isinstance(field, model.Union) and field.by not in fields:
                yield record.where, (
                    f"record '{record.name}': union '{field.name}' is chosen by '{field.by}', which"
                    f" is no field{suggestion(field.by, fields)}"
                )
            if isinstance(field, model.Field) and field.count and field.count not in fields:
                yield field.where, (
                    f"record '{record.name}': '{field.name}' is counted by '{field.count}', which"
                    f" is no field{suggestion(field.count, fields)}"
                )


_NUMBERS = frozenset({Kind.INT, Kind.UINT, Kind.INT64, Kind.UINT64, Kind.DOUBLE})
_SINGLE_IN = frozenset(Kind)
_SINGLE_OUT = _NUMBERS | {
    Kind.BOOL, Kind.ENUM, Kind.FLAGS, Kind.STRING, Kind.UUID, Kind.UUID_STRING, Kind.BYTES,
    Kind.BITMAP, Kind.RECORD,
}
_LISTED = _NUMBERS | {Kind.FD, Kind.ENUM, Kind.STRING, Kind.RECORD, Kind.OBJECT, Kind.PARAMS}
_COMBINATIONS: dict[tuple[Direction, ListMode], frozenset[Kind]] = {
    (Direction.IN, ListMode.NO): _SINGLE_IN - {Kind.PARAMS},
    (Direction.IN, ListMode.ARRAY): _LISTED,
    (Direction.OUT, ListMode.NO): _SINGLE_OUT,
    (Direction.OUT, ListMode.FILL): (_LISTED - {Kind.OBJECT, Kind.FD})
    | {Kind.UUID_STRING, Kind.BITMAP},
    (Direction.OUT, ListMode.ALLOC): _LISTED,
    (Direction.INOUT, ListMode.ALLOC): frozenset({Kind.PARAMS}),
}


def combination(api: model.Api) -> Iterator[Finding]:
    """Direction, list mode and kind go together only as every emitter knows them."""
    for function in api.functions:
        for p in function.parameters:
            if p.direction is Direction.COUNT or (p.direction, p.list) in _LIST_DIRECTION:
                continue
            if p.type.kind not in _COMBINATIONS.get((p.direction, p.list), frozenset()):
                how = f"a list ({p.list.value})" if p.list is not ListMode.NO else "single"
                yield p.where, (
                    f"in function '{function.name}': '{p.name}' cannot be {p.direction.value},"
                    f" {how} and {p.type.kind.value}"
                )


# What list_direction() refuses with a better message.
_LIST_DIRECTION = frozenset({
    (Direction.IN, ListMode.FILL), (Direction.IN, ListMode.ALLOC), (Direction.OUT, ListMode.ARRAY),
})


def typed_return(api: model.Api) -> Iterator[Finding]:
    """An object or a value that is returned has a type; nothing else has."""
    for function in api.functions:
        returns = function.returns
        wanted = returns.kind in (ReturnKind.OBJECT, ReturnKind.VALUE)
        if wanted and returns.type is None:
            yield returns.where, f"function '{function.name}' returns an untyped {returns.kind.value}"
        if returns.kind is ReturnKind.OBJECT and returns.type is not None and (
                returns.type.kind is not Kind.OBJECT):
            yield returns.where, (
                f"function '{function.name}' returns an object, but"
                f" '{returns.type.name or returns.type.kind.value}' is none"
            )


def getter_key(api: model.Api) -> Iterator[Finding]:
    """A getter reads a key of its object, so its name ends in one."""
    objects = {o.name: o for o in api.objects}
    for function in api.functions:
        if function.shape is not Shape.GETTER or function.self is None:
            continue
        own = objects.get(function.self.type)
        asked = function.name.removeprefix(function.self.type).removeprefix("Get").lower()
        known = [key.name for key in own.keys] if own is not None else []
        if asked.removesuffix("string") not in {name.lower() for name in known}:
            yield function.where, (
                f"getter '{function.name}': object '{function.self.type}' has no key '{asked}'"
                f"{suggestion(asked, known)}"
            )


def spelled_argument(api: model.Api) -> Iterator[Finding]:
    """A name that a language spells by exception is that of the function or of one of its arguments."""
    for function in api.functions:
        known = {p.name for p in function.parameters} | {c for p in function.parameters for c in p.count}
        known |= {function.self.name} if function.self is not None else set()
        for spelling in function.spellings:
            if spelling.argument and spelling.argument not in known:
                yield function.where, (
                    f"function '{function.name}' has no argument '{spelling.argument}' to spell otherwise in"
                    f" {spelling.language}{suggestion(spelling.argument, known)}")


def range_order(api: model.Api) -> Iterator[Finding]:
    """A range has its lower bound first, and only numbers have one."""
    for function in api.functions:
        for p in function.parameters:
            for bounds in (p.range, p.count_range):
                if bounds.low is not None and bounds.high is not None and bounds.low > bounds.high:
                    yield p.where, (
                        f"in function '{function.name}': range of '{p.name}' is empty"
                    )
            ranged = p.range != model.Range()
            if ranged and p.direction is not Direction.COUNT and p.type.kind not in _NUMBERS:
                yield p.where, f"in function '{function.name}': '{p.name}' is no number to have a range"


def state_names(api: model.Api) -> Iterator[Finding]:
    """A <state> of a function names states, events and errors that exist, and ends in one way."""
    codes = {f"{e.prefix}{v.name}".removeprefix("VIR_ERR_")
             for e in api.enums if e.name == "ErrorNumber" for v in e.values}
    for function in api.functions:
        if not function.transitions:
            continue
        own = states.subject(api, function)
        known = [state.name for state in own.states]
        here = f"in function '{function.name}'"
        for t in function.transitions:
            for name in (*t.states, *((t.to,) if t.to else ())):
                if name not in known:
                    yield t.where, (
                        f"{here}: object '{own.name}' has no state '{name}'{suggestion(name, known)}"
                    )
            for event in t.emits:
                if states.constants(api, own, event) is None:
                    yield t.where, f"{here}: there is no event '{event}' of object '{own.name}'"
            for code in t.errors:
                if codes and code not in codes:
                    yield t.where, f"{here}: unknown error '{code}'{suggestion(code, codes)}"
            if t.errors and (t.to or t.emits):
                yield t.where, f"{here}: a call that fails changes no state and emits nothing"


def state_complete(api: model.Api) -> Iterator[Finding]:
    """A function that speaks of states says once what it does in each of them.

    On an object that is not there it fails with the error of that state, unless it says otherwise.
    """
    for function in api.functions:
        if not function.transitions:
            continue
        own = states.subject(api, function)
        said = [name for t in function.transitions for name in t.states]
        for number, state in enumerate(own.states):
            absent = number == 0 and state.error and states.on_subject(api, function)
            if state.name not in said and not absent:
                yield function.where, (
                    f"function '{function.name}' does not say what it does in state '{state.name}'"
                )
            if said.count(state.name) > 1:
                yield function.where, (
                    f"function '{function.name}' says twice what it does in state '{state.name}'"
                )


def access_is_said(api: model.Api) -> Iterator[Finding]:
    """A function that reaches a driver says whether a read-only connection may use it."""
    driven = (Shape.CALL, Shape.LOOKUP, Shape.LIST_ALL, Shape.LIST_NAMES, Shape.STREAM)
    for function in api.functions:
        if function.shape not in driven or function.self is None:
            continue
        if function.access not in ("read", "write") and not function.self.type.startswith("Adm"):
            yield function.where, f"function '{function.name}' has access read or write"


def blocking_class(api: model.Api) -> Iterator[Finding]:
    """A blocking class is no, monitor or long."""
    for function in api.functions:
        if function.blocks not in ("no", "monitor", "long"):
            yield function.where, (
                f"function '{function.name}': '{function.blocks}' is no blocking class"
                " (one of no, monitor, long)"
            )


def one_procedure(api: model.Api) -> Iterator[Finding]:
    """Within one program, a procedure number belongs to one function."""
    for library in api.libraries:
        seen: dict[int, str] = {}
        for module in api.modules:
            if module.library != library:
                continue
            for function in module.functions:
                if function.proc is None or function.shape in (Shape.OPEN, Shape.LOCAL):
                    continue
                if function.proc in seen and seen[function.proc] != function.name:
                    yield function.where, (
                        f"procedure {function.proc} of '{function.name}' is taken by"
                        f" '{seen[function.proc]}'"
                    )
                seen.setdefault(function.proc, function.name)


def event_object(api: model.Api) -> Iterator[Finding]:
    """An event belongs to an object, and its number stands in that object's event enum."""
    enums = {enum.name: {value.name for value in enum.values} for enum in api.enums}
    for event in api.events:
        known = enums.get(f"{event.object}EventID")
        if known is None:
            yield event.where, f"event '{event.name}': there is no enum '{event.object}EventID'"
        elif event.name not in known:
            yield event.where, (
                f"'{event.object}EventID' has no value '{event.name}'{suggestion(event.name, known)}"
            )


def distinct_values(api: model.Api) -> Iterator[Finding]:
    """An enum names no value twice."""
    for enum in api.enums:
        seen = set()
        for value in enum.values:
            if value.name in seen:
                yield value.where, f"in '{enum.name}': '{value.name}' appears twice"
            seen.add(value.name)


def detailed_text(api: model.Api) -> Iterator[Finding]:
    """The text of an error code with a detail has one %s, where the detail goes."""
    for enum in api.enums:
        for value in enum.values:
            if value.detailed and (value.detailed.count("%") != 1 or "%s" not in value.detailed):
                yield value.where, f"in '{enum.name}': '{value.detailed}' does not hold one %s"


def release_order(api: model.Api) -> Iterator[Finding]:
    """Nothing is newer than the release the specification describes."""
    limit = naming.release_key(api.release) if re.fullmatch(r"\d+\.\d+\.\d+", api.release) else ()
    if not limit:
        yield api.where, f"release '{api.release}' is not of the form 1.2.3"
        return
    for function in api.functions:
        if not re.fullmatch(r"\d+\.\d+\.\d+", function.since):
            yield function.where, f"function '{function.name}': since '{function.since}' is no release"
        elif naming.release_key(function.since) > limit:
            yield function.where, (
                f"function '{function.name}' is newer ({function.since}) than the release"
                f" {api.release}"
            )


def brief_style(api: model.Api) -> Iterator[Finding]:
    """A brief line starts in lower case, ends without full stop and has at most 80 characters."""
    for function in api.functions:
        text = function.brief.plain
        if text.endswith("."):
            yield function.where, f"brief of '{function.name}' ends in a full stop"
        if len(text) > 80:
            yield function.where, f"brief of '{function.name}' has {len(text)} characters, at most 80"
        if text[:1].isupper() and not text[:2].isupper():
            yield function.where, f"brief of '{function.name}' starts with a capital letter"


def phrase_style(api: model.Api) -> Iterator[Finding]:
    """What a parameter is and what is returned are phrases: lower case, a full stop only in sentences."""
    callers: list[model.Function | model.Callback] = [*api.functions, *api.callbacks]
    for function in callers:
        texts = [(p.where, p.name, p.doc.plain) for p in function.parameters]
        texts.append((function.returns.where, "returns", function.returns.doc.plain))
        for where, name, text in texts:
            capital = re.match("[A-Z][a-z]", text) or text.startswith("A ")
            if capital or text.endswith(".") and ". " not in text:
                yield where, f"in '{function.name}': the text of '{name}' is a phrase, not a sentence"


def secret_type(api: model.Api) -> Iterator[Finding]:
    """Only strings, bytes and lists of parameters can be secret."""
    for function in api.functions:
        for p in function.parameters:
            if p.secret and p.type.kind not in (Kind.STRING, Kind.BYTES, Kind.PARAMS):
                yield p.where, f"in function '{function.name}': '{p.name}' cannot be secret"


RULES: tuple[Rule, ...] = (
    unique_name,
    camel_case,
    distinct_parameters,
    count_is_known,
    list_direction,
    fill_is_counted,
    self_where_due,
    lookup_returns_object,
    lookup_throws,
    derived_error,
    string_twin,
    known_parent,
    known_error,
    flag_names,
    union_choice,
    combination,
    typed_return,
    getter_key,
    spelled_argument,
    range_order,
    state_names,
    state_complete,
    access_is_said,
    blocking_class,
    one_procedure,
    *SUPPORT_RULES,
    *PERMISSION_RULES,
    event_object,
    distinct_values,
    detailed_text,
    release_order,
    brief_style,
    phrase_style,
    *TEXT_RULES,
    secret_type,
)


def rule_id(rule: Callable[..., Iterator[Finding]]) -> str:
    return getattr(rule, "__name__").replace("_", "-")  # type: ignore[no-any-return]


def check(api: model.Api, problems: Problems) -> None:
    """Apply every rule, collecting all findings; those of the protocol need a sound model."""
    for rule in RULES:
        for where, message in rule(api):
            problems.add(where, rule_id(rule), message)
    if problems.found:
        return
    derivation = wire.derive(api)
    for wire_rule in WIRE_RULES:
        for where, message in wire_rule(derivation):
            problems.add(where, rule_id(wire_rule), message)
