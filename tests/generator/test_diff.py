#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""`diff`: what a change of the specification does to programs."""

import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from generator import compare  # noqa: E402
from generator.load import load  # noqa: E402
from generator.source import Problems  # noqa: E402

INDEX = """\
<api name="libvirt" prefix="vir"><release name="1.2.3"/>
<driver name="test" schemes="test" error-domain="TEST">a model</driver><include href="m.xml"/></api>
"""
HEAD = """\
<module name="m" header="libvirt-m.h" library="libvirt">
<object name="Thing" driver="hypervisor" argument="thing" error="INVALID_ARG" error-domain="NONE">
<permission name="read"></permission><permission name="write"></permission></object>
<flags name="F" prefix="VIR_F_"><bit name="A" value="1"></bit><bit name="B" value="2"></bit></flags>
"""


def function(body: str = "", attributes: str = "", own: str = "", brief: str = "") -> str:
    fixed = attributes or 'access="read"'
    return (f'<function name="ThingDo" shape="call" since="1.0.0" {fixed}>{brief}'
            f'<self type="Thing"{own}/>{body}<returns kind="status"></returns></function>')


def support(more: str = "") -> str:
    return f'<in name="flags" type="F"></in>' + f'<support driver="test" since="1.0.0"{more}/>'


# What it is -> before, after, the changes.
CASES: dict[str, tuple[str, str, list[str]]] = {
    "function-new": ("", function(), ["compatible: function ThingDo is new"]),
    "function-gone": (function(), "", ["breaking: function ThingDo is gone"]),
    "type": (
        function('<in name="x" type="int"></in>'), function('<in name="x" type="uint"></in>'),
        ["breaking: function ThingDo: int (virThingPtr, int) is now int (virThingPtr, unsigned int)"]),
    "text": (function(), function(brief="<brief>do it</brief>"), ["doc-only: function ThingDo"]),
    "procedure": (
        function(attributes='access="read" proc="1"'), function(attributes='access="read" proc="2"'),
        ["breaking: function ThingDo: procedure or symbol node changed"]),
    "symbol": (
        function(), function(attributes='access="read" symbol="1.1.0"'),
        ["breaking: function ThingDo: procedure or symbol node changed"]),
    "access-narrower": (
        function(), function(attributes='access="write"'),
        ["breaking: function ThingDo: access read is now write"]),
    "access-wider": (
        function(attributes='access="write"'), function(),
        ["compatible: function ThingDo: access write is now read"]),
    "permission-more": (
        function(own=' acl="read"'), function(own=' acl="read write"'),
        ["breaking: function ThingDo: permissions changed"]),
    "permission-less": (
        function(own=' acl="read write"'), function(own=' acl="read"'),
        ["compatible: function ThingDo: permissions changed"]),
    "support-new": (
        function('<in name="flags" type="F"></in>'), function(support()),
        ["compatible: function ThingDo: driver test supports it now"]),
    "support-gone": (
        function(support()), function('<in name="flags" type="F"></in>'),
        ["breaking: function ThingDo: driver test no longer supports it"]),
    "support-until": (
        function(support()), function(support(' until="1.2.0"')),
        ["breaking: function ThingDo: driver test supports it until 1.2.0"]),
    "support-fewer-flags": (
        function(support()), function(support(' flags="VIR_F_A"')),
        ["breaking: function ThingDo: driver test knows fewer flags"]),
    "support-more-flags": (
        function(support(' flags="VIR_F_A"')), function(support(' flags="VIR_F_A VIR_F_B"')),
        ["compatible: function ThingDo: driver test knows further flags"]),
    "constant-new": (
        "", '<enum name="E" prefix="VIR_E_"><value name="A" value="0"></value></enum>',
        ["compatible: constant VIR_E_A is new"]),
    "constant-value": (
        '<enum name="E" prefix="VIR_E_"><value name="A" value="0"></value></enum>',
        '<enum name="E" prefix="VIR_E_"><value name="A" value="1"></value></enum>',
        ["breaking: constant VIR_E_A: 0 is now 1"]),
    "constant-gone": (
        '<enum name="E" prefix="VIR_E_"><value name="A" value="0"></value></enum>', "",
        ["breaking: constant VIR_E_A is gone"]),
    "constant-text": (
        '<enum name="E" prefix="VIR_E_"><value name="A" value="0">a</value></enum>',
        '<enum name="E" prefix="VIR_E_"><value name="A" value="0">b</value></enum>',
        ["doc-only: constant VIR_E_A"]),
    "key-string": (
        '<paramset name="P" prefix="VIR_P_"><key name="A" string="a" type="int"></key></paramset>',
        '<paramset name="P" prefix="VIR_P_"><key name="A" string="b" type="int"></key></paramset>',
        ["breaking: parameter key VIR_P_A: string or type changed"]),
    "record": (
        '<record name="R"><field name="a" type="int"></field></record>',
        '<record name="R"><field name="a" type="int64"></field></record>',
        ["breaking: record R: layout changed"]),
    "limit": (
        '<limit name="A_MAX" value="1"></limit>', '<limit name="A_MAX" value="2"></limit>',
        ["breaking: limit A_MAX: 1 is now 2"]),
    "callback": (
        '<callback name="C" since="1.0.0"><in name="a" type="int"></in><returns kind="none"/></callback>',
        '<callback name="C" since="1.0.0"><in name="a" type="string"></in><returns kind="none"/></callback>',
        ["breaking: callback C: void (int) is now void (const char *)"]),
    "event-new": (
        '<callback name="C" since="1.0.0"><returns kind="none"/></callback>',
        '<callback name="C" since="1.0.0"><returns kind="none"/></callback>'
        '<event object="Thing" name="GONE" callback="C" since="1.0.0"></event>',
        ["compatible: event Thing/GONE is new"]),
}


class Diff(unittest.TestCase):
    def changes(self, before: str, after: str) -> list[str]:
        with tempfile.TemporaryDirectory() as directory:
            loaded = []
            for body in (before, after):
                root = Path(directory)
                (root / "api.xml").write_text(INDEX)
                (root / "m.xml").write_text(HEAD + body + "</module>")
                problems = Problems()
                loaded.append(load(root, "api.xml", problems))
                problems.raise_if_any()
            assert loaded[0] is not None and loaded[1] is not None
            return [str(change) for change in compare.compare(loaded[0], loaded[1])]

    def test_cases(self) -> None:
        for name, (before, after, expected) in CASES.items():
            with self.subTest(change=name):
                self.assertEqual(self.changes(before, after), expected)

    def test_breaking_comes_first(self) -> None:
        found = self.changes(function(), '<limit name="A_MAX" value="1"></limit>')
        self.assertEqual(found, ["breaking: function ThingDo is gone", "compatible: limit A_MAX is new"])


if __name__ == "__main__":
    unittest.main()
