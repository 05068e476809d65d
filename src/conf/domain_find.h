/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices of a domain by the names that calls use. */

#pragma once

#include "conf/domain.h"

G_BEGIN_DECLS

/* A disk by its target, as vda, or by its source; NULL when there is none. */
virDocDomainDisk *virConfDomainFindDisk(const virDocDomain *document, const char *name);

/* Where the data of a disk are: a path, a name on a server, a volume; NULL for an empty drive. */
const char *virConfDomainDiskSource(const virDocDomainStorageSource *source);

/* An interface by its device on the host or its hardware address; NULL when there is none. */
virDocDomainInterface *virConfDomainFindInterface(const virDocDomain *document, const char *name);

/* The list or single member of a domain's devices with this element; NULL for none. */
const virDocMember *virConfDomainDeviceKind(const char *element);

/* A device in a list of a document. */
virConfDomainDevice virConfDomainDeviceAt(const virDocDomain *document, const virDocMember *member,
                                          size_t index);

/* The device with an alias; false for none. */
bool virConfDomainLookUpAlias(const virDocDomain *document, const char *alias,
                              virConfDomainDevice *device);

/* The one device with an alias; false with an error raised when there is none. */
bool virConfDomainFindAlias(const virDocDomain *document, const char *alias,
                            const virConfDomainDriver *driver, virConfDomainDevice *device);

/* The one device that a description fits, or false with an error raised: a disk by its target, an
 * interface by its hardware address, others by all that is said of them. */
bool virConfDomainFindDevice(const virDocDomain *document, const virConfDomainDevice *like,
                             const virConfDomainDriver *driver, virConfDomainDevice *device);

G_END_DECLS
