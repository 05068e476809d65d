/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The generated table of events, a sample of each (gen/tests/event_cases.c). */

#pragma once

#include <glib.h>
#include <libvirt/libvirt.h>

#include "runtime/connect.h"
#include "runtime/event.h"

/* What a listener was called with, and how often. */
typedef struct {
    virConnectPtr conn;
    int calls;
    int freed;
} virEventHeard;

typedef struct {
    const char *name;
    const virHandleClass *class;
    int id;
    virFreeCallback call;       /* the typed callback; its opaque is a virEventHeard */
    virEvent *(*make)(void);    /* spoils what it made the event from */
} virEventCase;

/* Ends with a NULL name. */
extern const virEventCase virEventCases[];
extern const unsigned char virEventSampleUUID[VIR_UUID_BUFLEN];
