/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Object events: who listens for what, and their delivery through the event loop. */

#pragma once

#include <glib.h>
#include <libvirt/libvirt.h>

#include "base/visibility.h"
#include "runtime/handle.h"

/*
 * One happening. The event owns a reference to its object and its payload; `deliver` calls the
 * application's callback with them. Events are immutable, so several listeners can share one.
 */
typedef struct virEvent virEvent;
struct virEvent {
    int refs;
    const virHandleClass *class;    /* of the object */
    int id;                         /* one of the class's event ids */
    char *key;                      /* what identifies the object, for filters */
    virHandle *object;
    void (*deliver)(const virEvent *event, virConnectPtr conn, virFreeCallback cb, void *opaque);
    int first, second;              /* payload of life-cycle events */
};

/* Listeners of one driver instance; its connections share it. */
typedef struct virEventState virEventState;

VIR_MODULE_API virEventState *virEventStateNew(void);
/* Drops every listener that is left, releasing their data. */
VIR_MODULE_API void virEventStateFree(virEventState *state);

/*
 * Adds a listener; `key` limits it to one object, NULL hears all. Returns its id, or -1 with an
 * error raised. A callback that listens for the same with the same data is refused.
 */
VIR_MODULE_API int virEventStateAdd(virEventState *state, virConnectPtr conn,
                                    const virHandleClass *class, const char *key, int id,
                                    virFreeCallback cb, void *opaque, virFreeCallback release);
VIR_MODULE_API int virEventStateRemove(virEventState *state, virConnectPtr conn, int callback);
/* The older way to stop: by function instead of id. */
VIR_MODULE_API int virEventStateRemoveFunction(virEventState *state, virConnectPtr conn,
                                               const virHandleClass *class, int id,
                                               virFreeCallback cb);
VIR_MODULE_API void virEventStateForget(virEventState *state, virConnectPtr conn);

/* Hands an event (and the caller's reference to it) to whoever listens. */
VIR_MODULE_API void virEventStateQueue(virEventState *state, virEvent *event);

/* A life-cycle event of any object: callback(conn, object, first, second, opaque). */
VIR_MODULE_API virEvent *virEventLifecycle(const virHandleClass *class, virHandle *object,
                                           const char *key, int id, int first, int second);
