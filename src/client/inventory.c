/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lists of a domain's disks and network interfaces, and the sizes of disks. */

#include "client/arguments.h"
#include "client/commands.h"
#include "client/document.h"
#include "client/lookup.h"
#include "client/names.h"
#include "client/output.h"
#include "client/report.h"

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
