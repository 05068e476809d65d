/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files about places of devices share. */

#pragma once

#include "conf/domain_parts.h"
#include "conf/pci_buses.h"

G_BEGIN_DECLS

/* Each gives the devices of its buses a place; false with an error raised. */
bool virConfDomainPlacePci(virDocDomain *domain, const virConfDomainDriver *driver);
bool virConfDomainPlaceUsb(virDocDomain *domain, const virConfDomainDriver *driver);
bool virConfDomainPlaceVio(virDocDomain *domain, const virConfDomainDriver *driver);
bool virConfDomainPlaceCcw(virDocDomain *domain, const virConfDomainDriver *driver);
bool virConfDomainPlacePorts(virDocDomain *domain, const virConfDomainDriver *driver);

/* How a device is plugged in on a machine; NOWHERE when not on the PCI bus. */
virConfPciPlug virConfDomainPciPlug(const virDocDomain *domain, const virConfDomainDevice *device);

G_END_DECLS
