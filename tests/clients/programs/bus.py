# SPDX-License-Identifier: LGPL-2.1-or-later
"""Drives libvirt-dbus, which is on the session bus already, at the object that the first argument names.

Prints TAP. Runs under the system's Python, which has GLib's D-Bus client.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

GUEST = ("<domain type='test'><name>bus</name><memory unit='MiB'>64</memory><vcpu>2</vcpu>"
         "<os><type arch='i686'>hvm</type></os></domain>")
NETWORK = ("<network><name>bus-net</name><bridge name='virbr75'/>"
           "<ip address='10.75.0.1' netmask='255.255.255.0'/></network>")
POOL = "<pool type='dir'><name>bus-pool</name><target><path>/bus</path></target></pool>"
VOLUME = "<volume><name>one.img</name><capacity unit='MiB'>1</capacity></volume>"
SECRET = "<secret ephemeral='no' private='no'><description>of the bus</description></secret>"
# The service names interfaces by their hardware address, and does not survive one without.
INTERFACE = ("<interface type='ethernet' name='bus9'><start mode='none'/><mac address='52:54:00:00:00:09'/>"
             "</interface>")
FILTER = "<filter name='bus-filter' chain='root'><rule action='drop' direction='in'/></filter>"
PORT = ("<device><parent>scsi_host2</parent><capability type='scsi_host'><capability type='fc_host'>"
        "<wwnn>2000000000000003</wwnn><wwpn>1000000000000003</wwpn></capability></capability></device>")

count = 0
bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)


def expect(name: str, call: Callable[[], Any], wanted: Any) -> None:
    """One case: what a call gives, or the error it raises, has to be what is wanted."""
    global count
    count += 1
    try:
        result = call()
    except GLib.Error as error:
        result = error.message
    good = wanted(result) if callable(wanted) else result == wanted
    print(f"{'ok' if good else 'not ok'} {count} - {name}")
    if not good:
        print(f"# {result!r} instead of {wanted!r}")


class Object:
    """An object of the service under one of its interfaces."""

    def __init__(self, path: str, interface: str) -> None:
        self.path = path
        self.interface = f"org.libvirt.{interface}"

    def _send(self, interface: str, method: str, arguments: Any) -> Any:
        reply = bus.call_sync("org.libvirt", self.path, interface, method, arguments, None,
                              Gio.DBusCallFlags.NONE, 30000, None).unpack()
        return reply[0] if len(reply) == 1 else reply

    def call(self, method: str, signature: str = "()", *arguments: Any) -> Any:
        return self._send(self.interface, method, GLib.Variant(signature, arguments))

    def get(self, name: str) -> Any:
        return self._send("org.freedesktop.DBus.Properties", "Get",
                          GLib.Variant("(ss)", (self.interface, name)))

    def set(self, name: str, value: Any) -> Any:
        return self._send("org.freedesktop.DBus.Properties", "Set",
                          GLib.Variant("(ssv)", (self.interface, name, value)))


def node(conn: Object) -> None:
    expect("host name", lambda: conn.get("Hostname"), bool)
    expect("version of the library", lambda: conn.get("LibVersion"), lambda v: int(v) >= 9000000)
    expect("encrypted", lambda: conn.get("Encrypted"), False)
    expect("capabilities", lambda: conn.call("GetCapabilities"), lambda v: "<capabilities>" in v)
    expect("free memory", lambda: conn.call("NodeGetFreeMemory"), lambda v: int(v) >= 0)
    expect("domains", lambda: len(conn.call("ListDomains", "(u)", 0)), 1)


def domain(conn: Object) -> None:
    heard: list[int] = []
    bus.signal_subscribe("org.libvirt", conn.interface, "DomainEvent", conn.path, None,
                         Gio.DBusSignalFlags.NONE, lambda *a: heard.append(a[5].unpack()[1]))
    guest = Object(conn.call("DomainDefineXML", "(s)", GUEST), "Domain")
    expect("name", lambda: guest.get("Name"), "bus")
    expect("start", lambda: guest.call("Create", "(u)", 0), ())
    expect("state", lambda: guest.call("GetState", "(u)", 0), (1, 1))
    expect("active", lambda: guest.get("Active"), True)
    expect("pause", lambda: guest.call("Suspend"), ())
    expect("paused", lambda: guest.call("GetState", "(u)", 0)[0], 3)
    expect("continue", lambda: guest.call("Resume"), ())
    expect("set autostart", lambda: guest.set("Autostart", GLib.Variant("b", True)), ())
    expect("autostart", lambda: guest.get("Autostart"), True)
    expect("scheduler", lambda: guest.get("SchedulerType"), ("fair", 1))
    expect("statistics", lambda: guest.call("GetStats", "(uu)", 1, 0)["state.state"], 1)
    expect("set memory", lambda: guest.call("SetMemory", "(tu)", 16384, 0), ())
    expect("document", lambda: guest.call("GetXMLDesc", "(u)", 0), lambda v: "16384</currentMemory>" in v)
    expect("found by its name", lambda: conn.call("DomainLookupByName", "(s)", "bus"), guest.path)
    snapshot = Object(guest.call("SnapshotCreateXML", "(su)", "<domainsnapshot/>", 0), "DomainSnapshot")
    expect("snapshots", lambda: guest.call("ListDomainSnapshots", "(u)", 0), [snapshot.path])
    expect("revert", lambda: snapshot.call("Revert", "(u)", 0), ())
    expect("delete the snapshot", lambda: snapshot.call("Delete", "(u)", 0), ())
    expect("destroy", lambda: guest.call("Destroy", "(u)", 0), ())
    expect("undefine", lambda: guest.call("Undefine", "(u)", 0), ())
    expect("gone", lambda: conn.call("DomainLookupByName", "(s)", "bus"), lambda v: "'bus'" in str(v))
    late: list[bool] = []
    GLib.timeout_add(20000, lambda: late.append(True))
    while 1 not in heard and not late:
        GLib.MainContext.default().iteration(True)
    expect("events", lambda: heard[:4] + heard[-2:], [0, 2, 3, 4, 5, 1])


def network(conn: Object) -> None:
    net = Object(conn.call("NetworkDefineXML", "(s)", NETWORK), "Network")
    expect("network on", lambda: net.call("Create"), ())
    expect("network active", lambda: net.get("Active"), True)
    expect("bridge", lambda: net.call("GetXMLDesc", "(u)", 0), lambda v: "virbr75" in v)
    expect("networks", lambda: len(conn.call("ListNetworks", "(u)", 0)), 2)
    expect("network off", lambda: net.call("Destroy"), ())
    expect("undefine the network", lambda: net.call("Undefine"), ())


def storage(conn: Object) -> None:
    pool = Object(conn.call("StoragePoolDefineXML", "(su)", POOL, 0), "StoragePool")
    expect("build", lambda: pool.call("Build", "(u)", 0), ())
    expect("pool on", lambda: pool.call("Create", "(u)", 0), ())
    volume = Object(pool.call("StorageVolCreateXML", "(su)", VOLUME, 0), "StorageVol")
    expect("size of the volume", lambda: volume.call("GetInfo", "(u)", 0)[1], 1048576)
    expect("volumes", lambda: pool.call("ListStorageVolumes", "(u)", 0), [volume.path])
    expect("delete the volume", lambda: volume.call("Delete", "(u)", 0), ())
    expect("pool off", lambda: pool.call("Destroy"), ())
    expect("undefine the pool", lambda: pool.call("Undefine"), ())


def others(conn: Object) -> None:
    secret = Object(conn.call("SecretDefineXML", "(su)", SECRET, 0), "Secret")
    expect("set the value", lambda: secret.call("SetValue", "(ayu)", b"hush", 0), ())
    expect("value of the secret", lambda: bytes(secret.call("GetValue", "(u)", 0)), b"hush")
    expect("undefine the secret", lambda: secret.call("Undefine"), ())
    interface = Object(conn.call("InterfaceDefineXML", "(su)", INTERFACE, 0), "Interface")
    expect("name of the interface", lambda: interface.get("Name"), "bus9")
    expect("interface on", lambda: interface.call("Create", "(u)", 0), ())
    expect("interface active", lambda: interface.get("Active"), True)
    expect("undefine the interface", lambda: interface.call("Undefine"), ())
    expect("interfaces", lambda: len(conn.call("ListInterfaces", "(u)", 0)), 1)
    rules = Object(conn.call("NWFilterDefineXML", "(s)", FILTER), "NWFilter")
    expect("name of the filter", lambda: rules.get("Name"), "bus-filter")
    expect("filters", lambda: rules.path in conn.call("ListNWFilters", "(u)", 0), True)
    expect("undefine the filter", lambda: rules.call("Undefine"), ())
    devices = conn.call("ListNodeDevices", "(u)", 0)
    expect("node devices", lambda: [Object(path, "NodeDevice").get("Name") for path in devices],
           lambda names: "computer" in names)
    port = Object(conn.call("NodeDeviceCreateXML", "(su)", PORT, 0), "NodeDevice")
    expect("parent of a port", lambda: port.get("Parent"), "scsi_host2")
    expect("destroy the port", lambda: port.call("Destroy"), ())


def main() -> int:
    conn = Object(sys.argv[1], "Connect")
    node(conn)
    domain(conn)
    network(conn)
    storage(conn)
    others(conn)
    print(f"1..{count}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
