/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands about the memory, the virtual CPUs and the scheduling of a domain. */

#include <stdlib.h>
#include <string.h>

#include "client/arguments.h"
#include "client/commands.h"
#include "client/lookup.h"
#include "client/names.h"
#include "client/output.h"
#include "client/report.h"

static bool virshKilobytes(virshControl *ctl, const virshArguments *arguments,
                           unsigned long *kilobytes)
{
    unsigned long long bytes = 0;

    if (!virshSize(ctl, arguments, "size", 1024, &bytes))
        return false;
    *kilobytes = (unsigned long)((bytes + 1023) / 1024);
    return true;
}

bool shellSetmem(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    unsigned long size = 0;
    unsigned int flags = 0;
    int result;

    if (!domain || !virshKilobytes(ctl, arguments, &size) ||
        !virshAffect(ctl, arguments, domain, &flags))
        return false;
    result = flags || virshFlag(arguments, "current")
                 ? virDomainSetMemoryFlags(domain, size, flags)
                 : virDomainSetMemory(domain, size);
    return result == 0;
}

bool shellSetmaxmem(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    unsigned long size = 0;
    unsigned int flags = VIR_DOMAIN_MEM_MAXIMUM;
    int result;

    if (!domain || !virshKilobytes(ctl, arguments, &size) ||
        !virshAffect(ctl, arguments, domain, &flags))
        return false;
    result = flags != VIR_DOMAIN_MEM_MAXIMUM || virshFlag(arguments, "current")
                 ? virDomainSetMemoryFlags(domain, size, flags)
                 : virDomainSetMaxMemory(domain, size);
    if (result < 0)
        virshError(ctl, "Unable to change MaxMemorySize");
    return result == 0;
}

bool shellSetvcpus(virshControl *ctl, const virshArguments *arguments)
{
    unsigned int count = 0;
    unsigned int flags = 0;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    int result;

    if (!domain || !virshUint(ctl, arguments, "count", &count) ||
        !virshAffect(ctl, arguments, domain, &flags))
        return false;
    if (!count) {
        virshError(ctl, "Can't set 0 processors for a VM");
        return false;
    }
    flags |= virshFlag(arguments, "maximum") ? VIR_DOMAIN_VCPU_MAXIMUM : 0;
    flags |= virshFlag(arguments, "guest") ? VIR_DOMAIN_VCPU_GUEST : 0;
    flags |= virshFlag(arguments, "hotpluggable") ? VIR_DOMAIN_VCPU_HOTPLUGGABLE : 0;
    result = flags || virshFlag(arguments, "current")
                 ? virDomainSetVcpusFlags(domain, count, flags)
                 : virDomainSetVcpus(domain, count);
    return result == 0;
}

/* One line of the overview; a live count of a domain that is off, say, has no line. */
static void virshPutCount(virshControl *ctl, virshReport *report, virDomainPtr domain,
                          const char *what, const char *where, unsigned int flags)
{
    int count = virDomainGetVcpusFlags(domain, flags);
    g_autofree char *shown = g_strdup_printf("%3d", count);

    if (count < 0) {
        virshForgetFailure(ctl);
        return;
    }
    virshReportRow(report);
    virshPutText(report, "number", what);
    virshPutText(report, "state", where);
    virshPutShown(report, "count", shown, count);
}

static bool virshCounts(virshControl *ctl, const virshArguments *arguments, virDomainPtr domain)
{
    const unsigned int config = VIR_DOMAIN_AFFECT_CONFIG;
    const unsigned int live = VIR_DOMAIN_AFFECT_LIVE;
    const unsigned int maximum = VIR_DOMAIN_VCPU_MAXIMUM;
    g_autoptr(virshReport) report = virshReportNew(ctl, arguments);

    virshPutCount(ctl, report, domain, "maximum", "config", config | maximum);
    virshPutCount(ctl, report, domain, "maximum", "live", live | maximum);
    virshPutCount(ctl, report, domain, "current", "config", config);
    virshPutCount(ctl, report, domain, "current", "live", live);
    return virshReportEnd(report);
}

/* In old programs "current" is the opposite of "maximum", and may stand with a side; false after
 * complaining where it can't mean that. */
static bool virshCurrentFits(virshControl *ctl, const virshArguments *arguments)
{
    const char *side = virshFlag(arguments, "live") ? "live" :
                       virshFlag(arguments, "config") ? "config" : NULL;

    if (!side || !virshFlag(arguments, "current") ||
        (!virshFlag(arguments, "maximum") && !virshFlag(arguments, "active")))
        return true;
    virshError(ctl, "Options --current and --%s are mutually exclusive", side);
    return false;
}

bool shellVcpucount(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    unsigned int flags = 0;
    bool all = !virshFlag(arguments, "maximum") && !virshFlag(arguments, "active") &&
               !virshFlag(arguments, "live") && !virshFlag(arguments, "config") &&
               !virshFlag(arguments, "current") && !virshFlag(arguments, "guest");
    g_autoptr(virshReport) report = NULL;
    int count;

    if (!domain || !virshCurrentFits(ctl, arguments) ||
        !virshAffect(ctl, arguments, domain, &flags))
        return false;
    if (all)
        return virshCounts(ctl, arguments, domain);
    flags |= virshFlag(arguments, "maximum") ? VIR_DOMAIN_VCPU_MAXIMUM : 0;
    flags |= virshFlag(arguments, "guest") ? VIR_DOMAIN_VCPU_GUEST : 0;
    count = virDomainGetVcpusFlags(domain, flags);
    if (count < 0) {
        if (flags & VIR_DOMAIN_VCPU_GUEST)
            virshError(ctl, "Failed to retrieve vCPU count from the guest");
        return false;
    }
    report = virshReportNew(ctl, arguments);
    virshReportRow(report);
    virshPutInt(report, "count", count);
    return virshReportEnd(report);
}

/* Where a CPU may run: one letter for each CPU of the host, or ranges of their numbers. */
static void virshPutAffinity(virshReport *report, const unsigned char *map, int cpus, bool pretty)
{
    g_autofree char *ranges = virshMapFormat(map, cpus);
    g_autoptr(GString) shown = g_string_new(NULL);

    if (pretty)
        g_string_printf(shown, "%s (out of %d)", ranges, cpus);
    for (int cpu = 0; !pretty && cpu < cpus; cpu++)
        g_string_append_c(shown, VIR_CPU_USED(map, cpu) ? 'y' : '-');
    virshPutShownText(report, "affinity", shown->str, ranges);
}

/* A domain that is off only has the pinning of its definition. */
static bool virshVcpuConfig(virshReport *report, virDomainPtr domain, int count, int cpus,
                            bool pretty)
{
    int length = VIR_CPU_MAPLEN(cpus);
    g_autofree unsigned char *maps = g_new0(unsigned char, (gsize)count * (gsize)length);

    count = virDomainGetVcpuPinInfo(domain, count, maps, length, VIR_DOMAIN_AFFECT_CONFIG);
    for (int i = 0; i < count; i++) {
        virshReportRow(report);
        virshPutInt(report, "vcpu", i);
        virshPutNone(report, "cpu");
        virshPutNone(report, "state");
        /* the customary line of a domain that is off has no colon */
        virshPutNone(report, virshReportJson(report) ? "cpu-time" : "no-cpu-time");
        virshPutAffinity(report, maps + (size_t)i * (size_t)length, cpus, pretty);
    }
    return count >= 0 && virshReportEnd(report);
}

bool shellVcpuinfo(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    bool pretty = virshFlag(arguments, "pretty");
    int cpus = virshNodeCpus(ctl);
    int length = VIR_CPU_MAPLEN(cpus);
    g_autofree virVcpuInfo *infos = NULL;
    g_autofree unsigned char *maps = NULL;
    g_autoptr(virshReport) report = NULL;
    virDomainInfo info;
    int count;

    if (!domain || !cpus || virDomainGetInfo(domain, &info) < 0 || !info.nrVirtCpu)
        return false;
    infos = g_new0(virVcpuInfo, info.nrVirtCpu);
    maps = g_new0(unsigned char, (gsize)info.nrVirtCpu * (gsize)length);
    count = virDomainGetVcpus(domain, infos, info.nrVirtCpu, maps, length);
    report = virshReportNew(ctl, arguments);
    if (count < 0) {
        if (info.state != VIR_DOMAIN_SHUTOFF)
            return false;
        virshForgetFailure(ctl);
        return virshVcpuConfig(report, domain, info.nrVirtCpu, cpus, pretty);
    }
    for (int i = 0; i < count; i++) {
        virshReportRow(report);
        virshPutUint(report, "vcpu", infos[i].number);
        virshPutInt(report, "cpu", infos[i].cpu);
        virshPutText(report, "state", virshVcpuState(infos[i].state));
        if (infos[i].cpuTime)
            virshPutDouble(report, "cpu-time", (double)infos[i].cpuTime / 1e9);
        virshPutAffinity(report, maps + (size_t)i * (size_t)length, cpus, pretty);
    }
    return virshReportEnd(report);
}

static bool virshShowPins(virshControl *ctl, const virshArguments *arguments, virDomainPtr domain,
                          int only, unsigned int flags, int cpus)
{
    g_autoptr(virshReport) report = NULL;
    int length = VIR_CPU_MAPLEN(cpus);
    g_autofree unsigned char *maps = NULL;
    int count = virDomainGetVcpusFlags(domain, flags | VIR_DOMAIN_VCPU_MAXIMUM);

    if (count < 0)
        return false;
    if (only >= count) {
        virshError(ctl, "vcpu %d is out of range of live cpu count %d", only, count);
        return false;
    }
    maps = g_new0(unsigned char, (gsize)count * (gsize)length);
    count = virDomainGetVcpuPinInfo(domain, count, maps, length, flags);
    report = virshReportNew(ctl, arguments);
    for (int i = 0; i < count; i++) {
        g_autofree char *ranges = virshMapFormat(maps + (size_t)i * (size_t)length, cpus);

        if (only >= 0 && only != i)
            continue;
        virshReportRow(report);
        virshPutInt(report, "vcpu", i);
        virshPutText(report, "affinity", ranges);
    }
    return count >= 0 && virshReportEnd(report);
}

bool shellVcpupin(virshControl *ctl, const virshArguments *arguments)
{
    unsigned int vcpu = 0;
    unsigned int flags = 0;
    const char *list = NULL;
    g_autofree unsigned char *map = NULL;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    int cpus = virshNodeCpus(ctl);
    int length = 0;
    int result;

    if (!domain || !cpus || !virshUint(ctl, arguments, "vcpu", &vcpu) ||
        !virshString(ctl, arguments, "cpulist", &list) ||
        !virshAffect(ctl, arguments, domain, &flags))
        return false;
    if (!list)
        return virshShowPins(ctl, arguments, domain,
                             virshFlag(arguments, "vcpu") ? (int)vcpu : -1, flags, cpus);
    if (!virshFlag(arguments, "vcpu")) {
        virshError(ctl, "vcpupin: Missing vCPU number in pin mode.");
        return false;
    }
    map = virshMapParse(ctl, list, cpus, &length);
    if (!map)
        return false;
    result = flags || virshFlag(arguments, "current")
                 ? virDomainPinVcpuFlags(domain, vcpu, map, length, flags)
                 : virDomainPinVcpu(domain, vcpu, map, length);
    return result == 0;
}

bool shellEmulatorpin(virshControl *ctl, const virshArguments *arguments)
{
    unsigned int flags = 0;
    const char *list = NULL;
    g_autofree unsigned char *map = NULL;
    g_autofree char *ranges = NULL;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    int cpus = virshNodeCpus(ctl);
    int length = VIR_CPU_MAPLEN(cpus);

    if (!domain || !cpus || !virshString(ctl, arguments, "cpulist", &list) ||
        !virshAffect(ctl, arguments, domain, &flags))
        return false;
    if (list) {
        map = virshMapParse(ctl, list, cpus, &length);
        return map && virDomainPinEmulator(domain, map, length, flags) == 0;
    }
    map = g_new0(unsigned char, length);
    if (virDomainGetEmulatorPinInfo(domain, map, length, flags) < 0)
        return false;
    ranges = virshMapFormat(map, cpus);
    if (virshWantsJson(arguments))
        return virshAnswer(ctl, arguments, "affinity", ranges);
    virshExtra(ctl, "%s %s\n", "emulator:", "CPU Affinity");
    virshExtra(ctl, "----------------------------------\n");
    virshPrint(ctl, "       *: %s\n", ranges);
    return true;
}

/* Sets the value of the field called `name` from text; false when there is no such field. */
static bool virshSetField(virTypedParameterPtr fields, int count, const char *name,
                          const char *text)
{
    for (int i = 0; i < count; i++) {
        char *end = NULL;
        virTypedParameterPtr field = &fields[i];

        if (!g_str_equal(field->field, name))
            continue;
        switch ((virTypedParameterType)field->type) {
        case VIR_TYPED_PARAM_INT:
            field->value.i = (int)g_ascii_strtoll(text, &end, 10);
            break;
        case VIR_TYPED_PARAM_UINT:
            field->value.ui = (unsigned int)g_ascii_strtoull(text, &end, 10);
            break;
        case VIR_TYPED_PARAM_LLONG:
            field->value.l = g_ascii_strtoll(text, &end, 10);
            break;
        case VIR_TYPED_PARAM_ULLONG:
            field->value.ul = g_ascii_strtoull(text, &end, 10);
            break;
        case VIR_TYPED_PARAM_DOUBLE:
            field->value.d = g_ascii_strtod(text, &end);
            break;
        case VIR_TYPED_PARAM_BOOLEAN:
            field->value.b = (char)g_ascii_strtoull(text, &end, 10);
            break;
        case VIR_TYPED_PARAM_STRING:
            return false;
        }
        return end && end != text && !*end;
    }
    return false;
}

/* Applies --weight, --cap and name=value pairs; `*changed` tells whether there were any. */
static bool virshSetFields(virshControl *ctl, const virshArguments *arguments,
                           virTypedParameterPtr fields, int count, bool *changed)
{
    static const char *const names[] = { "weight", "cap" };
    const GPtrArray *pairs = virshWords(arguments, "set");

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        const char *text = virshText(arguments, names[i]);

        if (text && !virshSetField(fields, count, names[i], text)) {
            virshError(ctl, "invalid scheduler option: %s", names[i]);
            return false;
        }
        *changed |= text != NULL;
    }
    for (guint i = 0; pairs && i < pairs->len; i++) {
        g_auto(GStrv) pair = g_strsplit(g_ptr_array_index(pairs, i), "=", 2);

        if (!pair[0] || !pair[1]) {
            virshError(ctl, "Invalid syntax for --set, expecting name=value");
            return false;
        }
        if (!virshSetField(fields, count, pair[0], pair[1])) {
            virshError(ctl, "invalid scheduler option: %s", pair[0]);
            return false;
        }
        *changed = true;
    }
    return true;
}

static bool virshReadFields(virDomainPtr domain, virTypedParameterPtr fields, int *count,
                            unsigned int flags, bool plain)
{
    if (plain)
        return virDomainGetSchedulerParameters(domain, fields, count) == 0;
    return virDomainGetSchedulerParametersFlags(domain, fields, count, flags) == 0;
}

bool shellSchedinfo(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    g_autofree char *type = NULL;
    g_autofree virTypedParameter *fields = NULL;
    g_autoptr(virshReport) report = NULL;
    unsigned int flags = 0;
    bool plain = !virshFlag(arguments, "live") && !virshFlag(arguments, "config") &&
                 !virshFlag(arguments, "current");
    bool changed = false;
    int count = 0;

    if (!domain || !virshAffect(ctl, arguments, domain, &flags))
        return false;
    type = virDomainGetSchedulerType(domain, &count);
    if (!type)
        return false;
    report = virshReportNew(ctl, arguments);
    virshReportRow(report);
    virshPutText(report, "scheduler", type);
    if (!count)
        return virshReportEnd(report);
    fields = g_new0(virTypedParameter, count);
    if (!virshReadFields(domain, fields, &count, flags, plain) ||
        !virshSetFields(ctl, arguments, fields, count, &changed))
        return false;
    if (changed) {
        int result = plain ? virDomainSetSchedulerParameters(domain, fields, count)
                           : virDomainSetSchedulerParametersFlags(domain, fields, count, flags);

        if (result < 0 || !virshReadFields(domain, fields, &count, flags, plain))
            return false;
    }
    for (int i = 0; i < count; i++)
        virshPutParameter(report, &fields[i], NULL);
    return virshReportEnd(report);
}
