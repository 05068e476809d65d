/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Documents of backups: which disks, how much of them, and where to. */

#pragma once

#include <glib.h>
#include <stdbool.h>

#include "document/domain.h"
#include "document/domainbackup.h"

G_BEGIN_DECLS

/* What a driver knows of a guest that is to be backed up; each raises when it says no. */
typedef struct {
    int errorDomain;
    /* Whether a checkpoint follows a disk. */
    bool (*isFollowed)(const void *guest, const char *checkpoint, const char *disk);
    /* Whether nothing else is done with a disk. */
    bool (*isIdle)(const void *guest, const virDocDomainDisk *disk);
} virConfBackupHooks;

/* Where the data of a disk go, or what the guest overwrites is kept; NULL when nowhere. */
const char *virConfBackupPlace(const virDocDomainBackup *document,
                               const virDocDomainBackupDisk *disk);

/* Fills in all that a document leaves open; false with an error raised when it does not fit. */
bool virConfBackupComplete(virDocDomainBackup *document, const virDocDomain *domain,
                           const virConfBackupHooks *hooks, const void *opaque);

G_END_DECLS
