# SPDX-License-Identifier: LGPL-2.1-or-later
"""The model of document formats, and every name that is derived from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from generator.source import Location

Place = Literal[
    "attribute", "text", "tag", "scalar", "record", "group", "inline", "inside", "word", "letters"
]
PIECES = ("word", "letters")  # what the head of a binary is made of
WORD = 4  # bytes

STRING_KINDS = (
    "string", "token", "path", "abspath", "ipv4mask", "ipv6mask", "ip", "ipv4", "ipv6",
)  # fmt: skip
NUMBER_KINDS = {
    "int": "int",
    "uint": "unsigned int",
    "int64": "long long",
    "uint64": "unsigned long long",
    "hex": "unsigned long long",
    "octal": "unsigned long long",
    "size": "unsigned long long",
}
KINDS = (
    *STRING_KINDS,
    *NUMBER_KINDS,
    "bool",
    "switch",
    "uuid",
    "mac",
    "bitmap",
    "flag",
    "opaque",
)
UNITS = {
    "bytes": 1,
    "B": 1,
    "KiB": 1 << 10,
    "MiB": 1 << 20,
    "M": 1 << 20,
    "GiB": 1 << 30,
    "TiB": 1 << 40,
}
RANGES = {
    "int": (-(1 << 31), (1 << 31) - 1),
    "uint": (0, (1 << 32) - 1),
    "int64": (-(1 << 63), (1 << 63) - 1),
    "uint64": (0, (1 << 64) - 1),
    "hex": (0, (1 << 64) - 1),
    "octal": (0, (1 << 64) - 1),
    "size": (0, (1 << 64) - 1),
}


@dataclass(frozen=True)
class Namespace:
    """A foreign namespace whose elements a format knows."""

    prefix: str
    uri: str
    where: Location


@dataclass(frozen=True)
class Value:
    """One token of an enum; `aliases` are accepted on input too."""

    name: str
    aliases: tuple[str, ...]
    since: str
    doc: str
    where: Location


@dataclass(frozen=True)
class Enum:
    """A closed set of tokens."""

    name: str
    values: tuple[Value, ...]
    doc: str
    where: Location

    @property
    def c_type(self) -> str:
        return f"virDoc{self.name}"

    @property
    def c_prefix(self) -> str:
        return f"VIR_DOC_{screaming(self.name)}"

    def constant(self, token: str) -> str:
        return f"{self.c_prefix}_{screaming(token)}"

    def find(self, token: str) -> int | None:
        """The C value of a token, None when there is no such token."""
        for number, value in enumerate(self.values, 1):
            if token == value.name or token in value.aliases:
                return number
        return None


@dataclass(frozen=True)
class When:
    """The selector values for which a member exists; empty `values` = all."""

    values: tuple[str, ...] = ()
    negated: bool = False

    def selected(self, selector: Enum) -> frozenset[str]:
        every = frozenset(value.name for value in selector.values)
        if not self.values:
            return every
        chosen = frozenset(self.values)
        return every - chosen if self.negated else every & chosen


@dataclass(frozen=True)
class Member:
    """One attribute, text or child element, with its place in the C struct."""

    place: Place
    name: str
    field: str
    doc: str
    where: Location
    since: str
    kind: str = ""
    record: str = ""
    members: tuple[Member, ...] = ()
    aliases: tuple[str, ...] = ()
    listed: bool = False
    required: bool = False
    default: str | None = None
    when: When = When()
    secret: bool = False
    scope: str = ""
    live_unless: str = ""
    error: str = ""
    migratable: bool = True
    keep_empty: bool = False
    presence: bool = False
    always: bool = False
    minimum: int | None = None
    maximum: int | None = None
    digits: int = 0
    unit: str = ""
    unit_attribute: str = ""
    input_unit: str = ""
    max_items: int = 0
    layout: str = ""
    variable: bool = False
    names: str = ""
    bytes: int = 0

    @property
    def enum(self) -> str:
        return self.kind[5:] if self.kind.startswith("enum:") else ""

    @property
    def local(self) -> str:
        return self.name.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        return self.name.rpartition(":")[0]

    @property
    def has_field(self) -> str:
        """The companion that says whether the value is set, where the type cannot."""
        if self.variable or self.place in PIECES:
            return ""
        if self.kind in NUMBER_KINDS or self.kind in ("uuid", "mac"):
            return "has" + capital(self.field)
        if self.place == "group" and self.presence:
            return "has" + capital(self.field)
        return ""

    @property
    def count_field(self) -> str:
        return f"n{self.field}" if self.listed else ""

    def range(self) -> tuple[int, int]:
        low, high = RANGES.get(self.kind, (0, 0))
        return (
            low if self.minimum is None else self.minimum,
            high if self.maximum is None else self.maximum,
        )

    def walk(self) -> Iterator[Member]:
        """The member and everything inside its groups."""
        yield self
        for member in self.members:
            yield from member.walk()


@dataclass(frozen=True)
class Record:
    """A struct: what one element holds."""

    name: str
    element: str
    choose: str
    check: str
    closed: str
    members: tuple[Member, ...]
    doc: str
    since: str
    where: Location

    @property
    def c_type(self) -> str:
        return f"virDoc{self.name}"

    @property
    def c_table(self) -> str:
        return f"virDoc{self.name}Record"

    def walk(self) -> Iterator[Member]:
        for member in self.members:
            yield from member.walk()

    def selector(self) -> Member | None:
        tag = self.tag()
        if tag is not None and tag.name == self.choose:
            return tag
        for member in self.members:
            if member.place == "attribute" and member.name == self.choose:
                return member
        return None

    def tag(self) -> Member | None:
        """The member that holds the name of the element itself."""
        return next((member for member in self.members if member.place == "tag"), None)


@dataclass(frozen=True)
class Format:
    """One kind of document; a part (`root` is empty) only has enums and records for formats, a binary
    (`bytes` is not 0) has one record that is no XML but the head of a file."""

    name: str
    root: str
    record: str
    since: str
    doc: str
    namespaces: tuple[Namespace, ...]
    enums: tuple[Enum, ...]
    records: tuple[Record, ...]
    where: Location
    bytes: int = 0

    @property
    def source(self) -> str:
        return f"schemas/{self.name}.xml"


@dataclass(frozen=True)
class Catalogue:
    """Records and enums of all formats by name: they share one name space."""

    formats: dict[str, Format]
    records: dict[str, Record]
    enums: dict[str, Enum]
    home: dict[str, Format]

    def tags(self, member: Member) -> Enum | None:
        """The enum whose tokens are the names of a child element, where it has no name of its own."""
        record = self.records.get(member.record) if member.place == "record" else None
        tag = record.tag() if record is not None else None
        return self.enums.get(tag.enum) if tag is not None else None

    @staticmethod
    def of(formats: Sequence[Format]) -> Catalogue:
        return Catalogue(
            {one.name: one for one in formats},
            {record.name: record for one in formats for record in one.records},
            {enum.name: enum for one in formats for enum in one.enums},
            {
                name: one
                for one in formats
                for name in (
                    *(record.name for record in one.records),
                    *(enum.name for enum in one.enums),
                )
            },
        )


def screaming(name: str) -> str:
    """`NetworkForwardMode` -> NETWORK_FORWARD_MODE, `rename-restart` -> RENAME_RESTART."""
    name = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name)
    return re.sub(r"[^A-Za-z0-9]+", "_", name.replace("+", "plus")).upper()


def camel(name: str) -> str:
    """`on_poweroff` -> onPoweroff: a C field name."""
    parts = [part for part in re.split(r"[^A-Za-z0-9]+", name) if part]
    return "".join([parts[0], *(capital(part) for part in parts[1:])]) if parts else ""


def capital(name: str) -> str:
    return name[:1].upper() + name[1:]
