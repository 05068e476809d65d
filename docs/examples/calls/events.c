/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <libvirt/libvirt.h>

static int left = 2;

static int
tell(virConnectPtr conn, virDomainPtr domain, int event, int detail, void *opaque)
{
    (void) conn;
    (void) detail;
    (void) opaque;
    printf("%s: event %d\n", virDomainGetName(domain), event);
    left--;
    return 0;
}

int
main(void)
{
    virConnectPtr conn;
    virDomainPtr domain;

    virEventRegisterDefaultImpl();
    if (!(conn = virConnectOpen("test:///default")))
        return 1;
    virConnectDomainEventRegisterAny(conn, NULL, VIR_DOMAIN_EVENT_ID_LIFECYCLE,
                                     VIR_DOMAIN_EVENT_CALLBACK(tell), NULL, NULL);
    if ((domain = virDomainLookupByName(conn, "test"))) {
        virDomainSuspend(domain);
        virDomainResume(domain);
        virDomainFree(domain);
        while (left > 0 && virEventRunDefaultImpl() == 0)
            ;
    }
    virConnectClose(conn);
    return left;
}
