# SPDX-License-Identifier: LGPL-2.1-or-later
"""The vocabulary of the specification language: which elements there are, with which attributes."""

from __future__ import annotations

from collections.abc import Mapping

from .source import Element, Problems, suggestion

# Which attributes and children each element may have; the vocabulary of the language.
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    tag: frozenset(names.split())
    for tag, names in {
        "api": "name prefix",
        "release": "name",
        "driver": "name schemes events error-domain faults hooks place features complete",
        "include": "href",
        "module": "name header library error-domain",
        "object": "name driver parent argument error error-domain handle-domain max"
        " acl-name acl-within wire-name wire-by-key wire-order",
        "key": "name type string part since acl-name acl-by wire-name wire-type",
        "permission": "name allow-read-only",
        "limit": "name value since",
        "enum": "name prefix last last-value since visibility",
        "flags": "name prefix last last-value since",
        "value": "name value since text detailed",
        "bit": "name value since",
        "program": "name number version library uses sends",
        "record": "name struct typedef since form wire-name visibility",
        "field": "name type repr length list count stride transfer nullable when max scale wire-name wire-type",
        "union": "name by",
        "callback": "name since",
        "paramset": "name prefix max",
        "event": "object name callback since proc callback-proc wire-late wire-rename",
        "function": "name shape bundle since symbol proc callback-proc program visibility stream wire-order"
        " priority access blocks errors error-domain",
        "self": "type name nullable acl acl-when-flag acl-filter acl-subject write-when-flag write-when wire-name"
        " wire-updated wire-refresh",
        "in": "name type repr list count count-repr count-range stride nullable secret path example range"
        " default max wire-name wire-type wire-nullable",
        "out": "name type repr list count count-repr count-range stride size nullable probe transfer"
        " max wire-name wire-type wire-nullable wire-count wire-need wire-room",
        "inout": "name type list count capacity",
        "count": "name repr range wire-name wire-type",
        "returns": "kind type repr count transfer secret error-value max"
        " wire-name wire-type wire-nullable wire-order",
        "throws": "error",
        "state": "name from to emits error",
        "support": "driver since until flags",
        "without": "driver",
        "quirk": "id reason",
        "name": "lang argument as",
        "requires": "flag needs",
        "excludes": "flag other",
        "doc": "",
        "brief": "",
        "arg": "",
        "ref": "",
        "code": "",
    }.items()
}
CHILDREN: Mapping[str, frozenset[str]] = {
    tag: frozenset(names.split())
    for tag, names in {
        "api": "release driver include",
        "module": "doc program object limit enum flags record callback paramset event function",
        "program": "doc limit",
        "object": "doc key state permission",
        "enum": "doc value",
        "flags": "doc bit",
        "record": "doc field union",
        "union": "field",
        "callback": "doc in out returns",
        "paramset": "doc key",
        "function": "brief doc self in out inout count returns throws state support without quirk name requires excludes",
    }.items()
}
#: The languages whose names an exception may be about.
LANGUAGES = ("python", "perl", "ocaml")
PROSE = frozenset("arg ref code".split())


def check(element: Element, problems: Problems) -> None:
    """Refuse unknown attributes and children, everywhere below `element`."""
    allowed = ATTRIBUTES.get(element.tag)
    if allowed is None:
        problems.add(
            element.where,
            "known-element",
            f"unknown element '{element.tag}'{suggestion(element.tag, ATTRIBUTES)}",
        )
        return
    for name in element.attributes:
        if name not in allowed:
            problems.add(
                element.where,
                "known-attribute",
                f"in {element.path()}: unknown attribute '{name}'{suggestion(name, allowed)}",
            )
    children = CHILDREN.get(element.tag, PROSE)
    for child in element.children:
        if child.tag not in children:
            problems.add(
                child.where,
                "known-child",
                f"in {element.path()}: element '{child.tag}' is not expected here"
                f"{suggestion(child.tag, children)}",
            )
        else:
            check(child, problems)
