/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Knows objects from what tells of them: documents, saved images and names.
 *
 * Documents are read by the same parser that drivers use, so both see the same name in them.
 */

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "access/checks.h"
#include "access/guard.h"
#include "document/domain.h"
#include "document/interface.h"
#include "document/network.h"
#include "document/networkport.h"
#include "document/nodedev.h"
#include "document/nwfilter.h"
#include "document/nwfilterbinding.h"
#include "document/parse.h"
#include "document/raise.h"
#include "document/secret.h"
#include "document/storagepool.h"
#include "document/storagevol.h"
#include "runtime/error.h"
#include "runtime/objects.h"

static const unsigned char nobody[VIR_UUID_BUFLEN];

static void *
parse(const virDocRecord *record, const char *text, int domain)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    void *document = virDocParse(record, NULL, text, NULL, issues);

    if (!document)
        virDocIssuesRaise(issues, domain);
    return document;
}

void *
virAccessDomainOfDocument(void *self, const char *told, const char *name)
{
    g_autoptr(virDocDomain) document = parse(&virDocDomainRecord, told, VIR_FROM_DOMAIN);

    if (!document)
        return NULL;
    return virDomainNew(self, name ? name : document->name,
                        document->hasUuid ? document->uuid : nobody, -1);
}

/* The image says of which domain it is; the driver reads it. */
void *
virAccessDomainOfImage(void *self, const char *told, const char *name)
{
    virConnectPtr conn = self;
    g_autofree char *text = NULL;

    if (!virAccessBehind(conn)->hypervisor->DomainSaveImageGetXMLDesc) {
        virAccessUnknown("DomainSaveImageGetXMLDesc");
        return NULL;
    }
    text = virAccessBehind(conn)->hypervisor->DomainSaveImageGetXMLDesc(conn, told, 0);
    return text ? virAccessDomainOfDocument(conn, text, name) : NULL;
}

/* One that is there, or else one that is going to be called so. */
void *
virAccessDomainOfName(void *self, const char *told, const char *name G_GNUC_UNUSED)
{
    virConnectPtr conn = self;
    virDomainPtr found = NULL;

    if (virAccessBehind(conn)->hypervisor->DomainLookupByName)
        found = virAccessBehind(conn)->hypervisor->DomainLookupByName(conn, told);
    if (found)
        return found;
    virErrorReset();
    return virDomainNew(conn, told, nobody, -1);
}

void *
virAccessInterfaceOfDocument(void *self, const char *told, const char *name G_GNUC_UNUSED)
{
    g_autoptr(virDocInterface) document = parse(&virDocInterfaceRecord, told, VIR_FROM_INTERFACE);
    g_autofree char *address = NULL;

    if (!document)
        return NULL;
    if (document->hasMacAddress) {
        const unsigned char *mac = document->macAddress;

        address = g_strdup_printf("%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2], mac[3],
                                  mac[4], mac[5]);
    }
    return virInterfaceNew(self, document->name, address);
}

void *
virAccessNetworkOfDocument(void *self, const char *told, const char *name G_GNUC_UNUSED)
{
    g_autoptr(virDocNetwork) document = parse(&virDocNetworkRecord, told, VIR_FROM_NETWORK);

    if (!document)
        return NULL;
    return virNetworkNew(self, document->name, document->hasUuid ? document->uuid : nobody);
}

void *
virAccessNetworkPortOfDocument(void *self, const char *told, const char *name G_GNUC_UNUSED)
{
    g_autoptr(virDocNetworkPort) document = parse(&virDocNetworkPortRecord, told, VIR_FROM_NETWORK);

    return document ? virNetworkPortNew(self, document->hasUuid ? document->uuid : nobody) : NULL;
}

void *
virAccessNodeDeviceOfDocument(void *self, const char *told, const char *name G_GNUC_UNUSED)
{
    g_autoptr(virDocNodeDevice) document = parse(&virDocNodeDeviceRecord, told, VIR_FROM_NODEDEV);

    return document ? virNodeDeviceNew(self, document->name, NULL) : NULL;
}

void *
virAccessNWFilterOfDocument(void *self, const char *told, const char *name G_GNUC_UNUSED)
{
    g_autoptr(virDocNwFilter) document = parse(&virDocNwFilterRecord, told, VIR_FROM_NWFILTER);

    if (!document)
        return NULL;
    return virNWFilterNew(self, document->name, document->hasUuid ? document->uuid : nobody);
}

void *
virAccessNWFilterBindingOfDocument(void *self, const char *told, const char *name G_GNUC_UNUSED)
{
    g_autoptr(virDocNwFilterBinding) document = parse(&virDocNwFilterBindingRecord, told,
                                                      VIR_FROM_NWFILTER);

    if (!document)
        return NULL;
    return virNWFilterBindingNew(self, document->portdevName, document->filterref->filter);
}

/* What a secret is used for, as the public interface has it. */
static const char *
usageOf(const virDocSecret *document, int *type)
{
    const virDocSecretUse *use = document->use;

    if (!use)
        return NULL;
    *type = (int) use->type;
    return use->volume ? use->volume : use->name ? use->name : use->target;
}

void *
virAccessSecretOfDocument(void *self, const char *told, const char *name G_GNUC_UNUSED)
{
    g_autoptr(virDocSecret) document = parse(&virDocSecretRecord, told, VIR_FROM_SECRET);
    int type = VIR_SECRET_USAGE_TYPE_NONE;
    const char *usage;

    if (!document)
        return NULL;
    usage = usageOf(document, &type);
    return virSecretNew(self, document->hasUuid ? document->uuid : nobody, type, usage);
}

/* A pool without a name of its own has that of its source. */
void *
virAccessStoragePoolOfDocument(void *self, const char *told, const char *name G_GNUC_UNUSED)
{
    g_autoptr(virDocStoragePool) document = parse(&virDocStoragePoolRecord, told, VIR_FROM_STORAGE);

    if (!document)
        return NULL;
    return virStoragePoolNew(self,
                             document->name ? document->name : document->sourceName,
                             document->hasUuid ? document->uuid : nobody);
}

void *
virAccessStorageVolOfDocument(void *self, const char *told, const char *name G_GNUC_UNUSED)
{
    g_autoptr(virDocStorageVol) document = parse(&virDocStorageVolRecord, told, VIR_FROM_STORAGE);
    virStoragePoolPtr pool = self;

    /* The key follows from the pool, so nobody knows it yet. */
    return document ? virStorageVolNew(pool->conn, pool->name, document->name, NULL) : NULL;
}
