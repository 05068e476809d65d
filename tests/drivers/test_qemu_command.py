#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every kind of device that a document can ask for: the words of the command line, and that QEMU takes them."""

from __future__ import annotations

import shlex
import socket
import subprocess
import unittest
from dataclasses import dataclass
from pathlib import Path

from qemu_guest import Guest

OVMF = "/usr/share/OVMF/OVMF_CODE_4M.fd"
SHARED = "<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>"
USB = "<controller type='usb' model='qemu-xhci'/>"
SCSI = "<controller type='scsi' model='virtio-scsi'/>"


@dataclass(frozen=True)
class Case:
    """Parts of a document, what its command line says, and whether this machine can run it."""

    name: str
    says: tuple[str, ...] = ()
    devices: str = ""
    more: str = ""
    machine: str = "pc"
    os: str = ""
    features: str = "<acpi/>"
    kind: str = "qemu"
    memory: int = 64
    space: str = ""
    #: Why no QEMU of this machine can be started with it; "" when one is.
    shown: str = ""
    #: Words of the refusal; the document can't be.
    refused: str = ""
    #: Without this file it is only shown.
    needs: str = ""


def disk(source: str, target: str = "vda", bus: str = "virtio", kind: str = "file", device: str = "disk",
         driver: str = "<driver name='qemu' type='raw'/>", more: str = "") -> str:
    return (f"<disk type='{kind}' device='{device}'>{driver}{source}<target dev='{target}' bus='{bus}'/>"
            f"{more}</disk>")


FILE = "<source file='{raw}'/>"


def server(protocol: str, name: str, host: str = "<host name='192.0.2.1'/>", more: str = "") -> str:
    return disk(f"<source protocol='{protocol}' name='{name}'>{host}{more}</source>", kind="network")


NOBODY = "nobody serves it here"

CASES = (
    # Machine and memory.
    Case("plain", ('-m size=65536k',)),
    Case("shared memory", ("memory-backend-memfd", '"share":true', "memory-backend=pc.ram"), more=SHARED),
    Case("memory in a file", ("memory-backend-file", '"mem-path"'),
         more="<memoryBacking><source type='file'/><access mode='shared'/><discard/></memoryBacking>"),
    Case("memory taken at once", ('"prealloc":true', '"prealloc-threads":2', '"merge":false'),
         more="<memoryBacking><nosharepages/><allocation mode='immediate' threads='2'/></memoryBacking>"),
    Case("huge pages", ('"hugetlb":true', '"hugetlbsize":2097152'),
         more="<memoryBacking><hugepages/></memoryBacking>", shown="no huge pages are set aside"),
    Case("huge pages of a node", ('"id":"ram-node0"', '"hugetlbsize":1073741824'), memory=2097152 // 1024,
         more="""<memoryBacking><hugepages><page size='1' unit='G' nodeset='0'/></hugepages></memoryBacking>
            <cpu><numa><cell id='0' cpus='0' memory='1048576'/><cell id='1' memory='1048576'/></numa></cpu>""",
         shown="no huge pages are set aside"),
    Case("locked memory", ("mem-lock=on",), more="<memoryBacking><locked/></memoryBacking>"),
    Case("nodes of the host", ('"host-nodes":[0]', '"policy":"interleave"'),
         more="<numatune><memory mode='interleave' nodeset='0'/></numatune>"),
    Case("nodes", ("node,nodeid=0,cpus=0-1,memdev=ram-node0", "dist,src=0,dst=1,val=21"), memory=64,
         more="""<vcpu>4</vcpu><cpu><topology sockets='2' cores='2' threads='1'/><numa>
            <cell id='0' cpus='0-1' memory='32768'><distances><sibling id='1' value='21'/></distances></cell>
            <cell id='1' cpus='2,3' memory='32768' memAccess='shared'/></numa></cpu>"""),
    Case("module of memory", ("size=65536k,slots=4,maxmem=1048576k", '"driver":"pc-dimm"', '"slot":0'),
         more="<maxMemory slots='4' unit='MiB'>1024</maxMemory>", memory=192,
         devices="<memory model='dimm'><target><size unit='MiB'>128</size></target></memory>"),
    Case("module of flash memory", ('"driver":"nvdimm"', "nvdimm=on", '"label-size":131072'),
         more="""<maxMemory slots='4' unit='MiB'>1024</maxMemory>
            <cpu><numa><cell id='0' cpus='0' memory='65536'/></numa></cpu>""", memory=192,
         devices="""<memory model='nvdimm' access='shared'><source><path>{raw}</path></source><target>
            <size unit='MiB'>128</size><node>0</node><label><size unit='KiB'>128</size></label></target></memory>"""),
    Case("memory that comes and goes", ('"driver":"virtio-mem-pci"', '"block-size":2097152', '"requested-size":67108864'),
         more="<maxMemory slots='4' unit='MiB'>1024</maxMemory>", memory=192,
         devices="""<memory model='virtio-mem'><target><size unit='MiB'>128</size><block unit='MiB'>2</block>
            <requested unit='MiB'>64</requested></target></memory>"""),
    Case("persistent memory", ('"driver":"virtio-pmem-pci"',), memory=192,
         more="<maxMemory slots='4' unit='MiB'>1024</maxMemory>",
         devices="""<memory model='virtio-pmem' access='shared'><source><path>{raw}</path></source><target>
            <size unit='MiB'>128</size></target></memory>"""),
    Case("modules need room", refused="<maxMemory", memory=192,
         devices="<memory model='dimm'><target><size unit='MiB'>128</size></target></memory>"),
    # Processors.
    Case("processor", ("Westmere,phys-bits=40,aes=off",),
         more="""<cpu mode='custom' match='exact'><model>Westmere</model><maxphysaddr mode='emulate' bits='40'/>
            <feature policy='disable' name='aes'/></cpu>"""),
    Case("hyperv", ("hv-relaxed=on", "hv-spinlocks=0x1fff", "hv-vendor-id=Somebody"), kind="kvm", shown="KVM only",
         features="""<acpi/><hyperv><relaxed state='on'/><spinlocks state='on' retries='8191'/>
            <vendor_id state='on' value='Somebody'/></hyperv>"""),
    Case("what KVM shows", ("kvm=off", "kvm-pv-eoi=on", "pmu=off", "kvm-hint-dedicated=on", "kernel-irqchip=split"),
         kind="kvm", shown="KVM only", features="""<acpi/><apic eoi='on'/><pmu state='off'/><ioapic driver='qemu'/>
            <kvm><hidden state='on'/><hint-dedicated state='on'/></kvm>"""),
    Case("timers", ("hpet=off", "pit=off", "driftfix=slew", "tsc-frequency=2000000000"),
         more="""<clock offset='utc'><timer name='hpet' present='no'/><timer name='pit' present='no'/>
            <timer name='rtc' tickpolicy='catchup'/><timer name='tsc' frequency='2000000000'/></clock>"""),
    Case("cache of translations", ("tcg,tb-size=64",), features="<acpi/><tcg><tb-cache unit='MiB'>64</tb-cache></tcg>"),
    # Firmware.
    Case("UEFI by hand", ("pflash0=libvirt-pflash0-format", "pflash1=libvirt-pflash1-format", '"filename":"{vars}"'),
         machine="q35", memory=128, needs=OVMF, os="""<loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE_4M.fd</loader>
            <nvram template='/usr/share/OVMF/OVMF_VARS_4M.fd'>{vars}</nvram>"""),
    Case("secure boot needs its machine", refused="q35", os="""<loader readonly='yes' secure='yes' type='pflash'
            >/usr/share/OVMF/OVMF_CODE_4M.secboot.fd</loader><nvram template='/usr/share/OVMF/OVMF_VARS_4M.fd'/>"""),
    Case("BIOS in a file", ('-bios /usr',), os="<loader type='rom'>/usr/share/seabios/bios-256k.bin</loader>"),
    Case("system information", ("type=0,vendor=Us,,and others", "type=1,manufacturer=M", "type=2,product=B",
                                "type=3,asset=C", "type=11,value=hello"), os="<smbios mode='sysinfo'/>",
         more="""<sysinfo type='smbios'><bios><entry name='vendor'>Us,and others</entry></bios>
            <system><entry name='manufacturer'>M</entry></system><baseBoard><entry name='product'>B</entry></baseBoard>
            <chassis><entry name='asset'>C</entry></chassis><oemStrings><entry>hello</entry></oemStrings></sysinfo>"""),
    Case("system information of the host", ("type=1",), os="<smbios mode='host'/>"),
    Case("configuration", ("name=opt/org.example/x,string=words",),
         more="<sysinfo type='fwcfg'><entry name='opt/org.example/x'>words</entry></sysinfo>"),
    Case("generation", ('"driver":"vmgenid"',), more="<genid>8a8b1d5a-4a2f-4c0b-9c0e-0f6f3f1d2c3b</genid>"),
    Case("notes of crashes", ("vmcoreinfo",), features="<acpi/><vmcoreinfo state='on'/>"),
    Case("messages over a crash", ('"driver":"acpi-erst"', '"size":65536'),
         devices="<pstore backend='acpi-erst'><path>{dir}/pstore</path><size unit='KiB'>64</size></pstore>"),
    # Disks.
    *(Case(f"disk on {bus}", (driver,), devices=before + disk(FILE, target, bus)) for bus, target, driver, before in (
        ("virtio", "vda", '"driver":"virtio-blk-pci"', ""), ("ide", "hdb", '"driver":"ide-hd"', ""),
        ("sata", "sda", '"driver":"ide-hd"', ""), ("scsi", "sda", '"driver":"scsi-hd"', SCSI),
        ("usb", "sda", '"driver":"usb-storage"', USB))),
    Case("disk on nvme", ('"driver":"nvme-ns"', '"driver":"nvme"'), devices=disk(FILE, "nvme0n1", "nvme",
            more="<address type='drive' controller='0' bus='0' target='0' unit='0'/>")),
    Case("floppy", ('"driver":"floppy"',), devices=disk("<source file='{floppy}'/>", "fda", "fdc", device="floppy")),
    Case("drive", ('"driver":"scsi-cd"',), devices=SCSI + disk(FILE, "sda", "scsi", device="cdrom")),
    Case("no such bus", refused="'xen'", devices=disk(FILE, "xvda", "xen")),
    Case("cache and discard", ('"direct":true', '"discard":"unmap"', '"detect-zeroes":"unmap"', '"aio":"native"'),
         devices=disk(FILE, driver="<driver name='qemu' type='raw' cache='none' io='native' discard='unmap' "
                                   "detect_zeroes='unmap'/>")),
    Case("io_uring", ('"aio":"io_uring"',), devices=disk(FILE, driver="<driver name='qemu' type='raw' io='io_uring'/>"),
         shown="the kernel may have none"),
    Case("threads and queues", ('"iothread":"iothread1"', '"num-queues":2', '"queue-size":64'),
         more="<iothreads>1</iothreads>",
         devices=disk(FILE, driver="<driver name='qemu' type='raw' iothread='1' queues='2' queue_size='64'/>")),
    Case("traits of a disk", ('"wwn":5769146514271133696', '"vendor":"US"', '"product":"DISK"', '"rotation_rate":1',
                              '"logical_block_size":512', '"cyls":16'),
         devices=SCSI + disk(FILE, "sda", "scsi", more="""<geometry cyls='16' heads='16' secs='63'/>
            <blockio logical_block_size='512'/><serial>S1</serial><wwn>5010203040506000</wwn><vendor>US</vendor>
            <product>DISK</product>""").replace("bus='scsi'/>", "bus='scsi' rotation_rate='1'/>")),
    *(Case(f"{what} on {bus}", refused=f"<{what}>", devices=disk(FILE, "sda" if bus == "sata" else "vda", bus, more=more))
      for what, bus, more in (("wwn", "virtio", "<wwn>5010203040506000</wwn>"), ("vendor", "sata", "<vendor>US</vendor>"),
                              ("geometry", "usb", "<geometry cyls='16' heads='16' secs='63'/>"))),
    Case("threads on sata", refused="I/O threads", devices=disk(FILE, "sda", "sata", driver="<driver name='qemu' type='raw' iothread='1'/>"),
         more="<iothreads>1</iothreads>"),
    Case("copies what is read", ('"driver":"copy-on-read"', '"drive":"libvirt-vda-cor"'),
         devices=disk(FILE, driver="<driver name='qemu' type='raw' copy_on_read='on'/>")),
    Case("part of a file", ('"offset":65536', '"size":1048576'),
         devices=disk("<source file='{raw}'><slices><slice type='storage' offset='65536' size='1048576'/></slices></source>")),
    Case("folder", ('"driver":"vvfat"',), devices=disk("<source dir='{dir}/shared'/>", kind="dir", driver="<driver name='qemu' type='fat'/>",
                                                        more="<readonly/>")),
    Case("block device", ('"driver":"host_device"', '"filename":"/dev/nowhere"'), shown="there is none",
         devices=disk("<source dev='/dev/nowhere'/>", kind="block")),
    Case("nvme of the host", ('"driver":"nvme"', '"device":"0000:01:00.0"', '"namespace":1'), shown="there is none",
         devices=disk("""<source type='pci' namespace='1' managed='no'><address domain='0x0000' bus='0x01' slot='0x00'
            function='0x0'/></source>""", kind="nvme")),
    Case("nbd", ('"driver":"nbd"', '"export":"x"', '"port":"10809"'), devices=server("nbd", "x"), shown=NOBODY),
    Case("nbd by a socket", ('"type":"unix"', '"path":"/run/x"'), shown=NOBODY,
         devices=server("nbd", "x", "<host transport='unix' socket='/run/x'/>")),
    Case("iscsi", ('"portal":"192.0.2.1:3260"', '"target":"iqn.2026-01.org.example:t"', '"lun":3',
                   '"initiator-name":"iqn.2026-01.org.example:i"'), shown=NOBODY,
         devices=server("iscsi", "iqn.2026-01.org.example:t/3",
                        more="<initiator><iqn name='iqn.2026-01.org.example:i'/></initiator>")),
    Case("https", ('"url":"https://192.0.2.1:444/a.iso?b=c"', '"sslverify":false', '"timeout":5'), shown=NOBODY,
         devices=disk("""<source protocol='https' name='a.iso' query='b=c'><host name='192.0.2.1' port='444'/>
            <ssl verify='no'/><timeout seconds='5'/></source>""", kind="network")),
    *(Case(name, (f'"url":"{name}://192.0.2.1:{port}/a"',), devices=server(name, "a"), shown=NOBODY)
      for name, port in (("http", 80), ("ftp", 21), ("ftps", 990))),
    Case("ssh", ('"driver":"ssh"', '"user":"me"', '"path":"/a"'), shown=NOBODY,
         devices=server("ssh", "/a", more="<identity username='me'/>")),
    Case("nfs", ('"driver":"nfs"', '"user":1000', '"path":"/a"'), shown=NOBODY,
         devices=server("nfs", "/a", more="<identity user='+1000' group='+100'/>")),
    Case("gluster", ('"volume":"v"', '"path":"i/j"'), devices=server("gluster", "v/i/j"), shown=NOBODY),
    Case("rbd", ('"pool":"p"', '"image":"i"', '"conf":"/etc/c"'), shown=NOBODY,
         devices=server("rbd", "p/i", more="<config file='/etc/c'/>")),
    Case("no such protocol", refused="sheepdog", devices=server("sheepdog", "x")),
    Case("volume", refused="pool", devices=disk("<source pool='p' volume='v'/>", kind="volume")),
    Case("disk of another process", ("vhost-user-blk-pci", "socket,id=chr-vu-virtio-disk0,path={dir}/vu"), more=SHARED,
         devices=disk("<source type='unix' path='{dir}/vu'/>", kind="vhostuser"), shown=NOBODY),
    Case("that needs shared memory", refused="shared", devices=disk("<source type='unix' path='/v'/>", kind="vhostuser")),
    # Networks.
    *(Case(f"interface {kind}", (word,), devices=f"<interface type='{kind}'>{source}<model type='{model}'/></interface>",
           shown=shown)
      for kind, source, model, word, shown in (
          ("user", "", "rtl8139", '"type":"user"', ""),
          ("mcast", "<source address='230.0.0.1' port='5558'/>", "e1000", '"mcast":"230.0.0.1:5558"', ""),
          ("server", "<source address='127.0.0.1' port='{port}'/>", "virtio", '"listen":"127.0.0.1:{port}"', ""),
          ("client", "<source address='127.0.0.1' port='5558'/>", "virtio", '"connect":"127.0.0.1:5558"', NOBODY),
          ("udp", "<source address='127.0.0.1' port='5558'><local address='127.0.0.1' port='{port}'/></source>", "virtio",
           '"udp":"127.0.0.1:5558"', ""),
          ("bridge", "<source bridge='br0'/>", "virtio", '"type":"tap"', "no bridge"),
          ("ethernet", "<script path='/bin/true'/><target dev='tap9'/>", "virtio", '"script":"/bin/true"', "may need rights"),
          ("vdpa", "<source dev='/dev/vhost-vdpa-0'/>", "virtio", '"type":"vhost-vdpa"', "no such device"),
          ("hostdev", "<source><address type='pci' domain='0' bus='1' slot='2' function='0'/></source>", "virtio",
           '"host":"0000:01:02.0"', "no such device"))),
    Case("interface of another process", ('"type":"vhost-user"', "server=on"), more=SHARED, shown="it waits for the other",
         devices="""<interface type='vhostuser'><source type='unix' path='{dir}/vu' mode='server'/><model type='virtio'/>
            </interface>"""),
    Case("network", refused="'nowhere'", devices="<interface type='network'><source network='nowhere'/></interface>"),
    Case("queues and offloads", ('"rx_queue_size":512', '"host_tso4":false', '"guest_csum":false', '"packed":true', '"host_mtu":1400'),
         devices="""<interface type='user'><model type='virtio'/><driver rx_queue_size='512' packed='on'><host tso4='off'/>
            <guest csum='off'/></driver><mtu size='1400'/></interface>"""),
    # Character devices.
    *(Case(f"character device {kind}", (word,),
           devices=f"<serial type='{kind}'>{source}<log file='{{dir}}/chars' append='off'/></serial>", shown=shown)
      for kind, source, word, shown in (
          ("null", "", "null,id=charserial1,logfile={dir}/chars,logappend=off", ""), ("vc", "", "vc,id=charserial1", ""),
          ("pty", "", "pty,id=charserial1", ""), ("dev", "<source path='/dev/ttyS9'/>", "serial,id=charserial1,path=/dev/ttyS9", "none"),
          ("file", "<source path='{dir}/out'/>", "file,id=charserial1,path={dir}/out", ""),
          ("pipe", "<source path='{dir}/pipe'/>", "pipe,id=charserial1,path={dir}/pipe", ""),
          ("stdio", "", "stdio,id=charserial1", "no terminal"),
          ("udp", "<source mode='connect' host='127.0.0.1' service='5559'/>", "udp,id=charserial1,host=127.0.0.1,port=5559", ""),
          ("tcp", "<source mode='bind' host='127.0.0.1' service='{port}'/><protocol type='telnet'/>", "telnet=on", ""),
          ("tcp", "<source mode='connect' host='127.0.0.1' service='{port}'><reconnect enabled='yes' timeout='7'/></source>",
           "reconnect=7", ""),
          ("unix", "<source mode='bind' path='{dir}/u'/>", "socket,id=charserial1,path={dir}/u,server=on,wait=off", ""))),
    Case("character device nmdm", refused="nmdm", devices="<serial type='nmdm'><source master='/a' slave='/b'/></serial>"),
    Case("kinds of serial ports", ('"driver":"usb-serial"', '"driver":"pci-serial"', '"driver":"isa-debugcon"'),
         devices=USB + """<serial type='null'><target type='usb-serial'/></serial><serial type='null'><target type='pci-serial'/>
            </serial><serial type='null'><target type='isa-debug'/></serial>"""),
    Case("parallel", ('"driver":"isa-parallel"',), devices="<parallel type='null'/>"),
    Case("channels", ('"driver":"virtserialport"', "guestfwd=tcp:10.0.2.1:4600-chardev:charchannel1"), devices="""
         <channel type='unix'><target type='virtio' name='a'/></channel>
         <channel type='null'><target type='guestfwd' address='10.0.2.1' port='4600'/></channel>"""),
    Case("agent of the desktop", ("qemu-vdagent,id=charchannel0,name=vdagent,clipboard=on",), devices="""<channel type='qemu-vdagent'>
         <source><clipboard copypaste='yes'/></source><target type='virtio'/></channel>"""),
    Case("redirected USB", ("spicevmc,id=charredir0,name=usbredir", '"filter":"8:-1:-1:512:1|-1:-1:-1:-1:0"'), devices=USB + """
         <graphics type='spice' port='-1'/><redirdev bus='usb' type='spicevmc'/><redirfilter>
         <usbdev class='0x08' version='2.00' allow='yes'/><usbdev allow='no'/></redirfilter>"""),
    Case("spicevmc needs spice", refused="spice", devices=USB + "<redirdev bus='usb' type='spicevmc'/>"),
    # Screens, sound, input.
    Case("vnc", ("share=ignore", "audiodev=audio1"),
         devices="<graphics type='vnc' port='-1' sharePolicy='ignore'><audio id='1'/></graphics><audio id='1' type='none'/>"),
    Case("spice", ("image-compression=off", "disable-copy-paste=on", "disable-ticketing=on"),
         devices="<graphics type='spice' port='-1'><image compression='off'/><clipboard copypaste='no'/></graphics>"),
    Case("spice at a socket", ("unix=on,addr={dir}/spice",),
         devices="<graphics type='spice'><listen type='socket' socket='{dir}/spice'/></graphics>"),
    Case("sdl", ("sdl,full-screen=on", "DISPLAY=:9"), devices="<graphics type='sdl' display=':9' fullscreen='yes'/>", shown="no screen"),
    Case("egl-headless", ("egl-headless,rendernode=/dev/dri/x",), shown="no such device",
         devices="<graphics type='vnc' port='-1'/><graphics type='egl-headless'><gl rendernode='/dev/dri/x'/></graphics>"),
    Case("dbus", ("dbus,p2p=on",), devices="<graphics type='dbus' p2p='yes'/>"),
    Case("rdp", refused="rdp", devices="<graphics type='rdp'/>"),
    *(Case(f"video {model}", (driver,), devices=f"<video><model type='{model}'{more}/></video>")
      for model, driver, more in (
          ("vga", '"driver":"VGA"', " vram='16384'"), ("cirrus", '"driver":"cirrus-vga"', ""), ("vmvga", '"driver":"vmware-svga"', ""),
          ("qxl", '"vgamem_mb":16', " vgamem='16384'"), ("virtio", '"max_outputs":2', " heads='2'"), ("bochs", '"driver":"bochs-display"', ""),
          ("ramfb", '"driver":"ramfb"', ""))),
    Case("video xen", refused="xen", devices="<video><model type='xen'/></video>"),
    *(Case(f"sound {model}", (driver,), devices=before + f"<sound model='{model}'/>") for model, driver, before in (
        ("sb16", '"driver":"sb16"', ""), ("es1370", '"driver":"ES1370"', ""), ("ac97", '"driver":"AC97"', ""),
        ("ich6", '"driver":"hda-duplex"', ""), ("ich9", '"driver":"ich9-intel-hda"', ""), ("usb", '"driver":"usb-audio"', USB),
        ("pcspk", "pcspk-audiodev=audio1", ""))),
    *(Case(f"audio {kind}", (word,), devices=f"<sound model='ich9'><codec type='micro'/><audio id='1'/></sound><audio id='1' type='{kind}'{more}",
           shown=shown)
      for kind, more, word, shown in (
          ("none", "/>", '"driver":"none"', ""), ("file", " path='{dir}/wav'/>", '"driver":"wav"', ""),
          ("alsa", "><input dev='i'/><output dev='o' bufferCount='4'/></audio>", '"out":{{"buffer-count":4,"dev":"o"}}', "no sound here"),
          ("oss", " tryMMap='yes'/>", '"try-mmap":true', "no sound here"),
          ("pulseaudio", " serverName='s'/>", '"driver":"pa"', "no sound here"), ("jack", "/>", '"driver":"jack"', "no sound here"))),
    Case("input", ('"driver":"usb-tablet"', '"driver":"virtio-keyboard-pci"', '"driver":"usb-mouse"'), devices=USB + """
         <input type='tablet' bus='usb'/><input type='keyboard' bus='virtio'/><input type='mouse' bus='usb'/>"""),
    Case("input of the host", ('"driver":"virtio-input-host-pci"', '"qom-type":"input-linux"', '"grab_all":true'), shown="none here",
         devices="""<input type='passthrough' bus='virtio'><source evdev='/dev/input/event9'/></input>
            <input type='evdev'><source dev='/dev/input/event8' grab='all' repeat='on'/></input>"""),
    Case("no such input", refused="<input", devices="<input type='mouse' bus='xen'/>"),
    # The rest.
    Case("watchdogs", ("watchdog=pause", '"driver":"i6300esb"'), devices="<watchdog model='i6300esb' action='pause'/>"),
    Case("a watchdog that dumps", refused="'dump'", devices="<watchdog model='i6300esb' action='dump'/>"),
    Case("watchdog on the board", ("ICH9-LPC.noreboot=off",), machine="q35", devices="<watchdog model='itco' action='reset'/>"),
    Case("randomness", ('"qom-type":"rng-builtin"', '"driver":"virtio-rng-pci-non-transitional"', '"max-bytes":99', '"qom-type":"rng-egd"'),
         devices="""<rng model='virtio-non-transitional'><rate bytes='99'/><backend model='builtin'/></rng>
            <rng model='virtio'><backend model='egd' type='tcp'><source mode='bind' host='127.0.0.1' service='{port}'/></backend></rng>"""),
    Case("TPM", ("emulator,id=tpm-tpm0,chardev=chrtpm-tpm0", '"driver":"tpm-crb"'), machine="q35", needs="/usr/bin/swtpm",
         devices="<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>"),
    Case("TPM of the host", ("passthrough,id=tpm-tpm0,path=/dev/tpm9",), shown="none here",
         devices="<tpm model='tpm-tis'><backend type='passthrough'><device path='/dev/tpm9'/></backend></tpm>"),
    Case("balloon", ('"free-page-reporting":true', '"deflate-on-oom":true'),
         devices="<memballoon model='virtio' autodeflate='on' freePageReporting='on'/>"),
    Case("panic", ('"driver":"pvpanic"', '"driver":"pvpanic-pci"'), devices="<panic model='isa'/><panic model='pvpanic'/>", machine="q35"),
    Case("USB of the host", ('"vendorid":4660', '"productid":22136'), devices=USB + """<hostdev mode='subsystem' type='usb'><source
            startupPolicy='optional'><vendor id='0x1234'/><product id='0x5678'/></source></hostdev>"""),
    Case("PCI of the host", refused="0000:0f:1f.7", devices="""<hostdev mode='subsystem' type='pci' managed='no'><source>
            <address domain='0' bus='15' slot='31' function='7'/></source></hostdev>"""),
    Case("mediated device", refused="c2177883-f1bb-47f0-914d-32a22e3a8804", devices="""<hostdev mode='subsystem' type='mdev' model='vfio-pci'>
            <source><address uuid='c2177883-f1bb-47f0-914d-32a22e3a8804'/></source></hostdev>"""),
    Case("SCSI of the host", refused="7:0:0:0", devices=SCSI + """<hostdev mode='subsystem' type='scsi'><source>
            <adapter name='scsi_host7'/><address bus='0' target='0' unit='0'/></source></hostdev>"""),
    Case("SCSI of a server", ('"driver":"iscsi"', '"driver":"scsi-generic"'), shown=NOBODY, devices=SCSI + """<hostdev mode='subsystem' type='scsi'>
            <source protocol='iscsi' name='iqn.2026-01.org.example:t/1'><host name='192.0.2.1'/></source></hostdev>"""),
    Case("folder by 9p", ("local,security_model=mapped", "readonly=on", '"mount_tag":"tag"'), devices="""<filesystem type='mount'
            accessmode='mapped'><source dir='{dir}/shared'/><target dir='tag'/><readonly/></filesystem>"""),
    Case("folder by virtiofs", ("vhost-user-fs-pci", '"tag":"tag"'), more=SHARED, devices="""<filesystem type='mount'><driver type='virtiofs'/>
            <binary><sandbox mode='chroot'/></binary><source dir='{dir}/shared'/><target dir='tag'/></filesystem>""",
         shown="it makes name spaces, which containers forbid"),
    Case("virtiofs is written to", refused="<readonly/>", more=SHARED, devices="""<filesystem type='mount'><driver type='virtiofs'/>
            <source dir='{dir}/shared'/><target dir='tag'/><readonly/></filesystem>"""),
    Case("virtiofs needs shared memory", refused="shared", devices="""<filesystem type='mount'><driver type='virtiofs'/>
            <source dir='{dir}/shared'/><target dir='tag'/></filesystem>"""),
    Case("smart cards", ('"driver":"usb-ccid"', "spicevmc,id=charsmartcard0,name=smartcard", '"driver":"ccid-card-passthru"'),
         devices=USB + "<graphics type='spice' port='-1'/><smartcard mode='passthrough' type='spicevmc'/>"),
    Case("shared memory of guests", ('"driver":"ivshmem-plain"', '"size":4194304'),
         devices="<shmem name='virtest-{port}'><model type='ivshmem-plain'/><size unit='M'>4</size></shmem>"),
    Case("shared memory by a server", ('"driver":"ivshmem-doorbell"', '"vectors":4'), shown=NOBODY, devices="""<shmem name='x'>
            <model type='ivshmem-doorbell'/><server path='/run/x'/><msi vectors='4' ioeventfd='on'/></shmem>"""),
    Case("IOMMU", ('"driver":"intel-iommu"', '"aw-bits":48'), machine="q35", devices="<iommu model='intel'><driver aw_bits='48' iotlb='on'/></iommu>"),
    Case("IOMMU of virtio", ('"driver":"virtio-iommu-pci"',), machine="q35", devices="<iommu model='virtio'/>"),
    Case("IOMMU needs its machine", refused="<iommu", devices="<iommu model='intel'/>"),
    Case("sockets", ('"guest-cid":77',), devices="<vsock model='virtio'><cid auto='no' address='77'/></vsock>", shown="no /dev/vhost-vsock"),
    Case("cryptography", ('"qom-type":"cryptodev-backend-builtin"',), devices="<crypto model='virtio' type='qemu'><backend model='builtin' queues='1'/></crypto>"),
    Case("cryptography of the kernel", refused="lkcf", devices="<crypto model='virtio' type='qemu'><backend model='lkcf'/></crypto>"),
    Case("hub", ('"driver":"usb-hub"',), devices="<controller type='usb' model='piix3-uhci'/><hub type='usb'/>"),
    Case("controllers of SCSI", ('"driver":"lsi53c895a"', '"driver":"megasas"', '"driver":"am53c974"', '"cmd_per_lun":8'), devices="""
            <controller type='scsi' index='0' model='lsilogic'/><controller type='scsi' index='1' model='lsisas1078'/>
            <controller type='scsi' index='2' model='am53c974'/><controller type='scsi' index='3' model='virtio-scsi'><driver cmd_per_lun='8'/></controller>"""),
    Case("expander", ('"driver":"pxb"', '"bus_nr":254'), devices="<controller type='pci' index='1' model='pci-expander-bus'><target busNr='254'/></controller>"),
    Case("words of QEMU", ("-global i6300esb.x-pcie-lnksta-dllla=off", "deprecated-input=reject"), space=" xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'",
         more="""<qemu:commandline><qemu:arg value='-global'/><qemu:arg value='i6300esb.x-pcie-lnksta-dllla=off'/></qemu:commandline>
            <qemu:deprecation behavior='reject'/>"""),
    Case("words of one device", refused="qemu:override", space=" xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'",
         more="""<qemu:override><qemu:device alias='video0'><qemu:frontend><qemu:property name='vgamem_mb' type='unsigned' value='4'/>
            </qemu:frontend></qemu:device></qemu:override>"""),
)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


class Commands(Guest):
    def setUp(self) -> None:
        super().setUp()
        raw = self.root / "raw"
        with raw.open("wb") as file:
            file.truncate(128 << 20)
        with (self.root / "floppy").open("wb") as file:
            file.truncate(1440 << 10)
        (self.root / "shared").mkdir()
        subprocess.run(["mkfifo", str(self.root / "pipe")], check=True)
        self.words = {"raw": str(raw), "floppy": str(self.root / "floppy"), "dir": str(self.root),
                      "vars": str(self.root / "vars.fd"), "port": str(free_port())}

    def fill(self, text: str) -> str:
        for name, value in self.words.items():
            text = text.replace(f"{{{name}}}", value)
        return text.replace("{{", "{").replace("}}", "}")

    def text(self, case: Case) -> str:
        features = f"<features>{case.features}</features>"
        vcpu = "" if "<vcpu>" in case.more else "<vcpu>1</vcpu>"
        target, bus = ("hda", "ide") if case.machine == "pc" else ("sdz", "sata")
        return self.fill(f"""<domain type='{case.kind}'{case.space}><name>guest</name><memory unit='MiB'>{case.memory}</memory>{vcpu}
          <os><type arch='x86_64' machine='{case.machine}'>hvm</type>{case.os}</os>{features}{case.more}
          <devices><disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='{self.disk}'/>
            <target dev='{target}' bus='{bus}'/></disk>
            <serial type='pty'/>{case.devices}</devices></domain>""")

    def one(self, case: Case) -> None:
        path = self.root / "guest.xml"
        path.write_text(self.text(case), encoding="utf-8")
        if case.refused:
            self.assertIn(case.refused, self.virsh("create", "--paused", str(path), good=False))
        else:
            runs = not case.shown and (not case.needs or Path(case.needs).exists())
            rest = f"create --paused {path}; destroy guest" if runs else ""
            # One program for all of it: most of the time goes into starting them.
            text = self.virsh(f"domxml-to-native qemu-argv --xml {path}; {rest}")
            line = " ".join(shlex.split(text.replace("\\\n", " ")))
            for word in case.says:
                self.assertTrue(self.fill(word) in line, f"{self.fill(word)} is not in {line}")
            if not runs and not case.shown:
                self.skipTest(f"no {case.needs}")
        self.assertEqual(self.processes(), [])
        self.assertEqual(list((self.root / "lib" / "qemu").glob("domain-*")), [])

    def test_every_kind(self) -> None:
        for case in CASES:
            with self.subTest(case.name):
                self.one(case)
        self.assertEqual(self.virsh("list", "--all", "--name"), "")


if __name__ == "__main__":
    unittest.main()
