/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Documents of snapshots and checkpoints: names, times, and what becomes of each disk. */

#include "conf/moment.h"

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <string.h>

#include "conf/domain_find.h"
#include "document/parse.h"
#include "document/raise.h"
#include "document/value.h"
#include "runtime/error.h"

/* A time as a name, when the document has none. */
static void
fillNames(virDocDomainSnapshot *document)
{
    if (!document->hasCreationTime) {
        document->hasCreationTime = true;
        document->creationTime = (unsigned long long)(g_get_real_time() / G_USEC_PER_SEC);
    }
    if (!document->name || !*document->name) {
        g_free(document->name);
        document->name = g_strdup_printf("%llu", document->creationTime);
    }
}

/* Whether a snapshot can be called so; one that was made known before says when and how. */
static bool
nameFits(virDocDomainSnapshot *document, bool redefine)
{
    if (redefine && !document->name)
        virErrorRaise(VIR_FROM_DOMAIN_SNAPSHOT, VIR_ERR_XML_ERROR,
                      "a redefined snapshot must have a name");
    else if (redefine && !document->hasCreationTime)
        virErrorRaise(VIR_FROM_DOMAIN_SNAPSHOT, VIR_ERR_INTERNAL_ERROR,
                      "missing creationTime from existing snapshot");
    else {
        fillNames(document);
        if (!strchr(document->name, '/') && *document->name != '.')
            return true;
        virErrorRaise(VIR_FROM_DOMAIN_SNAPSHOT, VIR_ERR_XML_DETAIL,
                      "invalid snapshot name '%s': it begins with a dot or contains a slash",
                      document->name);
    }
    return false;
}

virDocDomainSnapshot *
virConfSnapshotParse(const char *xml, bool strict, bool redefine)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    virDocParseOptions options = {
        .flags = VIR_DOC_PARSE_INACTIVE | (strict ? VIR_DOC_PARSE_STRICT : 0),
    };
    g_autoptr(virDocDomainSnapshot) document =
        virDocParse(&virDocDomainSnapshotRecord, NULL, xml, &options, issues);

    if (!document)
        virDocIssuesRaise(issues, VIR_FROM_DOMAIN_SNAPSHOT);
    if (!document || !nameFits(document, redefine))
        return NULL;
    return g_steal_pointer(&document);
}

static virDocDomainSnapshotDisk *
findSnapshotDisk(const virDocDomainSnapshot *document, const virDocDomainDisk *disk)
{
    for (size_t i = 0; i < document->ndisks; i++) {
        const char *name = document->disks[i]->name;

        if (g_strcmp0(name, disk->targetDev) == 0 ||
            g_strcmp0(name, virConfDomainDiskSource(&disk->storage)) == 0)
            return document->disks[i];
    }
    return NULL;
}

bool
virConfSnapshotFillDisks(virDocDomainSnapshot *document, const virDocDomain *of,
                         virDocDomainSnapshotLocation usual)
{
    for (size_t i = 0; i < document->ndisks; i++) {
        if (!virConfDomainFindDisk(of, document->disks[i]->name)) {
            virErrorRaise(VIR_FROM_DOMAIN_SNAPSHOT, VIR_ERR_CONFIG_UNSUPPORTED,
                          "no disk named '%s'", document->disks[i]->name);
            return false;
        }
    }
    for (size_t i = 0; i < of->ndisks; i++) {
        virDocDomainSnapshotDisk *disk = findSnapshotDisk(document, of->disks[i]);

        if (!virConfDomainDiskSource(&of->disks[i]->storage) && !disk)
            continue;
        if (!disk) {
            disk = virDocDomainSnapshotDiskNew();
            disk->name = g_strdup(of->disks[i]->targetDev);
            disk->snapshot = of->disks[i]->snapshot;
            VIR_DOC_LIST_ADD(document, disks, disk);
        }
        if (!disk->snapshot)
            disk->snapshot = virConfDomainDiskSource(&disk->storage) ?
                VIR_DOC_DOMAIN_SNAPSHOT_LOCATION_EXTERNAL : usual;
    }
    return true;
}

/* The name of an image on top of another one, as programs expect it. */
static char *
overlayName(const char *path, const char *snapshot)
{
    const char *dot = strrchr(path, '.'), *slash = strrchr(path, '/');
    int stem = dot && (!slash || dot > slash) ? (int)(dot - path) : (int)strlen(path);

    return g_strdup_printf("%.*s.%s", stem, path, snapshot);
}

/* The image below, as a backing store with all that is below it. */
static virDocDomainBackingStore *
backingOf(virDocDomainDisk *disk)
{
    virDocDomainBackingStore *store = virDocDomainBackingStoreNew();

    store->storage = disk->storage;
    store->formatType = disk->driverType;
    store->backingStore = g_steal_pointer(&disk->backingStore);
    memset(&disk->storage, 0, sizeof(disk->storage));
    return store;
}

void
virConfSnapshotOverlay(virDocDomain *of, virDocDomainSnapshot *document)
{
    for (size_t i = 0; i < document->ndisks; i++) {
        virDocDomainSnapshotDisk *chosen = document->disks[i];
        virDocDomainDisk *disk = virConfDomainFindDisk(of, chosen->name);
        const char *wanted = virConfDomainDiskSource(&chosen->storage);
        const char *source = disk ? virConfDomainDiskSource(&disk->storage) : NULL;
        g_autofree char *path = NULL;

        if (chosen->snapshot != VIR_DOC_DOMAIN_SNAPSHOT_LOCATION_EXTERNAL || !source)
            continue;
        path = wanted ? g_strdup(wanted) : overlayName(source, document->name);
        disk->backingStore = backingOf(disk);
        disk->driverType = VIR_DOC_DOMAIN_STORAGE_FORMAT_QCOW2;
        disk->storage.type = VIR_DOC_DOMAIN_STORAGE_TYPE_FILE;
        disk->storage.sourceFile = g_strdup(path);
        if (!wanted) {
            chosen->storage.type = VIR_DOC_DOMAIN_STORAGE_TYPE_FILE;
            chosen->storage.sourceFile = g_strdup(path);
        }
        chosen->driverType = VIR_DOC_DOMAIN_STORAGE_FORMAT_QCOW2;
    }
}

virDocDomainCheckpoint *
virConfCheckpointParse(const char *xml, bool redefine)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    virDocParseOptions options = { .flags = VIR_DOC_PARSE_INACTIVE };
    g_autoptr(virDocDomainCheckpoint) document = virDocParse(&virDocDomainCheckpointRecord, NULL,
                                                             xml, &options, issues);

    if (!document) {
        virDocIssuesRaise(issues, VIR_FROM_DOMAIN_CHECKPOINT);
        return NULL;
    }
    if (redefine && !document->name) {
        virErrorRaise(VIR_FROM_DOMAIN_CHECKPOINT, VIR_ERR_XML_ERROR,
                      "a redefined checkpoint must have a name");
        return NULL;
    }
    if (redefine && !document->hasCreationTime) {
        virErrorRaise(VIR_FROM_DOMAIN_CHECKPOINT, VIR_ERR_INTERNAL_ERROR,
                      "missing creationTime from existing checkpoint");
        return NULL;
    }
    if (!redefine) {
        document->hasCreationTime = true;
        document->creationTime = (unsigned long long)(g_get_real_time() / G_USEC_PER_SEC);
    }
    if (!document->name || !*document->name) {
        g_free(document->name);
        document->name = g_strdup_printf("%llu", document->creationTime);
    }
    return g_steal_pointer(&document);
}

bool
virConfCheckpointFillDisks(virDocDomainCheckpoint *document, const virDocDomain *of)
{
    bool all = document->ndisks == 0;

    for (size_t i = 0; all && i < of->ndisks; i++) {
        virDocDomainCheckpointDisk *disk;

        if (!virConfDomainDiskSource(&of->disks[i]->storage))
            continue;
        disk = virDocDomainCheckpointDiskNew();
        disk->name = g_strdup(of->disks[i]->targetDev);
        VIR_DOC_LIST_ADD(document, disks, disk);
    }
    for (size_t i = 0; i < document->ndisks; i++) {
        virDocDomainCheckpointDisk *disk = document->disks[i];

        if (!virConfDomainFindDisk(of, disk->name)) {
            virErrorRaise(VIR_FROM_DOMAIN_CHECKPOINT, VIR_ERR_CONFIG_UNSUPPORTED,
                          "no disk named '%s'", disk->name);
            return false;
        }
        if (!disk->checkpoint)
            disk->checkpoint = VIR_DOC_DOMAIN_CHECKPOINT_KIND_BITMAP;
        if (!disk->bitmap && disk->checkpoint == VIR_DOC_DOMAIN_CHECKPOINT_KIND_BITMAP)
            disk->bitmap = g_strdup(document->name);
    }
    return true;
}
