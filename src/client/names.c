/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Words for states and reasons, CPU maps, sizes for people. */

#include "client/names.h"

#include <stdlib.h>
#include <string.h>

#include "client/output.h"

static const char *const states[] = {
    "no state", "running", "idle", "paused", "in shutdown", "shut off", "crashed", "pmsuspended",
    NULL,
};

static const char *const nostateReasons[] = { "unknown", NULL };
static const char *const runningReasons[] = {
    "unknown",  "booted",         "migrated",           "restored",      "from snapshot",
    "unpaused", "migration canceled", "save canceled",  "event wakeup",  "crashed",
    "post-copy", "post-copy failed", NULL,
};
static const char *const pausedReasons[] = {
    "unknown",       "user",     "migrating",         "saving",        "dumping",
    "I/O error",     "watchdog", "from snapshot",     "shutting down", "creating snapshot",
    "crashed",       "starting up", "post-copy",      "post-copy failed", "api error",
    NULL,
};
static const char *const shutdownReasons[] = { "unknown", "user", NULL };
static const char *const shutoffReasons[] = {
    "unknown", "shutdown", "destroyed", "crashed",       "migrated",
    "saved",   "failed",   "from snapshot", "daemon", NULL,
};
static const char *const crashedReasons[] = { "unknown", "panicked", NULL };
static const char *const vcpuStates[] = { "offline", "running", "blocked", NULL };

static const char *const *const reasons[] = {
    nostateReasons, runningReasons, nostateReasons, pausedReasons,
    shutdownReasons, shutoffReasons, crashedReasons, nostateReasons,
};

const char *virshWordAt(const char *const *words, int index)
{
    for (int i = 0; words[i]; i++)
        if (i == index)
            return words[i];
    return NULL;
}

int virshWordIndex(const char *const *words, const char *word)
{
    for (int i = 0; words[i]; i++)
        if (g_str_equal(words[i], word))
            return i;
    return -1;
}

const char *virshDomainState(int state)
{
    const char *word = virshWordAt(states, state);

    return word ? word : "no state";
}

const char *virshDomainReason(int state, int reason)
{
    const char *word = NULL;

    if (state >= 0 && state < (int)G_N_ELEMENTS(reasons))
        word = virshWordAt(reasons[state], reason);
    return word ? word : "unknown";
}

const char *virshVcpuState(int state)
{
    const char *word = virshWordAt(vcpuStates, state);

    return word ? word : "no state";
}

char *virshMapFormat(const unsigned char *map, int cpus)
{
    GString *out = g_string_new(NULL);

    for (int cpu = 0; cpu < cpus; cpu++) {
        int last = cpu;

        if (!VIR_CPU_USED(map, cpu))
            continue;
        while (last + 1 < cpus && VIR_CPU_USED(map, last + 1))
            last++;
        g_string_append_printf(out, "%s%d", out->len ? "," : "", cpu);
        if (last > cpu)
            g_string_append_printf(out, "-%d", last);
        cpu = last;
    }
    return g_string_free(out, /* free_segment= */ FALSE);
}

static bool virshMapRange(const char *piece, int cpus, unsigned char *map,
                          unsigned long long *most)
{
    bool exclude = *piece == '^';
    char *end = NULL;
    unsigned long long first;
    unsigned long long last;

    if (exclude)
        piece++;
    if (!g_ascii_isdigit(*piece))
        return false;
    first = last = g_ascii_strtoull(piece, &end, 10);
    if (*end == '-') {
        if (exclude || !g_ascii_isdigit(end[1]))
            return false;
        last = g_ascii_strtoull(end + 1, &end, 10);
    }
    if (*end || first > last)
        return false;
    /* what is too large is told by its number */
    *most = MAX(*most, last);
    if (last >= (unsigned long long)cpus)
        return true;
    for (unsigned long long cpu = first; cpu <= last; cpu++) {
        if (exclude)
            VIR_UNUSE_CPU(map, cpu);
        else
            VIR_USE_CPU(map, cpu);
    }
    return true;
}

unsigned char *virshMapParse(virshControl *ctl, const char *text, int cpus, int *length)
{
    g_autofree unsigned char *map = g_new0(unsigned char, VIR_CPU_MAPLEN(cpus));
    g_auto(GStrv) pieces = NULL;
    unsigned long long most = 0;

    if (g_str_equal(text, "r")) {
        for (int cpu = 0; cpu < cpus; cpu++)
            VIR_USE_CPU(map, cpu);
    } else {
        pieces = g_strsplit(text, ",", -1);
        for (size_t i = 0; pieces[i]; i++)
            if (!virshMapRange(g_strstrip(pieces[i]), cpus, map, &most)) {
                virshError(ctl, "Invalid cpulist '%s'", text);
                return NULL;
            }
        if (most >= (unsigned long long)cpus) {
            virshError(ctl, "CPU %llu in cpulist '%s' exceed the maxcpu %d", most, text, cpus);
            return NULL;
        }
    }
    *length = VIR_CPU_MAPLEN(cpus);
    return g_steal_pointer(&map);
}

double virshPretty(unsigned long long bytes, const char **unit)
{
    static const char *const units[] = { "B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
    double value = (double)bytes;
    size_t i = 0;

    for (; i + 1 < G_N_ELEMENTS(units) && value >= 1024; i++)
        value /= 1024;
    *unit = units[i];
    return value;
}

int virshNodeCpus(virshControl *ctl)
{
    int cpus = virNodeGetCPUMap(ctl->connection, NULL, NULL, 0);
    virNodeInfo info;

    if (cpus > 0)
        return cpus;
    virshForgetFailure(ctl);
    if (virNodeGetInfo(ctl->connection, &info) < 0)
        return 0;
    return (int)VIR_NODEINFO_MAXCPUS(info);
}

char *virshParameterText(virTypedParameterPtr parameter)
{
    switch ((virTypedParameterType)parameter->type) {
    case VIR_TYPED_PARAM_INT:
        return g_strdup_printf("%d", parameter->value.i);
    case VIR_TYPED_PARAM_UINT:
        return g_strdup_printf("%u", parameter->value.ui);
    case VIR_TYPED_PARAM_LLONG:
        return g_strdup_printf("%lld", parameter->value.l);
    case VIR_TYPED_PARAM_ULLONG:
        return g_strdup_printf("%llu", parameter->value.ul);
    case VIR_TYPED_PARAM_DOUBLE:
        return g_strdup_printf("%f", parameter->value.d);
    case VIR_TYPED_PARAM_BOOLEAN:
        return g_strdup(parameter->value.b ? "yes" : "no");
    case VIR_TYPED_PARAM_STRING:
        return g_strdup(parameter->value.s);
    }
    return g_strdup("?");
}
