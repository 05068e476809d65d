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
    bool byFunction;        /* added without asking for an id */
    virConnectPtr conn;     /* a reference */
    const virHandleClass *class;
    char *key;
    int event;
    virFreeCallback call;
    void *opaque;
    virFreeCallback release;
} Listener;

struct virEventState {
    int refs;               /* the driver's and the timer's */
    /* Guards what follows; never held while a callback or a release runs. */
    GMutex lock;
    GPtrArray *listeners;
    GQueue queue;
    int nextId;
    int timer;              /* -1 until the first listener */

    /* Constant from before the first event. */
    virEventFilter filter;
    void *filterData;
};

virEventState *
virEventStateNew(void)
{
    virEventState *state = g_new0(virEventState, 1);

    state->refs = 1;
    g_mutex_init(&state->lock);
    state->listeners = g_ptr_array_new();
    g_queue_init(&state->queue);
    state->timer = -1;
    return state;
}

void *
virEventNew(const virEventKind *kind, char *key)
{
    virEvent *event = g_malloc0(kind->size);

    event->refs = 1;
    event->kind = kind;
    event->key = key;
    return event;
}

virTypedParameterPtr
virEventCopyParameters(const virTypedParameter *params, int nparams)
{
    virTypedParameterPtr copy;
    int i;

    if (nparams <= 0)
        return NULL;
    copy = g_new0(virTypedParameter, nparams);
    for (i = 0; i < nparams; i++) {
        copy[i] = params[i];
        if (params[i].type == VIR_TYPED_PARAM_STRING)
            copy[i].value.s = g_strdup(params[i].value.s);
    }
    return copy;
}

static void
unrefEvent(virEvent *event)
{
    if (__atomic_sub_fetch(&event->refs, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    event->kind->clear(event);
    g_free(event->key);
    g_free(event);
}

/* Drops a reference with the lock not held; the last one may close the connection. */
static void
unrefListener(Listener *listener)
{
    if (__atomic_sub_fetch(&listener->refs, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    if (listener->release)
        listener->release(listener->opaque);
    virHandleUnref(&listener->conn->handle);
    g_free(listener->key);
    g_free(listener);
}

static void
unrefState(void *data)
{
    virEventState *state = data;

    if (__atomic_sub_fetch(&state->refs, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    g_ptr_array_unref(state->listeners);
    g_mutex_clear(&state->lock);
    g_free(state);
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
    g_ptr_array_set_size(state->listeners, 0);
    while ((event = g_queue_pop_head(&state->queue)))
        unrefEvent(event);
    unrefState(state);
}

static bool
hears(const Listener *listener, const virEvent *event)
{
    return !listener->removed && listener->class == event->kind->class &&
           listener->event == event->kind->id &&
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
            __atomic_add_fetch(&listener->refs, 1, __ATOMIC_RELAXED);
            g_ptr_array_add(hearing, listener);
        }
    }
    g_mutex_unlock(&state->lock);
    for (i = 0; i < hearing->len; i++) {
        Listener *listener = g_ptr_array_index(hearing, i);

        if (!__atomic_load_n(&listener->removed, __ATOMIC_ACQUIRE))
            event->kind->deliver(event, listener->conn, listener->call, listener->opaque);
        unrefListener(listener);
    }
}

/* The timer holds a reference to the state, so a callback may end the last connection. */
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

/* The same listener twice is refused, whatever its data; called with the lock held. */
static bool
isDouble(const virEventState *state, const Listener *wanted)
{
    guint i;

    for (i = 0; i < state->listeners->len; i++) {
        const Listener *one = g_ptr_array_index(state->listeners, i);

        if (one->conn == wanted->conn && one->class == wanted->class &&
            one->event == wanted->event && one->call == wanted->call &&
            one->byFunction == wanted->byFunction && g_strcmp0(one->key, wanted->key) == 0)
            return true;
    }
    return false;
}

/* Asks the event loop for the timer that delivers, once; 0 or -1 with an error raised. */
static int
needTimer(virEventState *state, const virHandleClass *class)
{
    int timer;
    bool mine;

    if (__atomic_load_n(&state->timer, __ATOMIC_ACQUIRE) >= 0)
        return 0;
    __atomic_add_fetch(&state->refs, 1, __ATOMIC_RELAXED);
    timer = virEventLoopPresent() ? localEventAddTimeout(-1, flush, state, unrefState) : -1;
    if (timer < 0) {
        unrefState(state);
        virErrorRaise(VIR_FROM_NONE, VIR_ERR_INTERNAL_ERROR,
                      "register an event loop before asking for events of a %s", class->name);
        return -1;
    }
    g_mutex_lock(&state->lock);
    mine = state->timer < 0;
    if (mine)
        __atomic_store_n(&state->timer, timer, __ATOMIC_RELEASE);
    g_mutex_unlock(&state->lock);
    if (!mine)
        localEventRemoveTimeout(timer);
    return 0;
}

/* Takes in a listener that has everything but its id and its release. */
static int
add(virEventState *state, Listener *listener, virFreeCallback release)
{
    int callback = -1;

    listener->refs = 1;
    virHandleRef(&listener->conn->handle);
    g_mutex_lock(&state->lock);
    if (!isDouble(state, listener)) {
        callback = listener->id = state->nextId++;
        listener->release = release;
        g_ptr_array_add(state->listeners, listener);
    }
    g_mutex_unlock(&state->lock);
    if (callback < 0) {
        unrefListener(listener);
        virErrorRaise(VIR_FROM_NONE, VIR_ERR_INVALID_ARG,
                      "this callback already listens for the event");
    }
    return callback;
}

int
virEventStateAdd(virEventState *state, virConnectPtr conn, const virHandleClass *class,
                 const char *key, int id, virFreeCallback cb, void *opaque,
                 virFreeCallback release)
{
    Listener *listener;

    if (needTimer(state, class) < 0)
        return -1;
    listener = g_new0(Listener, 1);
    listener->conn = conn;
    listener->class = class;
    listener->key = g_strdup(key);
    listener->event = id;
    listener->call = cb;
    listener->opaque = opaque;
    return add(state, listener, release);
}

int
virEventStateAddFunction(virEventState *state, virConnectPtr conn, const virHandleClass *class,
                         int id, virFreeCallback cb, void *opaque, virFreeCallback release)
{
    Listener *listener;

    if (needTimer(state, class) < 0)
        return -1;
    listener = g_new0(Listener, 1);
    listener->conn = conn;
    listener->class = class;
    listener->event = id;
    listener->call = cb;
    listener->opaque = opaque;
    listener->byFunction = true;
    return add(state, listener, release) < 0 ? -1 : 0;
}

/* Takes the listener out of the list; called with the lock held. */
static Listener *
take(virEventState *state, guint index)
{
    Listener *listener = g_ptr_array_remove_index(state->listeners, index);

    __atomic_store_n(&listener->removed, true, __ATOMIC_RELEASE);
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
        virErrorRaise(VIR_FROM_NONE, VIR_ERR_INVALID_ARG, "no event callback has the id %d",
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

        if (one->conn == conn && one->class == class && one->event == id && one->call == cb &&
            one->byFunction)
            found = take(state, i);
    }
    g_mutex_unlock(&state->lock);
    if (!found) {
        virErrorRaise(VIR_FROM_NONE, VIR_ERR_INVALID_ARG, "this event callback is not registered");
        return -1;
    }
    unrefListener(found);
    return 0;
}

void
virEventStateSetFilter(virEventState *state, virEventFilter filter, void *opaque)
{
    state->filter = filter;
    state->filterData = opaque;
}

void
virEventStateQueue(virEventState *state, virEvent *event)
{
    bool wanted = false;
    unsigned int times = 1;
    guint i;

    if (state->filter)
        times = state->filter(event, state->filterData);
    g_mutex_lock(&state->lock);
    for (i = 0; times && i < state->listeners->len && !wanted; i++)
        wanted = hears(g_ptr_array_index(state->listeners, i), event);
    for (i = 0; wanted && i < times; i++) {
        __atomic_add_fetch(&event->refs, 1, __ATOMIC_RELAXED);
        g_queue_push_tail(&state->queue, event);
    }
    g_mutex_unlock(&state->lock);
    if (wanted)
        localEventUpdateTimeout(state->timer, 0);
    unrefEvent(event);
}
