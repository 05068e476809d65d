/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The event loop: the application's own when it registers one, else a poll loop of ours. */

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <glib.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "runtime/error.h"
#include "runtime/eventloop.h"
#include "runtime/local.h"

typedef struct {
    int id;
    bool removed;       /* freed by the loop once nothing runs it */
    int fd;             /* -1 for a timeout */
    int events;
    int frequency;      /* milliseconds, -1 disabled */
    gint64 due;         /* monotonic milliseconds */
    virEventHandleCallback handle;
    virEventTimeoutCallback timeout;
    void *opaque;
    virFreeCallback release;
} Source;

typedef struct {
    virEventAddHandleFunc addHandle;
    virEventUpdateHandleFunc updateHandle;
    virEventRemoveHandleFunc removeHandle;
    virEventAddTimeoutFunc addTimeout;
    virEventUpdateTimeoutFunc updateTimeout;
    virEventRemoveTimeoutFunc removeTimeout;
} Implementation;

static Implementation registered;

/* Guards sources, nextId and wakeFd; never held while a callback or a release runs. */
static GMutex loopLock;
static GPtrArray *sources;
static int nextId = 1;
static int wakeFd = -1;

static gint64
nowMs(void)
{
    return g_get_monotonic_time() / 1000;
}

static void
wakeUp(void)
{
    uint64_t one = 1;

    if (wakeFd >= 0 && write(wakeFd, &one, sizeof(one)) < 0)
        return;
}

static int
addSource(Source *source)
{
    int id;

    g_mutex_lock(&loopLock);
    id = source->id = nextId++;
    g_ptr_array_add(sources, source);
    wakeUp();
    g_mutex_unlock(&loopLock);
    return id;
}

/* Called with the lock held. */
static Source *
findSource(int id, bool isHandle)
{
    guint i;

    for (i = 0; i < sources->len; i++) {
        Source *source = g_ptr_array_index(sources, i);

        if (source->id == id && !source->removed && (source->fd >= 0) == isHandle)
            return source;
    }
    return NULL;
}

static int
defaultAddHandle(int fd, int events, virEventHandleCallback cb, void *opaque, virFreeCallback ff)
{
    Source *source = g_new0(Source, 1);

    source->fd = fd;
    source->events = events;
    source->frequency = -1;
    source->handle = cb;
    source->opaque = opaque;
    source->release = ff;
    return addSource(source);
}

static void
defaultUpdateHandle(int watch, int events)
{
    Source *source;

    g_mutex_lock(&loopLock);
    source = findSource(watch, true);
    if (source)
        source->events = events;
    wakeUp();
    g_mutex_unlock(&loopLock);
}

static int
removeSource(int id, bool isHandle)
{
    Source *source;

    g_mutex_lock(&loopLock);
    source = findSource(id, isHandle);
    if (source)
        source->removed = true;
    wakeUp();
    g_mutex_unlock(&loopLock);
    return source ? 0 : -1;
}

static int
defaultRemoveHandle(int watch)
{
    return removeSource(watch, true);
}

static int
defaultAddTimeout(int frequency, virEventTimeoutCallback cb, void *opaque, virFreeCallback ff)
{
    Source *source = g_new0(Source, 1);

    source->fd = -1;
    source->frequency = frequency;
    source->due = nowMs() + frequency;
    source->timeout = cb;
    source->opaque = opaque;
    source->release = ff;
    return addSource(source);
}

static void
defaultUpdateTimeout(int timer, int frequency)
{
    Source *source;

    g_mutex_lock(&loopLock);
    source = findSource(timer, false);
    if (source) {
        source->frequency = frequency;
        source->due = nowMs() + frequency;
    }
    wakeUp();
    g_mutex_unlock(&loopLock);
}

static int
defaultRemoveTimeout(int timer)
{
    return removeSource(timer, false);
}

static short
toPoll(int events)
{
    return (short) ((events & VIR_EVENT_HANDLE_READABLE ? POLLIN : 0) |
                    (events & VIR_EVENT_HANDLE_WRITABLE ? POLLOUT : 0));
}

static int
fromPoll(short revents)
{
    return (revents & POLLIN ? VIR_EVENT_HANDLE_READABLE : 0) |
           (revents & POLLOUT ? VIR_EVENT_HANDLE_WRITABLE : 0) |
           (revents & (POLLERR | POLLNVAL) ? VIR_EVENT_HANDLE_ERROR : 0) |
           (revents & POLLHUP ? VIR_EVENT_HANDLE_HANGUP : 0);
}

/* Takes removed sources out of the list, and releases them with the lock dropped. */
static void
sweep(void)
{
    g_autoptr(GPtrArray) gone = g_ptr_array_new();
    guint i;

    g_mutex_lock(&loopLock);
    for (i = 0; i < sources->len;) {
        Source *source = g_ptr_array_index(sources, i);

        if (source->removed) {
            g_ptr_array_add(gone, source);
            g_ptr_array_remove_index(sources, i);
        } else {
            i++;
        }
    }
    g_mutex_unlock(&loopLock);
    for (i = 0; i < gone->len; i++) {
        Source *source = g_ptr_array_index(gone, i);

        if (source->release)
            source->release(source->opaque);
        g_free(source);
    }
}

/* What to wait for and how long; called without the lock. */
static int
collect(GArray *fds, GArray *ids)
{
    struct pollfd wake = { .fd = wakeFd, .events = POLLIN };
    int none = 0, wait = -1;
    guint i;

    g_array_append_val(fds, wake);
    g_array_append_val(ids, none);
    g_mutex_lock(&loopLock);
    for (i = 0; i < sources->len; i++) {
        Source *source = g_ptr_array_index(sources, i);

        if (source->removed)
            continue;
        if (source->fd >= 0 && source->events) {
            struct pollfd one = { .fd = source->fd, .events = toPoll(source->events) };

            g_array_append_val(fds, one);
            g_array_append_val(ids, source->id);
        } else if (source->fd < 0 && source->frequency >= 0) {
            gint64 left = source->due - nowMs();
            int bounded = left < 0 ? 0 : (int) MIN(left, G_MAXINT);

            wait = wait < 0 ? bounded : MIN(wait, bounded);
        }
    }
    g_mutex_unlock(&loopLock);
    return wait;
}

static void
runHandle(int id, short revents)
{
    virEventHandleCallback call = NULL;
    void *opaque = NULL;
    Source *source;
    int fd = -1;

    g_mutex_lock(&loopLock);
    source = findSource(id, true);
    if (source) {
        call = source->handle;
        opaque = source->opaque;
        fd = source->fd;
    }
    g_mutex_unlock(&loopLock);
    if (call)
        call(id, fd, fromPoll(revents), opaque);
}

static void
runTimeouts(void)
{
    g_autoptr(GArray) due = g_array_new(FALSE, FALSE, sizeof(int));
    gint64 now = nowMs();
    guint i;

    g_mutex_lock(&loopLock);
    for (i = 0; i < sources->len; i++) {
        Source *source = g_ptr_array_index(sources, i);

        if (source->fd < 0 && !source->removed && source->frequency >= 0 && source->due <= now) {
            source->due = now + source->frequency;
            g_array_append_val(due, source->id);
        }
    }
    g_mutex_unlock(&loopLock);
    for (i = 0; i < due->len; i++) {
        int id = g_array_index(due, int, i);
        virEventTimeoutCallback call = NULL;
        void *opaque = NULL;
        Source *source;

        g_mutex_lock(&loopLock);
        source = findSource(id, false);
        if (source) {
            call = source->timeout;
            opaque = source->opaque;
        }
        g_mutex_unlock(&loopLock);
        if (call)
            call(id, opaque);
    }
}

int
localEventRunDefaultImpl(void)
{
    g_autoptr(GArray) fds = g_array_new(FALSE, TRUE, sizeof(struct pollfd));
    g_autoptr(GArray) ids = g_array_new(FALSE, TRUE, sizeof(int));
    int wait;
    guint i;

    if (wakeFd < 0) {
        virErrorRaise(VIR_FROM_EVENT, VIR_ERR_OPERATION_INVALID,
                      "the default event loop is not registered");
        return -1;
    }
    sweep();
    wait = collect(fds, ids);
    if (poll((struct pollfd *) (void *) fds->data, fds->len, wait) < 0 && errno != EINTR) {
        virErrorRaiseSystem(VIR_FROM_EVENT, errno, "cannot wait for events");
        return -1;
    }
    if (g_array_index(fds, struct pollfd, 0).revents) {
        uint64_t count;

        if (read(wakeFd, &count, sizeof(count)) < 0 && errno != EAGAIN)
            virErrorRaiseSystem(VIR_FROM_EVENT, errno, "cannot read the wake-up descriptor");
    }
    runTimeouts();
    for (i = 1; i < fds->len; i++) {
        if (g_array_index(fds, struct pollfd, i).revents)
            runHandle(g_array_index(ids, int, i), g_array_index(fds, struct pollfd, i).revents);
    }
    sweep();
    return 0;
}

int
localEventRegisterDefaultImpl(void)
{
    g_mutex_lock(&loopLock);
    if (!sources)
        sources = g_ptr_array_new();
    if (wakeFd < 0)
        wakeFd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    g_mutex_unlock(&loopLock);
    if (wakeFd < 0) {
        virErrorRaiseSystem(VIR_FROM_EVENT, errno, "cannot make the wake-up descriptor");
        return -1;
    }
    localEventRegisterImpl(defaultAddHandle, defaultUpdateHandle, defaultRemoveHandle,
                           defaultAddTimeout, defaultUpdateTimeout, defaultRemoveTimeout);
    return 0;
}

void
localEventRegisterImpl(virEventAddHandleFunc addHandle, virEventUpdateHandleFunc updateHandle,
                       virEventRemoveHandleFunc removeHandle, virEventAddTimeoutFunc addTimeout,
                       virEventUpdateTimeoutFunc updateTimeout,
                       virEventRemoveTimeoutFunc removeTimeout)
{
    registered = (Implementation) { addHandle, updateHandle, removeHandle,
                                    addTimeout, updateTimeout, removeTimeout };
}

bool
virEventLoopPresent(void)
{
    return registered.addTimeout != NULL;
}

int
localEventAddHandle(int fd, int events, virEventHandleCallback cb, void *opaque,
                    virFreeCallback ff)
{
    return registered.addHandle ? registered.addHandle(fd, events, cb, opaque, ff) : -1;
}

void
localEventUpdateHandle(int watch, int events)
{
    if (registered.updateHandle)
        registered.updateHandle(watch, events);
}

int
localEventRemoveHandle(int watch)
{
    return registered.removeHandle ? registered.removeHandle(watch) : -1;
}

int
localEventAddTimeout(int frequency, virEventTimeoutCallback cb, void *opaque, virFreeCallback ff)
{
    return registered.addTimeout ? registered.addTimeout(frequency, cb, opaque, ff) : -1;
}

void
localEventUpdateTimeout(int timer, int frequency)
{
    if (registered.updateTimeout)
        registered.updateTimeout(timer, frequency);
}

int
localEventRemoveTimeout(int timer)
{
    return registered.removeTimeout ? registered.removeTimeout(timer) : -1;
}
