# SPDX-License-Identifier: LGPL-2.1-or-later
"""Sample values of the protocol's structures, and their bytes as RFC 4506 has them.

The same value for a member wherever it stands, so that a person finds it again: texts are the name
of what they hold, numbers are the member's place, lists have two items. A test compares the bytes
with those of the codec in C (emit/wire_samples.py).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import assert_never

from .. import model
from .derive import Derivation
from .model import Form, Kind, Limit, Member, Procedure, Program, Structure

#: Type and direction words of the message's header, as in src/rpc/message.h.
_CALL, _REPLY, _EVENT = 0, 1, 2
_HEADER = ("program", "version", "procedure", "type", "serial", "status")


@dataclass(frozen=True)
class Param:
    """A typed parameter."""

    name: str
    type: str       # of the enum TypedParameterType
    number: int     # the same on the wire
    value: int | float | str


@dataclass(frozen=True)
class Value:
    """What one member holds; several items when it is a list."""

    member: Member
    items: tuple[int | float | str | bytes | Param | tuple[Value, ...], ...]


@dataclass(frozen=True)
class Piece:
    """A few bytes of a message, and what they mean."""

    data: bytes
    path: str
    meaning: str


class Samples:
    """Makes sample values of the structures of all programs."""

    def __init__(self, derivation: Derivation) -> None:
        self.api = derivation.api
        self.structures = {(p.name, s.name): s for p in derivation.programs for s in p.structures}
        self.uses = {p.name: p.source.uses for p in derivation.programs}
        self.types = {v.name: v.value for e in derivation.api.enums if e.name == "TypedParameterType"
                      for v in e.values}
        self.keys = {s.name: s.keys for s in derivation.api.paramsets}

    def structure(self, program: str, name: str) -> Structure:
        found = self.structures.get((program, name))
        return found if found is not None else self.structures[self.uses[program], name]

    def value(self, structure: Structure) -> tuple[Value, ...]:
        """A value of a structure: one per member."""
        return tuple(
            Value(member, self._items(structure, member, number))
            for number, member in enumerate(structure.members, 1)
        )

    def _items(
        self, structure: Structure, member: Member, number: int
    ) -> tuple[int | float | str | bytes | Param | tuple[Value, ...], ...]:
        count = 1
        if member.form is Form.FIXED or member.form is Form.LIST:
            wanted = 16 if member.is_uuid else 2
            most = member.limit.value if member.limit is not None else wanted
            count = most if member.form is Form.FIXED else min(wanted, most)
        if member.kind is Kind.OPAQUE:
            return (bytes((17 * i) & 0xff for i in range(count)),)
        return tuple(self._item(structure, member, number, i) for i in range(count))

    def _item(
        self, structure: Structure, member: Member, number: int, index: int
    ) -> int | float | str | bytes | Param | tuple[Value, ...]:
        kind = member.kind
        match kind:
            case Kind.STRING:
                return member.name if member.form is not Form.LIST else f"{member.name}{index + 1}"
            case Kind.STRUCT:
                return self.value(self.structure(structure.program, member.structure))
            case Kind.PARAM:
                return self._param(member, number, index)
            case Kind.DOUBLE:
                return number + 0.5
            case Kind.CHAR:
                # Texts of fixed room: their name, ended and filled with NUL.
                return 0 if member.form is Form.ONE else (member.name + "\0" * 99999).encode()[index]
            case (Kind.BYTE | Kind.SHORT | Kind.INT | Kind.UINT | Kind.INT64 | Kind.UINT64):
                return number + index
            case Kind.OPAQUE:
                raise AssertionError(member.name)
            case _:
                assert_never(kind)

    def _param(self, member: Member, number: int, index: int) -> Param:
        """A key of the set, in the order of the set; what is known of none is an int."""
        source = member.parameter or member.field
        keys = self.keys.get(source.type.name, ()) if source is not None else ()
        whole = [k for k in keys if k.type is not None and not k.part]
        if not whole:
            return Param(f"{member.name}{index + 1}", "INT", self.types["INT"], number + index)
        key = whole[index % len(whole)]
        assert key.type is not None
        name, value = self._typed(key.type.kind, key.string, number + index)
        return Param(key.string, name, self.types[name], value)

    @staticmethod
    def _typed(kind: model.Kind, text: str, number: int) -> tuple[str, int | float | str]:
        match kind:
            case model.Kind.UINT:
                return "UINT", number
            case model.Kind.INT64:
                return "LLONG", number
            case model.Kind.UINT64:
                return "ULLONG", number
            case model.Kind.DOUBLE:
                return "DOUBLE", number + 0.5
            case model.Kind.BOOL:
                return "BOOLEAN", 1
            case model.Kind.STRING:
                return "STRING", text
            case _:
                return "INT", number


# --- bytes -------------------------------------------------------------------------------------------

_FORMATS = {
    Kind.CHAR: ">i", Kind.BYTE: ">I", Kind.SHORT: ">I", Kind.INT: ">i", Kind.UINT: ">I",
    Kind.INT64: ">q", Kind.UINT64: ">Q", Kind.DOUBLE: ">d",
}
_PARAM_FORMATS = {"INT": ">i", "UINT": ">I", "LLONG": ">q", "ULLONG": ">Q", "DOUBLE": ">d", "BOOLEAN": ">i"}


def _padded(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % 4)


def _text(text: str) -> bytes:
    data = text.encode()
    return struct.pack(">I", len(data)) + _padded(data)


def pieces(value: tuple[Value, ...], path: str = "") -> list[Piece]:
    """The bytes of a structure's value, member by member."""
    found: list[Piece] = []
    for one in value:
        found += _member(one, f"{path}{one.member.name}")
    return found


def _member(value: Value, path: str) -> list[Piece]:
    member = value.member
    if member.kind is Kind.OPAQUE:
        data = value.items[0]
        assert isinstance(data, bytes)
        if member.form is Form.FIXED:
            return [Piece(_padded(data), path, f"{len(data)} bytes")]
        return [Piece(struct.pack(">I", len(data)) + _padded(data), path, f"{len(data)} bytes, counted")]
    found: list[Piece] = []
    if member.form is Form.LIST:
        count = len(value.items)
        found.append(Piece(struct.pack(">I", count), path, f"{count} items"))
    elif member.form is Form.OPTIONAL:
        found.append(Piece(struct.pack(">I", 1), path, "is there"))
    several = member.form in (Form.LIST, Form.FIXED)
    for index, item in enumerate(value.items):
        found += _one(member, item, f"{path}[{index}]" if several else path)
    return found


def _one(
    member: Member, item: int | float | str | bytes | Param | tuple[Value, ...], path: str
) -> list[Piece]:
    if isinstance(item, tuple):
        return pieces(item, f"{path}.")
    if isinstance(item, Param):
        word = Piece(struct.pack(">i", item.number), f"{path}.type", f"VIR_TYPED_PARAM_{item.type}")
        name = Piece(_text(item.name), f"{path}.field", f'"{item.name}"')
        if isinstance(item.value, str):
            return [name, word, Piece(_text(item.value), f"{path}.value", f'"{item.value}"')]
        data = struct.pack(_PARAM_FORMATS[item.type], item.value)
        return [name, word, Piece(data, f"{path}.value", str(item.value))]
    if isinstance(item, str):
        return [Piece(_text(item), path, f'"{item}"')]
    assert not isinstance(item, bytes)
    return [Piece(struct.pack(_FORMATS[member.kind], item), path, str(item))]


def encoded(value: tuple[Value, ...]) -> bytes:
    """The bytes of a structure's value."""
    return b"".join(piece.data for piece in pieces(value))


def message(samples: Samples, program: Program, made: Procedure, reply: bool = False) -> list[Piece]:
    """A whole message: its length, its header, and the sample as its payload."""
    structure = made.ret if reply else made.args
    payload = pieces(samples.value(structure)) if structure is not None else []
    kind = _EVENT if made.direction != "call" else _REPLY if reply else _CALL
    serial = 0 if kind == _EVENT else 1
    words = (program.source.number or 0, program.source.version, made.number, kind, serial, 0)
    meanings = (program.name, "", made.name, ("call", "reply", "event")[kind], "", "ok")
    size = 4 + 4 * len(words) + sum(len(piece.data) for piece in payload)
    found = [Piece(struct.pack(">I", size), "length", f"{size} bytes with this word")]
    for name, word, meaning in zip(_HEADER, words, meanings):
        found.append(Piece(struct.pack(">I", word), name, meaning or str(word)))
    return found + payload


__all__ = ["Limit", "Param", "Piece", "Samples", "Value", "encoded", "message", "pieces"]
