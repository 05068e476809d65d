# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes gen/document/<format>.h (structs and enums) and .c (the engine's tables)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.schema.model import (
    NUMBER_KINDS,
    STRING_KINDS,
    Catalogue,
    Enum,
    Format,
    Member,
    Record,
    capital,
)
from generator.text import banner, c_comment, c_string, join_paragraphs


def c_type(member: Member, catalogue: Catalogue) -> str:
    """The C type of a field, ready to be followed by the field's name."""
    kind = member.kind
    if member.place == "record":
        return f"virDoc{member.record} *"
    if member.variable:
        return "char *"
    if member.enum:
        return catalogue.enums[member.enum].c_type + " "
    if kind in STRING_KINDS or kind == "opaque":
        return "char *"
    if kind in NUMBER_KINDS:
        return NUMBER_KINDS[kind] + " "
    if kind in ("bool", "switch"):
        return "virDocSwitch "
    if kind == "bitmap":
        return "virDocBitmap *"
    if kind in ("uuid", "mac"):
        return "unsigned char "
    return "bool "


def _comment(text: str) -> str:
    if len(text) > 84:
        return c_comment([text], "    ", "/*").rstrip("\n")
    return f"    /* {text.replace('*/', '* /')} */"


def _width(member: Member, catalogue: Catalogue) -> int:
    """What the C type of a field is aligned to."""
    kind = c_type(member, catalogue)
    if member.listed or kind.endswith("*") or "long long" in kind:
        return 8
    return 4 if kind in ("int ", "unsigned int ") else 1


def _fields(member: Member, catalogue: Catalogue) -> Iterator[tuple[int, list[str]]]:
    """The declarations of one member, each with its alignment, and what it holds as a comment."""
    indent = "    "
    if member.place == "group":
        if member.presence:
            yield 1, [f"{indent}bool {member.has_field}; /* <{member.name}> was given */"]
        for inner in member.members:
            yield from _fields(inner, catalogue)
        return
    if member.place == "inside":
        yield 8, [f"{indent}virDoc{member.record} {member.field}; /* {member.doc.replace('*/', '* /')} */"]
        return
    kind = c_type(member, catalogue)
    if member.listed:
        lines = [f"{indent}size_t {member.count_field};", f"{indent}{kind}*{member.field};"]
        yield 8, [_comment(member.doc), *lines]
        return
    length = "" if member.variable else {"uuid": "[16]", "mac": "[6]"}.get(member.kind, "")
    yield _width(member, catalogue), [_comment(member.doc), f"{indent}{kind}{member.field}{length};"]
    if member.has_field:
        yield 1, [f"{indent}bool {member.has_field};"]


def _body(record: Record, catalogue: Catalogue) -> list[str]:
    """The fields, wide ones first: in their own order a third of a struct would be padding."""
    fields = [field for member in record.members for field in _fields(member, catalogue)]
    return [line for _, lines in sorted(fields, key=lambda field: -field[0]) for line in lines]


def _enum_header(enum: Enum) -> str:
    lines = [c_comment([capital(enum.doc) + "."], "", "/*").rstrip("\n"), "typedef enum VIR_DOC_ENUM {"]
    lines.append(f"    {enum.c_prefix}_ABSENT = 0,")
    for value in enum.values:
        safe = value.doc.replace("*/", "* /")
        lines.append(f"    {enum.constant(value.name)}, /* {safe} */")
    lines += [f"    {enum.c_prefix}_LAST", f"}} {enum.c_type};", ""]
    lines += [
        f"extern const virDocEnum {enum.c_type}Tokens;",
        "",
        "static inline const char *",
        f"{enum.c_type}ToString({enum.c_type} value)",
        "{",
        f"    return virDocEnumToString(&{enum.c_type}Tokens, value);",
        "}",
        "",
        "/* ABSENT when there is no such token. */",
        f"static inline {enum.c_type}",
        f"{enum.c_type}FromString(const char *token)",
        "{",
        f"    return ({enum.c_type})virDocEnumFromString(&{enum.c_type}Tokens, token);",
        "}",
    ]
    return "\n".join(lines)


def _record_header(record: Record, catalogue: Catalogue) -> str:
    lines = [c_comment([capital(record.doc) + "."], "", "/*").rstrip("\n")]
    lines.append(f"struct _{record.c_type} {{")
    lines += _body(record, catalogue) or ["    char nothing; /* the element has no content */"]
    lines += [
        "};",
        "",
        f"extern const virDocRecord {record.c_table};",
        "",
        f"static inline {record.c_type} *",
        f"{record.c_type}New(void)",
        "{",
        f"    return virDocNew(&{record.c_table});",
        "}",
        "",
        "static inline void",
        f"{record.c_type}Free({record.c_type} *data)",
        "{",
        f"    virDocFree(&{record.c_table}, data);",
        "}",
        "",
        f"static inline {record.c_type} *",
        f"{record.c_type}Copy(const {record.c_type} *data)",
        "{",
        f"    return virDocCopy(&{record.c_table}, data);",
        "}",
        "",
        f"G_DEFINE_AUTOPTR_CLEANUP_FUNC({record.c_type}, {record.c_type}Free)",
    ]
    return "\n".join(lines)


def _foreign_records(one: Format, catalogue: Catalogue) -> list[str]:
    """Names of the records of other formats that this one uses, in order."""
    names = {
        member.record
        for record in one.records
        for member in record.walk()
        if member.record and catalogue.home[member.record] is not one
    }
    return sorted(names)


def _foreign_formats(one: Format, catalogue: Catalogue) -> list[str]:
    names = {
        catalogue.home[name].name
        for record in one.records
        for member in record.walk()
        for name in (member.record, member.enum, member.names)
        if name and catalogue.home[name] is not one
    }
    return sorted(names)


def header(one: Format, catalogue: Catalogue) -> str:
    """gen/document/<format>.h"""
    includes = ['#include "document/bitmap.h"', '#include "document/describe.h"']
    others = _foreign_formats(one, catalogue)
    includes += [f'#include "document/{name}.h"' for name in others]
    includes += ['#include "document/value.h"']
    typedefs = [
        f"typedef struct _virDoc{name} virDoc{name};"
        for name in [
            *(record.name for record in one.records),
            *_foreign_records(one, catalogue),
        ]
    ]
    return banner(one.source) + join_paragraphs(
        [
            f"/* {capital(one.doc)}. */",
            "#pragma once",
            "\n".join(includes),
            "G_BEGIN_DECLS",
            "\n".join(typedefs),
            *(_enum_header(enum) for enum in one.enums),
            *(_record_header(record, catalogue) for record in one.records),
            "G_END_DECLS",
        ]
    )


def _enum_table(enum: Enum) -> str:
    lines = [f"static const char *const tokens{enum.name}[] = {{", "    NULL,"]
    lines += [f"    {c_string(value.name)}," for value in enum.values]
    lines += ["};", ""]
    aliases = [(alias, value) for value in enum.values for alias in value.aliases]
    if aliases:
        lines.append(f"static const virDocEnumAlias aliases{enum.name}[] = {{")
        lines += [
            f"    {{{c_string(alias)}, {enum.constant(value.name)}}}," for alias, value in aliases
        ]
        lines += ["};", ""]
    lines += [
        f"const virDocEnum {enum.c_type}Tokens = {{",
        f"    .name = {c_string(enum.name)},",
        f"    .ntokens = {enum.c_prefix}_LAST,",
        f"    .tokens = tokens{enum.name},",
    ]
    if aliases:
        lines += [f"    .naliases = {len(aliases)},", f"    .aliases = aliases{enum.name},"]
    lines.append("};")
    return "\n".join(lines)


_FLAGS = (
    ("required", "VIR_DOC_REQUIRED"),
    ("listed", "VIR_DOC_LIST"),
    ("secret", "VIR_DOC_SECRET"),
    ("keep_empty", "VIR_DOC_KEEP_EMPTY"),
    ("presence", "VIR_DOC_PRESENCE"),
    ("always", "VIR_DOC_ALWAYS"),
)


def _flags(member: Member) -> str:
    names = [constant for name, constant in _FLAGS if getattr(member, name)]
    if member.scope:
        names.append(f"VIR_DOC_{member.scope.upper()}")
    if member.layout:
        names.append(f"VIR_DOC_{member.layout.upper()}")
    if not member.migratable:
        names.append("VIR_DOC_UNMIGRATABLE")
    return " | ".join(names)


def _kind(member: Member) -> str:
    if member.place in ("record", "group", "inside"):
        return "VIR_DOC_KIND_NONE"
    return "VIR_DOC_KIND_ENUM" if member.enum else f"VIR_DOC_KIND_{member.kind.upper()}"


class _Tables:
    """Collects the tables of one record, groups before what contains them."""

    def __init__(self, one: Format, record: Record, catalogue: Catalogue) -> None:
        self.one = one
        self.record = record
        self.catalogue = catalogue
        self.blocks: list[str] = []
        selector = record.selector()
        self.selector_enum = (
            catalogue.enums[selector.enum] if selector is not None and selector.enum else None
        )

    def names(self, member: Member) -> tuple[str, ...]:
        """The XML names under which a member is met; the first is the one that is printed, but for
        elements whose name is a value."""
        tags = self.catalogue.tags(member)
        if tags is None:
            return (member.local, *member.aliases)
        return tuple(token for value in tags.values for token in (value.name, *value.aliases))

    def aliases(self, names: tuple[str, ...]) -> str:
        if not names:
            return ""
        words = ", ".join(c_string(name) for name in names)
        return f"(const char *const[]){{{words}, NULL}}"

    def when(self, member: Member) -> str:
        enum = self.selector_enum
        if enum is None or not member.when.values:
            return ""
        chosen = member.when.selected(enum)
        mask = sum(1 << n for n, value in enumerate(enum.values, 1) if value.name in chosen)
        if member.when.negated:
            mask |= 1
        return f"{mask:#x}ULL"

    def initializers(self, member: Member, group: str) -> Iterator[tuple[str, str]]:
        offset = f"offsetof({self.record.c_type}, "
        names = self.names(member)
        yield "name", c_string(names[0])
        if member.prefix:
            uri = next(n.uri for n in self.one.namespaces if n.prefix == member.prefix)
            yield "prefix", c_string(member.prefix)
            yield "uri", c_string(uri)
        yield "aliases", self.aliases(names[1:])
        yield "place", f"VIR_DOC_PLACE_{member.place.upper()}"
        yield "kind", "VIR_DOC_KIND_VARIABLE" if member.variable else _kind(member)
        yield "base", _kind(member) if member.variable else ""
        yield "flags", _flags(member)
        if member.place != "group":
            yield "offset", f"{offset}{member.field})"
        yield "has", f"{offset}{member.has_field})" if member.has_field else "VIR_DOC_NO_OFFSET"
        yield "count", f"{offset}{member.count_field})" if member.listed else "VIR_DOC_NO_OFFSET"
        yield "when", self.when(member)
        if member.enum:
            yield "tokens", f"&virDoc{member.enum}Tokens"
        elif member.names:
            yield "tokens", f"&virDoc{member.names}Tokens"
        if member.record:
            yield "record", f"&virDoc{member.record}Record"
        elif group:
            yield "record", f"&{group}"
        if member.kind in NUMBER_KINDS:
            low, high = member.range()
            lowest = "(-9223372036854775807LL - 1)" if low == -(1 << 63) else f"{low}LL"
            yield "low", lowest if low else ""
            yield "high", f"{high}ULL"
        yield "digits", str(member.digits) if member.digits else ""
        yield "bytes", str(member.bytes) if member.bytes else ""
        if member.kind == "size":
            yield "unit", c_string(member.unit)
            yield "unitAttribute", c_string(member.unit_attribute) if member.unit_attribute else ""
            yield "inputUnit", c_string(member.input_unit or member.unit)
        yield "liveUnless", c_string(member.live_unless) if member.live_unless else ""
        yield "error", f"VIR_ERR_{member.error}" if member.error else ""
        yield "fallback", "" if member.default is None else c_string(member.default)
        yield "maxItems", str(member.max_items) if member.max_items else ""

    def member(self, member: Member, group: str) -> str:
        lines = ["    {"]
        lines += [
            f"        .{name} = {value},"
            for name, value in self.initializers(member, group)
            if value
        ]
        return "\n".join([*lines, "    },"])

    def members(self, name: str, members: tuple[Member, ...]) -> None:
        """Emit the array members<name>, after those of the groups inside."""
        rows = []
        for number, member in enumerate(members):
            group = ""
            if member.place == "group":
                group = f"group{name}{number}"
                self.members(f"{name}{number}", member.members)
                self.blocks.append(self.group(group, f"{name}{number}", member))
            rows.append(self.member(member, group))
        if rows:
            body = "\n".join(rows)
            self.blocks.append(f"static const virDocMember members{name}[] = {{\n{body}\n}};")

    def common(self, array: str, empty: bool) -> list[str]:
        if empty:
            return []
        return [f"    .nmembers = G_N_ELEMENTS({array}),", f"    .members = {array},"]

    def tail(self) -> list[str]:
        lines = []
        if self.record.choose:
            number = next(
                n for n, m in enumerate(self.record.members) if m is self.record.selector()
            )
            lines.append(f"    .selector = &members{self.record.name}[{number}],")
        if self.one.namespaces:
            lines.append(f"    .nnamespaces = {len(self.one.namespaces)},")
            lines.append("    .namespaces = namespaces,")
        return lines

    def group(self, group: str, array: str, member: Member) -> str:
        lines = [f"static const virDocRecord {group} = {{"]
        lines += [f"    .name = {c_string(self.record.name)},"]
        lines += self.common(f"members{array}", not member.members)
        lines += self.tail()
        return "\n".join([*lines, "};"])

    def table(self) -> str:
        self.members(self.record.name, self.record.members)
        lines = [f"const virDocRecord {self.record.c_table} = {{"]
        lines.append(f"    .name = {c_string(self.record.name)},")
        if self.record.element:
            lines.append(f"    .element = {c_string(self.record.element)},")
        lines.append(f"    .size = sizeof({self.record.c_type}),")
        if self.one.bytes:
            lines.append(f"    .bytes = {self.one.bytes},")
        lines += self.common(f"members{self.record.name}", not self.record.members)
        lines += self.tail()
        if self.record.closed:
            lines.append(f"    .closed = VIR_ERR_{self.record.closed},")
        if self.record.check:
            lines.append(f"    .check = {c_string(self.record.check)},")
        if self.record.choose:
            self.blocks.insert(0, self.forward())
        return join_paragraphs([*self.blocks, "\n".join([*lines, "};"])])

    def forward(self) -> str:
        """Groups point at the selector in the record's own array, which comes after them."""
        name = self.record.name
        return f"static const virDocMember members{name}[{len(self.record.members)}];"


def tables(one: Format, catalogue: Catalogue) -> str:
    """gen/document/<format>.c"""
    includes = [f'#include "document/{one.name}.h"']
    if any(r.closed or any(member.error for member in r.walk()) for r in one.records):
        includes.append("#include <libvirt/libvirt.h>\n#include <libvirt/virterror.h>")
    namespaces = ""
    if one.namespaces:
        rows = "\n".join(
            f"    {{{c_string(n.prefix)}, {c_string(n.uri)}}}," for n in one.namespaces
        )
        namespaces = f"static const virDocNamespace namespaces[] = {{\n{rows}\n}};"
    return banner(one.source) + join_paragraphs(
        [
            f"/* Tables of the {one.name} format, read by the document engine. */",
            "\n".join(includes),
            namespaces,
            *(_enum_table(enum) for enum in one.enums),
            *(_Tables(one, record, catalogue).table() for record in one.records),
        ]
    )


__all__ = ["header", "tables"]
