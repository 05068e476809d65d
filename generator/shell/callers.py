# SPDX-License-Identifier: LGPL-2.1-or-later
"""Which commands stand on a function of the API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from generator.shell.model import Command, Shell


def _words(item: object) -> Iterator[str]:
    """Every string in a part of a command."""
    if isinstance(item, str):
        yield item
    elif isinstance(item, tuple):
        for part in item:
            yield from _words(part)
    elif is_dataclass(item) and not isinstance(item, type):
        for field in fields(item):
            yield from _words(getattr(item, field.name))


def callers(shell: Shell) -> dict[str, list[Command]]:
    """The commands of a shell that name a word: call that function, or show what it returns."""
    found: dict[str, list[Command]] = {}
    for command in shell.commands():
        for word in dict.fromkeys((*_words(command.bodies), *_words(command.views))):
            found.setdefault(word, []).append(command)
    return found
