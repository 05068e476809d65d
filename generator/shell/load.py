# SPDX-License-Identifier: LGPL-2.1-or-later
"""Turns the elements of shell/*.xml into the model, refusing what the language does not know."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.shell.model import (
    KINDS,
    OBJECTS,
    RESULTS,
    Argument,
    Bit,
    Call,
    Command,
    Exclusive,
    Global,
    Group,
    Option,
    Requires,
    Shell,
)
from generator.source import Element, Problems, read, suggestion

INDEX = "shell/virsh.xml"

GRAMMAR: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "shell": (("name",), ("brief", "doc", "global", "set", "include")),
    "global": (("name", "short", "value", "optional"), ()),
    "set": (("name",), ("option", "exclusive", "requires")),
    "include": (("href",), ()),
    "group": (("name", "title"), ("command",)),
    "command": (
        ("name", "aliases", "hidden", "offline", "since"),
        ("brief", "doc", "option", "use", "exclusive", "requires", "call"),
    ),
    "brief": ((), ()),
    "doc": ((), ()),
    "option": (
        ("name", "kind", "object", "choices", "required", "named", "min", "max", "since"),
        (),
    ),
    "use": (("set",), ()),
    "exclusive": (("first", "second"), ()),
    "requires": (("option", "needs"), ()),
    "call": (
        ("function", "result", "of", "ok", "fail", "flags", "affect"),
        ("argument", "bit"),
    ),
    "argument": (("option", "document"), ()),
    "bit": (("option", "value"), ()),
}

NEEDED = {
    "shell": ("name",),
    "global": ("name",),
    "set": ("name",),
    "include": ("href",),
    "group": ("name", "title"),
    "command": ("name",),
    "option": ("name", "kind"),
    "use": ("set",),
    "exclusive": ("first", "second"),
    "requires": ("option", "needs"),
    "call": ("function",),
    "argument": ("option",),
    "bit": ("option", "value"),
}

CLOSED: dict[tuple[str, str], tuple[str, ...]] = {
    ("option", "kind"): KINDS,
    ("option", "object"): OBJECTS,
    ("option", "required"): ("yes", "no"),
    ("option", "named"): ("yes", "no"),
    ("command", "hidden"): ("yes", "no"),
    ("command", "offline"): ("yes", "no"),
    ("global", "optional"): ("yes", "no"),
    ("call", "result"): RESULTS,
    ("call", "flags"): ("yes", "no"),
    ("call", "affect"): ("yes", "no"),
    ("argument", "document"): ("yes", "no"),
}


@dataclass(frozen=True)
class _Set:
    options: tuple[Option, ...]
    exclusives: tuple[Exclusive, ...]
    requires: tuple[Requires, ...]


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def check_grammar(element: Element, problems: Problems) -> None:
    """Elements, attributes and closed values; what they mean together is for the rules."""
    attributes, children = GRAMMAR[element.tag]
    for name, value in element.attributes.items():
        if name not in attributes:
            hint = suggestion(name, attributes)
            problems.add(
                element.where, "shell-attribute", f"<{element.tag}> has no attribute '{name}'{hint}"
            )
        closed = CLOSED.get((element.tag, name))
        if closed is not None and value not in closed:
            hint = suggestion(value, closed)
            problems.add(
                element.where,
                "shell-value",
                f"'{value}' is not a value of {name}, which takes {', '.join(closed)}{hint}",
            )
    for name in NEEDED.get(element.tag, ()):
        if not element.get(name):
            problems.add(
                element.where, "shell-needed", f"<{element.tag}> needs the attribute '{name}'"
            )
    for child in element.children:
        if child.tag not in children:
            hint = suggestion(child.tag, children)
            problems.add(
                child.where, "shell-element", f"<{child.tag}> has no place in <{element.tag}>{hint}"
            )
        else:
            check_grammar(child, problems)


def _option(element: Element) -> Option:
    kind = element.get("kind")
    return Option(
        name=element.get("name"),
        kind=kind,
        required=element.get("required") == "yes",
        named=element.get("named") == "yes" or kind == "flag",
        choices=tuple(element.get("choices").split()),
        object=element.get("object"),
        minimum=element.get("min"),
        maximum=element.get("max"),
        since=element.get("since"),
        doc=_squeeze(element.text),
        where=element.where,
    )


def _exclusive(element: Element) -> Exclusive:
    return Exclusive(element.get("first"), element.get("second"), element.where)


def _requires(element: Element) -> Requires:
    return Requires(element.get("option"), element.get("needs"), element.where)


def _call(element: Element) -> Call:
    return Call(
        function=element.get("function"),
        result=element.get("result", "status"),
        of=element.get("of"),
        ok=element.get("ok"),
        fail=element.get("fail"),
        arguments=tuple(
            Argument(item.get("option"), item.get("document") == "yes")
            for item in element.all("argument")
        ),
        bits=tuple(Bit(item.get("option"), item.get("value")) for item in element.all("bit")),
        flags=element.get("flags") == "yes" or element.one("bit") is not None,
        affect=element.get("affect") == "yes",
        where=element.where,
    )


def _command(element: Element, sets: dict[str, _Set], problems: Problems) -> Command:
    options: list[Option] = []
    exclusives = [_exclusive(item) for item in element.all("exclusive")]
    requires = [_requires(item) for item in element.all("requires")]
    for child in element.children:
        if child.tag == "option":
            options.append(_option(child))
        elif child.tag == "use":
            found = sets.get(child.get("set"))
            if found is None:
                hint = suggestion(child.get("set"), sets)
                problems.add(
                    child.where, "shell-set", f"there is no set '{child.get('set')}'{hint}"
                )
                continue
            options.extend(found.options)
            exclusives.extend(found.exclusives)
            requires.extend(found.requires)
    brief = element.one("brief")
    call = element.one("call")
    return Command(
        name=element.get("name"),
        aliases=tuple(element.get("aliases").split()),
        hidden=element.get("hidden") == "yes",
        offline=element.get("offline") == "yes",
        since=element.get("since"),
        brief="" if brief is None else _squeeze(brief.text),
        doc=tuple(_squeeze(item.text) for item in element.all("doc")),
        options=tuple(options),
        exclusives=tuple(exclusives),
        requires=tuple(requires),
        call=None if call is None else _call(call),
        where=element.where,
    )


def _global(element: Element) -> Global:
    return Global(
        name=element.get("name"),
        short=element.get("short"),
        value=element.get("value"),
        optional=element.get("optional") == "yes",
        doc=_squeeze(element.text),
        where=element.where,
    )


def _root(root: Path, name: str, tag: str, problems: Problems) -> Element | None:
    element = read(root / name, name, problems)
    if element is None:
        return None
    if element.tag != tag:
        problems.add(element.where, "shell-element", f"the root is <{element.tag}>, not <{tag}>")
        return None
    check_grammar(element, problems)
    return element


def load_shell(root: Path, problems: Problems) -> Shell:
    """Reads the index and every group it includes."""
    index = _root(root, INDEX, "shell", problems)
    if index is None:
        return Shell("", "", (), (), ())
    sets = {
        item.get("name"): _Set(
            tuple(_option(child) for child in item.all("option")),
            tuple(_exclusive(child) for child in item.all("exclusive")),
            tuple(_requires(child) for child in item.all("requires")),
        )
        for item in index.all("set")
    }
    groups = []
    for include in index.all("include"):
        source = str(Path(INDEX).parent / include.get("href"))
        element = _root(root, source, "group", problems)
        if element is None:
            continue
        commands = tuple(_command(item, sets, problems) for item in element.all("command"))
        groups.append(Group(element.get("name"), element.get("title"), source, commands))
    brief = index.one("brief")
    return Shell(
        name=index.get("name"),
        brief="" if brief is None else _squeeze(brief.text),
        doc=tuple(_squeeze(item.text) for item in index.all("doc")),
        globals=tuple(_global(item) for item in index.all("global")),
        groups=tuple(groups),
    )


