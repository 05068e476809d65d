/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The head of every public object: what class it is of and who still holds it. */

#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/visibility.h"

typedef struct virHandle virHandle;
typedef struct virHandleClass virHandleClass;

struct virHandle {
    const virHandleClass *class;    /* NULL while the slot is free */
    int refs;
};

struct virHandleClass {
    const char *name;
    size_t size;            /* at most VIR_HANDLE_MAX */
    int invalidCode;        /* raised for a handle that is not of this class */
    void (*dispose)(virHandle *handle);
};

#define VIR_HANDLE_MAX 384

/*
 * Handles live in slots that are never given back to the system, so that looking at the head
 * of a freed handle is defined: its class is NULL, or another's once the slot is in use again.
 */
VIR_MODULE_API void *virHandleNew(const virHandleClass *class);
VIR_MODULE_API void virHandleRef(virHandle *handle);
/* A reference to an object that may be in the course of its disposal; false when it is. */
VIR_MODULE_API bool virHandleTryRef(virHandle *handle);
/* Drops one reference, disposing with the last; returns how many are left. NULL is accepted. */
VIR_MODULE_API int virHandleUnref(virHandle *handle);

static inline bool
virHandleIs(const void *handle, const virHandleClass *class)
{
    return handle &&
           __atomic_load_n(&((const virHandle *) handle)->class, __ATOMIC_RELAXED) == class;
}
