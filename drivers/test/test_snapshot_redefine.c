/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Snapshots that are made known again, and images that are put on top of others. */

#include <string.h>

#include <libvirt/virterror.h>

#include "conf/domain_find.h"
#include "runtime/error.h"
#include "test_snapshot.h"

void
testSnapshotsRetell(testMoments *snapshots)
{
    for (const GList *one = snapshots->all.head; one; one = one->next) {
        const testMoment *moment = one->data;
        virDocDomainSnapshot *document = moment->document;

        g_free(document->parentName);
        document->parentName = moment->parent ? g_strdup(moment->parent->name) : NULL;
    }
}

/* The parent that a document names: 0 and NULL for none, -1 with an error raised. */
static int
findParent(const testDomain *domain, const virDocDomainSnapshot *document,
           const testMoment *replaced, testMoment **parent)
{
    *parent = NULL;
    if (!document->parentName)
        return 0;
    *parent = g_hash_table_lookup(domain->snapshots->byName, document->parentName);
    if (!*parent) {
        virErrorRaise(VIR_FROM_DOMAIN_SNAPSHOT, VIR_ERR_INVALID_ARG,
                      "parent %s for snapshot %s not found", document->parentName,
                      document->name);
        return -1;
    }
    if (replaced && (*parent == replaced || testMomentIsBelow(*parent, replaced))) {
        virErrorRaise(VIR_FROM_DOMAIN_SNAPSHOT, VIR_ERR_INVALID_ARG,
                      "parent %s would create cycle to %s", document->parentName, document->name);
        return -1;
    }
    return 0;
}

static bool
belongsTo(const testDomain *domain, const virDocDomainSnapshot *document)
{
    if (!document->state) {
        virErrorRaise(VIR_FROM_DOMAIN_SNAPSHOT, VIR_ERR_INTERNAL_ERROR,
                      "missing state from existing snapshot");
        return false;
    }
    if (document->domain && (!document->domain->hasUuid ||
                             memcmp(document->domain->uuid, domain->uuid, VIR_UUID_BUFLEN) != 0)) {
        virErrorRaise(VIR_FROM_DOMAIN_SNAPSHOT, VIR_ERR_INVALID_ARG,
                      "the definition in snapshot %s is not of domain '%s'", document->name,
                      domain->name);
        return false;
    }
    return true;
}

bool
testSnapshotRedefine(testDomain *domain, virDocDomainSnapshot *document, unsigned int flags)
{
    testMoment *known = g_hash_table_lookup(domain->snapshots->byName, document->name);
    bool current = flags & VIR_DOMAIN_SNAPSHOT_CREATE_CURRENT ||
        (document->hasActive && document->active);
    testMoment *parent;

    if (!belongsTo(domain, document) || findParent(domain, document, known, &parent) < 0) {
        virDocDomainSnapshotFree(document);
        return false;
    }
    document->hasActive = false;
    if (known) {
        virDocDomainSnapshot *before = known->document;

        /* A definition that is not told again stays known. */
        if (!document->domain)
            document->domain = g_steal_pointer(&before->domain);
        virDocDomainSnapshotFree(before);
        known->document = document;
        testMomentSetParent(known, parent);
    } else {
        known = testMomentsAdd(domain->snapshots, document->name, parent, document);
    }
    if (current)
        domain->snapshots->current = known;
    return true;
}

/* The name of an image on top of another one, as programs expect it. */
static char *
overlayName(const char *path, const char *snapshot)
{
    const char *dot = strrchr(path, '.'), *slash = strrchr(path, '/');
    int stem = dot && (!slash || dot > slash) ? (int) (dot - path) : (int) strlen(path);

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
testSnapshotOverlay(testDomain *domain, virDocDomainSnapshot *document)
{
    for (size_t i = 0; i < document->ndisks; i++) {
        virDocDomainSnapshotDisk *chosen = document->disks[i];
        virDocDomainDisk *disk = virConfDomainFindDisk(domain->live, chosen->name);
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
