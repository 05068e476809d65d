# SPDX-License-Identifier: LGPL-2.1-or-later
"""Configuration files and their settings; a daemon has options of its command line and sockets, too."""

from __future__ import annotations

from dataclasses import dataclass

from generator.source import Location

KINDS = (
    "bool", "number", "size", "string", "list", "port", "mode", "auth", "user", "group", "choice",
    "uuid",
)
TEXTS = ("string", "port", "user", "group", "choice", "uuid")


@dataclass(frozen=True)
class Option:
    """An option of the command line."""

    name: str
    short: str
    value: str
    doc: str
    where: Location


@dataclass(frozen=True)
class Signal:
    name: str
    doc: str


@dataclass(frozen=True)
class Socket:
    """A socket that a service manager can make: `name` is that of its unit, `file` is in the folder of
    the sockets. One that has its place beside another comes and goes with that one."""

    name: str
    file: str
    mode: str
    port: str
    beside: str
    doc: str
    where: Location


@dataclass(frozen=True)
class Setting:
    """A line of the file. `member` is where its value is kept in the record of the file; without one it
    is only checked, and `unused` says why it has no effect. A list that may stand `alone` can be one
    string without brackets. `sockets` marks those that speak of sockets which the daemon makes itself."""

    name: str
    kind: str
    default: str
    example: str
    choices: tuple[str, ...]
    minimum: str
    maximum: str
    member: str
    alone: bool
    reload: bool
    system: bool
    sockets: bool
    unused: str
    refuse: bool
    doc: str
    where: Location


@dataclass(frozen=True)
class Section:
    name: str
    title: str
    doc: tuple[str, ...]
    settings: tuple[Setting, ...]


@dataclass(frozen=True)
class Settings:
    """A configuration file that is read into a record, a C struct declared in `header`."""

    name: str
    brief: str
    doc: tuple[str, ...]
    sections: tuple[Section, ...]
    source: str
    record: str
    header: str

    def settings(self) -> tuple[Setting, ...]:
        return tuple(setting for section in self.sections for setting in section.settings)


@dataclass(frozen=True)
class Daemon(Settings):
    """A file whose reader is a program with a command line."""

    options: tuple[Option, ...]
    signals: tuple[Signal, ...]
    sockets: tuple[Socket, ...]
