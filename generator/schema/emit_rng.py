# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes gen/schemas/<format>.rng: what the parser accepts, as a RELAX NG schema."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from generator.schema.digits import number_pattern
from generator.schema.model import Catalogue, Enum, Format, Member, Record
from generator.text import banner, quoted

STRUCTURE = "http://relaxng.org/ns/structure/1.0"
DATATYPES = "http://www.w3.org/2001/XMLSchema-datatypes"
Lines = list[str]

# One more than the largest number in a set (src/document/bitmap.c).
BITMAP_MAX = 16384
_OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_GROUP = "[0-9a-fA-F]{1,4}"


def _ipv6() -> str:
    """IPv6 addresses: eight groups, or fewer around a double colon; the last two may be an IPv4 address."""
    ipv4 = f"({_OCTET}\\.){{3}}{_OCTET}"
    ways = [f"({_GROUP}:){{7}}{_GROUP}", f"({_GROUP}:){{6}}{ipv4}"]
    for before in range(8):
        head = f"{_GROUP}(:{_GROUP}){{{before - 1}}}::" if before else "::"
        after = f"({_GROUP}(:{_GROUP}){{0,{6 - before}}})?" if before < 7 else ""
        ways.append(head + after)
        if before < 6:
            ways.append(f"{head}({_GROUP}:){{0,{5 - before}}}{ipv4}")
    return f"({'|'.join(ways)})"


_PATTERNS = {
    "abspath": "/[\\s\\S]*",
    "uuid": "\\s*(-*[0-9a-fA-F]{2}){16}\\s*",
    "mac": "\\s*[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2}){5}\\s*",
    "ip": f"\\s*(({_OCTET}\\.){{3}}{_OCTET}|{_ipv6()})\\s*",
    "ipv4": f"\\s*({_OCTET}\\.){{3}}{_OCTET}\\s*",
    "ipv6": f"\\s*{_ipv6()}\\s*",
    "ipv4mask": f"\\s*(3[0-2]|[12]?[0-9]|({_OCTET}\\.){{3}}{_OCTET})\\s*",
    "ipv6mask": f"\\s*(12[0-8]|1[01][0-9]|[1-9]?[0-9]|{_ipv6()})\\s*",
    "variable": "\\s*[$][A-Za-z0-9_]+(\\[@?[0-9]+\\])?\\s*",
}
_BIT = number_pattern(0, BITMAP_MAX - 1, 10)
_BITS = f"(\\^{_BIT}|{_BIT}(\\s*-\\s*{_BIT})?)"
_PATTERNS["bitmap"] = f"\\s*{_BITS}(\\s*,\\s*{_BITS})*\\s*"
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
    if not member.variable:
        return _plain(member)
    choices = [_plain(member), _data("string", ("pattern", _PATTERNS["variable"]))]
    if member.names:
        choices.append([f'<ref name="enum{member.names}"/>'])
    return _choice(choices)


def _plain(member: Member) -> Lines:
    """The pattern of a scalar for which no variable stands."""
    kind = member.kind
    if member.enum:
        return [f'<ref name="enum{member.enum}"/>']
    if kind == "string" and (member.keep_empty or not member.required):
        return ["<text/>"]
    if kind in ("string", "token", "path"):
        return _data("string", ("minLength", "1"))
    if kind in _PATTERNS:
        return _data("string", ("pattern", _PATTERNS[kind]))
    if kind in ("bool", "switch"):
        words = ("yes", "no") if kind == "bool" else ("on", "off")
        return _choice([[f"<value>{word}</value>"] for word in words])
    low, high = member.range()
    if kind == "hex":
        spelled = f"0[xX]{number_pattern(low, high, 16)}|{number_pattern(low, high, 10)}"
        return _data("string", ("pattern", f"\\s*({spelled})\\s*"))
    if kind == "octal":
        return _data("string", ("pattern", f"\\s*{number_pattern(low, high, 8)}\\s*"))
    if kind == "size":
        digits = "[0-9]*[1-9][0-9]*" if low else "[0-9]+"
        return _data("string", ("pattern", f"\\s*{digits}\\s*({_UNIT})?\\s*"))
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
        f" name={quoted(member.unit_attribute)}",
    )
    return _wrap("optional", attribute)


@dataclass
class _Body:
    """What one element holds for one value of the selector: first what must be there, last what may."""

    attributes: Lines = field(default_factory=list)
    children: list[Lines] = field(default_factory=list)
    text: Lines = field(default_factory=list)
    optional: Lines = field(default_factory=list)
    names: tuple[str, ...] = ()
    kept: bool = False

    def plus(self, other: _Body) -> _Body:
        return _Body(
            self.attributes + other.attributes,
            self.children + other.children,
            self.text + other.text,
            self.optional + other.optional,
            self.names + other.names,
            self.kept or other.kept,
        )

    def pattern(self) -> Lines:
        """Optional attributes come last: libxml2 follows both ways for each that is given, and so
        would look at the children again and again."""
        inside = self.children[0] if len(self.children) == 1 else []
        if len(self.children) > 1:
            inside = _wrap("interleave", [line for lines in self.children for line in lines])
        if self.text and inside:
            inside = _choice([_wrap("group", self.text), _wrap("group", inside)])
        content = self.attributes + (inside or self.text)
        content += self.optional
        if not content:
            content = ["<empty/>"]
        if self.kept:
            return _choice([_wrap("group", content), _wrap("group", self.itself())])
        return content

    def itself(self) -> Lines:
        """An element that stands for itself: with child elements, or attributes that are not described."""
        other = _wrap(
            "oneOrMore",
            _wrap(
                "attribute",
                _wrap("anyName", _wrap("except", [f"<name>{name}</name>" for name in self.names])),
            ),
        )
        element = ["<element>", "  <anyName/>", '  <ref name="anyContent"/>', "</element>"]
        nodes = _wrap("zeroOrMore", _choice([["<text/>"], element]))
        ways = [_wrap("group", other + nodes), _wrap("group", nodes + element + nodes)]
        return self.attributes + self.optional + _choice(ways)


class _Emitter:
    """Writes one record; children that no selector changes become definitions of their own."""

    def __init__(self, record: Record, catalogue: Catalogue) -> None:
        self.record = record
        self.one = catalogue.home[record.name]
        self.catalogue = catalogue
        self.shared: dict[str, Lines] = {}

    def attribute(self, member: Member, pinned: Lines | None) -> Lines:
        value = pinned if pinned is not None else _value(member)
        patterns = []
        for name in _names(member):
            inner = [] if value == ["<text/>"] else value
            patterns.append(
                _wrap("attribute", inner, f" name={quoted(name)}")
                if inner
                else [f"<attribute name={quoted(name)}/>"]
            )
        return _choice(patterns)

    def inside(self, member: Member, selected: str | None) -> Lines:
        """What an element contains."""
        match member.place:
            case "record":
                return [f'<ref name="{member.record}"/>']
            case "group":
                return self.part(member.members, selected).pattern()
            case _:
                if member.kind == "flag":
                    return ["<empty/>"]
                if member.kind == "opaque":
                    return ['<ref name="anyContent"/>']
                value = _value(member)
                if member.kind == "string" or (not member.keep_empty and member.place == "text"):
                    return value
                return [*_unit(member), *value]

    def tagged(self, member: Member, tags: Enum) -> Lines:
        """Elements whose name is a value: one for each."""
        return _choice(
            [
                _wrap("element", [f'<ref name="{member.record}.{value.name}"/>'], f" name={quoted(name)}")
                for value in tags.values
                for name in (value.name, *value.aliases)
            ]
        )

    def element(self, member: Member, selected: str | None) -> Lines:
        tags = self.catalogue.tags(member)
        if tags is not None:
            return self.tagged(member, tags)
        inside = self.inside(member, selected)
        namespace = ""
        if member.prefix:
            uri = next(n.uri for n in self.one.namespaces if n.prefix == member.prefix)
            namespace = f" ns={quoted(uri)}"
        patterns = []
        for name in _names(member):
            local = name.rpartition(":")[2]
            patterns.append(_wrap("element", inside, f" name={quoted(local)}{namespace}"))
        return _choice(patterns)

    def child(self, member: Member, selected: str | None) -> Lines:
        """The element, by reference where many alternatives would repeat it."""
        if self.record.selector() is None or self.varies(member):
            return self.occurs(member, self.element(member, selected))
        name = f"{self.record.name}.{member.field}.{member.local}"
        self.shared[name] = self.element(member, selected)
        return self.occurs(member, [f'<ref name="{name}"/>'])

    def occurs(self, member: Member, pattern: Lines) -> Lines:
        if member.listed:
            return _wrap("oneOrMore" if member.required else "zeroOrMore", pattern)
        return pattern if member.required else _wrap("optional", pattern)

    def part(self, members: Sequence[Member], selected: str | None) -> _Body:
        """The body of some members, for one value of the selector."""
        body = _Body()
        for member in members:
            if not self.applies(member, selected):
                continue
            if member.place == "inside":
                inner = _Emitter(self.catalogue.records[member.record], self.catalogue)
                body = body.plus(inner.body())
                self.shared |= inner.shared
            else:
                body = body.plus(self.own(member, selected))
        return body

    def own(self, member: Member, selected: str | None) -> _Body:
        match member.place:
            case "attribute":
                pinned = None
                if member is self.record.selector():
                    if selected is None:
                        return _Body()
                    pinned = self.token(member, selected)
                return self.occurs_attribute(member, pinned, selected)
            case "text":
                value = _value(member)
                empty = not member.required and member.kind != "string"
                return _Body(
                    text=_choice([value, ["<empty/>"]]) if empty else value,
                    optional=_unit(member),
                )
            case "inline":
                return _Body(kept=True)
            case "tag":
                return _Body()
            case _:
                return _Body(children=[self.child(member, selected)])

    def occurs_attribute(
        self, member: Member, pinned: Lines | None, selected: str | None
    ) -> _Body:
        pattern = self.attribute(member, pinned)
        must = member.required if pinned is None else member.required or member.default != selected
        if must:
            return _Body(attributes=pattern, optional=_unit(member), names=_names(member))
        return _Body(optional=[*_wrap("optional", pattern), *_unit(member)], names=_names(member))

    def token(self, member: Member, selected: str) -> Lines:
        enum = self.catalogue.enums[member.enum]
        value = next(value for value in enum.values if value.name == selected)
        tokens = (value.name, *value.aliases)
        return _choice([[f"<value>{escape(token)}</value>"] for token in tokens])

    def applies(self, member: Member, selected: str | None) -> bool:
        if not member.when.values:
            return True
        if selected is None:
            return member.when.negated
        selector = self.record.selector()
        assert selector is not None
        return selected in member.when.selected(self.catalogue.enums[selector.enum])

    def selections(self) -> list[str | None]:
        """The values of the selector, and None where its absence is legal."""
        selector = self.record.selector()
        if selector is None:
            return [None]
        values: list[str | None] = [v.name for v in self.catalogue.enums[selector.enum].values]
        return values if selector.required or selector.default is not None else [*values, None]

    def body(self, tag: str | None = None) -> _Body:
        """What no selector changes stands once, beside a choice of what it does: a validator that
        tries every alternative then does not repeat the work for what they share."""
        whole = any(member.place in ("text", "inline") for member in self.record.members)
        shared = [member for member in self.record.members if not whole and not self.varies(member)]
        varying = [member for member in self.record.members if member not in shared]
        selections = self.selections() if tag is None else [tag]
        branches = [self.part(varying, selected) for selected in selections]
        choice = _choice(_groups(branches))
        body = self.part(shared, None)
        if len(branches) == 1:
            return body.plus(branches[0])
        if any(branch.children for branch in branches) and not whole:
            return body.plus(_Body(children=[choice]))
        return body.plus(_Body(attributes=choice))

    def varies(self, member: Member) -> bool:
        """Whether the selector is the member, or changes anything in it."""
        return member is self.record.selector() or any(m.when.values for m in member.walk())

    def definition(self) -> Lines:
        """The record; one that holds the name of its element has a definition for each."""
        tag = self.record.tag()
        if tag is None:
            return _wrap("define", self.body().pattern(), f' name="{self.record.name}"')
        chosen = tag is self.record.selector()
        return [
            line
            for value in self.catalogue.enums[tag.enum].values
            for line in _wrap(
                "define",
                self.body(value.name if chosen else None).pattern(),
                f' name="{self.record.name}.{value.name}"',
            )
        ]


def _groups(bodies: Sequence[_Body]) -> list[Lines]:
    """Alternatives are groups; a single body needs none."""
    if len(bodies) == 1:
        return [bodies[0].pattern()]
    return [_wrap("group", body.pattern()) for body in bodies]


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
    used = sorted(
        {
            name
            for record in from_root
            for m in record.walk()
            for name in (m.enum, m.names)
            if name
        }
    )
    opaque = any(m.kind == "opaque" for record in from_root for m in record.walk())
    lines = _wrap(
        "start", _wrap("element", [f'<ref name="{one.record}"/>'], f" name={quoted(one.root)}")
    )
    shared: dict[str, Lines] = {}
    for record in from_root:
        emitter = _Emitter(record, catalogue)
        lines += emitter.definition()
        shared |= emitter.shared
    for name, pattern in shared.items():
        lines += _wrap("define", pattern, f' name="{name}"')
    for name in used:
        lines += _enum(catalogue.enums[name])
    if opaque:
        lines += _ANY
    head = f'<grammar xmlns="{STRUCTURE}" datatypeLibrary="{DATATYPES}">'
    body = "\n".join([head, *_indent(lines), "</grammar>", ""])
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + banner(one.source, "xml") + body
