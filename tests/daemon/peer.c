/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A scripted server and a client of it, for tests of the client's end of a connection. */

#define _GNU_SOURCE 1

#include "peer.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "rpc/frame.h"
#include "rpc/keepalive.h"
#include "runtime/error.h"
#include "runtime/local.h"

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
        if (virFrameReaderReceive(&peer->reader, &peer->socket, scratch, sizeof(scratch),
                                  &drained) <= 0)
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

static void
onEvent(virMessage *message, void *opaque)
{
    g_assert_cmpmem(message->payload, message->size, "news", 4);
    __atomic_add_fetch(&((PeerFixture *) opaque)->events, 1, __ATOMIC_RELAXED);
}

static void
onClosed(int reason, void *opaque)
{
    PeerFixture *fixture = opaque;

    fixture->reason = reason;
    __atomic_add_fetch(&fixture->closed, 1, __ATOMIC_RELEASE);
}

static const virClientHooks hooks = { .event = onEvent, .closed = onClosed };

void
peerSetUp(PeerFixture *fixture, gconstpointer data G_GNUC_UNUSED)
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

void
peerTearDown(PeerFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    virClientClose(fixture->client);
    virClientUnref(fixture->client);
    g_thread_join(fixture->thread);
}

virMessage *
peerCallWith(virClient *client, int procedure, const char *payload, gint64 deadline,
             uint32_t *serial)
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

virMessage *
peerCall(PeerFixture *fixture, int procedure, const char *payload)
{
    return peerCallWith(fixture->client, procedure, payload, 0, NULL);
}

void
peerAssertFails(virMessage *message, int domain, int code)
{
    g_assert_null(message);
    g_assert_cmpint(localGetLastErrorDomain(), ==, domain);
    g_assert_cmpint(localGetLastErrorCode(), ==, code);
}

/* --- an event loop ---------------------------------------------------------------------------- */

static int loopRuns;
static GThread *loop;
static int loopTimer;

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

void
peerAwaitCount(const int *count, int wanted)
{
    int i;

    for (i = 0; i < 1000 && __atomic_load_n(count, __ATOMIC_ACQUIRE) < wanted; i++)
        g_usleep(10 * 1000);
    g_assert_cmpint(__atomic_load_n(count, __ATOMIC_ACQUIRE), ==, wanted);
}

void
peerStartLoop(void)
{
    localEventRegisterDefaultImpl();
    loopTimer = localEventAddTimeout(50, tick, NULL, NULL);
    g_atomic_int_set(&loopRuns, 1);
    loop = g_thread_new("loop", runLoop, NULL);
}

void
peerStopLoop(void)
{
    g_atomic_int_set(&loopRuns, 0);
    g_thread_join(loop);
    localEventRemoveTimeout(loopTimer);
}
