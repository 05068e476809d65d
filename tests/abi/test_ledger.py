#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What programs rely on stays: the ledgers of prototypes, constants, keys, limits, events, access."""

from __future__ import annotations

import os
import sys
import unittest
from pathlib import Path

SOURCE = Path(os.environ.get("VIR_SOURCE_DIR", Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(SOURCE))

from generator import inspect_api, outputs  # noqa: E402

MORE = "add it: python3 -m generator ledger tests/abi"


class Ledger(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.ledgers = inspect_api.ledgers(outputs.load(SOURCE).api)

    def kept(self, name: str) -> list[str]:
        return (SOURCE / "tests" / "abi" / f"{name}.tsv").read_text().splitlines()

    def test_nothing_is_taken_back(self) -> None:
        for name, rows in self.ledgers.items():
            with self.subTest(ledger=name):
                self.assertEqual(sorted(set(self.kept(name)) - set(rows)), [])

    def test_nothing_is_missing(self) -> None:
        for name, rows in self.ledgers.items():
            with self.subTest(ledger=name):
                self.assertEqual(sorted(set(rows) - set(self.kept(name))), [], MORE)

    def test_size(self) -> None:
        for name, least in (("prototypes", 567), ("constants", 1000), ("keys", 400), ("limits", 10),
                            ("events", 36), ("permissions", 400), ("access", 395)):
            with self.subTest(ledger=name):
                self.assertGreaterEqual(len(self.kept(name)), least)


if __name__ == "__main__":
    unittest.main()
