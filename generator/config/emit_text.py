# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes what administrators read: the annotated file of settings, and the two man pages."""

from __future__ import annotations

from generator.config.model import Daemon, Section, Setting, Settings
from generator.roff import entry, escape, paragraph, strong
from generator.text import banner, wrap


def _value(setting: Setting, text: str) -> str:
    match setting.kind:
        case "bool" | "number":
            return text
        case "size":
            return text if text.isdecimal() else f'"{text}"'
        case "list":
            words = ", ".join(f'"{word}"' for word in text.split())
            return f"[ {words} ]" if words else "[]"
        case _:
            return f'"{text}"'


def _range(setting: Setting) -> str:
    match setting.kind:
        case "bool":
            return "0 or 1"
        case "number":
            return f"a number from {setting.minimum} to {setting.maximum}"
        case "list":
            words = " or ".join(f'"{word}"' for word in setting.choices)
            text = f"a list of {words}" if words else "a list of strings"
            return f"{text}, or one without brackets" if setting.alone else text
        case "port":
            return "a port"
        case "mode":
            return "octal permissions"
        case "auth":
            return '"none", "sasl" or "polkit"'
        case "size":
            return 'a number of bytes or "unlimited"'
        case "user":
            return 'the name of a user, or "+" and a number'
        case "group":
            return 'the name of a group, or "+" and a number'
        case "choice":
            return " or ".join(f'"{word}"' for word in setting.choices)
        case "uuid":
            return "a UUID"
        case _:
            return "a string"


def _notes(setting: Setting) -> list[str]:
    notes = []
    if setting.unused:
        what = "Other values are refused" if setting.refuse else "It is checked but has no effect"
        notes.append(f"{what}: {setting.unused}.")
    if setting.system:
        notes.append("Only for the daemon of the machine.")
    if setting.sockets:
        notes.append("Sockets that systemd hands over are as their units say.")
    if setting.reload:
        notes.append("Can be reloaded.")
    return notes


def _comment(text: str) -> str:
    return wrap(text, 80, "# ") + "\n"


def _line(setting: Setting) -> str:
    out = _comment(" ".join([setting.doc, *_notes(setting)]))
    shown = setting.example or setting.default
    # An absent list and an empty one are not the same.
    known = shown == setting.default or setting.kind == "list"
    default = "" if known else f" Default: {_value(setting, setting.default)}."
    out += _comment(f"Takes {_range(setting)}.{default}")
    return f"{out}#{setting.name} = {_value(setting, shown)}\n\n"


def _part(section: Section) -> str:
    out = f"## {section.title}\n\n"
    for text in section.doc:
        out += _comment(text) + "\n"
    return out + "".join(_line(setting) for setting in section.settings)


def _whose(file: Settings) -> str:
    return f"settings of {file.name}" if isinstance(file, Daemon) else file.brief


def conf(file: Settings) -> str:
    """gen/config/*.conf"""
    out = banner(file.source, "hash")
    whose = _whose(file)
    out += f"#\n# {whose[0].upper()}{whose[1:]}; {file.name}.conf(5) has the same texts.\n"
    out += _comment("A setting is NAME = VALUE on a line: a number, a string in quotes, or a list "
                    "of strings in brackets. Every line below is a comment and shows the default "
                    "or, where that is empty, an example.")
    return out + "\n" + "".join(_part(section) for section in file.sections).rstrip() + "\n"


def _head(name: str, number: int, title: str, source: str, brief: str) -> str:
    out = banner(source, "roff")
    out += f'.TH {name.upper()} {number} "" "" "{title}"\n'
    return out + f".SH NAME\n{name} \\- {escape(brief)}\n"


def conf_page(file: Settings) -> str:
    """gen/man/*.conf.5"""
    name = f"{file.name}.conf"
    reader = file.name if isinstance(file, Daemon) else "The reader"
    out = _head(name, 5, "File Formats", file.source, _whose(file))
    out += ".SH DESCRIPTION\n" + paragraph(
        "The file holds one setting per line, as NAME = VALUE. A value is a number, a string in "
        f"quotes or a list of strings in brackets; a number sign begins a comment. {reader} "
        "does not start with a name, a type or a value that it does not know: it says the file, "
        "the line, the column and what it expected.")
    if not isinstance(file, Daemon):
        out += "".join(".PP\n" + paragraph(text) for text in file.doc)
    for section in file.sections:
        out += f'.SH "{escape(section.title.upper())}"\n'
        out += ".PP\n".join(paragraph(text) for text in section.doc)
        for setting in section.settings:
            notes = [setting.doc, *_notes(setting)]
            head = f"{strong(setting.name)} = {escape(_value(setting, setting.default))}"
            out += entry(strong(setting.name) if setting.kind == "list" else head,
                         " ".join(notes))
            out += f"Takes {escape(_range(setting))}.\n"
    program = file.name if isinstance(file, Daemon) else "libvirtd"
    return out + f'.SH "SEE ALSO"\n{strong(program)}(8), {strong("virt-admin")}(1)\n'


def daemon_page(daemon: Daemon) -> str:
    """gen/man/libvirtd.8"""
    name = daemon.name
    out = _head(name, 8, "System Administration", daemon.source, daemon.brief)
    out += f".SH SYNOPSIS\n{strong(name)} [\\fIoption\\fR]...\n.SH DESCRIPTION\n"
    out += ".PP\n".join(paragraph(text) for text in daemon.doc)
    out += ".SH OPTIONS\n"
    for option in daemon.options:
        head = f"{strong('-' + option.short)}, {strong('--' + option.name)}"
        out += entry(head + (f" \\fI{option.value}\\fR" if option.value else ""), option.doc)
    out += ".SH SIGNALS\n" + "".join(entry(strong(s.name), s.doc) for s in daemon.signals)
    out += ".SH FILES\n" + paragraph(
        "The paths are those of a build for the customary places; --help prints those of this one. "
        "A user's own daemon keeps its settings below XDG_CONFIG_HOME and its sockets below "
        "XDG_RUNTIME_DIR.")
    for path, text in (
        (f"/etc/libvirt/{name}.conf", "the settings"),
        (f"/run/libvirt/libvirt-sock", "the read-write socket"),
        (f"/run/libvirt/libvirt-sock-ro", "the read-only socket"),
        (f"/run/libvirt/libvirt-admin-sock", "the socket of virt-admin"),
        (f"/run/{name}.pid", "the PID file"),
    ):
        out += entry(strong(path), text)
    out += '.SH "EXIT STATUS"\n' + paragraph(
        "0 after an end that was asked for, or with --daemon once the daemon serves; 1 when it "
        "could not start, after saying why.")
    return out + (f'.SH "SEE ALSO"\n{strong(name + ".conf")}(5), {strong("virsh")}(1), '
                  f'{strong("virt-admin")}(1)\n')
