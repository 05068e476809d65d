/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Snapshots that are made known again, and images that are put on top of others. */

#include <string.h>

#include <libvirt/virterror.h>

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
