# SPDX-License-Identifier: LGPL-2.1-or-later
"""The host and what is on it beside domains: networks, pools, volumes, interfaces, devices, processors."""

from __future__ import annotations

import ctypes
import itertools
import re
from typing import Any

from transcript import URI, Library

NETWORK = (b"<network><name>n1</name><uuid>11111111-2222-3333-4444-666666666666</uuid><bridge name='virbr7'/>"
           b"<ip address='192.168.7.1' netmask='255.255.255.0'/></network>")
POOL = (b"<pool type='dir'><name>p1</name><uuid>11111111-2222-3333-4444-777777777777</uuid>"
        b"<target><path>/p1</path></target></pool>")
VOLUME = b"<volume><name>v1</name><capacity>1048576</capacity><allocation>4096</allocation></volume>"
INTERFACE = (b"<interface type='ethernet' name='eth7'><mac address='aa:bb:cc:dd:ee:f7'/>"
             b"<protocol family='ipv4'><dhcp/></protocol></interface>")
PORT = (b"<device>%s<capability type='scsi_host'><capability type='fc_host'><wwnn>2000000012340000</wwnn>%s"
        b"</capability></capability></device>")
WWPN = b"<wwpn>1000000012340000</wwpn>"


def connect(lib: Library) -> Any:
    """A connection."""
    return lib.bind("virConnectOpen")(URI)


def names(lib: Library, function: str, *arguments: Any, after: tuple[int, ...] = ()) -> None:
    """A call that fills an array of names; their order is nobody's promise."""
    array = (ctypes.c_char_p * 8)()
    count = lib.call(function, *arguments, array, 8, *after)
    lib.write(f"  {sorted(one or b'' for one in array[:max(count, 0)])!r}")


def number(lib: Library, function: str, *arguments: Any) -> None:
    """A call with an int to fill in as its last argument."""
    value = ctypes.c_int(-1)
    lib.call(function, *arguments, ctypes.byref(value))
    lib.write(f"  {value.value}")


def networks(lib: Library) -> None:
    """The life of a network."""
    conn = connect(lib)
    net = lib.virNetworkDefineXML(conn, NETWORK)
    for step in ("IsActive", "IsPersistent", "Destroy", "Create", "Create", "IsActive", "GetBridgeName"):
        lib.call(f"virNetwork{step}", net)
    number(lib, "virNetworkGetAutostart", net)
    lib.virNetworkSetAutostart(net, 1)
    number(lib, "virNetworkGetAutostart", net)
    for function in ("Networks", "DefinedNetworks"):
        lib.call(f"virConnectNumOf{function}", conn)
        names(lib, f"virConnectList{function}", conn)
    for flags in (0, 1, 2, 3, 4, 8, 16, 32, 64):
        lib.virConnectListAllNetworks(conn, None, flags, note=f"flags {flags}")
    lib.virNetworkUndefine(net)
    lib.virNetworkIsPersistent(net)
    lib.virNetworkDestroy(net)
    for step in ("IsActive", "Create", "Destroy", "Undefine", "GetBridgeName"):
        lib.call(f"virNetwork{step}", net)
    for xml in (b"<network/>", b"<network", b"<network><name>a</name></network>", b"<net/>"):
        lib.virNetworkCreateXML(conn, xml, note=repr(xml))
    lib.virNetworkLookupByName(conn, b"nope")
    lib.virNetworkLookupByUUIDString(conn, b"11111111-2222-3333-4444-666666666666")


def pool_info(lib: Library, pool: Any) -> None:
    """Writes down the state of a pool."""
    raw = (ctypes.c_ulonglong * 4)()
    if lib.virStoragePoolGetInfo(pool, raw) == 0:
        lib.write(f"  state {raw[0] & 0xFFFFFFFF}, {raw[1]} {raw[2]} {raw[3]}")


def pools(lib: Library) -> None:
    """The life of a pool."""
    conn = connect(lib)
    pool = lib.virStoragePoolDefineXML(conn, POOL, 0)
    pool_info(lib, pool)
    for step in ("IsActive", "IsPersistent", "Destroy"):
        lib.call(f"virStoragePool{step}", pool)
    lib.virStoragePoolBuild(pool, 0)
    lib.virStoragePoolRefresh(pool, 0)
    lib.virStoragePoolCreate(pool, 0)
    lib.virStoragePoolCreate(pool, 0)
    pool_info(lib, pool)
    lib.virStoragePoolRefresh(pool, 0)
    lib.virStoragePoolNumOfVolumes(pool)
    number(lib, "virStoragePoolGetAutostart", pool)
    lib.virStoragePoolSetAutostart(pool, 1)
    number(lib, "virStoragePoolGetAutostart", pool)
    for function in ("StoragePools", "DefinedStoragePools"):
        lib.call(f"virConnectNumOf{function}", conn)
        names(lib, f"virConnectList{function}", conn)
    for flags in (0, 1, 2, 4, 8, 16, 32, 64, 128):
        lib.virConnectListAllStoragePools(conn, None, flags, note=f"flags {flags}")
    lib.virStoragePoolUndefine(pool)
    lib.virStoragePoolDelete(pool, 0)
    lib.virStoragePoolDestroy(pool)
    lib.virStoragePoolDelete(pool, 0)
    lib.virStoragePoolUndefine(pool)
    lib.virStoragePoolIsActive(pool)
    for xml in (b"<pool/>", b"<pool", b"<pool type='nope'><name>a</name></pool>"):
        lib.virStoragePoolDefineXML(conn, xml, 0, note=repr(xml))
    lib.virStoragePoolLookupByName(conn, b"nope")


def volumes(lib: Library) -> None:
    """The life of a volume, and what that does to its pool."""
    conn = connect(lib)
    pool = lib.bind("virStoragePoolLookupByName")(conn, b"default-pool")
    pool_info(lib, pool)
    vol = lib.virStorageVolCreateXML(pool, VOLUME, 0)
    lib.virStorageVolCreateXML(pool, VOLUME, 0)
    pool_info(lib, pool)
    raw = (ctypes.c_ulonglong * 3)()
    if lib.virStorageVolGetInfo(vol, raw) == 0:
        lib.write(f"  type {raw[0] & 0xFFFFFFFF}, {raw[1]} {raw[2]}")
    for step in ("GetName", "GetKey"):
        lib.write(repr(lib.bind(f"virStorageVol{step}")(vol)))
    lib.virStorageVolGetPath(vol)
    lib.virStoragePoolNumOfVolumes(pool)
    names(lib, "virStoragePoolListVolumes", pool)
    lib.virStoragePoolListAllVolumes(pool, None, 0)
    lib.virStorageVolLookupByName(pool, b"v1")
    lib.virStorageVolLookupByName(pool, b"nope")
    lib.virStorageVolLookupByKey(conn, b"/default-pool/v1")
    lib.virStorageVolLookupByPath(conn, b"/default-pool/v1")
    lib.virStorageVolLookupByPath(conn, b"nope")
    lib.virStorageVolCreateXMLFrom(pool, VOLUME.replace(b"v1", b"v2"), vol, 0)
    lib.virStoragePoolNumOfVolumes(pool)
    lib.virStorageVolDelete(vol, 0)
    lib.virStorageVolDelete(vol, 0)
    lib.virStoragePoolNumOfVolumes(pool)
    for xml in (b"<volume/>", b"<volume", b"<volume><name>a</name></volume>"):
        lib.virStorageVolCreateXML(pool, xml, 0, note=repr(xml))
    pool_info(lib, pool)


def interfaces(lib: Library) -> None:
    """The life of an interface, and a transaction that is taken back."""
    conn = connect(lib)
    lib.virInterfaceChangeCommit(conn, 0)
    lib.virInterfaceChangeRollback(conn, 0)
    lib.virInterfaceChangeBegin(conn, 0)
    one = lib.virInterfaceDefineXML(conn, INTERFACE, 0)
    lib.virInterfaceGetXMLDesc(one, 0)
    for step in ("IsActive", "Create", "Create", "IsActive", "Destroy", "Destroy", "IsActive"):
        lib.call(f"virInterface{step}", one, *((0,) if step in ("Create", "Destroy") else ()))
    for function in ("Interfaces", "DefinedInterfaces"):
        lib.call(f"virConnectNumOf{function}", conn)
        names(lib, f"virConnectList{function}", conn)
    for flags in (0, 1, 2, 3, 4):
        lib.virConnectListAllInterfaces(conn, None, flags, note=f"flags {flags}")
    lib.virInterfaceLookupByMACString(conn, b"aa:bb:cc:dd:ee:f7")
    lib.virInterfaceLookupByMACString(conn, b"nope")
    lib.virInterfaceChangeRollback(conn, 0)
    lib.virInterfaceIsActive(one)
    lib.virInterfaceUndefine(one)
    lib.virInterfaceLookupByName(conn, b"eth1")


def devices(lib: Library) -> None:
    """Devices of the host, and a virtual port that comes and goes."""
    conn = connect(lib)
    for capability in (None, b"system", b"scsi_host", b"fc_host", b"vports", b"pci", b"nope"):
        lib.virNodeNumOfDevices(conn, capability, 0, note=repr(capability))
        names(lib, "virNodeListDevices", conn, capability, after=(0,))
    for bit in range(22):
        lib.virConnectListAllNodeDevices(conn, None, 1 << bit, note=f"bit {bit}")
    for name in (b"computer", b"scsi_host1", b"scsi_host2", b"scsi_host11"):
        device = lib.virNodeDeviceLookupByName(conn, name, note=repr(name))
        lib.virNodeDeviceGetXMLDesc(device, 0)
        lib.write(repr(lib.bind("virNodeDeviceGetParent")(device)))
        lib.virNodeDeviceNumOfCaps(device)
        names(lib, "virNodeDeviceListCaps", device)
    for parent, wwpn in ((b"<parent>nope</parent>", WWPN), (b"<parent>computer</parent>", WWPN),
                         (b"<parent>scsi_host2</parent>", b"")):
        lib.virNodeDeviceCreateXML(conn, PORT % (parent, wwpn), 0, note=repr(parent))
    lib.virNodeDeviceCreateXML(conn, b"<device", 0)
    port = lib.virNodeDeviceCreateXML(conn, PORT % (b"<parent>scsi_host1</parent>", WWPN), 0)
    lib.write(repr(lib.bind("virNodeDeviceGetName")(port)))
    lib.write(repr(lib.bind("virNodeDeviceGetParent")(port)))
    lib.virNodeDeviceDestroy(port)
    for step in ("Destroy", "NumOfCaps"):
        lib.call(f"virNodeDevice{step}", port)
    lib.virNodeDeviceGetXMLDesc(port, 0)
    lib.virNodeDeviceLookupByName(conn, b"scsi_host12")


def processors(lib: Library) -> None:
    """What every two models of x86 have in common: the features, however they are described."""
    conn = connect(lib)
    array = ctypes.POINTER(ctypes.c_char_p)()
    count = lib.virConnectGetCPUModelNames(conn, b"x86_64", ctypes.byref(array), 0)
    models = [array[i] for i in range(count)]
    baseline = lib.bind("virConnectBaselineCPU")

    def features(*cpus: bytes) -> str:
        documents = (ctypes.c_char_p * len(cpus))(
            *(b"<cpu><arch>x86_64</arch><model>%s</model></cpu>" % one for one in cpus))
        text = ctypes.string_at(baseline(conn, documents, len(cpus), 1)).decode()
        return " ".join(sorted(re.findall("'require' name='([^']+)'", text)))

    for one, other in itertools.combinations_with_replacement(models, 2):
        lib.write(f"{one!r} {other!r}: {features(one, other)}")


def mistakes(lib: Library) -> None:
    """Processors that cannot be put together."""
    conn = connect(lib)
    for cpus in ((b"x",), (b"<cpu/>",), (b"<cpu><arch>x86_64</arch></cpu>",), (b"<cpu><model>Nehalem</model></cpu>",),
                 (b"<cpu><arch>x86_64</arch><model>nope</model></cpu>",),
                 (b"<cpu><arch>x86_64</arch><model>486</model><feature name='nope'/></cpu>",),
                 (b"<cpu><arch>s390x</arch><model>z14</model></cpu>",), (b"<cpu mode='host-passthrough'/>",),
                 (b"<cpu><arch>ppc64</arch><model>POWER8</model></cpu>", b"<cpu><arch>ppc64</arch><model>POWER9</model></cpu>"),
                 (b"<cpu><arch>ppc64</arch><model>POWER8</model></cpu>",)):
        lib.virConnectBaselineCPU(conn, (ctypes.c_char_p * len(cpus))(*cpus), len(cpus), 0, note=repr(cpus))


SCENARIOS = [networks, pools, volumes, interfaces, devices, processors, mistakes]
# Stock lists every pool, whatever the filters say; ours those they let through.
_FILTERS = {1: 0, 8: 0, 16: 1, 32: 1, 128: 0}
# Stock does not say whose document lacks a type.
_TYPES = (b"<pool/>", b"<pool type='nope'><name>a</name></pool>")
DIFFERENT = {
    **{("pools", f"virConnectListAllStoragePools(flags {flags}) = 2"): f"virConnectListAllStoragePools(flags {flags}) = {count}"
       for flags, count in _FILTERS.items()},
    **{("pools", f"virStoragePoolDefineXML({xml!r}) = NULL, error 5/27"): f"virStoragePoolDefineXML({xml!r}) = NULL, error 18/27"
       for xml in _TYPES},
}
