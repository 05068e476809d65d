/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How far the job of a domain is. */

#include "client/commands.h"
#include "client/lookup.h"
#include "client/names.h"
#include "client/output.h"
#include "client/report.h"

/* What the oldest function knows, under the names of the newer ones. */
static bool virshJobOld(virDomainPtr domain, int *type, virTypedParameterPtr *fields, int *count)
{
    virDomainJobInfo info;
    int room = 0;

    if (virDomainGetJobInfo(domain, &info) < 0)
        return false;
    {
        const struct {
            const char *key;
            unsigned long long value;
        } values[] = {
            { VIR_DOMAIN_JOB_TIME_ELAPSED, info.timeElapsed },
            { VIR_DOMAIN_JOB_TIME_REMAINING, info.timeRemaining },
            { VIR_DOMAIN_JOB_DATA_TOTAL, info.dataTotal },
            { VIR_DOMAIN_JOB_DATA_PROCESSED, info.dataProcessed },
            { VIR_DOMAIN_JOB_DATA_REMAINING, info.dataRemaining },
            { VIR_DOMAIN_JOB_MEMORY_TOTAL, info.memTotal },
            { VIR_DOMAIN_JOB_MEMORY_PROCESSED, info.memProcessed },
            { VIR_DOMAIN_JOB_MEMORY_REMAINING, info.memRemaining },
            { VIR_DOMAIN_JOB_DISK_TOTAL, info.fileTotal },
            { VIR_DOMAIN_JOB_DISK_PROCESSED, info.fileProcessed },
            { VIR_DOMAIN_JOB_DISK_REMAINING, info.fileRemaining },
        };

        for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
            if (virTypedParamsAddULLong(fields, count, &room, values[i].key,
                                        values[i].value) < 0)
                return false;
    }
    *type = info.type;
    return true;
}

static bool virshJobStats(virshControl *ctl, const virshArguments *arguments, virDomainPtr domain,
                          int *type, virTypedParameterPtr *fields, int *count)
{
    unsigned int flags = 0;
    bool raw = virshFlag(arguments, "rawstats");

    flags |= virshFlag(arguments, "completed") ? VIR_DOMAIN_JOB_STATS_COMPLETED : 0;
    flags |= virshFlag(arguments, "keep-completed") ? VIR_DOMAIN_JOB_STATS_KEEP_COMPLETED : 0;
    if (virDomainGetJobStats(domain, type, fields, count, flags) == 0)
        return true;
    if (virGetLastErrorCode() != VIR_ERR_NO_SUPPORT)
        return false;
    if (flags || raw) {
        virshError(ctl, "Optional flags or --rawstats are not supported by the daemon");
        return false;
    }
    virshForgetFailure(ctl);
    return virshJobOld(domain, type, fields, count);
}

static unsigned long long virshJobNumber(virTypedParameterPtr fields, int count, const char *key)
{
    unsigned long long value = 0;

    virTypedParamsGetULLong(fields, count, key, &value);
    return value;
}

/* A kind of data is shown when there is any of it; the remaining time only when it is known. */
static bool virshJobShows(virTypedParameterPtr fields, int count, int type, const char *key)
{
    static const char *const kinds[] = { "data", "memory", "disk" };

    if (g_str_equal(key, VIR_DOMAIN_JOB_TIME_REMAINING))
        return type == VIR_DOMAIN_JOB_BOUNDED;
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_autofree char *total = g_strconcat(kinds[i], "_total", NULL);
        g_autofree char *processed = g_strconcat(kinds[i], "_processed", NULL);
        g_autofree char *remaining = g_strconcat(kinds[i], "_remaining", NULL);

        if (g_str_equal(key, total) || g_str_equal(key, processed) || g_str_equal(key, remaining))
            return virshJobNumber(fields, count, total) || virshJobNumber(fields, count, processed) ||
                   virshJobNumber(fields, count, remaining);
    }
    return true;
}

static void virshJobReport(virshControl *ctl, const virshArguments *arguments, int type,
                           virTypedParameterPtr fields, int count)
{
    g_autoptr(virshReport) report = virshReportNew(ctl, arguments);

    virshReportRow(report);
    virshPutInt(report, "type", type);
    for (int i = 0; i < count && type != VIR_DOMAIN_JOB_NONE; i++) {
        const char *key = fields[i].field;

        /* a job that has ended tells its real downtime, a running one the expected one */
        if (g_str_equal(key, VIR_DOMAIN_JOB_DOWNTIME) && type == VIR_DOMAIN_JOB_COMPLETED)
            key = "downtime_total";
        if (!virshJobShows(fields, count, type, key))
            continue;
        switch ((virTypedParameterType)fields[i].type) {
        case VIR_TYPED_PARAM_INT:
            virshPutInt(report, key, fields[i].value.i);
            break;
        case VIR_TYPED_PARAM_ULLONG:
            virshPutUint(report, key, fields[i].value.ul);
            break;
        case VIR_TYPED_PARAM_STRING:
            virshPutText(report, key, fields[i].value.s);
            break;
        case VIR_TYPED_PARAM_UINT:
        case VIR_TYPED_PARAM_LLONG:
        case VIR_TYPED_PARAM_DOUBLE:
        case VIR_TYPED_PARAM_BOOLEAN:
            break;
        }
    }
    virshReportEnd(report);
}

bool shellDomjobinfo(virshControl *ctl, const virshArguments *arguments)
{
    virTypedParameterPtr fields = NULL;
    int count = 0;
    int type = 0;
    bool good;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain)
        return false;
    good = virshJobStats(ctl, arguments, domain, &type, &fields, &count);
    if (good && virshFlag(arguments, "rawstats") && !virshWantsJson(arguments)) {
        virshPrint(ctl, "Job type: %d\n\n", type);
        for (int i = 0; i < count; i++) {
            g_autofree char *text = virshParameterText(&fields[i]);

            virshPrint(ctl, "%s: %s\n", fields[i].field, text);
        }
    } else if (good) {
        /* the numbers of a job that failed are shown only to those who ask for them */
        bool told = type != VIR_DOMAIN_JOB_FAILED || virshFlag(arguments, "anystats");

        virshJobReport(ctl, arguments, type, fields, told ? count : 0);
    }
    virTypedParamsFree(fields, count);
    return good;
}
