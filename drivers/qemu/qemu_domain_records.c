/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Statistics of many domains at once, as records of typed parameters. */

#include <libvirt/virterror.h>

#include "driver/qemu.h"
#include "qemu_block.h"
#include "qemu_memory.h"
#include "qemu_process.h"
#include "qemu_usage.h"
#include "runtime/error.h"
#include "runtime/local.h"
#include "runtime/objects.h"

typedef struct {
    virTypedParameterPtr params;
    int count, room;
} Parameters;

static void
addInt(Parameters *list, const char *name, int value)
{
    localTypedParamsAddInt(&list->params, &list->count, &list->room, name, value);
}

static void
addUInt(Parameters *list, const char *name, unsigned int value)
{
    localTypedParamsAddUInt(&list->params, &list->count, &list->room, name, value);
}

static void
addULLong(Parameters *list, const char *name, unsigned long long value)
{
    localTypedParamsAddULLong(&list->params, &list->count, &list->room, name, value);
}

static void
addState(qemuDomain *domain, Parameters *list)
{
    addInt(list, VIR_DOMAIN_STATS_STATE_STATE, domain->state);
    addInt(list, VIR_DOMAIN_STATS_STATE_REASON, domain->reason);
}

static void
addCpu(qemuDomain *domain, Parameters *list)
{
    qemuUsage usage = qemuUsageOf(domain->process.pid);

    if (domain->id < 0)
        return;
    addULLong(list, VIR_DOMAIN_STATS_CPU_TIME, usage.time);
    addULLong(list, VIR_DOMAIN_STATS_CPU_USER, usage.user);
    addULLong(list, VIR_DOMAIN_STATS_CPU_SYSTEM, usage.system);
}

static void
addBalloon(qemuDomain *domain, Parameters *list)
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
    qemuMemoryFacts facts = { 0 };

    addULLong(list, VIR_DOMAIN_STATS_BALLOON_CURRENT,
              domain->id >= 0 && domain->balloon ? domain->balloon : domain->live->currentMemory);
    addULLong(list, VIR_DOMAIN_STATS_BALLOON_MAXIMUM, domain->live->memory);
    if (domain->id < 0)
        return;
    if (!qemuMemoryAsk(domain, &facts))
        virResetLastError();
    for (unsigned int i = 0; i < facts.count; i++) {
        if (names[facts.stats[i].tag])
            addULLong(list, names[facts.stats[i].tag], facts.stats[i].val);
    }
}

static void
addVcpus(qemuDomain *domain, Parameters *list)
{
    const virDocDomainVcpu *vcpu = domain->live->vcpu;
    unsigned int count = vcpu->hasCurrent ? vcpu->current : vcpu->count;

    addUInt(list, VIR_DOMAIN_STATS_VCPU_CURRENT, count);
    addUInt(list, VIR_DOMAIN_STATS_VCPU_MAXIMUM, vcpu->count);
}

#define BLOCK VIR_DOMAIN_STATS_BLOCK_PREFIX "%zu"

static void
addDisks(qemuDomain *domain, Parameters *list)
{
    static const struct {
        const char *suffix, *member;
    } counters[] = {
        { VIR_DOMAIN_STATS_BLOCK_SUFFIX_RD_REQS, "rd_operations" },
        { VIR_DOMAIN_STATS_BLOCK_SUFFIX_RD_BYTES, "rd_bytes" },
        { VIR_DOMAIN_STATS_BLOCK_SUFFIX_RD_TIMES, "rd_total_time_ns" },
        { VIR_DOMAIN_STATS_BLOCK_SUFFIX_WR_REQS, "wr_operations" },
        { VIR_DOMAIN_STATS_BLOCK_SUFFIX_WR_BYTES, "wr_bytes" },
        { VIR_DOMAIN_STATS_BLOCK_SUFFIX_WR_TIMES, "wr_total_time_ns" },
        { VIR_DOMAIN_STATS_BLOCK_SUFFIX_FL_REQS, "flush_operations" },
        { VIR_DOMAIN_STATS_BLOCK_SUFFIX_FL_TIMES, "flush_total_time_ns" },
    };
    g_autoptr(json_object) all = domain->id >= 0 && domain->live->ndisks ?
        qemuProcessAsk(domain, "query-blockstats", NULL) : NULL;

    if (!all)
        virResetLastError();
    addUInt(list, VIR_DOMAIN_STATS_BLOCK_COUNT, (unsigned int) domain->live->ndisks);
    for (size_t i = 0; i < domain->live->ndisks; i++) {
        const virDocDomainDisk *disk = domain->live->disks[i];
        json_object *stats = qemuBlockStatsOf(all, disk);
        g_autofree char *name =
            g_strdup_printf(BLOCK VIR_DOMAIN_STATS_BLOCK_SUFFIX_NAME, i);
        g_autofree char *path =
            g_strdup_printf(BLOCK VIR_DOMAIN_STATS_BLOCK_SUFFIX_PATH, i);

        localTypedParamsAddString(&list->params, &list->count, &list->room, name,
                                  disk->targetDev);
        if (disk->storage.sourceFile || disk->storage.sourceDev)
            localTypedParamsAddString(&list->params, &list->count, &list->room, path,
                                      disk->storage.sourceFile ? disk->storage.sourceFile :
                                      disk->storage.sourceDev);
        for (size_t j = 0; stats && j < G_N_ELEMENTS(counters); j++) {
            g_autofree char *full = g_strdup_printf(BLOCK "%s", i, counters[j].suffix);

            addULLong(list, full,
                      (unsigned long long) qemuJsonInteger(stats, counters[j].member));
        }
    }
}

static const struct {
    unsigned int bit;
    bool asks;                  /* QEMU, which may not answer */
    void (*add)(qemuDomain *domain, Parameters *list);
} groups[] = {
    { VIR_DOMAIN_STATS_STATE, false, addState },
    { VIR_DOMAIN_STATS_CPU_TOTAL, false, addCpu },
    { VIR_DOMAIN_STATS_BALLOON, true, addBalloon },
    { VIR_DOMAIN_STATS_VCPU, false, addVcpus },
    { VIR_DOMAIN_STATS_BLOCK, true, addDisks },
};

#define SUPPORTED \
    (VIR_DOMAIN_STATS_STATE | VIR_DOMAIN_STATS_CPU_TOTAL | VIR_DOMAIN_STATS_BALLOON | \
     VIR_DOMAIN_STATS_VCPU | VIR_DOMAIN_STATS_BLOCK)

/* A record of one domain, with the domain locked. */
static virDomainStatsRecordPtr
describe(virConnectPtr conn, qemuDomain *domain, unsigned int stats, bool patient)
{
    virDomainStatsRecordPtr record = g_new0(virDomainStatsRecord, 1);
    Parameters list = { NULL, 0, 0 };

    for (size_t i = 0; i < G_N_ELEMENTS(groups); i++) {
        /* Who does not want to wait gets what is known already of a guest that is busy. */
        if (stats & groups[i].bit && (patient || !groups[i].asks || !domain->job.kind))
            groups[i].add(domain, &list);
    }
    record->dom = qemuDomainHandle(conn, domain);
    record->params = list.params;
    record->nparams = list.count;
    return record;
}

int
qemuConnectGetAllDomainStats(virConnectPtr conn, unsigned int stats,
                             virDomainStatsRecordPtr **retStats, unsigned int flags)
{
    bool patient = !(flags & VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT);
    g_autoptr(GPtrArray) all = NULL;
    virDomainStatsRecordPtr *records;
    int count = 0;

    if (flags & VIR_CONNECT_GET_ALL_DOMAINS_STATS_ENFORCE_STATS && stats & ~SUPPORTED) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_ARGUMENT_UNSUPPORTED,
                      "Stats types bits 0x%x are not supported by this daemon",
                      stats & ~SUPPORTED);
        return -1;
    }
    all = qemuDomainAll(qemuHostOf(conn));
    records = g_new0(virDomainStatsRecordPtr, all->len + 1);
    for (guint i = 0; i < all->len; i++) {
        qemuDomain *domain = all->pdata[i];

        g_mutex_lock(&domain->lock);
        if (qemuDomainSelected(domain, flags))
            records[count++] = describe(conn, domain, stats ? stats : SUPPORTED, patient);
        g_mutex_unlock(&domain->lock);
    }
    *retStats = records;
    return count;
}
