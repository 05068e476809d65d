/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is known of a guest that is to be backed up. */

#include "test_backup_disks.h"

#include <libvirt/virterror.h>

#include "conf/backup.h"
#include "document/domaincheckpoint.h"
#include "runtime/error.h"
#include "test_block_job.h"
#include "test_domain_moment.h"

/* Whether a checkpoint follows a disk; else raises. */
static bool
isFollowed(const void *guest, const char *name, const char *disk)
{
    const testDomain *domain = guest;
    const testMoment *moment = testMomentsFind(domain->checkpoints, name);
    const virDocDomainCheckpoint *document;

    if (!moment)
        return false;
    document = moment->document;
    for (size_t i = 0; i < document->ndisks; i++) {
        if (g_str_equal(document->disks[i]->name, disk) &&
            document->disks[i]->checkpoint == VIR_DOC_DOMAIN_CHECKPOINT_KIND_BITMAP)
            return true;
    }
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "checkpoint '%s' does not follow disk '%s'",
                  name, disk);
    return false;
}

static bool
isIdle(const void *guest, const virDocDomainDisk *disk)
{
    return testBlockJobNone(guest, disk);
}

bool
testBackupDisksFill(const testDomain *domain, virDocDomainBackup *document)
{
    static const virConfBackupHooks hooks = {
        .errorDomain = VIR_FROM_TEST,
        .isFollowed = isFollowed,
        .isIdle = isIdle,
    };

    return virConfBackupComplete(document, domain->live, &hooks, domain);
}
