/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The model node of the test hypervisor: what its connections share. */

#pragma once

#include <stdbool.h>

#include <glib.h>
#include <libvirt/libvirt.h>

#include "document/network.h"
#include "runtime/event.h"

typedef struct {
    char *name;
    unsigned char uuid[VIR_UUID_BUFLEN];
    virDocNetwork *live;        /* what runs, or would */
    virDocNetwork *next;        /* the definition of the next start when it differs, else NULL */
    bool active;
    bool persistent;
    bool autostart;
} testNetwork;

typedef struct testDomain testDomain;
typedef struct testDomainTable testDomainTable;
typedef struct testMachine testMachine;

typedef struct {
    int refs;                   /* connections; guarded by the lock of the registry */
    virNodeInfo node;
    testMachine *machine;
    virEventState *events;

    /* Guards what follows. Events are queued with it held, callbacks never run under it. */
    GMutex lock;
    struct testStorage *storage;
    GHashTable *networks;       /* name -> testNetwork, which it owns */
    testDomainTable *domains;   /* see test_domain.h */
} testHost;

/* The host behind a connection of this driver. */
testHost *testHostOf(virConnectPtr conn);

/* Puts the network `default` of the built-in host in place; 0 or -1 with an error raised. */
int testNetworkSetUpDefault(testHost *host);

void testNetworkFree(testNetwork *network);

/* Makes the tables of domains, with the running domain `test`; 0 or -1 with an error raised. */
int testDomainSetUp(testHost *host);
void testDomainTearDown(testHost *host);
/* Ends the domains that a closing connection started for its own time. */
void testDomainConnectionClosed(virConnectPtr conn);

/* Makes the tables of pools and volumes, empty; 0 or -1 with an error raised. */
int testStorageSetUp(testHost *host);
/* Puts the pool `default-pool` of the built-in host in place; 0 or -1 with an error raised. */
int testStorageSetUpDefault(testHost *host);
void testStorageTearDown(testHost *host);
