/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What snapshots and checkpoints have in common: a moment of a domain that follows another one. */

#pragma once

#include "client/document.h"
#include "client/report.h"

/* One snapshot or checkpoint, as its document tells it; `handle` is not owned. */
typedef struct {
    void *handle;
    const char *name; /* of the handle */
    char *time;
    char *state;
    char *parent;
} virshMoment;

/* Moments as an array that frees their texts; the handles stay with the caller. */
GArray *virshMomentsNew(void);

/* Adds one with what its document says. */
bool virshMomentAdd(virshControl *ctl, GArray *moments, void *handle, const char *name,
                    const char *text);

/* Prints moments as the options of the command say, the tree only from `root` on if there is one. */
bool virshMomentsPrint(virshControl *ctl, const virshArguments *arguments, GArray *moments,
                       const char *root);

/* "disk,key=value,..." as one element: `known` are the keys that are attributes. A comma that is
 * doubled belongs to the value. False after reporting. */
typedef bool (*virshSpecWriter)(GString *out, const char *first, GPtrArray *keys,
                                GPtrArray *values);
bool virshSpec(virshControl *ctl, GString *out, const char *text, const char *what,
               virshSpecWriter writer);

/* The value of a key in a specification, NULL when it is not there. */
const char *virshSpecValue(GPtrArray *keys, GPtrArray *values, const char *key);
