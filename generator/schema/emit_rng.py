# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes gen/schemas/<format>.rng: what the parser accepts, as a RELAX NG schema."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from generator.schema.model import Catalogue, Enum, Format, Member, Record
from generator.text import banner

STRUCTURE = "http://relaxng.org/ns/structure/1.0"
DATATYPES = "http://www.w3.org/2001/XMLSchema-datatypes"
Lines = list[str]

_OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_PATTERNS = {
    "abspath": "/[\\s\\S]*",
    "uuid": "\\s*(-*[0-9a-fA-F]{2}){16}\\s*",
    "mac": "\\s*[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2}){5}\\s*",
    "ip": f"\\s*(({_OCTET}\\.){{3}}{_OCTET}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)\\s*",
    "ipv4": f"\\s*({_OCTET}\\.){{3}}{_OCTET}\\s*",
    "ipv6": "\\s*[0-9a-fA-F:.]*:[0-9a-fA-F:.]*\\s*",
    "bitmap": "\\s*\\^?[0-9]+(\\s*-\\s*[0-9]+)?(\\s*,\\s*\\^?[0-9]+(\\s*-\\s*[0-9]+)?)*\\s*",
}
_UNIT = "[bB]([yY][tT][eE][sS]?)?|[kKmMgGtTpPeE]([iI]?[bB])?"
_NUMBERS = {"int": "int", "uint": "unsignedInt", "int64": "long", "uint64": "unsignedLong"}


def _indent(lines: Sequence[str]) -> Lines:
    return [f"  {line}" for line in lines]


def _wrap(tag: str, lines: Sequence[str], attributes: str = "") -> Lines:
    """<tag>lines</tag>, or nothing at all for no lines."""
    return [f"<{tag}{attributes}>", *_indent(lines), f"</{tag}>"]


def _choice(alternatives: Sequence[Lines]) -> Lines:
    if len(alternatives) == 1:
        return alternatives[0]
    return _wrap("choice", [line for lines in alternatives for line in lines])


def _data(kind: str, *params: tuple[str, str]) -> Lines:
    if not params:
        return [f'<data type="{kind}"/>']
    inner = [f'<param name="{name}">{escape(value)}</param>' for name, value in params]
    return _wrap("data", inner, f' type="{kind}"')


def _value(member: Member) -> Lines:
    """The pattern of a scalar."""
    kind = member.kind
    if member.enum:
        return [f'<ref name="enum{member.enum}"/>']
    if kind == "string":
        return ["<text/>"]
    if kind in ("token", "path"):
        return _data("string", ("minLength", "1"))
    if kind in _PATTERNS:
        return _data("string", ("pattern", _PATTERNS[kind]))
    if kind in ("bool", "switch"):
        words = ("yes", "no") if kind == "bool" else ("on", "off")
        return _choice([[f"<value>{word}</value>"] for word in words])
    if kind == "hex":
        return _data(
            "string", ("pattern", "\\s*(0[xX][0-9a-fA-F]{1,16}|[0-9]{1,20})\\s*")
        )
    if kind == "octal":
        return _data("string", ("pattern", "\\s*[0-7]{1,22}\\s*"))
    if kind == "size":
        return _data("string", ("pattern", f"\\s*[0-9]+\\s*({_UNIT})?\\s*"))
    low, high = member.range()
    params = []
    if member.minimum is not None:
        params.append(("minInclusive", str(low)))
    if member.maximum is not None:
        params.append(("maxInclusive", str(high)))
    return _data(_NUMBERS[kind], *params)


def _names(member: Member) -> tuple[str, ...]:
    return (member.name, *member.aliases)


def _unit(member: Member) -> Lines:
    if not member.unit_attribute:
        return []
    attribute = _wrap(
        "attribute",
        _data("string", ("pattern", f"({_UNIT})?")),
        f" name={quoteattr(member.unit_attribute)}",
    )
    return _wrap("optional", attribute)


class _Emitter:
    def __init__(self, one: Format, catalogue: Catalogue) -> None:
        self.one = one
        self.catalogue = catalogue

    def attribute(self, member: Member, pinned: Lines | None) -> Lines:
        value = pinned if pinned is not None else _value(member)
        patterns = []
        for name in _names(member):
            inner = [] if value == ["<text/>"] else value
            patterns.append(
                _wrap("attribute", inner, f" name={quoteattr(name)}")
                if inner
                else [f"<attribute name={quoteattr(name)}/>"]
            )
        return [*_choice(patterns), *_unit(member)]

    def inside(self, member: Member, selected: str | None, record: Record) -> Lines:
        """What an element contains."""
        match member.place:
            case "record":
                return [f'<ref name="{member.record}"/>']
            case "group":
                return self.body(member.members, selected, record)
            case _:
                if member.kind == "flag":
                    return ["<empty/>"]
                if member.kind == "opaque":
                    return ['<ref name="anyContent"/>']
                value = _value(member)
                if member.kind == "string" or (not member.keep_empty and member.place == "text"):
                    return value
                return [*_unit(member), *value]

    def element(self, member: Member, selected: str | None, record: Record) -> Lines:
        inside = self.inside(member, selected, record)
        namespace = ""
        if member.prefix:
            uri = next(n.uri for n in self.one.namespaces if n.prefix == member.prefix)
            namespace = f" ns={quoteattr(uri)}"
        patterns = []
        for name in _names(member):
            local = name.rpartition(":")[2]
            patterns.append(_wrap("element", inside, f" name={quoteattr(local)}{namespace}"))
        return _choice(patterns)

    def occurs(self, member: Member, pattern: Lines) -> Lines:
        must = member.required
        if member.place == "group" and not member.required:
            must = False
        if member.listed:
            return _wrap("oneOrMore" if must else "zeroOrMore", pattern)
        return pattern if must else _wrap("optional", pattern)

    def body(
        self, members: tuple[Member, ...], selected: str | None, record: Record
    ) -> Lines:
        """Attributes, then text or interleaved children; `selected` is the selector's value."""
        attributes: Lines = []
        children: list[Lines] = []
        text: Lines = []
        kept = False
        for member in members:
            if not self.applies(member, selected, record):
                continue
            match member.place:
                case "attribute":
                    pinned = None
                    if member is record.selector():
                        if selected is None:
                            continue
                        pinned = self.token(member, selected)
                    attributes += self.occurs_attribute(member, pinned, selected)
                case "text":
                    value = _value(member)
                    empty = not member.required and member.kind != "string"
                    text = [*_unit(member), *(_choice([value, ["<empty/>"]]) if empty else value)]
                case "inline":
                    kept = True
                case _:
                    children.append(self.occurs(member, self.element(member, selected, record)))
        content = list(attributes)
        content += text
        if len(children) == 1:
            content += children[0]
        elif children:
            content += _wrap("interleave", [line for lines in children for line in lines])
        if not content:
            content = ["<empty/>"]
        if kept:
            return _choice([_wrap("group", content), ['<ref name="anyContent"/>']])
        return content

    def occurs_attribute(
        self, member: Member, pinned: Lines | None, selected: str | None
    ) -> Lines:
        pattern = self.attribute(member, pinned)
        if pinned is not None and member.default != selected:
            return pattern
        unit = _unit(member)
        own = pattern[: len(pattern) - len(unit)]
        return [*(own if member.required else _wrap("optional", own)), *unit]

    def token(self, member: Member, selected: str) -> Lines:
        enum = self.catalogue.enums[member.enum]
        value = next(value for value in enum.values if value.name == selected)
        tokens = (value.name, *value.aliases)
        return _choice([[f"<value>{escape(token)}</value>"] for token in tokens])

    def applies(self, member: Member, selected: str | None, record: Record) -> bool:
        if not member.when.values:
            return True
        if selected is None:
            return member.when.negated
        selector = record.selector()
        assert selector is not None
        return selected in member.when.selected(self.catalogue.enums[selector.enum])

    def alternatives(self, record: Record) -> Lines:
        """One alternative per value of the selector, and one for its absence if that is legal."""
        selector = record.selector()
        if selector is None:
            return self.body(record.members, None, record)
        choices: list[Lines] = []
        for value in self.catalogue.enums[selector.enum].values:
            choices.append(_wrap("group", self.body(record.members, value.name, record)))
        if not selector.required and selector.default is None:
            choices.append(_wrap("group", self.body(record.members, None, record)))
        return _choice(choices)


def _enum(enum: Enum) -> Lines:
    tokens = [token for value in enum.values for token in (value.name, *value.aliases)]
    return _wrap(
        "define",
        _choice([[f"<value>{escape(token)}</value>"] for token in tokens]),
        f' name="enum{enum.name}"',
    )


def _reached(one: Format, catalogue: Catalogue) -> Iterator[Record]:
    """The records of the document in the order in which they are met."""
    queue = [one.record, *(record.name for record in one.records if record.element)]
    seen: set[str] = set()
    while queue:
        name = queue.pop(0)
        if name in seen:
            continue
        seen.add(name)
        record = catalogue.records[name]
        yield record
        queue += [member.record for member in record.walk() if member.record]


_ANY = """\
<define name="anyContent">
  <zeroOrMore>
    <choice>
      <attribute>
        <anyName/>
      </attribute>
      <text/>
      <element>
        <anyName/>
        <ref name="anyContent"/>
      </element>
    </choice>
  </zeroOrMore>
</define>""".split("\n")


def grammar(one: Format, catalogue: Catalogue) -> str:
    """gen/schemas/<format>.rng"""
    from_root = [record for record in _reached(one, catalogue)]
    used = sorted({m.enum for record in from_root for m in record.walk() if m.enum})
    opaque = any(m.kind == "opaque" for record in from_root for m in record.walk())
    lines = _wrap(
        "start", _wrap("element", [f'<ref name="{one.record}"/>'], f" name={quoteattr(one.root)}")
    )
    for record in from_root:
        emitter = _Emitter(catalogue.home[record.name], catalogue)
        lines += _wrap("define", emitter.alternatives(record), f' name="{record.name}"')
    for name in used:
        lines += _enum(catalogue.enums[name])
    if opaque:
        lines += _ANY
    head = f'<grammar xmlns="{STRUCTURE}" datatypeLibrary="{DATATYPES}">'
    body = "\n".join([head, *_indent(lines), "</grammar>", ""])
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + banner(one.source, "xml") + body
