# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes the constant tables of commands and options, and the prototypes of their hooks."""

from __future__ import annotations

from generator.shell.model import Command, Group, Option, Shell
from generator.text import banner, c_string


def _symbol(command: Command) -> str:
    return command.hook.removeprefix("shell")


def header(shell: Shell) -> str:
    """gen/client/commands.h"""
    hooks = "\n".join(
        f"bool {command.hook}(virshControl *ctl, const virshArguments *arguments);"
        for command in shell.commands()
    )
    return (
        banner("shell/virsh.xml")
        + f"""
#pragma once

#include "client/shell.h"

extern const virshGroup virshGroups[];
extern const size_t virshGroupCount;
extern const virshGlobal virshGlobals[];
extern const size_t virshGlobalCount;

{hooks}
"""
    )


def _option(command: Command, option: Option) -> str:
    flags = []
    if option.required:
        flags.append("VIRSH_OPTION_REQUIRED")
    if option.named:
        flags.append("VIRSH_OPTION_NAMED")
    parts = [
        f".name = {c_string(option.name)}",
        f".kind = VIRSH_KIND_{option.kind.upper()}",
    ]
    if flags:
        parts.append(f".flags = {' | '.join(flags)}")
    if option.object:
        parts.append(f".object = {c_string(option.object)}")
    if option.choices:
        parts.append(f".choices = {c_string(' '.join(option.choices))}")
    if option.minimum:
        parts.append(f".minimum = {option.minimum}")
    if option.maximum:
        parts.append(f".maximum = {option.maximum}")
    return f"    {{ {', '.join(parts)},\n      .doc = {c_string(option.doc)} }},\n"


def _command_parts(command: Command) -> str:
    name = _symbol(command)
    out = ""
    if command.options:
        rows = "".join(_option(command, option) for option in command.options)
        out += f"static const virshOption options{name}[] = {{\n{rows}}};\n\n"
    pairs = [(pair.first, pair.second) for pair in command.exclusives]
    if pairs:
        rows = "".join(f"    {{ {c_string(a)}, {c_string(b)} }},\n" for a, b in pairs)
        out += f"static const virshPair exclusive{name}[] = {{\n{rows}}};\n\n"
    pairs = [(pair.option, pair.needs) for pair in command.requires]
    if pairs:
        rows = "".join(f"    {{ {c_string(a)}, {c_string(b)} }},\n" for a, b in pairs)
        out += f"static const virshPair requires{name}[] = {{\n{rows}}};\n\n"
    return out


def _row(command: Command, word: str) -> str:
    name = _symbol(command)
    flags = []
    if command.hidden:
        flags.append("VIRSH_COMMAND_HIDDEN")
    if command.offline:
        flags.append("VIRSH_COMMAND_OFFLINE")
    if word != command.name:
        flags.append("VIRSH_COMMAND_ALIAS")
    lines = [f".name = {c_string(word)}"]
    if word != command.name:
        lines.append(f".target = {c_string(command.name)}")
    lines.append(f".hook = {command.hook}")
    if flags:
        lines.append(f".flags = {' | '.join(flags)}")
    if command.options:
        lines.append(f".options = options{name}, .optionCount = G_N_ELEMENTS(options{name})")
    if command.exclusives:
        lines.append(
            f".exclusive = exclusive{name}, .exclusiveCount = G_N_ELEMENTS(exclusive{name})"
        )
    if command.requires:
        lines.append(f".requires = requires{name}, .requiresCount = G_N_ELEMENTS(requires{name})")
    lines.append(f".brief = {c_string(command.brief)}")
    text = "\n\n".join(command.doc)
    lines.append(f".doc = {c_string(text)}")
    return "    { " + ",\n      ".join(lines) + " },\n"


def _group(group: Group) -> str:
    rows = "".join(
        _row(command, word)
        for command in group.commands
        for word in (command.name, *command.aliases)
    )
    return f"static const virshCommand commands_{group.name}[] = {{\n{rows}}};\n"


def source(shell: Shell) -> str:
    """gen/client/commands.c"""
    out = banner("shell/virsh.xml")
    out += '\n#include "client/commands.h"\n\n'
    for command in shell.commands():
        out += _command_parts(command)
    for group in shell.groups:
        out += _group(group) + "\n"
    rows = "".join(
        f"    {{ {c_string(group.name)}, {c_string(group.title)}, commands_{group.name},\n"
        f"      G_N_ELEMENTS(commands_{group.name}) }},\n"
        for group in shell.groups
    )
    out += f"const virshGroup virshGroups[] = {{\n{rows}}};\n\n"
    out += "const size_t virshGroupCount = G_N_ELEMENTS(virshGroups);\n\n"
    rows = ""
    for item in shell.globals:
        short = f"'{item.short}'" if item.short else "0"
        value = c_string(item.value) if item.value else "NULL"
        optional = "true" if item.optional else "false"
        rows += f"    {{ {c_string(item.name)}, {short}, {value}, {optional},\n"
        rows += f"      {c_string(item.doc)} }},\n"
    out += f"const virshGlobal virshGlobals[] = {{\n{rows}}};\n\n"
    out += "const size_t virshGlobalCount = G_N_ELEMENTS(virshGlobals);\n"
    return out
