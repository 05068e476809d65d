/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands that find a device in the document of a domain, and detach or change it. */

#include <string.h>

#include "client/arguments.h"
#include "client/commands.h"
#include "client/document.h"
#include "client/lookup.h"
#include "client/output.h"

/* The domain's document as it stands where the change shall happen. */
static virshDocument *virshAffected(virshControl *ctl, virDomainPtr domain, unsigned int flags)
{
    bool inactive = (flags & VIR_DOMAIN_AFFECT_CONFIG) && !(flags & VIR_DOMAIN_AFFECT_LIVE);

    return virshDomainDocument(ctl, domain, inactive);
}

/* Prints the document of a device with --print-xml; otherwise gives it to the domain. */
static bool virshChange(virshControl *ctl, const virshArguments *arguments, virDomainPtr domain,
                        const char *text, unsigned int flags, const char *failed)
{
    if (virshFlag(arguments, "print-xml")) {
        virshPrint(ctl, "%s", text);
        return true;
    }
    if (virDomainUpdateDeviceFlags(domain, text, flags) < 0) {
        virshError(ctl, "%s", failed);
        return false;
    }
    return true;
}

static bool virshDetach(virshControl *ctl, const virshArguments *arguments, virDomainPtr domain,
                        const char *text, const char *what, unsigned int flags)
{
    if (virshFlag(arguments, "print-xml")) {
        virshPrint(ctl, "%s", text);
        return true;
    }
    if (virDomainDetachDeviceFlags(domain, text, flags) < 0) {
        virshError(ctl, "Failed to detach %s", what);
        return false;
    }
    virshExtra(ctl, "%s detached successfully\n",
               g_str_equal(what, "disk") ? "Disk" : "Interface");
    return true;
}

static const char diskSource[] =
    "string(./source/@file|./source/@dev|./source/@dir|./source/@name)";

bool shellDetachDisk(virshControl *ctl, const virshArguments *arguments)
{
    const char *wanted = NULL;
    unsigned int flags = 0;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    g_autoptr(virshDocument) document = NULL;
    size_t count;

    if (!domain || !virshString(ctl, arguments, "target", &wanted) ||
        !virshAffect(ctl, arguments, domain, &flags))
        return false;
    document = virshAffected(ctl, domain, flags);
    if (!document)
        return false;
    count = virshDocumentSelect(document, "/domain/devices/disk");
    for (size_t i = 0; i < count; i++) {
        g_autofree char *target = virshDocumentValue(document, i, "string(./target/@dev)");
        g_autofree char *source = virshDocumentValue(document, i, diskSource);
        g_autofree char *text = NULL;

        if (g_strcmp0(target, wanted) != 0 && g_strcmp0(source, wanted) != 0)
            continue;
        text = virshDocumentText(document, i);
        return virshDetach(ctl, arguments, domain, text, "disk", flags);
    }
    virshError(ctl, "No disk found whose source path or target is %s", wanted);
    return false;
}

bool shellDetachInterface(virshControl *ctl, const virshArguments *arguments)
{
    const char *mac = NULL;
    const char *type = NULL;
    unsigned int flags = 0;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    g_autoptr(virshDocument) document = NULL;
    g_autofree char *text = NULL;
    size_t count;
    size_t found = 0;

    if (!domain || !virshString(ctl, arguments, "type", &type) ||
        !virshString(ctl, arguments, "mac", &mac) ||
        !virshAffect(ctl, arguments, domain, &flags))
        return false;
    document = virshAffected(ctl, domain, flags);
    if (!document)
        return false;
    count = virshDocumentSelect(document, "/domain/devices/interface");
    for (size_t i = 0; i < count; i++) {
        g_autofree char *kind = virshDocumentValue(document, i, "string(./@type)");
        g_autofree char *address = virshDocumentValue(document, i, "string(./mac/@address)");

        if (g_strcmp0(kind, type) != 0 ||
            (mac && (!address || g_ascii_strcasecmp(mac, address) != 0)))
            continue;
        if (!found++)
            text = virshDocumentText(document, i);
    }
    if (!found) {
        virshError(ctl, mac ? "No interface with MAC address %s was found"
                            : "No interface found whose type is %s", mac ? mac : type);
        virshError(ctl, "Failed to detach interface");
        return false;
    }
    if (found > 1) {
        if (mac)
            virshError(ctl, "%zu interfaces have the MAC address %s; use detach-device", found, mac);
        else
            virshError(ctl, "Domain has %zu interfaces. Please specify which one to detach "
                            "using --mac", found);
        return false;
    }
    return virshDetach(ctl, arguments, domain, text, "interface", flags);
}

/* Selects the interface that has the device name or MAC address; false when there is none. */
static bool virshFindNic(virshDocument *document, const char *word, size_t *node)
{
    size_t count = virshDocumentSelect(document, "/domain/devices/interface");

    for (size_t i = 0; i < count; i++) {
        g_autofree char *target = virshDocumentValue(document, i, "string(./target/@dev)");
        g_autofree char *mac = virshDocumentValue(document, i, "string(./mac/@address)");

        if (g_strcmp0(target, word) != 0 && (!mac || g_ascii_strcasecmp(mac, word) != 0))
            continue;
        *node = i;
        return true;
    }
    return false;
}

bool shellDomifSetlink(virshControl *ctl, const virshArguments *arguments)
{
    const char *wanted = NULL, *state = NULL;
    unsigned int flags = 0;
    size_t node = 0;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    g_autoptr(virshDocument) document = NULL;
    g_autofree char *text = NULL;

    if (!domain || !virshString(ctl, arguments, "interface", &wanted) ||
        !virshString(ctl, arguments, "state", &state))
        return false;
    if (!g_str_equal(state, "up") && !g_str_equal(state, "down")) {
        virshError(ctl, "invalid link state '%s'", state);
        return false;
    }
    flags = virshFlag(arguments, "config") || virDomainIsActive(domain) == 0
                ? VIR_DOMAIN_AFFECT_CONFIG
                : VIR_DOMAIN_AFFECT_LIVE;
    document = virshAffected(ctl, domain, flags);
    if (!document)
        return false;
    if (!virshFindNic(document, wanted, &node)) {
        virshError(ctl, "interface '%s' not found", wanted);
        return false;
    }
    virshDocumentSetChild(document, node, "link", "state", state);
    text = virshDocumentText(document, node);
    if (!virshChange(ctl, arguments, domain, text, flags,
                     "Failed to update interface link state"))
        return false;
    if (!virshFlag(arguments, "print-xml"))
        virshExtra(ctl, "Device updated successfully\n");
    return true;
}

/* What change-media does with the medium, and what it calls that. */
typedef struct {
    bool ejects;
    bool inserts;
    const char *source;
    const char *done;
} virshMedium;

static bool virshMediumOf(virshControl *ctl, const virshArguments *arguments,
                          virshMedium *medium)
{
    medium->ejects = virshFlag(arguments, "eject");
    medium->inserts = virshFlag(arguments, "insert");
    medium->done = "updated";
    if (!virshString(ctl, arguments, "source", &medium->source))
        return false;
    if (medium->ejects)
        medium->done = "ejected";
    else if (medium->inserts)
        medium->done = "inserted";
    return true;
}

/* Changes the source of the selected drive; false after reporting why that is not possible. */
static bool virshSetMedium(virshControl *ctl, const virshArguments *arguments,
                           virshDocument *document, size_t node, const virshMedium *medium)
{
    g_autofree char *device = virshDocumentValue(document, node, "string(./@device)");
    g_autofree char *present = virshDocumentValue(document, node, diskSource);
    g_autofree char *target = virshDocumentValue(document, node, "string(./target/@dev)");
    bool block = virshFlag(arguments, "block");

    if (g_strcmp0(device, "cdrom") != 0 && g_strcmp0(device, "floppy") != 0) {
        virshError(ctl, "No disk found whose source path or target is %s",
                   virshText(arguments, "path"));
        return false;
    }
    if (medium->ejects && !present) {
        virshError(ctl, "The disk device '%s' doesn't have media", target);
        return false;
    }
    if (medium->inserts && present) {
        virshError(ctl, "The disk device '%s' already has media", target);
        return false;
    }
    if (!medium->ejects && !medium->source) {
        virshError(ctl, "New disk media source was not specified");
        return false;
    }
    virshDocumentDropChild(document, node, "source");
    if (medium->ejects)
        return true;
    virshDocumentSetAttribute(document, node, "type", block ? "block" : "file");
    virshDocumentSetChild(document, node, "source", block ? "dev" : "file", medium->source);
    return true;
}

bool shellChangeMedia(virshControl *ctl, const virshArguments *arguments)
{
    const char *wanted = NULL;
    virshMedium medium = { 0 };
    unsigned int flags = 0;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    g_autoptr(virshDocument) document = NULL;
    size_t count;

    if (!domain || !virshString(ctl, arguments, "path", &wanted) ||
        !virshMediumOf(ctl, arguments, &medium) ||
        !virshAffect(ctl, arguments, domain, &flags))
        return false;
    document = virshAffected(ctl, domain, flags);
    if (!document)
        return false;
    if (virshFlag(arguments, "force"))
        flags |= VIR_DOMAIN_DEVICE_MODIFY_FORCE;
    count = virshDocumentSelect(document, "/domain/devices/disk");
    for (size_t i = 0; i < count; i++) {
        g_autofree char *target = virshDocumentValue(document, i, "string(./target/@dev)");
        g_autofree char *source = virshDocumentValue(document, i, diskSource);
        g_autofree char *text = NULL;
        g_autofree char *failed = NULL;

        if (g_strcmp0(target, wanted) != 0 && g_strcmp0(source, wanted) != 0)
            continue;
        if (!virshSetMedium(ctl, arguments, document, i, &medium))
            return false;
        text = virshDocumentText(document, i);
        failed = g_strdup_printf("Failed to complete action %s on media",
                                 medium.ejects ? "eject" : medium.inserts ? "insert" : "update");
        if (!virshChange(ctl, arguments, domain, text, flags, failed))
            return false;
        if (!virshFlag(arguments, "print-xml"))
            virshExtra(ctl, "Successfully %s media.", medium.done);
        return true;
    }
    virshError(ctl, "No disk found whose source path or target is %s", wanted);
    return false;
}

/* Selects the memory device that --alias or --node names, or the only one. */
static bool virshFindMemory(virshControl *ctl, const virshArguments *arguments,
                            virshDocument *document)
{
    const char *alias = virshText(arguments, "alias");
    unsigned int cell = 0;
    g_autofree char *path = NULL;
    size_t count;

    if (!virshUint(ctl, arguments, "node", &cell))
        return false;
    if (alias && strpbrk(alias, "'\"")) {
        virshError(ctl, "no memory device found");
        return false;
    }
    if (alias)
        path = g_strdup_printf("/domain/devices/memory[alias/@name='%s']", alias);
    else if (virshFlag(arguments, "node"))
        path = g_strdup_printf("/domain/devices/memory[target/node='%u']", cell);
    else
        path = g_strdup("/domain/devices/memory");
    count = virshDocumentSelect(document, path);
    if (count != 1)
        virshError(ctl, count ? "multiple memory devices found, use --alias or --node to select one"
                              : "no memory device found");
    return count == 1;
}

bool shellUpdateMemoryDevice(virshControl *ctl, const virshArguments *arguments)
{
    unsigned int flags = 0;
    unsigned long long bytes = 0;
    g_autoptr(virshDomain) domain = NULL;
    g_autoptr(virshDocument) document = NULL;
    g_autofree char *text = NULL;

    domain = virshFindDomain(ctl, arguments, "domain", NULL);
    if (!domain || !virshAffect(ctl, arguments, domain, &flags))
        return false;
    document = virshAffected(ctl, domain, flags);
    if (!document || !virshFindMemory(ctl, arguments, document) ||
        !virshSize(ctl, arguments, "requested-size", 1024, &bytes))
        return false;
    if (virshFlag(arguments, "requested-size")) {
        g_autofree char *size = g_strdup_printf("%llu", bytes / 1024);

        if (!virshDocumentSetInner(document, 0, "./target/requested", "unit", "KiB", size)) {
            virshError(ctl, "virtio-mem device is missing <requested/>");
            return false;
        }
    }
    text = virshDocumentText(document, 0);
    return virshChange(ctl, arguments, domain, text, flags, "Failed to update device");
}
