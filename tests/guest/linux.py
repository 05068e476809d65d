#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A small Linux guest made of Debian's packages alone: the cloud kernel, busybox, the guest agent.

The packages are fetched by name and unpacked, not installed. The guest says LINUX-READY on its serial port, then
a number every second, runs every line that it reads there, and ends when somebody presses its power button.
"""

from __future__ import annotations

import fcntl
import gzip
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

READY = b"LINUX-READY"

#: Modules of the guest, without those that they need.
MODULES = ("virtio_pci", "virtio_net", "virtio_blk", "virtio_balloon", "virtio_console", "virtio_scsi",
           "virtio-rng", "button", "evdev", "ata_piix", "sd_mod", "sr_mod", "isofs")

INIT = r"""#!/bin/sh
export PATH=/bin:/sbin
mount -t proc none /proc; mount -t sysfs none /sys; mount -t devtmpfs none /dev
exec </dev/ttyS0 >/dev/ttyS0 2>&1
stty -F /dev/ttyS0 -echo -opost
for module in /modules/*.ko; do insmod $module 2>/dev/null; done
ip link set lo up
watch() {
  while sleep 1; do
    for cpu in /sys/devices/system/cpu/cpu[1-9]*; do
      [ -e $cpu/online ] && [ "$(cat $cpu/online)" = 0 ] && [ ! -e /off ] && echo 1 >$cpu/online
    done
    for card in /sys/class/net/eth*; do
      [ -e $card ] || continue
      name=${card##*/}
      [ -e /up.$name ] || { : >/up.$name; ip link set $name up; udhcpc -i $name -s /dhcp -q -b >/dev/null 2>&1 & }
    done
  done
}
watch &
acpid -d -c /etc/acpi >/dev/null 2>&1 </dev/null &
(count=0; while :; do echo "beat $count"; count=$((count + 1)); sleep 1; done) &
mkdir -p /dev/virtio-ports /var/run
for port in /sys/class/virtio-ports/*; do
  [ -e $port ] && ln -s /dev/${port##*/} "/dev/virtio-ports/$(cat $port/name)"
done
if [ -e /sbin/qemu-ga ] && [ -e /dev/virtio-ports/org.qemu.guest_agent.0 ]; then
  qemu-ga -m virtio-serial -p /dev/virtio-ports/org.qemu.guest_agent.0 -t /var/run >/dev/null 2>&1 &
fi
echo LINUX-READY
while :; do
  if IFS= read -r line; then eval "$line"; else sleep 1; fi
done
"""

DHCP = r"""#!/bin/sh
[ "$1" = bound ] && ip addr add $ip/${mask:-24} dev $interface && echo "address $interface $ip" >/dev/ttyS0
exit 0
"""

BUTTON = "#!/bin/sh\necho button >/dev/ttyS0; poweroff -f\n"
SHUTDOWN = "#!/bin/sh\necho \"shutdown $*\" >/dev/ttyS0; poweroff -f\n"


class Unavailable(Exception):
    """A package can't be had here; the text says why."""


@dataclass(frozen=True)
class Guest:
    kernel: Path
    initrd: Path


def unpack(package: str, cache: Path) -> Path:
    """The files of a package, in a folder of the cache."""
    folder = cache / package
    if (folder / ".complete").exists():
        return folder
    done = subprocess.run(["apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download", package], cwd=cache,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True)
    files = sorted(cache.glob(f"{package}_*.deb"))
    if done.returncode or not files:
        raise Unavailable(f"package {package} can't be fetched: {done.stderr.strip()[:200]}")
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(["dpkg", "-x", str(files[-1]), str(folder)], check=True)
    (folder / ".complete").touch()
    return folder


def kernel_package() -> str:
    """The package with the kernel that the one without a version stands for."""
    told = subprocess.run(["apt-cache", "depends", "linux-image-cloud-amd64"], capture_output=True,
                          text=True).stdout
    found = re.search(r"Depends: (linux-image-\S+)", told)
    if not found:
        raise Unavailable("the lists of packages do not know linux-image-cloud-amd64")
    return found[1]


def needs(module: Path) -> list[str]:
    """The names of the modules that one says it needs."""
    found = re.search(rb"\0depends=([^\0]*)\0", module.read_bytes())
    return [name for name in found[1].decode().split(",") if name] if found else []


def modules(folder: Path) -> list[Path]:
    """The guest's modules in an order in which they can be loaded."""
    known = {path.stem.replace("-", "_"): path for path in folder.rglob("*.ko")}
    order: list[Path] = []

    def add(name: str) -> None:
        path = known.get(name.replace("-", "_"))
        if path is None or path in order:
            return  # part of the kernel, or there already
        for other in needs(path):
            add(other)
        order.append(path)

    for name in MODULES:
        add(name)
    return order


class Archive:
    """An initial file system in the format of cpio that kernels read."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.seen: set[str] = set()

    def entry(self, name: str, mode: int, content: bytes) -> None:
        numbers = (len(self.seen) + 1, mode, 0, 0, 1, 0, len(content), 0, 0, 0, 0, len(name) + 1, 0)
        self.data += b"070701" + b"".join(b"%08X" % number for number in numbers)
        self.data += name.encode() + b"\0"
        self.data += bytes(-len(self.data) % 4)
        self.data += content
        self.data += bytes(-len(self.data) % 4)

    def folder(self, name: str) -> None:
        if name in ("", "."):
            return
        self.folder(os.path.dirname(name))
        if name not in self.seen:
            self.seen.add(name)
            self.entry(name, 0o040755, b"")

    def file(self, name: str, content: bytes, mode: int = 0o755) -> None:
        self.folder(os.path.dirname(name))
        self.seen.add(name)
        self.entry(name, 0o100000 | mode, content)

    def link(self, name: str, to: str) -> None:
        self.folder(os.path.dirname(name))
        self.seen.add(name)
        self.entry(name, 0o120777, to.encode())

    def packed(self) -> bytes:
        self.entry("TRAILER!!!", 0, b"")
        return gzip.compress(bytes(self.data), 6, mtime=0)


def add_agent(archive: Archive, package: Path) -> None:
    """The agent and the libraries that it is linked with, those of this machine."""
    program = package / "usr/sbin/qemu-ga"
    archive.file("sbin/qemu-ga", program.read_bytes())
    told = subprocess.run(["ldd", str(program)], capture_output=True, text=True, check=True).stdout
    if "not found" in told:
        raise Unavailable(f"libraries of the guest agent are missing: {told}")
    for name in re.findall(r"(/\S+)", told):
        archive.file(name.lstrip("/"), Path(name).resolve().read_bytes())


def build(cache: Path) -> Guest:
    """The guest, made once in a folder; Unavailable where its packages are not."""
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        guest = Guest(cache / "vmlinuz", cache / "initrd.gz")
        if not guest.initrd.exists():
            make(guest, cache)
        return guest


def make(guest: Guest, cache: Path) -> None:
    kernel, busybox = unpack(kernel_package(), cache), unpack("busybox-static", cache)
    agent = unpack("qemu-guest-agent", cache)
    archive = Archive()
    for name in ("dev", "proc", "sys", "tmp", "mnt", "var/run", "var/lib", "run"):
        archive.folder(name)
    program = busybox / "bin/busybox"
    archive.file("bin/busybox", program.read_bytes())
    for name in subprocess.run([str(program), "--list"], capture_output=True, text=True, check=True).stdout.split():
        if name != "busybox":
            archive.link(f"bin/{name}", "busybox")
    for number, module in enumerate(modules(kernel / "lib/modules")):
        archive.file(f"modules/{number:03}-{module.name}", module.read_bytes(), 0o644)
    archive.file("init", INIT.encode())
    archive.file("dhcp", DHCP.encode())
    archive.file("etc/acpi/PWRF/00000080", BUTTON.encode())
    archive.file("sbin/shutdown", SHUTDOWN.encode())
    add_agent(archive, agent)
    shutil.copyfile(next((kernel / "boot").glob("vmlinuz-*")), guest.kernel)
    part = guest.initrd.with_suffix(f".{os.getpid()}")
    part.write_bytes(archive.packed())
    part.rename(guest.initrd)


if __name__ == "__main__":
    print(build(Path(sys.argv[1])))
