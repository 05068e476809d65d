#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The protocol is lowered once: client and server make calls of the same procedures."""

import re
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from generator import outputs, wire  # noqa: E402
from generator.wire import lower  # noqa: E402


class Ends(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        specification = outputs.load(ROOT)
        cls.api = specification.api
        cls.derivation = wire.derive(cls.api)
        texts = {o.path: o.render() for o in outputs.outputs(specification)
                 if o.path.startswith(("daemon/", "remote/"))}
        cls.tables = [name for o in outputs.outputs(specification)
                      if o.path.startswith("wire/") and o.path.endswith(".c")
                      for name in re.findall(r"^const \w+ (\w+)[\[ ]", o.render(), re.M)]
        cls.served = {(path[7:-2], name) for path, text in texts.items() if path.endswith(".c")
                      for name in re.findall(r"^serve(\w+)\(virServeCall", text, re.M)}
        cls.stubs = {name for path, text in texts.items()
                     if path.endswith(".c") and path != "remote/events.c"
                     for name in re.findall(r"^remote(\w+)\(", text, re.M)}

    def calls(self) -> list[lower.Call]:
        return [call for program in self.derivation.programs
                for call in lower.calls(self.derivation, program)]

    def test_server(self) -> None:
        """It has a function for every call, and for every function that says more."""
        due = {(c.program.name, c.made.name) for c in self.calls()}
        due |= {(c.program.name, c.fuller.function.name) for c in self.calls() if c.fuller}
        self.assertEqual(self.served, due)

    def test_client(self) -> None:
        """It has a stub for every call, but for what the remote driver says it has by hand."""
        remote = self.api.remote
        assert remote is not None
        calls = [one for call in self.calls() for one in call.calls]
        by_hand = {c.function.name for c in calls
                   if any(s.driver == remote.name for s in c.function.support)}
        self.assertEqual(self.stubs, {c.function.name for c in calls} - by_hand)

    def test_tables_are_defined_once(self) -> None:
        self.assertEqual(len(self.tables), len(set(self.tables)))
        self.assertIn("virWireTypeError", self.tables)

    def test_refusals(self) -> None:
        """What is no call has a reason, and each procedure is one or the other."""
        refused = {(r.program.name, r.made.number): r for r in lower.refusals(self.derivation)}
        calls = {(c.program.name, c.made.number) for c in self.calls()}
        every = {(p.name, made.number) for p in self.derivation.programs for made in p.procedures}
        self.assertEqual(calls | set(refused), every)
        self.assertEqual(calls & set(refused), set())
        self.assertGreater(len(calls), 300)
        for refusal in refused.values():
            self.assertTrue(refusal.by_design, f"{refusal.made.name}: {refusal.reason}")


if __name__ == "__main__":
    unittest.main()
