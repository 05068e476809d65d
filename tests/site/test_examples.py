# SPDX-License-Identifier: LGPL-2.1-or-later
"""The programs of docs/examples/calls say the same in every language, on test:///default."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from built_site import BUILD, SOURCE, generated  # noqa: E402

CALLS = SOURCE / "docs" / "examples" / "calls"
SYSTEM_PYTHON = "/usr/bin/python3"
PROBES = {
    ".py": ([SYSTEM_PYTHON, "-c", "import libvirt"], "no Python binding is installed"),
    ".pl": (["perl", "-MSys::Virt", "-e", "1"], "Sys::Virt is not installed"),
    ".ml": (["ocamlfind", "query", "libvirt"], "no OCaml binding is installed"),
}


def program(name: str) -> str:
    lines = (BUILD / "Makefile").read_text(encoding="utf-8").splitlines()
    return next(line.partition(" = ")[2] for line in lines if line.startswith(f"{name} = "))


class Examples(unittest.TestCase):
    def run_in_tree(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([str(SOURCE / "run"), *command], capture_output=True, text=True, timeout=120,
                              env={**os.environ, "VIR_BUILD_DIR": str(BUILD), "LC_ALL": "C.UTF-8"})

    def compile_c(self, source: Path, folder: str) -> list[str]:
        made = Path(folder) / source.stem
        subprocess.run([*shlex.split(program("CC")), *shlex.split(program("SANITIZE_CFLAGS")), "-std=c99", "-Wall", "-Wextra", "-Werror", f"-I{generated('include')}",
                        str(source), "-o", str(made), f"-L{BUILD / '.libs'}", "-lvirt"], check=True)
        return [str(made)]

    def compile_ml(self, source: Path, folder: str) -> list[str]:
        copy = Path(folder) / source.name
        shutil.copy(source, copy)
        made = Path(folder) / f"{source.stem}_ml"
        subprocess.run(["ocamlfind", "ocamlopt", "-package", "libvirt", "-linkpkg", str(copy), "-o", str(made)],
                       check=True, cwd=folder)
        return [str(made)]

    def check(self, suffix: str) -> None:
        probe, reason = PROBES.get(suffix, (None, ""))
        if probe is not None:
            if shutil.which(probe[0]) is None or self.run_in_tree(*probe).returncode:
                self.skipTest(reason)
        sources = sorted(CALLS.glob(f"*{suffix}"))
        self.assertTrue(sources)
        for source in sources:
            with self.subTest(source=source.name), tempfile.TemporaryDirectory() as folder:
                match suffix:
                    case ".c":
                        command = self.compile_c(source, folder)
                    case ".ml":
                        command = self.compile_ml(source, folder)
                    case ".py":
                        command = [SYSTEM_PYTHON, str(source)]
                    case ".pl":
                        command = ["perl", str(source)]
                    case _:
                        command = ["sh", str(source)]
                result = self.run_in_tree(*command)
                wanted = source.with_suffix(".out").read_text(encoding="utf-8")
                self.assertEqual((result.returncode, result.stdout), (0, wanted), result.stderr)

    def test_c(self) -> None:
        self.check(".c")

    def test_python(self) -> None:
        self.check(".py")

    def test_perl(self) -> None:
        self.check(".pl")

    def test_ocaml(self) -> None:
        self.check(".ml")

    def test_shell(self) -> None:
        self.check(".sh")


if __name__ == "__main__":
    unittest.main()
