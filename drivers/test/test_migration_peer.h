/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Migration from peer to peer: the source conducts it. */

#pragma once

#include "test_migration.h"

/* 0 when the guest runs at the other end of a connection URI, or -1 with an error raised. */
int testMigrationPeer(virDomainPtr domain, const char *dconnuri, virTypedParameterPtr params,
                      int nparams, const testMigrationWish *wish);
/* The same for a caller without parameters. */
int testMigrationPeerPlain(virDomainPtr domain, const char *dconnuri,
                           const testMigrationWish *wish);
