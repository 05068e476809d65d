/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Jobs that move the data of disks while the guest runs. */

#pragma once

#include "test_domain.h"

typedef struct testBlockJob testBlockJob;

/* One job of one disk; guarded by the lock of the host. */
struct testBlockJob {
    unsigned int number;        /* of the host's jobs: tells a job from a later one of the disk */
    char *target;               /* of the disk */
    int type;                   /* virDomainBlockJobType */
    unsigned long long total;   /* bytes to be moved */
    unsigned long long moved;   /* until `since` */
    gint64 since;               /* g_get_monotonic_time() */
    unsigned long long limit;   /* bytes per second; 0: as fast as the model can */
    bool waits;                 /* it moves nothing by itself, and ends when told */
    bool ready;                 /* all is moved, and writes go to both sides */
    bool deletes;               /* images that are merged into one below */
    char *base, *top;           /* of the chain; NULL: its end */
};

/* The job of a disk, NULL when it has none. */
testBlockJob *testBlockJobOf(const testDomain *domain, const virDocDomainDisk *disk);

/* Whether a disk (or, with NULL, every disk) has no job; else raises. */
bool testBlockJobNone(const testDomain *domain, const virDocDomainDisk *disk);

/* Begins a job that the caller made; it is owned from now on. */
void testBlockJobBegin(testHost *host, testDomain *domain, testBlockJob *job);

/* Ends jobs of a domain that stops. */
void testBlockJobsDrop(testDomain *domain);

/* What has been moved by now. */
unsigned long long testBlockJobMoved(const testBlockJob *job);

/* Sets another limit; the end moves accordingly. */
void testBlockJobLimit(testHost *host, testDomain *domain, testBlockJob *job,
                       unsigned long long limit);

/* Gives up a job, or (for one that is ready) makes the other side the disk. */
void testBlockJobEnd(testHost *host, testDomain *domain, testBlockJob *job, bool pivot);
