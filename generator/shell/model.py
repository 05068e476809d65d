# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a shell is made of: groups of commands, their options, and the calls some of them are."""

from __future__ import annotations

from dataclasses import dataclass

from generator.source import Location

KINDS = ("flag", "string", "int", "uint", "ulong", "size", "enum", "file", "object", "rest")
NUMBERS = ("int", "uint", "ulong", "size")
RESULTS = ("status", "string", "document", "count", "object")
VALUES = ("text", "int", "uint", "double", "bool", "bytes", "enum")
VIEWS = ("table", "fields", "words")


@dataclass(frozen=True)
class Option:
    """One option of a command; `named` means that it is never filled by position. `only` is the flag with which the
    objects are listed that make sense here, for completion; `since` is empty when the option is as old as the command."""

    name: str
    kind: str
    required: bool
    named: bool
    choices: tuple[str, ...]
    object: str
    minimum: str
    maximum: str
    complete: str
    only: str
    since: str
    doc: str
    where: Location

    @property
    def label(self) -> str:
        """The placeholder of the value, as people know it from the help texts."""
        return "number" if self.kind in NUMBERS else "string"


@dataclass(frozen=True)
class Exclusive:
    """Two options that may not be given together, and what is said when the usual sentence about
    them would not do."""

    first: str
    second: str
    wrong: str
    where: Location


@dataclass(frozen=True)
class Requires:
    """An option that makes sense only together with another one, or with one of several."""

    option: str
    needs: str
    wrong: str
    where: Location


@dataclass(frozen=True)
class Bit:
    """A flag constant, and the option that sets it or whose absence sets it (neither: always).
    With words the option takes some of them, separated by commas, which are successive bits."""

    option: str
    unless: str
    value: str
    words: tuple[str, ...]
    wrong: str
    where: Location


@dataclass(frozen=True)
class Argument:
    """An argument of the function, from an option in one of several ways, or a constant."""

    option: str
    document: str
    flag: str
    unless: str
    value: str
    words: tuple[str, ...]
    wrong: str
    scale: int
    divide: int
    exact: str
    minimum: str
    default: str
    where: Location

    @property
    def named(self) -> str:
        return self.option or self.flag or self.unless


@dataclass(frozen=True)
class Call:
    """One call of a public function and a sentence about its outcome; of several calls of a
    command the first one runs whose `when` options fit."""

    function: str
    plain: str
    result: str
    of: str
    when: str
    ok: str
    fail: str
    end: str
    arguments: tuple[Argument, ...]
    bits: tuple[Bit, ...]
    affect: bool
    where: Location


@dataclass(frozen=True)
class Listing:
    """The objects that a list function gives, in the order of their names."""

    function: str
    of: str
    fail: str
    bits: tuple[Bit, ...]
    where: Location


@dataclass(frozen=True)
class Show:
    """The facts of the command's own object, or of the connection; the arguments and bits go to
    those functions that take them."""

    fail: str
    arguments: tuple[Argument, ...]
    bits: tuple[Bit, ...]
    affect: bool
    where: Location


@dataclass(frozen=True)
class Edit:
    """An editor on a document that one function reads and another one stores."""

    read: str
    read_flags: str
    write: str
    write_flags: str
    unchanged: str
    ok: str
    where: Location


@dataclass(frozen=True)
class Column:
    """One value of a view, and the function that gives it where no C is needed."""

    key: str
    title: str
    kind: str
    get: str
    part: str
    words: tuple[str, ...]
    none: str | None
    optional: bool
    when: str
    condition: str
    unit: str
    decimals: int
    divide: int
    zero: bool
    pretty: str
    pad: int
    repeated: bool
    json: bool
    doc: str
    where: Location


@dataclass(frozen=True)
class View:
    """One way to print the facts of a command; the first one whose `when` options fit is used."""

    kind: str
    when: str
    many: bool
    gap: bool
    width: int
    between: str
    head: str
    caption: str
    columns: tuple[Column, ...]
    where: Location


@dataclass(frozen=True)
class Tuned:
    """An option that is a parameter of the API: its key, its type and how its word is read."""

    option: str
    key: str
    type: str
    scale: int
    divide: int
    unlimited: bool
    words: tuple[str, ...]
    parts: str
    wrong: str
    negative: str
    where: Location


@dataclass(frozen=True)
class Tune:
    """Parameters: shown by one function, and those that options give set by another one."""

    get: str
    set: str
    counted: str
    read: str
    write: str
    malformed: str
    unlimited: str
    affect: bool
    arguments: tuple[Argument, ...]
    parameters: tuple[Tuned, ...]
    where: Location


@dataclass(frozen=True)
class EventWord:
    """How one value of an event is shown: its key in JSON, its words."""

    argument: str
    key: str
    by: str
    words: str


@dataclass(frozen=True)
class EventKind:
    """A kind of event and its line; `hand` where the callback is written in C."""

    name: str
    text: str
    hand: bool
    words: tuple[EventWord, ...]
    where: Location

    @property
    def constant(self) -> str:
        """The event's name in the API."""
        return self.name.upper().replace("-", "_").replace("PM_", "PM")


@dataclass(frozen=True)
class Events:
    """A wait for events of the kind of object that the first object option names."""

    kinds: tuple[EventKind, ...]
    where: Location


Body = Call | Listing | Show | Edit | Tune | Events


@dataclass(frozen=True)
class Command:
    """One command as a person types it."""

    name: str
    prefix: str
    aliases: tuple[str, ...]
    hidden: bool
    offline: bool
    since: str
    brief: str
    doc: tuple[str, ...]
    options: tuple[Option, ...]
    exclusives: tuple[Exclusive, ...]
    requires: tuple[Requires, ...]
    bodies: tuple[Body, ...]
    views: tuple[View, ...]
    where: Location

    @property
    def hook(self) -> str:
        """The C function behind the command."""
        return self.prefix + self.symbol

    @property
    def symbol(self) -> str:
        return "".join(part.capitalize() for part in self.name.split("-"))

    @property
    def calls(self) -> tuple[Call, ...]:
        return tuple(body for body in self.bodies if isinstance(body, Call))

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
class Lookup:
    """A function that finds an object by a word, and the form the word must have for it."""

    function: str
    form: str
    where: Location


@dataclass(frozen=True)
class Object:
    """A kind of object that options name; without lookups it is found by C of the shell. Its list function is called
    on the connection, or on an object of the kind `within`, which an option of that name gives."""

    name: str
    type: str
    lookups: tuple[Lookup, ...]
    list: str
    within: str
    label: str
    fail: str
    quiet: bool
    where: Location

    @property
    def find(self) -> str:
        """The C function that finds one."""
        return "virshFind" + "".join(part.capitalize() for part in self.name.split("-"))


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
    """The whole shell. `title` begins its long version, `variables` the names of its environment
    variables; `connection` is the type of object that it is connected to."""

    name: str
    title: str
    variables: str
    connection: str
    source: str
    brief: str
    doc: tuple[str, ...]
    globals: tuple[Global, ...]
    objects: tuple[Object, ...]
    groups: tuple[Group, ...]

    @property
    def handle(self) -> str:
        """The connection, in C."""
        return "ctl->connection" if self.connection == "Connect" else "ctl->administration"

    @property
    def stem(self) -> str:
        """The name in the names of files and variables."""
        return self.name.replace("-", "_")

    def object(self, name: str) -> Object | None:
        return next((item for item in self.objects if item.name == name), None)

    def commands(self) -> tuple[Command, ...]:
        return tuple(command for group in self.groups for command in group.commands)
