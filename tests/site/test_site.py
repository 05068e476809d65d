# SPDX-License-Identifier: LGPL-2.1-or-later
"""The pages lead nowhere dead, manual pages are clean, and what is shown as code or document is right."""

from __future__ import annotations

import csv
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

sys.path.insert(0, str(Path(__file__).parent))

from built_site import BUILD, SITE, SOURCE, generated, make  # noqa: E402


class Page(HTMLParser):
    """What the tests ask of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.headings: list[int] = []
        self.title = False
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag in ("script", "img", "iframe") and "src" in found:
            self.loaded.append(found["src"])
        if tag == "link":
            self.loaded.append(found.get("href", ""))
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        self.title = self.title or tag == "title"


class Pages(unittest.TestCase):
    pages: dict[Path, Page]

    @classmethod
    def setUpClass(cls) -> None:
        make()
        cls.pages = {path: Page(path) for path in SITE.rglob("*.html")}

    def test_there_is_a_page_per_function_and_format(self) -> None:
        names = [f.attrib["name"] for f in ElementTree.parse(generated("site/reference.xml")).iter("function")]
        self.assertGreater(len(names), 500)
        self.assertEqual([n for n in names if not (SITE / "ref" / f"{n}.html").is_file()], [])
        formats = [f.attrib["name"] for f in ElementTree.parse(generated("site/formats.xml")).iter("format")]
        self.assertEqual([n for n in formats if not (SITE / "formats" / f"{n}.html").is_file()], [])

    def test_no_link_is_dead(self) -> None:
        dead = []
        for path, page in self.pages.items():
            for link in page.links:
                if link.startswith(("http:", "https:", "mailto:")):
                    continue
                file, _, at = unquote(link).partition("#")
                target = path if not file else Path(os.path.normpath(path.parent / file))
                if not target.is_file():
                    dead.append(f"{path.relative_to(SITE)}: {link}")
                elif at and (target not in self.pages or at not in self.pages[target].ids):
                    dead.append(f"{path.relative_to(SITE)}: {link}: no such place")
        self.assertEqual(sorted(set(dead))[:40], [])

    def test_places_are_unique(self) -> None:
        twice = [f"{path.relative_to(SITE)}: {name}" for path, page in self.pages.items()
                 for name, count in Counter(page.ids).items() if count > 1]
        self.assertEqual(twice, [])

    def test_nothing_comes_from_elsewhere(self) -> None:
        foreign = [f"{path.relative_to(SITE)}: {what}" for path, page in self.pages.items()
                   for what in page.loaded if "://" in what or what.startswith("//")]
        self.assertEqual(foreign, [])

    def test_every_figure_has_its_drawing(self) -> None:
        texts = [path.read_text(encoding="utf-8") for path in self.pages if path.parent.name == "guides"]
        figures = [figure for text in texts for figure in text.split("<figure")[1:]]
        self.assertGreater(len(figures), 2)
        self.assertEqual([f[:80] for f in figures if "<svg" not in f.split("</figure>")[0]], [])

    def test_headings_are_in_order(self) -> None:
        wrong = []
        for path, page in self.pages.items():
            steps = zip(page.headings, page.headings[1:])
            if page.headings.count(1) != 1 or any(after > before + 1 for before, after in steps) or not page.title:
                wrong.append(f"{path.relative_to(SITE)}: {page.headings[:12]}")
        self.assertEqual(wrong[:20], [])

    def test_every_function_is_in_the_matrix(self) -> None:
        with (SITE / "support.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual({row["function"] for row in rows} - set(self.pages[SITE / "support.html"].ids), set())
        with generated("api/support.tsv").open(encoding="utf-8") as file:
            told = {row["function"]: row for row in csv.DictReader(file, delimiter="\t")}
        for row in rows:
            for driver in ("test", "qemu"):
                self.assertEqual(row[driver], told[row["function"]][driver].split(" ")[0].partition("-")[0],
                                 row["function"])


class Manuals(unittest.TestCase):
    def pages(self) -> list[str]:
        found = sorted(str(p) for p in generated("man/virsh.1").parent.iterdir())
        self.assertGreater(len(found), 500)
        return found

    def test_groff_has_no_complaint(self) -> None:
        groff = shutil.which("groff")
        if groff is None:
            self.skipTest("groff is not installed")
        result = subprocess.run([groff, "-man", "-Tutf8", "-ww", "-z", *self.pages()], capture_output=True,
                                text=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
        self.assertEqual((result.returncode, result.stderr[:2000]), (0, ""))

    def test_mandoc_has_no_complaint(self) -> None:
        mandoc = shutil.which("mandoc")
        if mandoc is None:
            self.skipTest("mandoc is not installed")
        result = subprocess.run([mandoc, "-T", "lint", "-W", "warning", *self.pages()], capture_output=True, text=True)
        # Generated pages have no date, so that they are the same tomorrow.
        said = [line for line in result.stdout.splitlines() if "missing date" not in line]
        self.assertEqual(said[:20], [])


class Code(unittest.TestCase):
    def test_the_call_of_every_function_compiles(self) -> None:
        calls = [c for c in ElementTree.parse(generated("site/reference.xml")).iter("call") if c.get("lang") == "C"]
        self.assertGreater(len(calls), 500)
        headers = sorted(path.name for path in generated("include/libvirt/libvirt.h").parent.glob("*.h"))
        text = "#include <stdio.h>\n#include <stdlib.h>\n"
        text += "".join(f"#include <libvirt/{name}>\n" for name in ["libvirt.h", *headers])
        text += "\n".join("".join(call.itertext()) for call in calls)
        make_lines = (BUILD / "Makefile").read_text(encoding="utf-8").splitlines()
        compiler = next(line.partition(" = ")[2] for line in make_lines if line.startswith("CC = "))
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "calls.c"
            source.write_text(text, encoding="utf-8")
            result = subprocess.run(
                [*shlex.split(compiler), "-std=c99", "-Wall", "-Wextra", "-Werror", "-Wno-unused-function",
                 "-fsyntax-only", f"-I{generated('include')}", str(source)], capture_output=True, text=True)
        self.assertEqual(result.returncode, 0, result.stderr[:4000])


class Documents(unittest.TestCase):
    def test_every_format_has_an_example(self) -> None:
        formats = ElementTree.parse(generated("site/formats.xml")).iter("format")
        self.assertEqual([f.attrib["name"] for f in formats if f.find("example") is None], [])

    def test_every_example_is_valid(self) -> None:
        jing = shutil.which("jing")
        if jing is None:
            self.skipTest("jing is not installed")
        wrong = []
        for schema in sorted(generated("schemas/network.rng").parent.glob("*.rng")):
            shown = sorted((SOURCE / "docs/examples/documents").glob(f"{schema.stem}.xml"))
            shown += sorted((SOURCE / "docs/examples/documents").glob(f"{schema.stem}-*.xml"))
            if shown:
                result = subprocess.run([jing, str(schema), *map(str, shown)], capture_output=True, text=True)
                wrong += [result.stdout] if result.returncode else []
        self.assertEqual(wrong, [])


if __name__ == "__main__":
    unittest.main()
