# SPDX-License-Identifier: LGPL-2.1-or-later
"""The rules of the shell language: one function is one rule, its docstring says why."""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.shell.model import Command, Shell
from generator.source import Problems, suggestion

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
PLACEHOLDER = re.compile(r"\{([a-z0-9.-]*)\}")

Rule = Callable[[Shell, Problems], None]


def command_once(shell: Shell, problems: Problems) -> None:
    """A word names one command, whether as its name or as an alias, in all groups together."""
    seen: dict[str, Command] = {}
    for command in shell.commands():
        for word in (command.name, *command.aliases):
            if word in seen:
                problems.add(
                    command.where,
                    "shell-command-once",
                    f"'{word}' already names a command, at {seen[word].where}",
                )
            seen.setdefault(word, command)


def group_once(shell: Shell, problems: Problems) -> None:
    """`help WORD` must not have two meanings, so a group and a command cannot share a keyword
    unless the group holds nothing but what that command is about."""
    seen: set[str] = set()
    for group in shell.groups:
        if group.name in seen and group.commands:
            problems.add(
                group.commands[0].where, "shell-group-once", f"group '{group.name}' exists twice"
            )
        seen.add(group.name)


def name_form(shell: Shell, problems: Problems) -> None:
    """Names are lower-case words joined by hyphens: they become C names and are typed by hand."""
    for command in shell.commands():
        for word in (command.name, *command.aliases):
            if not NAME.match(word):
                problems.add(command.where, "shell-name-form", f"'{word}' is not a command name")
        for option in command.options:
            if not NAME.match(option.name):
                problems.add(
                    option.where, "shell-name-form", f"'{option.name}' is not an option name"
                )


def option_once(shell: Shell, problems: Problems) -> None:
    """An option is declared once per command, also when it comes from a set."""
    for command in shell.commands():
        seen: set[str] = set()
        for option in command.options:
            if option.name in seen:
                problems.add(
                    command.where,
                    "shell-option-once",
                    f"command '{command.name}' has option '{option.name}' twice",
                )
            seen.add(option.name)


def rest_last(shell: Shell, problems: Problems) -> None:
    """The option that takes all remaining words swallows what follows, so no option that is
    filled by position may stand after it."""
    for command in shell.commands():
        rest = ""
        for option in command.options:
            if rest and not option.named:
                problems.add(
                    option.where,
                    "shell-rest-last",
                    f"option '{option.name}' is filled by position, but '{rest}' before it takes "
                    "all remaining words",
                )
            if option.kind == "rest":
                rest = option.name


def required_first(shell: Shell, problems: Problems) -> None:
    """A required option filled by position comes before the optional ones, or the first word
    would land in the wrong place."""
    for command in shell.commands():
        loose = ""
        for option in command.options:
            if option.named:
                continue
            if option.required and loose:
                problems.add(
                    option.where,
                    "shell-required-first",
                    f"required option '{option.name}' stands after optional '{loose}'",
                )
            if not option.required:
                loose = option.name


def documented(shell: Shell, problems: Problems) -> None:
    """Every command has a brief and a description, every option has a text: help has no gaps."""
    for command in shell.commands():
        if not command.brief:
            problems.add(command.where, "shell-doc", f"command '{command.name}' has no <brief>")
        if not command.doc:
            problems.add(command.where, "shell-doc", f"command '{command.name}' has no <doc>")
        for option in command.options:
            if not option.doc:
                problems.add(
                    option.where,
                    "shell-doc",
                    f"option '{option.name}' of '{command.name}' has no text",
                )
    for item in shell.globals:
        if not item.doc:
            problems.add(item.where, "shell-doc", f"global option '{item.name}' has no text")


def brief_form(shell: Shell, problems: Problems) -> None:
    """A brief is one line of a list: no full stop, at most 72 columns."""
    for command in shell.commands():
        if command.brief.endswith("."):
            problems.add(
                command.where,
                "shell-brief-form",
                f"the brief of '{command.name}' ends with a full stop",
            )
        if len(command.brief) > 72:
            problems.add(
                command.where,
                "shell-brief-form",
                f"the brief of '{command.name}' has {len(command.brief)} columns, at most 72",
            )


def option_kind(shell: Shell, problems: Problems) -> None:
    """What an option says beyond its kind must fit the kind."""
    for command in shell.commands():
        for option in command.options:
            wrong = ""
            if option.kind == "object" and not option.object:
                wrong = "is an object, but does not say of which kind"
            elif option.object and option.kind not in ("object", "rest"):
                wrong = f"names an object, but its kind is {option.kind}"
            elif option.kind == "enum" and not option.choices:
                wrong = "is an enum without choices"
            elif option.kind == "flag" and option.required:
                wrong = "is a flag, which cannot be required"
            elif (option.minimum or option.maximum) and option.kind not in ("int", "uint"):
                wrong = f"has a range, but its kind is {option.kind}"
            if wrong:
                problems.add(
                    option.where, "shell-option-kind", f"option '{option.name}' {wrong}"
                )


def known_option(shell: Shell, problems: Problems) -> None:
    """Exclusive pairs, requirements and calls speak of options that the command has."""
    for command in shell.commands():
        known = [option.name for option in command.options]
        named = [(item.first, item.where) for item in command.exclusives]
        named += [(item.second, item.where) for item in command.exclusives]
        named += [(item.option, item.where) for item in command.requires]
        named += [(item.needs, item.where) for item in command.requires]
        if command.call is not None:
            named += [(item.option, command.call.where) for item in command.call.arguments]
            named += [(item.option, command.call.where) for item in command.call.bits]
        for name, where in named:
            if name not in known:
                problems.add(
                    where,
                    "shell-known-option",
                    f"command '{command.name}' has no option '{name}'{suggestion(name, known)}",
                )


def template(shell: Shell, problems: Problems) -> None:
    """A sentence of a call may name `{option}` (as typed) and `{name}` (of the object)."""
    for command in shell.commands():
        call = command.call
        if call is None:
            continue
        known = [option.name for option in command.options if option.kind != "flag"]
        known.append("name")
        for text in (call.ok, call.fail):
            for word in PLACEHOLDER.findall(text):
                if word not in known:
                    problems.add(
                        call.where,
                        "shell-template",
                        f"the call of '{command.name}' has no value '{{{word}}}'"
                        f"{suggestion(word, known)}",
                    )


def call_result(shell: Shell, problems: Problems) -> None:
    """A result that is an object says of which kind, and what to print about it."""
    for command in shell.commands():
        call = command.call
        if call is None:
            continue
        if (call.result == "object") != bool(call.of):
            problems.add(
                call.where, "shell-call-result", "attribute 'of' belongs to result 'object' only"
            )
        if call.result == "object" and not call.ok:
            problems.add(
                call.where, "shell-call-result", f"result '{call.result}' needs a sentence 'ok'"
            )


RULES: tuple[Rule, ...] = (
    command_once,
    group_once,
    name_form,
    option_once,
    rest_last,
    required_first,
    documented,
    brief_form,
    option_kind,
    known_option,
    template,
    call_result,
)


def check(shell: Shell, problems: Problems) -> None:
    """All rules over one shell."""
    for rule in RULES:
        rule(shell, problems)
