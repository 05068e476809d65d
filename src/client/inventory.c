/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lists of a domain's disks and network interfaces, and the sizes of disks. */

#include "client/arguments.h"
#include "client/commands.h"
#include "client/document.h"
#include "client/lookup.h"
#include "client/names.h"
#include "client/output.h"
#include "client/report.h"

/* A column of a list of devices, and where a device's element has its value. */
typedef struct {
    const char *key;
    const char *path;
} virshDevicePart;

static bool virshListDevices(virshControl *ctl, const virshArguments *arguments,
                             const char *devices, const virshDevicePart *parts, size_t count)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    g_autoptr(virshReport) report = NULL;
    g_autoptr(virshDocument) document = NULL;
    size_t found;

    document = domain ? virshDomainDocument(ctl, domain, virshFlag(arguments, "inactive")) : NULL;
    if (!document)
        return false;
    report = virshReportNew(ctl, arguments);
    found = virshDocumentSelect(document, devices);
    for (size_t i = 0; i < found; i++) {
        virshReportRow(report);
        for (size_t j = 0; j < count; j++) {
            g_autofree char *value = virshDocumentValue(document, i, parts[j].path);

            virshPutText(report, parts[j].key, value);
        }
    }
    return virshReportEnd(report);
}

bool shellDomblklist(virshControl *ctl, const virshArguments *arguments)
{
    static const virshDevicePart parts[] = {
        { "type", "string(./@type)" },
        { "device", "string(./@device)" },
        { "target", "string(./target/@dev)" },
        { "source", "string(./source/@file|./source/@dev|./source/@dir|./source/@name|"
                    "./source/@volume)" },
    };

    return virshListDevices(ctl, arguments, "/domain/devices/disk", parts, G_N_ELEMENTS(parts));
}

bool shellDomiflist(virshControl *ctl, const virshArguments *arguments)
{
    static const virshDevicePart parts[] = {
        { "interface", "string(./target/@dev)" },
        { "type", "string(./@type)" },
        { "source", "string(./source/@bridge|./source/@dev|./source/@network|./source/@name)" },
        { "model", "string(./model/@type)" },
        { "mac", "string(./mac/@address)" },
    };

    return virshListDevices(ctl, arguments, "/domain/devices/interface", parts,
                            G_N_ELEMENTS(parts));
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
