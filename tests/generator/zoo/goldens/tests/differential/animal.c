/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/animal.xml; change that, not this. */
/* Calls of the functions of api/animal.xml, for comparison. */

#include <libvirt/libvirt-animal.h>
#include <libvirt/virterror.h>

#include "contract/differential.h"

static void
differConnectWashAnimal(Contract *f)
{
    typeof(&virConnectWashAnimal) call = differFunction("virConnectWashAnimal");

    if (!call)
        return;
    DIFFER_POINTER(f, "good", call(f->rw.conn, "x"));
    DIFFER_POINTER(f, "read-only", call(f->ro.conn, "x"));
    DIFFER_POINTER(f, "null conn", call(NULL, "x"));
    DIFFER_POINTER(f, "wrong conn", call((virConnectPtr) f->rw.animal, "x"));
    DIFFER_POINTER(f, "null xml", call(f->rw.conn, NULL));
}

static void
differAnimalFree(Contract *f)
{
    typeof(&virAnimalFree) call = differFunction("virAnimalFree");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", call(f->rw.animal));
    if (ready)
        DIFFER_NUMBER(f, "read-only", call(f->ro.animal));
    DIFFER_NUMBER(f, "null animal", call(NULL));
    DIFFER_NUMBER(f, "wrong animal", call((virAnimalPtr) f->rw.conn));
}

static void
differAnimalGetName(Contract *f)
{
    typeof(&virAnimalGetName) call = differFunction("virAnimalGetName");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_POINTER(f, "good", call(f->rw.animal));
    if (ready)
        DIFFER_POINTER(f, "read-only", call(f->ro.animal));
    DIFFER_POINTER(f, "null animal", call(NULL));
    DIFFER_POINTER(f, "wrong animal", call((virAnimalPtr) f->rw.conn));
}

static void
differAnimalGetUUID(Contract *f)
{
    typeof(&virAnimalGetUUID) call = differFunction("virAnimalGetUUID");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", call(f->rw.animal, (unsigned char *) contractScratch(f, 1)));
    if (ready)
        DIFFER_NUMBER(f, "read-only", call(f->ro.animal, (unsigned char *) contractScratch(f, 1)));
    DIFFER_NUMBER(f, "null animal", call(NULL, (unsigned char *) contractScratch(f, 1)));
    DIFFER_NUMBER(f, "wrong animal", call((virAnimalPtr) f->rw.conn, (unsigned char *) contractScratch(f, 1)));
    if (ready)
        DIFFER_NUMBER(f, "null uuid", call(f->rw.animal, NULL));
}

static void
differAnimalGetUUIDString(Contract *f)
{
    typeof(&virAnimalGetUUIDString) call = differFunction("virAnimalGetUUIDString");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", call(f->rw.animal, (char *) contractScratch(f, 1)));
    if (ready)
        DIFFER_NUMBER(f, "read-only", call(f->ro.animal, (char *) contractScratch(f, 1)));
    DIFFER_NUMBER(f, "null animal", call(NULL, (char *) contractScratch(f, 1)));
    DIFFER_NUMBER(f, "wrong animal", call((virAnimalPtr) f->rw.conn, (char *) contractScratch(f, 1)));
    if (ready)
        DIFFER_NUMBER(f, "null buf", call(f->rw.animal, NULL));
}

static void
differAnimalGetConnect(Contract *f)
{
    typeof(&virAnimalGetConnect) call = differFunction("virAnimalGetConnect");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_POINTER(f, "good", call(f->rw.animal));
    if (ready)
        DIFFER_POINTER(f, "read-only", call(f->ro.animal));
    DIFFER_POINTER(f, "null animal", call(NULL));
    DIFFER_POINTER(f, "wrong animal", call((virAnimalPtr) f->rw.conn));
}

static void
differCubGetAnimal(Contract *f)
{
    typeof(&virCubGetAnimal) call = differFunction("virCubGetAnimal");
    bool ready = call && differReady(f, "cub", f->rw.cub);

    if (!call)
        return;
    if (ready)
        DIFFER_POINTER(f, "good", call(f->rw.cub));
    if (ready)
        DIFFER_POINTER(f, "read-only", call(f->ro.cub));
    DIFFER_POINTER(f, "null cub", call(NULL));
    DIFFER_POINTER(f, "wrong cub", call((virCubPtr) f->rw.animal));
}

static void
differAnimalLookupByName(Contract *f)
{
    typeof(&virAnimalLookupByName) call = differFunction("virAnimalLookupByName");

    if (!call)
        return;
    DIFFER_POINTER(f, "good", call(f->rw.conn, "leo"));
    DIFFER_POINTER(f, "read-only", call(f->ro.conn, "leo"));
    DIFFER_POINTER(f, "null conn", call(NULL, "leo"));
    DIFFER_POINTER(f, "wrong conn", call((virConnectPtr) f->rw.animal, "leo"));
    DIFFER_POINTER(f, "null name", call(f->rw.conn, NULL));
}

static void
differAnimalLookupByUUID(Contract *f)
{
    typeof(&virAnimalLookupByUUID) call = differFunction("virAnimalLookupByUUID");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_POINTER(f, "good", call(f->rw.conn, f->uuid.animal));
    if (ready)
        DIFFER_POINTER(f, "read-only", call(f->ro.conn, f->uuid.animal));
    if (ready)
        DIFFER_POINTER(f, "null conn", call(NULL, f->uuid.animal));
    if (ready)
        DIFFER_POINTER(f, "wrong conn", call((virConnectPtr) f->rw.animal, f->uuid.animal));
    DIFFER_POINTER(f, "null uuid", call(f->rw.conn, NULL));
}

static void
differAnimalLookupByUUIDString(Contract *f)
{
    typeof(&virAnimalLookupByUUIDString) call = differFunction("virAnimalLookupByUUIDString");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_POINTER(f, "good", call(f->rw.conn, f->uuidText.animal));
    if (ready)
        DIFFER_POINTER(f, "read-only", call(f->ro.conn, f->uuidText.animal));
    if (ready)
        DIFFER_POINTER(f, "null conn", call(NULL, f->uuidText.animal));
    if (ready)
        DIFFER_POINTER(f, "wrong conn", call((virConnectPtr) f->rw.animal, f->uuidText.animal));
    DIFFER_POINTER(f, "null uuid", call(f->rw.conn, NULL));
    DIFFER_POINTER(f, "not-uuid uuid", call(f->rw.conn, "not-a-uuid"));
}

static void
differAnimalLookupByID(Contract *f)
{
    typeof(&virAnimalLookupByID) call = differFunction("virAnimalLookupByID");

    if (!call)
        return;
    DIFFER_POINTER(f, "good", call(f->rw.conn, 1));
    DIFFER_POINTER(f, "read-only", call(f->ro.conn, 1));
    DIFFER_POINTER(f, "null conn", call(NULL, 1));
    DIFFER_POINTER(f, "wrong conn", call((virConnectPtr) f->rw.animal, 1));
    DIFFER_POINTER(f, "negative id", call(f->rw.conn, -1));
    DIFFER_POINTER(f, "high id", call(f->rw.conn, 99999));
}

static void
differConnectListAnimals(Contract *f)
{
    typeof(&virConnectListAnimals) call = differFunction("virConnectListAnimals");

    if (!call)
        return;
    DIFFER_NUMBER(f, "good", call(f->rw.conn, (char **const) contractScratch(f, 1), 4));
    DIFFER_NUMBER(f, "read-only", call(f->ro.conn, (char **const) contractScratch(f, 1), 4));
    DIFFER_NUMBER(f, "null conn", call(NULL, (char **const) contractScratch(f, 1), 4));
    DIFFER_NUMBER(f, "wrong conn", call((virConnectPtr) f->rw.animal, (char **const) contractScratch(f, 1), 4));
    DIFFER_NUMBER(f, "null names", call(f->rw.conn, NULL, 4));
    DIFFER_NUMBER(f, "null and empty names", call(f->rw.conn, NULL, 0));
    DIFFER_NUMBER(f, "zero maxnames", call(f->rw.conn, (char **const) contractScratch(f, 1), 0));
    DIFFER_NUMBER(f, "negative maxnames", call(f->rw.conn, (char **const) contractScratch(f, 1), -1));
}

static void
differConnectListAllAnimals(Contract *f)
{
    typeof(&virConnectListAllAnimals) call = differFunction("virConnectListAllAnimals");

    if (!call)
        return;
    DIFFER_NUMBER(f, "good", call(f->rw.conn, (virAnimalPtr **) contractScratch(f, 1), 0));
    DIFFER_NUMBER(f, "read-only", call(f->ro.conn, (virAnimalPtr **) contractScratch(f, 1), 0));
    DIFFER_NUMBER(f, "null conn", call(NULL, (virAnimalPtr **) contractScratch(f, 1), 0));
    DIFFER_NUMBER(f, "wrong conn", call((virConnectPtr) f->rw.animal, (virAnimalPtr **) contractScratch(f, 1), 0));
    DIFFER_NUMBER(f, "null animals", call(f->rw.conn, NULL, 0));
    DIFFER_NUMBER(f, "unknown flags", call(f->rw.conn, (virAnimalPtr **) contractScratch(f, 1), 1u << 30));
    DIFFER_NUMBER(f, "VIR_CONNECT_LIST_ANIMALS_AWAKE flags", call(f->rw.conn, (virAnimalPtr **) contractScratch(f, 1), VIR_CONNECT_LIST_ANIMALS_AWAKE));
    DIFFER_NUMBER(f, "VIR_CONNECT_LIST_ANIMALS_ASLEEP flags", call(f->rw.conn, (virAnimalPtr **) contractScratch(f, 1), VIR_CONNECT_LIST_ANIMALS_ASLEEP));
}

static void
differConnectNumOfAnimals(Contract *f)
{
    typeof(&virConnectNumOfAnimals) call = differFunction("virConnectNumOfAnimals");

    if (!call)
        return;
    DIFFER_NUMBER(f, "good", call(f->rw.conn));
    DIFFER_NUMBER(f, "read-only", call(f->ro.conn));
    DIFFER_NUMBER(f, "null conn", call(NULL));
    DIFFER_NUMBER(f, "wrong conn", call((virConnectPtr) f->rw.animal));
}

static void
differConnectAnimalEventRegisterAny(Contract *f)
{
    typeof(&virConnectAnimalEventRegisterAny) call = differFunction("virConnectAnimalEventRegisterAny");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", call(f->rw.conn, f->rw.animal, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL));
    if (ready)
        DIFFER_NUMBER(f, "read-only", call(f->ro.conn, f->ro.animal, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL));
    if (ready)
        DIFFER_NUMBER(f, "null conn", call(NULL, f->rw.animal, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL));
    if (ready)
        DIFFER_NUMBER(f, "wrong conn", call((virConnectPtr) f->rw.animal, f->rw.animal, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL));
    DIFFER_NUMBER(f, "null animal", call(f->rw.conn, NULL, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL));
    DIFFER_NUMBER(f, "wrong animal", call(f->rw.conn, (virAnimalPtr) f->rw.conn, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL));
    if (ready)
        DIFFER_NUMBER(f, "foreign animal", call(f->rw.conn, f->foreign.animal, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL));
    if (ready)
        DIFFER_NUMBER(f, "negative eventID", call(f->rw.conn, f->rw.animal, -1, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL));
    if (ready)
        DIFFER_NUMBER(f, "high eventID", call(f->rw.conn, f->rw.animal, 99999, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL));
    if (ready)
        DIFFER_NUMBER(f, "null cb", call(f->rw.conn, f->rw.animal, VIR_ANIMAL_EVENT_ID_LIFECYCLE, NULL, NULL, NULL));
    if (ready)
        DIFFER_NUMBER(f, "null opaque", call(f->rw.conn, f->rw.animal, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL));
    if (ready)
        DIFFER_NUMBER(f, "null freecb", call(f->rw.conn, f->rw.animal, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL));
}

static void
differConnectAnimalEventDeregisterAny(Contract *f)
{
    typeof(&virConnectAnimalEventDeregisterAny) call = differFunction("virConnectAnimalEventDeregisterAny");

    if (!call)
        return;
    DIFFER_NUMBER(f, "good", call(f->rw.conn, 1));
    DIFFER_NUMBER(f, "read-only", call(f->ro.conn, 1));
    DIFFER_NUMBER(f, "null conn", call(NULL, 1));
    DIFFER_NUMBER(f, "wrong conn", call((virConnectPtr) f->rw.animal, 1));
    DIFFER_NUMBER(f, "negative callbackID", call(f->rw.conn, -1));
    DIFFER_NUMBER(f, "high callbackID", call(f->rw.conn, 99999));
}

static void
differConnectAnimalEventRegister(Contract *f)
{
    typeof(&virConnectAnimalEventRegister) call = differFunction("virConnectAnimalEventRegister");

    if (!call)
        return;
    DIFFER_NUMBER(f, "good", call(f->rw.conn, (virConnectAnimalEventLifecycleCallback) contractCallback, NULL, NULL));
    DIFFER_NUMBER(f, "read-only", call(f->ro.conn, (virConnectAnimalEventLifecycleCallback) contractCallback, NULL, NULL));
    DIFFER_NUMBER(f, "null conn", call(NULL, (virConnectAnimalEventLifecycleCallback) contractCallback, NULL, NULL));
    DIFFER_NUMBER(f, "wrong conn", call((virConnectPtr) f->rw.animal, (virConnectAnimalEventLifecycleCallback) contractCallback, NULL, NULL));
    DIFFER_NUMBER(f, "null cb", call(f->rw.conn, NULL, NULL, NULL));
    DIFFER_NUMBER(f, "null opaque", call(f->rw.conn, (virConnectAnimalEventLifecycleCallback) contractCallback, NULL, NULL));
    DIFFER_NUMBER(f, "null freecb", call(f->rw.conn, (virConnectAnimalEventLifecycleCallback) contractCallback, NULL, NULL));
}

static void
differConnectAnimalEventDeregister(Contract *f)
{
    typeof(&virConnectAnimalEventDeregister) call = differFunction("virConnectAnimalEventDeregister");

    if (!call)
        return;
    DIFFER_NUMBER(f, "good", call(f->rw.conn, (virConnectAnimalEventLifecycleCallback) contractCallback));
    DIFFER_NUMBER(f, "read-only", call(f->ro.conn, (virConnectAnimalEventLifecycleCallback) contractCallback));
    DIFFER_NUMBER(f, "null conn", call(NULL, (virConnectAnimalEventLifecycleCallback) contractCallback));
    DIFFER_NUMBER(f, "wrong conn", call((virConnectPtr) f->rw.animal, (virConnectAnimalEventLifecycleCallback) contractCallback));
    DIFFER_NUMBER(f, "null cb", call(f->rw.conn, NULL));
}

static void
differAnimalWake(Contract *f)
{
    typeof(&virAnimalWake) call = differFunction("virAnimalWake");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", call(f->rw.animal, 0));
    if (ready)
        DIFFER_NUMBER(f, "read-only", call(f->ro.animal, 0));
    DIFFER_NUMBER(f, "null animal", call(NULL, 0));
    DIFFER_NUMBER(f, "wrong animal", call((virAnimalPtr) f->rw.conn, 0));
    if (ready)
        DIFFER_NUMBER(f, "unknown flags", call(f->rw.animal, 1u << 30));
    if (ready)
        DIFFER_NUMBER(f, "VIR_ANIMAL_WAKE_GENTLY flags", call(f->rw.animal, VIR_ANIMAL_WAKE_GENTLY));
    if (ready)
        DIFFER_NUMBER(f, "VIR_ANIMAL_WAKE_LOUDLY flags", call(f->rw.animal, VIR_ANIMAL_WAKE_LOUDLY));
    if (ready)
        DIFFER_NUMBER(f, "VIR_ANIMAL_WAKE_AGAIN flags", call(f->rw.animal, VIR_ANIMAL_WAKE_AGAIN));
    if (ready)
        DIFFER_NUMBER(f, "VIR_ANIMAL_WAKE_AGAIN alone", call(f->rw.animal, VIR_ANIMAL_WAKE_AGAIN));
    if (ready)
        DIFFER_NUMBER(f, "VIR_ANIMAL_WAKE_GENTLY and VIR_ANIMAL_WAKE_LOUDLY", call(f->rw.animal, VIR_ANIMAL_WAKE_GENTLY | VIR_ANIMAL_WAKE_LOUDLY));
}

static void
differAnimalGetInfo(Contract *f)
{
    typeof(&virAnimalGetInfo) call = differFunction("virAnimalGetInfo");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", call(f->rw.animal, (virAnimalInfoPtr) contractScratch(f, 1)));
    if (ready)
        DIFFER_NUMBER(f, "read-only", call(f->ro.animal, (virAnimalInfoPtr) contractScratch(f, 1)));
    DIFFER_NUMBER(f, "null animal", call(NULL, (virAnimalInfoPtr) contractScratch(f, 1)));
    DIFFER_NUMBER(f, "wrong animal", call((virAnimalPtr) f->rw.conn, (virAnimalInfoPtr) contractScratch(f, 1)));
    if (ready)
        DIFFER_NUMBER(f, "null info", call(f->rw.animal, NULL));
}

static void
differAnimalGetMood(Contract *f)
{
    typeof(&virAnimalGetMood) call = differFunction("virAnimalGetMood");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", call(f->rw.animal, (int *) contractScratch(f, 1), (int *) contractScratch(f, 2), 0));
    if (ready)
        DIFFER_NUMBER(f, "read-only", call(f->ro.animal, (int *) contractScratch(f, 1), (int *) contractScratch(f, 2), 0));
    DIFFER_NUMBER(f, "null animal", call(NULL, (int *) contractScratch(f, 1), (int *) contractScratch(f, 2), 0));
    DIFFER_NUMBER(f, "wrong animal", call((virAnimalPtr) f->rw.conn, (int *) contractScratch(f, 1), (int *) contractScratch(f, 2), 0));
    if (ready)
        DIFFER_NUMBER(f, "null mood", call(f->rw.animal, NULL, (int *) contractScratch(f, 2), 0));
    if (ready)
        DIFFER_NUMBER(f, "null reason", call(f->rw.animal, (int *) contractScratch(f, 1), NULL, 0));
    if (ready)
        DIFFER_NUMBER(f, "unknown flags", call(f->rw.animal, (int *) contractScratch(f, 1), (int *) contractScratch(f, 2), 1u << 30));
}

static void
differAnimalGetWeight(Contract *f)
{
    typeof(&virAnimalGetWeight) call = differFunction("virAnimalGetWeight");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", call(f->rw.animal));
    if (ready)
        DIFFER_NUMBER(f, "read-only", call(f->ro.animal));
    DIFFER_NUMBER(f, "null animal", call(NULL));
    DIFFER_NUMBER(f, "wrong animal", call((virAnimalPtr) f->rw.conn));
}

static void
differAnimalFeed(Contract *f)
{
    typeof(&virAnimalFeed) call = differFunction("virAnimalFeed");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", call(f->rw.animal, 1, 1, 1, 1, 1, 0, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "read-only", call(f->ro.animal, 1, 1, 1, 1, 1, 0, VIR_ANIMAL_MOOD_CALM));
    DIFFER_NUMBER(f, "null animal", call(NULL, 1, 1, 1, 1, 1, 0, VIR_ANIMAL_MOOD_CALM));
    DIFFER_NUMBER(f, "wrong animal", call((virAnimalPtr) f->rw.conn, 1, 1, 1, 1, 1, 0, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "negative small", call(f->rw.animal, -1, 1, 1, 1, 1, 0, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "high small", call(f->rw.animal, 99999, 1, 1, 1, 1, 0, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "zero natural", call(f->rw.animal, 1, 0, 1, 1, 1, 0, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "high natural", call(f->rw.animal, 1, 99999, 1, 1, 1, 0, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "zero large", call(f->rw.animal, 1, 1, 0, 1, 1, 0, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "high large", call(f->rw.animal, 1, 1, 99999, 1, 1, 0, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "zero huge", call(f->rw.animal, 1, 1, 1, 0, 1, 0, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "high huge", call(f->rw.animal, 1, 1, 1, 99999, 1, 0, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "negative raw", call(f->rw.animal, 1, 1, 1, 1, 1, -1, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "high raw", call(f->rw.animal, 1, 1, 1, 1, 1, 99999, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "negative mood", call(f->rw.animal, 1, 1, 1, 1, 1, 0, -1));
    if (ready)
        DIFFER_NUMBER(f, "high mood", call(f->rw.animal, 1, 1, 1, 1, 1, 0, 99999));
}

static void
differAnimalTell(Contract *f)
{
    typeof(&virAnimalTell) call = differFunction("virAnimalTell");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_POINTER(f, "good", call(f->rw.animal, "x", NULL, (const char *[]) { "x", NULL }, 1, (char **) contractScratch(f, 5)));
    if (ready)
        DIFFER_POINTER(f, "read-only", call(f->ro.animal, "x", NULL, (const char *[]) { "x", NULL }, 1, (char **) contractScratch(f, 5)));
    DIFFER_POINTER(f, "null animal", call(NULL, "x", NULL, (const char *[]) { "x", NULL }, 1, (char **) contractScratch(f, 5)));
    DIFFER_POINTER(f, "wrong animal", call((virAnimalPtr) f->rw.conn, "x", NULL, (const char *[]) { "x", NULL }, 1, (char **) contractScratch(f, 5)));
    if (ready)
        DIFFER_POINTER(f, "null word", call(f->rw.animal, NULL, NULL, (const char *[]) { "x", NULL }, 1, (char **) contractScratch(f, 5)));
    if (ready)
        DIFFER_POINTER(f, "null password", call(f->rw.animal, "x", NULL, (const char *[]) { "x", NULL }, 1, (char **) contractScratch(f, 5)));
    if (ready)
        DIFFER_POINTER(f, "null words", call(f->rw.animal, "x", NULL, NULL, 1, (char **) contractScratch(f, 5)));
    if (ready)
        DIFFER_POINTER(f, "null and empty words", call(f->rw.animal, "x", NULL, NULL, 0, (char **) contractScratch(f, 5)));
    if (ready)
        DIFFER_POINTER(f, "zero nwords", call(f->rw.animal, "x", NULL, (const char *[]) { "x", NULL }, 0, (char **) contractScratch(f, 5)));
    if (ready)
        DIFFER_POINTER(f, "null answer", call(f->rw.animal, "x", NULL, (const char *[]) { "x", NULL }, 1, NULL));
}

static void
differAnimalGetTracks(Contract *f)
{
    typeof(&virAnimalGetTracks) call = differFunction("virAnimalGetTracks");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", call(f->rw.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)));
    if (ready)
        DIFFER_NUMBER(f, "read-only", call(f->ro.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)));
    DIFFER_NUMBER(f, "null animal", call(NULL, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)));
    DIFFER_NUMBER(f, "wrong animal", call((virAnimalPtr) f->rw.conn, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)));
    if (ready)
        DIFFER_NUMBER(f, "null places", call(f->rw.animal, NULL, 1, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)));
    if (ready)
        DIFFER_NUMBER(f, "null and empty places", call(f->rw.animal, NULL, 0, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)));
    if (ready)
        DIFFER_NUMBER(f, "zero nplaces", call(f->rw.animal, (unsigned int[]) { 1 }, 0, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)));
    if (ready)
        DIFFER_NUMBER(f, "null times", call(f->rw.animal, (unsigned int[]) { 1 }, 1, NULL, 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)));
    if (ready)
        DIFFER_NUMBER(f, "null and empty times", call(f->rw.animal, (unsigned int[]) { 1 }, 1, NULL, 0, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)));
    if (ready)
        DIFFER_NUMBER(f, "zero maxtimes", call(f->rw.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 0, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)));
    if (ready)
        DIFFER_NUMBER(f, "negative maxtimes", call(f->rw.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), -1, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)));
    if (ready)
        DIFFER_NUMBER(f, "null facts", call(f->rw.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, NULL, (int *) contractCount(f, 6, 4)));
    if (ready)
        DIFFER_NUMBER(f, "null and empty facts", call(f->rw.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, NULL, (int *) contractCount(f, 6, 0)));
    if (ready)
        DIFFER_NUMBER(f, "null nfacts", call(f->rw.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), NULL));
    if (ready)
        DIFFER_NUMBER(f, "zero nfacts", call(f->rw.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 0)));
    if (ready)
        DIFFER_NUMBER(f, "negative nfacts", call(f->rw.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, -1)));
}

static void
differAnimalGetDiet(Contract *f)
{
    typeof(&virAnimalGetDiet) call = differFunction("virAnimalGetDiet");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", call(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 0));
    if (ready)
        DIFFER_NUMBER(f, "read-only", call(f->ro.animal, (virTypedParameterPtr) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 0));
    DIFFER_NUMBER(f, "null animal", call(NULL, (virTypedParameterPtr) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 0));
    DIFFER_NUMBER(f, "wrong animal", call((virAnimalPtr) f->rw.conn, (virTypedParameterPtr) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 0));
    if (ready)
        DIFFER_NUMBER(f, "null params", call(f->rw.animal, NULL, (int *) contractCount(f, 2, 4), 0));
    if (ready)
        DIFFER_NUMBER(f, "null and empty params", call(f->rw.animal, NULL, (int *) contractCount(f, 2, 0), 0));
    if (ready)
        DIFFER_NUMBER(f, "null nparams", call(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), NULL, 0));
    if (ready)
        DIFFER_NUMBER(f, "zero nparams", call(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), (int *) contractCount(f, 2, 0), 0));
    if (ready)
        DIFFER_NUMBER(f, "negative nparams", call(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), (int *) contractCount(f, 2, -1), 0));
    if (ready)
        DIFFER_NUMBER(f, "unknown flags", call(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 1u << 30));
}

static void
differAnimalSetDiet(Contract *f)
{
    typeof(&virAnimalSetDiet) call = differFunction("virAnimalSetDiet");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", call(f->rw.animal, f->params, 1, f->params, 1));
    if (ready)
        DIFFER_NUMBER(f, "read-only", call(f->ro.animal, f->params, 1, f->params, 1));
    DIFFER_NUMBER(f, "null animal", call(NULL, f->params, 1, f->params, 1));
    DIFFER_NUMBER(f, "wrong animal", call((virAnimalPtr) f->rw.conn, f->params, 1, f->params, 1));
    if (ready)
        DIFFER_NUMBER(f, "null params", call(f->rw.animal, NULL, 1, f->params, 1));
    if (ready)
        DIFFER_NUMBER(f, "null and empty params", call(f->rw.animal, NULL, 0, f->params, 1));
    if (ready)
        DIFFER_NUMBER(f, "zero nparams", call(f->rw.animal, f->params, 0, f->params, 1));
    if (ready)
        DIFFER_NUMBER(f, "negative nparams", call(f->rw.animal, f->params, -1, f->params, 1));
    if (ready)
        DIFFER_NUMBER(f, "null more", call(f->rw.animal, f->params, 1, NULL, 1));
    if (ready)
        DIFFER_NUMBER(f, "null and empty more", call(f->rw.animal, f->params, 1, NULL, 0));
    if (ready)
        DIFFER_NUMBER(f, "zero nmore", call(f->rw.animal, f->params, 1, f->params, 0));
    if (ready)
        DIFFER_NUMBER(f, "negative nmore", call(f->rw.animal, f->params, 1, f->params, -1));
}

static void
differAnimalGetStats(Contract *f)
{
    typeof(&virAnimalGetStats) call = differFunction("virAnimalGetStats");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", call(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 0));
    if (ready)
        DIFFER_NUMBER(f, "read-only", call(f->ro.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 0));
    DIFFER_NUMBER(f, "null animal", call(NULL, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 0));
    DIFFER_NUMBER(f, "wrong animal", call((virAnimalPtr) f->rw.conn, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 0));
    if (ready)
        DIFFER_NUMBER(f, "null params", call(f->rw.animal, NULL, (int *) contractCount(f, 2, 4), 0));
    if (ready)
        DIFFER_NUMBER(f, "null and empty params", call(f->rw.animal, NULL, (int *) contractCount(f, 2, 0), 0));
    if (ready)
        DIFFER_NUMBER(f, "null nparams", call(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), NULL, 0));
    if (ready)
        DIFFER_NUMBER(f, "zero nparams", call(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 0), 0));
    if (ready)
        DIFFER_NUMBER(f, "negative nparams", call(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, -1), 0));
    if (ready)
        DIFFER_NUMBER(f, "unknown flags", call(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 1u << 30));
    if (ready)
        DIFFER_NUMBER(f, "VIR_ANIMAL_WAKE_GENTLY flags", call(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), VIR_ANIMAL_WAKE_GENTLY));
    if (ready)
        DIFFER_NUMBER(f, "VIR_ANIMAL_WAKE_LOUDLY flags", call(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), VIR_ANIMAL_WAKE_LOUDLY));
    if (ready)
        DIFFER_NUMBER(f, "VIR_ANIMAL_WAKE_AGAIN flags", call(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), VIR_ANIMAL_WAKE_AGAIN));
    if (ready)
        DIFFER_NUMBER(f, "VIR_CONNECT_LIST_ANIMALS_AWAKE flags", call(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), VIR_CONNECT_LIST_ANIMALS_AWAKE));
    if (ready)
        DIFFER_NUMBER(f, "VIR_CONNECT_LIST_ANIMALS_ASLEEP flags", call(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), VIR_CONNECT_LIST_ANIMALS_ASLEEP));
}

static void
differAnimalPin(Contract *f)
{
    typeof(&virAnimalPin) call = differFunction("virAnimalPin");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", call(f->rw.animal, (unsigned char *) "\1", 1));
    if (ready)
        DIFFER_NUMBER(f, "read-only", call(f->ro.animal, (unsigned char *) "\1", 1));
    DIFFER_NUMBER(f, "null animal", call(NULL, (unsigned char *) "\1", 1));
    DIFFER_NUMBER(f, "wrong animal", call((virAnimalPtr) f->rw.conn, (unsigned char *) "\1", 1));
    if (ready)
        DIFFER_NUMBER(f, "null cages", call(f->rw.animal, NULL, 1));
    if (ready)
        DIFFER_NUMBER(f, "zero maplen", call(f->rw.animal, (unsigned char *) "\1", 0));
    if (ready)
        DIFFER_NUMBER(f, "negative maplen", call(f->rw.animal, (unsigned char *) "\1", -1));
}

static void
differAnimalGetPins(Contract *f)
{
    typeof(&virAnimalGetPins) call = differFunction("virAnimalGetPins");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", call(f->rw.animal, 4, (unsigned char *) contractScratch(f, 2), 1));
    if (ready)
        DIFFER_NUMBER(f, "read-only", call(f->ro.animal, 4, (unsigned char *) contractScratch(f, 2), 1));
    DIFFER_NUMBER(f, "null animal", call(NULL, 4, (unsigned char *) contractScratch(f, 2), 1));
    DIFFER_NUMBER(f, "wrong animal", call((virAnimalPtr) f->rw.conn, 4, (unsigned char *) contractScratch(f, 2), 1));
    if (ready)
        DIFFER_NUMBER(f, "zero nlegs", call(f->rw.animal, 0, (unsigned char *) contractScratch(f, 2), 1));
    if (ready)
        DIFFER_NUMBER(f, "negative nlegs", call(f->rw.animal, -1, (unsigned char *) contractScratch(f, 2), 1));
    if (ready)
        DIFFER_NUMBER(f, "null cages", call(f->rw.animal, 4, NULL, 1));
    if (ready)
        DIFFER_NUMBER(f, "null and empty cages", call(f->rw.animal, 0, NULL, 1));
    if (ready)
        DIFFER_NUMBER(f, "zero maplen", call(f->rw.animal, 4, (unsigned char *) contractScratch(f, 2), 0));
    if (ready)
        DIFFER_NUMBER(f, "negative maplen", call(f->rw.animal, 4, (unsigned char *) contractScratch(f, 2), -1));
}

static void
differAnimalPeek(Contract *f)
{
    typeof(&virAnimalPeek) call = differFunction("virAnimalPeek");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", call(f->rw.animal, 1, 4, (void *) contractScratch(f, 3), 0));
    if (ready)
        DIFFER_NUMBER(f, "read-only", call(f->ro.animal, 1, 4, (void *) contractScratch(f, 3), 0));
    DIFFER_NUMBER(f, "null animal", call(NULL, 1, 4, (void *) contractScratch(f, 3), 0));
    DIFFER_NUMBER(f, "wrong animal", call((virAnimalPtr) f->rw.conn, 1, 4, (void *) contractScratch(f, 3), 0));
    if (ready)
        DIFFER_NUMBER(f, "zero start", call(f->rw.animal, 0, 4, (void *) contractScratch(f, 3), 0));
    if (ready)
        DIFFER_NUMBER(f, "high start", call(f->rw.animal, 99999, 4, (void *) contractScratch(f, 3), 0));
    if (ready)
        DIFFER_NUMBER(f, "zero size", call(f->rw.animal, 1, 0, (void *) contractScratch(f, 3), 0));
    if (ready)
        DIFFER_NUMBER(f, "null buffer", call(f->rw.animal, 1, 4, NULL, 0));
    if (ready)
        DIFFER_NUMBER(f, "null and empty buffer", call(f->rw.animal, 1, 0, NULL, 0));
    if (ready)
        DIFFER_NUMBER(f, "unknown flags", call(f->rw.animal, 1, 4, (void *) contractScratch(f, 3), 1u << 30));
}

static void
differAnimalBlockStats(Contract *f)
{
    typeof(&virAnimalBlockStats) call = differFunction("virAnimalBlockStats");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", call(f->rw.animal, "x", (virAnimalInfoPtr) contractScratch(f, 2), CONTRACT_SCRATCH));
    if (ready)
        DIFFER_NUMBER(f, "read-only", call(f->ro.animal, "x", (virAnimalInfoPtr) contractScratch(f, 2), CONTRACT_SCRATCH));
    DIFFER_NUMBER(f, "null animal", call(NULL, "x", (virAnimalInfoPtr) contractScratch(f, 2), CONTRACT_SCRATCH));
    DIFFER_NUMBER(f, "wrong animal", call((virAnimalPtr) f->rw.conn, "x", (virAnimalInfoPtr) contractScratch(f, 2), CONTRACT_SCRATCH));
    if (ready)
        DIFFER_NUMBER(f, "null part", call(f->rw.animal, NULL, (virAnimalInfoPtr) contractScratch(f, 2), CONTRACT_SCRATCH));
    if (ready)
        DIFFER_NUMBER(f, "null stats", call(f->rw.animal, "x", NULL, CONTRACT_SCRATCH));
    if (ready)
        DIFFER_NUMBER(f, "zero size", call(f->rw.animal, "x", (virAnimalInfoPtr) contractScratch(f, 2), 0));
}

static void
differAnimalGetXMLDesc(Contract *f)
{
    typeof(&virAnimalGetXMLDesc) call = differFunction("virAnimalGetXMLDesc");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_POINTER(f, "good", call(f->rw.animal, 0));
    if (ready)
        DIFFER_POINTER(f, "read-only", call(f->ro.animal, 0));
    DIFFER_POINTER(f, "null animal", call(NULL, 0));
    DIFFER_POINTER(f, "wrong animal", call((virAnimalPtr) f->rw.conn, 0));
    if (ready)
        DIFFER_POINTER(f, "unknown flags", call(f->rw.animal, 1u << 30));
    if (ready)
        DIFFER_POINTER(f, "VIR_ANIMAL_WAKE_GENTLY flags", call(f->rw.animal, VIR_ANIMAL_WAKE_GENTLY));
    if (ready)
        DIFFER_POINTER(f, "VIR_ANIMAL_WAKE_LOUDLY flags", call(f->rw.animal, VIR_ANIMAL_WAKE_LOUDLY));
    if (ready)
        DIFFER_POINTER(f, "VIR_ANIMAL_WAKE_AGAIN flags", call(f->rw.animal, VIR_ANIMAL_WAKE_AGAIN));
    if (ready)
        DIFFER_POINTER(f, "read-only VIR_ANIMAL_WAKE_LOUDLY", call(f->ro.animal, VIR_ANIMAL_WAKE_LOUDLY));
}

static void
differAnimalInfoFree(Contract *f)
{
    typeof(&virAnimalInfoFree) call = differFunction("virAnimalInfoFree");

    if (!call)
        return;
    DIFFER_VOID(f, "good", call(NULL));
    DIFFER_VOID(f, "null info", call(NULL));
}

static void
differAnimalVisitFree(Contract *f)
{
    typeof(&virAnimalVisitFree) call = differFunction("virAnimalVisitFree");

    if (!call)
        return;
    DIFFER_VOID(f, "good", call(NULL));
    DIFFER_VOID(f, "null visit", call(NULL));
}

static void
differConnectGetAllVisits(Contract *f)
{
    typeof(&virConnectGetAllVisits) call = differFunction("virConnectGetAllVisits");

    if (!call)
        return;
    DIFFER_NUMBER(f, "good", call(f->rw.conn, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM));
    DIFFER_NUMBER(f, "read-only", call(f->ro.conn, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM));
    DIFFER_NUMBER(f, "null conn", call(NULL, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM));
    DIFFER_NUMBER(f, "wrong conn", call((virConnectPtr) f->rw.animal, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM));
    DIFFER_NUMBER(f, "null visits", call(f->rw.conn, NULL, VIR_ANIMAL_MOOD_CALM));
    DIFFER_NUMBER(f, "negative mood", call(f->rw.conn, (virAnimalVisitPtr **) contractScratch(f, 1), -1));
    DIFFER_NUMBER(f, "high mood", call(f->rw.conn, (virAnimalVisitPtr **) contractScratch(f, 1), 99999));
}

static void
differAnimalListGetVisits(Contract *f)
{
    typeof(&virAnimalListGetVisits) call = differFunction("virAnimalListGetVisits");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", call((virAnimalPtr[]) { f->rw.animal, NULL }, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "read-only", call((virAnimalPtr[]) { f->ro.animal, NULL }, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM));
    DIFFER_NUMBER(f, "null animals", call(NULL, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "null visits", call((virAnimalPtr[]) { f->rw.animal, NULL }, NULL, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "negative mood", call((virAnimalPtr[]) { f->rw.animal, NULL }, (virAnimalVisitPtr **) contractScratch(f, 1), -1));
    if (ready)
        DIFFER_NUMBER(f, "high mood", call((virAnimalPtr[]) { f->rw.animal, NULL }, (virAnimalVisitPtr **) contractScratch(f, 1), 99999));
}

static void
differAnimalGetGuests(Contract *f)
{
    typeof(&virAnimalGetGuests) call = differFunction("virAnimalGetGuests");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", call(f->rw.animal, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "read-only", call(f->ro.animal, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM));
    DIFFER_NUMBER(f, "null dom", call(NULL, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM));
    DIFFER_NUMBER(f, "wrong dom", call((virAnimalPtr) f->rw.conn, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "null visits", call(f->rw.animal, NULL, VIR_ANIMAL_MOOD_CALM));
    if (ready)
        DIFFER_NUMBER(f, "negative mood", call(f->rw.animal, (virAnimalVisitPtr **) contractScratch(f, 1), -1));
    if (ready)
        DIFFER_NUMBER(f, "high mood", call(f->rw.animal, (virAnimalVisitPtr **) contractScratch(f, 1), 99999));
    if (ready)
        DIFFER_NUMBER(f, "read-only VIR_ANIMAL_MOOD_ANGRY", call(f->ro.animal, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_ANGRY));
}

static void
differAnimalMarry(Contract *f)
{
    typeof(&virAnimalMarry) call = differFunction("virAnimalMarry");
    bool ready = call && differReady(f, "animal", f->rw.animal) && differReady(f, "cub", f->rw.cub);

    if (!call)
        return;
    if (ready)
        DIFFER_POINTER(f, "good", call(f->rw.animal, f->rw.animal, f->rw.cub));
    if (ready)
        DIFFER_POINTER(f, "read-only", call(f->ro.animal, f->ro.animal, f->ro.cub));
    if (ready)
        DIFFER_POINTER(f, "null animal", call(NULL, f->rw.animal, f->rw.cub));
    if (ready)
        DIFFER_POINTER(f, "wrong animal", call((virAnimalPtr) f->rw.conn, f->rw.animal, f->rw.cub));
    if (ready)
        DIFFER_POINTER(f, "null other", call(f->rw.animal, NULL, f->rw.cub));
    if (ready)
        DIFFER_POINTER(f, "wrong other", call(f->rw.animal, (virAnimalPtr) f->rw.conn, f->rw.cub));
    if (ready)
        DIFFER_POINTER(f, "foreign other", call(f->rw.animal, f->foreign.animal, f->rw.cub));
    if (ready)
        DIFFER_POINTER(f, "null witness", call(f->rw.animal, f->rw.animal, NULL));
    if (ready)
        DIFFER_POINTER(f, "wrong witness", call(f->rw.animal, f->rw.animal, (virCubPtr) f->rw.animal));
    if (ready)
        DIFFER_POINTER(f, "foreign witness", call(f->rw.animal, f->rw.animal, f->foreign.cub));
}

static void
differAnimalFilm(Contract *f)
{
    typeof(&virAnimalFilm) call = differFunction("virAnimalFilm");
    bool ready = call && differReady(f, "animal", f->rw.animal) && differReady(f, "stream", f->rw.stream);

    if (!call)
        return;
    if (ready)
        DIFFER_POINTER(f, "good", call(f->rw.animal, f->rw.stream, 0));
    if (ready)
        DIFFER_POINTER(f, "read-only", call(f->ro.animal, f->ro.stream, 0));
    if (ready)
        DIFFER_POINTER(f, "null animal", call(NULL, f->rw.stream, 0));
    if (ready)
        DIFFER_POINTER(f, "wrong animal", call((virAnimalPtr) f->rw.conn, f->rw.stream, 0));
    if (ready)
        DIFFER_POINTER(f, "null stream", call(f->rw.animal, NULL, 0));
    if (ready)
        DIFFER_POINTER(f, "wrong stream", call(f->rw.animal, (virStreamPtr) f->rw.animal, 0));
    if (ready)
        DIFFER_POINTER(f, "foreign stream", call(f->rw.animal, f->foreign.stream, 0));
    if (ready)
        DIFFER_POINTER(f, "unknown flags", call(f->rw.animal, f->rw.stream, 1u << 30));
}

static void
differAnimalLend(Contract *f)
{
    typeof(&virAnimalLend) call = differFunction("virAnimalLend");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", call(f->rw.animal, 1, (int[]) { f->fd }, f->fd, (int **) contractScratch(f, 4)));
    if (ready)
        DIFFER_NUMBER(f, "read-only", call(f->ro.animal, 1, (int[]) { f->fd }, f->fd, (int **) contractScratch(f, 4)));
    DIFFER_NUMBER(f, "null animal", call(NULL, 1, (int[]) { f->fd }, f->fd, (int **) contractScratch(f, 4)));
    DIFFER_NUMBER(f, "wrong animal", call((virAnimalPtr) f->rw.conn, 1, (int[]) { f->fd }, f->fd, (int **) contractScratch(f, 4)));
    if (ready)
        DIFFER_NUMBER(f, "zero nfiles", call(f->rw.animal, 0, (int[]) { f->fd }, f->fd, (int **) contractScratch(f, 4)));
    if (ready)
        DIFFER_NUMBER(f, "null files", call(f->rw.animal, 1, NULL, f->fd, (int **) contractScratch(f, 4)));
    if (ready)
        DIFFER_NUMBER(f, "null and empty files", call(f->rw.animal, 0, NULL, f->fd, (int **) contractScratch(f, 4)));
    if (ready)
        DIFFER_NUMBER(f, "negative door", call(f->rw.animal, 1, (int[]) { f->fd }, -1, (int **) contractScratch(f, 4)));
    if (ready)
        DIFFER_NUMBER(f, "high door", call(f->rw.animal, 1, (int[]) { f->fd }, 99999, (int **) contractScratch(f, 4)));
    if (ready)
        DIFFER_NUMBER(f, "null opened", call(f->rw.animal, 1, (int[]) { f->fd }, f->fd, NULL));
}

static void
differAnimalGetMeals(Contract *f)
{
    typeof(&virAnimalGetMeals) call = differFunction("virAnimalGetMeals");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", call(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), 4, 1, 0));
    if (ready)
        DIFFER_NUMBER(f, "read-only", call(f->ro.animal, (virTypedParameterPtr) contractScratch(f, 1), 4, 1, 0));
    DIFFER_NUMBER(f, "null animal", call(NULL, (virTypedParameterPtr) contractScratch(f, 1), 4, 1, 0));
    DIFFER_NUMBER(f, "wrong animal", call((virAnimalPtr) f->rw.conn, (virTypedParameterPtr) contractScratch(f, 1), 4, 1, 0));
    if (ready)
        DIFFER_NUMBER(f, "null params", call(f->rw.animal, NULL, 4, 1, 0));
    if (ready)
        DIFFER_NUMBER(f, "null and empty params", call(f->rw.animal, NULL, 0, 1, 0));
    if (ready)
        DIFFER_NUMBER(f, "zero nparams", call(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), 0, 1, 0));
    if (ready)
        DIFFER_NUMBER(f, "zero ndays", call(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), 4, 0, 0));
    if (ready)
        DIFFER_NUMBER(f, "high ndays", call(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), 4, 99999, 0));
    if (ready)
        DIFFER_NUMBER(f, "unknown flags", call(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), 4, 1, 1u << 30));
}

static void
differAnimalGetStripes(Contract *f)
{
    typeof(&virAnimalGetStripes) call = differFunction("virAnimalGetStripes");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", call(f->rw.animal, (unsigned char **) contractScratch(f, 1)));
    if (ready)
        DIFFER_NUMBER(f, "read-only", call(f->ro.animal, (unsigned char **) contractScratch(f, 1)));
    DIFFER_NUMBER(f, "null animal", call(NULL, (unsigned char **) contractScratch(f, 1)));
    DIFFER_NUMBER(f, "wrong animal", call((virAnimalPtr) f->rw.conn, (unsigned char **) contractScratch(f, 1)));
    if (ready)
        DIFFER_NUMBER(f, "null stripes", call(f->rw.animal, NULL));
}

static void
differAnimalGetVoice(Contract *f)
{
    typeof(&virAnimalGetVoice) call = differFunction("virAnimalGetVoice");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_POINTER(f, "good", call(f->rw.animal, (size_t *) contractScratch(f, 1)));
    if (ready)
        DIFFER_POINTER(f, "read-only", call(f->ro.animal, (size_t *) contractScratch(f, 1)));
    DIFFER_POINTER(f, "null animal", call(NULL, (size_t *) contractScratch(f, 1)));
    DIFFER_POINTER(f, "wrong animal", call((virAnimalPtr) f->rw.conn, (size_t *) contractScratch(f, 1)));
    if (ready)
        DIFFER_POINTER(f, "null size", call(f->rw.animal, NULL));
}

static void
differAnimalOpenDoor(Contract *f)
{
    typeof(&virAnimalOpenDoor) call = differFunction("virAnimalOpenDoor");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", call(f->rw.animal));
    if (ready)
        DIFFER_NUMBER(f, "read-only", call(f->ro.animal));
    DIFFER_NUMBER(f, "null animal", call(NULL));
    DIFFER_NUMBER(f, "wrong animal", call((virAnimalPtr) f->rw.conn));
}

static void
differAnimalGetOrigin(Contract *f)
{
    typeof(&virAnimalGetOrigin) call = differFunction("virAnimalGetOrigin");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_POINTER(f, "good", call(f->rw.animal));
    if (ready)
        DIFFER_POINTER(f, "read-only", call(f->ro.animal));
    DIFFER_POINTER(f, "null animal", call(NULL));
    DIFFER_POINTER(f, "wrong animal", call((virAnimalPtr) f->rw.conn));
}

static void
differDenSweep(Contract *f)
{
    typeof(&virDenSweep) call = differFunction("virDenSweep");
    bool ready = call && differReady(f, "den", f->rw.den);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", call(f->rw.den));
    if (ready)
        DIFFER_NUMBER(f, "read-only", call(f->ro.den));
    DIFFER_NUMBER(f, "null den", call(NULL));
    DIFFER_NUMBER(f, "wrong den", call((virDenPtr) f->rw.animal));
}

static void
differAnimalListGetStats(Contract *f)
{
    typeof(&virAnimalListGetStats) call = differFunction("virAnimalListGetStats");
    bool ready = call && differReady(f, "animal", f->rw.animal);

    if (!call)
        return;
    if (ready)
        DIFFER_NUMBER(f, "good", call((virAnimalPtr[]) { f->rw.animal, NULL }, 0));
    if (ready)
        DIFFER_NUMBER(f, "read-only", call((virAnimalPtr[]) { f->ro.animal, NULL }, 0));
    DIFFER_NUMBER(f, "null animals", call(NULL, 0));
    if (ready)
        DIFFER_NUMBER(f, "unknown flags", call((virAnimalPtr[]) { f->rw.animal, NULL }, 1u << 30));
    if (ready)
        DIFFER_NUMBER(f, "VIR_CONNECT_LIST_ANIMALS_AWAKE flags", call((virAnimalPtr[]) { f->rw.animal, NULL }, VIR_CONNECT_LIST_ANIMALS_AWAKE));
    if (ready)
        DIFFER_NUMBER(f, "VIR_CONNECT_LIST_ANIMALS_ASLEEP flags", call((virAnimalPtr[]) { f->rw.animal, NULL }, VIR_CONNECT_LIST_ANIMALS_ASLEEP));
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
    { "virDenSweep", differDenSweep },
    { "virAnimalListGetStats", differAnimalListGetStats },
    { NULL, NULL },
};
