#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""`show`: every name of the specification has an X-ray, and all that it shows is really there."""

import re
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from generator import naming, outputs, xray  # noqa: E402
from generator.wire import lower  # noqa: E402
from generator.xray.pieces import units  # noqa: E402

SAMPLES = "gen/tests/wire_samples.c"


class Show(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.specification = outputs.load(ROOT)
        cls.api = cls.specification.api
        cls.index = xray.Index(cls.specification, ROOT)
        cls.texts = {f"gen/{o.path}": o.render() for o in outputs.outputs(cls.specification)}
        cls.shown = [(names, *shown()) for names, shown in cls.index.entries()]
        cls.by_name = {name: (head, sections) for names, head, sections in reversed(cls.shown)
                       for name in names}

    def test_every_piece_is_in_its_file(self) -> None:
        pieces = 0
        for names, _head, sections in self.shown:
            for section in sections:
                pieces += 1
                if section.path != SAMPLES:
                    self.assertIn(section.text, self.texts[section.path], names)
        self.assertGreater(pieces, 7000)

    def test_every_sample_is_compared_with_the_codec(self) -> None:
        """Its payload stands in the C test that encodes the same value."""
        known = re.sub(r"\s", "", self.texts[SAMPLES])
        checked = 0
        for names, _head, sections in self.shown:
            for section in sections:
                if section.path == SAMPLES and "sample " in section.purpose:
                    rows = [line[8:44].replace(" ", "") for line in section.text.split("\n")]
                    payload = "".join(rows[7:])
                    words = "".join(f"0x{payload[i:i + 2]}," for i in range(0, len(payload), 2))
                    self.assertIn(words, known, names)
                    checked += 1
        self.assertGreater(checked, 700)

    def test_functions_are_whole(self) -> None:
        """A function that travels shows its messages and both ends."""
        derivation = self.index.things.travel.derivation
        seen = 0
        for program in derivation.programs:
            for call in lower.calls(derivation, program):
                head, sections = self.by_name[naming.function(self.api, call.function.name)]
                purposes = {s.purpose for s in sections}
                due = {"what programs see", "the public symbol", "a driver's hook"}
                if call.function.visibility == "wire":
                    due = {"what the daemon sees", "its entry point", "a driver's hook"}
                if call.made.args is not None:
                    due |= {"on the wire", "the same in C"}
                if call.made.ret is not None:
                    due.add("a sample reply")
                if all(s.driver != "remote" for s in call.function.support):
                    due.add("the client's stub")
                due.add("the server's dispatch")
                self.assertEqual(due - purposes, set(), call.function.name)
                self.assertTrue(any(line.startswith("  procedure") for line in head))
                seen += 1
        self.assertGreater(seen, 300)

    def test_events_are_whole(self) -> None:
        for event in self.api.events:
            head, sections = self.by_name[f"{event.object}/{event.name}"]
            purposes = {s.purpose for s in sections}
            due = {"what programs see", "what a driver calls", "how it is made", "how it is delivered",
                   "on the wire", "the server's callback", "what the client makes of it"}
            self.assertEqual(due - purposes, set(), event.name)
            self.assertTrue(any("sample event" in p for p in purposes), event.name)
            self.assertTrue(any(line.startswith("  started by") for line in head), event.name)

    def test_hooks_are_found(self) -> None:
        """Each hook that a driver has by hand is shown with its file."""
        for function in self.api.functions:
            head, _sections = self.by_name[naming.function(self.api, function.name)]
            for line in head:
                if line.startswith("  driver") and "nothing" not in line:
                    self.assertRegex(line, r"\((drivers/[\w/]+\.c:\d+|gen/runtime/events\.c)\)")

    def test_facts(self) -> None:
        for name, text in (
            ("DomainSuspend", "  permission   Domain.suspend"),
            ("virDomainSuspend", "  throws       VIR_ERR_OPERATION_INVALID: the domain"),
            ("virDomainSuspend", "  throws       VIR_ERR_NO_DOMAIN: domain no longer exists (derived)"),
            ("virDomainSuspend", "  state        running -> paused SUSPENDED/PAUSED"),
            ("virDomainSuspend", "  virsh        suspend:"),
            ("VIR_DOMAIN_EVENT_ID_LIFECYCLE", "  callback     virConnectDomainEventCallback"),
            ("DomainEventLifecycle", "  emitted by   virDomainSuspend (SUSPENDED/PAUSED)"),
            ("virDomainInfo", "  used by      virDomainGetInfo"),
            ("DomainCreateFlags", "  used by      virDomainCreateXML"),
            ("cpu_shares", '  key          "cpu_shares", uint64:'),
            ("VIR_ERR_NO_DOMAIN", "  thrown by    virDomainLookupByName:"),
            ("Domain.suspend", "  asked by     virDomainSuspend"),
            ("DomainMigratePerform", "  driver       test: testDomainMigratePerform"),
            ("virNetworkPtr", "  key          uuid"),
        ):
            with self.subTest(name=name):
                text_shown, _ = xray.show(self.specification, ROOT, name)
                assert text_shown is not None
                self.assertTrue(text in text_shown, f"{text!r} is not in\n{text_shown[:1500]}")

    def test_typos(self) -> None:
        for word, near in (
            ("virDomainSuspnd", "virDomainSuspend"), ("DomainSuspendd", "DomainSuspend"),
            ("virDomainInfos", "virDomainInfo"), ("cpu_share", "cpu_shares"),
            ("VIR_ERR_NO_DOMIAN", "VIR_ERR_NO_DOMAIN"),
        ):
            with self.subTest(word=word):
                run = subprocess.run(
                    [sys.executable, "-m", "generator", "show", word], cwd=ROOT,
                    capture_output=True, text=True, check=False)
                self.assertEqual(run.returncode, 1)
                self.assertEqual(
                    run.stderr,
                    f"generator: nothing is called '{word}', did you mean '{near}'?\n")

    def test_units(self) -> None:
        text = "/* a { b */\nint\nf(void)\n{\n    g();\n\n    h(\"}\");\n}\n\nint x;\n"
        self.assertEqual(list(units(text)), [text[:text.index("\n\nint x")], "int x;"])


if __name__ == "__main__":
    unittest.main()
