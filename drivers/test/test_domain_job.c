/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Jobs of domains: who may begin one, who waits for its end. */

#include "test_domain_job.h"

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"

/* How long a change waits for the job before it; what the customary hypervisors wait. */
#define JOB_WAIT_SECONDS 30

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
    job->state = domain->state;
    job->reason = domain->reason;
    domain->job = job;
    return job;
}

testDomain *
testDomainJobEnd(testHost *host, testDomainJob *job)
{
    testDomain *domain;

    g_mutex_lock(&host->lock);
    domain = job->domain;
    if (domain) {
        domain->job = NULL;
        g_cond_broadcast(&host->domains->jobEnded);
    } else {
        g_mutex_unlock(&host->lock);
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_ABORTED, "the domain stopped during its %s",
                      testDomainJobWord(job->operation));
    }
    g_free(job);
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
        if (!deadline)
            deadline = g_get_monotonic_time() + JOB_WAIT_SECONDS * G_TIME_SPAN_SECOND;
        if (!g_cond_wait_until(&host->domains->jobEnded, &host->lock, deadline)) {
            virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_TIMEOUT,
                          "domain '%s' is busy with a %s since %d s", handle->name,
                          testDomainJobWord(domain->job->operation), JOB_WAIT_SECONDS);
            testDomainUnlock(handle);
            return NULL;
        }
        testDomainUnlock(handle);
    }
    return domain;
}
