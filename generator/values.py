# SPDX-License-Identifier: LGPL-2.1-or-later
"""What attributes and texts of an element mean: numbers, words of closed sets, types, prose."""

from __future__ import annotations

import re
from enum import Enum
from typing import TypeVar

from . import model
from .source import Element, Problems, suggestion
from .vocabulary import PROSE

E = TypeVar("E", bound=Enum)


class Names:
    """The type names of the whole specification, collected before types are resolved."""

    def __init__(self, roots: list[Element]) -> None:
        self.kinds: dict[str, model.Kind] = {}
        tags = {
            "object": model.Kind.OBJECT,
            "enum": model.Kind.ENUM,
            "flags": model.Kind.FLAGS,
            "record": model.Kind.RECORD,
        }
        for root in roots:
            for element in root.children:
                if element.tag in tags:
                    self.kinds[element.get("name")] = tags[element.tag]
        self.callbacks = {e.get("name") for root in roots for e in root.all("callback")}
        self.paramsets = {e.get("name") for root in roots for e in root.all("paramset")}
        self.functions = {e.get("name") for root in roots for e in root.all("function")}

    def known(self) -> set[str]:
        return set(self.kinds) | {kind.value for kind in model.Kind}


class Values:
    """Reads the attributes of elements, reporting each mistake and going on."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.names = Names([])      # what texts may speak of

    def required(self, element: Element, name: str) -> str:
        value = element.attributes.get(name)
        if value is None:
            self.problems.add(
                element.where, "required-attribute", f"{element.path()} has no '{name}'"
            )
            return ""
        return value

    def choice(self, element: Element, name: str, kind: type[E], default: E) -> E:
        value = element.attributes.get(name)
        if value is None:
            return default
        try:
            return kind(value)
        except ValueError:
            known = [str(member.value) for member in kind]
            self.problems.add(
                element.where,
                "closed-set",
                f"in {element.path()}: '{value}' is not a {name}{suggestion(value, known)}"
                f" (one of {', '.join(item for item in known if item)})",
            )
            return default

    def word(self, element: Element, name: str, known: tuple[str, ...]) -> str:
        """One of a few words, the first of which is the default."""
        value = element.get(name, known[0])
        if value not in known:
            self.problems.add(
                element.where,
                "closed-set",
                f"in {element.path()}: unknown {name} '{value}'{suggestion(value, known)}"
                f" (one of {', '.join(known)})",
            )
            return known[0]
        return value

    def flag(self, element: Element, name: str) -> bool:
        value = element.get(name, "no")
        if value not in ("yes", "no"):
            self.problems.add(
                element.where, "yes-or-no", f"in {element.path()}: '{name}' is yes or no"
            )
        return value == "yes"

    def number(self, element: Element, name: str) -> int | None:
        value = element.attributes.get(name)
        if value is None:
            return None
        try:
            return int(value, 0)
        except ValueError:
            self.problems.add(
                element.where, "number", f"in {element.path()}: '{name}' is not a number: '{value}'"
            )
            return None

    def range(self, element: Element, name: str) -> model.Range:
        value = element.attributes.get(name)
        if value is None:
            return model.Range()
        match = re.fullmatch(r"(-?\d+)?\.\.(-?\d+)?", value)
        if match is None or value == "..":
            self.problems.add(
                element.where, "range", f"in {element.path()}: '{name}' is low..high: '{value}'"
            )
            return model.Range()
        low, high = match.groups()
        return model.Range(int(low) if low else None, int(high) if high else None)

    def text(self, element: Element | None) -> model.Text:
        if element is None:
            return model.Text("")
        parts: list[str] = []
        for item in element.content:
            if isinstance(item, str):
                parts.append(item)
            elif item.tag == "ref":
                parts.append(self.reference(item))
            elif item.tag in PROSE:
                parts.append(item.text)
        return model.Text(" ".join("".join(parts).split()))

    def reference(self, element: Element) -> str:
        """What a text calls a function or a type of the specification."""
        name = element.text
        if name in self.names.functions:
            return f"vir{name}()"
        types = self.names.kinds.keys() | self.names.callbacks
        if name not in types:
            self.problems.add(
                element.where, "known-reference",
                f"there is no function or type '{name}'"
                f"{suggestion(name, types | self.names.functions)}",
            )
        return f"vir{name}"

    def type(self, element: Element, names: Names, value: str) -> model.TypeRef:
        if value.startswith("params:"):
            name = value[7:]
            if name not in names.paramsets and name != "any":
                self.unknown(element, name, names.paramsets | {"any"}, "parameter set")
            return model.TypeRef(model.Kind.PARAMS, (name,))
        if value.startswith("callback:"):
            name = value[9:]
            if name not in names.callbacks:
                self.unknown(element, name, names.callbacks, "callback")
            return model.TypeRef(model.Kind.CALLBACK, (name,))
        if value == "ReservedFlags":
            return model.TypeRef(model.Kind.FLAGS, ())
        words = tuple(value.split())
        for word in words:
            if word not in names.known():
                self.unknown(element, word, names.known(), "type")
                return model.TypeRef(model.Kind.INT)
        if words and words[0] in names.kinds:
            kinds = {names.kinds[word] for word in words}
            if model.Kind.FLAGS in kinds:
                return model.TypeRef(model.Kind.FLAGS, words)
            return model.TypeRef(names.kinds[words[0]], words)
        return model.TypeRef(model.Kind(words[0]) if words else model.Kind.INT)

    def unknown(self, element: Element, name: str, known: set[str], what: str) -> None:
        self.problems.add(
            element.where,
            "known-type",
            f"in {element.path()}: unknown {what} '{name}'{suggestion(name, known)}",
        )
