/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api.xml and api/<object>.xml; change that, not this. */
/* Flags that the test driver does not know. */

#include "contract/contract.h"

#include "driver/test.h"

static void
refuseConnectListAllAnimals(Contract *f)
{
    const virDriver *table = contractDriver("test");

    contractRefuses(f, "unknown", table->zoo->ConnectListAllAnimals(f->rw.conn, (virAnimalPtr **) contractScratch(f, 1), 1u << 30) == -1,
                    VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
}

static void
refuseAnimalWake(Contract *f)
{
    const virDriver *table = contractDriver("test");

    contractRefuses(f, "unknown", table->zoo->AnimalWake(f->rw.animal, 1u << 30) == -1,
                    VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    contractRefuses(f, "VIR_ANIMAL_WAKE_LOUDLY", table->zoo->AnimalWake(f->rw.animal, VIR_ANIMAL_WAKE_LOUDLY) == -1,
                    VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
    contractRefuses(f, "VIR_ANIMAL_WAKE_AGAIN", table->zoo->AnimalWake(f->rw.animal, VIR_ANIMAL_WAKE_AGAIN) == -1,
                    VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
}

static void
refuseAnimalGetMood(Contract *f)
{
    const virDriver *table = contractDriver("test");

    contractRefuses(f, "unknown", table->zoo->AnimalGetMood(f->rw.animal, (int *) contractScratch(f, 1), (int *) contractScratch(f, 2), 1u << 30) == -1,
                    VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
}

static void
refuseAnimalGetDiet(Contract *f)
{
    const virDriver *table = contractDriver("test");

    contractRefuses(f, "unknown", table->zoo->AnimalGetDiet(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 1u << 30) == -1,
                    VIR_FROM_TEST, VIR_ERR_INVALID_ARG);
}

const ContractFunction contractDriverTest[] = {
    { "testConnectListAllAnimals", refuseConnectListAllAnimals },
    { "testAnimalWake", refuseAnimalWake },
    { "testAnimalGetMood", refuseAnimalGetMood },
    { "testAnimalGetDiet", refuseAnimalGetDiet },
    { NULL, NULL },
};
