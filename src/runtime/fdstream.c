/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Streams over a descriptor: a terminal, a socket, a file. */

#include "runtime/fdstream.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <glib.h>
#include <libvirt/virterror.h>

#include "runtime/error.h"
#include "runtime/handle.h"
#include "runtime/local.h"
#include "runtime/stream.h"

typedef struct {
    int fd;                     /* -1: the stream has ended */
    virFdStreamDone done;
    void *opaque;

    /* Guards what follows, which the thread of the event loop uses too; nothing is called under it. */
    GMutex lock;
    struct Watch *watch;        /* NULL: nobody waits for events */
} FdStream;

/* Somebody who waits for events, and a reference to the stream. */
typedef struct Watch {
    virStreamPtr st;
    int id;
    virStreamEventCallback callback;
    void *opaque;
    virFreeCallback release;
} Watch;

static FdStream *
openStream(virStreamPtr st)
{
    FdStream *stream = st->privateData;

    if (stream->fd >= 0)
        return stream;
    virErrorRaise(VIR_FROM_STREAMS, VIR_ERR_INTERNAL_ERROR, "the stream has ended");
    return NULL;
}

/* Waits until the descriptor is ready, unless the stream never waits: false then. */
static bool
await(virStreamPtr st, int fd, short events)
{
    struct pollfd ready = { .fd = fd, .events = events };

    if (st->flags & VIR_STREAM_NONBLOCK)
        return false;
    return poll(&ready, 1, -1) > 0 || errno == EINTR;
}

static int
receive(virStreamPtr st, char *data, size_t nbytes, unsigned int flags G_GNUC_UNUSED)
{
    FdStream *stream = openStream(st);

    while (stream) {
        ssize_t got = read(stream->fd, data, MIN(nbytes, G_MAXINT));

        if (got >= 0)
            return (int) got;
        /* A terminal whose other side is gone has ended. */
        if (errno == EIO)
            return 0;
        if (errno == EINTR || (errno == EAGAIN && await(st, stream->fd, POLLIN)))
            continue;
        if (errno == EAGAIN)
            return -2;
        virErrorRaiseSystem(VIR_FROM_STREAMS, errno, "cannot receive from the stream");
        return -1;
    }
    return -1;
}

static int
sendData(virStreamPtr st, const char *data, size_t nbytes)
{
    FdStream *stream = openStream(st);

    while (stream) {
        ssize_t put = write(stream->fd, data, MIN(nbytes, G_MAXINT));

        if (put >= 0)
            return (int) put;
        if (errno == EINTR || (errno == EAGAIN && await(st, stream->fd, POLLOUT)))
            continue;
        if (errno == EAGAIN)
            return -2;
        virErrorRaiseSystem(VIR_FROM_STREAMS, errno, "cannot send to the stream");
        return -1;
    }
    return -1;
}

/* Both sets of events have the same meanings; the numbers differ. */
static int
toHandleEvents(int events)
{
    return (events & VIR_STREAM_EVENT_READABLE ? VIR_EVENT_HANDLE_READABLE : 0) |
           (events & VIR_STREAM_EVENT_WRITABLE ? VIR_EVENT_HANDLE_WRITABLE : 0);
}

static int
toStreamEvents(int events)
{
    return (events & VIR_EVENT_HANDLE_READABLE ? VIR_STREAM_EVENT_READABLE : 0) |
           (events & VIR_EVENT_HANDLE_WRITABLE ? VIR_STREAM_EVENT_WRITABLE : 0) |
           (events & VIR_EVENT_HANDLE_ERROR ? VIR_STREAM_EVENT_ERROR : 0) |
           (events & VIR_EVENT_HANDLE_HANGUP ? VIR_STREAM_EVENT_HANGUP : 0);
}

static void
freeWatch(void *opaque)
{
    Watch *watch = opaque;

    if (watch->release)
        watch->release(watch->opaque);
    virHandleUnref(&watch->st->handle);
    g_free(watch);
}

static void
dispatch(int id G_GNUC_UNUSED, int fd G_GNUC_UNUSED, int events, void *opaque)
{
    Watch *watch = opaque;
    FdStream *stream = watch->st->privateData;
    bool wanted;

    g_mutex_lock(&stream->lock);
    wanted = stream->watch == watch;
    g_mutex_unlock(&stream->lock);
    if (wanted)
        watch->callback(watch->st, toStreamEvents(events), watch->opaque);
}

static int
addCallback(virStreamPtr st, int events, virStreamEventCallback cb, void *opaque,
            virFreeCallback ff)
{
    FdStream *stream = openStream(st);
    Watch *watch;

    if (!stream)
        return -1;
    if (stream->watch) {
        virErrorRaise(VIR_FROM_STREAMS, VIR_ERR_INTERNAL_ERROR,
                      "the stream has an event callback already");
        return -1;
    }
    watch = g_new0(Watch, 1);
    watch->st = st;
    watch->callback = cb;
    watch->opaque = opaque;
    virHandleRef(&st->handle);
    /* Silent until everything the dispatcher looks at is in place. */
    watch->id = localEventAddHandle(stream->fd, 0, dispatch, watch, freeWatch);
    if (watch->id < 0) {
        freeWatch(watch);
        return -1;
    }
    watch->release = ff;
    g_mutex_lock(&stream->lock);
    stream->watch = watch;
    g_mutex_unlock(&stream->lock);
    localEventUpdateHandle(watch->id, toHandleEvents(events));
    return 0;
}

/* The number of the watch; -1, with an error raised, when there is none. */
static int
watchOf(FdStream *stream, bool take)
{
    int id = -1;

    g_mutex_lock(&stream->lock);
    if (stream->watch)
        id = stream->watch->id;
    if (take)
        stream->watch = NULL;
    g_mutex_unlock(&stream->lock);
    if (id < 0)
        virErrorRaise(VIR_FROM_STREAMS, VIR_ERR_INTERNAL_ERROR,
                      "the stream has no event callback");
    return id;
}

static int
updateCallback(virStreamPtr st, int events)
{
    int id = watchOf(st->privateData, /* take= */ false);

    if (id < 0)
        return -1;
    localEventUpdateHandle(id, toHandleEvents(events));
    return 0;
}

static int
removeCallback(virStreamPtr st)
{
    int id = watchOf(st->privateData, /* take= */ true);

    return id < 0 ? -1 : localEventRemoveHandle(id);
}

/* Ends a stream that has not ended yet. */
static void
end(FdStream *stream)
{
    int fd = stream->fd;

    if (fd < 0)
        return;
    if (stream->watch) {
        int id = watchOf(stream, /* take= */ true);

        localEventRemoveHandle(id);
    }
    stream->fd = -1;
    close(fd);
    if (stream->done)
        stream->done(stream->opaque);
}

static int
finish(virStreamPtr st)
{
    FdStream *stream = openStream(st);

    if (!stream)
        return -1;
    end(stream);
    return 0;
}

static void
release(virStreamPtr st)
{
    FdStream *stream = st->privateData;

    end(stream);
    g_mutex_clear(&stream->lock);
    g_free(stream);
}

#define COMMON                              \
    .addCallback = addCallback,             \
    .updateCallback = updateCallback,       \
    .removeCallback = removeCallback,       \
    .finish = finish,                       \
    .abort = finish,                        \
    .release = release

static const virStreamDriver receiver = { .receive = receive, COMMON };
static const virStreamDriver sender = { .send = sendData, COMMON };
static const virStreamDriver both = { .receive = receive, .send = sendData, COMMON };

int
virFdStreamOpen(virStreamPtr st, int fd, bool receives, bool sends, virFdStreamDone done,
                void *opaque)
{
    FdStream *stream;
    int flags = fcntl(fd, F_GETFL);

    if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0) {
        virErrorRaiseSystem(VIR_FROM_STREAMS, errno, "cannot open the stream");
        close(fd);
        return -1;
    }
    stream = g_new0(FdStream, 1);
    stream->fd = fd;
    stream->done = done;
    stream->opaque = opaque;
    g_mutex_init(&stream->lock);
    st->privateData = stream;
    st->driver = receives && sends ? &both : receives ? &receiver : &sender;
    return 0;
}
