#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Commands of virsh that take their time or carry bytes, on the test hypervisor: block jobs with
progress, backups, consoles, screenshots, sleep, events with timestamps. Prints TAP.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from virsh_interactive import VIRSH, Session

GUEST = """<domain type='test'><name>guest</name><memory>8192</memory><os><type>hvm</type></os><devices>
<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='/top'/>
<backingStore type='file'><format type='raw'/><source file='/base'/><backingStore/></backingStore>
<target dev='vda' bus='virtio'/></disk><console type='pty'/><graphics type='vnc' port='5901'/></devices></domain>"""
PULL = """<domainbackup mode='pull'><server transport='unix' socket='{socket}'/><disks>
<disk name='vda'/></disks></domainbackup>"""
CHECKPOINT = "<domaincheckpoint><name>c1</name></domaincheckpoint>"
COPY = "<disk type='file'><driver type='raw'/><source file='/copy'/></disk>"


def run(home: Path, *lines: str, status: int = 0) -> str:
    """Runs lines in one virsh on a host with the guest running; returns what it printed."""
    script = "; ".join(("create guest.xml", *lines))
    result = subprocess.run([VIRSH, "-c", "test:///default", script], cwd=home, capture_output=True, text=True,
                            stdin=subprocess.DEVNULL, timeout=60, check=False)
    assert result.returncode == status, f"{script}: exit code {result.returncode}: {result.stdout}{result.stderr}"
    return result.stdout + result.stderr


def says(text: str, *parts: str) -> None:
    for part in parts:
        assert part in text, f"no {part!r} in {text!r}"


def copies(home: Path) -> None:
    text = run(home, "blockcopy guest vda --xml copy.xml --wait --verbose --pivot", "domblklist guest")
    says(text, "Block Copy: [100", "Successfully pivoted", "vda      /copy")


def commits(home: Path) -> None:
    text = run(home, "blockcommit guest vda --active --wait --verbose --pivot", "domblklist guest")
    says(text, "Block commit: [100", "Successfully pivoted", "vda      /base")


def pulls(home: Path) -> None:
    text = run(home, "blockpull guest vda --wait --verbose", "domblklist guest")
    says(text, "Block Pull: [100", "Pull complete", "vda      /top")


def follows_block_jobs(home: Path) -> None:
    text = run(home, "blockpull guest vda 1", "blockjob guest vda", "blockjob guest vda 5", "blockjob guest vda --abort",
               "blockjob guest vda")
    says(text, "Block Pull: [", "No current block job for vda")


def backs_up(home: Path) -> None:
    text = run(home, "backup-begin guest pull.xml checkpoint.xml", "backup-dumpxml guest", "domjobinfo guest",
               "domjobabort guest", "checkpoint-list guest", "domjobinfo guest --completed")
    says(text, "Backup started", "<domainbackup mode='pull'>", "exportname='vda'", "Operation:        Backup", "c1",
         "Completed")
    text = run(home, "backup-begin guest", "domjobabort guest", "backup-dumpxml guest", status=1)
    says(text, "Backup started")


def takes_screenshots(home: Path) -> None:
    text = run(home, "screenshot guest shot.png")
    says(text, "Screenshot saved to shot.png")
    picture = (home / "shot.png").read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n", "no PNG"
    assert int.from_bytes(picture[16:20], "big") == 320 and int.from_bytes(picture[20:24], "big") == 200


def sleeps_and_wakes(home: Path) -> None:
    text = run(home, "dompmsuspend guest mem", "domstate guest", "dompmwakeup guest", "domstate guest --reason")
    says(text, "successfully suspended", "pmsuspended", "successfully woken up", "running (event wakeup)")


def hears_events(home: Path) -> None:
    text = run(home, "dompmsuspend guest mem --duration 1", "event --all --loop --timestamp --timeout 3")
    assert re.search(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\+\d{4}: event 'pm-wakeup' for domain 'guest'", text, re.M), text
    says(text, "event 'lifecycle' for domain 'guest': Started Event wakeup", "event loop timed out")


def hears_thresholds(home: Path) -> None:
    text = run(home, "domblkthreshold guest vda 1000000", "event guest --event block-threshold --timeout 20")
    says(text, "event 'block-threshold' for domain 'guest': dev: vda(/top) 1000000")


def converts(home: Path) -> None:
    text = run(home, "domxml-to-native test-conf --domain guest")
    says(text, "[disk vda]\nsource=/top\nbus=virtio")
    native = text[text.index("[domain]"):]
    (home / "guest.conf").write_text(native)
    says(run(home, "domxml-from-native test-conf guest.conf"), "<name>guest</name>", "<source file='/top'/>")


def tells_what_there_is(home: Path) -> None:
    says(run(home, "domcapabilities"), "<backup supported='yes'/>", "<enum name='bus'>")
    says(run(home, "pool-capabilities"), "<pool type='netfs' supported='yes'>")


def talks_to_the_console(home: Path) -> None:
    session = Session(home, f"create {home}/guest.xml; console guest; domstate guest")
    session.expect("Escape character is ^] (Ctrl + ])")
    session.expect("guesthost login: ")
    session.send("root\r")
    assert session.expect("guesthost login: ").endswith("root\r\n")
    session.send("\x1d")
    session.expect("running")
    assert os.waitstatus_to_exitcode(os.waitpid(session.pid, 0)[1]) == 0
    os.close(session.terminal)


def leaves_nothing(home: Path) -> None:
    """What the test hypervisor keeps on disk ends with the shell that it runs in."""
    scratch = home / "scratch"
    scratch.mkdir()
    result = subprocess.run([VIRSH, "-c", "test:///default", "managedsave test; list --all --managed-save"],
                            env={**os.environ, "TMPDIR": str(scratch)}, capture_output=True, text=True, timeout=60)
    says(result.stdout, "saved")
    assert not list(scratch.iterdir()), list(scratch.rglob("*"))


CASES: tuple[Callable[[Path], None], ...] = (
    copies, commits, pulls, follows_block_jobs, backs_up, takes_screenshots, sleeps_and_wakes, hears_events,
    hears_thresholds, converts, tells_what_there_is, talks_to_the_console, leaves_nothing,
)


def main() -> int:
    failed = 0
    print(f"1..{len(CASES)}")
    for number, case in enumerate(CASES, 1):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            (home / "guest.xml").write_text(GUEST)
            (home / "pull.xml").write_text(PULL.format(socket=home / "nbd"))
            (home / "copy.xml").write_text(COPY)
            (home / "checkpoint.xml").write_text(CHECKPOINT)
            try:
                case(home)
                print(f"ok {number} - {case.__name__}", flush=True)
            except AssertionError as error:
                failed += 1
                print("".join(f"# {line}\n" for line in str(error).splitlines()), end="")
                print(f"not ok {number} - {case.__name__}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
