/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/* Object handles: identity, parent and class. */

#pragma once

#include <libvirt/libvirt.h>
#include <libvirt/libvirt-admin.h>

#include "runtime/handle.h"

VIR_MODULE_API extern const virHandleClass virConnectClass;

VIR_MODULE_API extern const virHandleClass virStreamClass;

VIR_MODULE_API extern const virHandleClass virAnimalClass;

VIR_MODULE_API extern const virHandleClass virCubClass;

VIR_MODULE_API extern const virHandleClass virDenClass;

struct _virAnimal {
    virHandle handle;
    virConnectPtr conn;
    char *name;
    unsigned char uuid[VIR_UUID_BUFLEN];
    _Atomic int id;
};

VIR_MODULE_API virAnimalPtr virAnimalNew(virConnectPtr conn, const char *name, const unsigned char *uuid, int id);

struct _virCub {
    virHandle handle;
    virAnimalPtr animal;
    char *name;
};

VIR_MODULE_API virCubPtr virCubNew(virAnimalPtr animal, const char *name);

struct _virDen {
    virHandle handle;
    virConnectPtr conn;
    char *name;
    char *floor;
    _Atomic int mood;
    char *owner;
};

VIR_MODULE_API virDenPtr virDenNew(virConnectPtr conn,
                    const char *name,
                    const char *floor,
                    int mood,
                    const char *owner);
