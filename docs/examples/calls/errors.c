/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

static void
quiet(void *data, virErrorPtr error)
{
    (void) data;
    (void) error;
}

int
main(void)
{
    virConnectPtr conn;
    virDomainPtr domain;

    virSetErrorFunc(NULL, quiet);
    if (!(conn = virConnectOpen("test:///default")))
        return 1;
    domain = virDomainLookupByName(conn, "nobody");
    if (!domain && virGetLastErrorCode() == VIR_ERR_NO_DOMAIN)
        printf("there is no domain 'nobody'\n");
    if (domain)
        virDomainFree(domain);
    virConnectClose(conn);
    return 0;
}
