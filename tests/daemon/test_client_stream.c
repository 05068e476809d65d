/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests streams at the client's end of a connection. */

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "peer.h"
#include "rpc/client_stream.h"
static virClientStream *
openStream(PeerFixture *fixture, int procedure)
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
testStreamHoles(PeerFixture *fixture, gconstpointer data G_GNUC_UNUSED)
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
testStreamZeros(PeerFixture *fixture, gconstpointer data G_GNUC_UNUSED)
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
testStreamSend(PeerFixture *fixture, gconstpointer data G_GNUC_UNUSED)
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
testStreamHangUp(PeerFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    virClientStream *stream = openStream(fixture, SINK);
    char byte;

    g_assert_cmpint(virClientStreamReceive(stream, &byte, 1, false, false), ==,
                    VIR_CLIENT_STREAM_BLOCKED);
    peerAssertFails(peerCall(fixture, HANG_UP, ""), VIR_FROM_RPC, VIR_ERR_SYSTEM_ERROR);
    g_assert_cmpint(virClientStreamReceive(stream, &byte, 1, true, false), ==,
                    VIR_CLIENT_STREAM_ERROR);
    g_assert_cmpint(virClientStreamEnd(stream, false), ==, -1);
    virClientStreamFree(stream);
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
testLoopStream(PeerFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    Watched watched = { .stream = openStream(fixture, STREAM) };

    g_assert_cmpint(virClientStreamWatch(watched.stream, VIR_STREAM_EVENT_READABLE, onStream,
                                         &watched, countRelease),
                    ==, 0);
    peerAwaitCount(&watched.ended, 1);
    peerAwaitCount(&watched.released, 1);
    g_assert_cmpint(watched.bytes, ==, 1010);
    g_assert_cmpint(virClientStreamEnd(watched.stream, false), ==, 0);
    virClientStreamFree(watched.stream);
}

#define ADD(path, function) g_test_add(path, PeerFixture, NULL, peerSetUp, function, peerTearDown)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("/client/stream/holes", testStreamHoles);
    ADD("/client/stream/zeros", testStreamZeros);
    ADD("/client/stream/send", testStreamSend);
    ADD("/client/stream/hang-up", testStreamHangUp);
    /* The tests run in this order. */
    g_test_add_func("/client/stream/loop/start", peerStartLoop);
    ADD("/client/stream/loop/watched", testLoopStream);
    g_test_add_func("/client/stream/loop/stop", peerStopLoop);
    return g_test_run();
}
