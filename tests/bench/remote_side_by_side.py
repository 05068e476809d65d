#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Measures this library and daemon against the stock ones, in all four combinations, in turns.

    make -C build bench && python3 tests/bench/remote_side_by_side.py [ROUNDS [PART...]]

Prints a table of medians. Every round starts each daemon anew, on private sockets and test:///default. Needs
root and Debian's libvirt-daemon.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "daemon"))

import lab

REMOTE = lab.BUILD / "tests/bench/.libs/remote"
PARTS = ("start", "calls", "threads", "idle", "domains", "events")
LIMITS = "max_clients = 8000\nmax_anonymous_clients = 8000\n"
OPEN = 'auth_unix_rw = "none"\nauth_unix_ro = "none"\n'
#: Title, whether the library is ours, whether the daemon is.
COMBINATIONS = (("stock", False, False), ("here", True, True), ("daemon only", False, True),
                ("library only", True, False))

Figures = dict[str, list[float]]


def library(mine: bool) -> dict[str, str]:
    """The environment in which the bench finds one of the libraries."""
    libraries = str(lab.BUILD / ".libs")
    more = {"LD_LIBRARY_PATH": libraries, "LIBVIRT_DRIVER_DIR": libraries, "LIBVIRT_MODULE_DIR": libraries}
    return {**lab.PLAIN, **(more if mine else {})}


def measure(part: str, mine: bool, daemon: lab.Daemon, figures: Figures) -> None:
    """Adds what the bench printed: name, tab, number, unit on each line."""
    result = subprocess.run([str(REMOTE), part, daemon.uri(), str(daemon.pid)], env=library(mine),
                            capture_output=True, text=True)
    if result.returncode:
        raise SystemExit(f"{part}: {result.stderr}{daemon.output()}")
    for line in result.stdout.splitlines():
        name, _, value = line.partition("\t")
        number, unit = value.split(" ", 1)
        figures.setdefault(f"{name} ({unit})", []).append(float(number))


def turn(mine: bool, daemon_mine: bool, parts: list[str], figures: Figures) -> None:
    """One round of one combination."""
    daemon = lab.Daemon(LIMITS + OPEN) if daemon_mine else lab.Stock(LIMITS + OPEN)
    try:
        for part in parts:
            measure(part, mine, daemon, figures)
    finally:
        daemon.stop()


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    parts = sys.argv[2:] or list(PARTS)
    if reason := lab.Stock.missing():
        print(reason)
        return 1
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    found: dict[str, Figures] = {title: {} for title, _, _ in COMBINATIONS}
    for number in range(rounds):
        for title, mine, daemon_mine in COMBINATIONS:
            turn(mine, daemon_mine, parts, found[title])
            print(f"round {number + 1} of {rounds}: {title}", file=sys.stderr, flush=True)
    titles = [title for title, _, _ in COMBINATIONS]
    print("| what | " + " | ".join(titles) + " | here/stock |\n|" + "---|" * (len(titles) + 2))
    for name in found["stock"]:
        values = [statistics.median(found[title][name]) for title in titles]
        ratio = f"{values[1] / values[0]:.2f}" if values[0] else "-"
        print(f"| {name} | " + " | ".join(f"{value:.2f}" for value in values) + f" | {ratio} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
