/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Titles, descriptions and metadata of the networks of the test hypervisor. */

#include <string.h>

#include <libvirt/virterror.h>

#include "document/metadata.h"
#include "document/raise.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "runtime/objects.h"
#include "test_network.h"

/* Whether type, key and namespace go together; else raises. */
static bool
argumentsFit(int type, const char *metadata, const char *key, const char *uri, bool set)
{
    const char *why = NULL;

    switch ((virNetworkMetadataType) type) {
    case VIR_NETWORK_METADATA_TITLE:
        if (metadata && strchr(metadata, '\n'))
            why = "a title is one line";
        G_GNUC_FALLTHROUGH;
    case VIR_NETWORK_METADATA_DESCRIPTION:
        if (uri || key)
            why = "a title or description has no 'uri' and 'key'";
        break;
    case VIR_NETWORK_METADATA_ELEMENT:
        if (!uri)
            why = "an element is found by its 'uri'";
        else if (set && metadata && !key)
            why = "a new element needs a 'key', the prefix of its namespace";
        else if (key && !virDocMetadataKeyFits(key))
            why = "the 'key' cannot be the prefix of a namespace";
        break;
    default:
        why = "there is no such type of metadata";
    }
    if (why)
        virErrorRaise(VIR_FROM_NETWORK, VIR_ERR_INVALID_ARG, "%s", why);
    return !why;
}

static char *
read(const virDocNetwork *document, int type, const char *uri)
{
    if (type == VIR_NETWORK_METADATA_TITLE)
        return g_strdup(document->title);
    if (type == VIR_NETWORK_METADATA_DESCRIPTION)
        return g_strdup(document->description);
    return virDocMetadataGet(document->metadata, uri);
}

/* The one document that is asked about; NULL with an error raised. */
static const virDocNetwork *
documentOf(testNetwork *network, unsigned int flags)
{
    const unsigned int both = VIR_NETWORK_UPDATE_AFFECT_LIVE | VIR_NETWORK_UPDATE_AFFECT_CONFIG;
    virDocNetwork *live, *config;

    if ((flags & both) == both) {
        virErrorRaise(VIR_FROM_NETWORK, VIR_ERR_INVALID_ARG,
                      "either the live or the persistent metadata is read");
        return NULL;
    }
    if (!testNetworkToChange(network, flags, &live, &config))
        return NULL;
    return live ? live : config;
}

char *
testNetworkGetMetadata(virNetworkPtr handle, int type, const char *uri, unsigned int flags)
{
    const virDocNetwork *document;
    testNetwork *network;
    char *text = NULL;

    if (!argumentsFit(type, /* metadata= */ NULL, /* key= */ NULL, uri, /* set= */ false))
        return NULL;
    network = testNetworkLock(handle);
    if (!network)
        return NULL;
    document = documentOf(network, flags);
    if (document) {
        text = read(document, type, uri);
        if (!text)
            virErrorRaise(VIR_FROM_NETWORK, VIR_ERR_NO_NETWORK_METADATA,
                          "network '%s' has no such metadata", network->head.name);
    }
    testNetworkUnlock(handle);
    return text;
}

static void
replaceText(char **place, const char *text)
{
    g_free(*place);
    *place = text && *text ? g_strdup(text) : NULL;
}

/* Changes one document, which may be NULL; false with an error raised. */
static bool
write(virDocNetwork *document, int type, const char *metadata, const char *key, const char *uri)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();

    if (!document)
        return true;
    if (type != VIR_NETWORK_METADATA_ELEMENT) {
        replaceText(type == VIR_NETWORK_METADATA_TITLE ? &document->title
                                                       : &document->description, metadata);
        return true;
    }
    if (virDocMetadataSet(&document->metadata, key, uri, metadata, issues))
        return true;
    virDocIssuesRaise(issues, VIR_FROM_NETWORK);
    return false;
}

int
testNetworkSetMetadata(virNetworkPtr handle, int type, const char *metadata, const char *key,
                       const char *uri, unsigned int flags)
{
    testHost *host = testHostOf(handle->conn);
    virDocNetwork *live, *config;
    testNetwork *network;
    int ret = -1;

    if (!argumentsFit(type, metadata, key, uri, /* set= */ true))
        return -1;
    network = testNetworkLock(handle);
    if (!network)
        return -1;
    /* An element that fits one document fits the other: only the element itself can be wrong. */
    if (testNetworkToChange(network, flags, &live, &config) &&
        write(live, type, metadata, key, uri) && write(config, type, metadata, key, uri)) {
        virEventStateQueue(host->events,
                           virNetworkEventMetadataChangeNew(network->head.name,
                                                            network->head.uuid, type, uri));
        ret = 0;
    }
    testNetworkUnlock(handle);
    return ret;
}
