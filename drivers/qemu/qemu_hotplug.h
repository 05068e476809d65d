/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices of a QEMU that runs: the parts of its command line, said over the monitor. */

#pragma once

#include <stdbool.h>

#include "conf/domain.h"
#include "qemu_domain.h"

/* All of these let go of the lock meanwhile, and raise an error where they fail. */

/* The device joins, all of it or nothing; `document` is how the guest will be. */
bool qemuHotplugAdd(qemuDomain *domain, const virDocDomain *document,
                    const virConfDomainDevice *device);
/* Removes what is behind a device that the guest gave up. */
void qemuHotplugRelease(qemuDomain *domain, const virConfDomainDevice *device);
/* The link of an interface becomes what its description says. */
bool qemuHotplugLink(qemuDomain *domain, const virDocDomainInterface *interface);
/* Another medium, or none, in a drive; `force` opens one that the guest holds closed. */
bool qemuHotplugMedium(qemuDomain *domain, const virDocDomainDisk *now,
                       const virDocDomainDisk *then, bool force);

/* A guest gave a device up that nobody waits for any more; in the thread of the loop. */
void qemuDeviceGone(qemuDomain *domain, const char *alias);
