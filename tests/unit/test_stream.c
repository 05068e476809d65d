/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests streams: the public functions over a driver's side, right and wrong handlers, misuse. */

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include <glib.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/stream.h"

#define HOLE 1000

/* The driver's side: what was sent stands here, and what can be received is taken from it. */
typedef struct {
    GString *data;          /* a hole is HOLE bytes of it, marked by 'H' */
    gsize at;
    int most;               /* bytes taken or given by one call */
    int aborts, finishes, releases;
    bool refuses;
} Pipe;

static int
pipeSend(virStreamPtr st, const char *data, size_t nbytes)
{
    Pipe *side = st->privateData;
    int taken = MIN((int) nbytes, side->most);

    if (side->refuses) {
        virErrorRaise(VIR_FROM_STREAMS, VIR_ERR_OPERATION_FAILED, "refused");
        return -1;
    }
    g_string_append_len(side->data, data, taken);
    return taken;
}

static int
pipeReceive(virStreamPtr st, char *data, size_t nbytes, unsigned int flags)
{
    Pipe *side = st->privateData;
    int given = 0;

    if (st->flags & VIR_STREAM_NONBLOCK && side->at == side->data->len)
        return -2;
    if (flags & VIR_STREAM_RECV_STOP_AT_HOLE && side->data->str[side->at] == 'H')
        return -3;
    while (given < (int) nbytes && given < side->most && side->at < side->data->len &&
           (side->data->str[side->at] != 'H' || !(flags & VIR_STREAM_RECV_STOP_AT_HOLE)))
        data[given++] = side->data->str[side->at++];
    return given;
}

static int
pipeSendHole(virStreamPtr st, long long length, unsigned int flags G_GNUC_UNUSED)
{
    g_assert_cmpint(length, ==, HOLE);
    g_string_append_c(((Pipe *) st->privateData)->data, 'H');
    return 0;
}

static int
pipeReceiveHole(virStreamPtr st, long long *length, unsigned int flags G_GNUC_UNUSED)
{
    Pipe *side = st->privateData;

    g_assert_cmpint(side->data->str[side->at], ==, 'H');
    side->at++;
    *length = HOLE;
    return 0;
}

static int
pipeFinish(virStreamPtr st)
{
    ((Pipe *) st->privateData)->finishes++;
    return 0;
}

static int
pipeAbort(virStreamPtr st)
{
    ((Pipe *) st->privateData)->aborts++;
    return 0;
}

static void
pipeRelease(virStreamPtr st)
{
    ((Pipe *) st->privateData)->releases++;
}

static const virStreamDriver driver = {
    .send = pipeSend,
    .receive = pipeReceive,
    .sendHole = pipeSendHole,
    .receiveHole = pipeReceiveHole,
    .finish = pipeFinish,
    .abort = pipeAbort,
    .release = pipeRelease,
};

/* It can do nothing. */
static const virStreamDriver bare = { .send = NULL };

static int
closeNothing(virConnectPtr conn G_GNUC_UNUSED)
{
    return 0;
}

static const virDriver model = { .name = "model", .ConnectClose = closeNothing };

static Pipe side;

static virStreamPtr
newStream(const virStreamDriver *of, unsigned int flags, const char *content, int most)
{
    virConnectPtr conn = virHandleNew(&virConnectClass);
    virStreamPtr st;

    g_mutex_init(&conn->lock);
    conn->driver = &model;
    st = virStreamNew(conn, flags);
    g_assert_nonnull(st);
    /* The stream keeps it. */
    virConnectClose(conn);
    side = (Pipe) { .data = g_string_new(content), .most = most };
    st->driver = of;
    st->privateData = &side;
    return st;
}

static void
freeStream(virStreamPtr st, int aborts)
{
    int owned = st->driver == &driver;

    g_assert_cmpint(virStreamFree(st), ==, 0);
    g_assert_cmpint(side.releases, ==, owned);
    g_assert_cmpint(side.aborts, ==, aborts);
    g_string_free(side.data, TRUE);
    virResetLastError();
}

static void
assertFailed(int result, int code)
{
    g_assert_cmpint(result, ==, -1);
    g_assert_cmpint(virGetLastErrorCode(), ==, code);
    g_assert_cmpint(virGetLastError()->domain, ==, VIR_FROM_STREAMS);
    virResetLastError();
}

/* --- handlers --------------------------------------------------------------------------------- */

/* A text in parts; the way it misbehaves. */
typedef struct {
    const char *text;
    gsize at;
    int result;             /* instead of what it did, when not 0 */
    int number;             /* errno with that */
    GString *got;
} Handler;

static int
source(virStreamPtr st G_GNUC_UNUSED, char *data, size_t nbytes, void *opaque)
{
    Handler *handler = opaque;
    gsize length = MIN(MIN(nbytes, strlen(handler->text) - handler->at), 3);

    if (handler->result) {
        errno = handler->number;
        return handler->result;
    }
    /* The text says where holes are. */
    for (gsize i = 0; i < length; i++) {
        if (handler->text[handler->at + i] == 'H')
            length = i;
    }
    memcpy(data, handler->text + handler->at, length);
    handler->at += length;
    return (int) length;
}

static int
sourceHole(virStreamPtr st G_GNUC_UNUSED, int *inData, long long *length, void *opaque)
{
    const Handler *handler = opaque;

    *inData = handler->text[handler->at] != 'H';
    *length = *inData ? (long long) strcspn(handler->text + handler->at, "H") : HOLE;
    return 0;
}

static int
sourceSkip(virStreamPtr st G_GNUC_UNUSED, long long length, void *opaque)
{
    g_assert_cmpint(length, ==, HOLE);
    ((Handler *) opaque)->at++;
    return 0;
}

static int
sink(virStreamPtr st G_GNUC_UNUSED, const char *data, size_t nbytes, void *opaque)
{
    Handler *handler = opaque;
    int taken = MIN((int) nbytes, 2);

    if (handler->result) {
        errno = handler->number;
        return handler->result - 1;
    }
    g_string_append_len(handler->got, data, taken);
    return taken;
}

static int
sinkHole(virStreamPtr st G_GNUC_UNUSED, long long length, void *opaque)
{
    g_assert_cmpint(length, ==, HOLE);
    g_string_append_c(((Handler *) opaque)->got, 'H');
    return 0;
}

/* --- the tests -------------------------------------------------------------------------------- */

static void
testSendAll(void)
{
    virStreamPtr st = newStream(&driver, 0, "", 2);
    Handler handler = { .text = "one two three" };

    g_assert_cmpint(virStreamSendAll(st, source, &handler), ==, 0);
    g_assert_cmpstr(side.data->str, ==, "one two three");
    g_assert_cmpint(virStreamFinish(st), ==, 0);
    g_assert_cmpint(side.finishes, ==, 1);
    freeStream(st, 0);
}

static void
testRecvAll(void)
{
    virStreamPtr st = newStream(&driver, 0, "one two three", 5);
    Handler handler = { .got = g_string_new(NULL) };

    g_assert_cmpint(virStreamRecvAll(st, sink, &handler), ==, 0);
    g_assert_cmpstr(handler.got->str, ==, "one two three");
    g_assert_cmpint(virStreamFinish(st), ==, 0);
    g_string_free(handler.got, TRUE);
    freeStream(st, 0);
}

static void
testSparse(void)
{
    static const char text[] = "HoneHHtwoH";
    virStreamPtr st = newStream(&driver, 0, "", 2);
    Handler handler = { .text = text, .got = g_string_new(NULL) };

    g_assert_cmpint(virStreamSparseSendAll(st, source, sourceHole, sourceSkip, &handler), ==, 0);
    g_assert_cmpstr(side.data->str, ==, text);
    g_assert_cmpint(virStreamSparseRecvAll(st, sink, sinkHole, &handler), ==, 0);
    g_assert_cmpstr(handler.got->str, ==, text);
    g_string_free(handler.got, TRUE);
    freeStream(st, 0);
}

/* A handler that fails, or says what cannot be, ends the transfer; its errno is the reason. */
static void
testWrongHandlers(void)
{
    static const Handler sources[] = {
        { .text = "x", .result = -1, .number = ENOSPC },
        { .text = "x", .result = -1 },
        { .text = "x", .result = 65537 },
        { .text = "x", .result = G_MAXINT },
    };
    /* One less is returned. */
    static const Handler sinks[] = {
        { .result = -1, .number = ENOSPC },
        { .result = 1 },
        { .result = 100 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(sources); i++) {
        virStreamPtr st = newStream(&driver, 0, "", 9);
        Handler handler = sources[i];

        g_assert_cmpint(virStreamSendAll(st, source, &handler), ==, -1);
        g_assert_cmpint(virGetLastError()->int1, ==, handler.number ? handler.number : EIO);
        assertFailed(-1, VIR_ERR_SYSTEM_ERROR);
        assertFailed(virStreamSparseSendAll(st, source, sourceHole, sourceSkip, &handler),
                     VIR_ERR_SYSTEM_ERROR);
        freeStream(st, 2);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(sinks); i++) {
        virStreamPtr st = newStream(&driver, 0, "one", 9);
        Handler handler = sinks[i];

        assertFailed(virStreamRecvAll(st, sink, &handler), VIR_ERR_SYSTEM_ERROR);
        freeStream(st, 1);
    }
}

/* The driver's own error is the one that is told, and nothing is aborted twice. */
static void
testDriverFails(void)
{
    virStreamPtr st = newStream(&driver, 0, "", 9);
    Handler handler = { .text = "one" };

    side.refuses = true;
    assertFailed(virStreamSendAll(st, source, &handler), VIR_ERR_OPERATION_FAILED);
    freeStream(st, 0);
}

static void
testNonBlocking(void)
{
    virStreamPtr st = newStream(&driver, VIR_STREAM_NONBLOCK, "", 9);
    Handler handler = { .text = "one" };
    char byte;

    g_assert_cmpint(virStreamRecv(st, &byte, 1), ==, -2);
    assertFailed(virStreamSendAll(st, source, &handler), VIR_ERR_OPERATION_INVALID);
    assertFailed(virStreamRecvAll(st, sink, &handler), VIR_ERR_OPERATION_INVALID);
    assertFailed(virStreamSparseSendAll(st, source, sourceHole, sourceSkip, &handler),
                 VIR_ERR_OPERATION_INVALID);
    assertFailed(virStreamSparseRecvAll(st, sink, sinkHole, &handler), VIR_ERR_OPERATION_INVALID);
    freeStream(st, 0);
}

static void
ignoreEvent(virStreamPtr st G_GNUC_UNUSED, int events G_GNUC_UNUSED, void *opaque G_GNUC_UNUSED)
{
}

/* A stream that no call has opened, and one whose driver can do nothing. */
static void
testUnopened(void)
{
    const virStreamDriver *const none[] = { NULL, &bare };

    for (gsize i = 0; i < G_N_ELEMENTS(none); i++) {
        virStreamPtr st = newStream(none[i], 0, "", 9);
        Handler handler = { .text = "one" };
        long long length = 0;
        char byte = 0;

        assertFailed(virStreamSend(st, &byte, 1), VIR_ERR_NO_SUPPORT);
        assertFailed(virStreamRecv(st, &byte, 1), VIR_ERR_NO_SUPPORT);
        assertFailed(virStreamRecvFlags(st, &byte, 1, 0), VIR_ERR_NO_SUPPORT);
        assertFailed(virStreamSendHole(st, HOLE, 0), VIR_ERR_NO_SUPPORT);
        assertFailed(virStreamRecvHole(st, &length, 0), VIR_ERR_NO_SUPPORT);
        assertFailed(virStreamSendAll(st, source, &handler), VIR_ERR_NO_SUPPORT);
        assertFailed(virStreamRecvAll(st, sink, &handler), VIR_ERR_NO_SUPPORT);
        assertFailed(virStreamEventAddCallback(st, VIR_STREAM_EVENT_READABLE, ignoreEvent, NULL,
                                               NULL), VIR_ERR_NO_SUPPORT);
        assertFailed(virStreamEventUpdateCallback(st, 0), VIR_ERR_NO_SUPPORT);
        assertFailed(virStreamEventRemoveCallback(st), VIR_ERR_NO_SUPPORT);
        assertFailed(virStreamFinish(st), VIR_ERR_NO_SUPPORT);
        if (!none[i])
            g_assert_cmpint(virStreamAbort(st), ==, 0);
        else
            assertFailed(virStreamAbort(st), VIR_ERR_NO_SUPPORT);
        freeStream(st, 0);
    }
}

static void
silent(void *opaque G_GNUC_UNUSED, virErrorPtr error G_GNUC_UNUSED)
{
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    virSetErrorFunc(NULL, silent);
    g_test_add_func("/stream/send-all", testSendAll);
    g_test_add_func("/stream/recv-all", testRecvAll);
    g_test_add_func("/stream/sparse", testSparse);
    g_test_add_func("/stream/wrong-handlers", testWrongHandlers);
    g_test_add_func("/stream/driver-fails", testDriverFails);
    g_test_add_func("/stream/non-blocking", testNonBlocking);
    g_test_add_func("/stream/unopened", testUnopened);
    return g_test_run();
}
