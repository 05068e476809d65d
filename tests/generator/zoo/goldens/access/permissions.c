/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/* What is told of an object to who decides, and what each permission is called there. */

#include "access/guard.h"
#include "access/permissions.h"
#include "runtime/objects.h"

static void
describeAnimal(virAccessDetails *details, const void *handle)
{
    const struct _virAnimal *self = handle;

    virAccessTell(details, "animal_name", self->name);
    virAccessTellUUID(details, "animal_uuid", self->uuid);
}

static void
describeDen(virAccessDetails *details, const void *handle)
{
    const struct _virDen *self = handle;
    virAnimalPtr holder = virAccessBehind(self->conn)->zoo->AnimalLookupByName(self->conn, self->owner);

    if (holder)
        describeAnimal(details, holder);
    virHandleUnref((virHandle *) holder);
    virAccessTell(details, "hole_name", self->name);
    if (self->mood == VIR_ANIMAL_MOOD_CALM)
        virAccessTell(details, "hole_ground", self->floor);
    if (self->mood == VIR_ANIMAL_MOOD_ANGRY)
        virAccessTell(details, "hole_trap", self->floor);
}

/* In the order of their numbers. */
const virAccessAction virAccessActions[VIR_ACCESS_PERMISSIONS] = {
    { "org.libvirt.api.connect.getattr", NULL },
    { "org.libvirt.api.connect.read", NULL },
    { "org.libvirt.api.connect.write", NULL },
    { "org.libvirt.api.animal.getattr", describeAnimal },
    { "org.libvirt.api.animal.read", describeAnimal },
    { "org.libvirt.api.animal.write", describeAnimal },
    { "org.libvirt.api.den.write", describeDen },
};
