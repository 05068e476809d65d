/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Jobs that move the data of disks: their progress, their end, and what becomes of the chain. */

#include "test_block_job.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "base/uuid.h"
#include "conf/domain_find.h"
#include "document/value.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "test_backup.h"
#include "test_domain_clock.h"

/* How fast the model moves data when nobody limits it. */
#define BYTES_PER_SECOND (16ULL * 1024 * 1024 * 1024 * 1024)

static void
freeJob(gpointer data)
{
    testBlockJob *job = data;

    g_free(job->target);
    g_free(job->base);
    g_free(job->top);
    g_free(job);
}

testBlockJob *
testBlockJobOf(const testDomain *domain, const virDocDomainDisk *disk)
{
    return domain->blockJobs ? g_hash_table_lookup(domain->blockJobs, disk->targetDev) : NULL;
}

bool
testBlockJobNone(const testDomain *domain, const virDocDomainDisk *disk)
{
    if (disk && testBlockJobOf(domain, disk))
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_BLOCK_COPY_ACTIVE,
                      "disk '%s' already in active block job", disk->targetDev);
    else if (!disk && domain->blockJobs && g_hash_table_size(domain->blockJobs) > 0)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_BLOCK_COPY_ACTIVE, "domain has active block job");
    else
        return true;
    return false;
}

void
testBlockJobsDrop(testDomain *domain)
{
    for (size_t i = 0; domain->blockJobs && i < domain->live->ndisks; i++) {
        if (domain->live->disks[i]->mirror)
            g_clear_pointer(&domain->live->disks[i]->mirror, virDocDomainMirrorFree);
    }
    g_clear_pointer(&domain->blockJobs, g_hash_table_unref);
}

static unsigned long long
speed(const testBlockJob *job)
{
    return job->limit ? job->limit : BYTES_PER_SECOND;
}

unsigned long long
testBlockJobMoved(const testBlockJob *job)
{
    double moved = (double) (g_get_monotonic_time() - job->since) / G_USEC_PER_SEC *
        (double) speed(job) + (double) job->moved;

    /* Whatever the clock says: a job is through when its end was announced. */
    if (job->ready)
        return job->total;
    if (job->waits)
        return job->moved;
    return moved < (double) job->total ? (unsigned long long) moved : job->total;
}

/* Tells of a disk by its target, and by its source as older programs want it. */
static void
announce(testHost *host, const testDomain *domain, const testBlockJob *job, int status)
{
    const virDocDomainDisk *disk = virConfDomainFindDisk(domain->live, job->target);
    const char *source = disk ? virConfDomainDiskSource(&disk->storage) : NULL;

    virEventStateQueue(host->events,
                       virDomainEventBlockJobNew(domain->name, domain->uuid, domain->id,
                                                 source ? source : job->target, job->type, status));
    virEventStateQueue(host->events,
                       virDomainEventBlockJob2New(domain->name, domain->uuid, domain->id,
                                                  job->target, job->type, status));
}

/* The place that refers to an image, from one place of a chain down; with no path, the end of the
 * chain; NULL when it is not there. */
static virDocDomainBackingStore **
placeOf(virDocDomainBackingStore **place, const char *path)
{
    while (*place && path && g_strcmp0(virConfDomainDiskSource(&(*place)->storage), path) != 0)
        place = &(*place)->backingStore;
    if (!path) {
        while (*place)
            place = &(*place)->backingStore;
    }
    return path && !*place ? NULL : place;
}

/* Drops images of a chain between two places. */
static void
cut(virDocDomainBackingStore **from, virDocDomainBackingStore **to)
{
    virDocDomainBackingStore *rest = g_steal_pointer(to);

    if (*from)
        virDocDomainBackingStoreFree(*from);
    *from = rest;
}

/* After a pull the disk stands on the base alone. */
static void
pulled(virDocDomainDisk *disk, const testBlockJob *job)
{
    virDocDomainBackingStore **base = placeOf(&disk->backingStore, job->base);

    if (base && base != &disk->backingStore)
        cut(&disk->backingStore, base);
}

/* Deletes images that were merged into one below, when that was asked for. */
static void
deleteImages(testHost *host, const testBlockJob *job, const virDocDomainBackingStore *from,
             const virDocDomainBackingStore *to)
{
    for (; job->deletes && from && from != to; from = from->backingStore) {
        const char *path = virConfDomainDiskSource(&from->storage);

        if (path)
            g_hash_table_remove(host->domains->images, path);
    }
}

/* After a commit what stood on the top stands on the base. */
static void
committed(testHost *host, virDocDomainDisk *disk, const testBlockJob *job)
{
    virDocDomainBackingStore **top = placeOf(&disk->backingStore, job->top);
    virDocDomainBackingStore **base = top ? placeOf(top, job->base) : NULL;

    if (!base || top == base)
        return;
    deleteImages(host, job, *top, *base);
    cut(top, base);
}

/* The disk that the next start has goes where the running guest's does. */
static void
moveTo(virDocDomainDisk *disk, const virDocDomainMirror *mirror)
{
    g_autofree virDocDomainStorageSource *storage =
        virDocCopy(&virDocDomainStorageSourceRecord, &mirror->storage);

    virDocClear(&virDocDomainStorageSourceRecord, &disk->storage);
    disk->storage = *storage;
    if (mirror->formatType)
        disk->driverType = mirror->formatType;
}

/* The disk moves to an image below, or to the copy. */
static void
pivoted(testHost *host, testDomain *domain, virDocDomainDisk *disk, const testBlockJob *job)
{
    virDocDomainDisk *next = domain->next ? virConfDomainFindDisk(domain->next, disk->targetDev) :
        NULL;
    virDocDomainMirror *mirror = disk->mirror;
    virDocDomainBackingStore **place = placeOf(&disk->backingStore,
                                               virConfDomainDiskSource(&mirror->storage));
    virDocDomainBackingStore *below = NULL;

    if (mirror->job == VIR_DOC_DOMAIN_MIRROR_JOB_ACTIVE_COMMIT && place && *place) {
        if (job->deletes)
            g_hash_table_remove(host->domains->images, virConfDomainDiskSource(&disk->storage));
        deleteImages(host, job, disk->backingStore, *place);
        below = g_steal_pointer(&(*place)->backingStore);
    }
    if (mirror->job == VIR_DOC_DOMAIN_MIRROR_JOB_COPY)
        below = g_steal_pointer(&mirror->backingStore);
    if (disk->backingStore)
        virDocDomainBackingStoreFree(disk->backingStore);
    disk->backingStore = below;
    if (next && g_strcmp0(virConfDomainDiskSource(&next->storage), virConfDomainDiskSource(&disk->storage)) == 0)
        moveTo(next, mirror);
    virDocClear(&virDocDomainStorageSourceRecord, &disk->storage);
    disk->storage = mirror->storage;
    memset(&mirror->storage, 0, sizeof(mirror->storage));
    if (mirror->formatType)
        disk->driverType = mirror->formatType;
}

static void
finish(testHost *host, testDomain *domain, testBlockJob *job)
{
    virDocDomainDisk *disk = virConfDomainFindDisk(domain->live, job->target);
    unsigned long long total;
    bool backup;

    if (job->type == VIR_DOMAIN_BLOCK_JOB_TYPE_COPY ||
        job->type == VIR_DOMAIN_BLOCK_JOB_TYPE_ACTIVE_COMMIT) {
        job->ready = true;
        if (disk && disk->mirror)
            disk->mirror->ready = VIR_DOC_DOMAIN_MIRROR_STATE_YES;
        announce(host, domain, job, VIR_DOMAIN_BLOCK_JOB_READY);
        return;
    }
    if (disk && job->type == VIR_DOMAIN_BLOCK_JOB_TYPE_PULL)
        pulled(disk, job);
    else if (disk && job->type == VIR_DOMAIN_BLOCK_JOB_TYPE_COMMIT)
        committed(host, disk, job);
    announce(host, domain, job, VIR_DOMAIN_BLOCK_JOB_COMPLETED);
    total = job->total;
    backup = job->type == VIR_DOMAIN_BLOCK_JOB_TYPE_BACKUP;
    g_hash_table_remove(domain->blockJobs, job->target);
    if (backup)
        testBackupDiskDone(host, domain, total);
}

/* What the clock knows of a job; the job itself may be gone by then. */
typedef struct {
    unsigned char uuid[VIR_UUID_BUFLEN];
    char *target;
    unsigned int number;
} Due;

static void
freeDue(gpointer data)
{
    Due *due = data;

    g_free(due->target);
    g_free(due);
}

static void watch(testHost *host, const testDomain *domain, const testBlockJob *job);

static void
look(testHost *host, void *data)
{
    const Due *due = data;
    testDomain *domain = g_hash_table_lookup(host->domains->objects.byUUID, due->uuid);
    testBlockJob *job = domain && domain->blockJobs ?
        g_hash_table_lookup(domain->blockJobs, due->target) : NULL;

    if (!job || job->number != due->number || job->ready)
        return;
    if (testBlockJobMoved(job) < job->total)
        watch(host, domain, job);
    else
        finish(host, domain, job);
}

/* Has the job looked at when it should be through; by then it may be slower. */
static void
watch(testHost *host, const testDomain *domain, const testBlockJob *job)
{
    unsigned long long left = job->total - testBlockJobMoved(job);
    double wait = (double) left / (double) speed(job) * G_USEC_PER_SEC;
    Due *due;

    if (job->waits)
        return;
    due = g_new0(Due, 1);
    memcpy(due->uuid, domain->uuid, VIR_UUID_BUFLEN);
    due->target = g_strdup(job->target);
    due->number = job->number;
    /* An hour is as far as anybody looks ahead; and one microsecond more, for what was rounded. */
    testClockAt(host->domains->clock,
                g_get_monotonic_time() + 1 + (gint64) MIN(wait, 3600.0 * G_USEC_PER_SEC), look, due,
                freeDue);
}

void
testBlockJobBegin(testHost *host, testDomain *domain, testBlockJob *job)
{
    if (!domain->blockJobs)
        domain->blockJobs = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, freeJob);
    job->number = ++host->domains->lastJob;
    job->since = g_get_monotonic_time();
    g_hash_table_insert(domain->blockJobs, job->target, job);
    watch(host, domain, job);
}

void
testBlockJobLimit(testHost *host, testDomain *domain, testBlockJob *job, unsigned long long limit)
{
    job->moved = testBlockJobMoved(job);
    job->since = g_get_monotonic_time();
    /* What was to look at the old end finds another job. */
    job->number = ++host->domains->lastJob;
    job->limit = limit;
    if (!job->ready)
        watch(host, domain, job);
}

void
testBlockJobEnd(testHost *host, testDomain *domain, testBlockJob *job, bool pivot)
{
    virDocDomainDisk *disk = virConfDomainFindDisk(domain->live, job->target);
    bool stays = job->ready && job->type == VIR_DOMAIN_BLOCK_JOB_TYPE_COPY;

    if (disk && disk->mirror) {
        if (pivot)
            pivoted(host, domain, disk, job);
        g_clear_pointer(&disk->mirror, virDocDomainMirrorFree);
    }
    /* A copy that was complete stays one when the disk stays where it was. */
    announce(host, domain, job, pivot || stays ? VIR_DOMAIN_BLOCK_JOB_COMPLETED :
             VIR_DOMAIN_BLOCK_JOB_CANCELED);
    g_hash_table_remove(domain->blockJobs, job->target);
}
