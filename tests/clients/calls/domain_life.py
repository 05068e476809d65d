# SPDX-License-Identifier: LGPL-2.1-or-later
"""The life of a domain: definitions, start, end, saved states."""

from __future__ import annotations

import ctypes
import os
from typing import Any

from transcript import URI, Library

UUID = "11111111-2222-3333-4444-555555555555"


def document(name: str = "d2", uuid: str = UUID, inside: str = "", kind: str = "test") -> bytes:
    """A small domain document."""
    return (
        f"<domain type='{kind}'><name>{name}</name><uuid>{uuid}</uuid><memory>8192</memory><vcpu>2</vcpu>"
        f"<os><type>hvm</type></os>{inside}</domain>"
    ).encode()


def connect(lib: Library, name: bytes = b"test") -> tuple[Any, Any]:
    """A connection and its domain."""
    conn = lib.bind("virConnectOpen")(URI)
    return conn, lib.bind("virDomainLookupByName")(conn, name)


def state(lib: Library, dom: Any) -> None:
    """Writes down state and reason."""
    now, why = ctypes.c_int(-1), ctypes.c_int(-1)
    lib.virDomainGetState(dom, ctypes.byref(now), ctypes.byref(why), 0)
    lib.write(f"  state {now.value} reason {why.value} id {ctypes.c_int(lib.bind('virDomainGetID')(dom)).value}")


def life(lib: Library) -> None:
    """Running, paused and off, and every call in the wrong state."""
    _, dom = connect(lib)
    state(lib, dom)
    lib.virDomainResume(dom)
    lib.virDomainSuspend(dom)
    state(lib, dom)
    lib.virDomainSuspend(dom)
    lib.virDomainCreate(dom)
    lib.virDomainReset(dom, 0)
    state(lib, dom)
    lib.virDomainReset(dom, 1)
    lib.virDomainResume(dom)
    state(lib, dom)
    for flags in (0, 1, 2, 3, 16, 32, 64):
        lib.virDomainReboot(dom, flags, note=f"flags {flags}")
        state(lib, dom)
    lib.virDomainShutdown(dom)
    state(lib, dom)
    for name in ("Shutdown", "Suspend", "Resume", "Destroy"):
        lib.call(f"virDomain{name}", dom)
    for name in ("Reboot", "Reset", "ShutdownFlags", "DestroyFlags"):
        lib.call(f"virDomain{name}", dom, 0)
    # Stock starts and ends with no flags; those of ours are tried in tests/drivers.
    for flags in (16, 32, 64, 128):
        lib.virDomainCreateWithFlags(dom, flags, note=f"flags {flags}")
        lib.virDomainDestroyFlags(dom, flags, note=f"flags {flags}")
        state(lib, dom)
    lib.virDomainCreate(dom)
    for flags in (4, 8, 32, 64):
        lib.virDomainShutdownFlags(dom, flags, note=f"flags {flags}")
        state(lib, dom)
    lib.virDomainDestroyFlags(dom, 1)
    state(lib, dom)


def definitions(lib: Library) -> None:
    """Defining, creating, undefining: good and wrong documents and flags."""
    conn, dom = connect(lib)
    lib.virDomainDefineXML(conn, None, note="NULL")
    for text in (b"", b"vda", b"<network/>", b"<domain/>", b"<domain type='test'><name>x</name></domain>"):
        lib.virDomainDefineXML(conn, text, note=text.decode())
        lib.virDomainCreateXML(conn, text, 0, note=text.decode())
    lib.virDomainDefineXML(conn, document(kind="kvm"), note="kvm")
    lib.virDomainDefineXML(conn, document(name="test"), note="name taken")
    lib.virDomainDefineXML(conn, document(uuid="6695eb01-f6a4-8304-79aa-97f2502e193f"), note="uuid taken")
    for flags in (1, 2, 4):
        lib.virDomainDefineXMLFlags(conn, document(), flags, note=f"flags {flags}")
    lib.virDomainDefineXMLFlags(conn, document(inside="<zz/>"), 0, note="unknown element")
    lib.virDomainDefineXMLFlags(conn, document(inside="<zz/>"), 1, note="unknown element, validate")
    two = lib.virDomainDefineXML(conn, document(inside="<title>x</title>"), note="again")
    state(lib, two)
    for flags in (0, 1, 2, 128, 256):
        lib.virDomainUndefineFlags(two, flags, note=f"flags {flags}")
        lib.bind("virDomainDefineXML")(conn, document())
    lib.virDomainUndefine(two)
    lib.virDomainUndefine(two, note="gone")
    for name in ("Create", "Suspend", "Resume", "Shutdown", "Destroy", "IsActive", "IsPersistent"):
        lib.call(f"virDomain{name}", two, note="gone")
    for flags in (0, 4, 16, 32, 64):
        made = lib.virDomainCreateXML(conn, document(), flags, note=f"flags {flags}")
        if made:
            state(lib, made)
            lib.virDomainCreateXML(conn, document(), flags, note="again")
            lib.virDomainDestroy(made)
    lib.virDomainCreateXMLWithFiles(conn, document(), 0, None, 0)
    lib.virDomainCreateWithFiles(dom, 0, None, 0)
    lib.virDomainUndefine(dom)
    state(lib, dom)
    lib.virDomainIsPersistent(dom)
    lib.virDomainDefineXML(conn, document(name="test", uuid="6695eb01-f6a4-8304-79aa-97f2502e193f"))
    lib.virDomainIsPersistent(dom)


def lookups(lib: Library) -> None:
    """Finding domains, and lists with every filter."""
    conn, dom = connect(lib)
    lib.virDomainLookupByName(conn, b"zz")
    lib.virDomainLookupByName(conn, None)
    lib.virDomainLookupByName(conn, b"")
    lib.virDomainLookupByID(conn, 1)
    lib.virDomainLookupByID(conn, 77)
    lib.virDomainLookupByID(conn, -1)
    lib.virDomainLookupByUUIDString(conn, b"6695eb01-f6a4-8304-79aa-97f2502e193f")
    lib.virDomainLookupByUUIDString(conn, UUID.encode())
    lib.virDomainLookupByUUIDString(conn, b"zz")
    lib.virDomainDefineXML(conn, document())
    three = lib.virDomainCreateXML(conn, document("d3", UUID.replace("1", "3")), 0)
    lib.virDomainSetAutostart(dom, 1)
    for flags in [0, *(1 << bit for bit in range(16)), 3, 5, 9, 17, 65, 0x3FF]:
        lib.virConnectListAllDomains(conn, None, flags, note=f"flags {flags}")
    lib.virConnectNumOfDomains(conn)
    lib.virConnectNumOfDefinedDomains(conn)
    lib.virConnectListDomains(conn, (ctypes.c_int * 9)(), 9)
    lib.virConnectListDomains(conn, (ctypes.c_int * 9)(), 1)
    lib.virConnectListDomains(conn, (ctypes.c_int * 9)(), -1)
    lib.virConnectListDefinedDomains(conn, (ctypes.c_void_p * 9)(), 9)
    lib.virConnectListDefinedDomains(conn, (ctypes.c_void_p * 9)(), 0)
    for one in (dom, three):
        lib.virDomainGetMaxVcpus(one)
        lib.virDomainIsActive(one)
        lib.virDomainIsPersistent(one)
        value = ctypes.c_int(-1)
        lib.virDomainGetAutostart(one, ctypes.byref(value))
        lib.write(f"  autostart {value.value}")
    lib.virDomainGetAutostart(dom, None)


def renames(lib: Library) -> None:
    """New names, good and bad."""
    conn, dom = connect(lib)
    lib.virDomainRename(dom, b"new", 0, note="running")
    two = lib.virDomainDefineXML(conn, document())
    lib.virDomainRename(two, b"d3", 1, note="flags")
    lib.virDomainRename(two, None, 0)
    for name in (b"", b"d2", b"test", b"a/b", b" ", b"d3"):
        lib.virDomainRename(two, name, 0, note=repr(name))
    lib.virDomainGetName(two)
    lib.virDomainLookupByName(conn, b"d3")
    lib.virDomainLookupByName(conn, b"d2")
    lib.virDomainCreate(two)
    lib.virDomainSuspend(two)
    lib.virDomainRename(two, b"d4", 0)
    three = lib.virDomainCreateXML(conn, document("d3x", UUID.replace("1", "3")), 0)
    lib.virDomainRename(three, b"d4", 0, note="transient")


def saved(lib: Library) -> None:
    """Images of domains: save, look, change, restore; managed ones too."""
    conn, dom = connect(lib)
    text = ctypes.string_at(lib.bind("virDomainGetXMLDesc")(dom, 0))
    lib.virDomainSave(dom, None)
    lib.virDomainSave(dom, b"/nonexistent/image")
    for flags in (6, 8, 16):
        lib.virDomainSaveFlags(dom, b"image", None, flags, note=f"flags {flags}")
        state(lib, dom)
    lib.virDomainSave(dom, b"image")
    state(lib, dom)
    lib.write(f"  image {os.path.exists('image')}")
    lib.virDomainSave(dom, b"image", note="off")
    lib.virDomainRestore(conn, b"image")
    state(lib, dom)
    lib.virDomainRestore(conn, b"image", note="running")
    lib.virDomainRestore(conn, None)
    lib.virDomainRestore(conn, b"/nonexistent")
    with open("short", "wb") as file:
        file.write(b"zz")
    with open("wrong", "wb") as file:
        file.write(b"z" * 4096)
    for path in (b"short", b"wrong", b"image", b"/nonexistent"):
        lib.bind("virDomainSaveImageGetXMLDesc")(conn, path, 0)
        lib.write(f"  {path!r}: {lib.error()}")
        lib.virDomainSaveImageDefineXML(conn, path, text, 0, note=path.decode())
        if path != b"image":
            lib.virDomainRestore(conn, path, note=path.decode())
    for flags in (1, 2, 4, 8):
        seen = lib.bind("virDomainSaveImageGetXMLDesc")(conn, b"image", flags)
        lib.write(f"  flags {flags}: {bool(seen)} {lib.error()}")
        lib.virDomainSaveImageDefineXML(conn, b"image", text, flags, note=f"flags {flags}")


def managed(lib: Library) -> None:
    """Managed saved states."""
    conn, dom = connect(lib)
    lib.virDomainHasManagedSaveImage(dom, 0)
    lib.virDomainHasManagedSaveImage(dom, 1)
    lib.virDomainManagedSaveRemove(dom, 0)
    lib.virDomainManagedSaveRemove(dom, 1)
    for flags in (0, 1, 2, 6, 8):
        lib.virDomainManagedSave(dom, flags, note=f"flags {flags}")
        state(lib, dom)
        lib.virDomainHasManagedSaveImage(dom, 0)
        lib.virDomainManagedSave(dom, flags, note="off")
        lib.virConnectListAllDomains(conn, None, 1 << 8)
        lib.virDomainCreate(dom)
        lib.virDomainHasManagedSaveImage(dom, 0)
    lib.virDomainManagedSave(dom, 0)
    lib.virDomainUndefine(dom)
    lib.virDomainUndefineFlags(dom, 1)
    three = lib.virDomainCreateXML(conn, document("d3", UUID.replace("1", "3")), 0)
    lib.virDomainManagedSave(three, 0, note="transient")
    state(lib, three)
    lib.virDomainSave(three, b"image", note="transient")
    lib.virDomainGetInfo(three, ctypes.create_string_buffer(64))
    lib.virDomainRestore(conn, b"image")
    lib.virDomainLookupByName(conn, b"d3")


def dumps(lib: Library) -> None:
    """Core dumps."""
    conn, dom = connect(lib)
    lib.virDomainCoreDump(dom, b"/nonexistent/x", 0)
    lib.virDomainCoreDump(dom, None, 0)
    for flags in (0, 1, 16, 32, 3, 9, 17):
        lib.virDomainCoreDump(dom, b"core", flags, note=f"flags {flags}")
        state(lib, dom)
        if not lib.bind("virDomainIsActive")(dom):
            lib.bind("virDomainCreate")(dom)
        lib.bind("virDomainResume")(dom)
    for kind in range(8):
        lib.virDomainCoreDumpWithFormat(dom, b"core", kind, 0, note=f"format {kind}")
    lib.virDomainSuspend(dom)
    lib.virDomainCoreDump(dom, b"core", 0, note="paused")
    state(lib, dom)
    lib.virDomainDestroy(dom)
    lib.virDomainCoreDump(dom, b"core", 0, note="off")


SCENARIOS = [life, definitions, lookups, renames, saved, managed, dumps]
DIFFERENT = {
    # Stock calls a guest that goes on with its saved state freshly booted.
    ("managed", "  state 1 reason 1 id 4"): "  state 1 reason 3 id 4",
}
