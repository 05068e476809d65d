/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The model node of the test hypervisor: what its connections share. */

#pragma once

#include <stdbool.h>

#include <glib.h>
#include <libvirt/libvirt.h>

#include "runtime/event.h"

typedef struct testDomain testDomain;
typedef struct testDomainTable testDomainTable;
typedef struct testMachine testMachine;

/* Somebody who may connect; the password is NULL when none is asked for. */
typedef struct {
    char *password;
} testUser;

typedef struct {
    char *identity;             /* tells it from every other host anywhere */
    char *path;                 /* of the node document; TEST_DEFAULT_PATH for the built-in host */
    int refs;                   /* connections; guarded by the lock of the registry */
    virNodeInfo node;
    testMachine *machine;
    struct testFaults *faults;  /* NULL: none */
    GHashTable *users;          /* name -> testUser; NULL: everybody may connect */
    virEventState *events;

    /* Guards what follows. Events are queued with it held, callbacks never run under it. */
    GMutex lock;
    struct testStorage *storage;
    struct testNetworks *networks;
    struct testInterfaces *interfaces;
    struct testSecrets *secrets;
    struct testNodeDevices *nodeDevices;
    struct testFilters *filters;
    testDomainTable *domains;   /* see test_domain.h */
} testHost;

#define TEST_DEFAULT_PATH "/default"

/* The host behind a connection of this driver. */
testHost *testHostOf(virConnectPtr conn);

/* Makes the table of host interfaces, empty. */
void testInterfaceSetUp(testHost *host);
/* Puts the interface `eth1` of the built-in host in place; 0 or -1 with an error raised. */
int testInterfaceSetUpDefault(testHost *host);
void testInterfaceTearDown(testHost *host);

/* Makes the table of secrets, empty. */
void testSecretSetUp(testHost *host);
void testSecretTearDown(testHost *host);

/* Makes the table of node devices, empty. */
void testNodeDeviceSetUp(testHost *host);
/* Puts the devices of the built-in host in place; 0 or -1 with an error raised. */
int testNodeDeviceSetUpDefault(testHost *host);
void testNodeDeviceTearDown(testHost *host);

/* Makes the tables of network filters and their bindings, empty. */
void testFilterSetUp(testHost *host);
void testFilterTearDown(testHost *host);

/* Makes the table of networks, empty. */
void testNetworkSetUp(testHost *host);
/* Puts the network `default` of the built-in host in place; 0 or -1 with an error raised. */
int testNetworkSetUpDefault(testHost *host);
void testNetworkTearDown(testHost *host);

/* Makes the tables of domains, empty. */
void testDomainSetUp(testHost *host);
/* Puts the running domain `test` of the built-in host in place; 0 or -1 with an error raised. */
int testDomainSetUpDefault(testHost *host);
void testDomainTearDown(testHost *host);
/* Ends the domains that a closing connection started for its own time. */
void testDomainConnectionClosed(virConnectPtr conn);

/* Makes the tables of pools and volumes, empty. */
void testStorageSetUp(testHost *host);
/* Puts the pool `default-pool` of the built-in host in place; 0 or -1 with an error raised. */
int testStorageSetUpDefault(testHost *host);
void testStorageTearDown(testHost *host);
