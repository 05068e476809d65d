/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Checkpoints of domains: making, describing, listing, deleting. */

#include "test_checkpoint.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "conf/domain_find.h"
#include "conf/moment.h"
#include "document/print.h"
#include "document/value.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_domain_block.h"
#include "test_domain_stats.h"

/* Checkpoints that one domain can have. */
#define CHECKPOINTS_MAX 4096

const testMomentKind testCheckpointKind = {
    .word = "checkpoint",
    .record = &virDocDomainCheckpointRecord,
    .missingCode = VIR_ERR_NO_DOMAIN_CHECKPOINT,
};

/* A checkpoint and its domain, locked; NULL unlocked, with an error raised. */
static testDomain *
lockCheckpoint(virDomainCheckpointPtr handle, testMoment **moment)
{
    testDomain *domain = testDomainLock(handle->domain);

    if (!domain)
        return NULL;
    *moment = testMomentsFind(domain->checkpoints, handle->name);
    if (!*moment) {
        testDomainUnlock(handle->domain);
        return NULL;
    }
    return domain;
}

/* Whether the domain has no snapshots, in whose images bitmaps would get lost; else raises. */
static bool
hasNoSnapshots(const testDomain *domain)
{
    if (domain->snapshots->all.length > 0)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED,
                      "cannot create checkpoint while snapshot exists");
    return domain->snapshots->all.length == 0;
}

/* That is asked before the document is read. */
static bool
mayBegin(virDomainPtr handle)
{
    testDomain *domain = testDomainLock(handle);
    bool may;

    if (!domain)
        return false;
    may = hasNoSnapshots(domain);
    testDomainUnlock(handle);
    return may;
}

bool
testCheckpointMay(const testDomain *domain, virDocDomainCheckpoint *document)
{
    if (!hasNoSnapshots(domain))
        return false;
    if (domain->checkpoints->all.length >= CHECKPOINTS_MAX)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_FAILED,
                      "a domain has at most %d checkpoints", CHECKPOINTS_MAX);
    else if (g_hash_table_contains(domain->checkpoints->byName, document->name))
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_FAILED,
                      "domain moment %s already exists", document->name);
    else
        return testDomainRequireActive(domain) && virConfCheckpointFillDisks(document, domain->live);
    return false;
}

void
testCheckpointMake(testDomain *domain, virDocDomainCheckpoint *document)
{
    testMoments *moments = domain->checkpoints;

    g_free(document->parentName);
    document->parentName = moments->current ? g_strdup(moments->current->name) : NULL;
    g_clear_pointer(&document->domain, virDocDomainFree);
    document->domain = virDocDomainCopy(domain->live);
    document->domain->hasId = false;
    moments->current = testMomentsAdd(moments, document->name, moments->current, document);
    moments->current->ran = testDomainRanEver(domain);
}

static bool
make(testDomain *domain, virDocDomainCheckpoint *document)
{
    if (!testCheckpointMay(domain, document))
        return false;
    testCheckpointMake(domain, document);
    return true;
}

/* Makes a checkpoint known again, or replaces what is known of it. */
static bool
redefine(testDomain *domain, virDocDomainCheckpoint *document)
{
    testMoments *moments = domain->checkpoints;
    testMoment *known = g_hash_table_lookup(moments->byName, document->name);
    testMoment *parent = document->parentName ?
        g_hash_table_lookup(moments->byName, document->parentName) : NULL;

    if (document->parentName &&
        (!parent || (known && (parent == known || testMomentIsBelow(parent, known))))) {
        virErrorRaise(VIR_FROM_DOMAIN_CHECKPOINT, VIR_ERR_INVALID_ARG,
                      "parent %s for checkpoint %s %s", document->parentName, document->name,
                      parent ? "would create cycle" : "not found");
        return false;
    }
    if (document->domain && (!document->domain->hasUuid ||
                             memcmp(document->domain->uuid, domain->uuid, VIR_UUID_BUFLEN) != 0)) {
        virErrorRaise(VIR_FROM_DOMAIN_CHECKPOINT, VIR_ERR_INVALID_ARG,
                      "the definition in checkpoint %s is not of domain '%s'", document->name,
                      domain->name);
        return false;
    }
    if (!known) {
        moments->current = testMomentsAdd(moments, document->name, parent, document);
        /* Nobody says how long ago that was: what follows is known. */
        moments->current->ran = testDomainRanEver(domain);
        return true;
    }
    virDocDomainCheckpointFree(known->document);
    known->document = document;
    testMomentSetParent(known, parent);
    return true;
}

virDomainCheckpointPtr
testDomainCheckpointCreateXML(virDomainPtr handle, const char *xmlDesc, unsigned int flags)
{
    bool again = flags & VIR_DOMAIN_CHECKPOINT_CREATE_REDEFINE;
    g_autoptr(virDocDomainCheckpoint) document = NULL;
    g_autofree char *name = NULL;
    testDomain *domain;
    bool done;

    if (!mayBegin(handle))
        return NULL;
    document = virConfCheckpointParse(xmlDesc, again);
    if (!document)
        return NULL;
    name = g_strdup(document->name);
    domain = testDomainLockForChange(handle);
    if (!domain)
        return NULL;
    done = again ? redefine(domain, document) : make(domain, document);
    if (done)
        document = NULL;
    testDomainUnlock(handle);
    return done ? virDomainCheckpointNew(handle, name) : NULL;
}

/* How much of a disk changed since: the guest writes evenly. */
static void
addSizes(testHost *host, const testDomain *domain, const testMoment *moment,
         virDocDomainCheckpoint *document)
{
    unsigned long long written = testDomainWrittenSince(domain, moment->ran);

    for (size_t i = 0; i < document->ndisks; i++) {
        virDocDomainCheckpointDisk *disk = document->disks[i];
        const virDocDomainDisk *of = virConfDomainFindDisk(domain->live, disk->name);
        const testDiskImage *image = of ? testDomainImage(host, of) : NULL;

        disk->hasSize = image && disk->checkpoint == VIR_DOC_DOMAIN_CHECKPOINT_KIND_BITMAP;
        disk->size = disk->hasSize ? MIN(written, image->capacity) : 0;
    }
}

char *
testDomainCheckpointGetXMLDesc(virDomainCheckpointPtr handle, unsigned int flags)
{
    testMoment *moment;
    testDomain *domain = lockCheckpoint(handle, &moment);
    g_autoptr(virDocDomainCheckpoint) document = NULL;
    bool size = flags & VIR_DOMAIN_CHECKPOINT_XML_SIZE;
    char *text = NULL;

    if (!domain)
        return NULL;
    document = virDocDomainCheckpointCopy(moment->document);
    if (flags & VIR_DOMAIN_CHECKPOINT_XML_NO_DOMAIN)
        g_clear_pointer(&document->domain, virDocDomainFree);
    if (!size || testDomainRequireActive(domain)) {
        if (size)
            addSizes(testHostOf(handle->domain->conn), domain, moment, document);
        text = virDocPrint(&virDocDomainCheckpointRecord, NULL, document,
                           flags & VIR_DOMAIN_CHECKPOINT_XML_SECURE ? VIR_DOC_PRINT_SECURE : 0);
    }
    testDomainUnlock(handle->domain);
    return text;
}

static testMomentFilter
filterOf(unsigned int flags, const testMoment *from)
{
    return (testMomentFilter) {
        .from = from,
        .deep = from && flags & VIR_DOMAIN_CHECKPOINT_LIST_DESCENDANTS,
        .roots = !from && flags & VIR_DOMAIN_CHECKPOINT_LIST_ROOTS,
        .leaves = flags & VIR_DOMAIN_CHECKPOINT_LIST_LEAVES,
        .inner = flags & VIR_DOMAIN_CHECKPOINT_LIST_NO_LEAVES,
        .topological = flags & VIR_DOMAIN_CHECKPOINT_LIST_TOPOLOGICAL,
    };
}

/* Handles of what a filter lets through; `list` NULL: just counts. Called with the lock held. */
static int
handles(virDomainPtr handle, const testMoments *moments, testMomentFilter filter,
        virDomainCheckpointPtr **list)
{
    g_autoptr(GPtrArray) found = testMomentsList(moments, &filter);

    if (list) {
        *list = g_new0(virDomainCheckpointPtr, found->len + 1);
        for (guint i = 0; i < found->len; i++)
            (*list)[i] = virDomainCheckpointNew(handle,
                                                ((testMoment *) g_ptr_array_index(found, i))->name);
    }
    return (int) found->len;
}

int
testDomainListAllCheckpoints(virDomainPtr handle, virDomainCheckpointPtr **checkpoints,
                             unsigned int flags)
{
    testDomain *domain = testDomainLock(handle);
    int count;

    if (!domain)
        return -1;
    count = handles(handle, domain->checkpoints, filterOf(flags, NULL), checkpoints);
    testDomainUnlock(handle);
    return count;
}

int
testDomainCheckpointListAllChildren(virDomainCheckpointPtr handle,
                                    virDomainCheckpointPtr **children, unsigned int flags)
{
    testMoment *moment;
    testDomain *domain = lockCheckpoint(handle, &moment);
    int count;

    if (!domain)
        return -1;
    count = handles(handle->domain, domain->checkpoints, filterOf(flags, moment), children);
    testDomainUnlock(handle->domain);
    return count;
}

virDomainCheckpointPtr
testDomainCheckpointLookupByName(virDomainPtr handle, const char *name,
                                 unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = testDomainLock(handle);
    virDomainCheckpointPtr found = NULL;

    if (!domain)
        return NULL;
    if (testMomentsFind(domain->checkpoints, name))
        found = virDomainCheckpointNew(handle, name);
    testDomainUnlock(handle);
    return found;
}

virDomainCheckpointPtr
testDomainCheckpointGetParent(virDomainCheckpointPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    virDomainCheckpointPtr parent = NULL;
    testMoment *moment;

    if (!lockCheckpoint(handle, &moment))
        return NULL;
    if (moment->parent)
        parent = virDomainCheckpointNew(handle->domain, moment->parent->name);
    else
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_DOMAIN_CHECKPOINT,
                      "checkpoint '%s' does not have a parent", handle->name);
    testDomainUnlock(handle->domain);
    return parent;
}

int
testDomainCheckpointDelete(virDomainCheckpointPtr handle, unsigned int flags)
{
    bool only = flags & VIR_DOMAIN_CHECKPOINT_DELETE_CHILDREN_ONLY;
    testDomain *domain = testDomainLockForChange(handle->domain);
    testMoment *moment;

    if (!domain)
        return -1;
    moment = testMomentsFind(domain->checkpoints, handle->name);
    if (moment) {
        testMomentsDrop(domain->checkpoints, moment, !only,
                        only || flags & VIR_DOMAIN_CHECKPOINT_DELETE_CHILDREN);
        for (const GList *one = domain->checkpoints->all.head; one; one = one->next) {
            const testMoment *other = one->data;
            virDocDomainCheckpoint *document = other->document;

            g_free(document->parentName);
            document->parentName = other->parent ? g_strdup(other->parent->name) : NULL;
        }
    }
    testDomainUnlock(handle->domain);
    return moment ? 0 : -1;
}
