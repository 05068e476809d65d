/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Statistics of many domains at once. */

#include "client/arguments.h"
#include "client/commands.h"
#include "client/names.h"
#include "client/output.h"
#include "client/report.h"
#include "client/virsh_objects.h"

static const struct {
    const char *option;
    unsigned int bit;
} statGroups[] = {
    { "state", VIR_DOMAIN_STATS_STATE },         { "cpu-total", VIR_DOMAIN_STATS_CPU_TOTAL },
    { "balloon", VIR_DOMAIN_STATS_BALLOON },     { "vcpu", VIR_DOMAIN_STATS_VCPU },
    { "interface", VIR_DOMAIN_STATS_INTERFACE }, { "block", VIR_DOMAIN_STATS_BLOCK },
    { "perf", VIR_DOMAIN_STATS_PERF },           { "iothread", VIR_DOMAIN_STATS_IOTHREAD },
    { "memory", VIR_DOMAIN_STATS_MEMORY },       { "dirtyrate", VIR_DOMAIN_STATS_DIRTYRATE },
    { "vm", VIR_DOMAIN_STATS_VM },
}, statFilters[] = {
    { "list-active", VIR_CONNECT_GET_ALL_DOMAINS_STATS_ACTIVE },
    { "list-inactive", VIR_CONNECT_GET_ALL_DOMAINS_STATS_INACTIVE },
    { "list-persistent", VIR_CONNECT_GET_ALL_DOMAINS_STATS_PERSISTENT },
    { "list-transient", VIR_CONNECT_GET_ALL_DOMAINS_STATS_TRANSIENT },
    { "list-running", VIR_CONNECT_GET_ALL_DOMAINS_STATS_RUNNING },
    { "list-paused", VIR_CONNECT_GET_ALL_DOMAINS_STATS_PAUSED },
    { "list-shutoff", VIR_CONNECT_GET_ALL_DOMAINS_STATS_SHUTOFF },
    { "list-other", VIR_CONNECT_GET_ALL_DOMAINS_STATS_OTHER },
}, statModes[] = {
    { "enforce", VIR_CONNECT_GET_ALL_DOMAINS_STATS_ENFORCE_STATS },
    { "backing", VIR_CONNECT_GET_ALL_DOMAINS_STATS_BACKING },
    { "nowait", VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT },
};

static void virshPrintRecords(virshControl *ctl, const virshArguments *arguments,
                              virDomainStatsRecordPtr *records, int count)
{
    g_autoptr(virshReport) report = virshWantsJson(arguments) ? virshReportNew(ctl, arguments)
                                                              : NULL;

    for (int i = 0; i < count; i++) {
        const char *name = virDomainGetName(records[i]->dom);

        if (report) {
            virshReportRow(report);
            virshPutText(report, "domain", name);
        } else {
            virshPrint(ctl, "%sDomain: '%s'\n", i ? "\n" : "", name);
        }
        for (int p = 0; p < records[i]->nparams; p++) {
            g_autofree char *text = NULL;

            if (report) {
                virshPutParameter(report, &records[i]->params[p], NULL);
                continue;
            }
            text = virshParameterText(&records[i]->params[p]);
            virshPrint(ctl, "  %s=%s\n", records[i]->params[p].field, text);
        }
    }
    if (report)
        virshReportEnd(report);
}

static void virshDropDomain(gpointer domain)
{
    if (domain)
        virDomainFree(domain);
}

/* The domains that were named, owned by the array; NULL after a failure. */
static GPtrArray *virshNamedDomains(virshControl *ctl, const GPtrArray *words)
{
    g_autoptr(GPtrArray) domains = g_ptr_array_new_with_free_func(virshDropDomain);

    for (guint i = 0; i < words->len; i++) {
        virDomainPtr domain = virshFindDomainByWord(ctl, g_ptr_array_index(words, i));

        if (!domain)
            return NULL;
        g_ptr_array_add(domains, domain);
    }
    return g_steal_pointer(&domains);
}

static int virshStatsOf(virshControl *ctl, const GPtrArray *words, unsigned int groups,
                        virDomainStatsRecordPtr **records, unsigned int flags)
{
    g_autoptr(GPtrArray) domains = virshNamedDomains(ctl, words);

    if (!domains)
        return -1;
    g_ptr_array_add(domains, NULL);
    return virDomainListGetStats((virDomainPtr *)domains->pdata, groups, records, flags);
}

bool shellDomstats(virshControl *ctl, const virshArguments *arguments)
{
    const GPtrArray *words = virshWords(arguments, "domain");
    virDomainStatsRecordPtr *records = NULL;
    unsigned int groups = 0;
    unsigned int filters = 0;
    unsigned int flags = 0;
    int count;

    for (size_t i = 0; i < G_N_ELEMENTS(statGroups); i++)
        groups |= virshFlag(arguments, statGroups[i].option) ? statGroups[i].bit : 0;
    for (size_t i = 0; i < G_N_ELEMENTS(statFilters); i++)
        filters |= virshFlag(arguments, statFilters[i].option) ? statFilters[i].bit : 0;
    for (size_t i = 0; i < G_N_ELEMENTS(statModes); i++)
        flags |= virshFlag(arguments, statModes[i].option) ? statModes[i].bit : 0;
    if (words && filters) {
        virshError(ctl, "list filters and a list of domains are mutually exclusive");
        return false;
    }
    count = words ? virshStatsOf(ctl, words, groups, &records, flags)
                  : virConnectGetAllDomainStats(ctl->connection, groups, &records,
                                                flags | filters);
    if (count < 0)
        return false;
    virshPrintRecords(ctl, arguments, records, count);
    virDomainStatsRecordListFree(records);
    return true;
}
