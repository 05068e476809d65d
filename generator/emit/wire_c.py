# SPDX-License-Identifier: LGPL-2.1-or-later
"""The protocol in C: a struct per structure, its table for src/rpc/wire.c, and the procedures."""

from __future__ import annotations

from .. import model, naming
from ..text import banner, c_comment, c_string, join_paragraphs
from ..wire import Derivation, Form, Kind, Member, Procedure, Program, Structure

_SCALARS = {
    Kind.CHAR: "char",
    Kind.BYTE: "unsigned char",
    Kind.SHORT: "unsigned short",
    Kind.INT: "int",
    Kind.UINT: "unsigned int",
    Kind.INT64: "long long",
    Kind.UINT64: "unsigned long long",
    Kind.DOUBLE: "double",
    Kind.STRING: "const char *",
    Kind.OPAQUE: "unsigned char",
    Kind.PARAM: "virTypedParameter",
}
_KINDS = {
    Kind.CHAR: "CHAR",
    Kind.BYTE: "UCHAR",
    Kind.SHORT: "USHORT",
    Kind.INT: "INT",
    Kind.UINT: "UINT",
    Kind.INT64: "HYPER",
    Kind.UINT64: "UHYPER",
    Kind.DOUBLE: "DOUBLE",
    Kind.STRING: "STRING",
    Kind.OPAQUE: "OPAQUE",
    Kind.STRUCT: "STRUCT",
    Kind.PARAM: "PARAM",
}
_LEAST = {Kind.INT64: 8, Kind.UINT64: 8, Kind.DOUBLE: 8, Kind.PARAM: 12}


def item_type(member: Member) -> str:
    """The C type of one item."""
    if member.kind is Kind.STRUCT:
        return naming.wire_struct(member.structure)
    return _SCALARS[member.kind]


def _join(type_: str, name: str) -> str:
    return f"{type_}{'' if type_.endswith('*') else ' '}{name}"


def declaration(member: Member) -> str:
    """A member of a C struct."""
    type_ = item_type(member)
    match member.form:
        case Form.FIXED:
            assert member.limit is not None
            return f"{_join(type_, member.name)}[{member.limit.value}];"
        case Form.LIST:
            if member.kind is Kind.OPAQUE:
                return f"virWireBytes {member.name};"
            if member.kind is Kind.STRING:
                type_ = "char *"
            return f"struct {{\n        {_join(type_, '*')}items;\n        size_t count;\n    }} {member.name};"
        case Form.OPTIONAL:
            if member.kind is Kind.STRUCT:
                return f"const {type_} *{member.name};"
            return f"{_join(type_, member.name)};"
        case Form.ONE:
            return f"{_join(type_, member.name)};"


class Sizes:
    """The fewest bytes that a structure takes on the wire."""

    def __init__(self, derivation: Derivation) -> None:
        self.structures = {
            (p.name, s.name): s for p in derivation.programs for s in p.structures
        }
        self.uses = {p.name: p.source.uses for p in derivation.programs}

    def structure(self, program: str, name: str) -> int:
        found = self.structures.get((program, name))
        if found is None:
            return self.structure(self.uses[program], name)
        return sum(self.member(program, m) for m in found.members)

    def member(self, program: str, member: Member) -> int:
        if member.form in (Form.LIST, Form.OPTIONAL):
            return 4
        if member.kind is Kind.STRUCT:
            return self.structure(program, member.structure)
        if member.form is Form.FIXED:
            assert member.limit is not None
            if member.kind is Kind.OPAQUE:
                return (member.limit.value + 3) // 4 * 4
            return member.limit.value * _LEAST.get(member.kind, 4)
        return _LEAST.get(member.kind, 4)


def _struct(structure: Structure) -> str:
    rows = "".join(f"    {declaration(m)}\n" for m in structure.members)
    return f"typedef struct {{\n{rows}}} {naming.wire_struct(structure.name)};"


def procedure(made: Procedure) -> str:
    """The C name of a procedure's row."""
    return f"virWireProc{made.name}"


def _table(program: Program) -> str:
    return f"virWire{program.name.capitalize()}Procedures"


def _shared(structure: Structure) -> bool:
    """Objects and records are used by other programs and by hand-written code."""
    return structure.object is not None or structure.record is not None


def header(derivation: Derivation, program: Program) -> str:
    source = program.source
    includes = f'#include "wire/{source.uses}.h"\n' if source.uses else ""
    blocks = ["#pragma once", f'{includes}#include "rpc/wire.h"']
    if program.limits:
        blocks.append("\n".join(
            f"#define {naming.wire_constant(l.program, l.name)} {l.value}" for l in program.limits
        ))
    used = {m.enumeration for s in program.structures for m in s.members}
    used |= {m.parameter.type.name for s in program.structures for m in s.members if m.parameter}
    for enum in derivation.api.wire_enums:
        if enum.name in used and enum.name != model.FEATURES:
            rows = ",\n".join(f"    {enum.prefix}{v.name} = {v.value}" for v in enum.values)
            blocks.append(f"typedef enum {{\n{rows},\n}} virWire{enum.name};")
    blocks += [_struct(s) for s in program.structures]
    shared = [s for s in program.structures if _shared(s)]
    if shared:
        blocks.append("\n".join(f"extern const virWireType virWireType{s.name};" for s in shared))
    if program.procedures:
        count = len(program.procedures)
        blocks.append(
            f"extern const virWireProgram virWireProgram{program.name.capitalize()};\n"
            f"extern const virWireProcedure {_table(program)}[{count}];"
        )
        blocks.append("\n".join(
            f"#define {procedure(p)} (&{_table(program)}[{index}])"
            for index, p in enumerate(program.procedures)
        ))
    return banner("api/*.xml") + c_comment([source.doc.plain], opener="/*") + "\n" + (
        join_paragraphs(blocks)
    )


def _field(longest: int, structure: Structure, member: Member) -> str:
    type_ = f"&virWireType{member.structure}" if member.kind is Kind.STRUCT else "NULL"
    item = longest if member.kind in (Kind.STRING, Kind.PARAM) else 0
    listed = member.form in (Form.LIST, Form.FIXED) and member.limit is not None
    limit = member.limit.value if listed and member.limit is not None else 0
    where = f"offsetof({naming.wire_struct(structure.name)}, {member.name})"
    secret = "true" if member.secret else "false"
    return (
        f"    {{ {c_string(member.name)}, {type_}, {limit}, {item}, {where},\n"
        f"      VIR_WIRE_{_KINDS[member.kind]}, VIR_WIRE_{member.form.value.upper()}, {secret} }},\n"
    )


def _type(sizes: Sizes, longest: int, structure: Structure) -> str:
    own = naming.wire_struct(structure.name)
    static = "" if _shared(structure) else "static "
    rows = "".join(_field(longest, structure, m) for m in structure.members)
    least = sum(sizes.member(structure.program, m) for m in structure.members)
    return (
        f"static const virWireField fields{structure.name}[] = {{\n{rows}}};\n"
        f"{static}const virWireType virWireType{structure.name} = {{\n"
        f"    {c_string(structure.spelled)}, sizeof({own}), {least},"
        f" {len(structure.members)}, fields{structure.name},\n}};"
    )


def _row(program: Program, made: Procedure) -> str:
    stream = f"VIR_WIRE_STREAM_{(made.stream or 'none').upper()}"
    args = f"&virWireType{made.args.name}" if made.args else "NULL"
    ret = f"&virWireType{made.ret.name}" if made.ret else "NULL"
    flags = [made.high, made.files_in, made.files_out]
    words = ", ".join("true" if flag else "false" for flag in flags)
    number = program.source.number or 0
    return (
        f"    {{ {c_string(made.name)}, 0x{number:08x}, {made.number},"
        f" VIR_WIRE_{made.direction.upper()}, {words},\n      {stream}, {args}, {ret} }},\n"
    )


def source(derivation: Derivation, program: Program) -> str:
    sizes = Sizes(derivation)
    blocks = [f'#include "wire/{program.name}.h"\n\n#include <stddef.h>']
    longest = derivation.limits[program.name].get("STRING_MAX")
    blocks += [_type(sizes, longest.value if longest else 0, s) for s in program.structures]
    if program.procedures:
        rows = "".join(_row(program, p) for p in program.procedures)
        count = len(program.procedures)
        blocks.append(f"const virWireProcedure {_table(program)}[{count}] = {{\n{rows}}};")
        blocks.append(
            f"const virWireProgram virWireProgram{program.name.capitalize()} = {{\n"
            f"    {c_string(program.name)}, 0x{program.source.number or 0:08x},"
            f" {program.source.version}, {count}, {_table(program)},\n}};"
        )
    used = {s.name for p in program.procedures for s in (p.args, p.ret) if s is not None}
    blocks.append("\n".join(
        f"G_STATIC_ASSERT(sizeof({naming.wire_struct(s.name)}) <= VIR_WIRE_STRUCT_MAX);"
        for s in program.structures if s.name in used
    ))
    purpose = f"/* Tables of the program {program.name}: structures and procedures. */\n\n"
    return banner("api/*.xml") + purpose + join_paragraphs(blocks)
