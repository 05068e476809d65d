#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""QEMU as a user of its own: who it is, whose its files are meanwhile and afterwards, and what is checked first."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import unittest
from pathlib import Path

from qemu_guest import wait_for
from qemu_system import USER, System, SystemGuest

import sector


def attributes(path: Path) -> list[str]:
    return [name for name in os.listxattr(path) if name.startswith("trusted.libvirt.")]


class Owner(SystemGuest):
    def test_files_change_hands_and_come_back(self) -> None:
        os.chown(self.disk, 1, 1)
        self.disk.chmod(0o600)
        self.boot()
        [pid] = self.processes()
        self.assertEqual(self.user_of(pid), {USER})
        self.assertEqual((self.owner(self.disk), self.owner(self.console)), (USER, USER))
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
        self.assertIn("CapEff:\t0000000000000000", status)
        live = self.virsh("dumpxml", "guest")
        self.assertRegex(live, r"<seclabel type='dynamic' model='dac' relabel='yes'>\s*<label>\+\d+:\+\d+")
        self.assertNotIn("seclabel", self.virsh("dumpxml", "--inactive", "guest"))
        self.virsh("destroy", "guest")
        self.assertEqual((self.disk.stat().st_uid, self.disk.stat().st_gid), (1, 1))
        self.assertEqual(attributes(self.disk), [])

    def test_two_guests_with_one_file(self) -> None:
        os.chown(self.disk, 1, 1)
        disk = self.document().replace("<target dev='hda'", "<shareable/><target dev='hda'")
        self.define(disk)
        self.define(disk.replace("<name>guest", "<name>second").replace(str(self.console),
                                                                        f"{self.console}2"))
        self.virsh("start", "guest", "--paused")
        self.virsh("start", "second", "--paused")
        self.virsh("destroy", "guest")
        self.assertEqual(self.owner(self.disk), USER)
        self.virsh("destroy", "second")
        self.assertEqual(self.disk.stat().st_uid, 1)

    def test_a_failed_start_gives_everything_back(self) -> None:
        os.chown(self.disk, 1, 1)
        self.define(self.document("<video><model type='vga'/></video>").replace(
            "</domain>", "<qemu:commandline xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>"
            "<qemu:arg value='-no-such-option'/></qemu:commandline></domain>"))
        self.assertIn("no-such-option", self.virsh("start", "guest", good=False))
        self.assertEqual(self.disk.stat().st_uid, 1)
        self.assertEqual(self.processes(), [])

    def test_disks_and_media_of_a_running_guest(self) -> None:
        disk, media = self.root / "more.raw", [self.root / f"{one}.iso" for one in "ab"]
        for path in (disk, *media):
            path.write_bytes(b"\0" * 65536)
            path.chmod(0o600)
            os.chown(path, 1, 1)
        self.boot(devices=f"<disk type='file' device='cdrom'><source file='{media[0]}'/>"
                          "<target dev='hdc' bus='ide'/></disk>")
        self.assertEqual(self.owner(media[0]), USER)
        self.virsh("attach-disk", "guest", str(disk), "sdb", "--targetbus", "usb", "--live")
        self.assertEqual(self.owner(disk), USER)
        self.virsh("detach-disk", "guest", "sdb", "--live")
        self.assertEqual(disk.stat().st_uid, 1)
        self.virsh("change-media", "guest", "hdc", str(media[1]), "--update", "--live", "--force")
        self.assertEqual((media[0].stat().st_uid, self.owner(media[1])), (1, USER))
        self.assertIn("make it", self.virsh("attach-disk", "guest", f"{disk}.none", "vdc", "--live",
                                            good=False))
        self.virsh("destroy", "guest")
        self.assertEqual(media[1].stat().st_uid, 1)

    def test_a_label_of_its_own(self) -> None:
        self.define(self.document(more="<seclabel type='static' model='dac' relabel='yes'>"
                                       "<label>daemon:daemon</label></seclabel>"))
        self.virsh("start", "guest", "--paused")
        [pid] = self.processes()
        self.assertEqual(self.user_of(pid), {"daemon"})
        self.assertEqual(self.owner(self.disk), "daemon")
        self.virsh("destroy", "guest")
        self.define(self.document(more="<seclabel type='none' model='dac'/>"))
        self.virsh("start", "guest", "--paused")
        [pid] = self.processes()
        self.assertEqual(self.user_of(pid), {"root"})
        self.virsh("destroy", "guest")
        for label, expected in (("nobody", "must be USER:GROUP"), ("no-one:daemon", "does not exist")):
            self.define(self.document(more="<seclabel type='static' model='dac'>"
                                           f"<label>{label}</label></seclabel>"))
            self.assertIn(expected, self.virsh("start", "guest", good=False))

    def test_a_killed_daemon_gives_back_what_its_guest_had(self) -> None:
        os.chown(self.disk, 1, 1)
        self.boot()
        [pid] = self.processes()
        # The namespace with the daemon's folders ends with it: a second one is started in the same.
        namespace = os.open(f"/proc/{self.daemon.pid}/ns/mnt", os.O_RDONLY)
        try:
            self.daemon.process.send_signal(signal.SIGKILL)
            self.daemon.process.wait()
            os.kill(pid, signal.SIGKILL)
            time.sleep(0.2)
            self.assertEqual(self.owner(self.disk), USER)
            command = super(System, self.daemon).command()
            again = subprocess.Popen(
                ["nsenter", f"--mount=/proc/self/fd/{namespace}", *command, "--config",
                 str(self.daemon.config), "--pid-file", str(self.daemon.folder / "pid")],
                pass_fds=[namespace], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL)
            try:
                wait_for("the file to come back", lambda: self.disk.stat().st_uid == 1)
                self.assertEqual(attributes(self.disk), [])
            finally:
                again.terminate()
                again.wait()
        finally:
            os.close(namespace)


class Forgetful(SystemGuest):
    SETTINGS = SystemGuest.SETTINGS + "dynamic_ownership = 0\n"

    def test_owners_are_left_alone(self) -> None:
        self.disk.chmod(0o600)
        self.define(self.document())
        said = self.virsh("start", "guest", good=False)
        self.assertIn(f"Cannot access storage file '{self.disk}' of disk 'hda' of domain 'guest': QEMU "
                      f"runs as user '{USER}', who may not write it", said)
        self.assertEqual(self.processes(), [])
        self.disk.chmod(0o666)
        self.console.touch()
        self.console.chmod(0o666)
        self.virsh("start", "guest", "--paused")
        self.assertEqual(self.owner(self.disk), "root")
        self.virsh("destroy", "guest")


class Checks(SystemGuest):
    """Each mistake is found before QEMU runs, and its remedy is said."""

    def refused(self, expected: str, **parts: str) -> None:
        self.define(self.document(**parts))
        self.assertRegex(self.virsh("start", "guest", good=False), expected)
        self.assertEqual(self.processes(), [])

    def test_the_way_to_an_image(self) -> None:
        self.root.chmod(0o700)
        self.refused(rf"user '{USER}', who may not enter '{self.root}'; allow it by setfacl -m "
                     rf"u:{USER}:x '{self.root}'")
        self.root.chmod(0o755)
        self.disk = self.root / "none" / "disk.raw"
        self.refused(rf"disk 'hda' of domain 'guest': the folder '{self.root}/none' does not exist")
        self.disk = self.root / "none.raw"
        self.refused(r"disk 'hda' of domain 'guest': make it \(images by qemu-img create\)")

    def test_the_image_below_an_image(self) -> None:
        base, top = self.root / "base.qcow2", self.root / "top.qcow2"
        subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", str(base), "1M"], check=True)
        subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", "-b", base.name, "-F", "qcow2",
                        str(top)], check=True)
        devices = (f"<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='{top}'/>"
                   "<target dev='hdb' bus='ide'/></disk>")
        base.chmod(0o600)
        self.refused(f"'{base}' of disk 'hdb' of domain 'guest': QEMU runs as user '{USER}', who may "
                     "not read it", devices=devices)
        # What an image names is not given away; the owner of the image could name anything.
        self.assertEqual(self.owner(base), "root")
        base.unlink()
        self.refused(f"'{base}' of disk 'hdb' of domain 'guest': make it", devices=devices)

    def test_media_that_need_not_be_there(self) -> None:
        drive = ("<disk type='file' device='cdrom'><source file='{0}/none.iso'{1}/>"
                 "<target dev='hdc' bus='ide'/></disk>")
        self.refused("'hdc'.*make it", devices=drive.format(self.root, ""))
        self.define(self.document(devices=drive.format(self.root, " startupPolicy='optional'")))
        self.virsh("start", "guest", "--paused")
        self.assertNotIn("none.iso", self.virsh("dumpxml", "guest"))
        self.assertIn("none.iso", self.virsh("dumpxml", "--inactive", "guest"))
        self.virsh("destroy", "guest")

    def test_ports_that_are_taken(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            self.refused(rf"TCP port {port} of the VNC screen of domain 'guest' is taken: .*port='-1'",
                         devices=f"<graphics type='vnc' port='{port}' autoport='no'/>")
            self.refused(rf"TCP port {port} of serial 1 of domain 'guest' is taken",
                         devices=f"<serial type='tcp'><source mode='bind' host='127.0.0.1' service='{port}'/>"
                                 "</serial>")

    def test_a_bridge_that_is_not_there(self) -> None:
        self.refused(r"no bridge 'vir-none' on this host; make it \(ip link add vir-none type bridge\)",
                     devices="<interface type='bridge'><source bridge='vir-none'/></interface>")

    def test_more_memory_than_there_is(self) -> None:
        if Path("/proc/sys/vm/overcommit_memory").read_text().strip() == "1":
            self.skipTest("this kernel promises any amount of memory")
        self.define(self.document().replace("<memory unit='MiB'>16<", "<memory unit='TiB'>64<"))
        self.assertRegex(self.virsh("start", "guest", good=False),
                         r"wants 67108864 MiB of memory, this host has \d+ MiB")
        self.assertEqual(self.processes(), [])

    def test_a_boot_that_works_after_all(self) -> None:
        self.boot()
        self.assertIn(sector.READY, self.said())
        self.virsh("destroy", "guest")


if __name__ == "__main__":
    unittest.main()
