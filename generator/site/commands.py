# SPDX-License-Identifier: LGPL-2.1-or-later
"""The commands of the shells, flattened for readers."""

from __future__ import annotations

from xml.sax.saxutils import escape

from .. import model, naming
from ..shell.callers import callers
from ..shell.model import Command, Option, Shell
from ..text import banner
from .links import Links, attributes, element


def usage(option: Option) -> str:
    """An option in a synopsis."""
    match option.kind:
        case "flag":
            return f"[--{option.name}]"
        case "rest":
            return f"{option.name}..." if option.required else f"[{option.name}...]"
        case _ if option.required and not option.named:
            return f"<{option.name}>"
        case _:
            pass
    text = f"--{option.name} <{option.label}>"
    return text if option.required else f"[{text}]"


def _command(command: Command, functions: list[str], links: Links) -> str:
    synopsis = " ".join([command.name, *(usage(option) for option in command.options)])
    out = f"<command{attributes(name=command.name, since=command.since, aliases=' '.join(command.aliases))}>\n"
    out += f"<brief>{escape(command.brief)}</brief><usage>{escape(synopsis)}</usage>\n"
    out += "".join(f"<doc>{links.marked(text)}</doc>\n" for text in command.doc)
    for option in command.options:
        out += element("option", escape(option.doc), name=option.name, kind=option.kind,
                       since=option.since, choices=", ".join(option.choices)) + "\n"
    out += "".join(f"<function>{links.reference(name)}</function>\n" for name in functions)
    return out + "</command>\n"


def render(api: model.Api, shells: tuple[Shell, ...], links: Links) -> str:
    out = '<?xml version="1.0" encoding="UTF-8"?>\n' + banner("shell/*.xml", "xml")
    out += f"<shells{attributes(release=api.release)}>\n"
    for shell in shells:
        out += f"<shell{attributes(name=shell.name)}><brief>{escape(shell.brief)}</brief>\n"
        out += "".join(f"<doc>{links.marked(text)}</doc>\n" for text in shell.doc)
        for item in shell.globals:
            out += element("global", escape(item.doc), name=item.name, short=item.short,
                           value=item.value) + "\n"
        called: dict[str, list[str]] = {}
        by = callers(shell)
        for function in api.functions:
            for command in by.get(function.name, ()):
                called.setdefault(command.name, []).append(naming.function(api, function.name))
        for group in shell.groups:
            out += f"<group{attributes(name=group.name, title=group.title)}>\n"
            out += "".join(_command(command, called.get(command.name, []), links)
                           for command in group.commands if not command.hidden)
            out += "</group>\n"
        out += "</shell>\n"
    return out + "</shells>\n"
