/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A backup of the disks of a running domain: how it goes on, and how it ends. */

#pragma once

#include "document/domainbackup.h"
#include "test_domain.h"
#include "test_domain_job.h"
#include "test_nbd.h"

/* One for each domain at most; guarded by the lock of the host. */
struct testBackup {
    virDocDomainBackup *document;   /* with all that it left open */
    gint64 started;                 /* g_get_monotonic_time() */
    gint64 ranBefore;               /* testDomainRanEver() of its begin */
    unsigned int left;              /* disks that are not through; of a pull backup, all */
    unsigned long long finished;    /* bytes of those that are */
    unsigned long long total;       /* bytes of all */
    testNbd *server;                /* of a pull backup, else NULL */
};

/* Begins a backup of a locked domain that runs; owns the document whatever happens, and says with
 * an error what is wrong with it. Nothing has begun when it returns false. */
bool testBackupStart(testHost *host, testDomain *domain, virDocDomainBackup *document, bool reuse);

/* One of its disks is through with so many bytes. */
void testBackupDiskDone(testHost *host, testDomain *domain, unsigned long long bytes);

/* Ends it: what a virDomainJobType says; `why` (or NULL) for those who ask later. */
void testBackupEnd(testHost *host, testDomain *domain, int how, const char *why);

/* Whether clients read the data, in their own time. */
bool testBackupIsPull(const testBackup *backup);

/* Forgets the backup of a domain that vanishes. */
void testBackupDrop(testDomain *domain);

/* How far it is. */
testDomainPastJob testBackupProgress(const testDomain *domain);
