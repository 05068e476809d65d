/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Completes names that are found in the documents of a domain or of the host. */

#include "client/commands.h"
#include "client/completers.h"
#include "client/document.h"
#include "client/lookup.h"
#include "client/output.h"

/* Values that a path gives for every selected node of the domain's document. */
static void virshOfferParts(virshControl *ctl, const virshArguments *arguments, GPtrArray *found,
                            const char *prefix, const char *nodes, const char *const *values)
{
    g_autoptr(virshDomain) domain = NULL;
    g_autofree char *text = NULL;
    g_autoptr(virshDocument) document = NULL;
    size_t count;

    if (!virshFlag(arguments, "domain"))
        return;
    domain = virshFindDomain(ctl, arguments, "domain", NULL);
    text = domain ? virDomainGetXMLDesc(domain, 0) : NULL;
    document = text ? virshDocumentNew(ctl, text, /* blanks= */ true) : NULL;
    if (!document)
        return;
    count = virshDocumentSelect(document, nodes);
    for (size_t i = 0; i < count; i++)
        for (size_t v = 0; values[v]; v++) {
            g_autofree char *word = virshDocumentValue(document, i, values[v]);

            virshOffer(found, prefix, word);
        }
}

void offerDisk(virshControl *ctl, const virshArguments *arguments, GPtrArray *found,
               const char *prefix)
{
    static const char *const values[] = { "string(./target/@dev)", "string(./source/@file)",
                                          "string(./source/@dev)", NULL };

    virshOfferParts(ctl, arguments, found, prefix, "/domain/devices/disk", values);
}

void offerInterface(virshControl *ctl, const virshArguments *arguments, GPtrArray *found,
                    const char *prefix)
{
    static const char *const values[] = { "string(./target/@dev)", "string(./mac/@address)",
                                          NULL };

    virshOfferParts(ctl, arguments, found, prefix, "/domain/devices/interface", values);
}

void offerAlias(virshControl *ctl, const virshArguments *arguments, GPtrArray *found,
                const char *prefix)
{
    static const char *const values[] = { "string(./alias/@name)", NULL };

    virshOfferParts(ctl, arguments, found, prefix, "/domain/devices/*[alias]", values);
}

void offerArch(virshControl *ctl, const virshArguments *arguments G_GNUC_UNUSED,
               GPtrArray *found, const char *prefix)
{
    g_autofree char *text = virConnectGetCapabilities(ctl->connection);
    g_autoptr(virshDocument) document = NULL;
    size_t count;

    document = text ? virshDocumentNew(ctl, text, /* blanks= */ true) : NULL;
    count = document ? virshDocumentSelect(document, "/capabilities/guest/arch") : 0;
    for (size_t i = 0; i < count; i++) {
        g_autofree char *word = virshDocumentValue(document, i, "string(./@name)");

        virshOffer(found, prefix, word);
    }
}
