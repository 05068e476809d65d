# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes the man page from the same tables that `help` prints."""

from __future__ import annotations

from generator.shell.model import Command, Global, Option, Shell
from generator.text import banner


def escape(text: str) -> str:
    """Text that roff shows as it is."""
    out = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return "\\&" + out if out.startswith(".") else out


def _paragraph(text: str) -> str:
    """Filled lines short enough to be read in the source."""
    lines: list[str] = []
    current = ""
    for word in text.split():
        if current and len(current) + len(word) > 76:
            lines.append(current)
            current = word
        else:
            current = f"{current} {word}" if current else word
    lines.append(current)
    return "".join(escape(line) + "\n" for line in lines)


def _name(word: str) -> str:
    return f"\\fB{escape(word)}\\fR"


def _value(word: str) -> str:
    return f"\\fI{escape(word)}\\fR"


def _usage(option: Option) -> str:
    match option.kind:
        case "flag":
            return f"[{_name('--' + option.name)}]"
        case "rest":
            word = _value(option.name)
            return f"{word}..." if option.required else f"[{word}...]"
        case _ if option.required and not option.named:
            return _value(option.name)
        case _:
            pass
    text = f"{_name('--' + option.name)} {_value(option.label)}"
    return text if option.required else f"[{text}]"


def _entry(option: Option) -> str:
    head = _name("--" + option.name)
    if option.kind != "flag":
        head += f" {_value(option.label)}"
    out = f".TP\n{head}\n{_paragraph(option.doc)}"
    if option.choices:
        out += f"One of: {escape(', '.join(option.choices))}.\n"
    return out


def _json(command: Command) -> str:
    """Which members the JSON of a command has."""
    if not command.views:
        return ""
    keys = list(dict.fromkeys(column.key for view in command.views for column in view.columns))
    named = ", ".join(_name(key) for key in keys)
    more = "one member per parameter of the API"
    kind = "an array of objects" if command.views[-1].many else "an object"
    return f".PP\nAs JSON it is {kind} with {named or more}.\n"


def _command(command: Command) -> str:
    usage = " ".join([_name(command.name), *(_usage(option) for option in command.options)])
    out = f".SS {escape(command.name)}\n{usage}\n"
    for paragraph in command.doc:
        out += f".PP\n{_paragraph(paragraph)}"
    if command.aliases:
        out += f".PP\nAlso: {', '.join(_name(word) for word in command.aliases)}.\n"
    for option in command.options:
        out += _entry(option)
    out += _json(command)
    for pair in command.exclusives:
        first, second = _name("--" + pair.first), _name("--" + pair.second)
        out += f".PP\n{first} and {second} exclude each other.\n"
    for need in command.requires:
        needed = " or ".join(_name("--" + name) for name in need.needs.split())
        out += f".PP\n{_name('--' + need.option)} needs {needed}.\n"
    return out


def _global(item: Global) -> str:
    words = [_name("-" + item.short)] if item.short else []
    words.append(_name("--" + item.name))
    head = ", ".join(words)
    if item.value:
        head += f"[=\\fI{item.value}\\fR]" if item.optional else f" {_value(item.value)}"
    return f".TP\n{head}\n{_paragraph(item.doc)}"


def page(shell: Shell) -> str:
    """gen/man/virsh.1"""
    name = shell.name
    out = banner("shell/virsh.xml", "roff")
    out += f'.TH {name.upper()} 1 "" "" "User Commands"\n'
    out += f".SH NAME\n{name} \\- {escape(shell.brief)}\n"
    start = f"{_name(name)} [\\fIoption\\fR]..."
    out += f".SH SYNOPSIS\n{start} [\\fIcommand\\fR [\\fIargument\\fR]...]\n"
    out += f".PP\n{start} \\(aq\\fIcommand\\fR; \\fIcommand\\fR; ...\\(aq\n"
    out += ".SH DESCRIPTION\n"
    out += ".PP\n".join(_paragraph(paragraph) for paragraph in shell.doc)
    out += ".SH OPTIONS\n" + "".join(_global(item) for item in shell.globals)
    for group in shell.groups:
        out += f'.SH "{escape(group.title.upper())}"\n'
        out += f"The keyword of this group for {_name('help')} is {_name(group.name)}.\n"
        out += "".join(_command(command) for command in group.commands if not command.hidden)
    out += """.SH "EXIT STATUS"
0 when the last command succeeded, 1 when it failed or could not be understood.
.SH ENVIRONMENT
.TP
\\fBVIRSH_DEFAULT_CONNECT_URI\\fR
The connection to open when \\fB\\-c\\fR is not given.
.TP
\\fBLIBVIRT_DEFAULT_URI\\fR
The same for every program; the variable above wins.
.TP
\\fBVIRSH_DEBUG\\fR
The debug level when \\fB\\-d\\fR is not given.
.TP
\\fBVISUAL\\fR, \\fBEDITOR\\fR
The editor that the editing commands start; \\fBvi\\fR when neither is set.
.TP
\\fBVIRSH_HISTSIZE\\fR
How many lines the interactive history keeps; 500 by default.
"""
    return out
