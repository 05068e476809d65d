#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Makes the same calls on test:///default of our library and of an installed stock one, and compares.

Return values, error domains and codes must be equal, and so must what a scenario writes down itself;
texts of errors are only shown. Each scenario runs in a process of its own. Prints TAP.

Not compared: the domain of an error about an unknown flag. Ours are refused before any driver is
reached (domain 20), stock's by its test driver (12). DIFFERENT lists single lines, with reasons.

    compare_calls.py                 run everything
    compare_calls.py --texts NAME    show all differences of scenarios, those of texts too
"""

from __future__ import annotations

import difflib
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.dont_write_bytecode = True

from calls import DIFFERENT, SCENARIOS  # noqa: E402
from transcript import Library  # noqa: E402

RUN = Path(__file__).resolve().parents[2] / "run"
BUILD = Path(os.environ.get("VIR_BUILD_DIR", ".")).resolve()
STOCK = os.environ.get("STOCK_LIBVIRT", "/usr/lib/x86_64-linux-gnu/libvirt.so.0")
LIMIT = 20
SCENARIO = {function.__name__: function for function in SCENARIOS}


def comparable(line: str) -> str:
    """What must be equal of a line."""
    seen, _, text = line.partition("\t")
    return seen.replace("error 12/8", "error 20/8") if "unsupported flags" in text else seen


def record(library: str, name: str) -> None:
    """Runs one scenario in this process."""
    SCENARIO[name](Library(library, lambda line: print(line, flush=True)))


def transcript(library: str, name: str) -> list[str]:
    """The lines of a scenario, run in another process in an empty folder."""
    environment = dict(os.environ, LC_ALL="C.UTF-8", VIR_BUILD_DIR=str(BUILD))
    if library == STOCK:
        for variable in ("LD_LIBRARY_PATH", "LIBVIRT_DRIVER_DIR", "LIBVIRT_MODULE_DIR"):
            environment.pop(variable, None)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, os.path.abspath(__file__), "--record", library, name]
        if library != STOCK:
            command.insert(0, str(RUN))
        try:
            done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=LIMIT, check=False)
        except subprocess.TimeoutExpired as error:
            return [*(error.stdout or b"").decode().splitlines(), f"still running after {LIMIT} s"]
        lines = done.stdout.replace(folder, "FOLDER").splitlines()
        if done.returncode:
            reason = signal.Signals(-done.returncode).name if done.returncode < 0 else done.stderr.strip().splitlines()[-1:]
            lines.append(f"ended with {reason}")
        return lines


def main(arguments: list[str]) -> int:
    """Dispatches on the first argument."""
    if arguments[:1] == ["--record"]:
        record(*arguments[1:])
        return 0
    ours = str(BUILD / ".libs" / "libvirt.so.0")
    if not os.path.exists(STOCK):
        print(f"1..0 # SKIP no stock library at {STOCK}")
        return 0
    if arguments[:1] == ["--texts"]:
        for name in arguments[1:] or SCENARIO:
            one, two = transcript(STOCK, name), transcript(ours, name)
            print("\n".join(difflib.unified_diff(one, two, f"stock {name}", f"ours {name}", n=0, lineterm="")))
        return 0
    print(f"1..{len(SCENARIO)}")
    failed = 0
    for number, name in enumerate(SCENARIO, 1):
        one, two = ([comparable(line) for line in transcript(library, name)] for library in (STOCK, ours))
        one = [line if (name, line) not in DIFFERENT else DIFFERENT[name, line] for line in one]
        failed += one != two
        print(f"{'ok' if one == two else 'not ok'} {number} - {name}: {len(two)} lines")
        for line in difflib.unified_diff(one, two, "stock", "ours", n=1, lineterm=""):
            print(f"# {line}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
