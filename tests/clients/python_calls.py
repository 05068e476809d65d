#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Python on our library: calls on test:///default, each with its result.

Every line of CALLS is one case: a name, the call, and what its result has to fulfil. They are made with
our module, and with Debian's unmodified python3-libvirt where that is installed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

INSIDE = "VIR_PYTHON_CALLS"
PYTHON = "/usr/bin/python3"

GUEST = """<domain type='test'><name>shop</name><uuid>11111111-2222-3333-4444-555555555555</uuid>
<memory unit='MiB'>64</memory><currentMemory unit='MiB'>32</currentMemory><vcpu>2</vcpu>
<os><type arch='i686'>hvm</type></os><devices>
<disk type='file' device='disk'><source file='/guest.img'/><target dev='vda' bus='virtio'/></disk>
<interface type='network'><source network='default'/><target dev='tap9'/></interface>
</devices></domain>"""
NETWORK = """<network><name>lan</name><uuid>22222222-2222-3333-4444-555555555555</uuid>
<forward mode='nat'/><bridge name='virbr9'/><ip address='10.9.0.1' netmask='255.255.255.0'/></network>"""
POOL = """<pool type='dir'><name>images</name><target><path>/images</path></target></pool>"""
VOLUME = """<volume><name>one.img</name><capacity unit='MiB'>1</capacity></volume>"""
PORT = """<device><parent>scsi_host2</parent><capability type='scsi_host'><capability type='fc_host'>
<wwnn>2000000000000001</wwnn><wwpn>1000000000000001</wwpn></capability></capability></device>"""
SECRET = "<secret ephemeral='no' private='no'><description>d</description></secret>"

INTERFACE = "<interface type='ethernet' name='py9'><start mode='none'/></interface>"
FILTER = "<filter name='py-filter' chain='root'><rule action='accept' direction='in'/></filter>"
BINDING = """<filterbinding><owner><name>test</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid></owner>
<portdev name='py0'/><mac address='52:54:00:7b:35:93'/><filterref filter='py-filter'/></filterbinding>"""

Case = tuple[str, Callable[[], Any], Callable[[Any], bool]]


def main() -> int:
    if INSIDE not in os.environ:
        return outside()
    return run()


def outside() -> int:
    """Both modules in turn; the numbers of the cases go on."""
    lines: list[str] = []
    failed = 0
    for whose, more in (("our module", {}), ("python3-libvirt", {"VIR_STOCK_BINDINGS": "1"})):
        env = {**os.environ, **more, INSIDE: "1"}
        if subprocess.run([os.environ["VIR_RUN"], PYTHON, "-c", "import libvirt"], env=env,
                          capture_output=True).returncode:
            lines.append(f"ok {len(lines) + 1} - {whose} # SKIP it is not here")
            continue
        result = subprocess.run([os.environ["VIR_RUN"], PYTHON, "-B", __file__], env=env,
                                stdout=subprocess.PIPE, text=True)
        failed = failed or result.returncode
        for line in result.stdout.splitlines():
            verdict, dash, name = line.partition(" - ")
            if dash and verdict.rpartition(" ")[0] in ("ok", "not ok"):
                lines.append(f"{verdict.rpartition(' ')[0]} {len(lines) + 1} - {whose}: {name}")
            elif not line.startswith("1.."):
                print(f"# {line}")
    print(f"1..{len(lines)}", *lines, sep="\n")
    return failed


def run() -> int:
    import libvirt

    cases: list[Case] = []
    heard: list[tuple[Any, ...]] = []
    errors: list[tuple[Any, ...]] = []
    stopped = threading.Event()

    def add(name: str, call: Callable[[], Any], holds: Callable[[Any], bool]) -> None:
        cases.append((name, call, holds))

    def fails(call: Callable[[], Any], code: int) -> Callable[[], bool]:
        def attempt() -> bool:
            try:
                call()
            except libvirt.libvirtError as error:
                return error.get_error_code() == code and bool(error.get_error_message())
            return False
        return attempt

    def is_true(result: Any) -> bool:
        return bool(result)

    def is_zero(result: Any) -> bool:
        return result in (0, None)

    def number(result: Any) -> bool:
        return isinstance(result, int) and result >= 0

    def heard_soon(count: int) -> bool:
        deadline = time.monotonic() + 10
        while len(heard) < count and time.monotonic() < deadline:
            time.sleep(0.01)
        return len(heard) >= count

    libvirt.registerErrorHandler(lambda context, error: errors.append((context, error)), "context")
    libvirt.virEventRegisterDefaultImpl()

    def loop() -> None:
        while not stopped.is_set():
            libvirt.virEventRunDefaultImpl()

    # A timer lets the loop see that it is to stop.
    libvirt.virEventAddTimeout(50, lambda timer, opaque: None, None)
    thread = threading.Thread(target=loop, daemon=True)
    thread.start()
    c = libvirt.open("test:///default")
    ro = libvirt.openReadOnly("test:///default")

    # The connection and its host.
    add("getVersion", libvirt.getVersion, lambda v: v > 1000000)
    add("virConnect.getType", c.getType, lambda v: v == "TEST")
    add("virConnect.getURI", c.getURI, lambda v: v == "test:///default")
    add("virConnect.getVersion", c.getVersion, number)
    add("virConnect.getLibVersion", c.getLibVersion, lambda v: v > 1000000)
    add("virConnect.getHostname", c.getHostname, is_true)
    add("virConnect.getInfo", c.getInfo, lambda v: len(v) == 8 and v[2] > 0)
    add("virConnect.getCapabilities", c.getCapabilities, lambda v: "<capabilities>" in v)
    add("virConnect.getMaxVcpus", lambda: c.getMaxVcpus(None), lambda v: v > 0)
    add("virConnect.isAlive", c.isAlive, lambda v: v == 1)
    add("virConnect.isSecure", c.isSecure, lambda v: v == 1)
    add("virConnect.isEncrypted", c.isEncrypted, lambda v: v == 0)
    add("virConnect.getFreeMemory", c.getFreeMemory, number)
    add("virConnect.getCellsFreeMemory", lambda: c.getCellsFreeMemory(0, 1), lambda v: len(v) == 1)
    add("virConnect.getCPUMap", c.getCPUMap, lambda v: v[0] == len(v[1]))
    add("virConnect.openAuth", lambda: libvirt.openAuth(
        "test:///default", [[libvirt.VIR_CRED_AUTHNAME], lambda asked, data: 0, None], 0).getURI(),
        lambda v: v == "test:///default")
    add("openReadOnly refuses changes",
        fails(lambda: ro.lookupByName("test").suspend(), libvirt.VIR_ERR_OPERATION_DENIED), is_true)

    # Errors.
    add("libvirtError for a missing domain",
        fails(lambda: c.lookupByName("nobody"), libvirt.VIR_ERR_NO_DOMAIN), is_true)
    add("libvirtError for a wrong URI", fails(lambda: libvirt.open("test"), libvirt.VIR_ERR_NO_CONNECT),
        is_true)
    add("libvirtError for a wrong document",
        fails(lambda: c.defineXML("<domain>"), libvirt.VIR_ERR_XML_DETAIL), is_true)
    add("registerErrorHandler gets context and nine fields", lambda: errors[-1],
        lambda v: v[0] == "context" and len(v[1]) == 9 and v[1][0] == libvirt.VIR_ERR_XML_DETAIL)
    add("virGetLastError", libvirt.virGetLastErrorMessage, is_true)

    # Domains.
    add("virConnect.numOfDomains", c.numOfDomains, lambda v: v == 1)
    add("virConnect.listDomainsID", c.listDomainsID, lambda v: v == [1])
    add("virConnect.lookupByID", lambda: c.lookupByID(1).name(), lambda v: v == "test")
    d = c.lookupByName("test")
    add("virDomain.UUIDString", d.UUIDString, lambda v: len(v) == 36)
    add("virDomain.UUID", d.UUID, lambda v: len(v) == 16)
    add("virConnect.lookupByUUIDString", lambda: c.lookupByUUIDString(d.UUIDString()).ID(),
        lambda v: v == 1)
    add("virConnect.lookupByUUID", lambda: c.lookupByUUID(d.UUID()).name(), lambda v: v == "test")
    add("virConnect.domainEventRegisterAny (life cycle)", lambda: c.domainEventRegisterAny(
        None, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE,
        lambda conn, dom, event, detail, opaque: heard.append((dom.name(), event, detail, opaque)), "o"),
        number)
    guest: list[Any] = []
    add("virConnect.defineXML", lambda: guest.append(c.defineXML(GUEST)) or guest[0].name(),
        lambda v: v == "shop")
    g = lambda: guest[0]  # noqa: E731
    add("virConnect.listDefinedDomains", c.listDefinedDomains, lambda v: v == ["shop"])
    add("virConnect.numOfDefinedDomains", c.numOfDefinedDomains, lambda v: v == 1)
    add("virConnect.listAllDomains", c.listAllDomains, lambda v: len(v) == 2)
    add("virConnect.listAllDomains by flag",
        lambda: [x.name() for x in c.listAllDomains(libvirt.VIR_CONNECT_LIST_DOMAINS_INACTIVE)],
        lambda v: v == ["shop"])
    add("virDomain.isPersistent", lambda: g().isPersistent(), lambda v: v == 1)
    add("virDomain.setAutostart", lambda: g().setAutostart(1), is_zero)
    add("virDomain.autostart", lambda: g().autostart(), lambda v: v == 1)
    add("virDomain.create", lambda: g().create(), is_zero)
    add("virDomain.isActive", lambda: g().isActive(), lambda v: v == 1)
    add("virDomain.info", lambda: g().info(), lambda v: v[0] == libvirt.VIR_DOMAIN_RUNNING and v[3] == 2)
    add("virDomain.state", lambda: g().state(), lambda v: v[0] == libvirt.VIR_DOMAIN_RUNNING)
    add("virDomain.maxMemory", lambda: g().maxMemory(), lambda v: v == 65536)
    add("virDomain.setMemory", lambda: g().setMemory(40000), is_zero)
    add("virDomain.memoryStats", lambda: g().memoryStats(), lambda v: v["actual"] == 40000)
    add("virDomain.OSType", lambda: g().OSType(), lambda v: v == "hvm")
    add("virDomain.maxVcpus", lambda: g().maxVcpus(), lambda v: v == 2)
    add("virDomain.vcpusFlags", lambda: g().vcpusFlags(), lambda v: v == 2)
    add("virDomain.vcpus", lambda: g().vcpus(), lambda v: len(v[0]) == 2)
    add("virDomain.getCPUStats in total", lambda: g().getCPUStats(True), lambda v: len(v) == 1 and v[0]["cpu_time"] > 0)
    add("virDomain.getCPUStats of each", lambda: g().getCPUStats(False), lambda v: len(v) > 1)
    add("virDomain.pinVcpu", lambda: g().pinVcpu(0, (True, False)), is_zero)
    add("virDomain.vcpuPinInfo", lambda: g().vcpuPinInfo(), lambda v: len(v) == 2)
    add("virDomain.schedulerType", lambda: g().schedulerType(), lambda v: v[0] == "fair")
    add("virDomain.schedulerParameters", lambda: g().schedulerParameters(), lambda v: "weight" in v)
    add("virDomain.setSchedulerParameters", lambda: g().setSchedulerParameters({"weight": 33}), is_zero)
    add("virDomain.setBlockIoTune", lambda: g().setBlockIoTune("vda", {"total_bytes_sec": 48000}), is_zero)
    add("virDomain.blockIoTune", lambda: g().blockIoTune("vda"), lambda v: v["total_bytes_sec"] == 48000)
    add("virDomain.setInterfaceParameters",
        lambda: g().setInterfaceParameters("tap9", {"inbound.average": 7}), is_zero)
    add("virDomain.interfaceParameters", lambda: g().interfaceParameters("tap9"),
        lambda v: v["inbound.average"] == 7)
    add("virDomain.setMemoryParameters", lambda: g().setMemoryParameters({"hard_limit": 999999}), is_zero)
    add("virDomain.memoryParameters", lambda: g().memoryParameters(), lambda v: v["hard_limit"] == 999999)
    add("virDomain.setNumaParameters", lambda: g().setNumaParameters({"numa_nodeset": "0"}, 2), is_zero)
    add("virDomain.numaParameters", lambda: g().numaParameters(2), lambda v: v["numa_nodeset"] == "0")
    add("virDomain.blockStats", lambda: g().blockStats("vda"), lambda v: len(v) == 5)
    add("virDomain.interfaceStats", lambda: g().interfaceStats("tap9"), lambda v: len(v) == 8)
    add("virDomain.blockInfo", lambda: g().blockInfo("vda"), lambda v: len(v) == 3)
    add("virDomain.getCPUStats", lambda: g().getCPUStats(True), lambda v: "cpu_time" in v[0])
    add("virConnect.getAllDomainStats", c.getAllDomainStats,
        lambda v: len(v) == 2 and "state.state" in v[0][1])
    add("virDomain.setMetadata (title)", lambda: g().setMetadata(
        libvirt.VIR_DOMAIN_METADATA_TITLE, "A shop", None, None), is_zero)
    add("virDomain.metadata", lambda: g().metadata(libvirt.VIR_DOMAIN_METADATA_TITLE, None),
        lambda v: v == "A shop")
    add("virDomain.XMLDesc", lambda: g().XMLDesc(), lambda v: "<title>A shop</title>" in v)
    add("virDomain.attachDeviceFlags refused",
        fails(lambda: g().attachDeviceFlags("<nothing/>"), libvirt.VIR_ERR_OPERATION_UNSUPPORTED), is_true)
    add("virDomain.suspend", lambda: g().suspend(), is_zero)
    add("virDomain.state with reason", lambda: g().state(),
        lambda v: v == [libvirt.VIR_DOMAIN_PAUSED, libvirt.VIR_DOMAIN_PAUSED_USER])
    add("virDomain.resume", lambda: g().resume(), is_zero)
    add("virDomain.reboot", lambda: g().reboot(), is_zero)
    add("virDomain.managedSave", lambda: g().managedSave(), is_zero)
    add("virDomain.hasManagedSaveImage", lambda: g().hasManagedSaveImage(), lambda v: v == 1)
    add("virDomain.managedSaveRemove", lambda: g().managedSaveRemove(), is_zero)
    add("virDomain.createWithFlags", lambda: g().createWithFlags(libvirt.VIR_DOMAIN_START_PAUSED), is_zero)
    add("virDomain.destroy", lambda: g().destroy(), is_zero)
    add("virDomain.rename", lambda: g().rename("store"), is_zero)
    add("virDomain.undefine", lambda: c.lookupByName("store").undefine(), is_zero)
    add("virConnect.createXML", lambda: c.createXML(GUEST).shutdown(), is_zero)
    add("events of the domain were heard", lambda: heard_soon(8), is_true)
    add("an event carries domain and data", lambda: heard[0],
        lambda v: v[0] == "shop" and v[1] == libvirt.VIR_DOMAIN_EVENT_DEFINED and v[3] == "o")
    add("virConnect.domainEventDeregisterAny", lambda: c.domainEventDeregisterAny(0), is_zero)
    add("virConnect.domainXMLFromNative", lambda: c.domainXMLFromNative("test-conf", "[domain]\nname=n\nmemory=9\n"),
        lambda v: "<name>n</name>" in v)
    add("virConnect.domainXMLFromNative refused",
        fails(lambda: c.domainXMLFromNative("x", "y"), libvirt.VIR_ERR_INVALID_ARG), is_true)

    # Devices of the host.
    device: list[Any] = []
    add("virConnect.listDevices", lambda: c.listDevices("fc_host"),
        lambda v: v == ["scsi_host1", "scsi_host2", "scsi_host11"])
    add("virConnect.listAllDevices",
        lambda: [d.name() for d in c.listAllDevices(libvirt.VIR_CONNECT_LIST_NODE_DEVICES_CAP_VPORTS)],
        lambda v: v == ["scsi_host1", "scsi_host2"])
    add("virConnect.nodeDeviceCreateXML refused",
        fails(lambda: c.nodeDeviceCreateXML("<device/>"), libvirt.VIR_ERR_XML_ERROR), is_true)
    add("virConnect.nodeDeviceCreateXML", lambda: device.append(c.nodeDeviceCreateXML(PORT)) or device[0].parent(),
        lambda v: v == "scsi_host2")
    add("virConnect.nodeDeviceLookupSCSIHostByWWN", lambda: c.nodeDeviceLookupSCSIHostByWWN(
        "2000000000000001", "1000000000000001").name(), lambda v: v == device[0].name())
    add("virNodeDevice.XMLDesc", lambda: device[0].XMLDesc(), lambda v: "<wwpn>1000000000000001</wwpn>" in v)
    add("virNodeDevice.listCaps", lambda: device[0].listCaps(), lambda v: v == ["scsi_host"])
    add("virNodeDevice.destroy", lambda: device[0].destroy(), lambda v: v == 0 and c.numOfDevices(None) == 4)

    # Networks.
    net: list[Any] = []
    add("virConnect.listNetworks", c.listNetworks, lambda v: v == ["default"])
    add("virConnect.networkDefineXML", lambda: net.append(c.networkDefineXML(NETWORK)) or net[0].name(),
        lambda v: v == "lan")
    add("virNetwork.create", lambda: net[0].create(), is_zero)
    add("virNetwork.bridgeName", lambda: net[0].bridgeName(), lambda v: v == "virbr9")
    add("virNetwork.XMLDesc", lambda: net[0].XMLDesc(), lambda v: "10.9.0.1" in v)
    add("virNetwork.setAutostart", lambda: net[0].setAutostart(True), is_zero)
    add("virNetwork.isActive", lambda: net[0].isActive(), lambda v: v == 1)
    add("virConnect.listAllNetworks", c.listAllNetworks, lambda v: len(v) == 2)
    add("virConnect.networkLookupByUUIDString",
        lambda: c.networkLookupByUUIDString(net[0].UUIDString()).name(), lambda v: v == "lan")
    add("virNetwork.destroy", lambda: net[0].destroy(), is_zero)
    add("virNetwork.undefine", lambda: net[0].undefine(), is_zero)

    # Storage and streams.
    pool: list[Any] = []
    vol: list[Any] = []
    received = bytearray()

    def upload() -> int:
        stream = c.newStream()
        vol[0].upload(stream, 0, 11)
        chunks = [b"hello ", b"world"]
        stream.sendAll(lambda st, size, opaque: chunks.pop(0) if chunks else b"", None)
        return int(stream.finish() or 0)

    def download() -> bytes:
        stream = c.newStream()
        vol[0].download(stream, 0, 11)
        stream.recvAll(lambda st, data, opaque: received.extend(data) or len(data), None)
        stream.finish()
        return bytes(received)

    def upload_that_fails() -> None:
        stream = c.newStream()
        vol[0].upload(stream, 0, 11)

        def source(st: Any, size: int, opaque: Any) -> bytes:
            raise OSError("no source")
        stream.sendAll(source, None)

    add("virConnect.listStoragePools", c.listStoragePools, lambda v: v == ["default-pool"])
    add("virConnect.storagePoolDefineXML",
        lambda: pool.append(c.storagePoolDefineXML(POOL)) or pool[0].name(), lambda v: v == "images")
    add("virStoragePool.create", lambda: pool[0].create(), is_zero)
    add("virStoragePool.info", lambda: pool[0].info(), lambda v: len(v) == 4)
    add("virStoragePool.refresh", lambda: pool[0].refresh(), is_zero)
    add("virStoragePool.createXML", lambda: vol.append(pool[0].createXML(VOLUME)) or vol[0].name(),
        lambda v: v == "one.img")
    add("virStoragePool.listAllVolumes", lambda: pool[0].listAllVolumes(), lambda v: len(v) == 1)
    add("virStorageVol.info", lambda: vol[0].info(), lambda v: v[1] == 1048576)
    add("virStorageVol.path", lambda: vol[0].path(), lambda v: v.endswith("/one.img"))
    add("virStorageVol.upload and virStream.sendAll", upload, is_zero)
    add("virStorageVol.download and virStream.recvAll", download, lambda v: v == b"hello world")
    add("virStream.sendAll with a failing source",
        lambda: attempt_raises(upload_that_fails, (OSError, libvirt.libvirtError)), is_true)
    add("virStorageVol.delete", lambda: vol[0].delete(), is_zero)
    add("virStoragePool.destroy", lambda: pool[0].destroy(), is_zero)
    add("virStoragePool.undefine", lambda: pool[0].undefine(), is_zero)

    other_objects(c, libvirt, add)

    add("virConnect.close", lambda: libvirt.open("test:///default").close(), lambda v: v >= 0)

    failures = 0
    print(f"1..{len(cases)}")
    for count, (name, call, holds) in enumerate(cases, 1):
        try:
            result: Any = call()
            good = holds(result)
        except Exception as error:  # noqa: BLE001  # whatever a call raises is its result
            result, good = repr(error), False
        failures += not good
        print(f"{'ok' if good else 'not ok'} {count} - {name}" + ("" if good else f"\n# {result!r}"))
    stopped.set()
    thread.join(10)
    return 1 if failures else 0


def other_objects(c: Any, libvirt: Any, add: Callable[[str, Callable[[], Any], Callable[[Any], bool]], None]) -> None:
    """Interfaces of the host, secrets, network filters and their bindings, snapshots and checkpoints."""
    made: dict[str, Any] = {}

    def make(name: str, call: Callable[[], Any]) -> Any:
        made[name] = call()
        return made[name]

    def is_zero(value: Any) -> bool:
        return value == 0

    add("virConnect.interfaceDefineXML", lambda: make("interface", lambda: c.interfaceDefineXML(INTERFACE)).name(),
        lambda v: v == "py9")
    add("virInterface.create", lambda: made["interface"].create(), is_zero)
    add("virInterface.isActive", lambda: made["interface"].isActive(), lambda v: v == 1)
    add("virConnect.listAllInterfaces", lambda: [i.name() for i in c.listAllInterfaces()],
        lambda v: sorted(v) == ["eth1", "py9"])
    add("virConnect.changeRollback", lambda: (c.changeBegin(), made["interface"].undefine(), c.changeRollback(),
                                              c.interfaceLookupByName("py9").name())[-1], lambda v: v == "py9")
    add("virInterface.undefine", lambda: c.interfaceLookupByName("py9").undefine(), is_zero)

    add("virConnect.secretDefineXML", lambda: make("secret", lambda: c.secretDefineXML(SECRET)).usageType(), is_zero)
    add("virSecret.setValue", lambda: made["secret"].setValue(b"a\0b"), is_zero)
    add("virSecret.value", lambda: made["secret"].value(), lambda v: v == b"a\0b")
    add("virConnect.listAllSecrets", lambda: [s.UUID() for s in c.listAllSecrets()],
        lambda v: v == [made["secret"].UUID()])
    add("virSecret.undefine", lambda: made["secret"].undefine(), is_zero)
    add("virConnect.secretLookupByUUID refused", lambda: attempt_raises(
        lambda: c.secretLookupByUUID(made["secret"].UUID()), (libvirt.libvirtError,)), bool)

    add("virConnect.nwfilterDefineXML", lambda: make("filter", lambda: c.nwfilterDefineXML(FILTER)).name(),
        lambda v: v == "py-filter")
    add("virConnect.listAllNWFilters", lambda: [f.name() for f in c.listAllNWFilters()], lambda v: "py-filter" in v)
    add("virConnect.nwfilterBindingCreateXML",
        lambda: make("binding", lambda: c.nwfilterBindingCreateXML(BINDING)).filterName(), lambda v: v == "py-filter")
    add("virNWFilter.undefine refused", lambda: attempt_raises(
        lambda: made["filter"].undefine(), (libvirt.libvirtError,)), bool)
    add("virNWFilterBinding.delete", lambda: made["binding"].delete(), is_zero)
    add("virNWFilter.undefine", lambda: made["filter"].undefine(), is_zero)

    add("virDomain.snapshotCreateXML", lambda: make("snapshot", lambda: c.lookupByName("test").snapshotCreateXML(
        "<domainsnapshot><name>s1</name></domainsnapshot>")).getName(), lambda v: v == "s1")
    add("virDomain.listAllSnapshots", lambda: [s.getName() for s in c.lookupByName("test").listAllSnapshots()],
        lambda v: v == ["s1"])
    add("virDomain.revertToSnapshot", lambda: c.lookupByName("test").revertToSnapshot(made["snapshot"]), is_zero)
    add("virDomainSnapshot.isCurrent", lambda: made["snapshot"].isCurrent(), lambda v: v == 1)
    add("virDomainSnapshot.delete", lambda: made["snapshot"].delete(), is_zero)
    add("virDomain.checkpointCreateXML", lambda: make("checkpoint", lambda: c.lookupByName("test").checkpointCreateXML(
        "<domaincheckpoint><name>c1</name></domaincheckpoint>")).getName(), lambda v: v == "c1")
    add("virDomain.listAllCheckpoints", lambda: [s.getName() for s in c.lookupByName("test").listAllCheckpoints()],
        lambda v: v == ["c1"])
    add("virDomainCheckpoint.delete", lambda: made["checkpoint"].delete(), is_zero)


def attempt_raises(call: Callable[[], Any], kinds: tuple[type[BaseException], ...]) -> bool:
    try:
        call()
    except kinds:
        return True
    return False


if __name__ == "__main__":
    sys.exit(main())
