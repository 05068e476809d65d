# SPDX-License-Identifier: LGPL-2.1-or-later
"""The shell language: one bad description per rule with its exact message, and the outputs."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from generator.load import load as load_api
from generator.shell import load, outputs
from generator.source import Problems

ROOT = Path(__file__).resolve().parents[2]
API = load_api(ROOT, "api.xml", Problems())
assert API is not None

INDEX = """<shell name="virsh" title="Virsh" variables="VIRSH">
  <brief>a shell</brief>
  <doc>What it does.</doc>
  <global name="quiet" short="q">say less</global>
  <object name="domain" type="Domain" label="DomainGetName" fail="no domain '{word}'">
    <lookup function="DomainLookupByName"/>
  </object>
  <set name="domain">
    <option name="domain" kind="object" object="domain" required="yes">the domain</option>
  </set>
  <include href="one.xml"/>
</shell>
"""

GOOD = """  <command name="suspend">
    <brief>pause a domain</brief>
    <doc>Pauses it.</doc>
    <use set="domain"/>
    <call function="DomainSuspend" ok="Domain '{domain}' suspended" fail="no"/>
  </command>
"""

BRIEF = "    <brief>do it</brief>\n"
DOC = "    <doc>Does it.</doc>\n"


def command(body: str, name: str = "work") -> str:
    return f'  <command name="{name}">\n{BRIEF}{DOC}{body}  </command>\n'


class Descriptions(unittest.TestCase):
    """Small shells in a temporary folder."""

    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        (self.folder / "shell").mkdir()

    def problems(self, commands: str, index: str = INDEX) -> list[str]:
        (self.folder / "shell/virsh.xml").write_text(index)
        text = f'<group name="one" title="One">\n{commands}</group>\n'
        (self.folder / "shell/one.xml").write_text(text)
        problems = Problems()
        load(self.folder, problems, API)
        return [str(problem) for problem in sorted(set(problems.found))]

    def refuse(self, commands: str, *messages: str) -> None:
        self.assertEqual(self.problems(commands), [f"shell/one.xml:{line}" for line in messages])

    def test_good(self) -> None:
        self.assertEqual(self.problems(GOOD), [])

    def test_attribute(self) -> None:
        self.refuse(
            command("") .replace("name=", "alias=\"x\" name="),
            "2:3: error: <command> has no attribute 'alias', did you mean 'aliases'? [shell-attribute]",
        )

    def test_element(self) -> None:
        self.refuse(
            command("    <optoin/>\n"),
            "5:5: error: <optoin> has no place in <command>, did you mean 'option'? [shell-element]",
        )

    def test_needed(self) -> None:
        self.refuse(
            command("    <option name=\"x\">text</option>\n"),
            "5:5: error: <option> needs the attribute 'kind' [shell-needed]",
        )

    def test_value(self) -> None:
        self.refuse(
            command('    <option name="x" kind="flga">text</option>\n'),
            "5:5: error: 'flga' is not a value of kind, which takes flag, string, int, uint, ulong, "
            "size, enum, file, object, rest, did you mean 'flag'? [shell-value]",
        )

    def test_set(self) -> None:
        self.refuse(
            command('    <use set="domian"/>\n'),
            "5:5: error: there is no set 'domian', did you mean 'domain'? [shell-set]",
        )

    def test_set_with_parameters(self) -> None:
        index = INDEX.replace("  <include", """  <set name="limit">
    <option name="limit" kind="uint">the limit</option>
    <parameter option="limit" key="hard_limit" type="ullong"/>
  </set>
  <include""")
        uses = '    <use set="domain"/>\n    <use set="limit"/>\n'
        tune = '    <tune set="DomainSetMemoryParameters"/>\n'
        self.assertEqual(self.problems(command(uses + tune), index), [])
        self.assertEqual(
            self.problems(command(uses), index),
            ["shell/one.xml:2:3: error: command 'work' uses parameters, but has no <tune>"
             " [shell-set]"])

    def test_command_once(self) -> None:
        self.refuse(
            command("") + command(""),
            "6:3: error: 'work' already names a command, at shell/one.xml:2:3 [shell-command-once]",
        )

    def test_name_form(self) -> None:
        self.refuse(
            command("", name="Work_it"),
            "2:3: error: 'Work_it' is not a command name [shell-name-form]",
        )

    def test_option_once(self) -> None:
        self.refuse(
            command('    <use set="domain"/>\n    <option name="domain" kind="flag">x</option>\n'),
            "2:3: error: command 'work' has option 'domain' twice [shell-option-once]",
        )

    def test_rest_last(self) -> None:
        self.refuse(
            command(
                '    <option name="words" kind="rest">x</option>\n'
                '    <option name="file" kind="file">x</option>\n'
            ),
            "6:5: error: option 'file' is filled by position, but 'words' before it takes all "
            "remaining words [shell-rest-last]",
        )

    def test_required_first(self) -> None:
        self.refuse(
            command(
                '    <option name="file" kind="file">x</option>\n'
                '    <option name="name" kind="string" required="yes">x</option>\n'
            ),
            "6:5: error: required option 'name' stands after optional 'file' [shell-required-first]",
        )

    def test_doc(self) -> None:
        self.refuse(
            f'  <command name="work">\n{DOC}    <option name="x" kind="flag"/>\n  </command>\n',
            "2:3: error: command 'work' has no <brief> [shell-doc]",
            "4:5: error: option 'x' of 'work' has no text [shell-doc]",
        )

    def test_brief_form(self) -> None:
        self.refuse(
            command("").replace("do it", "Do it."),
            "2:3: error: the brief of 'work' ends with a full stop [shell-brief-form]",
        )

    def test_option_kind(self) -> None:
        self.refuse(
            command('    <option name="x" kind="enum">x</option>\n'),
            "5:5: error: option 'x' is an enum without choices [shell-option-kind]",
        )
        self.refuse(
            command('    <option name="x" kind="object">x</option>\n'),
            "5:5: error: option 'x' is an object, but does not say of which kind "
            "[shell-option-kind]",
        )

    def test_known_option(self) -> None:
        self.refuse(
            command(
                '    <option name="live" kind="flag">x</option>\n'
                '    <exclusive first="live" second="lvie"/>\n'
            ),
            "6:5: error: command 'work' has no option 'lvie', did you mean 'live'? "
            "[shell-known-option]",
        )

    def test_template(self) -> None:
        self.refuse(
            GOOD.replace("{domain}", "{doman}"),
            "6:5: error: the call of 'suspend' has no value '{doman}', did you mean 'domain'? "
            "[shell-template]",
        )

    def test_call_result(self) -> None:
        self.refuse(
            GOOD.replace(" ok=\"Domain '{domain}' suspended\"", ' result="object" of="domain"'),
            "6:5: error: result 'object' needs a sentence 'ok' [shell-call-result]",
        )
        self.refuse(
            GOOD.replace(" ok=", ' of="domain" ok='),
            "6:5: error: attribute 'of' belongs to result 'object' only [shell-call-result]",
        )

    def test_known_object(self) -> None:
        self.refuse(
            command('    <option name="x" kind="object" object="domian">x</option>\n'),
            "5:5: error: there is no object 'domian', did you mean 'domain'? [shell-known-object]",
        )

    def test_known_object_around(self) -> None:
        self.assertEqual(
            self.problems(GOOD, INDEX.replace('label="Dom', 'within="pol" label="Dom')),
            ["shell/virsh.xml:5:3: error: there is no object 'pol' with a lookup [shell-known-object]"])

    def test_known_only(self) -> None:
        index = INDEX.replace('label="Dom', 'list="ConnectListAllDomains" label="Dom')
        self.assertEqual(
            self.problems(GOOD.replace('set="domain"', 'set="domain" only="VIR_CONNECT_LIST_DOMAINS_ACTIV"'), index),
            ["shell/one.xml:2:3: error: ConnectListAllDomains has no flag 'VIR_CONNECT_LIST_DOMAINS_ACTIV',"
             " did you mean 'VIR_CONNECT_LIST_DOMAINS_ACTIVE'? [shell-known-only]"])

    def test_one_body(self) -> None:
        self.refuse(
            GOOD.replace("    <call", '    <show fail="x"/>\n    <call'),
            "7:5: error: command 'suspend' has two bodies [shell-one-body]",
        )
        self.refuse(
            GOOD.replace("    <call", '    <call function="DomainResume"/>\n    <call'),
            "6:5: error: call 1 of 2 must say when it runs [shell-one-body]",
        )

    def test_known_function(self) -> None:
        self.refuse(
            GOOD.replace("DomainSuspend", "DomainSupsend"),
            "6:5: error: there is no function 'DomainSupsend', did you mean 'DomainSuspend'? "
            "[shell-known-function]",
        )

    def test_arguments_fit(self) -> None:
        self.refuse(
            GOOD.replace("DomainSuspend", "DomainRename"),
            "6:5: error: DomainRename takes 1 argument(s) (new_name), the call of 'suspend' gives "
            "0 [shell-arguments-fit]",
        )

    def test_column_form(self) -> None:
        self.refuse(
            command(
                '    <use set="domain"/>\n    <show/>\n    <fields>\n'
                '      <column key="a" title="A" kind="bool" get="DomainIsActive"/>\n'
                '      <column key="b" title="B"/>\n'
                '      <column key="c" get="DomainGetName"/>\n    </fields>\n'
            ),
            "8:7: error: column 'a' is bool, but has no words [shell-column-form]",
            "9:7: error: column 'b' has no function that gives it [shell-column-form]",
            "10:7: error: column 'c' has no title [shell-column-form]",
        )

    def test_part_fits(self) -> None:
        self.refuse(
            command(
                '    <use set="domain"/>\n    <show/>\n    <fields>\n'
                '      <column key="a" title="A" kind="int" get="DomainGetInfo" part="sate"/>\n'
                "    </fields>\n"
            ),
            "8:7: error: DomainGetInfo has no part 'sate', did you mean 'state'? "
            "[shell-part-fits]",
        )

    def test_view_last(self) -> None:
        self.refuse(
            command(
                '    <use set="domain"/>\n    <option name="x" kind="flag">x</option>\n'
                '    <words when="x">\n      <column key="a"/>\n    </words>\n'
            ),
            "7:5: error: view 1 of 1 must not say when it is used [shell-view-last]",
        )

    def test_group_once(self) -> None:
        twice = INDEX.replace(
            '<include href="one.xml"/>', '<include href="one.xml"/>\n  <include href="two.xml"/>'
        )
        text = '<group name="one" title="Two">\n' + command("", name="rest") + "</group>\n"
        (self.folder / "shell/two.xml").write_text(text)
        self.assertEqual(
            self.problems(GOOD, twice),
            ["shell/two.xml:2:3: error: group 'one' exists twice [shell-group-once]"],
        )

    def test_number(self) -> None:
        self.refuse(
            command('    <use set="domain"/>\n    <show/>\n    <fields>\n'
                    '      <column key="a" title="A" get="DomainGetName" pad="two"/>\n    </fields>\n'),
            "8:7: error: pad='two' is not a number [shell-value]",
        )

    def test_part(self) -> None:
        index = INDEX.replace(
            '<include href="one.xml"/>', '<include href="one.xml"/>\n  <include href="two.xml"/>')
        (self.folder / "shell/two.xml").write_text('<part of="onne">\n</part>\n')
        self.assertEqual(
            self.problems(GOOD, index),
            ["shell/two.xml:1:1: error: there is no group 'onne' before, did you mean 'one'?"
             " [shell-part]"])

    def test_root(self) -> None:
        index = INDEX.replace("<shell ", "<shel ").replace("</shell>", "</shel>")
        self.assertEqual(
            self.problems(GOOD, index),
            ["shell/virsh.xml:1:1: error: the root is <shel>, not <shell>, <group> or <part> "
             "[shell-element]"])

    def test_no_shell_in_a_shell(self) -> None:
        index = INDEX.replace('"one.xml"', '"virsh.xml"')
        self.assertEqual(self.problems(GOOD, index), [
            "shell/virsh.xml:1:1: error: a shell cannot include another one [shell-element]"])

    def test_since(self) -> None:
        old = command('    <option name="x" kind="flag" since="1.2.0">x</option>\n').replace(
            '"work"', '"work" since="1.2.0"')
        self.refuse(
            old,
            "5:5: error: option 'x' is not newer than 'work', which is there since 1.2.0"
            " [shell-since-order]",
        )
        self.refuse(
            old.replace('"1.2.0">x', '"12">x'),
            "5:5: error: '12' is not a release, such as 9.7.0 [shell-since-order]",
        )

    def test_more_names(self) -> None:
        self.refuse(
            command('    <option name="Ex" kind="flag">x</option>\n'),
            "5:5: error: 'Ex' is not an option name [shell-name-form]",
        )

    def test_more_docs(self) -> None:
        self.refuse(
            command("").replace(DOC, ""),
            "2:3: error: command 'work' has no <doc> [shell-doc]",
        )
        self.assertEqual(
            self.problems(GOOD, INDEX.replace("say less", "")),
            ["shell/virsh.xml:4:3: error: global option 'quiet' has no text [shell-doc]"])
        self.refuse(
            command("").replace("do it", "do " * 25),
            "2:3: error: the brief of 'work' has 74 columns, at most 72 [shell-brief-form]",
        )

    def test_function_of_an_object(self) -> None:
        self.assertEqual(
            self.problems(GOOD, INDEX.replace("DomainLookupByName", "DomainLookupByNmae")),
            ["shell/virsh.xml:5:3: error: there is no function 'DomainLookupByNmae',"
             " did you mean 'DomainLookupByName'? [shell-known-function]"])

    def test_event_fits(self) -> None:
        def events(kind: str) -> str:
            return command(
                f'    <use set="domain"/>\n    <events>\n      {kind}\n    </events>\n')

        self.refuse(
            events('<event name="rebot" text="x"/>'),
            "7:7: error: Domain has no event 'REBOT' [shell-event-fits]",
        )
        self.refuse(
            events('<event name="rtc-change" text="{utcofset}"/>'),
            "7:7: error: the event 'rtc-change' has no value 'utcofset', did you mean 'utcoffset'?"
            " [shell-event-fits]",
        )


class Outputs(unittest.TestCase):
    """What comes of the real description."""

    def setUp(self) -> None:
        problems = Problems()
        self.shells = load(ROOT, problems, API)
        self.assertEqual([str(item) for item in problems.found], [])
        self.texts = {path: text() for path, _, text in outputs(self.shells, API)}

    def test_same_bytes_each_time(self) -> None:
        again = {path: text() for path, _, text in outputs(load(ROOT, Problems()), API)}
        self.assertEqual(self.texts, again)

    def test_every_command_has_its_hook(self) -> None:
        for item in (command for shell in self.shells for command in shell.commands()):
            self.assertIn(f"bool {item.hook}(", self.texts["client/commands.h"])
            for call in item.calls:
                self.assertTrue(
                    any(
                        f"vir{call.function}(" in text
                        for path, text in self.texts.items()
                        if path.endswith("_calls.c")
                    ),
                    call.function,
                )

    def test_shells_share_what_is_the_same(self) -> None:
        hooks = {shell.name: {item.hook for item in shell.commands()} for shell in self.shells}
        self.assertEqual(hooks["virsh"] & hooks["virt-admin"],
                         {f"shell{name}" for name in ("Cd", "Complete", "Echo", "Exit", "Help",
                                                      "Pwd", "Quit")})

    def test_man_page_is_clean(self) -> None:
        if shutil.which("groff") is None:
            self.skipTest("groff is not installed")
        for shell in self.shells:
            page = self.texts[f"man/{shell.name}.1"]
            result = subprocess.run(
                ["groff", "-man", "-Tutf8", "-ww"],
                input=page.encode(),
                capture_output=True,
                check=False,
            )
            self.assertEqual((result.returncode, result.stderr), (0, b""))
            for item in shell.commands():
                if not item.hidden:
                    name = item.name.replace("-", "\\-")
                    self.assertIn(f".SS {name}\n", page)

    def test_completion_is_bash(self) -> None:
        if shutil.which("bash") is None:
            self.skipTest("bash is not installed")
        for shell in self.shells:
            result = subprocess.run(
                ["bash", "-n"],
                input=self.texts[f"completion/{shell.name}"].encode(),
                capture_output=True,
                check=False,
            )
            self.assertEqual((result.returncode, result.stderr), (0, b""))


if __name__ == "__main__":
    unittest.main()
