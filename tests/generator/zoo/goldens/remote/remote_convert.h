/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/* Records of the protocol, copied out. */

#pragma once

#include <string.h>

#include "drivers/remote/remote_values.h"
#include "wire/remote.h"
#include "wire/remote_objects.h"

static inline void
remoteTakeAnimalInfo(virConnectPtr conn G_GNUC_UNUSED,
                     virAnimalInfo *record,
                     const virWireAnimalInfo *wire)
{
    strcpy(record->kind, wire->kind);
    record->weight = wire->weight;
    record->legs = wire->legs;
    record->mood = (virAnimalMood) wire->mood;
}

static inline bool
remoteFitsAnimalInfo(const virWireAnimalInfo *wire)
{
    return strlen(wire->kind) < sizeof(((virAnimalInfo *) NULL)->kind);
}

static inline void
remoteTakeAnimalGuest(virConnectPtr conn G_GNUC_UNUSED,
                      virAnimalGuest *record,
                      const virWireAnimalGuest *wire)
{
    record->name = g_strdup(wire->name);
}

static inline void
remoteTakeAnimalVisit(virConnectPtr conn,
                      virAnimalVisit *record,
                      const virWireAnimalVisit *wire)
{
    record->guests = g_new0(virAnimalGuest, wire->guests.count);
    record->nguests = (unsigned int) wire->guests.count;
    for (size_t i = 0; i < wire->guests.count; i++)
        remoteTakeAnimalGuest(conn, &record->guests[i], &wire->guests.items[i]);
    record->gate = g_strdup(wire->gate);
}
