/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Statistics of domains: processors, disks, interfaces, memory. */

#include "test_domain_stats.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "conf/domain_find.h"
#include "driver/test.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "runtime/parameters.h"

/* A guest reads this often, and writes half as often; each time one page. */
#define READS_PER_SECOND 1000
#define BYTES_PER_REQUEST 4096
#define NS_PER_REQUEST 50000
#define FLUSHES_PER_SECOND 10
#define PACKETS_PER_SECOND 1000
#define BYTES_PER_PACKET 1000
#define PAGE_KIB 4

unsigned int
testDomainOnline(const virDocDomain *document)
{
    return document->vcpu->hasCurrent ? document->vcpu->current : document->vcpu->count;
}

unsigned long long
testDomainCpuTime(const testDomain *domain)
{
    return (unsigned long long) testDomainRan(domain) * 1000 * testDomainOnline(domain->live);
}

unsigned long long
testDomainUserTime(unsigned long long cpuTime)
{
    return cpuTime / 4 * 3;
}

unsigned long long
testDomainSystemTime(unsigned long long cpuTime)
{
    return cpuTime / 8;
}

/* How often something with a rate has happened. */
static long long
times(const testDomain *domain, long long perSecond)
{
    return testDomainRan(domain) * perSecond / G_USEC_PER_SEC;
}

void
testDomainDiskStats(const testDomain *domain, testDiskStats *stats)
{
    long long reads = times(domain, READS_PER_SECOND);

    *stats = (testDiskStats) {
        .readRequests = reads,
        .readBytes = reads * BYTES_PER_REQUEST,
        .readTime = reads * NS_PER_REQUEST,
        .writeRequests = reads / 2,
        .writeBytes = reads / 2 * BYTES_PER_REQUEST,
        .writeTime = reads / 2 * NS_PER_REQUEST,
        .flushRequests = times(domain, FLUSHES_PER_SECOND),
        .flushTime = times(domain, FLUSHES_PER_SECOND) * NS_PER_REQUEST,
    };
}

unsigned long long
testDomainWrittenSince(const testDomain *domain, gint64 ran)
{
    return (unsigned long long) (testDomainRanEver(domain) - ran) * READS_PER_SECOND / 2 /
        G_USEC_PER_SEC * BYTES_PER_REQUEST;
}

gint64
testDomainTimeToWrite(unsigned long long bytes)
{
    double requests = (double) bytes / BYTES_PER_REQUEST + 1;

    return (gint64) MIN(requests * 2 / READS_PER_SECOND * G_USEC_PER_SEC, (double) G_MAXINT64 / 2);
}

/* A disk of a running domain, with the host locked; NULL unlocked, with an error raised. */
static testDomain *
lockRunning(virDomainPtr handle)
{
    testDomain *domain = testDomainLock(handle);

    if (domain && !testDomainRequireActive(domain)) {
        testDomainUnlock(handle);
        return NULL;
    }
    return domain;
}

static testDomain *
lockDisk(virDomainPtr handle, const char *disk)
{
    testDomain *domain;

    if (!*disk) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED,
                      "summary statistics are not supported yet");
        return NULL;
    }
    domain = lockRunning(handle);
    if (domain && !virConfDomainFindDisk(domain->live, disk)) {
        testDomainUnlock(handle);
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "invalid path: %s", disk);
        return NULL;
    }
    return domain;
}

/* A caller's struct may be of an older release, but not of a newer one. */
static bool
sizeFits(size_t size, size_t known)
{
    if (size > known)
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG, "size %zu must not exceed %zu", size,
                      known);
    return size <= known;
}

int
testDomainBlockStats(virDomainPtr handle, const char *disk, virDomainBlockStatsPtr stats,
                     size_t size)
{
    virDomainBlockStatsStruct record;
    testDiskStats all;
    testDomain *domain;

    if (!sizeFits(size, sizeof(record)))
        return -1;
    domain = lockDisk(handle, disk);
    if (!domain)
        return -1;
    testDomainDiskStats(domain, &all);
    testDomainUnlock(handle);
    record = (virDomainBlockStatsStruct) {
        .rd_req = all.readRequests,
        .rd_bytes = all.readBytes,
        .wr_req = all.writeRequests,
        .wr_bytes = all.writeBytes,
    };
    memcpy(stats, &record, size);
    return 0;
}

int
testDomainBlockStatsFlags(virDomainPtr handle, const char *disk, virTypedParameterPtr params,
                          int *nparams, unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = lockDisk(handle, disk);
    g_auto(virParams) list = { NULL, 0, 0 };
    testDiskStats all;

    if (!domain)
        return -1;
    testDomainDiskStats(domain, &all);
    testDomainUnlock(handle);
    virParamsAddLLong(&list, VIR_DOMAIN_BLOCK_STATS_WRITE_BYTES, all.writeBytes);
    virParamsAddLLong(&list, VIR_DOMAIN_BLOCK_STATS_WRITE_REQ, all.writeRequests);
    virParamsAddLLong(&list, VIR_DOMAIN_BLOCK_STATS_READ_BYTES, all.readBytes);
    virParamsAddLLong(&list, VIR_DOMAIN_BLOCK_STATS_READ_REQ, all.readRequests);
    virParamsAddLLong(&list, VIR_DOMAIN_BLOCK_STATS_WRITE_TOTAL_TIMES, all.writeTime);
    virParamsAddLLong(&list, VIR_DOMAIN_BLOCK_STATS_READ_TOTAL_TIMES, all.readTime);
    virParamsAddLLong(&list, VIR_DOMAIN_BLOCK_STATS_FLUSH_REQ, all.flushRequests);
    virParamsAddLLong(&list, VIR_DOMAIN_BLOCK_STATS_FLUSH_TOTAL_TIMES, all.flushTime);
    return virParamsFill(&list, params, nparams);
}

void
testDomainInterfaceCounters(const testDomain *domain, virDomainInterfaceStatsPtr stats)
{
    long long packets = times(domain, PACKETS_PER_SECOND);

    *stats = (virDomainInterfaceStatsStruct) {
        .rx_bytes = packets * BYTES_PER_PACKET,
        .rx_packets = packets,
        .tx_bytes = packets / 2 * BYTES_PER_PACKET,
        .tx_packets = packets / 2,
    };
}

int
testDomainInterfaceStats(virDomainPtr handle, const char *device, virDomainInterfaceStatsPtr stats,
                         size_t size)
{
    virDomainInterfaceStatsStruct record;
    testDomain *domain;

    if (!sizeFits(size, sizeof(record)))
        return -1;
    domain = lockRunning(handle);
    if (!domain)
        return -1;
    if (!virConfDomainFindInterface(domain->live, device)) {
        testDomainUnlock(handle);
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG, "'%s' is not a known interface",
                      device);
        return -1;
    }
    testDomainInterfaceCounters(domain, &record);
    testDomainUnlock(handle);
    memcpy(stats, &record, size);
    return 0;
}

/* How the guest uses its memory, in KiB. */
typedef struct {
    unsigned long long actual;  /* it has */
    unsigned long long used;    /* by its programs: an eighth of the most it can have */
    unsigned long long swapped; /* what it needs beyond what it has */
    unsigned long long cached;  /* what it read from its disks, in at most half of the rest */
} testMemoryUse;

static testMemoryUse
memoryUse(const testDomain *domain)
{
    testMemoryUse use = { .actual = domain->live->currentMemory };
    unsigned long long needed = domain->live->memory / 8;
    testDiskStats disks;

    testDomainDiskStats(domain, &disks);
    use.used = MIN(needed, use.actual);
    use.swapped = needed - use.used;
    use.cached = MIN((unsigned long long) disks.readBytes / 1024 * domain->live->ndisks,
                     (use.actual - use.used) / 2);
    return use;
}

unsigned int
testDomainMemoryCounters(const testDomain *domain, virDomainMemoryStatPtr stats, unsigned int max)
{
    testMemoryUse use = memoryUse(domain);
    const virDomainMemoryStatStruct all[] = {
        { VIR_DOMAIN_MEMORY_STAT_ACTUAL_BALLOON, use.actual },
        { VIR_DOMAIN_MEMORY_STAT_SWAP_IN, use.swapped / 2 },
        { VIR_DOMAIN_MEMORY_STAT_SWAP_OUT, use.swapped },
        { VIR_DOMAIN_MEMORY_STAT_MAJOR_FAULT, use.swapped / 2 / PAGE_KIB },
        { VIR_DOMAIN_MEMORY_STAT_MINOR_FAULT, use.swapped / PAGE_KIB },
        { VIR_DOMAIN_MEMORY_STAT_UNUSED, use.actual - use.used - use.cached },
        { VIR_DOMAIN_MEMORY_STAT_AVAILABLE, use.actual },
        { VIR_DOMAIN_MEMORY_STAT_USABLE, use.actual - use.used },
        { VIR_DOMAIN_MEMORY_STAT_LAST_UPDATE,
          (unsigned long long) (g_get_real_time() / G_USEC_PER_SEC) },
        { VIR_DOMAIN_MEMORY_STAT_DISK_CACHES, use.cached },
        { VIR_DOMAIN_MEMORY_STAT_HUGETLB_PGALLOC, 0 },
        { VIR_DOMAIN_MEMORY_STAT_HUGETLB_PGFAIL, 0 },
        { VIR_DOMAIN_MEMORY_STAT_RSS, use.used + use.cached },
    };
    unsigned int count = MIN(max, (unsigned int) G_N_ELEMENTS(all));

    for (unsigned int i = 0; i < count; i++)
        stats[i] = all[i];
    return count;
}

int
testDomainMemoryStats(virDomainPtr handle, virDomainMemoryStatPtr stats, unsigned int nr_stats,
                      unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = lockRunning(handle);
    unsigned int count;

    if (!domain)
        return -1;
    count = testDomainMemoryCounters(domain, stats, nr_stats);
    testDomainUnlock(handle);
    return (int) count;
}

/* One row of CPU statistics: of the whole guest, or of one processor. */
static void
addCpu(virParams *list, unsigned long long time, bool total)
{
    virParamsAddULLong(list, VIR_DOMAIN_CPU_STATS_CPUTIME, time);
    if (total) {
        virParamsAddULLong(list, VIR_DOMAIN_CPU_STATS_USERTIME, testDomainUserTime(time));
        virParamsAddULLong(list, VIR_DOMAIN_CPU_STATS_SYSTEMTIME, testDomainSystemTime(time));
    } else {
        virParamsAddULLong(list, VIR_DOMAIN_CPU_STATS_VCPUTIME, time - time / 20);
    }
}

/* Rows for `ncpus` processors from `first`; returns how many parameters each row got. */
static int
fillCpus(const testDomain *domain, virTypedParameterPtr params, unsigned int nparams, int first,
         unsigned int ncpus)
{
    bool total = first < 0;
    unsigned int all = testDomainOnline(domain->live);
    unsigned long long time = testDomainCpuTime(domain);
    unsigned int rows = total ? 1 : MIN(ncpus, all - (unsigned int) first);
    int filled = 0;

    for (unsigned int i = 0; i < rows; i++) {
        g_auto(virParams) list = { NULL, 0, 0 };

        addCpu(&list, total ? time : time / all, total);
        filled = (int) nparams;
        virParamsFill(&list, params + i * nparams, &filled);
    }
    return filled;
}

/* Whether an array goes with what is asked for; else raises. */
static bool
cpuArgumentsFit(const virTypedParameter *params, unsigned int nparams, int start_cpu,
                unsigned int ncpus)
{
    const char *why = NULL;

    if (start_cpu < -1)
        why = "start_cpu must be -1 or greater";
    else if (start_cpu == -1 && ncpus != 1)
        why = "ncpus must be 1 for the total";
    else if ((nparams == 0 || ncpus == 0) && params)
        why = "params must be NULL when it has no room";
    else if (nparams > 0 && ncpus > 0 && !params)
        why = "params must not be NULL";
    if (why)
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG, "%s", why);
    return !why;
}

int
testDomainGetCPUStats(virDomainPtr handle, virTypedParameterPtr params, unsigned int nparams,
                      int start_cpu, unsigned int ncpus, unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain;
    unsigned int all;
    int ret;

    if (!cpuArgumentsFit(params, nparams, start_cpu, ncpus))
        return -1;
    domain = lockRunning(handle);
    if (!domain)
        return -1;
    all = testDomainOnline(domain->live);
    if (start_cpu >= 0 && (unsigned int) start_cpu >= all) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "start_cpu %d is not below the %u processors", start_cpu, all);
        ret = -1;
    } else if (ncpus == 0) {
        ret = (int) all;
    } else if (nparams == 0) {
        ret = start_cpu < 0 ? 3 : 2;
    } else {
        ret = fillCpus(domain, params, nparams, start_cpu, ncpus);
    }
    testDomainUnlock(handle);
    return ret;
}
