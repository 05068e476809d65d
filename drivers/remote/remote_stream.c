/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Streams whose other end is a daemon's. */

#include "remote_stream.h"

#include "rpc/client_stream.h"
#include "runtime/connect.h"
#include "runtime/stream.h"

typedef struct {
    virStreamPtr stream;
    virStreamEventCallback call;
    void *opaque;
    virFreeCallback release;
} Watch;

static bool
waits(virStreamPtr stream)
{
    return !(stream->flags & VIR_STREAM_NONBLOCK);
}

static int
sendData(virStreamPtr stream, const char *data, size_t size)
{
    return virClientStreamSend(stream->privateData, data, size, waits(stream));
}

static int
receive(virStreamPtr stream, char *data, size_t size, unsigned int flags)
{
    return virClientStreamReceive(stream->privateData, data, size, waits(stream),
                                  (flags & VIR_STREAM_RECV_STOP_AT_HOLE) != 0);
}

static int
sendHole(virStreamPtr stream, long long length, unsigned int flags)
{
    return virClientStreamSendHole(stream->privateData, length, flags);
}

static int
receiveHole(virStreamPtr stream, long long *length, unsigned int flags G_GNUC_UNUSED)
{
    return virClientStreamReceiveHole(stream->privateData, length, waits(stream));
}

static void
onEvents(int events, void *opaque)
{
    Watch *watch = opaque;

    watch->call(watch->stream, events, watch->opaque);
}

static void
freeWatch(void *opaque)
{
    Watch *watch = opaque;

    if (watch->release)
        watch->release(watch->opaque);
    virHandleUnref(&watch->stream->handle);
    g_free(watch);
}

static int
addCallback(virStreamPtr stream, int events, virStreamEventCallback call, void *opaque,
            virFreeCallback release)
{
    Watch *watch = g_new0(Watch, 1);

    virHandleRef(&stream->handle);
    watch->stream = stream;
    watch->call = call;
    watch->opaque = opaque;
    watch->release = release;
    if (virClientStreamWatch(stream->privateData, events, onEvents, watch, freeWatch) < 0) {
        /* What was not taken stays the caller's. */
        watch->release = NULL;
        freeWatch(watch);
        return -1;
    }
    return 0;
}

static int
updateCallback(virStreamPtr stream, int events)
{
    return virClientStreamWatchFor(stream->privateData, events);
}

static int
removeCallback(virStreamPtr stream)
{
    return virClientStreamUnwatch(stream->privateData);
}

static int
finish(virStreamPtr stream)
{
    return virClientStreamEnd(stream->privateData, /* abort= */ false);
}

static int
abortStream(virStreamPtr stream)
{
    return virClientStreamEnd(stream->privateData, /* abort= */ true);
}

static void
release(virStreamPtr stream)
{
    virClientStreamFree(stream->privateData);
}

static const virStreamDriver driver = {
    .send = sendData,
    .receive = receive,
    .sendHole = sendHole,
    .receiveHole = receiveHole,
    .addCallback = addCallback,
    .updateCallback = updateCallback,
    .removeCallback = removeCallback,
    .finish = finish,
    .abort = abortStream,
    .release = release,
};

void
remoteStreamOpen(virStreamPtr stream, virClientStream *data)
{
    stream->privateData = data;
    stream->driver = &driver;
}
