# SPDX-License-Identifier: LGPL-2.1-or-later
"""Records that go onto the wire: the server's copies borrow from the C struct."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from .. import naming
from ..wire import Form, Member, Structure
from ..wire.lower import Item, item
from .wire_objects import put_name


class Copier:
    """Copies records of C to the wire; `allocate` makes the rows of a list, given type and count."""

    def __init__(
        self, structure: Callable[[str], Structure], allocate: Callable[[str, str], str]
    ) -> None:
        self.structure = structure
        self.allocate = allocate

    def field(self, wire: str, value: str, member: Member, depth: int = 0) -> list[str]:
        """One field, from the C struct to the wire's."""
        source = member.field
        assert source is not None
        target, origin = f"{wire}{member.name}", f"{value}{source.name}"
        if member.form is Form.LIST:
            return self.list_field(target, origin, value, member, depth)
        kind = item(member)
        match kind:
            case Item.CHARS | Item.BYTES:
                return [f"memcpy({target}, {origin}, sizeof({target}));"]
            case Item.OBJECT:
                return [f"{put_name(member.object)}(&{target}, {origin});"]
            case Item.NUMBER | Item.TEXT:
                return [f"{target} = {origin};"]
            case Item.RECORD | Item.PARAM:
                raise AssertionError(f"{source.name}: no record holds one {kind.value}")
            case _:
                assert_never(kind)

    def list_field(
        self, target: str, origin: str, value: str, member: Member, depth: int
    ) -> list[str]:
        source = member.field
        assert source is not None
        count = f"(size_t) {value}{source.count or source.stride}"
        kind = item(member)
        match kind:
            case Item.CHARS:
                return [f"{target}.items = {origin};", f"{target}.count = strlen({origin}) + 1;"]
            case Item.PARAM | Item.TEXT | Item.NUMBER | Item.BYTES:
                return [f"{target}.items = {origin};", f"{target}.count = {count};"]
            case Item.RECORD:
                return self.rows(target, origin, count, member, depth)
            case Item.OBJECT:
                raise AssertionError(f"{source.name}: no record lists objects")
            case _:
                assert_never(kind)

    def rows(
        self, target: str, origin: str, count: str, member: Member, depth: int = 0
    ) -> list[str]:
        """A list of records."""
        index = "ijk"[depth]
        row = naming.wire_struct(member.structure)
        lines = self.fields(self.structure(member.structure), f"{target}.items[{index}].",
                            f"{origin}[{index}].", depth + 1)
        return [
            f"{target}.count = {count};",
            f"{target}.items = {self.allocate(row, f'{target}.count')};",
            f"for (size_t {index} = 0; {index} < {target}.count; {index}++) {{",
            *(f"    {line}" for line in lines),
            "}",
        ]

    def fields(
        self, structure: Structure, wire: str, value: str, depth: int = 0
    ) -> list[str]:
        """All fields of a record."""
        return [line for m in structure.members for line in self.field(wire, value, m, depth)]
