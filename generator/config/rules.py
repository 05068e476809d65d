# SPDX-License-Identifier: LGPL-2.1-or-later
"""The rules of the language of settings: one function is one rule, its docstring says why."""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.config.model import Daemon, Setting, Settings
from generator.source import Problems

NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*\Z")
NUMBER = re.compile(r"-?[0-9]+\Z")
MODE = re.compile(r"0[0-7]{3}\Z")

Rule = Callable[[Settings, Problems], None]


def setting_once(file: Settings, problems: Problems) -> None:
    """A line of the file has one meaning, so a name is described once."""
    seen: dict[str, Setting] = {}
    for setting in file.settings():
        if setting.name in seen:
            problems.add(setting.where, "config-setting-once",
                         f"'{setting.name}' is described already, at {seen[setting.name].where}")
        seen.setdefault(setting.name, setting)


def setting_name(file: Settings, problems: Problems) -> None:
    """Names are lower-case words joined by underscores, as administrators know them."""
    for setting in file.settings():
        if not NAME.match(setting.name):
            problems.add(setting.where, "config-setting-name",
                         f"'{setting.name}' is not the name of a setting")


def effect(file: Settings, problems: Problems) -> None:
    """Nothing is read without an effect in silence: a setting either has a member that keeps its
    value, or a reason why it has none; only then can its values be refused, and only a value that is
    kept can be read again."""
    for setting in file.settings():
        wrong = ""
        if bool(setting.member) == bool(setting.unused):
            wrong = "needs either a member or a reason why it is unused"
        elif setting.refuse and setting.member:
            wrong = "has a member, so its values cannot be refused"
        elif setting.reload and not setting.member:
            wrong = "has no member, so it cannot be reloaded"
        if wrong:
            problems.add(setting.where, "config-effect", f"setting '{setting.name}' {wrong}")


def doc(file: Settings, problems: Problems) -> None:
    """The file and the man page explain everything that they name."""
    for setting in file.settings():
        if not setting.doc:
            problems.add(setting.where, "config-doc", f"setting '{setting.name}' has no text")
    for option in file.options if isinstance(file, Daemon) else ():
        if not option.doc:
            problems.add(option.where, "config-doc", f"option '{option.name}' has no text")


def _wrong_kind(setting: Setting) -> str:
    ranged = bool(setting.minimum or setting.maximum)
    if ranged != (setting.kind == "number"):
        return "needs a range" if not ranged else "is no number, so it has no range"
    if setting.choices and setting.kind not in ("choice", "list", "auth"):
        return "is no choice, so it has no choices"
    if setting.kind == "choice" and not setting.choices:
        return "needs choices"
    if setting.alone and setting.kind != "list":
        return "is no list, so it cannot stand alone"
    return ""


def kind(file: Settings, problems: Problems) -> None:
    """A range belongs to numbers, choices to a choice: the checks are made of them."""
    for setting in file.settings():
        wrong = _wrong_kind(setting)
        if wrong:
            problems.add(setting.where, "config-kind", f"setting '{setting.name}' {wrong}")


def _is_value(setting: Setting, text: str) -> bool:
    match setting.kind:
        case "bool":
            return text in ("0", "1")
        case "number":
            return bool(NUMBER.match(text)) and (
                int(setting.minimum) <= int(text) <= int(setting.maximum))
        case "size":
            return text == "unlimited" or text.isdecimal()
        case "mode":
            return bool(MODE.match(text))
        case "auth":
            return text in ("none", "sasl", "polkit")
        case "choice":
            return text in setting.choices
        case _:
            return True


def default(file: Settings, problems: Problems) -> None:
    """The default is what the daemon does without the line, so it is a value the line may have."""
    for setting in file.settings():
        if not _wrong_kind(setting) and not _is_value(setting, setting.default):
            problems.add(setting.where, "config-default",
                         f"'{setting.default}' is not a value of '{setting.name}'")


def socket(file: Settings, problems: Problems) -> None:
    """A socket is either a file with permissions or a port, and stands beside one that exists."""
    sockets = file.sockets if isinstance(file, Daemon) else ()
    names = [socket.name for socket in sockets]
    for socket in sockets:
        wrong = ""
        if bool(socket.file) == bool(socket.port):
            wrong = "needs either a file or a port"
        elif bool(socket.mode) != bool(socket.file) or (
                socket.mode and not MODE.match(socket.mode)):
            wrong = "has permissions that do not fit"
        elif socket.beside and socket.beside not in names:
            wrong = f"stands beside '{socket.beside}', which does not exist"
        elif not socket.doc:
            wrong = "has no text"
        if wrong:
            problems.add(socket.where, "config-socket", f"socket '{socket.name}' {wrong}")


RULES: tuple[Rule, ...] = (
    setting_once, setting_name, effect, doc, kind, default, socket,
)


def check(file: Settings, problems: Problems) -> None:
    for rule in RULES:
        rule(file, problems)
