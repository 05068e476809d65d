# SPDX-License-Identifier: LGPL-2.1-or-later
"""Lines for every command of virsh and every one of its options, made from shell/*.xml.

A command whose options cannot be filled is an error, so that a new one is not forgotten.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.dont_write_bytecode = True

from generator.outputs import load  # noqa: E402
from generator.shell.model import Command, Events, Option  # noqa: E402

UUID = "11111111-2222-3333-4444-5555555555"
DOCUMENTS = {
    "domain.xml": f"<domain type='test'><name>d2</name><uuid>{UUID}55</uuid><memory unit='KiB'>8192</memory>"
    "<vcpu>2</vcpu><os><type>hvm</type></os><devices><disk type='file' device='disk'><source file='/x/y'/>"
    "<target dev='vdb'/></disk><graphics type='vnc' port='5901' listen='127.0.0.1'/></devices></domain>",
    "network.xml": f"<network><name>n1</name><uuid>{UUID}66</uuid><bridge name='virbr7'/>"
    "<ip address='192.168.7.1' netmask='255.255.255.0'/></network>",
    "port.xml": f"<networkport><uuid>{UUID}99</uuid><owner><name>d</name><uuid>{UUID}98</uuid></owner>"
    "<mac address='52:54:00:7b:35:93'/></networkport>",
    "pool.xml": f"<pool type='dir'><name>p1</name><uuid>{UUID}77</uuid><target><path>/p1</path></target></pool>",
    "volume.xml": "<volume><name>v2</name><capacity unit='M'>10</capacity><allocation>0</allocation></volume>",
    "interface.xml": "<interface type='ethernet' name='eth7'><start mode='onboot'/>"
    "<mac address='aa:bb:cc:dd:ee:f7'/><mtu size='1492'/></interface>",
    "secret.xml": f"<secret ephemeral='no' private='no'><uuid>{UUID}88</uuid>"
    "<usage type='volume'><volume>/x</volume></usage></secret>",
    "snapshot.xml": "<domainsnapshot><name>sx</name><description>d</description></domainsnapshot>",
    "checkpoint.xml": "<domaincheckpoint><name>cx</name></domaincheckpoint>",
    "disk.xml": "<disk type='file' device='disk'><source file='/x/z'/><target dev='vdc'/></disk>",
    "device.xml": "<device><parent>computer</parent></device>",
    "filter.xml": "<filter name='f1'><rule action='drop' direction='in'/></filter>",
    "binding.xml": f"<filterbinding><owner><name>d</name><uuid>{UUID}98</uuid></owner>"
    "<portdev name='tap1'/><mac address='52:54:00:7b:35:93'/><filterref filter='f1'/></filterbinding>",
    "cpu.xml": "<cpu><arch>x86_64</arch><model>qemu64</model></cpu>",
    "backup.xml": "<domainbackup/>",
    "source.xml": "<source><host name='localhost'/></source>",
    "test.xml": "<domain type='test'><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid>"
    "<title>changed</title><memory>8388608</memory><currentMemory>2097152</currentMemory><vcpu>2</vcpu>"
    "<os><type>hvm</type></os></domain>",
    "dns.xml": "<host ip='192.168.122.9'><hostname>nine</hostname></host>",
    "native": "[domain]\nname=n\nmemory=9\n",
    "data": "some bytes\n",
}
VOLUME = "vol-create-as default-pool v1 10M"
SNAPSHOT = "snapshot-create-as test s1"
CHECKPOINT = "checkpoint-create-as test c1"
SECRET = "secret-define secret.xml"
PORT = "net-port-create default port.xml"
FILTER = "nwfilter-define filter.xml"
BINDING = "nwfilter-binding-create binding.xml"
#: Objects of test:///default, and what makes one first.
OBJECTS = {
    "domain": ("test", ""), "network": ("default", ""), "network-by-name": ("default", ""),
    "network-by-uuid": ("dd8fe884-6c02-601e-7551-cca97df1c5df", ""), "network-port": (f"{UUID}99", PORT),
    "pool": ("default-pool", ""), "pool-by-name": ("default-pool", ""),
    "pool-by-uuid": ("dfe224cb-28fb-8dd0-c4b2-64eb3f0f4566", ""), "volume": ("v1", VOLUME),
    "input-volume": ("v1", VOLUME), "volume-by-key": ("/default-pool/v1", VOLUME), "secret": (f"{UUID}88", SECRET),
    "filter": ("f1", FILTER), "binding": ("tap1", BINDING), "interface": ("eth1", ""), "interface-by-name": ("eth1", ""),
    "interface-by-mac": ("aa:bb:cc:dd:ee:ff", ""), "device": ("computer", ""), "snapshot": ("s1", SNAPSHOT),
    "named-snapshot": ("s1", SNAPSHOT), "checkpoint": ("c1", CHECKPOINT),
}
#: Words for options that are neither objects nor numbers, by command and option, or by option.
WORDS = {
    "allocation": "1M", "alias": "disk0", "base64": "eA==", "capacity": "20M", "cpulist": "0", "dev": "vda",
    "device": "vda", "format": "raw", "inbound": "100", "outbound": "100", "interface": "testnet0",
    "mac": "52:54:00:7b:35:93", "path": "vda", "pid": "1", "pass-fds": "0", "signame": "TERM", "vcpulist": "0",
    "xpath": "//name", "memspec": "file=mem", "nodeset": "0", "address": "pci:0000.00.09.0", "arch": "x86_64",
    "machine": "pc", "virttype": "test", "top": "/x", "base": "/x", "key": "k", "uri": "http://x/y",
    "storage": "vda", "user": "root", "cmd": "info", "keycode": "KEY_A", "mountpoint": "/", "set": "weight=5",
    "desturi": "test:///default", "enable": "cmt", "disable": "cmt", "dir": ".", "command": "list",
    "device-weights": "/dev/sda,500", "cap": "system",
    ("cpu-models", "arch"): "x86_64", ("metadata", "set"): "<a/>", ("qemu-monitor-command", "cmd"): "query-status",
    ("attach-disk", "source"): "/x/w", ("attach-disk", "target"): "vdd", ("attach-interface", "target"): "tap3",
    ("attach-interface", "type"): "network", ("attach-interface", "source"): "default", ("detach-disk", "target"): "vda",
    ("change-media", "source"): "/x/w", ("detach-interface", "type"): "network",
    ("find-storage-pool-sources-as", "type"): "netfs", ("find-storage-pool-sources", "type"): "netfs",
    ("pool-create-as", "type"): "dir", ("pool-define-as", "type"): "dir", ("pool-list", "type"): "dir",
    ("domdisplay", "type"): "vnc", ("maxvcpus", "type"): "test", ("domxml-from-native", "format"): "test-conf",
    ("domxml-to-native", "format"): "test-conf", ("nodedev-list", "cap"): "net", ("reboot", "mode"): "acpi",
    ("detach-device-alias", "alias"): "ua-x", ("iface-unbridge", "bridge"): "br7", ("domname", "domain"): "1",
    ("vncdisplay", "domain"): "d2", ("domdisplay", "domain"): "d2", ("change-media", "path"): "hdc",
    ("snapshot-parent", "snapshotname"): "s2", ("checkpoint-parent", "checkpointname"): "c2",
    ("shutdown", "mode"): "acpi", ("blkiotune", "device-read-bytes-sec"): "/dev/sda,5",
    ("migrate", "migrateuri"): "test:///default", ("iface-bridge", "bridge"): "br7",
}
#: Documents for options that name a file, by command; by group where every command takes the same.
FILES = {
    ("attach-device", "file"): "disk.xml", ("detach-device", "file"): "disk.xml", ("update-device", "file"): "disk.xml",
    "save": "saved", "restore": "saved", "dump": "dumped", "screenshot": "picture", "managedsave-define": "test.xml",
    "save-image-define": "saved", "save-image-dumpxml": "saved", "save-image-edit": "saved", "cd": ".",
    ("save-image-define", "xml"): "test.xml", ("save", "xml"): "domain.xml", ("restore", "xml"): "domain.xml",
    "cpu-baseline": "cpu.xml", "cpu-compare": "cpu.xml", "hypervisor-cpu-compare": "cpu.xml",
    "hypervisor-cpu-baseline": "cpu.xml", "domxml-from-native": "native", "net-port-create": "port.xml",
    "vol-download": "received", "vol-upload": "data", "backup-begin": "backup.xml", "nwfilter-binding-create": "binding.xml",
    ("backup-begin", "checkpointxml"): "checkpoint.xml", "set-user-sshkeys": "data", "net-update": "dns.xml",
    "domcapabilities": "/usr/bin/x", "change-media": "/x/w", "find-storage-pool-sources": "source.xml",
    "snapshot-create": "snapshot.xml", "checkpoint-create": "checkpoint.xml", "secret-set-value": "data",
}
GROUP_FILES = {"domain": "domain.xml", "network": "network.xml", "pool": "pool.xml", "volume": "volume.xml",
               "interface": "interface.xml", "secret": "secret.xml", "nodedev": "device.xml", "filter": "filter.xml"}
#: What happens first, for commands that need more than their objects.
BEFORE: dict[str, str | tuple[str, ...]] = {
    "vncdisplay": "create domain.xml", "domdisplay": "create domain.xml", "iface-unbridge": "iface-bridge eth1 br7",
    "net-undefine": "net-destroy default", "pool-undefine": "pool-destroy default-pool",
    "detach-device-alias": "attach-disk test /x/w vdd --alias ua-x", "change-media": "attach-disk test /x/w hdc --type cdrom",
    "start": "destroy test", "await": "destroy test", "resume": "suspend test", "restore": "save test saved", "domrename": "destroy test",
    "managedsave-edit": "managedsave test", "managedsave-remove": "managedsave test",
    "managedsave-dumpxml": "managedsave test", "managedsave-define": "managedsave test",
    "save-image-dumpxml": "save test saved", "save-image-define": "save test saved", "save-image-edit": "save test saved",
    "net-start": "net-destroy default", "pool-start": "pool-destroy default-pool", "pool-build": "pool-destroy default-pool",
    "pool-delete": "pool-destroy default-pool", "iface-start": "iface-destroy eth1", "iface-commit": "iface-begin",
    "iface-rollback": "iface-begin", "iothreaddel": "iothreadadd test 1", "iothreadinfo": "iothreadadd test 1",
    "iothreadset": "iothreadadd test 1", "iothreadpin": "iothreadadd test 1", "domfsthaw": "domfsfreeze test",
    "dompmwakeup": "dompmsuspend test mem", "backup-dumpxml": "backup-begin test", "detach-device": "attach-device test disk.xml",
    "update-device": "attach-device test disk.xml", "blockjob": "blockpull test vda 1",
    "snapshot-current": SNAPSHOT, "snapshot-parent": (SNAPSHOT, "snapshot-create-as test s2"), "snapshot-list": SNAPSHOT,
    "checkpoint-parent": (CHECKPOINT, "checkpoint-create-as test c2"), "checkpoint-list": CHECKPOINT, "vol-list": VOLUME, "secret-list": SECRET,
    "net-port-list": PORT, "secret-get-value": f"secret-set-value {UUID}88 eA==",
}
#: No lines for these, and why.
LEFT = {
    "quit": "ends the shell", "exit": "ends the shell", "connect": "is what every line begins with",
    "complete": "answers about the line, not the host", "cd": "changes where the files of other lines are",
    "console": "wants a terminal", "nodesuspend": "waits a minute", "qemu-attach": "wants a process of QEMU",
    "lxc-enter-namespace": "wants a process in a namespace", "qemu-monitor-event": "waits for what a test host never tells",
    "dom-fd-associate": "wants open files", "migrate": "wants another host",
}
LEFT_OPTIONS = {"loop": "never ends", "timeout": "given where a command waits", "timestamp": "shows the time",
                "desturi": "wants another host", "pass-fds": "wants open files", "interactive": "wants a terminal"}

#: What ends commands that would wait for ever where the line before them was refused.
LIMITS = {"await": "timeout"}


@dataclass(frozen=True)
class Line:
    """What is typed, and of which command it is; `plain` has no optional words, `facts` are printed by commands that
    can print them as JSON."""

    command: str
    words: str
    before: tuple[str, ...] = ()
    plain: bool = False
    facts: bool = False


def _word(group: str, command: Command, option: Option) -> str:
    """A value that makes sense, as the shell's own quoting has it."""
    if (command.name, option.name) in WORDS:
        return f"'{WORDS[command.name, option.name]}'"
    if option.object:
        return OBJECTS[option.object][0]
    if option.kind == "enum":
        return option.choices[0]
    if option.kind == "file":
        found = FILES.get((command.name, option.name)) or FILES.get(command.name) or GROUP_FILES.get(group)
        if found is None and not option.required:
            return "missing"
        if found is None:
            raise KeyError(f"which file is --{option.name} of {command.name}?")
        return found
    if option.kind in ("int", "uint", "ulong", "size"):
        return {"pagesize": "4", "count": "1", "size": "4096", "cell": "0", "cellno": "0", "length": "11"}.get(option.name, "1")
    found = WORDS.get(option.name)
    return f"'{found}'" if found else "x"


def _given(group: str, command: Command, option: Option) -> str:
    if option.kind == "flag":
        return f"--{option.name}"
    value = _word(group, command, option)
    return value if option.kind == "rest" else f"--{option.name} {value}"


def _before(command: Command, options: list[Option]) -> tuple[str, ...]:
    made = [OBJECTS[option.object][1] for option in options if option.object]
    own = BEFORE.get(command.name, ())
    own = (own,) if isinstance(own, str) else own
    return tuple(dict.fromkeys(line for line in [*made, *own] if line))


def _lines(group: str, command: Command) -> list[Line]:
    """The command with what it requires, and with each other option in turn."""
    if any(isinstance(body, Events) for body in command.bodies):
        waits = f"{command.name} --event lifecycle --timeout 1"
        return [Line(command.name, f"{command.name} --list", (), True, True), Line(command.name, waits, (), False, True)]
    facts = any(option.name == "output" for option in command.options)
    required = [option for option in command.options
                if option.required or option.name == LIMITS.get(command.name)]
    pool = command.option("pool")
    if pool and not pool.required and any(option.object == "volume" for option in required):
        required.append(pool)
    out = []
    for extra in [None, *command.options]:
        if extra in required or (extra and extra.name in LEFT_OPTIONS):
            continue
        needed = [command.option(item.needs.split()[0]) for item in command.requires if extra and item.option == extra.name]
        options = list(dict.fromkeys([*required, *([extra] if extra else []), *[item for item in needed if item]]))
        options.sort(key=lambda option: option.kind == "rest")
        words = " ".join([command.name, *(_given(group, command, option) for option in options)])
        out.append(Line(command.name, words, _before(command, options), extra is None, facts))
        if extra and extra.kind == "enum":
            shown = f"--{extra.name} {extra.choices[0]}"
            out += [replace(out[-1], words=words.replace(shown, f"--{extra.name} {choice}"), plain=False)
                    for choice in extra.choices[1:]]
    return out


def lines() -> list[Line]:
    """Lines for every command that is shown by help."""
    virsh = next(shell for shell in load(ROOT).shells if shell.name == "virsh")
    known = {command.name for command in virsh.commands()}
    unknown = sorted((LEFT.keys() | BEFORE.keys()) - known)
    assert not unknown, f"no such commands: {unknown}"
    return [line for group in virsh.groups for command in group.commands
            if command.name not in LEFT for line in _lines(group.name, command)]
