/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/*
 * Animals and their keepers.
 */

#pragma once

#include "rpc/wire.h"

#define REMOTE_STRING_MAX 4096
#define REMOTE_ANIMAL_LIST_MAX 512
#define REMOTE_CUB_LIST_MAX 64
#define REMOTE_KIND_MAX 4096
#define REMOTE_FOOD_MAX 16
#define REMOTE_CPUMAP_MAX 128
#define REMOTE_CPUMAPS_MAX 2048
#define REMOTE_BLOB_MAX 1024
#define REMOTE_GUEST_MAX 8

typedef struct {
    const char *name;
    unsigned char uuid[16];
    int id;
} virWireAnimal;

typedef struct {
    const char *name;
    virWireAnimal animal;
} virWireCub;

typedef struct {
    const char *name;
} virWireDen;

typedef struct {
    const char *kind;
    unsigned long long weight;
    unsigned short legs;
    int mood;
} virWireAnimalInfo;

typedef struct {
    const char *name;
} virWireAnimalGuest;

typedef struct {
    struct {
        virWireAnimalGuest *items;
        size_t count;
    } guests;
    const char *gate;
} virWireAnimalVisit;

typedef struct {
    virWireAnimal animal;
    const char *dish;
    struct {
        virTypedParameter *items;
        size_t count;
    } params;
} virWireAnimalEventMealMsg;

typedef struct {
    const char *name;
    unsigned int flags;
} virWireConnectOpenArgs;

typedef struct {
    const char *xml;
} virWireConnectWashAnimalArgs;

typedef struct {
    virWireAnimal animal;
} virWireConnectWashAnimalRet;

typedef struct {
    const char *name;
} virWireAnimalLookupByNameArgs;

typedef struct {
    virWireAnimal animal;
} virWireAnimalLookupByNameRet;

typedef struct {
    unsigned char uuid[16];
} virWireAnimalLookupByUUIDArgs;

typedef struct {
    virWireAnimal animal;
} virWireAnimalLookupByUUIDRet;

typedef struct {
    int id;
} virWireAnimalLookupByIDArgs;

typedef struct {
    virWireAnimal animal;
} virWireAnimalLookupByIDRet;

typedef struct {
    int maxnames;
} virWireConnectListAnimalsArgs;

typedef struct {
    struct {
        char **items;
        size_t count;
    } names;
} virWireConnectListAnimalsRet;

typedef struct {
    int need_results;
    unsigned int flags;
} virWireConnectListAllAnimalsArgs;

typedef struct {
    struct {
        virWireAnimal *items;
        size_t count;
    } animals;
    unsigned int ret;
} virWireConnectListAllAnimalsRet;

typedef struct {
    int num;
} virWireConnectNumOfAnimalsRet;

typedef struct {
    int eventID;
    const virWireAnimal *animal;
} virWireConnectAnimalEventRegisterAnyArgs;

typedef struct {
    int callbackID;
} virWireConnectAnimalEventRegisterAnyRet;

typedef struct {
    int callbackID;
} virWireConnectAnimalEventDeregisterAnyArgs;

typedef struct {
    int cb_registered;
} virWireConnectAnimalEventRegisterRet;

typedef struct {
    int cb_registered;
} virWireConnectAnimalEventDeregisterRet;

typedef struct {
    virWireAnimal animal;
    unsigned int flags;
} virWireAnimalWakeArgs;

typedef struct {
    virWireAnimal animal;
} virWireAnimalGetInfoArgs;

typedef struct {
    const char *kind;
    unsigned long long weight;
    unsigned short legs;
    int mood;
} virWireAnimalGetInfoRet;

typedef struct {
    virWireAnimal animal;
    unsigned int flags;
} virWireAnimalGetMoodArgs;

typedef struct {
    int mood;
    int reason;
} virWireAnimalGetMoodRet;

typedef struct {
    virWireAnimal animal;
} virWireAnimalGetWeightArgs;

typedef struct {
    unsigned long long result;
} virWireAnimalGetWeightRet;

typedef struct {
    virWireAnimal animal;
    int small;
    unsigned int natural;
    long long large;
    unsigned long long huge;
    double ratio;
    int raw;
    unsigned int mood;
} virWireAnimalFeedArgs;

typedef struct {
    int result;
} virWireAnimalFeedRet;

typedef struct {
    virWireAnimal animal;
    const char *word;
    const char *password;
    struct {
        char **items;
        size_t count;
    } words;
} virWireAnimalTellArgs;

typedef struct {
    const char *answer;
    const char *result;
} virWireAnimalTellRet;

typedef struct {
    virWireAnimal animal;
    struct {
        unsigned int *items;
        size_t count;
    } places;
    int maxtimes;
} virWireAnimalGetTracksArgs;

typedef struct {
    struct {
        unsigned long long *items;
        size_t count;
    } times;
    struct {
        virWireAnimalInfo *items;
        size_t count;
    } facts;
} virWireAnimalGetTracksRet;

typedef struct {
    virWireAnimal animal;
    int nparams;
    unsigned int flags;
} virWireAnimalGetDietArgs;

typedef struct {
    struct {
        virTypedParameter *items;
        size_t count;
    } params;
    int nparams;
} virWireAnimalGetDietRet;

typedef struct {
    virWireAnimal animal;
    struct {
        virTypedParameter *items;
        size_t count;
    } params;
    struct {
        virTypedParameter *items;
        size_t count;
    } more;
} virWireAnimalSetDietArgs;

typedef struct {
    virWireAnimal animal;
    unsigned int flags;
} virWireAnimalGetStatsArgs;

typedef struct {
    struct {
        virTypedParameter *items;
        size_t count;
    } params;
} virWireAnimalGetStatsRet;

typedef struct {
    virWireAnimal animal;
    virWireBytes cages;
} virWireAnimalPinArgs;

typedef struct {
    virWireAnimal animal;
    int nlegs;
    int maplen;
} virWireAnimalGetPinsArgs;

typedef struct {
    virWireBytes cages;
} virWireAnimalGetPinsRet;

typedef struct {
    virWireAnimal animal;
    unsigned long long start;
    unsigned int size;
    unsigned int flags;
} virWireAnimalPeekArgs;

typedef struct {
    virWireBytes buffer;
} virWireAnimalPeekRet;

typedef struct {
    virWireAnimal animal;
    const char *part;
} virWireAnimalBlockStatsArgs;

typedef struct {
    const char *kind;
    unsigned long long weight;
    unsigned short legs;
    int mood;
} virWireAnimalBlockStatsRet;

typedef struct {
    virWireAnimal animal;
    unsigned int flags;
} virWireAnimalGetXMLDescArgs;

typedef struct {
    const char *xml;
} virWireAnimalGetXMLDescRet;

typedef struct {
    virWireAnimal animal;
    unsigned int mood;
} virWireAnimalGetGuestsArgs;

typedef struct {
    struct {
        virWireAnimalVisit *items;
        size_t count;
    } visits;
} virWireAnimalGetGuestsRet;

typedef struct {
    virWireAnimal animal;
    virWireAnimal other;
    const virWireCub *witness;
} virWireAnimalMarryArgs;

typedef struct {
    virWireCub cub;
} virWireAnimalMarryRet;

typedef struct {
    virWireAnimal animal;
    unsigned int flags;
} virWireAnimalFilmArgs;

typedef struct {
    const char *result;
} virWireAnimalFilmRet;

typedef struct {
    virWireAnimal animal;
} virWireAnimalLendArgs;

typedef struct {
    int callbackID;
    virWireAnimal animal;
    int event;
    int detail;
} virWireAnimalEventLifecycleMsg;

typedef struct {
    int callbackID;
    virWireAnimalEventMealMsg msg;
} virWireAnimalEventCallbackMealMsg;

typedef struct {
    int callbackID;
    virWireAnimal animal;
    virWireAnimalVisit visit;
    unsigned long long seconds;
} virWireAnimalEventCallbackVisitMsg;

typedef struct {
    int reason;
} virWireConnectEventConnectionClosedMsg;

typedef struct {
    virWireAnimal animal;
    unsigned int nparams;
    unsigned int ndays;
    unsigned int flags;
} virWireAnimalGetMealsArgs;

typedef struct {
    struct {
        virTypedParameter *items;
        size_t count;
    } params;
    int nparams;
} virWireAnimalGetMealsRet;

typedef struct {
    virWireAnimal animal;
    int need_stripes;
} virWireAnimalGetStripesArgs;

typedef struct {
    virWireBytes stripes;
    int ret;
} virWireAnimalGetStripesRet;

typedef struct {
    virWireAnimal animal;
} virWireAnimalGetVoiceArgs;

typedef struct {
    virWireBytes value;
} virWireAnimalGetVoiceRet;

typedef struct {
    virWireAnimal animal;
} virWireAnimalOpenDoorArgs;

typedef struct {
    virWireAnimal animal;
} virWireAnimalGetOriginArgs;

typedef struct {
    const char *origin;
} virWireAnimalGetOriginRet;

typedef struct {
    const char *name;
} virWireDenSweepArgs;

typedef struct {
    struct {
        virWireAnimal *items;
        size_t count;
    } animals;
    unsigned int mood;
} virWireConnectGetAllVisitsArgs;

typedef struct {
    struct {
        virWireAnimalVisit *items;
        size_t count;
    } visits;
} virWireConnectGetAllVisitsRet;

typedef struct {
    virWireAnimal animal;
    virWireBytes papers_in;
} virWireAnimalTransportBeginArgs;

typedef struct {
    virWireBytes papers_out;
    const char *address;
} virWireAnimalTransportBeginRet;

typedef struct {
    virWireAnimal animal;
    const char *name;
} virWireDenLookupByNameArgs;

typedef struct {
    virWireDen den;
} virWireDenLookupByNameRet;

extern const virWireType virWireTypeAnimal;
extern const virWireType virWireTypeCub;
extern const virWireType virWireTypeDen;
extern const virWireType virWireTypeAnimalInfo;
extern const virWireType virWireTypeAnimalGuest;
extern const virWireType virWireTypeAnimalVisit;

extern const virWireProgram virWireProgramRemote;
extern const virWireProcedure virWireRemoteProcedures[47];

#define virWireProcConnectOpen (&virWireRemoteProcedures[0])
#define virWireProcConnectClose (&virWireRemoteProcedures[1])
#define virWireProcConnectWashAnimal (&virWireRemoteProcedures[2])
#define virWireProcAnimalLookupByName (&virWireRemoteProcedures[3])
#define virWireProcAnimalLookupByUUID (&virWireRemoteProcedures[4])
#define virWireProcAnimalLookupByID (&virWireRemoteProcedures[5])
#define virWireProcConnectListAnimals (&virWireRemoteProcedures[6])
#define virWireProcConnectListAllAnimals (&virWireRemoteProcedures[7])
#define virWireProcConnectNumOfAnimals (&virWireRemoteProcedures[8])
#define virWireProcConnectAnimalEventRegisterAny (&virWireRemoteProcedures[9])
#define virWireProcConnectAnimalEventDeregisterAny (&virWireRemoteProcedures[10])
#define virWireProcConnectAnimalEventRegister (&virWireRemoteProcedures[11])
#define virWireProcConnectAnimalEventDeregister (&virWireRemoteProcedures[12])
#define virWireProcAnimalWake (&virWireRemoteProcedures[13])
#define virWireProcAnimalGetInfo (&virWireRemoteProcedures[14])
#define virWireProcAnimalGetMood (&virWireRemoteProcedures[15])
#define virWireProcAnimalGetWeight (&virWireRemoteProcedures[16])
#define virWireProcAnimalFeed (&virWireRemoteProcedures[17])
#define virWireProcAnimalTell (&virWireRemoteProcedures[18])
#define virWireProcAnimalGetTracks (&virWireRemoteProcedures[19])
#define virWireProcAnimalGetDiet (&virWireRemoteProcedures[20])
#define virWireProcAnimalSetDiet (&virWireRemoteProcedures[21])
#define virWireProcAnimalGetStats (&virWireRemoteProcedures[22])
#define virWireProcAnimalPin (&virWireRemoteProcedures[23])
#define virWireProcAnimalGetPins (&virWireRemoteProcedures[24])
#define virWireProcAnimalPeek (&virWireRemoteProcedures[25])
#define virWireProcAnimalBlockStats (&virWireRemoteProcedures[26])
#define virWireProcAnimalGetXMLDesc (&virWireRemoteProcedures[27])
#define virWireProcAnimalGetGuests (&virWireRemoteProcedures[28])
#define virWireProcAnimalMarry (&virWireRemoteProcedures[29])
#define virWireProcAnimalFilm (&virWireRemoteProcedures[30])
#define virWireProcAnimalLend (&virWireRemoteProcedures[31])
#define virWireProcAnimalEventLifecycle (&virWireRemoteProcedures[32])
#define virWireProcAnimalEventMeal (&virWireRemoteProcedures[33])
#define virWireProcAnimalEventCallbackMeal (&virWireRemoteProcedures[34])
#define virWireProcAnimalEventCallbackVisit (&virWireRemoteProcedures[35])
#define virWireProcConnectEventConnectionClosed (&virWireRemoteProcedures[36])
#define virWireProcPing (&virWireRemoteProcedures[37])
#define virWireProcAnimalGetMeals (&virWireRemoteProcedures[38])
#define virWireProcAnimalGetStripes (&virWireRemoteProcedures[39])
#define virWireProcAnimalGetVoice (&virWireRemoteProcedures[40])
#define virWireProcAnimalOpenDoor (&virWireRemoteProcedures[41])
#define virWireProcAnimalGetOrigin (&virWireRemoteProcedures[42])
#define virWireProcDenSweep (&virWireRemoteProcedures[43])
#define virWireProcConnectGetAllVisits (&virWireRemoteProcedures[44])
#define virWireProcAnimalTransportBegin (&virWireRemoteProcedures[45])
#define virWireProcDenLookupByName (&virWireRemoteProcedures[46])
