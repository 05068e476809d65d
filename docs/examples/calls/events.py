# SPDX-License-Identifier: LGPL-2.1-or-later
import libvirt

seen = []


def tell(conn, domain, event, detail, opaque):
    print(f"{domain.name()}: event {event}")
    seen.append(event)


libvirt.virEventRegisterDefaultImpl()
conn = libvirt.open("test:///default")
conn.domainEventRegisterAny(None, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE, tell, None)
domain = conn.lookupByName("test")
domain.suspend()
domain.resume()
while len(seen) < 2:
    libvirt.virEventRunDefaultImpl()
