/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The built-in event loop: handles, timers and one round of their callbacks. */

#include <errno.h>
#include <poll.h>
#include <stdbool.h>

#include <glib.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "base/log.h"
#include "runtime/error.h"
#include "runtime/eventloop.h"
#include "runtime/local.h"
#include "runtime/watch.h"

typedef struct Source Source;
struct Source {
    int id;
    int fd;                 /* -1 for a timer */
    int running;            /* callbacks under way: released only when there are none */

    int events;
    Source *next;           /* another handle of the same descriptor */
    virEventHandleCallback handle;

    int frequency;          /* milliseconds, negative while disabled */
    gint64 due;             /* monotonic microseconds */
    GSequenceIter *place;   /* in the order of timers; NULL while disabled */
    virEventTimeoutCallback timeout;

    void *opaque;
    virFreeCallback release;
};

/* A handle to be called in this round, and why. */
typedef struct {
    int id;
    short events;
} Call;

/* Guards what follows; never held while a callback or a release runs. Then comes watch's own. */
static GMutex loopLock;
static virWatch *watch;             /* NULL until the loop is registered */
static GHashTable *sources;         /* by id; removed ones are in `removed` only */
static GHashTable *handles;         /* by descriptor: the first Source of a list */
static GSequence *timers;           /* of enabled ones, by due time */
static GQueue removed = G_QUEUE_INIT;
static int lastId;
static const char *runner;          /* the mark of the thread that runs the loop */

/* Its address tells threads apart. */
static __thread char threadMark;

/* Lets a change be noticed by a loop in another thread; called with the lock held. */
static void
wakeUp(void)
{
    if (runner != &threadMark)
        virWatchWake(watch);
}

/* --- sources, called with the lock held ------------------------------------------------------- */

static Source *
findSource(int id, bool isHandle)
{
    Source *source = watch ? g_hash_table_lookup(sources, GINT_TO_POINTER(id)) : NULL;

    return source && (source->fd >= 0) == isHandle ? source : NULL;
}

static int
addSource(Source *source)
{
    do {
        lastId = lastId == G_MAXINT ? 1 : lastId + 1;
    } while (g_hash_table_contains(sources, GINT_TO_POINTER(lastId)));
    source->id = lastId;
    g_hash_table_insert(sources, GINT_TO_POINTER(source->id), source);
    return source->id;
}

/* It is not called any more, and released by the next round. */
static void
removeSource(Source *source)
{
    g_hash_table_remove(sources, GINT_TO_POINTER(source->id));
    g_queue_push_tail(&removed, source);
}

static short
toPoll(int events)
{
    return (short) ((events & VIR_EVENT_HANDLE_READABLE ? POLLIN : 0) |
                    (events & VIR_EVENT_HANDLE_WRITABLE ? POLLOUT : 0));
}

static int
fromPoll(short events)
{
    return (events & POLLIN ? VIR_EVENT_HANDLE_READABLE : 0) |
           (events & POLLOUT ? VIR_EVENT_HANDLE_WRITABLE : 0) |
           (events & POLLERR ? VIR_EVENT_HANDLE_ERROR : 0) |
           (events & POLLHUP ? VIR_EVENT_HANDLE_HANGUP : 0);
}

/* What a handle wants to hear of what happened: errors always, unless it is paused. */
static short
heard(const Source *source, short events)
{
    return source->events ? events & (toPoll(source->events) | POLLERR | POLLHUP) : 0;
}

/* Watches a descriptor for what its handles want together; 0 or an errno. */
static int
watchFor(int fd)
{
    int wanted = 0;

    for (const Source *one = g_hash_table_lookup(handles, GINT_TO_POINTER(fd)); one;
         one = one->next)
        wanted |= one->events;
    if (wanted)
        return virWatchSet(watch, fd, toPoll(wanted));
    virWatchRemove(watch, fd);
    return 0;
}

static void
linkHandle(Source *source)
{
    source->next = g_hash_table_lookup(handles, GINT_TO_POINTER(source->fd));
    g_hash_table_insert(handles, GINT_TO_POINTER(source->fd), source);
}

static void
unlinkHandle(Source *source)
{
    Source *one = g_hash_table_lookup(handles, GINT_TO_POINTER(source->fd));

    if (one != source) {
        while (one->next != source)
            one = one->next;
        one->next = source->next;
    } else if (source->next) {
        g_hash_table_insert(handles, GINT_TO_POINTER(source->fd), source->next);
    } else {
        g_hash_table_remove(handles, GINT_TO_POINTER(source->fd));
    }
    source->next = NULL;
}

static int
compareDue(const void *left, const void *right, void *opaque G_GNUC_UNUSED)
{
    const Source *a = left, *b = right;

    if (a->due != b->due)
        return a->due < b->due ? -1 : 1;
    return a->id - b->id;
}

/* Puts a timer where its due time belongs, or out of the order. */
static void
schedule(Source *source, gint64 due)
{
    g_clear_pointer(&source->place, g_sequence_remove);
    source->due = due;
    if (source->frequency >= 0)
        source->place = g_sequence_insert_sorted(timers, source, compareDue, NULL);
}

static gint64
periodOf(const Source *source)
{
    return (gint64) source->frequency * 1000;
}

/* --- the six functions of an implementation --------------------------------------------------- */

static int
addHandle(int fd, int events, virEventHandleCallback cb, void *opaque, virFreeCallback ff)
{
    Source *source = g_new0(Source, 1);
    int id = -1, number;

    source->fd = fd;
    source->events = events;
    source->frequency = -1;
    source->handle = cb;
    source->opaque = opaque;
    source->release = ff;
    g_mutex_lock(&loopLock);
    linkHandle(source);
    number = watchFor(fd);
    if (!number)
        id = addSource(source);
    else
        unlinkHandle(source);
    wakeUp();
    g_mutex_unlock(&loopLock);
    if (number) {
        g_free(source);
        virErrorRaiseSystem(VIR_FROM_EVENT, number, "cannot watch the file descriptor %d", fd);
    }
    return id;
}

static void
updateHandle(int id, int events)
{
    Source *source;
    int fd = -1, number = 0;

    g_mutex_lock(&loopLock);
    source = findSource(id, /* isHandle= */ true);
    if (source && source->events != events) {
        source->events = events;
        fd = source->fd;
        number = watchFor(fd);
        wakeUp();
    }
    g_mutex_unlock(&loopLock);
    if (number)
        VIR_LOG(VIR_LOG_WARNING, "runtime.eventloop",
                "handle %d is never called: its file descriptor %d was closed", id, fd);
}

static int
removeHandle(int id)
{
    Source *source;

    g_mutex_lock(&loopLock);
    source = findSource(id, /* isHandle= */ true);
    if (source) {
        unlinkHandle(source);
        watchFor(source->fd);
        removeSource(source);
        wakeUp();
    }
    g_mutex_unlock(&loopLock);
    return source ? 0 : -1;
}

static int
addTimeout(int frequency, virEventTimeoutCallback cb, void *opaque, virFreeCallback ff)
{
    Source *source = g_new0(Source, 1);
    int id;

    source->fd = -1;
    source->frequency = frequency;
    source->timeout = cb;
    source->opaque = opaque;
    source->release = ff;
    g_mutex_lock(&loopLock);
    id = addSource(source);
    schedule(source, g_get_monotonic_time() + periodOf(source));
    wakeUp();
    g_mutex_unlock(&loopLock);
    return id;
}

static void
updateTimeout(int id, int frequency)
{
    Source *source;

    g_mutex_lock(&loopLock);
    source = findSource(id, /* isHandle= */ false);
    if (source) {
        source->frequency = frequency;
        schedule(source, g_get_monotonic_time() + periodOf(source));
        wakeUp();
    }
    g_mutex_unlock(&loopLock);
}

static int
removeTimeout(int id)
{
    Source *source;

    g_mutex_lock(&loopLock);
    source = findSource(id, /* isHandle= */ false);
    if (source) {
        g_clear_pointer(&source->place, g_sequence_remove);
        removeSource(source);
        wakeUp();
    }
    g_mutex_unlock(&loopLock);
    return source ? 0 : -1;
}

/* --- a round ---------------------------------------------------------------------------------- */

/* Releases removed sources that no callback uses; true when there were any. */
static bool
releaseRemoved(void)
{
    GQueue idle = G_QUEUE_INIT;
    Source *source;
    bool any;

    g_mutex_lock(&loopLock);
    for (guint left = removed.length; left; left--) {
        source = g_queue_pop_head(&removed);
        g_queue_push_tail(source->running ? &removed : &idle, source);
    }
    g_mutex_unlock(&loopLock);
    any = idle.length > 0;
    while ((source = g_queue_pop_head(&idle))) {
        if (source->release)
            source->release(source->opaque);
        g_free(source);
    }
    return any;
}

/* Milliseconds until the first timer is due, -1 without one; called with the lock held. */
static int
timeLeft(void)
{
    GSequenceIter *first = g_sequence_get_begin_iter(timers);
    gint64 left;

    if (g_sequence_iter_is_end(first))
        return -1;
    left = ((Source *) g_sequence_get(first))->due - g_get_monotonic_time();
    return left <= 0 ? 0 : (int) MIN((left + 999) / 1000, G_MAXINT);
}

/* Marks the end of a callback; called without the lock. */
static void
finish(Source *source)
{
    g_mutex_lock(&loopLock);
    source->running--;
    g_mutex_unlock(&loopLock);
}

/* Calls a timer if it is still there and still due. */
static void
runTimeout(int id, gint64 now)
{
    Source *source;

    g_mutex_lock(&loopLock);
    source = findSource(id, /* isHandle= */ false);
    if (!source || !source->place || source->due > now) {
        g_mutex_unlock(&loopLock);
        return;
    }
    /* Lateness does not add up; whole periods that were missed are left out. */
    schedule(source, source->due + periodOf(source) > now ? source->due + periodOf(source)
                                                           : now + periodOf(source));
    source->running++;
    g_mutex_unlock(&loopLock);
    source->timeout(id, source->opaque);
    finish(source);
}

static void
runTimeouts(void)
{
    g_autoptr(GArray) due = g_array_new(FALSE, FALSE, sizeof(int));
    gint64 now = g_get_monotonic_time();
    GSequenceIter *iter;

    g_mutex_lock(&loopLock);
    for (iter = g_sequence_get_begin_iter(timers); !g_sequence_iter_is_end(iter);
         iter = g_sequence_iter_next(iter)) {
        const Source *source = g_sequence_get(iter);

        if (source->due > now)
            break;
        g_array_append_val(due, source->id);
    }
    g_mutex_unlock(&loopLock);
    for (guint i = 0; i < due->len; i++)
        runTimeout(g_array_index(due, int, i), now);
}

/* Calls a handle if it is still there and still wants to hear of it. */
static void
runHandle(const Call *call)
{
    Source *source;
    short events;

    g_mutex_lock(&loopLock);
    source = findSource(call->id, /* isHandle= */ true);
    events = source ? heard(source, call->events) : 0;
    if (events)
        source->running++;
    g_mutex_unlock(&loopLock);
    if (!events)
        return;
    source->handle(call->id, source->fd, fromPoll(events), source->opaque);
    finish(source);
}

static void
runHandles(const GArray *ready)
{
    g_autoptr(GArray) calls = g_array_new(FALSE, FALSE, sizeof(Call));

    g_mutex_lock(&loopLock);
    for (guint i = 0; i < ready->len; i++) {
        const virWatchReady *one = &g_array_index(ready, virWatchReady, i);

        for (const Source *source = g_hash_table_lookup(handles, GINT_TO_POINTER(one->fd)); source;
             source = source->next) {
            Call call = { .id = source->id, .events = one->events };

            g_array_append_val(calls, call);
        }
    }
    g_mutex_unlock(&loopLock);
    for (guint i = 0; i < calls->len; i++)
        runHandle(&g_array_index(calls, Call, i));
}

int
localEventRunDefaultImpl(void)
{
    g_autoptr(GArray) ready = g_array_new(FALSE, FALSE, sizeof(virWatchReady));
    bool registered, released;
    int timeout = -1, number;

    /* A round that only released something is one, too: nobody waits in vain for that. */
    released = releaseRemoved();
    g_mutex_lock(&loopLock);
    registered = watch != NULL;
    if (registered) {
        runner = &threadMark;
        timeout = released ? 0 : timeLeft();
    }
    g_mutex_unlock(&loopLock);
    if (!registered) {
        virErrorRaise(VIR_FROM_EVENT, VIR_ERR_OPERATION_INVALID,
                      "the default event loop is not registered");
        return -1;
    }
    number = virWatchWait(watch, timeout, ready);
    if (number) {
        virErrorRaiseSystem(VIR_FROM_EVENT, number, "cannot wait for events");
        return -1;
    }
    runTimeouts();
    runHandles(ready);
    releaseRemoved();
    return 0;
}

int
localEventRegisterDefaultImpl(void)
{
    int number = 0;

    g_mutex_lock(&loopLock);
    if (!watch) {
        watch = virWatchNew();
        number = watch ? 0 : errno;
    }
    if (watch && !sources) {
        sources = g_hash_table_new(NULL, NULL);
        handles = g_hash_table_new(NULL, NULL);
        timers = g_sequence_new(NULL);
    }
    g_mutex_unlock(&loopLock);
    if (number) {
        virErrorRaiseSystem(VIR_FROM_EVENT, number, "cannot make the default event loop");
        return -1;
    }
    localEventRegisterImpl(addHandle, updateHandle, removeHandle, addTimeout, updateTimeout,
                           removeTimeout);
    return 0;
}
