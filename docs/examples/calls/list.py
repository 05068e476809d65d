# SPDX-License-Identifier: LGPL-2.1-or-later
import libvirt

conn = libvirt.openReadOnly("test:///default")
for domain in conn.listAllDomains():
    state, _, memory, processors, _ = domain.info()
    print(f"{domain.name()}: state {state}, {memory} KiB, {processors} processors")
conn.close()
