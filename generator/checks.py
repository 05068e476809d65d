# SPDX-License-Identifier: LGPL-2.1-or-later
"""What an entry point refuses before any driver is reached: the mistakes of a function, in order.

The entry points are written from this list, and the contract tests know from it what to expect.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from . import model, plan
from .model import Direction, Kind, ListMode, Shape


class Mistake(Enum):
    """The kinds of mistake; the set is closed."""

    HANDLE = "handle"           # not a live object of the class
    READ_ONLY = "read-only"
    NULL = "null"
    NEGATIVE = "negative"
    NOT_POSITIVE = "not-positive"
    RANGE = "range"
    FOREIGN = "foreign"         # an object of another connection
    USED = "used"               # a stream that carries something already
    FLAGS = "flags"             # a bit nobody knows
    NEEDS = "needs"
    EXCLUDES = "excludes"
    UUID = "uuid"               # text that is no UUID


# As an object's handle-domain: a wrong handle is reported like the caller's other mistakes.
CALLER = "caller"

# What a driver's table answers; whether it knows a flag is its own matter.
HOOKED = frozenset({
    Shape.CALL, Shape.LOOKUP, Shape.LIST_ALL, Shape.LIST_NAMES, Shape.EVENT_REGISTER,
    Shape.EVENT_DEREGISTER, Shape.STREAM,
})


@dataclass(frozen=True)
class Check:
    """One mistake: whose argument it is, and the error it gets."""

    mistake: Mistake
    parameter: str              # C name; empty for READ_ONLY
    domain: str
    code: str
    object: str = ""            # class of the handle
    nullable: bool = False      # NULL is no mistake
    pointed: bool = False       # the value is behind a pointer
    natural: bool = False       # its C type has no negative values
    guard: str = ""             # only looked at when this parameter (maybe *name) is not 0
    known: int = 0              # the flags that exist
    # Constants: a flag and its other (for NEEDS: others), flags that write, a highest value.
    flags: tuple[str, ...] = ()
    when: tuple[str, str] | None = None  # read-only: only if this parameter equals this constant


def home(api: model.Api, function: model.Function) -> model.Object:
    """The object a function is about: its header's, or else the one it is called on.

    virConnectListSecrets is called on a connection, but is about secrets.
    """
    header = api.module_of(function).header
    for module in api.modules:
        if module.objects and module.header == header:
            return module.objects[0]
    assert function.self is not None
    return api.object(function.self.type)


def error_domain(api: model.Api, function: model.Function) -> str:
    """Where the mistakes of a function's caller are reported from."""
    if function.error_domain:
        return function.error_domain
    module = api.module_of(function)
    if module.error_domain:
        return module.error_domain
    return "NONE" if function.self is None else home(api, function).error_domain


class _Collector:
    def __init__(self, api: model.Api, lowered: plan.Lowered) -> None:
        self.api = api
        self.lowered = lowered
        self.function = lowered.function
        self.domain = error_domain(api, self.function)
        self.found: list[Check] = []

    def add(
        self, mistake: Mistake, parameter: str, *, pointed: bool = False, guard: str = "",
        nullable: bool = False, known: int = 0, flags: tuple[str, ...] = (), natural: bool = False,
    ) -> None:
        self.found.append(Check(mistake, parameter, self.domain, "INVALID_ARG", pointed=pointed,
                                guard=guard, nullable=nullable, known=known, flags=flags,
                                natural=natural))

    def handle(self, name: str, own: model.Object, nullable: bool) -> None:
        domain = self.domain if own.handle_domain == CALLER else own.handle_domain
        self.found.append(Check(Mistake.HANDLE, name, domain, own.error,
                                object=own.name, nullable=nullable))

    def collect(self) -> tuple[Check, ...]:
        function = self.function
        if function.self is not None:
            own = function.self
            self.handle(own.name, self.api.object(own.type), own.nullable)
        self.read_only()
        for parameter in function.parameters:
            self.parameter(parameter)
        for flag, needs in function.requires:
            self.add(Mistake.NEEDS, "flags", flags=(flag, *needs.split("|")))
        for flag, other in function.excludes:
            self.add(Mistake.EXCLUDES, "flags", flags=(flag, other))
        if function.shape is Shape.LOOKUP_STRING:
            self.add(Mistake.UUID, self.lowered.parameters[1].name)
        return tuple(self.found)

    def read_only(self) -> None:
        own = self.function.self
        if own is None or own.type.startswith("Adm"):
            return

        def refuse(flags: tuple[str, ...] = (), when: tuple[str, str] | None = None) -> None:
            self.found.append(Check(Mistake.READ_ONLY, "", self.domain, "OPERATION_DENIED",
                                    flags=flags, when=when))

        if self.function.access == "write":
            refuse()
        if own.write_flags:
            refuse(flags=own.write_flags)
        if own.write_when is not None:
            refuse(when=own.write_when)

    def parameter(self, p: model.Parameter) -> None:
        if p.direction is Direction.COUNT:
            self.count_marker(p)
        elif p.type.kind is Kind.OBJECT and p.list is ListMode.NO:
            self.object(p)
        elif p.type.kind is Kind.FLAGS and p.name == "flags" and p.direction is Direction.IN:
            if self.function.shape not in HOOKED:
                self.add(Mistake.FLAGS, p.name, known=known_bits(self.api, p.type))
        elif not self.is_pointer(p):
            self.bounds(p.name, plan.parameter_type(self.api, p), p.range)
            if p.type.kind is Kind.EVENT_ID:
                self.add(Mistake.NEGATIVE, p.name)
            if p.type.kind is Kind.ENUM and p.name == "eventID":
                enum = self.api.enum(p.type.name)
                newest = max(enum.values, key=lambda value: value.value)
                self.add(Mistake.RANGE, p.name, flags=(f"{enum.prefix}{newest.name}",))
        else:
            self.pointer(p)

    def is_pointer(self, p: model.Parameter) -> bool:
        type_ = plan.parameter_type(self.api, p).removesuffix("const ")
        return type_.endswith("*") or p.type.kind in (
            Kind.OBJECT, Kind.RECORD, Kind.PARAMS, Kind.CALLBACK)

    def bounds(self, name: str, type_: str, range_: model.Range) -> None:
        """The range of a number; what its C type cannot hold needs no check."""
        natural = type_.startswith("unsigned") or type_ == "size_t"
        if range_.low is not None and range_.low > 0:
            self.add(Mistake.NOT_POSITIVE, name, natural=natural)
        elif range_.low is not None and not natural:
            self.add(Mistake.NEGATIVE, name)
        if range_.high is not None:
            self.add(Mistake.RANGE, name, flags=(str(range_.high),))

    def pointer(self, p: model.Parameter) -> None:
        count = next((c for c in self.lowered.parameters if c.source is p and c.role == "count"), None)
        if count is not None and count.type.endswith("int *"):
            self.add(Mistake.NULL, count.name)
            some = p.count_range.low is not None and p.count_range.low > 0
            if some:
                self.add(Mistake.NULL, p.name)
                self.add(Mistake.NOT_POSITIVE, count.name, pointed=True)
            elif count.type == "int *" and p.list is not ListMode.ALLOC or p.direction is Direction.INOUT:
                self.add(Mistake.NEGATIVE, count.name, pointed=True)
            if p.list is ListMode.FILL and not some:
                self.add(Mistake.NULL, p.name, guard=f"*{count.name}")
            elif p.list is ListMode.FILL:
                pass
            elif not p.nullable:
                self.add(Mistake.NULL, p.name)
            if p.capacity:
                self.add(Mistake.NULL, p.capacity)
        elif count is not None and p.list is not ListMode.NO:
            self.counted(p, count)
        elif p.stride and not p.count:
            self.add(Mistake.NULL, p.name)
            self.add(Mistake.NOT_POSITIVE, p.stride)
        elif p.stride:
            # The count stands elsewhere, and is judged there.
            if not p.nullable:
                self.add(Mistake.NULL, p.name)
            self.add(Mistake.NOT_POSITIVE, p.stride, guard=p.name if p.nullable else "")
        elif p.null_if_empty:
            self.add(Mistake.NULL, p.name, guard=p.count[0])
        elif not p.nullable:
            self.add(Mistake.NULL, p.name)

    def counted(self, p: model.Parameter, count: plan.CParameter) -> None:
        """A list whose count is passed by value; parameters are not an empty list by default."""
        whole = p.type.kind is Kind.PARAMS and p.direction is Direction.IN
        some = p.count_range.low is not None and p.count_range.low > 0
        if not p.nullable:
            always = some or (whole and not p.null_if_empty)
            self.add(Mistake.NULL, p.name, guard="" if always else count.name)
        usual = model.Range(1 if whole and not p.nullable and not p.null_if_empty else 0)
        self.bounds(count.name, count.type, usual if p.count_range.low is None else p.count_range)

    def count_marker(self, p: model.Parameter) -> None:
        type_ = next(c.type for c in self.lowered.parameters if c.name == p.name)
        self.bounds(p.name, type_, model.Range(0) if p.range.low is None else p.range)

    def object(self, p: model.Parameter) -> None:
        own = self.api.object(p.type.name)
        self.handle(p.name, own, p.nullable)
        if own.name != "Connect" and self.function.self is not None:
            self.found.append(Check(Mistake.FOREIGN, p.name, self.domain, "INVALID_ARG",
                                    object=own.name, nullable=p.nullable))
        if self.function.shape is Shape.STREAM and own.name == "Stream":
            self.found.append(Check(Mistake.USED, p.name, own.handle_domain, "OPERATION_INVALID"))


def known_bits(api: model.Api, type_: model.TypeRef) -> int:
    """All bits of a use of flags."""
    mask = 0
    for name in type_.names:
        for value in api.enum(name).values:
            mask |= value.value
    return mask


def checks(api: model.Api, lowered: plan.Lowered) -> tuple[Check, ...]:
    """The mistakes of one function in the order in which they are looked for."""
    return _Collector(api, lowered).collect()


def unsupported(api: model.Api, function: model.Function) -> tuple[str, str]:
    """Error domain and code of a function that the connection's driver does not have."""
    return error_domain(api, function), "NO_SUPPORT"
