/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Checkpoints of domains, for those who make one along with something else. */

#pragma once

#include <stdbool.h>

#include "document/domaincheckpoint.h"
#include "test_domain_moment.h"

/* Whether a locked domain may have it, filling in its disks; else raises. */
bool testCheckpointMay(const testDomain *domain, virDocDomainCheckpoint *document);

/* Makes one that may be, and owns the document. */
void testCheckpointMake(testDomain *domain, virDocDomainCheckpoint *document);
