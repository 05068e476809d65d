/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/animal.xml; change that, not this. */
/* Contracts of the functions of api/animal.xml. */

#include <libvirt/libvirt-animal.h>
#include <libvirt/virterror.h>

#include "contract/contract.h"

static void
contractConnectWashAnimal(Contract *f)
{
    contractFails(f, "good", !virConnectWashAnimal(f->rw.conn, "x"),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", !virConnectWashAnimal(f->ro.conn, "x"),
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_OPERATION_DENIED);
    contractFails(f, "null conn", !virConnectWashAnimal(NULL, "x"),
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "wrong conn", !virConnectWashAnimal((virConnectPtr) f->rw.animal, "x"),
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "freed conn", !virConnectWashAnimal(f->freed.conn, "x"),
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "null xml", !virConnectWashAnimal(f->rw.conn, NULL),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
}

static void
contractAnimalFree(Contract *f)
{
    contractFails(f, "null animal", virAnimalFree(NULL) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", virAnimalFree((virAnimalPtr) f->rw.conn) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", virAnimalFree(f->freed.animal) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
}

static void
contractAnimalGetName(Contract *f)
{
    contractHonest(f, "good", !virAnimalGetName(f->rw.animal),
                   f->rw.conn);
    contractHonest(f, "read-only", !virAnimalGetName(f->ro.animal),
                   f->ro.conn);
    contractFails(f, "null animal", !virAnimalGetName(NULL),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", !virAnimalGetName((virAnimalPtr) f->rw.conn),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", !virAnimalGetName(f->freed.animal),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
}

static void
contractAnimalGetUUID(Contract *f)
{
    contractHonest(f, "good", virAnimalGetUUID(f->rw.animal, (unsigned char *) contractScratch(f, 1)) == -1,
                   f->rw.conn);
    contractHonest(f, "read-only", virAnimalGetUUID(f->ro.animal, (unsigned char *) contractScratch(f, 1)) == -1,
                   f->ro.conn);
    contractFails(f, "null animal", virAnimalGetUUID(NULL, (unsigned char *) contractScratch(f, 1)) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", virAnimalGetUUID((virAnimalPtr) f->rw.conn, (unsigned char *) contractScratch(f, 1)) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", virAnimalGetUUID(f->freed.animal, (unsigned char *) contractScratch(f, 1)) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "null uuid", virAnimalGetUUID(f->rw.animal, NULL) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
}

static void
contractAnimalGetUUIDString(Contract *f)
{
    contractHonest(f, "good", virAnimalGetUUIDString(f->rw.animal, (char *) contractScratch(f, 1)) == -1,
                   f->rw.conn);
    contractHonest(f, "read-only", virAnimalGetUUIDString(f->ro.animal, (char *) contractScratch(f, 1)) == -1,
                   f->ro.conn);
    contractFails(f, "null animal", virAnimalGetUUIDString(NULL, (char *) contractScratch(f, 1)) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", virAnimalGetUUIDString((virAnimalPtr) f->rw.conn, (char *) contractScratch(f, 1)) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", virAnimalGetUUIDString(f->freed.animal, (char *) contractScratch(f, 1)) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "null buf", virAnimalGetUUIDString(f->rw.animal, NULL) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
}

static void
contractAnimalGetConnect(Contract *f)
{
    contractHonest(f, "good", !virAnimalGetConnect(f->rw.animal),
                   f->rw.conn);
    contractHonest(f, "read-only", !virAnimalGetConnect(f->ro.animal),
                   f->ro.conn);
    contractFails(f, "null animal", !virAnimalGetConnect(NULL),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", !virAnimalGetConnect((virAnimalPtr) f->rw.conn),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", !virAnimalGetConnect(f->freed.animal),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
}

static void
contractCubGetAnimal(Contract *f)
{
    contractHonest(f, "good", !virCubGetAnimal(f->rw.cub),
                   f->rw.conn);
    contractHonest(f, "read-only", !virCubGetAnimal(f->ro.cub),
                   f->ro.conn);
    contractFails(f, "null cub", !virCubGetAnimal(NULL),
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong cub", !virCubGetAnimal((virCubPtr) f->rw.animal),
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed cub", !virCubGetAnimal(f->freed.cub),
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
}

static void
contractAnimalLookupByName(Contract *f)
{
    contractFails(f, "good", !virAnimalLookupByName(f->rw.conn, "leo"),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", !virAnimalLookupByName(f->ro.conn, "leo"),
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null conn", !virAnimalLookupByName(NULL, "leo"),
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "wrong conn", !virAnimalLookupByName((virConnectPtr) f->rw.animal, "leo"),
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "freed conn", !virAnimalLookupByName(f->freed.conn, "leo"),
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "null name", !virAnimalLookupByName(f->rw.conn, NULL),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
}

static void
contractAnimalLookupByUUID(Contract *f)
{
    contractFails(f, "good", !virAnimalLookupByUUID(f->rw.conn, f->uuid.animal),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", !virAnimalLookupByUUID(f->ro.conn, f->uuid.animal),
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null conn", !virAnimalLookupByUUID(NULL, f->uuid.animal),
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "wrong conn", !virAnimalLookupByUUID((virConnectPtr) f->rw.animal, f->uuid.animal),
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "freed conn", !virAnimalLookupByUUID(f->freed.conn, f->uuid.animal),
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "null uuid", !virAnimalLookupByUUID(f->rw.conn, NULL),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
}

static void
contractAnimalLookupByUUIDString(Contract *f)
{
    contractFails(f, "good", !virAnimalLookupByUUIDString(f->rw.conn, f->uuidText.animal),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", !virAnimalLookupByUUIDString(f->ro.conn, f->uuidText.animal),
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null conn", !virAnimalLookupByUUIDString(NULL, f->uuidText.animal),
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "wrong conn", !virAnimalLookupByUUIDString((virConnectPtr) f->rw.animal, f->uuidText.animal),
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "freed conn", !virAnimalLookupByUUIDString(f->freed.conn, f->uuidText.animal),
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "null uuid", !virAnimalLookupByUUIDString(f->rw.conn, NULL),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "not-uuid uuid", !virAnimalLookupByUUIDString(f->rw.conn, "not-a-uuid"),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
}

static void
contractAnimalLookupByID(Contract *f)
{
    contractFails(f, "good", !virAnimalLookupByID(f->rw.conn, 1),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", !virAnimalLookupByID(f->ro.conn, 1),
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null conn", !virAnimalLookupByID(NULL, 1),
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "wrong conn", !virAnimalLookupByID((virConnectPtr) f->rw.animal, 1),
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "freed conn", !virAnimalLookupByID(f->freed.conn, 1),
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "negative id", !virAnimalLookupByID(f->rw.conn, -1),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "high id", !virAnimalLookupByID(f->rw.conn, 99999),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
}

static void
contractConnectListAnimals(Contract *f)
{
    contractFails(f, "good", virConnectListAnimals(f->rw.conn, (char **const) contractScratch(f, 1), 4) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virConnectListAnimals(f->ro.conn, (char **const) contractScratch(f, 1), 4) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null conn", virConnectListAnimals(NULL, (char **const) contractScratch(f, 1), 4) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "wrong conn", virConnectListAnimals((virConnectPtr) f->rw.animal, (char **const) contractScratch(f, 1), 4) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "freed conn", virConnectListAnimals(f->freed.conn, (char **const) contractScratch(f, 1), 4) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "null names", virConnectListAnimals(f->rw.conn, NULL, 4) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "null and empty names", virConnectListAnimals(f->rw.conn, NULL, 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "zero maxnames", virConnectListAnimals(f->rw.conn, (char **const) contractScratch(f, 1), 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "negative maxnames", virConnectListAnimals(f->rw.conn, (char **const) contractScratch(f, 1), -1) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
}

static void
contractConnectListAllAnimals(Contract *f)
{
    contractFails(f, "good", virConnectListAllAnimals(f->rw.conn, (virAnimalPtr **) contractScratch(f, 1), 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virConnectListAllAnimals(f->ro.conn, (virAnimalPtr **) contractScratch(f, 1), 0) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null conn", virConnectListAllAnimals(NULL, (virAnimalPtr **) contractScratch(f, 1), 0) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "wrong conn", virConnectListAllAnimals((virConnectPtr) f->rw.animal, (virAnimalPtr **) contractScratch(f, 1), 0) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "freed conn", virConnectListAllAnimals(f->freed.conn, (virAnimalPtr **) contractScratch(f, 1), 0) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "null animals", virConnectListAllAnimals(f->rw.conn, NULL, 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "unknown flags", virConnectListAllAnimals(f->rw.conn, (virAnimalPtr **) contractScratch(f, 1), 1u << 30) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "VIR_CONNECT_LIST_ANIMALS_AWAKE flags", virConnectListAllAnimals(f->rw.conn, (virAnimalPtr **) contractScratch(f, 1), VIR_CONNECT_LIST_ANIMALS_AWAKE) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "VIR_CONNECT_LIST_ANIMALS_ASLEEP flags", virConnectListAllAnimals(f->rw.conn, (virAnimalPtr **) contractScratch(f, 1), VIR_CONNECT_LIST_ANIMALS_ASLEEP) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
}

static void
contractConnectNumOfAnimals(Contract *f)
{
    contractFails(f, "good", virConnectNumOfAnimals(f->rw.conn) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virConnectNumOfAnimals(f->ro.conn) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null conn", virConnectNumOfAnimals(NULL) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "wrong conn", virConnectNumOfAnimals((virConnectPtr) f->rw.animal) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "freed conn", virConnectNumOfAnimals(f->freed.conn) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
}

static void
contractConnectAnimalEventRegisterAny(Contract *f)
{
    contractFails(f, "good", virConnectAnimalEventRegisterAny(f->rw.conn, f->rw.animal, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virConnectAnimalEventRegisterAny(f->ro.conn, f->ro.animal, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null conn", virConnectAnimalEventRegisterAny(NULL, f->rw.animal, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "wrong conn", virConnectAnimalEventRegisterAny((virConnectPtr) f->rw.animal, f->rw.animal, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "freed conn", virConnectAnimalEventRegisterAny(f->freed.conn, f->rw.animal, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "null animal", virConnectAnimalEventRegisterAny(f->rw.conn, NULL, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "wrong animal", virConnectAnimalEventRegisterAny(f->rw.conn, (virAnimalPtr) f->rw.conn, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL) == -1,
                  f->rw.conn, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", virConnectAnimalEventRegisterAny(f->rw.conn, f->freed.animal, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL) == -1,
                  f->rw.conn, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "foreign animal", virConnectAnimalEventRegisterAny(f->rw.conn, f->foreign.animal, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "negative eventID", virConnectAnimalEventRegisterAny(f->rw.conn, f->rw.animal, -1, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "high eventID", virConnectAnimalEventRegisterAny(f->rw.conn, f->rw.animal, 99999, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "null cb", virConnectAnimalEventRegisterAny(f->rw.conn, f->rw.animal, VIR_ANIMAL_EVENT_ID_LIFECYCLE, NULL, NULL, NULL) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "null opaque", virConnectAnimalEventRegisterAny(f->rw.conn, f->rw.animal, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null freecb", virConnectAnimalEventRegisterAny(f->rw.conn, f->rw.animal, VIR_ANIMAL_EVENT_ID_LIFECYCLE, (virConnectAnimalEventGenericCallback) contractCallback, NULL, NULL) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
}

static void
contractConnectAnimalEventDeregisterAny(Contract *f)
{
    contractFails(f, "good", virConnectAnimalEventDeregisterAny(f->rw.conn, 1) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virConnectAnimalEventDeregisterAny(f->ro.conn, 1) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null conn", virConnectAnimalEventDeregisterAny(NULL, 1) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "wrong conn", virConnectAnimalEventDeregisterAny((virConnectPtr) f->rw.animal, 1) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "freed conn", virConnectAnimalEventDeregisterAny(f->freed.conn, 1) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "negative callbackID", virConnectAnimalEventDeregisterAny(f->rw.conn, -1) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "high callbackID", virConnectAnimalEventDeregisterAny(f->rw.conn, 99999) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
}

static void
contractConnectAnimalEventRegister(Contract *f)
{
    contractFails(f, "good", virConnectAnimalEventRegister(f->rw.conn, (virConnectAnimalEventLifecycleCallback) contractCallback, NULL, NULL) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virConnectAnimalEventRegister(f->ro.conn, (virConnectAnimalEventLifecycleCallback) contractCallback, NULL, NULL) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null conn", virConnectAnimalEventRegister(NULL, (virConnectAnimalEventLifecycleCallback) contractCallback, NULL, NULL) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "wrong conn", virConnectAnimalEventRegister((virConnectPtr) f->rw.animal, (virConnectAnimalEventLifecycleCallback) contractCallback, NULL, NULL) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "freed conn", virConnectAnimalEventRegister(f->freed.conn, (virConnectAnimalEventLifecycleCallback) contractCallback, NULL, NULL) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "null cb", virConnectAnimalEventRegister(f->rw.conn, NULL, NULL, NULL) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "null opaque", virConnectAnimalEventRegister(f->rw.conn, (virConnectAnimalEventLifecycleCallback) contractCallback, NULL, NULL) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null freecb", virConnectAnimalEventRegister(f->rw.conn, (virConnectAnimalEventLifecycleCallback) contractCallback, NULL, NULL) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
}

static void
contractConnectAnimalEventDeregister(Contract *f)
{
    contractFails(f, "good", virConnectAnimalEventDeregister(f->rw.conn, (virConnectAnimalEventLifecycleCallback) contractCallback) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virConnectAnimalEventDeregister(f->ro.conn, (virConnectAnimalEventLifecycleCallback) contractCallback) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null conn", virConnectAnimalEventDeregister(NULL, (virConnectAnimalEventLifecycleCallback) contractCallback) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "wrong conn", virConnectAnimalEventDeregister((virConnectPtr) f->rw.animal, (virConnectAnimalEventLifecycleCallback) contractCallback) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "freed conn", virConnectAnimalEventDeregister(f->freed.conn, (virConnectAnimalEventLifecycleCallback) contractCallback) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "null cb", virConnectAnimalEventDeregister(f->rw.conn, NULL) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
}

static void
contractAnimalWake(Contract *f)
{
    contractFails(f, "good", virAnimalWake(f->rw.animal, 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virAnimalWake(f->ro.animal, 0) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_OPERATION_DENIED);
    contractFails(f, "null animal", virAnimalWake(NULL, 0) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", virAnimalWake((virAnimalPtr) f->rw.conn, 0) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", virAnimalWake(f->freed.animal, 0) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "unknown flags", virAnimalWake(f->rw.animal, 1u << 30) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "VIR_ANIMAL_WAKE_GENTLY flags", virAnimalWake(f->rw.animal, VIR_ANIMAL_WAKE_GENTLY) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "VIR_ANIMAL_WAKE_LOUDLY flags", virAnimalWake(f->rw.animal, VIR_ANIMAL_WAKE_LOUDLY) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "VIR_ANIMAL_WAKE_AGAIN flags", virAnimalWake(f->rw.animal, VIR_ANIMAL_WAKE_AGAIN) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "VIR_ANIMAL_WAKE_AGAIN alone", virAnimalWake(f->rw.animal, VIR_ANIMAL_WAKE_AGAIN) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "VIR_ANIMAL_WAKE_GENTLY and VIR_ANIMAL_WAKE_LOUDLY", virAnimalWake(f->rw.animal, VIR_ANIMAL_WAKE_GENTLY | VIR_ANIMAL_WAKE_LOUDLY) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
}

static void
contractAnimalGetInfo(Contract *f)
{
    contractFails(f, "good", virAnimalGetInfo(f->rw.animal, (virAnimalInfoPtr) contractScratch(f, 1)) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virAnimalGetInfo(f->ro.animal, (virAnimalInfoPtr) contractScratch(f, 1)) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null animal", virAnimalGetInfo(NULL, (virAnimalInfoPtr) contractScratch(f, 1)) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", virAnimalGetInfo((virAnimalPtr) f->rw.conn, (virAnimalInfoPtr) contractScratch(f, 1)) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", virAnimalGetInfo(f->freed.animal, (virAnimalInfoPtr) contractScratch(f, 1)) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "null info", virAnimalGetInfo(f->rw.animal, NULL) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
}

static void
contractAnimalGetMood(Contract *f)
{
    contractFails(f, "good", virAnimalGetMood(f->rw.animal, (int *) contractScratch(f, 1), (int *) contractScratch(f, 2), 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virAnimalGetMood(f->ro.animal, (int *) contractScratch(f, 1), (int *) contractScratch(f, 2), 0) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null animal", virAnimalGetMood(NULL, (int *) contractScratch(f, 1), (int *) contractScratch(f, 2), 0) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", virAnimalGetMood((virAnimalPtr) f->rw.conn, (int *) contractScratch(f, 1), (int *) contractScratch(f, 2), 0) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", virAnimalGetMood(f->freed.animal, (int *) contractScratch(f, 1), (int *) contractScratch(f, 2), 0) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "null mood", virAnimalGetMood(f->rw.animal, NULL, (int *) contractScratch(f, 2), 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "null reason", virAnimalGetMood(f->rw.animal, (int *) contractScratch(f, 1), NULL, 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "unknown flags", virAnimalGetMood(f->rw.animal, (int *) contractScratch(f, 1), (int *) contractScratch(f, 2), 1u << 30) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
}

static void
contractAnimalGetWeight(Contract *f)
{
    contractFails(f, "good", virAnimalGetWeight(f->rw.animal) == 0,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virAnimalGetWeight(f->ro.animal) == 0,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null animal", virAnimalGetWeight(NULL) == 0,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", virAnimalGetWeight((virAnimalPtr) f->rw.conn) == 0,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", virAnimalGetWeight(f->freed.animal) == 0,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
}

static void
contractAnimalFeed(Contract *f)
{
    contractFails(f, "good", virAnimalFeed(f->rw.animal, 1, 1, 1, 1, 1, 0, VIR_ANIMAL_MOOD_CALM) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virAnimalFeed(f->ro.animal, 1, 1, 1, 1, 1, 0, VIR_ANIMAL_MOOD_CALM) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_OPERATION_DENIED);
    contractFails(f, "null animal", virAnimalFeed(NULL, 1, 1, 1, 1, 1, 0, VIR_ANIMAL_MOOD_CALM) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", virAnimalFeed((virAnimalPtr) f->rw.conn, 1, 1, 1, 1, 1, 0, VIR_ANIMAL_MOOD_CALM) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", virAnimalFeed(f->freed.animal, 1, 1, 1, 1, 1, 0, VIR_ANIMAL_MOOD_CALM) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "negative small", virAnimalFeed(f->rw.animal, -1, 1, 1, 1, 1, 0, VIR_ANIMAL_MOOD_CALM) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "high small", virAnimalFeed(f->rw.animal, 99999, 1, 1, 1, 1, 0, VIR_ANIMAL_MOOD_CALM) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "zero natural", virAnimalFeed(f->rw.animal, 1, 0, 1, 1, 1, 0, VIR_ANIMAL_MOOD_CALM) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "high natural", virAnimalFeed(f->rw.animal, 1, 99999, 1, 1, 1, 0, VIR_ANIMAL_MOOD_CALM) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "zero large", virAnimalFeed(f->rw.animal, 1, 1, 0, 1, 1, 0, VIR_ANIMAL_MOOD_CALM) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "high large", virAnimalFeed(f->rw.animal, 1, 1, 99999, 1, 1, 0, VIR_ANIMAL_MOOD_CALM) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "zero huge", virAnimalFeed(f->rw.animal, 1, 1, 1, 0, 1, 0, VIR_ANIMAL_MOOD_CALM) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "high huge", virAnimalFeed(f->rw.animal, 1, 1, 1, 99999, 1, 0, VIR_ANIMAL_MOOD_CALM) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "negative raw", virAnimalFeed(f->rw.animal, 1, 1, 1, 1, 1, -1, VIR_ANIMAL_MOOD_CALM) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "high raw", virAnimalFeed(f->rw.animal, 1, 1, 1, 1, 1, 99999, VIR_ANIMAL_MOOD_CALM) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "negative mood", virAnimalFeed(f->rw.animal, 1, 1, 1, 1, 1, 0, -1) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "high mood", virAnimalFeed(f->rw.animal, 1, 1, 1, 1, 1, 0, 99999) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
}

static void
contractAnimalTell(Contract *f)
{
    contractFails(f, "good", !virAnimalTell(f->rw.animal, "x", NULL, (const char *[]) { "x", NULL }, 1, (char **) contractScratch(f, 5)),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", !virAnimalTell(f->ro.animal, "x", NULL, (const char *[]) { "x", NULL }, 1, (char **) contractScratch(f, 5)),
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_OPERATION_DENIED);
    contractFails(f, "null animal", !virAnimalTell(NULL, "x", NULL, (const char *[]) { "x", NULL }, 1, (char **) contractScratch(f, 5)),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", !virAnimalTell((virAnimalPtr) f->rw.conn, "x", NULL, (const char *[]) { "x", NULL }, 1, (char **) contractScratch(f, 5)),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", !virAnimalTell(f->freed.animal, "x", NULL, (const char *[]) { "x", NULL }, 1, (char **) contractScratch(f, 5)),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "null word", !virAnimalTell(f->rw.animal, NULL, NULL, (const char *[]) { "x", NULL }, 1, (char **) contractScratch(f, 5)),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "null password", !virAnimalTell(f->rw.animal, "x", NULL, (const char *[]) { "x", NULL }, 1, (char **) contractScratch(f, 5)),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null words", !virAnimalTell(f->rw.animal, "x", NULL, NULL, 1, (char **) contractScratch(f, 5)),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "null and empty words", !virAnimalTell(f->rw.animal, "x", NULL, NULL, 0, (char **) contractScratch(f, 5)),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "zero nwords", !virAnimalTell(f->rw.animal, "x", NULL, (const char *[]) { "x", NULL }, 0, (char **) contractScratch(f, 5)),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null answer", !virAnimalTell(f->rw.animal, "x", NULL, (const char *[]) { "x", NULL }, 1, NULL),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
}

static void
contractAnimalGetTracks(Contract *f)
{
    contractFails(f, "good", virAnimalGetTracks(f->rw.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virAnimalGetTracks(f->ro.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null animal", virAnimalGetTracks(NULL, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", virAnimalGetTracks((virAnimalPtr) f->rw.conn, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", virAnimalGetTracks(f->freed.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "null places", virAnimalGetTracks(f->rw.animal, NULL, 1, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "null and empty places", virAnimalGetTracks(f->rw.animal, NULL, 0, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "zero nplaces", virAnimalGetTracks(f->rw.animal, (unsigned int[]) { 1 }, 0, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null times", virAnimalGetTracks(f->rw.animal, (unsigned int[]) { 1 }, 1, NULL, 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "null and empty times", virAnimalGetTracks(f->rw.animal, (unsigned int[]) { 1 }, 1, NULL, 0, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "zero maxtimes", virAnimalGetTracks(f->rw.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 0, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "negative maxtimes", virAnimalGetTracks(f->rw.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), -1, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 4)) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "null facts", virAnimalGetTracks(f->rw.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, NULL, (int *) contractCount(f, 6, 4)) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "null and empty facts", virAnimalGetTracks(f->rw.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, NULL, (int *) contractCount(f, 6, 0)) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "null nfacts", virAnimalGetTracks(f->rw.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), NULL) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "zero nfacts", virAnimalGetTracks(f->rw.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, 0)) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "negative nfacts", virAnimalGetTracks(f->rw.animal, (unsigned int[]) { 1 }, 1, (unsigned long long *) contractScratch(f, 3), 4, (virAnimalInfoPtr **) contractScratch(f, 5), (int *) contractCount(f, 6, -1)) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
}

static void
contractAnimalGetDiet(Contract *f)
{
    contractFails(f, "good", virAnimalGetDiet(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virAnimalGetDiet(f->ro.animal, (virTypedParameterPtr) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 0) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null animal", virAnimalGetDiet(NULL, (virTypedParameterPtr) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 0) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", virAnimalGetDiet((virAnimalPtr) f->rw.conn, (virTypedParameterPtr) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 0) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", virAnimalGetDiet(f->freed.animal, (virTypedParameterPtr) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 0) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "null params", virAnimalGetDiet(f->rw.animal, NULL, (int *) contractCount(f, 2, 4), 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "null and empty params", virAnimalGetDiet(f->rw.animal, NULL, (int *) contractCount(f, 2, 0), 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null nparams", virAnimalGetDiet(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), NULL, 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "zero nparams", virAnimalGetDiet(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), (int *) contractCount(f, 2, 0), 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "negative nparams", virAnimalGetDiet(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), (int *) contractCount(f, 2, -1), 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "unknown flags", virAnimalGetDiet(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 1u << 30) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
}

static void
contractAnimalSetDiet(Contract *f)
{
    contractFails(f, "good", virAnimalSetDiet(f->rw.animal, f->params, 1, f->params, 1) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virAnimalSetDiet(f->ro.animal, f->params, 1, f->params, 1) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_OPERATION_DENIED);
    contractFails(f, "null animal", virAnimalSetDiet(NULL, f->params, 1, f->params, 1) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", virAnimalSetDiet((virAnimalPtr) f->rw.conn, f->params, 1, f->params, 1) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", virAnimalSetDiet(f->freed.animal, f->params, 1, f->params, 1) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "null params", virAnimalSetDiet(f->rw.animal, NULL, 1, f->params, 1) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "null and empty params", virAnimalSetDiet(f->rw.animal, NULL, 0, f->params, 1) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "zero nparams", virAnimalSetDiet(f->rw.animal, f->params, 0, f->params, 1) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "negative nparams", virAnimalSetDiet(f->rw.animal, f->params, -1, f->params, 1) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "null more", virAnimalSetDiet(f->rw.animal, f->params, 1, NULL, 1) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "null and empty more", virAnimalSetDiet(f->rw.animal, f->params, 1, NULL, 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "zero nmore", virAnimalSetDiet(f->rw.animal, f->params, 1, f->params, 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "negative nmore", virAnimalSetDiet(f->rw.animal, f->params, 1, f->params, -1) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
}

static void
contractAnimalGetStats(Contract *f)
{
    contractFails(f, "good", virAnimalGetStats(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virAnimalGetStats(f->ro.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 0) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null animal", virAnimalGetStats(NULL, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 0) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", virAnimalGetStats((virAnimalPtr) f->rw.conn, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 0) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", virAnimalGetStats(f->freed.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 0) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "null params", virAnimalGetStats(f->rw.animal, NULL, (int *) contractCount(f, 2, 4), 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "null and empty params", virAnimalGetStats(f->rw.animal, NULL, (int *) contractCount(f, 2, 0), 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "null nparams", virAnimalGetStats(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), NULL, 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "zero nparams", virAnimalGetStats(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 0), 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "negative nparams", virAnimalGetStats(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, -1), 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "unknown flags", virAnimalGetStats(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), 1u << 30) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "VIR_ANIMAL_WAKE_GENTLY flags", virAnimalGetStats(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), VIR_ANIMAL_WAKE_GENTLY) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "VIR_ANIMAL_WAKE_LOUDLY flags", virAnimalGetStats(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), VIR_ANIMAL_WAKE_LOUDLY) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "VIR_ANIMAL_WAKE_AGAIN flags", virAnimalGetStats(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), VIR_ANIMAL_WAKE_AGAIN) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "VIR_CONNECT_LIST_ANIMALS_AWAKE flags", virAnimalGetStats(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), VIR_CONNECT_LIST_ANIMALS_AWAKE) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "VIR_CONNECT_LIST_ANIMALS_ASLEEP flags", virAnimalGetStats(f->rw.animal, (virTypedParameterPtr *) contractScratch(f, 1), (int *) contractCount(f, 2, 4), VIR_CONNECT_LIST_ANIMALS_ASLEEP) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
}

static void
contractAnimalPin(Contract *f)
{
    contractFails(f, "good", virAnimalPin(f->rw.animal, (unsigned char *) "\1", 1) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virAnimalPin(f->ro.animal, (unsigned char *) "\1", 1) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_OPERATION_DENIED);
    contractFails(f, "null animal", virAnimalPin(NULL, (unsigned char *) "\1", 1) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", virAnimalPin((virAnimalPtr) f->rw.conn, (unsigned char *) "\1", 1) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", virAnimalPin(f->freed.animal, (unsigned char *) "\1", 1) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "null cages", virAnimalPin(f->rw.animal, NULL, 1) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "zero maplen", virAnimalPin(f->rw.animal, (unsigned char *) "\1", 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "negative maplen", virAnimalPin(f->rw.animal, (unsigned char *) "\1", -1) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
}

static void
contractAnimalGetPins(Contract *f)
{
    contractFails(f, "good", virAnimalGetPins(f->rw.animal, 4, (unsigned char *) contractScratch(f, 2), 1) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virAnimalGetPins(f->ro.animal, 4, (unsigned char *) contractScratch(f, 2), 1) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null animal", virAnimalGetPins(NULL, 4, (unsigned char *) contractScratch(f, 2), 1) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", virAnimalGetPins((virAnimalPtr) f->rw.conn, 4, (unsigned char *) contractScratch(f, 2), 1) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", virAnimalGetPins(f->freed.animal, 4, (unsigned char *) contractScratch(f, 2), 1) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "zero nlegs", virAnimalGetPins(f->rw.animal, 0, (unsigned char *) contractScratch(f, 2), 1) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "negative nlegs", virAnimalGetPins(f->rw.animal, -1, (unsigned char *) contractScratch(f, 2), 1) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "null cages", virAnimalGetPins(f->rw.animal, 4, NULL, 1) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "null and empty cages", virAnimalGetPins(f->rw.animal, 0, NULL, 1) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "zero maplen", virAnimalGetPins(f->rw.animal, 4, (unsigned char *) contractScratch(f, 2), 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "negative maplen", virAnimalGetPins(f->rw.animal, 4, (unsigned char *) contractScratch(f, 2), -1) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
}

static void
contractAnimalPeek(Contract *f)
{
    contractFails(f, "good", virAnimalPeek(f->rw.animal, 1, 4, (void *) contractScratch(f, 3), 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virAnimalPeek(f->ro.animal, 1, 4, (void *) contractScratch(f, 3), 0) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_OPERATION_DENIED);
    contractFails(f, "null animal", virAnimalPeek(NULL, 1, 4, (void *) contractScratch(f, 3), 0) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", virAnimalPeek((virAnimalPtr) f->rw.conn, 1, 4, (void *) contractScratch(f, 3), 0) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", virAnimalPeek(f->freed.animal, 1, 4, (void *) contractScratch(f, 3), 0) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "zero start", virAnimalPeek(f->rw.animal, 0, 4, (void *) contractScratch(f, 3), 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "high start", virAnimalPeek(f->rw.animal, 99999, 4, (void *) contractScratch(f, 3), 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "zero size", virAnimalPeek(f->rw.animal, 1, 0, (void *) contractScratch(f, 3), 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null buffer", virAnimalPeek(f->rw.animal, 1, 4, NULL, 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "null and empty buffer", virAnimalPeek(f->rw.animal, 1, 0, NULL, 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "unknown flags", virAnimalPeek(f->rw.animal, 1, 4, (void *) contractScratch(f, 3), 1u << 30) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
}

static void
contractAnimalBlockStats(Contract *f)
{
    contractFails(f, "good", virAnimalBlockStats(f->rw.animal, "x", (virAnimalInfoPtr) contractScratch(f, 2), CONTRACT_SCRATCH) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virAnimalBlockStats(f->ro.animal, "x", (virAnimalInfoPtr) contractScratch(f, 2), CONTRACT_SCRATCH) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null animal", virAnimalBlockStats(NULL, "x", (virAnimalInfoPtr) contractScratch(f, 2), CONTRACT_SCRATCH) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", virAnimalBlockStats((virAnimalPtr) f->rw.conn, "x", (virAnimalInfoPtr) contractScratch(f, 2), CONTRACT_SCRATCH) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", virAnimalBlockStats(f->freed.animal, "x", (virAnimalInfoPtr) contractScratch(f, 2), CONTRACT_SCRATCH) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "null part", virAnimalBlockStats(f->rw.animal, NULL, (virAnimalInfoPtr) contractScratch(f, 2), CONTRACT_SCRATCH) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "null stats", virAnimalBlockStats(f->rw.animal, "x", NULL, CONTRACT_SCRATCH) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "zero size", virAnimalBlockStats(f->rw.animal, "x", (virAnimalInfoPtr) contractScratch(f, 2), 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
}

static void
contractAnimalGetXMLDesc(Contract *f)
{
    contractFails(f, "good", !virAnimalGetXMLDesc(f->rw.animal, 0),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", !virAnimalGetXMLDesc(f->ro.animal, 0),
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null animal", !virAnimalGetXMLDesc(NULL, 0),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", !virAnimalGetXMLDesc((virAnimalPtr) f->rw.conn, 0),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", !virAnimalGetXMLDesc(f->freed.animal, 0),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "unknown flags", !virAnimalGetXMLDesc(f->rw.animal, 1u << 30),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "VIR_ANIMAL_WAKE_GENTLY flags", !virAnimalGetXMLDesc(f->rw.animal, VIR_ANIMAL_WAKE_GENTLY),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "VIR_ANIMAL_WAKE_LOUDLY flags", !virAnimalGetXMLDesc(f->rw.animal, VIR_ANIMAL_WAKE_LOUDLY),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "VIR_ANIMAL_WAKE_AGAIN flags", !virAnimalGetXMLDesc(f->rw.animal, VIR_ANIMAL_WAKE_AGAIN),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only VIR_ANIMAL_WAKE_LOUDLY", !virAnimalGetXMLDesc(f->ro.animal, VIR_ANIMAL_WAKE_LOUDLY),
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_OPERATION_DENIED);
}

static void
contractAnimalInfoFree(Contract *f)
{
    contractCalled(f, "good", (virAnimalInfoFree(NULL), true));
}

static void
contractAnimalVisitFree(Contract *f)
{
    contractCalled(f, "good", (virAnimalVisitFree(NULL), true));
}

static void
contractConnectGetAllVisits(Contract *f)
{
    contractFails(f, "good", virConnectGetAllVisits(f->rw.conn, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virConnectGetAllVisits(f->ro.conn, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null conn", virConnectGetAllVisits(NULL, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "wrong conn", virConnectGetAllVisits((virConnectPtr) f->rw.animal, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "freed conn", virConnectGetAllVisits(f->freed.conn, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_CONN);
    contractFails(f, "null visits", virConnectGetAllVisits(f->rw.conn, NULL, VIR_ANIMAL_MOOD_CALM) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "negative mood", virConnectGetAllVisits(f->rw.conn, (virAnimalVisitPtr **) contractScratch(f, 1), -1) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "high mood", virConnectGetAllVisits(f->rw.conn, (virAnimalVisitPtr **) contractScratch(f, 1), 99999) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
}

static void
contractAnimalListGetVisits(Contract *f)
{
    contractHonest(f, "good", virAnimalListGetVisits((virAnimalPtr[]) { f->rw.animal, NULL }, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM) == -1,
                   NULL);
    contractHonest(f, "read-only", virAnimalListGetVisits((virAnimalPtr[]) { f->ro.animal, NULL }, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM) == -1,
                   NULL);
    contractFails(f, "null animals", virAnimalListGetVisits(NULL, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "null visits", virAnimalListGetVisits((virAnimalPtr[]) { f->rw.animal, NULL }, NULL, VIR_ANIMAL_MOOD_CALM) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractHonest(f, "negative mood", virAnimalListGetVisits((virAnimalPtr[]) { f->rw.animal, NULL }, (virAnimalVisitPtr **) contractScratch(f, 1), -1) == -1,
                   NULL);
    contractHonest(f, "high mood", virAnimalListGetVisits((virAnimalPtr[]) { f->rw.animal, NULL }, (virAnimalVisitPtr **) contractScratch(f, 1), 99999) == -1,
                   NULL);
}

static void
contractAnimalGetGuests(Contract *f)
{
    contractFails(f, "good", virAnimalGetGuests(f->rw.animal, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virAnimalGetGuests(f->ro.animal, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null dom", virAnimalGetGuests(NULL, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong dom", virAnimalGetGuests((virAnimalPtr) f->rw.conn, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed dom", virAnimalGetGuests(f->freed.animal, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_CALM) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "null visits", virAnimalGetGuests(f->rw.animal, NULL, VIR_ANIMAL_MOOD_CALM) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "negative mood", virAnimalGetGuests(f->rw.animal, (virAnimalVisitPtr **) contractScratch(f, 1), -1) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "high mood", virAnimalGetGuests(f->rw.animal, (virAnimalVisitPtr **) contractScratch(f, 1), 99999) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only VIR_ANIMAL_MOOD_ANGRY", virAnimalGetGuests(f->ro.animal, (virAnimalVisitPtr **) contractScratch(f, 1), VIR_ANIMAL_MOOD_ANGRY) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_OPERATION_DENIED);
}

static void
contractAnimalMarry(Contract *f)
{
    contractFails(f, "good", !virAnimalMarry(f->rw.animal, f->rw.animal, f->rw.cub),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", !virAnimalMarry(f->ro.animal, f->ro.animal, f->ro.cub),
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_OPERATION_DENIED);
    contractFails(f, "null animal", !virAnimalMarry(NULL, f->rw.animal, f->rw.cub),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", !virAnimalMarry((virAnimalPtr) f->rw.conn, f->rw.animal, f->rw.cub),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", !virAnimalMarry(f->freed.animal, f->rw.animal, f->rw.cub),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "null other", !virAnimalMarry(f->rw.animal, NULL, f->rw.cub),
                  f->rw.conn, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong other", !virAnimalMarry(f->rw.animal, (virAnimalPtr) f->rw.conn, f->rw.cub),
                  f->rw.conn, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed other", !virAnimalMarry(f->rw.animal, f->freed.animal, f->rw.cub),
                  f->rw.conn, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "foreign other", !virAnimalMarry(f->rw.animal, f->foreign.animal, f->rw.cub),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "null witness", !virAnimalMarry(f->rw.animal, f->rw.animal, NULL),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "wrong witness", !virAnimalMarry(f->rw.animal, f->rw.animal, (virCubPtr) f->rw.animal),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed witness", !virAnimalMarry(f->rw.animal, f->rw.animal, f->freed.cub),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "foreign witness", !virAnimalMarry(f->rw.animal, f->rw.animal, f->foreign.cub),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
}

static void
contractAnimalFilm(Contract *f)
{
    contractFails(f, "good", !virAnimalFilm(f->rw.animal, f->rw.stream, 0),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", !virAnimalFilm(f->ro.animal, f->ro.stream, 0),
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null animal", !virAnimalFilm(NULL, f->rw.stream, 0),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", !virAnimalFilm((virAnimalPtr) f->rw.conn, f->rw.stream, 0),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", !virAnimalFilm(f->freed.animal, f->rw.stream, 0),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "null stream", !virAnimalFilm(f->rw.animal, NULL, 0),
                  f->rw.conn, VIR_FROM_STREAMS, VIR_ERR_INVALID_STREAM);
    contractFails(f, "wrong stream", !virAnimalFilm(f->rw.animal, (virStreamPtr) f->rw.animal, 0),
                  f->rw.conn, VIR_FROM_STREAMS, VIR_ERR_INVALID_STREAM);
    contractFails(f, "freed stream", !virAnimalFilm(f->rw.animal, f->freed.stream, 0),
                  f->rw.conn, VIR_FROM_STREAMS, VIR_ERR_INVALID_STREAM);
    contractFails(f, "foreign stream", !virAnimalFilm(f->rw.animal, f->foreign.stream, 0),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "unknown flags", !virAnimalFilm(f->rw.animal, f->rw.stream, 1u << 30),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
}

static void
contractAnimalLend(Contract *f)
{
    contractFails(f, "good", virAnimalLend(f->rw.animal, 1, (int[]) { f->fd }, f->fd, (int **) contractScratch(f, 4)) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virAnimalLend(f->ro.animal, 1, (int[]) { f->fd }, f->fd, (int **) contractScratch(f, 4)) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_OPERATION_DENIED);
    contractFails(f, "null animal", virAnimalLend(NULL, 1, (int[]) { f->fd }, f->fd, (int **) contractScratch(f, 4)) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", virAnimalLend((virAnimalPtr) f->rw.conn, 1, (int[]) { f->fd }, f->fd, (int **) contractScratch(f, 4)) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", virAnimalLend(f->freed.animal, 1, (int[]) { f->fd }, f->fd, (int **) contractScratch(f, 4)) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "zero nfiles", virAnimalLend(f->rw.animal, 0, (int[]) { f->fd }, f->fd, (int **) contractScratch(f, 4)) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null files", virAnimalLend(f->rw.animal, 1, NULL, f->fd, (int **) contractScratch(f, 4)) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null and empty files", virAnimalLend(f->rw.animal, 0, NULL, f->fd, (int **) contractScratch(f, 4)) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "negative door", virAnimalLend(f->rw.animal, 1, (int[]) { f->fd }, -1, (int **) contractScratch(f, 4)) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "high door", virAnimalLend(f->rw.animal, 1, (int[]) { f->fd }, 99999, (int **) contractScratch(f, 4)) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null opened", virAnimalLend(f->rw.animal, 1, (int[]) { f->fd }, f->fd, NULL) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
}

static void
contractAnimalGetMeals(Contract *f)
{
    contractFails(f, "good", virAnimalGetMeals(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), 4, 1, 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virAnimalGetMeals(f->ro.animal, (virTypedParameterPtr) contractScratch(f, 1), 4, 1, 0) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null animal", virAnimalGetMeals(NULL, (virTypedParameterPtr) contractScratch(f, 1), 4, 1, 0) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", virAnimalGetMeals((virAnimalPtr) f->rw.conn, (virTypedParameterPtr) contractScratch(f, 1), 4, 1, 0) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", virAnimalGetMeals(f->freed.animal, (virTypedParameterPtr) contractScratch(f, 1), 4, 1, 0) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "null params", virAnimalGetMeals(f->rw.animal, NULL, 4, 1, 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null and empty params", virAnimalGetMeals(f->rw.animal, NULL, 0, 1, 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "zero nparams", virAnimalGetMeals(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), 0, 1, 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "zero ndays", virAnimalGetMeals(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), 4, 0, 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "high ndays", virAnimalGetMeals(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), 4, 99999, 0) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "unknown flags", virAnimalGetMeals(f->rw.animal, (virTypedParameterPtr) contractScratch(f, 1), 4, 1, 1u << 30) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
}

static void
contractAnimalGetStripes(Contract *f)
{
    contractFails(f, "good", virAnimalGetStripes(f->rw.animal, (unsigned char **) contractScratch(f, 1)) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virAnimalGetStripes(f->ro.animal, (unsigned char **) contractScratch(f, 1)) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null animal", virAnimalGetStripes(NULL, (unsigned char **) contractScratch(f, 1)) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", virAnimalGetStripes((virAnimalPtr) f->rw.conn, (unsigned char **) contractScratch(f, 1)) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", virAnimalGetStripes(f->freed.animal, (unsigned char **) contractScratch(f, 1)) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "null stripes", virAnimalGetStripes(f->rw.animal, NULL) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
}

static void
contractAnimalGetVoice(Contract *f)
{
    contractFails(f, "good", !virAnimalGetVoice(f->rw.animal, (size_t *) contractScratch(f, 1)),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", !virAnimalGetVoice(f->ro.animal, (size_t *) contractScratch(f, 1)),
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null animal", !virAnimalGetVoice(NULL, (size_t *) contractScratch(f, 1)),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", !virAnimalGetVoice((virAnimalPtr) f->rw.conn, (size_t *) contractScratch(f, 1)),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", !virAnimalGetVoice(f->freed.animal, (size_t *) contractScratch(f, 1)),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "null size", !virAnimalGetVoice(f->rw.animal, NULL),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
}

static void
contractAnimalOpenDoor(Contract *f)
{
    contractFails(f, "good", virAnimalOpenDoor(f->rw.animal) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virAnimalOpenDoor(f->ro.animal) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_OPERATION_DENIED);
    contractFails(f, "null animal", virAnimalOpenDoor(NULL) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", virAnimalOpenDoor((virAnimalPtr) f->rw.conn) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", virAnimalOpenDoor(f->freed.animal) == -1,
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
}

static void
contractAnimalGetOrigin(Contract *f)
{
    contractFails(f, "good", !virAnimalGetOrigin(f->rw.animal),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", !virAnimalGetOrigin(f->ro.animal),
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null animal", !virAnimalGetOrigin(NULL),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", !virAnimalGetOrigin((virAnimalPtr) f->rw.conn),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", !virAnimalGetOrigin(f->freed.animal),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
}

static void
contractDenLookupByName(Contract *f)
{
    contractFails(f, "good", !virDenLookupByName(f->rw.animal, "x"),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", !virDenLookupByName(f->ro.animal, "x"),
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "null animal", !virDenLookupByName(NULL, "x"),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong animal", !virDenLookupByName((virAnimalPtr) f->rw.conn, "x"),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed animal", !virDenLookupByName(f->freed.animal, "x"),
                  NULL, VIR_FROM_ANI, VIR_ERR_INVALID_ARG);
    contractFails(f, "null name", !virDenLookupByName(f->rw.animal, NULL),
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
}

static void
contractDenSweep(Contract *f)
{
    contractFails(f, "good", virDenSweep(f->rw.den) == -1,
                  f->rw.conn, VIR_FROM_ANIMAL, VIR_ERR_NO_SUPPORT);
    contractFails(f, "read-only", virDenSweep(f->ro.den) == -1,
                  f->ro.conn, VIR_FROM_ANIMAL, VIR_ERR_OPERATION_DENIED);
    contractFails(f, "null den", virDenSweep(NULL) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "wrong den", virDenSweep((virDenPtr) f->rw.animal) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "freed den", virDenSweep(f->freed.den) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
}

static void
contractAnimalListGetStats(Contract *f)
{
    contractHonest(f, "good", virAnimalListGetStats((virAnimalPtr[]) { f->rw.animal, NULL }, 0) == -1,
                   NULL);
    contractHonest(f, "read-only", virAnimalListGetStats((virAnimalPtr[]) { f->ro.animal, NULL }, 0) == -1,
                   NULL);
    contractFails(f, "null animals", virAnimalListGetStats(NULL, 0) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractFails(f, "unknown flags", virAnimalListGetStats((virAnimalPtr[]) { f->rw.animal, NULL }, 1u << 30) == -1,
                  NULL, VIR_FROM_ANIMAL, VIR_ERR_INVALID_ARG);
    contractHonest(f, "VIR_CONNECT_LIST_ANIMALS_AWAKE flags", virAnimalListGetStats((virAnimalPtr[]) { f->rw.animal, NULL }, VIR_CONNECT_LIST_ANIMALS_AWAKE) == -1,
                   NULL);
    contractHonest(f, "VIR_CONNECT_LIST_ANIMALS_ASLEEP flags", virAnimalListGetStats((virAnimalPtr[]) { f->rw.animal, NULL }, VIR_CONNECT_LIST_ANIMALS_ASLEEP) == -1,
                   NULL);
}

const ContractFunction contractAnimalFunctions[] = {
    { "virConnectWashAnimal", contractConnectWashAnimal },
    { "virAnimalFree", contractAnimalFree },
    { "virAnimalGetName", contractAnimalGetName },
    { "virAnimalGetUUID", contractAnimalGetUUID },
    { "virAnimalGetUUIDString", contractAnimalGetUUIDString },
    { "virAnimalGetConnect", contractAnimalGetConnect },
    { "virCubGetAnimal", contractCubGetAnimal },
    { "virAnimalLookupByName", contractAnimalLookupByName },
    { "virAnimalLookupByUUID", contractAnimalLookupByUUID },
    { "virAnimalLookupByUUIDString", contractAnimalLookupByUUIDString },
    { "virAnimalLookupByID", contractAnimalLookupByID },
    { "virConnectListAnimals", contractConnectListAnimals },
    { "virConnectListAllAnimals", contractConnectListAllAnimals },
    { "virConnectNumOfAnimals", contractConnectNumOfAnimals },
    { "virConnectAnimalEventRegisterAny", contractConnectAnimalEventRegisterAny },
    { "virConnectAnimalEventDeregisterAny", contractConnectAnimalEventDeregisterAny },
    { "virConnectAnimalEventRegister", contractConnectAnimalEventRegister },
    { "virConnectAnimalEventDeregister", contractConnectAnimalEventDeregister },
    { "virAnimalWake", contractAnimalWake },
    { "virAnimalGetInfo", contractAnimalGetInfo },
    { "virAnimalGetMood", contractAnimalGetMood },
    { "virAnimalGetWeight", contractAnimalGetWeight },
    { "virAnimalFeed", contractAnimalFeed },
    { "virAnimalTell", contractAnimalTell },
    { "virAnimalGetTracks", contractAnimalGetTracks },
    { "virAnimalGetDiet", contractAnimalGetDiet },
    { "virAnimalSetDiet", contractAnimalSetDiet },
    { "virAnimalGetStats", contractAnimalGetStats },
    { "virAnimalPin", contractAnimalPin },
    { "virAnimalGetPins", contractAnimalGetPins },
    { "virAnimalPeek", contractAnimalPeek },
    { "virAnimalBlockStats", contractAnimalBlockStats },
    { "virAnimalGetXMLDesc", contractAnimalGetXMLDesc },
    { "virAnimalInfoFree", contractAnimalInfoFree },
    { "virAnimalVisitFree", contractAnimalVisitFree },
    { "virConnectGetAllVisits", contractConnectGetAllVisits },
    { "virAnimalListGetVisits", contractAnimalListGetVisits },
    { "virAnimalGetGuests", contractAnimalGetGuests },
    { "virAnimalMarry", contractAnimalMarry },
    { "virAnimalFilm", contractAnimalFilm },
    { "virAnimalLend", contractAnimalLend },
    { "virAnimalGetMeals", contractAnimalGetMeals },
    { "virAnimalGetStripes", contractAnimalGetStripes },
    { "virAnimalGetVoice", contractAnimalGetVoice },
    { "virAnimalOpenDoor", contractAnimalOpenDoor },
    { "virAnimalGetOrigin", contractAnimalGetOrigin },
    { "virDenLookupByName", contractDenLookupByName },
    { "virDenSweep", contractDenSweep },
    { "virAnimalListGetStats", contractAnimalListGetStats },
    { NULL, NULL },
};
