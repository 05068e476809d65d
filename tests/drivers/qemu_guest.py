#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A folder with guests of QEMU in it, for tests: documents, virsh, and nothing left at the end."""

from __future__ import annotations

import functools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from collections.abc import Callable
from pathlib import Path

SOURCE = Path(os.environ.get("VIR_SOURCE_DIR", Path(__file__).parents[2]))
BUILD = Path(os.environ.get("VIR_BUILD_DIR", SOURCE / "build"))
sys.path.insert(0, str(SOURCE / "tests" / "guest"))

import linux  # noqa: E402
import sector  # noqa: E402

QEMU = shutil.which("qemu-system-x86_64")
#: A loaded machine emulates slowly.
PATIENCE = 60


def wait_for(what: str, true: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > until:
            raise AssertionError(f"waited {PATIENCE} s for {what}")
        time.sleep(0.05)


@functools.cache
def linux_guest() -> linux.Guest | str:
    """The guest, or why there is none."""
    try:
        return linux.build(BUILD / "tests" / "guest")
    except (linux.Unavailable, OSError, subprocess.SubprocessError) as error:
        return str(error)


@unittest.skipUnless(QEMU, "qemu-system-x86_64 is not installed")
class Guest(unittest.TestCase):
    """One folder, one domain in it; whatever is left of it ends with the test."""

    def setUp(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="virqemu"))
        self.uri = f"qemu:///embed?root={self.root}"
        self.disk = self.root / "disk.raw"
        self.disk.write_bytes(sector.image())
        self.console = self.root / "console"

    def tearDown(self) -> None:
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)
        wait_for("the end of all guests", lambda: not self.processes())
        shutil.rmtree(self.root)

    def processes(self) -> list[int]:
        """The QEMUs that this test started: their command lines name its folder."""
        found = []
        for entry in Path("/proc").iterdir():
            try:
                line = (entry / "cmdline").read_bytes() if entry.name.isdigit() else b""
                state = (entry / "stat").read_text().rsplit(")", 1)[1].split()[0] if line else "Z"
            except OSError:
                continue
            if str(self.root).encode() in line and b"qemu-system" in line and state != "Z":
                found.append(int(entry.name))
        return found

    def document(self, devices: str = "", more: str = "", name: str = "guest") -> str:
        return f"""<domain type='qemu'><name>{name}</name><memory unit='MiB'>16</memory><vcpu>1</vcpu>
          <os><type arch='x86_64' machine='pc'>hvm</type></os><features><acpi/></features>{more}
          <devices><disk type='file' device='disk'><driver name='qemu' type='raw'/>
            <source file='{self.disk}'/><target dev='hda' bus='ide'/></disk>
            <serial type='pty'><log file='{self.console}' append='on'/></serial>{devices}</devices></domain>"""

    def virsh(self, *arguments: str, good: bool = True) -> str:
        done = subprocess.run([str(SOURCE / "run"), "virsh", "-q", "-c", self.uri, *arguments],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=4 * PATIENCE)
        self.assertEqual(done.returncode == 0, good, f"{arguments}: {done.stdout}{done.stderr}")
        return (done.stdout if good else done.stderr).strip()

    def define(self, document: str) -> None:
        path = self.root / "guest.xml"
        path.write_text(document, encoding="utf-8")
        self.virsh("define", str(path))

    def said(self) -> bytes:
        return self.console.read_bytes() if self.console.exists() else b""

    def boot(self, **parts: str) -> None:
        self.define(self.document(**parts))
        self.virsh("start", "guest")
        wait_for("the marker of the guest", lambda: sector.READY in self.said())

    def beats(self) -> None:
        before = self.said().count(b".")
        wait_for("the heart of the guest", lambda: self.said().count(b".") > before)

    def state(self) -> str:
        return self.virsh("domstate", "--reason", "guest")


class LinuxGuest(Guest):
    """A guest with a real kernel, which runs lines of a shell that come over its serial port."""

    def setUp(self) -> None:
        made = linux_guest()
        if isinstance(made, str):
            self.skipTest(f"no Linux guest: {made}")
        self.made = made
        super().setUp()

    def document(self, devices: str = "", more: str = "", name: str = "guest") -> str:
        return f"""<domain type='qemu'><name>{name}</name><memory unit='MiB'>192</memory>{more or '<vcpu>1</vcpu>'}
          <os><type arch='x86_64' machine='pc'>hvm</type><kernel>{self.made.kernel}</kernel>
            <initrd>{self.made.initrd}</initrd><cmdline>console=ttyS0 quiet</cmdline></os>
          <features><acpi/><apic/></features>
          <devices><serial type='pty'><log file='{self.console}' append='on'/></serial>
            <memballoon model='virtio'><stats period='1'/></memballoon>{devices}</devices></domain>"""

    def boot(self, **parts: str) -> None:
        self.define(self.document(**parts))
        self.virsh("start", "guest")
        wait_for("the marker of the guest", lambda: linux.READY in self.said())

    def inside(self, line: str) -> str:
        """What a line of the shell prints in the guest; it must succeed."""
        start = len(self.said())
        tag = f"{time.monotonic_ns():x}"
        port = os.open(self.virsh("ttyconsole", "guest"), os.O_RDWR | os.O_NOCTTY)
        try:
            os.write(port, f"echo '<''{tag}'; {{ {line}; }}; echo; echo \"$?\"'>''{tag}'\n".encode())
            # QEMU forgets what a line held that is closed before it looked.
            wait_for(f"the answer to {line}", lambda: f">{tag}".encode() in self.said()[start:])
        finally:
            os.close(port)
        text = self.said()[start:].decode(errors="replace").replace("\r", "")
        answer = text.split(f"<{tag}\n", 1)[1].split(f">{tag}", 1)[0].splitlines()
        return "\n".join(one for one in answer[:-1] if not one.startswith("beat ")).strip()

    def holds(self, condition: str) -> bool:
        return self.inside(f"{condition} && echo yes || echo no") == "yes"
