/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Streams that read or write contents kept in memory; they are always ready. */

#include "test_stream.h"

#include <errno.h>

#include <libvirt/virterror.h>

#include "runtime/error.h"
#include "runtime/stream.h"
#include "test_stream_watch.h"

typedef struct {
    testData *data;         /* NULL once the stream has ended */
    unsigned long long at;
    unsigned long long end;
    bool sparse;
    testStreamDone done;
    void *opaque;

    testStreamWatch watch;
} Transfer;

static Transfer *
openTransfer(virStreamPtr st)
{
    Transfer *transfer = st->privateData;

    if (transfer->data)
        return transfer;
    virErrorRaise(VIR_FROM_STREAMS, VIR_ERR_INTERNAL_ERROR, "the stream has ended");
    return NULL;
}

static int
receive(virStreamPtr st, char *bytes, size_t nbytes, unsigned int flags)
{
    Transfer *transfer = openTransfer(st);
    unsigned long long length = 0;
    gssize got;

    if (!transfer)
        return -1;
    nbytes = MIN(MIN(nbytes, G_MAXINT), transfer->end - MIN(transfer->at, transfer->end));
    if (transfer->sparse && nbytes) {
        bool hole = testDataInHole(transfer->data, transfer->at, &length);

        /* Where a hole is not told of, it reads as zeros. */
        if (hole && flags & VIR_STREAM_RECV_STOP_AT_HOLE)
            return -3;
        nbytes = MIN(nbytes, length);
    }
    got = testDataRead(transfer->data, transfer->at, bytes, nbytes);
    if (got > 0)
        transfer->at += (unsigned long long) got;
    return (int) got;
}

static int
receiveHole(virStreamPtr st, long long *length, unsigned int flags G_GNUC_UNUSED)
{
    Transfer *transfer = openTransfer(st);
    unsigned long long here = 0;

    if (!transfer)
        return -1;
    if (!transfer->sparse || !testDataInHole(transfer->data, transfer->at, &here))
        here = 0;
    here = MIN(here, transfer->end - MIN(transfer->at, transfer->end));
    *length = (long long) here;
    transfer->at += here;
    return 0;
}

/* Whether so much fits behind what was written, else raises. */
static bool
fits(const Transfer *transfer, unsigned long long length)
{
    if (transfer->at <= transfer->end && length <= transfer->end - transfer->at)
        return true;
    virErrorRaiseSystem(VIR_FROM_STREAMS, ENOSPC, "the stream ends at byte %llu", transfer->end);
    return false;
}

static int
sendData(virStreamPtr st, const char *bytes, size_t nbytes)
{
    Transfer *transfer = openTransfer(st);
    gssize put;

    if (!transfer || !fits(transfer, nbytes))
        return -1;
    put = testDataWrite(transfer->data, transfer->at, bytes, MIN(nbytes, G_MAXINT));
    if (put > 0)
        transfer->at += (unsigned long long) put;
    return (int) put;
}

static int
sendHole(virStreamPtr st, long long length, unsigned int flags G_GNUC_UNUSED)
{
    Transfer *transfer = openTransfer(st);
    unsigned long long past;

    if (!transfer)
        return -1;
    if (!transfer->sparse) {
        virErrorRaise(VIR_FROM_STREAMS, VIR_ERR_OPERATION_INVALID,
                      "the stream was not opened for holes");
        return -1;
    }
    if (length < 0 || !fits(transfer, (unsigned long long) length)) {
        if (length < 0)
            virErrorRaise(VIR_FROM_STREAMS, VIR_ERR_INVALID_ARG, "a hole of %lld bytes", length);
        return -1;
    }
    past = transfer->at + (unsigned long long) length;
    if (length && testDataMakeHole(transfer->data, transfer->at, (unsigned long long) length) < 0)
        return -1;
    if (past > testDataSize(transfer->data) && testDataResize(transfer->data, past) < 0)
        return -1;
    transfer->at = past;
    return 0;
}

/* A transfer is always ready for its direction. */
static int
ready(virStreamPtr st)
{
    return st->driver->send ? VIR_STREAM_EVENT_WRITABLE : VIR_STREAM_EVENT_READABLE;
}

static int
addCallback(virStreamPtr st, int events, virStreamEventCallback cb, void *opaque,
            virFreeCallback ff)
{
    Transfer *transfer = openTransfer(st);

    if (!transfer)
        return -1;
    testStreamWatchReady(&transfer->watch, ready(st));
    return testStreamWatchAdd(&transfer->watch, st, events, cb, opaque, ff);
}

static int
updateCallback(virStreamPtr st, int events)
{
    Transfer *transfer = st->privateData;

    return testStreamWatchUpdate(&transfer->watch, events);
}

static int
removeCallback(virStreamPtr st)
{
    Transfer *transfer = st->privateData;

    return testStreamWatchRemove(&transfer->watch);
}

/* Ends a stream that has not ended yet. */
static void
end(virStreamPtr st)
{
    Transfer *transfer = st->privateData;
    testData *data = g_steal_pointer(&transfer->data);

    testStreamWatchStop(&transfer->watch);
    if (data && transfer->done)
        transfer->done(st, data, transfer->opaque);
    testDataUnref(data);
}

static int
finish(virStreamPtr st)
{
    if (!openTransfer(st))
        return -1;
    end(st);
    return 0;
}

static void
release(virStreamPtr st)
{
    Transfer *transfer = st->privateData;

    end(st);
    testStreamWatchClear(&transfer->watch);
    g_free(transfer);
}

static const virStreamDriver reader = {
    .receive = receive,
    .receiveHole = receiveHole,
    .addCallback = addCallback,
    .updateCallback = updateCallback,
    .removeCallback = removeCallback,
    .finish = finish,
    .abort = finish,
    .release = release,
};

static const virStreamDriver writer = {
    .send = sendData,
    .sendHole = sendHole,
    .addCallback = addCallback,
    .updateCallback = updateCallback,
    .removeCallback = removeCallback,
    .finish = finish,
    .abort = finish,
    .release = release,
};

static Transfer *
newTransfer(testData *data, unsigned long long start, unsigned long long end_, bool sparse)
{
    Transfer *transfer = g_new0(Transfer, 1);

    transfer->data = testDataRef(data);
    transfer->at = start;
    transfer->end = end_;
    transfer->sparse = sparse;
    testStreamWatchInit(&transfer->watch);
    return transfer;
}

static void
openStream(virStreamPtr st, const virStreamDriver *driver, Transfer *transfer, testStreamDone done,
           void *opaque)
{
    transfer->done = done;
    transfer->opaque = opaque;
    st->privateData = transfer;
    st->driver = driver;
}

void
testStreamRead(virStreamPtr st, testData *data, unsigned long long start,
               unsigned long long end_, bool sparse, testStreamDone done, void *opaque)
{
    openStream(st, &reader, newTransfer(data, start, end_, sparse), done, opaque);
}

void
testStreamWrite(virStreamPtr st, testData *data, unsigned long long start,
                unsigned long long end_, bool sparse, testStreamDone done, void *opaque)
{
    openStream(st, &writer, newTransfer(data, start, end_, sparse), done, opaque);
}
