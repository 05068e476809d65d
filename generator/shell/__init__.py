# SPDX-License-Identifier: LGPL-2.1-or-later
"""The shell's commands: shell/*.xml in, command tables, man page and completion out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from generator import model as api_model
from generator.shell.emit import completion, events, hooks, manpage, objects, tables
from generator.shell.load import indexes, load_shell
from generator.shell.model import Shell
from generator.shell.rules import check
from generator.source import Problems

Output = tuple[str, str, Callable[[], str]]


def load(
    root: Path, problems: Problems, api: api_model.Api | None = None
) -> tuple[Shell, ...]:
    """Reads and checks the shells below `root`; whatever is wrong lands in `problems`.
    Without an API nothing is said about the functions that commands call."""
    shells = []
    for name in indexes(root, problems):
        before = len(problems.found)
        shell = load_shell(root, name, problems)
        if shell is not None and len(problems.found) == before:
            check(shell, api, problems)
        if shell is not None:
            shells.append(shell)
    return tuple(shells)


def _of_shell(shell: Shell, api: api_model.Api) -> list[Output]:
    """What each shell has for itself."""
    stem, layer = shell.stem, f"client_{shell.stem}"
    groups: list[Output] = [
        (f"client/{Path(group.source).stem}_calls.c", layer, partial(hooks.source, shell, api, group))
        for group in shell.groups
        if any(command.bodies for command in group.commands)
    ]
    return [
        (f"client/{stem}.c", layer, partial(tables.source, shell)),
        (f"client/{stem}_objects.h", layer, partial(objects.header, shell)),
        (f"client/{stem}_objects.c", layer, partial(objects.source, shell, api)),
        *groups,
        (f"man/{shell.name}.1", "man", partial(manpage.page, shell)),
        (f"completion/{shell.name}", "completion", partial(completion.script, shell)),
    ]


def outputs(shells: Sequence[Shell], api: api_model.Api) -> list[Output]:
    """Output path, layer and the function that makes its text."""
    if not shells:
        return []
    table: list[Output] = [("client/commands.h", "client", lambda: tables.header(
        shells, [text for shell in shells for text in events.hand_prototypes(shell, api)]))]
    for shell in shells:
        table += _of_shell(shell, api)
    return table
