# SPDX-License-Identifier: LGPL-2.1-or-later
"""Turns the elements of a schemas/<format>.xml into the model.

Only the shape is judged here: which elements and attributes exist and how their
values are spelled. What they mean together is the business of rules.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.schema.model import (
    KINDS,
    PIECES,
    UNITS,
    WORD,
    Enum,
    Format,
    Member,
    Namespace,
    Place,
    Record,
    Value,
    When,
    camel,
    capital,
)
from generator.source import Element, Problems, suggestion

SHARED = (
    "name", "field", "kind", "alias", "required", "default", "when", "secret", "scope", "live-unless", "error",
    "migratable", "keep-empty", "min", "max", "digits", "unit", "unit-attribute",
    "input-unit", "variable", "names", "since",
)  # fmt: skip
ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "format": ("name", "root", "record", "since"),
    "part": ("name", "since"),
    "binary": ("name", "record", "bytes", "since"),
    "namespace": ("prefix", "uri"),
    "enum": ("name", "since"),
    "value": ("name", "alias", "since"),
    "record": ("name", "element", "choose", "check", "closed", "since"),
    "attribute": SHARED,
    "text": SHARED,
    "tag": ("name", "field", "kind", "since"),
    "element": (
        *SHARED, "record", "list", "max-items", "prefix", "presence", "always", "layout",
    ),
    "inline": ("name", "field", "since"),
    "inside": ("record", "field", "when", "since"),
    "word": ("name", "field", "kind", "min", "max", "since"),
    "letters": ("name", "field", "kind", "bytes", "since"),
    "doc": (),
}
CHILDREN: dict[str, tuple[str, ...]] = {
    "format": ("doc", "namespace", "enum", "record"),
    "part": ("doc", "enum", "record"),
    "binary": ("doc", "enum", "record"),
    "namespace": (),
    "enum": ("doc", "value"),
    "value": (),
    "record": ("doc", "tag", "attribute", "text", "element", "inline", "inside", "word", "letters"),
    "attribute": (),
    "text": (),
    "tag": (),
    "element": ("doc", "attribute", "text", "element", "inside"),
    "inline": (),
    "inside": (),
    "word": (),
    "letters": (),
    "doc": (),
}
REQUIRED: dict[str, tuple[str, ...]] = {
    "format": ("name", "root", "record", "since"),
    "part": ("name", "since"),
    "binary": ("name", "record", "bytes", "since"),
    "namespace": ("prefix", "uri"),
    "enum": ("name",),
    "value": ("name",),
    "record": ("name",),
    "attribute": ("name", "kind"),
    "text": ("name", "kind"),
    "tag": ("name", "kind"),
    "element": ("name",),
    "inline": ("name",),
    "inside": ("record", "field"),
    "word": ("name", "kind"),
    "letters": ("name", "kind", "bytes"),
}
SCOPES = ("live", "inactive", "status")
LAYOUTS = ("spaced", "open")
RELEASE = re.compile(r"\d+\.\d+\.\d+")


@dataclass(frozen=True)
class _Loader:
    problems: Problems

    def known(self, element: Element) -> None:
        """Report what the language does not have, below `element` too."""
        attributes = ATTRIBUTES[element.tag]
        for name in element.attributes:
            if name not in attributes:
                self.problems.add(
                    element.where,
                    "schema-attribute",
                    f"<{element.tag}> has no attribute '{name}'{suggestion(name, attributes)}",
                )
        for name in REQUIRED.get(element.tag, ()):
            if not element.get(name):
                self.problems.add(
                    element.where, "schema-attribute", f"<{element.tag}> needs '{name}'"
                )
        children = CHILDREN[element.tag]
        for child in element.children:
            if child.tag in children:
                self.known(child)
            else:
                self.problems.add(
                    child.where,
                    "schema-element",
                    f"<{child.tag}> does not belong in <{element.tag}>"
                    f"{suggestion(child.tag, children)}",
                )

    def doc(self, element: Element) -> str:
        """The mandatory text: a <doc> child, or the own text of a leaf."""
        holder = element.one("doc")
        text = " ".join((element if holder is None else holder).text.split())
        name = element.get("name", element.tag)
        if not text:
            self.problems.add(
                element.where, "schema-doc", f"{element.tag} '{name}' is not documented"
            )
        elif text.endswith("."):
            self.problems.add(
                element.where,
                "schema-doc",
                f"documentation of {element.tag} '{name}' ends in a full stop",
            )
        return text

    def since(self, element: Element, inherited: str) -> str:
        since = element.get("since", inherited)
        if not RELEASE.fullmatch(since):
            self.problems.add(
                element.where, "schema-since", f"'{since}' is not a release like 1.2.3"
            )
        return since

    def yes(self, element: Element, name: str) -> bool:
        value = element.get(name, "no")
        if value not in ("yes", "no"):
            self.problems.add(
                element.where, "schema-value", f"'{name}' is yes or no, not '{value}'"
            )
        return value == "yes"

    def integer(self, element: Element, name: str) -> int | None:
        text = element.get(name)
        if not text:
            return None
        try:
            return int(text, 0)
        except ValueError:
            self.problems.add(
                element.where, "schema-value", f"'{name}' is an integer, not '{text}'"
            )
            return None

    def error(self, element: Element, name: str) -> str:
        code = element.get(name)
        if code and not re.fullmatch(r"[A-Z][A-Z0-9_]*", code):
            self.problems.add(
                element.where, "schema-value", f"'{name}' is a code such as XML_ERROR, not '{code}'"
            )
        return code

    def choice(self, element: Element, name: str, known: tuple[str, ...]) -> str:
        value = element.get(name)
        if value and value not in known:
            self.problems.add(
                element.where,
                "schema-value",
                f"'{name}' is one of {', '.join(known)}, not '{value}'{suggestion(value, known)}",
            )
        return value

    def kind(self, element: Element) -> str:
        kind = element.get("kind")
        if kind and not kind.startswith("enum:") and kind not in KINDS:
            self.problems.add(
                element.where,
                "schema-kind",
                f"no kind '{kind}'{suggestion(kind, KINDS)}",
            )
        return kind

    def enum(self, element: Element, inherited: str) -> Enum:
        since = self.since(element, inherited)
        values = tuple(
            Value(
                child.get("name"),
                tuple(child.get("alias").split()),
                self.since(child, since),
                self.doc(child),
                child.where,
            )
            for child in element.all("value")
        )
        return Enum(element.get("name"), values, self.doc(element), element.where)

    def record(self, element: Element, inherited: str) -> Record:
        since = self.since(element, inherited)
        return Record(
            element.get("name"),
            element.get("element"),
            element.get("choose"),
            element.get("check"),
            self.error(element, "closed"),
            self.members(element, "", since),
            self.doc(element),
            since,
            element.where,
        )

    def members(self, element: Element, prefix: str, since: str) -> tuple[Member, ...]:
        return tuple(
            self.member(child, prefix, since)
            for child in element.children
            if child.tag != "doc" and child.tag in CHILDREN["record"]
        )

    def place(self, element: Element) -> Place:
        """Which of the forms this element has; a mixture is refused by rules.py."""
        match element.tag:
            case "attribute":
                return "attribute"
            case "text":
                return "text"
            case "tag":
                return "tag"
            case "inline":
                return "inline"
            case "inside":
                return "inside"
            case "word":
                return "word"
            case "letters":
                return "letters"
            case _:
                if element.get("record"):
                    return "record"
                return "scalar" if element.get("kind") else "group"

    def member(self, element: Element, prefix: str, inherited: str) -> Member:
        place = self.place(element)
        since = self.since(element, inherited)
        listed = self.yes(element, "list")
        name = element.get("field") if place == "inside" else element.get("name")
        own = element.get("field") or camel(name) + ("s" if listed else "")
        field = prefix + capital(own) if prefix else own
        inner: tuple[Member, ...] = ()
        if any(child.tag != "doc" for child in element.children):
            deeper = element.attributes.get("prefix", own)
            inner = self.members(
                element, prefix + capital(deeper) if prefix and deeper else deeper or prefix, since
            )
            if place != "group":
                self.problems.add(
                    element.where,
                    "schema-form",
                    f"element '{name}' has both members and a "
                    f"{'record' if place == 'record' else 'kind'}",
                )
        elif place == "group":
            self.problems.add(
                element.where,
                "schema-form",
                f"element '{name}' has neither kind nor record nor members",
            )
        when = element.get("when").strip()
        migratable = element.get("migratable", "yes")
        if migratable not in ("yes", "no"):
            self.problems.add(
                element.where, "schema-value", f"'migratable' is yes or no, not '{migratable}'"
            )
        return Member(
            place=place,
            name=name,
            field=field,
            doc=self.doc(element),
            where=element.where,
            since=since,
            kind="opaque" if place == "inline" else self.kind(element),
            record=element.get("record"),
            members=inner,
            aliases=tuple(element.get("alias").split()),
            listed=listed,
            required=place in PIECES or self.yes(element, "required"),
            default=element.attributes.get("default"),
            when=When(tuple(when.lstrip("!").split()), when.startswith("!")),
            secret=self.yes(element, "secret"),
            scope=self.choice(element, "scope", SCOPES),
            migratable=migratable == "yes",
            live_unless=element.get("live-unless"),
            error=self.error(element, "error"),
            keep_empty=self.yes(element, "keep-empty"),
            presence=self.yes(element, "presence"),
            always=self.yes(element, "always"),
            minimum=self.integer(element, "min"),
            maximum=self.integer(element, "max"),
            digits=self.integer(element, "digits") or 0,
            unit=self.choice(element, "unit", tuple(UNITS)),
            unit_attribute=element.get("unit-attribute"),
            input_unit=self.choice(element, "input-unit", tuple(UNITS)),
            max_items=self.integer(element, "max-items") or 0,
            layout=self.choice(element, "layout", LAYOUTS),
            variable=self.yes(element, "variable"),
            names=element.get("names"),
            bytes=WORD if place == "word" else self.integer(element, "bytes") or 0,
        )


def load_format(root: Element, stem: str, problems: Problems) -> Format | None:
    """One format from its root element; None when it is not a format at all."""
    loader = _Loader(problems)
    if root.tag not in ("format", "part", "binary"):
        message = f"expected <format>, <part> or <binary>, found <{root.tag}>"
        problems.add(root.where, "schema-root", message)
        return None
    loader.known(root)
    if root.get("name") != stem:
        problems.add(
            root.where, "schema-root", f"{root.tag} '{root.get('name')}' lives in a file '{stem}.xml'"
        )
    since = loader.since(root, "")
    return Format(
        name=root.get("name"),
        root=root.get("root"),
        record=root.get("record"),
        since=since,
        doc=loader.doc(root),
        namespaces=tuple(
            Namespace(child.get("prefix"), child.get("uri"), child.where)
            for child in root.all("namespace")
        ),
        enums=tuple(loader.enum(child, since) for child in root.all("enum")),
        records=tuple(loader.record(child, since) for child in root.all("record")),
        where=root.where,
        bytes=loader.integer(root, "bytes") or 0,
    )
