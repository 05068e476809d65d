/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A domain of the test hypervisor, and what the files about domains share. */

#pragma once

#include <stdbool.h>

#include <glib.h>
#include <libvirt/libvirt.h>

#include "conf/domain.h"
#include "conf/objects.h"
#include "document/domain.h"
#include "runtime/event.h"
#include "test_domain_clock.h"
#include "test_driver.h"

typedef struct testDomainJob testDomainJob;
typedef struct testMoments testMoments;
typedef struct testBackup testBackup;

/* How far a job that moves memory is. */
typedef struct {
    bool known;                 /* the job measures itself */
    unsigned long long processed;   /* bytes sent, again and again those that the guest changed */
    unsigned long long remaining;
    unsigned long long speed;   /* bytes per second */
    unsigned long long dirtied; /* bytes per second that the guest changed */
    unsigned long long spared;  /* bytes that compression found the same */
    int iteration;
    int throttle;               /* percent taken from the guest so that the end comes nearer */
    gint64 downtime;            /* microseconds in which the guest stood still */
} testDomainProgress;

/* A job that has ended, for those who ask later. */
typedef struct {
    int type;                   /* virDomainJobType; NONE: there was no job */
    int operation;
    gint64 elapsed;             /* microseconds */
    unsigned long long total, processed;            /* bytes */
    unsigned long long tempTotal, tempUsed;         /* of a backup, for what the guest overwrites */
    const char *why;            /* it failed; NULL: nobody said */
    testDomainProgress progress;
} testDomainPastJob;

/* What the migrations of a domain keep to; 0 stands for the default. */
typedef struct {
    unsigned long long speed;           /* MiB/s */
    unsigned long long postcopySpeed;   /* MiB/s */
    unsigned long long downtime;        /* milliseconds */
    unsigned long long cache;           /* bytes */
} testMigrationLimits;

/* What the guest knows by itself; forgotten when it boots. */
typedef struct {
    gint64 timeOffset;          /* of its clock, in microseconds */
    GHashTable *passwords;      /* user -> password; NULL until one is set */
    GHashTable *frozen;         /* mount points that are frozen; NULL until one is */
    GHashTable *keyFiles;       /* user -> GPtrArray of lines; NULL until one is */
    GHashTable *held;           /* names of devices that it does not release; NULL: none */
    char *secret;               /* it was given before it ran */
    guint64 offline;            /* processors it does not use, by number */
    int agentTimeout;           /* seconds, or a virDomainAgentResponseTimeoutValues */
    unsigned int keys;          /* how many were pressed */
    unsigned int interrupts;    /* how many no device asked for */
    unsigned int signals;       /* how many its first process got */
} testDomainGuest;

/* A measurement of how fast the guest dirties its memory. */
typedef struct {
    gint64 started;             /* seconds since the epoch; 0: never */
    gint64 until;               /* of testDomainRan() */
    int seconds;
    const char *mode;
} testDirtyRate;

/* `live` runs, or would; `next` is the definition of the next start when it differs. */
struct testDomain {
    GList link;                 /* in testDomainTable.objects */
    char *name;
    unsigned char uuid[VIR_UUID_BUFLEN];
    int id;                     /* -1 while off */
    virDocDomain *live;
    virDocDomain *next;
    int state;                  /* changed by testDomainSetState() only */
    int reason;
    gint64 ran;                 /* microseconds in which the guest ran, until `runsSince` */
    gint64 ranBefore;           /* the same of all earlier starts */
    gint64 runsSince;           /* g_get_monotonic_time(), 0 while it does not */
    bool persistent;
    bool updated;               /* the definition of the next start was changed while it ran */
    bool autostart;
    bool autostartOnce;
    virConnectPtr owner;        /* whose end is this domain's end too; not a reference */
    GArray *files;              /* descriptors the guest was given, ours; NULL without */
    char *managedSave;          /* path of the image the next start goes on with, or NULL */
    testDomainJob *job;         /* what it is busy with, or NULL */
    testDomainGuest guest;
    testDirtyRate dirtyRate;
    testDomainPastJob pastJob;
    testMigrationLimits limits;
    struct testMigration *migration;    /* NULL unless it comes or goes */
    testMoments *snapshots;
    testMoments *checkpoints;
    testBackup *backup;         /* NULL: there is none */
    GHashTable *terminals;      /* device -> testTerminal; NULL until one was opened */
    GHashTable *thresholds;     /* target of a disk -> offset; NULL until one was set */
    GHashTable *fdGroups;       /* name -> descriptors; NULL until some were associated */
    GArray *viewers;            /* clients of its graphics servers; NULL: none */
    unsigned int sleeps;        /* how often it went to sleep by itself */
    GHashTable *blockJobs;      /* target of a disk -> testBlockJob; NULL until there is one */
};

/* Every domain of a host; guarded by the lock of the host. */
struct testDomainTable {
    virConfObjects objects;     /* owns the domains */
    GHashTable *images;         /* source of a disk -> testDiskImage, see test_domain_block.h */
    testClock *clock;           /* of what happens later */
    unsigned int lastJob;       /* number of the last job of a disk */
    GCond jobEnded;             /* with the lock of the host */
    char *folder;               /* of managed images, made when needed; NULL before */
};

/* What the test hypervisor says about documents of its guests. */
extern const virConfDomainDriver testDomainDocuments;

/* Reads a document and fills in what it leaves open; NULL with an error raised. */
virDocDomain *testDomainParse(const char *xml, bool strict);
/* The same of a part of a document that is being checked; NULL without an error raised. */
virDocDomain *testDomainParseInside(const virDocContext *context, virDocIssues *issues);

/* The domain behind a handle, with the host locked; NULL unlocked, with an error raised. */
testDomain *testDomainLock(virDomainPtr handle);
/* The same, after the job that the domain is busy with has ended. */
testDomain *testDomainLockForChange(virDomainPtr handle);
void testDomainUnlock(virDomainPtr handle);

/* What follows is called with the lock of the host held. */

/* Whether the domain runs, else raises. */
bool testDomainRequireActive(const testDomain *domain);

/* A new handle; NULL for no domain, without an error. */
virDomainPtr testDomainHandle(virConnectPtr conn, const testDomain *domain);

/* Takes in a document and owns it whatever happens; NULL with an error raised. */
testDomain *testDomainAdopt(testHost *host, virDocDomain *document, bool *isNew);
void testDomainForget(testHost *host, testDomain *domain);

/*
 * Takes in a document that is to run at once, as a guest without a definition unless there is one,
 * which is kept for the next start. Owns the document; NULL with an error raised.
 */
testDomain *testDomainAdoptRunning(testHost *host, virDocDomain *document);
/* Undoes that, when the start fails. */
void testDomainGiveUp(testHost *host, testDomain *domain);

void testDomainSetState(testDomain *domain, int state, int reason);
/* The host falls asleep, or wakes up: the time of the guest stops, or goes on. */
void testDomainStandsStill(testDomain *domain, bool still);
/* How long the guest ran since it was turned on, in microseconds; it stands still while paused. */
gint64 testDomainRan(const testDomain *domain);
/* The same since the domain is known. */
gint64 testDomainRanEver(const testDomain *domain);

/* Turns a domain on, with its events. */
void testDomainStart(testHost *host, testDomain *domain, bool paused);
/* The same for a guest that goes on: reason of the running state, detail of the event. */
void testDomainStartAs(testHost *host, testDomain *domain, int reason, int detail, bool paused);
/* Turns a running domain off, with its event; a transient one is gone afterwards. */
void testDomainStop(testHost *host, testDomain *domain, int reason, int detail);
/* What a reset does: the guest boots, and listeners hear of it. */
void testDomainReboots(testHost *host, testDomain *domain);
/* What a panic does: the event, and what the definition says should follow. */
void testDomainCrash(testHost *host, testDomain *domain);
/* Forgets what the guest knew: it boots. */
void testDomainBoot(testDomain *domain);

/* Gives a domain copies of descriptors until it stops; 0, or -1 with an error raised. */
int testDomainGiveFiles(testDomain *domain, unsigned int nfiles, const int *files);

/* Tells listeners of life-cycle events what happened. */
void testDomainAnnounce(testHost *host, const testDomain *domain, int event, int detail);
