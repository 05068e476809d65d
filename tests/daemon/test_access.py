# SPDX-License-Identifier: LGPL-2.1-or-later
"""What clients may do, decided by a polkit authority of our own: calls, lists and events."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import lab
import polkit
from polkit import ACCESS, DENIED, OPEN, SUSPEND, Guarded, domain
from test_walk import Arguments, ENDS, UPSETS

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from generator import model, outputs, permissions, wire  # noqa: E402

HERE = Path(__file__).parent
#: Permissions that the test hypervisor has no function for.
MISSING = {("domain", "open-namespace")}


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
        # A tarball brings what is generated with its sources.
        places = [top / "gen/polkit/org.libvirt.api.policy" for top in (lab.BUILD, lab.SOURCE)]
        root = ElementTree.parse(next(place for place in places if place.exists())).getroot()
        actions = {a.get("id", ""): {d.text for d in a.iterfind("defaults/*")} for a in root.iterfind("action")}
        self.assertEqual(len(actions), 105)
        self.assertEqual(actions["org.libvirt.api.domain.getattr"], {"yes"})
        self.assertEqual(actions["org.libvirt.api.storage-vol.data-read"], {"no"})
        self.assertTrue(all(a.findtext("description") and a.findtext("message") for a in root.iterfind("action")))


if __name__ == "__main__":
    sys.exit(unittest.main())
