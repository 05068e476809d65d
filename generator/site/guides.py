# SPDX-License-Identifier: LGPL-2.1-or-later
"""The guides: Markdown pages of docs/, in the order of docs/guides/index.xml."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from ..source import Problems, read
from ..text import banner
from .links import Links, attributes
from .markdown import Converter, Heading

INDEX = "docs/guides/index.xml"
EXAMPLES = "docs/examples/documents"
_INCLUDE = re.compile(r"^<!-- include (\S+) -->$", re.MULTILINE)


@dataclass(frozen=True)
class Guide:
    """One page: where it stands below the source tree, and its text."""

    path: str
    text: str

    @property
    def page(self) -> str:
        return Path(self.path).stem.lower()


@dataclass(frozen=True)
class Part:
    title: str
    guides: tuple[Guide, ...]


@dataclass(frozen=True)
class Material:
    """What docs/ holds for the site."""

    parts: tuple[Part, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()


def _text(root: Path, path: Path) -> str:
    """A guide, with the programs that it includes in fences."""
    def included(match: re.Match[str]) -> str:
        file = (root / path).parent / match.group(1)
        lines = [line for line in file.read_text(encoding="utf-8").splitlines() if "SPDX" not in line]
        kind = {".c": "c", ".py": "python", ".pl": "perl", ".ml": "ocaml", ".sh": "sh"}.get(file.suffix, "text")
        return f"```{kind}\n" + "\n".join(lines).strip() + "\n```"
    return _INCLUDE.sub(included, (root / path).read_text(encoding="utf-8"))


def load(root: Path, problems: Problems) -> Material:
    """Reads the index and what it names; a specification without docs/ has none."""
    if not (root / INDEX).is_file():
        return Material()
    top = read(root / INDEX, INDEX, problems)
    parts: list[Part] = []
    for part in top.all("part") if top is not None else ():
        guides = []
        for element in part.all("guide"):
            path = element.get("href")
            try:
                guides.append(Guide(path, _text(root, Path(path))))
            except OSError as error:
                problems.add(element.where, "known-guide", f"cannot read {error.filename}: {error.strerror}")
        parts.append(Part(part.get("title"), tuple(guides)))
    examples = tuple((path.name, path.read_text(encoding="utf-8"))
                     for path in sorted((root / EXAMPLES).glob("*.xml")))
    return Material(tuple(parts), examples)


class Guides:
    """Renders the guides, and knows their headings for the search."""

    def __init__(self, material: Material, links: Links, release: str) -> None:
        self.material = material
        self.links = links
        self.release = release
        self.pages = {guide.path: guide.page for part in material.parts for guide in part.guides}

    def link(self, guide: Guide, target: str) -> str:
        """A target as seen from a page of guides/: other guides by page, everything else as it is."""
        if "://" in target or target.startswith("#"):
            return target
        path, hash_, at = target.partition("#")
        page = self.pages.get(posixpath.normpath(posixpath.join(posixpath.dirname(guide.path), path)))
        return f"{page}.html{hash_}{at}" if page is not None else target

    def convert(self, guide: Guide) -> tuple[str, list[Heading]]:
        converter = Converter(lambda target: self.link(guide, target), self.links.marked)
        text = re.sub(r"^<!--.*?-->\n", "", guide.text, flags=re.DOTALL)
        return converter.blocks(text.splitlines()), converter.headings

    def render(self) -> str:
        out = '<?xml version="1.0" encoding="UTF-8"?>\n' + banner(INDEX, "xml")
        out += f"<guides{attributes(release=self.release)}>\n"
        for part in self.material.parts:
            out += f"<part title={quoteattr(part.title)}>\n"
            for guide in part.guides:
                body, headings = self.convert(guide)
                title = headings[0].text if headings else guide.page
                out += f"<guide{attributes(page=guide.page, source=guide.path, title=title)}>\n"
                out += "".join(f"<heading{attributes(at=h.at)}>{escape(h.text)}</heading>\n"
                               for h in headings if h.level == 2)
                out += f"<body>{body}</body></guide>\n"
            out += "</part>\n"
        return out + "</guides>\n"
