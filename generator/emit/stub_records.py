# SPDX-License-Identifier: LGPL-2.1-or-later
"""Records that come from the wire, copied out for the client: shared by all stubs."""

from __future__ import annotations

from typing import assert_never

from .. import model, naming
from ..text import banner, c_call, join_paragraphs
from ..wire import Derivation, Form, Member, Procedure, Program, Structure
from ..wire.lower import Item, item
from .wire_objects import get_name


def take_name(name: str) -> str:
    """Fills a record with copies of what came."""
    return f"remoteTake{name}"


def fits_name(name: str) -> str:
    """Whether the texts of a record fit into its fixed fields."""
    return f"remoteFits{name}"


class Records:
    """Copies records out of what came."""

    def __init__(self, derivation: Derivation, program: Program) -> None:
        self.api = derivation.api
        base = [p for p in derivation.programs if p.name == program.source.uses]
        self.structures = {s.name: s for p in (*base, program) for s in p.structures}

    def field(self, target: str, source: str, member: Member) -> list[str]:
        """Lines that set one field of a record."""
        f = member.field
        assert f is not None
        to, wire = f"{target}{f.name}", f"{source}{member.name}"
        if member.form is Form.LIST:
            return self.list_field(target, to, wire, member, f)
        kind = item(member)
        match kind:
            case Item.CHARS:
                return [f"memcpy({to}, {wire}, sizeof({to}));", f"{to}[sizeof({to}) - 1] = 0;"]
            case Item.BYTES:
                return [f"memcpy({to}, {wire}, sizeof({to}));"]
            case Item.TEXT:
                return [f"strcpy({to}, {wire});" if f.length else f"{to} = g_strdup({wire});"]
            case Item.OBJECT:
                return [f"{to} = {get_name(member.object)}(conn, &{wire});"]
            case Item.RECORD:
                return [f"{take_name(member.structure)}(conn, &{to}, &{wire});"]
            case Item.NUMBER | Item.PARAM:
                enum = f.type.kind is model.Kind.ENUM
                cast = f"({naming.typedef(self.api, f.type.name)}) " if enum else ""
                return [f"{to} = {cast}{wire};"]
            case _:
                assert_never(kind)

    def list_field(
        self, target: str, to: str, wire: str, member: Member, f: model.Field
    ) -> list[str]:
        sized = next((x.repr for r in self.api.records for x in r.fields
                      if isinstance(x, model.Field) and x.name == f.count and f in r.fields),
                     model.Repr.DEFAULT)
        cast = "" if sized is model.Repr.SIZE else "(unsigned int) "
        count = f"{target}{f.count or f.stride} = " if f.count or f.stride else ""
        kind = item(member)
        match kind:
            case Item.CHARS:
                return [f"remoteTakeChars({to}, {wire}.items, {wire}.count);"]
            case Item.PARAM:
                return [f"{to} = remoteTakeParams({wire}.items, {wire}.count);",
                        f"{count}(int) {wire}.count;"]
            case Item.BYTES:
                return [f"{to} = remoteTakeBytes({wire}.items, {wire}.count);",
                        f"{count}(int) {wire}.count;"]
            case Item.TEXT:
                return [f"{to} = remoteTakeStrings({wire}.items, {wire}.count);",
                        f"{count}{cast}{wire}.count;"]
            case Item.RECORD:
                record = naming.typedef(self.api, self.api.record(member.structure).typedef)
                return [
                    f"{to} = g_new0({record}, {wire}.count);", f"{count}{cast}{wire}.count;",
                    f"for (size_t i = 0; i < {wire}.count; i++)",
                    f"    {take_name(member.structure)}(conn, &{to}[i], &{wire}.items[i]);",
                ]
            case Item.NUMBER | Item.OBJECT:
                raise AssertionError(f"{f.name}: no record has such a list")
            case _:
                assert_never(kind)

    def fits(self, source: str, record: str, member: Member) -> str:
        """A condition that is false when a text is too long for its field; empty: it always fits."""
        f = member.field
        if f is None or not f.length or member.form is Form.FIXED:
            return ""
        size = f"sizeof((({record} *) NULL)->{f.name})"
        if member.form is Form.LIST:
            return f"{source}{member.name}.count <= {size}"
        return f"strlen({source}{member.name}) < {size}"

    def taker(self, structure: Structure) -> list[str]:
        record = structure.record
        assert record is not None
        name = naming.typedef(self.api, record.typedef)
        lines = [line for m in structure.members for line in self.field("record->", "wire->", m)]
        used = any("conn" in line for line in lines)
        unused = "" if used else " G_GNUC_UNUSED"
        body = "".join(f"    {line}\n" for line in lines)
        wire = naming.wire_struct(structure.name)
        blocks = [c_call(f"static inline void\n{take_name(structure.name)}",
                         [f"virConnectPtr conn{unused}", f"{name} *record", f"const {wire} *wire"],
                         f"\n{{\n{body}}}")]
        conditions = [c for m in structure.members if (c := self.fits("wire->", name, m))]
        if conditions:
            blocks.append(
                f"static inline bool\n{fits_name(structure.name)}(const {wire} *wire)\n{{\n"
                f"    return {' && '.join(conditions)};\n}}"
            )
        return blocks


def _received(made: Procedure) -> list[Member]:
    """The members through which records come to the client."""
    structure = made.ret if made.direction == "call" else made.args
    return list(structure.members) if structure is not None else []


def taken(derivation: Derivation, program: Program) -> list[Structure]:
    """The records that lists of replies and events consist of, innermost first."""
    structures = Records(derivation, program).structures
    found: dict[str, Structure] = {}

    def visit(name: str) -> None:
        structure = structures.get(name)
        if structure is None or name in found:
            return
        for m in structure.members:
            if m.structure:
                visit(m.structure)
        if structure.record is not None:
            found[name] = structure

    for made in program.procedures:
        for m in _received(made):
            if m.structure:
                visit(m.structure)
    return list(found.values())


def header(derivation: Derivation, program: Program) -> str:
    """Inline copies of one program's records."""
    blocks = ["#pragma once"]
    blocks.append(
        '#include <string.h>\n\n#include "drivers/remote/remote_values.h"\n'
        f'#include "wire/{program.name}.h"\n#include "wire/{program.name}_objects.h"'
    )
    records = Records(derivation, program)
    for structure in taken(derivation, program):
        if structure.program == program.name:
            blocks += records.taker(structure)
    return banner("api/*.xml") + "/* Records of the protocol, copied out. */\n\n" + (
        join_paragraphs(blocks)
    )
