/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/* What functions do in each state of their object. */

#include "contract/states.h"

#include <libvirt/virterror.h>

static bool
callConnectWashAnimal(Contract *f)
{
    virAnimalPtr result = virConnectWashAnimal(f->rw.conn, f->document);

    if (result)
        virAnimalFree(result);
    return !result;
}

static bool
callAnimalWake(Contract *f)
{
    int result = virAnimalWake(f->rw.animal, 0);

    return result == -1;
}

static const StateStep stepsConnectWashAnimal[] = {
    /* gone */ { .to = 1 },
    /* asleep */ { .to = 1 },
    /* awake */ { .to = 2 },
};

static const StateStep stepsAnimalWake[] = {
    /* gone */ { .to = 0, .errors = { VIR_ERR_NO_SUPPORT } },
    /* asleep */ { .to = 2, .events = { { VIR_ANIMAL_EVENT_WOKE, 0 }, { VIR_ANIMAL_EVENT_WOKE, VIR_ANIMAL_EVENT_WOKE_ALARM } }, .nevents = 2 },
    /* awake */ { .to = 2, .errors = { VIR_ERR_INVALID_ARG } },
};

static const StateCall animalCalls[] = {
    { "virConnectWashAnimal", callConnectWashAnimal, stepsConnectWashAnimal },
    { "virAnimalWake", callAnimalWake, stepsAnimalWake },
    { NULL, NULL, NULL },
};

static const char *const animalStates[] = { "gone", "asleep", "awake", NULL };

const StateObject stateObjects[] = {
    { "Animal", animalStates, animalCalls },
    { NULL, NULL, NULL },
};
