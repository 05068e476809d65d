# SPDX-License-Identifier: LGPL-2.1-or-later
"""Reads specification files into located elements, and collects located problems.

Every element knows the file, line and column it came from, so that every later
stage can say precisely where something is wrong. Nothing here knows what the
elements mean: load.py does.
"""

from __future__ import annotations

import difflib
import xml.parsers.expat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, order=True)
class Location:
    """A place in a specification file; `file` is relative to the source tree."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, where, and which rule says so."""

    where: Location
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: error: {self.message} [{self.rule}]"


class SpecificationError(Exception):
    """Raised once, at the end of a stage, with everything that stage found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass
class Problems:
    """Collects problems so that one run reports all of them."""

    found: list[Problem] = field(default_factory=list)

    def add(self, where: Location, rule: str, message: str) -> None:
        self.found.append(Problem(where, rule, message))

    def raise_if_any(self) -> None:
        if self.found:
            raise SpecificationError(self.found)


@dataclass
class Element:
    """An XML element with its place; text is what stands before the first child.

    `content` keeps the mixed content in order (strings and child elements), for
    documentation texts; structural elements only look at `children`.
    """

    tag: str
    attributes: dict[str, str]
    where: Location
    content: list[str | Element] = field(default_factory=list)
    parent: Element | None = None

    @property
    def children(self) -> list[Element]:
        return [item for item in self.content if isinstance(item, Element)]

    @property
    def text(self) -> str:
        return "".join(item for item in self.content if isinstance(item, str))

    def all(self, tag: str) -> Iterator[Element]:
        return (child for child in self.children if child.tag == tag)

    def one(self, tag: str) -> Element | None:
        return next(self.all(tag), None)

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def path(self) -> str:
        """Human readable place inside the document: "function DomainSuspend/in flags"."""
        label = self.attributes.get("name")
        own = f"{self.tag} '{label}'" if label else self.tag
        if self.parent is None or self.parent.parent is None:
            return own
        return f"{self.parent.path()}/{own}"


def suggestion(word: str, known: Iterable[str]) -> str:
    """The "did you mean" tail of a message, empty when nothing is near."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f", did you mean '{near[0]}'?" if near else ""


class _Reader:
    """Builds the element tree from expat's callbacks."""

    def __init__(self, name: str, problems: Problems) -> None:
        self.name = name
        self.problems = problems
        self.root: Element | None = None
        self.open: list[Element] = []
        parser = xml.parsers.expat.ParserCreate()
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = self.doctype
        parser.StartCdataSectionHandler = self.cdata
        parser.ProcessingInstructionHandler = self.instruction
        self.parser = parser

    def here(self) -> Location:
        return Location(
            self.name, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        )

    def start(self, tag: str, attributes: list[str]) -> None:
        pairs = dict(zip(attributes[::2], attributes[1::2]))
        parent = self.open[-1] if self.open else None
        element = Element(tag, pairs, self.here(), parent=parent)
        if parent is None:
            self.root = element
        else:
            parent.content.append(element)
        self.open.append(element)

    def end(self, _tag: str) -> None:
        self.open.pop()

    def characters(self, text: str) -> None:
        if not self.open:
            return
        content = self.open[-1].content
        if content and isinstance(content[-1], str):
            content[-1] += text
        else:
            content.append(text)

    def doctype(self, *_arguments: object) -> None:
        self.problems.add(self.here(), "xml-plain", "a specification has no DOCTYPE")

    def cdata(self) -> None:
        self.problems.add(self.here(), "xml-plain", "a specification has no CDATA section")

    def instruction(self, target: str, _data: str) -> None:
        self.problems.add(self.here(), "xml-plain", f"processing instruction '{target}' is not used")


def read(path: Path, name: str, problems: Problems) -> Element | None:
    """Parse one file; returns None after reporting when it cannot be read as XML."""
    reader = _Reader(name, problems)
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.add(Location(name, 1, 1), "file-readable", f"cannot read: {error.strerror}")
        return None
    try:
        reader.parser.Parse(data, True)
    except xml.parsers.expat.ExpatError as error:
        where = Location(name, error.lineno, error.offset + 1)
        problems.add(where, "xml-well-formed", xml.parsers.expat.ErrorString(error.code))
        return None
    return reader.root
