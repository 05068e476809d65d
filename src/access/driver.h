/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who decides what a client may do. */

#pragma once

#include <glib.h>

#include "access/access.h"

typedef struct {
    const char *action;             /* such as org.libvirt.api.domain.start */
    const virAccessCaller *caller;
    GPtrArray *details;             /* of strings: a name, its value, the next name, ... */
    bool interactive;               /* the user may be asked for a password */
} virAccessQuestion;

typedef struct {
    const char *name;
    /* The question is the caller's; `done` is called within a time that the driver keeps. */
    void (*ask)(const virAccessQuestion *question, virAccessDone done, void *opaque);
    void (*end)(void);              /* NULL: nothing to do */
} virAccessDriver;

extern const virAccessDriver virAccessPolkit;
