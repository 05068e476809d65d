/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands about the node and the connection. */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client/commands.h"
#include "client/arguments.h"
#include "client/document.h"
#include "client/names.h"
#include "client/output.h"
#include "client/report.h"

bool shellCapabilities(virshControl *ctl, const virshArguments *arguments)
{
    g_autofree char *text = virConnectGetCapabilities(ctl->connection);

    if (!text) {
        virshError(ctl, "failed to get capabilities");
        return false;
    }
    if (virshFlag(arguments, "xpath"))
        return virshPrintDocument(ctl, arguments, text);
    virshPrint(ctl, "%s\n", text);
    return true;
}

bool shellDomcapabilities(virshControl *ctl, const virshArguments *arguments)
{
    g_autofree char *text = NULL;
    const char *virttype = NULL, *emulator = NULL, *arch = NULL, *machine = NULL;
    static const virshOptionBit bits[] = {
        { "disable-deprecated-features",
          VIR_CONNECT_GET_DOMAIN_CAPABILITIES_DISABLE_DEPRECATED_FEATURES },
        { "expand-cpu-features", VIR_CONNECT_GET_DOMAIN_CAPABILITIES_EXPAND_CPU_FEATURES },
    };

    if (!virshString(ctl, arguments, "virttype", &virttype) ||
        !virshString(ctl, arguments, "emulatorbin", &emulator) ||
        !virshString(ctl, arguments, "arch", &arch) ||
        !virshString(ctl, arguments, "machine", &machine))
        return false;
    text = virConnectGetDomainCapabilities(ctl->connection, emulator, arch, machine, virttype,
                                           virshOptionBits(arguments, bits, G_N_ELEMENTS(bits)));
    if (!text) {
        virshError(ctl, "failed to get emulator capabilities");
        return false;
    }
    if (virshFlag(arguments, "xpath"))
        return virshPrintDocument(ctl, arguments, text);
    virshPrint(ctl, "%s\n", text);
    return true;
}

bool shellMaxvcpus(virshControl *ctl, const virshArguments *arguments)
{
    const char *type = NULL;
    g_autoptr(virshReport) report = NULL;
    int count;

    if (!virshString(ctl, arguments, "type", &type))
        return false;
    count = virConnectGetMaxVcpus(ctl->connection, type);
    if (count < 0)
        return false;
    report = virshReportNew(ctl, arguments);
    virshReportRow(report);
    virshPutInt(report, "count", count);
    return virshReportEnd(report);
}

bool shellNodecpumap(virshControl *ctl, const virshArguments *arguments)
{
    g_autofree unsigned char *map = NULL;
    g_autofree char *ranges = NULL;
    g_autoptr(GString) letters = g_string_new(NULL);
    g_autoptr(virshReport) report = NULL;
    unsigned int online = 0;
    int cpus = virNodeGetCPUMap(ctl->connection, &map, &online, 0);

    if (cpus < 0) {
        virshError(ctl, "Unable to get cpu map");
        return false;
    }
    ranges = virshMapFormat(map, cpus);
    for (int cpu = 0; cpu < cpus; cpu++)
        g_string_append_c(letters, VIR_CPU_USED(map, cpu) ? 'y' : '-');
    report = virshReportNew(ctl, arguments);
    virshReportRow(report);
    virshPutInt(report, "present", cpus);
    virshPutUint(report, "online", online);
    virshPutShownText(report, "map", virshFlag(arguments, "pretty") ? ranges : letters->str,
                      ranges);
    return virshReportEnd(report);
}

static const char *const cpuStatKeys[] = { "user", "kernel", "idle", "iowait", "intr",
                                           "utilization", NULL };
/* The columns of the report for them. */
static const char *const cpuStatColumns[] = { "user", "system", "idle", "iowait", "intr",
                                              "usage" };
enum { CPU_STATS = 6 };

static bool virshCpuStats(virshControl *ctl, int cpu, unsigned long long *values, bool *present)
{
    int count = 0;
    g_autofree virNodeCPUStats *stats = NULL;

    if (virNodeGetCPUStats(ctl->connection, cpu, NULL, &count, 0) != 0) {
        virshError(ctl, "Unable to get number of cpu stats");
        return false;
    }
    memset(present, 0, CPU_STATS * sizeof(*present));
    if (!count)
        return true;
    stats = g_new0(virNodeCPUStats, count);
    if (virNodeGetCPUStats(ctl->connection, cpu, stats, &count, 0) != 0) {
        virshError(ctl, "Unable to get node cpu stats");
        return false;
    }
    for (int i = 0; i < count; i++) {
        int index = virshWordIndex(cpuStatKeys, stats[i].field);

        if (index < 0)
            continue;
        values[index] = stats[i].value;
        present[index] = true;
    }
    return true;
}

static void virshPutPercent(virshReport *report, const char *key, double percent)
{
    g_autofree char *shown = g_strdup_printf("%5.1f%%", percent);

    virshPutShownDouble(report, key, shown, percent);
}

/* The share of each kind of time between two looks one second apart. */
static bool virshCpuPercent(virshControl *ctl, virshReport *report, int cpu)
{
    unsigned long long first[CPU_STATS] = { 0 };
    unsigned long long now[CPU_STATS] = { 0 };
    bool present[CPU_STATS];
    double total = 0;

    if (!virshCpuStats(ctl, cpu, first, present))
        return false;
    if (present[5]) {
        virshPutPercent(report, "usage", (double)first[5]);
        return virshReportEnd(report);
    }
    sleep(1);
    if (!virshCpuStats(ctl, cpu, now, present))
        return false;
    for (int i = 0; i < 5; i++)
        total += present[i] ? (double)(now[i] - first[i]) : 0;
    if (present[0] && present[1] && present[2] && total > 0)
        virshPutPercent(
            report, "usage",
            ((double)(now[0] - first[0]) + (double)(now[1] - first[1])) / total * 100);
    /* a node whose counters stand still has no shares to tell */
    for (int i = 0; i < 5; i++)
        if (present[i])
            virshPutPercent(report, cpuStatColumns[i],
                            total > 0 ? (double)(now[i] - first[i]) / total * 100 : 0.0);
    return virshReportEnd(report);
}

bool shellNodecpustats(virshControl *ctl, const virshArguments *arguments)
{
    unsigned long long values[CPU_STATS] = { 0 };
    bool present[CPU_STATS];
    g_autoptr(virshReport) report = NULL;
    int cpu = VIR_NODE_CPU_STATS_ALL_CPUS;

    if (!virshInt(ctl, arguments, "cpu", &cpu))
        return false;
    report = virshReportNew(ctl, arguments);
    virshReportRow(report);
    if (virshFlag(arguments, "percent"))
        return virshCpuPercent(ctl, report, cpu);
    if (!virshCpuStats(ctl, cpu, values, present))
        return false;
    for (int i = 0; i < CPU_STATS; i++) {
        g_autofree char *shown = g_strdup_printf("%20llu", values[i]);

        if (present[i])
            virshPutShown(report, cpuStatColumns[i], shown, (long long)values[i]);
    }
    return virshReportEnd(report);
}

bool shellNodememstats(virshControl *ctl, const virshArguments *arguments)
{
    int cell = VIR_NODE_MEMORY_STATS_ALL_CELLS;
    int count = 0;
    g_autofree virNodeMemoryStats *stats = NULL;
    g_autoptr(virshReport) report = NULL;

    if (!virshInt(ctl, arguments, "cell", &cell))
        return false;
    if (virNodeGetMemoryStats(ctl->connection, cell, NULL, &count, 0) != 0) {
        virshError(ctl, "Unable to get number of memory stats");
        return false;
    }
    report = virshReportNew(ctl, arguments);
    if (!count)
        return virshReportEnd(report);
    stats = g_new0(virNodeMemoryStats, count);
    if (virNodeGetMemoryStats(ctl->connection, cell, stats, &count, 0) != 0) {
        virshError(ctl, "Unable to get memory stats");
        return false;
    }
    virshReportRow(report);
    for (int i = 0; i < count; i++) {
        g_autofree char *shown = g_strdup_printf("%20llu KiB", stats[i].value);

        virshPutExtraShown(report, stats[i].field, stats[i].field, shown, stats[i].value);
    }
    return virshReportEnd(report);
}

/* A row of the report; a negative number is the whole host. */
static void virshPutFree(virshReport *report, int cell, unsigned long long memory)
{
    virshReportRow(report);
    if (cell >= 0)
        virshPutInt(report, "cell", cell);
    else
        virshPutNone(report, "cell");
    virshPutUint(report, "free", memory / 1024);
}

/* The free memory of one NUMA cell, or of the host for a negative number. */
static bool virshFreeOf(virshControl *ctl, virshReport *report, int cell, const char *text,
                        unsigned long long memory)
{
    if (!virshReportJson(report)) {
        virshPrint(ctl, "%s: %llu KiB\n", text, memory / 1024);
        return true;
    }
    virshPutFree(report, cell, memory);
    return virshReportEnd(report);
}

static bool virshFreecellAll(virshControl *ctl, virshReport *report)
{
    virNodeInfo info;
    g_autofree unsigned long long *cells = NULL;
    unsigned long long total = 0;
    int count;

    if (virNodeGetInfo(ctl->connection, &info) < 0) {
        virshError(ctl, "failed to get NUMA nodes count");
        return false;
    }
    cells = g_new0(unsigned long long, info.nodes + 1);
    count = virNodeGetCellsFreeMemory(ctl->connection, cells, 0, (int)info.nodes);
    if (count < 0) {
        virshError(ctl, "failed to get free memory of the NUMA cells");
        return false;
    }
    for (int i = 0; i < count; i++) {
        if (virshReportJson(report))
            virshPutFree(report, i, cells[i]);
        else
            virshPrint(ctl, "%5d: %10llu KiB\n", i, cells[i] / 1024);
        total += cells[i] / 1024;
    }
    if (!virshReportJson(report)) {
        virshPrint(ctl, "--------------------\n%5s: %10llu KiB\n", "Total", total);
        return true;
    }
    virshPutFree(report, -1, total * 1024);
    return virshReportEnd(report);
}

bool shellFreecell(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshReport) report = NULL;
    unsigned long long memory = 0;
    int cell = 0;

    report = virshReportNew(ctl, arguments);
    if (virshFlag(arguments, "all"))
        return virshFreecellAll(ctl, report);
    if (!virshInt(ctl, arguments, "cellno", &cell))
        return false;
    if (virshFlag(arguments, "cellno")) {
        g_autofree char *number = g_strdup_printf("%d", cell);

        return virNodeGetCellsFreeMemory(ctl->connection, &memory, cell, 1) == 1 &&
               virshFreeOf(ctl, report, cell, number, memory);
    }
    memory = virNodeGetFreeMemory(ctl->connection);
    return memory && virshFreeOf(ctl, report, -1, "Total", memory);
}

bool shellCpuModels(virshControl *ctl, const virshArguments *arguments)
{
    const char *arch = NULL;
    char **models = NULL;
    g_autoptr(virshReport) report = NULL;
    int count;

    if (!virshString(ctl, arguments, "arch", &arch))
        return false;
    count = virConnectGetCPUModelNames(ctl->connection, arch, &models, 0);
    if (count < 0) {
        virshError(ctl, "failed to get CPU model names");
        return false;
    }
    if (!count && !virshWantsJson(arguments))
        virshPrint(ctl, "all CPU models are accepted\n");
    report = virshReportNew(ctl, arguments);
    for (int i = 0; i < count; i++) {
        virshReportRow(report);
        virshPutText(report, "name", models[i]);
        free(models[i]);
    }
    free(models);
    return virshReportEnd(report);
}

/* One line of text, or a member of the JSON that is asked for. */
static void virshPutVersion(virshControl *ctl, virshReport *report, const char *key,
                            const char *head, const char *name, unsigned long version)
{
    g_autofree char *number = g_strdup_printf("%lu.%lu.%lu", version / 1000000,
                                              version / 1000 % 1000, version % 1000);

    if (virshReportJson(report))
        virshPutText(report, key, number);
    else
        virshPrint(ctl, "%s: %s%s%s\n", head, name, *name ? " " : "", number);
}

bool shellVersion(virshControl *ctl, const virshArguments *arguments)
{
    const char *type = virConnectGetType(ctl->connection);
    g_autoptr(virshReport) report = virshReportNew(ctl, arguments);
    unsigned long library = 0;
    unsigned long driver = 0;
    unsigned long hypervisor = 0;

    if (!type || virGetVersion(&library, type, &driver) < 0) {
        virshError(ctl, "failed to get the library version");
        return false;
    }
    virshReportRow(report);
    virshPutVersion(ctl, report, "compiled", "Compiled against library", "libvirt",
                    LIBVIR_VERSION_NUMBER);
    virshPutVersion(ctl, report, "library", "Using library", "libvirt", library);
    virshPutVersion(ctl, report, "api", "Using API", type, driver);
    if (virConnectGetVersion(ctl->connection, &hypervisor) < 0) {
        virshError(ctl, "failed to get the hypervisor version");
        return false;
    }
    virshPutText(report, "type", type);
    if (hypervisor)
        virshPutVersion(ctl, report, "hypervisor", "Running hypervisor", type, hypervisor);
    else if (!virshReportJson(report))
        virshPrint(ctl, "Cannot extract running %s hypervisor version\n", type);
    if (virshFlag(arguments, "daemon")) {
        if (virConnectGetLibVersion(ctl->connection, &library) < 0) {
            virshError(ctl, "failed to get the daemon version");
            return false;
        }
        virshPutVersion(ctl, report, "daemon", "Running against daemon", "", library);
    }
    return !virshReportJson(report) || virshReportEnd(report);
}
