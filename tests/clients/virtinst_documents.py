#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What Debian's unmodified virt-install makes of many command lines, as JSON: name of the document, its text.

virt-install runs in this process, over and over: half of the operating systems it knows, each with the next of
the sets of options below. Lines that it refuses are left out. The Python of the system has its modules.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys

PLACE = "/usr/share/virt-manager"
HEAD = ["--connect", "test:///default", "--name", "i", "--memory", "64", "--dry-run", "--check", "all=off", "--print-xml"]
OPTIONS = (
    "--import --disk /a,size=1",
    "--install no_install=yes --disk /a,size=1,device=lun,bus=scsi --boot cdrom,hd,menu=on",
    "--import --disk none --boot loader=/l,loader.readonly=yes,loader.type=pflash,nvram.template=/t --xml ./devices/emulator=/e",
    "--pxe --disk /a,size=1,bus=scsi --controller scsi,model=virtio-scsi --graphics vnc,listen=0.0.0.0,port=5903",
    "--import --disk /a,bus=sata,cache=none,driver.io=native,size=1 --disk device=cdrom --network bridge=br0,model=virtio",
    "--import --disk /a,bus=virtio,discard=unmap,serial=s1,boot.order=1,size=1 --network network=default,boot.order=2",
    "--import --disk none --vcpus 8,sockets=2,cores=2,threads=2 --cpu Skylake-Client,+vmx,-svm",
    "--import --disk none --vcpus 4,maxvcpus=8 --cpu host-model --memory 512,maxmemory=2048,hotplugmemorymax=4096,"
    "hotplugmemoryslots=4",
    "--import --disk none --cpu host-passthrough,cell0.cpus=0,cell0.memory=32768 --numatune 0,mode=strict",
    "--import --disk none --lease lockspace=l,key=k,target.path=/t --audio id=1,type=none --sound ac97,audio.id=1",
    "--import --disk none --boot kernel=/k,initrd=/i,kernel_args=console=ttyS0 --console pty,target_type=virtio",
    "--import --disk none --boot menu=on,useserial=on,bios.rebootTimeout=5000",
    "--import --disk none --graphics spice,listen=none --video virtio --sound ich9 --redirdev usb,type=spicevmc",
    "--import --disk none --graphics none --serial file,path=/s --parallel udp,host=h:1,bind_host=:2",
    "--import --disk none --serial tcp,host=:2222,mode=bind,protocol=telnet --channel unix,target.name=org.qemu.guest_agent.0",
    "--import --disk none --channel spicevmc --channel pty,target.type=guestfwd,target.address=10.0.2.1:4600",
    "--import --disk none --filesystem /a,/b,accessmode=mapped --filesystem type=template,source=n,target=/",
    "--import --disk none --hostdev type=usb,source.address.bus=1,source.address.device=3 --hostdev type=pci,source.address.bus=1 --smartcard host",
    "--import --disk none --input tablet --input keyboard,bus=virtio --watchdog i6300esb,action=poweroff",
    "--import --disk none --rng /dev/random,rate.bytes=1234,rate.period=2000 --panic default --memballoon none",
    "--import --disk none --tpm emulator,model=tpm-crb,version=2.0 --vsock cid=17 --iommu model=intel",
    "--import --disk none --memtune hard_limit=10,soft_limit=8 --blkiotune weight=200 --memorybacking hugepages=on,locked=yes",
    "--import --disk none --cputune shares=2048,vcpupin0.vcpu=0,vcpupin0.cpuset=0-3,emulatorpin.cpuset=1 --iothreads 2",
    "--import --disk none --features hyperv.relaxed.state=on,kvm.hidden.state=on,smm.state=on,pmu.state=off,apic.eoi=on",
    "--import --disk none --clock offset=localtime,rtc_tickpolicy=catchup,hpet_present=no --events on_crash=preserve",
    "--import --disk none --pm suspend_to_mem.enabled=yes --resource /machine/x --metadata title=T,description=D",
    "--import --disk none --sysinfo bios.vendor=V,system.product=P,baseBoard.version=1 --seclabel type=none",
    "--import --disk none --network user,model=e1000 --network none --network type=direct,source=eth0,source_mode=bridge",
    "--import --disk none --network network=default,mac=52:54:00:01:02:03,virtualport_type=openvswitch,filterref=clean-traffic,"
    "link.state=down,rom.file=/r",
    "--import --disk none --shmem mem0,model.type=ivshmem-plain,size=8,size.unit=M --memdev dimm,target.size=100,target.node=0",
    "--import --disk none --launchSecurity type=sev,policy=0x01 --idmap uid.start=0,uid.target=1000,uid.count=10",
    "--import --disk /a,size=1,driver.type=qcow2,iotune.total_iops_sec=10,source.startupPolicy=optional",
    "--import --disk source.protocol=rbd,source.name=p/i,source.host0.name=h,source.host0.port=1 --disk device=floppy",
    "--import --disk none --controller usb,model=none --controller pci,model=pci-root --controller virtio-serial,ports=4",
    "--import --disk none --sysinfo type=fwcfg,entry0.name=opt/x,entry0.file=/f --keywrap cipher0.name=aes,cipher0.state=on",
)


def run(arguments: list[str]) -> str:
    """What a command line prints."""
    from virtinst import virtinstall  # type: ignore[import-not-found]

    out = io.StringIO()
    sys.argv = ["virt-install", *arguments]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()), contextlib.suppress(BaseException):
        virtinstall.runcli()
    return out.getvalue()


def main() -> None:
    sys.path.insert(0, PLACE)
    systems = [line.split(",")[0].strip() for line in run(["--os-variant", "list"]).splitlines() if line.strip()]
    documents: dict[str, str] = {}
    for number, system in enumerate(systems[::2]):
        line = OPTIONS[number % len(OPTIONS)]
        text = run([*HEAD, "--os-variant", system, *line.split()])
        for place, found in enumerate(re.findall(r"<domain.*?</domain>", text, re.DOTALL), 1):
            documents[f"{system} {number % len(OPTIONS) + 1}.{place}"] = found
    json.dump(documents, sys.stdout)


if __name__ == "__main__":
    main()
