# SPDX-License-Identifier: LGPL-2.1-or-later
"""Server dispatch of one program: the table of its procedures, and the file that holds it all.

A procedure that has no function in the table is a step of a protocol that is written by hand.
"""

from __future__ import annotations

from .. import model
from ..text import banner, join_paragraphs
from ..wire import Derivation, Procedure, Program
from ..wire.lower import OWN, Call, Item, Way, calls
from . import serve, serve_events

#: What a client may ask before it has opened a connection; the first of them before it was authenticated.
_ANONYMOUS = ("AuthList", "AuthSaslInit", "AuthSaslStart", "AuthSaslStep", "AuthPolkit")
_EARLY = (*_ANONYMOUS, "ConnectOpen", "ConnectClose", "ConnectSupportsFeature", "AdmConnectOpen",
          "AdmConnectClose")


def by_hand(made: Procedure) -> bool:
    """Whether the daemon has the function of a procedure itself."""
    function = made.function
    return function is not None and made.direction == "call" and function.shape in OWN


def header(program: Program) -> str:
    """Declarations of what src/daemon has by hand."""
    rows = "\n".join(
        f"int serve{p.name}(virServeCall *call, const void *args, void *ret);"
        for p in program.procedures if by_hand(p)
    )
    table = f"extern const virServeProgram virServe{program.name.capitalize()};"
    if serve_events.relayed(program):
        table += f"\nextern const virServeEvent {serve_events.table_name(program)}[];"
    blocks = ["#pragma once", '#include "daemon/serve.h"', table]
    return banner("api/*.xml") + (
        f"/* Dispatch of the program {program.name}: what is written by hand, and the table. */\n\n"
    ) + join_paragraphs(blocks + ([rows] if rows else []))


def _row(program: Program, index: int, made: Procedure, served: bool) -> str:
    wire = f"&virWire{program.name.capitalize()}Procedures[{index}]"
    function = made.function
    if function is None or not served:
        return f"    {{ .wire = {wire} }},\n"
    blocks = {"no": "QUICK", "monitor": "MONITOR", "long": "LONG"}[function.blocks]
    read = "true" if function.access == "read" else "false"
    early = ", .early = true" if made.name in _EARLY else ""
    early += ", .anonymous = true" if made.name in _ANONYMOUS else ""
    return (
        f"    {{ .wire = {wire}, .serve = serve{made.name},\n"
        f"      .blocks = VIR_SERVE_{blocks}, .readOnly = {read}{early} }},\n"
    )


def _releases(api: model.Api, found: list[Call]) -> list[str]:
    """What releases the records of the lists that functions make."""
    names = dict.fromkeys(
        passage.parameter.type.name for call in found for passage in call.passages
        if passage.way is Way.MADE and passage.item is Item.RECORD
        and passage.parameter.repr is not model.Repr.FLAT)
    return [
        f"static void\n{serve.release_name(name)}(void *records)\n{{\n"
        f"    {api.prefix}{name}{'Free' if serve.frees_one(api, name) else 'ListFree'}(records);\n}}"
        for name in names
    ]


def source(derivation: Derivation, program: Program) -> str:
    functions, rows = [], ""
    served = {call.made.name: call for call in calls(derivation, program)}
    for index, made in enumerate(program.procedures):
        if made.name in served:
            functions.append(serve.function(derivation, served[made.name]))
        rows += _row(program, index, made, made.name in served or by_hand(made))
    name = program.name.capitalize()
    includes = (
        f'#include "daemon/{program.name}.h"\n\n#include <string.h>\n\n#include <libvirt/libvirt.h>\n'
        "#include <libvirt/libvirt-admin.h>\n#include <libvirt/libvirt-lxc.h>\n"
        "#include <libvirt/libvirt-qemu.h>\n#include <libvirt/virterror.h>\n\n"
        '#include "daemon/convert.h"\n#include "runtime/error.h"\n#include "runtime/objects.h"\n'
        '#include "runtime/phases.h"\n'
        f'#include "wire/{program.name}.h"\n#include "wire/{program.name}_objects.h"'
    )
    table = (
        f"static const virServeProcedure procedures[] = {{\n{rows}}};\n\n"
        f"const virServeProgram virServe{name} = {{\n    .wire = &virWireProgram{name},\n"
        "    .count = G_N_ELEMENTS(procedures),\n    .procedures = procedures,\n};"
    )
    return banner("api/*.xml") + (
        f"/* Dispatch of the program {program.name}: from a call to the public function. */\n\n"
    ) + join_paragraphs([includes, *_releases(derivation.api, list(served.values())), *functions,
                         *serve_events.blocks(derivation, program), table])
