/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The life of a migration on one side, and the limits that domains put on theirs. */

#include "test_migration.h"

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_domain_job.h"

#define MIB (1024ULL * 1024)

/* What a migration is limited to when nobody said otherwise; the customary defaults. */
#define DEFAULT_DOWNTIME_MS 300
#define DEFAULT_CACHE (64 * MIB)
/* In MiB/s: no limit, and more than can be said in bytes. */
#define SPEED_MAX 8796093022207ULL

/* How fast the model moves memory when nobody limits it. */
#define BYTES_PER_SECOND (16ULL * 1024 * 1024 * MIB)

testMigration *
testMigrationNew(testDomain *domain, virConnectPtr owner, bool incoming, unsigned long flags)
{
    testMigration *migration = g_new0(testMigration, 1);

    migration->domain = domain;
    migration->owner = owner;
    migration->incoming = incoming;
    migration->flags = flags;
    migration->job = testDomainJobBegin(domain, incoming ? VIR_DOMAIN_JOB_OPERATION_MIGRATION_IN :
                                        VIR_DOMAIN_JOB_OPERATION_MIGRATION_OUT);
    domain->migration = migration;
    return migration;
}

static void
freeMigration(testMigration *migration)
{
    if (migration->received)
        testDataUnref(migration->received);
    if (migration->definition)
        virDocDomainFree(migration->definition);
    g_free(migration);
}

void
testMigrationEnd(testHost *host, testMigration *migration, bool done)
{
    if (migration->domain)
        migration->domain->migration = NULL;
    testDomainJobClose(host, migration->job, done);
    freeMigration(migration);
}

void
testMigrationDrop(testDomain *domain)
{
    testMigration *migration = g_steal_pointer(&domain->migration);

    if (!migration)
        return;
    migration->domain = NULL;
    testDomainJobOrphan(domain);
    if (migration->active)
        return;
    g_free(migration->job);
    freeMigration(migration);
}

void
testMigrationResume(testHost *host, testMigration *migration)
{
    testDomain *domain = migration->domain;

    if (domain->state != VIR_DOMAIN_PAUSED || migration->job->state != VIR_DOMAIN_RUNNING ||
        (domain->reason != VIR_DOMAIN_PAUSED_MIGRATION &&
         domain->reason != VIR_DOMAIN_PAUSED_POSTCOPY))
        return;
    testDomainSetState(domain, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_MIGRATION_CANCELED);
    testDomainAnnounce(host, domain, VIR_DOMAIN_EVENT_RESUMED, VIR_DOMAIN_EVENT_RESUMED_MIGRATED);
}

bool
testMigrationAbandon(testHost *host, testDomain *domain, virConnectPtr conn)
{
    testMigration *migration = domain->migration;

    if (!migration || migration->owner != conn)
        return false;
    if (migration->active) {
        g_atomic_int_set(&migration->job->aborted, 1);
        g_cond_broadcast(&host->domains->jobEnded);
    } else if (migration->incoming && domain->id < 0) {
        testMigrationEnd(host, migration, /* done= */ false);
        if (!domain->persistent)
            testDomainForget(host, domain);
    } else if (migration->incoming) {
        testDomainStop(host, domain, VIR_DOMAIN_SHUTOFF_FAILED, VIR_DOMAIN_EVENT_STOPPED_FAILED);
    } else {
        /* A guest that may run elsewhere stays paused: two of it would be worse than none. */
        if (!migration->sent)
            testMigrationResume(host, migration);
        testMigrationEnd(host, migration, /* done= */ false);
    }
    return true;
}

testDomain *
testMigrationLockToPause(virDomainPtr handle)
{
    testDomain *domain = testDomainLock(handle);

    if (!domain || !domain->job ||
        (domain->migration && domain->migration->active && !domain->migration->incoming))
        return domain;
    testDomainUnlock(handle);
    return testDomainLockForChange(handle);
}

bool
testMigrationMayAbort(const testDomain *domain)
{
    const testMigration *migration = domain->migration;

    if (migration && migration->incoming)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                      "cannot abort incoming migration; use virDomainDestroy instead");
    else if (migration && migration->sent)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID, "the guest of domain '%s' was sent "
                      "already, only the destination can end its migration", domain->name);
    else
        return true;
    return false;
}

/* --- limits --------------------------------------------------------------------------------------- */

unsigned long long
testMigrationSpeed(const testDomain *domain, unsigned long long bandwidth, bool postcopy)
{
    unsigned long long limit = postcopy ? domain->limits.postcopySpeed : domain->limits.speed;

    if (!bandwidth)
        bandwidth = limit;
    return bandwidth && bandwidth < BYTES_PER_SECOND / MIB ? bandwidth * MIB : BYTES_PER_SECOND;
}

gint64
testMigrationDowntime(const testDomain *domain)
{
    unsigned long long downtime = domain->limits.downtime;

    return (gint64) (downtime ? downtime : DEFAULT_DOWNTIME_MS) * G_TIME_SPAN_MILLISECOND;
}

unsigned long long
testMigrationCache(const testDomain *domain)
{
    return domain->limits.cache ? domain->limits.cache : DEFAULT_CACHE;
}

/* The domain of a limit that only a running guest has; NULL with an error raised. */
static testDomain *
lockActive(virDomainPtr handle)
{
    testDomain *domain = testDomainLock(handle);

    if (domain && !testDomainRequireActive(domain)) {
        testDomainUnlock(handle);
        return NULL;
    }
    return domain;
}

int
testDomainMigrateSetMaxSpeed(virDomainPtr handle, unsigned long bandwidth, unsigned int flags)
{
    bool postcopy = flags & VIR_DOMAIN_MIGRATE_MAX_SPEED_POSTCOPY;
    testDomain *domain;

    if (bandwidth > SPEED_MAX) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OVERFLOW, "bandwidth must be less than %llu",
                      SPEED_MAX + 1);
        return -1;
    }
    domain = postcopy ? lockActive(handle) : testDomainLock(handle);
    if (!domain)
        return -1;
    if (postcopy)
        domain->limits.postcopySpeed = bandwidth;
    else
        domain->limits.speed = bandwidth;
    testDomainUnlock(handle);
    return 0;
}

int
testDomainMigrateGetMaxSpeed(virDomainPtr handle, unsigned long *bandwidth, unsigned int flags)
{
    bool postcopy = flags & VIR_DOMAIN_MIGRATE_MAX_SPEED_POSTCOPY;
    testDomain *domain = postcopy ? lockActive(handle) : testDomainLock(handle);

    if (!domain)
        return -1;
    /* In the post-copy phase 0 says that there is no limit. */
    if (postcopy)
        *bandwidth = domain->limits.postcopySpeed;
    else
        *bandwidth = domain->limits.speed ? domain->limits.speed : SPEED_MAX;
    testDomainUnlock(handle);
    return 0;
}

int
testDomainMigrateSetMaxDowntime(virDomainPtr handle, unsigned long long downtime,
                                unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain;

    if (downtime > G_MAXINT) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OVERFLOW,
                      "a downtime of %llu ms is more than the %d ms that can be asked for",
                      downtime, G_MAXINT);
        return -1;
    }
    domain = lockActive(handle);
    if (!domain)
        return -1;
    domain->limits.downtime = downtime;
    testDomainUnlock(handle);
    return 0;
}

int
testDomainMigrateGetMaxDowntime(virDomainPtr handle, unsigned long long *downtime,
                                unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = lockActive(handle);

    if (!domain)
        return -1;
    *downtime = (unsigned long long) testMigrationDowntime(domain) / G_TIME_SPAN_MILLISECOND;
    testDomainUnlock(handle);
    return 0;
}

int
testDomainMigrateSetCompressionCache(virDomainPtr handle, unsigned long long cacheSize,
                                     unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = lockActive(handle);

    if (!domain)
        return -1;
    domain->limits.cache = cacheSize;
    testDomainUnlock(handle);
    return 0;
}

int
testDomainMigrateGetCompressionCache(virDomainPtr handle, unsigned long long *cacheSize,
                                     unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = lockActive(handle);

    if (!domain)
        return -1;
    *cacheSize = testMigrationCache(domain);
    testDomainUnlock(handle);
    return 0;
}

int
testDomainMigrateStartPostCopy(virDomainPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    testHost *host = testHostOf(handle->conn);
    testDomain *domain = lockActive(handle);
    testMigration *migration;
    int ret = -1;

    if (!domain)
        return -1;
    migration = domain->migration;
    if (!migration || migration->incoming || migration->sent) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                      "post-copy can only be started while outgoing migration is in progress");
    } else if (!(migration->flags & VIR_MIGRATE_POSTCOPY)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                      "switching to post-copy requires migration to be started with "
                      "VIR_MIGRATE_POSTCOPY flag");
    } else {
        migration->wantsPostcopy = true;
        g_cond_broadcast(&host->domains->jobEnded);
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}
