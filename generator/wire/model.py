# SPDX-License-Identifier: LGPL-2.1-or-later
"""The wire protocol as derived from the API: programs, procedures, structures, members.

Everything is frozen. derive.py builds this from the model of the API; the emitters in emit/wire*.py
read it, and nothing else decides what is on the wire.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from .. import model


class Kind(Enum):
    """What one item of a member is on the wire."""

    CHAR = "char"
    BYTE = "byte"
    SHORT = "short"
    INT = "int"
    UINT = "uint"
    INT64 = "int64"
    UINT64 = "uint64"
    DOUBLE = "double"
    STRING = "string"
    OPAQUE = "opaque"
    STRUCT = "struct"
    PARAM = "param"


class Form(Enum):
    ONE = "one"
    OPTIONAL = "optional"
    FIXED = "fixed"
    LIST = "list"


class Role(Enum):
    """Where a member's value comes from, for the stubs on both sides."""

    SELF = "self"           # the object the function is called on
    SELF_KEY = "self-key"   # only its first identity key
    VALUE = "value"         # a parameter, or one field of a record
    COUNT = "count"         # in: room for a list; out: how many there are
    NEED = "need"           # whether the caller wants a list or value at all
    STRIDE = "stride"       # bytes per bitmap
    RETURN = "return"       # what the function returns
    CALLBACK_ID = "callback-id"
    NESTED = "nested"       # an older message inside a newer one


@dataclass(frozen=True)
class Limit:
    """A named bound of a program."""

    program: str
    name: str
    value: int


@dataclass(frozen=True)
class Member:
    name: str
    kind: Kind
    form: Form = Form.ONE
    limit: Limit | None = None
    structure: str = ""
    role: Role = Role.VALUE
    parameter: model.Parameter | None = None
    field: model.Field | None = None
    object: str = ""
    enumeration: str = ""
    secret: bool = False
    path: bool = False      # of a file: what is relative means the caller's folder, not the server's

    @property
    def is_uuid(self) -> bool:
        return self.kind is Kind.OPAQUE and self.form is Form.FIXED


@dataclass(frozen=True)
class Structure:
    """A structure; `name` as C and the other languages see it, `spelled` as the protocol does."""

    name: str
    spelled: str
    program: str
    members: tuple[Member, ...]
    object: model.Object | None = None
    record: model.Record | None = None


@dataclass(frozen=True)
class Procedure:
    """One number of a program: a call with its reply, an event, or a message either way."""

    name: str
    spelled: str
    program: str
    number: int
    direction: str  # call, event, message
    high: bool
    stream: str  # "", read, write
    files_in: bool
    files_out: bool
    args: Structure | None
    ret: Structure | None
    function: model.Function | None = None
    event: model.Event | None = None
    callback: model.Callback | None = None
    variants: tuple[model.Function, ...] = ()  # others that are the same call with less
    legacy: bool = False  # the older of two procedures of the same function or event


@dataclass(frozen=True)
class Program:
    name: str
    source: model.Program
    limits: tuple[Limit, ...]
    structures: tuple[Structure, ...]
    procedures: tuple[Procedure, ...]

    def structure(self, name: str) -> Structure:
        return next(s for s in self.structures if s.name == name)
