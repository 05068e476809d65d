/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <libvirt/libvirt.h>

int
main(void)
{
    virConnectPtr conn = virConnectOpenReadOnly("test:///default");
    virDomainPtr *domains = NULL;
    int count, i;

    if (!conn)
        return 1;
    count = virConnectListAllDomains(conn, &domains, 0);
    for (i = 0; i < count; i++) {
        virDomainInfo info;

        if (virDomainGetInfo(domains[i], &info) == 0)
            printf("%s: state %d, %lu KiB, %d processors\n", virDomainGetName(domains[i]),
                   info.state, info.memory, info.nrVirtCpu);
        virDomainFree(domains[i]);
    }
    free(domains);
    virConnectClose(conn);
    return count < 0;
}
