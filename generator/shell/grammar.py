# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the shell language knows: elements, their attributes, and the closed sets of values."""

from __future__ import annotations

from generator.shell.model import KINDS, RESULTS, VALUES, VIEWS
from generator.source import Element, Problems, suggestion

BODIES = ("call", "list", "show", "edit", "tune", "events")
_VIEW = ("when", "many", "gap", "width", "between", "head", "caption")

GRAMMAR: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "shell": (("name", "title", "variables", "connection"), ("brief", "doc", "global", "object", "set", "include")),
    "global": (("name", "short", "value", "optional"), ()),
    "object": (("name", "type", "list", "within", "label", "fail", "quiet"), ("lookup",)),
    "lookup": (("function", "form"), ()),
    "set": (("name",), ("option", "exclusive", "requires", "parameter")),
    "include": (("href",), ()),
    "group": (("name", "title", "hooks"), ("command",)),
    "part": (("of",), ("command",)),
    "command": (
        ("name", "aliases", "hidden", "offline", "since"),
        ("brief", "doc", "option", "use", "exclusive", "requires", *BODIES, *VIEWS),
    ),
    "brief": ((), ()),
    "doc": ((), ()),
    "option": (
        ("name", "kind", "object", "choices", "required", "named", "min", "max", "complete", "only", "since"),
        (),
    ),
    "use": (("set", "only"), ()),
    "exclusive": (("first", "second", "wrong"), ()),
    "requires": (("option", "needs", "wrong"), ()),
    "call": (
        ("function", "plain", "result", "of", "when", "ok", "fail", "end", "affect"),
        ("argument", "bit"),
    ),
    "argument": (
        (
            "option",
            "document",
            "flag",
            "unless",
            "value",
            "words",
            "wrong",
            "scale",
            "divide",
            "exact",
            "min",
            "default",
        ),
        (),
    ),
    "bit": (("option", "unless", "value", "words", "wrong"), ()),
    "list": (("function", "of", "fail"), ("bit",)),
    "show": (("fail", "affect"), ("argument", "bit")),
    "edit": (("read", "read-flags", "write", "write-flags", "unchanged", "ok"), ()),
    "tune": (
        ("get", "set", "counted", "read", "write", "malformed", "unlimited", "affect"),
        ("argument", "parameter"),
    ),
    "parameter": (
        ("option", "key", "type", "scale", "divide", "unlimited", "words", "parts", "wrong", "negative"),
        (),
    ),
    "events": ((), ("event",)),
    "event": (("name", "text", "hand"), ("word",)),
    "word": (("argument", "key", "by", "words"), ()),
    "table": (_VIEW, ("column",)),
    "fields": (_VIEW, ("column",)),
    "words": (_VIEW, ("column",)),
    "column": (
        (
            "key",
            "title",
            "kind",
            "get",
            "part",
            "words",
            "none",
            "optional",
            "when",
            "if",
            "unit",
            "decimals",
            "divide",
            "zero",
            "pretty",
            "pad",
            "repeated",
            "json",
        ),
        (),
    ),
}

NEEDED = {
    "shell": ("name", "title", "variables"),
    "global": ("name",),
    "object": ("name", "type"),
    "lookup": ("function",),
    "set": ("name",),
    "include": ("href",),
    "group": ("name", "title"),
    "part": ("of",),
    "command": ("name",),
    "option": ("name", "kind"),
    "use": ("set",),
    "exclusive": ("first", "second"),
    "requires": ("option", "needs"),
    "call": ("function",),
    "bit": ("value",),
    "list": ("function", "of"),
    "edit": ("read", "write", "unchanged", "ok"),
    "parameter": ("option", "key", "type"),
    "event": ("name",),
    "word": ("argument",),
    "column": ("key",),
}

YES_NO = ("yes", "no")

CLOSED: dict[tuple[str, str], tuple[str, ...]] = {
    ("shell", "connection"): ("Connect", "AdmConnect"),
    ("option", "kind"): KINDS,
    ("option", "required"): YES_NO,
    ("option", "named"): YES_NO,
    ("command", "hidden"): YES_NO,
    ("command", "offline"): YES_NO,
    ("global", "optional"): YES_NO,
    ("object", "quiet"): YES_NO,
    ("lookup", "form"): ("id", "uuid", "any"),
    ("call", "result"): RESULTS,
    ("call", "affect"): YES_NO,
    ("argument", "document"): ("file", "inline"),
    ("parameter", "type"): ("int", "uint", "llong", "ullong", "bool", "string"),
    ("parameter", "unlimited"): YES_NO,
    ("tune", "affect"): YES_NO,
    ("event", "hand"): YES_NO,
    ("column", "kind"): VALUES,
    ("column", "optional"): YES_NO,
    ("column", "repeated"): YES_NO,
    ("column", "json"): YES_NO,
    ("column", "zero"): ("none",),
    ("show", "affect"): YES_NO,
    **{(view, name): YES_NO for view in VIEWS for name in ("many", "gap")},
}


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
