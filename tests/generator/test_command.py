#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The generator as a command: what it writes, where, and how long it takes."""

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INPUTS = ("api.xml", "api", "schemas", "shell", "config", "generator")


def generator(root: Path, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = dict(os.environ, PYTHONPATH=str(root), PYTHONPYCACHEPREFIX=str(root.parent / "bytecode"))
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.run([sys.executable, "-m", "generator", *arguments], cwd=cwd or root,
                          env=environment, capture_output=True, text=True, check=False)


def times(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): path.stat().st_mtime_ns
            for path in folder.rglob("*") if path.is_file()}


class Command(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.source = self.folder / "source"
        self.source.mkdir()
        for name in INPUTS:
            place = ROOT / name
            if place.is_dir():
                shutil.copytree(place, self.source / name,
                                ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(place, self.source / name)

    def gen(self, to: str = "gen") -> dict[str, int]:
        result = generator(self.source, "gen", "--output", str(self.folder / to), cwd=self.folder)
        self.assertEqual(result.returncode, 0, result.stderr)
        return times(self.folder / to)

    def test_touches_only_what_changed(self) -> None:
        """One element changes: only the files that speak of it are written."""
        for file, pattern, text, files in (
            ("api/secret.xml", r"<brief>[^<]*</brief>", "<brief>changed for a test</brief>",
             {"api/libvirt-api.xml", "include/libvirt/libvirt-secret.h", "man/virConnectListSecrets.3",
              "bindings/calls.c", "bindings/python/libvirt/aio.py", "site/reference.xml", "site/search-index.js"}),
            ("api/secret.xml", r' blocks="\w+"', ' blocks="long"', {"daemon/remote.c", "site/reference.xml"}),
            ("api/wire.xml", r'(name="SECRET_LIST_MAX" value=)"\d+"', r'\1"9999"',
             {"wire/remote.h", "wire/remote.c", "wire/remote_protocol.x", "daemon/remote.c",
              "remote/secret.c", "bindings/calls.c"}),
            ("shell/secret.xml", r"<brief>[^<]*</brief>", "<brief>changed for a test</brief>",
             {"client/virsh.c", "site/commands.xml", "site/reference.xml", "site/search-index.js"}),
            ("shell/secret.xml", r"<doc>[^<]*</doc>", "<doc>Changed for a test.</doc>",
             {"client/virsh.c", "man/virsh.1", "site/commands.xml"}),
        ):
            with self.subTest(file=file, change=text):
                before = self.gen()
                module = self.source / file
                old = module.read_text()
                new = re.sub(pattern, text, old, count=1)
                self.assertNotEqual(old, new)
                module.write_text(new)
                after = self.gen()
                module.write_text(old)
                self.assertEqual(before.keys(), after.keys())
                self.assertEqual({path for path in after if before[path] != after[path]}, files)

    def test_second_run_touches_nothing(self) -> None:
        self.assertEqual(self.gen(), self.gen())

    def test_source_may_be_read_only(self) -> None:
        before = times(self.source)
        for path in [self.source, *self.source.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        try:
            self.gen()
            self.assertEqual(times(self.source), before)
        finally:
            for path in [self.source, *self.source.rglob("*")]:
                path.chmod(0o755 if path.is_dir() else 0o644)

    def test_output_does_not_tell_where_it_was_made(self) -> None:
        self.gen()
        for path in (self.folder / "gen").rglob("*"):
            if path.is_file():
                self.assertNotIn(str(self.folder), path.read_text())

    def test_seconds(self) -> None:
        """What the file system takes for a thousand new files is its own; the better of two, machines are busy."""
        used = []
        for folder in ("one", "two"):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            self.gen(folder)
            used.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before.ru_utime)
        self.assertLess(min(used), 2.0, "seconds of the processor for a whole run")

    def test_all_mistakes_at_once(self) -> None:
        module = self.source / "api" / "secret.xml"
        module.write_text(module.read_text().replace('shape="getter"', 'shape="gettr"')
                          .replace('type="Connect"', 'type="Conect"'))
        result = generator(self.source, "check")
        self.assertEqual(result.returncode, 1)
        lines = result.stderr.splitlines()
        self.assertTrue(any("did you mean 'getter'?" in line for line in lines))
        self.assertTrue(any("did you mean 'Connect'?" in line for line in lines))
        self.assertEqual(lines[-1], f"{len(lines) - 1} problem(s)")

    def test_commands_that_tell(self) -> None:
        for arguments, wanted in (
            (("show", "virDomainReboot"), "int testDomainReboot(virDomainPtr domain, unsigned int flags);"),
            (("explain", "one-procedure"), "a procedure number belongs to one function"),
            (("stats",), "undocumented places"),
            (("diff", str(ROOT)), ""),
        ):
            with self.subTest(command=arguments[0]):
                result = generator(self.source, *arguments)
                self.assertEqual(result.returncode, 0, result.stderr)
                self.assertIn(wanted, result.stdout)

    def test_commands_that_do_not_know(self) -> None:
        for arguments, wanted in (
            (("show", "virDomainRebot"), "nothing is called 'virDomainRebot', did you mean 'virDomainReboot'?"),
            (("explain", "one-proceduer"), "no rule 'one-proceduer', did you mean 'one-procedure'?"),
        ):
            with self.subTest(command=arguments[0]):
                result = generator(self.source, *arguments)
                self.assertEqual(result.returncode, 1)
                self.assertIn(wanted, result.stderr)


if __name__ == "__main__":
    unittest.main()
