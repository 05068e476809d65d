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
    int count;

    if (!virshString(ctl, arguments, "type", &type))
        return false;
    count = virConnectGetMaxVcpus(ctl->connection, type);
    if (count < 0)
        return false;
    virshPrint(ctl, "%d\n", count);
    return true;
}

bool shellNodecpumap(virshControl *ctl, const virshArguments *arguments)
{
    g_autofree unsigned char *map = NULL;
    unsigned int online = 0;
    int cpus = virNodeGetCPUMap(ctl->connection, &map, &online, 0);

    if (cpus < 0) {
        virshError(ctl, "Unable to get cpu map");
        return false;
    }
    virshPrint(ctl, "%-15s %d\n", "CPUs present:", cpus);
    virshPrint(ctl, "%-15s %d\n", "CPUs online:", (int)online);
    virshPrint(ctl, "%-15s ", "CPU map:");
    if (virshFlag(arguments, "pretty")) {
        g_autofree char *ranges = virshMapFormat(map, cpus);

        virshPrint(ctl, "%s", ranges);
    } else {
        for (int cpu = 0; cpu < cpus; cpu++)
            virshPrint(ctl, "%s", VIR_CPU_USED(map, cpu) ? "y" : "-");
    }
    virshPrint(ctl, "\n");
    return true;
}

static const char *const cpuStatKeys[] = { "user", "kernel", "idle", "iowait", "intr",
                                           "utilization", NULL };
static const char *const cpuStatTitles[] = { "user", "system", "idle", "iowait", "intr", "usage",
                                             NULL };
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

/* The share of each kind of time between two looks one second apart. */
static bool virshCpuPercent(virshControl *ctl, int cpu)
{
    unsigned long long first[CPU_STATS] = { 0 };
    unsigned long long now[CPU_STATS] = { 0 };
    bool present[CPU_STATS];
    double total = 0;

    if (!virshCpuStats(ctl, cpu, first, present))
        return false;
    if (present[5]) {
        virshPrint(ctl, "%-15s %5.1llu%%\n", "usage:", first[5]);
        return true;
    }
    sleep(1);
    if (!virshCpuStats(ctl, cpu, now, present))
        return false;
    for (int i = 0; i < 5; i++)
        total += present[i] ? (double)(now[i] - first[i]) : 0;
    if (present[0] && present[1] && present[2] && total > 0)
        virshPrint(ctl, "%-15s %5.1f%%\n", "usage:",
                   ((double)(now[0] - first[0]) + (double)(now[1] - first[1])) / total * 100);
    for (int i = 0; i < 5; i++) {
        g_autofree char *title = g_strdup_printf("%s:", cpuStatTitles[i]);

        /* a node whose counters stand still has no shares to tell */
        if (present[i])
            virshPrint(ctl, "%-15s %5.1f%%\n", title,
                       total > 0 ? (double)(now[i] - first[i]) / total * 100 : 0.0);
    }
    return true;
}

bool shellNodecpustats(virshControl *ctl, const virshArguments *arguments)
{
    unsigned long long values[CPU_STATS] = { 0 };
    bool present[CPU_STATS];
    int cpu = VIR_NODE_CPU_STATS_ALL_CPUS;

    if (!virshInt(ctl, arguments, "cpu", &cpu))
        return false;
    if (virshFlag(arguments, "percent"))
        return virshCpuPercent(ctl, cpu);
    if (!virshCpuStats(ctl, cpu, values, present))
        return false;
    for (int i = 0; i < CPU_STATS; i++) {
        g_autofree char *title = g_strdup_printf("%s:", cpuStatTitles[i]);

        if (present[i])
            virshPrint(ctl, "%-15s %20llu\n", title, values[i]);
    }
    return true;
}

bool shellNodememstats(virshControl *ctl, const virshArguments *arguments)
{
    int cell = VIR_NODE_MEMORY_STATS_ALL_CELLS;
    int count = 0;
    g_autofree virNodeMemoryStats *stats = NULL;

    if (!virshInt(ctl, arguments, "cell", &cell))
        return false;
    if (virNodeGetMemoryStats(ctl->connection, cell, NULL, &count, 0) != 0) {
        virshError(ctl, "Unable to get number of memory stats");
        return false;
    }
    if (!count)
        return true;
    stats = g_new0(virNodeMemoryStats, count);
    if (virNodeGetMemoryStats(ctl->connection, cell, stats, &count, 0) != 0) {
        virshError(ctl, "Unable to get memory stats");
        return false;
    }
    for (int i = 0; i < count; i++)
        virshPrint(ctl, "%-7s: %20llu KiB\n", stats[i].field, stats[i].value);
    return true;
}

static bool virshFreecellAll(virshControl *ctl)
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
        virshPrint(ctl, "%5d: %10llu KiB\n", i, cells[i] / 1024);
        total += cells[i] / 1024;
    }
    virshPrint(ctl, "--------------------\n%5s: %10llu KiB\n", "Total", total);
    return true;
}

bool shellFreecell(virshControl *ctl, const virshArguments *arguments)
{
    unsigned long long memory = 0;
    int cell = 0;

    if (virshFlag(arguments, "all"))
        return virshFreecellAll(ctl);
    if (!virshInt(ctl, arguments, "cellno", &cell))
        return false;
    if (virshFlag(arguments, "cellno")) {
        if (virNodeGetCellsFreeMemory(ctl->connection, &memory, cell, 1) != 1)
            return false;
        virshPrint(ctl, "%d: %llu KiB\n", cell, memory / 1024);
        return true;
    }
    memory = virNodeGetFreeMemory(ctl->connection);
    if (!memory)
        return false;
    virshPrint(ctl, "Total: %llu KiB\n", memory / 1024);
    return true;
}

bool shellCpuModels(virshControl *ctl, const virshArguments *arguments)
{
    const char *arch = NULL;
    char **models = NULL;
    int count;

    if (!virshString(ctl, arguments, "arch", &arch))
        return false;
    count = virConnectGetCPUModelNames(ctl->connection, arch, &models, 0);
    if (count < 0) {
        virshError(ctl, "failed to get CPU model names");
        return false;
    }
    if (!count)
        virshPrint(ctl, "all CPU models are accepted\n");
    for (int i = 0; i < count; i++) {
        virshPrint(ctl, "%s\n", models[i]);
        free(models[i]);
    }
    free(models);
    return true;
}

static void virshVersionLine(virshControl *ctl, const char *head, const char *name,
                             unsigned long version)
{
    virshPrint(ctl, "%s: %s %lu.%lu.%lu\n", head, name, version / 1000000, version / 1000 % 1000,
               version % 1000);
}

bool shellVersion(virshControl *ctl, const virshArguments *arguments)
{
    const char *type = virConnectGetType(ctl->connection);
    unsigned long library = 0;
    unsigned long driver = 0;
    unsigned long hypervisor = 0;

    if (!type || virGetVersion(&library, type, &driver) < 0) {
        virshError(ctl, "failed to get the library version");
        return false;
    }
    virshVersionLine(ctl, "Compiled against library", "libvirt", LIBVIR_VERSION_NUMBER);
    virshVersionLine(ctl, "Using library", "libvirt", library);
    virshVersionLine(ctl, "Using API", type, driver);
    if (virConnectGetVersion(ctl->connection, &hypervisor) < 0) {
        virshError(ctl, "failed to get the hypervisor version");
        return false;
    }
    if (!hypervisor)
        virshPrint(ctl, "Cannot extract running %s hypervisor version\n", type);
    else
        virshVersionLine(ctl, "Running hypervisor", type, hypervisor);
    if (virshFlag(arguments, "daemon")) {
        if (virConnectGetLibVersion(ctl->connection, &library) < 0) {
            virshError(ctl, "failed to get the daemon version");
            return false;
        }
        virshPrint(ctl, "Running against daemon: %lu.%lu.%lu\n", library / 1000000,
                   library / 1000 % 1000, library % 1000);
    }
    return true;
}
