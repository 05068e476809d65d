#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The index of the guides: what it names has to be there."""

import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from generator.site import guides  # noqa: E402
from generator.source import Problems  # noqa: E402


class Index(unittest.TestCase):
    def load(self, guide: str) -> tuple[guides.Material, list[str]]:
        with tempfile.TemporaryDirectory() as name:
            root = Path(name)
            (root / guides.INDEX).parent.mkdir(parents=True)
            (root / guides.INDEX).write_text(
                f'<guides><part title="Beginning"><guide href="docs/guides/{guide}"/></part></guides>')
            (root / "docs/guides/first.md").write_text("# First\n")
            problems = Problems()
            found = guides.load(root, problems)
            return found, [str(problem) for problem in problems.found]

    def test_good(self) -> None:
        found, problems = self.load("first.md")
        self.assertEqual(problems, [])
        self.assertEqual([guide.page for part in found.parts for guide in part.guides], ["first"])

    def test_missing(self) -> None:
        _, problems = self.load("second.md")
        self.assertEqual(len(problems), 1)
        self.assertRegex(problems[0], r"index\.xml:1:\d+: error: cannot read .*second\.md: No such file or directory"
                                      r" \[known-guide\]$")


if __name__ == "__main__":
    unittest.main()
