/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Places of devices on the buses of a machine, given once, so that a guest finds its devices again. */

#pragma once

#include "conf/domain.h"

G_BEGIN_DECLS

/* Adds the devices that a PC, pSeries or s390 machine has although nobody asked for them. */
void virConfDomainAddDefaults(virDocDomain *domain);

/* Gives every device of such a machine that says nothing of its place one, and adds the controllers that
 * it takes. The same document gives the same places. False with an error raised. */
bool virConfDomainPlaceDevices(virDocDomain *domain, const virConfDomainDriver *driver);

G_END_DECLS
