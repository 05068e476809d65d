# SPDX-License-Identifier: LGPL-2.1-or-later
"""`explain RULE`: what a rule wants. The id of a rule stands in brackets behind each message.

Rules are functions, and their docstring is the explanation; what the readers of the four languages
refuse themselves is explained here.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable

from . import rules
from .config import rules as config_rules
from .schema import rules as schema_rules
from .shell import rules as shell_rules
from .wire import rules as wire_rules

#: Mistakes that are found before there is a model to judge.
READING = {
    "file-readable": "A file that the index names can be read.",
    "xml-well-formed": "A specification is well-formed XML.",
    "xml-plain": "A specification is plain XML: no DOCTYPE, CDATA section or processing instruction.",
    "known-element": "Every element is one of the language; docs/specification-language.md has them all.",
    "known-child": "An element stands only where the language has a place for it.",
    "known-attribute": "An element has only the attributes that the language gives it.",
    "required-attribute": "Some attributes cannot be left out.",
    "closed-set": "An attribute with a closed set of words has one of them.",
    "yes-or-no": "An attribute that is a question is answered with yes or no.",
    "number": "A number is decimal, or hexadecimal with 0x.",
    "range": "A range is low..high; one end may be left open.",
    "default": "What an argument is by default is 'none', if it may be left out, or a number.",
    "known-type": "A type is a kind of the language, or something the specification defines.",
    "known-reference": "A <ref> in a text names a function or a type of the specification.",
    "returns": "A function says what it returns, even if that is nothing.",
    "known-guide": "A guide that the index of the guides names can be read, and what it includes.",
    "schema-root": "A file below schemas/ is one <format> or <part>, named like the file.",
    "schema-element": "An element of a format stands only where it has a place.",
    "schema-attribute": "An element of a format has its attributes and no others.",
    "schema-value": "An attribute of a format has a value of its kind.",
    "schema-kind": "The kind of a scalar is one of the known kinds.",
    "schema-form": "A member is a scalar, a record or a group of members, and only one of them.",
    "schema-doc": "Everything in a format has a text, without a full stop.",
    "schema-since": "A release is written like 1.2.3.",
    "shell-element": "An element of the shell stands only where it has a place.",
    "shell-attribute": "An element of the shell has only the attributes it can have.",
    "shell-needed": "Some attributes of the shell cannot be left out.",
    "shell-value": "An attribute of the shell has a value of its kind.",
    "shell-set": "A <use> names a <set> of the index.",
    "shell-part": "A <part> adds commands to a group that the index includes before it.",
    "config-element": "An element of a daemon's settings stands only where it has a place.",
    "config-attribute": "An element of a daemon's settings has only the attributes it can have.",
    "config-needed": "Some attributes of settings cannot be left out.",
    "config-value": "An attribute of settings has a value of its kind.",
}


def _of(functions: Iterable[Callable[..., object]], prefix: str = "") -> dict[str, str]:
    """Id and docstring of each rule."""
    found = {}
    for function in functions:
        name: str = getattr(function, "__name__")
        found[prefix + name.replace("_", "-")] = inspect.getdoc(function) or ""
    return found


def explanations() -> dict[str, str]:
    """Every rule of every language."""
    return {
        **READING,
        **_of(rules.RULES),
        **_of(wire_rules.RULES),
        **_of(schema_rules.RULES),
        **_of((*shell_rules.RULES, *shell_rules.API_RULES), "shell-"),
        **_of(config_rules.RULES, "config-"),
    }
