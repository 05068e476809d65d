/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Backups: calls that begin and describe one, how it goes on, and how it ends. */

#include "test_backup.h"

#include <libvirt/virterror.h>

#include "conf/backup.h"
#include "conf/moment.h"
#include "conf/domain_find.h"
#include "document/domaincheckpoint.h"
#include "document/parse.h"
#include "document/print.h"
#include "document/raise.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_backup_disks.h"
#include "test_block_job.h"
#include "test_checkpoint.h"
#include "test_domain_block.h"
#include "test_domain_guest.h"
#include "test_domain_stats.h"

static void
freeBackup(testBackup *backup)
{
    testNbdStop(backup->server);
    virDocDomainBackupFree(backup->document);
    g_free(backup);
}

bool
testBackupIsPull(const testBackup *backup)
{
    return backup->document->mode == VIR_DOC_DOMAIN_BACKUP_MODE_PULL;
}

void
testBackupDrop(testDomain *domain)
{
    if (domain->backup)
        freeBackup(g_steal_pointer(&domain->backup));
}

/* Bytes that a push backup of a disk moves. */
static unsigned long long
amountOf(const testDomain *domain, const virDocDomainBackupDisk *disk, const testDiskImage *image)
{
    const testMoment *since = disk->incremental ?
        g_hash_table_lookup(domain->checkpoints->byName, disk->incremental) : NULL;
    unsigned long long changed = since ? testDomainWrittenSince(domain, since->ran) : 0;

    return since ? MIN(changed, image->capacity) : image->capacity;
}

/* Begins with one disk: its target is there, and its job runs. */
static void
startDisk(testHost *host, testDomain *domain, testBackup *backup,
          const virDocDomainBackupDisk *disk, bool reuse)
{
    const virDocDomainDisk *of = virConfDomainFindDisk(domain->live, disk->name);
    testBlockJob *job = g_new0(testBlockJob, 1);

    testDomainImageClone(host, of, virConfBackupPlace(backup->document, disk), reuse);
    job->target = g_strdup(of->targetDev);
    job->type = VIR_DOMAIN_BLOCK_JOB_TYPE_BACKUP;
    job->total = amountOf(domain, disk, testDomainImage(host, of));
    job->waits = testBackupIsPull(backup);
    backup->total += job->total;
    backup->left++;
    testBlockJobBegin(host, domain, job);
}

/* The disks that clients can fetch, by the names under which they ask for them. */
static GPtrArray *
exportsOf(testHost *host, const testDomain *domain, const virDocDomainBackup *document)
{
    GPtrArray *exports = testNbdExportsNew();

    for (size_t i = 0; i < document->ndisks; i++) {
        const virDocDomainBackupDisk *disk = document->disks[i];

        if (disk->backup == VIR_DOC_SWITCH_ON)
            testNbdExportsAdd(exports, disk->exportname,
                              testDomainImage(host, virConfDomainFindDisk(domain->live, disk->name))
                                  ->capacity);
    }
    return exports;
}

/* Starts the server of a pull backup; NULL with an error raised. */
static testNbd *
serve(testHost *host, const testDomain *domain, const virDocDomainBackup *document)
{
    bool isUnix = document->serverTransport == VIR_DOC_DOMAIN_BACKUP_TRANSPORT_UNIX;
    int fd;

    if (document->serverTls == VIR_DOC_SWITCH_ON || document->serverFdgroup) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_CONFIG_UNSUPPORTED,
                      "the server of a backup has no %s here",
                      document->serverFdgroup ? "'fdgroup'" : "'tls'");
        return NULL;
    }
    fd = isUnix ? testNbdListenUnix(document->serverSocket)
                : testNbdListenTcp(document->serverName, document->serverPort);
    if (fd < 0)
        return NULL;
    return testNbdStart(fd, isUnix ? document->serverSocket : NULL,
                        exportsOf(host, domain, document));
}

bool
testBackupStart(testHost *host, testDomain *domain, virDocDomainBackup *document, bool reuse)
{
    testBackup *backup = g_new0(testBackup, 1);

    backup->document = document;
    if (!testBackupDisksFill(domain, document) ||
        (testBackupIsPull(backup) && !(backup->server = serve(host, domain, document)))) {
        freeBackup(backup);
        return false;
    }
    backup->started = g_get_monotonic_time();
    backup->ranBefore = testDomainRanEver(domain);
    domain->backup = backup;
    for (size_t i = 0; i < document->ndisks; i++) {
        if (document->disks[i]->backup == VIR_DOC_SWITCH_ON)
            startDisk(host, domain, backup, document->disks[i], reuse);
    }
    return true;
}

testDomainPastJob
testBackupProgress(const testDomain *domain)
{
    const testBackup *backup = domain->backup;
    bool pull = testBackupIsPull(backup);
    testDomainPastJob now = {
        .type = pull ? VIR_DOMAIN_JOB_UNBOUNDED : VIR_DOMAIN_JOB_BOUNDED,
        .operation = VIR_DOMAIN_JOB_OPERATION_BACKUP,
        .elapsed = g_get_monotonic_time() - backup->started,
        .total = backup->total,
        .processed = backup->finished,
    };
    GHashTableIter jobs;
    void *job;

    g_hash_table_iter_init(&jobs, domain->blockJobs);
    while (g_hash_table_iter_next(&jobs, NULL, &job)) {
        if (((testBlockJob *) job)->type == VIR_DOMAIN_BLOCK_JOB_TYPE_BACKUP)
            now.processed += testBlockJobMoved(job);
    }
    /* What the guest overwrites is kept for the clients that read. */
    if (pull) {
        now.tempTotal = backup->total;
        now.tempUsed = MIN(backup->total, backup->left *
                           testDomainWrittenSince(domain, backup->ranBefore));
    }
    return now;
}

void
testBackupDiskDone(testHost *host, testDomain *domain, unsigned long long bytes)
{
    domain->backup->finished += bytes;
    if (--domain->backup->left == 0)
        testBackupEnd(host, domain, VIR_DOMAIN_JOB_COMPLETED, /* why= */ NULL);
}

/* Removes what a backup that failed has written so far. */
static void
dropTargets(testHost *host, const virDocDomainBackup *document)
{
    for (size_t i = 0; i < document->ndisks; i++) {
        const char *place = virConfBackupPlace(document, document->disks[i]);

        if (place)
            g_hash_table_remove(host->domains->images, place);
    }
}

void
testBackupEnd(testHost *host, testDomain *domain, int how, const char *why)
{
    testDomainPastJob past = testBackupProgress(domain);
    testBackup *backup = g_steal_pointer(&domain->backup);

    past.type = how;
    past.why = why;
    for (size_t i = 0; i < backup->document->ndisks; i++) {
        testBlockJob *job = g_hash_table_lookup(domain->blockJobs, backup->document->disks[i]->name);

        if (job && job->type == VIR_DOMAIN_BLOCK_JOB_TYPE_BACKUP)
            g_hash_table_remove(domain->blockJobs, job->target);
    }
    /* A target is whole or not there; what was kept for clients is of no use afterwards. */
    if (how != VIR_DOMAIN_JOB_COMPLETED || testBackupIsPull(backup))
        dropTargets(host, backup->document);
    testDomainJobPast(host, domain, &past);
    freeBackup(backup);
}

static virDocDomainBackup *
parse(const char *xml)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    virDocParseOptions options = { .flags = VIR_DOC_PARSE_INACTIVE };
    virDocDomainBackup *document = virDocParse(&virDocDomainBackupRecord, NULL, xml, &options,
                                               issues);

    if (!document)
        virDocIssuesRaise(issues, VIR_FROM_DOMAIN);
    return document;
}

/* Whether a locked domain can begin a backup; else raises. */
static bool
mayBegin(const testDomain *domain)
{
    if (!domain->backup)
        return testDomainRequireActive(domain);
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                  "a backup of domain '%s' is active already", domain->name);
    return false;
}

/* Begins a backup and makes its checkpoint, or does neither; owns the backup, and the checkpoint
 * when it succeeds. */
static bool
begin(testHost *host, testDomain *domain, virDocDomainBackup *backup,
      virDocDomainCheckpoint *checkpoint, unsigned int flags)
{
    if (!mayBegin(domain) || (checkpoint && !testCheckpointMay(domain, checkpoint))) {
        virDocDomainBackupFree(backup);
        return false;
    }
    if (!testBackupStart(host, domain, backup, flags & VIR_DOMAIN_BACKUP_BEGIN_REUSE_EXTERNAL))
        return false;
    if (checkpoint)
        testCheckpointMake(domain, checkpoint);
    return true;
}

int
testDomainBackupBegin(virDomainPtr handle, const char *backupXML, const char *checkpointXML,
                      unsigned int flags)
{
    virDocDomainCheckpoint *checkpoint = NULL;
    virDocDomainBackup *backup = parse(backupXML);
    testDomain *domain;
    bool done;

    if (!backup)
        return -1;
    if (checkpointXML)
        checkpoint = virConfCheckpointParse(checkpointXML, /* redefine= */ false);
    domain = checkpointXML && !checkpoint ? NULL : testDomainLockGuest(handle);
    if (!domain) {
        virDocDomainBackupFree(backup);
        if (checkpoint)
            virDocDomainCheckpointFree(checkpoint);
        return -1;
    }
    done = begin(testHostOf(handle->conn), domain, backup, checkpoint, flags);
    testDomainUnlock(handle);
    if (!done && checkpoint)
        virDocDomainCheckpointFree(checkpoint);
    return done ? 0 : -1;
}

char *
testDomainBackupGetXMLDesc(virDomainPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = testDomainLock(handle);
    char *xml = NULL;

    if (!domain)
        return NULL;
    if (domain->backup)
        xml = virDocPrint(&virDocDomainBackupRecord, NULL, domain->backup->document, 0);
    else if (testDomainRequireActive(domain))
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_DOMAIN_BACKUP,
                      "domain '%s' has no backup that is active", domain->name);
    testDomainUnlock(handle);
    return xml;
}
