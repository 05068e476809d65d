/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Calls that move the data of disks: pull, copy, commit, rebase; how far they are; their end. */

#include <string.h>

#include <libvirt/virterror.h>

#include "conf/domain_find.h"
#include "document/parse.h"
#include "document/raise.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "runtime/parameters.h"
#include "test_block_job.h"
#include "test_domain_block.h"
#include "test_domain_guest.h"

#define MIB (1024ULL * 1024)

/* A disk of a running domain, locked; NULL unlocked, with an error raised. */
static testDomain *
lockDisk(virDomainPtr handle, const char *name, virDocDomainDisk **disk)
{
    testDomain *domain = testDomainLockGuest(handle);

    if (!domain)
        return NULL;
    *disk = virConfDomainFindDisk(domain->live, name);
    if (*disk)
        return domain;
    testDomainUnlock(handle);
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "disk '%s' was not found in the domain",
                  name);
    return NULL;
}

/* Whether a job can begin on a disk; else raises. */
static bool
isFree(const testDomain *domain, const virDocDomainDisk *disk)
{
    if (!virConfDomainDiskSource(&disk->storage))
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "disk '%s' is empty", disk->targetDev);
    else
        return testBlockJobNone(domain, disk);
    return false;
}

/* A limit in bytes per second; false with an error raised when it is too large to be one. */
static bool
limitOf(unsigned long long bandwidth, bool bytes, unsigned long long *limit)
{
    if (!bytes && bandwidth > G_MAXINT64 / MIB) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OVERFLOW, "bandwidth must be at most %llu MiB/s",
                      G_MAXINT64 / MIB);
        return false;
    }
    *limit = bytes ? bandwidth : bandwidth * MIB;
    return true;
}

static testBlockJob *
newJob(testHost *host, const virDocDomainDisk *disk, int type, unsigned long long limit)
{
    testBlockJob *job = g_new0(testBlockJob, 1);

    job->target = g_strdup(disk->targetDev);
    job->type = type;
    job->limit = limit;
    job->total = testDomainImage(host, disk)->capacity;
    return job;
}

/* The image of a chain with this path; NULL with an error raised when it is not there. */
static const virDocDomainBackingStore *
findImage(const virDocDomainBackingStore *store, const char *path, const char *above)
{
    while (store && g_strcmp0(virConfDomainDiskSource(&store->storage), path) != 0)
        store = store->backingStore;
    if (!store)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "could not find image '%s' beneath '%s'", path, above);
    return store;
}

static int
pull(virDomainPtr handle, const char *name, const char *base, unsigned long long limit)
{
    testHost *host = testHostOf(handle->conn);
    virDocDomainDisk *disk;
    testDomain *domain = lockDisk(handle, name, &disk);
    int ret = -1;

    if (!domain)
        return -1;
    if (isFree(domain, disk) &&
        (!base || findImage(disk->backingStore, base, disk->targetDev))) {
        testBlockJob *job = newJob(host, disk, VIR_DOMAIN_BLOCK_JOB_TYPE_PULL, limit);

        job->base = g_strdup(base);
        testBlockJobBegin(host, domain, job);
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}

int
testDomainBlockPull(virDomainPtr handle, const char *disk, unsigned long bandwidth,
                    unsigned int flags)
{
    unsigned long long limit;

    if (!limitOf(bandwidth, flags & VIR_DOMAIN_BLOCK_PULL_BANDWIDTH_BYTES, &limit))
        return -1;
    return pull(handle, disk, /* base= */ NULL, limit);
}

/* Whether a copy would not be the disk itself; else raises. */
static bool
isElsewhere(const virDocDomainDisk *disk, const virDocDomainMirror *mirror)
{
    const char *path = virConfDomainDiskSource(&mirror->storage);

    if (g_strcmp0(virConfDomainDiskSource(&disk->storage), path) != 0)
        return true;
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "disk '%s' cannot be copied to itself",
                  disk->targetDev);
    return false;
}

/* Begins a copy as flags of virDomainBlockCopyFlags want it; owns the mirror. */
static int
copy(virDomainPtr handle, const char *name, virDocDomainMirror *mirror, unsigned long long limit,
     unsigned int flags)
{
    testHost *host = testHostOf(handle->conn);
    virDocDomainDisk *disk;
    testDomain *domain = lockDisk(handle, name, &disk);
    int ret = -1;

    if (domain && isFree(domain, disk) && isElsewhere(disk, mirror)) {
        mirror->job = VIR_DOC_DOMAIN_MIRROR_JOB_COPY;
        testDomainImageClone(host, disk, virConfDomainDiskSource(&mirror->storage),
                             flags & VIR_DOMAIN_BLOCK_COPY_REUSE_EXT);
        if (flags & VIR_DOMAIN_BLOCK_COPY_SHALLOW && disk->backingStore)
            mirror->backingStore = virDocDomainBackingStoreCopy(disk->backingStore);
        disk->mirror = g_steal_pointer(&mirror);
        testBlockJobBegin(host, domain,
                          newJob(host, disk, VIR_DOMAIN_BLOCK_JOB_TYPE_COPY, limit));
        ret = 0;
    }
    if (domain)
        testDomainUnlock(handle);
    if (mirror)
        virDocDomainMirrorFree(mirror);
    return ret;
}

/* Where a document of a disk wants a copy; NULL with an error raised. */
static virDocDomainMirror *
parseDestination(const char *xml)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    virDocParseOptions options = { .flags = VIR_DOC_PARSE_INACTIVE };
    g_autoptr(virDocDomainDiskDestination) disk =
        virDocParse(&virDocDomainDiskDestinationRecord, NULL, xml, &options, issues);
    virDocDomainMirror *mirror;

    if (!disk) {
        virDocIssuesRaise(issues, VIR_FROM_DOMAIN);
        return NULL;
    }
    if (!virConfDomainDiskSource(&disk->storage)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "the destination has no source");
        return NULL;
    }
    mirror = virDocDomainMirrorNew();
    mirror->storage = disk->storage;
    memset(&disk->storage, 0, sizeof(disk->storage));
    mirror->formatType = disk->driverType;
    return mirror;
}

int
testDomainBlockCopy(virDomainPtr handle, const char *disk, const char *destxml,
                    virTypedParameterPtr params, int nparams, unsigned int flags)
{
    const virTypedParameter *bandwidth, *granularity;
    virDocDomainMirror *mirror;

    if (!virParamsCheck(params, nparams, virDomainBlockCopyKeys, /* known= */ NULL))
        return -1;
    granularity = virParamsFind(params, nparams, VIR_DOMAIN_BLOCK_COPY_GRANULARITY);
    if (granularity && granularity->value.ui & (granularity->value.ui - 1)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "granularity %u is not a power of 2", granularity->value.ui);
        return -1;
    }
    mirror = parseDestination(destxml);
    if (!mirror)
        return -1;
    bandwidth = virParamsFind(params, nparams, VIR_DOMAIN_BLOCK_COPY_BANDWIDTH);
    return copy(handle, disk, mirror, bandwidth ? bandwidth->value.ul : 0, flags);
}

int
testDomainBlockRebase(virDomainPtr handle, const char *disk, const char *base,
                      unsigned long bandwidth, unsigned int flags)
{
    const unsigned int copies = VIR_DOMAIN_BLOCK_REBASE_SHALLOW |
        VIR_DOMAIN_BLOCK_REBASE_REUSE_EXT | VIR_DOMAIN_BLOCK_REBASE_COPY_RAW |
        VIR_DOMAIN_BLOCK_REBASE_COPY_DEV;
    unsigned long long limit;
    virDocDomainMirror *mirror;

    if (!limitOf(bandwidth, flags & VIR_DOMAIN_BLOCK_REBASE_BANDWIDTH_BYTES, &limit))
        return -1;
    if (!(flags & VIR_DOMAIN_BLOCK_REBASE_COPY) && flags & copies) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG,
                      "use of flags requires a copy job");
        return -1;
    }
    if (!(flags & VIR_DOMAIN_BLOCK_REBASE_COPY))
        return pull(handle, disk, base, limit);
    if (!base) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG, "base must not be NULL for a copy");
        return -1;
    }
    mirror = virDocDomainMirrorNew();
    mirror->storage.type = flags & VIR_DOMAIN_BLOCK_REBASE_COPY_DEV ?
        VIR_DOC_DOMAIN_STORAGE_TYPE_BLOCK : VIR_DOC_DOMAIN_STORAGE_TYPE_FILE;
    if (flags & VIR_DOMAIN_BLOCK_REBASE_COPY_DEV)
        mirror->storage.sourceDev = g_strdup(base);
    else
        mirror->storage.sourceFile = g_strdup(base);
    mirror->formatType = flags & VIR_DOMAIN_BLOCK_REBASE_COPY_RAW ?
        VIR_DOC_DOMAIN_STORAGE_FORMAT_RAW : VIR_DOC_DOMAIN_STORAGE_FORMAT_ABSENT;
    /* These flags of both calls have the same values. */
    return copy(handle, disk, mirror, limit,
                flags & (VIR_DOMAIN_BLOCK_REBASE_SHALLOW | VIR_DOMAIN_BLOCK_REBASE_REUSE_EXT));
}

/* What is merged into when nobody says: the last image of a chain, or its first one. An empty
 * record may end the chain. */
static const char *
usualBase(const virDocDomainBackingStore *store, bool shallow)
{
    while (!shallow && store && store->backingStore &&
           virConfDomainDiskSource(&store->backingStore->storage))
        store = store->backingStore;
    return store ? virConfDomainDiskSource(&store->storage) : NULL;
}

/* Begins a commit of a locked domain; 0, or -1 with an error raised. */
static int
commit(testHost *host, testDomain *domain, virDocDomainDisk *disk, const char *base,
       const char *top, unsigned long long limit, unsigned int flags)
{
    bool active = !top || g_strcmp0(top, virConfDomainDiskSource(&disk->storage)) == 0;
    const virDocDomainBackingStore *below = disk->backingStore;
    testBlockJob *job;

    if (active && !(flags & VIR_DOMAIN_BLOCK_COMMIT_ACTIVE)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "commit of '%s' active layer requires active flag", disk->targetDev);
        return -1;
    }
    if (!active) {
        below = findImage(below, top, disk->targetDev);
        if (!below)
            return -1;
        below = below->backingStore;
    }
    if (!base)
        base = usualBase(below, flags & VIR_DOMAIN_BLOCK_COMMIT_SHALLOW);
    if (!base) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "disk '%s' has no image to commit to", disk->targetDev);
        return -1;
    }
    below = findImage(below, base, active ? disk->targetDev : top);
    if (!below)
        return -1;
    job = newJob(host, disk, active ? VIR_DOMAIN_BLOCK_JOB_TYPE_ACTIVE_COMMIT :
                 VIR_DOMAIN_BLOCK_JOB_TYPE_COMMIT, limit);
    job->base = g_strdup(base);
    job->top = active ? NULL : g_strdup(top);
    job->deletes = flags & VIR_DOMAIN_BLOCK_COMMIT_DELETE;
    if (active) {
        g_autofree virDocDomainStorageSource *storage =
            virDocCopy(&virDocDomainStorageSourceRecord, &below->storage);

        disk->mirror = virDocDomainMirrorNew();
        disk->mirror->job = VIR_DOC_DOMAIN_MIRROR_JOB_ACTIVE_COMMIT;
        disk->mirror->storage = *storage;
        disk->mirror->formatType = below->formatType;
    }
    testBlockJobBegin(host, domain, job);
    return 0;
}

int
testDomainBlockCommit(virDomainPtr handle, const char *name, const char *base, const char *top,
                      unsigned long bandwidth, unsigned int flags)
{
    unsigned long long limit;
    virDocDomainDisk *disk;
    testDomain *domain;
    int ret = -1;

    if (!limitOf(bandwidth, flags & VIR_DOMAIN_BLOCK_COMMIT_BANDWIDTH_BYTES, &limit))
        return -1;
    domain = lockDisk(handle, name, &disk);
    if (!domain)
        return -1;
    if (isFree(domain, disk))
        ret = commit(testHostOf(handle->conn), domain, disk, base, top, limit, flags);
    testDomainUnlock(handle);
    return ret;
}

int
testDomainGetBlockJobInfo(virDomainPtr handle, const char *name, virDomainBlockJobInfoPtr info,
                          unsigned int flags)
{
    virDocDomainDisk *disk;
    testDomain *domain = lockDisk(handle, name, &disk);
    const testBlockJob *job;

    if (!domain)
        return -1;
    job = testBlockJobOf(domain, disk);
    memset(info, 0, sizeof(*info));
    if (job) {
        info->type = job->type;
        info->bandwidth = (unsigned long)
            (flags & VIR_DOMAIN_BLOCK_JOB_INFO_BANDWIDTH_BYTES ? job->limit : job->limit / MIB);
        info->cur = testBlockJobMoved(job);
        info->end = job->total;
        /* Only a job that is ready is at its end. */
        if (!job->ready && info->cur == info->end && info->cur > 0)
            info->cur--;
    }
    testDomainUnlock(handle);
    return job != NULL;
}

/* The job of a disk; NULL with an error raised. */
static testBlockJob *
requireJob(const testDomain *domain, const virDocDomainDisk *disk)
{
    testBlockJob *job = testBlockJobOf(domain, disk);

    if (!job)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "disk '%s' does not have an active block job", disk->targetDev);
    return job;
}

int
testDomainBlockJobSetSpeed(virDomainPtr handle, const char *name, unsigned long bandwidth,
                           unsigned int flags)
{
    unsigned long long limit;
    virDocDomainDisk *disk;
    testBlockJob *job;
    testDomain *domain;

    if (!limitOf(bandwidth, flags & VIR_DOMAIN_BLOCK_JOB_SPEED_BANDWIDTH_BYTES, &limit))
        return -1;
    domain = lockDisk(handle, name, &disk);
    if (!domain)
        return -1;
    job = requireJob(domain, disk);
    if (job)
        testBlockJobLimit(testHostOf(handle->conn), domain, job, limit);
    testDomainUnlock(handle);
    return job ? 0 : -1;
}

/* Ends are immediate here, so nobody waits, with or without the flag that asks not to. */
int
testDomainBlockJobAbort(virDomainPtr handle, const char *name, unsigned int flags)
{
    bool pivot = flags & VIR_DOMAIN_BLOCK_JOB_ABORT_PIVOT;
    virDocDomainDisk *disk;
    testDomain *domain = lockDisk(handle, name, &disk);
    testBlockJob *job;
    int ret = -1;

    if (!domain)
        return -1;
    job = requireJob(domain, disk);
    if (job && job->type == VIR_DOMAIN_BLOCK_JOB_TYPE_BACKUP) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                      "disk '%s' is being backed up; abort the job of the domain instead",
                      disk->targetDev);
    } else if (job && pivot && !disk->mirror) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                      "the job of disk '%s' has no other side to pivot to", disk->targetDev);
    } else if (job && pivot && !job->ready) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_BLOCK_COPY_ACTIVE,
                      "disk '%s' not ready for pivot yet", disk->targetDev);
    } else if (job) {
        testBlockJobEnd(testHostOf(handle->conn), domain, job, pivot);
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}
