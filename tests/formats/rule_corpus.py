# SPDX-License-Identifier: LGPL-2.1-or-later
"""Documents that keep or break one rule each, for the comparison of what is refused, and by which error."""

from __future__ import annotations

from collections.abc import Iterator

HEAD = (
    "<domain type='qemu'><name>g</name><uuid>11111111-2222-3333-4444-555555555555</uuid>"
    "{memory}{vcpu}<os><type arch='x86_64' machine='pc'>hvm</type></os>{inside}"
    "<devices>{devices}</devices></domain>"
)
MEMORY = "<memory unit='MiB'>256</memory>"
DISK = "<disk type='file'><source file='/{0}'/><target dev='{1}' bus='{2}'/>{3}</disk>"
NIC = "<interface type='user'><mac address='{0}'/>{1}</interface>"


def cpu(inside: str) -> str:
    return f"<cpu>{inside}</cpu>"


def nodes(*cells: str) -> str:
    return cpu("<numa>" + "".join(cells) + "</numa>")


def cell(number: int, cpus: str, inside: str = "", memory: int = 128) -> str:
    return f"<cell id='{number}' cpus='{cpus}' memory='{memory}' unit='MiB'>{inside}</cell>"


def distance(*values: int) -> str:
    return "<distances>" + "".join(f"<sibling id='{i}' value='{v}'/>" for i, v in enumerate(values)) + "</distances>"


#: Name: what replaces <memory>, <vcpu>, what stands beside <os>, what is in <devices>.
RULES: dict[str, tuple[str, str, str, str]] = {
    # units of memory
    **{f"memory in {unit}": (f"<memory unit='{unit}'>{size}</memory>", "", "", "") for unit, size in (
        ("b", 268435456), ("bytes", 268435456), ("KB", 262144), ("k", 262144), ("KiB", 262144), ("MB", 256),
        ("M", 256), ("GB", 1), ("G", 1), ("T", 1), ("TiB", 1))},
    "memory without a unit": ("<memory>262144</memory>", "", "", ""),
    "memory in an unknown unit": ("<memory unit='furlong'>1</memory>", "", "", ""),
    "memory that is no number": ("<memory>much</memory>", "", "", ""),
    "memory that overflows": ("<memory unit='TiB'>99999999999999999</memory>", "", "", ""),
    "no memory": ("", "", "", ""),
    "memory of nothing": ("<memory>0</memory>", "", "", ""),
    "more current memory than there is": (MEMORY + "<currentMemory unit='MiB'>512</currentMemory>", "", "", ""),
    "slots without a size": (MEMORY + "<maxMemory slots='4'>0</maxMemory>", "", "", ""),
    "a size without slots": (MEMORY + "<maxMemory unit='MiB'>1024</maxMemory>", "", "", ""),
    "less maximum than memory": (MEMORY + "<maxMemory slots='4' unit='MiB'>128</maxMemory>", "", "", ""),
    # processors and their topology
    "processors": (MEMORY, "<vcpu current='2'>4</vcpu>", "", ""),
    "no processor": (MEMORY, "<vcpu>0</vcpu>", "", ""),
    "more current processors than there are": (MEMORY, "<vcpu current='5'>4</vcpu>", "", ""),
    "a topology": (MEMORY, "<vcpu>8</vcpu>", cpu("<topology sockets='2' cores='2' threads='2'/>"), ""),
    "a topology that is too small": (MEMORY, "<vcpu>8</vcpu>", cpu("<topology sockets='1' cores='2' threads='2'/>"), ""),
    "a topology that is too large": (MEMORY, "<vcpu>2</vcpu>", cpu("<topology sockets='2' cores='2' threads='2'/>"), ""),
    "a topology of nothing": (MEMORY, "<vcpu>1</vcpu>", cpu("<topology sockets='0' cores='1' threads='1'/>"), ""),
    "half a topology": (MEMORY, "<vcpu>2</vcpu>", cpu("<topology sockets='2'/>"), ""),
    "dies": (MEMORY, "<vcpu>8</vcpu>", cpu("<topology sockets='1' dies='2' cores='2' threads='2'/>"), ""),
    "states of processors": (MEMORY, "<vcpu current='1'>2</vcpu><vcpus><vcpu id='0' enabled='yes'/>"
                             "<vcpu id='1' enabled='no' hotpluggable='yes'/></vcpus>", "", ""),
    "a state given twice": (MEMORY, "<vcpu>2</vcpu><vcpus><vcpu id='0' enabled='yes'/>"
                            "<vcpu id='0' enabled='yes'/></vcpus>", "", ""),
    # nodes
    "nodes": (MEMORY, "<vcpu>2</vcpu>", nodes(cell(0, "0"), cell(1, "1")), ""),
    "nodes with processors in common": (MEMORY, "<vcpu>2</vcpu>", nodes(cell(0, "0-1"), cell(1, "1")), ""),
    "a node given twice": (MEMORY, "<vcpu>2</vcpu>", nodes(cell(0, "0"), cell(0, "1")), ""),
    "a node with a gap": (MEMORY, "<vcpu>2</vcpu>", nodes(cell(0, "0"), cell(2, "1")), ""),
    "nodes with processors that are not there": (MEMORY, "<vcpu>2</vcpu>", nodes(cell(0, "0"), cell(1, "1-7")), ""),
    "a node without processors": (MEMORY, "<vcpu>2</vcpu>", nodes(
        cell(0, "0-1"), "<cell id='1' memory='128' unit='MiB'/>"), ""),
    "distances": (MEMORY, "<vcpu>2</vcpu>", nodes(
        cell(0, "0", distance(10, 21)), cell(1, "1", distance(21, 10))), ""),
    "one distance": (MEMORY, "<vcpu>2</vcpu>", nodes(cell(0, "0", distance(10, 31)), cell(1, "1")), ""),
    "a distance that is too small": (MEMORY, "<vcpu>2</vcpu>", nodes(
        cell(0, "0", distance(10, 9)), cell(1, "1")), ""),
    "a distance that is too large": (MEMORY, "<vcpu>2</vcpu>", nodes(
        cell(0, "0", distance(10, 256)), cell(1, "1")), ""),
    "a distance to itself": (MEMORY, "<vcpu>2</vcpu>", nodes(
        cell(0, "0", distance(20, 21)), cell(1, "1")), ""),
    "a distance to nowhere": (MEMORY, "<vcpu>2</vcpu>", nodes(
        cell(0, "0", distance(10, 21, 31)), cell(1, "1")), ""),
    "a distance with a dot": (MEMORY, "<vcpu>2</vcpu>", nodes(
        cell(0, "0", "<distances><sibling id='1' value='2.1'/></distances>"), cell(1, "1")), ""),
    # targets, names, turns
    "a target twice": (MEMORY, "", "", DISK.format("a", "vda", "virtio", "") + DISK.format("b", "vda", "virtio", "")),
    "a target on two buses": (MEMORY, "", "", DISK.format("a", "sda", "scsi", "") + DISK.format("b", "sda", "usb", "")),
    "a target that is none": (MEMORY, "", "", DISK.format("a", "x", "virtio", "")),
    "a disk without a target": (MEMORY, "", "", "<disk type='file'><source file='/a'/></disk>"),
    "a disk without a source": (MEMORY, "", "", "<disk type='file'><target dev='vda' bus='virtio'/></disk>"),
    "an alias twice": (MEMORY, "", "", DISK.format("a", "vda", "virtio", "<alias name='ua-x'/>")
                       + DISK.format("b", "vdb", "virtio", "<alias name='ua-x'/>")),
    "aliases": (MEMORY, "", "", DISK.format("a", "vda", "virtio", "<alias name='ua-x'/>")
                + DISK.format("b", "vdb", "virtio", "<alias name='mine'/>")),
    "turns at booting": (MEMORY, "", "", DISK.format("a", "vda", "virtio", "<boot order='2'/>")
                         + NIC.format("52:54:00:00:00:01", "<boot order='1'/>")),
    "a turn twice": (MEMORY, "", "", DISK.format("a", "vda", "virtio", "<boot order='1'/>")
                     + NIC.format("52:54:00:00:00:01", "<boot order='1'/>")),
    "a turn of nothing": (MEMORY, "", "", DISK.format("a", "vda", "virtio", "<boot order='0'/>")),
    "an address of a group": (MEMORY, "", "", NIC.format("53:54:00:00:00:01", "")),
    "an address that is none": (MEMORY, "", "", NIC.format("52:54:00:00:00", "")),
    "an address twice": (MEMORY, "", "", NIC.format("52:54:00:00:00:01", "") * 2),
    "a drive that is too far": (MEMORY, "", "", DISK.format(
        "a", "hda", "ide", "<address type='drive' controller='0' bus='2' target='0' unit='0'/>")),
    "an unknown bus": (MEMORY, "", "", DISK.format("a", "vda", "carrier", "")),
    "ide of another machine": (MEMORY, "", "", DISK.format("a", "hda", "ide", "")),
    # what goes together
    "a lun that is a file": (MEMORY, "", "", DISK.format("a", "sda", "scsi", "").replace(
        "type='file'", "type='file' device='lun'")),
    "a floppy on virtio": (MEMORY, "", "", DISK.format("a", "vda", "virtio", "").replace(
        "type='file'", "type='file' device='floppy'")),
    "an unknown element": (MEMORY, "", "<zz/>", ""),
    "an unknown attribute": (MEMORY, "", "", DISK.format("a", "vda", "virtio", "").replace("<disk", "<disk zz='1'")),
    "a controller twice": (MEMORY, "", "", "<controller type='scsi' index='0'/>" * 2),
    "a controller of an unknown kind": (MEMORY, "", "", "<controller type='zz' index='0'/>"),
    "two balloons": (MEMORY, "", "", "<memballoon model='virtio'/>" * 2),
    "two watchdogs": (MEMORY, "", "", "<watchdog model='i6300esb'/>" * 2),
    "I/O threads": (MEMORY, "", "<iothreads>2</iothreads>", DISK.format("a", "vda", "virtio", "<driver iothread='1'/>")),
    "an I/O thread that is not there": (MEMORY, "", "<iothreads>1</iothreads>",
                                        DISK.format("a", "vda", "virtio", "<driver iothread='2'/>")),
    "an I/O thread of an IDE disk": (MEMORY, "", "<iothreads>1</iothreads>",
                                     DISK.format("a", "hda", "ide", "<driver iothread='1'/>")),
    "a pinned processor that is not there": (MEMORY, "<vcpu>1</vcpu>",
                                             "<cputune><vcpupin vcpu='4' cpuset='0'/></cputune>", ""),
    "a period that is too short": (MEMORY, "", "<cputune><period>10</period></cputune>", ""),
    "a channel without a name": (MEMORY, "", "", "<channel type='pty'><target type='virtio'/></channel>"),
    "a channel of an unknown kind": (MEMORY, "", "", "<channel type='pty'><target type='zz' name='x'/></channel>"),
}


def documents() -> Iterator[tuple[str, str]]:
    """Name and text of each."""
    for name, (memory, vcpu, inside, devices) in RULES.items():
        yield name, HEAD.format(memory=memory, vcpu=vcpu or "<vcpu>1</vcpu>", inside=inside, devices=devices)
