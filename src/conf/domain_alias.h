/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The names that devices of a running guest have. */

#pragma once

#include "conf/domain.h"

G_BEGIN_DECLS

/* Gives every device a name that has none: virtio-disk0, net0, serial0, ... */
void virConfDomainNameDevices(virDocDomain *domain);

/* The name for a device that joins a guest whose devices have names; to be freed. */
char *virConfDomainAliasFor(const virDocDomain *domain, const virConfDomainDevice *device);

/* The name of a device of a guest, or the one that it would have; to be freed. */
char *virConfDomainAliasOf(const virDocDomain *domain, const virConfDomainDevice *device);

/* Whether a console is only another name of the first serial port. */
bool virConfDomainConsoleIsSerial(const virDocDomain *domain, size_t index);

G_END_DECLS
