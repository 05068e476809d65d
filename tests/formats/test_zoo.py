# SPDX-License-Identifier: LGPL-2.1-or-later
"""Generates, compiles and runs the zoo format: every construct of the description language."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from generator.schema import load, outputs
from generator.source import Problems
from generator.text import write_if_changed

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("glib-2.0", "libxml-2.0")
# raise.c reports through the library's runtime, which the engine itself does not need.
SOURCES = sorted(p for p in (ROOT / "src/document").glob("*.c") if p.name != "raise.c")


def configured(option: str) -> list[str]:
    text = subprocess.run(
        ["pkg-config", option, *PACKAGES], check=True, capture_output=True, text=True
    ).stdout
    return shlex.split(text)


class Zoo(unittest.TestCase):
    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = Path(scratch.name)
        problems = Problems()
        formats = load(ROOT / "tests/formats/zoo", problems)
        self.assertEqual([str(problem) for problem in problems.found], [])
        for path, _layer, make in outputs(formats):
            write_if_changed(self.scratch / "gen" / path, make())

    def build(self) -> Path:
        program = self.scratch / "zoo_test"
        sources = [ROOT / "tests/formats/zoo/zoo_test.c", *(self.scratch / "gen/document").glob("*.c")]
        subprocess.run(
            [
                *shlex.split(os.environ.get("CC", "cc")),
                *("-std=gnu17", "-O1", "-g", "-Wall", "-Wextra", "-Werror"),
                *(f"-I{ROOT / 'src'}", f"-I{self.scratch / 'gen'}"),
                *configured("--cflags"),
                *map(str, [*sources, *SOURCES, ROOT / "src/base/nearest.c"]),
                *configured("--libs"),
                *("-o", str(program)),
            ],
            check=True,
        )
        return program

    def test_zoo(self) -> None:
        program = self.build()
        ran = subprocess.run(
            [str(program), "--tap"], cwd=self.scratch, capture_output=True, text=True, timeout=60
        )
        self.assertEqual(ran.returncode, 0, ran.stdout[-3000:] + ran.stderr[-3000:])
        self.assertIn("\n1..16\n", "\n" + ran.stdout)
        xmllint = shutil.which("xmllint")
        if xmllint is None:
            self.skipTest("xmllint is not installed")
        documents = sorted(map(str, self.scratch.glob("zoo-*.xml")))
        self.assertEqual(len(documents), 100)
        schema = str(self.scratch / "gen/schemas/zoo.rng")
        valid = subprocess.run(
            [xmllint, "--noout", "--relaxng", schema, *documents], capture_output=True, text=True
        )
        wrong = [line for line in valid.stderr.splitlines() if not line.endswith(" validates")]
        self.assertEqual((valid.returncode, wrong[:5]), (0, []))


if __name__ == "__main__":
    unittest.main()
