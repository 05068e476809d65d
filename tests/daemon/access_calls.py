# SPDX-License-Identifier: LGPL-2.1-or-later
"""Calls through python3-libvirt, each of which needs one permission above all.

Started by test_access.py with a URI, the folder of the authority and a scratch folder. Each permission is
refused alone, which the call has to notice, and then allowed, after which it must not be refused.
Prints one line per permission: its name, what came of it refused, what came of it allowed.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any

import libvirt

URI, FOLDER, SCRATCH = sys.argv[1:4]
DENIED = libvirt.VIR_ERR_ACCESS_DENIED

DOMAIN = """<domain type='test'><name>{name}</name><memory>4096</memory>
<os><type>hvm</type></os><devices><disk type='file' device='disk'><source file='/x.img'/>
<target dev='vda'/></disk></devices></domain>"""
NETWORK = ("<network><name>{name}</name><bridge name='virbr9'/><forward mode='nat'/>"
           "<ip address='192.168.99.1' netmask='255.255.255.0'/></network>")
POOL = "<pool type='dir'><name>{name}</name><target><path>/pools/{name}</path></target></pool>"
VOLUME = "<volume><name>{name}</name><capacity>1048576</capacity></volume>"
SECRET = "<secret><usage type='volume'><volume>/x/{name}</volume></usage></secret>"
INTERFACE = "<interface type='ethernet' name='{name}'><start mode='none'/><mac address='aa:bb:cc:00:00:01'/></interface>"
PORT = "<networkport><owner><name>a</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e1930</uuid></owner></networkport>"
SNAPSHOT = "<domainsnapshot/>"


def rule(*rules: dict[str, Any]) -> None:
    with open(f"{FOLDER}/rules.new", "w", encoding="utf-8") as out:
        json.dump({"rules": rules, "default": "yes"}, out)
    os.rename(f"{FOLDER}/rules.new", f"{FOLDER}/rules.json")


def outcome(call: Callable[[], Any]) -> str:
    try:
        call()
        return "done"
    except libvirt.libvirtError as error:
        code = error.get_error_code()
        if code == DENIED:
            assert error.get_error_domain() == libvirt.VIR_FROM_ACCESS, error.get_error_domain()
            assert str(error) == "access denied: 'TEST' denied access", str(error)
        return "denied" if code == DENIED else f"error {code}"


class Calls:
    """The objects to call, and a call for every permission; most of them happen twice."""

    def __init__(self) -> None:
        self.conn = libvirt.open(URI)
        self.dom = self.conn.lookupByName("test")
        self.net = self.conn.networkLookupByName("default")
        self.pool = self.conn.storagePoolLookupByName("default-pool")
        self.iface = self.conn.interfaceLookupByName("eth1")
        self.vol = self.pool.createXML(VOLUME.format(name="first"))
        self.secret = self.conn.secretDefineXML(SECRET.format(name="first"))
        self.secret.setValue(b"value")
        self.port = self.net.portCreateXML(PORT)
        self.dead = self.conn.defineXML(DOMAIN.format(name="dead"))
        self.number = 0

    def name(self) -> str:
        self.number += 1
        return f"n{self.number}"

    def connect(self) -> dict[str, Callable[[], Any]]:
        c = self.conn
        return {
            "getattr": c.getHostname, "read": c.getInfo,
            "write": lambda: c.domainXMLToNative("test", "<x/>"),
            "search-domains": c.listAllDomains, "search-networks": c.listAllNetworks,
            "search-storage-pools": c.listAllStoragePools, "search-interfaces": c.listAllInterfaces,
            "search-secrets": c.listAllSecrets,
            "detect-storage-pools": lambda: c.findStoragePoolSources("dir", None),
            "pm-control": lambda: c.suspendForDuration(0, 0),
            "interface-transaction": c.changeBegin,
        }

    def domain(self) -> dict[str, Callable[[], Any]]:
        c, d = self.conn, self.dom
        return {
            "getattr": lambda: c.lookupByName("test"), "read": d.info, "write": lambda: d.setMemory(100000),
            "read-secure": lambda: d.XMLDesc(libvirt.VIR_DOMAIN_XML_SECURE),
            "start": lambda: c.createXML(DOMAIN.format(name=self.name())),
            "stop": self.stop, "reset": d.reset,
            "save": lambda: c.defineXML(DOMAIN.format(name=self.name())),
            "delete": lambda: self.dead.undefine(),
            "migrate": lambda: d.migrateSetMaxSpeed(10),
            "checkpoint": lambda: d.checkpointCreateXML("<domaincheckpoint/>"),
            "snapshot": lambda: d.snapshotCreateXML(SNAPSHOT), "suspend": self.suspend,
            "hibernate": lambda: d.managedSaveRemove(), "core-dump": lambda: d.coreDump(f"{SCRATCH}/core"),
            "pm-control": lambda: d.pMSuspendForDuration(0, 0),
            "init-control": d.reboot, "inject-nmi": d.injectNMI,
            "send-input": lambda: d.sendKey(0, 0, [1], 1),
            "send-signal": lambda: d.sendProcessSignal(1, 1),
            "fs-trim": lambda: d.fSTrim(None, 0), "fs-freeze": d.fsFreeze,
            "block-read": lambda: d.blockPeek("vda", 0, 1), "block-write": lambda: d.blockResize("vda", 1),
            "mem-read": lambda: d.memoryPeek(0, 1, libvirt.VIR_MEMORY_PHYSICAL),
            "open-graphics": lambda: d.openGraphicsFD(0), "open-device": self.console,
            "screenshot": self.screenshot, "set-time": lambda: d.setTime({"seconds": 1, "nseconds": 0}),
            "set-password": lambda: d.setUserPassword("root", "x"),
            "open-namespace": self.namespace,
        }

    def stop(self) -> None:
        self.conn.createXML(DOMAIN.format(name=self.name())).destroy()

    def suspend(self) -> None:
        self.dom.suspend()
        self.dom.resume()

    def console(self) -> None:
        stream = self.conn.newStream()
        self.dom.openConsole(None, stream)
        stream.abort()

    def screenshot(self) -> None:
        stream = self.conn.newStream()
        self.dom.screenshot(stream, 0)
        stream.abort()

    def namespace(self) -> None:
        import libvirt_lxc
        libvirt_lxc.lxcOpenNamespace(self.dom, 0)

    def network(self) -> dict[str, Callable[[], Any]]:
        c, n = self.conn, self.net
        return {
            "getattr": lambda: c.networkLookupByName("default"), "read": n.XMLDesc,
            "write": lambda: n.setAutostart(1),
            "save": lambda: c.networkDefineXML(NETWORK.format(name=self.name())),
            "delete": lambda: c.networkDefineXML(NETWORK.format(name=self.name())).undefine(),
            "start": lambda: c.networkDefineXML(NETWORK.format(name=self.name())).create(),
            "stop": lambda: c.networkCreateXML(NETWORK.format(name=self.name())).destroy(),
            "search-ports": n.listAllPorts,
        }

    def network_port(self) -> dict[str, Callable[[], Any]]:
        p = self.port
        return {
            "getattr": lambda: self.net.portLookupByUUIDString(p.UUIDString()), "read": p.XMLDesc,
            "create": lambda: self.net.portCreateXML(PORT), "delete": p.delete,
        }

    def storage_pool(self) -> dict[str, Callable[[], Any]]:
        c, p = self.conn, self.pool
        new = lambda: c.storagePoolDefineXML(POOL.format(name=self.name()))  # noqa: E731
        return {
            "getattr": lambda: c.storagePoolLookupByName("default-pool"), "read": p.info,
            "write": lambda: p.setAutostart(1), "save": new, "delete": lambda: new().undefine(),
            "start": lambda: new().create(),
            "stop": lambda: c.storagePoolCreateXML(POOL.format(name=self.name())).destroy(),
            "refresh": p.refresh, "search-storage-vols": p.listAllVolumes, "format": lambda: new().build(),
        }

    def storage_vol(self) -> dict[str, Callable[[], Any]]:
        p, v = self.pool, self.vol
        new = lambda: p.createXML(VOLUME.format(name=self.name()))  # noqa: E731
        return {
            "getattr": lambda: p.storageVolLookupByName("first"), "read": v.info, "create": new,
            "delete": lambda: new().delete(), "format": v.wipe, "resize": lambda: v.resize(2097152),
            "data-read": lambda: self.transfer(v.download), "data-write": lambda: self.transfer(v.upload),
        }

    def transfer(self, call: Callable[..., Any]) -> None:
        stream = self.conn.newStream()
        call(stream, 0, 10)
        stream.abort()

    def interface(self) -> dict[str, Callable[[], Any]]:
        c, i = self.conn, self.iface
        new = lambda: c.interfaceDefineXML(INTERFACE.format(name=self.name()))  # noqa: E731
        return {
            "getattr": lambda: c.interfaceLookupByName("eth1"), "read": i.XMLDesc, "save": new, "write": new,
            "delete": lambda: new().undefine(), "start": lambda: new().create(), "stop": i.destroy,
        }

    def secret_(self) -> dict[str, Callable[[], Any]]:
        c, s = self.conn, self.secret
        return {
            "getattr": lambda: c.secretLookupByUUIDString(s.UUIDString()), "read": s.XMLDesc,
            "write": lambda: s.setValue(b"other"), "read-secure": s.value,
            "save": lambda: c.secretDefineXML(SECRET.format(name=self.name())),
            "delete": lambda: c.secretDefineXML(SECRET.format(name=self.name())).undefine(),
        }


def main() -> None:
    libvirt.registerErrorHandler(lambda *_: None, None)
    rule()
    calls = Calls()
    classes = {
        "connect": calls.connect(), "domain": calls.domain(), "network": calls.network(),
        "network-port": calls.network_port(), "storage-pool": calls.storage_pool(),
        "storage-vol": calls.storage_vol(), "interface": calls.interface(), "secret": calls.secret_(),
    }
    for class_, table in classes.items():
        for permission, call in table.items():
            action = f"org.libvirt.api.{class_}.{permission}"
            rule({"action": action, "answer": "no"})
            refused = outcome(call)
            rule()
            print(class_, permission, refused, outcome(call), sep="\t", flush=True)


if __name__ == "__main__":
    main()
