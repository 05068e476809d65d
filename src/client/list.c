/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The list of domains. */

#include <stdlib.h>

#include "client/arguments.h"
#include "client/commands.h"
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
