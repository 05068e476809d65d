/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands that make or find the document of a disk or a network interface. */

#include <string.h>
#include <sys/stat.h>

#include "client/arguments.h"
#include "client/commands.h"
#include "client/document.h"
#include "client/lookup.h"
#include "client/output.h"

/* Adds ` name='value'` when there is a value; the value is escaped. */
static void virshAttribute(GString *out, const char *name, const char *value)
{
    if (value) {
        g_autofree char *escaped = g_markup_escape_text(value, -1);

        g_string_append_printf(out, " %s='%s'", name, escaped);
    }
}

/* Adds one empty element with one attribute, when there is a value for it. */
static void virshElement(GString *out, const char *element, const char *name, const char *value)
{
    if (!value)
        return;
    g_string_append_printf(out, "  <%s", element);
    virshAttribute(out, name, value);
    g_string_append(out, "/>\n");
}

/* Without --sourcetype the kind of the source decides: a block device or a file. */
static const char *virshSourceType(const virshArguments *arguments, const char *source)
{
    const char *type = virshText(arguments, "sourcetype");
    struct stat info;

    if (type)
        return type;
    return source && stat(source, &info) == 0 && S_ISBLK(info.st_mode) ? "block" : "file";
}

static char *virshDiskDocument(const virshArguments *arguments)
{
    const char *source = virshText(arguments, "source");
    const char *type = virshSourceType(arguments, source);
    const char *mode = virshText(arguments, "mode");
    const char *driver[] = { "driver", "subdriver", "iothread", "cache", "io" };
    const char *attribute[] = { "name", "type", "iothread", "cache", "io" };
    GString *out = g_string_new("<disk");
    bool tuned = false;

    virshAttribute(out, "type", type);
    virshAttribute(out, "device", virshText(arguments, "type"));
    virshAttribute(out, "rawio", virshFlag(arguments, "rawio") ? "yes" : NULL);
    g_string_append(out, ">\n");
    for (size_t i = 0; i < G_N_ELEMENTS(driver); i++) {
        const char *value = virshText(arguments, driver[i]);

        if (value && !tuned)
            g_string_append(out, "  <driver");
        virshAttribute(out, attribute[i], value);
        tuned |= value != NULL;
    }
    if (tuned)
        g_string_append(out, "/>\n");
    if (source && *source)
        virshElement(out, "source", g_str_equal(type, "block") ? "dev" : "file", source);
    g_string_append(out, "  <target");
    virshAttribute(out, "dev", virshText(arguments, "target"));
    virshAttribute(out, "bus", virshText(arguments, "targetbus"));
    g_string_append(out, "/>\n");
    if (mode)
        g_string_append_printf(out, "  <%s/>\n", mode);
    if (virshText(arguments, "serial")) {
        g_autofree char *serial = g_markup_escape_text(virshText(arguments, "serial"), -1);

        g_string_append_printf(out, "  <serial>%s</serial>\n", serial);
    }
    virshElement(out, "alias", "name", virshText(arguments, "alias"));
    g_string_append(out, "</disk>\n");
    return g_string_free(out, /* free_segment= */ FALSE);
}

/* One of the words a document knows; anything else would be refused much later, or worse. */
static bool virshOneOf(virshControl *ctl, const virshArguments *arguments, const char *option,
                       const char *words)
{
    const char *text = virshText(arguments, option);
    g_auto(GStrv) known = g_strsplit(words, " ", -1);

    if (!text || g_strv_contains((const char *const *)known, text))
        return true;
    virshError(ctl, "No support for %s in command '%s'", text, arguments->command->name);
    return false;
}

bool shellAttachDisk(virshControl *ctl, const virshArguments *arguments)
{
    g_autofree char *text = NULL;
    g_autoptr(virshDomain) domain = NULL;
    unsigned int flags = 0;

    if (!virshOneOf(ctl, arguments, "mode", "readonly shareable") ||
        !virshOneOf(ctl, arguments, "sourcetype", "file block"))
        return false;
    text = virshDiskDocument(arguments);
    if (virshFlag(arguments, "print-xml")) {
        virshPrint(ctl, "%s", text);
        return true;
    }
    domain = virshFindDomain(ctl, arguments, "domain", NULL);
    if (!domain || !virshAffect(ctl, arguments, domain, &flags))
        return false;
    if (virDomainAttachDeviceFlags(domain, text, flags) < 0) {
        virshError(ctl, "Failed to attach disk");
        return false;
    }
    virshExtra(ctl, "Disk attached successfully\n");
    return true;
}

/* average[,peak[,burst[,floor]]] as an element of <bandwidth>. */
static bool virshBandwidth(virshControl *ctl, const virshArguments *arguments, GString *out,
                           const char *direction)
{
    static const char *const names[] = { "average", "peak", "burst", "floor" };
    const char *text = virshText(arguments, direction);
    g_auto(GStrv) parts = NULL;
    size_t count;

    if (!text)
        return true;
    parts = g_strsplit(text, ",", -1);
    count = g_strv_length(parts);
    g_string_append_printf(out, "    <%s", direction);
    for (size_t i = 0; i < count; i++) {
        if (i >= G_N_ELEMENTS(names) || strspn(parts[i], "0123456789") != strlen(parts[i])) {
            virshError(ctl, "%s rate is incorrect", direction);
            return false;
        }
        virshAttribute(out, names[i], *parts[i] ? parts[i] : NULL);
    }
    g_string_append(out, "/>\n");
    return true;
}

static char *virshInterfaceDocument(virshControl *ctl, const virshArguments *arguments)
{
    const char *type = virshText(arguments, "type");
    bool direct = g_str_equal(type, "direct");
    bool limits = virshFlag(arguments, "inbound") || virshFlag(arguments, "outbound");
    g_autoptr(GString) out = g_string_new("<interface");

    virshAttribute(out, "type", type);
    g_string_append(out, ">\n  <source");
    virshAttribute(out, direct ? "dev" : type, virshText(arguments, "source"));
    virshAttribute(out, "mode", direct ? virshText(arguments, "source-mode") : NULL);
    g_string_append(out, "/>\n");
    virshElement(out, "target", "dev", virshText(arguments, "target"));
    virshElement(out, "mac", "address", virshText(arguments, "mac"));
    virshElement(out, "script", "path", virshText(arguments, "script"));
    virshElement(out, "model", "type", virshText(arguments, "model"));
    virshElement(out, "alias", "name", virshText(arguments, "alias"));
    if (limits)
        g_string_append(out, "  <bandwidth>\n");
    if (!virshBandwidth(ctl, arguments, out, "inbound") ||
        !virshBandwidth(ctl, arguments, out, "outbound"))
        return NULL;
    if (limits)
        g_string_append(out, "  </bandwidth>\n");
    g_string_append(out, "</interface>\n");
    return g_string_free(g_steal_pointer(&out), /* free_segment= */ FALSE);
}

bool shellAttachInterface(virshControl *ctl, const virshArguments *arguments)
{
    g_autofree char *text = NULL;
    g_autoptr(virshDomain) domain = NULL;
    unsigned int flags = 0;

    if (!virshOneOf(ctl, arguments, "type", "network bridge direct"))
        return false;
    text = virshInterfaceDocument(ctl, arguments);
    if (!text)
        return false;
    if (virshFlag(arguments, "print-xml")) {
        virshPrint(ctl, "%s", text);
        return true;
    }
    domain = virshFindDomain(ctl, arguments, "domain", NULL);
    if (!domain || !virshAffect(ctl, arguments, domain, &flags))
        return false;
    if (virDomainAttachDeviceFlags(domain, text, flags) < 0) {
        virshError(ctl, "Failed to attach interface");
        return false;
    }
    virshExtra(ctl, "Interface attached successfully\n");
    return true;
}

/* The domain's document as it stands where the change shall happen. */
static virshDocument *virshAffected(virshControl *ctl, virDomainPtr domain, unsigned int flags)
{
    bool inactive = (flags & VIR_DOMAIN_AFFECT_CONFIG) && !(flags & VIR_DOMAIN_AFFECT_LIVE);
    g_autofree char *text = virDomainGetXMLDesc(domain, inactive ? VIR_DOMAIN_XML_INACTIVE : 0);

    return text ? virshDocumentNew(ctl, text, /* blanks= */ true) : NULL;
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
