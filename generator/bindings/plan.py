# SPDX-License-Identifier: LGPL-2.1-or-later
"""Lowers every function once for the languages: what a caller gives, what comes back, what is hidden.

C says the same thing in many ways (lists with counts, rooms, probes, strides, opaque pointers). A
language with lists, dictionaries and closures says it in one. Each C parameter gets a role here; what
has the role GIVEN is an argument of the method, what has TAKEN is (part of) its result, and the rest
follows from others and is filled by the core.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from .. import model, plan
from ..model import Direction, Kind, ListMode, Repr, ReturnKind, Shape
from ..once import once


class Role(Enum):
    """Where the value of one C parameter comes from."""

    SELF = "the handle that the method is called on"
    GIVEN = "an argument"
    TAKEN = "filled by the function: a result"
    LENGTH = "the length of a list that is given"
    COUNT = "how many items of a result there are"
    ROOM = "how many items of a result are asked for: an argument"
    STRIDE = "the bytes of each bitmap"
    SIZE = "the size of a record"
    VALUES = "the values of a map whose keys are another list"
    CALLEE = "the address that C calls for every callback of its type"
    OPAQUE = "what a callback is given beside: an argument, kept in the closure"
    RELEASE = "what releases the closure"
    FIRST = "whether the one row of totals of a matrix is wanted: an argument"
    ROWS = "the rows of a matrix that are asked for"


class Form(Enum):
    """How a language without structs shows several values together."""

    NONE = ""
    LIST = "list"       # in order; may grow at its end
    TUPLE = "tuple"     # in order; this many
    MAP = "map"         # by name
    KEYED = "keyed"     # the first is the key under which a list of them is a map


class Answer(Enum):
    """What the value that a function returns is to the caller."""

    NOTHING = "nothing, or a failure"
    LENGTH = "the number of items of a list: hidden in the list"
    VALUE = "a result"
    FOUND = "whether a result is there"


@dataclass(frozen=True)
class Part:
    """One C parameter."""

    c: plan.CParameter
    role: Role
    of: str = ""            # LENGTH, COUNT, ROOM, STRIDE, SIZE: of which part; OPAQUE, RELEASE: of which callback
    default: str | None = None  # what is meant if it is not given: "none" or a number

    @property
    def name(self) -> str:
        return self.c.name

    @property
    def parameter(self) -> model.Parameter:
        assert self.c.source is not None
        return self.c.source

    @property
    def kind(self) -> Kind:
        if self.role is Role.SELF:
            return Kind.OBJECT
        return Kind.INT if self.c.role != "value" else self.parameter.type.kind


@dataclass(frozen=True)
class Method:
    """A function as a language sees it."""

    function: model.Function
    lowered: plan.Lowered
    owner: str              # the object whose method it is, or "" for a function of the module
    parts: tuple[Part, ...]
    answer: Answer
    form: Form              # of its results together, where there are several
    bundle: str             # its numbers are one map with this name
    moved: bool             # a method of another object than it is called on, which is an argument

    @property
    def arguments(self) -> tuple[Part, ...]:
        """What a caller gives, in order: a callback before what it is given."""
        shown = [p for p in self.parts if p.role in (Role.GIVEN, Role.ROOM, Role.OPAQUE, Role.FIRST)]
        if self.parts and self.parts[0].role is Role.SELF and self.moved:
            shown.insert(0, self.parts[0])
        if len(shown) > 1 and shown[0].role is Role.OPAQUE:
            shown = [shown[1], shown[0], *shown[2:]]
        return tuple(shown)

    @property
    def results(self) -> tuple[Part, ...]:
        return tuple(p for p in self.parts if p.role is Role.TAKEN)

    def part(self, name: str) -> Part:
        return next(p for p in self.parts if p.name == name)

    def index(self, name: str) -> int:
        return next(i for i, p in enumerate(self.parts) if p.name == name)


#: Of memory that languages manage by themselves, and of errors that they raise.
_MANAGED = (Shape.REF, Shape.FREE)


def absent(function: model.Function) -> str:
    """Why no language has this function, or an empty string."""
    if function.shape in _MANAGED:
        return "the handles of a language count their references"
    for p in function.parameters:
        if p.direction is Direction.INOUT:
            return "dictionaries of the language are grown by it"
        if function.self is None and p.type.kind is Kind.PARAMS:
            return "dictionaries of the language are read by it"
        if p.direction is Direction.IN and p.type.kind is Kind.RECORD and function.shape is Shape.RUNTIME:
            return "records are values of the language"
        if p.direction is Direction.OUT and p.type.kind is Kind.RECORD and p.type.name == "Error":
            return "errors are values of the language"
    if function.returns.kind is ReturnKind.VALUE and function.returns.transfer == "full" \
            and function.returns.type is not None and function.returns.type.kind is Kind.RECORD:
        return "errors are values of the language"
    return ""


class _Lowering:
    """Lowers one function."""

    def __init__(self, api: model.Api, function: model.Function) -> None:
        self.api = api
        self.function = function
        self.lowered = plan.lower(api, function)
        self.parameters = function.parameters
        self.matrix = next((p for p in self.parameters if p.direction is Direction.OUT
                            and p.type.kind is Kind.PARAMS and len(p.count) == 2), None)

    def measured(self, name: str) -> list[model.Parameter]:
        """The lists that a count counts."""
        return [p for p in self.parameters if name in p.count]

    def count(self, c: plan.CParameter) -> Part:
        lists = self.measured(c.name)
        given = next((p for p in lists if p.direction is Direction.IN), None)
        if given is not None:
            return Part(c, Role.LENGTH, given.name)
        first = lists[0]
        if self.asked(c, first):
            return Part(c, Role.ROOM, first.name)
        return Part(c, Role.COUNT, first.name)

    @staticmethod
    def asked(c: plan.CParameter, of: model.Parameter) -> bool:
        """Whether the caller says how much he wants: nothing else could."""
        if of.type.kind is Kind.BYTES and of.transfer != "full":
            return True
        apart = c.source is not None and c.source.direction is Direction.COUNT
        return apart and of.list is ListMode.FILL and of.type.kind is Kind.UINT64

    def value(self, c: plan.CParameter, p: model.Parameter) -> Part:
        if p.name == self.function.returns.count:
            return Part(c, Role.COUNT, "")
        if p.direction is Direction.OUT:
            return Part(c, Role.TAKEN)
        callbacks = [q for q in self.parameters
                     if q.type.kind is Kind.CALLBACK and q.type.name != "FreeCallback"]
        if p.type.kind is Kind.OPAQUE and callbacks:
            return Part(c, Role.OPAQUE, callbacks[0].name, "none")
        if p.type.kind is Kind.CALLBACK and p.type.name == "FreeCallback":
            return Part(c, Role.RELEASE, callbacks[0].name)
        if self.matrix is not None and p.name == self.matrix.count[1]:
            return Part(c, Role.ROWS, self.matrix.name)
        if self.matrix is not None and p.type.kind is Kind.INT:
            return Part(c, Role.FIRST, self.matrix.name)
        rows = next((q for q in self.parameters if len(q.count) == 2 and q.count[1] == p.name), None)
        if rows is not None:
            return Part(c, Role.ROOM, rows.name, p.default or None)
        if p.type.kind is Kind.CALLBACK and self.nameless(p):
            return Part(c, Role.CALLEE, p.type.name)
        first = next((q for q in self.parameters if q.count and q.count == p.count
                      and q.direction is Direction.IN), p)
        if first is not p and len(p.count) == 1:
            return Part(c, Role.VALUES, first.name)
        return Part(c, Role.GIVEN, default=self.default(p))

    def nameless(self, p: model.Parameter) -> bool:
        """Whether a callback is only named so that C finds it again."""
        type_ = next(c for c in self.api.callbacks if c.name == p.type.name)
        takes = any(q.type.kind is Kind.OPAQUE for q in type_.parameters)
        gives = any(q.type.kind is Kind.OPAQUE for q in self.parameters)
        return takes and not gives and self.function.shape is not Shape.EVENT_DEREGISTER \
            and len(type_.parameters) == 3

    @staticmethod
    def default(p: model.Parameter) -> str | None:
        if p.default:
            return p.default
        if p.type.kind is Kind.FLAGS and p.name == "flags":
            return "0"
        return None

    def part(self, c: plan.CParameter) -> Part:
        if c.role == "self":
            return Part(c, Role.SELF)
        assert c.source is not None
        match c.role:
            case "count":
                return self.count(c)
            case "stride":
                return Part(c, Role.STRIDE, c.source.name)
            case "size":
                return Part(c, Role.SIZE, c.source.name)
            case _:
                return self.value(c, c.source)

    def answer(self, parts: list[Part]) -> Answer:
        returns = self.function.returns
        match returns.kind:
            case ReturnKind.NONE | ReturnKind.STATUS:
                return Answer.NOTHING
            case ReturnKind.COUNT:
                taken = [p for p in parts if p.role is Role.TAKEN]
                # A bitmap of the node's processors does not tell their number by its length.
                if any(p.parameter.list is not ListMode.NO or p.parameter.stride for p in taken):
                    return Answer.LENGTH
                return Answer.VALUE
            case ReturnKind.VALUE:
                numbers = returns.type is not None and returns.type.kind is Kind.INT
                taken = [p for p in parts if p.role is Role.TAKEN]
                return Answer.FOUND if numbers and taken else Answer.VALUE
            case ReturnKind.BOOL | ReturnKind.OBJECT | ReturnKind.STRING:
                return Answer.VALUE
            case _:
                assert_never(returns.kind)

    def form(self, parts: list[Part], answer: Answer) -> Form:
        """Several plain values are a list; what holds lists is a tuple; typed parameters take the rest in."""
        taken = [p.parameter for p in parts if p.role is Role.TAKEN]
        if len(taken) + (answer is Answer.VALUE) < 2:
            return Form.NONE
        if self.function.bundle or any(p.type.kind is Kind.PARAMS for p in taken):
            return Form.MAP
        if any(p.list is not ListMode.NO or p.type.kind is Kind.BITMAP for p in taken):
            return Form.TUPLE
        return Form.LIST

    def owner(self) -> str:
        """The object it is called on; but what is named after its parent is the parent's."""
        own = self.function.self
        if own is None:
            first = next((p for p in self.parameters if p.type.kind is Kind.OBJECT), None)
            return self.api.object(first.type.name).parent if first is not None else ""
        parent = self.api.object(own.type).parent
        name = self.function.name
        if parent and parent != "Connect" and self.function.shape is not Shape.LOOKUP \
                and name.startswith(parent) and not name.startswith(own.type):
            return parent
        return own.type

    def method(self) -> Method:
        parts = [self.part(c) for c in self.lowered.parameters]
        answer, owner = self.answer(parts), self.owner()
        own = self.function.self
        return Method(self.function, self.lowered, owner, tuple(parts), answer,
                      self.form(parts, answer), self.function.bundle,
                      own is not None and own.type != owner)


@once
def lower(api: model.Api, function: model.Function) -> Method:
    return _Lowering(api, function).method()


def methods(api: model.Api) -> Iterator[Method]:
    """Every function that a language has, in the order of the specification."""
    for function in api.functions:
        if not absent(function):
            yield lower(api, function)


def record_form(record: model.Record, parameter: model.Parameter | None) -> Form:
    """How one record is shown: by its own word, or by the way in which it comes."""
    if record.form:
        return Form(record.form)
    if parameter is None:
        return Form.TUPLE
    if parameter.list is ListMode.FILL and len(shown(record)) == 2:
        return Form.KEYED
    if parameter.list is ListMode.NO and not parameter.size or parameter.repr is Repr.FLAT:
        return Form.LIST
    return Form.TUPLE


def shown(record: model.Record) -> tuple[model.Field, ...]:
    """The fields of a record that are no counts of others."""
    fields = [f for f in record.fields if isinstance(f, model.Field)]
    counts = {f.count for f in fields} | {f"{f.name}len" for f in fields if f.type.kind is Kind.BITMAP}
    return tuple(f for f in fields if f.name not in counts)
