#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Measures this library and an installed stock one in turns, and prints a table of medians.

    make -C build bench && python3 tests/bench/side_by_side.py [ROUNDS]

Reads VIR_BUILD_DIR (default: build). Needs a stock virsh.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("VIR_BUILD_DIR", ROOT / "build"))
IN_PROCESS = BUILD / "tests/bench/.libs/in_process"
COLD_START = BUILD / "tests/bench/cold_start"
STOCK_VIRSH = "/usr/bin/virsh"
LIST = ["-c", "test:///default", "list"]

Figures = dict[str, list[float]]


def ours() -> dict[str, str]:
    libraries = str(BUILD / ".libs")
    return {**os.environ, "LD_LIBRARY_PATH": libraries, "LIBVIRT_DRIVER_DIR": libraries,
            "LIBVIRT_MODULE_DIR": libraries}


def stock() -> dict[str, str]:
    return {k: v for k, v in os.environ.items()
            if k != "LD_LIBRARY_PATH" and not k.startswith("LIBVIRT_")}


def measure(command: list[str], environment: dict[str, str], title: str, figures: Figures) -> None:
    """Adds what a program printed: name, tab, number, unit on each line."""
    output = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    for line in output.splitlines():
        name, _, value = line.partition("\t")
        number, unit = value.split()
        figures.setdefault(f"{title}{name} ({unit})", []).append(float(number))


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    theirs: Figures = {}
    mine: Figures = {}
    for _ in range(rounds):
        for virsh, environment, figures in ((STOCK_VIRSH, stock(), theirs),
                                            (str(BUILD / ".libs/virsh"), ours(), mine)):
            measure([str(IN_PROCESS)], environment, "", figures)
            measure([str(COLD_START), virsh, *LIST], environment, "virsh list: ", figures)
    print("| what | stock | here | ratio |\n|---|---|---|---|")
    for name in theirs:
        left, right = statistics.median(theirs[name]), statistics.median(mine[name])
        print(f"| {name} | {left:.2f} | {right:.2f} | {right / left:.2f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
