/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finding and listing snapshots of domains. */

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_snapshot.h"

#define STATES (VIR_DOMAIN_SNAPSHOT_LIST_INACTIVE | VIR_DOMAIN_SNAPSHOT_LIST_ACTIVE |   \
                VIR_DOMAIN_SNAPSHOT_LIST_DISK_ONLY)
#define PLACES (VIR_DOMAIN_SNAPSHOT_LIST_INTERNAL | VIR_DOMAIN_SNAPSHOT_LIST_EXTERNAL)
#define METADATA (VIR_DOMAIN_SNAPSHOT_LIST_METADATA | VIR_DOMAIN_SNAPSHOT_LIST_NO_METADATA)

static bool
isExternal(const virDocDomainSnapshot *document)
{
    if (document->memorySnapshot == VIR_DOC_DOMAIN_SNAPSHOT_LOCATION_EXTERNAL)
        return true;
    for (size_t i = 0; i < document->ndisks; i++) {
        if (document->disks[i]->snapshot == VIR_DOC_DOMAIN_SNAPSHOT_LOCATION_EXTERNAL)
            return true;
    }
    return false;
}

/* Filters that only snapshots have. */
static bool
selected(const testMoment *moment, unsigned int flags)
{
    const virDocDomainSnapshot *document = moment->document;
    unsigned int state = VIR_DOMAIN_SNAPSHOT_LIST_ACTIVE;

    if (document->state == VIR_DOC_DOMAIN_SNAPSHOT_STATE_SHUTOFF)
        state = VIR_DOMAIN_SNAPSHOT_LIST_INACTIVE;
    else if (document->state == VIR_DOC_DOMAIN_SNAPSHOT_STATE_DISK_SNAPSHOT)
        state = VIR_DOMAIN_SNAPSHOT_LIST_DISK_ONLY;
    /* There is no snapshot that only its image knows of. */
    return (!(flags & STATES) || flags & state) &&
           (!(flags & PLACES) || flags & (isExternal(document) ?
                                          VIR_DOMAIN_SNAPSHOT_LIST_EXTERNAL :
                                          VIR_DOMAIN_SNAPSHOT_LIST_INTERNAL)) &&
           (!(flags & METADATA) || flags & VIR_DOMAIN_SNAPSHOT_LIST_METADATA);
}

static testMomentFilter
filterOf(unsigned int flags, const testMoment *from)
{
    return (testMomentFilter) {
        .from = from,
        .deep = from && flags & VIR_DOMAIN_SNAPSHOT_LIST_DESCENDANTS,
        .roots = !from && flags & VIR_DOMAIN_SNAPSHOT_LIST_ROOTS,
        .leaves = flags & VIR_DOMAIN_SNAPSHOT_LIST_LEAVES,
        .inner = flags & VIR_DOMAIN_SNAPSHOT_LIST_NO_LEAVES,
        .topological = flags & VIR_DOMAIN_SNAPSHOT_LIST_TOPOLOGICAL,
        .also = selected,
        .flags = flags,
    };
}

static int
names(virDomainPtr handle, char **list, int max, unsigned int flags)
{
    testDomain *domain = testDomainLock(handle);
    testMomentFilter filter = filterOf(flags, NULL);
    int count;

    if (!domain)
        return -1;
    count = testMomentsNames(domain->snapshots, &filter, list, max);
    testDomainUnlock(handle);
    return count;
}

int
testDomainSnapshotNum(virDomainPtr handle, unsigned int flags)
{
    return names(handle, NULL, 0, flags);
}

int
testDomainSnapshotListNames(virDomainPtr handle, char **list, int nameslen, unsigned int flags)
{
    return names(handle, list, nameslen, flags);
}

static int
childNames(virDomainSnapshotPtr handle, char **list, int max, unsigned int flags)
{
    testMoment *moment;
    testDomain *domain = testSnapshotLock(handle, &moment);
    testMomentFilter filter;
    int count;

    if (!domain)
        return -1;
    filter = filterOf(flags, moment);
    count = testMomentsNames(domain->snapshots, &filter, list, max);
    testDomainUnlock(handle->domain);
    return count;
}

int
testDomainSnapshotNumChildren(virDomainSnapshotPtr handle, unsigned int flags)
{
    return childNames(handle, NULL, 0, flags);
}

int
testDomainSnapshotListChildrenNames(virDomainSnapshotPtr handle, char **list, int nameslen,
                                    unsigned int flags)
{
    return childNames(handle, list, nameslen, flags);
}

/* Handles of what a filter lets through; `snaps` NULL: just counts. Called with the lock held. */
static int
handles(virDomainPtr handle, const testMoments *moments, const testMomentFilter *filter,
        virDomainSnapshotPtr **snaps)
{
    g_autoptr(GPtrArray) list = testMomentsList(moments, filter);

    if (snaps) {
        *snaps = g_new0(virDomainSnapshotPtr, list->len + 1);
        for (guint i = 0; i < list->len; i++)
            (*snaps)[i] = virDomainSnapshotNew(handle,
                                               ((testMoment *) g_ptr_array_index(list, i))->name);
    }
    return (int) list->len;
}

int
testDomainListAllSnapshots(virDomainPtr handle, virDomainSnapshotPtr **snaps, unsigned int flags)
{
    testDomain *domain = testDomainLock(handle);
    testMomentFilter filter = filterOf(flags, NULL);
    int count;

    if (!domain)
        return -1;
    count = handles(handle, domain->snapshots, &filter, snaps);
    testDomainUnlock(handle);
    return count;
}

int
testDomainSnapshotListAllChildren(virDomainSnapshotPtr handle, virDomainSnapshotPtr **snaps,
                                  unsigned int flags)
{
    testMoment *moment;
    testDomain *domain = testSnapshotLock(handle, &moment);
    testMomentFilter filter;
    int count;

    if (!domain)
        return -1;
    filter = filterOf(flags, moment);
    count = handles(handle->domain, domain->snapshots, &filter, snaps);
    testDomainUnlock(handle->domain);
    return count;
}

virDomainSnapshotPtr
testDomainSnapshotLookupByName(virDomainPtr handle, const char *name,
                               unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = testDomainLock(handle);
    virDomainSnapshotPtr found = NULL;

    if (!domain)
        return NULL;
    if (testMomentsFind(domain->snapshots, name))
        found = virDomainSnapshotNew(handle, name);
    testDomainUnlock(handle);
    return found;
}

int
testDomainHasCurrentSnapshot(virDomainPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = testDomainLock(handle);
    int has;

    if (!domain)
        return -1;
    has = domain->snapshots->current != NULL;
    testDomainUnlock(handle);
    return has;
}

virDomainSnapshotPtr
testDomainSnapshotCurrent(virDomainPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = testDomainLock(handle);
    virDomainSnapshotPtr current = NULL;

    if (!domain)
        return NULL;
    if (domain->snapshots->current)
        current = virDomainSnapshotNew(handle, domain->snapshots->current->name);
    else
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_DOMAIN_SNAPSHOT,
                      "the domain does not have a current snapshot");
    testDomainUnlock(handle);
    return current;
}

virDomainSnapshotPtr
testDomainSnapshotGetParent(virDomainSnapshotPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    virDomainSnapshotPtr parent = NULL;
    testMoment *moment;

    if (!testSnapshotLock(handle, &moment))
        return NULL;
    if (moment->parent)
        parent = virDomainSnapshotNew(handle->domain, moment->parent->name);
    else
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_DOMAIN_SNAPSHOT,
                      "snapshot '%s' does not have a parent", handle->name);
    testDomainUnlock(handle->domain);
    return parent;
}

int
testDomainSnapshotIsCurrent(virDomainSnapshotPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    testMoment *moment;
    testDomain *domain = testSnapshotLock(handle, &moment);
    int is;

    if (!domain)
        return -1;
    is = domain->snapshots->current == moment;
    testDomainUnlock(handle->domain);
    return is;
}

int
testDomainSnapshotHasMetadata(virDomainSnapshotPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    testMoment *moment;

    /* What the host knows of a snapshot is its metadata. */
    if (!testSnapshotLock(handle, &moment))
        return -1;
    testDomainUnlock(handle->domain);
    return 1;
}
