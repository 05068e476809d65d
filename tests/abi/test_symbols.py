# SPDX-License-Identifier: LGPL-2.1-or-later
"""The four libraries export exactly the ledger's symbols; all else is under the private node."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import unittest
from pathlib import Path

SOURCE = Path(os.environ["VIR_SOURCE_DIR"])
BUILD = Path(os.environ["VIR_BUILD_DIR"])
PRIVATE = "LIBVIRT_PRIVATE_12.3.0"
LIBRARIES = ("libvirt", "libvirt-qemu", "libvirt-lxc", "libvirt-admin")


def ledger() -> list[dict[str, str]]:
    with (SOURCE / "tests" / "abi" / "symbols.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def built(library: str) -> Path:
    return (BUILD / ".libs" / f"{library}.so").resolve()


def output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def exported(path: Path) -> set[tuple[str, str]]:
    """(node, symbol) of everything defined and dynamic, version nodes themselves left out."""
    result = set()
    for line in output("nm", "-D", "--defined-only", "--with-symbol-versions", str(path)).splitlines():
        kind, name = line.split()[1:3]
        if kind != "A":
            symbol, _, node = name.partition("@")
            result.add((node.lstrip("@"), symbol))
    return result


class Symbols(unittest.TestCase):
    def test_public_symbols_are_the_ledger(self) -> None:
        rows = ledger()
        self.assertGreaterEqual(len(rows), 568)
        for library in LIBRARIES:
            with self.subTest(library=library):
                expected = {(row["node"], row["symbol"]) for row in rows if row["library"] == library}
                found = {pair for pair in exported(built(library)) if pair[0] != PRIVATE}
                self.assertEqual(sorted(expected - found), [], "missing")
                self.assertEqual(sorted(found - expected), [], "exported but not in the ledger")

    def test_private_symbols_look_private(self) -> None:
        public = {row["symbol"] for row in ledger()}
        for library in LIBRARIES:
            with self.subTest(library=library):
                private = {symbol for node, symbol in exported(built(library)) if node == PRIVATE}
                self.assertEqual(sorted(private & public), [])

    def test_parents_of_the_nodes(self) -> None:
        for library in LIBRARIES:
            with self.subTest(library=library):
                expected = {r["node"]: r["parent"] for r in ledger() if r["library"] == library}
                found: dict[str, str] = {}
                nodes: list[str] = []
                text = output("readelf", "-V", "-W", str(built(library)))
                text = text.partition(".gnu.version_d")[2].partition("Version needs")[0]
                for line in text.splitlines():
                    if match := re.search(r"Flags: (\S+).*Name: (\S+)", line):
                        nodes.append(match[2])
                        found[match[2]] = ""
                    elif match := re.search(r"Parent 1: (\S+)", line):
                        found[nodes[-1]] = match[1]
                for node, parent in expected.items():
                    self.assertIn(node, found)
                    self.assertEqual(found[node], parent, node)

    def test_names_of_the_files(self) -> None:
        for library in LIBRARIES:
            with self.subTest(library=library):
                self.assertEqual(built(library).name, f"{library}.so.0.12003.0")
                self.assertIn(f"[{library}.so.0]", output("readelf", "-d", str(built(library))))

    def test_the_libraries_need_only_glib(self) -> None:
        allowed = re.compile(r"^(libvirt\.so\.0|libglib-2\.0\.so\.0|libc\.so\.6|ld-linux.*|lib[aut]+san\.so.*|lib[aut]bsan.*|libgcc_s.*|libm\.so\.6|libpthread.*|libdl.*)$")
        for library in LIBRARIES:
            with self.subTest(library=library):
                needed = re.findall(r"\(NEEDED\).*\[(.*)\]", output("readelf", "-d", str(built(library))))
                self.assertEqual([name for name in needed if not allowed.match(name)], [])

    def test_text_is_not_relocated_and_the_stack_is_not_executable(self) -> None:
        for library in LIBRARIES:
            with self.subTest(library=library):
                self.assertNotIn("TEXTREL", output("readelf", "-d", str(built(library))))
                stack = [line for line in output("readelf", "-lW", str(built(library))).splitlines()
                         if "GNU_STACK" in line]
                self.assertEqual(len(stack), 1)
                self.assertNotIn("RWE", stack[0])


if __name__ == "__main__":
    unittest.main()
