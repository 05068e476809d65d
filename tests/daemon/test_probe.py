# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the daemon answers to messages that no library sends: as the stock daemon does."""

from __future__ import annotations

import socket
import struct
import unittest

import lab


class Probe(unittest.TestCase):
    daemon: lab.Daemon
    #: What the driver behind the daemon has to do with migration.
    migration = [3, 4, 6, 7, 11, 12, 13]

    @classmethod
    def setUpClass(cls) -> None:
        cls.daemon = lab.Daemon()

    @classmethod
    def tearDownClass(cls) -> None:
        cls.daemon.stop()

    def raw(self, name: str = "libvirt-sock") -> lab.Raw:
        client = lab.Raw(self.daemon, name)
        self.addCleanup(client.socket.close)
        return client

    def error(self, reply: lab.Message, code: int, domain: int, text: str) -> None:
        self.assertEqual(reply.error(), (code, domain, text))

    def test_authentication_offers_none(self) -> None:
        reply = self.raw().call(66)
        self.assertEqual(reply.payload, struct.pack(">II", 1, 0))

    def test_calls_before_open(self) -> None:
        client = self.raw()
        closed = (1, 7, "internal error: hypervisor connection not open")
        self.assertEqual(client.call(60, struct.pack(">i", 10)).payload, struct.pack(">i", 1))
        for feature in (9, 14):
            self.error(client.call(60, struct.pack(">i", feature)), *closed)
        self.error(client.call(4), *closed)
        self.error(client.call(23, lab.text("test")), *closed)

    def test_close_before_open(self) -> None:
        client = self.raw()
        self.assertEqual(client.call(2).status, lab.OK)
        self.assertTrue(client.ended())

    def test_open_without_authentication(self) -> None:
        self.assertEqual(self.raw().call(1, lab.opening()).status, lab.OK)

    def test_second_open_is_refused_and_the_first_stays(self) -> None:
        client = self.raw().open()
        self.error(client.call(1, lab.opening()), 1, 7, "internal error: connection already open")
        self.assertEqual(client.call(3).payload, lab.text("TEST"))

    def test_features(self) -> None:
        client = self.raw().open()
        found = [n for n in range(20)
                 if client.call(60, struct.pack(">i", n)).payload == struct.pack(">i", 1)]
        self.assertEqual(found, sorted([8, 9, 10, 14, 15, 16, *self.migration]))

    def test_wrong_uri(self) -> None:
        client = self.raw()
        self.assertEqual(client.call(66).status, lab.OK)
        self.error(client.call(1, lab.opening("foo:///x")), 5, 0,
                   "no connection driver available for foo:///x")

    def test_ways_to_other_servers(self) -> None:
        """A client cannot make the daemon run a program, or reach a host, with its rights."""
        mark = self.daemon.folder / "ran"
        for name in (f"test+ext:///default?command=/usr/bin/touch&netcat={mark}",
                     f"test+unix:///default?socket={self.daemon.path}",
                     "test+tcp://127.0.0.1/default", "test://127.0.0.1/default"):
            with self.subTest(name=name):
                self.other_server(name)
        self.assertFalse(mark.exists())

    def other_server(self, name: str) -> None:
        for place in ("libvirt-sock", "libvirt-sock-ro"):
            self.error(self.raw(place).call(1, lab.opening(name)), 5, 0,
                       f"no connection driver available for {name}")

    def test_names_that_lead_back(self) -> None:
        for name in ("", "remote:///", "xen:///system"):
            with self.subTest(name=name):
                self.assertEqual(self.raw().call(1, lab.opening(name)).error()[:2], (5, 0))

    def test_answers_of_an_open_connection(self) -> None:
        client = self.raw().open()
        self.assertEqual(client.call(110).payload, lab.text("test:///default"))
        self.assertEqual(client.call(3).payload, lab.text("TEST"))
        self.assertEqual(client.call(4).payload, struct.pack(">Q", 2))
        self.assertEqual(client.call(59).payload, lab.text(socket.gethostname()))
        self.assertEqual(len(client.call(157).payload), 8)

    def test_unknown_things(self) -> None:
        client = self.raw().open()
        for procedure in (9999, 0, -1, 318):
            self.error(client.call(procedure), 39, 7, f"unknown procedure: {procedure}")
        self.error(client.call(1, program=0x12345678), 39, 7,
                   "Cannot find program 305419896 version 1")
        self.error(client.call(4, version=2), 39, 7, "Cannot find program 536903814 version 2")
        self.error(client.call(1, program=lab.KEEPALIVE), 39, 7,
                   "Cannot find program 1801807216 version 1")
        for status in (1, 2, 3):
            self.error(client.call(4, status=status), 39, 7, f"Unexpected message status {status}")

    def test_payloads(self) -> None:
        client = self.raw().open()
        broken = (39, 7, "Unable to decode message payload")
        self.error(client.call(23), *broken)
        self.error(client.call(23, struct.pack(">I", 0x7FFFFFFF)), *broken)
        self.error(client.call(23, struct.pack(">I", 4) + b"te"), *broken)
        # What is left over is passed over.
        self.assertEqual(client.call(23, lab.text("test") + b"more").status, lab.OK)

    def test_types_that_are_no_calls_are_passed_over(self) -> None:
        client = self.raw().open()
        for kind in (lab.REPLY, lab.EVENT, lab.STREAM, lab.HOLE, 9, 0xFFFFFFFF):
            with self.subTest(kind=kind):
                client.send(4, kind=kind)
                self.assertTrue(client.silent(0.05))
        self.assertEqual(client.call(4).status, lab.OK)

    def test_lengths(self) -> None:
        for length in (0, 4, 33554437, 64 << 20, 0xFFFFFFFF):
            with self.subTest(length=length):
                client = self.raw()
                client.socket.sendall(struct.pack(">I", length))
                self.assertTrue(client.ended())
        for length in (8, 27):
            with self.subTest(length=length):
                client = self.raw()
                client.socket.sendall(struct.pack(">I", length))
                self.assertTrue(client.silent(0.05))
                client.socket.sendall(b"\0" * (length - 4))
                self.assertTrue(client.ended())
        # The longest there may be is waited for, without memory for it.
        client = self.raw()
        client.socket.sendall(struct.pack(">I", 33554436))
        self.assertTrue(client.silent(0.05))

    def test_files(self) -> None:
        client = self.raw().open()
        reply = client.call(4, struct.pack(">I", 0), kind=lab.CALL_FILES)
        self.assertEqual(reply.status, lab.OK)
        for payload in (b"", struct.pack(">I", 33)):
            with self.subTest(payload=payload):
                client = self.raw().open()
                client.send(4, payload, kind=lab.CALL_FILES)
                self.assertTrue(client.ended())
        # One is announced, and a byte comes without it.
        client = self.raw().open()
        client.send(4, struct.pack(">I", 1), kind=lab.CALL_FILES)
        self.assertTrue(client.silent(0.05))
        client.socket.sendall(b"\0")
        self.assertTrue(client.ended())

    def test_signs_of_life(self) -> None:
        client = self.raw()
        client.send(1, program=lab.KEEPALIVE, kind=lab.EVENT, serial=77)
        reply = client.receive()
        self.assertEqual((reply.program, reply.procedure, reply.type, reply.serial, reply.payload),
                         (lab.KEEPALIVE, 2, lab.EVENT, 0, b""))
        client.send(2, program=lab.KEEPALIVE, kind=lab.EVENT)
        client.send(3, program=lab.KEEPALIVE, kind=lab.EVENT)
        self.assertTrue(client.silent(0.05))

    def test_oldest_listeners(self) -> None:
        """One callback per event, without a number: programs of the first releases."""
        number = struct.Struct(">i").pack
        client, other = self.raw().open(), self.raw().open()
        domain = other.call(23, lab.text("test")).payload
        self.error(client.call(106), 1, 7, "internal error: domain event 0 not registered")
        self.assertEqual(client.call(105).payload, bytes(4))
        for procedure, payload in ((105, b""), (167, number(0))):
            self.error(client.call(procedure, payload), 8, 0,
                       "invalid argument: event callback already tracked")
        for event in (18, 999, -1):
            for procedure in (167, 168):
                self.error(client.call(procedure, number(event)), 1, 7,
                           f"internal error: unsupported event ID {event}")
        self.assertEqual(client.call(167, number(1)).payload, b"")
        self.assertEqual(other.call(34, domain).status, lab.OK)
        event = client.receive()
        self.assertEqual((event.procedure, event.type, event.serial), (107, lab.EVENT, 1))
        self.assertEqual(event.payload, domain + struct.pack(">II", 3, 0))
        self.assertEqual(client.call(106).payload, bytes(4))
        self.assertEqual(client.call(168, number(1)).payload, b"")
        self.assertEqual(other.call(28, domain).status, lab.OK)
        self.assertTrue(client.silent(0.05))

    def test_listeners_that_are_none(self) -> None:
        client = self.raw().open()
        for register, deregister, words in ((316, 317, "domain"), (313, 314, "network"),
                                            (368, 369, "storage pool"), (374, 375, "node device")):
            kind = "event" if words == "domain" else f"{words} event"
            for event in (999, -1):
                self.error(client.call(register, struct.pack(">iI", event, 0)), 1, 7,
                           f"internal error: unsupported {kind} ID {event}")
            self.error(client.call(deregister, struct.pack(">i", 7)), 1, 7,
                       f"internal error: {words} event callback 7 not registered")
        self.error(client.call(4, bytes(12), program=lab.QEMU), 3, 0,
                   "this function is not supported by the connection driver: "
                   "virConnectDomainQemuMonitorEventRegister")
        self.error(client.call(5, bytes(4), program=lab.QEMU), 1, 7,
                   "internal error: qemu monitor event callback 0 not registered")

    def test_statistics_of_the_domains_that_were_named(self) -> None:
        client = self.raw().open()
        payload = lab.text("<domain type='test'><name>second</name><memory>8192</memory>"
                           "<os><type>hvm</type></os></domain>")
        second = client.call(11, payload).payload
        for domains, count in ((b"", 2), (second, 1)):
            asked = struct.pack(">I", len(domains) // len(second)) + domains
            reply = client.call(344, asked + struct.pack(">II", 1, 0)).payload
            self.assertEqual(struct.unpack(">I", reply[:4]), (count,))
            if domains:
                self.assertEqual(reply[4:4 + len(second)], second)

    def test_read_only(self) -> None:
        refused = (29, 20, "operation forbidden: read only access prevents virDomainCreateXML")
        payload = lab.text("<domain/>") + struct.pack(">I", 0)
        self.error(self.raw().open(flags=1).call(10, payload), *refused)
        # The socket decides, not what the client says.
        self.error(self.raw("libvirt-sock-ro").open(flags=0).call(10, payload), *refused)

    def test_unknown_domain(self) -> None:
        code, domain, _ = self.raw().open().call(23, lab.text("nope")).error()
        self.assertEqual((code, domain), (42, 12))

    def test_deaf_client(self) -> None:
        """A client that is asked for signs of life and gives none is given up."""
        daemon = lab.Daemon("keepalive_interval = 1\nkeepalive_count = 1\n")
        self.addCleanup(daemon.stop)
        with lab.Raw(daemon) as client:
            client.call(60, struct.pack(">i", 10))
            ping = client.receive()
            self.assertEqual((ping.program, ping.procedure), (lab.KEEPALIVE, 1))
            self.assertTrue(client.ended())


class StockProbe(Probe):
    """The same of the stock daemon: so what is expected above is what it does."""

    @classmethod
    def setUpClass(cls) -> None:
        if lab.Stock.missing():
            raise unittest.SkipTest(lab.Stock.missing())
        cls.migration = []
        cls.daemon = lab.Stock('auth_unix_rw = "none"\nauth_unix_ro = "none"\n')

    def test_second_open_is_refused_and_the_first_stays(self) -> None:
        """Here it loses the first, a defect that is not copied."""
        client = self.raw().open()
        closed = "internal error: connection already open"
        self.error(client.call(1, lab.opening()), 1, 7, closed)
        self.assertEqual(client.call(3).status, lab.ERROR)

    def other_server(self, name: str) -> None:
        """Here programs are refused like that; hosts are refused or tried, as its drivers decide."""
        if "+ext" in name:
            super().other_server(name)

    def test_names_that_lead_back(self) -> None:
        self.skipTest("its drivers are others")

    def test_deaf_client(self) -> None:
        self.skipTest("the daemon of that test is always ours")


if __name__ == "__main__":
    unittest.main()
