# SPDX-License-Identifier: LGPL-2.1-or-later
"""The few things of roff that man pages are made of."""

from __future__ import annotations


def escape(text: str) -> str:
    """Text that roff shows as it is."""
    out = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return "\\&" + out if out.startswith(".") else out


def paragraph(text: str) -> str:
    """Filled lines short enough to be read in the source."""
    lines: list[str] = []
    current = ""
    for word in text.split():
        if current and len(current) + len(word) > 76:
            lines.append(current)
            current = word
        else:
            current = f"{current} {word}" if current else word
    lines.append(current)
    return "".join(escape(line) + "\n" for line in lines)


def strong(word: str) -> str:
    return f"\\fB{escape(word)}\\fR"


def emphasis(word: str) -> str:
    return f"\\fI{escape(word)}\\fR"


def entry(head: str, text: str) -> str:
    """A paragraph with a head of its own, such as an option."""
    return f".TP\n{head}\n{paragraph(text)}"
