/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api.xml and api/<object>.xml; change that, not this. */
/* The table of the far driver. */

#include "driver/far.h"

#include <stddef.h>

#include "runtime/entry.h"
#include "runtime/events.h"

static int
checkedAnimalWake(virAnimalPtr animal, unsigned int flags)
{
    if (flags & ~0x7u) {
        virEntryFlags(VIR_FROM_REMOTE, "farAnimalWake", (unsigned int) flags, 0x7u);
        return -1;
    }
    return farAnimalWake(animal, flags);
}

static const virZooDriver farZoo = {
    .AnimalLookupByName = farAnimalLookupByName,
    .AnimalLookupByUUID = farAnimalLookupByUUID,
    .ConnectAnimalEventRegisterAny = farConnectAnimalEventRegisterAny,
    .AnimalWake = checkedAnimalWake,
    .ConnectKeeperRegister = farConnectKeeperRegister,
};

static const char *const farSchemes[] = { "far", "away", NULL };

const virDriver farDriver = {
    .name = "far",
    .schemes = farSchemes,
    .ConnectOpen = farConnectOpen,
    .ConnectClose = farConnectClose,
    .zoo = &farZoo,
};
