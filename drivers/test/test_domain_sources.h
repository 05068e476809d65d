/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sources of disks that are not there when a domain starts. */

#pragma once

#include "test_domain.h"

/*
 * Whether a domain can start although sources of its disks may be missing, else raises. `goesOn`: it
 * does not boot, but was restored, reverted or migrated. Called with the lock held.
 */
bool testSourcesThere(testHost *host, const virDocDomain *document, bool goesOn);
/* Takes what is missing and may be out of a domain that starts now, with its events. */
void testSourcesDrop(testHost *host, testDomain *domain, bool goesOn);
