# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a daemon is told: options of its command line, and settings of its configuration file."""

from __future__ import annotations

from dataclasses import dataclass

from generator.source import Location

KINDS = (
    "bool", "number", "string", "list", "port", "mode", "auth", "group", "choice", "uuid",
)
TEXTS = ("string", "port", "group", "choice", "uuid")


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
    """A line of the file. `member` is where its value is kept in virDaemonConfig; without one it is
    only checked, and `unused` says why it has no effect. `sockets` marks those that speak of sockets
    which the daemon makes itself."""

    name: str
    kind: str
    default: str
    example: str
    choices: tuple[str, ...]
    minimum: str
    maximum: str
    member: str
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
class Daemon:
    name: str
    brief: str
    doc: tuple[str, ...]
    options: tuple[Option, ...]
    signals: tuple[Signal, ...]
    sockets: tuple[Socket, ...]
    sections: tuple[Section, ...]
    source: str

    def settings(self) -> tuple[Setting, ...]:
        return tuple(setting for section in self.sections for setting in section.settings)
