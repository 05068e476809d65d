# SPDX-License-Identifier: LGPL-2.1-or-later
"""The scenarios of tests/clients/calls through the daemon: results, outputs and errors are those without it.

Ours on both ends, and the stock library on our daemon.
"""

from __future__ import annotations

import difflib
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import lab

CLIENTS = Path(__file__).resolve().parents[1] / "clients"
COMPARE = CLIENTS / "compare_calls.py"
sys.path.insert(0, str(CLIENTS))
sys.dont_write_bytecode = True

from calls import SCENARIOS  # noqa: E402
from compare_calls import STOCK, comparable  # noqa: E402

#: What differs on the client's side: stock's handle keeps the name it was looked up by.
STOCK_CLIENT = {"renames"}
OURS = str(lab.BUILD / ".libs" / "libvirt.so.0")


def plain(line: str) -> str:
    """What can be equal: a handle of the remote driver does not hear that its domain stopped."""
    return re.sub(r"( reason -?\d+) id -?\d+$", r"\1", comparable(line))


def transcript(library: str, scenario: str, uri: str) -> list[str]:
    """The lines of a scenario on a connection, errors included."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)
        command = [sys.executable, "-B", str(COMPARE), "--record", library, scenario]
        environment = {**(lab.PLAIN if library == STOCK else dict(os.environ)), "LC_ALL": "C.UTF-8",
                       "VIR_CALLS_URI": uri}
        if library != STOCK:
            command = lab.ours(*command)
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True,
                              timeout=120, check=False)
        lines = [plain(line) for line in done.stdout.replace(folder, "FOLDER").splitlines()]
        return lines + ([f"ended with {done.returncode}: {done.stderr}"] if done.returncode else [])


class Calls(unittest.TestCase):
    daemon: lab.Daemon

    @classmethod
    def setUpClass(cls) -> None:
        cls.daemon = lab.Daemon()
        cls.addClassCleanup(cls.daemon.stop)

    def compare(self, library: str) -> None:
        for scenario in SCENARIOS:
            name = scenario.__name__
            if library == STOCK and name in STOCK_CLIENT:
                continue
            with self.subTest(scenario=name):
                here = transcript(OURS, name, "test:///default")
                there = transcript(library, name, self.daemon.uri())
                self.assertGreater(len(here), 2)
                if here != there:
                    self.fail("\n".join(difflib.unified_diff(here, there, "here", "behind the daemon",
                                                             n=0, lineterm="")))

    def test_our_library(self) -> None:
        self.compare(OURS)

    def test_stock_library(self) -> None:
        if not os.path.exists(STOCK):
            self.skipTest(f"no stock library at {STOCK}")
        self.compare(STOCK)


if __name__ == "__main__":
    unittest.main()
