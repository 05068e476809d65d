#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs every command of virsh on the test hypervisor, and checks what it prints. The cases are in virsh_every.txt; a
command of the grammar without one is a failure. test_every_command.py sends them through a daemon. Prints TAP."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

CASES = Path(__file__).with_suffix(".txt")
VIRSH = os.environ.get("VIRSH", str(Path(os.environ.get("VIR_BUILD_DIR", ".")) / "virsh"))

DOMAIN = "<domain type='test'><name>{}</name>{}<memory>8192</memory><os><type>hvm</type></os><devices>{}</devices></domain>"
DISK = "<disk type='file' device='disk'><source file='{}'/><target dev='{}'/>{}</disk>"
SCREEN = "<console type='pty'/><graphics type='vnc' port='5901' listen='127.0.0.1'/>"
DOCUMENTS = {
    "domain.xml": DOMAIN.format("d2", "", DISK.format("/x/y", "vda", "")),
    "graphics.xml": DOMAIN.format("d3", "", SCREEN),
    "agent.xml": DOMAIN.format("d4", "", "<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>"),
    "memory.xml": "<domain type='test'><name>d5</name><maxMemory slots='4'>8388608</maxMemory><memory>1048576</memory>"
                  "<vcpu>2</vcpu><os><type>hvm</type></os><cpu><numa><cell id='0' cpus='0-1' memory='524288'/></numa></cpu>"
                  "<devices><memory model='virtio-mem'><target><size>524288</size><node>0</node><block>2048</block>"
                  "<requested>262144</requested></target></memory></devices></domain>",
    "value.txt": "aGVsbG8=",
    "saved.xml": DOMAIN.format("test", "<uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid>", ""),
    "disk.xml": DISK.format("/x/y", "vdb", ""),
    "card.xml": "<interface type='network'><mac address='aa:bb:cc:dd:ee:ff'/><source network='default'/>"
                "<target dev='testnet0'/><link state='down'/></interface>",
    "network.xml": "<network><name>n1</name><uuid>11111111-2222-3333-4444-666666666666</uuid><bridge name='virbr7'/>"
                   "<ip address='192.168.7.1' netmask='255.255.255.0'/></network>",
    "port.xml": "<networkport><uuid>11111111-2222-3333-4444-888888888888</uuid><owner><name>test</name>"
                "<uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid></owner><mac address='52:54:00:7b:35:93'/>"
                "</networkport>",
    "pool.xml": "<pool type='dir'><name>p1</name><uuid>11111111-2222-3333-4444-777777777777</uuid>"
                "<target><path>/p1</path></target></pool>",
    "storagesource.xml": "<source><host name='localhost'/></source>",
    "volume.xml": "<volume><name>v1</name><capacity unit='M'>10</capacity></volume>",
    "volume2.xml": "<volume><name>v3</name><capacity unit='M'>10</capacity></volume>",
    "interface.xml": "<interface type='ethernet' name='eth7'><start mode='onboot'/><mac address='aa:bb:cc:dd:ee:f7'/>"
                     "<protocol family='ipv4'><ip address='192.168.0.5' prefix='24'/></protocol></interface>",
    "snapshot.xml": "<domainsnapshot><name>sx</name></domainsnapshot>",
    "checkpoint.xml": "<domaincheckpoint><name>cx</name></domaincheckpoint>",
    "secret.xml": "<secret ephemeral='no' private='no'><uuid>55555555-2222-3333-4444-555555555555</uuid>"
                  "<usage type='volume'><volume>/x</volume></usage></secret>",
    "cpu.xml": "<cpu><arch>x86_64</arch><model>qemu64</model></cpu>",
    "filter.xml": "<filter name='f1' chain='root'><rule action='accept' direction='in'/></filter>",
    "binding.xml": "<filterbinding><owner><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid></owner>"
                   "<portdev name='vnet0'/><mac address='52:54:00:7b:35:93'/><filterref filter='f1'/></filterbinding>",
    "nodedev.xml": "<device><parent>scsi_host1</parent><capability type='scsi_host'><capability type='fc_host'>"
                   "<wwnn>2000000012341234</wwnn><wwpn>1000000012349999</wwpn></capability></capability></device>",
    "mdev.xml": "<device><parent>computer</parent><capability type='mdev'><type id='x'/></capability></device>",
    "key.pub": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAA somebody\n",
}
EDITOR = "#!/bin/sh\nexec sed -i \"$VIRSH_EDIT\" \"$1\"\n"

@dataclass
class Case:
    """The lines of one virsh, and what is expected of them."""

    script: str
    prints: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    reason: str = ""
    edit: str = ""

    @property
    def commands(self) -> list[str]:
        return [part.split()[0] for part in re.split(r";\s*", re.sub(r"'[^']*'|\"[^\"]*\"", "", self.script))]


def cases() -> list[Case]:
    found: list[Case] = []
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if not line.startswith("  "):
            found.append(Case(line))
            continue
        sign, _, rest = line.strip().partition(" ")
        match sign:
            case ">":
                found[-1].prints.append(rest)
            case "!":
                found[-1].errors.append(rest)
            case "-":
                found[-1].reason = rest
            case "=":
                found[-1].edit = rest
            case _:
                raise SystemExit(f"{CASES}: what is '{line}'?")
    return found


def grammar() -> set[str]:
    """The commands that help shows, and the hidden one of completion."""
    text = subprocess.run([VIRSH, "-q", "help"], capture_output=True, text=True, check=True).stdout
    return {line.split()[0] for line in text.splitlines() if line.startswith("    ") and line.split()} | {"complete"}


def run(case: Case, uri: str) -> tuple[str, str]:
    """Runs a case in a folder of its own; what is wrong, and why it is skipped: both empty when it is good."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {**DOCUMENTS, "editor": EDITOR}.items():
            (Path(folder) / name).write_text(text)
        # documents in saved states may say the same in other words, and little else
        same = subprocess.run([VIRSH, "-q", "-c", "test:///default", "dumpxml", "test"], capture_output=True, text=True, check=True)
        (Path(folder) / "same.xml").write_text(same.stdout.replace("<title>", "<title>new "))
        (Path(folder) / "editor").chmod(0o755)
        environment = {**os.environ, "VISUAL": f"{folder}/editor", "VIRSH_EDIT": case.edit, "LC_ALL": "C.UTF-8"}
        try:
            result = subprocess.run([VIRSH, "-c", uri, case.script], cwd=folder, capture_output=True, text=True,
                                    stdin=subprocess.DEVNULL, env=environment, timeout=60, check=False)
        except subprocess.TimeoutExpired:
            return "did not end within a minute", ""
    said = [line for line in result.stderr.splitlines() if line.startswith("error: ")]
    if case.reason and (said or result.returncode):
        return "", case.reason
    if case.reason and not case.prints:
        return f"works by now: {result.stdout!r}", ""
    return check(case, result, said), ""


def check(case: Case, result: subprocess.CompletedProcess[str], said: list[str]) -> str:
    """What is wrong with the answers of a case that can do its work."""
    for line in said:
        if not any(re.search(pattern, line) for pattern in case.errors):
            return line
    for pattern in case.errors:
        if not any(re.search(pattern, line) for line in said) and not re.search(pattern, result.stdout):
            return f"no error '{pattern}', but {result.stdout!r} {result.stderr!r}"
    for pattern in case.prints:
        if not re.search(pattern, result.stdout, re.MULTILINE):
            return f"no '{pattern}' in {result.stdout!r} {result.stderr!r}"
    if result.returncode and not case.errors:
        return f"exit code {result.returncode}"
    return ""


class Tap:
    """Numbered cases."""

    def __init__(self) -> None:
        self.count = 0
        self.failed = False

    def case(self, what: str, wrong: str, skip: str = "") -> None:
        self.count += 1
        self.failed = self.failed or bool(wrong)
        for line in wrong.splitlines():
            print(f"# {line}")
        ending = f" # SKIP {skip}" if skip and not wrong else ""
        print(f"{'not ' if wrong else ''}ok {self.count} - {what.replace('#', '@')}{ending}", flush=True)


def main() -> int:
    found = cases()
    tap = Tap()
    print(f"1..{len(found) + 1}")
    covered = {command for case in found for command in case.commands}
    missing = sorted(grammar() - covered)
    unknown = sorted(covered - grammar())
    tap.case("every command has a case", "\n".join([f"no case runs {name}" for name in missing]
                                                   + [f"there is no command {name}" for name in unknown]))
    for case in found:
        tap.case(case.script, *run(case, "test:///default"))
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
