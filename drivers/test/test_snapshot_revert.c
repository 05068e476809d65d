/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Domains that go back to what they were at a snapshot. */

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_backup.h"
#include "test_block_job.h"
#include "test_snapshot.h"

/* What the domain shall be afterwards. */
typedef enum {
    OFF,
    RUNS,
    STANDS,
} Goal;

static Goal
goalOf(const virDocDomainSnapshot *document, unsigned int flags)
{
    if (flags & VIR_DOMAIN_SNAPSHOT_REVERT_RUNNING)
        return RUNS;
    if (flags & VIR_DOMAIN_SNAPSHOT_REVERT_PAUSED)
        return STANDS;
    if (document->state == VIR_DOC_DOMAIN_SNAPSHOT_STATE_PAUSED)
        return STANDS;
    return document->state == VIR_DOC_DOMAIN_SNAPSHOT_STATE_SHUTOFF ||
           document->state == VIR_DOC_DOMAIN_SNAPSHOT_STATE_DISK_SNAPSHOT ? OFF : RUNS;
}

static bool
mayRevert(const testDomain *domain, const virDocDomainSnapshot *document, Goal goal,
          unsigned int flags)
{
    if (!document->domain && !(flags & VIR_DOMAIN_SNAPSHOT_REVERT_FORCE)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_SNAPSHOT_REVERT_RISKY,
                      "snapshot '%s' lacks domain '%s' rollback info", document->name,
                      domain->name);
        return false;
    }
    if (!domain->persistent && goal == OFF) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                      "transient domain needs to request run or pause to revert to inactive "
                      "snapshot");
        return false;
    }
    return true;
}

/* Gives the domain the documents of the snapshot; a running one keeps its number. */
static void
takeDocuments(testDomain *domain, const virDocDomainSnapshot *document)
{
    if (!document->domain)
        return;
    testBlockJobsDrop(domain);
    virDocDomainFree(domain->live);
    domain->live = virDocDomainCopy(document->domain);
    g_free(domain->live->name);
    domain->live->name = g_strdup(domain->name);
    domain->live->hasId = domain->id >= 0;
    domain->live->id = domain->id >= 0 ? (unsigned int) domain->id : 0;
    g_clear_pointer(&domain->next, virDocDomainFree);
    if (domain->persistent && domain->id >= 0 && document->inactiveDomain)
        domain->next = virDocDomainCopy(document->inactiveDomain);
}

/* A guest that runs goes on from another moment. */
static void
goOn(testHost *host, testDomain *domain, Goal goal)
{
    bool ran = domain->state == VIR_DOMAIN_RUNNING;

    if (goal == STANDS) {
        testDomainSetState(domain, VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_FROM_SNAPSHOT);
        if (ran)
            testDomainAnnounce(host, domain, VIR_DOMAIN_EVENT_SUSPENDED,
                               VIR_DOMAIN_EVENT_SUSPENDED_FROM_SNAPSHOT);
        return;
    }
    testDomainSetState(domain, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_FROM_SNAPSHOT);
    if (!ran)
        testDomainAnnounce(host, domain, VIR_DOMAIN_EVENT_RESUMED,
                           VIR_DOMAIN_EVENT_RESUMED_FROM_SNAPSHOT);
}

static void
turnOn(testHost *host, testDomain *domain, Goal goal)
{
    testDomainStartAs(host, domain, VIR_DOMAIN_RUNNING_FROM_SNAPSHOT,
                      VIR_DOMAIN_EVENT_STARTED_FROM_SNAPSHOT, goal == STANDS);
    if (goal == STANDS)
        testDomainSetState(domain, VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_FROM_SNAPSHOT);
}

static void
revert(testHost *host, testDomain *domain, const virDocDomainSnapshot *document, Goal goal)
{
    testDomainBoot(domain);
    if (goal == OFF) {
        if (domain->id >= 0)
            testDomainStop(host, domain, VIR_DOMAIN_SHUTOFF_FROM_SNAPSHOT,
                           VIR_DOMAIN_EVENT_STOPPED_FROM_SNAPSHOT);
        else
            testDomainSetState(domain, VIR_DOMAIN_SHUTOFF, VIR_DOMAIN_SHUTOFF_FROM_SNAPSHOT);
        takeDocuments(domain, document);
        return;
    }
    if (domain->backup)
        testBackupEnd(host, domain, VIR_DOMAIN_JOB_FAILED, "the domain was reverted to a snapshot");
    takeDocuments(domain, document);
    if (domain->id >= 0)
        goOn(host, domain, goal);
    else
        turnOn(host, domain, goal);
}

int
testDomainRevertToSnapshot(virDomainSnapshotPtr snapshot, unsigned int flags)
{
    virDomainPtr handle = snapshot->domain;
    testDomain *domain = testDomainLockForChange(handle);
    testMoment *moment;
    int ret = -1;

    if (!domain)
        return -1;
    moment = testMomentsFind(domain->snapshots, snapshot->name);
    if (moment) {
        Goal goal = goalOf(moment->document, flags);

        if (mayRevert(domain, moment->document, goal, flags)) {
            revert(testHostOf(handle->conn), domain, moment->document, goal);
            domain->snapshots->current = moment;
            handle->id = domain->id;
            ret = 0;
        }
    }
    testDomainUnlock(handle);
    return ret;
}
