/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How far a job is that moves the memory of a guest into a file: waiting, telling, breaking off. */

#include "qemu_progress.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "driver/qemu.h"
#include "qemu_process.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "runtime/parameters.h"

/* QEMU's way to say that nothing limits it. */
#define UNLIMITED G_GINT64_CONSTANT(9223372036853727232)
/* Between two looks, in milliseconds. */
#define PACE 10

/* Lets others at the domain for a moment. */
static void
pauseLook(qemuDomain *domain)
{
    g_mutex_unlock(&domain->lock);
    g_usleep(PACE * G_TIME_SPAN_MILLISECOND);
    g_mutex_lock(&domain->lock);
}

static bool
fail(const qemuDomain *domain, const char *why)
{
    if (domain->job.aborted)
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_ABORTED, "the job of domain '%s' was broken off",
                      domain->name);
    else
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED,
                      "the memory of domain '%s' is not written: %s", domain->name,
                      why ? why : "QEMU did not say why");
    return false;
}

/* Waits until QEMU has written all its state; false with an error raised. */
static bool
awaitState(qemuDomain *domain)
{
    for (;;) {
        g_autoptr(json_object) info = qemuProcessAsk(domain, "query-migrate", NULL);
        const char *status = qemuJsonString(info, "status");
        json_object *ram = qemuJsonGet(info, "ram");

        if (!info)
            return false;
        if (ram) {
            domain->job.total = (guint64) qemuJsonInteger(ram, "total");
            domain->job.remaining = (guint64) qemuJsonInteger(ram, "remaining");
            domain->job.done = (guint64) qemuJsonInteger(ram, "transferred");
        }
        if (status && g_str_equal(status, "completed"))
            return true;
        if (status && (g_str_equal(status, "failed") || g_str_equal(status, "cancelled")))
            return fail(domain, qemuJsonString(info, "error-desc"));
        pauseLook(domain);
    }
}

bool
qemuProgressMigrate(qemuDomain *domain, int fd)
{
    json_object *speed = json_object_new_object();
    g_autoptr(json_object) limits = NULL;
    g_autoptr(json_object) passed = NULL;
    g_autoptr(json_object) begun = NULL;

    domain->job.cancel = "migrate_cancel";
    json_object_object_add(speed, "max-bandwidth", json_object_new_int64(UNLIMITED));
    limits = qemuProcessAsk(domain, "migrate-set-parameters", speed);
    if (!limits)
        return false;
    passed = qemuProcessAskWith(domain, "getfd", qemuJsonStrings("fdname", "save", NULL), fd,
                                QEMU_MONITOR_PATIENCE);
    if (!passed)
        return false;
    begun = qemuProcessAsk(domain, "migrate", qemuJsonStrings("uri", "fd:save", NULL));
    return begun && awaitState(domain);
}

bool
qemuProgressDump(qemuDomain *domain)
{
    for (;;) {
        g_autoptr(json_object) info = qemuProcessAsk(domain, "query-dump", NULL);
        const char *status = qemuJsonString(info, "status");

        if (!info)
            return false;
        domain->job.total = (guint64) qemuJsonInteger(info, "total");
        domain->job.done = (guint64) qemuJsonInteger(info, "completed");
        domain->job.remaining = domain->job.total - MIN(domain->job.total, domain->job.done);
        if (status && g_str_equal(status, "completed"))
            return true;
        if (status && g_str_equal(status, "failed"))
            return fail(domain, NULL);
        pauseLook(domain);
    }
}

/* --- what others are told -------------------------------------------------------------------- */

static int
operationOf(qemuJobKind kind)
{
    return kind == QEMU_JOB_DUMP ? VIR_DOMAIN_JOB_OPERATION_DUMP : VIR_DOMAIN_JOB_OPERATION_SAVE;
}

/* Whether it moves memory: other jobs are over before anybody could look. */
static bool
isLong(const qemuJob *job)
{
    return job->kind == QEMU_JOB_SAVE || job->kind == QEMU_JOB_DUMP;
}

static unsigned long long
elapsed(const qemuJob *job)
{
    gint64 until = job->ended ? job->ended : g_get_monotonic_time();

    return (unsigned long long) (until - job->since) / G_TIME_SPAN_MILLISECOND;
}

int
qemuDomainGetJobInfo(virDomainPtr handle, virDomainJobInfoPtr info)
{
    qemuDomain *domain = qemuDomainLock(handle);

    if (!domain)
        return -1;
    *info = (virDomainJobInfo) { .type = VIR_DOMAIN_JOB_NONE };
    if (isLong(&domain->job))
        *info = (virDomainJobInfo) {
            .type = VIR_DOMAIN_JOB_UNBOUNDED,
            .timeElapsed = elapsed(&domain->job),
            .dataTotal = domain->job.total, .dataProcessed = domain->job.done,
            .dataRemaining = domain->job.remaining,
            .memTotal = domain->job.total, .memProcessed = domain->job.done,
            .memRemaining = domain->job.remaining,
        };
    qemuDomainUnlock(domain);
    return 0;
}

static void
describe(const qemuJob *job, virParams *list)
{
    virParamsAddInt(list, VIR_DOMAIN_JOB_OPERATION, operationOf(job->kind));
    virParamsAddULLong(list, VIR_DOMAIN_JOB_TIME_ELAPSED, elapsed(job));
    virParamsAddULLong(list, VIR_DOMAIN_JOB_DATA_TOTAL, job->total);
    virParamsAddULLong(list, VIR_DOMAIN_JOB_DATA_PROCESSED, job->done);
    virParamsAddULLong(list, VIR_DOMAIN_JOB_DATA_REMAINING, job->remaining);
    virParamsAddULLong(list, VIR_DOMAIN_JOB_MEMORY_TOTAL, job->total);
    virParamsAddULLong(list, VIR_DOMAIN_JOB_MEMORY_PROCESSED, job->done);
    virParamsAddULLong(list, VIR_DOMAIN_JOB_MEMORY_REMAINING, job->remaining);
}

int
qemuDomainGetJobStats(virDomainPtr handle, int *type, virTypedParameterPtr *params, int *nparams,
                      unsigned int flags)
{
    qemuDomain *domain = qemuDomainLock(handle);
    g_auto(virParams) list = { NULL, 0, 0 };

    if (!domain)
        return -1;
    *type = VIR_DOMAIN_JOB_NONE;
    if (flags & VIR_DOMAIN_JOB_STATS_COMPLETED) {
        if (domain->lastJob.kind) {
            *type = domain->lastJob.failed ? VIR_DOMAIN_JOB_FAILED : VIR_DOMAIN_JOB_COMPLETED;
            describe(&domain->lastJob, &list);
        }
        /* It is told once, unless somebody wants it kept. */
        if (!(flags & VIR_DOMAIN_JOB_STATS_KEEP_COMPLETED))
            domain->lastJob = (qemuJob) { 0 };
    } else if (isLong(&domain->job)) {
        *type = VIR_DOMAIN_JOB_UNBOUNDED;
        describe(&domain->job, &list);
    }
    qemuDomainUnlock(domain);
    return virParamsGive(&list, params, nparams);
}

int
qemuDomainAbortJobFlags(virDomainPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    qemuDomain *domain = qemuDomainLock(handle);
    g_autoptr(json_object) result = NULL;

    if (!domain)
        return -1;
    if (!isLong(&domain->job)) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_INVALID,
                      "no job is active on the domain '%s'", domain->name);
    } else if (!domain->job.cancel) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_INVALID,
                      "QEMU can't break off a dump of memory alone; it goes on at domain '%s'",
                      domain->name);
    } else {
        domain->job.aborted = true;
        result = qemuProcessAsk(domain, domain->job.cancel, NULL);
    }
    qemuDomainUnlock(domain);
    return result ? 0 : -1;
}

int
qemuDomainAbortJob(virDomainPtr handle)
{
    return qemuDomainAbortJobFlags(handle, 0);
}
