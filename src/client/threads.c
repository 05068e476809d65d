/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands about I/O threads, processor times and performance events. */

#include <stdlib.h>
#include <string.h>

#include "client/commands.h"
#include "client/completers.h"
#include "client/lookup.h"
#include "client/names.h"
#include "client/output.h"
#include "client/report.h"
#include "client/tune.h"

bool shellIothreadinfo(virshControl *ctl, const virshArguments *arguments)
{
    virDomainIOThreadInfoPtr *infos = NULL;
    unsigned int flags = 0;
    int count;
    g_autoptr(virshReport) report = NULL;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain || !virshAffect(ctl, arguments, domain, &flags))
        return false;
    count = virDomainGetIOThreadInfo(domain, &infos, flags);
    if (count < 0) {
        virshError(ctl, "Unable to get domain IOThreads information");
        return false;
    }
    if (!count && !virshWantsJson(arguments)) {
        free(infos);
        virshExtra(ctl, "No IOThreads found for the domain");
        return true;
    }
    report = virshReportNew(ctl, arguments);
    for (int i = 0; i < count; i++) {
        g_autofree char *ranges = virshMapFormat(infos[i]->cpumap, infos[i]->cpumaplen * 8);

        virshReportRow(report);
        virshPutUint(report, "id", infos[i]->iothread_id);
        virshPutText(report, "affinity", ranges);
        virDomainIOThreadInfoFree(infos[i]);
    }
    free(infos);
    return virshReportEnd(report);
}

bool shellIothreadpin(virshControl *ctl, const virshArguments *arguments)
{
    const char *list = NULL;
    unsigned int thread = 0, flags = 0;
    int cpus, length = 0;
    g_autofree unsigned char *map = NULL;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain || !virshUint(ctl, arguments, "iothread", &thread) ||
        !virshString(ctl, arguments, "cpulist", &list) ||
        !virshAffect(ctl, arguments, domain, &flags))
        return false;
    cpus = virshNodeCpus(ctl);
    map = cpus ? virshMapParse(ctl, list, cpus, &length) : NULL;
    return map && virDomainPinIOThread(domain, thread, map, length, flags) == 0;
}

void offerIothread(virshControl *ctl, const virshArguments *arguments, GPtrArray *found,
                   const char *prefix)
{
    virDomainIOThreadInfoPtr *infos = NULL;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    int count = domain ? virDomainGetIOThreadInfo(domain, &infos, 0) : 0;

    for (int i = 0; i < count; i++) {
        g_autofree char *word = g_strdup_printf("%u", infos[i]->iothread_id);

        virshOffer(found, prefix, word);
        virDomainIOThreadInfoFree(infos[i]);
    }
    free(infos);
}

/* Nanoseconds as seconds with all their digits. */
static void virshTimeLine(virshControl *ctl, virTypedParameterPtr field)
{
    g_autofree char *text = NULL;

    if (field->type == VIR_TYPED_PARAM_ULLONG &&
        (g_str_has_suffix(field->field, "_time") || g_str_equal(field->field, "time"))) {
        virshPrint(ctl, "\t%-12s %9llu.%09llu seconds\n", field->field,
                   field->value.ul / 1000000000, field->value.ul % 1000000000);
        return;
    }
    text = virshParameterText(field);
    virshPrint(ctl, "\t%-12s %s\n", field->field, text);
}

/* The times of one CPU, or with cpu -1 the sums. */
static void virshTimes(virshControl *ctl, virshReport *report, int cpu,
                       virTypedParameterPtr fields, int count)
{
    g_autofree char *name = cpu < 0 ? g_strdup("total") : g_strdup_printf("%d", cpu);

    if (report) {
        virshReportRow(report);
        virshPutText(report, "cpu", name);
    } else if (cpu < 0) {
        virshPrint(ctl, "Total:\n");
    } else {
        virshPrint(ctl, "CPU%d:\n", cpu);
    }
    for (int i = 0; i < count; i++) {
        if (!fields[i].type)
            continue;
        if (report)
            virshPutParameter(report, &fields[i], NULL);
        else
            virshTimeLine(ctl, &fields[i]);
    }
}

enum { VIRSH_CPUS_AT_ONCE = 128 };

/* Asks for a limited number of CPUs at a time, which is what one call may return. */
static bool virshCpuTimes(virshControl *ctl, virshReport *report, virDomainPtr domain, int start,
                          int count, int perCpu)
{
    while (count > 0) {
        int now = MIN(count, VIRSH_CPUS_AT_ONCE);
        virTypedParameterPtr fields = g_new0(virTypedParameter, (gsize)now * (gsize)perCpu);
        int got = virDomainGetCPUStats(domain, fields, (unsigned int)perCpu, start,
                                       (unsigned int)now, 0);

        for (int i = 0; i < now && got > 0; i++)
            virshTimes(ctl, report, start + i, fields + (size_t)i * (size_t)perCpu, got);
        virTypedParamsFree(fields, now * perCpu);
        if (got < 0)
            return false;
        start += now;
        count -= now;
    }
    return true;
}

static bool virshTotalTimes(virshControl *ctl, virshReport *report, virDomainPtr domain)
{
    virTypedParameterPtr fields = NULL;
    int count = virDomainGetCPUStats(domain, NULL, 0, -1, 1, 0);
    int got;

    if (count < 0)
        return false;
    if (!count) {
        if (!report)
            virshPrint(ctl, "No total stats available");
        return true;
    }
    fields = g_new0(virTypedParameter, count);
    got = virDomainGetCPUStats(domain, fields, (unsigned int)count, -1, 1, 0);
    if (got >= 0)
        virshTimes(ctl, report, -1, fields, got);
    virTypedParamsFree(fields, count);
    return got >= 0;
}

/* The range of CPUs that --start and --count choose among those that the host has. */
static bool virshCpuRange(virshControl *ctl, const virshArguments *arguments, int have,
                          int *start, int *count)
{
    if (*start >= have && virshFlag(arguments, "start")) {
        virshError(ctl, "Start CPU %d is out of range (min: 0, max: %d)", *start, have - 1);
        return false;
    }
    if (*count < 0 || *count > have - *start)
        *count = have - *start;
    return true;
}

bool shellCpuStats(virshControl *ctl, const virshArguments *arguments)
{
    int start = 0, count = -1;
    bool total = virshFlag(arguments, "total");
    bool each = !total || virshAnyFlag(arguments, "start count");
    int have, perCpu;
    g_autoptr(virshReport) report = NULL;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain || !virshInt(ctl, arguments, "start", &start) ||
        !virshInt(ctl, arguments, "count", &count))
        return false;
    if (virshFlag(arguments, "start") && start < 0) {
        virshError(ctl, "Invalid value for start CPU");
        return false;
    }
    if (virshFlag(arguments, "count") && count < 0) {
        virshError(ctl, "Invalid value for number of CPUs to show");
        return false;
    }
    report = virshWantsJson(arguments) ? virshReportNew(ctl, arguments) : NULL;
    if (each) {
        have = virDomainGetCPUStats(domain, NULL, 0, 0, 0, 0);
        if (have < 0 || !virshCpuRange(ctl, arguments, have, &start, &count))
            return false;
        perCpu = virDomainGetCPUStats(domain, NULL, 0, 0, 1, 0);
        if (perCpu < 0 || !virshCpuTimes(ctl, report, domain, start, count, perCpu))
            return false;
    }
    if ((total || !virshAnyFlag(arguments, "start count")) &&
        !virshTotalTimes(ctl, report, domain))
        return false;
    return !report || virshReportEnd(report);
}

/* Adds every event of a list; a later list has the last word about an event. */
static bool virshPerfEvents(virshControl *ctl, const virshArguments *arguments,
                            const char *option, int value, virTypedParameterPtr *fields,
                            int *count, int *room)
{
    const char *text = NULL;
    g_auto(GStrv) events = NULL;

    if (!virshString(ctl, arguments, option, &text))
        return false;
    events = g_strsplit(text ? text : "", ",", -1);
    for (size_t i = 0; events[i]; i++)
        if (virTypedParamsAddBoolean(fields, count, room, events[i], value) < 0)
            return false;
    return true;
}

static void virshPerfShow(virshControl *ctl, const virshArguments *arguments,
                          virTypedParameterPtr fields, int count)
{
    g_autoptr(virshReport) report = virshReportNew(ctl, arguments);

    virshReportRow(report);
    for (int i = 0; i < count; i++)
        if (fields[i].type == VIR_TYPED_PARAM_BOOLEAN)
            virshPutParameter(report, &fields[i], fields[i].value.b ? "enabled" : "disabled");
    virshReportEnd(report);
}

bool shellPerf(virshControl *ctl, const virshArguments *arguments)
{
    virTypedParameterPtr fields = NULL;
    unsigned int flags = 0;
    int count = 0, room = 0;
    bool good;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain || !virshAffect(ctl, arguments, domain, &flags))
        return false;
    good = virshPerfEvents(ctl, arguments, "enable", 1, &fields, &count, &room) &&
           virshPerfEvents(ctl, arguments, "disable", 0, &fields, &count, &room);
    if (good && count) {
        good = virDomainSetPerfEvents(domain, fields, count, flags) == 0;
        if (!good)
            virshError(ctl, "Unable to enable/disable perf events");
    } else if (good) {
        good = virDomainGetPerfEvents(domain, &fields, &count, flags) == 0;
        if (!good)
            virshError(ctl, "Unable to get perf events");
    }
    if (good)
        virshPerfShow(ctl, arguments, fields, count);
    virTypedParamsFree(fields, count);
    return good;
}

void offerPerfEvent(virshControl *ctl, const virshArguments *arguments, GPtrArray *found,
                    const char *prefix)
{
    virTypedParameterPtr fields = NULL;
    int count = 0;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    g_autoptr(GString) words = g_string_new(NULL);

    if (domain && virDomainGetPerfEvents(domain, &fields, &count, 0) == 0)
        for (int i = 0; i < count; i++)
            g_string_append_printf(words, "%s%s", i ? " " : "", fields[i].field);
    virshOfferWords(found, prefix, words->str);
    virTypedParamsFree(fields, count);
}
