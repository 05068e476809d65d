# SPDX-License-Identifier: LGPL-2.1-or-later
"""A thousand clients that come, call and leave in random order: the daemon returns to what it was.

By hand: SOAK_SECONDS=600 SOAK_CLIENTS=1000 ./run python3 tests/daemon/test_soak.py"""

from __future__ import annotations

import os
import subprocess
import time
import unittest
from dataclasses import dataclass
from pathlib import Path

import lab

SECONDS = int(os.environ.get("SOAK_SECONDS", "5"))
#: Fragments of memory that remain, in KiB; what leaks grows with the calls, which are many thousand.
SLACK = 6 * 1024
PROGRAMS = 8
CLIENTS = int(os.environ.get("SOAK_CLIENTS", "1000"))


@dataclass(frozen=True)
class Size:
    """What a process has of the system."""

    descriptors: int
    threads: int
    resident: int       # KiB

    @classmethod
    def of(cls, pid: int) -> Size:
        status = dict(line.split(":", 1) for line in
                      Path(f"/proc/{pid}/status").read_text().splitlines())
        return cls(len(os.listdir(f"/proc/{pid}/fd")), int(status["Threads"]),
                   int(status["VmRSS"].split()[0]))

    def __str__(self) -> str:
        return f"{self.descriptors} descriptors, {self.threads} threads, {self.resident} KiB"


def soak(uri: str, seconds: int) -> list[int]:
    """Clients opened, calls, most at once; of several programs together."""
    programs = [
        subprocess.Popen(
            lab.ours(str(lab.BUILD / "tests/daemon/soak"), uri, str(CLIENTS // PROGRAMS),
                     str(seconds), "2", str(number)),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for number in range(PROGRAMS)
    ]
    sums = [0, 0, 0]
    for program in programs:
        out, errors = program.communicate(timeout=seconds + 120)
        assert program.returncode == 0, errors
        sums = [total + int(word) for total, word in zip(sums, out.split())]
    return sums


#: What a daemon has at most that serves one client, with five workers of each kind.
START = Size(20, 20, 40 * 1024)


def settled(daemon: lab.Daemon, limit: Size) -> Size:
    """Once the clients are gone, threads that replaced held-up ones have ended, and memory was given
    back, which the daemon looks at two seconds later; at the latest after a minute."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        size = Size.of(daemon.pid)
        if (size.descriptors <= limit.descriptors and size.threads <= limit.threads
                and (lab.sanitized() or size.resident <= limit.resident + SLACK)):
            break
        time.sleep(0.2)
    return Size.of(daemon.pid)


class Soak(unittest.TestCase):
    def test_the_daemon_returns_to_what_it_was(self) -> None:
        # As many workers as may ever be, so that their number says something.
        daemon = lab.Daemon("min_workers = 5\nmax_workers = 5\n")
        self.addCleanup(daemon.stop)
        # A host of its own stays alive while clients come and go.
        with lab.Raw(daemon) as keeper:
            keeper.open()
            # Memory that is taken once and kept, for as many clients at once as there will ever be.
            soak(daemon.uri(), min(10, max(3, SECONDS // 20)))
            first = settled(daemon, START)
            opened, calls, most = soak(daemon.uri(), SECONDS)
            last = settled(daemon, first)
        print(f"# {opened} clients, {most} at once, {calls} calls, in {SECONDS} s")
        print(f"# before: {first}")
        print(f"# after:  {last}")
        self.assertGreater(opened, CLIENTS // 4)
        self.assertLessEqual(last.descriptors, first.descriptors)
        self.assertLessEqual(last.threads, first.threads)
        if not lab.sanitized():
            self.assertLessEqual(last.resident, first.resident + SLACK)


if __name__ == "__main__":
    unittest.main()
