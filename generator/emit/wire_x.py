# SPDX-License-Identifier: LGPL-2.1-or-later
"""The protocol in the language of RFC 4506: one .x file per program, for rpcgen and for people."""

from __future__ import annotations

from .. import model, naming
from ..text import banner, c_comment, join_paragraphs
from ..wire import Derivation, Form, Kind, Member, Program, Structure

_SCALARS = {
    Kind.CHAR: "char",
    Kind.BYTE: "unsigned char",
    Kind.SHORT: "unsigned short",
    Kind.INT: "int",
    Kind.UINT: "unsigned int",
    Kind.INT64: "hyper",
    Kind.UINT64: "unsigned hyper",
    Kind.DOUBLE: "double",
    Kind.OPAQUE: "opaque",
}


class Spelling:
    """How the types of one program are written."""

    def __init__(self, derivation: Derivation, program: Program) -> None:
        self.api = derivation.api
        self.program = program
        base = [p for p in derivation.programs if p.name == program.source.uses]
        self.owner = base[0].name if base else program.name
        self.structures = {s.name: s for p in (*base, program) for s in p.structures}

    def basic(self, words: str) -> str:
        """A type every program has of its own: nonnull_string, uuid, typed_param."""
        if self.owner == "net":
            words = f"message_{words}"
        return naming.wire_type(self.owner, words)

    def enumeration(self, name: str) -> str:
        return naming.wire_type(self.owner, naming.wire_words(name, self.owner))

    def item(self, member: Member) -> str:
        """The type of one item of a member."""
        if member.enumeration:
            return self.enumeration(member.enumeration)
        match member.kind:
            case Kind.STRING:
                optional = member.form is Form.OPTIONAL
                return self.basic("string" if optional else "nonnull_string")
            case Kind.STRUCT:
                spelled = self.structures[member.structure].spelled
                if member.form is Form.OPTIONAL:
                    return spelled.replace("nonnull_", "").replace("Nonnull", "")
                return spelled
            case Kind.PARAM:
                return self.basic("typed_param")
            case _:
                return _SCALARS[member.kind]

    def bound(self, member: Member) -> str:
        assert member.limit is not None
        if not member.limit.name:
            return str(member.limit.value)
        return naming.wire_constant(member.limit.program, member.limit.name)

    def type(self, member: Member) -> tuple[str, str]:
        """The type of a member, and what stands behind its name."""
        if member.is_uuid:
            return self.basic("uuid"), ""
        match member.form:
            case Form.LIST:
                return self.item(member), f"<{self.bound(member)}>"
            case Form.FIXED:
                return self.item(member), f"[{self.bound(member)}]"
            case _:
                return self.item(member), ""

    def declaration(self, member: Member) -> str:
        type_, suffix = self.type(member)
        return f"{type_} {member.name}{suffix};"


def _structure(spelling: Spelling, structure: Structure) -> str:
    rows = "".join(f"    {spelling.declaration(m)}\n" for m in structure.members)
    text = f"struct {structure.spelled} {{\n{rows}}};"
    if structure.object is not None:
        optional = structure.spelled.replace("nonnull_", "").replace("Nonnull", "")
        text += f"\ntypedef {structure.spelled} *{optional};"
    return text


def _uses_params(program: Program) -> bool:
    return any(m.kind is Kind.PARAM for s in program.structures for m in s.members)


def _param(spelling: Spelling) -> list[str]:
    string, name = spelling.basic("nonnull_string"), spelling.basic("typed_param")
    types = spelling.api.enum("TypedParameterType").values
    kinds = {
        "INT": "int i", "UINT": "unsigned int ui", "LLONG": "hyper l", "ULLONG": "unsigned hyper ul",
        "DOUBLE": "double d", "BOOLEAN": "int b", "STRING": f"{string} s",
    }
    rows = "".join(f"case {v.value}:\n    {kinds[v.name]};\n" for v in types if v.name in kinds)
    return [
        f"union {name}_value switch (int type) {{\n{rows}}};",
        f"struct {name} {{\n    {string} field;\n    {name}_value value;\n}};",
    ]


def _basics(spelling: Spelling, program: Program) -> list[str]:
    if program.source.uses or not any(l.name == "STRING_MAX" for l in program.limits):
        return []
    maximum = naming.wire_constant(program.name, "STRING_MAX")
    uuids = any(m.is_uuid for s in program.structures for m in s.members)
    string = spelling.basic("nonnull_string")
    rows = [f"typedef string {string}<{maximum}>;", f"typedef {string} *{spelling.basic('string')};"]
    if uuids:
        rows.append(f"typedef opaque {spelling.basic('uuid')}[16];")
    return ["\n".join(rows)]


def _enum(spelling: Spelling, enum: model.Enumeration) -> str:
    rows = ",\n".join(f"    {enum.prefix}{v.name} = {v.value}" for v in enum.values)
    return f"enum {spelling.enumeration(enum.name)} {{\n{rows}\n}};"


def _procedures(program: Program) -> list[str]:
    if program.source.number is None:
        return []
    upper = program.name.upper()
    rows = ",\n".join(
        f"    {upper}_PROC_{p.spelled.upper()} = {p.number}" for p in program.procedures
    )
    return [
        f"const {upper}_PROGRAM = 0x{program.source.number:08x};\n"
        f"const {upper}_PROTOCOL_VERSION = {program.source.version};",
        f"enum {program.name}_procedure {{\n{rows}\n}};",
    ]


def render(derivation: Derivation, program: Program) -> str:
    """The whole .x file of a program."""
    spelling = Spelling(derivation, program)
    blocks = [c_comment([program.source.doc.plain], opener="/*").rstrip("\n")]
    if program.source.uses:
        blocks.append(f'%#include "{program.source.uses}_protocol.h"')
    if program.limits:
        blocks.append("\n".join(
            f"const {naming.wire_constant(l.program, l.name)} = {l.value};" for l in program.limits
        ))
    blocks += _basics(spelling, program)
    used = {m.enumeration for s in program.structures for m in s.members}
    blocks += [_enum(spelling, e) for e in derivation.api.wire_enums if e.name in used]
    if _uses_params(program) and not program.source.uses:
        blocks += _param(spelling)
    distinct = {s.spelled: s for s in reversed(program.structures)}
    blocks += [_structure(spelling, s) for s in program.structures if distinct[s.spelled] is s]
    blocks += _procedures(program)
    return banner("api/*.xml") + join_paragraphs(blocks)
