# SPDX-License-Identifier: LGPL-2.1-or-later
"""Programs and bindings of the machine, unmodified, on our library and through our daemon.

Each goes three ways: on our library in process, on our library through our daemon, and on the library of the
machine through our daemon. What they call is in programs/; each of those prints TAP.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "daemon"))

import go
import lab
import namespace
from bus import Bus, Doorman

PROGRAMS = Path(__file__).parent / "programs"
INSIDE = "test:///default"
PYTHON = "/usr/bin/python3"
SANITIZED = os.environ.get("VIR_SANITIZERS", "no") != "no"

PERL = ["/usr/bin/perl", str(PROGRAMS / "calls.pl")]
RUBY = ["/usr/bin/ruby", str(PROGRAMS / "calls.rb")]
PHP = ["/usr/bin/php8.2", "-n", "-d", "extension=libvirt-php", str(PROGRAMS / "calls.php")]
GLIB = [PYTHON, str(PROGRAMS / "objects.py")]
LOOP = [PYTHON, str(PROGRAMS / "loop.py")]

#: The least number of cases that each has to report.
LEAST = 5


def present(*probe: str) -> bool:
    """Whether a command succeeds on the machine as it is."""
    try:
        return subprocess.run(probe, env=lab.PLAIN, capture_output=True, timeout=60).returncode == 0
    except FileNotFoundError:
        return False


class Programs(unittest.TestCase):
    daemon: lab.Daemon
    #: Which procedure the daemon does not serve although programs need it, "" when there is none.
    refused = ""

    @classmethod
    def setUpClass(cls) -> None:
        cls.daemon = lab.Daemon(tcp=True)
        probe = subprocess.run(lab.ours(str(lab.BUILD / "virsh"), "-c", cls.daemon.uri(), "nodecpumap"),
                               capture_output=True, text=True, timeout=60)
        if "not supported" in probe.stderr:
            cls.refused = "the daemon does not serve virNodeGetCPUMap"

    @classmethod
    def tearDownClass(cls) -> None:
        cls.daemon.stop()

    def judge(self, command: list[str], environment: dict[str, str]) -> None:
        """Runs what prints TAP: every case has to pass, and all that were planned have to be there."""
        result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=100,
                                stdin=subprocess.DEVNULL)
        lines = result.stdout.splitlines()
        said = f"{result.stdout}{result.stderr}"
        self.assertEqual([line for line in lines if line.lstrip().startswith("not ok")], [], said)
        cases = [line for line in lines if line.startswith("ok")]
        self.assertGreaterEqual(len(cases), LEAST, said)
        self.assertIn(f"1..{len(cases)}", lines, said)
        self.assertEqual(result.returncode, 0, said)

    def three_ways(self, command: list[str], whole: bool = False) -> None:
        """`whole`: it calls much, also what a daemon might not serve."""
        # A program that is not instrumented cannot load an instrumented library.
        if not SANITIZED or command[0] == PYTHON:
            with self.subTest(way="our library"):
                self.judge(lab.ours(*command, INSIDE), dict(os.environ))
        if whole and self.refused:
            self.skipTest(self.refused)
        if not SANITIZED or command[0] == PYTHON:
            with self.subTest(way="our library and daemon"):
                self.judge(lab.ours(*command, self.daemon.uri()), dict(os.environ))
        with self.subTest(way="our daemon"):
            self.judge([*command, self.daemon.uri()], lab.PLAIN)

    @unittest.skipUnless(present(PERL[0], "-MSys::Virt", "-e1"), "libsys-virt-perl is not installed")
    def test_perl(self) -> None:
        self.three_ways(PERL, whole=True)

    @unittest.skipUnless(present(RUBY[0], "-rlibvirt", "-e1"), "ruby-libvirt is not installed")
    def test_ruby(self) -> None:
        self.three_ways(RUBY, whole=True)

    @unittest.skipUnless(present(*PHP[:4], "-r", "exit(function_exists('libvirt_connect') ? 0 : 1);"),
                         "php8.2-cli and php8.2-libvirt-php are not installed")
    def test_php(self) -> None:
        self.three_ways(PHP)

    @unittest.skipUnless(present(PYTHON, "-c", "import gi; gi.require_version('LibvirtGObject', '1.0')"),
                         "python3-gi and gir1.2-libvirt-glib-1.0 are not installed")
    def test_glib(self) -> None:
        self.three_ways(GLIB)

    @unittest.skipUnless(present(PYTHON, "-c", "import libvirtaio"), "python3-libvirt is not installed")
    def test_python_with_event_loops(self) -> None:
        for loop in ("default", "asyncio"):
            self.three_ways([*LOOP, loop])

    @unittest.skipUnless(go.present(go.BINDING), f"golang-go or {go.BINDING} is not installed")
    @unittest.skipIf(SANITIZED, "Go cannot load an instrumented library")
    def test_go(self) -> None:
        program = go.build(PROGRAMS / "calls.go")
        self.judge(lab.ours(str(program), INSIDE), dict(os.environ))
        self.judge(lab.ours(str(program), self.daemon.uri()), dict(os.environ))

    @unittest.skipUnless(go.present(go.WIRE), f"golang-go or {go.WIRE} is not installed")
    def test_a_client_without_library(self) -> None:
        if self.refused:
            self.skipTest(self.refused)
        program = go.build(PROGRAMS / "wire.go")
        for words in (("unix", str(self.daemon.path)), ("tcp", str(self.daemon.port))):
            with self.subTest(transport=words[0]):
                self.judge([str(program), *words], lab.PLAIN)

    @unittest.skipUnless(present("/usr/sbin/libvirt-dbus", "--help"), "libvirt-dbus is not installed")
    @unittest.skipUnless(present(PYTHON, "-c", "import gi"), "python3-gi is not installed")
    @unittest.skipUnless(present("dbus-daemon", "--version"), "dbus-daemon is not installed")
    def test_dbus(self) -> None:
        with tempfile.TemporaryDirectory(prefix="virbus") as name:
            folder = Path(name)
            with self.subTest(way="our library"), Bus(folder) as bus:
                with bus.service(lab.ours("/usr/sbin/libvirt-dbus", "--session")):
                    self.judge([PYTHON, str(PROGRAMS / "bus.py"), "/org/libvirt/Test"],
                               {**lab.PLAIN, **bus.variables})
            # It opens fixed URIs only; the doorman in front of our daemon says another.
            if self.refused:
                self.skipTest(self.refused)
            if os.geteuid() == 0 and namespace.missing():
                self.skipTest(namespace.missing())
            with self.subTest(way="our daemon"), Bus(folder) as bus, \
                    Doorman(folder, self.daemon.path, b"qemu:///session", INSIDE.encode()) as door:
                with bus.service(["/usr/sbin/libvirt-dbus", "--session"], runtime=door.path.parent):
                    self.judge([PYTHON, str(PROGRAMS / "bus.py"), "/org/libvirt/QEMU"],
                               {**lab.PLAIN, **bus.variables})


if __name__ == "__main__":
    sys.exit(unittest.main())
