/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Streams: the public functions over what a driver provides. */

#include "runtime/stream.h"

#include <errno.h>

#include <glib.h>

#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/local.h"

#define BUFFER_SIZE 65536

static void
disposeStream(virHandle *handle)
{
    virStreamPtr st = (virStreamPtr) handle;

    if (st->driver && st->driver->release)
        st->driver->release(st);
    virHandleUnref(&st->conn->handle);
}

const virHandleClass virStreamClass = {
    .name = "virStream",
    .size = sizeof(struct _virStream),
    .invalidCode = VIR_ERR_INVALID_STREAM,
    .dispose = disposeStream,
};

virStreamPtr
localStreamNew(virConnectPtr conn, unsigned int flags)
{
    virStreamPtr st = virHandleNew(&virStreamClass);

    virHandleRef(&conn->handle);
    st->conn = conn;
    st->flags = flags;
    return st;
}

static int
unsupported(const char *what)
{
    virErrorRaise(VIR_FROM_STREAMS, VIR_ERR_NO_SUPPORT, "this stream cannot %s", what);
    return -1;
}

#define HAS(st, member) ((st)->driver && (st)->driver->member)

int
localStreamSend(virStreamPtr st, const char *data, size_t nbytes)
{
    return HAS(st, send) ? st->driver->send(st, data, nbytes) : unsupported("send");
}

int
localStreamRecvFlags(virStreamPtr st, char *data, size_t nbytes, unsigned int flags)
{
    return HAS(st, receive) ? st->driver->receive(st, data, nbytes, flags)
                            : unsupported("receive");
}

int
localStreamRecv(virStreamPtr st, char *data, size_t nbytes)
{
    return localStreamRecvFlags(st, data, nbytes, 0);
}

int
localStreamSendHole(virStreamPtr st, long long length, unsigned int flags)
{
    return HAS(st, sendHole) ? st->driver->sendHole(st, length, flags) : unsupported("send holes");
}

int
localStreamRecvHole(virStreamPtr st, long long *length, unsigned int flags)
{
    return HAS(st, receiveHole) ? st->driver->receiveHole(st, length, flags)
                                : unsupported("receive holes");
}

int
localStreamFinish(virStreamPtr st)
{
    return HAS(st, finish) ? st->driver->finish(st) : unsupported("finish");
}

int
localStreamAbort(virStreamPtr st)
{
    /* Nothing was ever opened: there is nothing to break off. */
    if (!st->driver)
        return 0;
    return HAS(st, abort) ? st->driver->abort(st) : unsupported("abort");
}

int
localStreamEventAddCallback(virStreamPtr st, int events, virStreamEventCallback cb, void *opaque,
                            virFreeCallback ff)
{
    return HAS(st, addCallback) ? st->driver->addCallback(st, events, cb, opaque, ff)
                                : unsupported("report events");
}

int
localStreamEventUpdateCallback(virStreamPtr st, int events)
{
    return HAS(st, updateCallback) ? st->driver->updateCallback(st, events)
                                   : unsupported("report events");
}

int
localStreamEventRemoveCallback(virStreamPtr st)
{
    return HAS(st, removeCallback) ? st->driver->removeCallback(st)
                                   : unsupported("report events");
}

/* Only blocking streams can be pumped to the end in one call. */
static bool
refuseNonBlocking(virStreamPtr st)
{
    if (!(st->flags & VIR_STREAM_NONBLOCK))
        return false;
    virErrorRaise(VIR_FROM_STREAMS, VIR_ERR_OPERATION_INVALID,
                  "data sources and sinks cannot be used for non-blocking streams");
    return true;
}

/*
 * The handler failed: the stream ends, and the reason is the handler's errno. So does one that hands
 * over more than there is room for, or that takes nothing and would be called for ever.
 */
static int
giveUp(virStreamPtr st, const char *what)
{
    int number = errno ? errno : EIO;

    localStreamAbort(st);
    virErrorRaiseSystem(VIR_FROM_STREAMS, number, "the stream's %s failed", what);
    return -1;
}

static int
sendBlock(virStreamPtr st, const char *data, size_t length)
{
    size_t done = 0;

    while (done < length) {
        int sent = localStreamSend(st, data + done, length - done);

        if (sent <= 0)
            return -1;
        done += (size_t) sent;
    }
    return 0;
}

int
localStreamSendAll(virStreamPtr st, virStreamSourceFunc handler, void *opaque)
{
    g_autofree char *buffer = g_malloc(BUFFER_SIZE);

    if (refuseNonBlocking(st))
        return -1;
    for (;;) {
        int got;

        errno = 0;
        got = handler(st, buffer, BUFFER_SIZE, opaque);
        if (got < 0 || got > BUFFER_SIZE)
            return giveUp(st, "source");
        if (got == 0)
            return 0;
        if (sendBlock(st, buffer, (size_t) got) < 0)
            return -1;
    }
}

/* One step of a sparse transfer: 1 to go on, 0 at the end, -1 after an error. */
static int
sendSparseStep(virStreamPtr st, char *buffer, virStreamSourceFunc handler,
               virStreamSourceHoleFunc holeHandler, virStreamSourceSkipFunc skipHandler,
               void *opaque)
{
    long long section = 0;
    size_t wanted = BUFFER_SIZE;
    int inData = 0, got;

    errno = 0;
    if (holeHandler(st, &inData, &section, opaque) < 0)
        return giveUp(st, "hole source");
    if (!inData && section) {
        if (localStreamSendHole(st, section, 0) < 0)
            return -1;
        return skipHandler(st, section, opaque) < 0 ? giveUp(st, "skip handler") : 1;
    }
    if (section > 0 && (unsigned long long) section < wanted)
        wanted = (size_t) section;
    got = handler(st, buffer, wanted, opaque);
    if (got < 0 || (size_t) got > wanted)
        return giveUp(st, "source");
    if (got == 0)
        return 0;
    return sendBlock(st, buffer, (size_t) got) < 0 ? -1 : 1;
}

int
localStreamSparseSendAll(virStreamPtr st, virStreamSourceFunc handler,
                         virStreamSourceHoleFunc holeHandler, virStreamSourceSkipFunc skipHandler,
                         void *opaque)
{
    g_autofree char *buffer = g_malloc(BUFFER_SIZE);
    int step;

    if (refuseNonBlocking(st))
        return -1;
    do {
        step = sendSparseStep(st, buffer, handler, holeHandler, skipHandler, opaque);
    } while (step > 0);
    return step;
}

static int
deliver(virStreamPtr st, const char *data, size_t length, virStreamSinkFunc handler, void *opaque)
{
    size_t done = 0;

    while (done < length) {
        int taken;

        errno = 0;
        taken = handler(st, data + done, length - done, opaque);
        if (taken <= 0 || (size_t) taken > length - done)
            return giveUp(st, "sink");
        done += (size_t) taken;
    }
    return 0;
}

int
localStreamRecvAll(virStreamPtr st, virStreamSinkFunc handler, void *opaque)
{
    g_autofree char *buffer = g_malloc(BUFFER_SIZE);

    if (refuseNonBlocking(st))
        return -1;
    for (;;) {
        int got = localStreamRecv(st, buffer, BUFFER_SIZE);

        if (got <= 0)
            return got;
        if (deliver(st, buffer, (size_t) got, handler, opaque) < 0)
            return -1;
    }
}

int
localStreamSparseRecvAll(virStreamPtr st, virStreamSinkFunc handler,
                         virStreamSinkHoleFunc holeHandler, void *opaque)
{
    g_autofree char *buffer = g_malloc(BUFFER_SIZE);

    if (refuseNonBlocking(st))
        return -1;
    for (;;) {
        int got = localStreamRecvFlags(st, buffer, BUFFER_SIZE, VIR_STREAM_RECV_STOP_AT_HOLE);

        if (got == -3) {
            long long hole = 0;

            if (localStreamRecvHole(st, &hole, 0) < 0)
                return -1;
            errno = 0;
            if (holeHandler(st, hole, opaque) < 0)
                return giveUp(st, "hole sink");
        } else if (got <= 0) {
            return got;
        } else if (deliver(st, buffer, (size_t) got, handler, opaque) < 0) {
            return -1;
        }
    }
}
