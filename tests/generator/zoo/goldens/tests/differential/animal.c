/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/animal.xml; change that, not this. */
/* Calls of the functions of api/animal.xml, for comparison. */

#include <libvirt/libvirt-animal.h>
#include <libvirt/virterror.h>

#include <stdlib.h>
#include <unistd.h>

#include "contract/differential.h"

static void
releaseConnectWashAnimal(Contract *f, void *result)
{
    CALL(virAnimalFree)(result);
    (void) f;
}

static void
differConnectWashAnimal(Contract *f)
{
    typeof(&virConnectWashAnimal) call = differFunction("virConnectWashAnimal");

    if (!call)
        return;
    DIFFER_POINTER(f, "good", releaseConnectWashAnimal, call(f->rw.conn, "x"));
    DIFFER_POINTER(f, "read-only", releaseConnectWashAnimal, call(f->ro.conn, "x"));
    DIFFER_POINTER(f, "null conn", releaseConnectWashAnimal, call(NULL, "x"));
    DIFFER_POINTER(f, "wrong conn", releaseConnectWashAnimal, call((virConnectPtr) f->rw.animal, "x"));
    DIFFER_POINTER(f, "null xml", releaseConnectWashAnimal, call(f->rw.conn, NULL));
}

static void
differAnimalFree(Contract *f)
{
    typeof(&virAnimalFree) call = differFunction("virAnimalFree");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", differNothing, call(f->rw.animal));
    if (ready)
        DIFFER_NUMBER(f, "read-only", differNothing, call(f->ro.animal));
    DIFFER_NUMBER(f, "null animal", differNothing, call(NULL));
    DIFFER_NUMBER(f, "wrong animal", differNothing, call((virAnimalPtr) f->rw.conn));
}

static void
differAnimalGetName(Contract *f)
{
    typeof(&virAnimalGetName) call = differFunction("virAnimalGetName");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_POINTER(f, "good", differNothing, call(f->rw.animal));
    if (ready)
        DIFFER_POINTER(f, "read-only", differNothing, call(f->ro.animal));
    DIFFER_POINTER(f, "null animal", differNothing, call(NULL));
    DIFFER_POINTER(f, "wrong animal", differNothing, call((virAnimalPtr) f->rw.conn));
}

static void
differAnimalGetUUID(Contract *f)
{
    typeof(&virAnimalGetUUID) call = differFunction("virAnimalGetUUID");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", differNothing, call(f->rw.animal, (unsigned char *) contractScratch(f, 1)));
    if (ready)
        DIFFER_NUMBER(f, "read-only", differNothing, call(f->ro.animal, (unsigned char *) contractScratch(f, 1)));
    DIFFER_NUMBER(f, "null animal", differNothing, call(NULL, (unsigned char *) contractScratch(f, 1)));
    DIFFER_NUMBER(f, "wrong animal", differNothing, call((virAnimalPtr) f->rw.conn, (unsigned char *) contractScratch(f, 1)));
    if (ready)
        DIFFER_NUMBER(f, "null uuid", differNothing, call(f->rw.animal, NULL));
}

static void
differAnimalGetUUIDString(Contract *f)
{
    typeof(&virAnimalGetUUIDString) call = differFunction("virAnimalGetUUIDString");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", differNothing, call(f->rw.animal, (char *) contractScratch(f, 1)));
    if (ready)
        DIFFER_NUMBER(f, "read-only", differNothing, call(f->ro.animal, (char *) contractScratch(f, 1)));
    DIFFER_NUMBER(f, "null animal", differNothing, call(NULL, (char *) contractScratch(f, 1)));
    DIFFER_NUMBER(f, "wrong animal", differNothing, call((virAnimalPtr) f->rw.conn, (char *) contractScratch(f, 1)));
    if (ready)
        DIFFER_NUMBER(f, "null buf", differNothing, call(f->rw.animal, NULL));
}

static void
differAnimalGetConnect(Contract *f)
{
    typeof(&virAnimalGetConnect) call = differFunction("virAnimalGetConnect");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_POINTER(f, "good", differNothing, call(f->rw.animal));
    if (ready)
        DIFFER_POINTER(f, "read-only", differNothing, call(f->ro.animal));
    DIFFER_POINTER(f, "null animal", differNothing, call(NULL));
    DIFFER_POINTER(f, "wrong animal", differNothing, call((virAnimalPtr) f->rw.conn));
}

static void
differCubGetAnimal(Contract *f)
{
    typeof(&virCubGetAnimal) call = differFunction("virCubGetAnimal");
    bool ready = call && differReady(f, "cub", f->rw.cub);

    if (!call)
        return;
    if (ready)
        DIFFER_POINTER(f, "good", differNothing, call(f->rw.cub));
    if (ready)
        DIFFER_POINTER(f, "read-only", differNothing, call(f->ro.cub));
    DIFFER_POINTER(f, "null cub", differNothing, call(NULL));
    DIFFER_POINTER(f, "wrong cub", differNothing, call((virCubPtr) f->rw.animal));
}

static void
releaseAnimalLookupByName(Contract *f, void *result)
{
    CALL(virAnimalFree)(result);
    (void) f;
}

static void
differAnimalLookupByName(Contract *f)
{
    typeof(&virAnimalLookupByName) call = differFunction("virAnimalLookupByName");

    if (!call)
        return;
    DIFFER_POINTER(f, "good", releaseAnimalLookupByName, call(f->rw.conn, "leo"));
    DIFFER_POINTER(f, "read-only", releaseAnimalLookupByName, call(f->ro.conn, "leo"));
    DIFFER_POINTER(f, "null conn", releaseAnimalLookupByName, call(NULL, "leo"));
    DIFFER_POINTER(f, "wrong conn", releaseAnimalLookupByName, call((virConnectPtr) f->rw.animal, "leo"));
    DIFFER_POINTER(f, "null name", releaseAnimalLookupByName, call(f->rw.conn, NULL));
}

static void
releaseAnimalLookupByUUID(Contract *f, void *result)
{
    CALL(virAnimalFree)(result);
    (void) f;
}

static void
differAnimalLookupByUUID(Contract *f)
{
    typeof(&virAnimalLookupByUUID) call = differFunction("virAnimalLookupByUUID");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_POINTER(f, "good", releaseAnimalLookupByUUID, call(f->rw.conn, f->uuid.animal));
    if (ready)
        DIFFER_POINTER(f, "read-only", releaseAnimalLookupByUUID, call(f->ro.conn, f->uuid.animal));
    if (ready)
        DIFFER_POINTER(f, "null conn", releaseAnimalLookupByUUID, call(NULL, f->uuid.animal));
    if (ready)
        DIFFER_POINTER(f, "wrong conn", releaseAnimalLookupByUUID, call((virConnectPtr) f->rw.animal, f->uuid.animal));
    DIFFER_POINTER(f, "null uuid", releaseAnimalLookupByUUID, call(f->rw.conn, NULL));
}

static void
releaseAnimalLookupByUUIDString(Contract *f, void *result)
{
    CALL(virAnimalFree)(result);
    (void) f;
}

static void
differAnimalLookupByUUIDString(Contract *f)
{
    typeof(&virAnimalLookupByUUIDString) call = differFunction("virAnimalLookupByUUIDString");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_POINTER(f, "good", releaseAnimalLookupByUUIDString, call(f->rw.conn, f->uuidText.animal));
    if (ready)
        DIFFER_POINTER(f, "read-only", releaseAnimalLookupByUUIDString, call(f->ro.conn, f->uuidText.animal));
    if (ready)
        DIFFER_POINTER(f, "null conn", releaseAnimalLookupByUUIDString, call(NULL, f->uuidText.animal));
    if (ready)
        DIFFER_POINTER(f, "wrong conn", releaseAnimalLookupByUUIDString, call((virConnectPtr) f->rw.animal, f->uuidText.animal));
    DIFFER_POINTER(f, "null uuid", releaseAnimalLookupByUUIDString, call(f->rw.conn, NULL));
    DIFFER_POINTER(f, "not-uuid uuid", releaseAnimalLookupByUUIDString, call(f->rw.conn, "not-a-uuid"));
}

static void
releaseAnimalLookupByID(Contract *f, void *result)
{
    CALL(virAnimalFree)(result);
    (void) f;
}

static void
differAnimalLookupByID(Contract *f)
{
    typeof(&virAnimalLookupByID) call = differFunction("virAnimalLookupByID");

    if (!call)
        return;
    DIFFER_POINTER(f, "good", releaseAnimalLookupByID, call(f->rw.conn, 1));
    DIFFER_POINTER(f, "read-only", releaseAnimalLookupByID, call(f->ro.conn, 1));
    DIFFER_POINTER(f, "null conn", releaseAnimalLookupByID, call(NULL, 1));
    DIFFER_POINTER(f, "wrong conn", releaseAnimalLookupByID, call((virConnectPtr) f->rw.animal, 1));
    DIFFER_POINTER(f, "negative id", releaseAnimalLookupByID, call(f->rw.conn, -1));
    DIFFER_POINTER(f, "high id", releaseAnimalLookupByID, call(f->rw.conn, 99999));
}

static void
releaseConnectListAnimals(Contract *f, int result)
{
    char **names = (void *) f->scratch[1];
    for (int i = 0; names && i < result; i++)
        free(names[i]);
}

static void
differConnectListAnimals(Contract *f)
{
    typeof(&virConnectListAnimals) call = differFunction("virConnectListAnimals");

    if (!call)
        return;
    DIFFER_NUMBER(f, "good", releaseConnectListAnimals, call(f->rw.conn, (char **const) contractScratch(f, 1), 4));
    DIFFER_NUMBER(f, "read-only", releaseConnectListAnimals, call(f->ro.conn, (char **const) contractScratch(f, 1), 4));
    DIFFER_NUMBER(f, "null conn", releaseConnectListAnimals, call(NULL, (char **const) contractScratch(f, 1), 4));
    DIFFER_NUMBER(f, "wrong conn", releaseConnectListAnimals, call((virConnectPtr) f->rw.animal, (char **const) contractScratch(f, 1), 4));
    DIFFER_NUMBER(f, "null names", releaseConnectListAnimals, call(f->rw.conn, NULL, 4));
    DIFFER_NUMBER(f, "null and empty names", releaseConnectListAnimals, call(f->rw.conn, NULL, 0));
    DIFFER_NUMBER(f, "zero maxnames", releaseConnectListAnimals, call(f->rw.conn, (char **const) contractScratch(f, 1), 0));
    DIFFER_NUMBER(f, "negative maxnames", releaseConnectListAnimals, call(f->rw.conn, (char **const) contractScratch(f, 1), -1));
}

static void
releaseConnectListAllAnimals(Contract *f, int result)
{
    virAnimalPtr *animals = DIFFER_OUT(f, 1, virAnimalPtr *);
    for (int i = 0; animals && i < result; i++)
        CALL(virAnimalFree)(animals[i]);
    free(animals);
}

static void
differConnectListAllAnimals(Contract *f)
{
    typeof(&virConnectListAllAnimals) call = differFunction("virConnectListAllAnimals");

    if (!call)
        return;
    DIFFER_NUMBER(f, "good", releaseConnectListAllAnimals, call(f->rw.conn, (virAnimalPtr **) contractScratch(f, 1), 0));
    DIFFER_NUMBER(f, "read-only", releaseConnectListAllAnimals, call(f->ro.conn, (virAnimalPtr **) contractScratch(f, 1), 0));
    DIFFER_NUMBER(f, "null conn", releaseConnectListAllAnimals, call(NULL, (virAnimalPtr **) contractScratch(f, 1), 0));
    DIFFER_NUMBER(f, "wrong conn", releaseConnectListAllAnimals, call((virConnectPtr) f->rw.animal, (virAnimalPtr **) contractScratch(f, 1), 0));
    DIFFER_NUMBER(f, "null animals", releaseConnectListAllAnimals, call(f->rw.conn, NULL, 0));
    DIFFER_NUMBER(f, "unknown flags", releaseConnectListAllAnimals, call(f->rw.conn, (virAnimalPtr **) contractScratch(f, 1), 1u << 30));
    DIFFER_NUMBER(f, "VIR_CONNECT_LIST_ANIMALS_AWAKE flags", releaseConnectListAllAnimals, call(f->rw.conn, (virAnimalPtr **) contractScratch(f, 1), VIR_CONNECT_LIST_ANIMALS_AWAKE));
    DIFFER_NUMBER(f, "VIR_CONNECT_LIST_ANIMALS_ASLEEP flags", releaseConnectListAllAnimals, call(f->rw.conn, (virAnimalPtr **) contractScratch(f, 1), VIR_CONNECT_LIST_ANIMALS_ASLEEP));
}

static void
differConnectNumOfAnimals(Contract *f)
{
    typeof(&virConnectNumOfAnimals) call = differFunction("virConnectNumOfAnimals");

    if (!call)
        return;
    DIFFER_NUMBER(f, "good", differNothing, call(f->rw.conn));
    DIFFER_NUMBER(f, "read-only", differNothing, call(f->ro.conn));
    DIFFER_NUMBER(f, "null conn", differNothing, call(NULL));
    DIFFER_NUMBER(f, "wrong conn", differNothing, call((virConnectPtr) f->rw.animal));
}

static void
differConnectAnimalEventRegisterAny(Contract *f)
{
    typeof(&virConnectAnimalEventRegisterAny) call = differFunction("virConnectAnimalEventRegisterAny");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", differNothing, call(f->rw.conn, f->rw.animal, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL));
    if (ready)
        DIFFER_NUMBER(f, "read-only", differNothing, call(f->ro.conn, f->ro.animal, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL));
    if (ready)
        DIFFER_NUMBER(f, "null conn", differNothing, call(NULL, f->rw.animal, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL));
    if (ready)
        DIFFER_NUMBER(f, "wrong conn", differNothing, call((virConnectPtr) f->rw.animal, f->rw.animal, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL));
    DIFFER_NUMBER(f, "null animal", differNothing, call(f->rw.conn, NULL, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL));
    DIFFER_NUMBER(f, "wrong animal", differNothing, call(f->rw.conn, (virAnimalPtr) f->rw.conn, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL));
    if (ready)
        DIFFER_NUMBER(f, "foreign animal", differNothing, call(f->rw.conn, f->foreign.animal, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL));
    if (ready)
        DIFFER_NUMBER(f, "negative eventID", differNothing, call(f->rw.conn, f->rw.animal, -1, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL));
    if (ready)
        DIFFER_NUMBER(f, "high eventID", differNothing, call(f->rw.conn, f->rw.animal, 99999, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL));
    if (ready)
        DIFFER_NUMBER(f, "null cb", differNothing, call(f->rw.conn, f->rw.animal, VIR_ANIMAL_EVENT_ID_LIFECYCLE, NULL, NULL, NULL));
    if (ready)
        DIFFER_NUMBER(f, "null opaque", differNothing, call(f->rw.conn, f->rw.animal, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL));
    if (ready)
        DIFFER_NUMBER(f, "null freecb", differNothing, call(f->rw.conn, f->rw.animal, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL));
}

static void
differConnectAnimalEventDeregisterAny(Contract *f)
{
    typeof(&virConnectAnimalEventDeregisterAny) call = differFunction("virConnectAnimalEventDeregisterAny");

    if (!call)
        return;
    DIFFER_NUMBER(f, "good", differNothing, call(f->rw.conn, 1));
    DIFFER_NUMBER(f, "read-only", differNothing, call(f->ro.conn, 1));
    DIFFER_NUMBER(f, "null conn", differNothing, call(NULL, 1));
    DIFFER_NUMBER(f, "wrong conn", differNothing, call((virConnectPtr) f->rw.animal, 1));
    DIFFER_NUMBER(f, "negative callbackID", differNothing, call(f->rw.conn, -1));
    DIFFER_NUMBER(f, "high callbackID", differNothing, call(f->rw.conn, 99999));
}

static void
differConnectAnimalEventRegister(Contract *f)
{
    typeof(&virConnectAnimalEventRegister) call = differFunction("virConnectAnimalEventRegister");

    if (!call)
        return;
    DIFFER_NUMBER(f, "good", differNothing, call(f->rw.conn, (virConnectAnimalEventLifecycleCallback) contractCallback, NULL, NULL));
    DIFFER_NUMBER(f, "read-only", differNothing, call(f->ro.conn, (virConnectAnimalEventLifecycleCallback) contractCallback, NULL, NULL));
    DIFFER_NUMBER(f, "null conn", differNothing, call(NULL, (virConnectAnimalEventLifecycleCallback) contractCallback, NULL, NULL));
    DIFFER_NUMBER(f, "wrong conn", differNothing, call((virConnectPtr) f->rw.animal, (virConnectAnimalEventLifecycleCallback) contractCallback, NULL, NULL));
    DIFFER_NUMBER(f, "null cb", differNothing, call(f->rw.conn, NULL, NULL, NULL));
    DIFFER_NUMBER(f, "null opaque", differNothing, call(f->rw.conn, (virConnectAnimalEventLifecycleCallback) contractCallback, NULL, NULL));
    DIFFER_NUMBER(f, "null freecb", differNothing, call(f->rw.conn, (virConnectAnimalEventLifecycleCallback) contractCallback, NULL, NULL));
}

static void
differConnectAnimalEventDeregister(Contract *f)
{
    typeof(&virConnectAnimalEventDeregister) call = differFunction("virConnectAnimalEventDeregister");

    if (!call)
        return;
    DIFFER_NUMBER(f, "good", differNothing, call(f->rw.conn, (virConnectAnimalEventLifecycleCallback) contractCallback));
    DIFFER_NUMBER(f, "read-only", differNothing, call(f->ro.conn, (virConnectAnimalEventLifecycleCallback) contractCallback));
    DIFFER_NUMBER(f, "null conn", differNothing, call(NULL, (virConnectAnimalEventLifecycleCallback) contractCallback));
    DIFFER_NUMBER(f, "wrong conn", differNothing, call((virConnectPtr) f->rw.animal, (virConnectAnimalEventLifecycleCallback) contractCallback));
    DIFFER_NUMBER(f, "null cb", differNothing, call(f->rw.conn, NULL));
}

static void
differAnimalWake(Contract *f)
{
    typeof(&virAnimalWake) call = differFunction("virAnimalWake");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", differNothing, call(f->rw.animal, 0));
    if (ready)
        DIFFER_NUMBER(f, "read-only", differNothing, call(f->ro.animal, 0));
    DIFFER_NUMBER(f, "null animal", differNothing, call(NULL, 0));
    DIFFER_NUMBER(f, "wrong animal", differNothing, call((virAnimalPtr) f->rw.conn, 0));
    if (ready)
        DIFFER_NUMBER(f, "unknown flags", differNothing, call(f->rw.animal, 1u << 30));
    if (ready)
        DIFFER_NUMBER(f, "VIR_ANIMAL_WAKE_GENTLY flags", differNothing, call(f->rw.animal, VIR_ANIMAL_WAKE_GENTLY));
    if (ready)
        DIFFER_NUMBER(f, "VIR_ANIMAL_WAKE_LOUDLY flags", differNothing, call(f->rw.animal, VIR_ANIMAL_WAKE_LOUDLY));
    if (ready)
        DIFFER_NUMBER(f, "VIR_ANIMAL_WAKE_AGAIN flags", differNothing, call(f->rw.animal, VIR_ANIMAL_WAKE_AGAIN));
    if (ready)
        DIFFER_NUMBER(f, "VIR_ANIMAL_WAKE_AGAIN alone", differNothing, call(f->rw.animal, VIR_ANIMAL_WAKE_AGAIN));
    if (ready)
        DIFFER_NUMBER(f, "VIR_ANIMAL_WAKE_GENTLY and VIR_ANIMAL_WAKE_LOUDLY", differNothing, call(f->rw.animal, VIR_ANIMAL_WAKE_GENTLY | VIR_ANIMAL_WAKE_LOUDLY));
}

static void
differAnimalGetInfo(Contract *f)
{
    typeof(&virAnimalGetInfo) call = differFunction("virAnimalGetInfo");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", differNothing, call(f->rw.animal, (virAnimalInfoPtr) contractScratch(f, 1)));
    if (ready)
        DIFFER_NUMBER(f, "read-only", differNothing, call(f->ro.animal, (virAnimalInfoPtr) contractScratch(f, 1)));
    DIFFER_NUMBER(f, "null animal", differNothing, call(NULL, (virAnimalInfoPtr) contractScratch(f, 1)));
    DIFFER_NUMBER(f, "wrong animal", differNothing, call((virAnimalPtr) f->rw.conn, (virAnimalInfoPtr) contractScratch(f, 1)));
    if (ready)
        DIFFER_NUMBER(f, "null info", differNothing, call(f->rw.animal, NULL));
}

static void
differAnimalGetMood(Contract *f)
{
    typeof(&virAnimalGetMood) call = differFunction("virAnimalGetMood");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", differNothing, call(f->rw.animal, (int *) contractScratch(f, 1), (int *) contractScratch(f, 2), 0));
    if (ready)
        DIFFER_NUMBER(f, "read-only", differNothing, call(f->ro.animal, (int *) contractScratch(f, 1), (int *) contractScratch(f, 2), 0));
    DIFFER_NUMBER(f, "null animal", differNothing, call(NULL, (int *) contractScratch(f, 1), (int *) contractScratch(f, 2), 0));
    DIFFER_NUMBER(f, "wrong animal", differNothing, call((virAnimalPtr) f->rw.conn, (int *) contractScratch(f, 1), (int *) contractScratch(f, 2), 0));
    if (ready)
        DIFFER_NUMBER(f, "null mood", differNothing, call(f->rw.animal, NULL, (int *) contractScratch(f, 2), 0));
    if (ready)
        DIFFER_NUMBER(f, "null reason", differNothing, call(f->rw.animal, (int *) contractScratch(f, 1), NULL, 0));
    if (ready)
        DIFFER_NUMBER(f, "unknown flags", differNothing, call(f->rw.animal, (int *) contractScratch(f, 1), (int *) contractScratch(f, 2), 1u << 30));
}

static void
differAnimalGetWeight(Contract *f)
{
    typeof(&virAnimalGetWeight) call = differFunction("virAnimalGetWeight");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", differNothing, call(f->rw.animal));
    if (ready)
        DIFFER_NUMBER(f, "read-only", differNothing, call(f->ro.animal));
    DIFFER_NUMBER(f, "null animal", differNothing, call(NULL));
    DIFFER_NUMBER(f, "wrong animal", differNothing, call((virAnimalPtr) f->rw.conn));
}

static void
differAnimalFeed(Contract *f)
{
    typeof(&virAnimalFeed) call = differFunction("virAnimalFeed");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", differNothing, call(f->rw.animal, 1, 1, 1, 1, 1, 0, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "read-only", differNothing, call(f->ro.animal, 1, 1, 1, 1, 1, 0, VIR_ANIMAL_MOOD_CALM));
    DIFFER_NUMBER(f, "null animal", differNothing, call(NULL, 1, 1, 1, 1, 1, 0, VIR_ANIMAL_MOOD_CALM));
    DIFFER_NUMBER(f, "wrong animal", differNothing, call((virAnimalPtr) f->rw.conn, 1, 1, 1, 1, 1, 0, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "negative small", differNothing, call(f->rw.animal, -1, 1, 1, 1, 1, 0, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "high small", differNothing, call(f->rw.animal, 99999, 1, 1, 1, 1, 0, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "zero natural", differNothing, call(f->rw.animal, 1, 0, 1, 1, 1, 0, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "high natural", differNothing, call(f->rw.animal, 1, 99999, 1, 1, 1, 0, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "zero large", differNothing, call(f->rw.animal, 1, 1, 0, 1, 1, 0, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "high large", differNothing, call(f->rw.animal, 1, 1, 99999, 1, 1, 0, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "zero huge", differNothing, call(f->rw.animal, 1, 1, 1, 0, 1, 0, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "high huge", differNothing, call(f->rw.animal, 1, 1, 1, 99999, 1, 0, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "negative raw", differNothing, call(f->rw.animal, 1, 1, 1, 1, 1, -1, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "high raw", differNothing, call(f->rw.animal, 1, 1, 1, 1, 1, 99999, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "negative mood", differNothing, call(f->rw.animal, 1, 1, 1, 1, 1, 0, -1));
    if (ready)
        DIFFER_NUMBER(f, "high mood", differNothing, call(f->rw.animal, 1, 1, 1, 1, 1, 0, 99999));
}

static void
releaseAnimalTell(Contract *f, void *result)
{
    free(DIFFER_OUT(f, 5, void *));
    free(result);
}

static void
differAnimalTell(Contract *f)
{
    typeof(&virAnimalTell) call = differFunction("virAnimalTell");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_POINTER(f, "good", releaseAnimalTell, call(f->rw.animal, "x", NULL, (const char *[]) { "x", NULL }, 1, (char **) contractScratch(f, 5)));
    if (ready)
        DIFFER_POINTER(f, "read-only", releaseAnimalTell, call(f->ro.animal, "x", NULL, (const char *[]) { "x", NULL }, 1, (char **) contractScratch(f, 5)));
    DIFFER_POINTER(f, "null animal", releaseAnimalTell, call(NULL, "x", NULL, (const char *[]) { "x", NULL }, 1, (char **) contractScratch(f, 5)));
    DIFFER_POINTER(f, "wrong animal", releaseAnimalTell, call((virAnimalPtr) f->rw.conn, "x", NULL, (const char *[]) { "x", NULL }, 1, (char **) contractScratch(f, 5)));
    if (ready)
        DIFFER_POINTER(f, "null word", releaseAnimalTell, call(f->rw.animal, NULL, NULL, (const char *[]) { "x", NULL }, 1, (char **) contractScratch(f, 5)));
    if (ready)
        DIFFER_POINTER(f, "null password", releaseAnimalTell, call(f->rw.animal, "x", NULL, (const char *[]) { "x", NULL }, 1, (char **) contractScratch(f, 5)));
    if (ready)
        DIFFER_POINTER(f, "null words", releaseAnimalTell, call(f->rw.animal, "x", NULL, NULL, 1, (char **) contractScratch(f, 5)));
    if (ready)
        DIFFER_POINTER(f, "null and empty words", releaseAnimalTell, call(f->rw.animal, "x", NULL, NULL, 0, (char **) contractScratch(f, 5)));
    if (ready)
        DIFFER_POINTER(f, "zero nwords", releaseAnimalTell, call(f->rw.animal, "x", NULL, (const char *[]) { "x", NULL }, 0, (char **) contractScratch(f, 5)));
    if (ready)
        DIFFER_POINTER(f, "null answer", releaseAnimalTell, call(f->rw.animal, "x", NULL, (const char *[]) { "x", NULL }, 1, NULL));
}

static void
releaseAnimalGetTracks(Contract *f, int result)
{
    virAnimalInfoPtr *facts = DIFFER_OUT(f, 5, virAnimalInfoPtr *);
    for (int i = 0; facts && i < DIFFER_OUT(f, 6, int); i++)
        CALL(virAnimalInfoFree)(facts[i]);
    free(facts);
    (void) result;
}

static void
differAnimalGetTracks(Contract *f)
{
    typeof(&virAnimalGetTracks) call = differFunction("virAnimalGetTracks");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", releaseAnimalGetTracks, call(f->rw.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)));
    if (ready)
        DIFFER_NUMBER(f, "read-only", releaseAnimalGetTracks, call(f->ro.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)));
    DIFFER_NUMBER(f, "null animal", releaseAnimalGetTracks, call(NULL, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)));
    DIFFER_NUMBER(f, "wrong animal", releaseAnimalGetTracks, call((virAnimalPtr) f->rw.conn, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)));
    if (ready)
        DIFFER_NUMBER(f, "null places", releaseAnimalGetTracks, call(f->rw.animal, NULL, 1, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)));
    if (ready)
        DIFFER_NUMBER(f, "null and empty places", releaseAnimalGetTracks, call(f->rw.animal, NULL, 0, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)));
    if (ready)
        DIFFER_NUMBER(f, "zero nplaces", releaseAnimalGetTracks, call(f->rw.animal, (unsigned int[]) { 1 }, 0, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)));
    if (ready)
        DIFFER_NUMBER(f, "null times", releaseAnimalGetTracks, call(f->rw.animal, (unsigned int[]) { 1 }, 1, NULL, 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)));
    if (ready)
        DIFFER_NUMBER(f, "null and empty times", releaseAnimalGetTracks, call(f->rw.animal, (unsigned int[]) { 1 }, 1, NULL, 0, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)));
    if (ready)
        DIFFER_NUMBER(f, "zero maxtimes", releaseAnimalGetTracks, call(f->rw.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 0, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)));
    if (ready)
        DIFFER_NUMBER(f, "negative maxtimes", releaseAnimalGetTracks, call(f->rw.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), -1, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)));
    if (ready)
        DIFFER_NUMBER(f, "null facts", releaseAnimalGetTracks, call(f->rw.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, NULL, (int *) contractCount(f, 6, 4)));
    if (ready)
        DIFFER_NUMBER(f, "null and empty facts", releaseAnimalGetTracks, call(f->rw.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, NULL, (int *) contractCount(f, 6, 0)));
    if (ready)
        DIFFER_NUMBER(f, "null nfacts", releaseAnimalGetTracks, call(f->rw.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), NULL));
    if (ready)
        DIFFER_NUMBER(f, "zero nfacts", releaseAnimalGetTracks, call(f->rw.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 0)));
    if (ready)
        DIFFER_NUMBER(f, "negative nfacts", releaseAnimalGetTracks, call(f->rw.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, -1)));
}

static void
releaseAnimalGetDiet(Contract *f, int result)
{
    CALL(virTypedParamsClear)((void *) f->scratch[1], DIFFER_OUT(f, 2, int));
    (void) result;
}

static void
differAnimalGetDiet(Contract *f)
{
    typeof(&virAnimalGetDiet) call = differFunction("virAnimalGetDiet");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", releaseAnimalGetDiet, call(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 0));
    if (ready)
        DIFFER_NUMBER(f, "read-only", releaseAnimalGetDiet, call(f->ro.animal, (virTypedParameterPtr) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 0));
    DIFFER_NUMBER(f, "null animal", releaseAnimalGetDiet, call(NULL, (virTypedParameterPtr) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 0));
    DIFFER_NUMBER(f, "wrong animal", releaseAnimalGetDiet, call((virAnimalPtr) f->rw.conn, (virTypedParameterPtr) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 0));
    if (ready)
        DIFFER_NUMBER(f, "null params", releaseAnimalGetDiet, call(f->rw.animal, NULL, (int *) contractCount(f, 2, 4), 0));
    if (ready)
        DIFFER_NUMBER(f, "null and empty params", releaseAnimalGetDiet, call(f->rw.animal, NULL, (int *) contractCount(f, 2, 0), 0));
    if (ready)
        DIFFER_NUMBER(f, "null nparams", releaseAnimalGetDiet, call(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), NULL, 0));
    if (ready)
        DIFFER_NUMBER(f, "zero nparams", releaseAnimalGetDiet, call(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), (int *) contractCount(f, 2, 0), 0));
    if (ready)
        DIFFER_NUMBER(f, "negative nparams", releaseAnimalGetDiet, call(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), (int *) contractCount(f, 2, -1), 0));
    if (ready)
        DIFFER_NUMBER(f, "unknown flags", releaseAnimalGetDiet, call(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 1u << 30));
}

static void
differAnimalSetDiet(Contract *f)
{
    typeof(&virAnimalSetDiet) call = differFunction("virAnimalSetDiet");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", differNothing, call(f->rw.animal, f->params, 1, f->params, 1));
    if (ready)
        DIFFER_NUMBER(f, "read-only", differNothing, call(f->ro.animal, f->params, 1, f->params, 1));
    DIFFER_NUMBER(f, "null animal", differNothing, call(NULL, f->params, 1, f->params, 1));
    DIFFER_NUMBER(f, "wrong animal", differNothing, call((virAnimalPtr) f->rw.conn, f->params, 1, f->params, 1));
    if (ready)
        DIFFER_NUMBER(f, "null params", differNothing, call(f->rw.animal, NULL, 1, f->params, 1));
    if (ready)
        DIFFER_NUMBER(f, "null and empty params", differNothing, call(f->rw.animal, NULL, 0, f->params, 1));
    if (ready)
        DIFFER_NUMBER(f, "zero nparams", differNothing, call(f->rw.animal, f->params, 0, f->params, 1));
    if (ready)
        DIFFER_NUMBER(f, "negative nparams", differNothing, call(f->rw.animal, f->params, -1, f->params, 1));
    if (ready)
        DIFFER_NUMBER(f, "null more", differNothing, call(f->rw.animal, f->params, 1, NULL, 1));
    if (ready)
        DIFFER_NUMBER(f, "null and empty more", differNothing, call(f->rw.animal, f->params, 1, NULL, 0));
    if (ready)
        DIFFER_NUMBER(f, "zero nmore", differNothing, call(f->rw.animal, f->params, 1, f->params, 0));
    if (ready)
        DIFFER_NUMBER(f, "negative nmore", differNothing, call(f->rw.animal, f->params, 1, f->params, -1));
}

static void
releaseAnimalGetStats(Contract *f, int result)
{
    virTypedParameterPtr params = DIFFER_OUT(f, 1, virTypedParameterPtr);
    CALL(virTypedParamsFree)(params, DIFFER_OUT(f, 2, int));
    (void) result;
}

static void
differAnimalGetStats(Contract *f)
{
    typeof(&virAnimalGetStats) call = differFunction("virAnimalGetStats");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", releaseAnimalGetStats, call(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 0));
    if (ready)
        DIFFER_NUMBER(f, "read-only", releaseAnimalGetStats, call(f->ro.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 0));
    DIFFER_NUMBER(f, "null animal", releaseAnimalGetStats, call(NULL, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 0));
    DIFFER_NUMBER(f, "wrong animal", releaseAnimalGetStats, call((virAnimalPtr) f->rw.conn, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 0));
    if (ready)
        DIFFER_NUMBER(f, "null params", releaseAnimalGetStats, call(f->rw.animal, NULL, (int *) contractCount(f, 2, 4), 0));
    if (ready)
        DIFFER_NUMBER(f, "null and empty params", releaseAnimalGetStats, call(f->rw.animal, NULL, (int *) contractCount(f, 2, 0), 0));
    if (ready)
        DIFFER_NUMBER(f, "null nparams", releaseAnimalGetStats, call(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), NULL, 0));
    if (ready)
        DIFFER_NUMBER(f, "zero nparams", releaseAnimalGetStats, call(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 0), 0));
    if (ready)
        DIFFER_NUMBER(f, "negative nparams", releaseAnimalGetStats, call(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, -1), 0));
    if (ready)
        DIFFER_NUMBER(f, "unknown flags", releaseAnimalGetStats, call(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 1u << 30));
    if (ready)
        DIFFER_NUMBER(f, "VIR_ANIMAL_WAKE_GENTLY flags", releaseAnimalGetStats, call(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), VIR_ANIMAL_WAKE_GENTLY));
    if (ready)
        DIFFER_NUMBER(f, "VIR_ANIMAL_WAKE_LOUDLY flags", releaseAnimalGetStats, call(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), VIR_ANIMAL_WAKE_LOUDLY));
    if (ready)
        DIFFER_NUMBER(f, "VIR_ANIMAL_WAKE_AGAIN flags", releaseAnimalGetStats, call(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), VIR_ANIMAL_WAKE_AGAIN));
    if (ready)
        DIFFER_NUMBER(f, "VIR_CONNECT_LIST_ANIMALS_AWAKE flags", releaseAnimalGetStats, call(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), VIR_CONNECT_LIST_ANIMALS_AWAKE));
    if (ready)
        DIFFER_NUMBER(f, "VIR_CONNECT_LIST_ANIMALS_ASLEEP flags", releaseAnimalGetStats, call(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), VIR_CONNECT_LIST_ANIMALS_ASLEEP));
}

static void
differAnimalPin(Contract *f)
{
    typeof(&virAnimalPin) call = differFunction("virAnimalPin");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", differNothing, call(f->rw.animal, (unsigned char *) "\1", 1));
    if (ready)
        DIFFER_NUMBER(f, "read-only", differNothing, call(f->ro.animal, (unsigned char *) "\1", 1));
    DIFFER_NUMBER(f, "null animal", differNothing, call(NULL, (unsigned char *) "\1", 1));
    DIFFER_NUMBER(f, "wrong animal", differNothing, call((virAnimalPtr) f->rw.conn, (unsigned char *) "\1", 1));
    if (ready)
        DIFFER_NUMBER(f, "null cages", differNothing, call(f->rw.animal, NULL, 1));
    if (ready)
        DIFFER_NUMBER(f, "zero maplen", differNothing, call(f->rw.animal, (unsigned char *) "\1", 0));
    if (ready)
        DIFFER_NUMBER(f, "negative maplen", differNothing, call(f->rw.animal, (unsigned char *) "\1", -1));
}

static void
differAnimalGetPins(Contract *f)
{
    typeof(&virAnimalGetPins) call = differFunction("virAnimalGetPins");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", differNothing, call(f->rw.animal, 4, (unsigned char *) contractScratch(f, 2), 1));
    if (ready)
        DIFFER_NUMBER(f, "read-only", differNothing, call(f->ro.animal, 4, (unsigned char *) contractScratch(f, 2), 1));
    DIFFER_NUMBER(f, "null animal", differNothing, call(NULL, 4, (unsigned char *) contractScratch(f, 2), 1));
    DIFFER_NUMBER(f, "wrong animal", differNothing, call((virAnimalPtr) f->rw.conn, 4, (unsigned char *) contractScratch(f, 2), 1));
    if (ready)
        DIFFER_NUMBER(f, "zero nlegs", differNothing, call(f->rw.animal, 0, (unsigned char *) contractScratch(f, 2), 1));
    if (ready)
        DIFFER_NUMBER(f, "negative nlegs", differNothing, call(f->rw.animal, -1, (unsigned char *) contractScratch(f, 2), 1));
    if (ready)
        DIFFER_NUMBER(f, "null cages", differNothing, call(f->rw.animal, 4, NULL, 1));
    if (ready)
        DIFFER_NUMBER(f, "null and empty cages", differNothing, call(f->rw.animal, 0, NULL, 1));
    if (ready)
        DIFFER_NUMBER(f, "zero maplen", differNothing, call(f->rw.animal, 4, (unsigned char *) contractScratch(f, 2), 0));
    if (ready)
        DIFFER_NUMBER(f, "negative maplen", differNothing, call(f->rw.animal, 4, (unsigned char *) contractScratch(f, 2), -1));
}

static void
differAnimalPeek(Contract *f)
{
    typeof(&virAnimalPeek) call = differFunction("virAnimalPeek");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", differNothing, call(f->rw.animal, 1, 4, (void *) contractScratch(f, 3), 0));
    if (ready)
        DIFFER_NUMBER(f, "read-only", differNothing, call(f->ro.animal, 1, 4, (void *) contractScratch(f, 3), 0));
    DIFFER_NUMBER(f, "null animal", differNothing, call(NULL, 1, 4, (void *) contractScratch(f, 3), 0));
    DIFFER_NUMBER(f, "wrong animal", differNothing, call((virAnimalPtr) f->rw.conn, 1, 4, (void *) contractScratch(f, 3), 0));
    if (ready)
        DIFFER_NUMBER(f, "zero start", differNothing, call(f->rw.animal, 0, 4, (void *) contractScratch(f, 3), 0));
    if (ready)
        DIFFER_NUMBER(f, "high start", differNothing, call(f->rw.animal, 99999, 4, (void *) contractScratch(f, 3), 0));
    if (ready)
        DIFFER_NUMBER(f, "zero size", differNothing, call(f->rw.animal, 1, 0, (void *) contractScratch(f, 3), 0));
    if (ready)
        DIFFER_NUMBER(f, "null buffer", differNothing, call(f->rw.animal, 1, 4, NULL, 0));
    if (ready)
        DIFFER_NUMBER(f, "null and empty buffer", differNothing, call(f->rw.animal, 1, 0, NULL, 0));
    if (ready)
        DIFFER_NUMBER(f, "unknown flags", differNothing, call(f->rw.animal, 1, 4, (void *) contractScratch(f, 3), 1u << 30));
}

static void
differAnimalBlockStats(Contract *f)
{
    typeof(&virAnimalBlockStats) call = differFunction("virAnimalBlockStats");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", differNothing, call(f->rw.animal, "x", (virAnimalInfoPtr) contractScratch(f, 2), CONTRACT_SCRATCH));
    if (ready)
        DIFFER_NUMBER(f, "read-only", differNothing, call(f->ro.animal, "x", (virAnimalInfoPtr) contractScratch(f, 2), CONTRACT_SCRATCH));
    DIFFER_NUMBER(f, "null animal", differNothing, call(NULL, "x", (virAnimalInfoPtr) contractScratch(f, 2), CONTRACT_SCRATCH));
    DIFFER_NUMBER(f, "wrong animal", differNothing, call((virAnimalPtr) f->rw.conn, "x", (virAnimalInfoPtr) contractScratch(f, 2), CONTRACT_SCRATCH));
    if (ready)
        DIFFER_NUMBER(f, "null part", differNothing, call(f->rw.animal, NULL, (virAnimalInfoPtr) contractScratch(f, 2), CONTRACT_SCRATCH));
    if (ready)
        DIFFER_NUMBER(f, "null stats", differNothing, call(f->rw.animal, "x", NULL, CONTRACT_SCRATCH));
    if (ready)
        DIFFER_NUMBER(f, "zero size", differNothing, call(f->rw.animal, "x", (virAnimalInfoPtr) contractScratch(f, 2), 0));
}

static void
releaseAnimalGetXMLDesc(Contract *f, void *result)
{
    free(result);
    (void) f;
}

static void
differAnimalGetXMLDesc(Contract *f)
{
    typeof(&virAnimalGetXMLDesc) call = differFunction("virAnimalGetXMLDesc");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_POINTER(f, "good", releaseAnimalGetXMLDesc, call(f->rw.animal, 0));
    if (ready)
        DIFFER_POINTER(f, "read-only", releaseAnimalGetXMLDesc, call(f->ro.animal, 0));
    DIFFER_POINTER(f, "null animal", releaseAnimalGetXMLDesc, call(NULL, 0));
    DIFFER_POINTER(f, "wrong animal", releaseAnimalGetXMLDesc, call((virAnimalPtr) f->rw.conn, 0));
    if (ready)
        DIFFER_POINTER(f, "unknown flags", releaseAnimalGetXMLDesc, call(f->rw.animal, 1u << 30));
    if (ready)
        DIFFER_POINTER(f, "VIR_ANIMAL_WAKE_GENTLY flags", releaseAnimalGetXMLDesc, call(f->rw.animal, VIR_ANIMAL_WAKE_GENTLY));
    if (ready)
        DIFFER_POINTER(f, "VIR_ANIMAL_WAKE_LOUDLY flags", releaseAnimalGetXMLDesc, call(f->rw.animal, VIR_ANIMAL_WAKE_LOUDLY));
    if (ready)
        DIFFER_POINTER(f, "VIR_ANIMAL_WAKE_AGAIN flags", releaseAnimalGetXMLDesc, call(f->rw.animal, VIR_ANIMAL_WAKE_AGAIN));
    if (ready)
        DIFFER_POINTER(f, "read-only VIR_ANIMAL_WAKE_LOUDLY", releaseAnimalGetXMLDesc, call(f->ro.animal, VIR_ANIMAL_WAKE_LOUDLY));
}

static void
differAnimalInfoFree(Contract *f)
{
    typeof(&virAnimalInfoFree) call = differFunction("virAnimalInfoFree");

    if (!call)
        return;
    DIFFER_VOID(f, "good", differNothing, call(NULL));
    DIFFER_VOID(f, "null info", differNothing, call(NULL));
}

static void
differAnimalVisitFree(Contract *f)
{
    typeof(&virAnimalVisitFree) call = differFunction("virAnimalVisitFree");

    if (!call)
        return;
    DIFFER_VOID(f, "good", differNothing, call(NULL));
    DIFFER_VOID(f, "null visit", differNothing, call(NULL));
}

static void
releaseConnectGetAllVisits(Contract *f, int result)
{
    virAnimalVisitPtr *visits = DIFFER_OUT(f, 1, virAnimalVisitPtr *);
    for (int i = 0; visits && i < result; i++)
        CALL(virAnimalVisitFree)(visits[i]);
    free(visits);
}

static void
differConnectGetAllVisits(Contract *f)
{
    typeof(&virConnectGetAllVisits) call = differFunction("virConnectGetAllVisits");

    if (!call)
        return;
    DIFFER_NUMBER(f, "good", releaseConnectGetAllVisits, call(f->rw.conn, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM));
    DIFFER_NUMBER(f, "read-only", releaseConnectGetAllVisits, call(f->ro.conn, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM));
    DIFFER_NUMBER(f, "null conn", releaseConnectGetAllVisits, call(NULL, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM));
    DIFFER_NUMBER(f, "wrong conn", releaseConnectGetAllVisits, call((virConnectPtr) f->rw.animal, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM));
    DIFFER_NUMBER(f, "null visits", releaseConnectGetAllVisits, call(f->rw.conn, NULL, VIR_ANIMAL_MOOD_CALM));
    DIFFER_NUMBER(f, "negative mood", releaseConnectGetAllVisits, call(f->rw.conn, (virAnimalVisitPtr **) contractScratch(f, 1), -1));
    DIFFER_NUMBER(f, "high mood", releaseConnectGetAllVisits, call(f->rw.conn, (virAnimalVisitPtr **) contractScratch(f, 1), 99999));
}

static void
releaseAnimalListGetVisits(Contract *f, int result)
{
    virAnimalVisitPtr *visits = DIFFER_OUT(f, 1, virAnimalVisitPtr *);
    for (int i = 0; visits && i < result; i++)
        CALL(virAnimalVisitFree)(visits[i]);
    free(visits);
}

static void
differAnimalListGetVisits(Contract *f)
{
    typeof(&virAnimalListGetVisits) call = differFunction("virAnimalListGetVisits");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", releaseAnimalListGetVisits, call((virAnimalPtr[]) { f->rw.animal, NULL }, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "read-only", releaseAnimalListGetVisits, call((virAnimalPtr[]) { f->ro.animal, NULL }, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM));
    DIFFER_NUMBER(f, "null animals", releaseAnimalListGetVisits, call(NULL, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "null visits", releaseAnimalListGetVisits, call((virAnimalPtr[]) { f->rw.animal, NULL }, NULL, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "negative mood", releaseAnimalListGetVisits, call((virAnimalPtr[]) { f->rw.animal, NULL }, (virAnimalVisitPtr **) contractScratch(f, 1), -1));
    if (ready)
        DIFFER_NUMBER(f, "high mood", releaseAnimalListGetVisits, call((virAnimalPtr[]) { f->rw.animal, NULL }, (virAnimalVisitPtr **) contractScratch(f, 1), 99999));
}

static void
releaseAnimalGetGuests(Contract *f, int result)
{
    virAnimalVisitPtr *visits = DIFFER_OUT(f, 1, virAnimalVisitPtr *);
    for (int i = 0; visits && i < result; i++)
        CALL(virAnimalVisitFree)(visits[i]);
    free(visits);
}

static void
differAnimalGetGuests(Contract *f)
{
    typeof(&virAnimalGetGuests) call = differFunction("virAnimalGetGuests");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", releaseAnimalGetGuests, call(f->rw.animal, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "read-only", releaseAnimalGetGuests, call(f->ro.animal, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM));
    DIFFER_NUMBER(f, "null dom", releaseAnimalGetGuests, call(NULL, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM));
    DIFFER_NUMBER(f, "wrong dom", releaseAnimalGetGuests, call((virAnimalPtr) f->rw.conn, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "null visits", releaseAnimalGetGuests, call(f->rw.animal, NULL, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "negative mood", releaseAnimalGetGuests, call(f->rw.animal, (virAnimalVisitPtr **) contractScratch(f, 1), -1));
    if (ready)
        DIFFER_NUMBER(f, "high mood", releaseAnimalGetGuests, call(f->rw.animal, (virAnimalVisitPtr **) contractScratch(f, 1), 99999));
    if (ready)
        DIFFER_NUMBER(f, "read-only VIR_ANIMAL_MOOD_ANGRY", releaseAnimalGetGuests, call(f->ro.animal, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_ANGRY));
}

static void
differAnimalMarry(Contract *f)
{
    typeof(&virAnimalMarry) call = differFunction("virAnimalMarry");
    bool ready = call && differReady(f, "animal", f->rw.animal) && differReady(f, "cub", f->rw.cub);

    if (!call)
        return;
    if (ready)
        DIFFER_POINTER(f, "good", differNothing, call(f->rw.animal, f->rw.animal, f->rw.cub));
    if (ready)
        DIFFER_POINTER(f, "read-only", differNothing, call(f->ro.animal, f->ro.animal, f->ro.cub));
    if (ready)
        DIFFER_POINTER(f, "null animal", differNothing, call(NULL, f->rw.animal, f->rw.cub));
    if (ready)
        DIFFER_POINTER(f, "wrong animal", differNothing, call((virAnimalPtr) f->rw.conn, f->rw.animal, f->rw.cub));
    if (ready)
        DIFFER_POINTER(f, "null other", differNothing, call(f->rw.animal, NULL, f->rw.cub));
    if (ready)
        DIFFER_POINTER(f, "wrong other", differNothing, call(f->rw.animal, (virAnimalPtr) f->rw.conn, f->rw.cub));
    if (ready)
        DIFFER_POINTER(f, "foreign other", differNothing, call(f->rw.animal, f->foreign.animal, f->rw.cub));
    if (ready)
        DIFFER_POINTER(f, "null witness", differNothing, call(f->rw.animal, f->rw.animal, NULL));
    if (ready)
        DIFFER_POINTER(f, "wrong witness", differNothing, call(f->rw.animal, f->rw.animal, (virCubPtr) f->rw.animal));
    if (ready)
        DIFFER_POINTER(f, "foreign witness", differNothing, call(f->rw.animal, f->rw.animal, f->foreign.cub));
}

static void
releaseAnimalFilm(Contract *f, void *result)
{
    free(result);
    (void) f;
}

static void
differAnimalFilm(Contract *f)
{
    typeof(&virAnimalFilm) call = differFunction("virAnimalFilm");
    bool ready = call && differReady(f, "animal", f->rw.animal) && differReady(f, "stream", f->rw.stream);

    if (!call)
        return;
    if (ready)
        DIFFER_POINTER(f, "good", releaseAnimalFilm, call(f->rw.animal, f->rw.stream, 0));
    if (ready)
        DIFFER_POINTER(f, "read-only", releaseAnimalFilm, call(f->ro.animal, f->ro.stream, 0));
    if (ready)
        DIFFER_POINTER(f, "null animal", releaseAnimalFilm, call(NULL, f->rw.stream, 0));
    if (ready)
        DIFFER_POINTER(f, "wrong animal", releaseAnimalFilm, call((virAnimalPtr) f->rw.conn, f->rw.stream, 0));
    if (ready)
        DIFFER_POINTER(f, "null stream", releaseAnimalFilm, call(f->rw.animal, NULL, 0));
    if (ready)
        DIFFER_POINTER(f, "wrong stream", releaseAnimalFilm, call(f->rw.animal, (virStreamPtr) f->rw.animal, 0));
    if (ready)
        DIFFER_POINTER(f, "foreign stream", releaseAnimalFilm, call(f->rw.animal, f->foreign.stream, 0));
    if (ready)
        DIFFER_POINTER(f, "unknown flags", releaseAnimalFilm, call(f->rw.animal, f->rw.stream, 1u << 30));
}

static void
releaseAnimalLend(Contract *f, int result)
{
    int *opened = DIFFER_OUT(f, 4, int *);
    free(opened);
    (void) result;
}

static void
differAnimalLend(Contract *f)
{
    typeof(&virAnimalLend) call = differFunction("virAnimalLend");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", releaseAnimalLend, call(f->rw.animal, 1, (int[]) { f->fd }, f->fd, (int **) contractScratch(f, 4)));
    if (ready)
        DIFFER_NUMBER(f, "read-only", releaseAnimalLend, call(f->ro.animal, 1, (int[]) { f->fd }, f->fd, (int **) contractScratch(f, 4)));
    DIFFER_NUMBER(f, "null animal", releaseAnimalLend, call(NULL, 1, (int[]) { f->fd }, f->fd, (int **) contractScratch(f, 4)));
    DIFFER_NUMBER(f, "wrong animal", releaseAnimalLend, call((virAnimalPtr) f->rw.conn, 1, (int[]) { f->fd }, f->fd, (int **) contractScratch(f, 4)));
    if (ready)
        DIFFER_NUMBER(f, "zero nfiles", releaseAnimalLend, call(f->rw.animal, 0, (int[]) { f->fd }, f->fd, (int **) contractScratch(f, 4)));
    if (ready)
        DIFFER_NUMBER(f, "null files", releaseAnimalLend, call(f->rw.animal, 1, NULL, f->fd, (int **) contractScratch(f, 4)));
    if (ready)
        DIFFER_NUMBER(f, "null and empty files", releaseAnimalLend, call(f->rw.animal, 0, NULL, f->fd, (int **) contractScratch(f, 4)));
    if (ready)
        DIFFER_NUMBER(f, "negative door", releaseAnimalLend, call(f->rw.animal, 1, (int[]) { f->fd }, -1, (int **) contractScratch(f, 4)));
    if (ready)
        DIFFER_NUMBER(f, "high door", releaseAnimalLend, call(f->rw.animal, 1, (int[]) { f->fd }, 99999, (int **) contractScratch(f, 4)));
    if (ready)
        DIFFER_NUMBER(f, "null opened", releaseAnimalLend, call(f->rw.animal, 1, (int[]) { f->fd }, f->fd, NULL));
}

static void
differAnimalGetMeals(Contract *f)
{
    typeof(&virAnimalGetMeals) call = differFunction("virAnimalGetMeals");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", differNothing, call(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), 4, 1, 0));
    if (ready)
        DIFFER_NUMBER(f, "read-only", differNothing, call(f->ro.animal, (virTypedParameterPtr) contractScratch(f, 1), 4, 1, 0));
    DIFFER_NUMBER(f, "null animal", differNothing, call(NULL, (virTypedParameterPtr) contractScratch(f, 1), 4, 1, 0));
    DIFFER_NUMBER(f, "wrong animal", differNothing, call((virAnimalPtr) f->rw.conn, (virTypedParameterPtr) contractScratch(f, 1), 4, 1, 0));
    if (ready)
        DIFFER_NUMBER(f, "null params", differNothing, call(f->rw.animal, NULL, 4, 1, 0));
    if (ready)
        DIFFER_NUMBER(f, "null and empty params", differNothing, call(f->rw.animal, NULL, 0, 1, 0));
    if (ready)
        DIFFER_NUMBER(f, "zero nparams", differNothing, call(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), 0, 1, 0));
    if (ready)
        DIFFER_NUMBER(f, "zero ndays", differNothing, call(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), 4, 0, 0));
    if (ready)
        DIFFER_NUMBER(f, "high ndays", differNothing, call(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), 4, 99999, 0));
    if (ready)
        DIFFER_NUMBER(f, "unknown flags", differNothing, call(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), 4, 1, 1u << 30));
}

static void
releaseAnimalGetStripes(Contract *f, int result)
{
    free(DIFFER_OUT(f, 1, void *));
    (void) result;
}

static void
differAnimalGetStripes(Contract *f)
{
    typeof(&virAnimalGetStripes) call = differFunction("virAnimalGetStripes");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", releaseAnimalGetStripes, call(f->rw.animal, (unsigned char **) contractScratch(f, 1)));
    if (ready)
        DIFFER_NUMBER(f, "read-only", releaseAnimalGetStripes, call(f->ro.animal, (unsigned char **) contractScratch(f, 1)));
    DIFFER_NUMBER(f, "null animal", releaseAnimalGetStripes, call(NULL, (unsigned char **) contractScratch(f, 1)));
    DIFFER_NUMBER(f, "wrong animal", releaseAnimalGetStripes, call((virAnimalPtr) f->rw.conn, (unsigned char **) contractScratch(f, 1)));
    if (ready)
        DIFFER_NUMBER(f, "null stripes", releaseAnimalGetStripes, call(f->rw.animal, NULL));
}

static void
releaseAnimalGetVoice(Contract *f, void *result)
{
    free(result);
    (void) f;
}

static void
differAnimalGetVoice(Contract *f)
{
    typeof(&virAnimalGetVoice) call = differFunction("virAnimalGetVoice");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_POINTER(f, "good", releaseAnimalGetVoice, call(f->rw.animal, (size_t *) contractScratch(f, 1)));
    if (ready)
        DIFFER_POINTER(f, "read-only", releaseAnimalGetVoice, call(f->ro.animal, (size_t *) contractScratch(f, 1)));
    DIFFER_POINTER(f, "null animal", releaseAnimalGetVoice, call(NULL, (size_t *) contractScratch(f, 1)));
    DIFFER_POINTER(f, "wrong animal", releaseAnimalGetVoice, call((virAnimalPtr) f->rw.conn, (size_t *) contractScratch(f, 1)));
    if (ready)
        DIFFER_POINTER(f, "null size", releaseAnimalGetVoice, call(f->rw.animal, NULL));
}

static void
releaseAnimalOpenDoor(Contract *f, int result)
{
    close(result);
    (void) f;
}

static void
differAnimalOpenDoor(Contract *f)
{
    typeof(&virAnimalOpenDoor) call = differFunction("virAnimalOpenDoor");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", releaseAnimalOpenDoor, call(f->rw.animal));
    if (ready)
        DIFFER_NUMBER(f, "read-only", releaseAnimalOpenDoor, call(f->ro.animal));
    DIFFER_NUMBER(f, "null animal", releaseAnimalOpenDoor, call(NULL));
    DIFFER_NUMBER(f, "wrong animal", releaseAnimalOpenDoor, call((virAnimalPtr) f->rw.conn));
}

static void
differAnimalGetOrigin(Contract *f)
{
    typeof(&virAnimalGetOrigin) call = differFunction("virAnimalGetOrigin");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_POINTER(f, "good", differNothing, call(f->rw.animal));
    if (ready)
        DIFFER_POINTER(f, "read-only", differNothing, call(f->ro.animal));
    DIFFER_POINTER(f, "null animal", differNothing, call(NULL));
    DIFFER_POINTER(f, "wrong animal", differNothing, call((virAnimalPtr) f->rw.conn));
}

static void
differDenLookupByName(Contract *f)
{
    typeof(&virDenLookupByName) call = differFunction("virDenLookupByName");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_POINTER(f, "good", differNothing, call(f->rw.animal, "x"));
    if (ready)
        DIFFER_POINTER(f, "read-only", differNothing, call(f->ro.animal, "x"));
    DIFFER_POINTER(f, "null animal", differNothing, call(NULL, "x"));
    DIFFER_POINTER(f, "wrong animal", differNothing, call((virAnimalPtr) f->rw.conn, "x"));
    if (ready)
        DIFFER_POINTER(f, "null name", differNothing, call(f->rw.animal, NULL));
}

static void
differDenSweep(Contract *f)
{
    typeof(&virDenSweep) call = differFunction("virDenSweep");
    bool ready = call && differReady(f, "den", f->rw.den);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", differNothing, call(f->rw.den));
    if (ready)
        DIFFER_NUMBER(f, "read-only", differNothing, call(f->ro.den));
    DIFFER_NUMBER(f, "null den", differNothing, call(NULL));
    DIFFER_NUMBER(f, "wrong den", differNothing, call((virDenPtr) f->rw.animal));
}

static void
differAnimalListGetStats(Contract *f)
{
    typeof(&virAnimalListGetStats) call = differFunction("virAnimalListGetStats");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", differNothing, call((virAnimalPtr[]) { f->rw.animal, NULL }, 0));
    if (ready)
        DIFFER_NUMBER(f, "read-only", differNothing, call((virAnimalPtr[]) { f->ro.animal, NULL }, 0));
    DIFFER_NUMBER(f, "null animals", differNothing, call(NULL, 0));
    if (ready)
        DIFFER_NUMBER(f, "unknown flags", differNothing, call((virAnimalPtr[]) { f->rw.animal, NULL }, 1u << 30));
    if (ready)
        DIFFER_NUMBER(f, "VIR_CONNECT_LIST_ANIMALS_AWAKE flags", differNothing, call((virAnimalPtr[]) { f->rw.animal, NULL }, VIR_CONNECT_LIST_ANIMALS_AWAKE));
    if (ready)
        DIFFER_NUMBER(f, "VIR_CONNECT_LIST_ANIMALS_ASLEEP flags", differNothing, call((virAnimalPtr[]) { f->rw.animal, NULL }, VIR_CONNECT_LIST_ANIMALS_ASLEEP));
}

const ContractFunction contractAnimalFunctions[] = {
    { "virConnectWashAnimal", differConnectWashAnimal },
    { "virAnimalFree", differAnimalFree },
    { "virAnimalGetName", differAnimalGetName },
    { "virAnimalGetUUID", differAnimalGetUUID },
    { "virAnimalGetUUIDString", differAnimalGetUUIDString },
    { "virAnimalGetConnect", differAnimalGetConnect },
    { "virCubGetAnimal", differCubGetAnimal },
    { "virAnimalLookupByName", differAnimalLookupByName },
    { "virAnimalLookupByUUID", differAnimalLookupByUUID },
    { "virAnimalLookupByUUIDString", differAnimalLookupByUUIDString },
    { "virAnimalLookupByID", differAnimalLookupByID },
    { "virConnectListAnimals", differConnectListAnimals },
    { "virConnectListAllAnimals", differConnectListAllAnimals },
    { "virConnectNumOfAnimals", differConnectNumOfAnimals },
    { "virConnectAnimalEventRegisterAny", differConnectAnimalEventRegisterAny },
    { "virConnectAnimalEventDeregisterAny", differConnectAnimalEventDeregisterAny },
    { "virConnectAnimalEventRegister", differConnectAnimalEventRegister },
    { "virConnectAnimalEventDeregister", differConnectAnimalEventDeregister },
    { "virAnimalWake", differAnimalWake },
    { "virAnimalGetInfo", differAnimalGetInfo },
    { "virAnimalGetMood", differAnimalGetMood },
    { "virAnimalGetWeight", differAnimalGetWeight },
    { "virAnimalFeed", differAnimalFeed },
    { "virAnimalTell", differAnimalTell },
    { "virAnimalGetTracks", differAnimalGetTracks },
    { "virAnimalGetDiet", differAnimalGetDiet },
    { "virAnimalSetDiet", differAnimalSetDiet },
    { "virAnimalGetStats", differAnimalGetStats },
    { "virAnimalPin", differAnimalPin },
    { "virAnimalGetPins", differAnimalGetPins },
    { "virAnimalPeek", differAnimalPeek },
    { "virAnimalBlockStats", differAnimalBlockStats },
    { "virAnimalGetXMLDesc", differAnimalGetXMLDesc },
    { "virAnimalInfoFree", differAnimalInfoFree },
    { "virAnimalVisitFree", differAnimalVisitFree },
    { "virConnectGetAllVisits", differConnectGetAllVisits },
    { "virAnimalListGetVisits", differAnimalListGetVisits },
    { "virAnimalGetGuests", differAnimalGetGuests },
    { "virAnimalMarry", differAnimalMarry },
    { "virAnimalFilm", differAnimalFilm },
    { "virAnimalLend", differAnimalLend },
    { "virAnimalGetMeals", differAnimalGetMeals },
    { "virAnimalGetStripes", differAnimalGetStripes },
    { "virAnimalGetVoice", differAnimalGetVoice },
    { "virAnimalOpenDoor", differAnimalOpenDoor },
    { "virAnimalGetOrigin", differAnimalGetOrigin },
    { "virDenLookupByName", differDenLookupByName },
    { "virDenSweep", differDenSweep },
    { "virAnimalListGetStats", differAnimalListGetStats },
    { NULL, NULL },
};
