# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes the man page from the same tables that `help` prints."""

from __future__ import annotations

from generator.roff import emphasis, entry, escape, paragraph, strong
from generator.shell.model import Command, Edit, Global, Option, Shell
from generator.text import banner


def _usage(option: Option) -> str:
    match option.kind:
        case "flag":
            return f"[{strong('--' + option.name)}]"
        case "rest":
            word = emphasis(option.name)
            return f"{word}..." if option.required else f"[{word}...]"
        case _ if option.required and not option.named:
            return emphasis(option.name)
        case _:
            pass
    text = f"{strong('--' + option.name)} {emphasis(option.label)}"
    return text if option.required else f"[{text}]"


def _entry(option: Option) -> str:
    head = strong("--" + option.name)
    if option.kind != "flag":
        head += f" {emphasis(option.label)}"
    out = entry(head, option.doc)
    if option.since:
        out += f"Since {option.since}.\n"
    if option.choices:
        out += f"One of: {escape(', '.join(option.choices))}.\n"
    return out


def _json(command: Command) -> str:
    """Which members the JSON of a command has."""
    if not command.views:
        return ""
    keys = list(dict.fromkeys(column.key for view in command.views for column in view.columns))
    named = ", ".join(strong(key) for key in keys)
    more = "one member per parameter of the API"
    kind = "an array of objects" if command.views[-1].many else "an object"
    return f".PP\nAs JSON it is {kind} with {named or more}.\n"


def _command(command: Command) -> str:
    usage = " ".join([strong(command.name), *(_usage(option) for option in command.options)])
    out = f".SS {escape(command.name)}\n{usage}\n"
    for text in command.doc:
        out += f".PP\n{paragraph(text)}"
    if command.aliases:
        out += f".PP\nAlso: {', '.join(strong(word) for word in command.aliases)}.\n"
    if command.since:
        out += f".PP\nSince {command.since}.\n"
    for option in command.options:
        out += _entry(option)
    out += _json(command)
    for pair in command.exclusives:
        first, second = strong("--" + pair.first), strong("--" + pair.second)
        out += f".PP\n{first} and {second} exclude each other.\n"
    for need in command.requires:
        needed = " or ".join(strong("--" + name) for name in need.needs.split())
        out += f".PP\n{strong('--' + need.option)} needs {needed}.\n"
    return out


def _global(item: Global) -> str:
    words = [strong("-" + item.short)] if item.short else []
    words.append(strong("--" + item.name))
    head = ", ".join(words)
    if item.value:
        head += f"[=\\fI{item.value}\\fR]" if item.optional else f" {emphasis(item.value)}"
    return entry(head, item.doc)


def _environment(shell: Shell) -> str:
    default = "LIBVIRT_DEFAULT_URI" if shell.connection == "Connect" else "LIBVIRT_ADMIN_DEFAULT_URI"
    rows = [
        (f"{shell.variables}_DEFAULT_CONNECT_URI", "The connection to open when --connect is not given."),
        (default, "The same for every program; the variable above wins."),
        (f"{shell.variables}_DEBUG", "The debug level when --debug is not given."),
        (f"{shell.variables}_LOG_FILE", "The log file when --log is not given."),
        (f"{shell.variables}_HISTSIZE",
         "How many lines the interactive history keeps; 500 by default."),
    ]
    out = ".SH ENVIRONMENT\n" + "".join(entry(strong(name), text) for name, text in rows)
    if any(isinstance(body, Edit) for command in shell.commands() for body in command.bodies):
        out += entry(f"{strong('VISUAL')}, {strong('EDITOR')}",
                     "The editor that the editing commands start; vi when neither is set.")
    return out


def page(shell: Shell) -> str:
    """gen/man/<shell>.1"""
    name = shell.name
    out = banner(shell.source, "roff")
    out += f'.TH {name.upper()} 1 "" "" "User Commands"\n'
    out += f".SH NAME\n{name} \\- {escape(shell.brief)}\n"
    start = f"{strong(name)} [\\fIoption\\fR]..."
    out += f".SH SYNOPSIS\n{start} [\\fIcommand\\fR [\\fIargument\\fR]...]\n"
    out += f".PP\n{start} \\(aq\\fIcommand\\fR; \\fIcommand\\fR; ...\\(aq\n"
    out += ".SH DESCRIPTION\n"
    out += ".PP\n".join(paragraph(text) for text in shell.doc)
    out += ".SH OPTIONS\n" + "".join(_global(item) for item in shell.globals)
    for group in shell.groups:
        out += f'.SH "{escape(group.title.upper())}"\n'
        out += f"The keyword of this group for {strong('help')} is {strong(group.name)}.\n"
        out += "".join(_command(command) for command in group.commands if not command.hidden)
    out += '.SH "EXIT STATUS"\n' + paragraph(
        "0 when the last command succeeded, 1 when it failed or could not be understood.")
    return out + _environment(shell)
