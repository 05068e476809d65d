/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which processors of the host the processors and the emulator of a domain may use. */

#include "test_domain_pin.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_domain_defs.h"
#include "test_domain_stats.h"
#include "test_domain_tunable.h"

unsigned int
testHostCpus(virConnectPtr conn)
{
    return VIR_NODEINFO_MAXCPUS(testHostOf(conn)->node);
}

void
testCpusTo(virConnectPtr conn, const virDocBitmap *set, unsigned char *bytes, int length)
{
    unsigned int cpus = testHostCpus(conn);

    memset(bytes, 0, (size_t) length);
    for (unsigned int i = 0; i < cpus && i < (unsigned int) length * 8; i++) {
        if (!set || virDocBitmapHas(set, i))
            bytes[i / 8] |= (unsigned char) (1 << i % 8);
    }
}

virDocBitmap *
testCpusFrom(virConnectPtr conn, const unsigned char *bytes, int length)
{
    unsigned int cpus = testHostCpus(conn);
    size_t size = MIN((size_t) length, (cpus + 7) / 8);
    g_autofree unsigned char *kept = g_memdup2(bytes, size);
    g_autoptr(virDocBitmap) set = NULL;

    if (cpus % 8 && size == (cpus + 7) / 8)
        kept[size - 1] &= (unsigned char) ((1 << cpus % 8) - 1);
    set = virDocBitmapFromBytes(kept, size);
    return set && set->nwords ? g_steal_pointer(&set) : NULL;
}

virDocDomainCputune *
testDomainCputune(virDocDomain *document)
{
    if (!document->cputune)
        document->cputune = virDocDomainCputuneNew();
    return document->cputune;
}

/* Where a processor may run; NULL: anywhere. */
static const virDocBitmap *
pinOf(const virDocDomain *document, unsigned int vcpu)
{
    for (size_t i = 0; document->cputune && i < document->cputune->nvcpupins; i++) {
        if (document->cputune->vcpupins[i]->vcpu == vcpu)
            return document->cputune->vcpupins[i]->cpuset;
    }
    return document->vcpu->cpuset;
}

typedef struct {
    virConnectPtr conn;
    unsigned int vcpu;
    virDocBitmap *set;
} Pin;

static bool
hasVcpu(const virDocDomain *document, const void *opaque)
{
    const Pin *pin = opaque;

    if (pin->vcpu < testDomainOnline(document))
        return true;
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                  "requested vcpu '%d' is not present in the domain", (int) pin->vcpu);
    return false;
}

static void
pinVcpu(virDocDomain *document, const void *opaque)
{
    const Pin *pin = opaque;
    virDocDomainCputune *tune = testDomainCputune(document);
    virDocDomainVcpuPin *entry;

    for (size_t i = 0; i < tune->nvcpupins; i++) {
        if (tune->vcpupins[i]->vcpu == pin->vcpu) {
            virDocBitmapFree(tune->vcpupins[i]->cpuset);
            tune->vcpupins[i]->cpuset = virDocBitmapCopy(pin->set);
            return;
        }
    }
    entry = virDocDomainVcpuPinNew();
    entry->hasVcpu = true;
    entry->vcpu = pin->vcpu;
    entry->cpuset = virDocBitmapCopy(pin->set);
    VIR_DOC_LIST_ADD(tune, vcpupins, entry);
}

int
testDomainPinVcpuFlags(virDomainPtr handle, unsigned int vcpu, unsigned char *cpumap, int maplen,
                       unsigned int flags)
{
    g_autoptr(virDocBitmap) set = testCpusFrom(handle->conn, cpumap, maplen);
    Pin pin = { handle->conn, vcpu, set };
    g_auto(virParams) told = { NULL, 0, 0 };
    g_autofree char *name = g_strdup_printf(VIR_DOMAIN_TUNABLE_CPU_VCPUPIN, vcpu);

    if (!set) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "Empty cpu list for pinning");
        return -1;
    }
    testTunableAddCpus(&told, name, set);
    return testDomainTune(handle, flags, hasVcpu, pinVcpu, &pin, &told);
}

/* What no flags ask for means a guest that runs; else raises. */
static bool
requireRunning(const testDomain *domain, const char *what)
{
    if (domain->id < 0)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID, "cannot %s an inactive domain",
                      what);
    return domain->id >= 0;
}

int
testDomainPinVcpu(virDomainPtr handle, unsigned int vcpu, unsigned char *cpumap, int maplen)
{
    testDomain *domain = testDomainLock(handle);
    bool runs;

    if (!domain)
        return -1;
    runs = requireRunning(domain, "pin vcpus on");
    testDomainUnlock(handle);
    if (!runs)
        return -1;
    return testDomainPinVcpuFlags(handle, vcpu, cpumap, maplen, VIR_DOMAIN_AFFECT_LIVE);
}

/* Answers about processors. */
typedef struct {
    virConnectPtr conn;
    int max;
    unsigned char *maps;
    int length;
    int count;
} PinInfo;

static void
readPins(const virDocDomain *document, void *opaque)
{
    PinInfo *info = opaque;

    info->count = (int) MIN((unsigned int) info->max, document->vcpu->count);
    for (int i = 0; i < info->count; i++)
        testCpusTo(info->conn, pinOf(document, (unsigned int) i),
                   info->maps + (size_t) i * (size_t) info->length, info->length);
}

int
testDomainGetVcpuPinInfo(virDomainPtr handle, int ncpumaps, unsigned char *cpumaps, int maplen,
                         unsigned int flags)
{
    PinInfo info = { handle->conn, ncpumaps, cpumaps, maplen, 0 };

    return testDomainRead(handle, flags, readPins, &info) < 0 ? -1 : info.count;
}

/* The highest processor of the host in a set, where the model runs things. */
static int
highest(virConnectPtr conn, const virDocBitmap *set)
{
    unsigned int cpu = testHostCpus(conn);

    while (cpu > 1 && set && !virDocBitmapHas(set, cpu - 1))
        cpu--;
    return (int) cpu - 1;
}

int
testDomainGetVcpus(virDomainPtr handle, virVcpuInfoPtr info, int maxinfo, unsigned char *cpumaps,
                   int maplen)
{
    testDomain *domain;
    unsigned int all;
    int count = -1;

    if (!info || (!cpumaps && maplen != 0)) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG,
                      "info must not be NULL, nor maps that have bytes");
        return -1;
    }
    domain = testDomainLock(handle);
    if (!domain)
        return -1;
    if (requireRunning(domain, "list vcpus for")) {
        all = testDomainOnline(domain->live);
        count = MIN(maxinfo, (int) all);
        for (int i = 0; i < count; i++) {
            const virDocBitmap *set = pinOf(domain->live, (unsigned int) i);

            info[i] = (virVcpuInfo) {
                .number = (unsigned int) i,
                .state = VIR_VCPU_RUNNING,
                .cpuTime = testDomainCpuTime(domain) / all,
                .cpu = highest(handle->conn, set),
            };
            if (cpumaps)
                testCpusTo(handle->conn, set, cpumaps + (size_t) i * (size_t) maplen, maplen);
        }
    }
    testDomainUnlock(handle);
    return count;
}

static bool
hasCpus(const virDocDomain *document G_GNUC_UNUSED, const void *opaque)
{
    const Pin *pin = opaque;

    if (!pin->set)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "Empty cpu list for pinning");
    return pin->set != NULL;
}

static void
pinEmulator(virDocDomain *document, const void *opaque)
{
    const Pin *pin = opaque;
    virDocDomainCputune *tune = testDomainCputune(document);

    virDocBitmapFree(tune->emulatorpinCpuset);
    tune->emulatorpinCpuset = virDocBitmapCopy(pin->set);
}

int
testDomainPinEmulator(virDomainPtr handle, unsigned char *cpumap, int maplen, unsigned int flags)
{
    g_autoptr(virDocBitmap) set = testCpusFrom(handle->conn, cpumap, maplen);
    Pin pin = { handle->conn, 0, set };
    g_auto(virParams) told = { NULL, 0, 0 };

    if (set)
        testTunableAddCpus(&told, VIR_DOMAIN_TUNABLE_CPU_EMULATORPIN, set);
    return testDomainTune(handle, flags, hasCpus, pinEmulator, &pin, &told);
}

static void
readEmulatorPin(const virDocDomain *document, void *opaque)
{
    PinInfo *info = opaque;
    const virDocBitmap *set = document->cputune ? document->cputune->emulatorpinCpuset : NULL;

    testCpusTo(info->conn, set ? set : document->vcpu->cpuset, info->maps, info->length);
}

int
testDomainGetEmulatorPinInfo(virDomainPtr handle, unsigned char *cpumaps, int maplen,
                             unsigned int flags)
{
    PinInfo info = { handle->conn, 1, cpumaps, maplen, 1 };

    return testDomainRead(handle, flags, readEmulatorPin, &info) < 0 ? -1 : 1;
}
