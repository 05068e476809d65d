/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where the consoles and displays of a domain are found. */

#include <string.h>

#include "client/arguments.h"
#include "client/commands.h"
#include "client/document.h"
#include "client/lookup.h"
#include "client/output.h"
#include "client/report.h"

bool shellTtyconsole(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    g_autoptr(virshDocument) document = NULL;
    g_autofree char *tty = NULL;
    g_autoptr(virshReport) report = NULL;

    if (!domain)
        return false;
    document = virshDomainDocument(ctl, domain, /* inactive= */ false);
    if (!document || !virshDocumentSelect(document, "/domain"))
        return false;
    tty = virshDocumentValue(document, 0, "string(/domain/devices/console/@tty)");
    if (!tty)
        return false;
    report = virshReportNew(ctl, arguments);
    virshReportRow(report);
    virshPutText(report, "tty", tty);
    return virshReportEnd(report);
}

bool shellVncdisplay(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    g_autoptr(virshDocument) document = NULL;
    g_autofree char *port = NULL;
    g_autofree char *listen = NULL;
    g_autofree char *display = NULL;
    g_autoptr(virshReport) report = NULL;
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
    display = g_strdup_printf("%s:%d",
                              listen && !g_str_equal(listen, "0.0.0.0") ? listen : "",
                              (int)(number - 5900));
    report = virshReportNew(ctl, arguments);
    virshReportRow(report);
    virshPutText(report, "display", display);
    return virshReportEnd(report);
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
    g_autoptr(virshReport) report = NULL;
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
    report = virshWantsJson(arguments) ? virshReportNew(ctl, arguments) : NULL;
    count = virshDocumentSelect(document, "/domain/devices/graphics");
    for (size_t i = 0; i < count && (!found || virshFlag(arguments, "all")); i++) {
        g_autofree char *uri = virshDisplayUri(document, i);

        if (!uri || (only && !(g_str_has_prefix(uri, only) && uri[strlen(only)] == ':')))
            continue;
        found = true;
        if (report) {
            virshReportRow(report);
            virshPutText(report, "uri", uri);
            continue;
        }
        /* one display is no line of its own: the end of the command ends it */
        virshPrint(ctl, virshFlag(arguments, "all") ? "%s\n" : "%s", uri);
    }
    if (!found)
        virshError(ctl, only ? "No graphical display with type '%s' found"
                             : "No graphical display found", only);
    return found && (!report || virshReportEnd(report));
}
