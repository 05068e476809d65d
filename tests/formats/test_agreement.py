# SPDX-License-Identifier: LGPL-2.1-or-later
"""The strict parser, which answers the VALIDATE flags, and the generated RELAX NG schemas say the same: of random
documents, and of the same documents with something changed in each.

The schema's verdict is that of jing; libxml2 needs 2^n steps for n optional attributes of an element. Environment:
COUNT, how many documents of each format are changed (default 15), SEED, of the changes (default 1), FORMATS, names of
the formats (default all).
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

SOURCE = Path(os.environ.get("VIR_SOURCE_DIR", Path(__file__).parents[2]))
BUILD = Path(os.environ.get("VIR_BUILD_DIR", SOURCE / "build"))
SCHEMAS = next((path for path in (BUILD / "gen/schemas", SOURCE / "gen/schemas") if path.is_dir()), BUILD)
COUNT = int(os.environ.get("COUNT", "15"))
FORMATS = os.environ.get("FORMATS", "").split() or sorted(path.stem for path in SCHEMAS.glob("*.rng"))
AT_ONCE = 1000
SEED = int(os.environ.get("SEED", "1"))
VALUES = ("", " ", "x", "yes", "on", "-1", "0", "1", "16", "65536", "4294967296", "0x10", "/dev/null", "1.2.3.4",
          "fd00::1", "52:54:00:00:00:01", "network", "file", "1-3,^2", "a b")  # fmt: skip
NAMES = ("type", "name", "x-unknown", "source", "address", "unit")

Element = ElementTree.Element


def pick(dice: random.Random, root: Element) -> tuple[Element | None, Element]:
    """A random element with its parent."""
    parents: list[tuple[Element | None, Element]] = [(None, root)]
    parents += [(parent, child) for parent in root.iter() for child in parent]
    return dice.choice(parents)


def change(dice: random.Random, root: Element) -> str:
    """Changes one thing, and says what."""
    parent, element = pick(dice, root)
    attribute = dice.choice(sorted(element.keys()) or [""])
    match dice.randrange(8):
        case 0 if attribute:
            del element.attrib[attribute]
            return f"<{element.tag}> without {attribute}"
        case 1 | 2 if attribute:
            element.set(attribute, dice.choice(VALUES))
            return f"<{element.tag}> with {attribute}='{element.get(attribute)}'"
        case 3:
            element.set(dice.choice(NAMES), value := dice.choice(VALUES))
            return f"<{element.tag}> with something that is '{value}'"
        case 4 if parent is not None:
            parent.remove(element)
            return f"<{parent.tag}> without <{element.tag}>"
        case 5 if parent is not None:
            parent.append(element)
            return f"<{parent.tag}> with another <{element.tag}>"
        case 6 if parent is not None:
            element.tag = dice.choice(NAMES)
            return f"<{parent.tag}> with <{element.tag}> for something else"
    _other, moved = pick(dice, root)
    if len(element) and element not in moved.iter():
        element.append(moved)
        return f"<{element.tag}> with <{moved.tag}> of another place"
    element.text = dice.choice(VALUES)
    return f"<{element.tag}> with the text '{element.text}'"


def refused_by_parser(name: str, documents: list[Path]) -> dict[str, str]:
    """Documents that the parser refuses, and why."""
    reader = BUILD / "tests/formats/read_documents"
    ran = subprocess.run([reader, name, *documents], capture_output=True, text=True, errors="replace", check=False)
    verdicts = dict(re.findall(r"^(\S+) (valid|refused: .*)$", ran.stdout, re.MULTILINE))
    assert set(verdicts) == {str(document) for document in documents}, ran.stderr
    return {document: why for document, why in verdicts.items() if why != "valid"}


def refused_by_schema(jing: str, name: str, documents: list[Path]) -> dict[str, str]:
    """Documents that jing refuses, and why. It keeps what it has read, so it is given some at a time."""
    verdicts: dict[str, str] = {}
    for start in range(0, len(documents), AT_ONCE):
        command = [jing, SCHEMAS / f"{name}.rng", *documents[start:start + AT_ONCE]]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        assert ran.returncode in (0, 1) and "Exception" not in ran.stderr and "Error" not in ran.stderr, ran.stderr
        verdicts |= dict(reversed(re.findall(r"^([^:\n]+):(\d+:\d+: .*)$", ran.stdout, re.MULTILINE)))
    return verdicts


class Agreement(unittest.TestCase):
    def setUp(self) -> None:
        jing = shutil.which("jing")
        if jing is None:
            self.skipTest("jing is not installed")
        self.jing = jing
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = Path(scratch.name)

    def changed(self, name: str) -> dict[str, str]:
        """Writes random documents and a change of each beside it: path and what was changed."""
        subprocess.run([BUILD / "tests/formats/print_random", self.scratch, str(COUNT), name], check=True)
        dice = random.Random(f"{name} {SEED}")
        changes = {}
        for document in sorted(self.scratch.glob(f"{name}-*.xml")):
            tree = ElementTree.parse(document)
            path = document.with_suffix(".changed.xml")
            what = change(dice, tree.getroot())
            tree.write(path, encoding="unicode")
            changes[str(path)] = what
        return changes

    def test_same_verdict(self) -> None:
        total = refused = 0
        for name in FORMATS:
            with self.subTest(name):
                changes = self.changed(name)
                self.assertTrue(changes)
                documents = sorted(self.scratch.glob(f"{name}-*.xml"))
                parser = refused_by_parser(name, documents)
                grammar = refused_by_schema(self.jing, name, documents)
                total += len(documents)
                refused += len(parser)
                different = [
                    f"{Path(path).name}: {changes.get(path, 'unchanged')}\n"
                    f"  parser: {parser.get(path, 'valid')}\n  schema: {grammar.get(path, 'valid')}"
                    for path in map(str, documents)
                    if (path in parser) != (path in grammar)
                ]
                for document in documents:
                    document.unlink()
                unchanged = sum(path not in changes for path in grammar)
                print(f"# {name}: {len(documents)} documents, {len(grammar)} refused, {unchanged} of them as printed")
                self.assertEqual(unchanged, 0, "what is printed is not valid")
                self.assertEqual(different, [], "\n" + "\n".join(different[:20]) + f"\n{len(different)} different")
        print(f"# {total} documents, {refused} refused by both")
        self.assertGreater(refused, total // 5)
        self.assertLess(refused, total // 2)


if __name__ == "__main__":
    unittest.main()
