# SPDX-License-Identifier: LGPL-2.1-or-later
"""Configuration files: config/*.xml in; tables, annotated files, man pages and units out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from generator.config.emit_c import source
from generator.config.emit_text import conf, conf_page, daemon_page
from generator.config.emit_units import service, socket
from generator.config.load import load_settings
from generator.config.model import Daemon, Settings
from generator.config.rules import check
from generator.source import Problems, read


def load(root: Path, problems: Problems) -> tuple[Settings, ...]:
    """Reads and checks every config/*.xml below `root`; whatever is wrong lands in `problems`."""
    files = []
    for path in sorted((root / "config").glob("*.xml")):
        before = len(problems.found)
        element = read(path, f"config/{path.name}", problems)
        settings = None if element is None else load_settings(element, problems)
        if settings is None:
            continue
        if len(problems.found) == before:
            check(settings, problems)
        files.append(settings)
    return tuple(files)


Row = tuple[str, str, Callable[[], str]]


def _program(daemon: Daemon) -> list[Row]:
    rows: list[Row] = [
        (f"man/{daemon.name}.8", "man", partial(daemon_page, daemon)),
        (f"units/{daemon.name}.service.in", "units", partial(service, daemon)),
    ]
    rows += [
        (f"units/{one.name}.socket.in", "units", partial(socket, daemon, one))
        for one in daemon.sockets
    ]
    return rows


def outputs(files: tuple[Settings, ...]) -> list[Row]:
    """Output path, layer and the function that makes its text."""
    table: list[Row] = []
    for settings in files:
        if isinstance(settings, Daemon):
            table += [("daemon/settings.c", "daemon", partial(source, settings))]
        else:
            table += [(f"settings/{settings.name}.c", "settings", partial(source, settings))]
        table += [
            (f"config/{settings.name}.conf", "config", partial(conf, settings)),
            (f"man/{settings.name}.conf.5", "man", partial(conf_page, settings)),
        ]
        if isinstance(settings, Daemon):
            table += _program(settings)
    return table


__all__ = ["Daemon", "Settings", "load", "outputs"]
