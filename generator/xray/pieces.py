# SPDX-License-Identifier: LGPL-2.1-or-later
"""Cuts pieces out of what the generator writes, so that the X-ray shows nothing but what is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..outputs import Output

_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|/\*.*?\*/')

#: How a function starts in the style of this project: its name opens a line.
_START = re.compile(r"([a-zA-Z_]\w*)\(")


@dataclass(frozen=True)
class Section:
    """One piece: the file it lands in, what it is there, and its text."""

    path: str
    purpose: str
    text: str


def units(text: str) -> Iterator[str]:
    """The paragraphs of C or of a .x file; one with braces goes on to the last of them."""
    held: list[str] = []
    depth, comment = 0, False
    for line in text.split("\n"):
        if not line and depth == 0:
            if held:
                yield "\n".join(held)
            held = []
            continue
        held.append(line)
        bare = _QUOTED.sub("", line)
        if comment or "/*" in bare:
            comment = "*/" not in bare
            continue
        if 'extern "C"' not in line:
            depth = max(depth + bare.count("{") - bare.count("}"), 0)
    if held:
        yield "\n".join(held)


def _defines(unit: str, word: re.Pattern[str]) -> bool:
    """Whether a line that is not indented, and no comment, has the name."""
    return any(word.search(line) for line in unit.split("\n")
               if line and line[0] not in " \t/*" )


class Pieces:
    """The generated files, each rendered when it is first asked for."""

    def __init__(self, table: list[Output], root: Path) -> None:
        self._outputs = {output.path: output for output in table}
        self._texts: dict[str, str] = {}
        self._units: dict[str, list[str]] = {}
        self._hands: dict[str, dict[str, str]] = {}
        self._root = root

    def text(self, path: str) -> str:
        if path not in self._texts:
            self._texts[path] = self._outputs[path].render() if path in self._outputs else ""
        return self._texts[path]

    def units(self, path: str) -> list[str]:
        if path not in self._units:
            self._units[path] = list(units(self.text(path)))
        return self._units[path]

    def unit(self, path: str, name: str) -> str:
        """The paragraph that defines a name; empty when the file has none."""
        word = re.compile(rf"\b{re.escape(name)}\b")
        return next((unit for unit in self.units(path) if name in unit and _defines(unit, word)), "")

    def statement(self, path: str, name: str) -> str:
        """The lines of one declaration among many: from its type to its semicolon."""
        found = re.search(rf"^.*\b{re.escape(name)}\b[^;]*;", self.text(path), re.M)
        return found.group(0) if found else ""

    def line(self, path: str, name: str) -> str:
        """One line that has a name, such as a row of a table."""
        found = re.search(rf"^.*\b{re.escape(name)}\b.*$", self.text(path), re.M)
        return found.group(0) if found else ""

    def by_hand(self, folder: str, name: str) -> str:
        """Where a hand-written C function stands: file and line."""
        if folder not in self._hands:
            self._hands[folder] = dict(_functions(self._root, folder))
        return self._hands[folder].get(name, "")


def _functions(root: Path, folder: str) -> Iterator[tuple[str, str]]:
    """The functions that the C files below a folder define, with their places."""
    for path in sorted((root / folder).rglob("*.c")):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            found = _START.match(line)
            if found:
                yield found.group(1), f"{path.relative_to(root)}:{number}"


def section(path: str, purpose: str, text: str) -> list[Section]:
    """A section, if there is anything to show."""
    return [Section(f"gen/{path}", purpose, text)] if text else []


def render(head: list[str], sections: list[Section]) -> str:
    """Facts first, then every piece under the file it lands in."""
    blocks = ["\n".join(head)]
    blocks += [f"--- {s.path}: {s.purpose}\n{s.text.strip(chr(10))}" for s in sections]
    return "\n\n".join(blocks) + "\n"


def fact(label: str, text: str) -> str:
    """One line of facts; what is long goes on below itself."""
    return f"  {label:<12} {text}"
