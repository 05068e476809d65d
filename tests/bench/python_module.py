#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Our Python module beside Debian's, both on our library: import, a cheap call, a list of 5,000 domains.

By hand: tests/bench/python_module.py; medians of several runs, in turns.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
from pathlib import Path

RUN = Path(__file__).resolve().parents[2] / "run"
PYTHON = "/usr/bin/python3"
TURNS = 7
DOMAINS = 5000

IMPORT = "import time; t = time.perf_counter(); import libvirt; print(time.perf_counter() - t)"
CALL = """
import libvirt, time
domain = libvirt.open("test:///default").lookupByName("test")
t = time.perf_counter()
for _ in range(50000):
    domain.{method}()
print((time.perf_counter() - t) / 50000)
"""
LIST = """
import libvirt, time
conn = libvirt.open("test://{node}")
t = time.perf_counter()
domains = conn.listAllDomains()
print(time.perf_counter() - t)
assert len(domains) == {count}
"""
DOMAIN = "<domain type='test'><name>d{n}</name><memory>65536</memory><os><type>hvm</type></os></domain>"


def measure(program: str, stock: bool) -> float:
    env = {**os.environ, **({"VIR_STOCK_BINDINGS": "1"} if stock else {})}
    result = subprocess.run([RUN, PYTHON, "-c", program], env=env, check=True, capture_output=True, text=True)
    return float(result.stdout)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        node = Path(folder) / "node.xml"
        node.write_text("<node>" + "".join(DOMAIN.format(n=n) for n in range(DOMAINS)) + "</node>")
        rows = [
            ("import", 1e3, "ms", IMPORT),
            ("domain.ID()", 1e9, "ns", CALL.format(method="ID")),
            ("domain.info()", 1e9, "ns", CALL.format(method="info")),
            (f"listAllDomains of {DOMAINS}", 1e3, "ms", LIST.format(node=node, count=DOMAINS)),
        ]
        for name, factor, unit, program in rows:
            pairs = [(measure(program, False), measure(program, True)) for _ in range(TURNS)]
            ours, theirs = (statistics.median(column) * factor for column in zip(*pairs))
            print(f"{name:28s} ours {ours:8.2f} {unit}   python3-libvirt {theirs:8.2f} {unit}")


if __name__ == "__main__":
    main()
