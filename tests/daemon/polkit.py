# SPDX-License-Identifier: LGPL-2.1-or-later
"""A message bus of its own with a polkit authority that answers by a table."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import lab

PYTHON = "/usr/bin/python3"
AUTHORITY = Path(__file__).parent / "authority.py"
Rule = dict[str, Any]


def missing() -> str:
    """Why there is none here, "" when there can be one."""
    if not shutil.which("dbus-daemon"):
        return "dbus-daemon is not installed"
    probe = subprocess.run([PYTHON, "-c", "from gi.repository import Gio"], env=lab.PLAIN, capture_output=True)
    return "python3-gi is not installed" if probe.returncode else ""


class Polkit:
    """The bus with the authority; ends with stop()."""

    def __init__(self, authority: bool = True) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="virpolkit"))
        self.bus = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", f"--address=unix:path={self.folder}/bus",
             "--print-address=1"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=lab.PLAIN)
        assert self.bus.stdout is not None
        self.bus.stdout.readline()
        self.environment = {"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={self.folder}/bus"}
        self.authority: subprocess.Popen[bytes] | None = None
        self.allow()
        if authority:
            self.begin()

    def begin(self) -> None:
        """The authority takes its name."""
        environment = {**lab.PLAIN, **self.environment}
        self.authority = subprocess.Popen([PYTHON, str(AUTHORITY), str(self.folder)], env=environment)
        subprocess.run(["gdbus", "wait", "--system", "--timeout", "60", "org.freedesktop.PolicyKit1"],
                       env=environment, check=True, capture_output=True)

    def end(self) -> None:
        """The authority goes away; the bus stays."""
        if self.authority is not None:
            self.authority.kill()
            self.authority.wait(20)
            self.authority = None

    def stop(self) -> None:
        self.end()
        self.bus.terminate()
        self.bus.wait(20)
        assert self.bus.stdout is not None
        self.bus.stdout.close()
        shutil.rmtree(self.folder)

    def rule(self, *rules: Rule, default: str = "yes") -> None:
        """Replaces the table; the first rule that fits decides."""
        text = json.dumps({"rules": rules, "default": default})
        (self.folder / "rules.new").write_text(text, encoding="utf-8")
        (self.folder / "rules.new").rename(self.folder / "rules.json")

    def allow(self) -> None:
        self.rule()

    def asked(self) -> list[dict[str, Any]]:
        """Every question so far."""
        path = self.folder / "asked.jsonl"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [json.loads(line) for line in lines]
