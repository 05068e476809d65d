#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""qemu.conf of a folder with guests: what is refused, what is told, and what the settings do to a real guest."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import unittest
from pathlib import Path

from qemu_guest import BUILD, SOURCE, Guest

VNC = "<graphics type='vnc' port='-1'/><video><model type='vga'/></video>"


class Settings(Guest):
    def settle(self, text: str) -> None:
        path = self.root / "etc/qemu.conf"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def limits(self) -> dict[str, str]:
        [pid] = self.processes()
        lines = Path(f"/proc/{pid}/limits").read_text(encoding="utf-8").splitlines()[1:]
        return {line[:25].strip(): line[26:47].strip() for line in lines}

    def test_mistakes_name_file_and_line(self) -> None:
        for line, expected in (
                ("max_files = -1", "qemu.conf:2:13: "),
                ("vnc_lisen = \"::1\"", "did you mean"),
                ("user = \"no-such-user\"", "'user' names the user \"no-such-user\", who does not exist"),
                ("security_driver = [ \"dac\", \"selinux\" ]", "names \"selinux\"; it can have: none dac"),
                ("max_core = \"much\"", "must be a number of bytes or \"unlimited\", not \"much\""),
                ("max_core = [ 1 ]", "max_core"),
                ("remote_display_port_min = 6000\nremote_display_port_max = 5999",
                 "makes the first port (6000) higher than the last (5999)")):
            self.settle(f"# settings\n{line}\n")
            said = self.virsh("list", good=False)
            self.assertIn(f"{self.root}/etc/qemu.conf:", said)
            self.assertIn(expected, said)

    def test_what_has_no_effect_is_said(self) -> None:
        self.settle("vnc_sasl = 1\nmax_files = 4000\nuser = \"+0\"\nlock_manager = \"lockd\"\n")
        done = subprocess.run([str(SOURCE / "run"), "virsh", "-q", "-c", self.uri, "list"],
                              env={**os.environ, "LIBVIRT_LOG_OUTPUTS": "3:stderr"},
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True)
        path = self.root / "etc/qemu.conf"
        for line, name in ((1, "vnc_sasl"), (3, "user"), (4, "lock_manager")):
            self.assertRegex(done.stderr, rf"{path}:{line}:\d+: '{name}' has no effect: ")
        self.assertNotIn("max_files", done.stderr)

    def test_the_shipped_file_says_what_is_so_anyway(self) -> None:
        path = BUILD / "gen/config/qemu.conf"
        if not path.exists():
            path = SOURCE / "gen/config/qemu.conf"
        shipped = path.read_text(encoding="utf-8")
        self.settle(shipped)
        self.assertEqual(self.virsh("list", "--name"), "")
        # Every line without its number sign is a value that the reader takes, but for names of this host.
        values = re.sub(r"(?m)^#(\w+ = )", r"\1", shipped)
        values = re.sub(r'(?m)^(\w*user|\w*group) = .*$', r'\1 = "+0"', values)
        self.settle(values)
        self.assertEqual(self.virsh("list", "--name"), "")

    def test_limits_of_the_process(self) -> None:
        self.settle("max_files = 321\nmax_core = 65536\nmax_processes = 4321\n")
        self.define(self.document())
        self.virsh("start", "guest", "--paused")
        limits = self.limits()
        self.assertEqual(limits["Max open files"], "321")
        self.assertEqual(limits["Max core file size"], "65536")
        self.assertEqual(limits["Max processes"], "4321")
        self.virsh("destroy", "guest")

    def test_screens(self) -> None:
        with socket.create_server(("127.0.0.2", 0)) as probe:
            port = probe.getsockname()[1]
        self.settle(f'vnc_listen = "127.0.0.2"\nvnc_password = "open"\nremote_display_port_min = {port}\n'
                    f"remote_display_port_max = {port}\n")
        self.define(self.document(VNC))
        self.virsh("start", "guest", "--paused")
        live = self.virsh("dumpxml", "guest", "--security-info")
        self.assertRegex(live, f"<graphics type='vnc' port='{port}' .*listen='127.0.0.2' passwd='open'")
        with socket.create_connection(("127.0.0.2", port), timeout=10) as screen:
            screen.settimeout(10)
            version = screen.recv(12)
            screen.sendall(version)
            # One way to prove who one is, and that is a password.
            self.assertEqual(screen.recv(2), b"\1\2")
        self.define(self.document(VNC, name="second"))
        self.assertIn(f"every TCP port from {port} to {port} is taken: remote_display_port_min",
                      self.virsh("start", "second", good=False))
        self.assertEqual(len(self.processes()), 1)
        self.virsh("destroy", "guest")

    def test_command_line(self) -> None:
        self.settle("seccomp_sandbox = 0\nlog_timestamp = 0\n")
        self.define(self.document())
        line = self.virsh("domxml-to-native", "qemu-argv", "--domain", "guest")
        self.assertNotIn("-sandbox", line)
        self.assertNotIn("timestamp=on", line)
        self.settle("seccomp_sandbox = -1\n")
        line = self.virsh("domxml-to-native", "qemu-argv", "--domain", "guest")
        self.assertIn("-sandbox", line)
        self.assertIn("timestamp=on", line)


if __name__ == "__main__":
    unittest.main()
