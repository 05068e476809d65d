#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The plan of the language bindings: every function has a place, every parameter a role, every name one owner."""

import sys
import unittest
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from generator import naming, outputs  # noqa: E402
from generator.bindings import plan  # noqa: E402
from generator.bindings.plan import Answer, Form, Method, Role  # noqa: E402


class Plan(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.api = outputs.load(ROOT).api
        cls.methods = {m.function.name: m for m in plan.methods(cls.api)}

    def method(self, name: str) -> Method:
        return self.methods[name]

    def roles(self, name: str) -> list[Role]:
        return [p.role for p in self.method(name).parts]

    def test_every_function_is_there_or_has_a_reason(self) -> None:
        for function in self.api.functions:
            with self.subTest(function=function.name):
                self.assertNotEqual(function.name in self.methods, bool(plan.absent(function)))
        print(f"# {len(self.methods)} of {len(self.api.functions)} functions are for languages")
        self.assertGreater(len(self.methods), 500)

    def test_what_others_are_about_is_there(self) -> None:
        about = {Role.LENGTH, Role.STRIDE, Role.SIZE, Role.OPAQUE, Role.RELEASE, Role.VALUES}
        for method in self.methods.values():
            names = {p.name for p in method.parts}
            for part in method.parts:
                if part.role in about:
                    self.assertIn(part.of, names, f"{method.function.name}: {part.name}")

    def test_a_method_has_one_owner(self) -> None:
        spelled = Counter(
            (m.owner, naming.python_method(self.api, m.function)) for m in self.methods.values() if m.owner)
        self.assertEqual([name for name, times in spelled.items() if times > 1], [])

    def test_counts_are_hidden(self) -> None:
        self.assertEqual(self.roles("ConnectListDomains"), [Role.SELF, Role.TAKEN, Role.COUNT])
        self.assertEqual(self.method("ConnectListDomains").answer, Answer.LENGTH)
        self.assertEqual([p.name for p in self.method("ConnectBaselineCPU").arguments], ["xmlCPUs", "flags"])

    def test_what_nothing_else_tells_is_asked_for(self) -> None:
        self.assertEqual([p.name for p in self.method("DomainBlockPeek").arguments],
                         ["disk", "offset", "size", "flags"])

    def test_a_callback_comes_before_what_it_is_given(self) -> None:
        self.assertEqual([p.name for p in self.method("SetErrorFunc").arguments], ["handler", "userData"])
        self.assertEqual(self.roles("ConnectDomainEventRegisterAny")[-2:], [Role.OPAQUE, Role.RELEASE])

    def test_what_is_named_after_a_parent_is_its_method(self) -> None:
        moved = self.method("DomainRevertToSnapshot")
        self.assertEqual((moved.owner, [p.name for p in moved.arguments]), ("Domain", ["snapshot", "flags"]))
        self.assertEqual(self.method("StoragePoolLookupByVolume").owner, "StorageVol")
        self.assertEqual(self.method("DomainListGetStats").owner, "Connect")

    def test_forms(self) -> None:
        self.assertEqual(self.method("DomainGetState").form, Form.LIST)
        self.assertEqual(self.method("DomainGetJobStats").form, Form.MAP)
        self.assertEqual(self.method("DomainGetVcpus").form, Form.TUPLE)
        stats = self.method("DomainMemoryStats").results[0].parameter
        self.assertEqual(plan.record_form(self.api.record("DomainMemoryStat"), stats), Form.KEYED)


if __name__ == "__main__":
    unittest.main()
