/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The memory that a guest has now, by its balloon. */

#include <string.h>

#include <libvirt/virterror.h>

#include "driver/qemu.h"
#include "qemu_memory.h"
#include "qemu_process.h"
#include "qemu_usage.h"
#include "runtime/error.h"
#include "runtime/objects.h"

/* Blows the balloon of a running guest; false with an error raised. */
static bool
blow(qemuDomain *domain, unsigned long memory)
{
    const virDocDomainMemballoon *balloon = domain->live->memballoon;
    g_autoptr(json_object) result = NULL;
    json_object *arguments;

    if (!balloon || balloon->model == VIR_DOC_DOMAIN_MEMBALLOON_MODEL_NONE) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_INVALID,
                      "domain '%s' has no balloon: the memory of a running guest can't be changed",
                      domain->name);
        return false;
    }
    arguments = json_object_new_object();
    json_object_object_add(arguments, "value", json_object_new_int64((gint64) memory * 1024));
    result = qemuProcessAsk(domain, "balloon", arguments);
    return result != NULL;
}

/* Changes the definition of the next start, on disk first; false with an error raised. */
static bool
setDefined(qemuDomain *domain, unsigned long memory)
{
    virDocDomain *document = domain->next ? domain->next : domain->live;
    unsigned long long before = document->currentMemory;

    document->currentMemory = memory;
    if (qemuStoreDefinition(domain, document))
        return true;
    document->currentMemory = before;
    return false;
}

int
qemuDomainSetMemoryFlags(virDomainPtr handle, unsigned long memory, unsigned int flags)
{
    const unsigned int sides = VIR_DOMAIN_AFFECT_LIVE | VIR_DOMAIN_AFFECT_CONFIG;
    qemuDomain *domain = qemuDomainBegin(handle, QEMU_JOB_MODIFY);
    int ret = -1;

    if (!domain)
        return -1;
    if (!(flags & sides))
        flags |= domain->id >= 0 ? VIR_DOMAIN_AFFECT_LIVE : VIR_DOMAIN_AFFECT_CONFIG;
    if (flags & VIR_DOMAIN_AFFECT_LIVE && !qemuDomainRequireActive(domain)) {
        ret = -1;
    } else if (flags & VIR_DOMAIN_AFFECT_CONFIG && !domain->persistent) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_INVALID,
                      "transient domains do not have any persistent config");
    } else if (memory > domain->live->memory) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                      "cannot set memory higher than max memory: %lu KiB of %llu KiB", memory,
                      domain->live->memory);
    } else if ((!(flags & VIR_DOMAIN_AFFECT_LIVE) || blow(domain, memory)) &&
               (!(flags & VIR_DOMAIN_AFFECT_CONFIG) || setDefined(domain, memory))) {
        ret = 0;
    }
    qemuDomainEnd(domain);
    return ret;
}

int
qemuDomainSetMemory(virDomainPtr handle, unsigned long memory)
{
    return qemuDomainSetMemoryFlags(handle, memory, VIR_DOMAIN_AFFECT_LIVE);
}

/* What the balloon tells, by the names QEMU gives; the unit is what to divide bytes by. */
static const struct {
    const char *name;
    int tag;
    unsigned int unit;
} told[] = {
    { "stat-swap-in", VIR_DOMAIN_MEMORY_STAT_SWAP_IN, 1024 },
    { "stat-swap-out", VIR_DOMAIN_MEMORY_STAT_SWAP_OUT, 1024 },
    { "stat-major-faults", VIR_DOMAIN_MEMORY_STAT_MAJOR_FAULT, 1 },
    { "stat-minor-faults", VIR_DOMAIN_MEMORY_STAT_MINOR_FAULT, 1 },
    { "stat-free-memory", VIR_DOMAIN_MEMORY_STAT_UNUSED, 1024 },
    { "stat-total-memory", VIR_DOMAIN_MEMORY_STAT_AVAILABLE, 1024 },
    { "stat-available-memory", VIR_DOMAIN_MEMORY_STAT_USABLE, 1024 },
    { "stat-disk-caches", VIR_DOMAIN_MEMORY_STAT_DISK_CACHES, 1024 },
    { "stat-htlb-pgalloc", VIR_DOMAIN_MEMORY_STAT_HUGETLB_PGALLOC, 1 },
    { "stat-htlb-pgfail", VIR_DOMAIN_MEMORY_STAT_HUGETLB_PGFAIL, 1 },
};

static void
add(qemuMemoryFacts *facts, int tag, unsigned long long value)
{
    facts->stats[facts->count++] = (virDomainMemoryStatStruct) { .tag = tag, .val = value };
}

bool
qemuMemoryAsk(qemuDomain *domain, qemuMemoryFacts *facts)
{
    const virDocDomainMemballoon *balloon = domain->live->memballoon;
    g_autoptr(json_object) all = NULL;
    json_object *stats;

    facts->count = 0;
    add(facts, VIR_DOMAIN_MEMORY_STAT_ACTUAL_BALLOON, domain->balloon);
    add(facts, VIR_DOMAIN_MEMORY_STAT_RSS, qemuUsageOf(domain->process.pid).resident);
    if (!balloon || balloon->model == VIR_DOC_DOMAIN_MEMBALLOON_MODEL_NONE ||
        !balloon->hasStatsPeriod)
        return true;
    {
        g_autofree char *path = g_strconcat("/machine/peripheral/", balloon->info.aliasName, NULL);

        all = qemuProcessAsk(domain, "qom-get",
                             qemuJsonStrings("path", path, "property", "guest-stats", NULL));
    }
    if (!all)
        return false;
    stats = qemuJsonGet(all, "stats");
    /* What the guest does not tell is -1. */
    for (size_t i = 0; i < G_N_ELEMENTS(told); i++) {
        gint64 value = qemuJsonInteger(stats, told[i].name);

        if (value >= 0 && qemuJsonGet(stats, told[i].name))
            add(facts, told[i].tag, (unsigned long long) value / told[i].unit);
    }
    if (qemuJsonInteger(all, "last-update") > 0)
        add(facts, VIR_DOMAIN_MEMORY_STAT_LAST_UPDATE,
            (unsigned long long) qemuJsonInteger(all, "last-update"));
    return true;
}

int
qemuDomainMemoryStats(virDomainPtr handle, virDomainMemoryStatPtr stats, unsigned int nr_stats,
                      unsigned int flags G_GNUC_UNUSED)
{
    qemuDomain *domain = qemuDomainLock(handle);
    qemuMemoryFacts facts;
    int ret = -1;

    if (!domain)
        return -1;
    if (qemuDomainRequireActive(domain) && qemuMemoryAsk(domain, &facts)) {
        ret = (int) MIN(facts.count, nr_stats);
        memcpy(stats, facts.stats, (size_t) ret * sizeof(*stats));
    }
    qemuDomainUnlock(domain);
    return ret;
}
