/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a running guest makes of its devices: memory that it takes, and what it does not release. */

#pragma once

#include "conf/domain.h"
#include "test_domain.h"

/* What follows is called with the lock of the host held. */

/* The guest takes as much of its memory devices as it shall, with an event for each that changes. */
void testGuestUsesMemory(testHost *host, testDomain *domain);

/* From now on the guest needs the disk or interface with this name, or the device with this alias. */
void testGuestHolds(testDomain *domain, const char *name);
/* Whether a device has this name. */
bool testGuestHas(const testDomain *domain, const char *name);

/* Whether the guest lets a device go; else raises, with the event. */
bool testGuestReleases(testHost *host, const testDomain *domain,
                       const virConfDomainDevice *device);
/* Whether the guest lets a drive be opened; else raises. */
bool testGuestOpens(const testDomain *domain, const virConfDomainDevice *drive);
