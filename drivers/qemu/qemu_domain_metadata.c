/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Titles, descriptions and metadata of guests. */

#include <string.h>

#include <libvirt/virterror.h>

#include "document/metadata.h"
#include "document/raise.h"
#include "driver/qemu.h"
#include "qemu_change.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "runtime/objects.h"

typedef struct {
    int type;
    const char *text, *key, *uri;
} Metadata;

/* Whether type, key and namespace go together; else raises. */
static bool
argumentsFit(const Metadata *data, bool set)
{
    const char *why = NULL;

    switch ((virDomainMetadataType) data->type) {
    case VIR_DOMAIN_METADATA_TITLE:
        if (data->text && strchr(data->text, '\n'))
            why = "metadata title can't contain newlines";
        G_GNUC_FALLTHROUGH;
    case VIR_DOMAIN_METADATA_DESCRIPTION:
        if (data->uri)
            why = "uri must be NULL";
        else if (data->key)
            why = "key must be NULL";
        break;
    case VIR_DOMAIN_METADATA_ELEMENT:
        if (!data->uri)
            why = "uri must not be NULL";
        else if (set && data->text && !data->key)
            why = "key must not be NULL";
        else if (data->key && !virDocMetadataKeyFits(data->key))
            why = "the key cannot be the prefix of a namespace";
        break;
    default:
        why = "unknown metadata type";
    }
    if (why)
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG, "%s", why);
    return !why;
}

static char *
textOf(const virDocDomain *document, const Metadata *data)
{
    if (data->type == VIR_DOMAIN_METADATA_TITLE)
        return g_strdup(document->title);
    if (data->type == VIR_DOMAIN_METADATA_DESCRIPTION)
        return g_strdup(document->description);
    return virDocMetadataGet(document->metadata, data->uri);
}

char *
qemuDomainGetMetadata(virDomainPtr handle, int type, const char *uri, unsigned int flags)
{
    const Metadata data = { .type = type, .uri = uri };
    const virDocDomain *document;
    qemuDomain *domain;
    char *text = NULL;

    if (!argumentsFit(&data, /* set= */ false))
        return NULL;
    domain = qemuDomainLock(handle);
    if (!domain)
        return NULL;
    document = qemuDomainSide(domain, flags);
    if (document) {
        text = textOf(document, &data);
        if (!text)
            virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_NO_DOMAIN_METADATA,
                          "Requested metadata element is not present");
    }
    qemuDomainUnlock(domain);
    return text;
}

/* Whether an element can be put into a document, by doing so with a copy. */
static bool
fits(const virDocDomain *document, const void *opaque)
{
    const Metadata *data = opaque;
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    g_autofree char *metadata = g_strdup(document->metadata);

    if (data->type != VIR_DOMAIN_METADATA_ELEMENT ||
        virDocMetadataSet(&metadata, data->key, data->uri, data->text, issues))
        return true;
    virDocIssuesRaise(issues, VIR_FROM_DOMAIN);
    return false;
}

static void
edit(virDocDomain *document, const void *opaque)
{
    const Metadata *data = opaque;
    char **place = data->type == VIR_DOMAIN_METADATA_TITLE ? &document->title :
                   &document->description;

    if (data->type == VIR_DOMAIN_METADATA_ELEMENT) {
        g_autoptr(virDocIssues) issues = virDocIssuesNew();

        virDocMetadataSet(&document->metadata, data->key, data->uri, data->text, issues);
        return;
    }
    g_free(*place);
    *place = data->text && *data->text ? g_strdup(data->text) : NULL;
}

int
qemuDomainSetMetadata(virDomainPtr handle, int type, const char *metadata, const char *key,
                      const char *uri, unsigned int flags)
{
    static const qemuChange change = { .check = fits, .edit = edit };
    const Metadata data = { .type = type, .text = metadata, .key = key, .uri = uri };
    qemuDomain *domain;
    int ret;

    if (!argumentsFit(&data, /* set= */ true))
        return -1;
    domain = qemuDomainBegin(handle, QEMU_JOB_MODIFY);
    if (!domain)
        return -1;
    ret = qemuDomainChangeLocked(domain, flags, &change, &data);
    if (ret == 0)
        virEventStateQueue(domain->host->events,
                           virDomainEventMetadataChangeNew(domain->name, domain->uuid, domain->id,
                                                           type, uri));
    qemuDomainEnd(domain);
    return ret;
}
