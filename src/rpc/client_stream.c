/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A stream over a client's connection: data and holes in both directions. */

#include "rpc/client_stream.h"

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "base/log.h"
#include "rpc/client_inside.h"
#include "runtime/error.h"
#include "runtime/eventloop.h"
#include "runtime/local.h"

#define SOURCE "rpc.stream"

struct virClientStream {
    int refs;               /* the owner's, and the timer's while there is one */
    virClient *client;

    /* All that follows is guarded by the lock of the client. */
    bool listed;
    virMessageHeader header;
    virClientWaiter *waiter;    /* the thread that waits for the stream, NULL for none */
    virMessage *first;          /* arrived and not taken */
    virMessage **last;
    size_t taken;               /* bytes of `first` that were received by the owner */
    long long hole;             /* bytes of a hole that is next */
    bool atEnd;                 /* the server has no more data */
    bool ended;                 /* the server confirmed the end */
    bool broken;                /* the connection ended */
    virMessage *error;          /* why the server ended it */

    int timer;              /* of the callback, -1 for none */
    int events;
    bool kicked;            /* the timer is to run at once */
};

/* One callback; its timer owns it. The next may be set before the loop has released this one. */
typedef struct {
    virClientStream *stream;    /* a reference */
    virClientStreamCallback call;
    void *opaque;
    void (*release)(void *opaque);
} Watcher;

static void
unref(virClientStream *stream)
{
    if (__atomic_sub_fetch(&stream->refs, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    while (stream->first) {
        virMessage *message = stream->first;

        stream->first = message->next;
        virMessageFree(message);
    }
    virMessageFree(stream->error);
    virClientUnref(stream->client);
    g_free(stream);
}

virClientStream *
virClientStreamNew(virClient *client, const virMessageHeader *call)
{
    virClientStream *stream = g_new0(virClientStream, 1);

    virClientRef(client);
    stream->refs = 1;
    stream->client = client;
    stream->header = *call;
    stream->last = &stream->first;
    stream->timer = -1;
    virClientLock(client);
    g_queue_push_tail(&client->streams, stream);
    stream->listed = true;
    stream->broken = client->broken != NULL;
    virClientUnlock(client);
    return stream;
}

/* Called with the lock held. */
static void
unlist(virClientStream *stream)
{
    if (stream->listed)
        g_queue_remove(&stream->client->streams, stream);
    stream->listed = false;
}

void
virClientStreamFree(virClientStream *stream)
{
    if (!stream)
        return;
    if (stream->timer >= 0)
        virClientStreamUnwatch(stream);
    virClientLock(stream->client);
    unlist(stream);
    virClientUnlock(stream->client);
    unref(stream);
}

/* --- what arrives ------------------------------------------------------------------------------- */

/* Something changed: wakes the thread that waits, and the callback. Called with the lock held. */
static void
notice(virClientStream *stream)
{
    if (stream->waiter) {
        stream->waiter->done = true;
        virClientWake(stream->waiter);
    }
    stream->kicked = stream->timer >= 0;
}

static virClientStream *
findStream(virClient *client, const virMessageHeader *header)
{
    GList *link;

    for (link = client->streams.head; link; link = link->next) {
        virClientStream *stream = link->data;

        if (stream->header.serial == header->serial &&
            stream->header.program == header->program &&
            stream->header.procedure == header->procedure)
            return stream;
    }
    return NULL;
}

void
virClientStreamDeliver(virClient *client, virMessage *message)
{
    virClientStream *stream = findStream(client, &message->header);

    if (!stream) {
        VIR_LOG(VIR_LOG_DEBUG, SOURCE, "data for a stream that is over, serial %u",
                message->header.serial);
        virMessageFree(message);
        return;
    }
    switch (message->header.status) {
    case VIR_MESSAGE_CONTINUE:
        message->next = NULL;
        *stream->last = message;
        stream->last = &message->next;
        break;
    case VIR_MESSAGE_OK:
        stream->ended = stream->atEnd = true;
        virMessageFree(message);
        break;
    default:
        stream->atEnd = true;
        if (stream->error)
            virMessageFree(message);
        else
            stream->error = message;
    }
    notice(stream);
}

void
virClientStreamsEnd(virClient *client)
{
    GList *link;

    for (link = client->streams.head; link; link = link->next) {
        virClientStream *stream = link->data;

        stream->broken = true;
        notice(stream);
    }
}

void
virClientStreamsWritable(virClient *client)
{
    GList *link;

    for (link = client->streams.head; link; link = link->next) {
        virClientStream *stream = link->data;

        if (stream->events & VIR_STREAM_EVENT_WRITABLE)
            notice(stream);
    }
}

void
virClientStreamsKick(virClient *client)
{
    GList *link = client->streams.head;

    while (link) {
        virClientStream *stream = link->data;
        int timer = stream->timer;

        if (!stream->kicked || timer < 0) {
            link = link->next;
            continue;
        }
        stream->kicked = false;
        g_mutex_unlock(&client->lock);
        localEventUpdateTimeout(timer, 0);
        g_mutex_lock(&client->lock);
        /* The list may have changed. */
        link = client->streams.head;
    }
}

/* The next thing to receive is at the head afterwards; with the lock held. */
static void
skipEmpty(virClientStream *stream)
{
    while (stream->first && !stream->hole) {
        virMessage *message = stream->first;
        bool over;

        if (message->header.type == VIR_MESSAGE_STREAM_HOLE) {
            virXdrReader reader;
            uint64_t length = 0;

            virXdrReaderInit(&reader, message->payload, message->size);
            if (virXdrReadU64(&reader, &length) && length <= G_MAXINT64)
                stream->hole = (long long) length;
            virXdrReaderClear(&reader);
            over = true;
        } else if (message->size == 0) {
            stream->atEnd = over = true;
        } else {
            over = stream->taken == message->size;
        }
        if (!over)
            return;
        stream->first = message->next;
        if (!stream->first)
            stream->last = &stream->first;
        stream->taken = 0;
        virMessageFree(message);
    }
}

/* Waits until there is something to receive; with the lock held. What to return, 1 to go on. */
static int
awaitInput(virClientStream *stream, bool wait)
{
    for (;;) {
        virClientWaiter waiter = { .wakeFd = -1 };
        bool fine;

        skipEmpty(stream);
        if (stream->first || stream->hole)
            return 1;
        if (stream->error) {
            virMessageRaiseError(stream->error);
            return VIR_CLIENT_STREAM_ERROR;
        }
        if (stream->atEnd)
            return 0;
        if (!virClientUsable(stream->client))
            return VIR_CLIENT_STREAM_ERROR;
        if (!wait)
            return VIR_CLIENT_STREAM_BLOCKED;
        virClientWaiterAdd(stream->client, &waiter);
        stream->waiter = &waiter;
        fine = virClientWait(stream->client, &waiter, /* deadline= */ 0);
        stream->waiter = NULL;
        virClientWaiterRemove(stream->client, &waiter);
        if (!fine)
            return VIR_CLIENT_STREAM_ERROR;
    }
}

static int
takeBytes(virClientStream *stream, char *data, size_t size)
{
    size_t done = 0;

    if (size > G_MAXINT)
        size = G_MAXINT;
    while (done < size && (stream->first || stream->hole)) {
        size_t part;

        if (stream->hole) {
            part = (unsigned long long) stream->hole < size - done ? (size_t) stream->hole
                                                                   : size - done;
            memset(data + done, 0, part);
            stream->hole -= (long long) part;
        } else {
            part = MIN(stream->first->size - stream->taken, size - done);
            memcpy(data + done, stream->first->payload + stream->taken, part);
            stream->taken += part;
        }
        done += part;
        skipEmpty(stream);
        /* One message at a time, so that a hole is never passed over. */
        break;
    }
    return (int) done;
}

int
virClientStreamReceive(virClientStream *stream, char *data, size_t size, bool wait,
                       bool stopAtHole)
{
    int result;

    virClientLock(stream->client);
    result = awaitInput(stream, wait);
    if (result == 1)
        result = stream->hole && stopAtHole ? VIR_CLIENT_STREAM_HOLE
                                            : takeBytes(stream, data, size);
    virClientUnlock(stream->client);
    return result;
}

int
virClientStreamReceiveHole(virClientStream *stream, long long *length, bool wait)
{
    int result;

    virClientLock(stream->client);
    result = awaitInput(stream, wait);
    if (result >= 0) {
        *length = stream->hole;
        stream->hole = 0;
        result = 0;
    }
    virClientUnlock(stream->client);
    return result;
}

/* --- what is sent ------------------------------------------------------------------------------- */

/* Whether the server still takes data; with the lock held, an error raised when not. */
static bool
takesData(virClientStream *stream)
{
    if (stream->error) {
        virMessageRaiseError(stream->error);
        return false;
    }
    if (stream->ended) {
        virErrorRaise(VIR_FROM_STREAMS, VIR_ERR_OPERATION_INVALID, "the stream has ended");
        return false;
    }
    return virClientUsable(stream->client);
}

static void
begin(virClientStream *stream, virXdrWriter *writer, virMessageType type, virMessageStatus status)
{
    virMessageHeader header = stream->header;

    header.type = type;
    header.status = status;
    virMessageBegin(writer, &header);
}

int
virClientStreamSend(virClientStream *stream, const char *data, size_t size, bool wait)
{
    size_t part = MIN(size, VIR_MESSAGE_STREAM_MAX);
    virXdrWriter writer;
    int result = VIR_CLIENT_STREAM_ERROR;

    virClientLock(stream->client);
    if (takesData(stream)) {
        if (!wait && stream->client->out.first) {
            result = VIR_CLIENT_STREAM_BLOCKED;
        } else {
            begin(stream, &writer, VIR_MESSAGE_STREAM, VIR_MESSAGE_CONTINUE);
            if (virXdrWriterReserve(&writer, part)) {
                memcpy(writer.data + writer.used, data, part);
                writer.used += part;
            }
            virMessageEnd(&writer);
            if (virClientTransmit(stream->client, &writer, NULL, 0, wait))
                result = (int) part;
        }
    }
    virClientUnlock(stream->client);
    return result;
}

int
virClientStreamSendHole(virClientStream *stream, long long length, unsigned int flags)
{
    virXdrWriter writer;
    int result = -1;

    virClientLock(stream->client);
    if (takesData(stream)) {
        begin(stream, &writer, VIR_MESSAGE_STREAM_HOLE, VIR_MESSAGE_CONTINUE);
        virXdrWriteU64(&writer, (uint64_t) length);
        virXdrWriteU32(&writer, flags);
        virMessageEnd(&writer);
        if (virClientTransmit(stream->client, &writer, NULL, 0, /* wait= */ true))
            result = 0;
    }
    virClientUnlock(stream->client);
    return result;
}

/* Waits until the server confirmed the end, or sent an error instead; with the lock held. */
static bool
awaitEnd(virClientStream *stream)
{
    while (!stream->ended && !stream->error) {
        virClientWaiter waiter = { .wakeFd = -1 };
        bool fine;

        virClientWaiterAdd(stream->client, &waiter);
        stream->waiter = &waiter;
        fine = virClientWait(stream->client, &waiter, /* deadline= */ 0);
        stream->waiter = NULL;
        virClientWaiterRemove(stream->client, &waiter);
        if (!fine)
            return false;
    }
    return true;
}

int
virClientStreamEnd(virClientStream *stream, bool abort)
{
    virXdrWriter writer;
    int result = -1;

    virClientLock(stream->client);
    if (takesData(stream)) {
        begin(stream, &writer, VIR_MESSAGE_STREAM, abort ? VIR_MESSAGE_ERROR : VIR_MESSAGE_OK);
        virMessageEnd(&writer);
        if (virClientTransmit(stream->client, &writer, NULL, 0, /* wait= */ true) &&
            awaitEnd(stream)) {
            if (stream->error && !abort)
                virMessageRaiseError(stream->error);
            else
                result = 0;
        }
    }
    unlist(stream);
    virClientUnlock(stream->client);
    return result;
}

/* --- callbacks ---------------------------------------------------------------------------------- */

/* What has happened of what the callback asked for; with the lock held. */
static int
happened(virClientStream *stream)
{
    int events = 0;

    skipEmpty(stream);
    if (stream->first || stream->hole || stream->atEnd)
        events |= VIR_STREAM_EVENT_READABLE;
    if (!stream->client->out.first && !stream->ended && !stream->broken)
        events |= VIR_STREAM_EVENT_WRITABLE;
    events &= stream->events;
    if (stream->error || stream->broken)
        events |= VIR_STREAM_EVENT_ERROR;
    return events;
}

static void
onTimer(int timer, void *opaque)
{
    Watcher *watcher = opaque;
    virClientStream *stream = watcher->stream;
    int events;

    localEventUpdateTimeout(timer, -1);
    virClientLock(stream->client);
    events = stream->timer == timer ? happened(stream) : 0;
    virClientUnlock(stream->client);
    if (!events)
        return;
    watcher->call(events, watcher->opaque);
    virClientLock(stream->client);
    stream->kicked = stream->timer == timer && happened(stream) != 0;
    virClientUnlock(stream->client);
}

static void
releaseWatcher(void *opaque)
{
    Watcher *watcher = opaque;

    if (watcher->release)
        watcher->release(watcher->opaque);
    unref(watcher->stream);
    g_free(watcher);
}

/* Makes the timer that of the stream, unless it has one. */
static bool
takeTimer(virClientStream *stream, int timer, int events)
{
    bool taken;

    virClientLock(stream->client);
    taken = stream->timer < 0;
    if (taken) {
        stream->timer = timer;
        stream->events = events;
        stream->kicked = happened(stream) != 0;
    }
    virClientUnlock(stream->client);
    return taken;
}

int
virClientStreamWatch(virClientStream *stream, int events, virClientStreamCallback call,
                     void *opaque, void (*release)(void *opaque))
{
    Watcher *watcher;
    int timer;

    if (!virEventLoopPresent()) {
        virErrorRaise(VIR_FROM_STREAMS, VIR_ERR_INTERNAL_ERROR,
                      "register an event loop before watching a stream");
        return -1;
    }
    watcher = g_new0(Watcher, 1);
    __atomic_add_fetch(&stream->refs, 1, __ATOMIC_RELAXED);
    watcher->stream = stream;
    watcher->call = call;
    watcher->opaque = opaque;
    timer = localEventAddTimeout(-1, onTimer, watcher, releaseWatcher);
    if (timer < 0) {
        releaseWatcher(watcher);
        virErrorRaise(VIR_FROM_STREAMS, VIR_ERR_INTERNAL_ERROR, "the event loop took no timer");
        return -1;
    }
    /* Nothing runs it yet. */
    watcher->release = release;
    if (takeTimer(stream, timer, events))
        return 0;
    watcher->release = NULL;
    localEventRemoveTimeout(timer);
    virErrorRaise(VIR_FROM_STREAMS, VIR_ERR_INTERNAL_ERROR, "the stream has a callback already");
    return -1;
}

int
virClientStreamWatchFor(virClientStream *stream, int events)
{
    bool watched;

    virClientLock(stream->client);
    watched = stream->timer >= 0;
    if (watched) {
        stream->events = events;
        stream->kicked = happened(stream) != 0;
    }
    virClientUnlock(stream->client);
    if (watched)
        return 0;
    virErrorRaise(VIR_FROM_STREAMS, VIR_ERR_INTERNAL_ERROR, "the stream has no callback");
    return -1;
}

int
virClientStreamUnwatch(virClientStream *stream)
{
    int timer;

    virClientLock(stream->client);
    timer = stream->timer;
    stream->timer = -1;
    stream->events = 0;
    virClientUnlock(stream->client);
    if (timer < 0) {
        virErrorRaise(VIR_FROM_STREAMS, VIR_ERR_INTERNAL_ERROR, "the stream has no callback");
        return -1;
    }
    localEventRemoveTimeout(timer);
    return 0;
}
