# SPDX-License-Identifier: LGPL-2.1-or-later
"""Lowers functions to C once: parameters in order with their types, and return values.

Emitters that need to know how a semantic type looks in C ask here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from . import model, naming
from .model import Direction, Kind, ListMode, Repr, ReturnKind
from .once import once

_NUMBERS = {
    Repr.DEFAULT: "",
    Repr.INT: "int",
    Repr.UINT: "unsigned int",
    Repr.WORD: "unsigned long",
    Repr.SIZE: "size_t",
    Repr.BYTE: "unsigned char",
    Repr.SHORT: "unsigned short",
    Repr.CHAR: "char",
}


@dataclass(frozen=True)
class CParameter:
    """One C parameter; `source` is the semantic parameter it comes from, None for the handle."""

    type: str
    name: str
    source: model.Parameter | None
    role: str  # self, value, count, capacity, stride, size

    @property
    def declaration(self) -> str:
        space = "" if self.type.endswith("*") else " "
        return f"{self.type}{space}{self.name}"


@dataclass(frozen=True)
class Lowered:
    """A function as C sees it."""

    function: model.Function
    returns: str
    failure: str
    parameters: tuple[CParameter, ...]

    @property
    def arguments(self) -> list[str]:
        return [parameter.name for parameter in self.parameters]

    @property
    def failed(self) -> str:
        """The expression that a function returns when it fails."""
        if self.failure == "-1" and self.returns.startswith("unsigned"):
            return f"({self.returns}) -1"
        return self.failure

    @property
    def declarations(self) -> list[str]:
        return [p.declaration for p in self.parameters] or ["void"]


def _scalar(kind: Kind, repr_: Repr) -> str | None:
    """The C type of a plain number, None for anything else."""
    if repr_ in _NUMBERS and _NUMBERS[repr_]:
        special = _NUMBERS[repr_]
    else:
        special = ""
    match kind:
        case Kind.INT | Kind.BOOL | Kind.ENUM | Kind.FD | Kind.EVENT_ID:
            return special or "int"
        case Kind.UINT | Kind.FLAGS:
            return special or "unsigned int"
        case Kind.INT64:
            return special or "long long"
        case Kind.UINT64:
            return special or "unsigned long long"
        case Kind.DOUBLE:
            return "double"
        case _:
            return None


def _stars(base: str, stars: str) -> str:
    return f"{base}{'' if base.endswith('*') else ' '}{stars}"


def parameter_type(api: model.Api, parameter: model.Parameter) -> str:
    """The C type of one parameter, without its counts."""
    kind, mode, repr_ = parameter.type.kind, parameter.list, parameter.repr
    out = parameter.direction is not Direction.IN
    scalar = _scalar(kind, repr_)
    if scalar is not None:
        if mode is ListMode.ALLOC:
            return _stars(scalar, "**")
        return _stars(scalar, "*") if out or mode is not ListMode.NO else scalar
    match kind:
        case Kind.STRING:
            if mode is ListMode.ALLOC:
                return "char ***"
            if mode is ListMode.FILL:
                return "char **" if repr_ is Repr.PLAIN else "char **const "
            if mode is ListMode.ARRAY:
                return "const char **"
            if out:
                return "char **" if parameter.transfer == "full" else "const char **"
            return "const char *"
        case Kind.UUID_STRING:
            if mode is ListMode.FILL:
                return "char **"
            return "char *" if out else "const char *"
        case Kind.UUID:
            return "unsigned char *" if out else "const unsigned char *"
        case Kind.BYTES:
            base = {Repr.VOID: "void *", Repr.CHAR: "char *"}.get(repr_, "unsigned char *")
            if out and parameter.transfer == "full":
                return _stars(base, "*")
            return base if out else f"const {base}"
        case Kind.BITMAP:
            return "unsigned char **" if out and not parameter.stride else "unsigned char *"
        case Kind.OPAQUE:
            return "void *"
        case Kind.OBJECT | Kind.RECORD:
            pointer = naming.pointer(api, parameter.type.name)
            if mode is ListMode.ALLOC:
                return f"{pointer} *" if repr_ is Repr.FLAT else f"{pointer} **"
            if mode is ListMode.ARRAY:
                return f"{pointer} *"
            return pointer
        case Kind.PARAMS:
            pointer = naming.pointer(api, "TypedParameter")
            return f"{pointer} *" if mode is ListMode.ALLOC else pointer
        case Kind.CALLBACK:
            return naming.typedef(api, parameter.type.name)
        case _:
            raise AssertionError(kind)


def callback_type(api: model.Api, parameter: model.Parameter) -> str:
    """Callbacks see records by value of their typedef, and never own what they are given."""
    if parameter.type.kind is Kind.RECORD:
        name = naming.typedef(api, api.record(parameter.type.name).typedef)
        if parameter.repr is Repr.MUTABLE or parameter.list is not ListMode.NO:
            return naming.pointer(api, parameter.type.name)
        return f"const {name} *"
    return parameter_type(api, parameter)


def field_type(api: model.Api, field: model.Field) -> tuple[str, str]:
    """The C type of a record's member, and what follows its name."""
    kind = field.type.kind
    if kind is Kind.STRING and field.length:
        length = field.length
        return "char", f"[{length if length.isdigit() else naming.constant(api, length)}]"
    if field.repr is Repr.CURSOR:
        return "virDomainBlockJobCursor", ""
    scalar = _scalar(kind, field.repr)
    if scalar is not None:
        if kind is Kind.ENUM:
            return naming.typedef(api, field.type.name), ""
        return (_stars(scalar, "*") if field.list is ListMode.ARRAY else scalar), ""
    match kind:
        case Kind.STRING:
            stars = "**" if field.list is ListMode.ARRAY else "*"
            return ("const char *" if field.transfer == "none" else f"char {stars}"), ""
        case Kind.BITMAP:
            return "unsigned char *", ""
        case Kind.OPAQUE:
            return "void *", ""
        case Kind.CALLBACK:
            return naming.typedef(api, field.type.name), ""
        case Kind.PARAMS:
            return naming.pointer(api, "TypedParameter"), ""
        case Kind.OBJECT | Kind.RECORD:
            return naming.pointer(api, field.type.name), ""
        case _:
            raise AssertionError(kind)


def _count_type(parameter: model.Parameter) -> str:
    base = _NUMBERS[parameter.count_repr] or "int"
    by_pointer = parameter.direction is Direction.INOUT or (
        parameter.direction is Direction.OUT
        and (parameter.probe or parameter.list is ListMode.ALLOC
             or (parameter.type.kind is Kind.BYTES and parameter.transfer == "full"))
    )
    return f"{base} *" if by_pointer else base


def _count_marker(marker: model.Parameter, all_: tuple[model.Parameter, ...]) -> str:
    """The type of a count that stands apart from its list: a pointer when the list is allocated."""
    base = _NUMBERS[marker.repr] or "int"
    lists = [p for p in all_ if marker.name in p.count]
    allocated = any(p.list is ListMode.ALLOC for p in lists)
    return f"{base} *" if allocated else base


def c_parameters(
    api: model.Api, parameters: tuple[model.Parameter, ...], in_callback: bool = False
) -> list[CParameter]:
    """Semantic parameters in C order, each followed by the counts nobody placed by hand."""
    placed = {p.name for p in parameters}
    result: list[CParameter] = []
    for p in parameters:
        if p.direction is Direction.COUNT:
            result.append(CParameter(_count_marker(p, parameters), p.name, p, "count"))
            continue
        type_ = callback_type(api, p) if in_callback else parameter_type(api, p)
        result.append(CParameter(type_.rstrip() if type_ != "char **const " else type_.rstrip(),
                                 p.name, p, "value"))
        for name in p.count:
            if name not in placed:
                placed.add(name)
                result.append(CParameter(_count_type(p), name, p, "count"))
        if p.capacity:
            result.append(CParameter("int *", p.capacity, p, "capacity"))
        if p.stride:
            result.append(CParameter("int", p.stride, p, "stride"))
        if p.size:
            result.append(CParameter("size_t", p.size, p, "size"))
    return result


def return_type(api: model.Api, returns: model.Returns) -> tuple[str, str]:
    """The C type a function returns, and the value that means failure."""
    match returns.kind:
        case ReturnKind.NONE:
            return "void", ""
        case ReturnKind.STATUS | ReturnKind.COUNT | ReturnKind.BOOL:
            return "int", "-1"
        case ReturnKind.STRING:
            return ("char *" if returns.transfer == "full" else "const char *"), "NULL"
        case ReturnKind.OBJECT:
            assert returns.type is not None
            return naming.pointer(api, returns.type.name), "NULL"
        case ReturnKind.VALUE:
            assert returns.type is not None
            kind = returns.type.kind
            scalar = _scalar(kind, returns.repr)
            if scalar is not None:
                return scalar, returns.error_value or "0"
            if kind is Kind.BYTES:
                return "unsigned char *", "NULL"
            return naming.pointer(api, returns.type.name), "NULL"
        case _:
            assert_never(returns.kind)


@once
def lower(api: model.Api, function: model.Function) -> Lowered:
    returns, failure = return_type(api, function.returns)
    parameters = c_parameters(api, function.parameters)
    if function.self is not None:
        own = CParameter(naming.pointer(api, function.self.type), function.self.name, None, "self")
        parameters.insert(0, own)
    return Lowered(function, returns, failure, tuple(parameters))
