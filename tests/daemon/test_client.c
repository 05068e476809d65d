/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests calls at the client's end of a connection against a peer that misbehaves in every way. */

#include <unistd.h>

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "peer.h"
#include "runtime/error.h"
#include "runtime/local.h"

static void
testEcho(PeerFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    int i;

    for (i = 0; i < 1000; i++) {
        g_autoptr(virMessage) reply = peerCall(fixture, ECHO, "12345678");

        g_assert_nonnull(reply);
        g_assert_cmpmem(reply->payload, reply->size, "12345678", 8);
    }
    g_assert_true(virClientAlive(fixture->client));
}

static void *
callHold(void *opaque)
{
    virMessage *reply = peerCall(opaque, HOLD, "");

    g_assert_nonnull(reply);
    g_assert_cmpint(reply->header.procedure, ==, HOLD);
    virMessageFree(reply);
    return NULL;
}

static void
testOutOfOrder(PeerFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    GThread *first = g_thread_new("hold", callHold, fixture);
    int i;

    /* Whichever comes first at the peer, the held call is answered behind an echo. */
    for (i = 0; i < 100; i++) {
        g_autoptr(virMessage) reply = peerCall(fixture, ECHO, "abcd");

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
        g_autoptr(virMessage) reply = peerCall(opaque, i % 10 == 9 ? TELL : ECHO, payload);

        g_assert_nonnull(reply);
        if (i % 10 != 9)
            g_assert_cmpmem(reply->payload, reply->size, payload, 8);
    }
    return NULL;
}

static void
testThreads(PeerFixture *fixture, gconstpointer data G_GNUC_UNUSED)
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
testRefused(PeerFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(virMessage) reply = peerCall(fixture, REFUSE, "");
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
testFiles(PeerFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(virMessage) reply = peerCall(fixture, GIVE, "");
    char byte = 0;

    g_assert_nonnull(reply);
    g_assert_cmpint(reply->filesCount, ==, 2);
    g_assert_cmpint(reply->size, ==, 0);
    g_assert_cmpint(read(reply->files[0], &byte, 1), ==, 1);
    g_assert_cmpint(byte, ==, 'x');
    virMessageFree(peerCall(fixture, ECHO, "next"));
}

static void
testLarge(PeerFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(virMessage) reply = peerCall(fixture, FLOOD, "");
    g_autofree char *payload = g_strnfill(3 * 1024 * 1024, 'x');
    g_autoptr(virMessage) echo = peerCall(fixture, ECHO, payload);

    g_assert_cmpint(reply->size, ==, FLOOD_SIZE);
    g_assert_cmpmem(echo->payload, echo->size, payload, strlen(payload));
}

static void
testPing(PeerFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(virMessage) reply = peerCall(fixture, ASK, "");

    g_assert_nonnull(reply);
}

static void
testHangUp(PeerFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    peerAssertFails(peerCall(fixture, HANG_UP, ""), VIR_FROM_RPC, VIR_ERR_SYSTEM_ERROR);
    peerAssertFails(peerCall(fixture, ECHO, ""), VIR_FROM_RPC, VIR_ERR_INTERNAL_ERROR);
    g_assert_false(virClientAlive(fixture->client));
    g_assert_cmpint(fixture->closed, ==, 1);
    g_assert_cmpint(fixture->reason, ==, VIR_CONNECT_CLOSE_REASON_EOF);
}

static void *
callIgnored(void *opaque)
{
    peerAssertFails(peerCall(opaque, IGNORE, ""), VIR_FROM_RPC, VIR_ERR_SYSTEM_ERROR);
    return NULL;
}

static void
testHangUpOnAll(PeerFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    GThread *threads[4];
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new("waiter", callIgnored, fixture);
    g_usleep(50 * 1000);
    peerAssertFails(peerCall(fixture, HANG_UP, ""), VIR_FROM_RPC, VIR_ERR_SYSTEM_ERROR);
    for (i = 0; i < G_N_ELEMENTS(threads); i++)
        g_thread_join(threads[i]);
    g_assert_cmpint(fixture->closed, ==, 1);
}

static void
testGarbage(PeerFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    peerAssertFails(peerCall(fixture, GARBAGE, ""), VIR_FROM_RPC, VIR_ERR_RPC);
    g_assert_cmpint(fixture->reason, ==, VIR_CONNECT_CLOSE_REASON_ERROR);
}

static void
testDeadline(PeerFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    gint64 start = g_get_monotonic_time();

    peerAssertFails(peerCallWith(fixture->client, IGNORE, "", start + 50 * 1000, NULL), VIR_FROM_RPC,
                VIR_ERR_OPERATION_TIMEOUT);
    g_assert_cmpint(g_get_monotonic_time() - start, >=, 50 * 1000);
    g_assert_cmpint(g_get_monotonic_time() - start, <, 5 * 1000 * 1000);
    /* The connection goes on. */
    virMessageFree(peerCall(fixture, ECHO, ""));
    g_assert_true(virClientAlive(fixture->client));
}

typedef struct {
    PeerFixture *fixture;
    uint32_t serial;
} Cancelled;

static void *
callCancelled(void *opaque)
{
    Cancelled *cancelled = opaque;

    peerAssertFails(peerCallWith(cancelled->fixture->client, IGNORE, "", 0, &cancelled->serial),
                VIR_FROM_RPC, VIR_ERR_OPERATION_ABORTED);
    return NULL;
}

static void
testCancel(PeerFixture *fixture, gconstpointer data G_GNUC_UNUSED)
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
    virMessageFree(peerCall(fixture, ECHO, ""));
}

static void *
callClosed(void *opaque)
{
    peerAssertFails(peerCall(opaque, IGNORE, ""), VIR_FROM_RPC, VIR_ERR_INTERNAL_ERROR);
    return NULL;
}

static void
testCloseWakes(PeerFixture *fixture, gconstpointer data G_GNUC_UNUSED)
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

/* --- with an event loop -------------------------------------------------------------------------- */

static void
testLoopDelivers(PeerFixture *fixture, gconstpointer data)
{
    g_assert_true(virClientHasLoop(fixture->client));
    testThreads(fixture, data);
    peerAssertFails(peerCall(fixture, HANG_UP, ""), VIR_FROM_RPC, VIR_ERR_SYSTEM_ERROR);
    peerAwaitCount(&fixture->closed, 1);
}

static void
testLoopKeepalive(PeerFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    /* The peer ignores pings: the connection is given up, and every waiter hears why. */
    virClientKeepalive(fixture->client, 1, 1);
    peerAssertFails(peerCall(fixture, IGNORE, ""), VIR_FROM_RPC, VIR_ERR_INTERNAL_ERROR);
    peerAwaitCount(&fixture->closed, 1);
    g_assert_cmpint(fixture->reason, ==, VIR_CONNECT_CLOSE_REASON_KEEPALIVE);
    peerAwaitCount(&fixture->peer.pings, 1);
}

#define ADD(path, function) g_test_add(path, PeerFixture, NULL, peerSetUp, function, peerTearDown)

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
    /* The tests run in this order. */
    g_test_add_func("/client/loop/start", peerStartLoop);
    ADD("/client/loop/delivers", testLoopDelivers);
    ADD("/client/loop/keepalive", testLoopKeepalive);
    ADD("/client/loop/echo", testEcho);
    ADD("/client/loop/large", testLarge);
    ADD("/client/loop/cancel", testCancel);
    ADD("/client/loop/close-wakes", testCloseWakes);
    g_test_add_func("/client/loop/stop", peerStopLoop);
    return g_test_run();
}
