#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Control groups of guests: where they are, their limits in the files of the kernel, and that they go."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import unittest
from pathlib import Path

from qemu_guest import wait_for
from qemu_system import SystemGuest

MOUNT = Path("/sys/fs/cgroup")


def missing() -> str:
    """Why groups of version 1 can't be looked at here."""
    for name in ("cpu", "memory", "devices"):
        if not (MOUNT / name / "cgroup.procs").exists():
            return f"no control groups of version 1 with the controller {name} here"
        if not os.access(MOUNT / name, os.W_OK):
            return f"the control groups of {name} are not ours to change"
    return ""


class Apart(SystemGuest):
    """The daemon is in groups of the test's own, so guests of other tests are not mistaken for its guest."""

    BEFORE = """for own in /sys/fs/cgroup/*/tasks; do
        group=$(dirname $own)/{root.name}; mkdir $group || continue
        for one in cpus mems; do
            [ ! -f $group/cpuset.$one ] || cat $(dirname $own)/cpuset.$one > $group/cpuset.$one
        done
        echo $$ > $group/tasks
    done"""

    def tearDown(self) -> None:
        super().tearDown()
        for group in MOUNT.glob(f"*/{self.root.name}"):
            if (group / "machine").is_dir():
                (group / "machine").rmdir()
            group.rmdir()

    def groups(self) -> list[Path]:
        return sorted(MOUNT.glob(f"*/{self.root.name}/machine/qemu-*-guest.libvirt-qemu"))


@unittest.skipIf(missing(), missing())
class Groups(Apart):
    def group(self, controller: str) -> Path:
        """Where the guest is, by what the kernel says of its first thread."""
        [pid] = self.processes()
        for line in Path(f"/proc/{pid}/cgroup").read_text(encoding="utf-8").splitlines():
            _number, names, path = line.split(":", 2)
            if controller in names.split(","):
                return MOUNT / controller / path.lstrip("/").removesuffix("/emulator")
        raise AssertionError(f"the guest is in no group of {controller}")

    def value(self, controller: str, file: str) -> str:
        return (self.group(controller) / file).read_text(encoding="utf-8").strip()

    def test_a_place_of_its_own(self) -> None:
        self.boot(more="<cputune><shares>300</shares><period>20000</period><quota>15000</quota>"
                       "<global_period>30000</global_period><global_quota>60000</global_quota>"
                       "<emulator_period>40000</emulator_period><emulator_quota>-1</emulator_quota></cputune>"
                       "<memtune><hard_limit unit='MiB'>700</hard_limit><soft_limit unit='MiB'>600</soft_limit>"
                       "</memtune>")
        [pid] = self.processes()
        self.assertRegex(str(self.group("cpu")), rf"/{self.root.name}/machine/qemu-\d+-guest\.libvirt-qemu$")
        self.assertEqual(self.value("cpu", "cpu.shares"), "300")
        self.assertEqual(self.value("cpu", "cpu.cfs_quota_us"), "60000")
        self.assertEqual(self.value("cpu", "vcpu0/cpu.cfs_period_us"), "20000")
        self.assertEqual(self.value("cpu", "vcpu0/cpu.cfs_quota_us"), "15000")
        self.assertEqual(self.value("cpu", "emulator/cpu.cfs_period_us"), "40000")
        self.assertEqual(self.value("memory", "memory.limit_in_bytes"), str(700 << 20))
        self.assertEqual(self.value("memory", "memory.soft_limit_in_bytes"), str(600 << 20))
        tasks = {int(one) for one in self.value("cpu", "vcpu0/tasks").split()}
        self.assertEqual(len(tasks), 1)
        self.assertNotIn(pid, tasks)
        self.assertIn(str(pid), self.value("cpu", "emulator/tasks").split())
        self.assertTrue(len(self.groups()) >= 3)
        self.virsh("destroy", "guest")
        self.assertEqual(self.groups(), [])

    def test_devices(self) -> None:
        self.define(self.document())
        self.virsh("start", "guest", "--paused")
        allowed = self.value("devices", "devices.list").splitlines()
        self.assertIn("c 1:3 rwm", allowed)
        self.assertIn("c 136:* rwm", allowed)
        self.assertNotIn("a *:* rwm", allowed)
        # What is in the group can't open the memory of the host, nor make a node for it.
        [pid] = self.processes()
        script = (f"echo $$ > {self.group('devices')}/tasks; : < /dev/null && ! ( : < /dev/mem ) && "
                  f"! mknod {self.root}/mem c 1 1")
        subprocess.run(["sh", "-c", script], check=True, stderr=subprocess.DEVNULL)
        self.virsh("destroy", "guest")

    def test_changes_of_a_running_guest(self) -> None:
        self.define(self.document())
        self.assertEqual(self.virsh("schedinfo", "guest", "--config", "--set", "cpu_shares=77").splitlines()[0]
                         .split(":")[1].strip(), "posix")
        self.virsh("start", "guest", "--paused")
        self.assertEqual(self.value("cpu", "cpu.shares"), "77")
        self.virsh("schedinfo", "guest", "--live", "--set", "cpu_shares=88", "vcpu_quota=33000",
                   "vcpu_period=66000", "emulator_quota=44000")
        self.assertEqual(self.value("cpu", "cpu.shares"), "88")
        self.assertEqual(self.value("cpu", "vcpu0/cpu.cfs_quota_us"), "33000")
        self.assertEqual(self.value("cpu", "vcpu0/cpu.cfs_period_us"), "66000")
        self.assertEqual(self.value("cpu", "emulator/cpu.cfs_quota_us"), "44000")
        info = dict(re.findall(r"(\w+) *: (\S+)", self.virsh("schedinfo", "guest", "--live")))
        self.assertEqual((info["cpu_shares"], info["vcpu_quota"], info["vcpu_period"], info["emulator_quota"]),
                         ("88", "33000", "66000", "44000"))
        self.virsh("memtune", "guest", "--hard-limit", "800000", "--live")
        self.assertEqual(self.value("memory", "memory.limit_in_bytes"), str(800000 * 1024))
        self.assertIn("800000", self.virsh("memtune", "guest", "--live"))
        self.assertNotIn("memtune", self.virsh("dumpxml", "guest", "--inactive"))
        refused = self.virsh("schedinfo", "guest", "--live", "--set", "vcpu_quota=5", good=False)
        self.assertIn("1000", refused)
        self.assertEqual(self.value("cpu", "vcpu0/cpu.cfs_quota_us"), "33000")
        self.virsh("destroy", "guest")

    def test_a_guest_that_dies_leaves_no_group(self) -> None:
        self.define(self.document())
        self.virsh("start", "guest", "--paused")
        [pid] = self.processes()
        os.kill(pid, signal.SIGKILL)
        wait_for("the end of the groups", lambda: not self.groups())
        self.define(self.document().replace(
            "</domain>", "<qemu:commandline xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>"
            "<qemu:arg value='-no-such-option'/></qemu:commandline></domain>"))
        self.virsh("start", "guest", good=False)
        self.assertEqual(self.groups(), [])


@unittest.skipIf(missing(), missing())
class Left(Apart):
    SETTINGS = SystemGuest.SETTINGS + 'cgroup_controllers = [ "memory" ]\n'

    def test_controllers_that_are_left_out(self) -> None:
        self.define(self.document())
        self.virsh("start", "guest", "--paused")
        self.assertEqual({path.parents[2].name for path in self.groups()}, {"memory"})
        said = self.virsh("schedinfo", "guest", "--live", "--set", "cpu_shares=88", good=False)
        self.assertIn("needs the control group controller 'cpu': cgroup_controllers of qemu.conf leaves it out",
                      said)
        self.virsh("destroy", "guest")
        self.define(self.document(more="<cputune><shares>300</shares></cputune>"))
        self.assertIn("'cpu': cgroup_controllers of qemu.conf leaves it out",
                      self.virsh("start", "guest", good=False))
        self.assertEqual(self.processes(), [])


if __name__ == "__main__":
    unittest.main()
