# SPDX-License-Identifier: LGPL-2.1-or-later
"""Turns the elements of config/*.xml into the model, refusing what the language does not know."""

from __future__ import annotations

from dataclasses import fields

from generator.config.model import (
    KINDS, Daemon, Option, Section, Setting, Settings, Signal, Socket,
)
from generator.source import Element, Problems, suggestion

GRAMMAR: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "daemon": (("name",), ("brief", "doc", "option", "signal", "socket", "section")),
    "file": (("name", "record", "header"), ("brief", "doc", "section")),
    "brief": ((), ()),
    "doc": ((), ()),
    "option": (("name", "short", "value"), ()),
    "signal": (("name",), ()),
    "socket": (("name", "file", "mode", "port", "beside"), ()),
    "section": (("name", "title"), ("doc", "setting")),
    "setting": (
        ("name", "type", "choices", "default", "example", "min", "max", "member", "alone",
         "reload", "system", "sockets", "unused", "refuse"),
        (),
    ),
}
NEEDED = {
    "daemon": ("name",),
    "file": ("name", "record", "header"),
    "option": ("name", "short"),
    "signal": ("name",),
    "socket": ("name",),
    "section": ("name", "title"),
    "setting": ("name", "type"),
}
CLOSED = {
    "type": KINDS,
    "alone": ("yes", "no"),
    "reload": ("yes", "no"),
    "system": ("yes", "no"),
    "sockets": ("yes", "no"),
    "refuse": ("yes", "no"),
}


def check_grammar(element: Element, problems: Problems) -> None:
    """Elements, attributes and closed values; what they mean together is for the rules."""
    attributes, children = GRAMMAR[element.tag]
    for name, value in element.attributes.items():
        if name not in attributes:
            problems.add(element.where, "config-attribute",
                         f"<{element.tag}> has no attribute '{name}'{suggestion(name, attributes)}")
        elif name in CLOSED and value not in CLOSED[name]:
            problems.add(element.where, "config-value",
                         f"'{value}' is not a value of {name}, which takes "
                         f"{', '.join(CLOSED[name])}{suggestion(value, CLOSED[name])}")
    for name in NEEDED.get(element.tag, ()):
        if not element.get(name):
            problems.add(element.where, "config-needed",
                         f"<{element.tag}> needs the attribute '{name}'")
    for child in element.children:
        if child.tag not in children:
            problems.add(child.where, "config-element",
                         f"<{child.tag}> has no place in <{element.tag}>"
                         f"{suggestion(child.tag, children)}")
        else:
            check_grammar(child, problems)


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _setting(element: Element) -> Setting:
    return Setting(
        name=element.get("name"),
        kind=element.get("type"),
        default=element.get("default"),
        example=element.get("example"),
        choices=tuple(element.get("choices").split()),
        minimum=element.get("min"),
        maximum=element.get("max"),
        member=element.get("member"),
        alone=element.get("alone") == "yes",
        reload=element.get("reload") == "yes",
        system=element.get("system") == "yes",
        sockets=element.get("sockets") == "yes",
        unused=element.get("unused"),
        refuse=element.get("refuse") == "yes",
        doc=_squeeze(element.text),
        where=element.where,
    )


def _socket(element: Element) -> Socket:
    return Socket(
        name=element.get("name"),
        file=element.get("file"),
        mode=element.get("mode"),
        port=element.get("port"),
        beside=element.get("beside"),
        doc=_squeeze(element.text),
        where=element.where,
    )


def _section(element: Element) -> Section:
    return Section(
        name=element.get("name"),
        title=element.get("title"),
        doc=tuple(_squeeze(item.text) for item in element.all("doc")),
        settings=tuple(_setting(item) for item in element.all("setting")),
    )


def load_settings(element: Element, problems: Problems) -> Settings | None:
    """What the root element of a file describes; None after reporting another root."""
    if element.tag not in ("daemon", "file"):
        problems.add(element.where, "config-element",
                     f"the root is <{element.tag}>, not <daemon> or <file>")
        return None
    check_grammar(element, problems)
    brief = element.one("brief")
    plain = Settings(
        name=element.get("name"),
        brief="" if brief is None else _squeeze(brief.text),
        doc=tuple(_squeeze(item.text) for item in element.all("doc")),
        sections=tuple(_section(item) for item in element.all("section")),
        source=element.where.file,
        record=element.get("record") or "virDaemonConfig",
        header=element.get("header") or "daemon/settings.h",
    )
    if element.tag == "file":
        return plain
    return Daemon(
        **{one.name: getattr(plain, one.name) for one in fields(plain)},
        options=tuple(
            Option(item.get("name"), item.get("short"), item.get("value"), _squeeze(item.text),
                   item.where)
            for item in element.all("option")
        ),
        signals=tuple(Signal(item.get("name"), _squeeze(item.text))
                      for item in element.all("signal")),
        sockets=tuple(_socket(item) for item in element.all("socket")),
    )
