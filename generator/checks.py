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
    FLAGS = "flags"             # a bit nobody knows
    NEEDS = "needs"
    EXCLUDES = "excludes"
    UUID = "uuid"               # text that is no UUID


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
    guard: str = ""             # only looked at when this parameter (maybe *name) is not 0
    known: int = 0              # the flags that exist
    flags: tuple[str, ...] = ()  # constants: a flag and its other, flags that write, a highest value
    when: tuple[str, str] | None = None  # read-only: only if this parameter equals this constant


def home(api: model.Api, function: model.Function) -> model.Object:
    """The object a function is about: its header's, or else the one it is called on.

    virConnectListSecrets is called on a connection, but is about secrets.
    """
    headers = {module.header for module in api.modules if any(f is function for f in module.functions)}
    for module in api.modules:
        if module.objects and module.header in headers:
            return module.objects[0]
    assert function.self is not None
    return api.object(function.self.type)


class _Collector:
    def __init__(self, api: model.Api, lowered: plan.Lowered) -> None:
        self.api = api
        self.lowered = lowered
        self.function = lowered.function
        own = self.function.self
        self.domain = "NONE" if own is None else home(api, self.function).error_domain
        self.found: list[Check] = []

    def add(
        self, mistake: Mistake, parameter: str, *, pointed: bool = False, guard: str = "",
        nullable: bool = False, known: int = 0, flags: tuple[str, ...] = (),
    ) -> None:
        self.found.append(Check(mistake, parameter, self.domain, "INVALID_ARG", pointed=pointed,
                                guard=guard, nullable=nullable, known=known, flags=flags))

    def handle(self, name: str, own: model.Object, nullable: bool) -> None:
        self.found.append(Check(Mistake.HANDLE, name, own.error_domain, own.error,
                                object=own.name, nullable=nullable))

    def collect(self) -> tuple[Check, ...]:
        function = self.function
        if function.self is not None:
            self.handle(function.self.name, self.api.object(function.self.type), False)
        self.read_only()
        for parameter in function.parameters:
            self.parameter(parameter)
        for flag, needs in function.requires:
            self.add(Mistake.NEEDS, "flags", flags=(flag, needs))
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
            self.add(Mistake.FLAGS, p.name, known=known_bits(self.api, p.type))
        elif not self.is_pointer(p):
            if p.type.kind is Kind.ENUM and p.name == "eventID":
                enum = self.api.enum(p.type.name)
                newest = max(enum.values, key=lambda value: value.value)
                self.add(Mistake.RANGE, p.name, flags=(f"{enum.prefix}{newest.name}",))
        else:
            self.pointer(p)

    def is_pointer(self, p: model.Parameter) -> bool:
        return plan.parameter_type(self.api, p).endswith("*") or p.type.kind in (
            Kind.OBJECT, Kind.RECORD, Kind.PARAMS, Kind.CALLBACK)

    def pointer(self, p: model.Parameter) -> None:
        count = next((c for c in self.lowered.parameters if c.source is p and c.role == "count"), None)
        if count is not None and count.type.endswith("int *"):
            self.add(Mistake.NULL, count.name)
            if count.type == "int *":
                self.add(Mistake.NEGATIVE, count.name, pointed=True)
            if p.list is ListMode.FILL:
                self.add(Mistake.NULL, p.name, guard=f"*{count.name}")
            elif not p.nullable:
                self.add(Mistake.NULL, p.name)
        elif count is not None and p.list is not ListMode.NO:
            self.counted(p, count)
        elif p.stride and p.direction is Direction.IN:
            self.add(Mistake.NULL, p.name)
            self.add(Mistake.NOT_POSITIVE, p.stride)
        elif not p.nullable:
            self.add(Mistake.NULL, p.name)

    def counted(self, p: model.Parameter, count: plan.CParameter) -> None:
        """A list whose count is passed by value."""
        if p.list is ListMode.FILL and count.type == "int":
            self.add(Mistake.NEGATIVE, count.name)
            if not p.nullable:
                self.add(Mistake.NULL, p.name, guard=count.name)
        elif p.type.kind is Kind.PARAMS and p.direction is Direction.IN and not p.nullable:
            self.add(Mistake.NULL, p.name)
            if count.type == "int":
                self.add(Mistake.NOT_POSITIVE, count.name)
        else:
            if count.type == "int":
                self.add(Mistake.NEGATIVE, count.name)
            self.add(Mistake.NULL, p.name, guard=count.name)

    def count_marker(self, p: model.Parameter) -> None:
        type_ = next(c.type for c in self.lowered.parameters if c.name == p.name)
        if type_ == "int":
            self.add(Mistake.NEGATIVE, p.name)

    def object(self, p: model.Parameter) -> None:
        own = self.api.object(p.type.name)
        self.handle(p.name, own, p.nullable)
        if own.name != "Connect" and self.function.self is not None:
            self.found.append(Check(Mistake.FOREIGN, p.name, self.domain, "INVALID_ARG",
                                    object=own.name, nullable=p.nullable))


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
    return "NONE", "NO_SUPPORT"
