# SPDX-License-Identifier: LGPL-2.1-or-later
"""House rules over the committed files."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SOURCE = Path(os.environ["VIR_SOURCE_DIR"])
LICENSED = {".c", ".h", ".py", ".sh", ".am", ".ac"}
UNFINISHED = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")) + r")\b")
DEVELOPER = re.compile(r"(?<![\w.])/(work|home|root|Users)/[\w.]+")


def committed() -> list[Path]:
    """Files of the repository, in a tarball every file that is distributed by hand."""
    try:
        names = subprocess.run(
            ["git", "-c", f"safe.directory={SOURCE}", "-C", str(SOURCE), "ls-files", "-z"], check=True, capture_output=True, text=True
        ).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        raise unittest.SkipTest("not a git checkout") from None
    return [Path(name) for name in names if name and (SOURCE / name).is_file()]


class Style(unittest.TestCase):
    def setUp(self) -> None:
        self.files = committed()

    def text(self, path: Path) -> str:
        return (SOURCE / path).read_text(encoding="utf-8")

    def test_licence_line_comes_first(self) -> None:
        wrong = []
        for path in self.files:
            if path.suffix in LICENSED and "goldens" not in path.parts:
                lines = self.text(path).split("\n", 2)
                first = lines[1] if lines[0].startswith("#!") else lines[0]
                if "SPDX-License-Identifier: LGPL-2.1-or-later" not in first:
                    wrong.append(str(path))
        self.assertEqual(wrong, [])

    def test_nothing_is_left_unfinished(self) -> None:
        wrong = []
        for path in self.files:
            for number, line in enumerate(self.text(path).splitlines(), 1):
                if UNFINISHED.search(line):
                    wrong.append(f"{path}:{number}: {line.strip()}")
        self.assertEqual(wrong, [])

    def test_no_path_of_a_developer(self) -> None:
        wrong = []
        for path in self.files:
            if path.parts[0] in ("api", "shell", "schemas"):
                continue  # examples of paths in documents
            for number, line in enumerate(self.text(path).splitlines(), 1):
                if DEVELOPER.search(line):
                    wrong.append(f"{path}:{number}: {line.strip()}")
        self.assertEqual(wrong, [])

    def test_each_folder_has_a_short_readme(self) -> None:
        wrong = []
        for folder in sorted({path.parent for path in self.files}):
            if folder.name.startswith(".") or folder == Path():
                continue
            if {"goldens", "bad", "corpus", "seeds", "zoo"} & set(folder.parts):
                continue
            readme = SOURCE / folder / "README.md"
            if not readme.is_file():
                wrong.append(f"{folder}: no README.md")
            elif len(readme.read_text(encoding="utf-8").splitlines()) > 20:
                wrong.append(f"{folder}: README.md has more than 20 lines")
        self.assertEqual(wrong, [])

    def test_no_generated_or_binary_file_is_committed(self) -> None:
        wrong = [str(path) for path in self.files
                 if (path.parts[0] == "gen" and path.name not in ("README.md", "files.mk"))
                 or b"\0" in (SOURCE / path).read_bytes()]
        self.assertEqual(wrong, [])

    def test_the_list_of_generated_files_is_current(self) -> None:
        printed = subprocess.run([sys.executable, "-B", "-m", "generator", "files"], check=True,
                                 cwd=SOURCE, capture_output=True, text=True).stdout
        self.assertEqual(printed, self.text(Path("gen/files.mk")))

    def test_the_generator_is_strictly_typed(self) -> None:
        mypy = shutil.which("mypy", path="/usr/bin") or shutil.which("mypy")
        if mypy is None:
            self.skipTest("mypy is not installed")
        with tempfile.TemporaryDirectory() as cache:
            result = subprocess.run([mypy, "--strict", "--cache-dir", cache, "generator"], cwd=SOURCE,
                                    capture_output=True, text=True)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_lists_of_the_build_are_complete(self) -> None:
        """Every C file is in a Makefile fragment, and every file there exists."""
        fragments = [path for path in self.files if path.name in ("Makefile.inc.am", "Makefile.am")]
        text = "\n".join(self.text(path) for path in fragments)
        words = set(re.findall(r"(?:src|drivers|tests)/[\w./-]+", text))
        missing = []
        for path in self.files:
            if path.suffix in (".c", ".h") and path.parts[0] in ("src", "drivers"):
                if path.as_posix() not in words:
                    missing.append(str(path))
            if path.suffix == ".c" and path.parts[0] == "tests" and len(path.parts) == 3:
                if path.as_posix() not in words:
                    missing.append(str(path))
        self.assertEqual(missing, [])


if __name__ == "__main__":
    unittest.main()
