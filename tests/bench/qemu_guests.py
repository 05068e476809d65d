#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Measures guests of QEMU through a daemon, by the Python binding of the machine: times on standard output.

    python3 tests/bench/qemu_guests.py URI GUESTS DAEMON-PID [EMULATOR-CACHE]

Runs on whatever library LD_LIBRARY_PATH names; qemu_side_by_side.py runs it on both.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import libvirt

DOCUMENT = """<domain type='qemu'><name>bench{0}</name><memory unit='MiB'>16</memory><vcpu>1</vcpu>
<os><type arch='x86_64' machine='pc'>hvm</type></os><features><acpi/></features>
<devices><emulator>/usr/bin/qemu-system-x86_64</emulator><controller type='usb' model='none'/>
<serial type='null'/><memballoon model='none'/></devices></domain>"""


def memory(pid: int) -> int:
    """KiB of a process that are its own."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    raise AssertionError("the kernel does not say Pss")


def timed(name: str, call: object, *arguments: object) -> object:
    assert callable(call)
    begun = time.perf_counter()
    result = call(*arguments)
    print(f"{name}\t{(time.perf_counter() - begun) * 1000:.3f} ms")
    return result


def main() -> None:
    uri, guests, pid = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    conn = libvirt.open(uri)
    first = timed("first start, empty capability cache", conn.createXML, DOCUMENT.format("first"), 0)
    first.destroy()
    for number in range(5):
        domain = timed("CreateXML", conn.createXML, DOCUMENT.format(number), 0)
        timed("destroy", domain.destroy)
    before = memory(pid)
    domains = [conn.createXML(DOCUMENT.format(number), 0) for number in range(guests)]
    print(f"daemon memory per guest\t{(memory(pid) - before) / guests:.1f} KiB")
    for _ in range(5):
        assert len(timed(f"statistics of {guests} guests", conn.getAllDomainStats)) >= guests
    for domain in domains:
        domain.destroy()


if __name__ == "__main__":
    main()
