#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Real guests in real QEMU processes, through virsh and qemu:///embed: their life, their files, their end."""

from __future__ import annotations

import json
import os
import re
import signal
import struct
import subprocess
import sys
import time
import unittest
from pathlib import Path

from qemu_guest import PATIENCE, SOURCE, Guest, wait_for

import sector


class Life(Guest):
    def test_start_pause_and_power_button(self) -> None:
        self.boot()
        self.assertEqual(self.state(), "running (booted)")
        self.assertIn("already active", self.virsh("start", "guest", good=False))
        self.virsh("suspend", "guest")
        self.assertEqual(self.state(), "paused (user)")
        still = self.said()
        time.sleep(0.5)
        self.assertEqual(self.said(), still)
        self.virsh("resume", "guest")
        self.assertEqual(self.state(), "running (unpaused)")
        self.beats()
        self.virsh("shutdown", "guest")
        wait_for("the end of the process", lambda: not self.processes())
        self.assertTrue(self.state().startswith("shut off"))
        self.assertEqual(list((self.root / "run/qemu").glob("guest.*")), [])

    def test_destroy_and_what_is_left(self) -> None:
        self.boot()
        self.assertEqual(len(self.processes()), 1)
        self.virsh("destroy", "guest")
        self.assertEqual(self.processes(), [])
        left = sorted(p.name for p in (self.root / "lib/qemu").iterdir())
        self.assertEqual(left, ["save"])
        self.virsh("undefine", "guest")
        self.assertEqual(list((self.root / "etc/qemu").glob("*.xml")), [])
        self.assertEqual(self.virsh("list", "--all", "--name"), "")

    def test_a_transient_guest_vanishes(self) -> None:
        path = self.root / "once.xml"
        path.write_text(self.document(), encoding="utf-8")
        self.virsh("create", str(path), "--paused")
        self.assertEqual(self.state(), "paused (user)")
        self.virsh("destroy", "guest")
        self.assertIn("failed to get domain", self.virsh("domstate", "guest", good=False))

    def test_autodestroy(self) -> None:
        self.define(self.document())
        self.virsh("start guest --autodestroy; domstate guest")
        wait_for("the end of the process", lambda: not self.processes())

    def test_reboot_by_the_button(self) -> None:
        self.boot()
        # The guest turns itself off, the machine begins anew: while somebody listens.
        listener = subprocess.Popen(
            [str(SOURCE / "run"), "virsh", "-q", "-c", self.uri], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True)
        self.assertIsNotNone(listener.stdin)
        listener.stdin.write("reboot guest\n")
        listener.stdin.flush()
        wait_for("the second boot", lambda: self.said().count(sector.READY) == 2)
        listener.communicate("quit\n", timeout=PATIENCE)
        self.beats()

    def test_reset(self) -> None:
        self.boot()
        self.virsh("reset", "guest")
        wait_for("the second boot", lambda: self.said().count(sector.READY) == 2)

    def test_a_definition_stays_as_it_is(self) -> None:
        self.define(self.document(more="<title>small</title>"))
        once = self.virsh("dumpxml", "--inactive", "guest")
        (self.root / "again.xml").write_text(once, encoding="utf-8")
        self.virsh("define", str(self.root / "again.xml"))
        self.assertEqual(self.virsh("dumpxml", "--inactive", "guest"), once)
        self.virsh("start", "guest", "--paused")
        self.assertEqual(self.virsh("dumpxml", "--inactive", "guest"), once)
        live = self.virsh("dumpxml", "guest")
        self.assertRegex(live, r"<domain type='qemu' id='\d+'>")
        self.assertIn("<alias name='serial0'/>", live)
        self.assertRegex(self.virsh("ttyconsole", "guest"), r"^/dev/pts/\d+$")


class Bindings(Guest):
    """What needs one program from the beginning to the end: python3-libvirt on our library."""

    PRELUDE = """
import libvirt, sys, threading, time
libvirt.virEventRegisterDefaultImpl()
def loop():
    while True:
        libvirt.virEventRunDefaultImpl()
threading.Thread(target=loop, daemon=True).start()
conn = libvirt.open(sys.argv[1])
dom = conn.lookupByName('guest')
"""

    def python(self, script: str) -> list[str]:
        done = subprocess.run([str(SOURCE / "run"), "/usr/bin/python3", "-c", self.PRELUDE + script,
                               self.uri], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=4 * PATIENCE)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout.splitlines()

    def test_order_of_events(self) -> None:
        self.define(self.document())
        output = self.python("""
heard = []
names = 'Defined Undefined Started Suspended Resumed Stopped Shutdown'.split()
conn.domainEventRegisterAny(None, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE,
                            lambda c, d, event, detail, o: heard.append((names[event], detail)), None)
dom.create(); dom.suspend(); dom.resume(); dom.destroy()
dom.createWithFlags(libvirt.VIR_DOMAIN_START_PAUSED); dom.resume()
time.sleep(2); dom.shutdown()
until = time.monotonic() + 60
while dom.isActive() and time.monotonic() < until:
    time.sleep(0.05)
time.sleep(0.5)
print(*(f'{name} {detail}' for name, detail in heard), sep='\\n')
""")
        # A QEMU that is told to end may say so before it does.
        told = [line for line in output if line != "Shutdown 2"]
        self.assertEqual(told, [
            "Resumed 0", "Started 0", "Suspended 0", "Resumed 0", "Stopped 1",
            "Started 0", "Suspended 0", "Resumed 0", "Shutdown 1", "Stopped 0"])

    def test_console(self) -> None:
        self.boot()
        output = self.python("""
stream = conn.newStream(libvirt.VIR_STREAM_NONBLOCK)
dom.openConsole(None, stream, 0)
got, until = b'', time.monotonic() + 60
while b'...' not in got and time.monotonic() < until:
    some = stream.recv(1024)
    if some == -2:
        time.sleep(0.02)
    else:
        got += some
print(b'...' in got)
other = conn.newStream(libvirt.VIR_STREAM_NONBLOCK)
try:
    dom.openConsole(None, other, libvirt.VIR_DOMAIN_CONSOLE_SAFE)
except libvirt.libvirtError as error:
    print(error.get_error_code() == libvirt.VIR_ERR_OPERATION_FAILED)
ready = []
stream.eventAddCallback(libvirt.VIR_STREAM_EVENT_READABLE, lambda s, e, o: ready.append(e), None)
until = time.monotonic() + 60
while not ready and time.monotonic() < until:
    time.sleep(0.02)
print(bool(ready))
stream.eventRemoveCallback()
stream.finish()
dom.openConsole(None, other, 0)
other.abort()
dom.destroy()
""")
        self.assertEqual(output, ["True", "True", "True"])

    def test_a_stopped_qemu_holds_up_only_its_own_changes(self) -> None:
        self.boot()
        other = self.document(name="other").replace(str(self.console), "/dev/null")
        (self.root / "other.raw").write_bytes(self.disk.read_bytes())
        (self.root / "other.xml").write_text(other.replace(str(self.disk), str(self.root / "other.raw")))
        self.virsh("define", str(self.root / "other.xml"))
        output = self.python(f"""
import os, signal, subprocess
pid = {self.processes()[0]}
os.kill(pid, signal.SIGSTOP)
try:
    failed = []
    def change():
        try:
            dom.suspend()
        except libvirt.libvirtError as error:
            failed.append(error)
    changer = threading.Thread(target=change)
    changer.start()
    time.sleep(0.5)
    begun = time.monotonic()
    print(dom.state()[0] == libvirt.VIR_DOMAIN_RUNNING, dom.info()[0], '<name>guest' in dom.XMLDesc(),
          len(conn.listAllDomains()), len(dom.vcpus()[0]), dom.controlInfo()[0] == libvirt.VIR_DOMAIN_CONTROL_JOB)
    other = conn.lookupByName('other')
    other.create(); other.suspend(); other.destroy()
    print(time.monotonic() - begun < 20, changer.is_alive())
finally:
    os.kill(pid, signal.SIGCONT)
changer.join()
print(failed, dom.state()[0] == libvirt.VIR_DOMAIN_PAUSED)
""")
        self.assertEqual(output, ["True 1 True 2 1 True", "True True", "[] True"])

    def test_events_of_devices(self) -> None:
        self.boot()
        disk = self.root / "more"
        disk.write_bytes(bytes(1 << 20))
        output = self.python(f"""
heard = []
conn.domainEventRegisterAny(None, libvirt.VIR_DOMAIN_EVENT_ID_DEVICE_ADDED,
                            lambda c, d, alias, o: heard.append(alias), None)
xml = "<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='{disk}'/>" \
      "<target dev='vdb' bus='virtio'/></disk>"
dom.attachDeviceFlags(xml, libvirt.VIR_DOMAIN_AFFECT_LIVE)
until = time.monotonic() + 60
while not heard and time.monotonic() < until:
    time.sleep(0.05)
print(*heard)
""")
        self.assertEqual(output, ["virtio-disk1"])

    def test_many_threads(self) -> None:
        self.define(self.document())
        output = self.python("""
import random
def work(seed):
    pick = random.Random(seed)
    for _ in range(12):
        try:
            pick.choice((dom.create, dom.destroy, dom.suspend, dom.resume, dom.reset, dom.info,
                         dom.XMLDesc, conn.listAllDomains, dom.memoryStats))()
        except libvirt.libvirtError:
            pass
libvirt.registerErrorHandler(lambda o, e: None, None)
threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
[t.start() for t in threads]; [t.join() for t in threads]
if dom.isActive():
    dom.destroy()
print(dom.state()[0] == libvirt.VIR_DOMAIN_SHUTOFF)
""")
        self.assertEqual(output, ["True"])
        self.assertEqual(self.processes(), [])


class Saved(Guest):
    def test_save_and_restore(self) -> None:
        self.boot()
        self.beats()
        image = self.root / "image"
        self.virsh("save", "guest", str(image))
        self.assertEqual(self.processes(), [])
        self.assertEqual(image.read_bytes()[:16], b"LibvirtQemudSave")
        before = self.said().count(b".")
        self.assertIn("<name>guest</name>", self.virsh("save-image-dumpxml", str(image)))
        self.virsh("restore", str(image))
        self.assertEqual(self.state(), "running (restored)")
        self.beats()
        self.assertEqual(self.said().count(sector.READY), 1)
        self.assertGreaterEqual(self.said().count(b"."), before)

    def test_managed_image(self) -> None:
        self.boot()
        self.virsh("managedsave", "guest", "--paused")
        self.assertIn("managed save image exists", self.virsh("undefine", "guest", good=False))
        self.virsh("start", "guest")
        self.assertEqual(self.state(), "paused (user)")
        self.virsh("resume", "guest")
        self.beats()
        self.assertEqual(self.said().count(sector.READY), 1)
        self.assertEqual(list((self.root / "lib/qemu/save").iterdir()), [])

    def test_a_changed_document(self) -> None:
        self.boot()
        image = self.root / "image"
        self.virsh("save", "guest", str(image))
        text = self.virsh("save-image-dumpxml", str(image))
        (self.root / "new.xml").write_text(text.replace("<on_crash>destroy", "<on_crash>preserve"))
        self.virsh("save-image-define", str(image), str(self.root / "new.xml"))
        self.virsh("restore", str(image))
        self.assertIn("<on_crash>preserve", self.virsh("dumpxml", "guest"))
        self.beats()

    def test_an_image_of_another_machine(self) -> None:
        """Of the other byte order, with a cookie, which a new document leaves alone; and compressed."""
        document = self.document().replace("</name>", "</name><uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid>").encode()
        other = ">" if sys.byteorder == "little" else "<"
        cookie = b"<cookie><slirpHelper/></cookie>"
        image = self.root / "image"

        def write(compression: int) -> None:
            words = struct.pack(f"{other}5I56x", 2, 8192, 1, compression, 6000)
            image.write_bytes(b"LibvirtQemudSave" + words + document.ljust(6000, b"\0") + cookie.ljust(2192, b"\0"))

        write(0)
        text = self.virsh("save-image-dumpxml", str(image))
        self.assertIn("<name>guest</name>", text)
        (self.root / "new.xml").write_text(text.replace("<on_crash>destroy", "<on_crash>preserve"))
        self.virsh("save-image-define", str(image), str(self.root / "new.xml"), "--paused")
        self.assertIn("<on_crash>preserve", self.virsh("save-image-dumpxml", str(image)))
        self.assertEqual(struct.unpack_from("=5I", image.read_bytes(), 16), (2, 8192, 0, 0, 6000))
        self.assertEqual(image.read_bytes()[6092:6092 + len(cookie)], cookie)
        write(2)
        self.assertIn("compression 'bzip2'", self.virsh("restore", str(image), good=False))

    def test_what_is_no_image(self) -> None:
        bad = self.root / "bad"
        for content in (b"", b"garbage", b"LibvirtQemudPart" + bytes(76),
                        b"LibvirtQemudSave" + b"\xff" * 76):
            bad.write_bytes(content)
            self.assertIn(str(bad), self.virsh("restore", str(bad), good=False))
        self.assertEqual(self.processes(), [])


class Errors(Guest):
    def test_what_qemu_says_is_told(self) -> None:
        self.define(self.document(devices="<disk type='file' device='disk'><driver name='qemu' "
                                          "type='qcow2'/><source file='/nowhere/x'/>"
                                          "<target dev='vda' bus='virtio'/></disk>"))
        told = self.virsh("start", "guest", good=False)
        self.assertIn("/nowhere/x", told)
        self.assertIn("shut off", self.state())
        self.assertEqual(self.processes(), [])
        self.assertEqual(list((self.root / "run/qemu").glob("guest.*")), [])
        self.assertEqual([p.name for p in (self.root / "lib/qemu").iterdir()], ["save"])

    def test_documents_that_cannot_run(self) -> None:
        path = self.root / "wrong.xml"
        for before, after, told in (
                ("type='qemu'", "type='xen'", "expected qemu or kvm, found 'xen'"),
                ("machine='pc'", "machine='pc-q35-7.3'", "did you mean 'pc-q35-7."),
                ("arch='x86_64'", "arch='ia64'", "qemu-system-ia64"),
                ("<devices>", "<devices><emulator>/nowhere/qemu</emulator>", "/nowhere/qemu"),
                ("<vcpu>1<", "<vcpu>5000<", "machine type limit")):
            with self.subTest(told=told):
                path.write_text(self.document().replace(before, after), encoding="utf-8")
                self.assertIn(told, self.virsh("define", str(path), good=False))

    def test_nothing_is_passed_over_in_silence(self) -> None:
        disk = ("<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='{0}'/>"
                "<target dev='vda' bus='virtio'/>{1}</disk>")
        for more, devices, told in (
                ("<cputune><shares>9</shares></cputune>", "", "needs the control group controller 'cpu': only "),
                ("<memtune><hard_limit unit='MiB'>99</hard_limit></memtune>", "", "controller 'memory': only "),
                ("", disk.format(self.disk, "<transient/>"), "does not know <transient>"),
                ("", "<interface type='user'><bandwidth><inbound average='9'/></bandwidth></interface>",
                 "does not know <bandwidth>")):
            with self.subTest(told=told):
                self.define(self.document(devices=devices, more=more))
                self.assertIn(told, self.virsh("start", "guest", good=False))
                self.virsh("undefine", "guest")
        self.assertEqual(self.processes(), [])

    def test_sleep_can_be_forbidden(self) -> None:
        path = self.root / "sleep.xml"
        path.write_text(self.document(more="<pm><suspend-to-mem enabled='no'/></pm>"), encoding="utf-8")
        self.assertIn("PIIX4_PM.disable_s3=1",
                      self.virsh("domxml-to-native", "qemu-argv", str(path)))

    def test_two_programs_do_not_manage_one_folder(self) -> None:
        holder = subprocess.Popen([str(SOURCE / "run"), "virsh", "-q", "-c", self.uri],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        holder.stdin.write("list\n")
        holder.stdin.flush()
        wait_for("the lock", (self.root / "run/qemu/driver.lock").exists)
        time.sleep(0.2)
        self.assertIn("another process manages", self.virsh("list", good=False))
        holder.communicate("quit\n", timeout=PATIENCE)

    def test_a_root_is_needed(self) -> None:
        self.uri = "qemu:///embed"
        self.assertIn("qemu:///embed?root=", self.virsh("list", good=False))


class Host(Guest):
    """Figures of the machine, against those of the kernel."""

    def test_memory_and_processors(self) -> None:
        told = dict(line.split(":", 1) for line in self.virsh("nodeinfo").splitlines())
        cells = Path("/sys/devices/system/node").glob("node*/meminfo")
        total = sum(int(re.search(r"MemTotal: *(\d+)", cell.read_text())[1]) for cell in cells)
        memory = Path("/proc/meminfo").read_text()
        if total:
            self.assertEqual(int(told["Memory size"].split()[0]), total)
        stats = dict(line.replace(":", "").split()[:2] for line in self.virsh("nodememstats").splitlines())
        self.assertEqual(int(stats["total"]), int(re.search(r"MemTotal: *(\d+)", memory)[1]))
        self.assertGreater(int(stats["free"]), 0)
        times = Path("/proc/stat").read_text().split("\n", 1)[0].split()
        user = int(re.search(r"user: *(\d+)", self.virsh("nodecpustats"))[1])
        ticks = (int(times[1]) + int(times[2])) / os.sysconf("SC_CLK_TCK")
        self.assertLess(abs(user / 1e9 - ticks), 60)
        self.assertRegex(self.virsh("freecell", "--all"), r"(?m)^ *Total: *\d+ KiB")

    def test_processor_models(self) -> None:
        self.assertGreater(len(self.virsh("cpu-models", "x86_64").splitlines()), 50)
        self.assertIn("ia64", self.virsh("cpu-models", "ia64", good=False))  # no QEMU is one
        cpu = re.search(r"(?s)<cpu>.*?</cpu>", self.virsh("capabilities"))[0]
        self.assertIn("<model>", cpu)
        if "<vendor>AMD" in cpu:
            self.assertNotRegex(cpu, r"<model>(.*well|Sky|.*lake|.*Bridge|Nehalem|Westmere|Penryn|Conroe)")
        path = self.root / "cpu.xml"
        path.write_text(cpu)
        self.assertIn("identical", self.virsh("cpu-compare", str(path)))
        common = self.virsh("cpu-baseline", str(path))
        path.write_text(common)
        self.assertIn("identical", self.virsh("cpu-compare", str(path)))
        path.write_text("<cpu match='exact'><model>qemu32</model></cpu>")
        self.assertIn("superset", self.virsh("hypervisor-cpu-compare", str(path), "--virttype", "qemu"))
        path.write_text("<cpu><model>Nonesuch</model></cpu>")
        self.assertIn("Nonesuch", self.virsh("cpu-compare", str(path), good=False))
        path.write_text("<cpu match='exact'><model>qemu32</model><feature name='not-there'/></cpu>")
        self.assertIn("not-there", self.virsh("cpu-compare", str(path), "--error", good=False))

    def test_what_domains_may_have(self) -> None:
        told = self.virsh("domcapabilities", "--virttype", "qemu", "--machine", "pc")
        self.assertRegex(told, r"<machine>pc-i440fx-[0-9.]+</machine>")
        self.assertIn("<value>virtio</value>", told)
        self.assertRegex(told, r"<model usable='unknown'>qemu64</model>")
        self.assertIn("no-such", self.virsh("domcapabilities", "--machine", "no-such", good=False))


class Adoption(Guest):
    """Every call is a program of its own: each finds the guests of the one before."""

    def test_same_guest_in_the_next_program(self) -> None:
        self.boot()
        first = self.virsh("dumpxml", "guest")
        self.assertEqual(self.virsh("dumpxml", "guest"), first)
        self.assertEqual(self.virsh("domid", "guest"), "1")
        self.virsh("suspend", "guest")
        self.assertEqual(self.state(), "paused (user)")

    def test_an_end_that_nobody_saw(self) -> None:
        self.boot()
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)
        wait_for("the end of the process", lambda: not self.processes())
        self.assertEqual(self.state(), "shut off (unknown)")
        self.virsh("start", "guest")

    def test_programs_killed_at_any_moment_of_a_start(self) -> None:
        self.define(self.document())
        for moment in range(12):
            with self.subTest(moment=moment):
                starter = subprocess.Popen(
                    [str(SOURCE / "run"), "virsh", "-q", "-c", self.uri, "start", "guest"],
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                time.sleep(0.02 * moment)
                starter.kill()
                starter.wait()
                state = self.state()
                running = state.startswith("running")
                self.assertTrue(running or state.startswith("shut off"), state)
                # None lost, none doubled.
                wait_for("as many guests as are told",
                         lambda: len(self.processes()) == int(running))  # noqa: B023
                if running:
                    self.virsh("destroy", "guest")


class Screen(Guest):
    def test_picture_monitor_and_statistics(self) -> None:
        self.boot(devices="<graphics type='vnc' port='-1'/><video><model type='vga'/></video>"
                          "<memballoon model='virtio'><stats period='1'/></memballoon>")
        picture = self.root / "picture"
        self.virsh("screenshot", "guest", str(picture))
        self.assertEqual(picture.read_bytes()[:2], b"P6")
        self.assertRegex(self.virsh("domdisplay", "guest"), r"^vnc://127\.0\.0\.1:\d+$")
        reply = json.loads(self.virsh("qemu-monitor-command", "guest",
                                      '{"execute":"query-status"}'))
        self.assertEqual(reply["return"]["status"], "running")
        self.assertRegex(self.virsh("qemu-monitor-command", "guest", "--hmp", "info version"),
                         r"^\d+\.\d+")
        stats = self.virsh("domstats", "guest")
        for name in ("state.state=1", "cpu.time=", "balloon.maximum=16384", "vcpu.maximum=1",
                     "block.0.name=hda", "block.0.rd.bytes="):
            self.assertIn(name, stats)
        read = re.search(r"block\.0\.rd\.bytes=(\d+)", stats)
        self.assertIsNotNone(read)
        self.assertGreaterEqual(int(read[1]), 512)
        self.assertIn("actual 16384", self.virsh("dommemstat", "guest"))
        self.virsh("send-key", "guest", "--codeset", "linux", "KEY_A")


if __name__ == "__main__":
    unittest.main()
