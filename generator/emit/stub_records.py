# SPDX-License-Identifier: LGPL-2.1-or-later
"""Objects and records between the wire and C, for the client: shared by all stubs."""

from __future__ import annotations

from .. import model, naming
from ..text import banner, c_call, join_paragraphs
from ..wire import Derivation, Form, Kind, Member, Procedure, Program, Structure
from .objects import path_to_connection


def connection_type(api: model.Api, item: model.Object) -> str:
    """The object at the top of an object's parents."""
    while item.parent:
        item = api.object(item.parent)
    return item.name


def put_name(name: str) -> str:
    """Writes what identifies a handle into the wire's structure, which borrows from it."""
    return f"remotePut{name}"


def get_name(name: str) -> str:
    """A new handle of what a structure of the wire identifies."""
    return f"remoteGet{name}"


def take_name(name: str) -> str:
    """Fills a record with copies of what came."""
    return f"remoteTake{name}"


def fits_name(name: str) -> str:
    """Whether the texts of a record fit into its fixed fields."""
    return f"remoteFits{name}"


def _parents(structure: Structure, api: model.Api) -> tuple[Member | None, model.Object | None]:
    assert structure.object is not None
    parent = structure.object.parent
    member = next((m for m in structure.members if m.object == parent), None)
    return member, (api.object(parent) if parent and member is not None else None)


def _put(api: model.Api, structure: Structure) -> str:
    item = structure.object
    assert item is not None
    member, parent = _parents(structure, api)
    lines = []
    for m in structure.members:
        if m is member and parent is not None:
            lines.append(f"{put_name(parent.name)}(&wire->{m.name}, handle->{parent.argument});")
            continue
        key = next(k for k in item.keys if (k.wire.name or k.name) == m.name)
        if m.is_uuid:
            lines.append(f"memcpy(wire->{m.name}, handle->{key.name}, sizeof(wire->{m.name}));")
        elif m.kind is Kind.UINT:
            lines.append(f"wire->{m.name} = (unsigned int) handle->{key.name};")
        else:
            lines.append(f"wire->{m.name} = handle->{key.name};")
    body = "".join(f"    {line}\n" for line in lines)
    return (
        f"static inline void\n{put_name(item.name)}({naming.wire_struct(item.name)} *wire,"
        f" {naming.pointer(api, item.name)} handle)\n{{\n{body}}}"
    )


def _get(api: model.Api, structure: Structure) -> str:
    item = structure.object
    assert item is not None
    member, parent = _parents(structure, api)
    pointer = naming.pointer(api, item.name)
    top = naming.pointer(api, connection_type(api, item))
    head = (
        f"static inline {pointer}\n{get_name(item.name)}({top} conn,"
        f" const {naming.wire_struct(item.name)} *wire)\n{{\n"
    )
    values = []
    for key in item.keys:
        travels = key.wire.type != "none"
        cast = "(int) " if key.wire.type == "uint" else ""
        values.append(f"{cast}wire->{key.wire.name or key.name}" if travels else "NULL")
    new = f"{naming.typedef(api, item.name)}New"
    if parent is None or member is None:
        return head + c_call(f"    return {new}", ["conn", *values], ";\n}")
    owner = naming.pointer(api, parent.name)
    return (
        head
        + f"    {owner} parent = {get_name(parent.name)}(conn, &wire->{member.name});\n"
        + c_call(f"    {pointer} handle = {new}", ["parent", *values], ";\n\n")
        + "    virHandleUnref(&parent->handle);\n    return handle;\n}"
    )


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
        if member.form is Form.FIXED:
            return [f"memcpy({to}, {wire}, sizeof({to}));", f"{to}[sizeof({to}) - 1] = 0;"]
        if member.form is Form.LIST:
            return self.list_field(target, to, wire, member, f)
        if member.kind is Kind.STRING:
            if f.length:
                return [f"strcpy({to}, {wire});"]
            return [f"{to} = g_strdup({wire});"]
        if member.kind is Kind.STRUCT:
            if member.object:
                return [f"{to} = {get_name(member.object)}(conn, &{wire});"]
            return [f"{take_name(member.structure)}(conn, &{to}, &{wire});"]
        if f.type.kind is model.Kind.ENUM:
            return [f"{to} = ({naming.typedef(self.api, f.type.name)}) {wire};"]
        return [f"{to} = {wire};"]

    def list_field(
        self, target: str, to: str, wire: str, member: Member, f: model.Field
    ) -> list[str]:
        if member.kind is Kind.CHAR:
            return [f"remoteTakeChars({to}, {wire}.items, {wire}.count);"]
        count = f"{target}{f.count or f.stride} = " if f.count or f.stride else ""
        if member.kind is Kind.PARAM:
            return [f"{to} = remoteTakeParams({wire}.items, {wire}.count);",
                    f"{count}(int) {wire}.count;"]
        if member.kind is Kind.OPAQUE:
            return [f"{to} = remoteTakeBytes({wire}.items, {wire}.count);",
                    f"{count}(int) {wire}.count;"]
        sized = next((x.repr for r in self.api.records for x in r.fields
                      if isinstance(x, model.Field) and x.name == f.count and f in r.fields),
                     model.Repr.DEFAULT)
        cast = "" if sized is model.Repr.SIZE else "(unsigned int) "
        if member.kind is Kind.STRING:
            return [f"{to} = remoteTakeStrings({wire}.items, {wire}.count);",
                    f"{count}{cast}{wire}.count;"]
        record = naming.typedef(self.api, self.api.record(member.structure).typedef)
        return [
            f"{to} = g_new0({record}, {wire}.count);", f"{count}{cast}{wire}.count;",
            f"for (size_t i = 0; i < {wire}.count; i++)",
            f"    {take_name(member.structure)}(conn, &{to}[i], &{wire}.items[i]);",
        ]

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
    """Inline conversions of one program."""
    api = derivation.api
    blocks = ["#pragma once"]
    blocks.append(
        '#include <string.h>\n\n#include "drivers/remote/remote_values.h"\n'
        f'#include "runtime/objects.h"\n#include "wire/{program.name}.h"'
    )
    for structure in program.structures:
        if structure.object is not None:
            blocks += [_put(api, structure), _get(api, structure)]
    records = Records(derivation, program)
    for structure in taken(derivation, program):
        if structure.program == program.name:
            blocks += records.taker(structure)
    return banner("api/*.xml") + "/* Objects and records of the protocol in C, and back. */\n\n" + (
        join_paragraphs(blocks)
    )


__all__ = ["Records", "connection_type", "fits_name", "get_name", "header", "path_to_connection",
           "put_name", "take_name"]
