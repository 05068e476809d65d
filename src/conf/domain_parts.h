/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files about documents of domains share. */

#pragma once

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "conf/domain.h"

G_BEGIN_DECLS

/* Never NULL. */
const virConfDomainDriver *virConfDomainDriverOf(const virDocContext *context);

/* The error domain of what a driver is told; `driver` may be NULL. */
int virConfDomainErrorOf(const virConfDomainDriver *driver);

/* Where an entry of a list of devices is, for reports: devices/disk[2]. */
char *virConfDomainDevicePath(const char *name, size_t index);

/* Checks of records, by the names in the descriptions. */
void virConfCheckAddress(void *data, virDocContext *context);
void virConfCheckBackingStore(void *data, virDocContext *context);
void virConfCheckCharacterSource(void *data, virDocContext *context);
void virConfCheckClock(void *data, virDocContext *context);
void virConfCheckController(void *data, virDocContext *context);
void virConfCheckCpu(void *data, virDocContext *context);
void virConfCheckDisk(void *data, virDocContext *context);
void virConfCheckFilesystem(void *data, virDocContext *context);
void virConfCheckGraphics(void *data, virDocContext *context);
void virConfCheckHostdev(void *data, virDocContext *context);
void virConfCheckInput(void *data, virDocContext *context);
void virConfCheckInterface(void *data, virDocContext *context);
void virConfCheckMemballoon(void *data, virDocContext *context);
void virConfCheckRng(void *data, virDocContext *context);
void virConfCheckSeclabel(void *data, virDocContext *context);
void virConfCheckShmem(void *data, virDocContext *context);
void virConfCheckSmartcard(void *data, virDocContext *context);
void virConfCheckStorageSource(void *data, virDocContext *context);
void virConfCheckSysinfo(void *data, virDocContext *context);
void virConfCheckTpm(void *data, virDocContext *context);
void virConfCheckVideo(void *data, virDocContext *context);
void virConfCheckVsock(void *data, virDocContext *context);

/* Steps that complete a domain, in the order in which they are taken. Each may report. */
void virConfDomainCompleteIdentity(virDocDomain *domain, virDocContext *context);
void virConfDomainCompleteFeatures(virDocDomain *domain, virDocContext *context);
void virConfDomainCompleteMemory(virDocDomain *domain, virDocContext *context);
void virConfDomainCompleteProcessors(virDocDomain *domain, virDocContext *context);
void virConfDomainCompleteTuning(virDocDomain *domain, virDocContext *context);
void virConfDomainCompleteBoot(virDocDomain *domain, virDocContext *context);
void virConfDomainCompleteControllers(virDocDomain *domain, virDocContext *context);
void virConfDomainCompleteBoard(virDocDomain *domain, virDocContext *context);
void virConfDomainCompleteDisks(virDocDomain *domain, virDocContext *context);
void virConfDomainCompleteInterfaces(virDocDomain *domain, virDocContext *context);
void virConfDomainCompleteCharacters(virDocDomain *domain, virDocContext *context);
void virConfDomainCompleteDisplays(virDocDomain *domain, virDocContext *context);
void virConfDomainCompleteHostdevs(virDocDomain *domain, virDocContext *context);
void virConfDomainCheckDevices(virDocDomain *domain, virDocContext *context);

/* The controller of a kind and index, or NULL. */
virDocDomainController *virConfDomainFindController(const virDocDomain *domain,
                                                    virDocDomainControllerType type,
                                                    unsigned int index);
/* Adds what is missing of the controllers 0 to `last` of a kind; -1 for none. */
void virConfDomainAddControllers(virDocDomain *domain, virDocDomainControllerType type,
                                 long last);
/* Those of one kind stand together, in the order of their numbers. */
void virConfDomainSortControllers(virDocDomain *domain);
/* An address of drives; everything but controller and unit is 0. */
virDocDomainAddress *virConfDomainDriveAddress(unsigned int controller, unsigned int bus,
                                               unsigned int unit);
/* Fills in the families of addresses of an interface, and compares those that are told. */
void virConfCompleteFamilies(virDocDomainAddressOf **addresses, size_t count,
                             virDocContext *context);
/* Makes up a hardware address where an interface has none; false without randomness. */
bool virConfDomainGiveMac(virDocDomainInterface *interface);
/* What all devices have, in a struct of a device; NULL of kinds that have none. */
virDocDomainDeviceInfo *virConfDomainDeviceInfoOf(const virDocRecord *record, void *data);
/* Whether what a device's document says at a place is not what it is, but how it is just now: a
 * password, memory in use. Such places may change, and tell no device from another. */
bool virConfDomainIsState(const char *place);
/* Whether a disk is a drive whose medium can change (a virDocDomainDisk). */
bool virConfDomainDiskIsRemovable(const void *disk);
/* Position of a disk by its name (vda, sdab1), or -1. */
int virConfDomainDiskIndex(const char *name);

G_END_DECLS
