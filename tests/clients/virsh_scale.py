#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""With thousands of domains the shell stays quick: what it does for one more domain costs the same from the
first to the last, in this process and through a daemon. Times are those of the processor, so that a busy
machine does not count. Prints TAP."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "daemon"))
import lab

VIRSH = os.environ.get("VIRSH", str(Path(os.environ.get("VIR_BUILD_DIR", ".")) / "virsh"))
FEW, MANY = 1000, 5000
#: Five times the domains take five times as long, and as much again for noise; what is quadratic takes 25 times.
ROOM = 10
DOMAIN = ("<domain type='test'><name>guest{0:04d}</name><uuid>{0:08x}-1111-2222-3333-444444444444</uuid>"
          "<memory>1024</memory><vcpu>1</vcpu><os><type>hvm</type></os><devices><disk type='file' device='disk'>"
          "<source file='/x/{0}'/><target dev='vda'/></disk></devices></domain>\n")


def node(folder: Path, count: int) -> str:
    path = folder / f"{count}.xml"
    path.write_text("<node>" + "".join(DOMAIN.format(number) for number in range(count)) + "</node>")
    return f"test://{path}"


def run(uri: str, *words: str) -> tuple[list[str], float]:
    """The lines it prints, and the time of the processor it takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = subprocess.run([VIRSH, "-q", "-c", uri, *words], capture_output=True, text=True, check=True,
                            stdin=subprocess.DEVNULL, timeout=120)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return result.stdout.split(), after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def best(uri: str, *words: str) -> tuple[list[str], float]:
    runs = [run(uri, *words) for _ in range(3)]
    return runs[0][0], min(seconds for _, seconds in runs)


class Tap:
    """Numbered cases."""

    def __init__(self) -> None:
        self.count = 0
        self.failed = False

    def case(self, what: str, good: bool, said: str = "") -> None:
        self.count += 1
        self.failed = self.failed or not good
        if said:
            print(f"# {said}")
        print(f"{'' if good else 'not '}ok {self.count} - {what}", flush=True)


def compare(tap: Tap, what: str, few: str, many: str, *words: str) -> None:
    """Both times, without what starting takes with no domain to speak of."""
    start = best("test:///default", *words)[1]
    small = max(best(few, *words)[1] - start, 0.001)
    found, large = best(many, *words)
    tap.case(f"{what}: all are there", len([word for word in found if word.startswith("guest0")]) == 1000)
    tap.case(f"{what}: each costs the same", large - start < ROOM * small,
             f"{FEW}: {small * 1000:.1f} ms, {MANY}: {(large - start) * 1000:.1f} ms, start {start * 1000:.1f} ms")


def through_daemon(tap: Tap, few: str, many: str) -> None:
    """The objects are there already, so only their names travel."""
    daemon = lab.Daemon()
    held = []
    try:
        for uri in (few, many):
            held.append(subprocess.Popen([VIRSH, "-c", daemon.uri(uri), "event", "--loop", "--event", "reboot"],
                                         stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL))
        compare(tap, "completion through a daemon", daemon.uri(few), daemon.uri(many), "complete", "--",
                "dominfo", "guest0")
    finally:
        for process in held:
            process.terminate()
            process.wait()
        daemon.stop()


def main() -> int:
    tap = Tap()
    print("1..6")
    with tempfile.TemporaryDirectory() as folder:
        few, many = node(Path(folder), FEW), node(Path(folder), MANY)
        compare(tap, "completion", few, many, "complete", "--", "dominfo", "guest0")
        compare(tap, "a list of names", few, many, "list", "--all", "--name")
        through_daemon(tap, few, many)
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
