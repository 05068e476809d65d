# SPDX-License-Identifier: LGPL-2.1-or-later
"""What must hold between the parts of a format: one function is one rule."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator, Sequence

from generator.schema.model import (
    NUMBER_KINDS,
    PIECES,
    RANGES,
    STRING_KINDS,
    Catalogue,
    Enum,
    Format,
    Member,
    Record,
)
from generator.source import Location, Problems, suggestion

RESERVED = frozenset(
    "auto break case char const continue default do double else enum extern float for goto if "
    "inline int long register restrict return short signed sizeof static struct switch typedef "
    "union unsigned void volatile while bool true false".split()
)
# Frames that the parser has for the records inside one element (src/document/parse.c).
INSIDES_MAX = 7
# Kinds whose value a variable may stand for; the engine turns any other into text and back.
VARIABLE_KINDS = ("uint", "hex", "mac", "ipv4", "ipv6", "ipv4mask", "ipv6mask")
Finding = tuple[Location, str]
Rule = Callable[[Format, Catalogue], Iterator[Finding]]


def _members(one: Format) -> Iterator[tuple[Record, Member]]:
    for record in one.records:
        for member in record.walk():
            yield record, member


def _things(one: Format) -> tuple[Enum | Record, ...]:
    return (*one.enums, *one.records)


def _siblings(record: Record) -> Iterator[tuple[Member, ...]]:
    yield record.members
    for member in record.walk():
        if member.place == "group":
            yield member.members


def _enum_of(record: Record, catalogue: Catalogue) -> Enum | None:
    selector = record.selector()
    return None if selector is None else catalogue.enums.get(selector.enum)


def schema_reference(one: Format, catalogue: Catalogue) -> Iterator[Finding]:
    """Every record and enum that is named exists in some format."""
    if one.record and one.record not in catalogue.records:
        yield one.where, f"no record '{one.record}'{suggestion(one.record, catalogue.records)}"
    for _record, member in _members(one):
        if member.record and member.record not in catalogue.records:
            near = suggestion(member.record, catalogue.records)
            yield member.where, f"no record '{member.record}'{near}"
        if member.enum and member.enum not in catalogue.enums:
            yield member.where, f"no enum '{member.enum}'{suggestion(member.enum, catalogue.enums)}"
        if member.names and member.names not in catalogue.enums:
            near = suggestion(member.names, catalogue.enums)
            yield member.where, f"no enum '{member.names}'{near}"


def schema_name(one: Format, _catalogue: Catalogue) -> Iterator[Finding]:
    """Record and enum names are CamelCase; fields are C identifiers and not reserved."""
    for thing in _things(one):
        if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", thing.name):
            yield thing.where, f"'{thing.name}' is not a CamelCase name"
    for _record, member in _members(one):
        if member.field in RESERVED:
            yield member.where, f"field '{member.field}' is a reserved word of C; give a 'field'"
        elif not re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", member.field):
            yield member.where, f"field '{member.field}' is not a C identifier"


def schema_duplicate(one: Format, catalogue: Catalogue) -> Iterator[Finding]:
    """Unique are records and enums over all formats, tokens in an enum, fields in a record."""
    for thing in _things(one):
        owner = catalogue.home[thing.name]
        kept = catalogue.records.get(thing.name) or catalogue.enums[thing.name]
        if kept.where != thing.where:
            yield thing.where, f"'{thing.name}' is also defined in {owner.source}"
    for enum in one.enums:
        seen: set[str] = set()
        constants: set[str] = set()
        for value in enum.values:
            for token in (value.name, *value.aliases):
                if token in seen:
                    yield value.where, f"token '{token}' occurs twice in enum '{enum.name}'"
                seen.add(token)
            constant = enum.constant(value.name)
            if constant in constants:
                yield value.where, f"constant {constant} occurs twice in enum '{enum.name}'"
            constants.add(constant)
    for record in one.records:
        fields: set[str] = set()
        for member in record.walk():
            if member.place == "group" and not member.presence:
                continue
            own = member.has_field if member.place == "group" else member.field
            for name in {own, member.has_field, member.count_field} - {""}:
                if name in fields:
                    yield member.where, f"field '{name}' occurs twice in record '{record.name}'"
                fields.add(name)


def _disjoint(one: Member, other: Member, selector: Enum | None) -> bool:
    """Whether no value of the selector lets both members exist."""
    if selector is None:
        return False
    return not one.when.selected(selector) & other.when.selected(selector)


def _names(member: Member, catalogue: Catalogue) -> Iterator[tuple[bool, str]]:
    """What a member takes in its element: attribute or child, and the XML name."""
    match member.place:
        case "text" | "inline" | "tag":
            return
        case "inside":
            record = catalogue.records.get(member.record)
            for inner in record.members if record is not None else ():
                yield from _names(inner, catalogue)
        case _:
            tags = catalogue.tags(member)
            if tags is not None:
                yield from ((False, token) for value in tags.values for token in (value.name, *value.aliases))
                return
            for name in (member.name, *member.aliases):
                yield member.place == "attribute", name


def schema_sibling(one: Format, catalogue: Catalogue) -> Iterator[Finding]:
    """Two siblings of one XML name have disjoint `when` sets."""
    for record in one.records:
        selector = _enum_of(record, catalogue)
        for members in _siblings(record):
            taken: dict[tuple[bool, str], list[Member]] = {}
            for member in members:
                for name in sorted(set(_names(member, catalogue))):
                    others = taken.setdefault(name, [])
                    if not all(_disjoint(member, other, selector) for other in others):
                        message = f"'{name[1]}' is already taken in record '{record.name}'"
                        yield member.where, message
                    others.append(member)


def _insides(record: Record, catalogue: Catalogue, depth: int = 0) -> Iterator[Member]:
    """The members of place inside of a record, and those of the records they name."""
    for member in record.walk():
        if member.place == "inside":
            yield member
            inner = catalogue.records.get(member.record)
            if inner is not None and depth < INSIDES_MAX:
                yield from _insides(inner, catalogue, depth + 1)


def schema_inside(one: Format, catalogue: Catalogue) -> Iterator[Finding]:
    """An inside record is complete before its use, has no text, and few stand in one element."""
    before: set[str] = set()
    for record in one.records:
        for member in record.walk():
            inner = catalogue.records.get(member.record)
            if member.place != "inside" or inner is None:
                continue
            if catalogue.home[inner.name] is one and inner.name not in before:
                yield member.where, f"record '{inner.name}' must stand before '{record.name}'"
            if any(own.place in ("text", "inline", "tag") for own in inner.members):
                yield member.where, f"record '{inner.name}' has text or a tag, so it cannot be inside"
        if len(list(_insides(record, catalogue))) > INSIDES_MAX:
            yield record.where, f"record '{record.name}' has more than {INSIDES_MAX} inside"
        before.add(record.name)


def schema_enum(one: Format, _catalogue: Catalogue) -> Iterator[Finding]:
    """An enum has 1 to 254 values (it is a byte), and no constant of those made for every enum."""
    for enum in one.enums:
        if not enum.values:
            yield enum.where, f"enum '{enum.name}' has no values"
        if len(enum.values) > 254:
            yield enum.where, f"enum '{enum.name}' has more than 254 values"
        for value in enum.values:
            if value.name.lower() in ("absent", "last"):
                yield value.where, f"token '{value.name}' collides with a constant of every enum"


def schema_choose(one: Format, catalogue: Catalogue) -> Iterator[Finding]:
    """`choose` names an attribute of the record itself, of an enum kind of at most 63 values."""
    for record in one.records:
        if not record.choose:
            continue
        selector = record.selector()
        if selector is None:
            known = [m.name for m in record.members if m.place in ("attribute", "tag")]
            near = suggestion(record.choose, known)
            yield record.where, f"record '{record.name}' has no attribute '{record.choose}'{near}"
        elif not selector.enum:
            yield selector.where, f"selector '{selector.name}' is not of an enum kind"
        elif selector.when.values:
            yield selector.where, f"selector '{selector.name}' cannot have a 'when'"
        elif selector.enum in catalogue.enums and len(catalogue.enums[selector.enum].values) > 63:
            yield selector.where, f"selector '{selector.name}' has more than 63 values"


def schema_when(one: Format, catalogue: Catalogue) -> Iterator[Finding]:
    """`when` needs a record with `choose`, and names values of its enum."""
    for record, member in _members(one):
        if not member.when.values:
            continue
        if not record.choose:
            yield member.where, f"'when' needs a 'choose' on record '{record.name}'"
            continue
        enum = _enum_of(record, catalogue)
        if enum is None:
            continue
        names = [value.name for value in enum.values]
        for token in member.when.values:
            if token not in names:
                near = suggestion(token, names)
                yield member.where, f"enum '{enum.name}' has no value '{token}'{near}"


def schema_place(one: Format, _catalogue: Catalogue) -> Iterator[Finding]:
    """flag and opaque are elements; lists hold records or strings; opaque lists do not exist."""
    for _record, member in _members(one):
        if member.place in ("attribute", "text") and member.kind in ("flag", "opaque"):
            yield member.where, f"kind '{member.kind}' is only for elements"
        if member.listed and member.place == "scalar" and member.kind not in STRING_KINDS:
            yield member.where, f"a list of kind '{member.kind}' must be a list of records"
        if member.listed and member.place == "group":
            yield member.where, "a group cannot be a list; make it a record"
        if member.listed and member.default is not None:
            yield member.where, "a list has no default"
        if member.place != "group" and (member.presence or member.always):
            yield member.where, "'presence' and 'always' are only for groups"
        if member.max_items and not member.listed:
            yield member.where, "'max-items' is only for lists"
        if member.layout and member.place not in ("record", "group"):
            yield member.where, "'layout' is only for records and groups"
        if member.live_unless and (member.scope != "live" or member.kind not in STRING_KINDS):
            yield member.where, "'live-unless' is only for strings of scope 'live'"


def schema_text(one: Format, catalogue: Catalogue) -> Iterator[Finding]:
    """An element has one text at most; beside child elements it is optional and stands for them."""
    for record in one.records:
        selector = _enum_of(record, catalogue)
        for members in _siblings(record):
            texts = [member for member in members if member.place == "text"]
            others = [m for m in members if m.place not in ("attribute", "text", "tag")]
            for number, text in enumerate(texts):
                if not all(_disjoint(text, other, selector) for other in texts[:number]):
                    yield text.where, "an element has only one text"
                beside = [other for other in others if not _disjoint(text, other, selector)]
                if beside and text.required:
                    yield text.where, f"required text beside child element '{beside[0].name}'"


def schema_unit(one: Format, _catalogue: Catalogue) -> Iterator[Finding]:
    """Kind size names its unit and kind hex its digits; no other kind has either. A size may be more than zero,
    other ranges depend on its unit, so no schema could say them."""
    for _record, member in _members(one):
        if member.kind == "size" and not member.unit:
            yield member.where, "kind 'size' needs a 'unit'"
        if member.kind == "size" and (member.minimum not in (None, 1) or member.maximum is not None):
            yield member.where, "a size has no other limit than min='1'"
        if member.kind != "size" and (member.unit or member.unit_attribute or member.input_unit):
            yield member.where, "'unit' is only for kind 'size'"
        if member.kind != "hex" and member.digits:
            yield member.where, "'digits' is only for kind 'hex'"
        if member.kind == "hex" and not 1 <= member.digits <= 16:
            yield member.where, "kind 'hex' needs 'digits' from 1 to 16"


def schema_variable(one: Format, _catalogue: Catalogue) -> Iterator[Finding]:
    """Variables stand for values of attributes that are no plain text; only they have names."""
    for _record, member in _members(one):
        if member.names and not member.variable:
            yield member.where, "'names' needs 'variable'"
        if not member.variable:
            continue
        if member.place != "attribute" or member.default is not None:
            yield member.where, "'variable' is only for attributes without a default"
        if member.kind not in VARIABLE_KINDS:
            yield member.where, f"'variable' does not go with kind '{member.kind}'"


def schema_tag(one: Format, catalogue: Catalogue) -> Iterator[Finding]:
    """A tag is of an enum kind, the only one of its record, which is a child element of others."""
    for record in one.records:
        tags = [member for member in record.members if member.place == "tag"]
        for tag in tags[1:]:
            yield tag.where, f"record '{record.name}' has a tag already"
        if tags and not tags[0].enum:
            yield tags[0].where, f"tag '{tags[0].name}' is not of an enum kind"
        if tags and record.element:
            yield record.where, f"record '{record.name}' has a tag, so no 'element'"
    for _record, member in _members(one):
        if catalogue.tags(member) is not None and (member.aliases or member.prefix):
            yield member.where, f"the names of '{member.name}' are those of the tag of its record"


def schema_binary(one: Format, catalogue: Catalogue) -> Iterator[Finding]:
    """A binary has one record, of words and letters that its bytes have room for; no document has any."""
    for _record, member in _members(one):
        if (member.place in PIECES) != bool(one.bytes):
            holds = "only words and letters" if one.bytes else "no words or letters"
            yield member.where, f"'{member.name}': a {'binary' if one.bytes else 'document'} holds {holds}"
        elif member.place == "word" and not (member.enum or member.kind in ("uint", "flag")):
            yield member.where, "a word is of kind uint, flag or of an enum"
        elif member.place == "letters":
            enum = catalogue.enums.get(member.enum)
            for value in enum.values if enum is not None else ():
                if len(value.name) > member.bytes:
                    yield member.where, f"token '{value.name}' does not fit {member.bytes} bytes"
            if not member.enum:
                yield member.where, "letters are of an enum kind"
    if one.bytes:
        for record in one.records:
            if record.name != one.record or record.choose or record.check or record.element:
                yield record.where, f"record '{record.name}': a binary has one plain record"
        taken = sum(member.bytes for _record, member in _members(one))
        if taken > one.bytes:
            yield one.where, f"the members take {taken} bytes, more than {one.bytes}"


def schema_range(one: Format, _catalogue: Catalogue) -> Iterator[Finding]:
    """`min` and `max` are for numbers, in order, and inside the range of the kind."""
    for _record, member in _members(one):
        if member.minimum is None and member.maximum is None:
            continue
        if member.kind not in NUMBER_KINDS:
            yield member.where, "'min' and 'max' are only for numbers"
            continue
        low, high = member.range()
        if low > high or low < RANGES[member.kind][0] or high > RANGES[member.kind][1]:
            yield member.where, f"range {low} to {high} does not fit kind '{member.kind}'"


def _accepts(member: Member, text: str, catalogue: Catalogue) -> bool:
    """Whether a default is a value of its kind."""
    match member.kind:
        case "int" | "uint" | "int64" | "uint64" | "hex" | "octal" | "size":
            try:
                value = int(text, 0)
            except ValueError:
                return False
            low, high = member.range()
            return low <= value <= high
        case "bool":
            return text in ("yes", "no")
        case "switch":
            return text in ("on", "off")
        case "ip" | "ipv4" | "ipv6":
            try:
                return str(ipaddress.ip_address(text)) == text
            except ValueError:
                return False
        case "string":
            return bool(text) or member.keep_empty
        case "token" | "path":
            return bool(text)
        case "abspath":
            return text.startswith("/")
        case "bitmap":
            return re.fullmatch(r"\d+(-\d+)?(,\d+(-\d+)?)*", text) is not None
        case _:
            enum = catalogue.enums.get(member.enum)
            return enum is not None and any(text == value.name for value in enum.values)


def schema_default(one: Format, catalogue: Catalogue) -> Iterator[Finding]:
    """A default is a canonical value of the kind, and nothing that is required has one."""
    for _record, member in _members(one):
        if member.default is None:
            continue
        if member.required:
            yield member.where, f"'{member.name}' is required, so it has no default"
        elif not (member.enum and member.enum not in catalogue.enums) and not _accepts(
            member, member.default, catalogue
        ):
            yield member.where, f"'{member.default}' is not a value of kind '{member.kind}'"


def schema_namespace(one: Format, _catalogue: Catalogue) -> Iterator[Finding]:
    """A prefix in a name is declared by a <namespace>; attributes have none."""
    known = [namespace.prefix for namespace in one.namespaces]
    for _record, member in _members(one):
        if not member.prefix:
            continue
        if member.place == "attribute":
            yield member.where, f"attribute '{member.name}' has a namespace prefix"
        elif member.prefix not in known:
            near = suggestion(member.prefix, known)
            yield member.where, f"no namespace '{member.prefix}'{near}"


def schema_unused(one: Format, catalogue: Catalogue) -> Iterator[Finding]:
    """Every record and enum is reached from the root of some format, or parsable alone."""
    used = {other.record for other in catalogue.formats.values()}
    used.update(record.name for record in one.records if record.element)
    for other in catalogue.formats.values():
        for _record, member in _members(other):
            used.update({member.record, member.enum, member.names})
    for thing in _things(one):
        if thing.name not in used:
            yield thing.where, f"'{thing.name}' is not used"


def schema_recursion(one: Format, catalogue: Catalogue) -> Iterator[Finding]:
    """A record does not require itself: no finite document could satisfy that."""
    for record in one.records:
        seen: set[str] = set()
        queue = [record.name]
        while queue:
            current = catalogue.records.get(queue.pop())
            if current is None:
                continue
            for member in current.members:
                if member.place == "record" and member.required and not member.when.values:
                    if member.record == record.name:
                        yield member.where, f"record '{record.name}' requires itself"
                    elif member.record not in seen:
                        seen.add(member.record)
                        queue.append(member.record)


RULES: tuple[Rule, ...] = (
    schema_reference,
    schema_name,
    schema_duplicate,
    schema_sibling,
    schema_inside,
    schema_enum,
    schema_choose,
    schema_when,
    schema_place,
    schema_text,
    schema_unit,
    schema_variable,
    schema_tag,
    schema_binary,
    schema_range,
    schema_default,
    schema_namespace,
    schema_unused,
    schema_recursion,
)


def check(formats: Sequence[Format], problems: Problems) -> None:
    """Run every rule over every format."""
    catalogue = Catalogue.of(formats)
    for one in formats:
        for rule in RULES:
            name = rule.__name__.replace("_", "-")
            for where, message in rule(one, catalogue):
                problems.add(where, name, message)
