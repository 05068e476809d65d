/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Counters of disks, network interfaces and memory. */

#include "client/arguments.h"
#include "client/commands.h"
#include "client/names.h"
#include "client/output.h"
#include "client/report.h"
#include "client/virsh_objects.h"

/* A counter of a device, whose name stands before each in the text; -1 is none. */
static void virshPutCounter(virshReport *report, const char *device, const char *key,
                            long long value)
{
    g_autofree char *title = g_strdup_printf("%s%s%s", device, *device ? " " : "", key);

    if (value >= 0)
        virshPutExtraUint(report, key, title, (unsigned long long)value);
}

/* What is counted of a disk, in the order in which it is shown. */
static const struct {
    const char *name; /* of the parameter */
    const char *key;
    const char *title;
} diskCounters[] = {
    { VIR_DOMAIN_BLOCK_STATS_READ_REQ, "rd_req", "number of read operations:" },
    { VIR_DOMAIN_BLOCK_STATS_READ_BYTES, "rd_bytes", "number of bytes read:" },
    { VIR_DOMAIN_BLOCK_STATS_WRITE_REQ, "wr_req", "number of write operations:" },
    { VIR_DOMAIN_BLOCK_STATS_WRITE_BYTES, "wr_bytes", "number of bytes written:" },
    { VIR_DOMAIN_BLOCK_STATS_FLUSH_REQ, "flush_operations", "number of flush operations:" },
    { VIR_DOMAIN_BLOCK_STATS_READ_TOTAL_TIMES, "rd_total_times", "total duration of reads (ns):" },
    { VIR_DOMAIN_BLOCK_STATS_WRITE_TOTAL_TIMES, "wr_total_times",
      "total duration of writes (ns):" },
    { VIR_DOMAIN_BLOCK_STATS_FLUSH_TOTAL_TIMES, "flush_total_times",
      "total duration of flushes (ns):" },
    { VIR_DOMAIN_BLOCK_STATS_ERRS, "errs", "error count:" },
};

/* The counters, -1 for those that there are not. False after a failure. */
static bool virshReadDisk(virDomainPtr domain, const char *device,
                          long long values[G_N_ELEMENTS(diskCounters)])
{
    int count = 0;
    g_autofree virTypedParameterPtr params = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(diskCounters); i++)
        values[i] = -1;
    if (virDomainBlockStatsFlags(domain, device, NULL, &count, 0) < 0)
        return false;
    params = g_new0(virTypedParameter, (size_t)count);
    if (virDomainBlockStatsFlags(domain, device, params, &count, 0) < 0)
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(diskCounters); i++)
        virTypedParamsGetLLong(params, count, diskCounters[i].name, &values[i]);
    virTypedParamsClear(params, count);
    return true;
}

/* The same of a driver that knows five of them only. */
static bool virshReadOldDisk(virDomainPtr domain, const char *device,
                             long long values[G_N_ELEMENTS(diskCounters)])
{
    virDomainBlockStatsStruct stats;

    if (virDomainBlockStats(domain, device, &stats, sizeof(stats)) < 0)
        return false;
    values[0] = stats.rd_req;
    values[1] = stats.rd_bytes;
    values[2] = stats.wr_req;
    values[3] = stats.wr_bytes;
    values[G_N_ELEMENTS(diskCounters) - 1] = stats.errs;
    return true;
}

bool shellDomblkstat(virshControl *ctl, const virshArguments *arguments)
{
    const char *name = NULL;
    const char *device = NULL;
    bool human = virshFlag(arguments, "human") && !virshWantsJson(arguments);
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", &name);
    g_autoptr(virshReport) report = NULL;
    long long values[G_N_ELEMENTS(diskCounters)];

    if (!domain || !virshString(ctl, arguments, "device", &device))
        return false;
    if (!device)
        device = "";
    if (!virshReadDisk(domain, device, values)) {
        if (virGetLastErrorCode() != VIR_ERR_NO_SUPPORT)
            return false;
        virshForgetFailure(ctl);
        if (!virshReadOldDisk(domain, device, values)) {
            virshError(ctl, "Failed to get block stats %s %s", name, device);
            return false;
        }
    }
    if (human)
        virshPrint(ctl, "Device: %s\n", device);
    report = virshReportNew(ctl, arguments);
    virshReportRow(report);
    for (size_t i = 0; i < G_N_ELEMENTS(diskCounters); i++)
        if (!human)
            virshPutCounter(report, device, diskCounters[i].key, values[i]);
        else if (values[i] >= 0)
            virshPrint(ctl, " %-31s %lld\n", diskCounters[i].title, values[i]);
    return virshReportEnd(report);
}

bool shellDomifstat(virshControl *ctl, const virshArguments *arguments)
{
    const char *name = NULL;
    const char *device = NULL;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", &name);
    g_autoptr(virshReport) report = NULL;
    virDomainInterfaceStatsStruct stats;

    if (!domain || !virshString(ctl, arguments, "interface", &device))
        return false;
    if (virDomainInterfaceStats(domain, device, &stats, sizeof(stats)) < 0) {
        virshError(ctl, "Failed to get interface stats %s %s", name, device);
        return false;
    }
    {
        const struct {
            const char *key;
            long long value;
        } lines[] = {
            { "rx_bytes", stats.rx_bytes }, { "rx_packets", stats.rx_packets },
            { "rx_errs", stats.rx_errs },   { "rx_drop", stats.rx_drop },
            { "tx_bytes", stats.tx_bytes }, { "tx_packets", stats.tx_packets },
            { "tx_errs", stats.tx_errs },   { "tx_drop", stats.tx_drop },
        };

        report = virshReportNew(ctl, arguments);
        virshReportRow(report);
        for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
            virshPutCounter(report, device, lines[i].key, lines[i].value);
    }
    return virshReportEnd(report);
}

/* The tag of each memory statistic is its index here. */
static const char *const memoryStats[] = {
    "swap_in",   "swap_out", "major_fault", "minor_fault", "unused",      "available",
    "actual",    "rss",      "usable",      "last_update", "disk_caches", "hugetlb_pgalloc",
    "hugetlb_pgfail", NULL,
};

bool shellDommemstat(virshControl *ctl, const virshArguments *arguments)
{
    const char *name = NULL;
    int period = -1;
    unsigned int flags = 0;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", &name);
    virDomainMemoryStatStruct stats[VIR_DOMAIN_MEMORY_STAT_NR];
    g_autoptr(virshReport) report = NULL;
    int count;

    if (!domain || !virshInt(ctl, arguments, "period", &period) ||
        !virshAffect(ctl, arguments, domain, &flags))
        return false;
    if (virshFlag(arguments, "period")) {
        if (virDomainSetMemoryStatsPeriod(domain, period, flags) == 0)
            return true;
        virshError(ctl, "Unable to change balloon collection period.");
        return false;
    }
    count = virDomainMemoryStats(domain, stats, VIR_DOMAIN_MEMORY_STAT_NR, 0);
    if (count < 0) {
        virshError(ctl, "Failed to get memory statistics for domain %s", name);
        return false;
    }
    report = virshReportNew(ctl, arguments);
    virshReportRow(report);
    for (int i = 0; i < count; i++) {
        const char *key = virshWordAt(memoryStats, stats[i].tag);

        if (key)
            virshPutExtraUint(report, key, key, stats[i].val);
    }
    return virshReportEnd(report);
}
