#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Debian's unmodified virt-install, virt-xml and virt-clone on our library, at test:///default.

Skipped with its reason where the package virtinst is not installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

CONNECT = ["--connect", "test:///default"]
INSTALL = ["virt-install", *CONNECT, "--name", "n1", "--memory", "256", "--print-xml"]
GENERIC = ["--osinfo", "generic"]
NODE = """<node><domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'>
<test:runstate>5</test:runstate><name>off</name>
<uuid>11111111-2222-3333-4444-555555555555</uuid><memory>65536</memory>
<os><type arch='i686'>hvm</type></os></domain></node>"""

# (name, command, path below <domain>, its expected text or "@attribute=value"); HOST is a node document
# with one domain that is off. Where a document is printed, the path must be found in it.
CASES: list[tuple[str, list[str], str, str]] = [
    ("virt-install --import", [*INSTALL, *GENERIC, "--import", "--disk", "none"], "memory", "262144"),
    ("virt-install --pxe", [*INSTALL, *GENERIC, "--pxe", "--disk", "none"],
     "os/boot[@dev='network']", ""),
    ("virt-install --cdrom with a new disk",
     [*INSTALL, *GENERIC, "--cdrom", "ISO", "--disk", "FOLDER/d.img,size=1"],
     "devices/disk[@device='cdrom']", ""),
    ("virt-install --os-variant", [*INSTALL, "--import", "--disk", "none", "--os-variant", "debian11"],
     "devices/interface", ""),
    ("virt-install with devices",
     [*INSTALL, *GENERIC, "--import", "--disk", "none", "--vcpus", "3", "--network", "network=default",
      "--graphics", "vnc", "--sound", "ich6", "--video", "vga", "--rng", "/dev/urandom"],
     "devices/graphics[@type='vnc']", ""),
    ("virt-install in a pool", [*INSTALL, *GENERIC, "--import", "--disk", "pool=default-pool,size=1"],
     "devices/disk[@type='file']", ""),
    ("virt-install in a step", [*INSTALL[:-1], *GENERIC, "--pxe", "--disk", "none", "--print-step", "1"],
     "name", "n1"),
    ("virt-xml --edit", ["virt-xml", *CONNECT, "test", "--edit", "--memory", "512", "--print-xml"],
     "currentMemory", "524288"),
    ("virt-xml --add-device", ["virt-xml", *CONNECT, "test", "--add-device", "--network",
                               "network=default", "--print-xml"], "devices/interface", ""),
    ("virt-clone", ["virt-clone", "--connect", "test://HOST", "--original", "off", "--name", "copy", "--auto-clone",
                    "--print-xml"], "name", "copy"),
]


def case(command: list[str], path: str, expected: str, folder: Path) -> str:
    """What is wrong, "" when nothing is."""
    words = [word.replace("HOST", str(folder / "node.xml")).replace("ISO", str(folder / "a.iso"))
             .replace("FOLDER", str(folder)) for word in command]
    result = subprocess.run([os.environ["VIR_RUN"], *words], capture_output=True, text=True, timeout=100,
                            stdin=subprocess.DEVNULL)
    if result.returncode:
        return f"exit status {result.returncode}: {result.stdout}{result.stderr}"
    start = result.stdout.find("<domain")
    end = result.stdout.find("</domain>")
    if start < 0 or end < 0:
        return f"no document: {result.stdout}{result.stderr}"
    found = ET.fromstring(result.stdout[start:end + len("</domain>")]).find(path)
    if found is None:
        return f"no {path} in {result.stdout}"
    if expected and found.text != expected:
        return f"{path} is '{found.text}', not '{expected}'"
    return ""


def define() -> str:
    """virt-install without --print-xml defines and starts what it describes; "" when it did."""
    result = subprocess.run(
        [os.environ["VIR_RUN"], "virt-install", *CONNECT, "--name", "n2", "--memory", "128", *GENERIC,
         "--disk", "none", "--import", "--noautoconsole"], capture_output=True, text=True, timeout=100,
        stdin=subprocess.DEVNULL)
    good = result.returncode == 0 and "Domain creation completed" in result.stdout
    return "" if good else f"exit status {result.returncode}: {result.stdout}{result.stderr}"


def main() -> int:
    if shutil.which("virt-install") is None:
        print("1..0 # SKIP virtinst is not installed")
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "node.xml").write_text(NODE, encoding="utf-8")
        (folder / "a.iso").write_bytes(b"\0" * 65536)
        print(f"1..{len(CASES) + 1}")
        for number, (title, command, path, expected) in enumerate(CASES, 1):
            report(number, title, case(command, path, expected, folder))
        report(len(CASES) + 1, "virt-install defines and starts", define())
    return 0


def report(number: int, title: str, problem: str) -> None:
    print(f"{'not ok' if problem else 'ok'} {number} - {title}", flush=True)
    for line in problem.splitlines():
        print(f"# {line}")


if __name__ == "__main__":
    sys.exit(main())
