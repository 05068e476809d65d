/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Measures calls to test:///default in one process; run it on two libraries and compare. */

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <libvirt/libvirt.h>

#define ROUNDS 20001
#define DOMAINS 5000

static double
nowUs(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double) now.tv_sec * 1e6 + (double) now.tv_nsec / 1e3;
}

static int
compare(const void *left, const void *right)
{
    double a = *(const double *) left, b = *(const double *) right;

    return (a > b) - (a < b);
}

static double
median(double *values)
{
    qsort(values, ROUNDS, sizeof(*values), compare);
    return values[ROUNDS / 2];
}

static void
measureCalls(virConnectPtr conn)
{
    static double info[ROUNDS], lookup[ROUNDS];
    virDomainPtr domain = virDomainLookupByName(conn, "test");
    virDomainInfo record;
    int i;

    for (i = 0; i < ROUNDS; i++) {
        double start = nowUs();
        virDomainPtr again;

        if (virDomainGetInfo(domain, &record) < 0)
            exit(1);
        info[i] = nowUs() - start;
        start = nowUs();
        again = virDomainLookupByName(conn, "test");
        lookup[i] = nowUs() - start;
        virDomainFree(again);
    }
    virDomainFree(domain);
    printf("virDomainGetInfo p50\t%.3f us\n", median(info));
    printf("virDomainLookupByName p50\t%.3f us\n", median(lookup));
}

static void
measureMany(virConnectPtr conn)
{
    virDomainPtr *list = NULL;
    double start = nowUs();
    char xml[256];
    int count, i;

    for (i = 0; i < DOMAINS; i++) {
        virDomainPtr domain;

        snprintf(xml, sizeof(xml),
                 "<domain type='test'><name>d%d</name><memory>1024</memory>"
                 "<os><type>hvm</type></os></domain>",
                 i);
        domain = virDomainDefineXML(conn, xml);
        if (!domain)
            exit(1);
        virDomainFree(domain);
    }
    printf("virDomainDefineXML, %d domains\t%.1f us each\n", DOMAINS,
           (nowUs() - start) / DOMAINS);
    start = nowUs();
    count = virConnectListAllDomains(conn, &list, 0);
    printf("virConnectListAllDomains, %d domains\t%.2f ms\n", count, (nowUs() - start) / 1e3);
    for (i = 0; i < count; i++)
        virDomainFree(list[i]);
    free(list);
}

int
main(void)
{
    virConnectPtr conn = virConnectOpen("test:///default");

    if (!conn)
        return 1;
    measureCalls(conn);
    measureMany(conn);
    virConnectClose(conn);
    return 0;
}
