/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/animal.xml; change that, not this. */
/* Client stubs of module animal: each is one call of the protocol. */

#include "remote/remote.h"

#include <string.h>

#include "drivers/remote/remote_call.h"
#include "remote/remote_convert.h"

virAnimalPtr
remoteConnectWashAnimal(virConnectPtr conn, const char *xml)
{
    virWireConnectWashAnimalArgs args = { 0 };
    virWireConnectWashAnimalRet ret;
    g_auto(virXdrReader) reply = { 0 };

    args.xml = xml;
    if (remoteCall(conn,
                   virWireProcConnectWashAnimal,
                   &args,
                   &ret,
                   &reply) < 0)
        return NULL;
    return virWireGetAnimal(conn, &ret.animal);
}

virAnimalPtr
remoteAnimalLookupByName(virConnectPtr conn, const char *name)
{
    virWireAnimalLookupByNameArgs args = { 0 };
    virWireAnimalLookupByNameRet ret;
    g_auto(virXdrReader) reply = { 0 };

    args.name = name;
    if (remoteCall(conn,
                   virWireProcAnimalLookupByName,
                   &args,
                   &ret,
                   &reply) < 0)
        return NULL;
    return virWireGetAnimal(conn, &ret.animal);
}

virAnimalPtr
remoteAnimalLookupByUUID(virConnectPtr conn, const unsigned char *uuid)
{
    virWireAnimalLookupByUUIDArgs args = { 0 };
    virWireAnimalLookupByUUIDRet ret;
    g_auto(virXdrReader) reply = { 0 };

    memcpy(args.uuid, uuid, sizeof(args.uuid));
    if (remoteCall(conn,
                   virWireProcAnimalLookupByUUID,
                   &args,
                   &ret,
                   &reply) < 0)
        return NULL;
    return virWireGetAnimal(conn, &ret.animal);
}

virAnimalPtr
remoteAnimalLookupByID(virConnectPtr conn, int id)
{
    virWireAnimalLookupByIDArgs args = { 0 };
    virWireAnimalLookupByIDRet ret;
    g_auto(virXdrReader) reply = { 0 };

    args.id = id;
    if (remoteCall(conn,
                   virWireProcAnimalLookupByID,
                   &args,
                   &ret,
                   &reply) < 0)
        return NULL;
    return virWireGetAnimal(conn, &ret.animal);
}

int
remoteConnectListAnimals(virConnectPtr conn, char **const names, int maxnames)
{
    virWireConnectListAnimalsArgs args = { 0 };
    virWireConnectListAnimalsRet ret;
    g_auto(virXdrReader) reply = { 0 };

    if (remoteRoom("maxnames", (long long) maxnames, 512) < 0)
        return -1;
    args.maxnames = maxnames;
    if (remoteCall(conn,
                   virWireProcConnectListAnimals,
                   &args,
                   &ret,
                   &reply) < 0)
        return -1;
    if (ret.names.count > (size_t) maxnames) {
        remoteTooMany("names", ret.names.count, (size_t) maxnames);
        return -1;
    }
    for (size_t i = 0; i < ret.names.count; i++)
        names[i] = g_strdup(ret.names.items[i]);
    return (int) ret.names.count;
}

int
remoteConnectListAllAnimals(virConnectPtr conn, virAnimalPtr **animals, unsigned int flags)
{
    virWireConnectListAllAnimalsArgs args = { 0 };
    virWireConnectListAllAnimalsRet ret;
    g_auto(virXdrReader) reply = { 0 };
    virAnimalPtr *list;

    args.need_results = animals != NULL;
    args.flags = flags;
    if (remoteCall(conn,
                   virWireProcConnectListAllAnimals,
                   &args,
                   &ret,
                   &reply) < 0)
        return -1;
    if (animals && (size_t) ret.ret > ret.animals.count) {
        remoteMiscounted("animals", ret.ret, ret.animals.count);
        return -1;
    }
    if (animals) {
        list = g_new0(virAnimalPtr, ret.animals.count + 1);
        for (size_t i = 0; i < ret.animals.count; i++)
            list[i] = virWireGetAnimal(conn, &ret.animals.items[i]);
        *animals = list;
    }
    return (int) ret.ret;
}

int
remoteConnectNumOfAnimals(virConnectPtr conn)
{
    virWireConnectNumOfAnimalsRet ret;
    g_auto(virXdrReader) reply = { 0 };

    if (remoteCall(conn,
                   virWireProcConnectNumOfAnimals,
                   NULL,
                   &ret,
                   &reply) < 0)
        return -1;
    return (int) ret.num;
}

int
remoteAnimalWake(virAnimalPtr animal, unsigned int flags)
{
    virWireAnimalWakeArgs args = { 0 };
    g_auto(virXdrReader) reply = { 0 };

    virWirePutAnimal(&args.animal, animal);
    args.flags = flags;
    if (remoteCall(animal->conn,
                   virWireProcAnimalWake,
                   &args,
                   NULL,
                   &reply) < 0)
        return -1;
    return 0;
}

int
remoteAnimalGetInfo(virAnimalPtr animal, virAnimalInfoPtr info)
{
    virWireAnimalGetInfoArgs args = { 0 };
    virWireAnimalGetInfoRet ret;
    g_auto(virXdrReader) reply = { 0 };

    virWirePutAnimal(&args.animal, animal);
    if (remoteCall(animal->conn,
                   virWireProcAnimalGetInfo,
                   &args,
                   &ret,
                   &reply) < 0)
        return -1;
    if (!(strlen(ret.kind) < sizeof(((virAnimalInfo *) NULL)->kind))) {
        remoteTooLong("kind");
        return -1;
    }
    strcpy(info->kind, ret.kind);
    info->weight = ret.weight;
    info->legs = ret.legs;
    info->mood = (virAnimalMood) ret.mood;
    return 0;
}

int
remoteAnimalGetMood(virAnimalPtr animal, int *mood, int *reason, unsigned int flags)
{
    virWireAnimalGetMoodArgs args = { 0 };
    virWireAnimalGetMoodRet ret;
    g_auto(virXdrReader) reply = { 0 };

    virWirePutAnimal(&args.animal, animal);
    args.flags = flags;
    if (remoteCall(animal->conn,
                   virWireProcAnimalGetMood,
                   &args,
                   &ret,
                   &reply) < 0)
        return -1;
    *mood = ret.mood;
    if (reason)
        *reason = ret.reason;
    return 0;
}

unsigned long
remoteAnimalGetWeight(virAnimalPtr animal)
{
    virWireAnimalGetWeightArgs args = { 0 };
    virWireAnimalGetWeightRet ret;
    g_auto(virXdrReader) reply = { 0 };

    virWirePutAnimal(&args.animal, animal);
    if (remoteCall(animal->conn,
                   virWireProcAnimalGetWeight,
                   &args,
                   &ret,
                   &reply) < 0)
        return 0;
    return (unsigned long) ret.result;
}

int
remoteAnimalFeed(virAnimalPtr animal,
                 int small,
                 unsigned int natural,
                 long long large,
                 unsigned long huge,
                 double ratio,
                 int raw,
                 unsigned int mood)
{
    virWireAnimalFeedArgs args = { 0 };
    virWireAnimalFeedRet ret;
    g_auto(virXdrReader) reply = { 0 };

    virWirePutAnimal(&args.animal, animal);
    args.small = small;
    args.natural = natural;
    args.large = large;
    args.huge = huge;
    args.ratio = ratio;
    args.raw = raw;
    args.mood = mood;
    if (remoteCall(animal->conn,
                   virWireProcAnimalFeed,
                   &args,
                   &ret,
                   &reply) < 0)
        return -1;
    return ret.result;
}

char *
remoteAnimalTell(virAnimalPtr animal,
                 const char *word,
                 const char *password,
                 const char **words,
                 unsigned int nwords,
                 char **answer)
{
    virWireAnimalTellArgs args = { 0 };
    virWireAnimalTellRet ret;
    g_auto(virXdrReader) reply = { 0 };

    virWirePutAnimal(&args.animal, animal);
    args.word = word;
    args.password = password;
    args.words.items = (char **) words;
    args.words.count = (size_t) nwords;
    if (remoteCall(animal->conn,
                   virWireProcAnimalTell,
                   &args,
                   &ret,
                   &reply) < 0)
        return NULL;
    *answer = g_strdup(ret.answer);
    return g_strdup(ret.result);
}

int
remoteAnimalGetTracks(virAnimalPtr animal,
                      unsigned int *places,
                      unsigned int nplaces,
                      unsigned long long *times,
                      int maxtimes,
                      virAnimalInfoPtr **facts,
                      int *nfacts)
{
    virWireAnimalGetTracksArgs args = { 0 };
    virWireAnimalGetTracksRet ret;
    g_auto(virXdrReader) reply = { 0 };
    virAnimalInfo **list;

    virWirePutAnimal(&args.animal, animal);
    args.places.items = places;
    args.places.count = (size_t) nplaces;
    if (remoteRoom("maxtimes", (long long) maxtimes, 4096) < 0)
        return -1;
    args.maxtimes = maxtimes;
    if (remoteCall(animal->conn,
                   virWireProcAnimalGetTracks,
                   &args,
                   &ret,
                   &reply) < 0)
        return -1;
    if (ret.times.count > (size_t) maxtimes) {
        remoteTooMany("times", ret.times.count, (size_t) maxtimes);
        return -1;
    }
    for (size_t i = 0; i < ret.facts.count; i++) {
        if (!remoteFitsAnimalInfo(&ret.facts.items[i])) {
            remoteTooLong("facts");
            return -1;
        }
    }
    remoteCopy(times, ret.times.items, ret.times.count * sizeof(*ret.times.items));
    list = g_new0(virAnimalInfo *, ret.facts.count + 1);
    for (size_t i = 0; i < ret.facts.count; i++) {
        list[i] = g_new0(virAnimalInfo, 1);
        remoteTakeAnimalInfo(animal->conn, list[i], &ret.facts.items[i]);
    }
    *facts = list;
    return (int) ret.times.count;
}

int
remoteAnimalGetDiet(virAnimalPtr animal,
                    virTypedParameterPtr params,
                    int *nparams,
                    unsigned int flags)
{
    virWireAnimalGetDietArgs args = { 0 };
    virWireAnimalGetDietRet ret;
    g_auto(virXdrReader) reply = { 0 };

    virWirePutAnimal(&args.animal, animal);
    if (remoteRoom("nparams", (long long) *nparams, 16) < 0)
        return -1;
    args.nparams = *nparams;
    args.flags = flags;
    if (remoteCall(animal->conn,
                   virWireProcAnimalGetDiet,
                   &args,
                   &ret,
                   &reply) < 0)
        return -1;
    if (*nparams && ret.params.count > (size_t) *nparams) {
        remoteTooMany("nparams", ret.params.count, *nparams);
        return -1;
    }
    if (!*nparams) {
        *nparams = ret.nparams;
    } else {
        remoteCopyParams(params, ret.params.items, ret.params.count);
        *nparams = (int) ret.params.count;
    }
    return 0;
}

int
remoteAnimalSetDiet(virAnimalPtr animal,
                    virTypedParameterPtr params,
                    int nparams,
                    virTypedParameterPtr more,
                    int nmore)
{
    virWireAnimalSetDietArgs args = { 0 };
    g_auto(virXdrReader) reply = { 0 };

    virWirePutAnimal(&args.animal, animal);
    args.params.items = params;
    args.params.count = (size_t) nparams;
    args.more.items = more;
    args.more.count = (size_t) nmore;
    if (remoteCall(animal->conn,
                   virWireProcAnimalSetDiet,
                   &args,
                   NULL,
                   &reply) < 0)
        return -1;
    return 0;
}

int
remoteAnimalGetStats(virAnimalPtr animal,
                     virTypedParameterPtr *params,
                     int *nparams,
                     unsigned int flags)
{
    virWireAnimalGetStatsArgs args = { 0 };
    virWireAnimalGetStatsRet ret;
    g_auto(virXdrReader) reply = { 0 };

    virWirePutAnimal(&args.animal, animal);
    args.flags = flags;
    if (remoteCall(animal->conn,
                   virWireProcAnimalGetStats,
                   &args,
                   &ret,
                   &reply) < 0)
        return -1;
    *params = remoteTakeParams(ret.params.items, ret.params.count);
    *nparams = (int) ret.params.count;
    return 0;
}

int
remoteAnimalPin(virAnimalPtr animal, unsigned char *cages, int maplen)
{
    virWireAnimalPinArgs args = { 0 };
    g_auto(virXdrReader) reply = { 0 };

    virWirePutAnimal(&args.animal, animal);
    args.cages.items = (unsigned char *) cages;
    args.cages.count = (size_t) maplen;
    if (remoteCall(animal->conn, virWireProcAnimalPin, &args, NULL, &reply) < 0)
        return -1;
    return 0;
}

int
remoteAnimalGetPins(virAnimalPtr animal, int nlegs, unsigned char *cages, int maplen)
{
    virWireAnimalGetPinsArgs args = { 0 };
    virWireAnimalGetPinsRet ret;
    g_auto(virXdrReader) reply = { 0 };

    virWirePutAnimal(&args.animal, animal);
    args.nlegs = nlegs;
    args.maplen = maplen;
    if (remoteCall(animal->conn,
                   virWireProcAnimalGetPins,
                   &args,
                   &ret,
                   &reply) < 0)
        return -1;
    if (ret.cages.count > (size_t) nlegs * (size_t) maplen) {
        remoteTooMany("cages", ret.cages.count, (size_t) nlegs * (size_t) maplen);
        return -1;
    }
    memset(cages, 0, (size_t) nlegs * (size_t) maplen);
    remoteCopy(cages, ret.cages.items, ret.cages.count);
    return (int) ret.cages.count;
}

int
remoteAnimalPeek(virAnimalPtr animal,
                 unsigned long long start,
                 size_t size,
                 void *buffer,
                 unsigned int flags)
{
    virWireAnimalPeekArgs args = { 0 };
    virWireAnimalPeekRet ret;
    g_auto(virXdrReader) reply = { 0 };

    virWirePutAnimal(&args.animal, animal);
    args.start = start;
    if (remoteRoom("size", (long long) size, 1024) < 0)
        return -1;
    args.size = (unsigned int) size;
    args.flags = flags;
    if (remoteCall(animal->conn,
                   virWireProcAnimalPeek,
                   &args,
                   &ret,
                   &reply) < 0)
        return -1;
    if (ret.buffer.count > (size_t) size) {
        remoteTooMany("buffer", ret.buffer.count, (size_t) size);
        return -1;
    }
    remoteCopy(buffer, ret.buffer.items, ret.buffer.count);
    return 0;
}

int
remoteAnimalBlockStats(virAnimalPtr animal,
                       const char *part,
                       virAnimalInfoPtr stats,
                       size_t size)
{
    virWireAnimalBlockStatsArgs args = { 0 };
    virWireAnimalBlockStatsRet ret;
    g_auto(virXdrReader) reply = { 0 };
    g_autofree char *partPath = NULL;
    virAnimalInfo record = { 0 };

    virWirePutAnimal(&args.animal, animal);
    args.part = partPath = remotePath(part);
    if (remoteCall(animal->conn,
                   virWireProcAnimalBlockStats,
                   &args,
                   &ret,
                   &reply) < 0)
        return -1;
    if (!(strlen(ret.kind) < sizeof(((virAnimalInfo *) NULL)->kind))) {
        remoteTooLong("kind");
        return -1;
    }
    strcpy(record.kind, ret.kind);
    record.weight = ret.weight;
    record.legs = ret.legs;
    record.mood = (virAnimalMood) ret.mood;
    memcpy(stats, &record, MIN(size, sizeof(record)));
    return 0;
}

char *
remoteAnimalGetXMLDesc(virAnimalPtr animal, unsigned int flags)
{
    virWireAnimalGetXMLDescArgs args = { 0 };
    virWireAnimalGetXMLDescRet ret;
    g_auto(virXdrReader) reply = { 0 };

    virWirePutAnimal(&args.animal, animal);
    args.flags = flags;
    if (remoteCall(animal->conn,
                   virWireProcAnimalGetXMLDesc,
                   &args,
                   &ret,
                   &reply) < 0)
        return NULL;
    return g_strdup(ret.xml);
}

int
remoteAnimalGetGuests(virAnimalPtr dom, virAnimalVisitPtr **visits, unsigned int mood)
{
    virWireAnimalGetGuestsArgs args = { 0 };
    virWireAnimalGetGuestsRet ret;
    g_auto(virXdrReader) reply = { 0 };
    virAnimalVisit **list;

    virWirePutAnimal(&args.animal, dom);
    args.mood = mood;
    if (remoteCall(dom->conn,
                   virWireProcAnimalGetGuests,
                   &args,
                   &ret,
                   &reply) < 0)
        return -1;
    list = g_new0(virAnimalVisit *, ret.visits.count + 1);
    for (size_t i = 0; i < ret.visits.count; i++) {
        list[i] = g_new0(virAnimalVisit, 1);
        remoteTakeAnimalVisit(dom->conn, list[i], &ret.visits.items[i]);
    }
    *visits = list;
    return (int) ret.visits.count;
}

virCubPtr
remoteAnimalMarry(virAnimalPtr animal, virAnimalPtr other, virCubPtr witness)
{
    virWireAnimalMarryArgs args = { 0 };
    virWireAnimalMarryRet ret;
    g_auto(virXdrReader) reply = { 0 };
    virWireCub witnessWire;

    virWirePutAnimal(&args.animal, animal);
    virWirePutAnimal(&args.other, other);
    if (witness) {
        virWirePutCub(&witnessWire, witness);
        args.witness = &witnessWire;
    }
    if (remoteCall(animal->conn,
                   virWireProcAnimalMarry,
                   &args,
                   &ret,
                   &reply) < 0)
        return NULL;
    return virWireGetCub(animal->conn, &ret.cub);
}

char *
remoteAnimalFilm(virAnimalPtr animal, virStreamPtr stream, unsigned int flags)
{
    virWireAnimalFilmArgs args = { 0 };
    virWireAnimalFilmRet ret;
    g_auto(virXdrReader) reply = { 0 };

    virWirePutAnimal(&args.animal, animal);
    args.flags = flags;
    if (remoteCallStream(animal->conn,
                         virWireProcAnimalFilm,
                         &args,
                         &ret,
                         &reply,
                         stream) < 0)
        return NULL;
    return g_strdup(ret.result);
}

int
remoteAnimalLend(virAnimalPtr animal,
                 unsigned int nfiles,
                 int *files,
                 int door,
                 int **opened)
{
    virWireAnimalLendArgs args = { 0 };
    g_auto(virXdrReader) reply = { 0 };
    g_auto(remoteFiles) carried = { 0 };
    size_t count;

    carried.in = files;
    carried.inCount = files ? nfiles : 0;
    carried.in = &door;
    carried.inCount = 1;
    virWirePutAnimal(&args.animal, animal);
    if (remoteCallFds(animal->conn,
                      virWireProcAnimalLend,
                      &args,
                      NULL,
                      &reply,
                      &carried) < 0)
        return -1;
    *opened = remoteTakeFiles(&carried, &count);
    return (int) count;
}

int
remoteAnimalGetMeals(virAnimalPtr animal,
                     virTypedParameterPtr params,
                     unsigned int nparams,
                     unsigned int ndays,
                     unsigned int flags)
{
    virWireAnimalGetMealsArgs args = { 0 };
    virWireAnimalGetMealsRet ret;
    g_auto(virXdrReader) reply = { 0 };

    virWirePutAnimal(&args.animal, animal);
    args.nparams = (unsigned int) nparams;
    args.ndays = ndays;
    args.flags = flags;
    if (params && remoteRoom("ndays", ndays, 16) < 0)
        return -1;
    if (params && remoteRoom("nparams * ndays", (long long) nparams * ndays, 16) < 0)
        return -1;
    if (remoteCall(animal->conn,
                   virWireProcAnimalGetMeals,
                   &args,
                   &ret,
                   &reply) < 0)
        return -1;
    if (params && ndays && (ret.params.count % ndays || ret.params.count / ndays > nparams)) {
        remoteTooMany("params", ret.params.count, nparams * ndays);
        return -1;
    }
    if (ret.nparams < 0 || (params && ndays && (size_t) ret.nparams > (size_t) nparams)) {
        remoteMiscounted("params", ret.nparams, (size_t) nparams);
        return -1;
    }
    if (params && ndays) {
        size_t each = ret.params.count / ndays;

        memset(params, 0, (size_t) nparams * ndays * sizeof(*params));
        for (unsigned int i = 0; each && i < ndays; i++)
            remoteCopyParams(params + (size_t) i * nparams,
                             ret.params.items + i * each, each);
    }
    return (int) ret.nparams;
}

int
remoteAnimalGetStripes(virAnimalPtr animal, unsigned char **stripes)
{
    virWireAnimalGetStripesArgs args = { 0 };
    virWireAnimalGetStripesRet ret;
    g_auto(virXdrReader) reply = { 0 };

    virWirePutAnimal(&args.animal, animal);
    args.need_stripes = stripes != NULL;
    if (remoteCall(animal->conn,
                   virWireProcAnimalGetStripes,
                   &args,
                   &ret,
                   &reply) < 0)
        return -1;
    if (ret.ret < 0 || (stripes && (size_t) ret.ret > ret.stripes.count * 8)) {
        remoteMiscounted("stripes", ret.ret, ret.stripes.count * 8);
        return -1;
    }
    if (stripes)
        *stripes = remoteTakeBytes(ret.stripes.items, ret.stripes.count);
    return (int) ret.ret;
}

unsigned char *
remoteAnimalGetVoice(virAnimalPtr animal, size_t *size)
{
    virWireAnimalGetVoiceArgs args = { 0 };
    virWireAnimalGetVoiceRet ret;
    g_auto(virXdrReader) reply = { 0 };

    virWirePutAnimal(&args.animal, animal);
    if (remoteCall(animal->conn,
                   virWireProcAnimalGetVoice,
                   &args,
                   &ret,
                   &reply) < 0)
        return NULL;
    *size = ret.value.count;
    return remoteTakeBytes(ret.value.items, ret.value.count);
}

int
remoteAnimalOpenDoor(virAnimalPtr animal)
{
    virWireAnimalOpenDoorArgs args = { 0 };
    g_auto(virXdrReader) reply = { 0 };
    g_auto(remoteFiles) carried = { 0 };

    virWirePutAnimal(&args.animal, animal);
    if (remoteCallFds(animal->conn,
                      virWireProcAnimalOpenDoor,
                      &args,
                      NULL,
                      &reply,
                      &carried) < 0)
        return -1;
    if (carried.outCount != 1) {
        remoteWantsFiles(&carried, 1);
        return -1;
    }
    return remoteTakeFile(&carried);
}

int
remoteDenSweep(virDenPtr den)
{
    virWireDenSweepArgs args = { 0 };
    g_auto(virXdrReader) reply = { 0 };

    args.name = den->name;
    if (remoteCall(den->conn, virWireProcDenSweep, &args, NULL, &reply) < 0)
        return -1;
    return 0;
}

int
remoteConnectGetAllVisits(virConnectPtr conn, virAnimalVisitPtr **visits, unsigned int mood)
{
    virWireConnectGetAllVisitsArgs args = { 0 };
    virWireConnectGetAllVisitsRet ret;
    g_auto(virXdrReader) reply = { 0 };
    virAnimalVisit **list;

    args.mood = mood;
    if (remoteCall(conn,
                   virWireProcConnectGetAllVisits,
                   &args,
                   &ret,
                   &reply) < 0)
        return -1;
    list = g_new0(virAnimalVisit *, ret.visits.count + 1);
    for (size_t i = 0; i < ret.visits.count; i++) {
        list[i] = g_new0(virAnimalVisit, 1);
        remoteTakeAnimalVisit(conn, list[i], &ret.visits.items[i]);
    }
    *visits = list;
    return (int) ret.visits.count;
}

int
remoteAnimalListGetVisits(virAnimalPtr *animals,
                          virAnimalVisitPtr **visits,
                          unsigned int mood)
{
    virWireConnectGetAllVisitsArgs args = { 0 };
    virWireConnectGetAllVisitsRet ret;
    g_auto(virXdrReader) reply = { 0 };
    g_autofree virWireAnimal *animalsWire = NULL;
    virAnimalVisit **list;

    while (animals[args.animals.count])
        args.animals.count++;
    animalsWire = g_new0(virWireAnimal, args.animals.count);
    for (size_t i = 0; i < args.animals.count; i++)
        virWirePutAnimal(&animalsWire[i], animals[i]);
    args.animals.items = animalsWire;
    args.mood = mood;
    if (remoteCall(animals[0]->conn,
                   virWireProcConnectGetAllVisits,
                   &args,
                   &ret,
                   &reply) < 0)
        return -1;
    list = g_new0(virAnimalVisit *, ret.visits.count + 1);
    for (size_t i = 0; i < ret.visits.count; i++) {
        list[i] = g_new0(virAnimalVisit, 1);
        remoteTakeAnimalVisit(animals[0]->conn, list[i], &ret.visits.items[i]);
    }
    *visits = list;
    return (int) ret.visits.count;
}

virDenPtr
remoteDenLookupByName(virAnimalPtr animal, const char *name)
{
    virWireDenLookupByNameArgs args = { 0 };
    virWireDenLookupByNameRet ret;
    g_auto(virXdrReader) reply = { 0 };

    virWirePutAnimal(&args.animal, animal);
    args.name = name;
    if (remoteCall(animal->conn,
                   virWireProcDenLookupByName,
                   &args,
                   &ret,
                   &reply) < 0)
        return NULL;
    return virWireGetDen(animal->conn, &ret.den);
}
