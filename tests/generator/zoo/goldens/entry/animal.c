/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/animal.xml; change that, not this. */
/* Public entry points of libvirt-animal.h, module animal. */

#include <libvirt/libvirt-animal.h>
#include <libvirt/virterror.h>

#include <string.h>

#include "driver/vtable.h"
#include "runtime/connect.h"
#include "runtime/entry.h"
#include "runtime/local.h"
#include "runtime/objects.h"
#include "runtime/stream.h"

VIR_PUBLIC virAnimalPtr
virConnectWashAnimal(virConnectPtr conn, const char *xml)
{
    virAnimalPtr ret;

    VIR_TRACE(__func__, "conn=%p, xml=%s", (const void *) conn, VIR_TRACE_STRING(xml));
    virErrorReset();
    if (!virHandleIs(conn, &virConnectClass)) {
        virEntryBadHandle(VIR_FROM_ANIMAL, __func__, &virConnectClass);
        goto error;
    }
    if (virConnectReadOnly(conn)) {
        virEntryReadOnly(VIR_FROM_ANIMAL, __func__);
        goto error;
    }
    if (!xml) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "xml");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->ConnectWashAnimal) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->ConnectWashAnimal(conn, xml);
    if (!ret)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return NULL;
}

VIR_PUBLIC int
virAnimalFree(virAnimalPtr animal)
{
    virConnectPtr conn = NULL;
    int ret;

    VIR_TRACE(__func__, "animal=%p", (const void *) animal);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    virHandleUnref(&animal->handle);
    ret = 0;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC const char *
virAnimalGetName(virAnimalPtr animal)
{
    virConnectPtr conn = NULL;
    const char *ret;

    VIR_TRACE(__func__, "animal=%p", (const void *) animal);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    ret = animal->name;
    return ret;

error:
    virErrorDispatch(conn);
    return NULL;
}

VIR_PUBLIC int
virAnimalGetUUID(virAnimalPtr animal, unsigned char *uuid)
{
    virConnectPtr conn = NULL;
    int ret;

    VIR_TRACE(__func__, "animal=%p, uuid=%p", (const void *) animal, (const void *) uuid);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (!uuid) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "uuid");
        goto error;
    }
    memcpy(uuid, animal->uuid, VIR_UUID_BUFLEN);
    ret = 0;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC int
virAnimalGetUUIDString(virAnimalPtr animal, char *buf)
{
    virConnectPtr conn = NULL;
    int ret;

    VIR_TRACE(__func__, "animal=%p, buf=%p", (const void *) animal, (const void *) buf);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (!buf) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "buf");
        goto error;
    }
    virUUIDFormat(animal->uuid, buf);
    ret = 0;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC virConnectPtr
virAnimalGetConnect(virAnimalPtr animal)
{
    virConnectPtr conn = NULL;
    virConnectPtr ret;

    VIR_TRACE(__func__, "animal=%p", (const void *) animal);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    ret = animal->conn;
    return ret;

error:
    virErrorDispatch(conn);
    return NULL;
}

VIR_PUBLIC virAnimalPtr
virCubGetAnimal(virCubPtr cub)
{
    virConnectPtr conn = NULL;
    virAnimalPtr ret;

    VIR_TRACE(__func__, "cub=%p", (const void *) cub);
    virErrorReset();
    if (!virHandleIs(cub, &virCubClass)) {
        virEntryBadHandle(VIR_FROM_ANIMAL, __func__, &virCubClass);
        goto error;
    }
    conn = cub->animal->conn;
    ret = cub->animal;
    return ret;

error:
    virErrorDispatch(conn);
    return NULL;
}

VIR_PUBLIC virAnimalPtr
virAnimalLookupByName(virConnectPtr conn, const char *name)
{
    virAnimalPtr ret;

    VIR_TRACE(__func__, "conn=%p, name=%s", (const void *) conn, VIR_TRACE_STRING(name));
    virErrorReset();
    if (!virHandleIs(conn, &virConnectClass)) {
        virEntryBadHandle(VIR_FROM_ANIMAL, __func__, &virConnectClass);
        goto error;
    }
    if (!name) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "name");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->AnimalLookupByName) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalLookupByName(conn, name);
    if (!ret)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return NULL;
}

VIR_PUBLIC virAnimalPtr
virAnimalLookupByUUID(virConnectPtr conn, const unsigned char *uuid)
{
    virAnimalPtr ret;

    VIR_TRACE(__func__, "conn=%p, uuid=%p", (const void *) conn, (const void *) uuid);
    virErrorReset();
    if (!virHandleIs(conn, &virConnectClass)) {
        virEntryBadHandle(VIR_FROM_ANIMAL, __func__, &virConnectClass);
        goto error;
    }
    if (!uuid) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "uuid");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->AnimalLookupByUUID) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalLookupByUUID(conn, uuid);
    if (!ret)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return NULL;
}

VIR_PUBLIC virAnimalPtr
virAnimalLookupByUUIDString(virConnectPtr conn, const char *uuid)
{
    virAnimalPtr ret;
    unsigned char raw[VIR_UUID_BUFLEN];

    VIR_TRACE(__func__, "conn=%p, uuid=%s", (const void *) conn, VIR_TRACE_STRING(uuid));
    virErrorReset();
    if (!virHandleIs(conn, &virConnectClass)) {
        virEntryBadHandle(VIR_FROM_ANIMAL, __func__, &virConnectClass);
        goto error;
    }
    if (!uuid) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "uuid");
        goto error;
    }
    if (virUUIDParse(uuid, raw) < 0) {
        virEntryUUID(VIR_FROM_ANIMAL, __func__, "uuid");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->AnimalLookupByUUID) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalLookupByUUID(conn, raw);
    if (!ret)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return NULL;
}

VIR_PUBLIC virAnimalPtr
virAnimalLookupByID(virConnectPtr conn, int id)
{
    virAnimalPtr ret;

    VIR_TRACE(__func__, "conn=%p, id=%d", (const void *) conn, id);
    virErrorReset();
    if (!virHandleIs(conn, &virConnectClass)) {
        virEntryBadHandle(VIR_FROM_ANIMAL, __func__, &virConnectClass);
        goto error;
    }
    if (id < 0) {
        virEntryNegative(VIR_FROM_ANIMAL, __func__, "id");
        goto error;
    }
    if (id < 0 || id > 99) {
        virEntryRange(VIR_FROM_ANIMAL, __func__, "id", id);
        goto error;
    }
    if (!conn->zoo || !conn->zoo->AnimalLookupByID) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalLookupByID(conn, id);
    if (!ret)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return NULL;
}

VIR_PUBLIC int
virConnectListAnimals(virConnectPtr conn, char **const names, int maxnames)
{
    int ret;

    VIR_TRACE(__func__,
              "conn=%p, names=%p, maxnames=%d",
              (const void *) conn,
              (const void *) names,
              maxnames);
    virErrorReset();
    if (!virHandleIs(conn, &virConnectClass)) {
        virEntryBadHandle(VIR_FROM_ANIMAL, __func__, &virConnectClass);
        goto error;
    }
    if (maxnames != 0 && !names) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "names");
        goto error;
    }
    if (maxnames < 0) {
        virEntryNegative(VIR_FROM_ANIMAL, __func__, "maxnames");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->ConnectListAnimals) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->ConnectListAnimals(conn, names, maxnames);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC int
virConnectListAllAnimals(virConnectPtr conn, virAnimalPtr **animals, unsigned int flags)
{
    int ret;

    VIR_TRACE(__func__,
              "conn=%p, animals=%p, flags=%u",
              (const void *) conn,
              (const void *) animals,
              flags);
    virErrorReset();
    if (animals)
        *animals = NULL;
    if (!virHandleIs(conn, &virConnectClass)) {
        virEntryBadHandle(VIR_FROM_ANIMAL, __func__, &virConnectClass);
        goto error;
    }
    if (!conn->zoo || !conn->zoo->ConnectListAllAnimals) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->ConnectListAllAnimals(conn, animals, flags);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC int
virConnectNumOfAnimals(virConnectPtr conn)
{
    int ret;

    VIR_TRACE(__func__, "conn=%p", (const void *) conn);
    virErrorReset();
    if (!virHandleIs(conn, &virConnectClass)) {
        virEntryBadHandle(VIR_FROM_ANIMAL, __func__, &virConnectClass);
        goto error;
    }
    if (!conn->zoo || !conn->zoo->ConnectNumOfAnimals) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->ConnectNumOfAnimals(conn);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC int
virConnectAnimalEventRegisterAny(virConnectPtr conn,
                                 virAnimalPtr animal,
                                 int eventID,
                                 virConnectAnimalEventGenericCallback cb,
                                 void *opaque,
                                 virFreeCallback freecb)
{
    int ret;

    VIR_TRACE(__func__,
              "conn=%p, animal=%p, eventID=%d, cb=%d, opaque=%p, freecb=%d",
              (const void *) conn,
              (const void *) animal,
              eventID,
              cb != NULL,
              (const void *) opaque,
              freecb != NULL);
    virErrorReset();
    if (!virHandleIs(conn, &virConnectClass)) {
        virEntryBadHandle(VIR_FROM_ANIMAL, __func__, &virConnectClass);
        goto error;
    }
    if (animal && !virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    if (animal && animal->conn != conn) {
        virEntryForeign(VIR_FROM_ANIMAL, __func__, "animal");
        goto error;
    }
    if (eventID < 0 || eventID > VIR_ANIMAL_EVENT_ID_VISIT) {
        virEntryRange(VIR_FROM_ANIMAL, __func__, "eventID", eventID);
        goto error;
    }
    if (!cb) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "cb");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->ConnectAnimalEventRegisterAny) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->ConnectAnimalEventRegisterAny(conn, animal, eventID, cb, opaque, freecb);
    if (ret == (int) -1)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC int
virConnectAnimalEventDeregisterAny(virConnectPtr conn, int callbackID)
{
    int ret;

    VIR_TRACE(__func__, "conn=%p, callbackID=%d", (const void *) conn, callbackID);
    virErrorReset();
    if (!virHandleIs(conn, &virConnectClass)) {
        virEntryBadHandle(VIR_FROM_ANIMAL, __func__, &virConnectClass);
        goto error;
    }
    if (callbackID < 0) {
        virEntryNegative(VIR_FROM_ANIMAL, __func__, "callbackID");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->ConnectAnimalEventDeregisterAny) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->ConnectAnimalEventDeregisterAny(conn, callbackID);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC int
virConnectAnimalEventRegister(virConnectPtr conn,
                              virConnectAnimalEventLifecycleCallback cb,
                              void *opaque,
                              virFreeCallback freecb)
{
    int ret;

    VIR_TRACE(__func__,
              "conn=%p, cb=%d, opaque=%p, freecb=%d",
              (const void *) conn,
              cb != NULL,
              (const void *) opaque,
              freecb != NULL);
    virErrorReset();
    if (!virHandleIs(conn, &virConnectClass)) {
        virEntryBadHandle(VIR_FROM_ANIMAL, __func__, &virConnectClass);
        goto error;
    }
    if (!cb) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "cb");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->ConnectAnimalEventRegister) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->ConnectAnimalEventRegister(conn, cb, opaque, freecb);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC int
virConnectAnimalEventDeregister(virConnectPtr conn, virConnectAnimalEventLifecycleCallback cb)
{
    int ret;

    VIR_TRACE(__func__, "conn=%p, cb=%d", (const void *) conn, cb != NULL);
    virErrorReset();
    if (!virHandleIs(conn, &virConnectClass)) {
        virEntryBadHandle(VIR_FROM_ANIMAL, __func__, &virConnectClass);
        goto error;
    }
    if (!cb) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "cb");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->ConnectAnimalEventDeregister) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->ConnectAnimalEventDeregister(conn, cb);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC int
virAnimalWake(virAnimalPtr animal, unsigned int flags)
{
    virConnectPtr conn = NULL;
    int ret;

    VIR_TRACE(__func__, "animal=%p, flags=%u", (const void *) animal, flags);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (virConnectReadOnly(conn)) {
        virEntryReadOnly(VIR_FROM_ANIMAL, __func__);
        goto error;
    }
    if ((flags & VIR_ANIMAL_WAKE_AGAIN) && !(flags & (VIR_ANIMAL_WAKE_LOUDLY | VIR_ANIMAL_WAKE_GENTLY))) {
        virEntryFlagNeeds(VIR_FROM_ANIMAL, __func__, "VIR_ANIMAL_WAKE_AGAIN", "VIR_ANIMAL_WAKE_LOUDLY | VIR_ANIMAL_WAKE_GENTLY");
        goto error;
    }
    if ((flags & VIR_ANIMAL_WAKE_GENTLY) && (flags & VIR_ANIMAL_WAKE_LOUDLY)) {
        virEntryFlagsExclude(VIR_FROM_ANIMAL, __func__, "VIR_ANIMAL_WAKE_GENTLY", "VIR_ANIMAL_WAKE_LOUDLY");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->AnimalWake) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalWake(animal, flags);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC int
virAnimalGetInfo(virAnimalPtr animal, virAnimalInfoPtr info)
{
    virConnectPtr conn = NULL;
    int ret;

    VIR_TRACE(__func__, "animal=%p, info=%p", (const void *) animal, (const void *) info);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (!info) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "info");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->AnimalGetInfo) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalGetInfo(animal, info);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC int
virAnimalGetMood(virAnimalPtr animal, int *mood, int *reason, unsigned int flags)
{
    virConnectPtr conn = NULL;
    int ret;

    VIR_TRACE(__func__,
              "animal=%p, mood=%p, reason=%p, flags=%u",
              (const void *) animal,
              (const void *) mood,
              (const void *) reason,
              flags);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (!mood) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "mood");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->AnimalGetMood) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalGetMood(animal, mood, reason, flags);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC unsigned long
virAnimalGetWeight(virAnimalPtr animal)
{
    virConnectPtr conn = NULL;
    unsigned long ret;

    VIR_TRACE(__func__, "animal=%p", (const void *) animal);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (!conn->zoo || !conn->zoo->AnimalGetWeight) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalGetWeight(animal);
    if (ret == (unsigned long) 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return 0;
}

VIR_PUBLIC int
virAnimalFeed(virAnimalPtr animal,
              int small,
              unsigned int natural,
              long long large,
              unsigned long huge,
              double ratio,
              int raw,
              unsigned int mood)
{
    virConnectPtr conn = NULL;
    int ret;

    VIR_TRACE(__func__,
              "animal=%p, small=%d, natural=%u, large=%lld, huge=%lu, ratio=%g, raw=%d, mood=%u",
              (const void *) animal,
              small,
              natural,
              large,
              huge,
              ratio,
              raw,
              mood);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (virConnectReadOnly(conn)) {
        virEntryReadOnly(VIR_FROM_ANIMAL, __func__);
        goto error;
    }
    if (natural <= 0) {
        virEntryZero(VIR_FROM_ANIMAL, __func__, "natural");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->AnimalFeed) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalFeed(animal, small, natural, large, huge, ratio, raw, mood);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC char *
virAnimalTell(virAnimalPtr animal,
              const char *word,
              const char *password,
              const char **words,
              unsigned int nwords,
              char **answer)
{
    virConnectPtr conn = NULL;
    char *ret;

    VIR_TRACE(__func__,
              "animal=%p, word=%s, password=<hidden>, words=%p, nwords=%u, answer=%p",
              (const void *) animal,
              VIR_TRACE_STRING(word),
              (const void *) words,
              nwords,
              (const void *) answer);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (virConnectReadOnly(conn)) {
        virEntryReadOnly(VIR_FROM_ANIMAL, __func__);
        goto error;
    }
    if (!word) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "word");
        goto error;
    }
    if (nwords != 0 && !words) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "words");
        goto error;
    }
    if (!answer) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "answer");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->AnimalTell) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalTell(animal, word, password, words, nwords, answer);
    if (!ret)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return NULL;
}

VIR_PUBLIC int
virAnimalGetTracks(virAnimalPtr animal,
                   unsigned int *places,
                   unsigned int nplaces,
                   unsigned long long *times,
                   int maxtimes,
                   virAnimalInfoPtr **facts,
                   int *nfacts)
{
    virConnectPtr conn = NULL;
    int ret;

    VIR_TRACE(__func__,
              "animal=%p, places=%p, nplaces=%u, times=%p, maxtimes=%d, facts=%p, nfacts=%p",
              (const void *) animal,
              (const void *) places,
              nplaces,
              (const void *) times,
              maxtimes,
              (const void *) facts,
              (const void *) nfacts);
    virErrorReset();
    if (facts)
        *facts = NULL;
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (nplaces != 0 && !places) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "places");
        goto error;
    }
    if (!times) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "times");
        goto error;
    }
    if (maxtimes <= 0) {
        virEntryPositive(VIR_FROM_ANIMAL, __func__, "maxtimes");
        goto error;
    }
    if (!nfacts) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "nfacts");
        goto error;
    }
    if (!facts) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "facts");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->AnimalGetTracks) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalGetTracks(animal, places, nplaces, times, maxtimes, facts, nfacts);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC int
virAnimalGetDiet(virAnimalPtr animal,
                 virTypedParameterPtr params,
                 int *nparams,
                 unsigned int flags)
{
    virConnectPtr conn = NULL;
    int ret;

    VIR_TRACE(__func__,
              "animal=%p, params=%p, nparams=%p, flags=%u",
              (const void *) animal,
              (const void *) params,
              (const void *) nparams,
              flags);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (!nparams) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "nparams");
        goto error;
    }
    if (*nparams < 0) {
        virEntryNegative(VIR_FROM_ANIMAL, __func__, "*nparams");
        goto error;
    }
    if (*nparams != 0 && !params) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "params");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->AnimalGetDiet) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalGetDiet(animal, params, nparams, flags);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC int
virAnimalSetDiet(virAnimalPtr animal,
                 virTypedParameterPtr params,
                 int nparams,
                 virTypedParameterPtr more,
                 int nmore)
{
    virConnectPtr conn = NULL;
    int ret;

    VIR_TRACE(__func__,
              "animal=%p, params=%p, nparams=%d, more=%p, nmore=%d",
              (const void *) animal,
              (const void *) params,
              nparams,
              (const void *) more,
              nmore);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (virConnectReadOnly(conn)) {
        virEntryReadOnly(VIR_FROM_ANIMAL, __func__);
        goto error;
    }
    if (!params) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "params");
        goto error;
    }
    if (nparams <= 0) {
        virEntryPositive(VIR_FROM_ANIMAL, __func__, "nparams");
        goto error;
    }
    if (nmore != 0 && !more) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "more");
        goto error;
    }
    if (nmore < 0) {
        virEntryNegative(VIR_FROM_ANIMAL, __func__, "nmore");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->AnimalSetDiet) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalSetDiet(animal, params, nparams, more, nmore);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC int
virAnimalGetStats(virAnimalPtr animal,
                  virTypedParameterPtr *params,
                  int *nparams,
                  unsigned int flags)
{
    virConnectPtr conn = NULL;
    int ret;

    VIR_TRACE(__func__,
              "animal=%p, params=%p, nparams=%p, flags=%u",
              (const void *) animal,
              (const void *) params,
              (const void *) nparams,
              flags);
    virErrorReset();
    if (params)
        *params = NULL;
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (!nparams) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "nparams");
        goto error;
    }
    if (!params) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "params");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->AnimalGetStats) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalGetStats(animal, params, nparams, flags);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC int
virAnimalPin(virAnimalPtr animal, unsigned char *cages, int maplen)
{
    virConnectPtr conn = NULL;
    int ret;

    VIR_TRACE(__func__,
              "animal=%p, cages=%p, maplen=%d",
              (const void *) animal,
              (const void *) cages,
              maplen);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (virConnectReadOnly(conn)) {
        virEntryReadOnly(VIR_FROM_ANIMAL, __func__);
        goto error;
    }
    if (!cages) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "cages");
        goto error;
    }
    if (maplen <= 0) {
        virEntryPositive(VIR_FROM_ANIMAL, __func__, "maplen");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->AnimalPin) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalPin(animal, cages, maplen);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC int
virAnimalGetPins(virAnimalPtr animal, int nlegs, unsigned char *cages, int maplen)
{
    virConnectPtr conn = NULL;
    int ret;

    VIR_TRACE(__func__,
              "animal=%p, nlegs=%d, cages=%p, maplen=%d",
              (const void *) animal,
              nlegs,
              (const void *) cages,
              maplen);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (nlegs < 0) {
        virEntryNegative(VIR_FROM_ANIMAL, __func__, "nlegs");
        goto error;
    }
    if (!cages) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "cages");
        goto error;
    }
    if (maplen <= 0) {
        virEntryPositive(VIR_FROM_ANIMAL, __func__, "maplen");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->AnimalGetPins) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalGetPins(animal, nlegs, cages, maplen);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC int
virAnimalPeek(virAnimalPtr animal,
              unsigned long long start,
              size_t size,
              void *buffer,
              unsigned int flags)
{
    virConnectPtr conn = NULL;
    int ret;

    VIR_TRACE(__func__,
              "animal=%p, start=%llu, size=%zu, buffer=%p, flags=%u",
              (const void *) animal,
              start,
              size,
              (const void *) buffer,
              flags);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (virConnectReadOnly(conn)) {
        virEntryReadOnly(VIR_FROM_ANIMAL, __func__);
        goto error;
    }
    if (size != 0 && !buffer) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "buffer");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->AnimalPeek) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalPeek(animal, start, size, buffer, flags);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC int
virAnimalBlockStats(virAnimalPtr animal, const char *part, virAnimalInfoPtr stats, size_t size)
{
    virConnectPtr conn = NULL;
    int ret;

    VIR_TRACE(__func__,
              "animal=%p, part=%s, stats=%p, size=%zu",
              (const void *) animal,
              VIR_TRACE_STRING(part),
              (const void *) stats,
              size);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (!part) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "part");
        goto error;
    }
    if (!stats) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "stats");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->AnimalBlockStats) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalBlockStats(animal, part, stats, size);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC char *
virAnimalGetXMLDesc(virAnimalPtr animal, unsigned int flags)
{
    virConnectPtr conn = NULL;
    char *ret;

    VIR_TRACE(__func__, "animal=%p, flags=%u", (const void *) animal, flags);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if ((flags & (VIR_ANIMAL_WAKE_LOUDLY)) && virConnectReadOnly(conn)) {
        virEntryReadOnly(VIR_FROM_ANIMAL, __func__);
        goto error;
    }
    if (!conn->zoo || !conn->zoo->AnimalGetXMLDesc) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalGetXMLDesc(animal, flags);
    if (!ret)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return NULL;
}

VIR_PUBLIC void
virAnimalInfoFree(virAnimalInfoPtr info)
{
    VIR_TRACE(__func__, "info=%p", (const void *) info);
    localAnimalInfoFree(info);
}

VIR_PUBLIC void
virAnimalVisitFree(virAnimalVisitPtr visit)
{
    VIR_TRACE(__func__, "visit=%p", (const void *) visit);
    localAnimalVisitFree(visit);
}

VIR_PUBLIC int
virConnectGetAllVisits(virConnectPtr conn, virAnimalVisitPtr **visits, unsigned int mood)
{
    int ret;

    VIR_TRACE(__func__,
              "conn=%p, visits=%p, mood=%u",
              (const void *) conn,
              (const void *) visits,
              mood);
    virErrorReset();
    if (visits)
        *visits = NULL;
    if (!virHandleIs(conn, &virConnectClass)) {
        virEntryBadHandle(VIR_FROM_ANIMAL, __func__, &virConnectClass);
        goto error;
    }
    if (!visits) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "visits");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->ConnectGetAllVisits) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->ConnectGetAllVisits(conn, visits, mood);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC int
virAnimalListGetVisits(virAnimalPtr *animals, virAnimalVisitPtr **visits, unsigned int mood)
{
    int ret;

    VIR_TRACE(__func__,
              "animals=%p, visits=%p, mood=%u",
              (const void *) animals,
              (const void *) visits,
              mood);
    virErrorReset();
    if (visits)
        *visits = NULL;
    if (!animals) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "animals");
        goto error;
    }
    if (!visits) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "visits");
        goto error;
    }
    ret = localAnimalListGetVisits(animals, visits, mood);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(NULL);
    return -1;
}

VIR_PUBLIC int
virAnimalGetGuests(virAnimalPtr dom, virAnimalVisitPtr **visits, unsigned int mood)
{
    virConnectPtr conn = NULL;
    int ret;

    VIR_TRACE(__func__,
              "dom=%p, visits=%p, mood=%u",
              (const void *) dom,
              (const void *) visits,
              mood);
    virErrorReset();
    if (visits)
        *visits = NULL;
    if (!virHandleIs(dom, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = dom->conn;
    if (mood == VIR_ANIMAL_MOOD_ANGRY && virConnectReadOnly(conn)) {
        virEntryReadOnly(VIR_FROM_ANIMAL, __func__);
        goto error;
    }
    if (!visits) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "visits");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->AnimalGetGuests) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalGetGuests(dom, visits, mood);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC virCubPtr
virAnimalMarry(virAnimalPtr animal, virAnimalPtr other, virCubPtr witness)
{
    virConnectPtr conn = NULL;
    virCubPtr ret;

    VIR_TRACE(__func__,
              "animal=%p, other=%p, witness=%p",
              (const void *) animal,
              (const void *) other,
              (const void *) witness);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (virConnectReadOnly(conn)) {
        virEntryReadOnly(VIR_FROM_ANIMAL, __func__);
        goto error;
    }
    if (!virHandleIs(other, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    if (other->conn != conn) {
        virEntryForeign(VIR_FROM_ANIMAL, __func__, "other");
        goto error;
    }
    if (witness && !virHandleIs(witness, &virCubClass)) {
        virEntryBadHandle(VIR_FROM_ANIMAL, __func__, &virCubClass);
        goto error;
    }
    if (witness && witness->animal->conn != conn) {
        virEntryForeign(VIR_FROM_ANIMAL, __func__, "witness");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->AnimalMarry) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalMarry(animal, other, witness);
    if (!ret)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return NULL;
}

VIR_PUBLIC char *
virAnimalFilm(virAnimalPtr animal, virStreamPtr stream, unsigned int flags)
{
    virConnectPtr conn = NULL;
    char *ret;

    VIR_TRACE(__func__,
              "animal=%p, stream=%p, flags=%u",
              (const void *) animal,
              (const void *) stream,
              flags);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (!virHandleIs(stream, &virStreamClass)) {
        virEntryBadHandle(VIR_FROM_STREAMS, __func__, &virStreamClass);
        goto error;
    }
    if (stream->conn != conn) {
        virEntryForeign(VIR_FROM_ANIMAL, __func__, "stream");
        goto error;
    }
    if (stream->driver) {
        virEntryUsed(VIR_FROM_STREAMS, __func__, "stream");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->AnimalFilm) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalFilm(animal, stream, flags);
    if (!ret)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return NULL;
}

VIR_PUBLIC int
virAnimalLend(virAnimalPtr animal, unsigned int nfiles, int *files, int door, int **opened)
{
    virConnectPtr conn = NULL;
    int ret;

    VIR_TRACE(__func__,
              "animal=%p, nfiles=%u, files=%p, door=%d, opened=%p",
              (const void *) animal,
              nfiles,
              (const void *) files,
              door,
              (const void *) opened);
    virErrorReset();
    if (opened)
        *opened = NULL;
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (virConnectReadOnly(conn)) {
        virEntryReadOnly(VIR_FROM_ANIMAL, __func__);
        goto error;
    }
    if (!opened) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "opened");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->AnimalLend) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalLend(animal, nfiles, files, door, opened);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC int
virAnimalGetMeals(virAnimalPtr animal,
                  virTypedParameterPtr params,
                  unsigned int nparams,
                  unsigned int ndays,
                  unsigned int flags)
{
    virConnectPtr conn = NULL;
    int ret;

    VIR_TRACE(__func__,
              "animal=%p, params=%p, nparams=%u, ndays=%u, flags=%u",
              (const void *) animal,
              (const void *) params,
              nparams,
              ndays,
              flags);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (!conn->zoo || !conn->zoo->AnimalGetMeals) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalGetMeals(animal, params, nparams, ndays, flags);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC int
virAnimalGetStripes(virAnimalPtr animal, unsigned char **stripes)
{
    virConnectPtr conn = NULL;
    int ret;

    VIR_TRACE(__func__, "animal=%p, stripes=%p", (const void *) animal, (const void *) stripes);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (!conn->zoo || !conn->zoo->AnimalGetStripes) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalGetStripes(animal, stripes);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC unsigned char *
virAnimalGetVoice(virAnimalPtr animal, size_t *size)
{
    virConnectPtr conn = NULL;
    unsigned char *ret;

    VIR_TRACE(__func__, "animal=%p, size=%p", (const void *) animal, (const void *) size);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (!size) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "size");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->AnimalGetVoice) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalGetVoice(animal, size);
    if (!ret)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return NULL;
}

VIR_PUBLIC int
virAnimalOpenDoor(virAnimalPtr animal)
{
    virConnectPtr conn = NULL;
    int ret;

    VIR_TRACE(__func__, "animal=%p", (const void *) animal);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (virConnectReadOnly(conn)) {
        virEntryReadOnly(VIR_FROM_ANIMAL, __func__);
        goto error;
    }
    if (!conn->zoo || !conn->zoo->AnimalOpenDoor) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalOpenDoor(animal);
    if (ret == (int) -1)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC const char *
virAnimalGetOrigin(virAnimalPtr animal)
{
    virConnectPtr conn = NULL;
    const char *ret;

    VIR_TRACE(__func__, "animal=%p", (const void *) animal);
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (!conn->zoo || !conn->zoo->AnimalGetOrigin) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->AnimalGetOrigin(animal);
    if (!ret)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return NULL;
}

VIR_PUBLIC virDenPtr
virDenLookupByName(virAnimalPtr animal, const char *name)
{
    virConnectPtr conn = NULL;
    virDenPtr ret;

    VIR_TRACE(__func__, "animal=%p, name=%s", (const void *) animal, VIR_TRACE_STRING(name));
    virErrorReset();
    if (!virHandleIs(animal, &virAnimalClass)) {
        virEntryBadHandle(VIR_FROM_ANI, __func__, &virAnimalClass);
        goto error;
    }
    conn = animal->conn;
    if (!name) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "name");
        goto error;
    }
    if (!conn->zoo || !conn->zoo->DenLookupByName) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->DenLookupByName(animal, name);
    if (!ret)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return NULL;
}

VIR_PUBLIC int
virDenSweep(virDenPtr den)
{
    virConnectPtr conn = NULL;
    int ret;

    VIR_TRACE(__func__, "den=%p", (const void *) den);
    virErrorReset();
    if (!virHandleIs(den, &virDenClass)) {
        virEntryBadHandle(VIR_FROM_ANIMAL, __func__, &virDenClass);
        goto error;
    }
    conn = den->conn;
    if (virConnectReadOnly(conn)) {
        virEntryReadOnly(VIR_FROM_ANIMAL, __func__);
        goto error;
    }
    if (!conn->zoo || !conn->zoo->DenSweep) {
        virEntryUnsupported(VIR_FROM_ANIMAL, conn, __func__);
        goto error;
    }
    ret = conn->zoo->DenSweep(den);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(conn);
    return -1;
}

VIR_PUBLIC int
virAnimalListGetStats(virAnimalPtr *animals, unsigned int flags)
{
    int ret;

    VIR_TRACE(__func__, "animals=%p, flags=%u", (const void *) animals, flags);
    virErrorReset();
    if (!animals) {
        virEntryNull(VIR_FROM_ANIMAL, __func__, "animals");
        goto error;
    }
    if (flags & ~0x3u) {
        virEntryFlags(VIR_FROM_ANIMAL, __func__, (unsigned int) flags, 0x3u);
        goto error;
    }
    ret = localAnimalListGetStats(animals, flags);
    if (ret < 0)
        goto error;
    return ret;

error:
    virErrorDispatch(NULL);
    return -1;
}
