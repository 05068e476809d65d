/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Object events: who listens for what, and their delivery through the event loop. */

#pragma once

#include <glib.h>
#include <libvirt/libvirt.h>

#include "base/visibility.h"
#include "runtime/handle.h"

/*
 * One happening: which object, and what the application's callback is told. Events are immutable,
 * so several listeners share one. The constructors are generated (runtime/events.h).
 */
typedef struct virEvent virEvent;
typedef struct virEventKind virEventKind;

struct virEventKind {
    const virHandleClass *class;    /* of the object */
    const char *name;               /* in text: DomainEventLifecycle */
    int id;                         /* one of the class's event ids */
    size_t size;                    /* of the event with all it carries */
    /* Calls a listener's callback with an object of the listener's own connection. */
    void (*deliver)(const virEvent *event, virConnectPtr conn, virFreeCallback cb, void *opaque);
    void (*clear)(virEvent *event); /* releases what it carries */
};

struct virEvent {
    int refs;
    const virEventKind *kind;
    char *key;                      /* what identifies the object, for filters */
};

/* A zeroed event of a kind, which owns `key` from now on. */
VIR_MODULE_API void *virEventNew(const virEventKind *kind, char *key);

/* A copy that localTypedParamsFree() releases; NULL for none. */
VIR_MODULE_API virTypedParameterPtr virEventCopyParameters(const virTypedParameter *params,
                                                           int nparams);

/* Listeners of one driver instance; its connections share it as conn->events. */
typedef struct virEventState virEventState;

VIR_MODULE_API virEventState *virEventStateNew(void);
/* Drops every listener that is left, releasing their data. */
VIR_MODULE_API void virEventStateFree(virEventState *state);

/*
 * Adds a listener, which keeps a reference to its connection until it is removed; `key` limits
 * it to one object, NULL hears all. Returns its id, or -1 with an error raised. A callback that
 * listens for the same already is refused.
 */
VIR_MODULE_API int virEventStateAdd(virEventState *state, virConnectPtr conn,
                                    const virHandleClass *class, const char *key, int id,
                                    virFreeCallback cb, void *opaque, virFreeCallback release);
VIR_MODULE_API int virEventStateRemove(virEventState *state, virConnectPtr conn, int callback);
/* The older pair, by function instead of id: 0, or -1 with an error raised. */
VIR_MODULE_API int virEventStateAddFunction(virEventState *state, virConnectPtr conn,
                                            const virHandleClass *class, int id,
                                            virFreeCallback cb, void *opaque,
                                            virFreeCallback release);
VIR_MODULE_API int virEventStateRemoveFunction(virEventState *state, virConnectPtr conn,
                                               const virHandleClass *class, int id,
                                               virFreeCallback cb);

/*
 * A filter says how often an event happens: 1 as usual, 0 loses it. It is called with locks of
 * the driver held, and is set before the first event.
 */
typedef unsigned int (*virEventFilter)(const virEvent *event, void *opaque);
VIR_MODULE_API void virEventStateSetFilter(virEventState *state, virEventFilter filter,
                                           void *opaque);

/* Hands an event (and the caller's reference to it) to whoever listens; any lock may be held. */
VIR_MODULE_API void virEventStateQueue(virEventState *state, virEvent *event);
