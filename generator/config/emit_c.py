# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes the tables behind a configuration file, and behind the command line of a daemon."""

from __future__ import annotations

from generator.config.model import TEXTS, Daemon, Setting, Settings
from generator.text import banner, c_string

#: What the member of a kind is, in C.
MEMBER = {
    "bool": "bool", "number": "int", "size": "gint64", "list": "GStrv", "mode": "mode_t", "auth": "int",
}


def _default(setting: Setting) -> str:
    match setting.kind:
        case "bool" | "number" | "mode":
            return f".number = {setting.default}"
        case "size":
            return f".number = {-1 if setting.default == 'unlimited' else setting.default}"
        case "list":
            return ""
        case _:
            return f".text = {c_string(setting.default)}"


def _row(file: Settings, setting: Setting) -> str:
    parts = [f".name = {c_string(setting.name)}", f".kind = VIR_SETTING_{setting.kind.upper()}"]
    place = f"offsetof({file.record}, {setting.member})" if setting.member else "VIR_SETTING_NOWHERE"
    parts.append(f".offset = {place}")
    if setting.kind == "number":
        parts.append(f".low = {setting.minimum}, .high = {setting.maximum}")
    default = _default(setting)
    if default:
        parts.append(default)
    if setting.choices:
        parts.append(f".choices = {c_string(' '.join(setting.choices))}")
    if setting.alone:
        parts.append(".alone = true")
    if setting.reload:
        parts.append(".reload = true")
    if setting.system:
        parts.append(".system = true")
    if setting.sockets:
        parts.append(".sockets = true")
    if setting.unused:
        parts.append(f".unused = {c_string(setting.unused)}")
    if setting.refuse:
        parts.append(".refuse = true")
    out = "    { "
    line = 6
    for number, part in enumerate(parts):
        text = part + (", " if number + 1 < len(parts) else "")
        if line + len(text) > 96:
            out = out.rstrip() + "\n      "
            line = 6
        out += text
        line += len(text)
    return out + " },\n"


def _fits(file: Settings, setting: Setting) -> str:
    """The compiler compares the member with its kind, because the table knows only its place."""
    type_ = "char *" if setting.kind in TEXTS else MEMBER[setting.kind]
    return (f"_Static_assert(sizeof((({file.record} *) NULL)->{setting.member}) == "
            f"sizeof({type_}),\n               \"the member of {setting.name}\");\n")


def _command_line(daemon: Daemon) -> str:
    rows = letters = helps = ""
    for option in daemon.options:
        needs = "required_argument" if option.value else "no_argument"
        rows += f"    {{ {c_string(option.name)}, {needs}, NULL, '{option.short}' }},\n"
        letters += option.short + (":" if option.value else "")
        left = f"-{option.short} | --{option.name}"
        left += f" <{option.value.lower()}>" if option.value else ""
        helps += f"    {c_string(f'  {left:<26} {option.doc}' + chr(10))}\n"
    out = f"\nconst struct option virDaemonLongOptions[] = {{\n{rows}    {{ NULL, 0, NULL, 0 }},\n}};\n\n"
    out += f"const char virDaemonShortOptions[] = {c_string(letters)};\n\n"
    return out + f"const char virDaemonOptionsHelp[] =\n{helps.rstrip()};\n"


def source(file: Settings) -> str:
    """gen/daemon/settings.c, gen/settings/*.c"""
    table = "virDaemonSettings" if isinstance(file, Daemon) else f"{file.record}Table"
    includes = ["getopt.h"] if isinstance(file, Daemon) else []
    out = banner(file.source) + f'\n#include "{file.header}"\n\n'
    out += "".join(f"#include <{one}>\n" for one in [*includes, "stddef.h", "sys/types.h"]) + "\n"
    out += "".join(_fits(file, setting) for setting in file.settings() if setting.member)
    rows = "".join(_row(file, setting) for setting in file.settings())
    out += f"\nconst virSetting {table}[] = {{\n{rows}}};\n\n"
    out += f"const size_t {table}Count = G_N_ELEMENTS({table});\n"
    return out + (_command_line(file) if isinstance(file, Daemon) else "")
