# SPDX-License-Identifier: LGPL-2.1-or-later
"""The shell's commands: shell/*.xml in, command tables, man page and completion out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from generator import model as api_model
from generator.shell.emit import completion, events, hooks, manpage, objects, tables
from generator.shell.load import load_shell
from generator.shell.model import Shell
from generator.shell.rules import check
from generator.source import Problems

Output = tuple[str, str, Callable[[], str]]


def load(root: Path, problems: Problems, api: api_model.Api | None = None) -> Shell:
    """Reads and checks the description below `root`; whatever is wrong lands in `problems`.
    Without an API nothing is said about the functions that commands call."""
    shell = load_shell(root, problems)
    if not problems.found:
        check(shell, api, problems)
    return shell


def outputs(shell: Shell, api: api_model.Api) -> list[Output]:
    """Output path, layer and the function that makes its text."""
    groups: list[Output] = [
        (f"client/{group.name}_calls.c", "client", partial(hooks.source, shell, api, group))
        for group in shell.groups
        if any(command.bodies for command in group.commands)
    ]
    return [
        ("client/commands.h", "client", lambda: tables.header(shell, events.hand_prototypes(shell, api))),
        ("client/commands.c", "client", lambda: tables.source(shell)),
        ("client/objects.h", "client", lambda: objects.header(shell)),
        ("client/objects.c", "client", lambda: objects.source(shell)),
        *groups,
        (f"man/{shell.name}.1", "man", lambda: manpage.page(shell)),
        (f"completion/{shell.name}", "completion", lambda: completion.script(shell)),
    ]
