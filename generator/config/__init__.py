# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a daemon is told: config/*.xml in; tables, annotated files, man pages and units out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from generator.config.emit_c import source
from generator.config.emit_text import conf, conf_page, daemon_page
from generator.config.emit_units import service, socket
from generator.config.load import load_daemon
from generator.config.model import Daemon
from generator.config.rules import check
from generator.source import Problems, read


def load(root: Path, problems: Problems) -> tuple[Daemon, ...]:
    """Reads and checks every config/*.xml below `root`; whatever is wrong lands in `problems`."""
    daemons = []
    for path in sorted((root / "config").glob("*.xml")):
        before = len(problems.found)
        element = read(path, f"config/{path.name}", problems)
        daemon = None if element is None else load_daemon(element, problems)
        if daemon is None:
            continue
        if len(problems.found) == before:
            check(daemon, problems)
        daemons.append(daemon)
    return tuple(daemons)


def outputs(daemons: tuple[Daemon, ...]) -> list[tuple[str, str, Callable[[], str]]]:
    """Output path, layer and the function that makes its text."""
    table: list[tuple[str, str, Callable[[], str]]] = []
    for daemon in daemons:
        table += [
            ("daemon/settings.c", "daemon", partial(source, daemon)),
            (f"config/{daemon.name}.conf", "config", partial(conf, daemon)),
            (f"man/{daemon.name}.8", "man", partial(daemon_page, daemon)),
            (f"man/{daemon.name}.conf.5", "man", partial(conf_page, daemon)),
            (f"units/{daemon.name}.service.in", "units", partial(service, daemon)),
        ]
        table += [
            (f"units/{one.name}.socket.in", "units", partial(socket, daemon, one))
            for one in daemon.sockets
        ]
    return table


__all__ = ["Daemon", "load", "outputs"]
