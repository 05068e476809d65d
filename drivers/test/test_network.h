/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Virtual networks of the test hypervisor, and what the files about them share. */

#pragma once

#include "conf/objects.h"
#include "document/network.h"
#include "document/networkport.h"
#include "test_driver.h"

/* Documents are virDocNetwork. */
typedef struct {
    virConfObject head;
    GHashTable *ports;          /* by sixteen bytes -> virDocNetworkPort, owned, in `order` */
    GQueue order;               /* the same in the order in which they came */
} testNetwork;

struct testNetworks {
    virConfObjects all;
};

extern const virConfObjectKind testNetworkKind;

/* What follows is called with the lock of the host held. */

/* The network behind a handle, with the host locked; NULL unlocked, with an error raised. */
testNetwork *testNetworkLock(virNetworkPtr handle);
void testNetworkUnlock(virNetworkPtr handle);

/* Whether the network is active, else raises. */
bool testNetworkRequireActive(const testNetwork *network);

/* The document of now. */
virDocNetwork *testNetworkLive(const testNetwork *network);

/* The definition that changes of the running network leave alone: made when needed. */
virDocNetwork *testNetworkKeepDefinition(testNetwork *network);

/* Which documents a change with flags of virNetworkUpdateFlags is about; a document is NULL where it
 * is not touched. false with an error raised. */
bool testNetworkToChange(testNetwork *network, unsigned int flags, virDocNetwork **live,
                         virDocNetwork **config);

/* Drops every port. */
void testNetworkDropPorts(testNetwork *network);
