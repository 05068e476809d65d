# SPDX-License-Identifier: LGPL-2.1-or-later
"""Listens to the life of domains that it defines itself, and prints the names that it was told.

Started by test_access.py with a URI and the names.
"""

from __future__ import annotations

import sys
import time

import libvirt

XML = "<domain type='test'><name>{}</name><memory>4096</memory><os><type>hvm</type></os></domain>"


def main() -> None:
    libvirt.virEventRegisterDefaultImpl()
    libvirt.registerErrorHandler(lambda *_: None, None)
    told: list[str] = []
    conn = libvirt.open(sys.argv[1])
    conn.domainEventRegisterAny(None, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE,
                                lambda _c, dom, *_: told.append(dom.name()), None)
    names = sys.argv[2:]
    for name in names:
        conn.defineXML(XML.format(name))
    end = time.monotonic() + 30
    wake = libvirt.virEventAddTimeout(100, lambda *_: None, None)
    while time.monotonic() < end and names[-1] not in told:
        libvirt.virEventRunDefaultImpl()
    libvirt.virEventRemoveTimeout(wake)
    print(*told)


if __name__ == "__main__":
    main()
