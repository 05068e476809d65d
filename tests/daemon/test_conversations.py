# SPDX-License-Identifier: LGPL-2.1-or-later
"""Recorded conversations of programs with a stock daemon: ours answers the same, procedure by procedure."""

from __future__ import annotations

import struct
import unittest
from dataclasses import dataclass
from pathlib import Path

import lab

FOLDER = Path(__file__).with_name("conversations")
OPEN, DEFINE, CREATE, XML_DESC, LIST_ALL = 1, 11, 10, 14, 273
#: How a callback is registered, and what ends it: its number is the daemon's choice.
CALLBACKS = {316: 317, 313: 314, 368: 369, 374: 375, 380: 381}

#: Replies with values that change from call to call: how many bytes in front are compared, and why.
VOLATILE = {
    16: (24, "the time a guest ran"),
    64: (0, "counters that run"),
    65: (0, "counters that run"),
    157: (0, "the version of the library"),
    7: (0, "capabilities of another version: tests/clients compare them"),
    XML_DESC: (0, "documents: tests/clients compare them, here they are one"),
    344: (4, "statistics of another version: tests/drivers"),
}
#: What the test hypervisor does not do yet: the conversation goes on without it.
MISSING = {
    374: "events of node devices",
    375: "events of node devices",
}
#: Replies that say more than stock's on purpose: none of them is compared.
BETTER = {
    19: "the type of the guest, which stock's test hypervisor calls linux whatever its document says",
    243: "statistics of a disk by name, which stock's test hypervisor does not have",
    342: "capabilities of domains, which stock's test hypervisor does not have",
}


@dataclass(frozen=True)
class Line:
    """One line of a conversation."""

    client: str
    inward: bool        # to the daemon
    kind: str
    serial: int = 0
    procedure: int = 0
    rest: str = ""

    @property
    def payload(self) -> bytes:
        return bytes.fromhex(self.rest.removesuffix(".."))


def read(path: Path) -> tuple[list[tuple[str, str]], list[Line]]:
    """What prepares the node, and the conversation."""
    setup, lines = [], []
    for text in path.read_text(encoding="utf-8").splitlines():
        words = text.split(maxsplit=2)
        if words[1] not in "<>":
            setup.append((words[0], text.split(maxsplit=1)[1]))
            continue
        kind, *rest = words[2].split(maxsplit=4)
        if len(rest) < 3:
            lines.append(Line(words[0], words[1] == ">", kind))
            continue
        lines.append(Line(words[0], words[1] == ">", kind, int(rest[0]), int(rest[1]),
                          rest[3] if len(rest) > 3 else ""))
    return setup, lines


class Player:
    """Plays the programs of one conversation against a daemon."""

    def __init__(self, test: unittest.TestCase, daemon: lab.Daemon,
                 setup: list[tuple[str, str]]) -> None:
        self.test = test
        self.daemon = daemon
        self.name = "test:///default"
        self.clients: dict[str, lab.Raw] = {}
        self.events: dict[str, list[lab.Message]] = {}
        self.replies: dict[tuple[str, int], lab.Message] = {}
        self.numbers: dict[tuple[int, bytes], bytes] = {}    # of callbacks, recorded -> ours
        for word, text in setup:
            if word == "node":
                path = daemon.folder / "node.xml"
                path.write_text(text, encoding="utf-8")
                self.name = f"test://{path}"
        # The state of the node lives as long as a connection to it.
        self.keeper = lab.Raw(daemon).open(self.name)
        for word, text in setup:
            if word != "node":
                reply = (self.keeper.call(DEFINE, lab.text(text)) if word == "define" else
                         self.keeper.call(CREATE, lab.text(text) + bytes(4)))
                test.assertEqual(reply.status, lab.OK)

    def close(self) -> None:
        for client in (self.keeper, *self.clients.values()):
            client.socket.close()

    def client(self, name: str) -> lab.Raw:
        if name not in self.clients:
            self.clients[name] = lab.Raw(self.daemon, timeout=20)
            self.events[name] = []
        return self.clients[name]

    def send(self, line: Line) -> None:
        client = self.client(line.client)
        if line.kind == "end":
            client.socket.close()
        elif line.kind == "ping":
            client.send(1, program=lab.KEEPALIVE, kind=lab.EVENT, serial=0)
        elif line.kind == "call":
            payload = self.payload(line)
            client.send(line.procedure, payload, serial=line.serial)
        else:
            raise AssertionError(f"a program does not send {line}")

    def payload(self, line: Line) -> bytes:
        if line.rest.startswith("<"):
            return lab.text(line.rest) + (bytes(4) if line.procedure == CREATE else b"")
        if line.procedure == OPEN:
            return lab.opening(self.name, line.payload[-1])
        if line.procedure in CALLBACKS.values():
            return self.numbers.get((line.procedure, line.payload), line.payload)
        return line.payload

    def expect(self, line: Line) -> None:
        if line.kind == "end":
            self.test.assertTrue(self.client(line.client).socket.fileno() < 0 or
                                 self.client(line.client).ended())
        elif line.kind == "pong":
            pong = self.event(line.client, lab.KEEPALIVE)
            self.test.assertEqual((pong.procedure, pong.serial), (2, 0))
        elif line.kind == "event":
            event = self.event(line.client, lab.REMOTE)
            self.test.assertEqual((event.procedure, event.serial, event.payload),
                                  (line.procedure, line.serial, line.payload))
        else:
            self.judge(line, self.reply(line))

    def event(self, name: str, program: int) -> lab.Message:
        """The next message that answers no call."""
        for i, event in enumerate(self.events[name]):
            if event.program == program:
                return self.events[name].pop(i)
        while True:
            message = self.client(name).receive()
            if message.type == lab.REPLY:
                self.replies[name, message.serial] = message
            elif message.program == program:
                return message
            else:
                self.events[name].append(message)

    def reply(self, line: Line) -> lab.Message:
        """The answer to a call; events may come before it."""
        while (line.client, line.serial) not in self.replies:
            message = self.client(line.client).receive()
            if message.type == lab.REPLY:
                self.replies[line.client, message.serial] = message
            else:
                self.events[line.client].append(message)
        return self.replies.pop((line.client, line.serial))

    def judge(self, line: Line, reply: lab.Message) -> None:
        test = self.test
        test.assertEqual((reply.program, reply.version, reply.procedure), (lab.REMOTE, 1,
                                                                           line.procedure))
        if line.procedure in BETTER and reply.status == lab.OK:
            return
        if line.procedure in MISSING and reply.status == lab.ERROR:
            test.assertIn(reply.error()[0], (1, 3))
            return
        if line.kind == "error":
            code, domain, text = line.rest.split(" ", 2)
            test.assertEqual(reply.error()[:2], (int(code), int(domain)))
            # Stock's text of a missing object stands for itself; ours says which one.
            test.assertTrue(reply.error()[2].startswith(text), reply.error())
            return
        test.assertEqual(reply.status, lab.OK, reply.payload)
        if line.procedure == LIST_ALL and not line.rest.endswith(".."):
            test.assertEqual(domains(reply.payload), domains(line.payload))
            return
        if line.procedure in CALLBACKS:
            test.assertEqual(len(reply.payload), 4)
            self.numbers[CALLBACKS[line.procedure], line.payload] = reply.payload
        elif line.procedure in VOLATILE:
            length = VOLATILE[line.procedure][0]
            test.assertEqual(reply.payload[:length], line.payload[:length])
            if not line.rest.endswith(".."):
                test.assertEqual(len(reply.payload), len(line.payload))
            if line.procedure in (7, XML_DESC):
                # Both begin with the same element; the length in front is that of the document.
                test.assertEqual(reply.payload[4:32].split()[0], line.payload[4:32].split()[0])
        elif line.rest.endswith(".."):
            test.assertEqual(reply.payload[:len(line.payload)], line.payload)
        else:
            test.assertEqual(reply.payload, line.payload)


def domains(payload: bytes) -> tuple[list[bytes], bytes]:
    """Domains of a list, in an order of ours, and the number behind them."""
    (count,) = struct.unpack(">I", payload[:4])
    found, at = [], 4
    for _ in range(count):
        (length,) = struct.unpack(">I", payload[at:at + 4])
        size = 4 + (length + 3) // 4 * 4 + 16 + 4
        found.append(payload[at:at + size])
        at += size
    return sorted(found), payload[at:]


class Conversations(unittest.TestCase):
    """One method per recording is added below."""

    def play(self, path: Path) -> None:
        setup, lines = read(path)
        daemon = lab.Daemon()
        self.addCleanup(daemon.stop)
        player = Player(self, daemon, setup)
        self.addCleanup(player.close)
        for number, line in enumerate(lines):
            with self.subTest(line=f"{path.name}: {number + len(setup) + 1}"):
                if line.inward:
                    player.send(line)
                else:
                    player.expect(line)
        for name, events in player.events.items():
            self.assertEqual([e.procedure for e in events], [], name)


for recording in sorted(FOLDER.glob("*.txt")):
    def method(self: Conversations, path: Path = recording) -> None:
        self.play(path)

    setattr(Conversations, f"test_{recording.stem}", method)


if __name__ == "__main__":
    unittest.main()
