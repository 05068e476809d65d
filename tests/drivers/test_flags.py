# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every flag that a function of the test hypervisor accepts has an effect, or a reason to have none.

A function answers success for the flags that its <support> lists, for all when it lists none. Each of
them is asked for by name somewhere in the code, or flags.tsv says why not; nothing else is in it.
"""

from __future__ import annotations

import os
import re
import sys
import unittest
from pathlib import Path

SOURCE = Path(os.environ.get("VIR_SOURCE_DIR", Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(SOURCE))

from generator import model, outputs  # noqa: E402
from generator.emit import vtable  # noqa: E402

# Where flags of the hypervisor are looked at.
CODE = ("drivers/test", "src/conf")


def accepted(api: model.Api) -> dict[str, tuple[int, set[str]]]:
    """Flag -> its number, and the functions that take it."""
    driver = next(d for d in api.drivers if d.name == "test")
    found: dict[str, tuple[int, set[str]]] = {}
    for function in vtable.supported(api, driver):
        parameter = vtable.flags_argument(function)
        support = vtable.support_of(api, driver, function)
        assert support is not None
        for enum in api.enums if parameter is not None else ():
            assert parameter is not None
            if enum.name not in parameter.type.names:
                continue
            for value in enum.values:
                name = f"{enum.prefix}{value.name}"
                if value.value and (support.flags is None or name in support.flags):
                    found.setdefault(name, (value.value, set()))[1].add(function.name)
    return found


class Flags(unittest.TestCase):
    maxDiff = None
    flags: dict[str, tuple[int, set[str]]]
    named: set[str]
    reasons: dict[str, str]
    @classmethod
    def setUpClass(cls) -> None:
        cls.flags = accepted(outputs.load(SOURCE).api)
        text = "\n".join(p.read_text() for folder in CODE
                         for p in sorted((SOURCE / folder).glob("*.[ch]")))
        cls.named = set(re.findall(r"\bVIR_[A-Z0-9_]+\b", text))
        rows = (SOURCE / "tests/drivers/flags.tsv").read_text().splitlines()
        cls.reasons = dict(row.split("\t", 1) for row in rows if not row.startswith("#"))

    def test_enough_is_looked_at(self) -> None:
        self.assertGreater(len(self.flags), 150)

    def test_each_has_an_effect_or_a_reason(self) -> None:
        silent = [f"{name} ({', '.join(sorted(functions))})"
                  for name, (_, functions) in self.flags.items()
                  if name not in self.named and name not in self.reasons]
        self.assertEqual(silent, [], "accepted, but nothing asks for them")

    def test_reasons_are_needed(self) -> None:
        stale = [name for name in self.reasons if name not in self.flags or name in self.named]
        self.assertEqual(stale, [], "in flags.tsv, but not accepted or asked for by name")

    def test_other_names_are_the_same_bit(self) -> None:
        for name, reason in self.reasons.items():
            if reason.startswith("= "):
                self.assertIn(reason[2:], self.named)
                self.assertEqual(self.flags[name][0], self.flags[reason[2:]][0], name)


if __name__ == "__main__":
    unittest.main()
