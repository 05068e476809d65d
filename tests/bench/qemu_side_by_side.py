#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Measures guests of QEMU through this daemon and through an installed stock one, in turns, and bare QEMU.

    python3 tests/bench/qemu_side_by_side.py [ROUNDS [GUESTS]]

Each daemon has folders of its own in a mount namespace, so it needs root. Both run QEMU as root, without mount
namespaces of guests; the rest is each one's default.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "daemon"))

import lab  # noqa: E402
import namespace  # noqa: E402

Figures = dict[str, list[float]]
SETTINGS = 'user = "root"\ngroup = "root"\nsecurity_driver = "none"\nnamespaces = []\nstdio_handler = "file"\n'
STOCK_FOLDERS = ("/run/libvirt", "/etc/libvirt", "/var/lib/libvirt", "/var/cache/libvirt", "/var/log/libvirt")


def bare(figures: Figures) -> None:
    """QEMU alone, with the command line of such a guest."""
    folder = Path(tempfile.mkdtemp(prefix="virbare"))
    path = folder / "monitor"
    begun = time.perf_counter()
    process = subprocess.Popen(
        ["/usr/bin/qemu-system-x86_64", "-accel", "tcg", "-machine", "pc,usb=off", "-m", "16", "-nodefaults",
         "-display", "none", "-S", "-qmp", f"unix:{path},server=on,wait=off"], stdin=subprocess.DEVNULL)
    while True:
        try:
            monitor = socket.socket(socket.AF_UNIX)
            monitor.connect(str(path))
            break
        except OSError:
            time.sleep(0.001)
    stream = monitor.makefile("rw")
    stream.readline()
    for command in ("qmp_capabilities", "cont"):
        stream.write(json.dumps({"execute": command}))
        stream.flush()
        while "return" not in json.loads(stream.readline()):
            continue
    figures.setdefault("CreateXML (ms)", []).append((time.perf_counter() - begun) * 1000)
    begun = time.perf_counter()
    process.kill()
    process.wait()
    figures.setdefault("destroy (ms)", []).append((time.perf_counter() - begun) * 1000)
    shutil.rmtree(folder)


def measure(daemon: list[str], environment: dict[str, str], guests: int, figures: Figures) -> None:
    """A daemon from its start to its end, with nothing in its cache."""
    folder = Path(tempfile.mkdtemp(prefix="virbench"))
    config = folder / "libvirtd.conf"
    config.write_text(f'unix_sock_dir = "{folder}"\nauth_unix_rw = "none"\n',
                      encoding="utf-8")
    process = subprocess.Popen([*daemon, "--config", str(config), "--pid-file", str(folder / "pid")],
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               env=environment)
    try:
        until = time.monotonic() + 30
        while not (folder / "libvirt-sock").exists() and time.monotonic() < until:
            time.sleep(0.02)
        output = subprocess.run(
            ["/usr/bin/python3", str(ROOT / "tests/bench/qemu_guests.py"),
             f"qemu+unix:///system?socket={folder}/libvirt-sock", str(guests), str(process.pid)],
            env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()
        shutil.rmtree(folder)
    for line in output.splitlines():
        name, _, value = line.partition("\t")
        number, unit = value.split()
        figures.setdefault(f"{name} ({unit})", []).append(float(number))


def stock_command() -> list[str]:
    script = "".join(f"mkdir -p {one}; mount -t tmpfs none {one}; " for one in STOCK_FOLDERS)
    script += f"printf '%s' '{SETTINGS}' > /etc/libvirt/qemu.conf; exec \"$@\""
    return ["unshare", "-m", "--propagation", "private", "sh", "-ec", script, "sh", "/usr/sbin/libvirtd"]


def our_command() -> list[str]:
    script = f"printf '%s' '{SETTINGS}' > {namespace.folders()[0]}/qemu.conf; exec \"$@\""
    return namespace.apart(["sh", "-ec", script, "sh", *lab.ours(str(lab.BUILD / "libvirtd"))])


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    guests = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    alone: Figures = {}
    theirs: Figures = {}
    mine: Figures = {}
    ours = {**os.environ, "LD_LIBRARY_PATH": str(lab.BUILD / ".libs"),
            "LIBVIRT_DRIVER_DIR": str(lab.BUILD / ".libs"), "LIBVIRT_MODULE_DIR": str(lab.BUILD / ".libs")}
    for _ in range(rounds):
        for _ in range(5):
            bare(alone)
        measure(stock_command(), lab.PLAIN, guests, theirs)
        measure(our_command(), ours, guests, mine)
    print("| what | bare QEMU | stock | here |\n|---|---|---|---|")
    for name in theirs:
        first = f"{statistics.median(alone[name]):.1f}" if name in alone else ""
        print(f"| {name} | {first} | {statistics.median(theirs[name]):.1f} | {statistics.median(mine[name]):.1f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
