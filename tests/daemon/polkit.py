# SPDX-License-Identifier: LGPL-2.1-or-later
"""A message bus of its own with a polkit authority that answers by a table."""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import Any

import lab

PYTHON = "/usr/bin/python3"
AUTHORITY = Path(__file__).parent / "authority.py"
Rule = dict[str, Any]
#: The setting that has a daemon ask, and what it says to who may not.
ACCESS = 'access_drivers = [ "polkit" ]\n'
DENIED, FROM_ACCESS = 88, 55
#: What everybody needs who opens a connection.
OPEN: Rule = {"action": "org.libvirt.api.connect.getattr", "answer": "yes"}
#: Procedures that tests call, and the domain of the test hypervisor under any name.
LIST_DOMAINS, SUSPEND, NODE_INFO = 273, 34, 6


def domain(name: str) -> bytes:
    return lab.text(name) + bytes.fromhex("6695eb01f6a4830479aa97f2502e193f") + struct.pack(">i", 1)


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


class Guarded(unittest.TestCase):
    """A daemon that asks an authority; both start anew for each class."""

    config = ACCESS
    authority: Polkit
    daemon: lab.Daemon

    @classmethod
    def setUpClass(cls) -> None:
        if missing():
            raise unittest.SkipTest(missing())
        cls.authority = Polkit()
        cls.addClassCleanup(cls.authority.stop)
        cls.daemon = lab.Daemon(cls.config, environment=cls.authority.environment)
        cls.addClassCleanup(cls.daemon.stop)

    def setUp(self) -> None:
        self.authority.allow()

    def denied(self, reply: lab.Message) -> None:
        self.assertEqual(reply.status, lab.ERROR)
        self.assertEqual(reply.error(), (DENIED, FROM_ACCESS, "access denied: 'TEST' denied access"))

    def program(self, *words: str) -> str:
        """Runs a program on python3-libvirt; what it prints."""
        done = subprocess.run([PYTHON, *words], env=lab.PLAIN, capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout
