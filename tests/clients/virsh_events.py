#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What `event` and its siblings print while things happen on a daemon: ours beside an installed stock virsh, both
clients of our daemon at the same time; without stock ours alone is checked. Prints TAP."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "daemon"))
import lab

VIRSH = os.environ.get("VIRSH", str(Path(os.environ.get("VIR_BUILD_DIR", ".")) / "virsh"))
STOCK = os.environ.get("STOCK_VIRSH", "/usr/bin/virsh")

DOCUMENTS = {
    "domain.xml": "<domain type='test'><name>d2</name><memory>8192</memory><os><type>hvm</type></os></domain>",
    "network.xml": "<network><name>n2</name></network>",
    "pool.xml": "<pool type='dir'><name>p2</name><target><path>/p2</path></target></pool>",
    "secret.xml": "<secret ephemeral='no' private='no'><uuid>55555555-2222-3333-4444-555555555555</uuid></secret>",
    "value.txt": "aGVsbG8=",
}
#: What happens: each domain event of the model that a person can bring about, and those of other objects.
ACTIONS = """suspend test; resume test; reboot test; define domain.xml; start d2; suspend d2; destroy d2; undefine d2;
setmem test 1G; attach-disk test /a vdz --alias ua-x; detach-disk test vdz; metadata test http://a --key a --set '<b/>';
net-define network.xml; net-start n2; net-destroy n2; net-undefine n2; pool-define pool.xml; pool-start p2;
pool-refresh p2; pool-destroy p2; pool-undefine p2; secret-define secret.xml;
secret-set-value 55555555-2222-3333-4444-555555555555 --file value.txt;
secret-undefine 55555555-2222-3333-4444-555555555555; blockpull test vda --wait; dompmsuspend test mem; dompmwakeup test;
shutdown test""".replace("\n", " ")
#: Lines that wait, and what each must print at least.
WAITS = {
    "event --all --loop --timeout {}": r"^event 'lifecycle' for domain 'd2': Undefined Removed$",
    "event --event lifecycle --loop --timestamp --timeout {}":
        r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\+0000: event 'lifecycle' for domain 'test': Suspended Paused$",
    "event --event reboot --timeout {}": r"^event 'reboot' for domain 'test'$",
    "event test --event lifecycle --loop --timeout {}": r"^event 'lifecycle' for domain 'test': PMSuspended Memory$",
    "event test --event device-added --timeout {}": r"^event 'device-added' for domain 'test': ua-x$",
    "net-event --event lifecycle --loop --timeout {}": r"^event 'lifecycle' for network n2: Undefined$",
    "pool-event --event lifecycle --loop --timeout {}": r"^event 'lifecycle' for storage pool p2: Undefined$",
    "pool-event --event refresh --timeout {}": r"^event 'refresh' for storage pool p2$",
    "secret-event --event lifecycle --loop --timestamp --timeout {}": r"event 'lifecycle' for secret 5555.*: Defined$",
    # what our shell alone has: it says nothing and ends well
    "await test --condition domain-inactive --timeout {}": r"\A\s*\Z",
    "secret-event --event value-changed --timeout {}": r"^event 'value-changed' for secret 5555",
}
#: Lines that wait for nothing.
OTHERS = ("pool-event --list", "secret-event --list", "nodedev-event --list", "event", "event --event foo",
          "event --list --event lifecycle", "event test --all --event lifecycle", "pool-event --event lifecycle --timeout 0")
SECONDS = 20 if lab.sanitized() else 6


def start(program: str, uri: str, line: str) -> subprocess.Popen[str]:
    kept = {"LD_LIBRARY_PATH", "LD_PRELOAD", "LIBVIRT_DRIVER_DIR", "LIBVIRT_MODULE_DIR"} if program == STOCK else set()
    environment = {key: value for key, value in os.environ.items() if key not in kept}
    # its warnings about the machine are no output of a command
    environment["LIBVIRT_LOG_OUTPUTS"] = "4:file:/dev/null"
    return subprocess.Popen([program, "-c", uri, line], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True, env=environment)


def told(process: subprocess.Popen[str]) -> tuple[str, str, int]:
    out, err = process.communicate(timeout=120)
    return re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+\+\d+", "DATE", out), err, process.returncode


def main() -> int:
    programs = [VIRSH, STOCK] if os.access(STOCK, os.X_OK) else [VIRSH]
    lines = [line.format(SECONDS) for line in WAITS] + list(OTHERS)
    patterns = [*WAITS.values(), *("" for _ in OTHERS)]
    failed = False
    print(f"1..{len(lines)}")
    daemon = lab.Daemon()
    try:
        waiting = {line: [start(program, daemon.uri(), line)
                          for program in (programs[:1] if line.startswith("await") else programs)] for line in lines}
        time.sleep(SECONDS / 2)
        with tempfile.TemporaryDirectory() as folder:
            for name, text in DOCUMENTS.items():
                (Path(folder) / name).write_text(text)
            subprocess.run([VIRSH, "-c", daemon.uri(), ACTIONS], cwd=folder, check=True, capture_output=True,
                           stdin=subprocess.DEVNULL, timeout=60)
        for number, (line, pattern) in enumerate(zip(lines, patterns, strict=True), 1):
            results = [told(process) for process in waiting[line]]
            wanted = pattern.replace(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\+0000", "DATE")
            good = re.search(wanted, results[0][0], re.MULTILINE) is not None and len(set(results)) == 1
            good = good and not (line.startswith("await") and results[0][2])
            failed = failed or not good
            if not good:
                for result in results:
                    print("".join(f"# {part}\n" for part in repr(result).splitlines()), end="")
            skip = "" if len(programs) == 2 or pattern else f" # SKIP no stock virsh at {STOCK}"
            print(f"{'' if good else 'not '}ok {number} - {line}{skip}", flush=True)
    finally:
        daemon.stop()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
