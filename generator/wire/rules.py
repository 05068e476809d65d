# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the protocol must obey, judged once the rest of the specification is sound."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from .. import model
from ..model import Kind, Shape
from ..source import Location, suggestion
from . import lower
from .derive import Derivation
from .model import Form, Structure
from .model import Kind as WireKind

Finding = tuple[Location, str]
Rule = Callable[[Derivation], Iterator[Finding]]


def _functions(api: model.Api) -> tuple[model.Function, ...]:
    return (*api.functions, *api.procedures)


def known_program(derivation: Derivation) -> Iterator[Finding]:
    """A function or program that names a program names one that exists, and one a program sends exists."""
    api = derivation.api
    programs = {p.name for p in api.programs}
    records = {r.name for r in (*api.records, *api.wire_records)}
    for function in _functions(api):
        if function.program and function.program not in programs:
            yield function.where, (
                f"in function '{function.name}': unknown program '{function.program}'"
                f"{suggestion(function.program, programs)}"
            )
    for program in api.programs:
        if program.uses and program.uses not in programs:
            yield program.where, (
                f"program '{program.name}' uses unknown program '{program.uses}'"
                f"{suggestion(program.uses, programs)}"
            )
        for name in program.sends:
            if name not in records:
                yield program.where, (
                    f"program '{program.name}' sends unknown record '{name}'"
                    f"{suggestion(name, records)}"
                )


def path_is_text(derivation: Derivation) -> Iterator[Finding]:
    """path="yes" completes one string that comes in: the server runs in another folder."""
    for function in _functions(derivation.api):
        for p in function.parameters:
            plain = p.type.kind is model.Kind.STRING and p.list is model.ListMode.NO
            if p.path and not (plain and p.direction is model.Direction.IN):
                yield p.where, (
                    f"in function '{function.name}': parameter '{p.name}' is no path: "
                    'path="yes" is for one string that comes in'
                )


def records_are_freed(derivation: Derivation) -> Iterator[Finding]:
    """Records that a function allocates have a function that frees one, or the list."""
    names = {f.name for f in derivation.api.functions}
    for function in _functions(derivation.api):
        for p in function.parameters:
            made = p.list is model.ListMode.ALLOC and p.type.kind is model.Kind.RECORD
            if not made or p.repr is model.Repr.FLAT or function.proc is None:
                continue
            if not names & {f"{p.type.name}Free", f"{p.type.name}ListFree"}:
                yield p.where, (
                    f"in function '{function.name}': nothing frees the records of '{p.name}': "
                    f"there is neither '{p.type.name}Free' nor '{p.type.name}ListFree'"
                )


def known_limit(derivation: Derivation) -> Iterator[Finding]:
    """What says max= names a limit of a program of the protocol."""
    known = {name for limits in derivation.limits.values() for name in limits}
    places: list[tuple[Location, str]] = []
    for module in derivation.api.modules:
        places += [(o.where, o.max) for o in module.objects]
        places += [(s.where, s.max) for s in module.paramsets]
        places += [
            (f.where, f.max)
            for r in module.records
            for f in r.fields
            if isinstance(f, model.Field)
        ]
    for function in _functions(derivation.api):
        places += [(p.where, p.max) for p in function.parameters]
        places.append((function.returns.where, function.returns.max))
    for where, name in places:
        if name and name not in known:
            yield where, f"unknown limit '{name}'{suggestion(name, known)}"


def wire_limit(derivation: Derivation) -> Iterator[Finding]:
    """Every list on the wire has a limit: nobody allocates what a peer asks for without one."""
    for program in derivation.programs:
        for structure in program.structures:
            for member in structure.members:
                bounded = member.form in (Form.ONE, Form.OPTIONAL) or member.limit is not None
                strings = member.kind in (WireKind.STRING, WireKind.PARAM)
                if not bounded or strings and "STRING_MAX" not in derivation.limits[program.name]:
                    yield _place(derivation, structure), (
                        f"'{member.name}' of {structure.spelled} has no limit: say max="
                    )


def _place(derivation: Derivation, structure: Structure) -> Location:
    """Where a structure comes from."""
    if structure.object is not None:
        return structure.object.where
    if structure.record is not None:
        return structure.record.where
    for program in derivation.programs:
        for procedure in program.procedures:
            if structure in (procedure.args, procedure.ret):
                source = procedure.function or procedure.event
                assert source is not None
                return source.where
    return derivation.api.where


def wire_order(derivation: Derivation) -> Iterator[Finding]:
    """wire-order names members of the call, or in <returns> of the reply."""
    for program in derivation.programs:
        for made in program.procedures:
            function = made.function
            if function is None or made.legacy:
                continue
            for where, order, structure in (
                (function.where, function.wire_order, made.args),
                (function.returns.where, function.returns.wire_order, made.ret),
            ):
                names = {m.name for m in structure.members} if structure else set()
                for name in order:
                    if name not in names:
                        yield where, (
                            f"in function '{function.name}': wire-order names '{name}',"
                            f" which does not travel there{suggestion(name, names)}"
                        )


def stream_direction(derivation: Derivation) -> Iterator[Finding]:
    """A function with a procedure and a stream says stream="read" or "write"; no other does."""
    for function in _functions(derivation.api):
        has = any(p.type.kind is Kind.OBJECT and p.type.name == "Stream" for p in function.parameters)
        due = has and function.proc is not None
        if due and function.stream not in ("read", "write"):
            yield function.where, f"function '{function.name}' has stream read or write"
        if function.stream and not due:
            yield function.where, f"function '{function.name}' opens no stream"


def wire_number(derivation: Derivation) -> Iterator[Finding]:
    """Within a program, functions and events have distinct numbers, and events are not functions."""
    api = derivation.api
    for program in api.programs:
        seen: dict[int, str] = {}
        for where, name, number in _numbered(derivation, program):
            if number in seen and seen[number] != name:
                yield where, (
                    f"procedure {number} of '{name}' is taken by '{seen[number]}'"
                    f" in program '{program.name}'"
                )
            seen.setdefault(number, name)


def _numbered(
    derivation: Derivation, program: model.Program
) -> Iterator[tuple[Location, str, int]]:
    for module in derivation.api.modules:
        for function in (*module.functions, *module.wire.functions):
            if derivation.program_of(function, module) != program.name:
                continue
            if function.shape in (Shape.OPEN, Shape.LOCAL) and function.visibility == "public":
                continue
            for number in (function.proc, function.callback_proc):
                if number is not None:
                    yield function.where, function.name, number
        if module.library == program.library:
            for event in module.events:
                for number in (event.proc, event.callback_proc):
                    if number is not None:
                        yield event.where, f"{event.object}/{event.name}", number


def wire_shape(derivation: Derivation) -> Iterator[Finding]:
    """Events and messages are no public functions, and have no reply."""
    for function in _functions(derivation.api):
        if function.shape not in (Shape.EVENT, Shape.MESSAGE):
            continue
        if function.visibility != "wire":
            yield function.where, f"function '{function.name}' is on the wire only: visibility=\"wire\""
        if function.returns.kind is not model.ReturnKind.NONE:
            yield function.where, f"nobody answers '{function.name}': it returns nothing"


def wire_name(derivation: Derivation) -> Iterator[Finding]:
    """Names on the wire are identifiers, and a structure has each of them once."""
    for program in derivation.programs:
        for structure in program.structures:
            seen = set()
            for member in structure.members:
                if not re.fullmatch(r"[a-z][A-Za-z0-9_]*", member.name):
                    yield _place(derivation, structure), (
                        f"'{member.name}' of {structure.spelled} is no name for the wire"
                    )
                if member.name in seen:
                    yield _place(derivation, structure), (
                        f"{structure.spelled} has '{member.name}' twice"
                    )
                seen.add(member.name)


def wire_lowered(derivation: Derivation) -> Iterator[Finding]:
    """A function with a procedure can be called through it: all that it takes and gives travels."""
    for refusal in lower.refusals(derivation):
        function = refusal.made.function
        if function is not None and not refusal.by_design:
            yield function.where, f"function '{function.name}' cannot travel: {refusal.reason}"


def wire_kept(derivation: Derivation) -> Iterator[Finding]:
    """A string that its owner keeps is kept by the client too: its driver has that hook by hand."""
    driver = derivation.api.remote
    for program in derivation.programs:
        for call in lower.calls(derivation, program):
            hooks = {s.driver for s in call.function.support}
            if call.back is lower.Back.KEPT and driver is not None and driver.name not in hooks:
                yield call.function.where, (
                    f"function '{call.function.name}' returns a string that stays its owner's:"
                    f" <support driver=\"{driver.name}\"> says who keeps it on the client"
                )


RULES: tuple[Rule, ...] = (
    known_program,
    path_is_text,
    records_are_freed,
    known_limit,
    wire_limit,
    wire_order,
    stream_direction,
    wire_number,
    wire_shape,
    wire_name,
    wire_lowered,
    wire_kept,
)
