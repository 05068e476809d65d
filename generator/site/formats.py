# SPDX-License-Identifier: LGPL-2.1-or-later
"""Document formats as trees: each element where it stands, a record spelled out where it comes first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

from .. import schema
from ..schema.model import Catalogue, Enum, Format, Member, Record, When
from ..text import banner
from .links import attributes, element

#: What a kind means to who writes a document.
_KINDS = {
    "string": "text", "token": "text without surrounding blanks", "path": "path of a file",
    "abspath": "absolute path", "bool": "yes or no", "switch": "on or off", "uuid": "UUID",
    "mac": "address of a network card", "bitmap": "set of numbers, such as 0-3,^2", "flag": "present or absent",
    "opaque": "any elements, kept as they are", "hex": "number, also 0x...", "octal": "octal number",
    "size": "size", "ip": "IP address", "ipv4": "IPv4 address", "ipv6": "IPv6 address",
    "ipv4mask": "netmask or prefix length", "ipv6mask": "prefix length",
    "int": "number", "uint": "number, 0 or more", "int64": "number", "uint64": "number, 0 or more",
}


@dataclass(frozen=True)
class Node:
    """An element, attribute or text in the tree of a format; `path` names its place on the page."""

    path: str
    shown: str
    member: Member | None
    doc: str
    see: str
    enum: Enum | None
    children: tuple[Node, ...]


def anchor(path: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.@-]", "-", path)


class Tree:
    """Builds the tree of one format."""

    def __init__(self, catalogue: Catalogue, one: Format) -> None:
        self.catalogue = catalogue
        self.one = one
        self.seen: dict[str, str] = {}
        self.taken: set[str] = set()

    def build(self) -> Node:
        record = self.catalogue.records[self.one.record]
        return self.record(record, self.one.root, self.one.root, None, record.doc)

    def record(self, record: Record, path: str, shown: str, member: Member | None, doc: str) -> Node:
        """A record's element; elsewhere on the page, when it was spelled out before."""
        before = self.seen.get(record.name)
        if before is not None:
            return Node(path, shown, member, doc, before, None, ())
        self.seen[record.name] = path
        return Node(path, shown, member, doc, "", None, self.members(record.members, path))

    def path(self, above: str, name: str) -> str:
        """A place of its own: what a choice decides about can occur several times."""
        path, number = f"{above}.{name}", 2
        while anchor(path) in self.taken:
            path, number = f"{above}.{name}-{number}", number + 1
        self.taken.add(anchor(path))
        return path

    def members(self, members: tuple[Member, ...], path: str) -> tuple[Node, ...]:
        nodes: list[Node] = []
        for member in members:
            nodes += self.member(member, path)
        return tuple(nodes)

    def member(self, member: Member, path: str) -> list[Node]:
        enum = self.catalogue.enums.get(member.enum) if member.enum else None
        match member.place:
            case "attribute":
                return [Node(self.path(path, f"@{member.name}"), f"@{member.name}", member, member.doc, "", enum, ())]
            case "text":
                return [Node(self.path(path, "text"), "text", member, member.doc, "", enum, ())]
            case "scalar":
                return [Node(self.path(path, member.name), member.name, member, member.doc, "", enum, ())]
            case "group":
                below = self.path(path, member.name)
                return [Node(below, member.name, member, member.doc, "", None, self.members(member.members, below))]
            case "record":
                return [self.child(member, path)]
            case "inside":
                return list(self.inside(member, path))
            case "tag" | "inline" | "word" | "letters":
                return []

    def child(self, member: Member, path: str) -> Node:
        tags = self.catalogue.tags(member)
        name = member.name or "item"
        shown = " | ".join(value.name for value in tags.values) if tags is not None else name
        record = self.catalogue.records[member.record]
        node = self.record(record, self.path(path, name), shown, member, member.doc)
        return node if tags is None else Node(
            node.path, node.shown, node.member, node.doc, node.see, tags, node.children)

    def inside(self, member: Member, path: str) -> tuple[Node, ...]:
        """Members of another record that stand in this element itself."""
        record = self.catalogue.records[member.record]
        key = f"{record.name} inside"
        before = self.seen.get(key)
        if before is not None:
            shown = f"as in {before.rpartition('.')[2]}"
            return (Node(self.path(path, member.field), shown, member, record.doc or member.doc, before, None, ()),)
        self.seen[key] = path
        return self.members(record.members, path)


def when_text(when: When) -> str:
    if not when.values:
        return ""
    return ("all but " if when.negated else "") + ", ".join(when.values)


def _facts(member: Member) -> str:
    """What is known of a value, as attributes."""
    low, high = member.minimum, member.maximum
    span = ""
    if low is not None or high is not None:
        span = f"{'' if low is None else low} to {'' if high is None else high}".strip()
    kind = _KINDS.get(member.kind, "one of the values below" if member.enum else "")
    return attributes(
        kind=kind, since=member.since, default=member.default or "",
        required="yes" if member.required else "", listed="yes" if member.listed else "",
        scope=member.scope, secret="yes" if member.secret else "", unit=member.unit,
        unit_attribute=member.unit_attribute, range=span, when=when_text(member.when),
        aliases=" ".join(member.aliases))


def _render(node: Node) -> str:
    kind = "attribute" if node.shown.startswith("@") else "text" if node.shown == "text" else "element"
    see = anchor(node.see) if node.see else ""
    out = f"<node{attributes(at=anchor(node.path), kind=kind, name=node.shown, see=see)}>"
    out += f"<text{_facts(node.member) if node.member is not None else ''}>{escape(node.doc)}</text>"
    for value in node.enum.values if node.enum is not None else ():
        out += element("value", escape(value.doc), name=value.name, since=value.since,
                       aliases=" ".join(value.aliases))
    return out + "\n" + "".join(_render(child) for child in node.children) + "</node>\n"


def trees(formats: tuple[schema.Format, ...]) -> list[tuple[Format, Node]]:
    """Every format that has documents, with its tree."""
    catalogue = Catalogue.of(formats)
    return [(one, Tree(catalogue, one).build()) for one in formats if one.root]


def render(formats: tuple[schema.Format, ...], release: str, examples: tuple[tuple[str, str], ...]) -> str:
    """All trees, and the examples whose file is named after their format: network-nat.xml."""
    out = '<?xml version="1.0" encoding="UTF-8"?>\n' + banner("schemas/*.xml and docs/examples/documents", "xml")
    out += f"<formats{attributes(release=release)}>\n"
    for one, tree in trees(formats):
        out += f"<format{attributes(name=one.name, root=one.root, since=one.since)}><doc>{escape(one.doc)}</doc>\n"
        for space in one.namespaces:
            out += f"<namespace{attributes(prefix=space.prefix, uri=space.uri)}/>\n"
        for name, text in examples:
            if name.removesuffix(".xml").partition("-")[0] == one.name:
                out += f"<example{attributes(file=name)}>{escape(text)}</example>\n"
        out += _render(tree) + "</format>\n"
    return out + "</formats>\n"
