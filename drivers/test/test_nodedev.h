/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Node devices of the test hypervisor: those of the host, virtual ports and mediated devices. */

#pragma once

#include "conf/nodedev.h"
#include "conf/objects.h"
#include "document/node.h"
#include "test_driver.h"

/*
 * Documents are virDocNodeDevice. Of a mediated device `head.live` is what exists and `head.next`
 * its definition; while it is not active, the definition is `head.live`. All others are active.
 */
typedef struct {
    virConfObject head;
    bool detached;              /* it waits for a guest, and its driver is none of the host's */
    char *hostDriver;           /* that had it before; NULL: none */
} testNodeDevice;

struct testNodeDevices {
    virConfObjects all;
};

/* The device behind a handle, with the host locked; NULL unlocked, with an error raised. */
testNodeDevice *testNodeDeviceLock(virNodeDevicePtr handle);
void testNodeDeviceUnlock(virNodeDevicePtr handle);

extern const virConfObjectKind testNodeDeviceKind;

/* Enters a device that a node document describes; 0, or -1 with an error raised. */
int testNodeDeviceEnter(virConnectPtr conn, const char *text, const virDocNodeObject *object);

/* What follows is called with the lock of the host held. */

/* A new handle; NULL for no device, without an error. */
virNodeDevicePtr testNodeDeviceHandle(virConnectPtr conn, const testNodeDevice *device);
const char *testNodeDeviceParentName(const testNodeDevice *device);
/* Adds an active device and owns its document; NULL with an error raised. */
testNodeDevice *testNodeDeviceAdd(testHost *host, virDocNodeDevice *document);
void testNodeDeviceAnnounce(testHost *host, const testNodeDevice *device, int event);
/* Tells listeners that properties changed. */
void testNodeDeviceChanged(testHost *host, const testNodeDevice *device);
/* The running domain that was given the device, NULL when there is none. */
const char *testNodeDeviceUser(const testHost *host, const testNodeDevice *device);
/* Whether no running domain has the device, else raises. */
bool testNodeDeviceRequireUnused(const testHost *host, const testNodeDevice *device);

/* The device on which another one is to hang, by name; NULL with an error raised. */
testNodeDevice *testNodeDeviceParent(testHost *host, const virDocNodeDevice *document);

/* What makes it a mediated device, NULL when it is none. */
virDocNodeDeviceCapability *testMdevOf(const virDocNodeDevice *document);
/* Takes in the definition of a mediated device; owns the document. NULL with an error raised. */
testNodeDevice *testMdevDefine(testHost *host, virDocNodeDevice *document, bool persistent);
/* Makes one that is defined exist; 0, or -1 with an error raised. */
int testMdevStart(testHost *host, testNodeDevice *device);
/* The end of one that exists: it is defined only, or gone. */
void testMdevStop(testHost *host, testNodeDevice *device);
