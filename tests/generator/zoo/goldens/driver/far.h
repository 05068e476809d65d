/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api.xml and api/<object>.xml; change that, not this. */
/* Hooks of the far driver. */

#pragma once

#include "driver/vtable.h"
#include "runtime/driver.h"

extern const virDriver farDriver;

int farConnectOpen(virConnectPtr conn, virConnectAuthPtr auth, unsigned int flags);
int farConnectClose(virConnectPtr conn);
virAnimalPtr farAnimalLookupByName(virConnectPtr conn, const char *name);
virAnimalPtr farAnimalLookupByUUID(virConnectPtr conn, const unsigned char *uuid);
int farConnectAnimalEventRegisterAny(virConnectPtr conn,
                                     virAnimalPtr animal,
                                     int eventID,
                                     virConnectAnimalEventGenericCallback cb,
                                     void *opaque,
                                     virFreeCallback freecb);
int farAnimalWake(virAnimalPtr animal, unsigned int flags);
int farConnectKeeperRegister(virConnectPtr conn,
                             virAnimalPtr animal,
                             virKeeperCallback cb,
                             void *opaque,
                             virFreeCallback freecb);
