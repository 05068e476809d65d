# SPDX-License-Identifier: LGPL-2.1-or-later
"""The model of the API: what load.py builds, rules.py judges and the emitters read.

Everything is frozen, and nothing here knows C, XDR or any other output language.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from .source import Location


class Shape(Enum):
    """What kind of function this is; the set is closed."""

    CALL = "call"
    GETTER = "getter"
    PARENT = "parent"
    REF = "ref"
    FREE = "free"
    LOOKUP = "lookup"
    LOOKUP_STRING = "lookup-string"
    LIST_ALL = "list-all"
    LIST_NAMES = "list-names"
    EVENT = "event"
    MESSAGE = "message"
    EVENT_REGISTER = "event-register"
    EVENT_DEREGISTER = "event-deregister"
    STREAM = "stream"
    OPEN = "open"
    CLOSE = "close"
    LOCAL = "local"
    RUNTIME = "runtime"


class Direction(Enum):
    IN = "in"
    OUT = "out"
    INOUT = "inout"
    COUNT = "count"


class ListMode(Enum):
    NO = "no"
    ARRAY = "array"
    FILL = "fill"
    ALLOC = "alloc"


class Kind(Enum):
    """The semantic kinds of a type; a TypeRef says which, and what it names."""

    INT = "int"
    UINT = "uint"
    INT64 = "int64"
    UINT64 = "uint64"
    DOUBLE = "double"
    BOOL = "bool"
    STRING = "string"
    UUID = "uuid"
    UUID_STRING = "uuid-string"
    BYTES = "bytes"
    BITMAP = "bitmap"
    FD = "fd"
    EVENT_ID = "event-id"
    OPAQUE = "opaque"
    ENUM = "enum"
    FLAGS = "flags"
    RECORD = "record"
    OBJECT = "object"
    PARAMS = "params"
    CALLBACK = "callback"


class Repr(Enum):
    """How a value is held in C where the public interface is older than the rule."""

    DEFAULT = ""
    INT = "int"
    UINT = "uint"
    WORD = "word"
    SIZE = "size"
    BYTE = "byte"
    SHORT = "short"
    CHAR = "char"
    VOID = "void"
    PLAIN = "plain"
    FLAT = "flat"
    CURSOR = "cursor"
    MUTABLE = "mutable"


class ReturnKind(Enum):
    STATUS = "status"
    COUNT = "count"
    BOOL = "bool"
    OBJECT = "object"
    STRING = "string"
    VALUE = "value"
    NONE = "none"


@dataclass(frozen=True)
class TypeRef:
    """A use of a type: the kind, and the names it refers to (several for merged flag sets)."""

    kind: Kind
    names: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.names[0] if self.names else ""


@dataclass(frozen=True)
class Text:
    """Documentation in plain text; arg, ref and code marks are already flattened."""

    plain: str


@dataclass(frozen=True)
class Range:
    """The values a number may have; None where there is no bound."""

    low: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class WireNote:
    """What the protocol does differently from what would be derived, for historical reasons."""

    name: str = ""
    type: str = ""
    nullable: bool | None = None
    count: bool | None = None
    need: str = ""
    room: str = ""

    @property
    def notes(self) -> int:
        return sum(
            (bool(self.name), bool(self.type), self.nullable is not None, self.count is not None,
             bool(self.need), bool(self.room))
        )


@dataclass(frozen=True)
class Parameter:
    where: Location
    name: str
    direction: Direction
    type: TypeRef
    list: ListMode
    count: tuple[str, ...]
    count_repr: Repr
    capacity: str
    stride: str
    size: str
    repr: Repr
    nullable: bool
    null_if_empty: bool
    probe: bool
    secret: bool
    path: bool      # of a file: what is relative means the caller's folder
    transfer: str
    example: str
    range: Range
    count_range: Range
    max: str
    default: str    # in languages where arguments have defaults
    wire: WireNote
    doc: Text


@dataclass(frozen=True)
class Permission:
    """An access rule: permission, on which object, and when (flag constants, ! negates; or argument=VALUE)."""

    object: str
    name: str
    when: str = ""


class Told(Enum):
    """What tells which object a call is about that has no handle of it yet; the set is closed."""

    DOCUMENT = "document"   # describes it
    IMAGE = "image"         # the file of a saved one
    NAME = "name"           # the name of one that is there, or will be
    NOTHING = "nothing"     # nobody knows before


@dataclass(frozen=True)
class Subject:
    """An argument (or SET.KEY of typed parameters) that tells of an object, and one that renames it."""

    told: Told
    argument: str = ""
    name: str = ""


@dataclass(frozen=True)
class Self:
    where: Location
    type: str
    name: str
    acl: tuple[Permission, ...]
    acl_none: bool                  # said to need no permission
    acl_filter: Permission | None   # of each object that the function lists or tells of
    subjects: tuple[Subject, ...]   # whom `acl` is about, where that is no handle
    write_flags: tuple[str, ...]
    write_when: tuple[str, str] | None
    nullable: bool
    wire: WireNote
    wire_updated: bool
    wire_refresh: bool


@dataclass(frozen=True)
class Returns:
    where: Location
    kind: ReturnKind
    type: TypeRef | None
    repr: Repr
    count: str
    transfer: str
    secret: bool    # never in a log
    error_value: str
    max: str
    wire_order: tuple[str, ...]
    wire: WireNote
    doc: Text


@dataclass(frozen=True)
class Support:
    """What a driver does of a function: since and until when, and with which flags (None: all)."""

    where: Location
    driver: str
    since: str
    until: str
    flags: tuple[str, ...] | None


@dataclass(frozen=True)
class Without:
    """Why a driver does not have a function."""

    where: Location
    driver: str
    reason: Text


@dataclass(frozen=True)
class Transition:
    """What a call does in some states: a new state (the same if empty) and events, or an error."""

    where: Location
    states: tuple[str, ...]
    to: str
    emits: tuple[str, ...]
    errors: tuple[str, ...]


@dataclass(frozen=True)
class Throws:
    error: str
    doc: Text


@dataclass(frozen=True)
class Quirk:
    where: Location
    id: str
    reason: str


@dataclass(frozen=True)
class Spelling:
    """A name that a language spells otherwise than its rule; of an argument, or of the function."""

    language: str
    argument: str
    name: str


@dataclass(frozen=True)
class Function:
    where: Location
    name: str
    shape: Shape
    since: str
    symbol: str
    proc: int | None
    callback_proc: int | None
    program: str
    visibility: str
    stream: str
    wire_order: tuple[str, ...]
    priority: str
    access: str
    blocks: str
    errors: str
    error_domain: str
    brief: Text
    doc: Text
    self: Self | None
    parameters: tuple[Parameter, ...]
    returns: Returns
    throws: tuple[Throws, ...]
    transitions: tuple[Transition, ...]
    support: tuple[Support, ...]
    without: tuple[Without, ...]
    quirks: tuple[Quirk, ...]
    spellings: tuple[Spelling, ...]
    bundle: str     # its numbers are one map of this name in languages that have maps
    requires: tuple[tuple[str, str], ...]
    excludes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Value:
    where: Location
    name: str
    value: int
    since: str
    text: str
    detailed: str
    doc: Text


@dataclass(frozen=True)
class Enumeration:
    """An enum or, when `flags`, a set of bits."""

    where: Location
    name: str
    prefix: str
    last: str
    last_value: int | None
    since: str
    flags: bool
    values: tuple[Value, ...]
    doc: Text


@dataclass(frozen=True)
class Field:
    where: Location
    name: str
    type: TypeRef
    repr: Repr
    length: str
    list: ListMode
    count: str
    stride: str
    transfer: str
    nullable: bool
    when: str
    max: str
    scale: int | None   # what languages divide it by, by old custom
    wire: WireNote
    doc: Text


@dataclass(frozen=True)
class Union:
    name: str
    by: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Record:
    where: Location
    name: str
    struct: str
    typedef: str
    since: str
    fields: tuple[Field | Union, ...]
    form: str       # how languages without structs show it
    wire: WireNote
    doc: Text


@dataclass(frozen=True)
class Callback:
    where: Location
    name: str
    since: str
    parameters: tuple[Parameter, ...]
    returns: Returns
    doc: Text


@dataclass(frozen=True)
class Limit:
    where: Location
    name: str
    value: str
    since: str
    doc: Text


@dataclass(frozen=True)
class ParameterKey:
    where: Location
    name: str
    string: str
    type: TypeRef | None
    part: str
    since: str
    doc: Text


@dataclass(frozen=True)
class ParameterSet:
    where: Location
    name: str
    prefix: str
    keys: tuple[ParameterKey, ...]
    max: str
    doc: Text


@dataclass(frozen=True)
class Event:
    where: Location
    object: str
    name: str
    callback: str
    since: str
    proc: int | None
    callback_proc: int | None
    wire_late: str
    wire_rename: str
    doc: Text


@dataclass(frozen=True)
class Program:
    """A program of the wire protocol; `sends` names records that travel outside of calls."""

    where: Location
    name: str
    number: int | None
    version: int
    library: str
    uses: str
    sends: tuple[str, ...]
    limits: tuple[Limit, ...]
    doc: Text


@dataclass(frozen=True)
class Key:
    where: Location
    name: str
    type: TypeRef
    acl_names: tuple[tuple[str, str], ...]  # in questions of access: value of `acl_by` and name
    acl_by: str
    wire: WireNote
    doc: Text


@dataclass(frozen=True)
class State:
    """A state of an object; the first is that in which it is not there at all."""

    where: Location
    name: str
    error: str
    doc: Text


@dataclass(frozen=True)
class PermissionName:
    name: str
    read_only: bool
    doc: Text


@dataclass(frozen=True)
class Object:
    where: Location
    name: str
    driver: str
    parent: str
    argument: str
    error: str
    error_domain: str
    handle_domain: str
    keys: tuple[Key, ...]
    states: tuple[State, ...]
    permissions: tuple[PermissionName, ...]
    acl_name: str                   # prefix of its keys in questions of access
    acl_within: tuple[str, str]     # the key that names what holds it, and the object that this is
    max: str
    wire: WireNote
    wire_by_key: bool
    wire_order: tuple[str, ...]
    doc: Text


@dataclass(frozen=True)
class WireModule:
    """What a module says that exists on the wire only."""

    programs: tuple[Program, ...]
    enums: tuple[Enumeration, ...]
    records: tuple[Record, ...]
    functions: tuple[Function, ...]


@dataclass(frozen=True)
class Module:
    where: Location
    name: str
    header: str
    library: str
    error_domain: str
    doc: Text
    objects: tuple[Object, ...]
    limits: tuple[Limit, ...]
    enums: tuple[Enumeration, ...]
    records: tuple[Record, ...]
    callbacks: tuple[Callback, ...]
    paramsets: tuple[ParameterSet, ...]
    events: tuple[Event, ...]
    functions: tuple[Function, ...]
    wire: WireModule

    @property
    def all_functions(self) -> tuple[Function, ...]:
        """The public functions and those that exist on the wire only."""
        return (*self.functions, *self.wire.functions)


#: The enum of what drivers can do and the two ends of the protocol ask each other about.
FEATURES = "DriverFeature"


class EventHome(Enum):
    """Who keeps the listeners of a driver's events: the driver, or the runtime for it."""

    DRIVER = "driver"
    RUNTIME = "runtime"


@dataclass(frozen=True)
class Driver:
    where: Location
    name: str
    schemes: tuple[str, ...]
    events: EventHome
    error_domain: str
    faults: bool
    hooks: str
    place: str
    features: tuple[str, ...]   # of the protocol; a driver that asks elsewhere has none here
    complete: bool              # it has every function of its groups that no <without> excuses
    doc: Text


@dataclass(frozen=True)
class Api:
    """The whole specification, in the order of its index."""

    where: Location
    name: str
    prefix: str
    release: str
    known_drivers: tuple[Driver, ...]
    modules: tuple[Module, ...]

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        return tuple(f for module in self.modules for f in module.functions)

    @cached_property
    def drivers(self) -> tuple[Driver, ...]:
        """The drivers whose hooks are written by hand."""
        return tuple(d for d in self.known_drivers if d.hooks == "hand")

    @cached_property
    def remote(self) -> Driver | None:
        """The driver whose hooks are stubs of the protocol."""
        return next((d for d in self.known_drivers if d.hooks == "wire"), None)

    @cached_property
    def procedures(self) -> tuple[Function, ...]:
        """What exists on the wire only: no public function stands behind it."""
        return tuple(f for module in self.modules for f in module.wire.functions)

    @cached_property
    def programs(self) -> tuple[Program, ...]:
        return tuple(p for module in self.modules for p in module.wire.programs)

    @cached_property
    def wire_records(self) -> tuple[Record, ...]:
        return tuple(r for module in self.modules for r in module.wire.records)

    @cached_property
    def wire_enums(self) -> tuple[Enumeration, ...]:
        return tuple(e for module in self.modules for e in module.wire.enums)

    @cached_property
    def objects(self) -> tuple[Object, ...]:
        return tuple(o for module in self.modules for o in module.objects)

    @cached_property
    def enums(self) -> tuple[Enumeration, ...]:
        return tuple(e for module in self.modules for e in module.enums)

    @cached_property
    def records(self) -> tuple[Record, ...]:
        return tuple(r for module in self.modules for r in module.records)

    @cached_property
    def callbacks(self) -> tuple[Callback, ...]:
        return tuple(c for module in self.modules for c in module.callbacks)

    @cached_property
    def paramsets(self) -> tuple[ParameterSet, ...]:
        return tuple(s for module in self.modules for s in module.paramsets)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        return tuple(e for module in self.modules for e in module.events)

    # By name; of two that are called the same (a rule finds them) the first.

    @cached_property
    def _objects_named(self) -> dict[str, Object]:
        return {o.name: o for o in reversed(self.objects)}

    @cached_property
    def _records_named(self) -> dict[str, Record]:
        return {r.name: r for r in reversed(self.records)}

    @cached_property
    def _enums_named(self) -> dict[str, Enumeration]:
        return {e.name: e for e in reversed(self.enums)}

    @cached_property
    def _homes(self) -> dict[int, Module]:
        return {id(f): module for module in self.modules for f in module.all_functions}

    def module_of(self, function: Function) -> Module:
        """The module that a function stands in."""
        return self._homes[id(function)]

    def object(self, name: str) -> Object:
        return self._objects_named[name]

    def record(self, name: str) -> Record:
        return self._records_named[name]

    def enum(self, name: str) -> Enumeration:
        return self._enums_named[name]

    @cached_property
    def libraries(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(module.library for module in self.modules))
