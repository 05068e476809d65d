/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/* Handles and their identity on the wire: virWirePut... borrows from the handle, virWireGet... makes one. */

#pragma once

#include <string.h>

#include "runtime/objects.h"
#include "wire/remote.h"

static inline void
virWirePutAnimal(virWireAnimal *wire,
                 virAnimalPtr handle)
{
    wire->name = handle->name;
    memcpy(wire->uuid, handle->uuid, sizeof(wire->uuid));
    wire->id = handle->id;
}

static inline virAnimalPtr
virWireGetAnimal(virConnectPtr conn, const virWireAnimal *wire)
{
    return virAnimalNew(conn, wire->name, wire->uuid, wire->id);
}

static inline void
virWirePutCub(virWireCub *wire,
              virCubPtr handle)
{
    wire->name = handle->name;
    virWirePutAnimal(&wire->animal, handle->animal);
}

static inline virCubPtr
virWireGetCub(virConnectPtr conn, const virWireCub *wire)
{
    virAnimalPtr parent = virWireGetAnimal(conn, &wire->animal);
    virCubPtr handle = virCubNew(parent, wire->name);

    virHandleUnref(&parent->handle);
    return handle;
}

static inline void
virWirePutDen(virWireDen *wire,
              virDenPtr handle)
{
    wire->name = handle->name;
}

static inline virDenPtr
virWireGetDen(virConnectPtr conn, const virWireDen *wire)
{
    return virDenNew(conn, wire->name, NULL, 0, NULL);
}
