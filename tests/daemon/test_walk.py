# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every procedure of every program, with random arguments: each is answered, and refused as stock does."""

from __future__ import annotations

import random
import struct
import sys
import unittest
from pathlib import Path

import lab

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from generator import outputs, wire  # noqa: E402
from generator.wire import Form, Kind, Member, Procedure, Program, Structure  # noqa: E402

ROUNDS = 5
#: They end the connection, so they are not called here; test_probe.py does.
ENDS = {("remote", "ConnectClose"), ("admin", "AdmConnectClose")}
#: They change the daemon under test, or end it.
UPSETS = {("remote", "ConnectOpen"), ("admin", "AdmConnectOpen"), ("admin", "AdmConnectDaemonShutdown")}
NO_SUPPORT = 3
#: What stock's test hypervisor does and ours does not: tests/contract/differential.sh says so, too.
UNDONE = {
    "ConnectBaselineCPU", "ConnectFindStoragePoolSources", "ConnectListAllNodeDevices", "DomainQemuAttach",
    "NodeDeviceCreateXML", "NodeDeviceDestroy", "NodeDeviceGetParent", "NodeDeviceGetXMLDesc",
    "NodeDeviceListCaps", "NodeDeviceLookupByName", "NodeDeviceNumOfCaps", "NodeNumOfDevices",
}
TEST_UUID = bytes.fromhex("6695eb01f6a4830479aa97f2502e193f")


class Arguments:
    """Random arguments of a procedure, as bytes; names and identities are often those of the node."""

    NAMES = {
        "Domain": "test", "Network": "default", "StoragePool": "default-pool", "Interface": "eth1",
        "NodeDevice": "computer", "AdmServer": "libvirtd",
    }

    def __init__(self, program: Program, programs: tuple[Program, ...], seed: str, tame: bool) -> None:
        self.random = random.Random(seed)
        self.tame = tame        # no flags, so that what the procedure itself does is asked for
        base = [p for p in programs if p.name in (program.name, program.source.uses)]
        self.structures = {s.name: s for p in base for s in p.structures}

    def structure(self, structure: Structure | None) -> bytes:
        if structure is None:
            return b""
        return b"".join(self.member(m, structure) for m in structure.members)

    def member(self, member: Member, within: Structure) -> bytes:
        limit = member.limit.value if member.limit is not None else 1 << 20
        match member.form:
            case Form.ONE:
                return self.item(member, within)
            case Form.OPTIONAL:
                if self.random.random() < 0.3:
                    return struct.pack(">I", 0)
                return struct.pack(">I", 1) + self.item(member, within)
            case Form.FIXED:
                if member.kind is Kind.OPAQUE:
                    known = member.is_uuid and within.object and within.object.name == "Domain"
                    return TEST_UUID if known else self.random.randbytes(limit)
                return b"".join(self.item(member, within) for _ in range(limit))
            case Form.LIST:
                count = min(self.random.choice((0, 1, 2, 5)), limit)
                if member.kind is Kind.OPAQUE:
                    return struct.pack(">I", count) + bytes(count) + bytes(-count % 4)
                return struct.pack(">I", count) + b"".join(
                    self.item(member, within) for _ in range(count))

    def item(self, member: Member, within: Structure) -> bytes:
        pick = self.random.choice
        match member.kind:
            case Kind.STRING:
                known = self.NAMES.get(within.object.name) if within.object else None
                # No word that is a file which could be written.
                return lab.text(known or pick(("", "/nonexistent/x", "vda", "testnet0", "<x/>", "é")))
            case Kind.INT64 | Kind.UINT64:
                return struct.pack(">Q", pick((0, 1, 4096, (1 << 64) - 1, 1 << 63)))
            case Kind.DOUBLE:
                return struct.pack(">d", pick((0.0, 1.5, -1.0, float("nan"), float("inf"))))
            case Kind.CHAR | Kind.BYTE:
                return struct.pack(">I", pick((0, 1, 65)))
            case Kind.SHORT:
                return struct.pack(">I", pick((0, 1, 65535)))
            case Kind.INT | Kind.UINT:
                if self.tame and member.name == "flags":
                    return bytes(4)
                if within.object and member.name == "id":
                    return struct.pack(">i", 1)
                return struct.pack(">I", pick((0, 1, 2, 16, 0x7FFFFFFF, 0xFFFFFFFF)))
            case Kind.STRUCT:
                return self.structure(self.structures[member.structure])
            case Kind.PARAM:
                return (lab.text(pick(("cpu_shares", "x"))) + struct.pack(">II", 1, 7))
            case Kind.OPAQUE:
                raise AssertionError(member.name)


class Walk(unittest.TestCase):
    programs: tuple[Program, ...]
    daemon: lab.Daemon

    @classmethod
    def setUpClass(cls) -> None:
        cls.programs = wire.derive(outputs.load(lab.SOURCE).api).programs
        cls.daemon = lab.Daemon()
        cls.addClassCleanup(cls.daemon.stop)

    def procedures(self) -> list[tuple[Program, Procedure]]:
        return [(program, made) for program in self.programs for made in program.procedures
                if program.name not in ("net", "keepalive") and made.direction == "call"
                and (program.name, made.name) not in ENDS | UPSETS]

    def ask(self, daemon: lab.Daemon, program: Program, made: Procedure, seed: str,
            tame: bool) -> lab.Message:
        """The answer to a call on a connection of its own."""
        admin = program.name == "admin"
        arguments = Arguments(program, self.programs, seed, tame).structure(made.args)
        number = program.source.number
        assert number is not None
        with lab.Raw(daemon, "libvirt-admin-sock" if admin else "libvirt-sock", timeout=30) as client:
            if admin:
                client.call(1, bytes(4), program=lab.ADMIN)
            else:
                client.open()
            serial = client.send(made.number, arguments, program=number)
            while True:
                reply = client.receive()
                if reply.type in (lab.REPLY, lab.REPLY_FILES):
                    self.assertEqual((reply.program, reply.procedure, reply.serial),
                                     (number, made.number, serial))
                    return reply

    def test_every_procedure_is_answered(self) -> None:
        """And so are those that come after it: the daemon lives."""
        found = self.procedures()
        self.assertGreater(len(found), 420)
        for program, made in found:
            for turn in range(ROUNDS):
                with self.subTest(program=program.name, procedure=made.name, turn=turn):
                    reply = self.ask(self.daemon, program, made, f"{made.name}{turn}", turn == 0)
                    if reply.status == lab.ERROR:
                        code, domain, text = reply.error()
                        self.assertGreater(code, 0)
                        self.assertTrue(text)
                        self.assertNotIn("without saying why", text)
                        self.assertNotIn("Unable to encode", text)
                        self.assertNotIn("Unable to decode", text)
        self.assertIsNone(self.daemon.process.poll())


class Refusals(Walk):
    """What the test hypervisor of neither daemon does is refused in the same words."""

    stock: lab.Daemon

    @classmethod
    def setUpClass(cls) -> None:
        if lab.Stock.missing():
            raise unittest.SkipTest(lab.Stock.missing())
        super().setUpClass()
        cls.stock = lab.Stock('auth_unix_rw = "none"\nauth_unix_ro = "none"\n')
        cls.addClassCleanup(cls.stock.stop)

    def test_every_procedure_is_answered(self) -> None:
        self.skipTest("done above")

    def test_refusals_are_those_of_stock(self) -> None:
        compared = 0
        for program, made in self.procedures():
            if program.name == "admin":
                continue
            with self.subTest(procedure=made.name):
                ours = self.ask(self.daemon, program, made, made.name, True)
                if ours.status != lab.ERROR or ours.error()[0] != NO_SUPPORT:
                    continue
                if made.name in UNDONE:
                    continue
                stock = self.ask(self.stock, program, made, made.name, True)
                if stock.status == lab.ERROR and "unknown procedure" in stock.error()[2]:
                    continue
                self.assertEqual(ours.error(), stock.error() if stock.status else "success")
                compared += 1
        # Fewer with everything that it learns.
        self.assertGreater(compared, 5)


if __name__ == "__main__":
    unittest.main()
