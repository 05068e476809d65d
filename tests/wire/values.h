/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Random values of the protocol's structures, made by their tables. */

#pragma once

#include <glib.h>

#include "rpc/wire.h"

/* Every structure that the programs know: arguments, results, and those of messages themselves. */
GPtrArray *valueTypes(void);

/* What a random value borrows from; freed with g_ptr_array_unref(). */
GPtrArray *valueMemory(void);

/* Fills `value` (type->size bytes) with something that keeps every limit. */
void valueRandom(GRand *rand, GPtrArray *memory, const virWireType *type, void *value);
