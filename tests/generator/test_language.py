#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""docs/specification-language.md names every element and attribute of the language."""

import re
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from generator import model, vocabulary  # noqa: E402

PAGE = (ROOT / "docs" / "specification-language.md").read_text()


class Language(unittest.TestCase):
    def test_elements(self) -> None:
        for tag in vocabulary.ATTRIBUTES:
            with self.subTest(element=tag):
                self.assertRegex(PAGE, rf"<{tag}[ >]")

    def test_attributes(self) -> None:
        words = set(re.findall(r"[a-z][a-z-]*", PAGE))
        for tag, names in vocabulary.ATTRIBUTES.items():
            with self.subTest(element=tag):
                self.assertEqual(sorted(names - words), [])

    def test_shapes_and_kinds(self) -> None:
        words = set(re.findall(r"[a-z][a-z0-9-]*", PAGE))
        for kinds in (model.Shape, model.ReturnKind, model.ListMode, model.Kind):
            for kind in kinds:
                self.assertIn(kind.value, words)


if __name__ == "__main__":
    unittest.main()
