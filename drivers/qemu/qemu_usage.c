/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a process uses, as the kernel tells. */

#include "qemu_usage.h"

#include <string.h>
#include <unistd.h>

#include <glib.h>

/* Fields of /proc/PID/stat, counted behind the name. */
enum { USER_TIME = 12, SYSTEM_TIME = 13, RESIDENT = 22, PROCESSOR = 37, FIELDS = 38 };

static qemuUsage
readUsage(const char *path)
{
    unsigned long long tick = 1000000000ULL / (unsigned long long) sysconf(_SC_CLK_TCK);
    g_autofree char *text = NULL;
    g_auto(GStrv) fields = NULL;
    qemuUsage usage = { 0 };
    const char *rest;

    if (!g_file_get_contents(path, &text, NULL, NULL))
        return usage;
    rest = strrchr(text, ')');
    fields = rest ? g_strsplit(rest + 1, " ", FIELDS + 1) : NULL;
    if (!fields || g_strv_length(fields) < FIELDS)
        return usage;
    usage.user = g_ascii_strtoull(fields[USER_TIME], NULL, 10) * tick;
    usage.system = g_ascii_strtoull(fields[SYSTEM_TIME], NULL, 10) * tick;
    usage.time = usage.user + usage.system;
    usage.resident = g_ascii_strtoull(fields[RESIDENT], NULL, 10) *
                     (unsigned long long) sysconf(_SC_PAGESIZE) / 1024;
    usage.cpu = (int) g_ascii_strtoll(fields[PROCESSOR], NULL, 10);
    return usage;
}

qemuUsage
qemuUsageOf(pid_t pid)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/stat", (int) pid);

    return pid > 0 ? readUsage(path) : (qemuUsage) { 0 };
}

qemuUsage
qemuUsageOfThread(pid_t pid, pid_t thread)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/task/%d/stat", (int) pid, (int) thread);

    return pid > 0 && thread > 0 ? readUsage(path) : (qemuUsage) { 0 };
}
