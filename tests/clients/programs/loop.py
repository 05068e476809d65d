# SPDX-License-Identifier: LGPL-2.1-or-later
"""Drives python3-libvirt with one of its event loops, "asyncio" or "default", over the connection named after it.

Prints TAP. With asyncio the handles and timeouts of the library are those of Python (libvirtaio).
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import libvirt
import libvirtaio

GUEST = ("<domain type='test'><name>loop</name><memory unit='MiB'>64</memory><vcpu>2</vcpu>"
         "<os><type arch='i686'>hvm</type></os></domain>")
POOL = "<pool type='dir'><name>loop-pool</name><target><path>/loop</path></target></pool>"
NETWORK = ("<network><name>loop-net</name><bridge name='virbr74'/>"
           "<ip address='10.74.0.1' netmask='255.255.255.0'/></network>")
VOLUME = "<volume><name>one.img</name><capacity unit='MiB'>1</capacity></volume>"
LIFE = [(0, 0), (2, 0), (3, 0), (4, 0), (5, 1), (1, 0)]

count = 0


def expect(name: str, result: Any, wanted: Any) -> None:
    global count
    count += 1
    print(f"{'ok' if result == wanted else 'not ok'} {count} - {name}")
    if result != wanted:
        print(f"# {result!r} instead of {wanted!r}")


def subscribe(conn: Any, heard: dict[str, list[Any]]) -> list[Callable[[], Any]]:
    """Registers for all kinds of objects; what takes it back."""
    def told(kind: str) -> Callable[..., None]:
        return lambda conn, thing, event, detail, opaque: heard[kind].append((event, detail))

    domain = conn.domainEventRegisterAny(None, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE, told("domain"), None)
    network = conn.networkEventRegisterAny(None, libvirt.VIR_NETWORK_EVENT_ID_LIFECYCLE, told("network"), None)
    pool = conn.storagePoolEventRegisterAny(None, libvirt.VIR_STORAGE_POOL_EVENT_ID_LIFECYCLE, told("pool"), None)
    return [lambda: conn.domainEventDeregisterAny(domain),
            lambda: conn.networkEventDeregisterAny(network),
            lambda: conn.storagePoolEventDeregisterAny(pool)]


def live(conn: Any) -> None:
    """A life of each kind of object."""
    guest = conn.defineXML(GUEST)
    guest.create()
    guest.suspend()
    guest.resume()
    guest.destroy()
    guest.undefine()
    network = conn.networkDefineXML(NETWORK)
    network.create()
    network.destroy()
    network.undefine()
    pool = conn.storagePoolDefineXML(POOL)
    pool.build()
    pool.create()
    pool.createXML(VOLUME).delete()
    pool.destroy()
    pool.undefine()


def judge(loop: str, heard: dict[str, list[Any]]) -> None:
    expect(f"{loop}: events of the domain", heard["domain"], LIFE)
    expect(f"{loop}: events of the network", [event for event, _ in heard["network"]], [0, 2, 3, 1])
    expect(f"{loop}: first events of the pool", [event for event, _ in heard["pool"]][:1], [0])
    expect(f"{loop}: last events of the pool", [event for event, _ in heard["pool"]][-2:], [3, 1])


def complete(heard: dict[str, list[Any]]) -> bool:
    return all(events and events[-1][0] == 1 for events in heard.values())


def fresh() -> dict[str, list[Any]]:
    return {"domain": [], "network": [], "pool": []}


async def with_asyncio() -> None:
    implementation = libvirtaio.virEventRegisterAsyncIOImpl()
    conn = libvirt.open(sys.argv[2])
    heard = fresh()
    back = subscribe(conn, heard)
    await asyncio.get_running_loop().run_in_executor(None, live, conn)
    end = time.monotonic() + 20
    while not complete(heard) and time.monotonic() < end:
        await asyncio.sleep(0.01)
    judge("asyncio", heard)
    for call in back:
        call()
    if "unix" in sys.argv[2]:
        expect("asyncio: keepalive", conn.setKeepAlive(1, 3), 0)
        await asyncio.sleep(2.5)
        expect("asyncio: alive after some", conn.isAlive(), 1)
    expect("asyncio: close", conn.close(), 0)
    await asyncio.wait_for(implementation.drain(), 20)
    expect("asyncio: nothing is left in the loop", implementation.is_idle(), True)


def with_default() -> None:
    libvirt.virEventRegisterDefaultImpl()

    def turn() -> None:
        while True:
            libvirt.virEventRunDefaultImpl()

    threading.Thread(target=turn, daemon=True).start()
    conn = libvirt.open(sys.argv[2])
    heard = fresh()
    back = subscribe(conn, heard)
    live(conn)
    end = time.monotonic() + 20
    while not complete(heard) and time.monotonic() < end:
        time.sleep(0.01)
    judge("default", heard)
    for call in back:
        call()
    expect("default: close", conn.close(), 0)


def main() -> None:
    if sys.argv[1] == "asyncio":
        asyncio.run(with_asyncio())
    else:
        with_default()
    print(f"1..{count}")
    sys.stdout.flush()
    # The thread of the default loop never ends.
    os._exit(0)


if __name__ == "__main__":
    main()
