/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Snapshots of domains: taking, describing, deleting. */

#include "test_snapshot.h"

#include <libvirt/virterror.h>

#include "conf/moment.h"
#include "document/print.h"
#include "document/value.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_block_job.h"

/* Snapshots that one domain can have. */
#define SNAPSHOTS_MAX 4096

const testMomentKind testSnapshotKind = {
    .word = "snapshot",
    .record = &virDocDomainSnapshotRecord,
    .missingCode = VIR_ERR_NO_DOMAIN_SNAPSHOT,
};

testDomain *
testSnapshotLock(virDomainSnapshotPtr handle, testMoment **moment)
{
    testDomain *domain = testDomainLock(handle->domain);

    if (!domain)
        return NULL;
    *moment = testMomentsFind(domain->snapshots, handle->name);
    if (!*moment) {
        testDomainUnlock(handle->domain);
        return NULL;
    }
    return domain;
}

static virDocDomainSnapshotState
stateOf(const testDomain *domain)
{
    /* The document's states stand in the order of the public ones, one higher: 0 is absent. */
    return (virDocDomainSnapshotState) (domain->state + 1);
}

/* Fills in what is true of the domain now; false with an error raised. */
static bool
describe(virDocDomainSnapshot *document, const testDomain *domain, unsigned int flags)
{
    bool disksOnly = flags & VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY;
    const testMoment *parent = domain->snapshots->current;

    document->state = disksOnly ? VIR_DOC_DOMAIN_SNAPSHOT_STATE_DISK_SNAPSHOT : stateOf(domain);
    if (!virConfSnapshotFillDisks(document, domain->live, disksOnly ?
                                  VIR_DOC_DOMAIN_SNAPSHOT_LOCATION_EXTERNAL :
                                  VIR_DOC_DOMAIN_SNAPSHOT_LOCATION_INTERNAL))
        return false;
    if (!document->memorySnapshot)
        document->memorySnapshot = disksOnly || domain->id < 0 ?
            VIR_DOC_DOMAIN_SNAPSHOT_LOCATION_NO : VIR_DOC_DOMAIN_SNAPSHOT_LOCATION_INTERNAL;
    g_free(document->parentName);
    document->parentName = parent ? g_strdup(parent->name) : NULL;
    g_clear_pointer(&document->domain, virDocDomainFree);
    g_clear_pointer(&document->inactiveDomain, virDocDomainFree);
    document->domain = virDocDomainCopy(domain->live);
    document->domain->hasId = false;
    if (domain->next)
        document->inactiveDomain = virDocDomainCopy(domain->next);
    document->hasActive = false;
    return true;
}

static bool
mayTake(const testDomain *domain, const virDocDomainSnapshot *document, unsigned int flags)
{
    if (domain->checkpoints->all.length > 0)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED,
                      "cannot create snapshot while checkpoint exists");
    else if (domain->snapshots->all.length >= SNAPSHOTS_MAX)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_FAILED,
                      "a domain has at most %d snapshots", SNAPSHOTS_MAX);
    else if (g_hash_table_contains(domain->snapshots->byName, document->name))
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_FAILED,
                      "domain moment %s already exists", document->name);
    else if (flags & VIR_DOMAIN_SNAPSHOT_CREATE_LIVE && domain->id < 0)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                      "a live snapshot needs a domain that runs");
    else
        return true;
    return false;
}

/* Takes a snapshot of a domain that is locked, owning the document; false with an error raised. */
static bool
take(virDomainPtr handle, testDomain *domain, virDocDomainSnapshot *document, unsigned int flags)
{
    testHost *host = testHostOf(handle->conn);

    if (!mayTake(domain, document, flags) || !testBlockJobNone(domain, /* disk= */ NULL) ||
        !describe(document, domain, flags)) {
        virDocDomainSnapshotFree(document);
        return false;
    }
    virConfSnapshotOverlay(domain->live, document);
    if (flags & VIR_DOMAIN_SNAPSHOT_CREATE_NO_METADATA)
        virDocDomainSnapshotFree(document);
    else
        domain->snapshots->current = testMomentsAdd(domain->snapshots, document->name,
                                                    domain->snapshots->current, document);
    if (flags & VIR_DOMAIN_SNAPSHOT_CREATE_HALT && domain->id >= 0) {
        testDomainStop(host, domain, VIR_DOMAIN_SHUTOFF_FROM_SNAPSHOT,
                       VIR_DOMAIN_EVENT_STOPPED_FROM_SNAPSHOT);
        handle->id = -1;
    }
    return true;
}

virDomainSnapshotPtr
testDomainSnapshotCreateXML(virDomainPtr handle, const char *xmlDesc, unsigned int flags)
{
    bool redefine = flags & VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE;
    virDocDomainSnapshot *document =
        virConfSnapshotParse(xmlDesc, flags & VIR_DOMAIN_SNAPSHOT_CREATE_VALIDATE, redefine);
    g_autofree char *name = NULL;
    testDomain *domain;
    bool done;

    if (!document)
        return NULL;
    name = g_strdup(document->name);
    domain = testDomainLockForChange(handle);
    if (!domain) {
        virDocDomainSnapshotFree(document);
        return NULL;
    }
    done = redefine ? testSnapshotRedefine(domain, document, flags) :
        take(handle, domain, document, flags);
    testDomainUnlock(handle);
    return done ? virDomainSnapshotNew(handle, name) : NULL;
}

char *
testDomainSnapshotGetXMLDesc(virDomainSnapshotPtr handle, unsigned int flags)
{
    testMoment *moment;
    char *text;

    if (!testSnapshotLock(handle, &moment))
        return NULL;
    text = virDocPrint(&virDocDomainSnapshotRecord, NULL, moment->document,
                       VIR_DOC_PRINT_INACTIVE |
                       (flags & VIR_DOMAIN_SNAPSHOT_XML_SECURE ? VIR_DOC_PRINT_SECURE : 0));
    testDomainUnlock(handle->domain);
    return text;
}

int
testDomainSnapshotDelete(virDomainSnapshotPtr handle, unsigned int flags)
{
    bool only = flags & VIR_DOMAIN_SNAPSHOT_DELETE_CHILDREN_ONLY;
    testDomain *domain = testDomainLockForChange(handle->domain);
    testMoment *moment;

    if (!domain)
        return -1;
    moment = testMomentsFind(domain->snapshots, handle->name);
    if (moment) {
        testMomentsDrop(domain->snapshots, moment, !only,
                        only || flags & VIR_DOMAIN_SNAPSHOT_DELETE_CHILDREN);
        testSnapshotsRetell(domain->snapshots);
    }
    testDomainUnlock(handle->domain);
    return moment ? 0 : -1;
}
