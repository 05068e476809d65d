# SPDX-License-Identifier: LGPL-2.1-or-later
"""Drives libvirt-glib, through its introspection data, over the connection that the first argument names.

Prints TAP. Runs under the system's Python, which has the bindings of GObject.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import gi

gi.require_version("LibvirtGLib", "1.0")
gi.require_version("LibvirtGObject", "1.0")
gi.require_version("LibvirtGConfig", "1.0")
from gi.repository import GLib, LibvirtGConfig, LibvirtGLib, LibvirtGObject  # noqa: E402

GUEST = ("<domain type='test'><name>glib</name><memory unit='MiB'>64</memory><vcpu>2</vcpu>"
         "<os><type arch='i686'>hvm</type></os></domain>")
POOL = "<pool type='dir'><name>glib-pool</name><target><path>/glib</path></target></pool>"
VOLUME = "<volume><name>one.img</name><capacity unit='MiB'>1</capacity></volume>"

count = 0


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


def turn_until(holds: Callable[[], bool]) -> None:
    """Runs the main loop until something holds, at most 20 seconds."""
    loop = GLib.MainContext.default()
    late: list[bool] = []
    GLib.timeout_add(20000, lambda: late.append(True))
    GLib.timeout_add(20, lambda: not late)
    while not holds() and not late:
        loop.iteration(True)


def domain(conn: Any, heard: list[str]) -> None:
    conn.connect("domain-added", lambda c, guest: heard.append(f"added {guest.get_name()}"))
    conn.connect("domain-removed", lambda c, guest: heard.append(f"removed {guest.get_name()}"))
    guest = conn.create_domain(LibvirtGConfig.Domain.new_from_xml(GUEST))
    turn_until(lambda: "added glib" in heard)
    for signal in ("started", "suspended", "resumed", "stopped"):
        guest.connect(signal, lambda *_, name=signal: heard.append(name))
    expect("name", guest.get_name, "glib")
    expect("persistent", guest.get_persistent, True)
    expect("start", lambda: guest.start(0), True)
    expect("information", lambda: (guest.get_info().state, guest.get_info().nrVirtCpu),
           (LibvirtGObject.DomainState.RUNNING, 2))
    expect("pause", guest.suspend, True)
    expect("continue", guest.resume, True)
    expect("document", lambda: guest.get_config(0).get_name(), "glib")
    expect("vCPUs in the document", lambda: guest.get_config(0).get_vcpus(), 2)
    expect("stop", lambda: guest.stop(0), True)
    expect("delete", lambda: guest.delete(0), True)
    turn_until(lambda: "removed glib" in heard)
    # The removal is told by the call and once more by the event.
    expect("signals", lambda: list(dict.fromkeys(heard)),
           ["added glib", "started", "suspended", "resumed", "stopped", "removed glib"])


def storage(conn: Any) -> None:
    pool = conn.create_storage_pool(LibvirtGConfig.StoragePool.new_from_xml(POOL), 0)
    expect("pool", pool.get_name, "glib-pool")
    expect("build", lambda: pool.build(0), True)
    expect("pool on", lambda: pool.start(0), True)
    # It keeps a list of volumes only after this.
    expect("refresh", lambda: pool.refresh(None), True)
    volume = pool.create_volume(LibvirtGConfig.StorageVol.new_from_xml(VOLUME))
    expect("size of the volume", lambda: volume.get_info().capacity, 1048576)
    expect("volumes", lambda: [v.get_name() for v in pool.get_volumes()], ["one.img"])
    expect("delete the volume", lambda: volume.delete(0), True)
    expect("pool off", pool.stop, True)
    expect("undefine the pool", pool.undefine, True)


def main() -> int:
    LibvirtGLib.init_check(None)
    LibvirtGLib.event_register()
    LibvirtGObject.init_object_check(None)
    conn = LibvirtGObject.Connection.new(sys.argv[1])
    expect("open", lambda: conn.open(None), True)
    expect("is open", conn.is_open, True)
    expect("URI", conn.get_uri, sys.argv[1])
    expect("capabilities", lambda: conn.get_capabilities().get_host() is not None, True)
    expect("node", lambda: conn.get_node_info().cpus > 0, True)
    expect("domains", lambda: conn.fetch_domains(None) and [d.get_name() for d in conn.get_domains()], ["test"])
    domain(conn, [])
    expect("networks", lambda: conn.fetch_networks(None)
           and [n.get_name() for n in conn.get_networks()], ["default"])
    expect("pools", lambda: conn.fetch_storage_pools(None)
           and [p.get_name() for p in conn.get_storage_pools()], ["default-pool"])
    storage(conn)
    expect("interfaces", lambda: conn.fetch_interfaces(None)
           and [i.get_name() for i in conn.get_interfaces()], ["eth1"])
    conn.close()
    expect("closed", conn.is_open, False)
    print(f"1..{count}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
