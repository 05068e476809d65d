# SPDX-License-Identifier: LGPL-2.1-or-later
"""What clients may do, decided by a polkit authority of our own: calls, lists, events, and its silence."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import tempfile
import time
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import lab
import polkit
from test_walk import Arguments, ENDS, UPSETS

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from generator import model, outputs, permissions, wire  # noqa: E402

HERE = Path(__file__).parent
DENIED, FROM_ACCESS = 88, 55
#: Permissions that the test hypervisor has no function for.
MISSING = {("connect", "pm-control"), ("domain", "open-namespace")}
ACCESS = 'access_drivers = [ "polkit" ]\n'
OPEN = {"action": "org.libvirt.api.connect.getattr", "answer": "yes"}
TEST_UUID = bytes.fromhex("6695eb01f6a4830479aa97f2502e193f")
LIST_DOMAINS, SUSPEND, LOOKUP, NODE_INFO = 273, 34, 23, 6


def domain(name: str, uuid: bytes = TEST_UUID) -> bytes:
    return lab.text(name) + uuid + struct.pack(">i", 1)


class Guarded(unittest.TestCase):
    """A daemon that asks an authority; both start anew for each class."""

    config = ACCESS
    authority: polkit.Polkit
    daemon: lab.Daemon

    @classmethod
    def setUpClass(cls) -> None:
        if polkit.missing():
            raise unittest.SkipTest(polkit.missing())
        cls.authority = polkit.Polkit()
        cls.addClassCleanup(cls.authority.stop)
        cls.daemon = lab.Daemon(cls.config, environment=cls.authority.environment)
        cls.addClassCleanup(cls.daemon.stop)

    def setUp(self) -> None:
        self.authority.allow()

    def denied(self, reply: lab.Message) -> None:
        self.assertEqual(reply.status, lab.ERROR)
        self.assertEqual(reply.error(), (DENIED, FROM_ACCESS, "access denied: 'TEST' denied access"))

    def program(self, *words: str) -> str:
        """Runs a program on python3-libvirt; what it prints."""
        done = subprocess.run([polkit.PYTHON, *words], env=lab.PLAIN, capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout


@unittest.skipIf(subprocess.run([polkit.PYTHON, "-c", "import libvirt, libvirt_lxc"], env=lab.PLAIN,
                                capture_output=True).returncode, "python3-libvirt is not installed")
class Calls(Guarded):
    def test_every_permission_is_asked_for(self) -> None:
        """Refused alone, it is missed; allowed again, nothing is refused."""
        with tempfile.TemporaryDirectory() as scratch:
            text = self.program(str(HERE / "access_calls.py"), self.daemon.uri(), str(self.authority.folder), scratch)
        rows = [line.split("\t") for line in text.splitlines()]
        self.assertGreater(len(rows), 75)
        for class_, name, refused, allowed in rows:
            with self.subTest(permission=f"{class_}.{name}"):
                self.assertNotEqual(allowed, "denied")
                self.assertEqual(refused, "error 3" if (class_, name) in MISSING else "denied")

    def test_events_leave_out_what_may_not_be_seen(self) -> None:
        self.authority.rule({"action": "*.domain.getattr", "details": {"domain_name": "hidden"}, "answer": "no"})
        told = self.program(str(HERE / "access_events.py"), self.daemon.uri(), "seen", "hidden", "last")
        self.assertEqual(told.split(), ["seen", "last"])

    def test_events_keep_their_order(self) -> None:
        """Although the authority decides about the later ones first."""
        self.authority.rule({"action": "*.domain.getattr", "details": {"domain_name": "slow"}, "answer": "yes",
                             "wait": 1})
        told = self.program(str(HERE / "access_events.py"), self.daemon.uri(), "slow", "quick", "last")
        self.assertEqual(told.split(), ["slow", "quick", "last"])

    def test_lists_leave_out_what_may_not_be_seen(self) -> None:
        script = (
            "import libvirt, sys\n"
            "c = libvirt.open(sys.argv[1])\n"
            "xml = \"<domain type='test'><name>{}</name><memory>4096</memory><os><type>hvm</type></os></domain>\"\n"
            "for n in 'abc': c.defineXML(xml.format(n)); c.createXML(xml.format(n * 2))\n"
            "print(sorted(d.name() for d in c.listAllDomains()))\n"
            "print(sorted(c.listDefinedDomains()), c.numOfDefinedDomains())\n"
            "print(len(c.listDomainsID()), c.numOfDomains())\n"
            "print(sorted(d.name() for d, _ in c.getAllDomainStats()))\n"
            "print(c.listNetworks(), c.numOfNetworks(), [n.name() for n in c.listAllNetworks()])\n")
        hidden = [{"action": f"*.domain.{what}", "details": {"domain_name": name}, "answer": "no"}
                  for what in ("getattr", "read") for name in ("b", "bb")]
        self.authority.rule(*hidden, {"action": "*.network.getattr", "answer": "no"})
        text = self.program("-c", script, self.daemon.uri())
        self.assertEqual(text.splitlines(), [
            "['a', 'aa', 'c', 'cc', 'test']", "['a', 'c'] 2", "3 3", "['a', 'aa', 'c', 'cc', 'test']", "[] 0 []"])


class Moving(Guarded):
    """A migration is many calls at both ends, each of which is asked about."""

    def test_a_guest_moves_where_it_may(self) -> None:
        there = lab.Daemon(ACCESS, environment=self.authority.environment)
        self.addCleanup(there.stop)
        document = Path(self.daemon.folder, "guest.xml")
        document.write_text("<domain type='test'><name>guest</name><memory>4096</memory>"
                            "<os><type>hvm</type></os></domain>", encoding="utf-8")
        move = f"define {document}; start guest; migrate --live guest {there.uri()}; domstate guest"
        for answer, state in (("yes", "shut off"), ("no", "running")):
            with self.subTest(answer=answer):
                self.authority.rule({"action": "*.domain.migrate", "details": {"domain_name": "guest"},
                                     "answer": answer})
                done = subprocess.run(lab.ours(str(lab.BUILD / "virsh"), "-q", "-c", self.daemon.uri(), move),
                                      capture_output=True, text=True, timeout=60)
                self.assertIn(state, done.stdout.splitlines(), done.stderr)
                self.assertEqual("access denied: 'TEST' denied access" in done.stderr, answer == "no")
        asked = [q for q in self.authority.asked() if q["action"].endswith(".migrate") and q["answer"] == "yes"]
        self.assertGreater(len(asked), 4)
        self.assertTrue(all(q["details"]["domain_name"] == "guest" for q in asked))


class Bare(Guarded):
    """Clients that send what they like."""

    def test_clients_are_not_believed(self) -> None:
        """The authority is told what the driver says of a domain, not what the client calls it."""
        self.authority.rule({"action": "*.suspend", "details": {"domain_name": "test"}, "answer": "no"})
        with lab.Raw(self.daemon) as client:
            client.open()
            self.denied(client.call(SUSPEND, domain("mine")))
        asked = [q for q in self.authority.asked() if q["action"].endswith(".suspend")][-1]
        self.assertEqual(asked["details"], {"connect_driver": "TEST", "domain_name": "test",
                                            "domain_uuid": "6695eb01-f6a4-8304-79aa-97f2502e193f"})

    def test_who_is_asked_about(self) -> None:
        with lab.Raw(self.daemon) as client:
            client.open()
        stat = Path("/proc/self/stat").read_text(encoding="utf-8")
        self.assertEqual(self.authority.asked()[-1], {
            "action": "org.libvirt.api.connect.getattr", "kind": "unix-process", "flags": 0, "cancel": "",
            "details": {"connect_driver": "TEST"}, "answer": "yes",
            "subject": {"pid": os.getpid(), "uid": os.getuid(),
                        "start-time": int(stat.rpartition(")")[2].split()[19])}})

    def test_who_may_nothing_opens_nothing(self) -> None:
        self.authority.rule(default="no")
        with lab.Raw(self.daemon) as client:
            self.denied(client.call(1, lab.opening()))

    def test_no_procedure_goes_on_without_permission(self) -> None:
        """Random arguments to every procedure of clients: nothing is done for who may only see the connection."""
        self.authority.rule(OPEN, default="no")
        specification = outputs.load(lab.SOURCE).api
        programs = wire.derive(specification).programs
        open_ = {"AuthList", "AuthPolkit", "AuthSaslInit", "AuthSaslStart", "AuthSaslStep"}
        count = refused = 0
        for program in programs:
            for made in program.procedures:
                function = made.function
                if program.name not in ("remote", "qemu", "lxc") or made.direction != "call" or function is None or (
                        program.name, made.name) in ENDS | UPSETS:
                    continue
                if function.name in open_ or self.may(specification, function):
                    continue
                number = program.source.number
                assert number is not None
                arguments = Arguments(program, programs, f"{made.name}0", True).structure(made.args)
                with self.subTest(procedure=made.name), lab.Raw(self.daemon, timeout=30) as client:
                    client.open()
                    serial = client.send(made.number, arguments, program=number)
                    while (reply := client.receive()).serial != serial:
                        pass
                    self.assertEqual(reply.status, lab.ERROR)
                    refused += reply.error()[0] == DENIED
                    count += 1
        self.assertGreater(count, 350)
        self.assertGreater(refused, 200)

    @staticmethod
    def may(api: model.Api, function: model.Function) -> bool:
        """Whether seeing the connection is all that a call needs."""
        own = function.self
        rules = own.acl if own is not None else ()
        needed = {(getattr(permissions.object_of(api, rule), "name", ""), rule.name) for rule in rules}
        return not needed - {("Connect", "getattr")} and function.name != "DomainListGetStats"

    def test_clients_of_the_network_are_nobody(self) -> None:
        daemon = lab.Daemon(ACCESS, tcp=True, environment=self.authority.environment)
        self.addCleanup(daemon.stop)
        done = subprocess.run(lab.ours(str(lab.BUILD / "virsh"), "-c", daemon.uri(transport="tcp"), "list"),
                              capture_output=True, text=True, timeout=60)
        self.assertIn("access denied", done.stderr)


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

    def test_programs_pass(self) -> None:
        self.authority.rule({"action": "org.libvirt.unix.*", "answer": "yes"}, default="no")
        for command, environment in (([str(lab.SOURCE / "run"), str(lab.BUILD / "virsh")], dict(os.environ)),
                                     (["/usr/bin/virsh"], lab.PLAIN)):
            if not Path(command[-1]).exists():
                continue
            done = subprocess.run([*command, "-c", self.daemon.uri(), "list", "--name"], env=environment,
                                  capture_output=True, text=True, timeout=60)
            self.assertEqual((done.stdout.strip(), done.returncode), ("test", 0), done.stderr)


class Policy(unittest.TestCase):
    def test_the_module_lacks_nothing(self) -> None:
        """What tells of an object (src/access/told.c) is there for every call that a driver takes."""
        module = lab.BUILD / ".libs" / "libvirt_access.so"
        lines = subprocess.run(["nm", "-D", "--undefined-only", str(module)], capture_output=True, text=True,
                               check=True).stdout.splitlines()
        self.assertGreater(len(lines), 50)
        self.assertEqual([line for line in lines if "virAccess" in line], [])

    def test_actions(self) -> None:
        """Every permission is an action, and what only looks is allowed to everybody."""
        root = ElementTree.parse(lab.BUILD / "gen" / "polkit" / "org.libvirt.api.policy").getroot()
        actions = {a.get("id", ""): {d.text for d in a.iterfind("defaults/*")} for a in root.iterfind("action")}
        self.assertEqual(len(actions), 105)
        self.assertEqual(actions["org.libvirt.api.domain.getattr"], {"yes"})
        self.assertEqual(actions["org.libvirt.api.storage-vol.data-read"], {"no"})
        self.assertTrue(all(a.findtext("description") and a.findtext("message") for a in root.iterfind("action")))


if __name__ == "__main__":
    sys.exit(unittest.main())
