# SPDX-License-Identifier: LGPL-2.1-or-later
"""The daemon as a program: options, files, sockets, signals, systemd, limits."""

from __future__ import annotations

import grp
import os
import re
import shutil
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


#: The daemon is also found by the names of daemons for one driver each, when it has the driver.
HAS_QEMU = (lab.BUILD / ".libs/libvirt_driver_qemu.so").exists()


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
        expected = {"libvirt-sock": 0o750, "libvirt-sock-ro": 0o771, "libvirt-admin-sock": 0o710}
        if HAS_QEMU:
            expected |= {"virtqemud-sock": 0o750, "virtqemud-sock-ro": 0o771}
        self.assertEqual(modes, expected)

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
        self.assertIn(f"another daemon, process {daemon.pid}, holds the PID file", result.stderr)
        # And one per socket.
        result = run("--config", str(daemon.config), "--pid-file", str(daemon.folder / "pid2"))
        self.assertEqual(result.returncode, 1)
        self.assertIn("another program listens on the socket", result.stderr)
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

    def test_reload_says_what_changed(self) -> None:
        daemon = self.daemon('log_level = 2\nmax_workers = 20\ntcp_port = "16509"\n')
        text = daemon.config.read_text(encoding="utf-8")
        daemon.config.write_text(
            text.replace("max_workers = 20", "max_workers = 21").replace("16509", "16510")
            + "mdns_adv = 1\n", encoding="utf-8")
        daemon.process.send_signal(signal.SIGHUP)
        for _ in range(500):
            if "reloaded" in daemon.output():
                break
            time.sleep(0.02)
        self.assertIn("max_workers is 21 now, it was 20", daemon.output())
        self.assertIn('tcp_port stays "16509" until the daemon is started again', daemon.output())
        self.assertIn("'mdns_adv' has no effect: ", daemon.output())
        self.assertNotIn("min_workers", daemon.output())

    def test_settings_without_effect_are_named(self) -> None:
        daemon = self.daemon('mdns_name = "here"\nkey_file = "/k.pem"\ntcp_min_ssf = 200\n'
                             'tls_allowed_dn_list = [ "O=x" ]\nmdns_adv = 0\nmax_requests = 30\n')
        for name in ("mdns_name", "key_file", "tcp_min_ssf", "tls_allowed_dn_list"):
            self.assertRegex(daemon.output(), rf"libvirtd.conf:\d+:\d+: '{name}' has no effect: ")
        for name in ("mdns_adv", "max_requests"):
            self.assertNotIn(name, daemon.output())

    def test_the_file_that_is_installed(self) -> None:
        """Every line of it is a setting that the daemon takes."""
        source = lab.BUILD / "gen/config/libvirtd.conf"
        if not source.exists():
            source = lab.SOURCE / "gen/config/libvirtd.conf"
        lines = [line[1:] for line in source.read_text(encoding="utf-8").splitlines()
                 if re.match(r"#[a-z_]+ = ", line)]
        self.assertGreater(len(lines), 50)
        # Those that would lead elsewhere, or name what this host has not.
        elsewhere = ("unix_sock_dir", "unix_sock_group", "access_drivers", "log_outputs")
        daemon = self.daemon("\n".join(line for line in lines if not line.startswith(elsewhere)))
        with lab.Raw(daemon) as client:
            client.open()

    def test_addresses_that_may_connect(self) -> None:
        for patterns, allowed in (('"127.0.0.*"', True), ('"192.0.2.*", "::1"', False), ("", False)):
            with self.subTest(patterns=patterns):
                daemon = self.daemon(f"tls_allowed_ip_list = [ {patterns} ]\n", tcp=True)
                with socket.create_connection(("127.0.0.1", daemon.port), 10) as stream:
                    stream.sendall(bytes.fromhex(
                        "0000001c200080860000000100000042000000000000000500000000"))
                    try:
                        data = stream.recv(100)
                    except ConnectionResetError:
                        data = b""
                self.assertEqual(len(data) > 0, allowed)
                self.assertEqual("turned away" in daemon.output(), not allowed)

    def test_the_group_of_the_sockets(self) -> None:
        if os.geteuid() != 0:
            self.skipTest("only root gives sockets to a group")
        group = next(one for one in grp.getgrall() if one.gr_gid != 0)
        daemon = self.daemon(f'unix_sock_group = "{group.gr_name}"\nunix_sock_rw_perms = "0770"\n')
        for name, gid in (("libvirt-sock", group.gr_gid), ("libvirt-sock-ro", group.gr_gid),
                          ("libvirt-admin-sock", 0)):
            self.assertEqual((daemon.folder / name).stat().st_gid, gid)

    def test_a_narrow_mask_does_not_reach_the_sockets(self) -> None:
        before = os.umask(0o077)
        try:
            daemon = self.daemon('unix_sock_ro_perms = "0777"\n')
        finally:
            os.umask(before)
        self.assertEqual(stat.S_IMODE((daemon.folder / "libvirt-sock-ro").stat().st_mode), 0o777)

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


class Session(unittest.TestCase):
    """The daemon of a user, with folders of that user."""

    def test_folders(self) -> None:
        if os.geteuid() != 0:
            self.skipTest("only root becomes somebody else")
        folder = Path(tempfile.mkdtemp(prefix="virsession"))
        self.addCleanup(shutil.rmtree, folder)
        (folder / "run").mkdir()
        (folder / "config/libvirt").mkdir(parents=True)
        config = folder / "config/libvirt/libvirtd.conf"
        config.write_text('unix_sock_rw_perms = "0777"\nmax_clients = 7\n', encoding="utf-8")
        for path in (folder, folder / "run", *folder.glob("config/**/")):
            os.chown(path, 65534, 65534)
        process = subprocess.Popen(
            ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", *LIBVIRTD],
            stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "XDG_RUNTIME_DIR": str(folder / "run"),
                 "XDG_CONFIG_HOME": str(folder / "config"), "HOME": str(folder)})
        path = folder / "run/libvirt/libvirt-sock"
        for _ in range(500):
            if path.exists() or process.poll() is not None:
                break
            time.sleep(0.02)
        try:
            names = sorted(os.listdir(folder / "run/libvirt"))
            modes = {stat.S_IMODE((folder / "run/libvirt" / name).stat().st_mode)
                     for name in names if "sock" in name}
            self.assertEqual((folder / "run/libvirt/libvirtd.pid").read_text(), str(process.pid))
        finally:
            process.terminate()
            said = process.communicate(timeout=20)[1]
        split = ["virtqemud-sock"] if HAS_QEMU else []
        self.assertEqual(names, ["libvirt-admin-sock", "libvirt-sock", "libvirtd.pid", *split], said)
        self.assertEqual(modes, {0o700})
        self.assertIn("'unix_sock_rw_perms' has no effect: it is for the daemon of the machine",
                      said)


if __name__ == "__main__":
    unittest.main()
