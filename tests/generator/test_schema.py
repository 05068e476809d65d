# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every rule of the document-format language: one bad description, one exact message."""

from __future__ import annotations

import inspect
import tempfile
import unittest
from pathlib import Path

from generator.schema import load, outputs, rules
from generator.schema.model import Format
from generator.source import Problems

ROOT = Path(__file__).resolve().parents[2]

HEAD = (
    '<format name="{name}" root="zoo" record="Zoo" since="1.0.0">\n'
    "  <doc>animals in their cages</doc>\n"
)
RECORD = '<record name="Zoo" element="zoo"><doc>a zoo</doc>{}</record>'
KIND = '<enum name="ZooKind"><doc>kind of animal</doc><value name="cat">purrs</value><value name="dog">barks</value></enum>'
USE = '<attribute name="kind" kind="enum:ZooKind">which</attribute>'


def write(directory: Path, body: str, name: str = "zoo", head: str = HEAD, root: str = "format") -> None:
    schemas = directory / "schemas"
    schemas.mkdir(exist_ok=True)
    (schemas / f"{name}.xml").write_text(head.format(name=name) + body + f"\n</{root}>\n")


def problems_of(body: str, head: str = HEAD, root: str = "format") -> list[str]:
    """Rule and message of everything that is wrong with a format of this body."""
    with tempfile.TemporaryDirectory() as directory:
        write(Path(directory), body, head=head, root=root)
        problems = Problems()
        load(Path(directory), problems)
        return [f"{problem.rule}: {problem.message}" for problem in sorted(set(problems.found))]


def record(members: str) -> str:
    return RECORD.format(members)


def attribute(rest: str, name: str = "a") -> str:
    return record(f'<attribute name="{name}" {rest}>text</attribute>')


BAD: dict[str, tuple[str, str]] = {
    "unknown attribute": (
        attribute('kind="token" defautl="x"'),
        "schema-attribute: <attribute> has no attribute 'defautl', did you mean 'default'?",
    ),
    "no kind": (attribute(""), "schema-attribute: <attribute> needs 'kind'"),
    "unknown element": (
        record("<atribute/>"),
        "schema-element: <atribute> does not belong in <record>, did you mean 'attribute'?",
    ),
    "no text": (
        record('<attribute name="a" kind="token"/>'),
        "schema-doc: attribute 'a' is not documented",
    ),
    "full stop": (
        record('<attribute name="a" kind="token">it is.</attribute>'),
        "schema-doc: documentation of attribute 'a' ends in a full stop",
    ),
    "release": (attribute('kind="token" since="1.0"'), "schema-since: '1.0' is not a release like 1.2.3"),
    "yes or no": (
        attribute('kind="token" required="true"'),
        "schema-value: 'required' is yes or no, not 'true'",
    ),
    "integer": (attribute('kind="int" min="one"'), "schema-value: 'min' is an integer, not 'one'"),
    "scope": (
        attribute('kind="int" scope="lives"'),
        "schema-value: 'scope' is one of live, inactive, status, not 'lives', did you mean 'live'?",
    ),
    "layout": (
        record('<element name="a" layout="opn"><doc>a</doc></element>'),
        "schema-form: element 'a' has neither kind nor record nor members\n"
        "schema-value: 'layout' is one of spaced, open, not 'opn', did you mean 'open'?",
    ),
    "layout of a scalar": (
        record('<element name="a" kind="int" layout="open">text</element>'),
        "schema-place: 'layout' is only for records and groups",
    ),
    "migratable": (
        attribute('kind="int" migratable="maybe"'),
        "schema-value: 'migratable' is yes or no, not 'maybe'",
    ),
    "kind": (attribute('kind="uintt"'), "schema-kind: no kind 'uintt', did you mean 'uint'?"),
    "no form": (
        record('<element name="a">text</element>'),
        "schema-form: element 'a' has neither kind nor record nor members",
    ),
    "two forms": (
        record('<element name="a" kind="int"><doc>x</doc><attribute name="b" kind="int">y</attribute></element>'),
        "schema-form: element 'a' has both members and a kind",
    ),
    "reference record": (
        record('<element name="a" record="Zo">text</element>'),
        "schema-reference: no record 'Zo', did you mean 'Zoo'?",
    ),
    "reference enum": (
        KIND + record(USE + '<attribute name="b" kind="enum:ZooKnid">x</attribute>'),
        "schema-reference: no enum 'ZooKnid', did you mean 'ZooKind'?",
    ),
    "reference names": (
        KIND + record(USE + '<attribute name="b" kind="uint" variable="yes" names="ZooKnid">x</attribute>'),
        "schema-reference: no enum 'ZooKnid', did you mean 'ZooKind'?",
    ),
    "record name": (
        record('<element name="a" record="zoo_cage">x</element>')
        + '<record name="zoo_cage"><doc>a cage</doc></record>',
        "schema-name: 'zoo_cage' is not a CamelCase name",
    ),
    "reserved": (
        attribute('kind="int"', name="default"),
        "schema-name: field 'default' is a reserved word of C; give a 'field'",
    ),
    "identifier": (
        attribute('kind="int" field="1st"'),
        "schema-name: field '1st' is not a C identifier",
    ),
    "token twice": (
        '<enum name="ZooKind"><doc>kind</doc><value name="cat">x</value><value name="dog" alias="cat">y</value></enum>'
        + record(USE),
        "schema-duplicate: token 'cat' occurs twice in enum 'ZooKind'",
    ),
    "constant twice": (
        '<enum name="ZooKind"><doc>kind</doc><value name="a-b">x</value><value name="a_b">y</value></enum>'
        + record(USE),
        "schema-duplicate: constant VIR_DOC_ZOO_KIND_A_B occurs twice in enum 'ZooKind'",
    ),
    "field twice": (
        record('<attribute name="a" kind="int">x</attribute><element name="a" kind="int">y</element>'),
        "schema-duplicate: field 'a' occurs twice in record 'Zoo'\nschema-duplicate: field 'hasA' occurs twice in record 'Zoo'",
    ),
    "record twice": (
        record('<element name="a" record="ZooCage">x</element>')
        + '<record name="ZooCage"><doc>one</doc></record><record name="ZooCage"><doc>two</doc></record>',
        "schema-duplicate: 'ZooCage' is also defined in schemas/zoo.xml",
    ),
    "sibling": (
        record(
            '<attribute name="a" kind="token">x</attribute><attribute name="b" kind="token" alias="a">y</attribute>'
        ),
        "schema-sibling: 'a' is already taken in record 'Zoo'",
    ),
    "empty enum": (
        '<enum name="ZooKind"><doc>kind</doc></enum>' + record(USE),
        "schema-enum: enum 'ZooKind' has no values",
    ),
    "enum last": (
        '<enum name="ZooKind"><doc>kind</doc><value name="last">x</value></enum>' + record(USE),
        "schema-enum: token 'last' collides with a constant of every enum",
    ),
    "choose": (
        KIND + f'<record name="Zoo" choose="kin"><doc>zoo</doc>{USE}</record>',
        "schema-choose: record 'Zoo' has no attribute 'kin', did you mean 'kind'?",
    ),
    "choose kind": (
        '<record name="Zoo" choose="a"><doc>zoo</doc><attribute name="a" kind="token">x</attribute></record>',
        "schema-choose: selector 'a' is not of an enum kind",
    ),
    "when without choose": (
        attribute('kind="token" when="cat"'),
        "schema-when: 'when' needs a 'choose' on record 'Zoo'",
    ),
    "when value": (
        KIND
        + f'<record name="Zoo" choose="kind"><doc>zoo</doc>{USE}<attribute name="a" kind="int" when="cta">x</attribute></record>',
        "schema-when: enum 'ZooKind' has no value 'cta', did you mean 'cat'?",
    ),
    "flag attribute": (attribute('kind="flag"'), "schema-place: kind 'flag' is only for elements"),
    "list of numbers": (
        record('<element name="a" kind="int" list="yes">x</element>'),
        "schema-place: a list of kind 'int' must be a list of records",
    ),
    "list of groups": (
        record('<element name="a" list="yes"><doc>x</doc><attribute name="b" kind="int">y</attribute></element>'),
        "schema-place: a group cannot be a list; make it a record",
    ),
    "text beside child": (
        record('<text name="t" kind="int" required="yes">x</text><element name="a" kind="int">y</element>'),
        "schema-text: required text beside child element 'a'",
    ),
    "two texts": (
        record('<text name="t" kind="int">x</text><text name="u" kind="int">y</text>'),
        "schema-text: an element has only one text",
    ),
    "text with child elsewhere": (
        KIND
        + f'<record name="Zoo" element="zoo" choose="kind"><doc>zoo</doc>{USE}<text name="t" kind="int" required="yes" when="cat">x</text><element name="a" kind="int">y</element></record>',
        "schema-text: required text beside child element 'a'",
    ),
    "inside before its record": (
        record('<inside record="ZooCage" field="cage">x</inside>')
        + '<record name="ZooCage"><doc>c</doc></record>',
        "schema-inside: record 'ZooCage' must stand before 'Zoo'",
    ),
    "inside with text": (
        '<record name="ZooCage"><doc>c</doc><text name="t" kind="int">x</text></record>'
        + record('<inside record="ZooCage" field="cage">x</inside>'),
        "schema-inside: record 'ZooCage' has text or a tag, so it cannot be inside",
    ),
    "inside takes a name": (
        '<record name="ZooCage"><doc>c</doc><element name="a" kind="int">x</element></record>'
        + record('<element name="a" kind="int">y</element><inside record="ZooCage" field="cage">x</inside>'),
        "schema-sibling: 'a' is already taken in record 'Zoo'",
    ),
    "error": (
        attribute('kind="int" error="nope"'),
        "schema-value: 'error' is a code such as XML_ERROR, not 'nope'",
    ),
    "live-unless": (
        attribute('kind="int" scope="live" live-unless="x"'),
        "schema-place: 'live-unless' is only for strings of scope 'live'",
    ),
    "limit of a size": (
        attribute('kind="size" unit="KiB" min="2"'),
        "schema-unit: a size has no other limit than min='1'",
    ),
    "no unit": (attribute('kind="size"'), "schema-unit: kind 'size' needs a 'unit'"),
    "stray unit": (attribute('kind="int" unit="KiB"'), "schema-unit: 'unit' is only for kind 'size'"),
    "no digits": (attribute('kind="hex"'), "schema-unit: kind 'hex' needs 'digits' from 1 to 16"),
    "names alone": (KIND + attribute('kind="uint" names="ZooKind"'), "schema-variable: 'names' needs 'variable'"),
    "variable with a default": (
        attribute('kind="uint" variable="yes" default="1"'),
        "schema-variable: 'variable' is only for attributes without a default",
    ),
    "variable text": (
        attribute('kind="token" variable="yes"'),
        "schema-variable: 'variable' does not go with kind 'token'",
    ),
    "enum of too many values": (
        '<enum name="ZooKind"><doc>kind</doc>'
        + "".join(f'<value name="v{i}">x</value>' for i in range(255)) + "</enum>" + record(USE),
        "schema-enum: enum 'ZooKind' has more than 254 values",
    ),
    "second tag": (
        KIND + record('<element name="a" record="ZooCage">x</element>')
        + '<record name="ZooCage"><doc>c</doc><tag name="kind" kind="enum:ZooKind">x</tag><tag name="other" kind="enum:ZooKind">x</tag></record>',
        "schema-tag: record 'ZooCage' has a tag already",
    ),
    "tag that is no token": (
        record('<element name="a" record="ZooCage">x</element>')
        + '<record name="ZooCage"><doc>c</doc><tag name="kind" kind="int">x</tag></record>',
        "schema-tag: tag 'kind' is not of an enum kind",
    ),
    "tag of a named element": (
        KIND + record('<element name="a" record="ZooCage">x</element>')
        + '<record name="ZooCage" element="cage"><doc>c</doc><tag name="kind" kind="enum:ZooKind">x</tag></record>',
        "schema-tag: record 'ZooCage' has a tag, so no 'element'",
    ),
    "alias beside a tag": (
        KIND + record('<element name="a" alias="b" record="ZooCage">x</element>')
        + '<record name="ZooCage"><doc>c</doc><tag name="kind" kind="enum:ZooKind">x</tag></record>',
        "schema-tag: the names of 'a' are those of the tag of its record",
    ),
    "two of one tag": (
        KIND + record('<element name="a" record="ZooCage">x</element><element name="cat" kind="int">x</element>')
        + '<record name="ZooCage"><doc>c</doc><tag name="kind" kind="enum:ZooKind">x</tag></record>',
        "schema-sibling: 'cat' is already taken in record 'Zoo'",
    ),
    "tag inside": (
        KIND + '<record name="ZooCage"><doc>c</doc><tag name="kind" kind="enum:ZooKind">x</tag></record>'
        + record('<inside record="ZooCage" field="a">x</inside>'),
        "schema-inside: record 'ZooCage' has text or a tag, so it cannot be inside",
    ),
    "range of text": (
        attribute('kind="token" min="1"'),
        "schema-range: 'min' and 'max' are only for numbers",
    ),
    "range order": (
        attribute('kind="uint" min="5" max="2"'),
        "schema-range: range 5 to 2 does not fit kind 'uint'",
    ),
    "default": (
        attribute('kind="uint" default="-1"'),
        "schema-default: '-1' is not a value of kind 'uint'",
    ),
    "default and required": (
        attribute('kind="uint" default="1" required="yes"'),
        "schema-default: 'a' is required, so it has no default",
    ),
    "namespace": (
        record('<element name="q:a" field="a" kind="int">x</element>'),
        "schema-namespace: no namespace 'q'",
    ),
    "unused": (
        record("") + '<record name="ZooCage"><doc>a cage</doc></record>',
        "schema-unused: 'ZooCage' is not used",
    ),
    "too many inside": (
        '<record name="ZooCage"><doc>c</doc></record>'
        + record("".join(f'<inside record="ZooCage" field="c{i}">x</inside>' for i in range(8))),
        "schema-inside: record 'Zoo' has more than 7 inside",
    ),
    "selector with a when": (
        KIND + '<record name="Zoo" choose="kind"><doc>zoo</doc>'
        '<attribute name="kind" kind="enum:ZooKind" when="cat">which</attribute></record>',
        "schema-choose: selector 'kind' cannot have a 'when'",
    ),
    "selector of too many values": (
        '<enum name="ZooKind"><doc>kind</doc>'
        + "".join(f'<value name="v{i}">x</value>' for i in range(64)) + "</enum>"
        + f'<record name="Zoo" choose="kind"><doc>zoo</doc>{USE}</record>',
        "schema-choose: selector 'kind' has more than 63 values",
    ),
    "list with a default": (
        record('<element name="a" kind="string" list="yes" default="x">x</element>'),
        "schema-place: a list has no default",
    ),
    "presence of a scalar": (
        record('<element name="a" kind="int" always="yes">x</element>'),
        "schema-place: 'presence' and 'always' are only for groups",
    ),
    "length of no list": (
        record('<element name="a" kind="string" max-items="3">x</element>'),
        "schema-place: 'max-items' is only for lists",
    ),
    "stray digits": (attribute('kind="int" digits="4"'), "schema-unit: 'digits' is only for kind 'hex'"),
    "prefix of an attribute": (
        attribute('kind="int" field="a"', name="q:a"),
        "schema-namespace: attribute 'q:a' has a namespace prefix",
    ),
    "word of a document": (
        record('<word name="a" kind="uint">x</word>'),
        "schema-binary: 'a': a document holds no words or letters",
    ),
    "recursion": (
        record('<element name="a" record="ZooCage" required="yes">x</element>')
        + '<record name="ZooCage"><doc>c</doc><element name="b" record="ZooCage" required="yes">y</element></record>',
        "schema-recursion: record 'ZooCage' requires itself",
    ),
}


BINARY = (
    '<binary name="{name}" record="Zoo" bytes="12" since="1.0.0">\n'
    "  <doc>animals in a row</doc>\n"
)
WORD = '<word name="a" kind="uint">text</word>'
BAD_BINARY: dict[str, tuple[str, str]] = {
    "element": (record('<element name="a" kind="uint">x</element>'), "'a': a binary holds only words and letters"),
    "kind of a word": (record('<word name="a" kind="uint64">x</word>'), "a word is of kind uint, flag or of an enum"),
    "kind of letters": (record('<letters name="a" kind="token" bytes="4">x</letters>'), "letters are of an enum kind"),
    "long token": (
        KIND + record('<letters name="kind" kind="enum:ZooKind" bytes="2">x</letters>'),
        "token 'cat' does not fit 2 bytes\nschema-binary: token 'dog' does not fit 2 bytes",
    ),
    "room": (record("".join(WORD.replace('"a"', f'"{n}"') for n in "abcd")), "the members take 16 bytes, more than 12"),
    "second record": (
        record(WORD) + '<record name="ZooCage"><doc>c</doc><word name="b" kind="uint">x</word></record>',
        "record 'ZooCage': a binary has one plain record\nschema-unused: 'ZooCage' is not used",
    ),
}


class Rules(unittest.TestCase):
    def test_binaries(self) -> None:
        self.assertEqual(problems_of(record(WORD).replace(' element="zoo"', ""), BINARY, "binary"), [])
        for name, (body, expected) in BAD_BINARY.items():
            with self.subTest(name):
                found = problems_of(body.replace(' element="zoo"', ""), BINARY, "binary")
                self.assertEqual("\n".join(found), f"schema-binary: {expected}")

    def test_messages(self) -> None:
        for name, (body, expected) in BAD.items():
            with self.subTest(name):
                self.assertEqual("\n".join(problems_of(body)), expected)

    def test_every_rule_has_a_bad_description_and_an_explanation(self) -> None:
        tested = {expected.split(":")[0] for _body, expected in BAD.values()}
        for rule in rules.RULES:
            name = rule.__name__.replace("_", "-")
            with self.subTest(name):
                self.assertIn(name, tested)
                self.assertTrue(inspect.getdoc(rule))

    def test_root(self) -> None:
        self.assertEqual(
            problems_of(record(""), HEAD.replace("{name}", "zooo")),
            ["schema-root: format 'zooo' lives in a file 'zoo.xml'"],
        )
        with tempfile.TemporaryDirectory() as directory:
            write(Path(directory), "")
            (Path(directory) / "schemas" / "ape.xml").write_text("<formt/>")
            problems = Problems()
            load(Path(directory), problems)
            self.assertIn("schemas/ape.xml:1:1: error: expected <format>, <part> or <binary>, found <formt>"
                          " [schema-root]", [str(problem) for problem in problems.found])

    def test_own_record(self) -> None:
        self.assertIn("schema-reference: no record 'Zo', did you mean 'Zoo'?",
                      problems_of(record(""), HEAD.replace('record="Zoo"', 'record="Zo"')))

    def test_place_is_told(self) -> None:
        with tempfile.TemporaryDirectory() as directory:
            write(Path(directory), "\n" + attribute('kind="nit"'))
            problems = Problems()
            load(Path(directory), problems)
            self.assertEqual(
                [str(problem) for problem in problems.found],
                ["schemas/zoo.xml:4:50: error: no kind 'nit', did you mean 'int'? [schema-kind]"],
            )


class Outputs(unittest.TestCase):
    def formats(self) -> tuple[Format, ...]:
        problems = Problems()
        formats = load(ROOT, problems)
        self.assertEqual([str(problem) for problem in problems.found], [])
        return formats

    def test_own_formats_are_right_and_same_each_time(self) -> None:
        first = [(path, make()) for path, _layer, make in outputs(self.formats())]
        second = [(path, make()) for path, _layer, make in outputs(self.formats())]
        self.assertEqual(first, second)
        texts = [path.read_text() for path in (ROOT / "schemas").glob("*.xml")]
        documents = sum("<format " in text for text in texts)
        self.assertEqual(len(first), 2 * len(texts) + documents)
        for path, text in first:
            self.assertNotIn(str(ROOT), text, path)
            self.assertTrue(text.endswith("\n") and not text.endswith("\n\n"), path)


if __name__ == "__main__":
    unittest.main()
