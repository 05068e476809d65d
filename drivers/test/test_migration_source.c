/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The source of a migration: may the guest leave, sending its memory, letting go of it. */

#include "test_migration.h"

#include <libvirt/virterror.h>

#include "document/print.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "runtime/objects.h"
#include "test_block_job.h"
#include "test_domain_block.h"
#include "test_domain_job.h"
#include "test_domain_moment.h"
#include "test_domain_save.h"

/* How fast a running guest of the model changes its memory, in bytes per second. */
#define DIRTY_RATE (32ULL * 1024 * 1024)

/* How long nobody looks whether something changed, in microseconds. */
#define TICK (20 * G_TIME_SPAN_MILLISECOND)

/* What AUTO_CONVERGE takes from the guest, in percent; the customary defaults. */
#define CONVERGE_INITIAL 20
#define CONVERGE_INCREMENT 10
#define CONVERGE_MAX 99

static bool
refuse(const char *why)
{
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID, "%s", why);
    return false;
}

/* Whether a guest that is off may leave with these flags; else raises. */
static bool
mayMoveOffline(const testDomain *domain, unsigned long flags)
{
    if (domain->id >= 0)
        return refuse("domain is running, but its migration is said to be offline");
    if (!(flags & VIR_MIGRATE_PERSIST_DEST))
        return refuse("offline migration must be specified with the persistent flag set");
    if (flags & VIR_MIGRATE_TUNNELLED)
        return refuse("tunnelled offline migration does not make sense");
    return true;
}

/* Whether the disks stay right when another host takes over; else raises. */
static bool
disksAreSafe(const testDomain *domain)
{
    for (size_t i = 0; i < domain->live->ndisks; i++) {
        const virDocDomainDisk *disk = domain->live->disks[i];
        virDocDomainDiskCache cache = disk->driverCache;

        if (disk->readonly || cache == VIR_DOC_DOMAIN_DISK_CACHE_ABSENT ||
            cache == VIR_DOC_DOMAIN_DISK_CACHE_DEFAULT ||
            cache == VIR_DOC_DOMAIN_DISK_CACHE_NONE ||
            cache == VIR_DOC_DOMAIN_DISK_CACHE_DIRECTSYNC)
            continue;
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_MIGRATE_UNSAFE,
                      "disk '%s' uses a cache other than none or directsync", disk->targetDev);
        return false;
    }
    return true;
}

/* Whether a domain may leave; else raises. */
static bool
mayMove(const testDomain *domain, unsigned long flags)
{
    if (domain->migration)
        return refuse("domain is being migrated already");
    if (flags & VIR_MIGRATE_OFFLINE && !mayMoveOffline(domain, flags))
        return false;
    if (!(flags & VIR_MIGRATE_OFFLINE) && !testDomainRequireActive(domain))
        return false;
    if (domain->owner)
        return refuse("domain is marked for auto destroy");
    if (domain->snapshots->all.length > 0 || domain->checkpoints->all.length > 0) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                      "cannot migrate domain with %u snapshots and %u checkpoints",
                      domain->snapshots->all.length, domain->checkpoints->all.length);
        return false;
    }
    if (domain->live->nhostdevs > 0)
        return refuse("domain has assigned host devices");
    if (!testBlockJobNone(domain, /* disk= */ NULL))
        return false;
    return flags & VIR_MIGRATE_UNSAFE || flags & VIR_MIGRATE_OFFLINE || disksAreSafe(domain);
}

/* What the destination is told; the persistent definition under the name it will have there. */
static void
describe(const testDomain *domain, virConnectPtr conn, testMigrationState *state)
{
    state->host = g_strdup(testMigrationHost(conn));
    state->name = g_strdup(domain->name);
    state->paused = domain->state == VIR_DOMAIN_PAUSED;
    state->ran = testDomainRan(domain);
    if (domain->persistent && domain->next)
        state->definition = virDocPrint(&virDocDomainRecord, NULL, domain->next,
                                        VIR_DOC_PRINT_SECURE | VIR_DOC_PRINT_INACTIVE);
}

/* The document for the destination, NULL with an error raised. */
static char *
documentFor(const testDomain *domain, const char *xml)
{
    g_autoptr(virDocDomain) other = NULL;

    if (xml) {
        other = testDomainReplaceDocument(domain->live, xml);
        if (!other)
            return NULL;
    }
    return virDocPrint(&virDocDomainRecord, NULL, other ? other : domain->live,
                       VIR_DOC_PRINT_SECURE | VIR_DOC_PRINT_MIGRATABLE | VIR_DOC_PRINT_INACTIVE);
}

/* The domain of a migration to come, idle; NULL with an error raised, at once while it moves. */
static testDomain *
lockIdle(virDomainPtr handle)
{
    testDomain *domain = testDomainLock(handle);
    bool moves = domain && domain->migration;

    if (moves)
        refuse("domain is being migrated already");
    if (domain)
        testDomainUnlock(handle);
    return domain && !moves ? testDomainLockForChange(handle) : NULL;
}

char *
testMigrationBegin(virDomainPtr handle, const testMigrationWish *wish, testMigrationState *state)
{
    testDomain *domain = lockIdle(handle);
    char *xml = NULL;

    if (!domain)
        return NULL;
    if (mayMove(domain, wish->flags))
        xml = documentFor(domain, wish->xml);
    if (xml) {
        describe(domain, handle->conn, state);
        /* Otherwise changes are welcome until the guest is sent. */
        if (wish->flags & VIR_MIGRATE_CHANGE_PROTECTION)
            testMigrationNew(domain, handle->conn, /* incoming= */ false, wish->flags);
    }
    testDomainUnlock(handle);
    return xml;
}

/* --- sending -------------------------------------------------------------------------------------- */

/* One guest on its way. The lock of the host is held but while waiting. */
typedef struct {
    testHost *host;
    virConnectPtr conn;
    testMigration *migration;
    const testMigrationWish *wish;
    gint64 stopped;             /* when the guest was paused for it; 0: it runs */
} Sending;

/* Whether a disk of the guest went wrong, which ends migrations that shall not go on then. */
static bool
hasBrokenDisk(testHost *host, const testDomain *domain)
{
    for (size_t i = 0; i < domain->live->ndisks; i++) {
        const testDiskImage *image = testDomainImage(host, domain->live->disks[i]);

        if (image && image->error)
            return true;
    }
    return false;
}

/* Whether the migration goes on; else raises. */
static bool
goesOn(const Sending *sending)
{
    const testMigration *migration = sending->migration;

    if (!migration->domain)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_ABORTED,
                      "migration out: the domain stopped");
    else if (g_atomic_int_get(&migration->job->aborted))
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_ABORTED,
                      "migration out: canceled by client");
    else if (migration->flags & VIR_MIGRATE_ABORT_ON_ERROR &&
             hasBrokenDisk(sending->host, migration->domain))
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_FAILED,
                      "migration out: a disk of domain '%s' has an I/O error",
                      migration->domain->name);
    else if (g_atomic_int_get(&sending->conn->abandoned))
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_ABORTED,
                      "migration out: nobody waits for its end");
    else
        return true;
    return false;
}

static void
pauseGuest(Sending *sending, int reason, int detail)
{
    testDomain *domain = sending->migration->domain;

    if (domain->state != VIR_DOMAIN_RUNNING)
        return;
    sending->stopped = g_get_monotonic_time();
    testDomainSetState(domain, VIR_DOMAIN_PAUSED, reason);
    testDomainAnnounce(sending->host, domain, VIR_DOMAIN_EVENT_SUSPENDED, detail);
}

/*
 * Waits until so many bytes are through at whatever speed is set meanwhile. 0 when they are, 1 when
 * the switch to post-copy was asked for first, -1 with an error raised.
 */
static int
sendBytes(Sending *sending, unsigned long long bytes)
{
    testMigration *migration = sending->migration;
    testDomainProgress *progress = &migration->job->progress;
    double rest = (double) bytes;
    gint64 since = g_get_monotonic_time();

    while (goesOn(sending)) {
        unsigned long long speed = testMigrationSpeed(migration->domain, sending->wish->bandwidth,
                                                      /* postcopy= */ false);
        gint64 needed = (gint64) (rest / (double) speed * G_USEC_PER_SEC), now;
        double sent;

        progress->speed = speed;
        if (needed <= 0) {
            progress->processed += (unsigned long long) rest;
            progress->remaining = 0;
            return 0;
        }
        if (migration->wantsPostcopy)
            return 1;
        g_cond_wait_until(&sending->host->domains->jobEnded, &sending->host->lock,
                          since + MIN(needed, TICK));
        now = g_get_monotonic_time();
        sent = MIN(rest, (double) speed * (double) (now - since) / G_USEC_PER_SEC);
        since = now;
        rest -= sent;
        progress->processed += (unsigned long long) sent;
        progress->remaining = (unsigned long long) rest;
    }
    return -1;
}

/* What the guest changed while `elapsed` passed, less what compression and throttling spare. */
static unsigned long long
changed(const Sending *sending, gint64 elapsed)
{
    testDomainJob *job = sending->migration->job;
    const testDomain *domain = sending->migration->domain;
    unsigned long long bytes, spared;

    job->progress.dirtied = domain->state == VIR_DOMAIN_RUNNING ?
        DIRTY_RATE * (unsigned long long) (100 - job->progress.throttle) / 100 : 0;
    bytes = (unsigned long long) ((double) job->progress.dirtied * (double) elapsed /
                                  G_USEC_PER_SEC);
    bytes = MIN(bytes, job->total);
    if (!(sending->wish->flags & VIR_MIGRATE_COMPRESSED))
        return bytes;
    /* Of pages that are still in the cache half is the same. */
    spared = MIN(bytes, testMigrationCache(domain)) / 2;
    job->progress.spared += spared;
    return bytes - spared;
}

static void
nextIteration(Sending *sending)
{
    testDomain *domain = sending->migration->domain;
    testDomainProgress *progress = &sending->migration->job->progress;
    const testMigrationWish *wish = sending->wish;

    progress->iteration++;
    virEventStateQueue(sending->host->events,
                       virDomainEventMigrationIterationNew(domain->name, domain->uuid, domain->id,
                                                           progress->iteration));
    if (!(wish->flags & VIR_MIGRATE_AUTO_CONVERGE) || progress->iteration < 3)
        return;
    /* The end did not come nearer by itself. */
    if (!progress->throttle)
        progress->throttle = wish->convergeInitial ? wish->convergeInitial : CONVERGE_INITIAL;
    else
        progress->throttle += wish->convergeIncrement ? wish->convergeIncrement :
            CONVERGE_INCREMENT;
    progress->throttle = MIN(progress->throttle, CONVERGE_MAX);
}

/* Sends the memory again and again until what is left goes while the guest stands still. */
static int
sendMemory(Sending *sending)
{
    testMigration *migration = sending->migration;
    testDomainProgress *progress = &migration->job->progress;
    unsigned long long left = migration->job->total;
    int done;

    for (;;) {
        gint64 started = g_get_monotonic_time();

        nextIteration(sending);
        progress->remaining = left;
        done = sendBytes(sending, left);
        if (done != 0)
            return done;
        left = changed(sending, g_get_monotonic_time() - started);
        if ((double) left / (double) progress->speed * G_USEC_PER_SEC <=
            (double) testMigrationDowntime(migration->domain))
            break;
    }
    pauseGuest(sending, VIR_DOMAIN_PAUSED_MIGRATION, VIR_DOMAIN_EVENT_SUSPENDED_MIGRATED);
    /* Nobody can ask for post-copy any more: there is next to nothing left. */
    migration->wantsPostcopy = false;
    progress->remaining = left;
    return sendBytes(sending, left);
}

static int
sendGuest(Sending *sending, testMigrationState *state)
{
    testMigration *migration = sending->migration;
    testDomain *domain = migration->domain;
    testDomainProgress *progress = &migration->job->progress;
    int done = 0;

    describe(domain, sending->conn, state);
    /* The name and what it ran for change on the way; the rest is settled. */
    if (sending->wish->flags & VIR_MIGRATE_OFFLINE)
        return 0;
    progress->known = true;
    migration->job->total = domain->live->currentMemory * 1024;
    if (!(sending->wish->flags & VIR_MIGRATE_LIVE))
        pauseGuest(sending, VIR_DOMAIN_PAUSED_MIGRATION, VIR_DOMAIN_EVENT_SUSPENDED_MIGRATED);
    done = sendMemory(sending);
    if (done < 0)
        return -1;
    if (done == 1) {
        pauseGuest(sending, VIR_DOMAIN_PAUSED_POSTCOPY, VIR_DOMAIN_EVENT_SUSPENDED_POSTCOPY);
        state->missing = progress->remaining;
        state->speed = testMigrationSpeed(domain, sending->wish->bandwidthPostcopy,
                                          /* postcopy= */ true);
    }
    /* Whoever suspended the guest meanwhile wants it so at the destination too. */
    state->paused = !sending->stopped && domain->state == VIR_DOMAIN_PAUSED;
    state->ran = testDomainRan(domain);
    return 0;
}

/* The migration to go on with, or a new one of a domain that was not held; NULL raised. */
static testMigration *
outgoing(virDomainPtr handle, const testMigrationWish *wish)
{
    testDomain *domain = testDomainLock(handle);
    testMigration *migration;

    if (!domain)
        return NULL;
    migration = domain->migration;
    if (migration && !migration->incoming && !migration->active && !migration->sent)
        return migration;
    testDomainUnlock(handle);
    domain = lockIdle(handle);
    if (!domain)
        return NULL;
    if (mayMove(domain, wish->flags))
        return testMigrationNew(domain, handle->conn, /* incoming= */ false, wish->flags);
    testDomainUnlock(handle);
    return NULL;
}

int
testMigrationPerform(virDomainPtr handle, const testMigrationWish *wish, testMigrationState *state)
{
    Sending sending = {
        .host = testHostOf(handle->conn), .conn = handle->conn, .wish = wish,
    };
    testMigration *migration = sending.migration = outgoing(handle, wish);
    int ret;

    if (!migration)
        return -1;
    migration->flags = wish->flags;
    migration->active = true;
    ret = sendGuest(&sending, state);
    migration->active = false;
    if (sending.stopped)
        migration->job->progress.downtime = g_get_monotonic_time() - sending.stopped;
    migration->sent = ret == 0;
    if (!migration->domain)
        testMigrationEnd(sending.host, migration, /* done= */ false);
    else if (ret < 0)
        testMigrationResume(sending.host, migration);
    testDomainUnlock(handle);
    return ret;
}

/* --- the end -------------------------------------------------------------------------------------- */

/* The guest is elsewhere; with the lock held. */
static void
letGo(testHost *host, testDomain *domain, unsigned long flags)
{
    bool undefine = flags & VIR_MIGRATE_UNDEFINE_SOURCE && domain->persistent;

    if (undefine) {
        domain->persistent = domain->autostart = domain->autostartOnce = false;
        g_clear_pointer(&domain->next, virDocDomainFree);
        testDomainAnnounce(host, domain, VIR_DOMAIN_EVENT_UNDEFINED,
                           VIR_DOMAIN_EVENT_UNDEFINED_REMOVED);
    }
    if (domain->id >= 0)
        testDomainStop(host, domain, VIR_DOMAIN_SHUTOFF_MIGRATED,
                       VIR_DOMAIN_EVENT_STOPPED_MIGRATED);
    else if (undefine)
        testDomainForget(host, domain);
}

/* Whether a migration waits for a word about its end; an offline one has nothing to send first. */
static bool
mayEnd(const testMigration *migration, bool cancelled)
{
    return migration && !migration->incoming && !migration->active &&
           (cancelled || migration->sent || migration->flags & VIR_MIGRATE_OFFLINE);
}

int
testMigrationConfirm(virDomainPtr handle, unsigned long flags, bool cancelled)
{
    testHost *host = testHostOf(handle->conn);
    testDomain *domain = testDomainLock(handle);
    testMigration *migration;

    if (!domain)
        return -1;
    migration = domain->migration;
    if (!mayEnd(migration, cancelled)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                      "domain '%s' does not wait for the end of a migration", domain->name);
        testDomainUnlock(handle);
        return -1;
    }
    if (cancelled) {
        testMigrationResume(host, migration);
        testMigrationEnd(host, migration, /* done= */ false);
    } else {
        testMigrationEnd(host, migration, /* done= */ true);
        letGo(host, domain, flags);
        handle->id = -1;
    }
    testDomainUnlock(handle);
    return 0;
}
