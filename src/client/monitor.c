/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands that show what domains are and do. */

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "client/arguments.h"
#include "client/commands.h"
#include "client/document.h"
#include "client/lookup.h"
#include "client/names.h"
#include "client/output.h"
#include "client/report.h"

/* Running domains by id, then the others by name. */
static int virshCompareDomains(const void *a, const void *b)
{
    virDomainPtr first = *(const virDomainPtr *)a;
    virDomainPtr second = *(const virDomainPtr *)b;
    unsigned int one = virDomainGetID(first);
    unsigned int two = virDomainGetID(second);

    if (one == (unsigned int)-1 && two == (unsigned int)-1)
        return g_ascii_strcasecmp(virDomainGetName(first), virDomainGetName(second));
    return one < two ? -1 : one > two;
}

static const struct {
    const char *option;
    unsigned int bit;
} listFilters[] = {
    { "transient", VIR_CONNECT_LIST_DOMAINS_TRANSIENT },
    { "persistent", VIR_CONNECT_LIST_DOMAINS_PERSISTENT },
    { "with-snapshot", VIR_CONNECT_LIST_DOMAINS_HAS_SNAPSHOT },
    { "without-snapshot", VIR_CONNECT_LIST_DOMAINS_NO_SNAPSHOT },
    { "with-checkpoint", VIR_CONNECT_LIST_DOMAINS_HAS_CHECKPOINT },
    { "without-checkpoint", VIR_CONNECT_LIST_DOMAINS_NO_CHECKPOINT },
    { "state-running", VIR_CONNECT_LIST_DOMAINS_RUNNING },
    { "state-paused", VIR_CONNECT_LIST_DOMAINS_PAUSED },
    { "state-shutoff", VIR_CONNECT_LIST_DOMAINS_SHUTOFF },
    { "state-other", VIR_CONNECT_LIST_DOMAINS_OTHER },
    { "autostart", VIR_CONNECT_LIST_DOMAINS_AUTOSTART },
    { "no-autostart", VIR_CONNECT_LIST_DOMAINS_NO_AUTOSTART },
    { "with-managed-save", VIR_CONNECT_LIST_DOMAINS_MANAGEDSAVE },
    { "without-managed-save", VIR_CONNECT_LIST_DOMAINS_NO_MANAGEDSAVE },
};

static unsigned int virshListFilter(const virshArguments *arguments)
{
    unsigned int flags = VIR_CONNECT_LIST_DOMAINS_ACTIVE;

    if (virshFlag(arguments, "inactive"))
        flags = VIR_CONNECT_LIST_DOMAINS_INACTIVE;
    if (virshFlag(arguments, "all"))
        flags = VIR_CONNECT_LIST_DOMAINS_ACTIVE | VIR_CONNECT_LIST_DOMAINS_INACTIVE;
    for (size_t i = 0; i < G_N_ELEMENTS(listFilters); i++)
        if (virshFlag(arguments, listFilters[i].option))
            flags |= listFilters[i].bit;
    /* asking for a state that only inactive domains have must not need --all as well */
    if (virshFlag(arguments, "state-shutoff") || virshFlag(arguments, "with-managed-save"))
        flags |= VIR_CONNECT_LIST_DOMAINS_INACTIVE;
    return flags;
}

static char *virshDomainTitle(virshControl *ctl, virDomainPtr domain)
{
    char *title = virDomainGetMetadata(domain, VIR_DOMAIN_METADATA_TITLE, NULL, 0);

    if (!title)
        virshForgetFailure(ctl);
    return title;
}

static void virshListRow(virshControl *ctl, const virshArguments *arguments, virshReport *report,
                         virDomainPtr domain)
{
    unsigned int id = virDomainGetID(domain);
    char uuid[VIR_UUID_STRING_BUFLEN];
    const char *word = "no state";
    int state = 0;

    virshReportRow(report);
    if (virshReportShows(report, "uuid") && virDomainGetUUIDString(domain, uuid) == 0)
        virshPutText(report, "uuid", uuid);
    if (id == (unsigned int)-1)
        virshPutNone(report, "id");
    else
        virshPutUint(report, "id", id);
    virshPutText(report, "name", virDomainGetName(domain));
    if (virshReportShows(report, "state")) {
        if (virDomainGetState(domain, &state, NULL, 0) == 0)
            word = virshDomainState(state);
        if (virshFlag(arguments, "managed-save") && state == VIR_DOMAIN_SHUTOFF &&
            virDomainHasManagedSaveImage(domain, 0) > 0)
            word = "saved";
        virshPutText(report, "state", word);
    }
    if (virshReportShows(report, "title")) {
        g_autofree char *title = virshDomainTitle(ctl, domain);

        virshPutText(report, "title", title);
    }
}

bool shellList(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshReport) report = NULL;
    virDomainPtr *domains = NULL;
    int count = virConnectListAllDomains(ctl->connection, &domains, virshListFilter(arguments));

    if (count < 0) {
        virshError(ctl, "Failed to list domains");
        return false;
    }
    if (count)
        qsort(domains, (size_t)count, sizeof(*domains), virshCompareDomains);
    report = virshReportNew(ctl, arguments);
    for (int i = 0; i < count; i++) {
        virshListRow(ctl, arguments, report, domains[i]);
        virDomainFree(domains[i]);
    }
    free(domains);
    return virshReportEnd(report);
}

bool shellDomstate(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    int state = 0;
    int reason = 0;

    if (!domain || virDomainGetState(domain, &state, &reason, 0) < 0)
        return false;
    if (virshFlag(arguments, "reason"))
        virshPrint(ctl, "%s (%s)\n", virshDomainState(state), virshDomainReason(state, reason));
    else
        virshPrint(ctl, "%s\n", virshDomainState(state));
    return true;
}

bool shellDomcontrol(virshControl *ctl, const virshArguments *arguments)
{
    static const char *const states[] = { "ok", "background job", "occupied", "error", NULL };
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    virDomainControlInfo info;
    const char *word;

    if (!domain || virDomainGetControlInfo(domain, &info, 0) < 0)
        return false;
    word = virshWordAt(states, (int)info.state);
    if (info.state == VIR_DOMAIN_CONTROL_OK || info.state == VIR_DOMAIN_CONTROL_ERROR)
        virshPrint(ctl, "%s\n", word);
    else
        virshPrint(ctl, "%s (%0.3fs)\n", word ? word : "unknown",
                   (double)info.stateTime / 1000.0);
    return true;
}

static void virshSecurity(virshControl *ctl, virshReport *report, virDomainPtr domain)
{
    virSecurityModel model;
    g_autofree virSecurityLabelPtr labels = NULL;
    int count;

    memset(&model, 0, sizeof(model));
    if (virNodeGetSecurityModel(ctl->connection, &model) < 0) {
        virshForgetFailure(ctl);
        return;
    }
    if (!*model.model)
        return;
    virshPutText(report, "security-model", model.model);
    virshPutText(report, "security-doi", model.doi);
    count = virDomainGetSecurityLabelList(domain, &labels);
    if (count < 0) {
        virSecurityLabel *one = g_new0(virSecurityLabel, 1);

        virshForgetFailure(ctl);
        count = virDomainGetSecurityLabel(domain, one) == 0;
        labels = one;
    }
    for (int i = 0; i < count; i++) {
        g_autofree char *text = g_strdup_printf("%s (%s)", labels[i].label,
                                                labels[i].enforcing ? "enforcing" : "permissive");

        if (*labels[i].label)
            virshPutText(report, "security-label", text);
    }
}

/* A yes, a no, or neither where the question cannot be answered. */
static void virshPutAnswer(virshControl *ctl, virshReport *report, const char *key, int answer)
{
    if (answer >= 0) {
        virshPutBool(report, key, answer > 0);
        return;
    }
    virshForgetFailure(ctl);
    virshPutNone(report, key);
}

static void virshPutDomainInfo(virshReport *report, const virDomainInfo *info)
{
    virshPutText(report, "state", virshDomainState(info->state));
    virshPutUint(report, "cpus", info->nrVirtCpu);
    if (info->cpuTime)
        virshPutDouble(report, "cpu-time", (double)info->cpuTime / 1e9);
    if (info->maxMem != G_MAXUINT)
        virshPutUint(report, "max-memory", info->maxMem);
    else
        virshPutNone(report, "max-memory");
    virshPutUint(report, "used-memory", info->memory);
}

bool shellDominfo(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    g_autoptr(virshReport) report = NULL;
    g_autofree char *type = NULL;
    char uuid[VIR_UUID_STRING_BUFLEN];
    virDomainInfo info;
    unsigned int id;
    int autostart;

    if (!domain)
        return false;
    report = virshReportNew(ctl, arguments);
    virshReportRow(report);
    id = virDomainGetID(domain);
    if (id == (unsigned int)-1)
        virshPutNone(report, "id");
    else
        virshPutUint(report, "id", id);
    virshPutText(report, "name", virDomainGetName(domain));
    if (virDomainGetUUIDString(domain, uuid) == 0)
        virshPutText(report, "uuid", uuid);
    type = virDomainGetOSType(domain);
    if (type)
        virshPutText(report, "os-type", type);
    if (virDomainGetInfo(domain, &info) < 0)
        return false;
    virshPutDomainInfo(report, &info);
    virshPutAnswer(ctl, report, "persistent", virDomainIsPersistent(domain));
    if (virDomainGetAutostart(domain, &autostart) == 0)
        virshPutBool(report, "autostart", autostart);
    virshPutAnswer(ctl, report, "managed-save", virDomainHasManagedSaveImage(domain, 0));
    virshSecurity(ctl, report, domain);
    return virshReportEnd(report);
}

/* The document of a domain, the running or the defined one, ready for questions. */
static virshDocument *virshDomainDocument(virshControl *ctl, virDomainPtr domain, bool inactive)
{
    g_autofree char *text =
        virDomainGetXMLDesc(domain, inactive ? VIR_DOMAIN_XML_INACTIVE : 0);

    return text ? virshDocumentNew(ctl, text, /* blanks= */ true) : NULL;
}

bool shellDomblklist(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    g_autoptr(virshReport) report = NULL;
    g_autoptr(virshDocument) document = NULL;
    size_t count;

    if (!domain)
        return false;
    document = virshDomainDocument(ctl, domain, virshFlag(arguments, "inactive"));
    if (!document)
        return false;
    report = virshReportNew(ctl, arguments);
    count = virshDocumentSelect(document, "/domain/devices/disk");
    for (size_t i = 0; i < count; i++) {
        g_autofree char *type = virshDocumentValue(document, i, "string(./@type)");
        g_autofree char *device = virshDocumentValue(document, i, "string(./@device)");
        g_autofree char *target = virshDocumentValue(document, i, "string(./target/@dev)");
        g_autofree char *source = virshDocumentValue(
            document, i,
            "string(./source/@file|./source/@dev|./source/@dir|./source/@name|./source/@volume)");

        virshReportRow(report);
        virshPutText(report, "type", type);
        virshPutText(report, "device", device);
        virshPutText(report, "target", target);
        virshPutText(report, "source", source);
    }
    return virshReportEnd(report);
}

bool shellDomiflist(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    g_autoptr(virshReport) report = NULL;
    g_autoptr(virshDocument) document = NULL;
    size_t count;

    if (!domain)
        return false;
    document = virshDomainDocument(ctl, domain, virshFlag(arguments, "inactive"));
    if (!document)
        return false;
    report = virshReportNew(ctl, arguments);
    count = virshDocumentSelect(document, "/domain/devices/interface");
    for (size_t i = 0; i < count; i++) {
        g_autofree char *target = virshDocumentValue(document, i, "string(./target/@dev)");
        g_autofree char *type = virshDocumentValue(document, i, "string(./@type)");
        g_autofree char *source = virshDocumentValue(
            document, i,
            "string(./source/@bridge|./source/@dev|./source/@network|./source/@name)");
        g_autofree char *model = virshDocumentValue(document, i, "string(./model/@type)");
        g_autofree char *mac = virshDocumentValue(document, i, "string(./mac/@address)");

        virshReportRow(report);
        virshPutText(report, "interface", target);
        virshPutText(report, "type", type);
        virshPutText(report, "source", source);
        virshPutText(report, "model", model);
        virshPutText(report, "mac", mac);
    }
    return virshReportEnd(report);
}

/* One size of an image, in a row of the report. */
static void virshPutSize(virshReport *report, const char *key, bool human,
                         unsigned long long bytes)
{
    const char *unit = NULL;
    double value = virshPretty(bytes, &unit);
    g_autofree char *text = human ? g_strdup_printf("%.3lf %s", value, unit)
                                  : g_strdup_printf("%llu", bytes);

    virshPutShown(report, key, text, (long long)bytes);
}

static void virshPutSizes(virshReport *report, const char *target, bool human,
                          const virDomainBlockInfo *info)
{
    virshReportRow(report);
    virshPutText(report, "target", target);
    virshPutSize(report, "capacity", human, info->capacity);
    virshPutSize(report, "allocation", human, info->allocation);
    virshPutSize(report, "physical", human, info->physical);
}

/* The sizes of every disk. */
static bool virshPutDisks(virshControl *ctl, virDomainPtr domain, virshReport *report, bool human)
{
    g_autoptr(virshDocument) document = virshDomainDocument(ctl, domain, /* inactive= */ false);
    size_t count = document ? virshDocumentSelect(document, "/domain/devices/disk") : 0;

    for (size_t i = 0; i < count; i++) {
        g_autofree char *target = virshDocumentValue(document, i, "string(./target/@dev)");
        virDomainBlockInfo info;

        if (!target || virDomainGetBlockInfo(domain, target, &info, 0) < 0)
            return false;
        virshPutSizes(report, target, human, &info);
    }
    return document != NULL;
}

bool shellDomblkinfo(virshControl *ctl, const virshArguments *arguments)
{
    const char *device = NULL;
    bool human = virshFlag(arguments, "human");
    g_autoptr(virshDomain) domain = NULL;
    g_autoptr(virshReport) report = NULL;
    virDomainBlockInfo info;

    if (!virshString(ctl, arguments, "device", &device))
        return false;
    if (!device && !virshFlag(arguments, "all")) {
        virshError(ctl, "command 'domblkinfo' requires <device> option");
        return false;
    }
    domain = virshFindDomain(ctl, arguments, "domain", NULL);
    if (!domain)
        return false;
    report = virshReportNew(ctl, arguments);
    if (virshFlag(arguments, "all"))
        return virshPutDisks(ctl, domain, report, human) && virshReportEnd(report);
    if (virDomainGetBlockInfo(domain, device, &info, 0) < 0)
        return false;
    virshPutSizes(report, device, human, &info);
    return virshReportEnd(report);
}

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

bool shellTtyconsole(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    g_autoptr(virshDocument) document = NULL;
    g_autofree char *tty = NULL;

    if (!domain)
        return false;
    document = virshDomainDocument(ctl, domain, /* inactive= */ false);
    if (!document || !virshDocumentSelect(document, "/domain"))
        return false;
    tty = virshDocumentValue(document, 0, "string(/domain/devices/console/@tty)");
    if (!tty)
        return false;
    virshPrint(ctl, "%s\n", tty);
    return true;
}

bool shellVncdisplay(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    g_autoptr(virshDocument) document = NULL;
    g_autofree char *port = NULL;
    g_autofree char *listen = NULL;
    gint64 number;

    if (!domain)
        return false;
    if (virDomainIsActive(domain) == 0) {
        virshError(ctl, "Domain is not running");
        return false;
    }
    document = virshDomainDocument(ctl, domain, /* inactive= */ false);
    if (!document || !virshDocumentSelect(document, "/domain"))
        return false;
    port = virshDocumentValue(document, 0, "string(/domain/devices/graphics[@type='vnc']/@port)");
    number = port ? g_ascii_strtoll(port, NULL, 10) : -1;
    if (number < 5900) {
        virshError(ctl, "Failed to get VNC port. Is this domain using VNC?");
        return false;
    }
    listen = virshDocumentValue(document, 0,
                                "string(/domain/devices/graphics[@type='vnc']/@listen)");
    if (listen && !g_str_equal(listen, "0.0.0.0"))
        virshPrint(ctl, "%s", listen);
    virshPrint(ctl, ":%d\n", (int)(number - 5900));
    return true;
}

/* The URI of one display: VNC counts displays from port 5900, the others show the port. */
static char *virshDisplayUri(virshDocument *document, size_t node)
{
    g_autofree char *type = virshDocumentValue(document, node, "string(./@type)");
    g_autofree char *port = virshDocumentValue(document, node, "string(./@port)");
    g_autofree char *listen = virshDocumentValue(document, node, "string(./@listen)");
    gint64 number = port ? g_ascii_strtoll(port, NULL, 10) : -1;
    bool any = !listen || g_str_equal(listen, "0.0.0.0") || g_str_equal(listen, "::");

    if (!type || number <= 0)
        return NULL;
    if (g_str_equal(type, "vnc"))
        number -= 5900;
    return g_strdup_printf("%s://%s:%" G_GINT64_FORMAT, type, any ? "localhost" : listen, number);
}

bool shellDomdisplay(virshControl *ctl, const virshArguments *arguments)
{
    const char *only = NULL;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    g_autoptr(virshDocument) document = NULL;
    size_t count;
    bool found = false;

    if (!domain || !virshString(ctl, arguments, "type", &only))
        return false;
    if (virDomainIsActive(domain) == 0) {
        virshError(ctl, "Domain is not running");
        return false;
    }
    document = virshDomainDocument(ctl, domain, /* inactive= */ false);
    if (!document)
        return false;
    count = virshDocumentSelect(document, "/domain/devices/graphics");
    for (size_t i = 0; i < count && (!found || virshFlag(arguments, "all")); i++) {
        g_autofree char *uri = virshDisplayUri(document, i);

        if (!uri || (only && !(g_str_has_prefix(uri, only) && uri[strlen(only)] == ':')))
            continue;
        /* one display is no line of its own: the end of the command ends it */
        virshPrint(ctl, virshFlag(arguments, "all") ? "%s\n" : "%s", uri);
        found = true;
    }
    if (!found)
        virshError(ctl, only ? "No graphical display with type '%s' found"
                             : "No graphical display found", only);
    return found;
}

bool shellDomtime(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    bool now = virshFlag(arguments, "now");
    bool sync = virshFlag(arguments, "sync");
    long long seconds = 0;
    unsigned int nanoseconds = 0;

    if (!domain || !virshLong(ctl, arguments, "time", &seconds))
        return false;
    if (now || sync || virshFlag(arguments, "time")) {
        if (now)
            seconds = time(NULL);
        return virDomainSetTime(domain, seconds, nanoseconds,
                                sync ? VIR_DOMAIN_TIME_SYNC : 0) == 0;
    }
    if (virDomainGetTime(domain, &seconds, &nanoseconds, 0) < 0)
        return false;
    if (virshFlag(arguments, "pretty")) {
        g_autoptr(GDateTime) when = g_date_time_new_from_unix_utc(seconds);
        g_autofree char *text = when ? g_date_time_format(when, "%F %T") : NULL;

        virshPrint(ctl, "Time: %s", text ? text : "?");
    } else {
        virshPrint(ctl, "Time: %lld", seconds);
    }
    return true;
}
