/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests the client's end of a connection against a peer that misbehaves in every way. */

#define _GNU_SOURCE 1

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "rpc/client.h"
#include "rpc/client_stream.h"
#include "rpc/frame.h"
#include "rpc/keepalive.h"
#include "runtime/error.h"
#include "runtime/local.h"

/* What the peer does with a call, by its procedure. */
enum {
    ECHO = 1,
    HOLD,           /* answers it behind the next one */
    IGNORE,
    HANG_UP,
    REFUSE,         /* answers with an error */
    TELL,           /* an event, then the answer */
    GIVE,           /* two file descriptors with the answer */
    ASK,            /* a ping, and the answer once the pong is there */
    FLOOD,          /* five megabytes */
    GARBAGE,        /* a frame longer than allowed */
    STREAM,         /* data, a hole, data, the end */
    SINK,           /* takes data until the end, then confirms */
};

#define PROGRAM 0x20008086
#define FLOOD_SIZE (5 * 1024 * 1024)

typedef struct {
    virSocket socket;
    virFrameReader reader;
    virFrameQueue out;
    int pings;
} Peer;

static void
answer(Peer *peer, const virMessageHeader *call, virMessageType type, virMessageStatus status,
       const void *data, size_t size)
{
    virMessageHeader header = *call;
    virXdrWriter writer;

    header.type = type;
    header.status = status;
    virMessageBegin(&writer, &header);
    g_assert_true(virXdrWriterReserve(&writer, size));
    if (size)
        memcpy(writer.data + writer.used, data, size);
    writer.used += size;
    virMessageEnd(&writer);
    virFrameQueueSend(&peer->out, &peer->socket, &writer, NULL, 0);
    while (peer->out.first) {
        struct pollfd ready = { .fd = peer->socket.fd, .events = POLLOUT };

        poll(&ready, 1, -1);
        if (virFrameQueueFlush(&peer->out, &peer->socket) == VIR_FRAME_BROKEN)
            virFrameQueueClear(&peer->out);
    }
}

static virMessage *
nextMessage(Peer *peer)
{
    static __thread unsigned char scratch[VIR_FRAME_SCRATCH];

    for (;;) {
        virMessage *message = virFrameReaderNext(&peer->reader, &peer->socket);
        bool drained;

        if (message)
            return message;
        virFrameReaderSettle(&peer->reader);
        virSocketWait(&peer->socket);
        if (virFrameReaderReceive(&peer->reader, &peer->socket, scratch, sizeof(scratch), &drained) <= 0)
            return NULL;
    }
}

static void
answerWithFiles(Peer *peer, const virMessageHeader *call)
{
    virMessageHeader header = *call;
    virXdrWriter writer;
    int ends[2];

    g_assert_cmpint(pipe(ends), ==, 0);
    g_assert_cmpint(write(ends[1], "x", 1), ==, 1);
    header.type = VIR_MESSAGE_REPLY_FILES;
    virMessageBegin(&writer, &header);
    virXdrWriteU32(&writer, 2);
    virMessageEnd(&writer);
    g_assert_cmpint(virFrameQueueSend(&peer->out, &peer->socket, &writer, ends, 2), ==,
                    VIR_FRAME_SENT);
    close(ends[0]);
    close(ends[1]);
}

static void
answerWithError(Peer *peer, const virMessageHeader *call)
{
    virMessageHeader header = *call;
    virError error = {
        .code = VIR_ERR_NO_DOMAIN,
        .domain = VIR_FROM_TEST,
        .message = (char *) "no such domain",
        .level = VIR_ERR_ERROR,
        .str1 = (char *) "one",
        .int1 = 7,
        .int2 = -1,
    };
    virXdrWriter writer;

    header.type = VIR_MESSAGE_REPLY;
    header.status = VIR_MESSAGE_ERROR;
    virMessageBegin(&writer, &header);
    virMessageWriteError(&writer, &error);
    virMessageEnd(&writer);
    virFrameQueueSend(&peer->out, &peer->socket, &writer, NULL, 0);
}

static void
answerWithStream(Peer *peer, const virMessageHeader *call)
{
    uint64_t hole[2] = { htobe64(1000), 0 };

    answer(peer, call, VIR_MESSAGE_REPLY, VIR_MESSAGE_OK, NULL, 0);
    answer(peer, call, VIR_MESSAGE_STREAM, VIR_MESSAGE_CONTINUE, "hello", 5);
    answer(peer, call, VIR_MESSAGE_STREAM_HOLE, VIR_MESSAGE_CONTINUE, hole, 12);
    answer(peer, call, VIR_MESSAGE_STREAM, VIR_MESSAGE_CONTINUE, "world", 5);
    answer(peer, call, VIR_MESSAGE_STREAM, VIR_MESSAGE_CONTINUE, NULL, 0);
}

static void
ping(Peer *peer)
{
    virXdrWriter writer;

    virKeepaliveWrite(&writer, VIR_KEEPALIVE_PING);
    virFrameQueueSend(&peer->out, &peer->socket, &writer, NULL, 0);
}

/* False to hang up. */
static bool
serve(Peer *peer, virMessage *message, virMessageHeader *held)
{
    g_autofree void *flood = NULL;
    virMessageHeader *call = &message->header;
    virMessage *pong;

    switch (call->procedure) {
    case ECHO:
        answer(peer, call, VIR_MESSAGE_REPLY, VIR_MESSAGE_OK, message->payload, message->size);
        if (held->procedure)
            answer(peer, held, VIR_MESSAGE_REPLY, VIR_MESSAGE_OK, NULL, 0);
        held->procedure = 0;
        return true;
    case HOLD:
        *held = *call;
        return true;
    case IGNORE:
        return true;
    case REFUSE:
        answerWithError(peer, call);
        return true;
    case TELL:
        answer(peer, call, VIR_MESSAGE_EVENT, VIR_MESSAGE_OK, "news", 4);
        answer(peer, call, VIR_MESSAGE_REPLY, VIR_MESSAGE_OK, NULL, 0);
        return true;
    case GIVE:
        answerWithFiles(peer, call);
        return true;
    case ASK:
        ping(peer);
        pong = nextMessage(peer);
        g_assert_nonnull(pong);
        g_assert_cmphex(pong->header.program, ==, VIR_KEEPALIVE_PROGRAM);
        g_assert_cmpint(pong->header.procedure, ==, VIR_KEEPALIVE_PONG);
        virMessageFree(pong);
        answer(peer, call, VIR_MESSAGE_REPLY, VIR_MESSAGE_OK, NULL, 0);
        return true;
    case FLOOD:
        flood = g_malloc0(FLOOD_SIZE);
        answer(peer, call, VIR_MESSAGE_REPLY, VIR_MESSAGE_OK, flood, FLOOD_SIZE);
        return true;
    case GARBAGE:
        g_assert_cmpint(send(peer->socket.fd, "\x7f\xff\xff\xff", 4, MSG_NOSIGNAL), ==, 4);
        return true;
    case STREAM:
        answerWithStream(peer, call);
        return true;
    case SINK:
        answer(peer, call, VIR_MESSAGE_REPLY, VIR_MESSAGE_OK, NULL, 0);
        return true;
    default:
        return false;
    }
}

static void *
runPeer(void *opaque)
{
    Peer *peer = opaque;
    virMessageHeader held = { 0 };
    virMessage *message;
    bool more = true;

    while (more && (message = nextMessage(peer))) {
        if (message->header.program == VIR_KEEPALIVE_PROGRAM) {
            __atomic_add_fetch(&peer->pings, 1, __ATOMIC_RELAXED);
        } else if (message->header.type == VIR_MESSAGE_STREAM) {
            if (message->header.status != VIR_MESSAGE_CONTINUE)
                answer(peer, &message->header, VIR_MESSAGE_STREAM, VIR_MESSAGE_OK, NULL, 0);
        } else if (message->header.type == VIR_MESSAGE_CALL) {
            more = serve(peer, message, &held);
        }
        virMessageFree(message);
    }
    virFrameReaderClear(&peer->reader);
    virFrameQueueClear(&peer->out);
    virSocketClear(&peer->socket);
    return NULL;
}

/* --- the client's side -------------------------------------------------------------------------- */

typedef struct {
    Peer peer;
    GThread *thread;
    virClient *client;
    int events;
    int closed;         /* how often, and the last reason */
    int reason;
} Fixture;

static void
onEvent(virMessage *message, void *opaque)
{
    g_assert_cmpmem(message->payload, message->size, "news", 4);
    __atomic_add_fetch(&((Fixture *) opaque)->events, 1, __ATOMIC_RELAXED);
}

static void
onClosed(int reason, void *opaque)
{
    Fixture *fixture = opaque;

    fixture->reason = reason;
    __atomic_add_fetch(&fixture->closed, 1, __ATOMIC_RELEASE);
}

static const virClientHooks hooks = { .event = onEvent, .closed = onClosed };

static void
setUp(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    virSocket socket;
    int pair[2];

    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), ==, 0);
    virSocketInit(&fixture->peer.socket, pair[1]);
    fixture->peer.socket.local = true;
    fixture->thread = g_thread_new("peer", runPeer, &fixture->peer);
    virSocketInit(&socket, pair[0]);
    socket.local = true;
    fixture->client = virClientNew(&socket, &hooks, fixture);
}

static void
tearDown(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    virClientClose(fixture->client);
    virClientUnref(fixture->client);
    g_thread_join(fixture->thread);
}

static virMessage *
callWith(virClient *client, int procedure, const char *payload, gint64 deadline, uint32_t *serial)
{
    virClientRequest request = {
        .header = { .program = PROGRAM,
                    .version = 1,
                    .procedure = procedure,
                    .serial = virClientSerial(client) },
        .deadline = deadline,
        .cancellable = serial != NULL,
    };
    virXdrWriter writer;

    if (serial)
        __atomic_store_n(serial, request.header.serial, __ATOMIC_RELEASE);
    virMessageBegin(&writer, &request.header);
    virXdrWriteFixed(&writer, payload, strlen(payload));
    virMessageEnd(&writer);
    return virClientCall(client, &request, &writer);
}

static virMessage *
call(Fixture *fixture, int procedure, const char *payload)
{
    return callWith(fixture->client, procedure, payload, 0, NULL);
}

static void
assertFails(virMessage *message, int domain, int code)
{
    g_assert_null(message);
    g_assert_cmpint(localGetLastErrorDomain(), ==, domain);
    g_assert_cmpint(localGetLastErrorCode(), ==, code);
}

static void
testEcho(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    int i;

    for (i = 0; i < 1000; i++) {
        g_autoptr(virMessage) reply = call(fixture, ECHO, "12345678");

        g_assert_nonnull(reply);
        g_assert_cmpmem(reply->payload, reply->size, "12345678", 8);
    }
    g_assert_true(virClientAlive(fixture->client));
}

static void *
callHold(void *opaque)
{
    virMessage *reply = call(opaque, HOLD, "");

    g_assert_nonnull(reply);
    g_assert_cmpint(reply->header.procedure, ==, HOLD);
    virMessageFree(reply);
    return NULL;
}

static void
testOutOfOrder(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    GThread *first = g_thread_new("hold", callHold, fixture);
    int i;

    /* Whichever comes first at the peer, the held call is answered behind an echo. */
    for (i = 0; i < 100; i++) {
        g_autoptr(virMessage) reply = call(fixture, ECHO, "abcd");

        g_assert_nonnull(reply);
        g_usleep(500);
    }
    g_thread_join(first);
}

static void *
callMany(void *opaque)
{
    int i;

    for (i = 0; i < 500; i++) {
        g_autofree char *payload = g_strdup_printf("%08x", g_random_int());
        g_autoptr(virMessage) reply = call(opaque, i % 10 == 9 ? TELL : ECHO, payload);

        g_assert_nonnull(reply);
        if (i % 10 != 9)
            g_assert_cmpmem(reply->payload, reply->size, payload, 8);
    }
    return NULL;
}

static void
testThreads(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    GThread *threads[8];
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new("caller", callMany, fixture);
    for (i = 0; i < G_N_ELEMENTS(threads); i++)
        g_thread_join(threads[i]);
    g_assert_cmpint(fixture->events, ==, 8 * 50);
}

static void
testRefused(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(virMessage) reply = call(fixture, REFUSE, "");
    virErrorPtr error;

    g_assert_nonnull(reply);
    g_assert_cmpint(reply->header.status, ==, VIR_MESSAGE_ERROR);
    virMessageRaiseError(reply);
    error = localGetLastError();
    g_assert_cmpint(error->code, ==, VIR_ERR_NO_DOMAIN);
    g_assert_cmpint(error->domain, ==, VIR_FROM_TEST);
    g_assert_cmpstr(error->message, ==, "no such domain");
    g_assert_cmpstr(error->str1, ==, "one");
    g_assert_null(error->str2);
    g_assert_cmpint(error->int1, ==, 7);
    /* Half of it is an error, too, and says so. */
    reply->size = 10;
    virMessageRaiseError(reply);
    g_assert_cmpint(localGetLastErrorCode(), ==, VIR_ERR_RPC);
}

static void
testFiles(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(virMessage) reply = call(fixture, GIVE, "");
    char byte = 0;

    g_assert_nonnull(reply);
    g_assert_cmpint(reply->filesCount, ==, 2);
    g_assert_cmpint(reply->size, ==, 0);
    g_assert_cmpint(read(reply->files[0], &byte, 1), ==, 1);
    g_assert_cmpint(byte, ==, 'x');
    virMessageFree(call(fixture, ECHO, "next"));
}

static void
testLarge(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(virMessage) reply = call(fixture, FLOOD, "");
    g_autofree char *payload = g_strnfill(3 * 1024 * 1024, 'x');
    g_autoptr(virMessage) echo = call(fixture, ECHO, payload);

    g_assert_cmpint(reply->size, ==, FLOOD_SIZE);
    g_assert_cmpmem(echo->payload, echo->size, payload, strlen(payload));
}

static void
testPing(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(virMessage) reply = call(fixture, ASK, "");

    g_assert_nonnull(reply);
}

static void
testHangUp(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    assertFails(call(fixture, HANG_UP, ""), VIR_FROM_RPC, VIR_ERR_SYSTEM_ERROR);
    assertFails(call(fixture, ECHO, ""), VIR_FROM_RPC, VIR_ERR_INTERNAL_ERROR);
    g_assert_false(virClientAlive(fixture->client));
    g_assert_cmpint(fixture->closed, ==, 1);
    g_assert_cmpint(fixture->reason, ==, VIR_CONNECT_CLOSE_REASON_EOF);
}

static void *
callIgnored(void *opaque)
{
    assertFails(call(opaque, IGNORE, ""), VIR_FROM_RPC, VIR_ERR_SYSTEM_ERROR);
    return NULL;
}

static void
testHangUpOnAll(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    GThread *threads[4];
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new("waiter", callIgnored, fixture);
    g_usleep(50 * 1000);
    assertFails(call(fixture, HANG_UP, ""), VIR_FROM_RPC, VIR_ERR_SYSTEM_ERROR);
    for (i = 0; i < G_N_ELEMENTS(threads); i++)
        g_thread_join(threads[i]);
    g_assert_cmpint(fixture->closed, ==, 1);
}

static void
testGarbage(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    assertFails(call(fixture, GARBAGE, ""), VIR_FROM_RPC, VIR_ERR_RPC);
    g_assert_cmpint(fixture->reason, ==, VIR_CONNECT_CLOSE_REASON_ERROR);
}

static void
testDeadline(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    gint64 start = g_get_monotonic_time();

    assertFails(callWith(fixture->client, IGNORE, "", start + 50 * 1000, NULL), VIR_FROM_RPC,
                VIR_ERR_OPERATION_TIMEOUT);
    g_assert_cmpint(g_get_monotonic_time() - start, >=, 50 * 1000);
    g_assert_cmpint(g_get_monotonic_time() - start, <, 5 * 1000 * 1000);
    /* The connection goes on. */
    virMessageFree(call(fixture, ECHO, ""));
    g_assert_true(virClientAlive(fixture->client));
}

typedef struct {
    Fixture *fixture;
    uint32_t serial;
} Cancelled;

static void *
callCancelled(void *opaque)
{
    Cancelled *cancelled = opaque;

    assertFails(callWith(cancelled->fixture->client, IGNORE, "", 0, &cancelled->serial),
                VIR_FROM_RPC, VIR_ERR_OPERATION_ABORTED);
    return NULL;
}

static void
testCancel(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    Cancelled cancelled[2] = { { fixture, G_MAXUINT32 }, { fixture, G_MAXUINT32 } };
    GThread *threads[2];
    int i;

    for (i = 0; i < 2; i++)
        threads[i] = g_thread_new("cancelled", callCancelled, &cancelled[i]);
    g_usleep(50 * 1000);
    for (i = 0; i < 2; i++) {
        virClientCancelCall(fixture->client,
                            __atomic_load_n(&cancelled[i].serial, __ATOMIC_ACQUIRE));
        g_thread_join(threads[i]);
    }
    virMessageFree(call(fixture, ECHO, ""));
}

static void *
callClosed(void *opaque)
{
    assertFails(call(opaque, IGNORE, ""), VIR_FROM_RPC, VIR_ERR_INTERNAL_ERROR);
    return NULL;
}

static void
testCloseWakes(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    GThread *threads[3];
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new("waiter", callClosed, fixture);
    g_usleep(50 * 1000);
    virClientClose(fixture->client);
    for (i = 0; i < G_N_ELEMENTS(threads); i++)
        g_thread_join(threads[i]);
    g_assert_cmpint(fixture->closed, ==, 0);
}

/* --- streams ------------------------------------------------------------------------------------ */

static virClientStream *
openStream(Fixture *fixture, int procedure)
{
    virClientRequest request = {
        .header = { .program = PROGRAM,
                    .version = 1,
                    .procedure = procedure,
                    .serial = virClientSerial(fixture->client) },
    };
    virClientStream *stream = virClientStreamNew(fixture->client, &request.header);
    virXdrWriter writer;
    virMessage *reply;

    virMessageBegin(&writer, &request.header);
    virMessageEnd(&writer);
    reply = virClientCall(fixture->client, &request, &writer);
    g_assert_nonnull(reply);
    virMessageFree(reply);
    return stream;
}

static void
testStreamHoles(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    virClientStream *stream = openStream(fixture, STREAM);
    char buffer[4096];
    long long hole = 0;

    g_assert_cmpint(virClientStreamReceive(stream, buffer, 3, true, true), ==, 3);
    g_assert_cmpint(virClientStreamReceive(stream, buffer, 100, true, true), ==, 2);
    g_assert_cmpmem(buffer, 2, "lo", 2);
    g_assert_cmpint(virClientStreamReceive(stream, buffer, 100, true, true), ==,
                    VIR_CLIENT_STREAM_HOLE);
    g_assert_cmpint(virClientStreamReceiveHole(stream, &hole, true), ==, 0);
    g_assert_cmpint(hole, ==, 1000);
    g_assert_cmpint(virClientStreamReceive(stream, buffer, 100, true, true), ==, 5);
    g_assert_cmpmem(buffer, 5, "world", 5);
    g_assert_cmpint(virClientStreamReceive(stream, buffer, 100, true, true), ==, 0);
    g_assert_cmpint(virClientStreamEnd(stream, false), ==, 0);
    virClientStreamFree(stream);
}

static void
testStreamZeros(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    virClientStream *stream = openStream(fixture, STREAM);
    g_autoptr(GString) all = g_string_new(NULL);
    char buffer[300];
    int got;

    while ((got = virClientStreamReceive(stream, buffer, sizeof(buffer), true, false)) > 0)
        g_string_append_len(all, buffer, got);
    g_assert_cmpint(got, ==, 0);
    g_assert_cmpint(all->len, ==, 5 + 1000 + 5);
    g_assert_cmpmem(all->str, 5, "hello", 5);
    g_assert_cmpint(all->str[5], ==, 0);
    g_assert_cmpmem(all->str + 1005, 5, "world", 5);
    g_assert_cmpint(virClientStreamEnd(stream, true), ==, 0);
    virClientStreamFree(stream);
}

static void
testStreamSend(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    virClientStream *stream = openStream(fixture, SINK);
    g_autofree char *block = g_malloc0(1024 * 1024);
    size_t sent = 0;

    while (sent < 8 * 1024 * 1024) {
        int done = virClientStreamSend(stream, block, 1024 * 1024, true);

        g_assert_cmpint(done, >, 0);
        sent += (size_t) done;
    }
    g_assert_cmpint(virClientStreamSendHole(stream, 4096, 0), ==, 0);
    g_assert_cmpint(virClientStreamEnd(stream, false), ==, 0);
    g_assert_cmpint(virClientStreamSend(stream, block, 1, true), ==, VIR_CLIENT_STREAM_ERROR);
    virClientStreamFree(stream);
}

static void
testStreamHangUp(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    virClientStream *stream = openStream(fixture, SINK);
    char byte;

    g_assert_cmpint(virClientStreamReceive(stream, &byte, 1, false, false), ==,
                    VIR_CLIENT_STREAM_BLOCKED);
    assertFails(call(fixture, HANG_UP, ""), VIR_FROM_RPC, VIR_ERR_SYSTEM_ERROR);
    g_assert_cmpint(virClientStreamReceive(stream, &byte, 1, true, false), ==,
                    VIR_CLIENT_STREAM_ERROR);
    g_assert_cmpint(virClientStreamEnd(stream, false), ==, -1);
    virClientStreamFree(stream);
}

/* --- with an event loop -------------------------------------------------------------------------- */

static int loopRuns;

static void *
runLoop(void *opaque G_GNUC_UNUSED)
{
    while (g_atomic_int_get(&loopRuns))
        localEventRunDefaultImpl();
    return NULL;
}

static void
tick(int timer G_GNUC_UNUSED, void *opaque G_GNUC_UNUSED)
{
}

static void
awaitCount(const int *count, int wanted)
{
    int i;

    for (i = 0; i < 1000 && __atomic_load_n(count, __ATOMIC_ACQUIRE) < wanted; i++)
        g_usleep(10 * 1000);
    g_assert_cmpint(__atomic_load_n(count, __ATOMIC_ACQUIRE), ==, wanted);
}

static void
testLoopDelivers(Fixture *fixture, gconstpointer data)
{
    g_assert_true(virClientHasLoop(fixture->client));
    testThreads(fixture, data);
    assertFails(call(fixture, HANG_UP, ""), VIR_FROM_RPC, VIR_ERR_SYSTEM_ERROR);
    awaitCount(&fixture->closed, 1);
}

static void
testLoopKeepalive(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    /* The peer ignores pings: the connection is given up, and every waiter hears why. */
    virClientKeepalive(fixture->client, 1, 1);
    assertFails(call(fixture, IGNORE, ""), VIR_FROM_RPC, VIR_ERR_INTERNAL_ERROR);
    awaitCount(&fixture->closed, 1);
    g_assert_cmpint(fixture->reason, ==, VIR_CONNECT_CLOSE_REASON_KEEPALIVE);
    awaitCount(&fixture->peer.pings, 1);
}

typedef struct {
    virClientStream *stream;
    int bytes;
    int ended;
    int released;
} Watched;

static void
onStream(int events, void *opaque)
{
    Watched *watched = opaque;
    char buffer[100];
    int got;

    g_assert_cmpint(events & VIR_STREAM_EVENT_READABLE, !=, 0);
    got = virClientStreamReceive(watched->stream, buffer, sizeof(buffer), false, false);
    g_assert_cmpint(got, >=, 0);
    watched->bytes += got;
    if (got == 0) {
        g_assert_cmpint(virClientStreamUnwatch(watched->stream), ==, 0);
        __atomic_store_n(&watched->ended, 1, __ATOMIC_RELEASE);
    }
}

static void
countRelease(void *opaque)
{
    __atomic_add_fetch(&((Watched *) opaque)->released, 1, __ATOMIC_RELEASE);
}

static void
testLoopStream(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    Watched watched = { .stream = openStream(fixture, STREAM) };

    g_assert_cmpint(virClientStreamWatch(watched.stream, VIR_STREAM_EVENT_READABLE, onStream,
                                         &watched, countRelease),
                    ==, 0);
    awaitCount(&watched.ended, 1);
    awaitCount(&watched.released, 1);
    g_assert_cmpint(watched.bytes, ==, 1010);
    g_assert_cmpint(virClientStreamEnd(watched.stream, false), ==, 0);
    virClientStreamFree(watched.stream);
}

#define ADD(path, function) g_test_add(path, Fixture, NULL, setUp, function, tearDown)

static GThread *loop;
static int loopTimer;

/* From here on every client is read by an event loop, too: it cannot be taken back. */
static void
startLoop(void)
{
    localEventRegisterDefaultImpl();
    loopTimer = localEventAddTimeout(50, tick, NULL, NULL);
    g_atomic_int_set(&loopRuns, 1);
    loop = g_thread_new("loop", runLoop, NULL);
}

static void
stopLoop(void)
{
    g_atomic_int_set(&loopRuns, 0);
    g_thread_join(loop);
    localEventRemoveTimeout(loopTimer);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("/client/echo", testEcho);
    ADD("/client/out-of-order", testOutOfOrder);
    ADD("/client/threads", testThreads);
    ADD("/client/refused", testRefused);
    ADD("/client/files", testFiles);
    ADD("/client/large", testLarge);
    ADD("/client/ping", testPing);
    ADD("/client/hang-up", testHangUp);
    ADD("/client/hang-up-on-all", testHangUpOnAll);
    ADD("/client/garbage", testGarbage);
    ADD("/client/deadline", testDeadline);
    ADD("/client/cancel", testCancel);
    ADD("/client/close-wakes", testCloseWakes);
    ADD("/client/stream/holes", testStreamHoles);
    ADD("/client/stream/zeros", testStreamZeros);
    ADD("/client/stream/send", testStreamSend);
    ADD("/client/stream/hang-up", testStreamHangUp);
    /* The tests run in this order. */
    g_test_add_func("/client/loop/start", startLoop);
    ADD("/client/loop/delivers", testLoopDelivers);
    ADD("/client/loop/keepalive", testLoopKeepalive);
    ADD("/client/loop/stream", testLoopStream);
    ADD("/client/loop/echo", testEcho);
    ADD("/client/loop/large", testLarge);
    ADD("/client/loop/cancel", testCancel);
    ADD("/client/loop/close-wakes", testCloseWakes);
    g_test_add_func("/client/loop/stop", stopLoop);
    return g_test_run();
}
