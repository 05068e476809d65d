/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A domain of the test hypervisor, and what the files about domains share. */

#pragma once

#include <stdbool.h>

#include <glib.h>
#include <libvirt/libvirt.h>

#include "document/domain.h"
#include "runtime/event.h"
#include "test_driver.h"

/* `live` runs, or would; `next` is the definition of the next start when it differs. */
struct testDomain {
    GList link;                 /* in testDomainTable.all */
    char *name;
    unsigned char uuid[VIR_UUID_BUFLEN];
    int id;                     /* -1 while off */
    virDocDomain *live;
    virDocDomain *next;
    int state;
    int reason;
    bool persistent;
    bool autostart;
};

/* Every domain of a host; guarded by the lock of the host. */
struct testDomainTable {
    GHashTable *byName;         /* owns the domains */
    GHashTable *byUUID;         /* the same by sixteen bytes */
    GHashTable *byId;           /* those that run */
    GQueue all;                 /* in the order in which they came */
    int nextId;
};

/* Reads a document and fills in what it leaves open; NULL with an error raised. */
virDocDomain *testDomainParse(const char *xml, bool strict);

/* The domain behind a handle, with the host locked; NULL unlocked, with an error raised. */
testDomain *testDomainLock(virDomainPtr handle);
void testDomainUnlock(virDomainPtr handle);

/* Whether the model does what all the flags ask for, else raises. */
bool testDomainFlagsKnown(unsigned int flags, unsigned int known, const char *function);

/* What follows is called with the lock of the host held. */

/* Whether the domain runs, else raises. */
bool testDomainRequireActive(const testDomain *domain);

/* A new handle; NULL for no domain, without an error. */
virDomainPtr testDomainHandle(virConnectPtr conn, const testDomain *domain);

/* Takes in a document and owns it whatever happens; NULL with an error raised. */
testDomain *testDomainAdopt(testHost *host, virDocDomain *document, bool *isNew);
void testDomainForget(testHost *host, testDomain *domain);

/* The definition that changes of the running guest leave alone: `next`, made when needed. */
virDocDomain *testDomainKeepDefinition(testDomain *domain);

/* Turns a domain on, with its events. */
void testDomainStart(virConnectPtr conn, testDomain *domain, bool paused);
/* Turns a running domain off, with its event; a transient one is gone afterwards. */
void testDomainStop(virConnectPtr conn, testDomain *domain, int reason, int detail);

/* Tells listeners of life-cycle events what happened. */
void testDomainAnnounce(virConnectPtr conn, const testDomain *domain, int event, int detail);
