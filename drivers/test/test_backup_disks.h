/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The disks of a backup: which, how much of them, and where to. */

#pragma once

#include <stdbool.h>

#include "document/domainbackup.h"
#include "test_domain.h"

/* Fills in all that a document leaves open; false with an error raised when it does not fit. */
bool testBackupDisksFill(const testDomain *domain, virDocDomainBackup *document);
