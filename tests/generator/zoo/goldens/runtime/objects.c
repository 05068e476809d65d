/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/* Object handles: construction and disposal. */

#include "runtime/objects.h"

#include <string.h>

#include <glib.h>

#include "runtime/connect.h"

static void
virAnimalDispose(virHandle *handle)
{
    virAnimalPtr self = (virAnimalPtr) handle;

    g_free(self->name);
    virHandleUnref(&self->conn->handle);
}

const virHandleClass virAnimalClass = {
    .name = "virAnimal",
    .size = sizeof(struct _virAnimal),
    .invalidCode = VIR_ERR_INVALID_ARG,
    .dispose = virAnimalDispose,
};

virAnimalPtr
virAnimalNew(virConnectPtr conn,
             const char *name,
             const unsigned char *uuid,
             int id)
{
    virAnimalPtr self = virHandleNew(&virAnimalClass);

    virHandleRef(&conn->handle);
    self->conn = conn;
    self->name = g_strdup(name);
    memcpy(self->uuid, uuid, VIR_UUID_BUFLEN);
    self->id = id;
    return self;
}

static void
virCubDispose(virHandle *handle)
{
    virCubPtr self = (virCubPtr) handle;

    g_free(self->name);
    virHandleUnref(&self->animal->handle);
}

const virHandleClass virCubClass = {
    .name = "virCub",
    .size = sizeof(struct _virCub),
    .invalidCode = VIR_ERR_INVALID_ARG,
    .dispose = virCubDispose,
};

virCubPtr
virCubNew(virAnimalPtr animal, const char *name)
{
    virCubPtr self = virHandleNew(&virCubClass);

    virHandleRef(&animal->handle);
    self->animal = animal;
    self->name = g_strdup(name);
    return self;
}

static void
virDenDispose(virHandle *handle)
{
    virDenPtr self = (virDenPtr) handle;

    g_free(self->name);
    g_free(self->floor);
    g_free(self->owner);
    virHandleUnref(&self->conn->handle);
}

const virHandleClass virDenClass = {
    .name = "virDen",
    .size = sizeof(struct _virDen),
    .invalidCode = VIR_ERR_INVALID_ARG,
    .dispose = virDenDispose,
};

virDenPtr
virDenNew(virConnectPtr conn,
          const char *name,
          const char *floor,
          int mood,
          const char *owner)
{
    virDenPtr self = virHandleNew(&virDenClass);

    virHandleRef(&conn->handle);
    self->conn = conn;
    self->name = g_strdup(name);
    self->floor = g_strdup(floor);
    self->mood = mood;
    self->owner = g_strdup(owner);
    return self;
}
