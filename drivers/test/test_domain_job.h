/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a domain is busy with while the host's lock is free: one job at a time. */

#pragma once

#include "test_domain.h"

struct testDomainJob {
    testDomain *domain;         /* NULL once the domain stopped or vanished under the job */
    int operation;              /* virDomainJobOperation */
    gint64 started;             /* g_get_monotonic_time() */
    unsigned long long total;   /* bytes to be moved */
    testDomainProgress progress;    /* guarded by the lock of the host */
    gint aborted;               /* atomic: somebody wants it to stop */
    int state;                  /* of the domain before the job paused it */
    int reason;
};

/* The customary word for an operation, as "save". */
const char *testDomainJobWord(int operation);

/*
 * Begins a job of a domain that testDomainLockForChange() gave, with the lock held. The caller may
 * let go of the lock then, and must end the job whatever happens.
 */
testDomainJob *testDomainJobBegin(testDomain *domain, int operation);

/*
 * Takes the lock of the host again and ends the job, telling listeners whether it did what it was
 * for. NULL, unlocked and with an error raised, when the domain stopped meanwhile.
 */
testDomain *testDomainJobEnd(testHost *host, testDomainJob *job, bool done);

/* Keeps how a job ended for those who ask later, and tells listeners; with the lock held. */
void testDomainJobPast(testHost *host, testDomain *domain, const testDomainPastJob *job);
/* The same with the lock held, and for a job that nobody returns from. */
void testDomainJobClose(testHost *host, testDomainJob *job, bool done);

/* Leaves the job of a domain that stops without one; with the lock held. */
void testDomainJobOrphan(testDomain *domain);
