# SPDX-License-Identifier: LGPL-2.1-or-later
"""Memory, processors and tuning parameters of domains.

LIVE and CONFIG together change both sides in ours; stock's test driver refuses that.
"""

from __future__ import annotations

import ctypes
from typing import Any

from calls.domain_life import connect, document
from transcript import Library, parameters

NO = ctypes.c_ulong(-1).value


def info(lib: Library, dom: Any) -> None:
    """Writes down memory and processors."""
    raw = (ctypes.c_ulong * 8)()
    if lib.bind("virDomainGetInfo")(dom, raw) == 0:
        lib.write(f"  memory {raw[2]} of {raw[1]}, processors {raw[3] & 0xFFFF}")


def memory(lib: Library) -> None:
    """Memory and most memory, by every flag, on and off."""
    conn, dom = connect(lib)
    two = lib.bind("virDomainDefineXML")(conn, document())
    for one in (dom, two):
        info(lib, one)
        lib.virDomainGetMaxMemory(one)
        lib.virDomainSetMaxMemory(one, 0)
        lib.virDomainSetMaxMemory(one, 8192 * 3)
        for amount in (0, 4096, 8192, 1 << 40):
            lib.virDomainSetMemory(one, amount, note=str(amount))
            info(lib, one)
            for flags in (0, 1, 2, 4, 5, 6, 8, 16):
                lib.virDomainSetMemoryFlags(one, amount, flags, note=f"{amount} flags {flags}")
                info(lib, one)
        lib.virDomainGetMaxMemory(one)
        for period in (-1, 0, 5):
            for flags in (0, 1, 2, 4):
                lib.virDomainSetMemoryStatsPeriod(one, period, flags, note=f"{period} flags {flags}")
    lib.bind("virDomainUndefine")(dom)
    lib.virDomainSetMemoryFlags(dom, 4096, 2, note="transient")


def processors(lib: Library) -> None:
    """Numbers of processors, by every flag, on and off."""
    conn, dom = connect(lib)
    two = lib.bind("virDomainDefineXML")(conn, document())
    for one in (dom, two):
        lib.virDomainGetMaxVcpus(one)
        for flags in range(16):
            lib.virDomainGetVcpusFlags(one, flags, note=f"flags {flags}")
        for count in (0, 1, 2, 3, 40):
            lib.virDomainSetVcpus(one, count, note=str(count))
            info(lib, one)
            for flags in (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 32):
                lib.virDomainSetVcpusFlags(one, count, flags, note=f"{count} flags {flags}")
                info(lib, one)
                lib.write(f"  config {lib.bind('virDomainGetVcpusFlags')(one, 2)} most {lib.bind('virDomainGetVcpusFlags')(one, 6)}")
    lib.virDomainSetVcpus(dom, 1 << 20)
    lib.virDomainSetVcpusFlags(dom, 1 << 16, 0)


def pins(lib: Library) -> None:
    """Which processors of the host may be used."""
    conn, dom = connect(lib)
    two = lib.bind("virDomainDefineXML")(conn, document())
    maps = ctypes.create_string_buffer(16)
    vcpus = (ctypes.c_ulonglong * 12)()
    for one in (dom, two):
        lib.virDomainGetVcpus(one, vcpus, 2, maps, 2)
        lib.write(f"  {maps.raw.hex()} {[vcpus[i] & 0xFFFFFFFF for i in (0, 3)]}")
        lib.virDomainGetVcpus(one, vcpus, 1, None, 0)
        lib.virDomainGetVcpus(one, vcpus, 4, maps, 2)
        lib.virDomainGetVcpus(one, vcpus, 0, maps, 2)
        for vcpu, cpus in ((0, b"\x06\0"), (1, b"\0\xff"), (2, b"\1\0"), (-1 & 0xFFFFFFFF, b"\1\0"), (1, b"\1\0\0\0\0\0\1\1")):
            lib.virDomainPinVcpu(one, vcpu, cpus, len(cpus), note=f"{vcpu} {cpus!r}")
            for flags in (0, 4) if one is dom else (4,):
                lib.virDomainPinVcpuFlags(one, vcpu, cpus, len(cpus), flags, note=f"{vcpu} {cpus!r} flags {flags}")
        for flags in (0, 1, 2):
            for size in (1, 2, 3):
                maps = ctypes.create_string_buffer(16)
                lib.virDomainGetVcpuPinInfo(one, 2, maps, size, flags, note=f"flags {flags} {size}")
                lib.write(f"  {maps.raw.hex()}")
                maps = ctypes.create_string_buffer(16)
                lib.virDomainGetEmulatorPinInfo(one, maps, size, flags, note=f"flags {flags} {size}")
                lib.write(f"  {maps.raw.hex()}")
            lib.virDomainPinEmulator(one, b"\x0c\0", 2, flags, note=f"flags {flags}")
            lib.virDomainPinEmulator(one, b"\0\0", 2, flags, note=f"none, flags {flags}")


def threads(lib: Library) -> None:
    """I/O threads."""
    conn, dom = connect(lib)
    two = lib.bind("virDomainDefineXML")(conn, document(inside="<iothreads>2</iothreads>"))
    for one in (dom, two):
        for flags in (0, 1, 2, 4):
            array = ctypes.c_void_p()
            lib.virDomainGetIOThreadInfo(one, ctypes.byref(array), flags, note=f"flags {flags}")
            for number in (0, 1, 4):
                lib.virDomainAddIOThread(one, number, flags, note=f"{number} flags {flags}")
            lib.virDomainPinIOThread(one, 1, b"\3\0", 2, flags, note=f"flags {flags}")
            lib.virDomainPinIOThread(one, 9, b"\3\0", 2, flags, note=f"9 flags {flags}")
            lib.virDomainPinIOThread(one, 1, b"\0\0", 2, flags, note=f"none flags {flags}")
            if flags != 2:
                lib.virDomainSetIOThreadParams(one, 4, parameters(("poll_max_ns", 4, 1)), 1, flags, note=f"4 flags {flags}")
                lib.virDomainSetIOThreadParams(one, 4, parameters(("zz", 4, 1)), 1, flags, note=f"zz flags {flags}")
            for number in (0, 4, 9):
                lib.virDomainDelIOThread(one, number, flags, note=f"{number} flags {flags}")


def scheduler(lib: Library) -> None:
    """Scheduler: kind and parameters."""
    conn, dom = connect(lib)
    two = lib.bind("virDomainDefineXML")(conn, document())
    for one in (dom, two):
        count = ctypes.c_int(-1)
        lib.virDomainGetSchedulerType(one, ctypes.byref(count))
        lib.write(f"  {count.value}")
        lib.virDomainGetSchedulerType(one, None)
        lib.virDomainGetSchedulerParameters(one, (ctypes.c_char * 4096)(), ctypes.byref(ctypes.c_int(0)))
        for given in ((("weight", 2, 60),), (("weight", 1, 60),), (("zz", 2, 1),), (("weight", 2, 1), ("weight", 2, 2)), (("weight", 2, 0),)):
            lib.virDomainSetSchedulerParameters(one, parameters(*given), len(given), note=str(given))
            for flags in (0, 4):
                lib.virDomainSetSchedulerParametersFlags(one, parameters(*given), len(given), flags, note=f"{given} flags {flags}")


SETS: dict[str, tuple[tuple[Any, ...], ...]] = {
    "Blkio": (("weight", 2, 500), ("weight", 2, 5), ("weight", 2, 5000), ("device_weight", 7, "/dev/sda,300"), ("device_weight", 7, "x"),
              ("device_read_iops_sec", 7, "/dev/sda,10"), ("device_write_bytes_sec", 7, "/dev/sda,99"), ("zz", 2, 1), ("weight", 7, "a")),
    "Memory": (("hard_limit", 4, 4096), ("soft_limit", 4, 2048), ("swap_hard_limit", 4, 8192), ("swap_hard_limit", 4, 1), ("min_guarantee", 4, 7),
               ("hard_limit", 4, 9007199254740991), ("hard_limit", 2, 1), ("zz", 4, 1)),
    "Numa": (("numa_mode", 1, 1), ("numa_nodeset", 7, "0-1"), ("numa_nodeset", 7, "x"), ("numa_nodeset", 7, "9"), ("numa_mode", 1, 9), ("zz", 1, 1)),
}


def tuning(lib: Library) -> None:
    """Parameters of blkio, memory and NUMA."""
    conn, dom = connect(lib)
    two = lib.bind("virDomainDefineXML")(conn, document())
    for one in (dom, two):
        for name, entries in SETS.items():
            for flags in (0, 1, 2, 4):
                lib.fill(f"virDomainGet{name}Parameters", one, flags=(flags,), note=f"flags {flags}")
            for entry in entries:
                for flags in (0, 1, 2, 4):
                    lib.call(f"virDomainSet{name}Parameters", one, parameters(entry), 1, flags, note=f"{entry} flags {flags}")
                lib.fill(f"virDomainGet{name}Parameters", one, note="now")
                lib.fill(f"virDomainGet{name}Parameters", one, flags=(2,), note="config")


SCENARIOS = [memory, processors, pins, threads, scheduler, tuning]
