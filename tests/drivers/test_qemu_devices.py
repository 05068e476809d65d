#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Devices of a running Linux guest: what it notices itself, not what is told of it."""

from __future__ import annotations

import json
import unittest

from qemu_guest import LinuxGuest, wait_for

DISK = """<disk type='file' device='disk'><driver name='qemu' type='{format}'/><source file='{path}'/>
<target dev='{target}' bus='virtio'/>{more}</disk>"""


class Devices(LinuxGuest):
    def write(self, name: str, text: str) -> str:
        path = self.root / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def raw(self, name: str, size: int) -> str:
        path = self.root / name
        with path.open("wb") as file:
            file.truncate(size)
        return str(path)

    def live(self) -> str:
        return self.virsh("dumpxml", "guest")

    def definition(self) -> str:
        return self.virsh("dumpxml", "--inactive", "guest")

    def test_disks_come_and_go(self) -> None:
        one = self.raw("one", 8 << 20)
        self.boot()
        xml = self.write("disk.xml", DISK.format(format="raw", path=one, target="vda",
                                                 more="<serial>first</serial>"))
        self.virsh("attach-device", "guest", xml, "--live", "--config")
        wait_for("the disk in the guest", lambda: self.holds("test -b /dev/vda"))
        self.assertEqual(self.inside("blockdev --getsize64 /dev/vda; cat /sys/block/vda/serial"),
                         f"{8 << 20}\nfirst")
        self.assertIn("already exists", self.virsh("attach-device", "guest", xml, "--live", good=False))
        self.assertIn(one, self.definition())
        with self.subTest("limits"):
            self.virsh("blkdeviotune", "guest", "vda", "--total-iops-sec", "300", "--live")
            self.assertRegex(self.virsh("blkdeviotune", "guest", "vda"), r"total_iops_sec *: 300")
            self.assertNotIn("<iotune>", self.definition())
        with self.subTest("size"):
            self.virsh("blockresize", "guest", "vda", "12M")
            wait_for("the new size", lambda: self.holds(f"[ $(blockdev --getsize64 /dev/vda) = {12 << 20} ]"))
        with self.subTest("counters"):
            self.inside("dd if=/dev/zero of=/dev/vda bs=64k count=16 conv=fsync 2>/dev/null; sync")
            stats = dict(line.split()[1:3] for line in self.virsh("domblkstat", "guest", "vda").splitlines())
            self.assertGreaterEqual(int(stats["wr_bytes"]), 1 << 20)
        self.virsh("detach-device", "guest", xml, "--live", "--config")
        wait_for("the disk's end in the guest", lambda: self.holds("! test -e /dev/vda"))
        self.assertNotIn(one, self.live() + self.definition())
        with self.subTest("by its name, where another was"):
            self.virsh("attach-device", "guest", xml, "--live")
            wait_for("the disk in the guest", lambda: self.holds("test -b /dev/vda"))
            self.virsh("detach-device-alias", "guest", "virtio-disk0", "--live")
            wait_for("the disk's end", lambda: one not in self.live())
            nodes = self.virsh("qemu-monitor-command", "guest", '{"execute":"query-named-block-nodes"}')
            self.assertEqual(json.loads(nodes)["return"], [])

    def test_what_fails_leaves_nothing(self) -> None:
        self.boot()
        xml = self.write("disk.xml", DISK.format(format="qcow2", path="/nowhere/x", target="vda", more=""))
        before = self.live()
        self.assertIn("/nowhere/x", self.virsh("attach-device", "guest", xml, "--live", "--config", good=False))
        self.assertEqual(self.live(), before)
        self.assertNotIn("/nowhere", self.definition())
        small = self.raw("small", 1 << 20)
        with self.subTest("contents that are no qcow2"):
            xml = self.write("disk.xml", DISK.format(format="qcow2", path=small, target="vda", more=""))
            self.virsh("attach-device", "guest", xml, "--live", good=False)
            nodes = self.virsh("qemu-monitor-command", "guest", '{"execute":"query-named-block-nodes"}')
            self.assertEqual(json.loads(nodes)["return"], [])
        with self.subTest("what is not there"):
            self.assertIn("vdz", self.virsh("detach-disk", "guest", "vdz", "--live", good=False))

    def test_interface_channel_and_randomness(self) -> None:
        self.boot(devices="<controller type='virtio-serial' index='0'/>")
        nic = self.write("nic.xml", "<interface type='user'><mac address='52:54:00:12:34:56'/>"
                                    "<model type='virtio'/></interface>")
        self.virsh("attach-device", "guest", nic, "--live")
        wait_for("an address", lambda: b"address eth0" in self.said())
        self.assertEqual(self.inside("cat /sys/class/net/eth0/address"), "52:54:00:12:34:56")
        with self.subTest("link"):
            self.virsh("domif-setlink", "guest", "52:54:00:12:34:56", "down")
            wait_for("no carrier", lambda: self.holds("[ $(cat /sys/class/net/eth0/carrier) = 0 ]"))
            self.assertIn("<link state='down'/>", self.live())
            self.virsh("domif-setlink", "guest", "52:54:00:12:34:56", "up")
            wait_for("a carrier", lambda: self.holds("[ $(cat /sys/class/net/eth0/carrier) = 1 ]"))
        self.virsh("detach-device", "guest", nic, "--live")
        wait_for("no card", lambda: self.holds("! test -e /sys/class/net/eth0"))
        with self.subTest("channel"):
            xml = self.write("channel.xml", "<channel type='unix'><target type='virtio' name='org.test.0'/></channel>")
            self.virsh("attach-device", "guest", xml, "--live")
            wait_for("the port", lambda: self.holds("grep -q org.test.0 /sys/class/virtio-ports/*/name"))
        with self.subTest("randomness"):
            xml = self.write("rng.xml", "<rng model='virtio'><backend model='builtin'/></rng>")
            self.virsh("attach-device", "guest", xml, "--live")
            wait_for("the source", lambda: self.holds("grep -q virtio /sys/class/misc/hw_random/rng_available"))
            self.virsh("detach-device", "guest", xml, "--live")
            wait_for("its end", lambda: "<rng" not in self.live())
        with self.subTest("what can't be plugged in"):
            xml = self.write("panic.xml", "<panic model='isa'/>")
            self.assertIn("<panic>", self.virsh("attach-device", "guest", xml, "--live", good=False))

    def test_media(self) -> None:
        one, two = self.raw("one.iso", 1 << 20), self.raw("two.iso", 2 << 20)
        self.boot(devices=f"""<controller type='scsi' model='virtio-scsi'/><disk type='file' device='cdrom'>
            <source file='{one}'/><target dev='sda' bus='scsi'/><readonly/></disk>""")
        size = "[ $(cat /sys/block/sr0/size) = {} ]"
        self.inside("blockdev --rereadpt /dev/sr0 2>/dev/null; true")
        wait_for("the first medium", lambda: self.holds(size.format(2048)))
        self.virsh("change-media", "guest", "sda", two, "--update", "--force")
        self.assertIn(two, self.live())
        wait_for("the second medium", lambda: self.holds(
            f"dd if=/dev/sr0 of=/dev/null bs=2048 count=1 2>/dev/null; {size.format(4096)}"))
        self.assertIn("/nowhere", self.virsh("change-media", "guest", "sda", "/nowhere", "--update", "--force",
                                             good=False))
        self.assertIn(two, self.live())
        self.assertTrue(self.holds("dd if=/dev/sr0 of=/dev/null bs=2048 count=1 2>/dev/null"))
        self.virsh("change-media", "guest", "sda", "--eject", "--force")
        wait_for("an empty drive", lambda: self.holds("! dd if=/dev/sr0 of=/dev/null bs=2048 count=1 2>/dev/null"))
        self.assertNotIn(two, self.live())

    def test_a_program_that_ended_meanwhile(self) -> None:
        """Devices that one program plugged in are known to the next, which takes them out."""
        path = self.raw("one", 1 << 20)
        self.boot()
        self.virsh("attach-disk", "guest", path, "vdb", "--targetbus", "virtio", "--subdriver", "raw", "--live")
        wait_for("the disk", lambda: self.holds("test -b /dev/vda"))
        self.virsh("detach-disk", "guest", "vdb", "--live")
        wait_for("its end", lambda: self.holds("! test -e /dev/vda"))
        self.assertNotIn("vdb", self.live())


if __name__ == "__main__":
    unittest.main()
