/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Statistics of many domains at once, as records of typed parameters. */

#include <libvirt/virterror.h>

#include "conf/domain_list.h"
#include "conf/domain_find.h"
#include "driver/test.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "runtime/parameters.h"
#include "test_domain_block.h"
#include "test_domain_records.h"
#include "test_domain_stats.h"

static void
addState(virParams *list, const testDomain *domain)
{
    virParamsAddInt(list, VIR_DOMAIN_STATS_STATE_STATE, domain->state);
    virParamsAddInt(list, VIR_DOMAIN_STATS_STATE_REASON, domain->reason);
}

static void
addCpu(virParams *list, const testDomain *domain)
{
    unsigned long long time;

    if (domain->id < 0)
        return;
    time = testDomainCpuTime(domain);
    virParamsAddULLong(list, VIR_DOMAIN_STATS_CPU_TIME, time);
    virParamsAddULLong(list, VIR_DOMAIN_STATS_CPU_USER, testDomainUserTime(time));
    virParamsAddULLong(list, VIR_DOMAIN_STATS_CPU_SYSTEM, testDomainSystemTime(time));
}

static void
addBalloon(virParams *list, const testDomain *domain)
{
    static const char *const names[VIR_DOMAIN_MEMORY_STAT_NR] = {
        [VIR_DOMAIN_MEMORY_STAT_SWAP_IN] = VIR_DOMAIN_STATS_BALLOON_SWAP_IN,
        [VIR_DOMAIN_MEMORY_STAT_SWAP_OUT] = VIR_DOMAIN_STATS_BALLOON_SWAP_OUT,
        [VIR_DOMAIN_MEMORY_STAT_MAJOR_FAULT] = VIR_DOMAIN_STATS_BALLOON_MAJOR_FAULT,
        [VIR_DOMAIN_MEMORY_STAT_MINOR_FAULT] = VIR_DOMAIN_STATS_BALLOON_MINOR_FAULT,
        [VIR_DOMAIN_MEMORY_STAT_UNUSED] = VIR_DOMAIN_STATS_BALLOON_UNUSED,
        [VIR_DOMAIN_MEMORY_STAT_AVAILABLE] = VIR_DOMAIN_STATS_BALLOON_AVAILABLE,
        [VIR_DOMAIN_MEMORY_STAT_USABLE] = VIR_DOMAIN_STATS_BALLOON_USABLE,
        [VIR_DOMAIN_MEMORY_STAT_LAST_UPDATE] = VIR_DOMAIN_STATS_BALLOON_LAST_UPDATE,
        [VIR_DOMAIN_MEMORY_STAT_RSS] = VIR_DOMAIN_STATS_BALLOON_RSS,
        [VIR_DOMAIN_MEMORY_STAT_DISK_CACHES] = VIR_DOMAIN_STATS_BALLOON_DISK_CACHES,
        [VIR_DOMAIN_MEMORY_STAT_HUGETLB_PGALLOC] = VIR_DOMAIN_STATS_BALLOON_HUGETLB_PGALLOC,
        [VIR_DOMAIN_MEMORY_STAT_HUGETLB_PGFAIL] = VIR_DOMAIN_STATS_BALLOON_HUGETLB_PGFAIL,
    };
    virDomainMemoryStatStruct stats[VIR_DOMAIN_MEMORY_STAT_NR];
    unsigned int count;

    virParamsAddULLong(list, VIR_DOMAIN_STATS_BALLOON_CURRENT, domain->live->currentMemory);
    virParamsAddULLong(list, VIR_DOMAIN_STATS_BALLOON_MAXIMUM, domain->live->memory);
    if (domain->id < 0)
        return;
    count = testDomainMemoryCounters(domain, stats, VIR_DOMAIN_MEMORY_STAT_NR);
    for (unsigned int i = 0; i < count; i++) {
        if (names[stats[i].tag])
            virParamsAddULLong(list, names[stats[i].tag], stats[i].val);
    }
}

static void
addVcpus(virParams *list, const testDomain *domain)
{
    unsigned int count = testDomainOnline(domain->live);
    virParamsNames names;

    virParamsAddUInt(list, VIR_DOMAIN_STATS_VCPU_CURRENT, count);
    virParamsAddUInt(list, VIR_DOMAIN_STATS_VCPU_MAXIMUM, domain->live->vcpu->count);
    for (unsigned int i = 0; domain->id >= 0 && i < count; i++) {
        virParamsNumber(&names, VIR_DOMAIN_STATS_VCPU_PREFIX, i);
        virParamsAddInt(list, virParamsName(&names, VIR_DOMAIN_STATS_VCPU_SUFFIX_STATE),
                        VIR_VCPU_RUNNING);
        virParamsAddULLong(list, virParamsName(&names, VIR_DOMAIN_STATS_VCPU_SUFFIX_TIME),
                           testDomainCpuTime(domain) / count);
        virParamsAddULLong(list, virParamsName(&names, VIR_DOMAIN_STATS_VCPU_SUFFIX_WAIT), 0);
    }
}

static void
addInterfaces(virParams *list, const testDomain *domain)
{
    virDomainInterfaceStatsStruct all;
    virParamsNames names;

    if (domain->id < 0)
        return;
    testDomainInterfaceCounters(domain, &all);
    virParamsAddUInt(list, VIR_DOMAIN_STATS_NET_COUNT, (unsigned int) domain->live->ninterfaces);
    for (size_t i = 0; i < domain->live->ninterfaces; i++) {
        virParamsNumber(&names, VIR_DOMAIN_STATS_NET_PREFIX, (unsigned int) i);
        if (domain->live->interfaces[i]->targetDev)
            virParamsAddString(list, virParamsName(&names, VIR_DOMAIN_STATS_NET_SUFFIX_NAME),
                               domain->live->interfaces[i]->targetDev);
        virParamsAddULLong(list, virParamsName(&names, VIR_DOMAIN_STATS_NET_SUFFIX_RX_BYTES),
                           (unsigned long long) all.rx_bytes);
        virParamsAddULLong(list, virParamsName(&names, VIR_DOMAIN_STATS_NET_SUFFIX_RX_PKTS),
                           (unsigned long long) all.rx_packets);
        virParamsAddULLong(list, virParamsName(&names, VIR_DOMAIN_STATS_NET_SUFFIX_RX_ERRS),
                           (unsigned long long) all.rx_errs);
        virParamsAddULLong(list, virParamsName(&names, VIR_DOMAIN_STATS_NET_SUFFIX_RX_DROP),
                           (unsigned long long) all.rx_drop);
        virParamsAddULLong(list, virParamsName(&names, VIR_DOMAIN_STATS_NET_SUFFIX_TX_BYTES),
                           (unsigned long long) all.tx_bytes);
        virParamsAddULLong(list, virParamsName(&names, VIR_DOMAIN_STATS_NET_SUFFIX_TX_PKTS),
                           (unsigned long long) all.tx_packets);
        virParamsAddULLong(list, virParamsName(&names, VIR_DOMAIN_STATS_NET_SUFFIX_TX_ERRS),
                           (unsigned long long) all.tx_errs);
        virParamsAddULLong(list, virParamsName(&names, VIR_DOMAIN_STATS_NET_SUFFIX_TX_DROP),
                           (unsigned long long) all.tx_drop);
    }
}

static void
addTransfers(virParams *list, const testDomain *domain, virParamsNames *names)
{
    testDiskStats all;

    testDomainDiskStats(domain, &all);
    virParamsAddULLong(list, virParamsName(names, VIR_DOMAIN_STATS_BLOCK_SUFFIX_RD_REQS),
                       (unsigned long long) all.readRequests);
    virParamsAddULLong(list, virParamsName(names, VIR_DOMAIN_STATS_BLOCK_SUFFIX_RD_BYTES),
                       (unsigned long long) all.readBytes);
    virParamsAddULLong(list, virParamsName(names, VIR_DOMAIN_STATS_BLOCK_SUFFIX_RD_TIMES),
                       (unsigned long long) all.readTime);
    virParamsAddULLong(list, virParamsName(names, VIR_DOMAIN_STATS_BLOCK_SUFFIX_WR_REQS),
                       (unsigned long long) all.writeRequests);
    virParamsAddULLong(list, virParamsName(names, VIR_DOMAIN_STATS_BLOCK_SUFFIX_WR_BYTES),
                       (unsigned long long) all.writeBytes);
    virParamsAddULLong(list, virParamsName(names, VIR_DOMAIN_STATS_BLOCK_SUFFIX_WR_TIMES),
                       (unsigned long long) all.writeTime);
    virParamsAddULLong(list, virParamsName(names, VIR_DOMAIN_STATS_BLOCK_SUFFIX_FL_REQS),
                       (unsigned long long) all.flushRequests);
    virParamsAddULLong(list, virParamsName(names, VIR_DOMAIN_STATS_BLOCK_SUFFIX_FL_TIMES),
                       (unsigned long long) all.flushTime);
}

/* An image of the disk with a target, as the entry of the names; without a source only the target. */
static void
addImage(virParams *list, testHost *host, const char *target,
         const virDocDomainStorageSource *storage, virParamsNames *names)
{
    const testDiskImage *image = testStorageImage(host, storage);

    virParamsAddString(list, virParamsName(names, VIR_DOMAIN_STATS_BLOCK_SUFFIX_NAME), target);
    if (!image)
        return;
    virParamsAddString(list, virParamsName(names, VIR_DOMAIN_STATS_BLOCK_SUFFIX_PATH),
                       virConfDomainDiskSource(storage));
    virParamsAddULLong(list, virParamsName(names, VIR_DOMAIN_STATS_BLOCK_SUFFIX_ALLOCATION),
                       image->allocation);
    virParamsAddULLong(list, virParamsName(names, VIR_DOMAIN_STATS_BLOCK_SUFFIX_CAPACITY),
                       image->capacity);
    virParamsAddULLong(list, virParamsName(names, VIR_DOMAIN_STATS_BLOCK_SUFFIX_PHYSICAL),
                       testDiskPhysical(image));
}

/* The next image under a disk; NULL at the end of the chain. */
static const virDocDomainBackingStore *
below(const virDocDomainBackingStore *image)
{
    return image && virConfDomainDiskSource(&image->storage) ? image : NULL;
}

static unsigned int
countImages(const testDomain *domain, bool backing)
{
    size_t count = domain->live->ndisks;

    for (size_t i = 0; backing && i < domain->live->ndisks; i++) {
        for (const virDocDomainBackingStore *image = below(domain->live->disks[i]->backingStore);
             image; image = below(image->backingStore))
            count++;
    }
    return (unsigned int) count;
}

/* The images under a disk, which is number 0, as the entries from one on; the next free one. */
static unsigned int
addBacking(virParams *list, testHost *host, const virDocDomainDisk *disk, unsigned int entry)
{
    unsigned int number = 1;
    virParamsNames names;

    for (const virDocDomainBackingStore *image = below(disk->backingStore); image;
         image = below(image->backingStore)) {
        virParamsNumber(&names, VIR_DOMAIN_STATS_BLOCK_PREFIX, entry++);
        addImage(list, host, disk->targetDev, &image->storage, &names);
        virParamsAddUInt(list, virParamsName(&names, VIR_DOMAIN_STATS_BLOCK_SUFFIX_BACKINGINDEX),
                         image->hasIndex ? image->index : number);
        number++;
    }
    return entry;
}

static void
addDisks(virParams *list, testHost *host, const testDomain *domain, bool backing)
{
    unsigned int entry = 0;
    virParamsNames names;

    virParamsAddUInt(list, VIR_DOMAIN_STATS_BLOCK_COUNT, countImages(domain, backing));
    for (size_t i = 0; i < domain->live->ndisks; i++) {
        const virDocDomainDisk *disk = domain->live->disks[i];

        virParamsNumber(&names, VIR_DOMAIN_STATS_BLOCK_PREFIX, entry++);
        addImage(list, host, disk->targetDev, &disk->storage, &names);
        if (domain->id >= 0)
            addTransfers(list, domain, &names);
        if (backing)
            entry = addBacking(list, host, disk, entry);
    }
}

static void
addPerf(virParams *list, const testDomain *domain)
{
    for (size_t i = 0; domain->id >= 0 && i < domain->live->nperfEvents; i++) {
        const virDocDomainPerfEvent *event = domain->live->perfEvents[i];
        g_autofree char *name = NULL;

        if (event->enabled != VIR_DOC_SWITCH_ON)
            continue;
        name = g_strdup_printf("perf.%s", virDocDomainPerfEventNameToString(event->name));
        /* Whatever is counted happens once in each nanosecond of a processor. */
        virParamsAddULLong(list, name, testDomainCpuTime(domain));
    }
}

static void
addThreads(virParams *list, const testDomain *domain)
{
    virParamsNames names;

    if (domain->id < 0 || !domain->live->niothreadIds)
        return;
    virParamsAddUInt(list, VIR_DOMAIN_STATS_IOTHREAD_COUNT,
                     (unsigned int) domain->live->niothreadIds);
    for (size_t i = 0; i < domain->live->niothreadIds; i++) {
        const virDocDomainIothread *thread = domain->live->iothreadIds[i];

        virParamsNumber(&names, VIR_DOMAIN_STATS_IOTHREAD_PREFIX, thread->id);
        virParamsAddULLong(list, virParamsName(&names, VIR_DOMAIN_STATS_IOTHREAD_SUFFIX_POLL_MAX_NS),
                           thread->pollMax);
        virParamsAddUInt(list, virParamsName(&names, VIR_DOMAIN_STATS_IOTHREAD_SUFFIX_POLL_GROW),
                         (unsigned int) thread->pollGrow);
        virParamsAddUInt(list, virParamsName(&names, VIR_DOMAIN_STATS_IOTHREAD_SUFFIX_POLL_SHRINK),
                         (unsigned int) thread->pollShrink);
    }
}

/* A measurement takes its time; a guest of the model dirties a page in each of its reads. */
static void
addDirtyRate(virParams *list, const testDomain *domain)
{
    const testDirtyRate *rate = &domain->dirtyRate;
    bool done = rate->started && testDomainRan(domain) >= rate->until;
    testDiskStats all;

    virParamsAddInt(list, VIR_DOMAIN_STATS_DIRTYRATE_CALC_STATUS,
                    !rate->started ? VIR_DOMAIN_DIRTYRATE_UNSTARTED :
                    done ? VIR_DOMAIN_DIRTYRATE_MEASURED : VIR_DOMAIN_DIRTYRATE_MEASURING);
    if (!rate->started)
        return;
    virParamsAddLLong(list, VIR_DOMAIN_STATS_DIRTYRATE_CALC_START_TIME, rate->started);
    virParamsAddInt(list, VIR_DOMAIN_STATS_DIRTYRATE_CALC_PERIOD, rate->seconds);
    virParamsAddString(list, VIR_DOMAIN_STATS_DIRTYRATE_CALC_MODE, rate->mode);
    if (!done)
        return;
    testDomainDiskStats(domain, &all);
    virParamsAddLLong(list, VIR_DOMAIN_STATS_DIRTYRATE_MEGABYTES_PER_SECOND,
                      all.readBytes / 1024 / 1024 / MAX(1, testDomainRan(domain) / G_USEC_PER_SEC));
}

#define SUPPORTED                                                               \
    (VIR_DOMAIN_STATS_STATE | VIR_DOMAIN_STATS_CPU_TOTAL |                      \
     VIR_DOMAIN_STATS_BALLOON | VIR_DOMAIN_STATS_VCPU |                         \
     VIR_DOMAIN_STATS_INTERFACE | VIR_DOMAIN_STATS_BLOCK |                      \
     VIR_DOMAIN_STATS_PERF | VIR_DOMAIN_STATS_IOTHREAD |                        \
     VIR_DOMAIN_STATS_DIRTYRATE)

/* A record of one domain, with about as many figures as the one before; with the lock held. */
static virDomainStatsRecordPtr
describe(virConnectPtr conn, const testDomain *domain, unsigned int stats, unsigned int flags,
         int room)
{
    virDomainStatsRecordPtr record = g_new0(virDomainStatsRecord, 1);
    virParams list = { NULL, 0, 0 };

    virParamsReserve(&list, room);
    if (stats & VIR_DOMAIN_STATS_STATE)
        addState(&list, domain);
    if (stats & VIR_DOMAIN_STATS_CPU_TOTAL)
        addCpu(&list, domain);
    if (stats & VIR_DOMAIN_STATS_BALLOON)
        addBalloon(&list, domain);
    if (stats & VIR_DOMAIN_STATS_VCPU)
        addVcpus(&list, domain);
    if (stats & VIR_DOMAIN_STATS_INTERFACE)
        addInterfaces(&list, domain);
    if (stats & VIR_DOMAIN_STATS_BLOCK)
        addDisks(&list, testHostOf(conn), domain,
                 flags & VIR_CONNECT_GET_ALL_DOMAINS_STATS_BACKING);
    if (stats & VIR_DOMAIN_STATS_PERF)
        addPerf(&list, domain);
    if (stats & VIR_DOMAIN_STATS_IOTHREAD)
        addThreads(&list, domain);
    if (stats & VIR_DOMAIN_STATS_DIRTYRATE)
        addDirtyRate(&list, domain);
    record->dom = testDomainHandle(conn, domain);
    virParamsGive(&list, &record->params, &record->nparams);
    return record;
}

int
testConnectGetAllDomainStats(virConnectPtr conn, unsigned int stats,
                             virDomainStatsRecordPtr **retStats, unsigned int flags)
{
    testHost *host = testHostOf(conn);
    virDomainStatsRecordPtr *records;
    const GList *one;
    int count = 0, room = 0;

    if (flags & VIR_CONNECT_GET_ALL_DOMAINS_STATS_ENFORCE_STATS && stats & ~SUPPORTED) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_ARGUMENT_UNSUPPORTED,
                      "Stats types bits 0x%x are not supported by this daemon",
                      stats & ~SUPPORTED);
        return -1;
    }
    if (!stats)
        stats = SUPPORTED & ~VIR_DOMAIN_STATS_DIRTYRATE;
    g_mutex_lock(&host->lock);
    records = g_new0(virDomainStatsRecordPtr, host->domains->objects.all.length + 1);
    for (one = host->domains->objects.all.head; one; one = one->next) {
        if (!testDomainSelected(one->data, flags & VIR_CONF_DOMAIN_STATS_FILTERS))
            continue;
        records[count] = describe(conn, one->data, stats, flags, room);
        room = records[count++]->nparams;
    }
    g_mutex_unlock(&host->lock);
    *retStats = records;
    return count;
}

int
testDomainStartDirtyRateCalc(virDomainPtr handle, int seconds, unsigned int flags)
{
    testDomain *domain;

    if (seconds < 1 || seconds > 60) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "seconds is %d, expected 1 to 60", seconds);
        return -1;
    }
    domain = testDomainLockForChange(handle);
    if (!domain)
        return -1;
    if (!testDomainRequireActive(domain)) {
        testDomainUnlock(handle);
        return -1;
    }
    domain->dirtyRate = (testDirtyRate) {
        .started = g_get_real_time() / G_USEC_PER_SEC,
        .until = testDomainRan(domain) + seconds * G_USEC_PER_SEC,
        .seconds = seconds,
        .mode = flags & VIR_DOMAIN_DIRTYRATE_MODE_DIRTY_BITMAP ? "dirty-bitmap" :
            flags & VIR_DOMAIN_DIRTYRATE_MODE_DIRTY_RING ? "dirty-ring" : "page-sampling",
    };
    testDomainUnlock(handle);
    return 0;
}
