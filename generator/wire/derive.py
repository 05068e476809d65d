# SPDX-License-Identifier: LGPL-2.1-or-later
"""Derives the protocol from the API: one procedure per function and event that has a number.

The call carries the object, then what comes in, in C order; where the caller only offers room, it
carries how much. The reply carries what goes out, then what the function returns. What history
did otherwise is said by wire-* attributes and wire-order.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property

from .. import model, naming, plan
from ..model import Direction, ListMode, ReturnKind, Shape
from .members import Members, by_order
from .model import Form, Kind, Limit, Member, Procedure, Program, Role, Structure


class _Calls:
    """Structures of the calls of one program."""

    def __init__(self, api: model.Api, program: str, members: Members) -> None:
        self.api = api
        self.program = program
        self.members = members

    def arguments(self, function: model.Function) -> list[Member]:
        result: list[Member] = []
        if function.self is not None:
            own = self.members.self_member(function.self)
            if own is not None:
                result.append(own)
        for c in plan.c_parameters(self.api, function.parameters):
            assert c.source is not None
            member = self._argument(function, c, c.source)
            if member is not None:
                result.append(member)
        return by_order(result, function.wire_order)

    def _argument(
        self, function: model.Function, c: plan.CParameter, p: model.Parameter
    ) -> Member | None:
        if c.role == "count":
            return self._room(function, c)
        if c.role == "stride" and p.direction is Direction.OUT:
            return Member(c.name, Kind.INT, role=Role.STRIDE, parameter=p)
        if c.role != "value":
            return None
        if p.direction is Direction.IN:
            return self._value(p)
        if p.wire.need:
            return Member(p.wire.need, Kind.INT, role=Role.NEED, parameter=p)
        if p.list is ListMode.ALLOC and p.nullable and not _is_fd(p):
            kind = Kind.UINT if self.program == "admin" else Kind.INT
            return Member("need_results", kind, role=Role.NEED, parameter=p)
        return None

    def _value(self, p: model.Parameter) -> Member | None:
        kind = p.type.kind
        if kind in (model.Kind.CALLBACK, model.Kind.OPAQUE, model.Kind.FD):
            return None
        if kind is model.Kind.OBJECT and p.type.name == "Stream":
            return None
        if kind is model.Kind.RECORD or p.wire.type == "none":
            return None
        return self.members.parameter(p)

    def _room(self, function: model.Function, c: plan.CParameter) -> Member | None:
        """How many items the caller has room for; counts of lists that come in are implied."""
        lists = [p for p in function.parameters if c.name in p.count]
        if any(p.direction is Direction.IN or _is_fd(p) for p in lists):
            return None
        if all((p.list is ListMode.ALLOC or p.transfer == "full" and p.list is ListMode.NO)
               and not p.wire.count for p in lists):
            return None
        unsigned = c.type.startswith(("unsigned", "size_t"))
        kind = Kind.UINT if unsigned else Kind.INT
        member = Member(c.name, kind, role=Role.COUNT, parameter=lists[0])
        if lists[0].wire.room:
            return replace(member, name=lists[0].wire.room)
        if c.source is not None and c.source.direction is Direction.COUNT:
            return self.members.overridden(member, c.source.wire)
        return member

    def results(self, function: model.Function) -> list[Member]:
        result: list[Member] = []
        for p in function.parameters:
            implied = p.name == function.returns.count
            if p.direction is Direction.OUT and not _is_fd(p) and not implied:
                result += self._output(p)
        if function.self is not None and function.self.wire_updated:
            own = self.members.self_member(function.self)
            assert own is not None
            result.append(own)
        back = self._returned(function, result)
        if back is not None:
            result.append(back)
        return by_order(result, function.returns.wire_order)

    def _output(self, p: model.Parameter) -> list[Member]:
        if p.type.kind is model.Kind.RECORD and p.list is ListMode.NO:
            record = self.api.record(p.type.name)
            return [
                replace(m, parameter=p, field=m.field) for m in self.members.fields(record)
            ]
        member = self.members.parameter(p)
        counted = p.wire.count
        if counted is None:
            counted = p.probe and p.list is ListMode.FILL
        if counted and p.count:
            count = Member(p.count[0], Kind.INT, role=Role.COUNT, parameter=p)
            return [member, count]
        return [member]

    def _returned(self, function: model.Function, outputs: list[Member]) -> Member | None:
        returns = function.returns
        if returns.wire.type == "none":
            return None
        member = self._return_member(function)
        carried = self._carries_return(function, outputs)
        if member is None or not (carried or returns.wire.name):
            return None
        return self.members.overridden(replace(member, role=Role.RETURN, secret=returns.secret),
                                       returns.wire)

    def _carries_return(self, function: model.Function, outputs: list[Member]) -> bool:
        """A count travels when no list does, or when the caller may want no list."""
        returns = function.returns
        match returns.kind:
            case ReturnKind.STATUS | ReturnKind.NONE:
                return False
            case ReturnKind.COUNT:
                lists = [p for p in function.parameters
                         if p.direction is Direction.OUT and p.list is not ListMode.NO]
                if any(_is_fd(p) for p in lists):
                    return False
                return not lists or all(p.nullable for p in lists)
            case ReturnKind.VALUE:
                return returns.type is None or returns.type.kind is not model.Kind.FD
            case _:
                return True

    def _return_member(self, function: model.Function) -> Member | None:
        returns = function.returns
        match returns.kind:
            case ReturnKind.STATUS:
                return Member("result", Kind.INT)
            case ReturnKind.NONE:
                return None
            case ReturnKind.COUNT:
                if function.shape is Shape.LIST_ALL:
                    return Member("ret", Kind.UINT)
                lists = any(p.direction is Direction.OUT for p in function.parameters)
                return Member("ret" if lists else "num", Kind.INT)
            case ReturnKind.BOOL:
                return Member(self._answer(function.name), Kind.INT)
            case ReturnKind.STRING:
                name = "xml" if "XML" in function.name else self._noun(function.name)
                return self.members.string(name, False)
            case ReturnKind.OBJECT:
                assert returns.type is not None
                word = self.members.word(self.api.object(returns.type.name))
                return Member(word, Kind.STRUCT, structure=returns.type.name,
                              object=returns.type.name)
            case ReturnKind.VALUE:
                return self._value_returned(function)

    def _value_returned(self, function: model.Function) -> Member:
        returns = function.returns
        assert returns.type is not None
        if returns.type.kind is model.Kind.BYTES:
            return Member("value", Kind.OPAQUE, Form.LIST, self.members.limit(returns.max),
                          secret=True)
        c_type, _failure = plan.return_type(self.api, returns)
        return self.members.item("result", returns.type, c_type, False)

    @staticmethod
    def _answer(name: str) -> str:
        """DomainIsActive -> active; a question with "has" is a result."""
        found = re.search(r"Is([A-Z][a-z]+)$", name)
        return found.group(1).lower() if found else "result"

    @staticmethod
    def _noun(name: str) -> str:
        """DomainGetSchedulerType -> type."""
        found = re.search(r"(Get|To|From)([A-Z]\w*)$", name)
        return naming.words(found.group(2))[-1].lower() if found else "result"


def _is_fd(p: model.Parameter) -> bool:
    return p.type.kind is model.Kind.FD


class Derivation:
    """The whole protocol of a specification."""

    def __init__(self, api: model.Api) -> None:
        self.api = api

    @cached_property
    def limits(self) -> dict[str, dict[str, Limit]]:
        """Limits per program; a program sees those of the one it uses."""
        result: dict[str, dict[str, Limit]] = {}
        numbers = {l.name: l.value for m in self.api.modules for l in m.limits}
        for program in self.api.programs:
            own = dict(result.get(program.uses, {}))
            for limit in program.limits:
                text = numbers.get(limit.value, limit.value)
                value = int(text, 0) if re.fullmatch(r"(0x)?[0-9a-fA-F]+", text) else 0
                own[limit.name] = Limit(program.name, limit.name, value)
            result[program.name] = own
        return result

    def program_of(self, function: model.Function, module: model.Module) -> str:
        if function.program:
            return function.program
        return next((p.name for p in self.api.programs if p.library == module.library), "")

    def objects(self, program: model.Program, members: Members) -> list[Structure]:
        """The objects of the program's library, parents first."""
        return [
            self.object(program, members, item)
            for module in self.api.modules
            for item in module.objects
            if module.library == program.library
            and "Connect" not in item.name
            and item.driver != "runtime"
        ]

    def object(self, program: model.Program, members: Members, item: model.Object) -> Structure:
        words = f"nonnull_{naming.wire_words(item.name, program.name)}"
        return Structure(item.name, members.spelled_type(words), program.name,
                         tuple(members.object_members(item)), object=item)

    def record(self, program: model.Program, members: Members, record: model.Record) -> Structure:
        words = record.wire.name or naming.wire_words(record.name, program.name)
        spelled = members.spelled_type(words)
        return Structure(record.name, spelled, program.name, tuple(members.fields(record)),
                         record=record)

    def _records(
        self, program: model.Program, members: Members, used: list[Structure]
    ) -> list[Structure]:
        """The records that structures contain, and those the program sends by themselves."""
        records = {r.name: r for r in (*self.api.records, *self.api.wire_records)}
        objects = {o.name: o for o in self.api.objects}
        have = {s.name for s in used}
        found: dict[str, Structure] = {}

        def visit(name: str) -> None:
            if name in found or name in have:
                return
            if name in records:
                made = self.record(program, members, records[name])
            elif name in objects and not program.uses:
                made = self.object(program, members, objects[name])
            else:
                return
            for member in made.members:
                if member.structure:
                    visit(member.structure)
            found[name] = made

        for structure in used:
            for member in structure.members:
                if member.structure:
                    visit(member.structure)
        for name in program.sends:
            visit(name)
        return list(found.values())

    @cached_property
    def programs(self) -> tuple[Program, ...]:
        made: list[Program] = []
        for program in self.api.programs:
            limits = self.limits[program.name]
            members = Members(self.api, program.name, limits)
            procedures = self._procedures(program, members)
            used = [s for p in procedures for s in (p.args, p.ret) if s is not None]
            base = next((p for p in made if p.name == program.uses), None)
            objects = [] if base else self.objects(program, members)
            records = self._records(program, members, used + objects)
            nested = [m.structure for s in used for m in s.members if m.role is Role.NESTED]
            used.sort(key=lambda s: s.name not in nested)
            if program.number is None:
                records = [_prefixed(s) for s in records]
            made.append(Program(
                program.name, program,
                tuple(l for l in limits.values() if l.program == program.name),
                tuple(objects + records + used), tuple(procedures),
            ))
        return tuple(made)

    def _procedures(self, program: model.Program, members: Members) -> list[Procedure]:
        calls = _Calls(self.api, program.name, members)
        found: dict[int, Procedure] = {}
        for module in self.api.modules:
            for function in (*module.functions, *module.wire.functions):
                if function.proc is None or self.program_of(function, module) != program.name:
                    continue
                made = self._call(program, calls, function)
                found[made.number] = _fuller(found.get(made.number), made)
                if function.callback_proc is not None:
                    newer = self._newer_call(program, calls, function)
                    found[newer.number] = newer
            if module.library == program.library:
                for event in module.events:
                    for made in self._events(program, members, event):
                        found[made.number] = made
        return [found[number] for number in sorted(found)]

    def _structure(
        self, program: model.Program, name: str, suffix: str, members: list[Member], words: str = ""
    ) -> Structure | None:
        if not members:
            return None
        spelled = words or naming.wire_words(name, program.name)
        return Structure(
            f"{name}{suffix.capitalize()}",
            naming.wire_type(program.name, f"{spelled}_{suffix}"),
            program.name, tuple(members),
        )

    def _call(
        self, program: model.Program, calls: _Calls, function: model.Function
    ) -> Procedure:
        name = "ConnectOpen" if function.shape is Shape.OPEN else function.name
        if program.name == "admin" and function.shape is Shape.OPEN:
            name = function.name
        arguments = calls.arguments(function)
        results = calls.results(function)
        direction = {Shape.EVENT: "event", Shape.MESSAGE: "message"}.get(function.shape, "call")
        if function.shape in (Shape.OPEN, Shape.CLOSE):
            arguments = [m for m in arguments if m.parameter is not None]
            results = []
        legacy = function.callback_proc is not None
        if function.shape is Shape.EVENT_REGISTER:
            arguments, results = self._registration(function, arguments, legacy)
        elif function.shape is Shape.EVENT_DEREGISTER:
            arguments, results = self._deregistration(arguments, legacy)
        return Procedure(
            name=name,
            spelled=naming.wire_words(name, program.name),
            program=program.name,
            number=function.proc if function.proc is not None else 0,
            direction=direction,
            high=function.priority == "high",
            stream=function.stream,
            files_in=any(_is_fd(p) and p.direction is Direction.IN for p in function.parameters),
            files_out=_sends_fd(function),
            args=self._structure(
                program, name, "args" if direction == "call" else "msg", arguments),
            ret=self._structure(program, name, "ret", results) if direction == "call" else None,
            function=function,
            legacy=legacy,
        )

    @staticmethod
    def _registration(
        function: model.Function, arguments: list[Member], legacy: bool
    ) -> tuple[list[Member], list[Member]]:
        """Registering says which event and which object; the reply is the callback's id."""
        if not any(m.name in ("eventID", "event") for m in arguments):
            return [], [Member("cb_registered", Kind.INT, role=Role.RETURN)]
        objects = [replace(m, form=Form.OPTIONAL) for m in arguments if m.object]
        others = [m for m in arguments if not m.object]
        if legacy:
            return others, []
        first = others[:1] if others[0].name == "eventID" else []
        rest = [m for m in others if m not in first]
        return first + objects + rest, [Member("callbackID", Kind.INT, role=Role.CALLBACK_ID)]

    @staticmethod
    def _deregistration(
        arguments: list[Member], legacy: bool
    ) -> tuple[list[Member], list[Member]]:
        if not arguments:
            return [], [Member("cb_registered", Kind.INT, role=Role.RETURN)]
        name = "eventID" if legacy else "callbackID"
        return [replace(arguments[0], name=name, role=Role.CALLBACK_ID)], []

    def _newer_call(
        self, program: model.Program, calls: _Calls, function: model.Function
    ) -> Procedure:
        """The second procedure of a function, with callback ids of the server."""
        name = function.name.replace("Event", "EventCallback")
        newer = self._call(program, calls, replace(function, callback_proc=None))
        args, ret = newer.args, newer.ret
        assert args is not None
        members = list(args.members)
        assert function.callback_proc is not None
        return replace(
            newer, name=name, spelled=naming.wire_words(name, program.name),
            number=function.callback_proc,
            args=self._structure(program, name, "args", members),
            ret=self._structure(program, name, "ret", list(ret.members)) if ret else None,
            function=function, legacy=False,
        )

    def _events(
        self, program: model.Program, members: Members, event: model.Event
    ) -> list[Procedure]:
        callback = next(c for c in self.api.callbacks if c.name == event.callback)
        payload = self._payload(members, event, callback)
        base = f"{event.object}Event"
        words = event.name.lower()
        spelled = naming.wire_words(base, program.name)
        name = base + "".join(w.capitalize() for w in event.name.split("_"))
        number = Member("callbackID", Kind.INT, role=Role.CALLBACK_ID)
        made: list[Procedure] = []
        old = event.proc is not None and (event.callback_proc is not None)
        if event.proc is not None:
            carried = [m for m in payload if not old or m.name != event.wire_late]
            args = carried if old else [number, *payload]
            made.append(self._event(program, name, f"{spelled}_{words}", event, callback, args, old))
        if event.callback_proc is not None:
            newer = name.replace("Event", "EventCallback", 1)
            if made and made[0].args is not None:
                late = [m for m in payload if m.name == event.wire_late]
                nested = Member("msg", Kind.STRUCT, structure=made[0].args.name, role=Role.NESTED)
                args = [number, *late, nested]
            else:
                args = [number, *payload]
            made.append(self._event(
                program, newer, f"{spelled}_callback_{words}", event, callback, args, False))
            made[-1] = replace(made[-1], number=event.callback_proc)
        return made

    def _event(
        self, program: model.Program, name: str, spelled: str, event: model.Event,
        callback: model.Callback, args: list[Member], legacy: bool,
    ) -> Procedure:
        return Procedure(
            name=name, spelled=spelled, program=program.name, number=event.proc or 0,
            direction="event", high=False, stream="", files_in=False, files_out=False,
            args=self._structure(program, name, "msg", args, spelled), ret=None,
            event=event, callback=callback, legacy=legacy,
        )

    def _payload(
        self, members: Members, event: model.Event, callback: model.Callback
    ) -> list[Member]:
        """What a callback is called with, without connection and opaque pointer."""
        result = []
        old, _, new = event.wire_rename.partition("=")
        for p in callback.parameters:
            if p.type.kind is model.Kind.OPAQUE or p.type.name == "Connect":
                continue
            member = members.parameter(p)
            if member.name == old:
                member = replace(member, name=new)
            if p.type.kind is model.Kind.RECORD:
                result += self._flattened(members, p, member)
            elif p.type.kind is model.Kind.OBJECT:
                item = self.api.object(event.object)
                name = p.wire.name or members.word(item)
                result.append(replace(member, name=name, role=Role.SELF, parameter=p,
                                      structure=item.name, object=item.name))
            else:
                result.append(member)
        return result

    def _flattened(
        self, members: Members, p: model.Parameter, member: Member
    ) -> list[Member]:
        """A record that is only a counted list is that list."""
        fields = members.fields(self.api.record(p.type.name))
        if len(fields) == 1 and fields[0].form is Form.LIST:
            return [replace(fields[0], name=p.name, parameter=p)]
        return [member]


def _fuller(one: Procedure | None, other: Procedure) -> Procedure:
    """Of the functions that share a procedure, the one that says more; the rest are variants.

    It is named after the one that drivers know: a local function is built on that.
    """
    if one is None:
        return other
    assert one.function is not None and other.function is not None
    sizes = [len(p.args.members) if p.args else 0 for p in (one, other)]
    more, less = (one, other) if sizes[0] >= sizes[1] else (other, one)
    assert more.function is not None and less.function is not None
    if more.function.shape is Shape.LOCAL and more.args is not None and less.args is not None:
        args = replace(less.args, members=more.args.members)
        return replace(less, args=args, variants=(*less.variants, more.function))
    return replace(more, variants=(*more.variants, *less.variants, less.function))


def _prefixed(structure: Structure) -> Structure:
    """The message itself has an error, and objects in it, of its own."""
    members = tuple(
        replace(m, structure=f"Net{m.structure}") if m.structure else m for m in structure.members
    )
    return replace(structure, name=f"Net{structure.name}", members=members)


def _sends_fd(function: model.Function) -> bool:
    returned = function.returns.type is not None and function.returns.type.kind is model.Kind.FD
    return returned or any(
        _is_fd(p) and p.direction is Direction.OUT for p in function.parameters
    )


def derive(api: model.Api) -> Derivation:
    return Derivation(api)
