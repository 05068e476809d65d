#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every command of virsh that can answer in JSON does: each answer is parsed, and says what it should.

VIRSH: the program (default: virsh in the build directory). Prints TAP.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

BUILD = Path(os.environ.get("VIR_BUILD_DIR", "."))
VIRSH = os.environ.get("VIRSH", str(BUILD / "virsh"))
# Before one of these runs, others make what it speaks of.
POOL = "vol-create-as default-pool v1 10M"
CHECKPOINT = "checkpoint-create-as test c1"
SNAPSHOT = "snapshot-create-as test s1"
THROTTLE = "domthrottlegroupset test g1 --total-bytes-sec 1000"
DOMAIN = "test"

Check = Callable[[Any], bool]


def rows(key: str, value: str) -> Check:
    """A list of objects, one of which has this value."""
    return lambda found: any(row.get(key) == value for row in found)


def has(*keys: str) -> Check:
    """An object, or a list that begins with one, with these members."""

    def check(found: Any) -> bool:
        first = found[0] if isinstance(found, list) else found
        return all(key in first for key in keys)

    return check


def anything(found: Any) -> bool:
    return isinstance(found, (dict, list, str))


# command: what is done before, its arguments, what the answer must be.
LINES: dict[str, tuple[str, str, Check]] = {
    "checkpoint-info": (CHECKPOINT, "test c1", has("name")),
    "checkpoint-list": (CHECKPOINT, "test", rows("name", "c1")),
    "blockjob": ("blockpull test vda 1", "test vda", anything),
    "get-user-sshkeys": ("", "test root", anything),
    "guestvcpus": ("", "test", anything),
    "guestinfo": ("", "test", anything),
    "domjobinfo": ("", "test", anything),
    "blkdeviotune": ("", "test vda", anything),
    "blkiotune": ("", "test", anything),
    "domthrottlegroupinfo": (THROTTLE, "test g1", has("total_bytes_sec", "group_name")),
    "domthrottlegrouplist": (THROTTLE, "test", rows("name", "g1")),
    "hypervisor-cpu-models": ("", "", rows("name", "qemu64")),
    "domiftune": ("", "test testnet0", anything),
    "memtune": ("", "test", anything),
    "numatune": ("", "test", anything),
    "perf": ("", "test", anything),
    "cpu-stats": ("", "test", anything),
    "iothreadinfo": ("iothreadadd test 1", "test", anything),
    "domfsinfo": ("", "test", rows("mountpoint", "/")),
    "domid": ("", "test", anything),
    "domname": ("", "1", anything),
    "domuuid": ("", "test", anything),
    "nodeinfo": ("", "", anything),
    "freepages": ("", "--all", anything),
    "node-memory-tune": ("", "", anything),
    "iface-list": ("", "--all", rows("name", "eth1")),
    "iface-mac": ("", "eth1", anything),
    "iface-name": ("", "aa:bb:cc:dd:ee:ff", anything),
    "domblklist": ("", "test", rows("target", "vda")),
    "domblkinfo": ("", "test --all", rows("target", "vda")),
    "domblkstat": ("", "test vda", has("rd_req", "wr_bytes")),
    "domifstat": ("", "test testnet0", has("rx_packets")),
    "dommemstat": ("", "test", has("actual", "rss")),
    "net-dhcp-leases": ("", "default", anything),
    "domiflist": ("", "test", rows("mac", "aa:bb:cc:dd:ee:ff")),
    "dominfo": ("", "test", anything),
    "domstats": ("", "test", anything),
    "list": ("", "--all", rows("name", "test")),
    "net-info": ("", "default", anything),
    "net-list": ("", "--all", rows("name", "default")),
    "net-name": ("", "dd8fe884-6c02-601e-7551-cca97df1c5df", anything),
    "net-uuid": ("", "default", anything),
    "net-port-list": ("", "default", anything),
    "pool-info": ("", "default-pool", anything),
    "pool-list": ("", "--all", rows("name", "default-pool")),
    "pool-name": ("", "dfe224cb-28fb-8dd0-c4b2-64eb3f0f4566", anything),
    "pool-uuid": ("", "default-pool", anything),
    "secret-list": ("secret-define secret.xml", "", anything),
    "snapshot-info": (SNAPSHOT, "test s1", anything),
    "snapshot-list": (SNAPSHOT, "test", rows("name", "s1")),
    "vol-info": (POOL, "v1 default-pool", anything),
    "vol-key": (POOL, "v1 default-pool", anything),
    "vol-list": (POOL, "default-pool", rows("name", "v1")),
    "vol-name": (POOL, "/default-pool/v1", anything),
    "vol-path": (POOL, "v1 default-pool", anything),
    "vol-pool": (POOL, "/default-pool/v1", anything),
    # One event each, which the clock of the host brings.
    "event": ("dompmsuspend test mem --duration 1", "--event pm-wakeup --timeout 10", anything),
}

# What the test hypervisor has no such objects for, or a guest that nobody protects.
WITHOUT = {
    "domlaunchsecinfo": "the guest has no protection to tell of",
    "migrate-getmaxdowntime": "nothing is migrated here",
    "migrate-compcache": "nothing is migrated here",
    "migrate-getspeed": "nothing is migrated here",
    "nwfilter-list": "the test hypervisor has no filters",
    "nwfilter-binding-list": "the test hypervisor has no filters",
    "nodesevinfo": "the model host cannot protect guests",
    "nodedev-list": "the test hypervisor has no node devices",
    "nodedev-info": "the test hypervisor has no node devices",
    "nodedev-event": "the test hypervisor has no node devices",
    "net-event": "nothing happens to networks by itself",
    "pool-event": "nothing happens to pools by itself",
    "secret-event": "nothing happens to secrets by itself",
}

SECRET = "<secret ephemeral='no' private='no'><usage type='volume'><volume>/x</volume></usage></secret>"


def virsh(folder: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([VIRSH, "-q", *arguments], cwd=folder, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, timeout=30, check=False)


def speaking(folder: str, names: list[str]) -> list[str]:
    """Those of the commands that have an option for it; one run of virsh tells of all."""
    pages = virsh(folder, "; ".join(f"help {name}" for name in names)).stdout.split("  NAME\n")[1:]
    return sorted(page.split()[0] for page in pages if "--output <" in page)


def commands(folder: str) -> list[str]:
    """Names of all commands, as the groups of help print them."""
    lines = virsh(folder, "help").stdout.splitlines()
    return [line.split()[0] for line in lines if line.startswith("    ") and line.split()]


def answer(folder: str, command: str) -> str:
    """Runs a command as JSON; an empty string, or what is wrong with its answer."""
    before, arguments, check = LINES[command]
    line = f"{command} {arguments} --output json"
    # What is said before stands on lines of its own.
    result = virsh(folder, "-c", "test:///default", f"{before}; echo MARK; {line}" if before else line)
    text = result.stdout.rpartition("MARK")[2]
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        return f"{line}: {error}: {text!r} {result.stderr!r}"
    if not check(found):
        return f"{line}: not what was expected: {text!r}"
    return ""


def main() -> int:
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "secret.xml").write_text(SECRET)
        found = speaking(folder, commands(folder))
        print(f"1..{len(found) + 1}")
        known = sorted(LINES.keys() | WITHOUT.keys())
        if found == known:
            print("ok 1 - every command that speaks JSON is asked")
        else:
            failed += 1
            print(f"# differ: {sorted(set(found) ^ set(known))}\nnot ok 1 - every command that speaks JSON is asked")
        for number, command in enumerate(found, 2):
            if command in WITHOUT:
                print(f"ok {number} - {command} # SKIP {WITHOUT[command]}")
                continue
            wrong = answer(folder, command) if command in LINES else "no line for it"
            if wrong:
                failed += 1
                print(f"# {wrong}")
            print(f"{'not ' if wrong else ''}ok {number} - {command}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
