# SPDX-License-Identifier: LGPL-2.1-or-later
"""The language of settings: one bad description per rule with its exact message, and the outputs."""

from __future__ import annotations

import re
import shutil
import tempfile
import unittest
from pathlib import Path

from generator.config import load, outputs
from generator.source import Problems

ROOT = Path(__file__).resolve().parents[2]

SETTING = '  <setting name="{name}" type="{type}"{more}>text</setting>\n'


def setting(more: str, name: str = "one", type_: str = "bool") -> str:
    return SETTING.format(name=name, type=type_, more=more and f" {more}")


GOOD = setting('default="0" member="one"')


class Descriptions(unittest.TestCase):
    """Small daemons in a temporary folder."""

    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        (self.folder / "config").mkdir()

    def problems(self, settings: str, head: str = "") -> list[str]:
        (self.folder / "config/toy.xml").write_text(
            f'<daemon name="toy">\n{head}  <section name="a" title="A">\n{settings}'
            "  </section>\n</daemon>\n")
        problems = Problems()
        load(self.folder, problems)
        return [str(problem) for problem in sorted(set(problems.found))]

    def refuse(self, settings: str, *messages: str, head: str = "") -> None:
        self.assertEqual(self.problems(settings, head),
                         [f"config/toy.xml:{line}" for line in messages])

    def test_good(self) -> None:
        self.assertEqual(self.problems(GOOD), [])

    def test_element(self) -> None:
        self.refuse("  <seting/>\n", "3:3: error: <seting> has no place in <section>, did you mean "
                    "'setting'? [config-element]")

    def test_attribute(self) -> None:
        self.refuse(setting('defualt="0" member="one"'), "3:3: error: <setting> has no attribute "
                    "'defualt', did you mean 'default'? [config-attribute]")

    def test_value(self) -> None:
        self.refuse(setting('member="one"', type_="nubmer"),
                    "3:3: error: 'nubmer' is not a value of type, which takes bool, number, size, string, "
                    "list, port, mode, auth, user, group, choice, uuid, did you mean 'number'? "
                    "[config-value]")

    def test_needed(self) -> None:
        self.refuse('  <setting type="bool">text</setting>\n',
                    "3:3: error: <setting> needs the attribute 'name' [config-needed]")

    def test_root(self) -> None:
        (self.folder / "config/toy.xml").write_text("<demon/>")
        problems = Problems()
        load(self.folder, problems)
        self.assertEqual([str(one) for one in problems.found], [
            "config/toy.xml:1:1: error: the root is <demon>, not <daemon> or <file> [config-element]"])

    def test_setting_once(self) -> None:
        self.refuse(GOOD + GOOD, "4:3: error: 'one' is described already, at config/toy.xml:3:3 "
                    "[config-setting-once]")

    def test_setting_name(self) -> None:
        self.refuse(setting('default="0" member="one"', name="One-two"),
                    "3:3: error: 'One-two' is not the name of a setting [config-setting-name]")

    def test_effect(self) -> None:
        self.refuse(setting('default="0"'), "3:3: error: setting 'one' needs either a member or a "
                    "reason why it is unused [config-effect]")
        self.refuse(setting('default="0" member="one" refuse="yes"'),
                    "3:3: error: setting 'one' has a member, so its values cannot be refused "
                    "[config-effect]")
        self.refuse(setting('default="0" unused="why" reload="yes"'),
                    "3:3: error: setting 'one' has no member, so it cannot be reloaded "
                    "[config-effect]")

    def test_documented(self) -> None:
        self.refuse(GOOD.replace("text", ""), "3:3: error: setting 'one' has no text [config-doc]")
        self.refuse(GOOD, "2:3: error: option 'quiet' has no text [config-doc]",
                    head='  <option name="quiet" short="q"/>\n')

    def test_kind(self) -> None:
        self.refuse(setting('default="1" member="one"', type_="number"),
                    "3:3: error: setting 'one' needs a range [config-kind]")
        self.refuse(setting('default="1" min="1" max="2" member="one"'),
                    "3:3: error: setting 'one' is no number, so it has no range [config-kind]")
        self.refuse(setting('default="a" member="one"', type_="choice"),
                    "3:3: error: setting 'one' needs choices [config-kind]")
        self.refuse(setting('default="a" choices="a b" member="one"', type_="string"),
                    "3:3: error: setting 'one' is no choice, so it has no choices [config-kind]")
        self.refuse(setting('default="a" alone="yes" member="one"', type_="string"),
                    "3:3: error: setting 'one' is no list, so it cannot stand alone [config-kind]")

    def test_file_needs_a_record(self) -> None:
        (self.folder / "config/toy.xml").write_text(
            f'<file name="toy">\n  <section name="a" title="A">\n{GOOD}  </section>\n</file>\n')
        problems = Problems()
        load(self.folder, problems)
        self.assertEqual([str(one) for one in problems.found], [
            f"config/toy.xml:1:1: error: <file> needs the attribute '{name}' [config-needed]"
            for name in ("record", "header")])

    def test_default(self) -> None:
        for type_, more in (("bool", 'default="2"'), ("number", 'default="9" min="1" max="3"'),
                            ("mode", 'default="777"'), ("choice", 'default="9" choices="a b"'),
                            ("auth", 'default="9"'), ("size", 'default="-1"')):
            value = re.search(r'default="([^"]+)"', more)
            assert value is not None
            self.refuse(setting(f'{more} member="one"', type_=type_),
                        f"3:3: error: '{value[1]}' is not a value of 'one' [config-default]")

    def test_socket(self) -> None:
        for more, wrong in (("", "needs either a file or a port"),
                            ('file="x"', "has permissions that do not fit"),
                            ('port="1" mode="0600"', "has permissions that do not fit"),
                            ('port="1" beside="b"', "stands beside 'b', which does not exist")):
            self.refuse(GOOD, f"2:3: error: socket 'a' {wrong} [config-socket]",
                        head=f'  <socket name="a" {more}>text</socket>\n')


class Outputs(unittest.TestCase):
    """What is made of the daemon's own description."""

    def setUp(self) -> None:
        problems = Problems()
        self.files = load(ROOT, problems)
        self.assertEqual(problems.found, [])
        self.texts = {path: render() for path, _layer, render in outputs(self.files)}

    def test_every_setting_is_explained_everywhere(self) -> None:
        tables = {"libvirtd": "daemon/settings.c", "qemu": "settings/qemu.c"}
        self.assertEqual([file.name for file in self.files], list(tables))
        for file, one in ((file, one) for file in self.files for one in file.settings()):
            conf, page = self.texts[f"config/{file.name}.conf"], self.texts[f"man/{file.name}.conf.5"]
            table = self.texts[tables[file.name]]
            self.assertEqual(conf.count(f"\n#{one.name} = "), 1, one.name)
            self.assertEqual(page.count(f"\\fB{one.name}\\fR"), 1, one.name)
            self.assertEqual(table.count(f'.name = "{one.name}"'), 1, one.name)

    def test_every_line_of_the_file_is_a_comment(self) -> None:
        for file in self.files:
            lines = self.texts[f"config/{file.name}.conf"].splitlines()
            self.assertTrue(all(not line or line.startswith("#") for line in lines))
            self.assertLessEqual(max(len(line) for line in lines), 80)

    def test_no_socket_opens_the_network_by_itself(self) -> None:
        for line in self.texts["units/libvirtd.service.in"].splitlines():
            if not line.startswith("After="):
                self.assertNotIn("libvirtd-tcp", line)


if __name__ == "__main__":
    unittest.main()
