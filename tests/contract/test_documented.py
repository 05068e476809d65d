#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every error that a function gives on the test hypervisor is one that its documentation names."""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(os.environ["VIR_SOURCE_DIR"])
BUILD = Path(os.environ["VIR_BUILD_DIR"])
sys.path.insert(0, str(ROOT))

from generator import errors, naming, outputs  # noqa: E402


def transcript(home: str) -> str:
    """Good, missing, wrong and foreign arguments, unknown flags: function, case, how it ended."""
    environment = dict(os.environ, HOME=home, XDG_RUNTIME_DIR=home, XDG_CONFIG_HOME=home,
                       XDG_CACHE_HOME=home)
    environment.pop("LIBVIRT_DEFAULT_URI", None)
    program = BUILD / "tests" / "contract" / "differential"
    run = os.environ.get("VIR_RUN", str(ROOT / "run"))
    return subprocess.run([run, str(program)], env=environment, cwd=home, check=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout


@unittest.skipUnless(os.environ.get("VIR_SANITIZERS", "no") == "no",
                     "every call is a process of its own: too slow with a sanitizer")
class Documented(unittest.TestCase):
    def test_errors(self) -> None:
        api = outputs.load(ROOT).api
        names = {value.value: value.name.removeprefix("ERR_")
                 for value in api.enum("ErrorNumber").values}
        known = {naming.function(api, f.name): {failure.code for failure in errors.failures(api, f)}
                 for f in api.functions}
        with tempfile.TemporaryDirectory() as home:
            rows = [line.split("\t") for line in transcript(home).splitlines()]
        given = [(row[0], row[1], names[int(row[4])], row[-1]) for row in rows
                 if len(row) > 5 and row[4] != "0"]
        self.assertGreater(len(given), 2000)
        wrong = [row for row in given if row[2] not in known[row[0]]]
        self.assertEqual(wrong, [], "errors that api/*.xml does not speak of")


if __name__ == "__main__":
    unittest.main()
