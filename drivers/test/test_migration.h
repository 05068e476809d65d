/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Migration of test domains: what the files of its phases share. */

#pragma once

#include <stdbool.h>

#include <glib.h>
#include <libvirt/libvirt.h>

#include "test_domain.h"
#include "test_storage_data.h"

/* What a phase is asked with, whatever its generation; borrowed. */
typedef struct {
    unsigned long flags;        /* virDomainMigrateFlags */
    const char *dname;          /* NULL: it keeps its name */
    const char *xml;            /* for the destination; NULL: what it is */
    const char *persistentXML;  /* for the next start on the destination; NULL: the same */
    const char *uri;            /* where the guest goes; NULL: the destination says */
    unsigned long long bandwidth;           /* MiB/s; 0: the domain's limit */
    unsigned long long bandwidthPostcopy;   /* likewise */
    int convergeInitial;        /* percent that AUTO_CONVERGE takes away first, then each time */
    int convergeIncrement;
} testMigrationWish;

/*
 * What the two sides tell each other: a cookie, or for a tunnelled migration what went through the
 * stream. Read with suspicion: it comes from the other side.
 */
typedef struct {
    char *host;                 /* which host wrote it */
    char *name;                 /* of the domain, as the source knows it */
    char *definition;           /* document of the next start, NULL when there is none apart */
    bool paused;                /* the guest stood still on the source */
    gint64 ran;                 /* how long the guest ran, in microseconds */
    unsigned long long missing; /* bytes of memory that follow, after a switch to post-copy */
    unsigned long long speed;   /* at which they follow, bytes per second */
} testMigrationState;

/* Bytes for the other side; the caller frees them. */
unsigned char *testMigrationStatePrint(const testMigrationState *state, int *length);
/* NULL with an error raised for anything that was not printed so. */
testMigrationState *testMigrationStateParse(const unsigned char *data, gsize length);
void testMigrationStateFree(testMigrationState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(testMigrationState, testMigrationStateFree)

/* How far one side of a migration is; guarded by the lock of the host. */
typedef struct testMigration {
    testDomain *domain;         /* NULL once it stopped or vanished */
    testDomainJob *job;
    virConnectPtr owner;        /* whose end ends the migration; not a reference */
    bool incoming;
    bool active;                /* a phase is under way, in some thread, and frees this */
    bool sent;                  /* outgoing: the destination may run the guest by now */
    bool wantsPostcopy;         /* outgoing: somebody asked for the switch */
    unsigned long flags;
    virDocDomain *definition;   /* incoming, offline: what the domain becomes */
    testData *received;         /* incoming, tunnelled: what came through the stream */
    bool complete;              /* likewise: the stream was finished well */
} testMigration;

/* Begins one side of a migration, with its job; with the lock held. */
testMigration *testMigrationNew(testDomain *domain, virConnectPtr owner, bool incoming,
                                unsigned long flags);
/* Ends it, telling listeners whether the job did what it was for; with the lock held. */
void testMigrationEnd(testHost *host, testMigration *migration, bool done);
/* Of a domain that stops: what is left of its migration goes; with the lock held. */
void testMigrationDrop(testDomain *domain);
/* Whether a closing connection was the domain's migration, which ends: it may be gone. Lock held. */
bool testMigrationAbandon(testHost *host, testDomain *domain, virConnectPtr conn);

/* As testDomainLockForChange(), but a guest that is being sent may be paused, which helps. */
testDomain *testMigrationLockToPause(virDomainPtr handle);
/* Whether the job of a domain, if it is a migration, may be called off; else raises. Lock held. */
bool testMigrationMayAbort(const testDomain *domain);

/* The outgoing guest goes on as before, if the migration paused it; with the lock held. */
void testMigrationResume(testHost *host, testMigration *migration);

/* --- the phases; each 0 or NULL-free, or -1 or NULL with an error raised ---------------------------- */

/* The document for the destination. `state` is filled in for it. */
char *testMigrationBegin(virDomainPtr handle, const testMigrationWish *wish,
                         testMigrationState *state);
/* `st` carries the guest, or is NULL; `uri` is set to where else it is to be sent. */
int testMigrationPrepare(virConnectPtr conn, virStreamPtr st, const testMigrationWish *wish,
                         const testMigrationState *source, char **uri);
int testMigrationPerform(virDomainPtr handle, const testMigrationWish *wish,
                         testMigrationState *state);
virDomainPtr testMigrationFinish(virConnectPtr conn, const char *name,
                                 const testMigrationWish *wish, const testMigrationState *state,
                                 bool cancelled);
int testMigrationConfirm(virDomainPtr handle, unsigned long flags, bool cancelled);

/* Which host this is, unlike any other, for the cookie. */
const char *testMigrationHost(virConnectPtr conn);

/* Limits of a domain, with defaults filled in. Bytes per second, microseconds, bytes. */
unsigned long long testMigrationSpeed(const testDomain *domain, unsigned long long bandwidth,
                                      bool postcopy);
gint64 testMigrationDowntime(const testDomain *domain);
unsigned long long testMigrationCache(const testDomain *domain);
