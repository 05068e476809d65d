# SPDX-License-Identifier: LGPL-2.1-or-later
"""Clients that stop half-way, send a byte now and then, flood, or vanish: what others notice of it.

Prints the round trips of a client that behaves, while others do not."""

from __future__ import annotations

import os
import resource
import socket
import struct
import threading
import time
import unittest
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import lab

LIB_VERSION = 157
NODE_INFO = 6
CALLS = 300
#: What a call may take at the very most, in ms, on a machine that is busy with other things.
PATIENCE = 1500.0


def frame(procedure: int, serial: int, payload: bytes = b"") -> bytes:
    return struct.pack(">IIIiIII", 28 + len(payload), lab.REMOTE, 1, procedure, lab.CALL, serial,
                       lab.OK) + payload


def resident(pid: int) -> int:
    """KiB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise AssertionError("no VmRSS")


class Hostile(unittest.TestCase):
    CONFIG = ""

    def setUp(self) -> None:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard), hard))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        self.daemon = lab.Daemon(self.CONFIG)
        self.addCleanup(self.daemon.stop)
        self.good = lab.Raw(self.daemon, timeout=30).open()
        self.addCleanup(self.good.socket.close)
        self.quiet = self.measure("nobody else")

    def connect(self) -> socket.socket:
        client = socket.socket(socket.AF_UNIX)
        client.settimeout(20)
        client.connect(str(self.daemon.path))
        self.addCleanup(client.close)
        return client

    def measure(self, name: str, procedure: int = LIB_VERSION) -> float:
        """Round trips in ms: prints median, 99th of 100 and the longest; gives the median."""
        took = []
        for _ in range(CALLS):
            start = time.perf_counter()
            self.assertEqual(self.good.call(procedure).status, lab.OK)
            took.append((time.perf_counter() - start) * 1000)
        took.sort()
        start = time.perf_counter()
        with lab.Raw(self.daemon, timeout=30) as new:
            new.open()
        opening = (time.perf_counter() - start) * 1000
        median = took[CALLS // 2]
        print(f"# {name}: a call takes {median:.3f} ms, 99 of 100 at most "
              f"{took[CALLS * 99 // 100]:.3f}, the longest {took[-1]:.3f}; a new client {opening:.2f}")
        self.assertLess(took[-1], PATIENCE)
        self.assertLess(opening, PATIENCE)
        return median

    def compare(self, name: str, procedure: int = LIB_VERSION) -> None:
        self.assertLess(self.measure(name, procedure), max(20 * self.quiet, 20.0))

    @contextmanager
    def meanwhile(self, work: Callable[[threading.Event], None]) -> Iterator[None]:
        stop = threading.Event()
        thread = threading.Thread(target=work, args=(stop,))
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()


class Stubborn(Hostile):
    CONFIG = "min_workers = 5\nmax_workers = 5\n"

    def test_half_open(self) -> None:
        clients = [self.connect() for _ in range(300)]
        for number, client in enumerate(clients):
            client.sendall(frame(LIB_VERSION, 1)[:number % 28])
        self.compare("300 clients in the middle of a message")

    def test_a_byte_at_a_time(self) -> None:
        clients = [self.connect() for _ in range(50)]
        text, place = frame(66, 1), 0

        def drip(stop: threading.Event) -> None:
            nonlocal place
            while not stop.wait(0.2) and place < 20:
                for client in clients:
                    client.sendall(text[place:place + 1])
                place += 1

        with self.meanwhile(drip):
            end = time.monotonic() + 3
            self.compare("50 clients with a byte now and then")
            while time.monotonic() < end:
                self.assertEqual(self.good.call(LIB_VERSION).status, lab.OK)
                time.sleep(0.01)
        # What is complete in the end is answered, however long it took.
        for client in clients:
            client.sendall(text[place:])
            self.assertGreater(len(client.recv(100)), 28)
        self.assertGreater(place, 5)

    def test_a_flood_that_reads_nothing(self) -> None:
        before = resident(self.daemon.pid)
        clients = [self.connect() for _ in range(20)]
        sent = 0
        for client in clients:
            client.setblocking(False)

        def flood(stop: threading.Event) -> None:
            nonlocal sent
            text = frame(66, 1) * 500
            while not stop.is_set():
                for client in clients:
                    try:
                        sent += client.send(text)
                    except (BlockingIOError, BrokenPipeError, ConnectionResetError):
                        time.sleep(0.001)

        with self.meanwhile(flood):
            time.sleep(0.5)
            self.compare("20 clients that flood and do not read")
        grown = resident(self.daemon.pid) - before
        print(f"# {sent // 28} calls were taken, the daemon grew by {grown} KiB")
        if not lab.sanitized():
            # An answer that waits is paused at 1 MiB per client.
            self.assertLess(grown, 20 * 6 * 1024)

    def test_vanishing(self) -> None:
        descriptors = self.descriptors()

        def vanish(stop: threading.Event) -> None:
            while not stop.is_set():
                client = socket.socket(socket.AF_UNIX)
                client.connect(str(self.daemon.path))
                client.sendall(frame(66, 1) + frame(1, 2, lab.opening()) + frame(NODE_INFO, 3)
                               + frame(LIB_VERSION, 4)[:9])
                client.close()

        with self.meanwhile(vanish):
            self.compare("clients that vanish in the middle of calls")
        end = time.monotonic() + 20
        while len(self.descriptors()) > len(descriptors) and time.monotonic() < end:
            time.sleep(0.02)
        left = self.descriptors()
        self.assertLessEqual(len(left), len(descriptors), set(left) - set(descriptors))

    def descriptors(self) -> list[str]:
        """What the daemon has open."""
        folder = Path(f"/proc/{self.daemon.pid}/fd")
        names = []
        for entry in folder.iterdir():
            try:
                names.append(os.readlink(entry))
            except FileNotFoundError:
                continue    # closed meanwhile
        return names

    def test_garbage(self) -> None:
        def throw(stop: threading.Event) -> None:
            number = 0
            while not stop.is_set():
                number += 1
                client = socket.socket(socket.AF_UNIX)
                client.connect(str(self.daemon.path))
                try:
                    client.sendall(struct.pack(">I", number * 2654435761 % 2**32) + os.urandom(200))
                except OSError:
                    pass
                client.close()

        with self.meanwhile(throw):
            self.compare("clients that send garbage")


class Undecided(Hostile):
    """Clients that come and open nothing are sent away; those that have opened may be silent."""

    CONFIG = "open_timeout = 2\nkeepalive_interval = -1\nlog_level = 2\n"

    def test_who_opens_nothing_has_to_go(self) -> None:
        begun = time.monotonic()
        silent, halfway, asking, slow = (self.connect() for _ in range(4))
        halfway.sendall(frame(66, 1)[:10])
        admin = socket.socket(socket.AF_UNIX)
        self.addCleanup(admin.close)
        admin.settimeout(20)
        admin.connect(str(self.daemon.folder / "libvirt-admin-sock"))
        asking.sendall(frame(66, 1))
        self.assertGreater(len(asking.recv(100)), 28)
        for client in (silent, halfway, asking, admin):
            self.assertEqual(client.recv(1), b"")
        took = time.monotonic() - begun
        self.assertGreater(took, 1.5)
        self.assertLess(took, 12)
        # A byte now and then does not help.
        with self.assertRaises(OSError):
            for byte in frame(66, 1) * 100:
                slow.sendall(bytes([byte]))
                time.sleep(0.02)
        # And who opened before is still there, however long it was silent.
        self.assertEqual(self.good.call(LIB_VERSION).status, lab.OK)
        self.assertIn("it has not opened anything in time", self.daemon.output())

    def test_the_daemon_rests_without_clients(self) -> None:
        """Nobody has to look after clients that are not there."""
        self.good.socket.close()
        time.sleep(2.5)
        before = self.turns()
        time.sleep(3)
        self.assertLess(self.turns() - before, 3)

    def turns(self) -> int:
        """How often the main thread of the daemon went to sleep."""
        text = Path(f"/proc/{self.daemon.pid}/status").read_text()
        return int(next(line for line in text.splitlines() if line.startswith("voluntary_ctxt")).split()[1])


class Many(Hostile):
    """More clients, and more calls, than there may be."""

    CONFIG = ("max_clients = 30\nmax_queued_clients = 10\nmin_workers = 2\nmax_workers = 2\n"
              "prio_workers = 2\nmax_client_requests = 3\n")

    def measure(self, name: str, procedure: int = LIB_VERSION) -> float:
        """Nobody new comes while the daemon is full."""
        took = []
        for _ in range(CALLS):
            start = time.perf_counter()
            self.assertEqual(self.good.call(procedure).status, lab.OK)
            took.append((time.perf_counter() - start) * 1000)
        took.sort()
        print(f"# {name}: a call takes {took[CALLS // 2]:.3f} ms, the longest {took[-1]:.3f}")
        self.assertLess(took[-1], PATIENCE)
        return took[CALLS // 2]

    def test_clients_beyond_the_limit_wait_or_are_refused(self) -> None:
        accepted, refused = [], 0
        for number in range(100):
            client = socket.socket(socket.AF_UNIX)
            # Those that are served get in however busy the machine is: only a socket without a timeout waits.
            if number >= 29:
                client.settimeout(0.01)
            try:
                client.connect(str(self.daemon.path))
                accepted.append(client)
            except OSError:
                refused += 1
                client.close()
        for client in accepted:
            self.addCleanup(client.close)
        # 29 are served, 10 wait and a few more that the system lets wait; the others are refused.
        print(f"# of 100 clients {refused} were refused")
        self.assertGreaterEqual(refused, 100 - 29 - 10 - 3)
        self.compare("as many clients as there may be")
        # Administrators have a place of their own.
        with lab.Raw(self.daemon, "libvirt-admin-sock") as admin:
            self.assertEqual(admin.call(1, b"\0\0\0\0", program=lab.ADMIN).status, lab.OK)
        served = accepted[0]
        served.settimeout(20)
        served.sendall(frame(66, 1))
        self.assertGreater(len(served.recv(100)), 28)
        # Who waits is served once there is room.
        waiting = accepted[-1]
        waiting.settimeout(20)
        waiting.sendall(frame(66, 1))
        for client in accepted[:20]:
            client.close()
        self.assertGreater(len(waiting.recv(100)), 28)

    def test_workers_that_are_all_busy_do_not_hold_up_urgent_calls(self) -> None:
        path = self.daemon.folder / "node.xml"
        path.write_text("<node><domain type='test'><name>one</name><memory>8192</memory>"
                        "<os><type>hvm</type></os></domain>"
                        "<fault function='DomainShutdown' delay='4000'/></node>")
        client = self.connect()
        client.sendall(frame(66, 1) + frame(1, 2, lab.opening(f"test://{path}")))
        end = time.monotonic() + 10
        # A domain as the protocol has it: name, UUID, number.
        domain = lab.text("one") + bytes(16) + struct.pack(">i", -1)
        time.sleep(0.3)
        with lab.Raw(self.daemon) as look:
            look.open(f"test://{path}")
            found = look.call(23, lab.text("one"))
            self.assertEqual(found.status, lab.OK, found.payload)
            domain = found.payload
        # Both workers, and what may run of a client besides.
        for other in (client, self.connect()):
            if other is not client:
                other.sendall(frame(66, 1) + frame(1, 2, lab.opening(f"test://{path}")))
            for serial in range(10, 15):
                other.sendall(frame(33, serial, domain))
        time.sleep(0.5)
        self.compare("workers that are all busy")
        # To open a connection is an urgent call, for which workers are kept.
        start = time.perf_counter()
        with lab.Raw(self.daemon) as new:
            new.open()
        opening = (time.perf_counter() - start) * 1000
        print(f"# workers that are all busy: a new client takes {opening:.2f} ms")
        self.assertLess(opening, PATIENCE)
        self.assertLess(time.monotonic(), end)


if __name__ == "__main__":
    unittest.main()
