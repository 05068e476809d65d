/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Titles, descriptions and metadata of domains. */

#include <string.h>

#include <libvirt/virterror.h>

#include "document/metadata.h"
#include "document/raise.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "runtime/objects.h"
#include "test_domain_defs.h"

/* Whether type, key and namespace go together; else raises. */
static bool
argumentsFit(int type, const char *metadata, const char *key, const char *uri, bool set)
{
    const char *why = NULL;

    switch ((virDomainMetadataType) type) {
    case VIR_DOMAIN_METADATA_TITLE:
        if (metadata && strchr(metadata, '\n'))
            why = "metadata title can't contain newlines";
        G_GNUC_FALLTHROUGH;
    case VIR_DOMAIN_METADATA_DESCRIPTION:
        if (uri)
            why = "uri must be NULL";
        else if (key)
            why = "key must be NULL";
        break;
    case VIR_DOMAIN_METADATA_ELEMENT:
        if (!uri)
            why = "uri must not be NULL";
        else if (set && metadata && !key)
            why = "key must not be NULL";
        break;
    default:
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG, "unknown metadata type '%d'", type);
        return false;
    }
    if (why)
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG, "%s", why);
    if (!why && key && !virDocMetadataKeyFits(key)) {
        virErrorRaise(VIR_FROM_XML, VIR_ERR_INTERNAL_ERROR,
                      "'%s' cannot be the prefix of a namespace", key);
        return false;
    }
    return !why;
}

static char *
read(const virDocDomain *document, int type, const char *uri)
{
    if (type == VIR_DOMAIN_METADATA_TITLE)
        return g_strdup(document->title);
    if (type == VIR_DOMAIN_METADATA_DESCRIPTION)
        return g_strdup(document->description);
    return virDocMetadataGet(document->metadata, uri);
}

char *
testDomainGetMetadata(virDomainPtr handle, int type, const char *uri, unsigned int flags)
{
    const virDocDomain *document;
    char *text = NULL;
    testDomain *domain;

    if (!argumentsFit(type, /* metadata= */ NULL, /* key= */ NULL, uri, /* set= */ false))
        return NULL;
    domain = testDomainLock(handle);
    if (!domain)
        return NULL;
    document = testDomainOneDef(domain, flags);
    if (document) {
        text = read(document, type, uri);
        if (!text)
            virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_NO_DOMAIN_METADATA,
                          "Requested metadata element is not present");
    }
    testDomainUnlock(handle);
    return text;
}

static void
replaceText(char **place, const char *text)
{
    g_free(*place);
    *place = text && *text ? g_strdup(text) : NULL;
}

/* Changes one document; what is wrong with an element goes to `issues`. */
static bool
write(virDocDomain *document, int type, const char *metadata, const char *key, const char *uri,
      virDocIssues *issues)
{
    if (type == VIR_DOMAIN_METADATA_ELEMENT)
        return virDocMetadataSet(&document->metadata, key, uri, metadata, issues);
    replaceText(type == VIR_DOMAIN_METADATA_TITLE ? &document->title : &document->description,
                metadata);
    return true;
}

/* Changes all documents or, with an error raised, none. */
static bool
writeAll(testDomainDefs *defs, int type, const char *metadata, const char *key, const char *uri)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    g_autofree char *before = defs->live ? g_strdup(defs->live->metadata) : NULL;

    if (defs->live && !write(defs->live, type, metadata, key, uri, issues)) {
        virDocIssuesRaise(issues, VIR_FROM_DOMAIN);
        return false;
    }
    if (defs->config && !write(defs->config, type, metadata, key, uri, issues)) {
        if (defs->live) {
            g_free(defs->live->metadata);
            defs->live->metadata = g_steal_pointer(&before);
        }
        virDocIssuesRaise(issues, VIR_FROM_DOMAIN);
        return false;
    }
    return true;
}

int
testDomainSetMetadata(virDomainPtr handle, int type, const char *metadata, const char *key,
                      const char *uri, unsigned int flags)
{
    testDomainDefs defs;
    testDomain *domain;
    int ret = -1;

    if (!argumentsFit(type, metadata, key, uri, /* set= */ true))
        return -1;
    domain = testDomainLockForChange(handle);
    if (!domain)
        return -1;
    if (testDomainDefsToChange(domain, flags, &defs) && writeAll(&defs, type, metadata, key, uri)) {
        virEventStateQueue(handle->conn->events,
                           virDomainEventMetadataChangeNew(domain->name, domain->uuid, domain->id,
                                                           type, uri));
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}
