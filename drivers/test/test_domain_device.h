/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A device of a domain of whatever kind: read from a document, found among others. */

#pragma once

#include "document/describe.h"
#include "test_domain.h"

typedef struct {
    const virDocMember *member;     /* of the list in the domain's devices that it belongs to */
    void *data;                     /* a struct of member->record */
} testDevice;

void testDeviceClear(testDevice *device);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(testDevice, testDeviceClear)

/* Reads one device; its element says what kind it is. 0, or -1 with an error raised. */
int testDeviceParse(const char *xml, testDevice *device);

/* Name, place and turn at booting; NULL for kinds that have none. */
virDocDomainDeviceInfo *testDeviceInfo(const testDevice *device);

/* What the device is called when its document does not say: unique in the domain. */
char *testDeviceAlias(const virDocDomain *document, const testDevice *device);

/*
 * The place in its list of the one device that a description fits, or -1 with an error raised: a
 * disk by its target, an interface by its hardware address, others by all that is said of them.
 */
gssize testDeviceFind(const virDocDomain *document, const testDevice *device);

/* The device with an alias, and its place; false with an error raised when there is none. */
bool testDeviceFindAlias(const virDocDomain *document, const char *alias, testDevice *device,
                         size_t *at);

/* Whether a device may join a document: whether nothing there has its name; else raises. */
bool testDeviceMayJoin(const virDocDomain *document, const testDevice *device);

/* A copy in a document, at the end of its list. */
void testDeviceJoin(virDocDomain *document, const testDevice *device);
/* Takes a device out and frees it. */
void testDeviceLeave(virDocDomain *document, const virDocMember *member, size_t at);
