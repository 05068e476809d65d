#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every command of virsh that can answer in JSON does: each answer is parsed, says what it should, and says
the same as the text: each value stands in the text, each cell of a table in its row, as many rows as lines.

VIRSH: the program (default: virsh in the build directory). Prints TAP.
"""

from __future__ import annotations

import json
import os
import re
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
GRAPHICS = "create graphics.xml"
FILTER = "nwfilter-define filter.xml"
SECRET_ID = "55555555-2222-3333-4444-555555555555"
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
    "blockjob": ("blockpull test vda 1", "test vda --raw", has("type", "cur", "end")),
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
    "cpu-models": ("", "x86_64", rows("name", "qemu64")),
    "domblkerror": ("", "test", anything),
    "domcontrol": ("", "test", has("state")),
    "domdisplay": (GRAPHICS, "d2", rows("uri", "vnc://127.0.0.1:1")),
    "vncdisplay": (GRAPHICS, "d2", has("display")),
    "domhostname": ("", "test", has("hostname")),
    "domif-getlink": ("", "test testnet0", has("link")),
    "domifaddr": ("", "test --full", rows("interface", "testnet0")),
    "domstate": ("", "test --reason", has("state", "reason")),
    "domtime": ("", "test", has("seconds", "nanoseconds")),
    "emulatorpin": ("emulatorpin test 0-1", "test", has("affinity")),
    "freecell": ("", "--all", has("cell", "free")),
    "hostname": ("", "", has("hostname")),
    "maxvcpus": ("", "", has("count")),
    "nodecpumap": ("", "--pretty", has("present", "online", "map")),
    "nodecpustats": ("", "", has("user", "system", "idle")),
    "nodememstats": ("", "", has("total", "free")),
    "nodesevinfo": ("", "", has("pdh", "cert-chain", "max-guests")),
    "schedinfo": ("", "test", has("scheduler", "weight")),
    "snapshot-parent": (f"{SNAPSHOT}; snapshot-create-as test s2", "test s2", has("name")),
    "checkpoint-parent": (f"{CHECKPOINT}; checkpoint-create-as test c2", "test c2", has("name")),
    "snapshot-current": (SNAPSHOT, "test --name", has("name")),
    "uri": ("", "", has("uri")),
    "desc": ("desc test some words", "test", has("text")),
    "net-desc": ("net-desc default some words", "default", has("text")),
    "secret-get-value": (f"secret-define secret.xml; secret-set-value {SECRET_ID} --file value", SECRET_ID,
                         lambda found: found == {"value": "aGVsbG8="}),
    "cpu-compare": ("", "cpu.xml", has("result")),
    "hypervisor-cpu-compare": ("", "cpu.xml", has("result")),
    "nwfilter-list": (FILTER, "", rows("name", "f1")),
    "nwfilter-binding-list": (f"{FILTER}; nwfilter-binding-create binding.xml", "", rows("port", "vnet0")),
    "nodedev-list": ("", "", rows("name", "computer")),
    "nodedev-info": ("", "scsi_host1", has("name", "parent", "active")),
    "vcpucount": ("", "test", rows("number", "maximum")),
    "vcpuinfo": ("", "test --pretty", rows("state", "running")),
    "vcpupin": ("vcpupin test 1 0-2", "test", rows("affinity", "0-2")),
    "version": ("", "--daemon", has("library", "daemon")),
    # One event each, which the clock of the host brings.
    "event": ("dompmsuspend test mem --duration 1", "--event pm-wakeup --timeout 10", anything),
}

# Members that the text of a command does not show, and why.
JSON_ONLY: dict[tuple[str, str], str] = {
    ("snapshot-list", "parent"): "in the text with --parent only",
    ("checkpoint-list", "parent"): "in the text with --parent only",
    ("nodedev-list", "parent"): "in the text as a tree only",
    ("hypervisor-cpu-models", "usable"): "the text leaves out those that are not",
    ("version", "type"): "in front of a number in the text",
    ("domtime", "nanoseconds"): "the text counts seconds",
    ("domif-getlink", "link"): "behind the name in the text",
}
UNLIMITED = 9007199254740991
# Values that are another moment later: a number is enough.
MOVING = re.compile(r"cpu.?time|cpu\..*|cur|vcpu_time|seconds|user|system|idle|last_update|.*times?|.*operations|balloon.*|vcpu\.\d.*|rss|.*_?(bytes|packets|req)"
                    r"|unused|usable|available|actual|net\..*|block\..*|dirtyrate.*|.*fault|swap.*|.*caches")
WORDS = {True: ("yes", "enable", "enabled", "active"), False: ("no", "disable", "disabled", "inactive")}

# What the test hypervisor has no such objects for, or a guest that nobody protects.
WITHOUT = {
    "domlaunchsecinfo": "the guest has no protection to tell of",
    "migrate-getmaxdowntime": "nothing is migrated here",
    "migrate-compcache": "nothing is migrated here",
    "migrate-getspeed": "nothing is migrated here",
    "ttyconsole": "the consoles of the model are streams, not terminals",
    "nodedev-event": "nothing happens to node devices by itself",
    "qemu-monitor-event": "no QEMU here, whose monitor could tell of something",
    "net-event": "nothing happens to networks by itself",
    "pool-event": "nothing happens to pools by itself",
    "secret-event": "nothing happens to secrets by itself",
}

SECRET = f"<secret ephemeral='no' private='no'><uuid>{SECRET_ID}</uuid><usage type='volume'><volume>/x</volume></usage></secret>"

BINDING = ("<filterbinding><owner><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid></owner>"
           "<portdev name='vnet0'/><mac address='52:54:00:7b:35:93'/><filterref filter='f1'/></filterbinding>")
DOMAIN_WITH_SCREEN = (
    "<domain type='test'><name>d2</name><memory>8192</memory><os><type>hvm</type></os><devices>"
    "<console type='pty'/><graphics type='vnc' port='5901' listen='127.0.0.1'/></devices></domain>")


def virsh(folder: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([VIRSH, *arguments], cwd=folder, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, timeout=30, check=False)


def speaking(folder: str, names: list[str]) -> list[str]:
    """Those of the commands that have an option for it; one run of virsh tells of all."""
    pages = virsh(folder, "; ".join(f"help {name}" for name in names)).stdout.split("  NAME\n")[1:]
    return sorted(page.split()[0] for page in pages if "--output <" in page)


def commands(folder: str) -> list[str]:
    """Names of all commands, as the groups of help print them."""
    lines = virsh(folder, "help").stdout.splitlines()
    return [line.split()[0] for line in lines if line.startswith("    ") and line.split()]


def numbers_in(text: str) -> list[tuple[float, float]]:
    """The numbers of a text and how exact each is; those with a unit of bytes, and of seconds, also in the smallest one."""
    found = []
    for match in re.finditer(r"(?<![\w.])(-?\d+(?:\.(\d+))?)\s?([KMGTP]?i?B\b|seconds\b|s\b)?", text):
        value, step = float(match.group(1)), 0.5001 * 10.0 ** -len(match.group(2) or "") if match.group(2) else 0.0
        found.append((value, step))
        unit = match.group(3) or ""
        scale = 1024 ** "BKMGTP".index(unit[0]) if unit.endswith("B") else 10 ** 9 if unit else 1
        found.append((value * scale, step * scale))
    return found


def says(text: str, key: str, value: Any) -> bool:
    """Whether the value stands in the text, as people read it."""
    words = text.split()
    if value is None or value == "":
        return True
    if isinstance(value, bool):
        return any(word in words for word in WORDS[value]) or str(int(value)) in words
    if isinstance(value, (int, float)):
        room = max(1e9, abs(value)) if MOVING.fullmatch(key) else 0.0
        return (any(abs(one - value) <= max(room, step) for one, step in numbers_in(text))
                or value == UNLIMITED and "unlimited" in words)
    return str(value).lower() in text.lower()


def leaves(found: Any, key: str = "") -> list[tuple[str, Any]]:
    """All values with the key of the member they belong to."""
    if isinstance(found, dict):
        return [leaf for name, value in found.items() for leaf in leaves(value, name)]
    if isinstance(found, list):
        return [leaf for value in found for leaf in leaves(value, key)]
    return [(key, found)]


def table_of(text: str) -> list[list[str]] | None:
    """The cells of a table; None when the text is no table."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or not re.fullmatch("-{8,}", lines[1]):
        return None
    return [re.split(r"\s{2,}", line.strip()) for line in lines[2:]]


def rows_differ(table: list[list[str]], found: list[dict[str, Any]]) -> str:
    """Each row of the table in the object in its place."""
    if len(table) != len(found):
        return f"{len(table)} rows of text, {len(found)} in JSON"
    for cells, row in zip(table, found, strict=True):
        values = [word for value in row.values()
                  for word in (WORDS[value] if isinstance(value, bool) else (str(value),))]
        for cell in cells:
            if cell not in ("-", "N/A", "*") and not any(cell in value or value in cell for value in values):
                return f"'{cell}' of the text is not in {row}"
    return ""


def differ(command: str, text: str, found: Any) -> str:
    """What the text and the JSON do not agree about."""
    for key, value in leaves(found):
        if (command, key) not in JSON_ONLY and not says(text, key, value):
            return f"{key} = {value!r} is not in the text: {text!r}"
    table = table_of(text)
    return rows_differ(table, found) if table is not None and isinstance(found, list) else ""


def answer(folder: str, command: str) -> str:
    """Runs a command as text and as JSON; an empty string, or what is wrong with its answer."""
    before, arguments, check = LINES[command]
    plain = f"{command} {arguments}"
    line = f"{plain} --output json"
    # Events happen once, so their text is not compared.
    both = line if command == "event" else f"{plain}; echo MARK; {line}"
    result = virsh(folder, "-c", "test:///default", f"{before}; echo MARK; {both}" if before else f"echo MARK; {both}")
    pieces = result.stdout.split("MARK")
    try:
        found = json.loads(pieces[-1])
    except json.JSONDecodeError as error:
        return f"{line}: {error}: {pieces[-1]!r} {result.stderr!r}"
    if not check(found):
        return f"{line}: not what was expected: {pieces[-1]!r}"
    wrong = "" if command == "event" else differ(command, pieces[-2], found)
    return f"{line}: {wrong}" if wrong else ""


def main() -> int:
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"secret.xml": SECRET, "graphics.xml": DOMAIN_WITH_SCREEN, "value": "aGVsbG8=",
                           "cpu.xml": "<cpu><arch>x86_64</arch><model>qemu64</model></cpu>",
                           "filter.xml": "<filter name='f1' chain='root'/>", "binding.xml": BINDING}.items():
            (Path(folder) / name).write_text(text)
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
