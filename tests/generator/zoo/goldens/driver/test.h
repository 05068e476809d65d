/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api.xml and api/<object>.xml; change that, not this. */
/* Hooks of the test driver. */

#pragma once

#include "driver/vtable.h"
#include "runtime/driver.h"

extern const virDriver testDriver;

int testConnectOpen(virConnectPtr conn, virConnectAuthPtr auth, unsigned int flags);
int testConnectClose(virConnectPtr conn);
int testServeBegin(void);
void testServeEnd(void);
virAnimalPtr testConnectWashAnimal(virConnectPtr conn, const char *xml);
virAnimalPtr testAnimalLookupByName(virConnectPtr conn, const char *name);
virAnimalPtr testAnimalLookupByUUID(virConnectPtr conn, const unsigned char *uuid);
int testConnectListAnimals(virConnectPtr conn, char **const names, int maxnames);
int testConnectListAllAnimals(virConnectPtr conn, virAnimalPtr **animals, unsigned int flags);
int testAnimalWake(virAnimalPtr animal, unsigned int flags);
int testAnimalGetInfo(virAnimalPtr animal, virAnimalInfoPtr info);
int testAnimalGetMood(virAnimalPtr animal, int *mood, int *reason, unsigned int flags);
int testAnimalGetDiet(virAnimalPtr animal,
                      virTypedParameterPtr params,
                      int *nparams,
                      unsigned int flags);
virDenPtr testDenLookupByName(virAnimalPtr animal, const char *name);
int testDenSweep(virDenPtr den);
int testAnimalTransportBegin(virAnimalPtr animal,
                             const unsigned char *papers_in,
                             int papersinlen,
                             unsigned char **papers_out,
                             int *papersoutlen,
                             char **address);
