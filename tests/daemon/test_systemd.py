# SPDX-License-Identifier: LGPL-2.1-or-later
"""The daemon under a service manager, which the test plays: sockets handed over, and what is told."""

from __future__ import annotations

import array
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import unittest
from pathlib import Path

import lab

LIBVIRTD = lab.ours(str(lab.BUILD / "libvirtd"))


class Manager:
    """Makes sockets, starts the daemon with them as descriptors 3, 4, ..., and hears what it tells."""

    def __init__(self, abstract: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="virunit"))
        self.listeners: list[socket.socket] = []
        self.process: subprocess.Popen[str] | None = None
        self.notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.address = f"@{self.folder}/notify" if abstract else f"{self.folder}/notify"
        self.notify.bind(self.address.replace("@", "\0", 1) if abstract else self.address)
        self.notify.settimeout(20)
        (self.folder / "libvirtd.conf").write_text(f'unix_sock_dir = "{self.folder}/own"\n')

    def unix(self, name: str) -> None:
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(self.folder / name))
        listener.listen(5)
        self.listeners.append(listener)

    def tcp(self) -> int:
        listener = socket.create_server(("127.0.0.1", 0))
        self.listeners.append(listener)
        return int(listener.getsockname()[1])

    def start(self, names: str | None = None, config: str = "", count: str = "",
              pid: str = "$$", arguments: tuple[str, ...] = ()) -> subprocess.Popen[str]:
        with (self.folder / "libvirtd.conf").open("a", encoding="utf-8") as stream:
            stream.write(config)
        numbers = [listener.fileno() for listener in self.listeners]
        # Numbers far away first, because 3 may be one of those that are still needed.
        away = " ".join(f"{60 + i}<&{n}" for i, n in enumerate(numbers))
        near = " ".join(f"{3 + i}<&{60 + i} {60 + i}<&-" for i in range(len(numbers)))
        script = f"exec {away}; exec {near}; " if numbers else ""
        script += f"export LISTEN_PID={pid} LISTEN_FDS={count or len(numbers)}; "
        script += f"export LISTEN_FDNAMES={names}; " if names is not None else ""
        self.process = subprocess.Popen(
            ["bash", "-c", script + 'exec "$@"', "bash", *LIBVIRTD, "--config",
             str(self.folder / "libvirtd.conf"), "--pid-file", str(self.folder / "pid"),
             *arguments],
            pass_fds=numbers, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "NOTIFY_SOCKET": self.address})
        return self.process

    def hear(self) -> str:
        """The next message, with the descriptors that come along closed."""
        data, ancillary, _flags, _address = self.notify.recvmsg(500, 500)
        for _level, _kind, content in ancillary:
            files = array.array("i")
            files.frombytes(content[:len(content) - len(content) % files.itemsize])
            for number in files:
                os.close(number)
        return data.decode()

    def end(self) -> str:
        """Ends the daemon; what it wrote."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.communicate(timeout=20)[1]
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.communicate()[1]

    def close(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
        if self.process is not None:
            self.process.communicate()
        for one in (*self.listeners, self.notify):
            one.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Systemd(unittest.TestCase):
    def manager(self, *arguments: bool) -> Manager:
        manager = Manager(*arguments)
        self.addCleanup(manager.close)
        return manager

    def probe(self, manager: Manager, write: str, read: str, admin: str) -> None:
        """Each socket does what it is for."""
        with lab.Raw(manager, write) as client:
            client.open()
        with lab.Raw(manager, read) as client:
            client.open()
            reply = client.call(10, lab.text("<domain/>") + b"\0\0\0\0")
            self.assertEqual(reply.error()[:2], (29, 20))
        with lab.Raw(manager, admin) as client:
            reply = client.call(1, b"\0\0\0\0", program=lab.ADMIN)
            self.assertEqual(reply.status, lab.OK)

    def test_paths_say_what_sockets_are_for(self) -> None:
        manager = self.manager()
        for name in ("libvirt-sock", "libvirt-sock-ro", "libvirt-admin-sock"):
            manager.unix(name)
        process = manager.start()
        self.assertEqual(manager.hear(), "READY=1")
        self.probe(manager, "libvirt-sock", "libvirt-sock-ro", "libvirt-admin-sock")
        process.send_signal(signal.SIGHUP)
        self.assertRegex(manager.hear(), r"^RELOADING=1\nMONOTONIC_USEC=\d+$")
        self.assertEqual(manager.hear(), "READY=1")
        process.send_signal(signal.SIGTERM)
        self.assertEqual(manager.hear(), "STOPPING=1")
        self.assertEqual(process.wait(20), 0)
        # They are the manager's: the paths stay.
        self.assertTrue((manager.folder / "libvirt-sock").exists())

    def test_names_say_what_sockets_are_for(self) -> None:
        manager = self.manager(True)
        for name in ("one", "two", "three"):
            manager.unix(name)
        manager.start("libvirtd-admin.socket:libvirtd.socket:libvirtd-ro")
        self.assertEqual(manager.hear(), "READY=1")
        self.probe(manager, "two", "three", "one")

    def test_names_go_before_paths(self) -> None:
        manager = self.manager()
        manager.unix("libvirt-sock")
        manager.start("libvirtd-ro")
        self.assertEqual(manager.hear(), "READY=1")
        with lab.Raw(manager) as client:
            client.open()
            reply = client.call(10, lab.text("<domain/>") + b"\0\0\0\0")
            self.assertEqual(reply.error()[:2], (29, 20))

    def test_settings_that_systemd_overrules_are_named(self) -> None:
        manager = self.manager()
        manager.unix("libvirt-sock")
        manager.start(config='unix_sock_rw_perms = "0770"\nlisten_tcp = 1\n',
                      arguments=("--listen",))
        self.assertEqual(manager.hear(), "READY=1")
        said = manager.end()
        for word in ("unix_sock_rw_perms", "listen_tcp", "--listen"):
            self.assertRegex(said, rf"{word}.* has no effect, because systemd")
        self.assertNotIn("tcp_port", said)
        self.assertFalse((manager.folder / "own").exists())

    def test_what_cannot_be_served_is_refused(self) -> None:
        cases = (("libvirtd-tls", "libvirt-sock", "no TLS"), ("printer", "other", "printer"),
                 ("libvirtd-tcp", "libvirt-sock", "libvirtd-tcp"))
        for name, path, says in cases:
            with self.subTest(name=name):
                manager = self.manager()
                manager.unix(path)
                process = manager.start(name)
                self.assertEqual(process.wait(20), 1)
                self.assertIn(says, manager.end())

    def test_what_does_not_listen_is_refused(self) -> None:
        manager = self.manager()
        manager.listeners.append(socket.socket(socket.AF_UNIX))
        process = manager.start("libvirtd")
        self.assertEqual(process.wait(20), 1)
        self.assertIn("descriptor 3 ('libvirtd')", manager.end())

    def test_a_count_that_is_none_is_refused(self) -> None:
        manager = self.manager()
        process = manager.start(count="many")
        self.assertEqual(process.wait(20), 1)
        self.assertIn("LISTEN_FDS is 'many'", manager.end())

    def test_descriptors_for_another_process_are_left_alone(self) -> None:
        manager = self.manager()
        manager.unix("libvirt-sock")
        manager.start(pid="1")
        self.assertEqual(manager.hear(), "READY=1")
        self.assertTrue((manager.folder / "own/libvirt-sock").exists())

    def test_the_names_of_split_daemons(self) -> None:
        """The units of their sockets hand them over under their own names."""
        manager = self.manager()
        for name in ("one", "two", "three"):
            manager.unix(name)
        manager.start("virtqemud:virtqemud-ro:libvirtd-admin")
        self.assertEqual(manager.hear(), "READY=1")
        self.probe(manager, "one", "two", "three")

    def test_tcp(self) -> None:
        manager = self.manager()
        port = manager.tcp()
        manager.start("libvirtd-tcp", config='auth_tcp = "none"\n')
        self.assertEqual(manager.hear(), "READY=1")
        with socket.create_connection(("127.0.0.1", port), 5) as client:
            client.sendall(b"\0\0\0\x1c\x20\0\x80\x86\0\0\0\x01\0\0\0\x42\0\0\0\0\0\0\0\x01\0\0\0\0")
            self.assertGreater(len(client.recv(100)), 28)
        refused = self.manager()
        refused.tcp()
        self.assertEqual(refused.start("libvirtd-tcp").wait(20), 1)
        self.assertIn('auth_tcp = "none"', refused.end())

    def test_the_background_names_its_process(self) -> None:
        manager = self.manager()
        parent = manager.start(arguments=("--daemon",))
        told = [manager.hear()]
        while not any(text.startswith("MAINPID=") for text in told):
            told.append(manager.hear())
        self.assertRegex(told[-1], r"^MAINPID=\d+\nREADY=1$")
        while told[-1] != "BARRIER=1":
            told.append(manager.hear())
        self.assertEqual(parent.wait(20), 0)
        number = int((manager.folder / "pid").read_text())
        self.assertIn(f"MAINPID={number}\nREADY=1", told)
        self.assertNotEqual(number, parent.pid)
        os.kill(number, signal.SIGTERM)
        while told[-1] != "STOPPING=1":
            told.append(manager.hear())


class Units(unittest.TestCase):
    def test_the_units_are_valid(self) -> None:
        program = shutil.which("systemd-analyze")
        if program is None:
            self.skipTest("no systemd-analyze")
        with tempfile.TemporaryDirectory() as folder:
            names = []
            for path in sorted([*lab.BUILD.glob("libvirtd*.s[oe][cr]*e*"), *lab.BUILD.glob("virtqemud*.socket")]):
                text = path.read_text(encoding="utf-8")
                self.assertNotIn("@", text, path)
                # The program is not installed where the unit looks for it.
                Path(folder, path.name).write_text(
                    "\n".join("ExecStart=/bin/true" if line.startswith("ExecStart=") else line
                              for line in text.splitlines()), encoding="utf-8")
                names.append(str(Path(folder, path.name)))
            self.assertEqual(len(names), 7)
            result = subprocess.run([program, "verify", "--man=no", *names], capture_output=True,
                                    text=True, timeout=60)
            self.assertEqual((result.returncode, result.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
