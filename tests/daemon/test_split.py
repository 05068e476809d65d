# SPDX-License-Identifier: LGPL-2.1-or-later
"""Clients of split daemons, which look for one socket per driver: Debian's own and ours, on our daemon."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import lab
import namespace

VIRSH = "/usr/bin/virsh"
OURS = lab.ours(str(lab.BUILD / "virsh"))
PYTHON = "/usr/bin/python3"
OPEN = "import libvirt, sys; print(libvirt.open(sys.argv[1]).getURI())"
#: Root has the guests of the machine, everybody else their own.
QEMU = "qemu:///system" if os.geteuid() == 0 else "qemu:///session"
DIRECT, LEGACY = f"{QEMU}?mode=direct", f"{QEMU}?mode=legacy"


def has_qemu() -> bool:
    return any((lab.BUILD / ".libs").glob("libvirt_driver_qemu.so"))


class Daemon(lab.Daemon):
    """A daemon of the machine has folders of its own: where nobody else sees them."""

    def command(self) -> list[str]:
        plain = super().command()
        return plain if os.geteuid() else namespace.apart(plain)


@unittest.skipUnless(Path(VIRSH).exists(), "libvirt-clients is not installed")
@unittest.skipUnless(has_qemu(), "the QEMU driver is not built")
class Split(unittest.TestCase):
    """As whoever runs the test; root sees the sockets where those of the machine would be."""

    def setUp(self) -> None:
        if os.geteuid() == 0 and namespace.missing():
            self.skipTest(namespace.missing())
        self.home = Path(tempfile.mkdtemp(prefix="virsplit"))
        self.addCleanup(shutil.rmtree, self.home)
        self.environment = {
            "XDG_RUNTIME_DIR": str(self.home / "run"), "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_DATA_HOME": str(self.home / "data"), "XDG_CACHE_HOME": str(self.home / "cache"),
        }
        self.settings = self.home / "config" / "libvirt"
        for folder in (self.settings, self.home / "run"):
            folder.mkdir(parents=True)
        self.daemon = Daemon(environment=self.environment)
        self.addCleanup(self.daemon.stop)
        if os.geteuid() != 0:
            (self.home / "run" / "libvirt").symlink_to(self.daemon.folder)

    def run_client(self, *command: str) -> subprocess.CompletedProcess[str]:
        """A program of the machine on its library, or one of OURS on ours."""
        words = list(command)
        ours = words[0] == OURS[0]
        if os.geteuid() == 0:
            words = namespace.within(words, sockets=self.daemon.folder, settings=self.settings, ours=ours)
        environment = dict(os.environ) if ours else lab.PLAIN
        return subprocess.run(words, env={**environment, **self.environment}, capture_output=True, text=True,
                              timeout=60)

    def reaches(self, *command: str) -> None:
        done = self.run_client(*command)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(done.stdout.startswith(QEMU), done.stdout)

    def fails(self, message: str, *command: str) -> None:
        done = self.run_client(*command)
        self.assertNotEqual(done.returncode, 0, done.stdout)
        self.assertRegex(done.stderr, message)

    def settle(self, mode: str) -> None:
        (self.settings / "libvirt.conf").write_text(f"remote_mode = {mode}\n", encoding="utf-8")

    def only(self, *names: str) -> None:
        """Leaves these sockets of the daemon; clients that look for another find none."""
        for path in self.daemon.folder.glob("*-sock*"):
            if path.name not in names:
                path.unlink()

    def test_one_socket_per_driver(self) -> None:
        names = {path.name for path in self.daemon.folder.glob("virt*d-sock*")}
        wanted = {"virtqemud-sock", "virtqemud-sock-ro"} if os.geteuid() == 0 else {"virtqemud-sock"}
        self.assertEqual(names, wanted)

    def test_the_mode_of_a_uri(self) -> None:
        self.only("virtqemud-sock", "virtqemud-sock-ro")
        for command in ((VIRSH, "-c", DIRECT, "uri"), (VIRSH, "-r", "-c", DIRECT, "uri"), (PYTHON, "-c", OPEN, DIRECT),
                        (*OURS, "-c", DIRECT, "uri"), (*OURS, "-r", "-c", DIRECT, "uri")):
            self.reaches(*command)
        for shell in ((VIRSH,), OURS):
            self.fails("libvirt-sock", *shell, "-c", LEGACY, "uri")
            self.fails("mode 'odd'", *shell, "-c", f"{QEMU}?mode=odd", "uri")

    def test_the_mode_of_the_settings(self) -> None:
        self.settle('"direct"')
        self.only("virtqemud-sock")
        for command in ((VIRSH, "-c", QEMU, "uri"), (PYTHON, "-c", OPEN, QEMU), (*OURS, "-c", QEMU, "uri")):
            self.reaches(*command)
        for shell in ((VIRSH,), OURS):
            # What the URI says goes first.
            self.fails("libvirt-sock", *shell, "-c", LEGACY, "uri")
            self.fails("direct", *shell, "-c", "", "uri")

    def test_settings_that_are_wrong(self) -> None:
        for shell in ((VIRSH,), OURS):
            self.settle('"odd"')
            self.fails("mode 'odd'", *shell, "-c", QEMU, "uri")
            self.settle("1")
            self.fails("remote_mode", *shell, "-c", QEMU, "uri")

    def test_whatever_is_there(self) -> None:
        """Without a mode the client takes that of the driver, else the one for all."""
        (self.daemon.folder / "libvirt-sock").rename(self.daemon.folder / "aside")
        (self.daemon.folder / "libvirt-sock").touch()
        for shell in ((VIRSH,), OURS):
            self.reaches(*shell, "-c", QEMU, "uri")
        (self.daemon.folder / "aside").rename(self.daemon.folder / "libvirt-sock")
        self.only("libvirt-sock")
        for shell in ((VIRSH,), OURS):
            self.reaches(*shell, "-c", QEMU, "uri")


if __name__ == "__main__":
    sys.exit(unittest.main())
