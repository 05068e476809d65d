/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Jobs of domains: who may begin one, who waits for its end. */

#include "test_domain_job.h"

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "runtime/objects.h"
#include "runtime/parameters.h"
#include "test_backup.h"
#include "test_migration.h"

/* How long a change waits for the job before it; what the customary hypervisors wait. */
#define JOB_WAIT_SECONDS 30

/* Of the guest's memory, in bytes. */
#define PAGE_SIZE 4096

const char *
testDomainJobWord(int operation)
{
    switch ((virDomainJobOperation) operation) {
    case VIR_DOMAIN_JOB_OPERATION_START:
        return "start";
    case VIR_DOMAIN_JOB_OPERATION_SAVE:
        return "save";
    case VIR_DOMAIN_JOB_OPERATION_RESTORE:
        return "restore";
    case VIR_DOMAIN_JOB_OPERATION_MIGRATION_IN:
    case VIR_DOMAIN_JOB_OPERATION_MIGRATION_OUT:
        return "migration";
    case VIR_DOMAIN_JOB_OPERATION_SNAPSHOT:
        return "snapshot";
    case VIR_DOMAIN_JOB_OPERATION_SNAPSHOT_REVERT:
        return "snapshot revert";
    case VIR_DOMAIN_JOB_OPERATION_SNAPSHOT_DELETE:
        return "snapshot delete";
    case VIR_DOMAIN_JOB_OPERATION_DUMP:
        return "dump";
    case VIR_DOMAIN_JOB_OPERATION_BACKUP:
        return "backup";
    case VIR_DOMAIN_JOB_OPERATION_UNKNOWN:
        break;
    }
    return "job";
}

testDomainJob *
testDomainJobBegin(testDomain *domain, int operation)
{
    testDomainJob *job = g_new0(testDomainJob, 1);

    job->domain = domain;
    job->operation = operation;
    job->started = g_get_monotonic_time();
    job->total = domain->live->currentMemory * 1024;
    job->state = domain->state;
    job->reason = domain->reason;
    domain->job = job;
    return job;
}

/* How long the rest takes at this speed, in milliseconds. */
static unsigned long long
timeRemaining(const testDomainProgress *progress)
{
    if (!progress->known || !progress->speed)
        return 0;
    return (unsigned long long) ((double) progress->remaining / (double) progress->speed * 1000);
}

/* What is told of a job that moves memory. */
static void
describeMemory(virParams *list, const testDomainPastJob *job)
{
    const testDomainProgress *progress = &job->progress;

    virParamsAddULLong(list, VIR_DOMAIN_JOB_MEMORY_TOTAL, job->total);
    virParamsAddULLong(list, VIR_DOMAIN_JOB_MEMORY_PROCESSED, progress->processed);
    virParamsAddULLong(list, VIR_DOMAIN_JOB_MEMORY_REMAINING, progress->remaining);
    virParamsAddULLong(list, VIR_DOMAIN_JOB_MEMORY_BPS, progress->speed);
    virParamsAddULLong(list, VIR_DOMAIN_JOB_MEMORY_DIRTY_RATE, progress->dirtied / PAGE_SIZE);
    virParamsAddULLong(list, VIR_DOMAIN_JOB_MEMORY_PAGE_SIZE, PAGE_SIZE);
    virParamsAddULLong(list, VIR_DOMAIN_JOB_MEMORY_ITERATION,
                       (unsigned long long) progress->iteration);
    if (progress->downtime > 0)
        virParamsAddULLong(list, VIR_DOMAIN_JOB_DOWNTIME, (unsigned long long)
                           progress->downtime / G_TIME_SPAN_MILLISECOND);
    if (progress->spared > 0)
        virParamsAddULLong(list, VIR_DOMAIN_JOB_COMPRESSION_BYTES, progress->spared);
    if (progress->throttle > 0)
        virParamsAddInt(list, VIR_DOMAIN_JOB_AUTO_CONVERGE_THROTTLE, progress->throttle);
}

/* What is told of a job, while it runs or afterwards. */
static void
describe(virParams *list, const testDomainPastJob *job, bool ended)
{
    const testDomainProgress *progress = &job->progress;
    bool backup = job->operation == VIR_DOMAIN_JOB_OPERATION_BACKUP;
    unsigned long long processed = progress->known ? progress->processed : job->processed;
    unsigned long long remaining = progress->known ? progress->remaining :
                                   job->total - job->processed;

    virParamsAddInt(list, VIR_DOMAIN_JOB_OPERATION, job->operation);
    virParamsAddULLong(list, VIR_DOMAIN_JOB_TIME_ELAPSED,
                       (unsigned long long) job->elapsed / G_TIME_SPAN_MILLISECOND);
    if (!ended)
        virParamsAddULLong(list, VIR_DOMAIN_JOB_TIME_REMAINING, timeRemaining(progress));
    virParamsAddULLong(list, backup ? VIR_DOMAIN_JOB_DISK_TOTAL : VIR_DOMAIN_JOB_DATA_TOTAL,
                       job->total);
    virParamsAddULLong(list, backup ? VIR_DOMAIN_JOB_DISK_PROCESSED : VIR_DOMAIN_JOB_DATA_PROCESSED,
                       processed);
    virParamsAddULLong(list, backup ? VIR_DOMAIN_JOB_DISK_REMAINING : VIR_DOMAIN_JOB_DATA_REMAINING,
                       remaining);
    if (job->tempTotal > 0) {
        virParamsAddULLong(list, VIR_DOMAIN_JOB_DISK_TEMP_USED, job->tempUsed);
        virParamsAddULLong(list, VIR_DOMAIN_JOB_DISK_TEMP_TOTAL, job->tempTotal);
    }
    if (progress->known)
        describeMemory(list, job);
    if (ended)
        virParamsAddBoolean(list, VIR_DOMAIN_JOB_SUCCESS, job->type == VIR_DOMAIN_JOB_COMPLETED);
    if (job->why)
        virParamsAddString(list, VIR_DOMAIN_JOB_ERRMSG, job->why);
}

static testDomainPastJob
snapshotOf(const testDomainJob *job, int type)
{
    return (testDomainPastJob) {
        .type = type,
        .operation = job->operation,
        .elapsed = g_get_monotonic_time() - job->started,
        .total = job->total,
        .processed = type == VIR_DOMAIN_JOB_COMPLETED ? job->total : 0,
        .progress = job->progress,
    };
}

void
testDomainJobPast(testHost *host, testDomain *domain, const testDomainPastJob *job)
{
    g_auto(virParams) list = { NULL, 0, 0 };

    domain->pastJob = *job;
    describe(&list, job, /* ended= */ true);
    virEventStateQueue(host->events,
                       virDomainEventJobCompletedNew(domain->name, domain->uuid, domain->id,
                                                     list.params, list.nparams));
}

void
testDomainJobClose(testHost *host, testDomainJob *job, bool done)
{
    testDomain *domain = job->domain;

    if (domain) {
        testDomainPastJob past = snapshotOf(job, done ? VIR_DOMAIN_JOB_COMPLETED :
                                            job->aborted ? VIR_DOMAIN_JOB_CANCELLED :
                                            VIR_DOMAIN_JOB_FAILED);

        domain->job = NULL;
        testDomainJobPast(host, domain, &past);
    }
    /* Also for those who wait for a domain that lost its job by stopping. */
    g_cond_broadcast(&host->domains->jobEnded);
    g_free(job);
}

testDomain *
testDomainJobEnd(testHost *host, testDomainJob *job, bool done)
{
    const char *word = testDomainJobWord(job->operation);
    testDomain *domain;

    g_mutex_lock(&host->lock);
    domain = job->domain;
    testDomainJobClose(host, job, done);
    if (!domain) {
        g_mutex_unlock(&host->lock);
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_ABORTED, "the domain stopped during its %s",
                      word);
    }
    return domain;
}

void
testDomainJobOrphan(testDomain *domain)
{
    if (!domain->job)
        return;
    domain->job->domain = NULL;
    domain->job = NULL;
}

testDomain *
testDomainLockForChange(virDomainPtr handle)
{
    testHost *host = testHostOf(handle->conn);
    gint64 deadline = 0;
    testDomain *domain;

    while ((domain = testDomainLock(handle)) && domain->job) {
        int operation = domain->job->operation;

        if (!deadline)
            deadline = g_get_monotonic_time() + JOB_WAIT_SECONDS * G_TIME_SPAN_SECOND;
        /* The domain may be gone after the wait. */
        if (!g_cond_wait_until(&host->domains->jobEnded, &host->lock, deadline)) {
            virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_TIMEOUT,
                          "domain '%s' is busy with a %s since %d s", handle->name,
                          testDomainJobWord(operation), JOB_WAIT_SECONDS);
            testDomainUnlock(handle);
            return NULL;
        }
        testDomainUnlock(handle);
    }
    return domain;
}

/* What a job that measures itself says. */
static void
measure(virDomainJobInfoPtr info, const testDomainJob *job)
{
    info->dataProcessed = info->memProcessed = job->progress.processed;
    info->dataRemaining = info->memRemaining = job->progress.remaining;
    info->memTotal = job->total;
    info->timeRemaining = timeRemaining(&job->progress);
    /* It ends when the guest changes its memory slowly enough. */
    info->type = VIR_DOMAIN_JOB_UNBOUNDED;
}

int
testDomainGetJobInfo(virDomainPtr handle, virDomainJobInfoPtr info)
{
    testDomain *domain = testDomainLock(handle);
    int ret = -1;

    if (!domain)
        return -1;
    if (testDomainRequireActive(domain)) {
        *info = (virDomainJobInfo) { .type = VIR_DOMAIN_JOB_NONE };
        if (domain->backup) {
            testDomainPastJob backup = testBackupProgress(domain);

            info->type = backup.type;
            info->timeElapsed = (unsigned long long) backup.elapsed / G_TIME_SPAN_MILLISECOND;
            info->dataTotal = info->fileTotal = backup.total;
            info->dataProcessed = info->fileProcessed = backup.processed;
            info->dataRemaining = info->fileRemaining = backup.total - backup.processed;
        } else if (domain->job) {
            info->type = VIR_DOMAIN_JOB_BOUNDED;
            info->timeElapsed = (unsigned long long)
                (g_get_monotonic_time() - domain->job->started) / G_TIME_SPAN_MILLISECOND;
            info->dataTotal = info->dataRemaining = domain->job->total;
            if (domain->job->progress.known)
                measure(info, domain->job);
        }
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}

int
testDomainGetJobStats(virDomainPtr handle, int *type, virTypedParameterPtr *params, int *nparams,
                      unsigned int flags)
{
    testDomain *domain = testDomainLock(handle);
    g_auto(virParams) list = { NULL, 0, 0 };
    testDomainPastJob job = { 0 };
    bool ended = flags & VIR_DOMAIN_JOB_STATS_COMPLETED;

    if (!domain)
        return -1;
    /* A job that has ended can be asked about when its domain is off. */
    if (!ended && !testDomainRequireActive(domain)) {
        testDomainUnlock(handle);
        return -1;
    }
    if (ended)
        job = domain->pastJob;
    else if (domain->backup)
        job = testBackupProgress(domain);
    else if (domain->job)
        job = snapshotOf(domain->job, domain->job->progress.known ? VIR_DOMAIN_JOB_UNBOUNDED :
                         VIR_DOMAIN_JOB_BOUNDED);
    if (ended && !(flags & VIR_DOMAIN_JOB_STATS_KEEP_COMPLETED))
        domain->pastJob = (testDomainPastJob) { 0 };
    testDomainUnlock(handle);
    if (job.type != VIR_DOMAIN_JOB_NONE)
        describe(&list, &job, ended);
    *type = job.type;
    return virParamsGive(&list, params, nparams);
}

int
testDomainAbortJobFlags(virDomainPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = testDomainLock(handle);
    int ret = -1;

    if (!domain)
        return -1;
    if (testDomainRequireActive(domain)) {
        if (domain->backup) {
            /* A client that reads says so when it is through. */
            testBackupEnd(testHostOf(handle->conn), domain, testBackupIsPull(domain->backup) ?
                          VIR_DOMAIN_JOB_COMPLETED : VIR_DOMAIN_JOB_CANCELLED, /* why= */ NULL);
            ret = 0;
        } else if (domain->job && testMigrationMayAbort(domain)) {
            g_atomic_int_set(&domain->job->aborted, 1);
            g_cond_broadcast(&testHostOf(handle->conn)->domains->jobEnded);
            ret = 0;
        } else if (!domain->job) {
            virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                          "no job is active on domain '%s'", domain->name);
        }
    }
    testDomainUnlock(handle);
    return ret;
}

int
testDomainAbortJob(virDomainPtr handle)
{
    return testDomainAbortJobFlags(handle, 0);
}
