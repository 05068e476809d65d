# SPDX-License-Identifier: LGPL-2.1-or-later
"""The daemon as a program: options, files, sockets, signals, systemd, limits."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import lab

LIBVIRTD = lab.ours(str(lab.BUILD / "libvirtd"))


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*LIBVIRTD, *arguments], capture_output=True, text=True, timeout=60,
                          env={**os.environ, **environment}, stdin=subprocess.DEVNULL)


class Options(unittest.TestCase):
    def test_help_shows_the_sockets(self) -> None:
        result = run("--help")
        self.assertEqual(result.returncode, 0)
        for word in ("--daemon", "--listen", "--config", "--pid-file", "--timeout", "--verbose",
                     "--version", "libvirt-sock", "libvirt-admin-sock", "libvirtd.conf"):
            self.assertIn(word, result.stdout)

    def test_version(self) -> None:
        result = run("--version")
        self.assertEqual(result.returncode, 0)
        self.assertRegex(result.stdout, r"\(libvirt\) \d+\.\d+\.\d+\n")

    def test_wrong_options(self) -> None:
        for arguments in (["--nothing"], ["--timeout", "soon"], ["--timeout", "0"], ["word"]):
            with self.subTest(arguments=arguments):
                result = run(*arguments)
                self.assertEqual(result.returncode, 1)
                self.assertTrue(result.stderr)

    def test_wrong_configuration(self) -> None:
        for text, says in (("max_client = 5\n", "max_clients"), ("listen_tcp = \"yes\"\n", ":2:"),
                           ("log_outputs = \"9:nowhere\"\n", "9:nowhere")):
            with self.subTest(text=text), self.assertRaises(RuntimeError) as caught:
                lab.Daemon(text)
            self.assertIn(says, str(caught.exception))

    def test_absent_configuration(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            result = run("--config", f"{folder}/none.conf", "--pid-file", f"{folder}/pid")
            self.assertEqual(result.returncode, 1)
            self.assertIn("none.conf", result.stderr)

    def test_what_cannot_be_checked_is_refused(self) -> None:
        with self.assertRaises(RuntimeError) as caught:
            lab.Daemon("listen_tcp = 1\nlisten_tls = 0\n", ("--listen",))
        self.assertIn("auth_tcp", str(caught.exception))


class Life(unittest.TestCase):
    def daemon(self, *arguments: object, **keywords: object) -> lab.Daemon:
        daemon = lab.Daemon(*arguments, **keywords)  # type: ignore[arg-type]
        self.addCleanup(daemon.stop)
        return daemon

    def test_sockets_and_their_permissions(self) -> None:
        daemon = self.daemon('unix_sock_rw_perms = "0750"\nunix_sock_ro_perms = "0771"\n'
                             'unix_sock_admin_perms = "0710"\n')
        modes = {name: stat.S_IMODE((daemon.folder / name).stat().st_mode)
                 for name in os.listdir(daemon.folder) if "sock" in name}
        self.assertEqual(modes, {"libvirt-sock": 0o750, "libvirt-sock-ro": 0o771,
                                 "libvirt-admin-sock": 0o710})

    def test_the_end_leaves_nothing(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
            daemon = lab.Daemon()
            folder = daemon.folder
            self.assertEqual((folder / "pid").read_text(), str(daemon.pid))
            daemon.process.send_signal(number)
            self.assertEqual(daemon.process.wait(20), 0)
            self.assertEqual([n for n in os.listdir(folder) if "sock" in n or n == "pid"], [])
            daemon.stop()

    def test_clients_hear_of_the_end(self) -> None:
        daemon = self.daemon()
        client = lab.Raw(daemon).open()
        daemon.process.send_signal(signal.SIGTERM)
        self.assertTrue(client.ended())
        self.assertEqual(daemon.process.wait(20), 0)

    def test_one_daemon_per_pid_file(self) -> None:
        daemon = self.daemon()
        result = run("--config", str(daemon.config), "--pid-file", str(daemon.folder / "pid"))
        self.assertEqual(result.returncode, 1)
        self.assertIn("pid", result.stderr)
        # And one per socket.
        result = run("--config", str(daemon.config), "--pid-file", str(daemon.folder / "pid2"))
        self.assertEqual(result.returncode, 1)
        self.assertIn("libvirt-admin-sock", result.stderr)
        with lab.Raw(daemon) as client:
            client.open()

    def test_a_killed_daemon_leaves_no_obstacle(self) -> None:
        daemon = self.daemon()
        daemon.process.kill()
        daemon.process.wait()
        self.assertTrue(daemon.path.exists())
        again = subprocess.Popen([*LIBVIRTD, "--config", str(daemon.config), "--pid-file",
                                  str(daemon.folder / "pid")], stdin=subprocess.DEVNULL)
        daemon.process = again
        daemon.wait()
        with lab.Raw(daemon) as client:
            client.open()

    def test_background(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            config = Path(folder, "libvirtd.conf")
            config.write_text(f'unix_sock_dir = "{folder}"\n', encoding="utf-8")
            pid_file = Path(folder, "pid")
            result = run("--daemon", "--config", str(config), "--pid-file", str(pid_file))
            self.assertEqual(result.returncode, 0, result.stderr)
            # It listens already.
            with socket.socket(socket.AF_UNIX) as probe:
                probe.connect(f"{folder}/libvirt-sock")
            process = int(pid_file.read_text())
            self.assertEqual(os.getsid(process), process)
            os.kill(process, signal.SIGTERM)
            for _ in range(500):
                if not pid_file.exists():
                    break
                time.sleep(0.02)
            self.assertFalse(pid_file.exists())

    def test_failure_in_the_background(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            config = Path(folder, "libvirtd.conf")
            config.write_text('unix_sock_dir = "/proc/nowhere"\n', encoding="utf-8")
            result = run("--daemon", "--config", str(config), "--pid-file", f"{folder}/pid")
            self.assertEqual(result.returncode, 1)
            self.assertIn("/proc/nowhere", result.stderr)

    def test_timeout(self) -> None:
        daemon = self.daemon(arguments=("--timeout", "2"))
        client = lab.Raw(daemon).open()
        time.sleep(3.2)
        self.assertIsNone(daemon.process.poll(), "it ended although a client was there")
        client.socket.close()
        self.assertEqual(daemon.process.wait(10), 0)

    def test_reload(self) -> None:
        daemon = self.daemon("max_clients = 2\n")
        first, second = lab.Raw(daemon).open(), lab.Raw(daemon).open()
        third = lab.Raw(daemon)
        third.send(66)
        self.assertTrue(third.silent())
        text = daemon.config.read_text(encoding="utf-8")
        # A wrong file changes nothing.
        daemon.config.write_text(text + "max_clients = none\n", encoding="utf-8")
        daemon.process.send_signal(signal.SIGHUP)
        self.assertTrue(third.silent())
        daemon.config.write_text(text.replace("max_clients = 2", "max_clients = 3"),
                                 encoding="utf-8")
        daemon.process.send_signal(signal.SIGHUP)
        self.assertEqual(third.receive().status, lab.OK)
        for client in (first, second, third):
            client.socket.close()
        self.assertIn("nothing was reloaded", daemon.output())

    def test_tcp(self) -> None:
        daemon = self.daemon(tcp=True)
        with socket.create_connection(("127.0.0.1", daemon.port)) as stream:
            stream.sendall(bytes.fromhex("0000001c200080860000000100000042000000000000000500000000"))
            reply = stream.recv(100)
        self.assertEqual(reply[24:], bytes.fromhex("000000000000000100000000"))
        # Without --listen there is none.
        other = self.daemon(daemon.config.read_text(encoding="utf-8").split("\n", 1)[1]
                            .replace(str(daemon.port), str(lab.free_port())))
        self.assertNotIn(b":16", other.output().encode())


class Systemd(unittest.TestCase):
    """The daemon takes over sockets that listen already, and says when it is ready."""

    def test_activation_and_notification(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            sockets = []
            for name in ("libvirt-sock", "libvirt-sock-ro", "libvirt-admin-sock"):
                listener = socket.socket(socket.AF_UNIX)
                listener.bind(f"{folder}/{name}")
                listener.listen(5)
                sockets.append(listener)
            notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            notify.bind(f"{folder}/notify")
            notify.settimeout(20)
            # The descriptors come as 3, 4, 5 in a process that knows its own number.
            numbers = " ".join(f"{3 + i}<&{s.fileno()}" for i, s in enumerate(sockets))
            script = f'exec {numbers}; export LISTEN_PID=$$ LISTEN_FDS=3; exec "$@"'
            process = subprocess.Popen(
                ["bash", "-c", script, "bash", *LIBVIRTD, "--pid-file", f"{folder}/pid"],
                pass_fds=[s.fileno() for s in sockets], stdin=subprocess.DEVNULL,
                env={**os.environ, "NOTIFY_SOCKET": f"{folder}/notify"})
            try:
                self.assertEqual(notify.recv(100), b"READY=1")
                self.probe(folder)
                process.send_signal(signal.SIGHUP)
                self.assertEqual(notify.recv(100), b"RELOADING=1")
                self.assertEqual(notify.recv(100), b"READY=1")
                process.send_signal(signal.SIGTERM)
                self.assertEqual(notify.recv(100), b"STOPPING=1")
                self.assertEqual(process.wait(20), 0)
            finally:
                process.kill()
                process.wait()
            # They are systemd's: the paths stay.
            self.assertTrue(os.path.exists(f"{folder}/libvirt-sock"))
            for listener in (*sockets, notify):
                listener.close()

    def probe(self, folder: str) -> None:
        """Each socket does what its name says."""
        place = type("Place", (), {"folder": Path(folder)})
        with lab.Raw(place) as client:  # type: ignore[arg-type]
            client.open()
        with lab.Raw(place, "libvirt-sock-ro") as client:  # type: ignore[arg-type]
            client.open()
            reply = client.call(10, lab.text("<domain/>") + b"\0\0\0\0")
            self.assertEqual(reply.error()[:2], (29, 20))
        with lab.Raw(place, "libvirt-admin-sock") as client:  # type: ignore[arg-type]
            reply = client.call(1, b"\0\0\0\0", program=lab.ADMIN)
            self.assertEqual(reply.status, lab.OK)


if __name__ == "__main__":
    unittest.main()
