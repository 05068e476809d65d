/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Snapshots of domains, and what the files about them share. */

#pragma once

#include "document/domainsnapshot.h"
#include "test_domain_moment.h"

/* A snapshot and its domain, locked; NULL unlocked, with an error raised. */
testDomain *testSnapshotLock(virDomainSnapshotPtr handle, testMoment **moment);

/* What follows is called with the lock of the host held. */

/*
 * Makes a snapshot known again, or replaces what is known of it; owns the document. false with an
 * error raised.
 */
bool testSnapshotRedefine(testDomain *domain, virDocDomainSnapshot *document, unsigned int flags);

/* Makes the documents say which parents there are now. */
void testSnapshotsRetell(testMoments *snapshots);
