# SPDX-License-Identifier: LGPL-2.1-or-later
"""Migration between two of our daemons: conducted by the stock virsh and library, and by ours."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
import unittest
from collections.abc import Callable

import lab

#: 64 MiB: at 8 MiB/s eight seconds, unless somebody does something.
DOMAIN = ("<domain type='test'><name>{name}</name><memory unit='MiB'>64</memory>"
          "<os><type>hvm</type></os></domain>")
STOCK_VIRSH = "/usr/bin/virsh"
LIBRARY = """
import sys, libvirt
source, target = libvirt.open(sys.argv[1]), libvirt.open(sys.argv[2])
domain = source.lookupByName(sys.argv[3])
moved = domain.migrate3(target, {libvirt.VIR_MIGRATE_PARAM_DEST_NAME: "moved"},
                        libvirt.VIR_MIGRATE_LIVE | libvirt.VIR_MIGRATE_UNDEFINE_SOURCE)
print(moved.name(), moved.isActive())
back = moved.migrate(source, libvirt.VIR_MIGRATE_PAUSED, sys.argv[3], None, 0)
print(back.name(), back.state()[0])
try:
    back.migrate(target, libvirt.VIR_MIGRATE_TLS, None, None, 0)
except libvirt.libvirtError as error:
    print(error.get_error_code())
back.destroy()
"""


class Hosts(unittest.TestCase):
    """Two daemons, each with a client that keeps its host alive between the calls."""

    a: lab.Daemon
    b: lab.Daemon
    keepers: list[lab.Raw]

    @classmethod
    def setUpClass(cls) -> None:
        cls.a, cls.b = lab.Daemon(), lab.Daemon(tcp=True)
        cls.keepers = [lab.Raw(daemon).open() for daemon in (cls.a, cls.b)]

    @classmethod
    def tearDownClass(cls) -> None:
        for keeper in cls.keepers:
            keeper.socket.close()
        cls.a.stop()
        cls.b.stop()

    def command(self, stock: bool, uri: str, *words: str) -> list[str]:
        program = [STOCK_VIRSH] if stock else lab.ours(str(lab.BUILD / "virsh"))
        return [*program, "-c", uri, *words]

    def environment(self, stock: bool) -> dict[str, str]:
        return lab.PLAIN if stock else dict(os.environ)

    def virsh(self, stock: bool, uri: str, *words: str) -> str:
        """What a command that succeeds says, with what goes to standard error."""
        result = subprocess.run(self.command(stock, uri, *words), capture_output=True, text=True,
                                stdin=subprocess.DEVNULL, timeout=120,
                                env=self.environment(stock))
        self.assertEqual(result.returncode, 0, f"{words}: {result.stdout}{result.stderr}")
        return result.stdout + result.stderr

    def begin(self, stock: bool, uri: str, *words: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(self.command(stock, uri, *words), stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                   env=self.environment(stock))
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def until(self, what: str, done: Callable[[], bool]) -> None:
        end = time.monotonic() + 60
        while not done():
            self.assertLess(time.monotonic(), end, what)
            time.sleep(0.05)

    def state(self, daemon: lab.Daemon, name: str) -> str:
        """State and reason, "" when there is no such domain."""
        result = subprocess.run(self.command(False, daemon.uri(), "domstate", "--reason", name),
                                capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)
        return result.stdout.strip()

    def start(self, name: str) -> None:
        """A persistent guest that runs on the source, and is nowhere when the test ends."""
        path = self.a.folder / f"{name}.xml"
        path.write_text(DOMAIN.format(name=name), encoding="utf-8")
        self.virsh(False, self.a.uri(), "define", str(path))
        self.virsh(False, self.a.uri(), "start", name)
        self.addCleanup(self.remove, name)

    def remove(self, name: str) -> None:
        for daemon in (self.a, self.b):
            for words in ("destroy", "undefine"):
                subprocess.run(self.command(False, daemon.uri(), words, name), capture_output=True,
                               stdin=subprocess.DEVNULL, timeout=60, check=False)



class Virsh(Hosts):
    """The commands of virsh, ours here and the stock one below."""

    stock = False

    def say(self, daemon: lab.Daemon, *words: str) -> str:
        return self.virsh(self.stock, daemon.uri(), *words)

    def slowly(self, name: str, *words: str) -> subprocess.Popen[str]:
        """A live migration that takes its time, under way."""
        self.start(name)
        self.say(self.a, "migrate-setspeed", name, "8")
        process = self.begin(self.stock, self.a.uri(), "migrate", "--live", *words, name,
                             self.b.uri())
        self.until("the migration begins",
                   lambda: "Outgoing migration" in self.say(self.a, "domjobinfo", name))
        return process

    def test_there_and_back(self) -> None:
        self.start("guest")
        said = self.say(self.a, "migrate", "--verbose", "--live", "guest",
                        self.b.uri(transport="tcp"))
        self.assertIn("[100 %]", said)
        self.assertEqual(self.state(self.a, "guest"), "shut off (migrated)")
        self.assertEqual(self.state(self.b, "guest"), "running (migrated)")
        self.assertIn("Incoming migration", self.say(self.b, "domjobinfo", "--completed", "guest"))
        self.say(self.b, "migrate", "--persistent", "--suspend", "guest", self.a.uri())
        self.assertEqual(self.state(self.b, "guest"), "")
        self.assertEqual(self.state(self.a, "guest"), "paused (user)")

    def test_peer_to_peer_through_a_tunnel(self) -> None:
        self.start("peer")
        self.addCleanup(self.remove, "peer-there")
        self.say(self.a, "migrate", "--p2p", "--tunnelled", "--undefinesource", "--persistent",
                 "--dname", "peer-there", "peer", self.b.uri())
        self.assertEqual(self.state(self.a, "peer"), "")
        self.assertEqual(self.state(self.b, "peer-there"), "running (migrated)")

    def test_offline(self) -> None:
        self.start("off")
        self.say(self.a, "destroy", "off")
        self.say(self.a, "migrate", "--offline", "--persistent", "--undefinesource", "off",
                 self.b.uri())
        self.assertEqual(self.state(self.a, "off"), "")
        self.assertTrue(self.state(self.b, "off").startswith("shut off"))

    def test_settings(self) -> None:
        self.start("limits")
        self.say(self.a, "migrate-setspeed", "limits", "17")
        self.assertEqual(self.say(self.a, "migrate-getspeed", "limits").strip(), "17")
        self.say(self.a, "migrate-setmaxdowntime", "limits", "450")
        self.assertEqual(self.say(self.a, "migrate-getmaxdowntime", "limits").strip(), "450")
        self.assertIn("4.000 MiB", self.say(self.a, "migrate-compcache", "limits", "--size",
                                            str(4 << 20)))

    def test_abort(self) -> None:
        process = self.slowly("aborted", "--verbose")
        info = self.say(self.a, "domjobinfo", "aborted")
        self.assertIn("Memory processed:", info)
        self.say(self.a, "domjobabort", "aborted")
        said, _ = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 1)
        self.assertIn("canceled by client", said)
        self.assertTrue(self.state(self.a, "aborted").startswith("running"))
        self.assertEqual(self.state(self.b, "aborted"), "")

    def test_postcopy(self) -> None:
        process = self.slowly("copied", "--postcopy")
        self.say(self.a, "migrate-postcopy", "copied")
        process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0)
        self.assertEqual(self.state(self.b, "copied"), "running (migrated)")

    def test_timeout_switches_to_postcopy(self) -> None:
        process = self.slowly("late", "--postcopy", "--timeout", "1", "--timeout-postcopy")
        process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0)
        self.assertEqual(self.state(self.b, "late"), "running (migrated)")

    def test_timeout_suspends(self) -> None:
        process = self.slowly("halted", "--timeout", "1", "--timeout-suspend")
        self.until("the guest is suspended", lambda: self.state(self.a, "halted") == "paused (user)")
        self.say(self.a, "migrate-setspeed", "halted", "100000")
        process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0)
        self.assertEqual(self.state(self.b, "halted"), "paused (user)")

    def test_a_client_that_dies(self) -> None:
        """Neither side waits for it: the guest goes on where it was."""
        process = self.slowly("orphan")
        process.send_signal(signal.SIGKILL)
        process.communicate()
        self.until("the source goes on", lambda: "None" in self.say(self.a, "domjobinfo", "orphan"))
        self.assertTrue(self.state(self.a, "orphan").startswith("running"))
        self.until("the destination forgets", lambda: self.state(self.b, "orphan") == "")


@unittest.skipUnless(shutil.which(STOCK_VIRSH), "no stock virsh")
class StockVirsh(Virsh):
    stock = True


@unittest.skipIf(lab.Stock.missing(), lab.Stock.missing())
@unittest.skipUnless(shutil.which(STOCK_VIRSH), "no stock virsh")
class StockDaemons(unittest.TestCase):
    """Daemons that cannot migrate: our client says so in the words of the stock one."""

    def test_refusals(self) -> None:
        open_to_all = 'auth_unix_rw = "none"\nauth_unix_ro = "none"\n'
        source, target = lab.Stock(open_to_all), lab.Stock(open_to_all)
        self.addCleanup(source.stop)
        self.addCleanup(target.stop)
        for words in ((), ("--live", "--verbose"), ("--p2p",), ("--p2p", "--tunnelled"), ("--direct",),
                      ("--offline", "--persistent"), ("--change-protection",),
                      ("--graphicsuri", "spice://x")):
            said = []
            for program, environment in (([STOCK_VIRSH], lab.PLAIN),
                                         (lab.ours(str(lab.BUILD / "virsh")), dict(os.environ))):
                result = subprocess.run(
                    [*program, "-c", source.uri(), "migrate", *words, "test", target.uri()],
                    capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60,
                    env=environment)
                said.append((result.returncode, result.stderr))
            with self.subTest(words=words):
                self.assertEqual(said[0], said[1])
                self.assertEqual(said[0][0], 1)


class Library(Hosts):
    @unittest.skipUnless(os.path.exists("/usr/lib/python3/dist-packages/libvirt.py"),
                         "no python3-libvirt")
    def test_stock_library(self) -> None:
        self.start("library")
        result = subprocess.run(["/usr/bin/python3", "-c", LIBRARY, self.a.uri(), self.b.uri(),
                                 "library"], capture_output=True, text=True, timeout=60,
                                env=lab.PLAIN)
        self.assertEqual(result.stdout.split("\n")[:3], ["moved 1", "library 3", "8"], result.stderr)


if __name__ == "__main__":
    unittest.main()
