/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Shows the groups of disks with limits in common, which only the document of a domain tells of. */

#include "client/commands.h"
#include "client/completers.h"
#include "client/document.h"
#include "client/lookup.h"
#include "client/output.h"
#include "client/report.h"

#define GROUPS "/domain/throttlegroups/throttlegroup"

/* The place of a group in the document, counted as XPath does; 0: there is no such group. */
static size_t virshThrottlePlace(virshDocument *document, const char *name)
{
    size_t count = virshDocumentSelect(document, GROUPS);

    for (size_t i = 0; i < count; i++) {
        g_autofree char *found = virshDocumentValue(document, i, "string(./group_name)");

        if (g_strcmp0(found, name) == 0)
            return i + 1;
    }
    return 0;
}

bool shellDomthrottlegroupinfo(virshControl *ctl, const virshArguments *arguments)
{
    const char *name = NULL;
    const char *domainName = NULL;
    unsigned int flags = 0;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", &domainName);
    g_autoptr(virshDocument) document = NULL;
    g_autoptr(virshReport) report = NULL;
    g_autofree char *path = NULL;
    size_t place, count;

    if (!domain || !virshString(ctl, arguments, "group-name", &name) ||
        !virshAffect(ctl, arguments, domain, &flags))
        return false;
    document = virshDomainDocument(ctl, domain, (flags & VIR_DOMAIN_AFFECT_CONFIG) != 0);
    if (!document)
        return false;
    place = virshThrottlePlace(document, name);
    if (!place) {
        virshError(ctl, "domain '%s' has no throttle group '%s'; domthrottlegrouplist names those "
                        "it has", domainName, name);
        return false;
    }
    path = g_strdup_printf(GROUPS "[%zu]/*", place);
    count = virshDocumentSelect(document, path);
    report = virshReportNew(ctl, arguments);
    virshReportRow(report);
    for (size_t i = 0; i < count; i++) {
        g_autofree char *key = virshDocumentValue(document, i, "name(.)");
        g_autofree char *value = virshDocumentValue(document, i, "string(.)");
        guint64 number;

        if (value && g_ascii_string_to_unsigned(value, 10, 0, G_MAXUINT64, &number, NULL))
            virshPutExtraUint(report, key, key, number);
        else
            virshPutExtra(report, key, value ? value : "");
    }
    return virshReportEnd(report);
}

/* The disks under a group, separated by commas; NULL without any. */
static char *virshThrottleDisks(virshDocument *document, const char *name)
{
    g_autoptr(GString) disks = g_string_new(NULL);
    size_t count = virshDocumentSelect(
        document, "/domain/devices/disk/throttlefilters/throttlefilter");

    for (size_t i = 0; i < count; i++) {
        g_autofree char *group = virshDocumentValue(document, i, "string(./@group)");
        g_autofree char *target = virshDocumentValue(document, i, "string(../../target/@dev)");

        if (target && g_strcmp0(group, name) == 0)
            g_string_append_printf(disks, "%s%s", disks->len ? "," : "", target);
    }
    return disks->len ? g_string_free(g_steal_pointer(&disks), /* free_segment= */ FALSE) : NULL;
}

/* The names of all groups. */
static GPtrArray *virshThrottleNames(virshDocument *document)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    size_t count = virshDocumentSelect(document, GROUPS);

    for (size_t i = 0; i < count; i++) {
        char *name = virshDocumentValue(document, i, "string(./group_name)");

        if (name)
            g_ptr_array_add(names, name);
    }
    return names;
}

bool shellDomthrottlegrouplist(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    g_autoptr(virshDocument) document = NULL;
    g_autoptr(virshReport) report = NULL;
    g_autoptr(GPtrArray) names = NULL;

    if (!domain)
        return false;
    document = virshDomainDocument(ctl, domain, virshFlag(arguments, "inactive"));
    if (!document)
        return false;
    names = virshThrottleNames(document);
    report = virshReportNew(ctl, arguments);
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *disks = virshThrottleDisks(document, name);

        virshReportRow(report);
        virshPutText(report, "name", name);
        virshPutText(report, "disks", disks);
    }
    return virshReportEnd(report);
}

void offerThrottleGroup(virshControl *ctl, const virshArguments *arguments, GPtrArray *found,
                        const char *prefix)
{
    g_autoptr(virshDomain) domain = NULL;
    g_autoptr(virshDocument) document = NULL;
    g_autoptr(GPtrArray) names = NULL;

    if (!virshFlag(arguments, "domain"))
        return;
    domain = virshFindDomain(ctl, arguments, "domain", NULL);
    document = domain ? virshDomainDocument(ctl, domain, /* inactive= */ false) : NULL;
    if (!document)
        return;
    names = virshThrottleNames(document);
    for (guint i = 0; i < names->len; i++)
        virshOffer(found, prefix, g_ptr_array_index(names, i));
}
