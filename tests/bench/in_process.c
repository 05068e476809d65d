/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Measures calls to test:///default in one process; run it on two libraries and compare. */

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <libvirt/libvirt.h>

#define ROUNDS 10001
#define CALLS 20
#define DOMAINS 5000
#define PART 500

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

/* Several calls per sample: looking at the clock takes as long as one. */
static void
measureCalls(virConnectPtr conn)
{
    static double info[ROUNDS], lookup[ROUNDS];
    virDomainPtr domain = virDomainLookupByName(conn, "test");
    virDomainInfo record;
    int i, k;

    for (i = 0; i < ROUNDS; i++) {
        double start = nowUs();

        for (k = 0; k < CALLS; k++) {
            if (virDomainGetInfo(domain, &record) < 0)
                exit(1);
        }
        info[i] = (nowUs() - start) / CALLS;
        start = nowUs();
        for (k = 0; k < CALLS; k++)
            virDomainFree(virDomainLookupByName(conn, "test"));
        lookup[i] = (nowUs() - start) / CALLS;
    }
    virDomainFree(domain);
    printf("virDomainGetInfo, p50\t%.3f us\n", median(info));
    printf("virDomainLookupByName and Free, p50\t%.3f us\n", median(lookup));
}

/* A domain with the devices that most have. */
static const char document[] =
    "<domain type='test'><name>d%d</name><memory unit='MiB'>1024</memory><vcpu>2</vcpu>"
    "<os><type arch='i686'>hvm</type><boot dev='hd'/></os><features><acpi/><apic/></features>"
    "<devices><disk type='file' device='disk'><source file='/images/d%d.img'/>"
    "<target dev='vda' bus='virtio'/></disk><disk type='file' device='cdrom'>"
    "<target dev='hdc' bus='ide'/><readonly/></disk><interface type='network'>"
    "<source network='default'/><model type='virtio'/></interface><serial type='pty'/>"
    "<console type='pty'/><input type='tablet' bus='usb'/><graphics type='vnc' port='-1'/>"
    "<video><model type='vga'/></video><memballoon model='virtio'/></devices></domain>";

/* Of this process alone, so that a busy machine counts less. */
static double
cpuUs(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double) now.tv_sec * 1e6 + (double) now.tv_nsec / 1e3;
}

static void
define(virConnectPtr conn, int number)
{
    char xml[2048];
    virDomainPtr domain;

    snprintf(xml, sizeof(xml), document, number, number);
    domain = virDomainDefineXML(conn, xml);
    if (!domain)
        exit(1);
    virDomainFree(domain);
}

static void
measureMany(virConnectPtr conn)
{
    virDomainPtr *list = NULL;
    double start = cpuUs(), first = 0, last = 0;
    int count, i;

    for (i = 0; i < DOMAINS; i++) {
        if (i == PART)
            first = cpuUs() - start;
        if (i == DOMAINS - PART)
            last = cpuUs();
        define(conn, i);
    }
    last = cpuUs() - last;
    printf("virDomainDefineXML, mean of %d, CPU\t%.1f us\n", DOMAINS, (cpuUs() - start) / DOMAINS);
    printf("virDomainDefineXML, first %d, CPU\t%.1f us\n", PART, first / PART);
    printf("virDomainDefineXML, last %d, CPU\t%.1f us\n", PART, last / PART);
    start = cpuUs();
    count = virConnectListAllDomains(conn, &list, 0);
    printf("virConnectListAllDomains, %d domains, CPU\t%.2f ms\n", count, (cpuUs() - start) / 1e3);
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
