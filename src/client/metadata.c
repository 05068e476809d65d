/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands that show and change title, description and custom metadata of domains and networks. */

#include "client/arguments.h"
#include "client/commands.h"
#include "client/edit.h"
#include "client/output.h"
#include "client/report.h"
#include "client/virsh_objects.h"

/* One object's metadata of one type, and the functions for its kind of object. */
typedef struct {
    const char *kind; /* "domain", as sentences have it */
    const char *opening; /* at the beginning of a sentence */
    const char *name;
    int missing; /* the error code of what is not there */
    virDomainPtr domain;
    virNetworkPtr network;
    int type; /* virDomainMetadataType, whose numbers are those of networks, too */
    const char *key;
    const char *uri;
    unsigned int flags;
} virshMetadata;

G_STATIC_ASSERT((int)VIR_DOMAIN_METADATA_DESCRIPTION == (int)VIR_NETWORK_METADATA_DESCRIPTION);
G_STATIC_ASSERT((int)VIR_DOMAIN_METADATA_TITLE == (int)VIR_NETWORK_METADATA_TITLE);
G_STATIC_ASSERT((int)VIR_DOMAIN_METADATA_ELEMENT == (int)VIR_NETWORK_METADATA_ELEMENT);
G_STATIC_ASSERT((int)VIR_DOMAIN_AFFECT_LIVE == (int)VIR_NETWORK_UPDATE_AFFECT_LIVE);
G_STATIC_ASSERT((int)VIR_DOMAIN_AFFECT_CONFIG == (int)VIR_NETWORK_UPDATE_AFFECT_CONFIG);

static virshMetadata virshMetadataOfDomain(virDomainPtr domain)
{
    virshMetadata metadata = { .kind = "domain", .opening = "Domain", .domain = domain,
                               .name = domain ? virDomainGetName(domain) : NULL,
                               .missing = VIR_ERR_NO_DOMAIN_METADATA };

    return metadata;
}

static virshMetadata virshMetadataOfNetwork(virNetworkPtr network)
{
    virshMetadata metadata = { .kind = "network", .opening = "Network", .network = network,
                               .name = network ? virNetworkGetName(network) : NULL,
                               .missing = VIR_ERR_NO_NETWORK_METADATA };

    return metadata;
}

static char *virshMetadataGet(const virshMetadata *metadata)
{
    return metadata->domain ? virDomainGetMetadata(metadata->domain, metadata->type,
                                                   metadata->uri, metadata->flags)
                            : virNetworkGetMetadata(metadata->network, metadata->type,
                                                    metadata->uri, metadata->flags);
}

static int virshMetadataSet(const virshMetadata *metadata, const char *text)
{
    return metadata->domain ? virDomainSetMetadata(metadata->domain, metadata->type, text,
                                                   metadata->key, metadata->uri, metadata->flags)
                            : virNetworkSetMetadata(metadata->network, metadata->type, text,
                                                    metadata->key, metadata->uri,
                                                    metadata->flags);
}

static bool virshMetadataStore(virshControl *ctl G_GNUC_UNUSED, const char *text, void *opaque)
{
    const virshMetadata *metadata = opaque;
    g_autofree char *value = g_strdup(text);

    if (metadata->type != VIR_DOMAIN_METADATA_ELEMENT)
        g_strchomp(value);
    return virshMetadataSet(metadata, *value ? value : NULL) == 0;
}

/* What is there now; NULL when there is nothing, which is no failure. */
static char *virshMetadataNow(virshControl *ctl, const virshMetadata *metadata)
{
    char *text = virshMetadataGet(metadata);

    if (!text && virGetLastErrorCode() == metadata->missing)
        virshForgetFailure(ctl);
    return text;
}

static bool virshDescEdit(virshControl *ctl, virshMetadata *metadata, const char *word)
{
    g_autofree char *old = virshMetadataNow(ctl, metadata);

    if (!old && ctl->failure)
        return false;
    switch (virshEdit(ctl, old ? old : "", virshMetadataStore, metadata)) {
    case VIRSH_EDIT_FAILED:
        return false;
    case VIRSH_EDIT_UNCHANGED:
        virshPrint(ctl, "%s %s not changed\n", metadata->opening, word);
        return true;
    case VIRSH_EDIT_STORED:
        virshExtra(ctl, "%s %s updated successfully", metadata->opening, word);
        return true;
    }
    return false;
}

/* Title or description: shown, edited, or replaced by the further words. */
static bool virshDesc(virshControl *ctl, const virshArguments *arguments, virshMetadata *metadata)
{
    g_autofree char *text = virshRest(arguments, "new-desc");
    bool title = virshFlag(arguments, "title");
    const char *word = title ? "title" : "description";
    g_autofree char *old = NULL;

    metadata->type = title ? VIR_DOMAIN_METADATA_TITLE : VIR_DOMAIN_METADATA_DESCRIPTION;
    if (virshFlag(arguments, "edit"))
        return virshDescEdit(ctl, metadata, word);
    if (text) {
        if (!virshMetadataStore(ctl, text, metadata)) {
            virshError(ctl, "Failed to set new %s %s", metadata->kind, word);
            return false;
        }
        virshExtra(ctl, "%s %s updated successfully", metadata->opening, word);
        return true;
    }
    old = virshMetadataNow(ctl, metadata);
    if (!old && ctl->failure)
        return false;
    if (old || virshWantsJson(arguments))
        return virshAnswer(ctl, arguments, "text", old);
    virshExtra(ctl, "No %s for %s: %s", word, metadata->kind, metadata->name);
    return true;
}

bool shellDesc(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    virshMetadata metadata = virshMetadataOfDomain(domain);

    return domain && virshAffect(ctl, arguments, domain, &metadata.flags) &&
           virshDesc(ctl, arguments, &metadata);
}

bool shellNetDesc(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshNetwork) network = virshFindNetwork(ctl, arguments, "network", NULL);
    virshMetadata metadata = virshMetadataOfNetwork(network);

    return network && virshAffect(ctl, arguments, /* domain= */ NULL, &metadata.flags) &&
           virshDesc(ctl, arguments, &metadata);
}

static bool virshElementEdit(virshControl *ctl, virshMetadata *metadata)
{
    g_autofree char *old = virshMetadataNow(ctl, metadata);

    if (!old && ctl->failure)
        return false;
    switch (virshEdit(ctl, old ? old : "\n", virshMetadataStore, metadata)) {
    case VIRSH_EDIT_FAILED:
        return false;
    case VIRSH_EDIT_UNCHANGED:
        virshPrint(ctl, "Metadata not changed");
        return true;
    case VIRSH_EDIT_STORED:
        virshExtra(ctl, "Metadata modified");
        return true;
    }
    return false;
}

/* The element of one namespace: shown, edited, replaced or removed. */
static bool virshElement(virshControl *ctl, const virshArguments *arguments,
                         virshMetadata *metadata)
{
    const char *set = virshText(arguments, "set");
    bool removal = virshFlag(arguments, "remove");
    g_autofree char *old = NULL;

    metadata->type = VIR_DOMAIN_METADATA_ELEMENT;
    if (!virshString(ctl, arguments, "uri", &metadata->uri) ||
        !virshString(ctl, arguments, "key", &metadata->key))
        return false;
    if ((set || virshFlag(arguments, "edit")) && !metadata->key) {
        virshError(ctl, "namespace key is required when modifying metadata");
        return false;
    }
    if (virshFlag(arguments, "edit"))
        return virshElementEdit(ctl, metadata);
    if (set || removal) {
        if (virshMetadataSet(metadata, set) < 0)
            return false;
        virshExtra(ctl, removal ? "Metadata removed\n" : "Metadata modified\n");
        return true;
    }
    old = virshMetadataGet(metadata);
    if (old)
        virshPrint(ctl, "%s\n", old);
    return old != NULL;
}

bool shellMetadata(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    virshMetadata metadata = virshMetadataOfDomain(domain);

    return domain && virshAffect(ctl, arguments, domain, &metadata.flags) &&
           virshElement(ctl, arguments, &metadata);
}

bool shellNetMetadata(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshNetwork) network = virshFindNetwork(ctl, arguments, "network", NULL);
    virshMetadata metadata = virshMetadataOfNetwork(network);

    return network && virshAffect(ctl, arguments, /* domain= */ NULL, &metadata.flags) &&
           virshElement(ctl, arguments, &metadata);
}
