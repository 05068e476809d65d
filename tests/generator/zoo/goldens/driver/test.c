/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api.xml and api/<object>.xml; change that, not this. */
/* The table of the test driver. */

#include "driver/test.h"

#include <stddef.h>

#include "runtime/entry.h"
#include "runtime/events.h"

static int
checkedConnectListAllAnimals(virConnectPtr conn,
                             virAnimalPtr **animals,
                             unsigned int flags)
{
    if (flags & ~0x3u) {
        virEntryFlags(VIR_FROM_TEST, "testConnectListAllAnimals", (unsigned int) flags, 0x3u);
        return -1;
    }
    return testConnectListAllAnimals(conn, animals, flags);
}

static int
checkedAnimalWake(virAnimalPtr animal, unsigned int flags)
{
    if (flags & ~0x1u) {
        virEntryFlags(VIR_FROM_TEST, "testAnimalWake", (unsigned int) flags, 0x1u);
        return -1;
    }
    return testAnimalWake(animal, flags);
}

static int
checkedAnimalGetMood(virAnimalPtr animal, int *mood, int *reason, unsigned int flags)
{
    if (flags != 0) {
        virEntryFlags(VIR_FROM_TEST, "testAnimalGetMood", (unsigned int) flags, 0);
        return -1;
    }
    return testAnimalGetMood(animal, mood, reason, flags);
}

static int
checkedAnimalGetDiet(virAnimalPtr animal,
                     virTypedParameterPtr params,
                     int *nparams,
                     unsigned int flags)
{
    if (flags != 0) {
        virEntryFlags(VIR_FROM_TEST, "testAnimalGetDiet", (unsigned int) flags, 0);
        return -1;
    }
    return testAnimalGetDiet(animal, params, nparams, flags);
}

static const virZooDriver testZoo = {
    .ConnectWashAnimal = testConnectWashAnimal,
    .AnimalLookupByName = testAnimalLookupByName,
    .AnimalLookupByUUID = testAnimalLookupByUUID,
    .ConnectListAnimals = testConnectListAnimals,
    .ConnectListAllAnimals = checkedConnectListAllAnimals,
    .ConnectAnimalEventRegisterAny = localConnectAnimalEventRegisterAny,
    .ConnectAnimalEventDeregisterAny = localConnectAnimalEventDeregisterAny,
    .ConnectAnimalEventRegister = localConnectAnimalEventRegister,
    .ConnectAnimalEventDeregister = localConnectAnimalEventDeregister,
    .AnimalWake = checkedAnimalWake,
    .AnimalGetInfo = testAnimalGetInfo,
    .AnimalGetMood = checkedAnimalGetMood,
    .AnimalGetDiet = checkedAnimalGetDiet,
    .DenLookupByName = testDenLookupByName,
    .DenSweep = testDenSweep,
    .AnimalTransportBegin = testAnimalTransportBegin,
};

static const char *const testSchemes[] = { "test", NULL };

const virDriver testDriver = {
    .name = "test",
    .schemes = testSchemes,
    .daemonOnly = true,
    .embeds = true,
    .ServeBegin = testServeBegin,
    .ServeEnd = testServeEnd,
    .ConnectOpen = testConnectOpen,
    .ConnectClose = testConnectClose,
    .features = 1u << VIR_DRV_FEATURE_TRANSPORT |
                1u << VIR_DRV_FEATURE_REPORTS,
    .zoo = &testZoo,
};
