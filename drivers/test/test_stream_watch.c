/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who waits for events of a stream: one callback, called from the event loop while it is ready. */

#include "test_stream_watch.h"

#include <libvirt/virterror.h>

#include "runtime/error.h"
#include "runtime/local.h"
#include "runtime/stream.h"

/* One callback on one stream; the timer of the event loop owns it. */
typedef struct testStreamWatcher {
    testStreamWatch *watch;
    virStreamPtr st;        /* referred to */
    int timer;
    int events;             /* guarded by the lock of the watch */
    virStreamEventCallback callback;
    void *opaque;
    virFreeCallback release;
} Watcher;

void
testStreamWatchInit(testStreamWatch *watch)
{
    g_mutex_init(&watch->lock);
    watch->ready = 0;
    watch->who = NULL;
}

void
testStreamWatchClear(testStreamWatch *watch)
{
    g_mutex_clear(&watch->lock);
}

static void
freeWatcher(void *opaque)
{
    Watcher *watcher = opaque;

    if (watcher->release)
        watcher->release(watcher->opaque);
    virHandleUnref(&watcher->st->handle);
    g_free(watcher);
}

static void
dispatch(int timer G_GNUC_UNUSED, void *opaque)
{
    Watcher *watcher = opaque;
    int events;

    g_mutex_lock(&watcher->watch->lock);
    events = watcher->watch->who == watcher ? watcher->events & watcher->watch->ready : 0;
    g_mutex_unlock(&watcher->watch->lock);
    if (events)
        watcher->callback(watcher->st, events, watcher->opaque);
}

/* How often the callback is to be called now, and by which timer; -1: by none. */
static int
frequency(testStreamWatch *watch, int *timer)
{
    int now;

    g_mutex_lock(&watch->lock);
    *timer = watch->who ? watch->who->timer : -1;
    now = watch->who && watch->who->events & watch->ready ? 0 : -1;
    g_mutex_unlock(&watch->lock);
    return now;
}

/* Sets the timer. Of two threads that do so at a time, the later one has looked later. */
static void
settle(testStreamWatch *watch)
{
    int timer, again, now = frequency(watch, &timer);

    do {
        again = now;
        if (timer < 0)
            return;
        localEventUpdateTimeout(timer, again);
        now = frequency(watch, &timer);
    } while (now != again);
}

/* A stream that has ended also says so to those who did not ask. */
static int
withEnds(int events)
{
    return events | VIR_STREAM_EVENT_HANGUP | VIR_STREAM_EVENT_ERROR;
}

void
testStreamWatchReady(testStreamWatch *watch, int ready)
{
    g_mutex_lock(&watch->lock);
    watch->ready = ready;
    g_mutex_unlock(&watch->lock);
    settle(watch);
}

int
testStreamWatchAdd(testStreamWatch *watch, virStreamPtr st, int events,
                   virStreamEventCallback cb, void *opaque, virFreeCallback ff)
{
    Watcher *watcher = g_new0(Watcher, 1);
    bool alone;

    watcher->watch = watch;
    watcher->st = st;
    watcher->events = withEnds(events);
    watcher->callback = cb;
    watcher->opaque = opaque;
    virHandleRef(&st->handle);
    /* Off until everything the dispatcher looks at is in place. */
    watcher->timer = localEventAddTimeout(-1, dispatch, watcher, freeWatcher);
    if (watcher->timer < 0) {
        freeWatcher(watcher);
        return -1;
    }
    g_mutex_lock(&watch->lock);
    alone = !watch->who;
    if (alone)
        watch->who = watcher;
    g_mutex_unlock(&watch->lock);
    if (!alone) {
        localEventRemoveTimeout(watcher->timer);
        virErrorRaise(VIR_FROM_STREAMS, VIR_ERR_INTERNAL_ERROR,
                      "the stream has an event callback already");
        return -1;
    }
    watcher->release = ff;
    settle(watch);
    return 0;
}

static int
refuse(void)
{
    virErrorRaise(VIR_FROM_STREAMS, VIR_ERR_INTERNAL_ERROR, "the stream has no event callback");
    return -1;
}

int
testStreamWatchUpdate(testStreamWatch *watch, int events)
{
    bool has;

    g_mutex_lock(&watch->lock);
    has = watch->who;
    if (has)
        watch->who->events = withEnds(events);
    g_mutex_unlock(&watch->lock);
    if (!has)
        return refuse();
    settle(watch);
    return 0;
}

bool
testStreamWatchStop(testStreamWatch *watch)
{
    int timer = -1;

    g_mutex_lock(&watch->lock);
    if (watch->who)
        timer = watch->who->timer;
    watch->who = NULL;
    g_mutex_unlock(&watch->lock);
    return timer >= 0 && localEventRemoveTimeout(timer) == 0;
}

int
testStreamWatchRemove(testStreamWatch *watch)
{
    return testStreamWatchStop(watch) ? 0 : refuse();
}
