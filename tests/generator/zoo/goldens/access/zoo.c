/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/* Checks in front of the hooks of the group zoo. */

#include "access/checks.h"

#include <glib.h>
#include <libvirt/libvirt.h>

#include "access/guard.h"
#include "access/permissions.h"
#include "base/uuid.h"
#include "runtime/error.h"
#include "runtime/objects.h"

static virAnimalPtr
knownAnimal(virAnimalPtr animal)
{
    virAnimalPtr found = NULL;

    if (!virAccessBehind(animal->conn)->zoo->AnimalLookupByUUID)
        virAccessUnknown("AnimalLookupByUUID");
    else
        found = virAccessBehind(animal->conn)->zoo->AnimalLookupByUUID(animal->conn, animal->uuid);
    return found;
}

static virDenPtr
knownDen(virDenPtr den)
{
    virAnimalPtr of = NULL;
    virDenPtr found = NULL;

    if (!virAccessBehind(den->conn)->zoo->DenLookupByName)
        virAccessUnknown("DenLookupByName");
    else
        of = virAccessBehind(den->conn)->zoo->AnimalLookupByName(den->conn, den->owner);
    if (of)
        found = virAccessBehind(den->conn)->zoo->DenLookupByName(of, den->name);
    virHandleUnref((virHandle *) of);
    return found;
}

static virAnimalPtr
mayConnectWashAnimal(virConnectPtr conn, const char *xml)
{
    static const virAccessPermission needed[] = {
        VIR_ACCESS_ANIMAL_WRITE,
    };
    virAnimalPtr ret = NULL;

    if (virAccessToldMay(conn, conn, virAccessAnimalOfDocument, xml,
                         NULL, needed, 1))
        ret = virAccessBehind(conn)->zoo->ConnectWashAnimal(conn, xml);
    return ret;
}

static virAnimalPtr
mayAnimalLookupByName(virConnectPtr conn, const char *name)
{
    virAnimalPtr ret = NULL;

    ret = virAccessBehind(conn)->zoo->AnimalLookupByName(conn, name);
    if (ret && !virAccessMay(conn, VIR_ACCESS_ANIMAL_GETATTR, ret)) {
        virHandleUnref((virHandle *) ret);
        ret = NULL;
    }
    return ret;
}

static virAnimalPtr
mayAnimalLookupByUUID(virConnectPtr conn, const unsigned char *uuid)
{
    virAnimalPtr ret = NULL;

    ret = virAccessBehind(conn)->zoo->AnimalLookupByUUID(conn, uuid);
    if (ret && !virAccessMay(conn, VIR_ACCESS_ANIMAL_GETATTR, ret)) {
        virHandleUnref((virHandle *) ret);
        ret = NULL;
    }
    return ret;
}

static int
visibleConnectListAnimals(virConnectPtr conn, virAnimalPtr **found)
{
    int room, count;
    g_autofree char **names = NULL;

    if (!virAccessBehind(conn)->zoo->ConnectNumOfAnimals || !virAccessBehind(conn)->zoo->AnimalLookupByName)
        return virAccessUnknown("ConnectListAnimals");
    room = virAccessBehind(conn)->zoo->ConnectNumOfAnimals(conn);
    if (room < 0)
        return -1;
    names = g_new0(char *, (size_t) room + 1);
    count = virAccessBehind(conn)->zoo->ConnectListAnimals(conn, names, room);
    *found = g_new0(virAnimalPtr, (size_t) MAX(count, 0) + 1);
    for (int i = 0; i < count; i++) {
        (*found)[i] = virAccessBehind(conn)->zoo->AnimalLookupByName(conn, names[i]);
        g_free(names[i]);
    }
    return virAccessFilter(conn, VIR_ACCESS_ANIMAL_GETATTR, (void **) *found, count);
}

static int
mayConnectListAnimals(virConnectPtr conn, char **const names, int maxnames)
{
    virAnimalPtr *found = NULL;
    int ret = -1;

    if (virAccessMay(conn, VIR_ACCESS_CONNECT_READ, conn))
        ret = visibleConnectListAnimals(conn, &found);
    ret = MIN(ret, maxnames);
    for (int i = 0; i < ret; i++)
        names[i] = g_strdup(found[i]->name);
    virAccessGive((void **) found, NULL);
    return ret;
}

static int
mayConnectListAllAnimals(virConnectPtr conn,
                         virAnimalPtr **animals,
                         unsigned int flags)
{
    virAnimalPtr *found = NULL;
    int ret = -1;

    if (virAccessMay(conn, VIR_ACCESS_CONNECT_READ, conn))
        ret = virAccessBehind(conn)->zoo->ConnectListAllAnimals(conn, &found, flags);
    ret = virAccessFilter(conn, VIR_ACCESS_ANIMAL_GETATTR, (void **) found, ret);
    virAccessGive((void **) found, (void ***) animals);
    return ret;
}

static int
mayConnectAnimalEventRegisterAny(virConnectPtr conn,
                                 virAnimalPtr animal,
                                 int eventID,
                                 virConnectAnimalEventGenericCallback cb,
                                 void *opaque,
                                 virFreeCallback freecb)
{
    if (!virAccessMay(conn, VIR_ACCESS_CONNECT_READ, NULL))
        return -1;
    return virAccessBehind(conn)->zoo->ConnectAnimalEventRegisterAny(conn, animal, eventID, cb, opaque, freecb);
}

static int
mayConnectAnimalEventDeregisterAny(virConnectPtr conn, int callbackID)
{
    if (!virAccessMay(conn, VIR_ACCESS_CONNECT_READ, NULL))
        return -1;
    return virAccessBehind(conn)->zoo->ConnectAnimalEventDeregisterAny(conn, callbackID);
}

static int
mayConnectAnimalEventRegister(virConnectPtr conn,
                              virConnectAnimalEventLifecycleCallback cb,
                              void *opaque,
                              virFreeCallback freecb)
{
    if (!virAccessMay(conn, VIR_ACCESS_CONNECT_READ, NULL))
        return -1;
    return virAccessBehind(conn)->zoo->ConnectAnimalEventRegister(conn, cb, opaque, freecb);
}

static int
mayConnectAnimalEventDeregister(virConnectPtr conn,
                                virConnectAnimalEventLifecycleCallback cb)
{
    if (!virAccessMay(conn, VIR_ACCESS_CONNECT_READ, NULL))
        return -1;
    return virAccessBehind(conn)->zoo->ConnectAnimalEventDeregister(conn, cb);
}

static int
mayAnimalWake(virAnimalPtr animal, unsigned int flags)
{
    virAnimalPtr known = knownAnimal(animal);
    int ret = -1;

    if (known &&
        virAccessMay(animal->conn, VIR_ACCESS_ANIMAL_WRITE, known) &&
        (!(flags & VIR_ANIMAL_WAKE_GENTLY) ||
         virAccessMay(animal->conn, VIR_ACCESS_ANIMAL_READ, known)))
        ret = virAccessBehind(animal->conn)->zoo->AnimalWake(known, flags);
    virHandleUnref((virHandle *) known);
    return ret;
}

static int
mayAnimalGetInfo(virAnimalPtr animal, virAnimalInfoPtr info)
{
    virAnimalPtr known = knownAnimal(animal);
    int ret = -1;

    if (known &&
        virAccessMay(animal->conn, VIR_ACCESS_ANIMAL_READ, known))
        ret = virAccessBehind(animal->conn)->zoo->AnimalGetInfo(known, info);
    virHandleUnref((virHandle *) known);
    return ret;
}

static int
mayAnimalGetMood(virAnimalPtr animal, int *mood, int *reason, unsigned int flags)
{
    virAnimalPtr known = knownAnimal(animal);
    int ret = -1;

    if (known &&
        virAccessMay(animal->conn, VIR_ACCESS_ANIMAL_READ, known))
        ret = virAccessBehind(animal->conn)->zoo->AnimalGetMood(known, mood, reason, flags);
    virHandleUnref((virHandle *) known);
    return ret;
}

static int
mayAnimalGetDiet(virAnimalPtr animal,
                 virTypedParameterPtr params,
                 int *nparams,
                 unsigned int flags)
{
    virAnimalPtr known = knownAnimal(animal);
    int ret = -1;

    if (known &&
        virAccessMay(animal->conn, VIR_ACCESS_ANIMAL_READ, known))
        ret = virAccessBehind(animal->conn)->zoo->AnimalGetDiet(known, params, nparams, flags);
    virHandleUnref((virHandle *) known);
    return ret;
}

static virDenPtr
mayDenLookupByName(virAnimalPtr animal, const char *name)
{
    virAnimalPtr known = knownAnimal(animal);
    virDenPtr ret = NULL;

    if (known)
        ret = virAccessBehind(animal->conn)->zoo->DenLookupByName(known, name);
    if (ret && !virAccessMay(animal->conn, VIR_ACCESS_DEN_WRITE, ret)) {
        virHandleUnref((virHandle *) ret);
        ret = NULL;
    }
    virHandleUnref((virHandle *) known);
    return ret;
}

static int
mayDenSweep(virDenPtr den)
{
    virDenPtr known = knownDen(den);
    int ret = -1;

    if (known &&
        virAccessMay(den->conn, VIR_ACCESS_DEN_WRITE, known))
        ret = virAccessBehind(den->conn)->zoo->DenSweep(known);
    virHandleUnref((virHandle *) known);
    return ret;
}

static int
mayConnectKeeperRegister(virConnectPtr conn,
                         virAnimalPtr animal,
                         virKeeperCallback cb,
                         void *opaque,
                         virFreeCallback freecb)
{
    if (!virAccessMay(conn, VIR_ACCESS_CONNECT_WRITE, NULL))
        return -1;
    return virAccessBehind(conn)->zoo->ConnectKeeperRegister(conn, animal, cb, opaque, freecb);
}

static int
mayAnimalTransportBegin(virAnimalPtr animal,
                        const unsigned char *papers_in,
                        int papersinlen,
                        unsigned char **papers_out,
                        int *papersoutlen,
                        char **address)
{
    virAnimalPtr known = knownAnimal(animal);
    int ret = -1;

    if (known &&
        virAccessMay(animal->conn, VIR_ACCESS_ANIMAL_WRITE, known))
        ret = virAccessBehind(animal->conn)->zoo->AnimalTransportBegin(known,
                                                         papers_in,
                                                         papersinlen,
                                                         papers_out,
                                                         papersoutlen,
                                                         address);
    virHandleUnref((virHandle *) known);
    return ret;
}

const virZooDriver virAccessZooChecks = {
    .ConnectWashAnimal = mayConnectWashAnimal,
    .AnimalLookupByName = mayAnimalLookupByName,
    .AnimalLookupByUUID = mayAnimalLookupByUUID,
    .ConnectListAnimals = mayConnectListAnimals,
    .ConnectListAllAnimals = mayConnectListAllAnimals,
    .ConnectAnimalEventRegisterAny = mayConnectAnimalEventRegisterAny,
    .ConnectAnimalEventDeregisterAny = mayConnectAnimalEventDeregisterAny,
    .ConnectAnimalEventRegister = mayConnectAnimalEventRegister,
    .ConnectAnimalEventDeregister = mayConnectAnimalEventDeregister,
    .AnimalWake = mayAnimalWake,
    .AnimalGetInfo = mayAnimalGetInfo,
    .AnimalGetMood = mayAnimalGetMood,
    .AnimalGetDiet = mayAnimalGetDiet,
    .DenLookupByName = mayDenLookupByName,
    .DenSweep = mayDenSweep,
    .ConnectKeeperRegister = mayConnectKeeperRegister,
    .AnimalTransportBegin = mayAnimalTransportBegin,
};
