/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Measures calls to test:///default in one process; run it on two libraries and compare. */

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <libvirt/libvirt.h>
#include <malloc.h>
#include <string.h>

#include "domain.h"

#define ROUNDS 2001
#define CALLS 100
#define DOMAINS 5000
#define PART 500
#define LISTS 21
#define DOCUMENTS 501

static double
clockUs(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (double) now.tv_sec * 1e6 + (double) now.tv_nsec / 1e3;
}

static double
nowUs(void)
{
    return clockUs(CLOCK_MONOTONIC);
}

/* Of this process alone, so that a busy machine counts less. */
static double
cpuUs(void)
{
    return clockUs(CLOCK_PROCESS_CPUTIME_ID);
}

static int
compare(const void *left, const void *right)
{
    double a = *(const double *) left, b = *(const double *) right;

    return (a > b) - (a < b);
}

static double
median(double *values, int count)
{
    qsort(values, (size_t) count, sizeof(*values), compare);
    return values[count / 2];
}

/*
 * A sample is CALLS calls between two looks at the clock, of which a call bears a hundredth (0.5
 * ns) and the turn of the loop (0.3 ns): nothing is subtracted. What a call gives is released
 * outside of its sample.
 */
static void
measureCalls(virConnectPtr conn)
{
    static double info[ROUNDS], lookup[ROUNDS], release[ROUNDS];
    virDomainPtr domain = virDomainLookupByName(conn, "test"), found[CALLS];
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
        for (k = 0; k < CALLS; k++) {
            found[k] = virDomainLookupByName(conn, "test");
            if (!found[k])
                exit(1);
        }
        lookup[i] = (nowUs() - start) / CALLS;
        start = nowUs();
        for (k = 0; k < CALLS; k++)
            virDomainFree(found[k]);
        release[i] = (nowUs() - start) / CALLS;
    }
    virDomainFree(domain);
    printf("virDomainGetInfo, p50\t%.3f us\n", median(info, ROUNDS));
    printf("virDomainLookupByName, p50\t%.3f us\n", median(lookup, ROUNDS));
    printf("virDomainFree, p50\t%.3f us\n", median(release, ROUNDS));
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

/* The call alone; the list is released outside of its sample. The first finds no memory to use
 * again. */
static void
measureList(virConnectPtr conn)
{
    double taken[LISTS], first;
    int i, k, count = 0;

    for (i = 0; i < LISTS; i++) {
        virDomainPtr *list = NULL;
        double start = cpuUs();

        count = virConnectListAllDomains(conn, &list, 0);
        taken[i] = (cpuUs() - start) / 1e3;
        for (k = 0; k < count; k++)
            virDomainFree(list[k]);
        free(list);
    }
    first = taken[0];
    printf("virConnectListAllDomains, %d domains, p50, CPU\t%.3f ms\n", count,
           median(taken, LISTS));
    printf("virConnectListAllDomains, %d domains, the first, CPU\t%.3f ms\n", count, first);
}

static void
measureMany(virConnectPtr conn)
{
    double start = cpuUs(), first = 0, last = 0;
    int i;

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
    measureList(conn);
}

/* A document from text to text: defined, and asked for. */
static void
measureDocument(virConnectPtr conn)
{
    static double taken[DOCUMENTS];
    int i;

    for (i = 0; i < DOCUMENTS; i++) {
        double start = cpuUs();
        virDomainPtr domain = virDomainDefineXML(conn, longDocument);
        char *text = domain ? virDomainGetXMLDesc(domain, 0) : NULL;

        if (!text)
            exit(1);
        taken[i] = cpuUs() - start;
        free(text);
        virDomainFree(domain);
    }
    printf("a document of 120 lines defined and printed, p50, CPU\t%.1f us\n",
           median(taken, DOCUMENTS));
}

static double
bytesInUse(void)
{
    return (double) mallinfo2().uordblks;
}

/* What domains take of the heap beyond the text of their documents, and what stays of it when they
 * are gone. The first ones are not counted: they also fill what is made once. */
static void
measureMemory(virConnectPtr conn)
{
    double before, text = 0;
    int i;

    for (i = 0; i < PART; i++)
        define(conn, i);
    before = bytesInUse();
    for (i = PART; i < DOMAINS; i++) {
        virDomainPtr domain;
        char name[32], *xml;

        define(conn, i);
        snprintf(name, sizeof(name), "d%d", i);
        domain = virDomainLookupByName(conn, name);
        xml = domain ? virDomainGetXMLDesc(domain, 0) : NULL;
        if (!xml)
            exit(1);
        text += (double) strlen(xml);
        free(xml);
        virDomainFree(domain);
    }
    printf("memory of a defined domain\t%.2f KB\n",
           (bytesInUse() - before) / (DOMAINS - PART) / 1024);
    printf("the text of its document\t%.2f KB\n", text / (DOMAINS - PART) / 1024);
    for (i = DOMAINS - 1; i >= 0; i--) {
        virDomainPtr domain;
        char name[32];

        if (i == PART - 1)
            printf("memory that stays of an undefined domain\t%.3f KB\n",
                   (bytesInUse() - before) / (DOMAINS - PART) / 1024);
        snprintf(name, sizeof(name), "d%d", i);
        domain = virDomainLookupByName(conn, name);
        if (!domain || virDomainUndefine(domain) < 0)
            exit(1);
        virDomainFree(domain);
    }
}

int
main(void)
{
    virConnectPtr conn = virConnectOpen("test:///default");

    if (!conn)
        return 1;
    measureMemory(conn);
    measureCalls(conn);
    measureDocument(conn);
    measureMany(conn);
    virConnectClose(conn);
    return 0;
}
