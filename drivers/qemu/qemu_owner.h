/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files that change hands: QEMU's as long as a guest runs, their owner's again afterwards. */

#pragma once

#include <stdbool.h>

#include "qemu_domain.h"
#include "qemu_files.h"
#include "qemu_identity.h"

/*
 * Gives files to whoever runs QEMU; notes in `given` (paths) what must be taken back. False with an error
 * raised; what was given by then is in `given`.
 */
bool qemuOwnerGive(const qemuSettings *settings, const qemuIdentity *identity, GPtrArray *files,
                   GPtrArray *given);
/* The same for a disk that comes to a running guest, which is looked at first; and for one that leaves. */
bool qemuOwnerGiveDisk(qemuDomain *domain, const virDocDomainDisk *disk);
void qemuOwnerTakeBackDisk(qemuDomain *domain, const virDocDomainDisk *disk);
/* Gives every file back that no other guest has. */
void qemuOwnerTakeBack(GPtrArray *given);
