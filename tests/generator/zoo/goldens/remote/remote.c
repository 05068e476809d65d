/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api.xml and api/<object>.xml; change that, not this. */
/* The tables of the remote driver. */

#include "remote/remote.h"

#include <stddef.h>

static const virZooDriver remoteZoo = {
    .ConnectWashAnimal = remoteConnectWashAnimal,
    .AnimalLookupByName = remoteAnimalLookupByName,
    .AnimalLookupByUUID = remoteAnimalLookupByUUID,
    .AnimalLookupByID = remoteAnimalLookupByID,
    .ConnectListAnimals = remoteConnectListAnimals,
    .ConnectListAllAnimals = remoteConnectListAllAnimals,
    .ConnectNumOfAnimals = remoteConnectNumOfAnimals,
    .ConnectAnimalEventRegisterAny = remoteConnectAnimalEventRegisterAny,
    .ConnectAnimalEventDeregisterAny = remoteConnectAnimalEventDeregisterAny,
    .ConnectAnimalEventRegister = remoteConnectAnimalEventRegister,
    .ConnectAnimalEventDeregister = remoteConnectAnimalEventDeregister,
    .AnimalWake = remoteAnimalWake,
    .AnimalGetInfo = remoteAnimalGetInfo,
    .AnimalGetMood = remoteAnimalGetMood,
    .AnimalGetWeight = remoteAnimalGetWeight,
    .AnimalFeed = remoteAnimalFeed,
    .AnimalTell = remoteAnimalTell,
    .AnimalGetTracks = remoteAnimalGetTracks,
    .AnimalGetDiet = remoteAnimalGetDiet,
    .AnimalSetDiet = remoteAnimalSetDiet,
    .AnimalGetStats = remoteAnimalGetStats,
    .AnimalPin = remoteAnimalPin,
    .AnimalGetPins = remoteAnimalGetPins,
    .AnimalPeek = remoteAnimalPeek,
    .AnimalBlockStats = remoteAnimalBlockStats,
    .AnimalGetXMLDesc = remoteAnimalGetXMLDesc,
    .ConnectGetAllVisits = remoteConnectGetAllVisits,
    .AnimalListGetVisits = remoteAnimalListGetVisits,
    .AnimalGetGuests = remoteAnimalGetGuests,
    .AnimalMarry = remoteAnimalMarry,
    .AnimalFilm = remoteAnimalFilm,
    .AnimalLend = remoteAnimalLend,
    .AnimalGetMeals = remoteAnimalGetMeals,
    .AnimalGetStripes = remoteAnimalGetStripes,
    .AnimalGetVoice = remoteAnimalGetVoice,
    .AnimalOpenDoor = remoteAnimalOpenDoor,
    .AnimalGetOrigin = remoteAnimalGetOrigin,
    .DenLookupByName = remoteDenLookupByName,
    .DenSweep = remoteDenSweep,
    .ConnectKeeperRegister = remoteConnectKeeperRegister,
    .AnimalTransportBegin = remoteAnimalTransportBegin,
};

static const char *const remoteSchemes[] = { "remote", NULL };

const virDriver remoteDriver = {
    .name = "remote",
    .schemes = remoteSchemes,
    .ConnectOpen = remoteConnectOpen,
    .ConnectClose = remoteConnectClose,
    .SupportsFeature = remoteSupportsFeature,
    .zoo = &remoteZoo,
};
