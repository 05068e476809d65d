# SPDX-License-Identifier: LGPL-2.1-or-later
"""Handles of objects and what identifies them on the wire, for both ends of a connection."""

from __future__ import annotations

from .. import model, naming
from ..text import banner, c_call, join_paragraphs
from ..wire import Kind, Program, Structure
from ..wire.lower import identity


def put_name(name: str) -> str:
    """Writes what identifies a handle into the wire's structure, which borrows from it."""
    return f"virWirePut{name}"


def get_name(name: str) -> str:
    """A new handle of what a structure of the wire identifies."""
    return f"virWireGet{name}"


def connection_type(api: model.Api, item: model.Object) -> str:
    """The object at the top of an object's parents."""
    while item.parent:
        item = api.object(item.parent)
    return item.name


def _put(api: model.Api, structure: Structure) -> str:
    own = identity(structure)
    item = own.object
    keys = {member.name: key for key, member in own.keys if member is not None}
    lines = []
    for m in structure.members:
        if m is own.parent:
            parent = api.object(item.parent)
            lines.append(f"{put_name(parent.name)}(&wire->{m.name}, handle->{parent.argument});")
        elif m.is_uuid:
            lines.append(f"memcpy(wire->{m.name}, handle->{keys[m.name].name}, sizeof(wire->{m.name}));")
        elif m.kind is Kind.UINT:
            lines.append(f"wire->{m.name} = (unsigned int) handle->{keys[m.name].name};")
        else:
            lines.append(f"wire->{m.name} = handle->{keys[m.name].name};")
    body = "".join(f"    {line}\n" for line in lines)
    return c_call(f"static inline void\n{put_name(item.name)}",
                  [f"{naming.wire_struct(item.name)} *wire", f"{naming.pointer(api, item.name)} handle"],
                  f"\n{{\n{body}}}")


def _value(key: model.Key, travels: bool) -> str:
    if not travels:
        return "NULL" if key.type.kind in (model.Kind.STRING, model.Kind.UUID) else "0"
    cast = "(int) " if key.wire.type == "uint" else ""
    return f"{cast}wire->{key.wire.name or key.name}"


def _get(api: model.Api, structure: Structure) -> str:
    own = identity(structure)
    item = own.object
    pointer = naming.pointer(api, item.name)
    top = naming.pointer(api, connection_type(api, item))
    head = c_call(f"static inline {pointer}\n{get_name(item.name)}",
                  [f"{top} conn", f"const {naming.wire_struct(item.name)} *wire"], "\n{\n")
    values = [_value(key, member is not None) for key, member in own.keys]
    new = f"{naming.typedef(api, item.name)}New"
    if own.parent is None:
        return head + c_call(f"    return {new}", ["conn", *values], ";\n}")
    owner = naming.pointer(api, item.parent)
    return (
        head
        + f"    {owner} parent = {get_name(item.parent)}(conn, &wire->{own.parent.name});\n"
        + c_call(f"    {pointer} handle = {new}", ["parent", *values], ";\n\n")
        + "    virHandleUnref(&parent->handle);\n    return handle;\n}"
    )


def header(api: model.Api, program: Program) -> str:
    """Inline conversions of one program's objects."""
    uses = f'#include "wire/{program.source.uses}_objects.h"\n' if program.source.uses else ""
    blocks = [
        "#pragma once",
        f'#include <string.h>\n\n#include "runtime/objects.h"\n#include "wire/{program.name}.h"\n{uses}',
    ]
    for structure in program.structures:
        if structure.object is not None:
            blocks += [_put(api, structure), _get(api, structure)]
    return banner("api/*.xml") + (
        "/* Handles and their identity on the wire: virWirePut... borrows from the handle,"
        " virWireGet... makes one. */\n\n"
    ) + join_paragraphs(blocks)
