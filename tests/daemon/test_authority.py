# SPDX-License-Identifier: LGPL-2.1-or-later
"""An authority that is slow, dead or away, and sockets that ask it who may use them."""

from __future__ import annotations

import json
import os
import pty
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import lab
from polkit import ACCESS, DENIED, FROM_ACCESS, LIST_DOMAINS, NODE_INFO, SUSPEND, Guarded, domain


class Silence(Guarded):
    """An authority that is slow, dead or away refuses, and holds up nobody else."""

    def test_others_are_served_meanwhile(self) -> None:
        # Asked about another domain, the authority says nothing for ever.
        self.authority.rule({"action": "*.domain.suspend", "answer": "silent"})
        with lab.Raw(self.daemon, timeout=60) as waits, lab.Raw(self.daemon, timeout=60) as other:
            waits.open()
            other.open()
            begun = time.monotonic()
            waits.send(SUSPEND, domain("test"))
            longest = 0.0
            while time.monotonic() - begun < 3:
                before = time.monotonic()
                self.assertEqual(other.call(NODE_INFO).status, lab.OK)
                longest = max(longest, time.monotonic() - before)
                time.sleep(0.05)
            self.denied(waits.receive())
            self.assertGreater(time.monotonic() - begun, 3)
            self.assertLess(longest, 2)

    def test_a_dead_authority_refuses_until_another_lives(self) -> None:
        with lab.Raw(self.daemon, timeout=60) as client:
            client.open()
            self.authority.end()
            begun = time.monotonic()
            self.denied(client.call(NODE_INFO))
            self.assertLess(time.monotonic() - begun, 4)
            self.authority.begin()
            self.assertEqual(client.call(NODE_INFO).status, lab.OK)

    def test_lists_are_over_soon(self) -> None:
        """Once nobody answers, nobody is asked about the rest of a list."""
        self.authority.rule({"action": "*.domain.getattr", "answer": "silent"})
        with lab.Raw(self.daemon, timeout=60) as client:
            client.open()
            begun = time.monotonic()
            reply = client.call(LIST_DOMAINS, struct.pack(">II", 1, 0))
            self.assertEqual((reply.status, reply.payload), (lab.OK, bytes(8)))
            self.assertLess(time.monotonic() - begun, 20)

    def test_the_end_waits_for_nobody(self) -> None:
        self.authority.rule({"action": "*.domain.suspend", "answer": "silent"})
        daemon = lab.Daemon(ACCESS, environment=self.authority.environment)
        with lab.Raw(daemon, timeout=60) as client:
            client.open()
            client.send(SUSPEND, domain("test"))
            time.sleep(0.5)
            begun = time.monotonic()
            self.assertEqual(daemon.stop(), 0)
            self.assertLess(time.monotonic() - begun, 4)


class Away(unittest.TestCase):
    def test_without_a_bus_everything_is_refused(self) -> None:
        daemon = lab.Daemon(ACCESS, environment={"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nonexistent/bus"})
        self.addCleanup(daemon.stop)
        with lab.Raw(daemon) as client:
            reply = client.call(1, lab.opening())
            self.assertEqual(reply.error()[:2], (DENIED, FROM_ACCESS))
        self.assertIn("cannot reach the system bus", daemon.output())

    def test_none_asks_nobody(self) -> None:
        daemon = lab.Daemon('access_drivers = [ "none" ]\n',
                            environment={"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nonexistent/bus"})
        self.addCleanup(daemon.stop)
        with lab.Raw(daemon) as client:
            client.open()
        maps = Path(f"/proc/{daemon.pid}/maps").read_text(encoding="utf-8")
        self.assertNotIn("libgio", maps)

    def test_a_driver_that_does_not_exist(self) -> None:
        with self.assertRaisesRegex(RuntimeError, r'libvirtd.conf:2:.* names "polkti"; it can have: none polkit'):
            lab.Daemon('access_drivers = [ "polkti" ]\n')


class Doors(Guarded):
    """Sockets that ask the authority who may use them at all."""

    config = 'auth_unix_rw = "polkit"\nauth_unix_ro = "polkit"\n'

    def test_nobody_passes_by(self) -> None:
        with lab.Raw(self.daemon) as client:
            for procedure, payload in ((1, lab.opening()), (60, struct.pack(">I", 14)), (NODE_INFO, b"")):
                self.assertIn("authentication required", client.call(procedure, payload).error()[2])

    def test_who_may_manage_opens(self) -> None:
        self.authority.rule({"action": "org.libvirt.unix.manage", "answer": "yes"}, default="no")
        with lab.Raw(self.daemon) as client:
            self.assertEqual(client.call(66).payload, struct.pack(">II", 1, 2))
            self.assertEqual(client.call(70).payload, struct.pack(">I", 1))
            self.assertEqual(client.call(66).payload, struct.pack(">II", 1, 0))
            self.assertEqual(client.call(1, lab.opening()).status, lab.OK)
        self.assertEqual(self.authority.asked()[-1]["flags"], 1)

    @unittest.skipUnless(os.geteuid() == 0, "daemons of users have no read-only socket")
    def test_who_may_manage_may_not_monitor(self) -> None:
        self.authority.rule({"action": "org.libvirt.unix.manage", "answer": "yes"}, default="no")
        with lab.Raw(self.daemon, "libvirt-sock-ro") as client:
            self.assertEqual(client.call(70).error()[2], "authentication failed: access denied by policy")
            self.assertIn("authentication required", client.call(1, lab.opening()).error()[2])

    def test_what_else_polkit_says(self) -> None:
        """A client is told whether it should start an agent (AUTH_UNAVAILABLE) or leave its user alone."""
        for answer, code in (("challenge", 94), ("dismissed", 79), ("error", 45), ("no", 45)):
            with self.subTest(answer=answer), lab.Raw(self.daemon) as client:
                self.authority.rule(default=answer)
                self.assertEqual(client.call(70).error()[:2], (code, 60))

    def test_users_who_take_their_time_hold_up_nobody(self) -> None:
        """Who waits for an answer of its user leaves workers for others."""
        self.authority.rule(default="silent")
        waiting = [lab.Raw(self.daemon, timeout=60) for _ in range(12)]
        try:
            for client in waiting:
                client.send(70)
            # All but a few are told at once that it cannot be now.
            refused = [client for client in waiting if not client.silent(1)]
            self.assertGreaterEqual(len(refused), 9)
            for client in refused:
                self.assertEqual(client.receive().error()[:2], (45, 60))
            with lab.Raw(self.daemon, timeout=20) as client:
                self.assertEqual(client.call(66).status, lab.OK)
        finally:
            for client in waiting:
                client.socket.close()
        # Who has left is not waited for.
        self.authority.allow()
        end = time.monotonic() + 30
        while time.monotonic() < end:
            with lab.Raw(self.daemon) as client:
                if client.call(70).status == lab.OK:
                    return
            time.sleep(0.1)
        self.fail("clients that left still keep others out")

    #: In place of polkit's own: its user gives the password at once, so that the rules allow it.
    AGENT = """#!/usr/bin/python3
import json, os, pathlib, signal, sys
folder = pathlib.Path(os.environ["AGENT_FOLDER"])
words = sys.argv[1:]
(folder / "agent.json").write_text(json.dumps({"words": words, "self": os.getpid(), "parent": os.getppid()}))
(folder / "rules.new").write_text(json.dumps({"rules": [], "default": "yes"}))
(folder / "rules.new").rename(folder / "rules.json")
os.close(int(words[words.index("--notify-fd") + 1]))
signal.pause()
"""

    def at_terminal(self, command: list[str], folder: Path, terminal: bool = True) -> tuple[int, str]:
        """Runs a program with an agent to be found, at a pseudo terminal of its own or at none."""
        environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "AGENT_FOLDER": str(self.authority.folder)}
        if not terminal:
            done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60,
                                  stdin=subprocess.DEVNULL, start_new_session=True)
            return done.returncode, done.stdout + done.stderr
        child, master = pty.fork()
        if child == 0:
            os.execvpe(command[0], command, environment)
        output = b""
        with os.fdopen(master, "rb", buffering=0) as screen:
            try:
                while data := screen.read(4096):
                    output += data
            except OSError:
                pass    # the other end is closed
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), output.decode()

    def test_the_shell_brings_an_agent_to_its_terminal(self) -> None:
        """Where polkit has nobody to ask the user, virsh starts an agent, tries again, and ends the agent."""
        folder = Path(tempfile.mkdtemp(prefix="viragent"))
        self.addCleanup(shutil.rmtree, folder)
        (folder / "pkttyagent").write_text(self.AGENT, encoding="utf-8")
        (folder / "pkttyagent").chmod(0o755)
        trace = self.authority.folder / "agent.json"
        virsh = [*lab.ours(str(lab.BUILD / "virsh")), "-c", self.daemon.uri()]
        missed = "no polkit agent"
        for command, terminal in (([*virsh, "list", "--name"], False), ([*virsh, "--no-pkttyagent", "list"], True)):
            self.authority.rule(default="challenge")
            status, text = self.at_terminal(command, folder, terminal)
            self.assertEqual(status, 1, text)
            self.assertIn(missed, text)
            self.assertFalse(trace.exists())
        self.authority.rule(default="no")
        self.assertEqual(self.at_terminal([*virsh, "list"], folder)[0], 1)
        self.assertFalse(trace.exists(), "an agent was started although nothing would ask it")
        self.authority.rule(default="challenge")
        status, text = self.at_terminal([*virsh, "list", "--name"], folder)
        self.assertEqual((status, text.split()), (0, ["test"]), text)
        agent = json.loads(trace.read_text(encoding="utf-8"))
        self.assertEqual(agent["words"][:2], ["--process", str(agent["parent"])])
        self.assertIn("--fallback", agent["words"])
        self.assertFalse(Path(f"/proc/{agent['self']}").exists(), "the agent outlives the shell")

    def test_programs_pass(self) -> None:
        self.authority.rule({"action": "org.libvirt.unix.*", "answer": "yes"}, default="no")
        for command, environment in (([str(lab.SOURCE / "run"), str(lab.BUILD / "virsh")], dict(os.environ)),
                                     (["/usr/bin/virsh"], lab.PLAIN)):
            if not Path(command[-1]).exists():
                continue
            done = subprocess.run([*command, "-c", self.daemon.uri(), "list", "--name"], env=environment,
                                  capture_output=True, text=True, timeout=60)
            self.assertEqual((done.stdout.strip(), done.returncode), ("test", 0), done.stderr)


if __name__ == "__main__":
    sys.exit(unittest.main())
