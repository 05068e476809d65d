# SPDX-License-Identifier: LGPL-2.1-or-later
"""A listener per event that counts, for tests which must hear every event."""

from __future__ import annotations

from .. import model, naming, plan
from ..model import Kind
from ..text import banner, c_call, join_paragraphs
from . import events


_ROW = """\
typedef struct {
    const char *name;           /* Object/EVENT; NULL ends the table */
    /* Listens on all objects of a connection; the id of the listener, or -1. */
    int (*listen)(virConnectPtr conn, unsigned int *heard);
} testEventCount;"""


def _listener(api: model.Api, own: events.Payload) -> str:
    """What is called with the events of one callback type; their opaque is an unsigned int."""
    returns, _ = plan.return_type(api, own.callback.returns)
    declarations = []
    for p in own.order:
        space = "" if p.type.endswith("*") else " "
        unused = "" if events.role(p) == "opaque" else " G_GNUC_UNUSED"
        name = "opaque" if events.role(p) == "opaque" else p.name
        declarations.append(f"{p.type}{space}{name}{unused}")
    tail = "\n    return 0;" if returns == "int" else ""
    return (
        c_call(f"static {returns}\ncount{own.callback.name}", declarations, "\n{\n")
        + f"    (*(unsigned int *) opaque)++;{tail}\n}}"
    )


def _listen(api: model.Api, event: model.Event, register: model.Function) -> str:
    enum = api.enum(f"{event.object}EventID")
    cast = next(p for p in register.parameters if p.type.kind is Kind.CALLBACK).type.name
    arguments = ["conn", "NULL", f"{enum.prefix}{event.name}",
                 f"({naming.typedef(api, cast)}) (void (*)(void)) count{event.callback}",
                 "heard", "NULL"]
    return (
        f"static int\nlisten{event.object}{naming.camel(event.name)}"
        "(virConnectPtr conn, unsigned int *heard)\n{\n"
        + c_call(f"    return {naming.function(api, register.name)}", arguments, ";")
        + "\n}"
    )


def source(api: model.Api) -> str:
    """The table for tests/drivers/test_every_event.c."""
    registers = {r.object: r.function for r in events.registrations(api)
                 if r.starts and r.event is None}
    blocks = ["#pragma once", "#include <glib.h>\n#include <libvirt/libvirt.h>", _ROW]
    blocks += [_listener(api, own) for own in events.payloads(api)]
    blocks += [_listen(api, event, registers[event.object]) for event in api.events]
    rows = "".join(
        f"    {{ \"{event.object}/{event.name}\", listen{event.object}{naming.camel(event.name)} }},\n"
        for event in api.events
    )
    blocks.append(f"static const testEventCount testEventCounts[] = {{\n{rows}    {{ NULL, NULL }},\n}};")
    purpose = "/* A listener per event that counts how often it is called. */\n\n"
    return banner("api/*.xml") + purpose + join_paragraphs(blocks)
