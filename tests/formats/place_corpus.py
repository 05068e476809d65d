# SPDX-License-Identifier: LGPL-2.1-or-later
"""Documents of machines that leave open where their devices are: what the test of places compares."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

HEAD = (
    "<domain type='qemu'><name>g</name><uuid>11111111-2222-3333-4444-555555555555</uuid>"
    "<memory unit='MiB'>256</memory>{head}<vcpu>2</vcpu><os>"
    "<type arch='{arch}' machine='{machine}'>hvm</type></os>{features}"
    "<devices>{devices}</devices></domain>"
)
SLOTS = "<maxMemory slots='16' unit='MiB'>8192</maxMemory>"
NUMA = "<cpu><numa><cell id='0' cpus='0-1' memory='256' unit='MiB'/></numa></cpu>"


def disks(bus: str, prefix: str, count: int, device: str = "disk") -> str:
    """Disks named in order on one bus."""
    return "".join(
        f"<disk type='file' device='{device}'><source file='/{prefix}{i}'/>"
        f"<target dev='{prefix}{chr(ord('a') + i)}' bus='{bus}'/></disk>"
        for i in range(count)
    )


def nics(model: str, count: int) -> str:
    return "".join(
        f"<interface type='user'><mac address='52:54:00:00:00:{i:02x}'/><model type='{model}'/>"
        "</interface>"
        for i in range(count)
    )


def channels(count: int) -> str:
    return "".join(
        f"<channel type='pty'><target type='virtio' name='c{i}'/></channel>" for i in range(count)
    )


def pci(bus: int, slot: int, function: int = 0, more: str = "") -> str:
    return (f"<address type='pci' domain='0x0000' bus='0x{bus:02x}' slot='0x{slot:02x}'"
            f" function='0x{function:x}'{more}/>")


def usb_hub(count: int) -> str:
    return "".join("<hub type='usb'/>" for _ in range(count))


HOSTDEV_USB = ("<hostdev mode='subsystem' type='usb'><source><vendor id='0x1234'/>"
               "<product id='0xabcd'/></source></hostdev>")
HOSTDEV_PCI = ("<hostdev mode='subsystem' type='pci' managed='yes'><source>"
               "<address domain='0x0000' bus='0x{0:02x}' slot='0x00' function='0x0'/></source>"
               "</hostdev>")
VNC = "<graphics type='vnc' port='-1'/>"
SPICE = "<graphics type='spice' autoport='yes'/>"
RNG = "<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>"
DIMM = "<memory model='dimm'><target><size unit='MiB'>256</size><node>0</node></target></memory>"
REDIR = "<redirdev bus='usb' type='spicevmc'/>"
TABLET = "<input type='tablet' bus='usb'/>"
EHCI = (
    "<controller type='usb' index='0' model='ich9-ehci1'/>"
    "<controller type='usb' index='0' model='ich9-uhci1'><master startport='0'/></controller>"
    "<controller type='usb' index='0' model='ich9-uhci2'><master startport='2'/></controller>"
    "<controller type='usb' index='0' model='ich9-uhci3'><master startport='4'/></controller>"
)

# What both families of machines have, by name.
COMMON: dict[str, str] = {
    "empty": "",
    "one disk, one nic": disks("virtio", "vd", 1) + nics("virtio", 1),
    "many virtio disks": disks("virtio", "vd", 12),
    "many nics": nics("virtio", 8),
    "nics of old models": nics("e1000", 2) + nics("rtl8139", 0),
    "scsi disks": disks("scsi", "sd", 3),
    "more scsi disks than one controller takes": disks("scsi", "sd", 9),
    "virtio-scsi controllers": "<controller type='scsi' index='0' model='virtio-scsi'/>"
                               "<controller type='scsi' index='1' model='virtio-scsi'/>"
                               + disks("scsi", "sd", 2),
    "lsi": "<controller type='scsi' index='0' model='lsilogic'/>" + disks("scsi", "sd", 2),
    "sata disks": disks("sata", "sd", 4),
    "sata disks on two controllers": disks("sata", "sd", 8),
    "usb disks": disks("usb", "sd", 2),
    "cdrom": disks("sata", "sd", 1, "cdrom"),
    "floppy": disks("fdc", "fd", 1, "floppy"),
    "serial": "<serial type='pty'/><serial type='pty'/>",
    "serial on pci": "<serial type='pty'><target type='pci-serial' port='0'/></serial>",
    "serial on usb": "<serial type='pty'><target type='usb-serial' port='0'/></serial>",
    "parallel": "<parallel type='pty'/>",
    "console": "<console type='pty'/>",
    "virtio console": "<console type='pty'><target type='virtio'/></console>",
    "channels": channels(4),
    "channels on two controllers": "<controller type='virtio-serial' index='0' ports='2'/>"
                                   "<controller type='virtio-serial' index='1'/>" + channels(4),
    "channel with a port": "<channel type='pty'><target type='virtio' name='x'/><address "
                           "type='virtio-serial' controller='0' bus='0' port='2'/></channel>"
                           + channels(3),
    "vnc": VNC,
    "spice": SPICE + "<channel type='spicevmc'><target type='virtio' "
                     "name='com.redhat.spice.0'/></channel>",
    "qxl": SPICE + "<video><model type='qxl'/></video><video><model type='qxl'/></video>",
    "virtio video": "<video><model type='virtio'/></video>",
    "vga": VNC + "<video><model type='vga'/></video>",
    "sound": "<sound model='ich6'/><sound model='ac97'/>",
    "sound of q35": "<sound model='ich9'/>",
    "tablet": TABLET,
    "usb input": TABLET + "<input type='mouse' bus='usb'/><input type='keyboard' bus='usb'/>",
    "virtio input": "<input type='keyboard' bus='virtio'/><input type='tablet' bus='virtio'/>",
    "ehci": EHCI + TABLET,
    "xhci": "<controller type='usb' index='0' model='qemu-xhci' ports='15'/>" + TABLET,
    "two usb controllers": "<controller type='usb' index='0'/><controller type='usb' index='1' "
                           "model='nec-xhci'/>" + TABLET,
    "no usb": "<controller type='usb' index='0' model='none'/>",
    "no balloon": "<memballoon model='none'/>",
    "redirection": SPICE + REDIR + REDIR,
    "usb hub": usb_hub(1) + TABLET + TABLET,
    "usb of the host": HOSTDEV_USB,
    "pci of the host": HOSTDEV_PCI.format(6) + HOSTDEV_PCI.format(7),
    "rng": RNG,
    "watchdog": "<watchdog model='i6300esb' action='reset'/>",
    "watchdog on the board": "<watchdog model='ib700' action='reset'/>",
    "smartcard": "<smartcard mode='host'/>",
    "panic": "<panic model='isa'/>",
    "vsock": "<vsock model='virtio'><cid auto='yes'/></vsock>",
    "filesystem": "<filesystem type='mount' accessmode='mapped'><source dir='/f'/>"
                  "<target dir='x'/></filesystem>",
    "shmem": "<shmem name='s'><model type='ivshmem-plain'/><size unit='M'>4</size></shmem>",
    "given places": disks("virtio", "vd", 1).replace("</disk>", pci(0, 6) + "</disk>")
                    + nics("virtio", 2),
    "functions of one slot": "".join(
        disks("virtio", "vd", 2).replace("</disk>", "%s</disk>").replace("%s", pci(
            0, 8, 0, " multifunction='on'"), 1).replace("%s", pci(0, 8, 1))) + nics("virtio", 1),
    "device on a bridge that is missing": nics("e1000", 1).replace(
        "</interface>", pci(2, 3) + "</interface>"),
    "everything": SPICE + "<video><model type='vga'/></video><video><model type='virtio'/></video>"
                  + RNG + "<watchdog model='i6300esb' action='reset'/>"
                  "<shmem name='s'><model type='ivshmem-plain'/><size unit='M'>4</size></shmem>"
                  "<input type='keyboard' bus='virtio'/><vsock model='virtio'><cid auto='yes'/></vsock>"
                  "<serial type='pty'><target type='pci-serial' port='0'/></serial>"
                  + HOSTDEV_PCI.format(6) + disks("virtio", "vd", 1) + nics("virtio", 1)
                  + "<filesystem type='mount' accessmode='mapped'><source dir='/f'/>"
                  "<target dir='x'/></filesystem><sound model='ac97'/>" + channels(1),
    "usb ports run out": TABLET + usb_hub(0) + REDIR * 2 + HOSTDEV_USB + SPICE + TABLET * 2,
    "usb port that is given": TABLET.replace("/>", "><address type='usb' bus='0' port='1'/></input>")
                              + TABLET + "<controller type='usb' index='0' model='qemu-xhci'/>",
    "two smartcards": "<smartcard mode='host'/><smartcard mode='host'/>",
    "desktop": SPICE + "<video><model type='qxl'/></video>" + TABLET + "<sound model='ich6'/>"
               + disks("virtio", "vd", 2) + disks("sata", "sd", 1, "cdrom") + nics("virtio", 2)
               + channels(2) + "<serial type='pty'/><console type='pty'/>" + REDIR + RNG + EHCI,
    "server": disks("scsi", "sd", 6) + nics("virtio", 4) + channels(1) + RNG
              + "<controller type='scsi' index='0' model='virtio-scsi'/>"
              "<memballoon model='virtio'/><panic model='isa'/>",
}
# What is wrong on every machine.
WRONG: dict[str, str] = {
    "one PCI address twice": nics("virtio", 2).replace("</interface>", pci(0, 9) + "</interface>"),
    "the board's address": nics("virtio", 1).replace("</interface>", pci(0, 0) + "</interface>"),
    "no such slot": nics("virtio", 1).replace("</interface>", pci(0, 40) + "</interface>"),
    "one USB port twice": TABLET.replace(
        "/>", "><address type='usb' bus='0' port='1'/></input>") * 2,
    "no such USB port": TABLET.replace("/>", "><address type='usb' bus='0' port='9'/></input>"),
    "no such hub": TABLET.replace("/>", "><address type='usb' bus='0' port='1.1'/></input>"),
    "one port of a channel twice": ("<channel type='pty'><target type='virtio' name='x{0}'/>"
        "<address type='virtio-serial' controller='0' bus='0' port='2'/></channel>").format(1) * 2,
    "one drive address twice": disks("sata", "sd", 2).replace(
        "</disk>", "<address type='drive' controller='0' bus='0' target='0' unit='0'/></disk>"),
    "a controller that is no bus": nics("virtio", 1) + "<controller type='pci' index='0' "
                                   "model='pci-bridge'/>",
}
PC: dict[str, str] = {
    "bridge": "<controller type='pci' index='0' model='pci-root'/>"
              "<controller type='pci' index='1' model='pci-bridge'/>" + nics("e1000", 2),
    "ide disks": disks("ide", "hd", 4),
    "ide cdrom": disks("ide", "hd", 1) + disks("ide", "hd", 1, "cdrom").replace("hda", "hdc"),
    "isa nic": nics("ne2k_isa", 1).replace("<interface", "<interface"),
    "more than one bus": disks("virtio", "vd", 20) + nics("virtio", 14),
    **{f"{count} disks": disks("virtio", "vd", 24) + nics("virtio", count - 24)
       for count in (28, 29, 30, 31)},
    "the address of the bridge to ISA": nics("virtio", 1).replace("</interface>", pci(0, 1) + "</interface>"),
    "a gap between bridges": "<controller type='pci' index='3' model='pci-bridge'/>" + nics("e1000", 2),
    "sb16": "<sound model='sb16'/>",
}
Q35: dict[str, str] = {
    "a bridge of old machines": "<controller type='pci' index='1' model='pci-bridge'/>" + nics("e1000", 2),
    "root ports": "<controller type='pci' index='1' model='pcie-root-port'/>"
                  "<controller type='pci' index='2' model='pcie-root-port'/>" + nics("virtio", 4),
    "dmi to pci bridge": "<controller type='pci' index='1' model='dmi-to-pci-bridge'/>"
                         "<controller type='pci' index='2' model='pci-bridge'/>" + nics("e1000", 1),
    "switch": "<controller type='pci' index='1' model='pcie-root-port'/>"
              "<controller type='pci' index='2' model='pcie-switch-upstream-port'/>"
              "<controller type='pci' index='3' model='pcie-switch-downstream-port'/>"
              + nics("virtio", 2),
    "expander": "<controller type='pci' index='1' model='pcie-expander-bus'>"
                "<target busNr='180'/></controller>"
                "<controller type='pci' index='2' model='pcie-root-port'/>",
    "the address of the board": nics("virtio", 1).replace("</interface>", pci(0, 31) + "</interface>"),
    "a gap between ports": "<controller type='pci' index='1' model='pcie-root-port'/>"
                           "<controller type='pci' index='4' model='pcie-root-port'/>" + nics("virtio", 1),
    "integrated": nics("e1000e", 1).replace("</interface>", pci(0, 5) + "</interface>"),
}
MEMORY: dict[str, str] = {
    "memory": DIMM + DIMM,
    "memory with a slot": DIMM.replace("</memory>", "<address type='dimm' slot='1'/></memory>")
                          + DIMM + DIMM,
}


def vio(register: int) -> str:
    return f"<address type='spapr-vio' reg='0x{register:x}'/>"


def ccw(number: int) -> str:
    return f"<address type='ccw' cssid='0xfe' ssid='0x0' devno='0x{number:04x}'/>"


VIRTIO = (disks("scsi", "sd", 2) + disks("virtio", "vd", 2) + nics("virtio", 1) + channels(1) + RNG + VNC
          + "<vsock model='virtio'><cid auto='yes'/></vsock><input type='keyboard' bus='virtio'/>"
          "<video><model type='virtio'/></video><filesystem type='mount' accessmode='mapped'>"
          "<source dir='/f'/><target dir='x'/></filesystem>")
VHOST = ("<hostdev mode='subsystem' type='scsi_host'><source protocol='vhost' wwpn='naa.5123456789abcde0'/>"
         "</hostdev>")
TWO_SERIALS = "<serial type='pty'><target type='spapr-vio-serial'/>{0}</serial><serial type='pty'/>"
PSERIES: dict[str, str] = {
    "empty": "",
    "virtio": VIRTIO,
    "virtual bus": disks("scsi", "sd", 2) + nics("spapr-vlan", 2) + "<serial type='pty'/><serial type='pty'/>",
    "usb without a model": "<controller type='usb' index='0'/>" + TABLET,
    "screen": VNC + "<video><model type='vga'/></video>",
    "memory of the firmware": "<nvram/>" + disks("scsi", "sd", 1),
    "console": "<console type='pty'/>",
    "scsi of both kinds": "<controller type='scsi' index='0' model='virtio-scsi'/>"
                          "<controller type='scsi' index='1'/>" + disks("scsi", "sd", 1),
    "given register": nics("spapr-vlan", 2).replace("</interface>", vio(0x1000) + "</interface>", 1),
    "given register of a serial port": TWO_SERIALS.format(vio(0x30001000)),
    "one register twice": nics("spapr-vlan", 2).replace("</interface>", vio(0x1000) + "</interface>"),
    "pci of the host": HOSTDEV_PCI.format(6) + RNG,
    **{f"{count} nics": nics("virtio", count) for count in (28, 29, 33)},
}
S390: dict[str, str] = {
    "empty": "",
    "virtio": VIRTIO,
    "serial": "<serial type='pty'/><console type='pty'/>",
    "console": "<console type='pty'/>",
    "given number": disks("virtio", "vd", 2).replace("</disk>", ccw(0) + "</disk>", 1),
    "one number twice": disks("virtio", "vd", 2).replace("</disk>", ccw(0) + "</disk>"),
    "device of the host": VHOST + VIRTIO,
    "watchdog": "<panic model='s390'/><watchdog model='diag288' action='reset'/>",
}
#: Machines of other processors: the architecture, and what they have.
OTHERS = {"pseries": ("ppc64", PSERIES), "s390-ccw-virtio": ("s390x", S390)}


def documents() -> Iterator[tuple[str, str]]:
    """Name and text of each."""
    for machine, own in (("pc", PC), ("q35", Q35)):
        for name, devices in (COMMON | own | MEMORY | WRONG).items():
            memory = name in MEMORY
            features = "<features><acpi/></features>" + (NUMA if memory else "")
            yield f"{machine}: {name}", HEAD.format(
                arch="x86_64", machine=machine, features=features, head=SLOTS if memory else "",
                devices=devices)
    for machine, (arch, own) in OTHERS.items():
        for name, devices in own.items() if shutil.which(f"qemu-system-{arch}") else ():
            yield f"{machine}: {name}", HEAD.format(
                arch=arch, machine=machine, features="", head="", devices=devices)
