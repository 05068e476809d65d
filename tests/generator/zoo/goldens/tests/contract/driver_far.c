/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api.xml and api/<object>.xml; change that, not this. */
/* Flags that the far driver does not know. */

#include "contract/contract.h"

#include "driver/far.h"

static void
refuseAnimalWake(Contract *f)
{
    const virDriver *table = contractDriver("far");

    contractRefuses(f, "unknown", table->zoo->AnimalWake(f->rw.animal, 1u << 30) == -1,
                    VIR_FROM_REMOTE, VIR_ERR_INVALID_ARG);
}

const ContractFunction contractDriverFar[] = {
    { "farAnimalWake", refuseAnimalWake },
    { NULL, NULL },
};
