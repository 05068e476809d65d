# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a shell is made of: groups of commands, their options, and the calls some of them are."""

from __future__ import annotations

from dataclasses import dataclass

from generator.source import Location

KINDS = ("flag", "string", "int", "uint", "size", "enum", "file", "object", "rest")
OBJECTS = ("domain", "network")
RESULTS = ("status", "string", "count", "object")


@dataclass(frozen=True)
class Option:
    """One option of a command; `named` means that it is never filled by position."""

    name: str
    kind: str
    required: bool
    named: bool
    choices: tuple[str, ...]
    object: str
    minimum: str
    maximum: str
    since: str
    doc: str
    where: Location

    @property
    def label(self) -> str:
        """The placeholder of the value, as people know it from the help texts."""
        return "number" if self.kind in ("int", "uint", "size") else "string"


@dataclass(frozen=True)
class Exclusive:
    """Two options that may not be given together."""

    first: str
    second: str
    where: Location


@dataclass(frozen=True)
class Requires:
    """An option that makes sense only together with another one."""

    option: str
    needs: str
    where: Location


@dataclass(frozen=True)
class Bit:
    """A flag option and the flag constant that it sets."""

    option: str
    value: str


@dataclass(frozen=True)
class Argument:
    """An argument of the function: the value of an option, or the contents of a file it names."""

    option: str
    document: bool


@dataclass(frozen=True)
class Call:
    """A command that is one call of a public function and a sentence about its outcome."""

    function: str
    result: str
    of: str
    ok: str
    fail: str
    arguments: tuple[Argument, ...]
    bits: tuple[Bit, ...]
    flags: bool
    affect: bool
    where: Location


@dataclass(frozen=True)
class Command:
    """One command as a person types it."""

    name: str
    aliases: tuple[str, ...]
    hidden: bool
    offline: bool
    since: str
    brief: str
    doc: tuple[str, ...]
    options: tuple[Option, ...]
    exclusives: tuple[Exclusive, ...]
    requires: tuple[Requires, ...]
    call: Call | None
    where: Location

    @property
    def hook(self) -> str:
        """The C function behind the command."""
        return "shell" + "".join(part.capitalize() for part in self.name.split("-"))

    def option(self, name: str) -> Option | None:
        return next((item for item in self.options if item.name == name), None)


@dataclass(frozen=True)
class Group:
    """Commands that are shown together; `name` is the keyword of `help`."""

    name: str
    title: str
    source: str
    commands: tuple[Command, ...]


@dataclass(frozen=True)
class Global:
    """An option of the program itself, before any command."""

    name: str
    short: str
    value: str
    optional: bool
    doc: str
    where: Location


@dataclass(frozen=True)
class Shell:
    """The whole shell."""

    name: str
    brief: str
    doc: tuple[str, ...]
    globals: tuple[Global, ...]
    groups: tuple[Group, ...]

    def commands(self) -> tuple[Command, ...]:
        return tuple(command for group in self.groups for command in group.commands)
