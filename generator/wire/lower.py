# SPDX-License-Identifier: LGPL-2.1-or-later
"""Lowers every procedure that is a call of a public function once, for the client and the server.

A call is its C parameters in order, each with the way in which it travels and the members that hold
it, and what the function returns. The emitters of both ends only print this: what cannot travel is
refused here, with the reason, and so for both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import assert_never

from .. import model, plan
from ..model import Direction, ListMode, ReturnKind, Shape
from .derive import Derivation
from .model import Form, Kind, Limit, Member, Procedure, Program, Role, Structure


class Way(Enum):
    """How one C parameter gets to the other end, or back from there."""

    CONNECTION = "the connection that the call travels on"
    HANDLE = "the identity of the object the function is called on"
    KEY = "only the first identity key of that object"
    STREAM = "the stream that the call opens"
    NUMBER = "one number"
    TEXT = "one string"
    UUID = "the bytes of one UUID"
    OBJECT = "the identity of one object, or none"
    LIST = "a counted list"
    OBJECTS = "the identities of a list of objects that ends with NULL"
    FILES = "file descriptors, beside the message"
    RECORD = "the fields of one record"
    ROOM = "a list as long as the caller has room"
    MATRIX = "rows of parameters in the room of the caller"
    MADE = "a list that the function allocates"
    BUFFER = "bytes that the function allocates"
    COUNTED = "bytes that the function allocates, and how many"
    COUNT = "the number of items of another parameter"
    STRIDE = "the bytes of each item of another parameter"
    SIZE = "the size of a record, or of a list, of another parameter"


class Item(Enum):
    """What a list consists of, or a field is."""

    NUMBER = "number"
    CHARS = "chars"
    BYTES = "bytes"
    TEXT = "text"
    PARAM = "param"
    OBJECT = "object"
    RECORD = "record"


class Back(Enum):
    """How what a function returns gets back."""

    NOTHING = "only whether it failed"
    NUMBER = "a number"
    TEXT = "a string"
    KEPT = "a string that stays its owner's: the remote driver keeps it by hand"
    OBJECT = "the identity of an object"
    BYTES = "bytes"
    FILE = "a file descriptor, beside the message"
    LENGTH = "the length of the list that goes back"


#: Answered by hand at both ends: they are about the connection itself, or about callbacks.
OWN = (Shape.OPEN, Shape.CLOSE, Shape.LOCAL, Shape.RUNTIME, Shape.EVENT_REGISTER,
       Shape.EVENT_DEREGISTER)


def item(member: Member) -> Item:
    """What one item of a member is, in the terms of the API."""
    kind = member.kind
    if kind is Kind.CHAR:
        return Item.NUMBER if member.form is Form.ONE else Item.CHARS
    match kind:
        case Kind.STRING:
            return Item.TEXT
        case Kind.OPAQUE:
            return Item.BYTES
        case Kind.PARAM:
            return Item.PARAM
        case Kind.STRUCT:
            return Item.OBJECT if member.object else Item.RECORD
        case Kind.BYTE | Kind.SHORT | Kind.INT | Kind.UINT | Kind.INT64 | Kind.UINT64 | Kind.DOUBLE:
            return Item.NUMBER
        case _:
            assert_never(kind)


@dataclass(frozen=True)
class Passage:
    """One C parameter of a call."""

    c: plan.CParameter
    way: Way
    members: tuple[Member, ...] = ()    # that hold it
    asked: Member | None = None         # in the call: how many the caller has room for
    needed: Member | None = None        # in the call: whether the caller wants it at all
    counted: Member | None = None       # in the reply: how many there are
    of: str = ""                        # COUNT, STRIDE, SIZE: the parameter that it measures
    alike: tuple[Member, ...] = ()      # COUNT: lists that come in and must be equally long

    @property
    def parameter(self) -> model.Parameter:
        assert self.c.source is not None
        return self.c.source

    @property
    def inward(self) -> bool:
        """Whether it travels with the call."""
        return self.c.source is None or self.c.source.direction is Direction.IN

    @property
    def member(self) -> Member:
        return self.members[0]

    @property
    def item(self) -> Item:
        return item(self.member)

    @property
    def limit(self) -> Limit | None:
        """The most items that may be asked for; None when no single count says how many."""
        if self.asked is None or self.parameter.stride or len(self.parameter.count) != 1:
            return None
        return self.member.limit


@dataclass(frozen=True)
class Call:
    """A procedure, lowered."""

    program: Program
    made: Procedure
    function: model.Function
    lowered: plan.Lowered
    passages: tuple[Passage, ...]
    back: Back
    returned: Member | None
    fuller: Call | None = None      # of a function that says more: made when its list is not empty

    @property
    def conn(self) -> Passage:
        """The parameter that leads to the connection."""
        return next(p for p in self.passages
                    if p.way in (Way.CONNECTION, Way.HANDLE, Way.KEY, Way.OBJECTS))

    @property
    def calls(self) -> tuple[Call, ...]:
        """The call, and that of the function that says more."""
        return (self, *(self.fuller.calls if self.fuller is not None else ()))

    def passage(self, name: str) -> Passage | None:
        """The passage of the parameter `name`."""
        return next((p for p in self.passages if p.c.name == name), None)

    def behind(self, member: Member) -> Passage | None:
        """Whose member of the call this is; of a function that says less than its procedure, none."""
        if member.role in (Role.SELF, Role.SELF_KEY):
            return self.passages[0]
        return self.passage(member.parameter.name) if member.parameter is not None else None


@dataclass(frozen=True)
class Refusal:
    """Why a procedure is no call that can be lowered."""

    program: Program
    made: Procedure
    reason: str
    by_design: bool     # such procedures are written by hand; of others the specification is wrong


class _Refused(Exception):
    """A part that cannot travel; the text says which and why."""


class _Lowering:
    """Lowers one procedure."""

    def __init__(self, api: model.Api, made: Procedure, function: model.Function) -> None:
        self.api = api
        self.made = made
        self.function = function
        self.lowered = plan.lower(api, function)
        self.args = made.args.members if made.args else ()
        self.results = made.ret.members if made.ret else ()

    @staticmethod
    def find(members: tuple[Member, ...], role: Role, name: str) -> Member | None:
        return next((m for m in members if m.role is role
                     and m.parameter is not None and m.parameter.name == name), None)

    def own(self, c: plan.CParameter) -> Passage:
        found = next((m for m in self.args if m.role in (Role.SELF, Role.SELF_KEY)), None)
        if found is None:
            return Passage(c, Way.CONNECTION)
        return Passage(c, Way.HANDLE if found.role is Role.SELF else Way.KEY, (found,))

    def inward(self, c: plan.CParameter, p: model.Parameter) -> Passage:
        match p.type.kind:
            case model.Kind.OBJECT if p.type.name == "Stream":
                return Passage(c, Way.STREAM)
            case model.Kind.FD:
                return Passage(c, Way.FILES)
            case model.Kind.CALLBACK | model.Kind.OPAQUE | model.Kind.RECORD:
                raise _Refused(f"'{p.name}' is a {p.type.kind.value}, which does not travel")
            case _:
                pass
        member = self.find(self.args, Role.VALUE, p.name)
        if member is None:
            raise _Refused(f"no member of the call holds '{p.name}'")
        return Passage(c, self.inward_way(p, member), (member,))

    @staticmethod
    def inward_way(p: model.Parameter, member: Member) -> Way:
        if p.type.kind is model.Kind.OBJECT:
            if p.list is not ListMode.NO:
                if p.count:
                    raise _Refused(f"'{p.name}' is a counted list of objects that comes in")
                return Way.OBJECTS
            return Way.OBJECT
        if member.form is Form.LIST:
            return Way.LIST
        if member.is_uuid:
            return Way.UUID
        return Way.TEXT if member.kind is Kind.STRING else Way.NUMBER

    def outward(self, c: plan.CParameter, p: model.Parameter) -> Passage:
        if p.type.kind is model.Kind.FD:
            return Passage(c, Way.FILES)
        if p.name == self.function.returns.count:
            return Passage(c, Way.COUNT)
        members = tuple(m for m in self.results if m.role is Role.VALUE
                        and m.parameter is not None and m.parameter.name == p.name)
        if not members:
            raise _Refused(f"no member of the reply holds '{p.name}'")
        return Passage(
            c, self.outward_way(p, members[0]), members,
            asked=self.find(self.args, Role.COUNT, p.name),
            needed=self.find(self.args, Role.NEED, p.name),
            counted=self.find(self.results, Role.COUNT, p.name),
        )

    @staticmethod
    def outward_way(p: model.Parameter, member: Member) -> Way:
        if p.type.kind is model.Kind.RECORD and p.list is ListMode.NO:
            return Way.RECORD
        if p.list is ListMode.ALLOC:
            return Way.MADE
        if p.type.kind is model.Kind.PARAMS and len(p.count) == 2:
            return Way.MATRIX
        if p.list is ListMode.FILL:
            return Way.ROOM
        if member.form is Form.LIST:
            if p.type.kind is model.Kind.BYTES and p.transfer == "full":
                return Way.COUNTED
            return Way.BUFFER if p.transfer == "full" else Way.ROOM
        return Way.TEXT if member.kind is Kind.STRING else Way.NUMBER

    def measure(self, c: plan.CParameter) -> Passage:
        """A parameter that says how large another is."""
        way = {"count": Way.COUNT, "stride": Way.STRIDE, "size": Way.SIZE}.get(c.role)
        measured = [p for p in self.function.parameters if c.name in (*p.count, p.stride, p.size)]
        if way is None or not measured:
            raise _Refused(f"'{c.name}' is the {c.role} of nothing that travels")
        # Of two lists of the same length, that which comes in or is asked for says how long.
        first = next((p for p in measured if p.direction is Direction.IN
                      or self.find(self.args, Role.COUNT, p.name)), measured[0])
        asked = self.find(self.args, Role.STRIDE if way is Way.STRIDE else Role.COUNT, first.name)
        lists = [self.find(self.args, Role.VALUE, p.name) for p in measured
                 if p.direction is Direction.IN and p.type.kind is not model.Kind.FD]
        alike = tuple(m for m in lists if m is not None) if len(lists) > 1 else ()
        return Passage(c, way, asked=asked, of=first.name, alike=alike)

    def passage(self, c: plan.CParameter) -> Passage:
        if c.role == "self":
            return self.own(c)
        assert c.source is not None
        if c.role != "value":
            return self.measure(c)
        if c.source.direction is Direction.IN:
            return self.inward(c, c.source)
        if c.source.direction is Direction.OUT:
            return self.outward(c, c.source)
        raise _Refused(f"'{c.name}' goes both ways")

    def back(self) -> tuple[Back, Member | None]:
        returns = self.function.returns
        member = next((m for m in self.results if m.role is Role.RETURN), None)
        if returns.type is not None and returns.type.kind is model.Kind.FD:
            return Back.FILE, None
        if member is None:
            return (Back.LENGTH if returns.kind is ReturnKind.COUNT else Back.NOTHING), None
        kind = item(member)
        match kind:
            case Item.TEXT:
                return (Back.TEXT if returns.transfer == "full" else Back.KEPT), member
            case Item.OBJECT:
                return Back.OBJECT, member
            case Item.BYTES:
                return Back.BYTES, member
            case Item.NUMBER:
                return Back.NUMBER, member
            case Item.CHARS | Item.PARAM | Item.RECORD:
                raise _Refused(f"it returns {member.kind.value}")
            case _:
                assert_never(kind)

    def call(self, program: Program) -> Call:
        passages = tuple(self.passage(c) for c in self.lowered.parameters)
        if self.function.self is None and not any(p.way is Way.OBJECTS for p in passages):
            raise _Refused("it is called on no object")
        back, returned = self.back()
        fuller = next((_Lowering(self.api, self.made, f).call(program) for f in self.made.variants
                       if f.shape is Shape.LOCAL), None) if self.function.self else None
        return Call(program, self.made, self.function, self.lowered, passages, back, returned, fuller)


def lower(derivation: Derivation, program: Program, made: Procedure) -> Call | Refusal:
    """A procedure as a call of its function, or why it is none."""
    function = made.function
    if made.direction != "call" or function is None:
        return Refusal(program, made, "nobody answers it", True)
    if function.shape in OWN:
        return Refusal(program, made, "both ends have by hand what is about the connection itself", True)
    try:
        return _Lowering(derivation.api, made, function).call(program)
    except _Refused as reason:
        return Refusal(program, made, str(reason), False)


@cache
def _lowered(derivation: Derivation) -> dict[str, tuple[Call | Refusal, ...]]:
    """Every procedure of every program, lowered once."""
    return {program.name: tuple(lower(derivation, program, made) for made in program.procedures)
            for program in derivation.programs}


def calls(derivation: Derivation, program: Program) -> list[Call]:
    """Every call of a program, in the order of the procedures."""
    return [call for call in _lowered(derivation)[program.name] if isinstance(call, Call)]


def refusals(derivation: Derivation) -> Iterator[Refusal]:
    """The one list of what no emitter makes a call of."""
    for found in _lowered(derivation).values():
        yield from (refusal for refusal in found if isinstance(refusal, Refusal))


# --- identities and records ------------------------------------------------------------------------


@dataclass(frozen=True)
class Identity:
    """An object on the wire: its parent, unless that is the connection, and its keys."""

    object: model.Object
    parent: Member | None
    keys: tuple[tuple[model.Key, Member | None], ...]   # None: the key does not travel


def identity(structure: Structure) -> Identity:
    """How the structure of an object and the handle belong together."""
    item_ = structure.object
    assert item_ is not None
    names = {m.name: m for m in structure.members}
    keys = tuple(
        (key, names[key.wire.name or key.name] if key.wire.type != "none" else None)
        for key in item_.keys
    )
    parent = next((m for m in structure.members if m.object and m.object == item_.parent), None)
    return Identity(item_, parent, keys)
