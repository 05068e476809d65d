#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Replays docs/guide-add-a-function.md in a copy of the tree: its blocks are what is tried. Prints TAP."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(os.environ["VIR_SOURCE_DIR"])
BUILD = Path(os.environ["VIR_BUILD_DIR"])
GUIDE = SOURCE / "docs" / "guide-add-a-function.md"
WORK = BUILD / "tests" / "tree-guide"
INPUTS = ("api", "drivers", "generator", "schemas", "shell", "src", "docs", "build-aux", "tests", "bindings", "config")


@dataclass(frozen=True)
class Block:
    """A fenced block of the guide: language, what to do with it, and the name of a file."""

    language: str
    action: str
    name: str
    text: str


def blocks(text: str) -> list[Block]:
    found = re.findall(r"^```(\w+) (\w+) ?([\w./-]*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [Block(*groups) for groups in found]


class Replay:
    def __init__(self) -> None:
        self.source = WORK / "source"
        self.build = self.source / "build"
        self.count = 0
        self.failed = False

    def verdict(self, passed: bool, name: str, detail: str = "") -> None:
        self.count += 1
        print(f"{'ok' if passed else 'not ok'} {self.count} - {name}")
        if not passed:
            self.failed = True
            for line in detail.splitlines()[-30:]:
                print(f"#   {line}")

    def command(self, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        environment = dict(os.environ, VIR_BUILD_DIR=str(self.build),
                           PKG_CONFIG_PATH=str(self.build))
        for name in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "LD_LIBRARY_PATH", "G_DEBUG"):
            environment.pop(name, None)
        return subprocess.run(arguments, cwd=cwd, env=environment, text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def copy(self) -> None:
        shutil.rmtree(WORK, ignore_errors=True)
        self.build.mkdir(parents=True)
        skip = shutil.ignore_patterns("__pycache__", "*.o", "*.lo", ".libs", ".deps", "tree-*", "home",
                                      "logs", "build", ".git")
        for place in SOURCE.iterdir():
            if place.name in INPUTS or place.name == "gen":
                shutil.copytree(place, self.source / place.name, ignore=skip, symlinks=True)
            elif place.is_file():
                shutil.copy2(place, self.source / place.name)

    def make(self) -> None:
        """Only what the calls of the guide need, and fast rather than small."""
        configured = self.command("../configure", "--disable-static", "CFLAGS=-O0 -w",
                                  cwd=self.build)
        self.verdict(configured.returncode == 0, "the copy is configured", configured.stdout)
        jobs = f"-j{os.cpu_count() or 1}"
        for goal in (("gen/stamp",), ("libvirt.la", "libvirt_documents.la"),
                     ("libvirt_driver_test.la", "libvirt-qemu.la", "virsh")):
            made = self.command("make", jobs, *goal, cwd=self.build)
            self.verdict(made.returncode == 0, f"make {' '.join(goal)}", made.stdout)

    def insert(self, block: Block) -> None:
        place = self.source / block.name
        text = place.read_text()
        end = text.rstrip().rfind("</")
        place.write_text(text[:end] + block.text + text[end:])

    def new(self) -> None:
        """What `new` prints is put where it says, as it is."""
        python = os.environ.get("PYTHON", sys.executable)
        made = self.command(python, "-B", "-m", "generator", "new", "DomainCountEars", cwd=self.source)
        element, _, hook = made.stdout.partition("/* in ")
        self.insert(Block("xml", "insert", "api/domain.xml", element))
        place = self.source / "drivers" / "test" / "test_domain_lifecycle.c"
        place.write_text(f"{place.read_text()}\n/* in {hook}")
        self.verdict(made.returncode == 0 and hook != "", "generator new prints an element and a hook",
                     made.stdout)

    def judge(self) -> None:
        python = os.environ.get("PYTHON", sys.executable)
        checked = self.command(python, "-B", "-m", "generator", "check", cwd=self.source)
        self.verdict(checked.returncode == 0, "the specification is right", checked.stdout)

    def run(self, block: Block, output: Block) -> None:
        result = self.command("sh", "-c", block.text, cwd=self.source)
        passed = result.returncode == 0 and result.stdout.strip() == output.text.strip()
        self.verdict(passed, block.text.strip().splitlines()[0], result.stdout)

    def replay(self) -> int:
        steps = blocks(GUIDE.read_text())
        self.verdict([b.action for b in steps].count("insert") == 2
                     and any(b.action == "append" for b in steps)
                     and any(b.action == "run" for b in steps), "the guide has its blocks")
        self.copy()
        for block in steps:
            if block.action == "insert":
                self.insert(block)
            elif block.action == "append":
                place = self.source / block.name
                place.write_text(place.read_text() + block.text)
            elif block.action == "program":
                (self.source / block.name).write_text(block.text)
        self.new()
        self.judge()
        self.make()
        if not self.failed:
            for block, output in zip(steps, steps[1:]):
                if block.action == "run":
                    self.run(block, output)
        print(f"1..{self.count}")
        if not self.failed:
            shutil.rmtree(WORK)
        return 1 if self.failed else 0


if __name__ == "__main__":
    sys.exit(Replay().replay())
