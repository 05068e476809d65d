# SPDX-License-Identifier: LGPL-2.1-or-later
"""Snapshots and checkpoints of domains."""

from __future__ import annotations

import ctypes
import re
from typing import Any

from calls.domain_life import connect, state
from transcript import Library


def names(lib: Library, function: str, of: Any, flags: int) -> None:
    """Writes down the names of a list, sorted: stock's are in no order."""
    array = ctypes.POINTER(ctypes.c_void_p)()
    count = lib.call(function, of, ctypes.byref(array), flags, note=f"flags {flags}")
    kind = "virDomainCheckpoint" if "heckpoint" in function else "virDomainSnapshot"
    if count >= 0:
        lib.write(f"  {sorted(lib.bind(kind + 'GetName')(array[i]).decode() for i in range(count))}")


def snapshots(lib: Library) -> None:
    """Snapshots in every state, their trees, going back, deleting."""
    conn, dom = connect(lib)
    made = {}
    lib.virDomainHasCurrentSnapshot(dom, 0)
    lib.virDomainSnapshotCurrent(dom, 0)
    for name, flags in (("a", 0), ("b", 64), ("b", 0), ("c", 8), ("d", 128), ("e", 0x400), ("f", 3), ("g", 1), ("h", 2)):
        xml = f"<domainsnapshot><name>{name}</name><description>of {name}</description></domainsnapshot>"
        one = lib.virDomainSnapshotCreateXML(dom, xml.encode(), flags, note=f"{name} flags {flags}")
        made.setdefault(name, one)
        state(lib, dom)
    for text in (b"", b"<x/>", None):
        lib.virDomainSnapshotCreateXML(dom, text, 0, note=repr(text))
    text = ctypes.string_at(lib.bind("virDomainSnapshotGetXMLDesc")(made["b"], 0)).decode()
    lib.write(re.sub(r"\d{10}", "TIME", text[: text.index("<domain ")]).replace("\n", "|"))
    for flags in [0, *(1 << bit for bit in range(11)), 6, 12]:
        lib.virDomainSnapshotNum(dom, flags, note=f"flags {flags}")
        lib.virDomainSnapshotNumChildren(made["a"], flags, note=f"flags {flags}")
        names(lib, "virDomainListAllSnapshots", dom, flags)
        names(lib, "virDomainSnapshotListAllChildren", made["a"], flags)
    for name in "abcd":
        lib.virDomainSnapshotGetParent(made[name], 0)
        lib.virDomainSnapshotIsCurrent(made[name], 0)
        lib.virDomainSnapshotHasMetadata(made[name], 0)
    lib.virDomainSnapshotLookupByName(dom, b"a", 0)
    lib.virDomainSnapshotLookupByName(dom, b"zz", 0)
    for name in "adcb":
        # Going back to a domain that was off, stock does not start it although asked to.
        for flags in (0, 4) if name == "d" else (0, 1, 2, 4, 0):
            lib.virDomainRevertToSnapshot(made[name], flags, note=f"{name} flags {flags}")
            now, why = ctypes.c_int(-1), ctypes.c_int(-1)
            lib.virDomainGetState(dom, ctypes.byref(now), ctypes.byref(why), 0)
            lib.write(f"  state {now.value} reason {why.value}")
        lib.virDomainSnapshotIsCurrent(made[name], 0)
    lib.virDomainDestroy(dom)
    lib.virDomainUndefine(dom)
    lib.virDomainSnapshotDelete(made["b"], 0)
    names(lib, "virDomainSnapshotListAllChildren", made["a"], 0)
    lib.virDomainSnapshotIsCurrent(made["a"], 0)
    lib.virDomainSnapshotDelete(made["b"], 0, note="gone")
    lib.virDomainSnapshotDelete(made["a"], 4)
    names(lib, "virDomainListAllSnapshots", dom, 0)
    lib.virDomainSnapshotDelete(made["a"], 1)
    names(lib, "virDomainListAllSnapshots", dom, 0)
    lib.virDomainUndefineFlags(dom, 2)


def checkpoints(lib: Library) -> None:
    """Checkpoints, their trees, deleting."""
    conn, dom = connect(lib)
    made = {}
    for name, flags in (("a", 0), ("b", 0), ("b", 0), ("c", 2), ("d", 1), ("e", 4), ("f", 8)):
        xml = f"<domaincheckpoint><name>{name}</name></domaincheckpoint>"
        one = lib.virDomainCheckpointCreateXML(dom, xml.encode(), flags, note=f"{name} flags {flags}")
        made.setdefault(name, one)
    text = ctypes.string_at(lib.bind("virDomainCheckpointGetXMLDesc")(made["b"], 2)).decode()
    lib.write(re.sub(r"\d{10}", "TIME", text).replace("\n", "|"))
    for flags in range(0, 20):
        names(lib, "virDomainListAllCheckpoints", dom, flags)
        names(lib, "virDomainCheckpointListAllChildren", made["a"], flags)
    for name in "abc":
        lib.virDomainCheckpointGetParent(made[name], 0)
    lib.virDomainCheckpointLookupByName(dom, b"a", 0)
    lib.virDomainCheckpointLookupByName(dom, b"zz", 0)
    lib.virDomainSnapshotCreateXML(dom, b"<domainsnapshot/>", 0, note="beside checkpoints")
    lib.virDomainCheckpointDelete(made["b"], 0)
    names(lib, "virDomainCheckpointListAllChildren", made["a"], 0)
    lib.virDomainCheckpointDelete(made["b"], 0, note="gone")
    lib.virDomainCheckpointDelete(made["a"], 4)
    names(lib, "virDomainListAllCheckpoints", dom, 0)
    lib.virDomainCheckpointDelete(made["a"], 1)
    lib.virDomainSnapshotCreateXML(dom, b"<domainsnapshot/>", 0)
    lib.virDomainCheckpointCreateXML(dom, b"<domaincheckpoint/>", 0, note="beside snapshots")


SCENARIOS = [snapshots, checkpoints]
