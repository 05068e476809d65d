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

bool shellDomblkstat(virshControl *ctl, const virshArguments *arguments)
{
    const char *name = NULL;
    const char *device = NULL;
    bool human = virshFlag(arguments, "human") && !virshWantsJson(arguments);
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", &name);
    g_autoptr(virshReport) report = NULL;
    virDomainBlockStatsStruct stats;

    if (!domain || !virshString(ctl, arguments, "device", &device))
        return false;
    if (!device)
        device = "";
    if (virDomainBlockStats(domain, device, &stats, sizeof(stats)) < 0) {
        virshError(ctl, "Failed to get block stats %s %s", name, device);
        return false;
    }
    if (human)
        virshPrint(ctl, "Device: %s\n", device);
    report = virshReportNew(ctl, arguments);
    virshReportRow(report);
    {
        const struct {
            const char *key;
            const char *title;
            long long value;
        } lines[] = {
            { "rd_req", "number of read operations:", stats.rd_req },
            { "rd_bytes", "number of bytes read:", stats.rd_bytes },
            { "wr_req", "number of write operations:", stats.wr_req },
            { "wr_bytes", "number of bytes written:", stats.wr_bytes },
            { "errs", "error count:", stats.errs },
        };

        for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
            if (!human)
                virshPutCounter(report, device, lines[i].key, lines[i].value);
            else if (lines[i].value >= 0)
                virshPrint(ctl, " %-31s %lld\n", lines[i].title, lines[i].value);
    }
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
