# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes the constant tables of commands and options, and the prototypes of their hooks."""

from __future__ import annotations

from collections.abc import Sequence

from generator.shell.model import Column, Command, Group, Option, Shell, View
from generator.text import banner, c_string


def camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))


def header(shells: Sequence[Shell], callbacks: Sequence[str]) -> str:
    """gen/client/commands.h: the hooks of all shells, some of which they share."""
    commands = [command for shell in shells for command in shell.commands()]
    hooks = "\n".join(dict.fromkeys(
        f"bool {command.hook}(virshControl *ctl, const virshArguments *arguments);"
        for command in commands
    ))
    completers = {option.complete for command in commands for option in command.options}
    offers = "\n".join(
        f"void offer{camel(name)}(virshControl *ctl, const virshArguments *arguments,\n"
        f"{' ' * len(f'void offer{camel(name)}(')}GPtrArray *found, const char *prefix);"
        for name in sorted(completers - {""})
    )
    hand = "\n".join(callbacks)
    return (
        banner("shell/*.xml")
        + f"""
#pragma once

#include "client/arguments.h"

{hooks}

{offers}

{hand}
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
    if option.only:
        parts.append(f".only = {option.only}")
    if option.choices:
        parts.append(f".choices = {c_string(' '.join(option.choices))}")
    if option.complete:
        parts.append(f".complete = offer{camel(option.complete)}")
    if option.minimum:
        parts.append(f".minimum = {option.minimum}")
    if option.maximum:
        parts.append(f".maximum = {option.maximum}")
    return f"    {{ {', '.join(parts)},\n      .doc = {c_string(option.doc)} }},\n"


def _pretty(column: Column) -> list[str]:
    """`always`, `with OPTION` or `unless OPTION`."""
    word, _, option = column.pretty.partition(" ")
    parts = [f".pretty = VIRSH_PRETTY_{word.upper()}"]
    return parts + ([f".prettyOption = {c_string(option)}"] if option else [])


def _column(column: Column) -> str:
    parts = [
        f".key = {c_string(column.key)}",
        f".title = {c_string(column.title)}",
        f".kind = VIRSH_VALUE_{column.kind.upper()}",
    ]
    if column.words:
        parts.append(f".words = {c_string('|'.join(column.words))}")
    if column.none is not None:
        parts.append(f".none = {c_string(column.none)}")
    if column.when:
        parts.append(f".when = {c_string(column.when)}")
    if column.unit:
        parts.append(f".unit = {c_string(column.unit)}")
    if column.decimals:
        parts.append(f".decimals = {column.decimals}")
    if column.pretty:
        parts += _pretty(column)
    if column.get:
        parts.append(f".get = {c_string(column.get)}")
    if column.pad:
        parts.append(f".pad = {column.pad}")
    if column.json:
        parts.append(".json = true")
    if column.repeated:
        parts.append(".repeated = true")
    return f"    {{ {', '.join(parts)} }},\n"


def _view(name: str, number: int, view: View) -> tuple[str, str]:
    """The table of the columns, and the row of the view itself."""
    columns = f"columns{name}{number}"
    rows = "".join(_column(column) for column in view.columns)
    table = ""
    parts = [f".kind = VIRSH_VIEW_{view.kind.upper()}"]
    if view.when:
        parts.append(f".when = {c_string(view.when)}")
    if view.many:
        parts.append(".many = true")
    if view.gap:
        parts.append(".gap = true")
    parts += [f".width = {view.width}", f".between = {c_string(view.between)}"]
    if view.head:
        parts.append(f".head = {c_string(view.head)}")
    if view.caption:
        parts.append(f".caption = {c_string(view.caption)}")
    if view.columns:
        table = f"static const virshColumn {columns}[] = {{\n{rows}}};\n\n"
        parts.append(f".columns = {columns}, .count = G_N_ELEMENTS({columns})")
    return table, f"    {{ {', '.join(parts)} }},\n"


def _views(command: Command) -> str:
    name = command.symbol
    made = [_view(name, number, view) for number, view in enumerate(command.views, 1)]
    rows = "".join(row for _, row in made)
    tables = "".join(table for table, _ in made)
    return f"{tables}static const virshView views{name}[] = {{\n{rows}}};\n\n"


def _command_parts(command: Command) -> str:
    name = command.symbol
    out = _views(command) if command.views else ""
    if command.options:
        rows = "".join(_option(command, option) for option in command.options)
        out += f"static const virshOption options{name}[] = {{\n{rows}}};\n\n"
    if command.exclusives:
        rows = "".join(
            f"    {{ {c_string(pair.first)}, {c_string(pair.second)}, "
            f"{c_string(pair.wrong) if pair.wrong else 'NULL'} }},\n"
            for pair in command.exclusives
        )
        out += f"static const virshPair exclusive{name}[] = {{\n{rows}}};\n\n"
    if command.requires:
        rows = "".join(
            f"    {{ {c_string(pair.option)}, {c_string(pair.needs)}, "
            f"{c_string(pair.wrong) if pair.wrong else 'NULL'} }},\n"
            for pair in command.requires
        )
        out += f"static const virshPair requires{name}[] = {{\n{rows}}};\n\n"
    return out


def _row(command: Command, word: str) -> str:
    name = command.symbol
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
    if command.views:
        lines.append(f".views = views{name}, .viewCount = G_N_ELEMENTS(views{name})")
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
    return f"static const virshCommand commands_{group.name.replace('-', '_')}[] = {{\n{rows}}};\n"


def source(shell: Shell) -> str:
    """gen/client/<shell>.c"""
    out = banner(shell.source)
    out += '\n#include "client/commands.h"\n#include "client/program.h"\n\n'
    out += f"const char virshProgramName[] = {c_string(shell.name)};\n\n"
    out += f"const char virshProgramTitle[] = {c_string(shell.title)};\n\n"
    out += f"const char virshProgramVariables[] = {c_string(shell.variables)};\n\n"
    for command in shell.commands():
        out += _command_parts(command)
    for group in shell.groups:
        out += _group(group) + "\n"
    rows = "".join(
        f"    {{ {c_string(group.name)}, {c_string(group.title)}, commands_{group.name.replace('-', '_')},\n"
        f"      G_N_ELEMENTS(commands_{group.name.replace('-', '_')}) }},\n"
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
