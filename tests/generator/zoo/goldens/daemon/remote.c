/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/* Dispatch of the program remote: from a call to the public function. */

#include "daemon/remote.h"

#include <string.h>

#include <libvirt/libvirt.h>
#include <libvirt/libvirt-admin.h>
#include <libvirt/libvirt-lxc.h>
#include <libvirt/libvirt-qemu.h>
#include <libvirt/virterror.h>

#include "daemon/convert.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "runtime/phases.h"
#include "wire/remote.h"
#include "wire/remote_objects.h"

static void
releaseAnimalInfo(void *records)
{
    virAnimalInfoFree(records);
}

static void
releaseAnimalVisit(void *records)
{
    virAnimalVisitFree(records);
}

static int
serveConnectWashAnimal(virServeCall *call, const void *args,
    void *ret)
{
    const virWireConnectWashAnimalArgs *in = args;
    virWireConnectWashAnimalRet *out = ret;
    virAnimalPtr rc;

    rc = virConnectWashAnimal(call->conn, in->xml);
    if (!rc)
        return -1;
    virServeHold(call, rc);
    virWirePutAnimal(&out->animal, rc);
    return 0;
}

static int
serveAnimalLookupByName(virServeCall *call, const void *args,
    void *ret)
{
    const virWireAnimalLookupByNameArgs *in = args;
    virWireAnimalLookupByNameRet *out = ret;
    virAnimalPtr rc;

    rc = virAnimalLookupByName(call->conn, in->name);
    if (!rc)
        return -1;
    virServeHold(call, rc);
    virWirePutAnimal(&out->animal, rc);
    return 0;
}

static int
serveAnimalLookupByUUID(virServeCall *call, const void *args,
    void *ret)
{
    const virWireAnimalLookupByUUIDArgs *in = args;
    virWireAnimalLookupByUUIDRet *out = ret;
    virAnimalPtr rc;

    rc = virAnimalLookupByUUID(call->conn, in->uuid);
    if (!rc)
        return -1;
    virServeHold(call, rc);
    virWirePutAnimal(&out->animal, rc);
    return 0;
}

static int
serveAnimalLookupByID(virServeCall *call, const void *args,
    void *ret)
{
    const virWireAnimalLookupByIDArgs *in = args;
    virWireAnimalLookupByIDRet *out = ret;
    virAnimalPtr rc;

    rc = virAnimalLookupByID(call->conn, in->id);
    if (!rc)
        return -1;
    virServeHold(call, rc);
    virWirePutAnimal(&out->animal, rc);
    return 0;
}

static int
serveConnectListAnimals(virServeCall *call, const void *args,
    void *ret)
{
    const virWireConnectListAnimalsArgs *in = args;
    virWireConnectListAnimalsRet *out = ret;
    int maxnames = (int) in->maxnames;
    char **names = NULL;
    int rc;

    if (virServeCount("maxnames", maxnames, 512, "REMOTE_ANIMAL_LIST_MAX") < 0)
        return -1;
    names = virServeStrings(call, maxnames);
    rc = virConnectListAnimals(call->conn, names, maxnames);
    if (rc < 0)
        return -1;
    out->names.items = names;
    out->names.count = (size_t) rc;
    return 0;
}

static int
serveConnectListAllAnimals(virServeCall *call, const void *args,
    void *ret)
{
    const virWireConnectListAllAnimalsArgs *in = args;
    virWireConnectListAllAnimalsRet *out = ret;
    virAnimalPtr * animals = NULL;
    virWireAnimal *rows;
    int rc;

    rc = virConnectListAllAnimals(call->conn, in->need_results ? &animals : NULL, in->flags);
    if (rc < 0)
        return -1;
    virServeOwnHandles(call, animals, rc);
    out->animals.count = animals ? (size_t) rc : 0;
    rows = virServeAlloc(call, out->animals.count, sizeof(*rows));
    out->animals.items = rows;
    for (size_t i = 0; i < out->animals.count; i++) {
        virWirePutAnimal(&rows[i], animals[i]);
    }
    out->ret = rc;
    return 0;
}

static int
serveConnectNumOfAnimals(virServeCall *call, const void *args G_GNUC_UNUSED,
    void *ret)
{
    virWireConnectNumOfAnimalsRet *out = ret;
    int rc;

    rc = virConnectNumOfAnimals(call->conn);
    if (rc < 0)
        return -1;
    out->num = rc;
    return 0;
}

static int
serveAnimalWake(virServeCall *call, const void *args,
    void *ret G_GNUC_UNUSED)
{
    const virWireAnimalWakeArgs *in = args;
    int rc;

    rc = virAnimalWake(virServeHold(call, virWireGetAnimal(call->conn, &in->animal)), in->flags);
    if (rc < 0)
        return -1;
    return 0;
}

static int
serveAnimalGetInfo(virServeCall *call, const void *args,
    void *ret)
{
    const virWireAnimalGetInfoArgs *in = args;
    virWireAnimalGetInfoRet *out = ret;
    virAnimalInfo *info = virServeAlloc(call, 1, sizeof(*info));
    int rc;

    rc = virAnimalGetInfo(virServeHold(call, virWireGetAnimal(call->conn, &in->animal)), info);
    if (rc < 0)
        return -1;
    out->kind = info->kind;
    out->weight = info->weight;
    out->legs = info->legs;
    out->mood = info->mood;
    return 0;
}

static int
serveAnimalGetMood(virServeCall *call, const void *args,
    void *ret)
{
    const virWireAnimalGetMoodArgs *in = args;
    virWireAnimalGetMoodRet *out = ret;
    int mood = 0;
    int reason = 0;
    int rc;

    rc = virAnimalGetMood(virServeHold(call, virWireGetAnimal(call->conn, &in->animal)),
                          &mood,
                          &reason,
                          in->flags);
    if (rc < 0)
        return -1;
    out->mood = mood;
    out->reason = reason;
    return 0;
}

static int
serveAnimalGetWeight(virServeCall *call, const void *args,
    void *ret)
{
    const virWireAnimalGetWeightArgs *in = args;
    virWireAnimalGetWeightRet *out = ret;
    unsigned long rc;

    rc = virAnimalGetWeight(virServeHold(call, virWireGetAnimal(call->conn, &in->animal)));
    if (rc == 0)
        return -1;
    out->result = rc;
    return 0;
}

static int
serveAnimalFeed(virServeCall *call, const void *args,
    void *ret)
{
    const virWireAnimalFeedArgs *in = args;
    virWireAnimalFeedRet *out = ret;
    int rc;

    rc = virAnimalFeed(virServeHold(call, virWireGetAnimal(call->conn, &in->animal)),
                       in->small,
                       in->natural,
                       in->large,
                       in->huge,
                       in->ratio,
                       in->raw,
                       in->mood);
    if (rc < 0)
        return -1;
    out->result = rc;
    return 0;
}

static int
serveAnimalTell(virServeCall *call, const void *args,
    void *ret)
{
    const virWireAnimalTellArgs *in = args;
    virWireAnimalTellRet *out = ret;
    char *answer = NULL;
    char *rc;

    rc = virAnimalTell(virServeHold(call, virWireGetAnimal(call->conn, &in->animal)),
                       in->word,
                       in->password,
                       (void *) in->words.items,
                       in->words.count,
                       &answer);
    if (!rc)
        return -1;
    virServeOwn(call, answer, g_free);
    out->answer = answer;
    virServeOwn(call, rc, g_free);
    out->result = rc;
    return 0;
}

static int
serveAnimalGetTracks(virServeCall *call, const void *args,
    void *ret)
{
    const virWireAnimalGetTracksArgs *in = args;
    virWireAnimalGetTracksRet *out = ret;
    int maxtimes = (int) in->maxtimes;
    unsigned long long *times = NULL;
    int nfacts = 0;
    virAnimalInfoPtr * facts = NULL;
    virWireAnimalInfo *rows;
    int rc;

    if (virServeCount("maxtimes", maxtimes, 4096, "REMOTE_KIND_MAX") < 0)
        return -1;
    times = virServeAlloc(call, (size_t) maxtimes, sizeof(*times));
    rc = virAnimalGetTracks(virServeHold(call, virWireGetAnimal(call->conn, &in->animal)),
                            (void *) in->places.items,
                            in->places.count,
                            times,
                            maxtimes,
                            &facts,
                            &nfacts);
    if (rc < 0)
        return -1;
    out->times.items = times;
    out->times.count = (size_t) rc;
    virServeOwnRecords(call, facts, nfacts, releaseAnimalInfo);
    out->facts.count = facts ? (size_t) nfacts : 0;
    rows = virServeAlloc(call, out->facts.count, sizeof(*rows));
    out->facts.items = rows;
    for (size_t i = 0; i < out->facts.count; i++) {
        rows[i].kind = facts[i]->kind;
        rows[i].weight = facts[i]->weight;
        rows[i].legs = facts[i]->legs;
        rows[i].mood = facts[i]->mood;
    }
    return 0;
}

static int
serveAnimalGetDiet(virServeCall *call, const void *args,
    void *ret)
{
    const virWireAnimalGetDietArgs *in = args;
    virWireAnimalGetDietRet *out = ret;
    int nparams = (int) in->nparams;
    virTypedParameterPtr params = NULL;
    int rc;

    if (virServeCount("nparams", nparams, 16, NULL) < 0)
        return -1;
    params = virServeParams(call, nparams);
    rc = virAnimalGetDiet(virServeHold(call, virWireGetAnimal(call->conn, &in->animal)),
                          params,
                          &nparams,
                          in->flags);
    if (rc < 0)
        return -1;
    out->params.items = params;
    out->params.count = params ? (size_t) nparams : 0;
    out->nparams = nparams;
    return 0;
}

static int
serveAnimalSetDiet(virServeCall *call, const void *args,
    void *ret G_GNUC_UNUSED)
{
    const virWireAnimalSetDietArgs *in = args;
    int rc;

    rc = virAnimalSetDiet(virServeHold(call, virWireGetAnimal(call->conn, &in->animal)),
                          (void *) in->params.items,
                          in->params.count,
                          (void *) in->more.items,
                          in->more.count);
    if (rc < 0)
        return -1;
    return 0;
}

static int
serveAnimalGetStats(virServeCall *call, const void *args,
    void *ret)
{
    const virWireAnimalGetStatsArgs *in = args;
    virWireAnimalGetStatsRet *out = ret;
    int nparams = 0;
    virTypedParameterPtr params = NULL;
    int rc;

    rc = virAnimalGetStats(virServeHold(call, virWireGetAnimal(call->conn, &in->animal)),
                           &params,
                           &nparams,
                           in->flags);
    if (rc < 0)
        return -1;
    virServeOwnParams(call, params, (int) nparams);
    out->params.items = params;
    out->params.count = (size_t) nparams;
    return 0;
}

static int
serveAnimalPin(virServeCall *call, const void *args,
    void *ret G_GNUC_UNUSED)
{
    const virWireAnimalPinArgs *in = args;
    int rc;

    rc = virAnimalPin(virServeHold(call, virWireGetAnimal(call->conn, &in->animal)),
                      (void *) in->cages.items,
                      in->cages.count);
    if (rc < 0)
        return -1;
    return 0;
}

static int
serveAnimalGetPins(virServeCall *call, const void *args,
    void *ret)
{
    const virWireAnimalGetPinsArgs *in = args;
    virWireAnimalGetPinsRet *out = ret;
    int nlegs = (int) in->nlegs;
    int maplen = (int) in->maplen;
    size_t cagesRoom;
    unsigned char *cages = NULL;
    int rc;

    if (virServeRoom("nlegs * maplen", (unsigned int) nlegs, (unsigned int) maplen,
                     2048, &cagesRoom) < 0)
        return -1;
    cages = virServeAlloc(call, cagesRoom, sizeof(*cages));
    rc = virAnimalGetPins(virServeHold(call, virWireGetAnimal(call->conn, &in->animal)),
                          nlegs,
                          cages,
                          maplen);
    if (rc < 0)
        return -1;
    out->cages.items = cages;
    out->cages.count = cagesRoom;
    return 0;
}

static int
serveAnimalPeek(virServeCall *call, const void *args,
    void *ret)
{
    const virWireAnimalPeekArgs *in = args;
    virWireAnimalPeekRet *out = ret;
    size_t size = (size_t) in->size;
    size_t bufferRoom;
    unsigned char *buffer = NULL;
    int rc;

    if (virServeRoom("size", (unsigned int) size, 1,
                     1024, &bufferRoom) < 0)
        return -1;
    buffer = virServeAlloc(call, bufferRoom, sizeof(*buffer));
    rc = virAnimalPeek(virServeHold(call, virWireGetAnimal(call->conn, &in->animal)),
                       in->start,
                       size,
                       buffer,
                       in->flags);
    if (rc < 0)
        return -1;
    out->buffer.items = buffer;
    out->buffer.count = bufferRoom;
    return 0;
}

static int
serveAnimalBlockStats(virServeCall *call, const void *args,
    void *ret)
{
    const virWireAnimalBlockStatsArgs *in = args;
    virWireAnimalBlockStatsRet *out = ret;
    virAnimalInfo *stats = virServeAlloc(call, 1, sizeof(*stats));
    int rc;

    rc = virAnimalBlockStats(virServeHold(call, virWireGetAnimal(call->conn, &in->animal)),
                             in->part,
                             stats,
                             sizeof(*stats));
    if (rc < 0)
        return -1;
    out->kind = stats->kind;
    out->weight = stats->weight;
    out->legs = stats->legs;
    out->mood = stats->mood;
    return 0;
}

static int
serveAnimalGetXMLDesc(virServeCall *call, const void *args,
    void *ret)
{
    const virWireAnimalGetXMLDescArgs *in = args;
    virWireAnimalGetXMLDescRet *out = ret;
    char *rc;

    rc = virAnimalGetXMLDesc(virServeHold(call, virWireGetAnimal(call->conn, &in->animal)),
                             in->flags);
    if (!rc)
        return -1;
    virServeOwn(call, rc, g_free);
    out->xml = rc;
    return 0;
}

static int
serveAnimalGetGuests(virServeCall *call, const void *args,
    void *ret)
{
    const virWireAnimalGetGuestsArgs *in = args;
    virWireAnimalGetGuestsRet *out = ret;
    virAnimalVisitPtr * visits = NULL;
    virWireAnimalVisit *rows;
    int rc;

    rc = virAnimalGetGuests(virServeHold(call, virWireGetAnimal(call->conn, &in->animal)),
                            &visits,
                            in->mood);
    if (rc < 0)
        return -1;
    virServeOwnRecords(call, visits, rc, releaseAnimalVisit);
    out->visits.count = visits ? (size_t) rc : 0;
    rows = virServeAlloc(call, out->visits.count, sizeof(*rows));
    out->visits.items = rows;
    for (size_t i = 0; i < out->visits.count; i++) {
        rows[i].guests.count = (size_t) visits[i]->nguests;
        rows[i].guests.items = virServeAlloc(call, rows[i].guests.count, sizeof(virWireAnimalGuest));
        for (size_t j = 0; j < rows[i].guests.count; j++) {
            rows[i].guests.items[j].name = visits[i]->guests[j].name;
        }
        rows[i].gate = visits[i]->gate;
    }
    return 0;
}

static int
serveAnimalMarry(virServeCall *call, const void *args,
    void *ret)
{
    const virWireAnimalMarryArgs *in = args;
    virWireAnimalMarryRet *out = ret;
    virCubPtr rc;

    rc = virAnimalMarry(virServeHold(call, virWireGetAnimal(call->conn, &in->animal)),
                        virServeHold(call, virWireGetAnimal(call->conn, &in->other)),
                        in->witness ? virServeHold(call, virWireGetCub(call->conn, in->witness)) : NULL);
    if (!rc)
        return -1;
    virServeHold(call, rc);
    virWirePutCub(&out->cub, rc);
    return 0;
}

static int
serveAnimalFilm(virServeCall *call, const void *args,
    void *ret)
{
    const virWireAnimalFilmArgs *in = args;
    virWireAnimalFilmRet *out = ret;
    char *rc;

    rc = virAnimalFilm(virServeHold(call, virWireGetAnimal(call->conn, &in->animal)),
                       call->stream,
                       in->flags);
    if (!rc)
        return -1;
    virServeOwn(call, rc, g_free);
    out->result = rc;
    return 0;
}

static int
serveAnimalLend(virServeCall *call, const void *args,
    void *ret G_GNUC_UNUSED)
{
    const virWireAnimalLendArgs *in = args;
    int *opened = NULL;
    int rc;

    if (virServeWantFiles(call, 1) < 0)
        return -1;
    rc = virAnimalLend(virServeHold(call, virWireGetAnimal(call->conn, &in->animal)),
                       (unsigned int) call->filesInCount,
                       (int *) call->filesIn,
                       call->filesIn[0],
                       &opened);
    if (rc < 0)
        return -1;
    virServeGiveFiles(call, opened, (size_t) rc);
    return 0;
}

static int
serveAnimalGetMeals(virServeCall *call, const void *args,
    void *ret)
{
    const virWireAnimalGetMealsArgs *in = args;
    virWireAnimalGetMealsRet *out = ret;
    unsigned int nparams = (unsigned int) in->nparams;
    size_t paramsRoom;
    virTypedParameterPtr params = NULL;
    int rc;

    if (virServeRoom("nparams * ndays", (unsigned int) nparams, (unsigned int) in->ndays,
                     16, &paramsRoom) < 0)
        return -1;
    params = virServeParams(call, (int) paramsRoom);
    rc = virAnimalGetMeals(virServeHold(call, virWireGetAnimal(call->conn, &in->animal)),
                           params,
                           nparams,
                           in->ndays,
                           in->flags);
    if (rc < 0)
        return -1;
    out->params.items = params;
    out->params.count = virServePackParams(params, paramsRoom);
    out->nparams = rc;
    return 0;
}

static int
serveAnimalGetStripes(virServeCall *call, const void *args,
    void *ret)
{
    const virWireAnimalGetStripesArgs *in = args;
    virWireAnimalGetStripesRet *out = ret;
    unsigned char * stripes = NULL;
    int rc;

    rc = virAnimalGetStripes(virServeHold(call, virWireGetAnimal(call->conn, &in->animal)),
                             in->need_stripes ? &stripes : NULL);
    if (rc < 0)
        return -1;
    virServeOwn(call, stripes, g_free);
    out->stripes.items = stripes;
    out->stripes.count = stripes ? VIR_CPU_MAPLEN((size_t) rc) : 0;
    out->ret = rc;
    return 0;
}

static int
serveAnimalGetVoice(virServeCall *call, const void *args,
    void *ret)
{
    const virWireAnimalGetVoiceArgs *in = args;
    virWireAnimalGetVoiceRet *out = ret;
    size_t size = 0;
    unsigned char *rc;

    rc = virAnimalGetVoice(virServeHold(call, virWireGetAnimal(call->conn, &in->animal)), &size);
    if (!rc)
        return -1;
    virServeOwn(call, rc, g_free);
    out->value.items = rc;
    out->value.count = size;
    return 0;
}

static int
serveAnimalOpenDoor(virServeCall *call, const void *args,
    void *ret G_GNUC_UNUSED)
{
    const virWireAnimalOpenDoorArgs *in = args;
    int rc;

    rc = virAnimalOpenDoor(virServeHold(call, virWireGetAnimal(call->conn, &in->animal)));
    if (rc < 0)
        return -1;
    virServeAddFile(call, rc);
    return 0;
}

static int
serveAnimalGetOrigin(virServeCall *call, const void *args,
    void *ret)
{
    const virWireAnimalGetOriginArgs *in = args;
    virWireAnimalGetOriginRet *out = ret;
    const char *rc;

    rc = virAnimalGetOrigin(virServeHold(call, virWireGetAnimal(call->conn, &in->animal)));
    if (!rc)
        return -1;
    out->origin = rc;
    return 0;
}

static int
serveDenSweep(virServeCall *call, const void *args,
    void *ret G_GNUC_UNUSED)
{
    const virWireDenSweepArgs *in = args;
    virWireDen self = { .name = in->name };
    int rc;

    rc = virDenSweep(virServeHold(call, virWireGetDen(call->conn, &self)));
    if (rc < 0)
        return -1;
    return 0;
}

static int
serveAnimalListGetVisits(virServeCall *call, const void *args,
    void *ret)
{
    const virWireConnectGetAllVisitsArgs *in = args;
    virWireConnectGetAllVisitsRet *out = ret;
    virAnimalPtr *animals;
    virAnimalVisitPtr * visits = NULL;
    virWireAnimalVisit *rows;
    int rc;

    animals = virServeAlloc(call, in->animals.count + 1, sizeof(*animals));
    for (size_t i = 0; i < in->animals.count; i++)
        animals[i] = virServeHold(call, virWireGetAnimal(call->conn, &in->animals.items[i]));
    rc = virAnimalListGetVisits(animals, &visits, in->mood);
    if (rc < 0)
        return -1;
    virServeOwnRecords(call, visits, rc, releaseAnimalVisit);
    out->visits.count = visits ? (size_t) rc : 0;
    rows = virServeAlloc(call, out->visits.count, sizeof(*rows));
    out->visits.items = rows;
    for (size_t i = 0; i < out->visits.count; i++) {
        rows[i].guests.count = (size_t) visits[i]->nguests;
        rows[i].guests.items = virServeAlloc(call, rows[i].guests.count, sizeof(virWireAnimalGuest));
        for (size_t j = 0; j < rows[i].guests.count; j++) {
            rows[i].guests.items[j].name = visits[i]->guests[j].name;
        }
        rows[i].gate = visits[i]->gate;
    }
    return 0;
}

static int
serveConnectGetAllVisits(virServeCall *call, const void *args,
    void *ret)
{
    const virWireConnectGetAllVisitsArgs *in = args;
    virWireConnectGetAllVisitsRet *out = ret;
    virAnimalVisitPtr * visits = NULL;
    virWireAnimalVisit *rows;
    int rc;

    if (in->animals.count)
        return serveAnimalListGetVisits(call, args, ret);
    rc = virConnectGetAllVisits(call->conn, &visits, in->mood);
    if (rc < 0)
        return -1;
    virServeOwnRecords(call, visits, rc, releaseAnimalVisit);
    out->visits.count = visits ? (size_t) rc : 0;
    rows = virServeAlloc(call, out->visits.count, sizeof(*rows));
    out->visits.items = rows;
    for (size_t i = 0; i < out->visits.count; i++) {
        rows[i].guests.count = (size_t) visits[i]->nguests;
        rows[i].guests.items = virServeAlloc(call, rows[i].guests.count, sizeof(virWireAnimalGuest));
        for (size_t j = 0; j < rows[i].guests.count; j++) {
            rows[i].guests.items[j].name = visits[i]->guests[j].name;
        }
        rows[i].gate = visits[i]->gate;
    }
    return 0;
}

static int
serveAnimalTransportBegin(virServeCall *call, const void *args,
    void *ret)
{
    const virWireAnimalTransportBeginArgs *in = args;
    virWireAnimalTransportBeginRet *out = ret;
    unsigned char *papers_out = NULL;
    int papersoutlen = 0;
    char *address = NULL;
    int rc;

    rc = virAnimalTransportBegin(virServeHold(call, virWireGetAnimal(call->conn, &in->animal)),
                                 (void *) in->papers_in.items,
                                 in->papers_in.count,
                                 &papers_out,
                                 &papersoutlen,
                                 &address);
    if (rc < 0)
        return -1;
    virServeOwn(call, papers_out, g_free);
    out->papers_out.items = papers_out;
    out->papers_out.count = papers_out ? (size_t) papersoutlen : 0;
    virServeOwn(call, address, g_free);
    out->address = address;
    return 0;
}

static int
serveDenLookupByName(virServeCall *call, const void *args,
    void *ret)
{
    const virWireDenLookupByNameArgs *in = args;
    virWireDenLookupByNameRet *out = ret;
    virDenPtr rc;

    rc = virDenLookupByName(virServeHold(call, virWireGetAnimal(call->conn, &in->animal)),
                            in->name);
    if (!rc)
        return -1;
    virServeHold(call, rc);
    virWirePutDen(&out->den, rc);
    return 0;
}

static int
relayAnimalEventLifecycle(virConnectPtr conn G_GNUC_UNUSED,
                          virAnimalPtr animal G_GNUC_UNUSED,
                          int event G_GNUC_UNUSED,
                          int detail G_GNUC_UNUSED,
                          void *opaque G_GNUC_UNUSED)
{
    virWireAnimalEventLifecycleMsg message = { 0 };

    message.callbackID = virServeListenerId(opaque);
    virWirePutAnimal(&message.animal, animal);
    message.event = event;
    message.detail = detail;
    virServeTell(opaque, virWireProcAnimalEventLifecycle, &message,
                 conn, VIR_ACCESS_ANIMAL_GETATTR, animal);
    return 0;
}

static void
relayAnimalEventCallbackMeal(virConnectPtr conn G_GNUC_UNUSED,
                             virAnimalPtr animal G_GNUC_UNUSED,
                             const char *dish G_GNUC_UNUSED,
                             virTypedParameterPtr params G_GNUC_UNUSED,
                             int nparams G_GNUC_UNUSED,
                             void *opaque G_GNUC_UNUSED)
{
    virWireAnimalEventCallbackMealMsg message = { 0 };

    message.callbackID = virServeListenerId(opaque);
    virWirePutAnimal(&message.msg.animal, animal);
    message.msg.dish = dish;
    message.msg.params.items = params;
    message.msg.params.count = (size_t) nparams;
    virServeTell(opaque, virWireProcAnimalEventCallbackMeal, &message,
                 conn, VIR_ACCESS_ANIMAL_GETATTR, animal);
}

static void
relayAnimalEventMeal(virConnectPtr conn G_GNUC_UNUSED,
                     virAnimalPtr animal G_GNUC_UNUSED,
                     const char *dish G_GNUC_UNUSED,
                     virTypedParameterPtr params G_GNUC_UNUSED,
                     int nparams G_GNUC_UNUSED,
                     void *opaque G_GNUC_UNUSED)
{
    virWireAnimalEventMealMsg message = { 0 };

    virWirePutAnimal(&message.animal, animal);
    message.dish = dish;
    message.params.items = params;
    message.params.count = (size_t) nparams;
    virServeTell(opaque, virWireProcAnimalEventMeal, &message,
                 conn, VIR_ACCESS_ANIMAL_GETATTR, animal);
}

static void
relayAnimalEventCallbackVisit(virConnectPtr conn G_GNUC_UNUSED,
                              virAnimalPtr animal G_GNUC_UNUSED,
                              const virAnimalVisit *visit G_GNUC_UNUSED,
                              unsigned long long seconds G_GNUC_UNUSED,
                              void *opaque G_GNUC_UNUSED)
{
    virWireAnimalEventCallbackVisitMsg message = { 0 };

    message.callbackID = virServeListenerId(opaque);
    virWirePutAnimal(&message.animal, animal);
    message.visit.guests.count = (size_t) visit->nguests;
    message.visit.guests.items = g_new0(virWireAnimalGuest, message.visit.guests.count + 1);
    for (size_t i = 0; i < message.visit.guests.count; i++) {
        message.visit.guests.items[i].name = visit->guests[i].name;
    }
    message.visit.gate = visit->gate;
    message.seconds = seconds;
    virServeTell(opaque, virWireProcAnimalEventCallbackVisit, &message,
                 conn, VIR_ACCESS_ANIMAL_GETATTR, animal);
    g_free(message.visit.guests.items);
}

const virServeEvent virServeRemoteEvents[] = {
    { &virAnimalClass, VIR_ANIMAL_EVENT_ID_LIFECYCLE,
      VIR_DOMAIN_EVENT_CALLBACK(relayAnimalEventLifecycle), NULL,
      VIR_ACCESS_CONNECT_READ },
    { &virAnimalClass, VIR_ANIMAL_EVENT_ID_MEAL,
      VIR_DOMAIN_EVENT_CALLBACK(relayAnimalEventCallbackMeal), VIR_DOMAIN_EVENT_CALLBACK(relayAnimalEventMeal),
      VIR_ACCESS_CONNECT_READ },
    { &virAnimalClass, VIR_ANIMAL_EVENT_ID_VISIT,
      VIR_DOMAIN_EVENT_CALLBACK(relayAnimalEventCallbackVisit), NULL,
      VIR_ACCESS_CONNECT_READ },
    { .class = NULL },
};

static const virServeProcedure procedures[] = {
    { .wire = &virWireRemoteProcedures[0], .serve = serveConnectOpen,
      .blocks = VIR_SERVE_QUICK, .readOnly = false, .early = true },
    { .wire = &virWireRemoteProcedures[1], .serve = serveConnectClose,
      .blocks = VIR_SERVE_QUICK, .readOnly = false, .early = true },
    { .wire = &virWireRemoteProcedures[2], .serve = serveConnectWashAnimal,
      .blocks = VIR_SERVE_QUICK, .readOnly = false },
    { .wire = &virWireRemoteProcedures[3], .serve = serveAnimalLookupByName,
      .blocks = VIR_SERVE_QUICK, .readOnly = true },
    { .wire = &virWireRemoteProcedures[4], .serve = serveAnimalLookupByUUID,
      .blocks = VIR_SERVE_QUICK, .readOnly = true },
    { .wire = &virWireRemoteProcedures[5], .serve = serveAnimalLookupByID,
      .blocks = VIR_SERVE_QUICK, .readOnly = true },
    { .wire = &virWireRemoteProcedures[6], .serve = serveConnectListAnimals,
      .blocks = VIR_SERVE_QUICK, .readOnly = true },
    { .wire = &virWireRemoteProcedures[7], .serve = serveConnectListAllAnimals,
      .blocks = VIR_SERVE_QUICK, .readOnly = true },
    { .wire = &virWireRemoteProcedures[8], .serve = serveConnectNumOfAnimals,
      .blocks = VIR_SERVE_QUICK, .readOnly = true },
    { .wire = &virWireRemoteProcedures[9], .serve = serveConnectAnimalEventRegisterAny,
      .blocks = VIR_SERVE_QUICK, .readOnly = true },
    { .wire = &virWireRemoteProcedures[10], .serve = serveConnectAnimalEventDeregisterAny,
      .blocks = VIR_SERVE_QUICK, .readOnly = true },
    { .wire = &virWireRemoteProcedures[11], .serve = serveConnectAnimalEventRegister,
      .blocks = VIR_SERVE_QUICK, .readOnly = true },
    { .wire = &virWireRemoteProcedures[12], .serve = serveConnectAnimalEventDeregister,
      .blocks = VIR_SERVE_QUICK, .readOnly = true },
    { .wire = &virWireRemoteProcedures[13], .serve = serveAnimalWake,
      .blocks = VIR_SERVE_MONITOR, .readOnly = false },
    { .wire = &virWireRemoteProcedures[14], .serve = serveAnimalGetInfo,
      .blocks = VIR_SERVE_MONITOR, .readOnly = true },
    { .wire = &virWireRemoteProcedures[15], .serve = serveAnimalGetMood,
      .blocks = VIR_SERVE_MONITOR, .readOnly = true },
    { .wire = &virWireRemoteProcedures[16], .serve = serveAnimalGetWeight,
      .blocks = VIR_SERVE_QUICK, .readOnly = true },
    { .wire = &virWireRemoteProcedures[17], .serve = serveAnimalFeed,
      .blocks = VIR_SERVE_LONG, .readOnly = false },
    { .wire = &virWireRemoteProcedures[18], .serve = serveAnimalTell,
      .blocks = VIR_SERVE_LONG, .readOnly = false },
    { .wire = &virWireRemoteProcedures[19], .serve = serveAnimalGetTracks,
      .blocks = VIR_SERVE_MONITOR, .readOnly = true },
    { .wire = &virWireRemoteProcedures[20], .serve = serveAnimalGetDiet,
      .blocks = VIR_SERVE_MONITOR, .readOnly = true },
    { .wire = &virWireRemoteProcedures[21], .serve = serveAnimalSetDiet,
      .blocks = VIR_SERVE_MONITOR, .readOnly = false },
    { .wire = &virWireRemoteProcedures[22], .serve = serveAnimalGetStats,
      .blocks = VIR_SERVE_MONITOR, .readOnly = true },
    { .wire = &virWireRemoteProcedures[23], .serve = serveAnimalPin,
      .blocks = VIR_SERVE_MONITOR, .readOnly = false },
    { .wire = &virWireRemoteProcedures[24], .serve = serveAnimalGetPins,
      .blocks = VIR_SERVE_MONITOR, .readOnly = true },
    { .wire = &virWireRemoteProcedures[25], .serve = serveAnimalPeek,
      .blocks = VIR_SERVE_MONITOR, .readOnly = false },
    { .wire = &virWireRemoteProcedures[26], .serve = serveAnimalBlockStats,
      .blocks = VIR_SERVE_MONITOR, .readOnly = true },
    { .wire = &virWireRemoteProcedures[27], .serve = serveAnimalGetXMLDesc,
      .blocks = VIR_SERVE_MONITOR, .readOnly = true },
    { .wire = &virWireRemoteProcedures[28], .serve = serveAnimalGetGuests,
      .blocks = VIR_SERVE_MONITOR, .readOnly = true },
    { .wire = &virWireRemoteProcedures[29], .serve = serveAnimalMarry,
      .blocks = VIR_SERVE_LONG, .readOnly = false },
    { .wire = &virWireRemoteProcedures[30], .serve = serveAnimalFilm,
      .blocks = VIR_SERVE_LONG, .readOnly = true },
    { .wire = &virWireRemoteProcedures[31], .serve = serveAnimalLend,
      .blocks = VIR_SERVE_LONG, .readOnly = false },
    { .wire = &virWireRemoteProcedures[32] },
    { .wire = &virWireRemoteProcedures[33] },
    { .wire = &virWireRemoteProcedures[34] },
    { .wire = &virWireRemoteProcedures[35] },
    { .wire = &virWireRemoteProcedures[36] },
    { .wire = &virWireRemoteProcedures[37] },
    { .wire = &virWireRemoteProcedures[38], .serve = serveAnimalGetMeals,
      .blocks = VIR_SERVE_MONITOR, .readOnly = true },
    { .wire = &virWireRemoteProcedures[39], .serve = serveAnimalGetStripes,
      .blocks = VIR_SERVE_QUICK, .readOnly = true },
    { .wire = &virWireRemoteProcedures[40], .serve = serveAnimalGetVoice,
      .blocks = VIR_SERVE_QUICK, .readOnly = true },
    { .wire = &virWireRemoteProcedures[41], .serve = serveAnimalOpenDoor,
      .blocks = VIR_SERVE_QUICK, .readOnly = false },
    { .wire = &virWireRemoteProcedures[42], .serve = serveAnimalGetOrigin,
      .blocks = VIR_SERVE_QUICK, .readOnly = true },
    { .wire = &virWireRemoteProcedures[43], .serve = serveDenSweep,
      .blocks = VIR_SERVE_QUICK, .readOnly = false },
    { .wire = &virWireRemoteProcedures[44], .serve = serveConnectGetAllVisits,
      .blocks = VIR_SERVE_MONITOR, .readOnly = true },
    { .wire = &virWireRemoteProcedures[45], .serve = serveAnimalTransportBegin,
      .blocks = VIR_SERVE_LONG, .readOnly = false },
    { .wire = &virWireRemoteProcedures[46], .serve = serveDenLookupByName,
      .blocks = VIR_SERVE_QUICK, .readOnly = true },
};

const virServeProgram virServeRemote = {
    .wire = &virWireProgramRemote,
    .count = G_N_ELEMENTS(procedures),
    .procedures = procedures,
};
