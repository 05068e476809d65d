/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Object events: who listens for what, and their delivery through the event loop. */

#include "runtime/event.h"

#include <libvirt/virterror.h>

#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/eventloop.h"
#include "runtime/local.h"

typedef struct {
    int refs;               /* the list's and one per running delivery */
    int id;
    bool removed;
    virConnectPtr conn;     /* not owned: the connection forgets its listeners when it closes */
    const virHandleClass *class;
    char *key;
    int event;
    virFreeCallback call;
    void *opaque;
    virFreeCallback release;
} Listener;

struct virEventState {
    /* Guards what follows; never held while a callback or a release runs. */
    GMutex lock;
    GPtrArray *listeners;
    GQueue queue;
    int nextId;
    int timer;              /* -1 until the first listener */
};

virEventState *
virEventStateNew(void)
{
    virEventState *state = g_new0(virEventState, 1);

    g_mutex_init(&state->lock);
    state->listeners = g_ptr_array_new();
    g_queue_init(&state->queue);
    state->timer = -1;
    return state;
}

static void
unrefEvent(virEvent *event)
{
    if (__atomic_sub_fetch(&event->refs, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    virHandleUnref(event->object);
    g_free(event->key);
    g_free(event);
}

/* Drops a reference with the lock not held. */
static void
unrefListener(Listener *listener)
{
    if (__atomic_sub_fetch(&listener->refs, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    if (listener->release)
        listener->release(listener->opaque);
    g_free(listener->key);
    g_free(listener);
}

void
virEventStateFree(virEventState *state)
{
    virEvent *event;
    guint i;

    if (!state)
        return;
    if (state->timer >= 0)
        localEventRemoveTimeout(state->timer);
    for (i = 0; i < state->listeners->len; i++)
        unrefListener(g_ptr_array_index(state->listeners, i));
    while ((event = g_queue_pop_head(&state->queue)))
        unrefEvent(event);
    g_ptr_array_unref(state->listeners);
    g_mutex_clear(&state->lock);
    g_free(state);
}

static bool
hears(const Listener *listener, const virEvent *event)
{
    return !listener->removed && listener->class == event->class &&
           listener->event == event->id &&
           (!listener->key || g_str_equal(listener->key, event->key));
}

/* Delivers one event to all that hear it, each called without the lock. */
static void
deliverOne(virEventState *state, virEvent *event)
{
    g_autoptr(GPtrArray) hearing = g_ptr_array_new();
    guint i;

    g_mutex_lock(&state->lock);
    for (i = 0; i < state->listeners->len; i++) {
        Listener *listener = g_ptr_array_index(state->listeners, i);

        if (hears(listener, event)) {
            listener->refs++;
            g_ptr_array_add(hearing, listener);
        }
    }
    g_mutex_unlock(&state->lock);
    for (i = 0; i < hearing->len; i++) {
        Listener *listener = g_ptr_array_index(hearing, i);

        if (!listener->removed)
            event->deliver(event, listener->conn, listener->call, listener->opaque);
        unrefListener(listener);
    }
}

static void
flush(int timer, void *opaque)
{
    virEventState *state = opaque;
    virEvent *event;

    localEventUpdateTimeout(timer, -1);
    for (;;) {
        g_mutex_lock(&state->lock);
        event = g_queue_pop_head(&state->queue);
        g_mutex_unlock(&state->lock);
        if (!event)
            return;
        deliverOne(state, event);
        unrefEvent(event);
    }
}

/* The same listener twice is refused; called with the lock held. */
static bool
isDouble(const virEventState *state, const Listener *wanted)
{
    guint i;

    for (i = 0; i < state->listeners->len; i++) {
        const Listener *one = g_ptr_array_index(state->listeners, i);

        if (one->conn == wanted->conn && one->class == wanted->class &&
            one->event == wanted->event && one->call == wanted->call &&
            one->opaque == wanted->opaque && g_strcmp0(one->key, wanted->key) == 0)
            return true;
    }
    return false;
}

int
virEventStateAdd(virEventState *state, virConnectPtr conn, const virHandleClass *class,
                 const char *key, int id, virFreeCallback cb, void *opaque,
                 virFreeCallback release)
{
    Listener *listener;
    int callback = -1;

    if (!virEventLoopPresent()) {
        virErrorRaise(class->domain, VIR_ERR_INTERNAL_ERROR,
                      "register an event loop before asking for events");
        return -1;
    }
    listener = g_new0(Listener, 1);
    listener->refs = 1;
    listener->conn = conn;
    listener->class = class;
    listener->key = g_strdup(key);
    listener->event = id;
    listener->call = cb;
    listener->opaque = opaque;
    g_mutex_lock(&state->lock);
    if (!isDouble(state, listener)) {
        callback = listener->id = state->nextId++;
        listener->release = release;
        g_ptr_array_add(state->listeners, listener);
    }
    g_mutex_unlock(&state->lock);
    if (callback < 0) {
        unrefListener(listener);
        virErrorRaise(class->domain, VIR_ERR_INTERNAL_ERROR,
                      "this callback already listens for the event");
        return -1;
    }
    if (state->timer < 0)
        state->timer = localEventAddTimeout(-1, flush, state, NULL);
    return callback;
}

/* Takes the listener out of the list; called with the lock held. */
static Listener *
take(virEventState *state, guint index)
{
    Listener *listener = g_ptr_array_remove_index(state->listeners, index);

    listener->removed = true;
    return listener;
}

int
virEventStateRemove(virEventState *state, virConnectPtr conn, int callback)
{
    Listener *found = NULL;
    guint i;

    g_mutex_lock(&state->lock);
    for (i = 0; i < state->listeners->len && !found; i++) {
        Listener *one = g_ptr_array_index(state->listeners, i);

        if (one->conn == conn && one->id == callback)
            found = take(state, i);
    }
    g_mutex_unlock(&state->lock);
    if (!found) {
        virErrorRaise(VIR_FROM_EVENT, VIR_ERR_INVALID_ARG, "no event callback has the id %d",
                      callback);
        return -1;
    }
    unrefListener(found);
    return 0;
}

int
virEventStateRemoveFunction(virEventState *state, virConnectPtr conn, const virHandleClass *class,
                            int id, virFreeCallback cb)
{
    Listener *found = NULL;
    guint i;

    g_mutex_lock(&state->lock);
    for (i = 0; i < state->listeners->len && !found; i++) {
        Listener *one = g_ptr_array_index(state->listeners, i);

        if (one->conn == conn && one->class == class && one->event == id && one->call == cb)
            found = take(state, i);
    }
    g_mutex_unlock(&state->lock);
    if (!found) {
        virErrorRaise(class->domain, VIR_ERR_INVALID_ARG, "this event callback is not registered");
        return -1;
    }
    unrefListener(found);
    return 0;
}

void
virEventStateForget(virEventState *state, virConnectPtr conn)
{
    g_autoptr(GPtrArray) gone = g_ptr_array_new();
    guint i;

    g_mutex_lock(&state->lock);
    for (i = 0; i < state->listeners->len;) {
        Listener *one = g_ptr_array_index(state->listeners, i);

        if (one->conn == conn)
            g_ptr_array_add(gone, take(state, i));
        else
            i++;
    }
    g_mutex_unlock(&state->lock);
    for (i = 0; i < gone->len; i++)
        unrefListener(g_ptr_array_index(gone, i));
}

void
virEventStateQueue(virEventState *state, virEvent *event)
{
    bool wanted = false;
    guint i;

    g_mutex_lock(&state->lock);
    for (i = 0; i < state->listeners->len && !wanted; i++)
        wanted = hears(g_ptr_array_index(state->listeners, i), event);
    if (wanted)
        g_queue_push_tail(&state->queue, event);
    g_mutex_unlock(&state->lock);
    if (wanted)
        localEventUpdateTimeout(state->timer, 0);
    else
        unrefEvent(event);
}

typedef void (*LifecycleCallback)(virConnectPtr conn, void *object, int first, int second,
                                  void *opaque);

static void
deliverLifecycle(const virEvent *event, virConnectPtr conn, virFreeCallback cb, void *opaque)
{
    LifecycleCallback call = (LifecycleCallback) (void (*)(void)) cb;

    call(conn, event->object, event->first, event->second, opaque);
}

virEvent *
virEventLifecycle(const virHandleClass *class, virHandle *object, const char *key, int id,
                  int first, int second)
{
    virEvent *event = g_new0(virEvent, 1);

    virHandleRef(object);
    event->refs = 1;
    event->class = class;
    event->object = object;
    event->key = g_strdup(key);
    event->id = id;
    event->deliver = deliverLifecycle;
    event->first = first;
    event->second = second;
    return event;
}
