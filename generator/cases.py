# SPDX-License-Identifier: LGPL-2.1-or-later
"""Ways to call a function, right and wrong ones, and what its checks say about each.

Arguments are C expressions over `f`, a fixture with handles of every object (tests/contract).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from . import checks, model, plan
from .checks import Check, Mistake
from .model import Direction, Kind, ListMode
from .text import c_string

# What a fill list is told to have room for.
_ROOM = 4
# The highest bit that every C type of flags holds as a positive number.
_TOP_BIT = 30


class Form(Enum):
    """What an argument is like; the set is closed."""

    GOOD = "good"
    NULL = "null"
    WRONG = "wrong"             # a handle of another class
    FREED = "freed"
    FOREIGN = "foreign"         # of another connection
    NEGATIVE = "negative"
    ZERO = "zero"
    HIGH = "high"
    UNKNOWN = "unknown"         # a flag that does not exist
    BITS = "bits"               # flags that exist
    EQUAL = "equal"             # one certain constant
    NOT_UUID = "not-uuid"


@dataclass(frozen=True)
class Value:
    form: Form
    constants: tuple[str, ...] = ()


GOOD = Value(Form.GOOD)


@dataclass(frozen=True)
class Case:
    """One call: everything not listed is right."""

    name: str
    values: tuple[tuple[str, Value], ...] = ()
    read_only: bool = False

    def value(self, parameter: str) -> Value:
        return next((value for name, value in self.values if name == parameter), GOOD)

    def has(self, form: Form) -> bool:
        return any(value.form is form for _, value in self.values)


def _flag_pairs(found: tuple[Check, ...]) -> Iterator[Case]:
    for check in found:
        if check.mistake is Mistake.NEEDS:
            yield Case(f"{check.flags[0]} alone", (("flags", Value(Form.BITS, check.flags[:1])),))
        elif check.mistake is Mistake.EXCLUDES:
            yield Case(" and ".join(check.flags), (("flags", Value(Form.BITS, check.flags)),))
        elif check.mistake is Mistake.READ_ONLY:
            for flag in check.flags:
                yield Case(f"read-only {flag}", (("flags", Value(Form.BITS, (flag,))),), True)
            if check.when is not None:
                equal = Value(Form.EQUAL, (check.when[1],))
                yield Case(f"read-only {check.when[1]}", ((check.when[0], equal),), True)


def _forms(api: model.Api, p: plan.CParameter) -> list[Value]:
    """The ways in which one argument is worth being not right."""
    source = p.source
    forms: list[Form] = []
    kind = source.type.kind if source is not None and p.role == "value" else None
    if p.role == "self" or (kind is Kind.OBJECT and source is not None
                            and source.direction is Direction.IN and source.list is ListMode.NO):
        forms = [Form.NULL, Form.WRONG, Form.FREED]
        if p.role != "self" and not p.type.startswith("virConnect"):
            forms.append(Form.FOREIGN)
    elif p.type.endswith("*") or p.type.endswith("*const") or p.type.endswith("Ptr") or (
            kind is Kind.CALLBACK):
        forms = [Form.NULL]
        if p.role == "count":
            forms += [Form.ZERO] + ([Form.NEGATIVE] if p.type == "int *" else [])
    elif p.role in ("count", "stride", "size"):
        forms = [Form.ZERO] + ([Form.NEGATIVE] if p.type == "int" else [])
    elif kind in (Kind.INT, Kind.ENUM, Kind.EVENT_ID, Kind.FD, Kind.BOOL):
        forms = [Form.NEGATIVE, Form.HIGH]
    elif kind in (Kind.INT64, Kind.UINT, Kind.UINT64):
        forms = [Form.ZERO, Form.HIGH]
    if kind is Kind.UUID_STRING and source is not None and source.direction is Direction.IN:
        forms.append(Form.NOT_UUID)
    values = [Value(form) for form in forms]
    if kind is Kind.FLAGS and source is not None:
        values.append(Value(Form.UNKNOWN))
        for name in source.type.names:
            enum = api.enum(name)
            values += [Value(Form.BITS, (f"{enum.prefix}{v.name}",)) for v in enum.values if v.value]
    return values


def _empty(lowered: plan.Lowered, p: plan.CParameter) -> list[Case]:
    """NULL for a list that is said to be empty."""
    assert p.source is not None
    counts = [c for c in lowered.parameters if c.role == "count"
              and (c.source is p.source or c.name in p.source.count)]
    if not counts:
        return []
    values = [(p.name, Value(Form.NULL))] + [(c.name, Value(Form.ZERO)) for c in counts]
    return [Case(f"null and empty {p.name}", tuple(values))]


def cases(api: model.Api, lowered: plan.Lowered) -> list[Case]:
    """Every way of calling a function that is worth trying, the right one first."""
    own = lowered.function.self
    result = [Case("good")]
    objects = [p for p in lowered.parameters if p.source is not None
               and p.source.type.kind is Kind.OBJECT and p.source.direction is Direction.IN]
    if (own is not None and not own.type.startswith("Adm")) or (own is None and objects):
        result.append(Case("read-only", (), True))
    for p in lowered.parameters:
        for value in _forms(api, p):
            what = " ".join(value.constants) or value.form.value
            result.append(Case(f"{what} {p.name}", ((p.name, value),)))
        if p.role == "value" and p.source is not None and p.source.count:
            result += _empty(lowered, p)
    known = {case.name for case in result}
    pairs = _flag_pairs(checks.checks(api, lowered))
    return result + [case for case in pairs if case.name not in known]


# --- judgement ------------------------------------------------------------------------------------


def violates(case: Case, check: Check) -> bool:
    """Whether a call makes the mistake that a check looks for."""
    value = case.value(check.parameter)
    form = value.form
    if check.guard and case.value(check.guard.lstrip("*")).form in (Form.ZERO, Form.NULL):
        return False
    match check.mistake:
        case Mistake.HANDLE:
            if form is Form.NULL:
                return not check.nullable
            return form in (Form.WRONG, Form.FREED)
        case Mistake.READ_ONLY:
            if not case.read_only:
                return False
            if check.flags:
                return bool(set(check.flags) & set(case.value("flags").constants))
            if check.when is not None:
                return check.when[1] in case.value(check.when[0]).constants
            return True
        case Mistake.NULL:
            return form is Form.NULL
        case Mistake.NEGATIVE:
            return form is Form.NEGATIVE
        case Mistake.NOT_POSITIVE:
            return form in (Form.NEGATIVE, Form.ZERO)
        case Mistake.RANGE:
            return form in (Form.NEGATIVE, Form.HIGH)
        case Mistake.FOREIGN:
            return form is Form.FOREIGN
        case Mistake.USED:
            return False        # those of the fixture are new
        case Mistake.FLAGS:
            return form is Form.UNKNOWN
        case Mistake.NEEDS:
            return check.flags[0] in value.constants and not set(check.flags[1:]) & set(value.constants)
        case Mistake.EXCLUDES:
            return set(check.flags) <= set(value.constants)
        case Mistake.UUID:
            return form is Form.NOT_UUID
        case _:
            assert_never(check.mistake)


def first_mistake(case: Case, found: tuple[Check, ...]) -> Check | None:
    """The check that stops a call, None when it gets through."""
    return next((check for check in found if violates(case, check)), None)


# --- C expressions --------------------------------------------------------------------------------


def member(item: model.Object) -> str:
    """The member of the fixture's sets that holds a handle of an object."""
    name = item.argument
    return f"adm{name.capitalize()}" if item.name.startswith("Adm") else name


def _handle(object_: str, set_: str, api: model.Api) -> str:
    return f"f->{set_}.{member(api.object(object_))}"


def other_class(api: model.Api, name: str) -> model.Object:
    """An object whose handles are wrong where `name` is expected."""
    known = [o for o in api.objects if any(k.type.kind is Kind.UUID for k in o.keys)]
    return next(o for o in (*known, *api.objects) if o.name != name)


class Writer:
    """Writes the arguments of one case; out parameters get a scratch area each."""

    def __init__(
        self, api: model.Api, lowered: plan.Lowered, case: Case, document: str = ""
    ) -> None:
        self.api = api
        self.lowered = lowered
        self.case = case
        self.document = document    # stands for any document that is asked for

    def arguments(self) -> list[str]:
        return [self.argument(p, number) for number, p in enumerate(self.lowered.parameters)]

    def argument(self, p: plan.CParameter, number: int) -> str:
        value = self.case.value(p.name)
        match value.form:
            case Form.GOOD:
                return self.good(p, number)
            case Form.NULL:
                return "NULL"
            case Form.WRONG:
                wrong = other_class(self.api, self.class_of(p))
                return f"({p.type}) {_handle(wrong.name, 'rw', self.api)}"
            case Form.FREED | Form.FOREIGN:
                return _handle(self.class_of(p), value.form.value, self.api)
            case Form.NEGATIVE | Form.ZERO | Form.HIGH:
                text = {Form.NEGATIVE: "-1", Form.ZERO: "0", Form.HIGH: "99999"}[value.form]
                if p.type.endswith("*"):
                    return f"({p.type}) contractCount(f, {number}, {text})"
                return text
            case Form.UNKNOWN:
                assert p.source is not None
                known = checks.known_bits(self.api, p.source.type)
                return f"1u << {next(b for b in range(_TOP_BIT, -1, -1) if not known >> b & 1)}"
            case Form.BITS | Form.EQUAL:
                return " | ".join(value.constants)
            case Form.NOT_UUID:
                return '"not-a-uuid"'
            case _:
                assert_never(value.form)

    def class_of(self, p: plan.CParameter) -> str:
        own = self.lowered.function.self
        if p.source is not None:
            return p.source.type.name
        assert own is not None
        return own.type

    def good(self, p: plan.CParameter, number: int) -> str:
        source, handles = p.source, "ro" if self.case.read_only else "rw"
        scratch = f"({p.type}) contractScratch(f, {number})"
        if source is None:
            return _handle(self.class_of(p), handles, self.api)
        if p.role != "value" or source.direction is Direction.COUNT:
            return self.amount(p, number)
        if source.direction is not Direction.IN:
            return scratch
        if source.list is ListMode.ARRAY:
            return self.array(source, handles)
        match source.type.kind:
            case Kind.OBJECT:
                return _handle(source.type.name, handles, self.api)
            case Kind.STRING | Kind.UUID_STRING:
                return self.string(source)
            case Kind.UUID:
                return f"f->uuid.{member(self.about())}"
            case Kind.BYTES | Kind.BITMAP:
                return f"({p.type}) \"\\1\""
            case Kind.RECORD:
                return "NULL" if source.nullable else scratch
            case Kind.CALLBACK:
                return "NULL" if source.nullable else f"({p.type}) contractCallback"
            case Kind.OPAQUE:
                return "NULL"
            case Kind.ENUM:
                enum = self.api.enum(source.type.name)
                return f"{enum.prefix}{enum.values[0].name}"
            case Kind.FLAGS | Kind.BOOL:
                return "0"
            case Kind.FD:
                return "f->fd"
            case _:
                return "1"

    def amount(self, p: plan.CParameter, number: int) -> str:
        """Counts, capacities, strides and sizes."""
        if p.type.endswith("*"):
            return f"({p.type}) contractCount(f, {number}, {_ROOM if p.role != 'capacity' else 0})"
        if p.role == "size":
            return "CONTRACT_SCRATCH"
        source = p.source
        assert source is not None
        incoming = source.direction is Direction.IN or (
            source.direction is Direction.COUNT and any(
                q.direction is Direction.IN and p.name in q.count
                for q in self.lowered.function.parameters))
        return "1" if incoming or p.role == "stride" else str(_ROOM)

    def array(self, source: model.Parameter, handles: str) -> str:
        if source.nullable and source.type.kind is Kind.RECORD:
            return "NULL"
        type_ = plan.parameter_type(self.api, source).removesuffix("*").rstrip()
        match source.type.kind:
            case Kind.OBJECT:
                return f"({type_}[]) {{ {_handle(source.type.name, handles, self.api)}, NULL }}"
            case Kind.PARAMS:
                return "f->params"
            case Kind.STRING:
                return f"({type_}[]) {{ {self.string(source)}, NULL }}"
            case Kind.FD:
                return "(int[]) { f->fd }"
            case _:
                return f"({type_}[]) {{ 1 }}"

    def about(self) -> model.Object:
        """The object that a look-up looks for."""
        returns = self.lowered.function.returns
        if returns.type is not None and returns.type.kind is Kind.OBJECT:
            return self.api.object(returns.type.name)
        return checks.home(self.api, self.lowered.function)

    def string(self, source: model.Parameter) -> str:
        if source.type.kind is Kind.UUID_STRING:
            return f"f->uuidText.{member(self.about())}"
        if self.document and source.name.lower().startswith("xml"):
            return self.document
        if source.example:
            return c_string(source.example)
        return "NULL" if source.nullable and source.list is ListMode.NO else '"x"'

