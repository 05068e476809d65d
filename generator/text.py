# SPDX-License-Identifier: LGPL-2.1-or-later
"""Text helpers shared by the emitters: banners, comments, wrapping, writing files."""

from __future__ import annotations

import os
import re
import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

LICENCE = "SPDX-License-Identifier: LGPL-2.1-or-later"


def banner(source: str, comment: str = "c") -> str:
    """The first lines of a generated file: licence and where it came from."""
    lines = [LICENCE, f"Generated from {source}; change that, not this."]
    match comment:
        case "c":
            # "api/*.xml" must not open a second comment.
            named = lines[1].replace("/*.", "/<object>.")
            return f"/* {lines[0]} */\n/* {named} */\n"
        case "hash":
            return "".join(f"# {line}\n" for line in lines)
        case "xml":
            return f"<!-- {lines[0]} -->\n<!-- {lines[1]} -->\n"
        case "roff":
            return "".join(f'.\\" {line}\n' for line in lines)
        case _:
            raise ValueError(comment)


def wrap(text: str, width: int, indent: str = "", first: str | None = None) -> str:
    """Fill one paragraph to `width` columns."""
    return textwrap.fill(
        " ".join(text.split()),
        width=width,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def c_comment(paragraphs: Sequence[str], indent: str = "", opener: str = "/**") -> str:
    """A C block comment of filled paragraphs; text cannot close it early."""
    lines = [f"{indent}{opener}"]
    for number, paragraph in enumerate(paragraphs):
        if number:
            lines.append(f"{indent} *")
        safe = paragraph.replace("*/", "* /")
        lines.extend(wrap(safe, 96, f"{indent} * ").split("\n"))
    lines.append(f"{indent} */")
    return "\n".join(lines) + "\n"


_MARKUP = re.compile(r"[&<>\"\n\r\t]")


def quoted(value: str) -> str:
    """The value of an XML attribute; most have nothing to escape, and there are very many."""
    return quoteattr(value) if _MARKUP.search(value) else f'"{value}"'


_ESCAPES = str.maketrans({chr(code): f"\\{code:03o}" for code in range(32)}
                         | {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})


def c_string(text: str) -> str:
    """A C string literal with everything escaped that needs it."""
    return f'"{text.translate(_ESCAPES)}"'


def c_call(head: str, arguments: Sequence[str], tail: str, width: int = 100) -> str:
    """`head(arguments)tail`, broken after commas and aligned when it is too long."""
    line = f"{head}({', '.join(arguments)}){tail}"
    if len(line) <= width:
        return line
    column = " " * (len(head.split("\n")[-1]) + 1)
    return f"{head}({(',' + chr(10) + column).join(arguments)}){tail}"


def join_paragraphs(blocks: Iterable[str]) -> str:
    """Blocks of code separated by one empty line, ending in one newline."""
    return "\n\n".join(block.strip("\n") for block in blocks if block.strip()) + "\n"


def write_if_changed(path: Path, content: str) -> bool:
    """Write atomically unless the file already holds exactly this; tell whether it was written."""
    data = content.encode()
    try:
        if path.read_bytes() == data:
            return False
    except OSError:
        pass
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    if not path.parent.is_dir():
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        temporary.write_bytes(data)
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return True
