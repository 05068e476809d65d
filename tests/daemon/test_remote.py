# SPDX-License-Identifier: LGPL-2.1-or-later
"""Unmodified programs on our daemon, our programs on ours and on the stock one, over unix and TCP."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import unittest

import lab

PYTHON = "/usr/bin/python3"
DOMAIN = ("<domain type='test'><name>remote-guest</name><memory>8192</memory>"
          "<os><type>hvm</type></os></domain>")
LIFE = (
    "define {file}", "start remote-guest", "suspend remote-guest", "domstate remote-guest",
    "resume remote-guest", "domstate remote-guest", "reboot remote-guest", "autostart remote-guest",
    "setmem remote-guest 4096", "save remote-guest {folder}/saved", "restore {folder}/saved",
    "destroy remote-guest", "undefine remote-guest", "list --all",
)


class Programs(unittest.TestCase):
    ours: lab.Daemon
    stock: lab.Daemon | None = None

    @classmethod
    def setUpClass(cls) -> None:
        cls.ours = lab.Daemon(tcp=True)
        if not lab.Stock.missing():
            cls.stock = lab.Stock('auth_unix_rw = "none"\nauth_unix_ro = "none"\n', tcp=True)

    @classmethod
    def tearDownClass(cls) -> None:
        cls.ours.stop()
        if cls.stock:
            cls.stock.stop()

    def virsh(self, stock: bool, uri: str, words: str) -> subprocess.CompletedProcess[str]:
        program = ["/usr/bin/virsh"] if stock else lab.ours(str(lab.BUILD / "virsh"))
        return subprocess.run([*program, "-c", uri, words], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=60,
                              env=lab.PLAIN if stock else dict(os.environ))

    def drive(self, stock: bool, daemon: lab.Daemon, transport: str) -> None:
        """A whole life and the states in between, each step a program; single commands: test_every_command.py."""
        uri = daemon.uri(transport=transport)
        (daemon.folder / "guest.xml").write_text(DOMAIN, encoding="utf-8")
        said = ""
        for words in LIFE:
            line = words.format(file=daemon.folder / "guest.xml", folder=daemon.folder)
            with self.subTest(words=line):
                result = self.virsh(stock, uri, line)
                self.assertEqual(result.returncode, 0, result.stderr)
                said += result.stdout
        self.assertIn("paused", said)
        self.assertIn("Domain 'remote-guest' destroyed", said)
        self.assertNotIn("remote-guest", result.stdout)
        result = self.virsh(stock, uri, "dominfo remote-guest")
        self.assertEqual(result.returncode, 1)
        self.assertIn("failed to get domain 'remote-guest'", result.stderr)

    @unittest.skipUnless(shutil.which("/usr/bin/virsh"), "no stock virsh")
    def test_stock_virsh_on_our_daemon(self) -> None:
        for transport in ("unix", "tcp"):
            # State of the model node vanishes with its last connection.
            with lab.Raw(self.ours) as keeper:
                keeper.open()
                self.drive(True, self.ours, transport)

    def test_files_go_along(self) -> None:
        """Descriptors reach a guest through our daemon: the guest of an unmodified program."""
        script = (
            "import libvirt, os, sys\n"
            "conn = libvirt.open(sys.argv[1])\n"
            "read, write = os.pipe()\n"
            f"guest = conn.createXMLWithFiles(\"{DOMAIN}\", [read, write], 0)\n"
            "print(guest.isActive(), os.fstat(read).st_ino > 0)\n"
            "guest.destroy()\n"
            f"guest = conn.defineXML(\"{DOMAIN}\")\n"
            "guest.createWithFiles([read], 0); guest.destroy(); guest.undefine()\n"
        )
        for python, environment in (([PYTHON], lab.PLAIN), (lab.ours(PYTHON), dict(os.environ))):
            if subprocess.run([PYTHON, "-c", "import libvirt"], capture_output=True,
                              env=lab.PLAIN).returncode:
                self.skipTest("no python3-libvirt")
            before = len(os.listdir(f"/proc/{self.ours.pid}/fd"))
            result = subprocess.run([*python, "-c", script, self.ours.uri()], capture_output=True,
                                    text=True, env=environment, timeout=60)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertEqual(result.stdout, "1 True\n")
            for _ in range(100):
                if len(os.listdir(f"/proc/{self.ours.pid}/fd")) <= before:
                    break
                time.sleep(0.05)
            self.assertLessEqual(len(os.listdir(f"/proc/{self.ours.pid}/fd")), before)

    def test_our_virsh_on_our_daemon(self) -> None:
        for transport in ("unix", "tcp"):
            with lab.Raw(self.ours) as keeper:
                keeper.open()
                self.drive(False, self.ours, transport)

    def test_our_virsh_on_the_stock_daemon(self) -> None:
        if self.stock is None:
            self.skipTest(lab.Stock.missing())
        for transport in ("unix", "tcp"):
            with lab.Raw(self.stock) as keeper:
                keeper.open()
                self.drive(False, self.stock, transport)

    @unittest.skipUnless(shutil.which("/usr/bin/virt-admin"), "no stock virt-admin")
    def test_stock_virt_admin(self) -> None:
        uri = f"libvirtd+unix:///system?socket={self.ours.folder}/libvirt-admin-sock"

        def admin(words: str) -> str:
            result = subprocess.run(["/usr/bin/virt-admin", "-c", uri, words], capture_output=True,
                                    text=True, env=lab.PLAIN, timeout=60)
            self.assertEqual(result.returncode, 0, result.stderr)
            return result.stdout

        with lab.Raw(self.ours) as client:
            client.open()
            self.assertIn("libvirtd", admin("server-list"))
            self.assertRegex(admin("server-threadpool-info libvirtd"), r"maxWorkers +: 20")
            admin("server-threadpool-set libvirtd --max-workers 30")
            self.assertRegex(admin("server-threadpool-info libvirtd"), r"maxWorkers +: 30")
            admin("server-clients-set libvirtd --max-clients 100")
            self.assertRegex(admin("server-clients-info libvirtd"), r"nclients_max +: 100")
            admin("daemon-log-filters --filters '3:rpc 4:daemon.stream'")
            self.assertIn("3:rpc 4:daemon.stream", admin("daemon-log-filters"))
            number = admin("client-list libvirtd").splitlines()[2].split()[0]
            self.assertRegex(admin(f"client-info libvirtd {number}"),
                             rf"unix_process_id *: {os.getpid()}")
            admin(f"client-disconnect libvirtd {number}")
            self.assertTrue(client.ended())

    def test_python_with_an_event_loop(self) -> None:
        script = (
            "import libvirt, sys, threading, time\n"
            "libvirt.virEventRegisterDefaultImpl()\n"
            "def loop():\n"
            "    while True: libvirt.virEventRunDefaultImpl()\n"
            "threading.Thread(target=loop, daemon=True).start()\n"
            "conn = libvirt.open(sys.argv[1]); other = libvirt.open(sys.argv[1])\n"
            "seen = []\n"
            "conn.domainEventRegisterAny(None, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE,\n"
            "    lambda c, d, event, detail, opaque: seen.append((d.name(), event)), None)\n"
            "conn.setKeepAlive(1, 3)\n"
            f"guest = other.createXML(\"{DOMAIN}\", 0)\n"
            "guest.suspend(); guest.resume(); guest.destroy()\n"
            "end = time.time() + 10\n"
            "while len(seen) < 4 and time.time() < end: time.sleep(0.02)\n"
            "print(seen); print(conn.getLibVersion() > 0, conn.isAlive())\n"
        )
        found = subprocess.run([PYTHON, "-c", "import libvirt"], capture_output=True, env=lab.PLAIN)
        if found.returncode:
            self.skipTest("no python3-libvirt")
        ways = [("Debian's library, our daemon", [PYTHON], lab.PLAIN, self.ours),
                ("our library and daemon", lab.ours(PYTHON), dict(os.environ), self.ours)]
        if self.stock is not None:
            ways.append(("our library, Debian's daemon", lab.ours(PYTHON), dict(os.environ), self.stock))
        for way, python, environment, daemon in ways:
            for transport in ("unix", "tcp"):
                with self.subTest(way=way, transport=transport):
                    result = subprocess.run([*python, "-c", script, daemon.uri(transport=transport)], text=True,
                                            capture_output=True, env=environment, timeout=60)
                    self.assertEqual(result.returncode, 0, result.stderr)
                    events = [("remote-guest", number) for number in (2, 3, 4, 5)]
                    self.assertEqual(result.stdout, f"{events}\nTrue 1\n")


if __name__ == "__main__":
    unittest.main()
