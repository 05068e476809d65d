# SPDX-License-Identifier: LGPL-2.1-or-later
"""The documents in tests/formats/documents: read strictly, printed byte by byte as they are, valid by the
generated schema; and by the schema of an installed stock library, where the name does not end in -later.

A file is named after its format: nodedev-pci.xml is a document of the format nodedev.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import unittest
from pathlib import Path

SOURCE = Path(os.environ.get("VIR_SOURCE_DIR", Path(__file__).parents[2]))
BUILD = Path(os.environ.get("VIR_BUILD_DIR", SOURCE / "build"))
DOCUMENTS = sorted((SOURCE / "tests/formats/documents").glob("*.xml"))
READER = BUILD / "tests/formats/read_documents"
SCHEMAS = next((path for path in (BUILD / "gen/schemas", SOURCE / "gen/schemas") if path.is_dir()), BUILD)
STOCK = Path("/usr/share/libvirt/schemas")
#: Stock names of schemas, where they are others than ours; None: it has no schema for the format.
STOCK_NAMES = {
    "domaincapabilities": "domaincaps",
    "domainbackup": "domainbackup",
    "storagepoolcapabilities": "storagepoolcaps",
    "storagepoolsources": None,
    "domainstatus": None,
    "savecookie": None,
}


def format_of(document: Path) -> str:
    return document.name.partition("-")[0].removesuffix(".xml")


def run(*command: str | Path) -> tuple[int, str]:
    ran = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=120, check=False)
    return ran.returncode, ran.stdout + ran.stderr


class Fixtures(unittest.TestCase):
    maxDiff = None

    def test_printed_as_they_are(self) -> None:
        self.assertTrue(DOCUMENTS)
        for document in DOCUMENTS:
            with self.subTest(document.name):
                status, text = run(READER, "--print", format_of(document), document)
                self.assertEqual(text, document.read_text(encoding="utf-8"))
                self.assertEqual(status, 0)

    def test_valid_by_the_generated_schema(self) -> None:
        program = shutil.which("jing")
        if not program:
            self.skipTest("jing is not installed")
        for name in sorted({format_of(document) for document in DOCUMENTS}):
            files = [document for document in DOCUMENTS if format_of(document) == name]
            with self.subTest(name):
                status, text = run(program, SCHEMAS / f"{name}.rng", *files)
                self.assertEqual(status, 0, text)

    def test_valid_by_the_stock_schema(self) -> None:
        program = shutil.which("xmllint")
        if not program or not STOCK.is_dir():
            self.skipTest("xmllint or the schemas of a stock library are not installed")
        for document in DOCUMENTS:
            schema = STOCK_NAMES.get(format_of(document), format_of(document))
            if schema is None or document.stem.endswith("-later"):
                continue
            with self.subTest(document.name):
                status, text = run(program, "--noout", "--relaxng", STOCK / f"{schema}.rng", document)
                self.assertEqual(status, 0, text)


if __name__ == "__main__":
    unittest.main()
