# SPDX-License-Identifier: LGPL-2.1-or-later
"""The shell's commands: shell/*.xml in, command tables, man page and completion out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from generator.shell.emit import calls, completion, manpage, tables
from generator.shell.load import load_shell
from generator.shell.model import Shell
from generator.shell.rules import check
from generator.source import Problems

Output = tuple[str, str, Callable[[], str]]


def load(root: Path, problems: Problems) -> Shell:
    """Reads and checks the description below `root`; whatever is wrong lands in `problems`."""
    shell = load_shell(root, problems)
    if not problems.found:
        check(shell, problems)
    return shell


def outputs(shell: Shell) -> list[Output]:
    """Output path, layer and the function that makes its text."""
    return [
        ("client/commands.h", "client", lambda: tables.header(shell)),
        ("client/commands.c", "client", lambda: tables.source(shell)),
        ("client/calls.c", "client", lambda: calls.source(shell)),
        (f"man/{shell.name}.1", "man", lambda: manpage.page(shell)),
        (f"completion/{shell.name}", "completion", lambda: completion.script(shell)),
    ]
