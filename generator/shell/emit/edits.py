# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes the commands that open an editor on the document of an object."""

from __future__ import annotations

from generator import model as api_model
from generator.shell.emit.bind import fetch_object, function_of, has_flags, own_option, say, variable
from generator.shell.emit.calls import HEAD
from generator.shell.model import Command, Edit, Shell
from generator.text import c_call


def edit_source(shell: Shell, api: api_model.Api, command: Command, edit: Edit) -> str:
    """The store function of one object and the hook."""
    own = own_option(shell, api, command, edit.read)
    assert own is not None
    found = shell.object(own.object)
    assert found is not None
    name = command.symbol
    type_ = found.type
    handle = variable(own.name)
    declare, find = fetch_object(shell, own)
    written = [shell.handle, "text"]
    if has_flags(function_of(api, edit.write)):
        written.append(edit.write_flags or "0")
    read = [handle]
    if has_flags(function_of(api, edit.read)):
        read.append(edit.read_flags or "0")
    store = (
        f"static bool store{name}(virshControl *ctl, const char *text, void *opaque)\n{{\n"
        f"    vir{type_}Ptr *stored = opaque;\n\n"
        + c_call(f"    *stored = vir{edit.write}", written, ";\n")
        + "    return *stored != NULL;\n}\n"
    )
    body = declare
    body += f"    g_autoptr(virsh{type_}) stored = NULL;\n    g_autofree char *text = NULL;\n\n"
    body += find + c_call(f"    text = vir{edit.read}", read, ";\n")
    if edit.read_flags:
        # drivers that do not know the flag have one document for both
        again = c_call(f"        text = vir{edit.read}", [*read[:-1], "0"], ";\n")
        body += "    if (!text && virGetLastErrorCode() == VIR_ERR_INVALID_ARG) {\n"
        body += f"        virshForgetFailure(ctl);\n{again}    }}\n"
    body += "    if (!text)\n        return false;\n"
    body += f"    switch (virshEdit(ctl, text, store{name}, &stored)) {{\n"
    body += "    case VIRSH_EDIT_FAILED:\n        return false;\n"
    body += "    case VIRSH_EDIT_UNCHANGED:\n        "
    body += say("virshExtra", command, edit.unchanged, {"name": f"vir{found.label}({handle})"},
                "\n")
    body += "        return true;\n    case VIRSH_EDIT_STORED:\n"
    body += say("        virshExtra", command, edit.ok, {"name": f"vir{found.label}(stored)"}, "\n")
    body += "        return true;\n    }\n    return false;\n"
    return f"{store}\nbool {command.hook}{HEAD}{body}}}\n"
