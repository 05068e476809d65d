/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Streams of clients: data between a driver's stream and messages. */

#include "daemon/stream.h"

#include <libvirt/virterror.h>

#include "base/log.h"
#include "daemon/server.h"
#include "runtime/error.h"
#include "runtime/local.h"

#define SOURCE "daemon.stream"
/* Bytes that wait for a client before its streams pause. */
#define OUT_PAUSE (1024 * 1024)

struct virServeStream {
    int refs;               /* the client's list, the driver's callback, and whoever works */
    virServeClient *client;
    virStreamPtr stream;
    virMessageHeader header;
    bool reads;             /* from the driver, for the client */

    /* Guarded by the lock of the client. */
    bool listed;
    bool started;
    bool working;           /* a thread works on the stream */
    bool again;             /* and is to look once more when it is done */
    bool doomed;            /* the client is gone */
    virMessage *first;      /* from the client, not handled yet */
    virMessage **last;

    /* Of the thread that works. */
    size_t taken;           /* bytes of `first` that the driver has */
    bool atEnd;             /* the driver has no more data */
    bool over;
    int watched;            /* events of the driver's stream, -1 without a callback */
    int wanted;
};

/* A message is done with; the client is listened to again if that was the reason why it was not. */
static void
drop(virServeStream *stream, virMessage *message)
{
    virServeClient *client = stream->client;
    bool full, kick;

    g_mutex_lock(&client->lock);
    full = virServeClientIsFull(client);
    stream->first = message->next;
    if (!stream->first)
        stream->last = &stream->first;
    client->streamBytes -= message->size;
    kick = full && !virServeClientIsFull(client) && !client->busy && !client->dead;
    g_mutex_unlock(&client->lock);
    if (kick)
        virLoopKick(virServerLoop(client->server), &client->source);
    virMessageFree(message);
}

static void
unref(virServeStream *stream)
{
    if (__atomic_sub_fetch(&stream->refs, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    while (stream->first)
        drop(stream, stream->first);
    virStreamFree(stream->stream);
    virServeClientUnref(stream->client);
    g_free(stream);
}

static void
ref(virServeStream *stream)
{
    __atomic_add_fetch(&stream->refs, 1, __ATOMIC_RELAXED);
}

/* --- to the client ------------------------------------------------------------------------------ */

static void
begin(virServeStream *stream, virXdrWriter *writer, virMessageType type, virMessageStatus status)
{
    virMessageHeader header = stream->header;

    header.type = type;
    header.status = status;
    virMessageBegin(writer, &header);
}

static void
tell(virServeStream *stream, virMessageStatus status)
{
    virXdrWriter writer;

    begin(stream, &writer, VIR_MESSAGE_STREAM, status);
    virMessageEnd(&writer);
    virServeClientSend(stream->client, &writer, NULL, 0);
}

/* The thread's last error ends the stream. */
static void
tellError(virServeStream *stream)
{
    virXdrWriter writer;

    begin(stream, &writer, VIR_MESSAGE_STREAM, VIR_MESSAGE_ERROR);
    if (!localGetLastError())
        virErrorRaise(VIR_FROM_STREAMS, VIR_ERR_INTERNAL_ERROR, "the stream failed");
    virMessageWriteError(&writer, localGetLastError());
    virMessageEnd(&writer);
    virServeClientSend(stream->client, &writer, NULL, 0);
    virErrorReset();
}

/* --- work --------------------------------------------------------------------------------------- */

static void
fail(virServeStream *stream)
{
    tellError(stream);
    virStreamAbort(stream->stream);
    stream->over = true;
}

/* The driver takes data of a message: true when it has all of it. */
static bool
forward(virServeStream *stream, const virMessage *message)
{
    while (stream->taken < message->size) {
        int sent = virStreamSend(stream->stream, (const char *) message->payload + stream->taken,
                                 message->size - stream->taken);

        if (sent == -2) {
            stream->wanted |= VIR_STREAM_EVENT_WRITABLE;
            return false;
        }
        if (sent < 0) {
            fail(stream);
            return true;
        }
        stream->taken += (size_t) sent;
    }
    stream->taken = 0;
    return true;
}

static void
forwardHole(virServeStream *stream, virMessage *message)
{
    virXdrReader reader;
    uint64_t length;
    uint32_t flags;

    virXdrReaderInit(&reader, message->payload, message->size);
    if (!virXdrReadU64(&reader, &length) || !virXdrReadU32(&reader, &flags) ||
        length > G_MAXINT64) {
        virErrorRaise(VIR_FROM_STREAMS, VIR_ERR_RPC, "the hole has no length");
        fail(stream);
    } else if (virStreamSendHole(stream->stream, (long long) length, flags) < 0) {
        fail(stream);
    }
    virXdrReaderClear(&reader);
}

/* Handles one message of the client: true when it is done with. */
static bool
handle(virServeStream *stream, virMessage *message)
{
    switch (message->header.status) {
    case VIR_MESSAGE_CONTINUE:
        if (message->header.type == VIR_MESSAGE_STREAM)
            return forward(stream, message);
        forwardHole(stream, message);
        return true;
    case VIR_MESSAGE_OK:
        stream->over = true;
        if (virStreamFinish(stream->stream) < 0)
            tellError(stream);
        else
            tell(stream, VIR_MESSAGE_OK);
        return true;
    default:
        stream->over = true;
        virStreamAbort(stream->stream);
        tell(stream, VIR_MESSAGE_OK);
        return true;
    }
}

static bool
congested(virServeStream *stream)
{
    bool result;

    g_mutex_lock(&stream->client->lock);
    result = stream->client->out.bytes > OUT_PAUSE;
    g_mutex_unlock(&stream->client->lock);
    return result;
}

/* Sends one piece of what the driver has; false when there is nothing now. */
static bool
fetch(virServeStream *stream)
{
    virXdrWriter writer;
    long long hole;
    int got;

    begin(stream, &writer, VIR_MESSAGE_STREAM, VIR_MESSAGE_CONTINUE);
    if (!virXdrWriterReserve(&writer, VIR_MESSAGE_STREAM_MAX))
        return false;
    got = virStreamRecvFlags(stream->stream, (char *) writer.data + writer.used,
                             VIR_MESSAGE_STREAM_MAX, VIR_STREAM_RECV_STOP_AT_HOLE);
    if (got >= 0) {
        writer.used += (size_t) got;
        virMessageEnd(&writer);
        virServeClientSend(stream->client, &writer, NULL, 0);
        stream->atEnd = got == 0;
        return got > 0;
    }
    virXdrWriterClear(&writer);
    if (got == -2) {
        stream->wanted |= VIR_STREAM_EVENT_READABLE;
        return false;
    }
    if (got != -3 || virStreamRecvHole(stream->stream, &hole, 0) < 0) {
        fail(stream);
        return false;
    }
    begin(stream, &writer, VIR_MESSAGE_STREAM_HOLE, VIR_MESSAGE_CONTINUE);
    virXdrWriteU64(&writer, (uint64_t) hole);
    virXdrWriteU32(&writer, 0);
    virMessageEnd(&writer);
    virServeClientSend(stream->client, &writer, NULL, 0);
    return true;
}

/* The next message of the client; NULL when there is none. */
static virMessage *
peek(virServeStream *stream, bool *doomed)
{
    virMessage *message;

    g_mutex_lock(&stream->client->lock);
    message = stream->first;
    *doomed = stream->doomed;
    g_mutex_unlock(&stream->client->lock);
    return message;
}

static void work(virServeStream *stream);

static void
onDriver(virStreamPtr st G_GNUC_UNUSED, int events G_GNUC_UNUSED, void *opaque)
{
    work(opaque);
}

static void
unrefFromDriver(void *opaque)
{
    unref(opaque);
}

/* Has the driver tell when it can go on; false when it cannot tell. */
static bool
watchDriver(virServeStream *stream)
{
    if (stream->watched == stream->wanted || (stream->watched < 0 && !stream->wanted))
        return true;
    if (stream->watched >= 0) {
        stream->watched = stream->wanted;
        return virStreamEventUpdateCallback(stream->stream, stream->wanted) == 0;
    }
    ref(stream);
    stream->watched = stream->wanted;
    if (virStreamEventAddCallback(stream->stream, stream->wanted, onDriver, stream,
                                  unrefFromDriver) == 0)
        return true;
    stream->watched = -1;
    unref(stream);
    return false;
}

/* Does all that can be done now. */
static void
workOnce(virServeStream *stream)
{
    virMessage *message;
    bool doomed;

    stream->wanted = 0;
    while ((message = peek(stream, &doomed)) && !doomed && !stream->over) {
        if (!handle(stream, message))
            break;
        drop(stream, message);
    }
    while (stream->reads && !doomed && !stream->over && !stream->atEnd && !stream->first &&
           !congested(stream) && fetch(stream))
        continue;
    if (doomed && !stream->over) {
        virStreamAbort(stream->stream);
        stream->over = true;
    }
    if (!stream->over && !watchDriver(stream))
        fail(stream);
    if (stream->over && stream->watched >= 0) {
        stream->watched = -1;
        virStreamEventRemoveCallback(stream->stream);
    }
}

static void
work(virServeStream *stream)
{
    bool mine, over = false, listed = false;

    ref(stream);
    g_mutex_lock(&stream->client->lock);
    mine = stream->started && !stream->working;
    if (mine)
        stream->working = true;
    else
        stream->again = true;
    g_mutex_unlock(&stream->client->lock);
    while (mine) {
        workOnce(stream);
        g_mutex_lock(&stream->client->lock);
        over = stream->over;
        mine = stream->again && !over;
        stream->again = false;
        /* A stream that is over stays "working": nobody touches it again. */
        stream->working = mine || over;
        if (over && stream->listed) {
            g_queue_remove(&stream->client->streams, stream);
            stream->listed = false;
            listed = true;
        }
        g_mutex_unlock(&stream->client->lock);
    }
    if (listed)
        unref(stream);
    unref(stream);
}

/* --- from outside ------------------------------------------------------------------------------- */

virServeStream *
virServeStreamNew(virServeCall *call, const virMessage *message, virWireStream direction)
{
    virServeStream *stream = g_new0(virServeStream, 1);

    virServeClientRef(call->client);
    virStreamRef(call->stream);
    stream->refs = 2;
    stream->client = call->client;
    stream->stream = call->stream;
    stream->header = message->header;
    stream->reads = direction == VIR_WIRE_STREAM_READ;
    stream->last = &stream->first;
    stream->watched = -1;
    g_mutex_lock(&stream->client->lock);
    g_queue_push_tail(&stream->client->streams, stream);
    stream->listed = true;
    stream->doomed = stream->client->dead;
    g_mutex_unlock(&stream->client->lock);
    return stream;
}

void
virServeStreamStart(virServeStream *stream)
{
    g_mutex_lock(&stream->client->lock);
    stream->started = true;
    g_mutex_unlock(&stream->client->lock);
    work(stream);
    unref(stream);
}

void
virServeStreamTake(virServeClient *client, virMessage *message)
{
    virServeStream *found = NULL;
    GList *link;

    g_mutex_lock(&client->lock);
    for (link = client->streams.head; link && !found; link = link->next) {
        virServeStream *stream = link->data;

        if (stream->header.program == message->header.program &&
            stream->header.procedure == message->header.procedure &&
            stream->header.serial == message->header.serial)
            found = stream;
    }
    if (found) {
        ref(found);
        message->next = NULL;
        *found->last = message;
        found->last = &message->next;
        client->streamBytes += message->size;
    }
    g_mutex_unlock(&client->lock);
    if (!found) {
        VIR_LOG(VIR_LOG_DEBUG, SOURCE, "%s: a message for no stream",
                VIR_CLIENT_NAME(client));
        virMessageFree(message);
        return;
    }
    virLoopDelegate(virServerLoop(client->server));
    virLoopBegin(virServerLoop(client->server), &client->source, 0);
    work(found);
    virLoopEnd(virServerLoop(client->server));
    unref(found);
}

/* Lets every stream of a client work. */
static void
workAll(virServeClient *client, bool doomed)
{
    g_autoptr(GPtrArray) streams = g_ptr_array_new();
    GList *link;
    guint i;

    g_mutex_lock(&client->lock);
    for (link = client->streams.head; link; link = link->next) {
        virServeStream *stream = link->data;

        ref(stream);
        stream->doomed = stream->doomed || doomed;
        g_ptr_array_add(streams, stream);
    }
    g_mutex_unlock(&client->lock);
    for (i = 0; i < streams->len; i++) {
        work(g_ptr_array_index(streams, i));
        unref(g_ptr_array_index(streams, i));
    }
}

void
virServeStreamsContinue(virServeClient *client)
{
    workAll(client, /* doomed= */ false);
}

void
virServeStreamsAbort(virServeClient *client)
{
    workAll(client, /* doomed= */ true);
}
