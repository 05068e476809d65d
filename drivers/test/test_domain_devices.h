/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finding devices of a domain by the names that calls use. */

#pragma once

#include "test_domain.h"

/* A disk by its target, as vda, or by its source; NULL when there is none. */
virDocDomainDisk *testDomainFindDisk(const virDocDomain *document, const char *name);

/* Where the data of a disk are: a path, a name on a server, a volume; NULL for an empty drive. */
const char *testDiskSource(const virDocDomainStorageSource *source);

/* Gives an interface a device on the host, and a hardware address, where it has none. */
void testDomainNameInterface(const virDocDomain *document, virDocDomainInterface *interface);
void testDomainAddressInterface(virDocDomainInterface *interface);

/* An interface by its device on the host or its MAC address; NULL when there is none. */
virDocDomainInterface *testDomainFindInterface(const virDocDomain *document, const char *name);
