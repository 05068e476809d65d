/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files about objects of a host share. */

#pragma once

#include "conf/objects.h"

G_BEGIN_DECLS

/* The name, and the number of kinds that have one. */
const char *virConfObjectName(const virConfObjectKind *kind, const void *object);
int virConfObjectId(const virConfObjectKind *kind, const void *object);
/* Raise that no object has this. */
void virConfObjectsNoName(const virConfObjects *objects, const char *name);
void virConfObjectsNoUUID(const virConfObjects *objects, const unsigned char *uuid);
void virConfObjectsNoId(const virConfObjects *objects, int id);

G_END_DECLS
