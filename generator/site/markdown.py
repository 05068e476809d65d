# SPDX-License-Identifier: LGPL-2.1-or-later
"""The Markdown of the guides as XML: headings, paragraphs, lists, tables, code, links and drawings.

A closed subset; what is not in it comes out as plain text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

_SPAN = re.compile(r"`([^`]+)`|!\[([^\]]*)\]\(([^)\s]+)\)|\[([^\]]+)\]\(([^)\s]+)\)|\*\*([^*]+)\*\*"
                   r"|(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])|<(https?://[^>]+)>")
_ITEM = re.compile(r"( *)([-*]|\d+\.) +(.*)")
_FENCE = re.compile(r"```(\w*)$")


def slug(text: str) -> str:
    """The anchor of a heading."""
    plain = re.sub(r"[^a-z0-9 -]", "", text.lower().replace("/", " "))
    return re.sub(r"[ -]+", "-", plain).strip("-") or "part"


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    at: str


@dataclass
class Converter:
    """Converts one text; `link` turns the target of a link, `code` marks names in text."""

    link: Callable[[str], str]
    code: Callable[[str], str]
    headings: list[Heading] = field(default_factory=list)

    def spans(self, text: str) -> str:
        """Inline marks of a line or paragraph."""
        out, end = "", 0
        for match in _SPAN.finditer(text):
            out += self.code(text[end:match.start()])
            end = match.end()
            code, alt, drawing, label, target, strong, emphasis, address = match.groups()
            if code is not None:
                out += f"<code>{self.code(code)}</code>"
            elif drawing is not None:
                out += f"<drawing src={quoteattr(drawing)} alt={quoteattr(alt)}/>"
            elif label is not None:
                out += f"<a href={quoteattr(self.link(target))}>{self.label(label)}</a>"
            elif strong is not None:
                out += f"<strong>{self.spans(strong)}</strong>"
            elif emphasis is not None:
                out += f"<em>{self.spans(emphasis)}</em>"
            else:
                out += escape(address)
        return out + self.code(text[end:])

    @staticmethod
    def label(text: str) -> str:
        """The text of a link, which holds no further links."""
        return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))

    def heading(self, level: int, text: str) -> str:
        at, number = slug(text), 2
        while any(known.at == at for known in self.headings):
            at, number = f"{slug(text)}-{number}", number + 1
        plain = text.replace("`", "").replace("*", "")
        self.headings.append(Heading(level, plain, at))
        return f"<h{level} id={quoteattr(at)}>{self.label(text)}</h{level}>\n"

    def table(self, rows: list[str]) -> str:
        split = [re.split(r"(?<!\\)\|", row.strip().strip("|")) for row in rows]
        cells = [[self.spans(cell.strip().replace("\\|", "|")) for cell in row] for row in split]
        head = "".join(f'<th scope="col">{cell}</th>' for cell in cells[0])
        body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in cells[2:])
        return f'<div class="wide"><table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>\n'

    def items(self, lines: list[str]) -> str:
        """Items of one list, each with the lines that are indented below it."""
        first = _ITEM.match(lines[0])
        assert first is not None
        indent, tag = len(first.group(1)), "ol" if first.group(2)[0].isdigit() else "ul"
        items: list[list[str]] = []
        for line in lines:
            match = _ITEM.match(line)
            if match is not None and len(match.group(1)) == indent:
                items.append([match.group(3)])
            else:
                items[-1].append(line)
        out = f"<{tag}>\n"
        for item in items:
            rest = item[1:]
            width = min((len(r) - len(r.lstrip()) for r in rest if r.strip()), default=0)
            out += f"<li>{self.blocks([item[0], *(r[width:] for r in rest)], True)}</li>\n"
        return out + f"</{tag}>\n"

    def blocks(self, lines: list[str], tight: bool = False) -> str:
        """A sequence of blocks; the first paragraph of a tight one stands without a frame."""
        out, at = "", 0
        while at < len(lines):
            line = lines[at]
            if not line.strip():
                at += 1
                continue
            end = self.end(lines, at)
            block = lines[at:end]
            at = end
            out += self.block(block, tight and not out)
        return out

    def end(self, lines: list[str], at: int) -> int:
        """Where the block that begins at a line ends."""
        first, end = lines[at], at + 1
        if _FENCE.match(first):
            while end < len(lines) and lines[end] != "```":
                end += 1
            return end + 1
        if re.match(r"#{1,6} ", first):
            return end
        if first.startswith("    "):
            while end < len(lines) and (lines[end].startswith("    ") or (
                    not lines[end].strip() and any(r.strip() for r in lines[end:end + 2])
                    and end + 1 < len(lines) and lines[end + 1].startswith("    "))):
                end += 1
            return end
        if _ITEM.match(first):
            while end < len(lines) and (lines[end].startswith(" ") or _ITEM.match(lines[end]) or (
                    not lines[end].strip() and end + 1 < len(lines)
                    and (lines[end + 1].startswith("  ") or _ITEM.match(lines[end + 1])))
                    or (lines[end].strip() and lines[end - 1].strip()
                        and not re.match(r"#{1,6} |```|\|", lines[end]))):
                end += 1
            return end
        table = first.startswith("|")
        while end < len(lines) and lines[end].strip() and lines[end].startswith("|") == table \
                and not _FENCE.match(lines[end]) and not re.match(r"#{1,6} ", lines[end]) \
                and (table or not _ITEM.match(lines[end])):
            end += 1
        return end

    def block(self, block: list[str], bare: bool) -> str:
        first = block[0]
        fence = _FENCE.match(first)
        if fence:
            text = "\n".join(block[1:-1])
            return f"<pre><code class={quoteattr(fence.group(1) or 'text')}>{self.code(text)}\n</code></pre>\n"
        match = re.match(r"(#{1,6}) +(.*)", first)
        if match:
            return self.heading(len(match.group(1)), match.group(2))
        if first.startswith("    "):
            text = "\n".join(line[4:] for line in block)
            return f"<pre><code class=\"text\">{self.code(text)}\n</code></pre>\n"
        if _ITEM.match(first):
            return self.items(block)
        if first.startswith("|"):
            return self.table(block)
        text = self.spans(" ".join(line.strip() for line in block))
        return text if bare else f"<p>{text}</p>\n"
