#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The zoo: what every emitter makes of one function per shape and kind, kept in zoo/goldens."""

import difflib
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from generator import model, outputs, wire  # noqa: E402
from generator.wire import lower  # noqa: E402

ZOO = ROOT / "tests" / "generator" / "zoo"
GOLDENS = ZOO / "goldens"


class Zoo(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.specification = outputs.load(ZOO, "zoo.xml")
        cls.api = cls.specification.api

    def test_goldens(self) -> None:
        for output in outputs.outputs(self.specification):
            with self.subTest(path=output.path):
                golden = GOLDENS / output.path
                self.assertTrue(golden.exists(), "no golden; run tests/generator/update-goldens")
                old, new = golden.read_text(), output.render()
                changed = "\n".join(difflib.unified_diff(
                    old.splitlines(), new.splitlines(), "golden", "now", lineterm="", n=1))
                self.assertEqual(old, new, f"\n{changed}\nmeant? tests/generator/update-goldens")

    def test_no_golden_is_left_over(self) -> None:
        kept = {str(path.relative_to(GOLDENS)) for path in GOLDENS.rglob("*") if path.is_file()}
        made = {output.path for output in outputs.outputs(self.specification)}
        self.assertEqual(sorted(kept - made), [])

    def test_every_shape_is_shown(self) -> None:
        shown = {f.shape for f in (*self.api.functions, *self.api.procedures)}
        self.assertEqual(set(model.Shape) - shown, set())

    def test_every_kind_is_shown(self) -> None:
        shown = {p.type.kind for f in self.api.functions for p in f.parameters}
        self.assertEqual(set(model.Kind) - shown, set())

    def test_every_list_mode_is_shown(self) -> None:
        shown = {p.list for f in self.api.functions for p in f.parameters}
        self.assertEqual(set(model.ListMode) - shown, set())

    def test_every_way_of_return_is_shown(self) -> None:
        shown = {f.returns.kind for f in self.api.functions} | {
            c.returns.kind for c in self.api.callbacks}
        self.assertEqual(set(model.ReturnKind) - shown, set())

    def test_every_way_to_travel_is_shown(self) -> None:
        derivation = wire.derive(self.api)
        calls = [c for p in derivation.programs for c in lower.calls(derivation, p)]
        both = [c for call in calls for c in (call, call.fuller) if c is not None]
        shown = {passage.way for call in both for passage in call.passages}
        self.assertEqual(set(lower.Way) - shown, set())
        self.assertEqual(set(lower.Back) - {call.back for call in calls}, set())

    def test_every_transfer_is_shown(self) -> None:
        shown = {p.transfer for f in self.api.functions for p in f.parameters}
        shown |= {f.returns.transfer for f in self.api.functions}
        self.assertLessEqual({"none", "full"}, shown)

    def test_states_are_shown(self) -> None:
        self.assertTrue(any(function.transitions for function in self.api.functions))

    def test_size(self) -> None:
        self.assertGreaterEqual(len(self.api.functions), 40)


if __name__ == "__main__":
    unittest.main()
