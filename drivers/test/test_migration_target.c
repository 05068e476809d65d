/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The destination of a migration: room for the guest, and its first step there. */

#include "test_migration.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "document/print.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "runtime/stream.h"
#include "runtime/uri.h"
#include "test_domain_job.h"
#include "test_stream.h"

/* Most bytes that may come through the stream of a tunnelled migration. */
#define STREAM_MAX (8ULL * 1024 * 1024)

/* How long nobody looks whether somebody still waits, in microseconds. */
#define TICK (100 * G_TIME_SPAN_MILLISECOND)

/* Where hypervisors customarily listen for guests. */
#define PORT 49152

const char *
testMigrationHost(virConnectPtr conn)
{
    return testHostOf(conn)->identity;
}

/* Where the guest is to be sent when the caller did not say; NULL, raised, for a wrong address. */
static char *
addressFor(const char *uri)
{
    g_autoptr(virURI) parsed = NULL;

    if (!uri)
        return g_strdup_printf("tcp:%s:%d", g_get_host_name(), PORT);
    /* The customary short form has no slashes. */
    if (g_str_has_prefix(uri, "tcp:") && uri[4] && uri[4] != '/')
        return g_strdup(uri);
    parsed = virURIParse(uri);
    if (!parsed)
        return NULL;
    if (g_strcmp0(parsed->driver, "tcp") == 0 || g_strcmp0(parsed->driver, "unix") == 0)
        return g_strdup(uri);
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "unsupported scheme %s in migration URI %s",
                  parsed->driver ? parsed->driver : "", uri);
    return NULL;
}

/* What went through the stream is the state of the guest; called without the lock. */
static void
streamEnded(virStreamPtr st, testData *data, void *opaque)
{
    testHost *host = testHostOf(st->conn);
    unsigned char *uuid = opaque;
    testDomain *domain;

    g_mutex_lock(&host->lock);
    domain = g_hash_table_lookup(host->domains->objects.byUUID, uuid);
    if (domain && domain->migration && domain->migration->received == data)
        domain->migration->complete = true;
    g_mutex_unlock(&host->lock);
    g_free(uuid);
}

static int
openTunnel(virStreamPtr st, testMigration *migration)
{
    migration->received = testDataNew(0);
    if (!migration->received)
        return -1;
    testStreamWrite(st, migration->received, 0, STREAM_MAX, /* sparse= */ false, streamEnded,
                    g_memdup2(migration->domain->uuid, VIR_UUID_BUFLEN));
    return 0;
}

/* The guest is there, but does not run yet; with the lock held. */
static int
receiveGuest(virConnectPtr conn, virStreamPtr st, const testMigrationWish *wish,
             virDocDomain *document)
{
    testHost *host = testHostOf(conn);
    testDomain *domain = testDomainAdoptRunning(host, document);
    testMigration *migration;

    if (!domain)
        return -1;
    testDomainBoot(domain);
    testDomainStartAs(host, domain, VIR_DOMAIN_RUNNING_MIGRATED, VIR_DOMAIN_EVENT_STARTED_MIGRATED,
                      /* paused= */ false);
    testDomainSetState(domain, VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_MIGRATION);
    migration = testMigrationNew(domain, conn, /* incoming= */ true, wish->flags);
    if (!st || openTunnel(st, migration) == 0)
        return 0;
    testDomainStop(host, domain, VIR_DOMAIN_SHUTOFF_FAILED, VIR_DOMAIN_EVENT_STOPPED_FAILED);
    return -1;
}

/* Only the definition comes, and takes the place of an older one at the end; with the lock held. */
static int
receiveDefinition(virConnectPtr conn, const testMigrationWish *wish, virDocDomain *document)
{
    testHost *host = testHostOf(conn);
    testDomain *domain = g_hash_table_lookup(host->domains->objects.byUUID, document->uuid);
    testDomain *named = g_hash_table_lookup(host->domains->objects.byName, document->name);
    bool isNew;

    if (named == domain && domain && domain->id >= 0) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID, "domain '%s' is already active",
                      domain->name);
        return -1;
    }
    /* Adopting looks at the name, and at what the domain is busy with. */
    if (!domain || named != domain || domain->job)
        domain = testDomainAdopt(host, virDocDomainCopy(document), &isNew);
    if (!domain)
        return -1;
    testMigrationNew(domain, conn, /* incoming= */ true, wish->flags)->definition =
        virDocDomainCopy(document);
    return 0;
}

/* The document of the guest under the name it is to have; NULL with an error raised. */
static virDocDomain *
documentFor(const testMigrationWish *wish)
{
    virDocDomain *document;

    if (!wish->xml) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR, "no domain XML passed");
        return NULL;
    }
    document = testDomainParse(wish->xml, /* strict= */ false);
    if (document && wish->dname) {
        g_free(document->name);
        document->name = g_strdup(wish->dname);
    }
    return document;
}

int
testMigrationPrepare(virConnectPtr conn, virStreamPtr st, const testMigrationWish *wish,
                     const testMigrationState *source, char **uri)
{
    testHost *host = testHostOf(conn);
    g_autofree char *address = NULL;
    g_autoptr(virDocDomain) document = NULL;
    int ret;

    if (source && g_str_equal(source->host, host->identity)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR,
                      "Attempt to migrate guest to the same host %s", host->identity);
        return -1;
    }
    if (!st) {
        address = addressFor(wish->uri);
        if (!address)
            return -1;
    }
    document = documentFor(wish);
    if (!document)
        return -1;
    g_mutex_lock(&host->lock);
    ret = wish->flags & VIR_MIGRATE_OFFLINE ? receiveDefinition(conn, wish, document) :
        receiveGuest(conn, st, wish, g_steal_pointer(&document));
    g_mutex_unlock(&host->lock);
    if (ret == 0 && !st)
        *uri = g_steal_pointer(&address);
    return ret;
}

/* --- the end -------------------------------------------------------------------------------------- */

/* The definition of the next start, NULL when it is what runs; with an error raised if `failed`. */
static virDocDomain *
definitionFor(const testDomain *domain, const testMigrationWish *wish,
              const testMigrationState *state, bool *failed)
{
    const char *xml = wish->persistentXML ? wish->persistentXML : state->definition;
    virDocDomain *document;

    *failed = false;
    if (!xml)
        return NULL;
    document = testDomainParse(xml, /* strict= */ false);
    if (document && memcmp(document->uuid, domain->uuid, VIR_UUID_BUFLEN) != 0) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "the persistent definition has another UUID than domain '%s'",
                      domain->name);
        g_clear_pointer(&document, virDocDomainFree);
    }
    *failed = !document;
    if (document) {
        g_free(document->name);
        document->name = g_strdup(domain->name);
    }
    return document;
}

/* Makes the domain persistent; 0, or -1 with an error raised. With the lock held. */
static int
persist(testHost *host, testDomain *domain, const testMigrationWish *wish,
        const testMigrationState *state)
{
    bool failed, added = !domain->persistent;
    virDocDomain *next = definitionFor(domain, wish, state, &failed);

    if (failed)
        return -1;
    if (next) {
        if (domain->next)
            virDocDomainFree(domain->next);
        domain->next = next;
    }
    domain->persistent = true;
    testDomainAnnounce(host, domain, VIR_DOMAIN_EVENT_DEFINED,
                       added ? VIR_DOMAIN_EVENT_DEFINED_ADDED : VIR_DOMAIN_EVENT_DEFINED_UPDATED);
    return 0;
}

/*
 * The rest of the memory comes while the guest runs, though no longer than somebody waits for it: the
 * numbers are the source's. 0, or -1 when the guest stopped meanwhile.
 */
static int
fetchRest(virConnectPtr conn, testMigration *migration, const testMigrationState *state)
{
    testHost *host = testHostOf(conn);
    double needed = (double) state->missing / (double) state->speed * G_USEC_PER_SEC;
    gint64 until = g_get_monotonic_time() + (gint64) MIN(needed, (double) G_TIME_SPAN_DAY);
    testDomain *domain = migration->domain;

    testDomainSetState(domain, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_POSTCOPY);
    testDomainAnnounce(host, domain, VIR_DOMAIN_EVENT_RESUMED, VIR_DOMAIN_EVENT_RESUMED_POSTCOPY);
    while (migration->domain && g_get_monotonic_time() < until &&
           !g_atomic_int_get(&conn->abandoned))
        g_cond_wait_until(&host->domains->jobEnded, &host->lock,
                          MIN(until, g_get_monotonic_time() + TICK));
    if (migration->domain)
        return 0;
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_ABORTED, "migration in: the domain stopped");
    return -1;
}

/* The guest takes its first step here, or stands still as it did; with the lock held. */
static int
takeOver(virConnectPtr conn, testMigration *migration, const testMigrationWish *wish,
         const testMigrationState *state)
{
    testHost *host = testHostOf(conn);
    testDomain *domain = migration->domain;

    if (wish->flags & VIR_MIGRATE_PERSIST_DEST && persist(host, domain, wish, state) < 0)
        return -1;
    domain->ran = state->ran;
    if (wish->flags & VIR_MIGRATE_PAUSED || state->paused) {
        testDomainSetState(domain, VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_USER);
        testDomainAnnounce(host, domain, VIR_DOMAIN_EVENT_SUSPENDED,
                           VIR_DOMAIN_EVENT_SUSPENDED_PAUSED);
        return 0;
    }
    if (state->missing && fetchRest(conn, migration, state) < 0)
        return -1;
    testDomainSetState(domain, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_MIGRATED);
    testDomainAnnounce(host, domain, VIR_DOMAIN_EVENT_RESUMED, VIR_DOMAIN_EVENT_RESUMED_MIGRATED);
    return 0;
}

/* What came through the stream, NULL with an error raised; with the lock held. */
static testMigrationState *
tunnelled(const testMigration *migration)
{
    gsize size = (gsize) MIN(testDataSize(migration->received), STREAM_MAX);
    g_autofree unsigned char *bytes = g_malloc(size + 1);
    gsize at = 0;

    if (!migration->complete) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_FAILED,
                      "the stream of the migration has not ended");
        return NULL;
    }
    while (at < size) {
        gssize got = testDataRead(migration->received, at, bytes + at, size - at);

        if (got <= 0)
            break;
        at += (gsize) got;
    }
    return testMigrationStateParse(bytes, at);
}

/* An incoming guest by its name; NULL with an error raised. With the lock held. */
static testMigration *
incoming(testHost *host, const char *name)
{
    testDomain *domain = name ? g_hash_table_lookup(host->domains->objects.byName, name) : NULL;
    testMigration *migration = domain ? domain->migration : NULL;

    if (migration && migration->incoming && !migration->active)
        return migration;
    virErrorRaise(VIR_FROM_TEST, domain ? VIR_ERR_OPERATION_INVALID : VIR_ERR_NO_DOMAIN,
                  domain ? "domain '%s' is not being received" :
                  "no domain with matching name '%s'", name ? name : "");
    return NULL;
}

static virDomainPtr
finishGuest(virConnectPtr conn, testMigration *migration, const testMigrationWish *wish,
            const testMigrationState *state, bool cancelled)
{
    testHost *host = testHostOf(conn);
    g_autoptr(testMigrationState) own = NULL;
    testDomain *domain = migration->domain;
    int done = -1;

    if (!cancelled && migration->received)
        state = own = tunnelled(migration);
    migration->active = true;
    if (!cancelled && state)
        done = takeOver(conn, migration, wish, state);
    migration->active = false;
    if (!migration->domain || done == 0) {
        virDomainPtr handle = done == 0 ? testDomainHandle(conn, domain) : NULL;

        testMigrationEnd(host, migration, done == 0);
        return handle;
    }
    testDomainStop(host, domain, VIR_DOMAIN_SHUTOFF_FAILED, VIR_DOMAIN_EVENT_STOPPED_FAILED);
    return NULL;
}

/* The definition is all that comes; with the lock held. */
static virDomainPtr
finishOffline(virConnectPtr conn, testMigration *migration, const testMigrationWish *wish,
              bool cancelled)
{
    static const testMigrationState nothing = { .definition = NULL };
    testHost *host = testHostOf(conn);
    testDomain *domain = migration->domain;
    bool done = false;

    if (!cancelled) {
        virDocDomainFree(domain->live);
        domain->live = g_steal_pointer(&migration->definition);
        done = persist(host, domain, wish, &nothing) == 0;
    }
    testMigrationEnd(host, migration, done);
    if (done && domain->next) {
        virDocDomainFree(domain->live);
        domain->live = g_steal_pointer(&domain->next);
    }
    if (!domain->persistent)
        testDomainForget(host, domain);
    return done ? testDomainHandle(conn, domain) : NULL;
}

virDomainPtr
testMigrationFinish(virConnectPtr conn, const char *name, const testMigrationWish *wish,
                    const testMigrationState *state, bool cancelled)
{
    testHost *host = testHostOf(conn);
    testMigration *migration;
    virDomainPtr handle = NULL;

    g_mutex_lock(&host->lock);
    migration = incoming(host, name);
    if (migration && migration->definition)
        handle = finishOffline(conn, migration, wish, cancelled);
    else if (migration)
        handle = finishGuest(conn, migration, wish, state, cancelled);
    g_mutex_unlock(&host->lock);
    return handle;
}
