#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Processors, threads, the agent and the memory of running guests, as they and the kernel see them."""

from __future__ import annotations

import json
import os
import time
import unittest

from qemu_guest import Guest, LinuxGuest, wait_for


class Processors(LinuxGuest):
    def test_plugging_and_pinning(self) -> None:
        self.boot(more="<vcpu current='1'>3</vcpu>")
        self.assertEqual(self.inside("nproc"), "1")
        self.virsh("setvcpus", "guest", "3", "--live")
        wait_for("three processors", lambda: self.inside("nproc") == "3")
        self.assertEqual(self.virsh("vcpucount", "guest", "--active", "--live"), "3")
        self.assertEqual(self.virsh("vcpuinfo", "guest").count("VCPU:"), 3)
        self.assertIn("greater than max", self.virsh("setvcpus", "guest", "4", "--live", good=False))
        self.assertIn("<vcpu placement='static' current='1'>3</vcpu>", self.virsh("dumpxml", "--inactive", "guest"))
        pid = self.processes()[0]
        with self.subTest("pinned"):
            self.virsh("vcpupin", "guest", "0", "0", "--live")
            self.virsh("emulatorpin", "guest", "0", "--live")
            self.assertIn("<vcpupin vcpu='0' cpuset='0'/>", self.virsh("dumpxml", "guest"))
            threads = {}
            for task in os.listdir(f"/proc/{pid}/task"):
                with open(f"/proc/{pid}/task/{task}/comm", encoding="utf-8") as file:
                    threads[file.read().strip()] = int(task)
            self.assertEqual(os.sched_getaffinity(threads["CPU 0/TCG"]), {0})
            self.assertEqual(os.sched_getaffinity(pid), {0})
        with self.subTest("I/O threads"):
            self.virsh("iothreadadd", "guest", "5", "--live")
            self.assertRegex(self.virsh("iothreadinfo", "guest"), r"(?m)^ *5 ")
            self.virsh("iothreaddel", "guest", "5", "--live")
            self.assertNotRegex(self.virsh("iothreadinfo", "guest"), r"(?m)^ *5 ")

    def test_placed_from_the_beginning(self) -> None:
        self.boot(more="<vcpu>2</vcpu><iothreads>1</iothreads><cputune><vcpupin vcpu='1' cpuset='0'/>"
                       "<emulatorpin cpuset='0'/><iothreadpin iothread='1' cpuset='0'/></cputune>")
        pid = self.processes()[0]
        found = {}
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/comm", encoding="utf-8") as file:
                found[file.read().strip()] = os.sched_getaffinity(int(task))
        self.assertEqual(found["CPU 1/TCG"], {0})
        self.assertEqual(found["IO iothread1"], {0})
        self.assertEqual(os.sched_getaffinity(pid), {0})
        self.assertEqual(found["CPU 0/TCG"], os.sched_getaffinity(0))


AGENT = "<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>"


class Agent(LinuxGuest):
    def test_what_it_does(self) -> None:
        self.boot(devices=AGENT)
        wait_for("the agent", lambda: "state='connected'" in self.virsh("dumpxml", "guest"))
        answer = json.loads(self.virsh("qemu-agent-command", "guest", '{"execute":"guest-ping"}'))
        self.assertEqual(answer, {"return": {}})
        refused = json.loads(self.virsh("qemu-agent-command", "guest", '{"execute":"guest-nothing"}'))
        self.assertEqual(refused["error"]["class"], "CommandNotFound")
        self.inside("hostname small")
        self.assertEqual(self.virsh("domhostname", "guest", "--source", "agent"), "small")
        self.assertRegex(self.virsh("guestinfo", "guest", "--hostname"), r"hostname *: small")
        self.assertRegex(self.virsh("guestvcpus", "guest"), r"online *: 0")
        told = int(self.virsh("domtime", "guest").rsplit(maxsplit=1)[-1])
        self.assertLess(abs(told - time.time()), 300)
        with self.subTest("one that stopped holds up nobody else"):
            self.inside("killall -STOP qemu-ga")
            begun = time.monotonic()
            self.assertIn("did not answer", self.virsh("qemu-agent-command", "guest",
                                                       '{"execute":"guest-ping"}', good=False))
            self.assertLess(time.monotonic() - begun, 30)
            self.virsh("suspend", "guest")
            self.virsh("resume", "guest")
            self.inside("killall -CONT qemu-ga")
            self.assertEqual(json.loads(self.virsh("qemu-agent-command", "guest",
                                                   '{"execute":"guest-ping"}')), {"return": {}})
        self.virsh("shutdown", "guest", "--mode", "agent")
        wait_for("the end of the process", lambda: not self.processes())
        self.assertIn(b"shutdown ", self.said())

    def test_none(self) -> None:
        self.boot()
        self.assertIn("not configured", self.virsh("qemu-agent-command", "guest", '{"execute":"guest-ping"}',
                                                   good=False))


class Dumps(Guest):
    """Any guest has memory."""

    def test_formats(self) -> None:
        self.boot()
        core, packed, raw = self.root / "core", self.root / "packed", self.root / "raw"
        self.virsh("dump", "guest", str(core), "--memory-only", "--live", "--format", "elf")
        self.assertEqual(core.read_bytes()[:4], b"\x7fELF")
        self.assertGreaterEqual(core.stat().st_size, 16 << 20)
        self.assertEqual(core.stat().st_mode & 0o777, 0o600)
        self.assertTrue(self.state().startswith("running"))
        self.virsh("dump", "guest", str(packed), "--memory-only", "--format", "kdump-zlib")
        self.assertLess(packed.stat().st_size, core.stat().st_size)
        self.virsh("dump", "guest", str(raw))
        self.assertEqual(raw.read_bytes()[:4], b"QEVM")
        self.assertTrue(self.state().startswith("running"))
        self.beats()
        with self.subTest("refused"):
            self.assertIn("memory-only", self.virsh("dump", "guest", str(raw), "--format", "kdump-zlib", good=False))
            self.assertIn("/nowhere", self.virsh("dump", "guest", "/nowhere/core", good=False))
        with self.subTest("crash"):
            self.virsh("dump", "guest", str(core), "--crash", "--memory-only")
            self.assertTrue(self.state().startswith("shut off"))
            self.assertEqual(self.processes(), [])


if __name__ == "__main__":
    unittest.main()
