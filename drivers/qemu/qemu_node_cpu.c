/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Processors of the machine: how busy they are, and which models guests may be given. */

#include <string.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "driver/qemu.h"
#include "qemu_driver.h"
#include "qemu_emulator.h"
#include "runtime/error.h"

/* The line of a processor in /proc/stat, split at its blanks; NULL with an error raised. */
static GStrv
timesOf(int cpu)
{
    g_autofree char *name = cpu == VIR_NODE_CPU_STATS_ALL_CPUS ? g_strdup("cpu ") :
                            g_strdup_printf("cpu%d ", cpu);
    g_autofree char *text = NULL;
    g_auto(GStrv) lines = NULL;

    if (!g_file_get_contents("/proc/stat", &text, NULL, NULL)) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INTERNAL_ERROR, "cannot read /proc/stat");
        return NULL;
    }
    lines = g_strsplit(text, "\n", -1);
    for (size_t i = 0; lines[i]; i++) {
        if (g_str_has_prefix(lines[i], name))
            return g_strsplit(g_strstrip(lines[i] + strlen(name)), " ", -1);
    }
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                  "the machine has no running processor %d", cpu);
    return NULL;
}

int
qemuNodeGetCPUStats(virConnectPtr conn G_GNUC_UNUSED, int cpuNum, virNodeCPUStatsPtr params,
                    int *nparams, unsigned int flags G_GNUC_UNUSED)
{
    /* Of /proc/stat: user nice system idle iowait irq softirq; -1: none. */
    static const struct {
        const char *name;
        int columns[3];
    } kinds[] = {
        { VIR_NODE_CPU_STATS_KERNEL, { 2, 5, 6 } },
        { VIR_NODE_CPU_STATS_USER, { 0, 1, -1 } },
        { VIR_NODE_CPU_STATS_IDLE, { 3, -1, -1 } },
        { VIR_NODE_CPU_STATS_IOWAIT, { 4, -1, -1 } },
    };
    unsigned long long tick = 1000000000ULL / (unsigned long long) sysconf(_SC_CLK_TCK);
    g_auto(GStrv) columns = NULL;

    if (cpuNum < VIR_NODE_CPU_STATS_ALL_CPUS) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                      "-1 means all processors; there is none with the number %d", cpuNum);
        return -1;
    }
    columns = timesOf(cpuNum);
    if (!columns)
        return -1;
    if (*nparams == 0) {
        *nparams = G_N_ELEMENTS(kinds);
        return 0;
    }
    *nparams = MIN(*nparams, (int) G_N_ELEMENTS(kinds));
    for (int i = 0; i < *nparams; i++) {
        unsigned long long sum = 0;

        for (size_t j = 0; j < G_N_ELEMENTS(kinds[i].columns); j++) {
            int column = kinds[i].columns[j];

            if (column >= 0 && (guint) column < g_strv_length(columns))
                sum += g_ascii_strtoull(columns[column], NULL, 10);
        }
        g_strlcpy(params[i].field, kinds[i].name, sizeof(params[i].field));
        params[i].value = sum * tick;
    }
    return 0;
}

int
qemuConnectGetCPUModelNames(virConnectPtr conn, const char *arch, char ***models,
                            unsigned int flags G_GNUC_UNUSED)
{
    g_autofree char *path = qemuEmulatorsPath(arch);
    g_autofree char *suffix = g_strdup_printf("-%s-cpu", arch);
    g_autoptr(qemuEmulator) emulator = NULL;
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    int count = 0;

    if (!path) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                      "no QEMU for architecture '%s' is installed", arch);
        return -1;
    }
    emulator = qemuEmulatorsGet(qemuHostOf(conn)->emulators, path);
    if (!emulator)
        return -1;
    for (guint i = 0; i < emulator->cpus->len; i++) {
        g_autofree char *name = g_strdup(emulator->cpus->pdata[i]);

        if (g_str_has_suffix(name, suffix))
            name[strlen(name) - strlen(suffix)] = '\0';
        g_strv_builder_add(names, name);
        count++;
    }
    if (models)
        *models = g_strv_builder_end(names);
    return count;
}
