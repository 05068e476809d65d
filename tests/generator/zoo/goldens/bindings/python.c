/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api.xml and api/<object>.xml; change that, not this. */

#include "runtime.h"

static const pyArgument arguments2[] = {
    {"name", 0, NULL},
    {"auth", 1, NULL},
    {"flags", 2, "0"},
};
static const pyArgument arguments4[] = {
    {"data", 1, NULL},
};
static const pyArgument arguments5[] = {
    {"xml", 1, NULL},
};
static const pyArgument arguments11[] = {
    {"name", 1, NULL},
};
static const pyArgument arguments12[] = {
    {"uuid", 1, NULL},
};
static const pyArgument arguments13[] = {
    {"uuidstr", 1, NULL},
};
static const pyArgument arguments14[] = {
    {"id", 1, NULL},
};
static const pyArgument arguments16[] = {
    {"flags", 2, "0"},
};
static const pyArgument arguments18[] = {
    {"animal", 1, NULL},
    {"eventID", 2, NULL},
    {"cb", 3, NULL},
    {"opaque", 4, "none"},
};
static const pyArgument arguments19[] = {
    {"callbackID", 1, NULL},
};
static const pyArgument arguments20[] = {
    {"cb", 1, NULL},
    {"opaque", 2, "none"},
};
static const pyArgument arguments21[] = {
    {"cb", 1, NULL},
};
static const pyArgument arguments22[] = {
    {"flags", 1, "0"},
};
static const pyArgument arguments24[] = {
    {"flags", 3, "0"},
};
static const pyArgument arguments26[] = {
    {"small", 1, NULL},
    {"natural", 2, NULL},
    {"large", 3, NULL},
    {"huge", 4, NULL},
    {"ratio", 5, NULL},
    {"raw", 6, NULL},
    {"mood", 7, NULL},
};
static const pyArgument arguments27[] = {
    {"word", 1, NULL},
    {"password", 2, NULL},
    {"words", 3, NULL},
};
static const pyArgument arguments28[] = {
    {"places", 1, NULL},
};
static const pyArgument arguments29[] = {
    {"flags", 3, "0"},
};
static const pyArgument arguments30[] = {
    {"params", 1, NULL},
    {"more", 3, NULL},
};
static const pyArgument arguments31[] = {
    {"flags", 3, "0"},
};
static const pyArgument arguments32[] = {
    {"cages", 1, NULL},
};
static const pyArgument arguments34[] = {
    {"start", 1, NULL},
    {"size", 2, NULL},
    {"flags", 4, "0"},
};
static const pyArgument arguments35[] = {
    {"part", 1, NULL},
};
static const pyArgument arguments36[] = {
    {"flags", 1, "0"},
};
static const pyArgument arguments37[] = {
    {"mood", 2, NULL},
};
static const pyArgument arguments38[] = {
    {"animals", 0, NULL},
    {"mood", 2, NULL},
};
static const pyArgument arguments39[] = {
    {"mood", 2, NULL},
};
static const pyArgument arguments40[] = {
    {"other", 1, NULL},
    {"witness", 2, NULL},
};
static const pyArgument arguments41[] = {
    {"stream", 1, NULL},
    {"flags", 2, "0"},
};
static const pyArgument arguments42[] = {
    {"files", 2, NULL},
    {"door", 3, NULL},
};
static const pyArgument arguments43[] = {
    {"flags", 4, "0"},
};
static const pyArgument arguments48[] = {
    {"name", 1, NULL},
};
static const pyArgument arguments50[] = {
    {"animals", 0, NULL},
    {"flags", 1, "0"},
};
static const pyArgument arguments51[] = {
    {"animal", 0, NULL},
    {"cmd", 1, NULL},
    {"timeout", 2, NULL},
    {"flags", 4, "0"},
};
static const pyArgument arguments52[] = {
    {"conn", 0, NULL},
    {"animal", 1, NULL},
    {"cb", 2, NULL},
    {"opaque", 3, "none"},
};

const pyMethodTable pyMethods[] = {
    {"libvirt", -1, "virInitialize", 0, NULL, 0,
     "()", false},
    {"libvirt", -1, "virGetLastErrorCode", 1, NULL, 0,
     "()", false},
    {"libvirt", -1, "openAuth", 2, arguments2, 3,
     "(name, auth, flags=0)", false},
    {"libvirt", 0, "close", 3, NULL, 0,
     "($self)", true},
    {"libvirt", 1, "send", 4, arguments4, 1,
     "($self, data)", false},
    {"libvirt", 0, "washAnimal", 5, arguments5, 1,
     "($self, xml)", false},
    {"libvirt", 2, "name", 6, NULL, 0,
     "($self)", false},
    {"libvirt", 2, "UUID", 7, NULL, 0,
     "($self)", false},
    {"libvirt", 2, "UUIDString", 8, NULL, 0,
     "($self)", false},
    {"libvirt", 2, "connect", 9, NULL, 0,
     "($self)", false},
    {"libvirt", 3, "animal", 10, NULL, 0,
     "($self)", false},
    {"libvirt", 0, "animalLookupByName", 11, arguments11, 1,
     "($self, name)", false},
    {"libvirt", 0, "animalLookupByUUID", 12, arguments12, 1,
     "($self, uuid)", false},
    {"libvirt", 0, "animalLookupByUUIDString", 13, arguments13, 1,
     "($self, uuidstr)", false},
    {"libvirt", 0, "animalLookupByID", 14, arguments14, 1,
     "($self, id)", false},
    {"libvirt", 0, "listAnimals", 15, NULL, 0,
     "($self)", false},
    {"libvirt", 0, "listAllAnimals", 16, arguments16, 1,
     "($self, flags=0)", false},
    {"libvirt", 0, "numOfAnimals", 17, NULL, 0,
     "($self)", false},
    {"libvirt", 0, "animalEventRegisterAny", 18, arguments18, 4,
     "($self, animal, eventID, cb, opaque=None)", false},
    {"libvirt", 0, "animalEventDeregisterAny", 19, arguments19, 1,
     "($self, callbackID)", false},
    {"libvirt", 0, "animalEventRegister", 20, arguments20, 2,
     "($self, cb, opaque=None)", false},
    {"libvirt", 0, "animalEventDeregister", 21, arguments21, 1,
     "($self, cb)", false},
    {"libvirt", 2, "wake", 22, arguments22, 1,
     "($self, flags=0)", false},
    {"libvirt", 2, "info", 23, NULL, 0,
     "($self)", false},
    {"libvirt", 2, "mood", 24, arguments24, 1,
     "($self, flags=0)", false},
    {"libvirt", 2, "weight", 25, NULL, 0,
     "($self)", false},
    {"libvirt", 2, "feed", 26, arguments26, 7,
     "($self, small, natural, large, huge, ratio, raw, mood)", false},
    {"libvirt", 2, "tell", 27, arguments27, 3,
     "($self, word, password, words)", false},
    {"libvirt", 2, "tracks", 28, arguments28, 1,
     "($self, places)", false},
    {"libvirt", 2, "diet", 29, arguments29, 1,
     "($self, flags=0)", false},
    {"libvirt", 2, "setDiet", 30, arguments30, 2,
     "($self, params, more)", false},
    {"libvirt", 2, "stats", 31, arguments31, 1,
     "($self, flags=0)", false},
    {"libvirt", 2, "pin", 32, arguments32, 1,
     "($self, cages)", false},
    {"libvirt", 2, "pins", 33, NULL, 0,
     "($self)", false},
    {"libvirt", 2, "peek", 34, arguments34, 3,
     "($self, start, size, flags=0)", false},
    {"libvirt", 2, "blockStats", 35, arguments35, 1,
     "($self, part)", false},
    {"libvirt", 2, "XMLDesc", 36, arguments36, 1,
     "($self, flags=0)", false},
    {"libvirt", 0, "getAllVisits", 37, arguments37, 1,
     "($self, mood)", false},
    {"libvirt", 0, "animalListGetVisits", 38, arguments38, 2,
     "($self, animals, mood)", false},
    {"libvirt", 2, "guests", 39, arguments39, 1,
     "($self, mood)", false},
    {"libvirt", 2, "marry", 40, arguments40, 2,
     "($self, other, witness)", false},
    {"libvirt", 2, "film", 41, arguments41, 2,
     "($self, stream, flags=0)", false},
    {"libvirt", 2, "lend", 42, arguments42, 2,
     "($self, files, door)", false},
    {"libvirt", 2, "meals", 43, arguments43, 1,
     "($self, flags=0)", false},
    {"libvirt", 2, "stripes", 44, NULL, 0,
     "($self)", false},
    {"libvirt", 2, "voice", 45, NULL, 0,
     "($self)", false},
    {"libvirt", 2, "openDoor", 46, NULL, 0,
     "($self)", false},
    {"libvirt", 2, "origin", 47, NULL, 0,
     "($self)", false},
    {"libvirt", 2, "denLookupByName", 48, arguments48, 1,
     "($self, name)", false},
    {"libvirt", 4, "sweep", 49, NULL, 0,
     "($self)", false},
    {"libvirt", 0, "animalListGetStats", 50, arguments50, 2,
     "($self, animals, flags=0)", false},
    {"libvirt_qemu", -1, "virAnimalKeeperCommand", 51, arguments51, 4,
     "(animal, cmd, timeout, flags=0)", false},
    {"libvirt_qemu", -1, "virConnectKeeperRegister", 52, arguments52, 4,
     "(conn, animal, cb, opaque=None)", false},
};
const size_t pyMethodCount = sizeof(pyMethods) / sizeof(pyMethods[0]);

const pyConstant pyConstants[] = {
    {"libvirt", "VIR_ANIMAL_DIET_DISH_PREFIX", 0, "dish."},
    {"libvirt", "VIR_ANIMAL_DIET_DISH_SUFFIX_NAME", 0, ".name"},
    {"libvirt", "VIR_ANIMAL_DIET_DRINK", 0, "drink"},
    {"libvirt", "VIR_ANIMAL_DIET_GRASS", 0, "grass"},
    {"libvirt", "VIR_ANIMAL_DIET_MEAT", 0, "meat"},
    {"libvirt", "VIR_ANIMAL_DIET_RATIO", 0, "ratio"},
    {"libvirt", "VIR_ANIMAL_DIET_RAW", 0, "raw"},
    {"libvirt", "VIR_ANIMAL_EVENT_ID_LAST", 3LL, NULL},
    {"libvirt", "VIR_ANIMAL_EVENT_ID_LIFECYCLE", 0LL, NULL},
    {"libvirt", "VIR_ANIMAL_EVENT_ID_MEAL", 1LL, NULL},
    {"libvirt", "VIR_ANIMAL_EVENT_ID_VISIT", 2LL, NULL},
    {"libvirt", "VIR_ANIMAL_EVENT_LAST", 2LL, NULL},
    {"libvirt", "VIR_ANIMAL_EVENT_SLEPT", 1LL, NULL},
    {"libvirt", "VIR_ANIMAL_EVENT_WOKE", 0LL, NULL},
    {"libvirt", "VIR_ANIMAL_EVENT_WOKE_ALARM", 0LL, NULL},
    {"libvirt", "VIR_ANIMAL_EVENT_WOKE_LAST", 1LL, NULL},
    {"libvirt", "VIR_ANIMAL_MAX", 4096LL, NULL},
    {"libvirt", "VIR_ANIMAL_MOOD_ANGRY", 1LL, NULL},
    {"libvirt", "VIR_ANIMAL_MOOD_CALM", 0LL, NULL},
    {"libvirt", "VIR_ANIMAL_MOOD_LAST", 2LL, NULL},
    {"libvirt", "VIR_ANIMAL_MOOD_UNKNOWN", -1LL, NULL},
    {"libvirt", "VIR_ANIMAL_WAKE_AGAIN", 4LL, NULL},
    {"libvirt", "VIR_ANIMAL_WAKE_GENTLY", 1LL, NULL},
    {"libvirt", "VIR_ANIMAL_WAKE_LOUDLY", 2LL, NULL},
    {"libvirt", "VIR_ANIMAL_WEIGHT_MAX", 9007199254740991LL, NULL},
    {"libvirt", "VIR_CONNECT_LIST_ANIMALS_ASLEEP", 2LL, NULL},
    {"libvirt", "VIR_CONNECT_LIST_ANIMALS_AWAKE", 1LL, NULL},
    {"libvirt", "VIR_ERR_INVALID_ARG", 8LL, NULL},
    {"libvirt", "VIR_ERR_INVALID_CONN", 6LL, NULL},
    {"libvirt", "VIR_ERR_INVALID_STREAM", 7LL, NULL},
    {"libvirt", "VIR_ERR_NO_SUPPORT", 3LL, NULL},
    {"libvirt", "VIR_ERR_NUMBER_LAST", 9LL, NULL},
    {"libvirt", "VIR_ERR_OK", 0LL, NULL},
    {"libvirt", "VIR_FROM_ANI", 2LL, NULL},
    {"libvirt", "VIR_FROM_ANIMAL", 1LL, NULL},
    {"libvirt", "VIR_FROM_LAST", 6LL, NULL},
    {"libvirt", "VIR_FROM_NONE", 0LL, NULL},
    {"libvirt", "VIR_FROM_REMOTE", 5LL, NULL},
    {"libvirt", "VIR_FROM_STREAMS", 3LL, NULL},
    {"libvirt", "VIR_FROM_TEST", 4LL, NULL},
    {"libvirt", "VIR_TYPED_PARAM_BOOLEAN", 6LL, NULL},
    {"libvirt", "VIR_TYPED_PARAM_DOUBLE", 5LL, NULL},
    {"libvirt", "VIR_TYPED_PARAM_FIELD_LENGTH", 80LL, NULL},
    {"libvirt", "VIR_TYPED_PARAM_INT", 1LL, NULL},
    {"libvirt", "VIR_TYPED_PARAM_LAST", 8LL, NULL},
    {"libvirt", "VIR_TYPED_PARAM_LLONG", 3LL, NULL},
    {"libvirt", "VIR_TYPED_PARAM_STRING", 7LL, NULL},
    {"libvirt", "VIR_TYPED_PARAM_UINT", 2LL, NULL},
    {"libvirt", "VIR_TYPED_PARAM_ULLONG", 4LL, NULL},
    {"libvirt", "VIR_UUID_BUFLEN", 16LL, NULL},
    {"libvirt", "VIR_UUID_STRING_BUFLEN", 37LL, NULL},
};
const size_t pyConstantCount = sizeof(pyConstants) / sizeof(pyConstants[0]);

const pyClass pyClasses[] = {
    {"libvirt", "virConnect"},
    {"libvirt", "virStream"},
    {"libvirt", "virAnimal"},
    {"libvirt", "virCub"},
    {"libvirt", "virDen"},
};

const char pyLoopFunction[] = "";
