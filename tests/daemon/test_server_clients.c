/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests the core of the daemon with many clients, and with those that misbehave. */

#define _GNU_SOURCE 1

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "core.h"
#include "rpc/message.h"
#include "runtime/local.h"

static void *
callInThread(void *opaque)
{
    CoreFixture *fixture = opaque;
    virClient *client = coreOpen(fixture);
    int i;

    for (i = 0; i < 300; i++)
        g_assert_cmpint(coreCall(client, i % 7 ? ECHO : URGENT, i), ==, i);
    coreClose(client);
    return NULL;
}

static void
testManyClients(CoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    GThread *threads[16];
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new("client", callInThread, fixture);
    for (i = 0; i < G_N_ELEMENTS(threads); i++)
        g_thread_join(threads[i]);
    coreAssertClients(fixture, 0);
}

/* A byte at a time, and a client that stops in the middle: nobody else waits. */
static void
testSlowClients(CoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    virClient *other = coreOpen(fixture);
    int slow = coreConnectRaw(fixture), half = coreConnectRaw(fixture);
    unsigned char bytes[32];
    size_t i;

    coreMakeCall(bytes, ECHO, 5, 7);
    g_assert_cmpint(write(half, bytes, 17), ==, 17);
    for (i = 0; i < sizeof(bytes); i++) {
        gint64 start = g_get_monotonic_time();

        g_assert_cmpint(write(slow, bytes + i, 1), ==, 1);
        g_assert_cmpint(coreCall(other, ECHO, 3), ==, 3);
        g_assert_cmpfloat(coreMilliseconds(start), <, 1000);
    }
    g_assert_cmpint(coreReadReply(slow), ==, 5);
    close(slow);
    close(half);
    coreClose(other);
    coreAssertClients(fixture, 0);
}

/* It sends calls and never reads: what is kept for it is bounded, and it does not hurt others. */
static void
testFlood(CoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    virClient *other = coreOpen(fixture);
    int fd = coreConnectRaw(fixture), calls = 0;
    unsigned char bytes[32];
    struct pollfd ready = { .fd = fd, .events = POLLOUT };

    coreMakeCall(bytes, NAP, 0, 300);
    fcntl(fd, F_SETFL, O_NONBLOCK);
    while (calls < 1000000 && poll(&ready, 1, 100) > 0 && write(fd, bytes, sizeof(bytes)) > 0)
        calls++;
    /* The socket has filled up, because the server stopped to read. */
    g_assert_cmpint(calls, <, 1000000);
    g_assert_cmpint(coreCall(other, ECHO, 3), ==, 3);
    close(fd);
    coreClose(other);
    coreAssertClients(fixture, 0);
}

/* Data for a stream, of 64 KiB with its head. */
static void
makeData(unsigned char *bytes, size_t size, uint32_t serial)
{
    uint32_t words[] = { (uint32_t) size, PROGRAM, 1, SINK, VIR_MESSAGE_STREAM, serial,
                         VIR_MESSAGE_CONTINUE };

    memset(bytes, 'x', size);
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        uint32_t raw = htobe32(words[i]);

        memcpy(bytes + i * 4, &raw, sizeof(raw));
    }
}

/* Sends as much of the same bytes, again and again, as is taken before it stops for a moment. */
static size_t
pour(int fd, const unsigned char *bytes, size_t size, size_t *offset, size_t most)
{
    struct pollfd ready = { .fd = fd, .events = POLLOUT };
    size_t sent = 0;

    while (sent < most && poll(&ready, 1, 500) > 0) {
        ssize_t done = send(fd, bytes + *offset, size - *offset, MSG_DONTWAIT);

        if (done <= 0)
            continue;
        *offset = (*offset + (size_t) done) % size;
        sent += (size_t) done;
    }
    return sent;
}

/* A stream whose driver takes nothing: what is kept of its data is bounded, and goes on when the driver does. */
static void
testStalledStream(CoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    enum { SIZE = 65536, MUCH = 64 * 1024 * 1024, ENOUGH = 8 * 1024 * 1024 };
    g_autofree unsigned char *bytes = g_malloc(SIZE);
    virClient *other = coreOpen(fixture);
    int fd = coreConnectRaw(fixture);
    size_t offset = 0, sent;

    coreSendCall(fd, OPEN, 1, 0);
    g_assert_cmpint(coreReadReply(fd), ==, 1);
    coreSendCall(fd, SINK, 2, 0);
    g_assert_cmpint(coreReadReply(fd), ==, 2);
    makeData(bytes, SIZE, 2);
    sent = pour(fd, bytes, SIZE, &offset, MUCH);
    g_assert_cmpuint(sent, <, ENOUGH);
    g_assert_cmpint(coreCall(other, ECHO, 3), ==, 3);
    coreOpenSink();
    sent += pour(fd, bytes, SIZE, &offset, MUCH - sent);
    g_assert_cmpuint(sent, ==, MUCH);
    for (int i = 0; i < 500 && __atomic_load_n(&coreSunk, __ATOMIC_SEQ_CST) <
                                   (size_t) MUCH / SIZE * (SIZE - 28); i++)
        g_usleep(10 * 1000);
    g_assert_cmpuint(coreSunk, ==, (size_t) MUCH / SIZE * (SIZE - 28));
    close(fd);
    coreClose(other);
    coreAssertClients(fixture, 0);
}

static void
testGarbage(CoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const unsigned char frames[][8] = {
        { 0x7f, 0xff, 0xff, 0xff }, { 0, 0, 0, 0 }, { 0, 0, 0, 8, 1, 2, 3, 4 },
    };
    virClient *other = coreOpen(fixture);
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(frames); i++) {
        int fd = coreConnectRaw(fixture);

        g_assert_cmpint(write(fd, frames[i], sizeof(frames[i])), ==, sizeof(frames[i]));
        g_assert_cmpint(coreReadReply(fd), ==, -1);
        close(fd);
        g_assert_cmpint(coreCall(other, ECHO, 3), ==, 3);
    }
    coreClose(other);
    coreAssertClients(fixture, 0);
}

static void
testBye(CoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    int fd = coreConnectRaw(fixture);
    unsigned char bytes[64];

    coreMakeCall(bytes, BYE, 1, 0);
    coreMakeCall(bytes + 32, ECHO, 2, 0);
    g_assert_cmpint(write(fd, bytes, sizeof(bytes)), ==, sizeof(bytes));
    g_assert_cmpint(coreReadReply(fd), ==, 1);
    /* What came behind it was not heard. */
    g_assert_cmpint(coreReadReply(fd), ==, -1);
    close(fd);
    coreAssertClients(fixture, 0);
}

/* The limit of clients: others wait, and come in once somebody leaves. */
static void
testLimit(CoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    virServerLimits limits = { .clients = 3, .requests = 5 };
    virClient *clients[3];
    int waiting, i;
    unsigned char bytes[32];
    struct pollfd ready;

    virServerSetLimits(fixture->server, &limits);
    for (i = 0; i < 3; i++) {
        clients[i] = coreOpen(fixture);
        g_assert_cmpint(coreCall(clients[i], ECHO, i), ==, i);
    }
    waiting = coreConnectRaw(fixture);
    coreMakeCall(bytes, ECHO, 9, 0);
    g_assert_cmpint(write(waiting, bytes, sizeof(bytes)), ==, sizeof(bytes));
    ready = (struct pollfd) { .fd = waiting, .events = POLLIN };
    g_assert_cmpint(poll(&ready, 1, 100), ==, 0);
    coreAssertClients(fixture, 3);
    coreClose(clients[0]);
    g_assert_cmpint(coreReadReply(waiting), ==, 9);
    close(waiting);
    coreClose(clients[1]);
    coreClose(clients[2]);
    coreAssertClients(fixture, 0);
}

/* Clients that still have to prove who they are have a limit of their own. */
static void
testAnonymous(CoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    virServerLimits limits = { .clients = 50, .anonymous = 2, .requests = 5 };
    g_autofree char *path = g_build_filename(fixture->folder, "asks", NULL);
    virListenUnix wanted = {
        .path = path, .mode = 0700, .group = (gid_t) -1, .backlog = 10, .auth = VIR_SERVE_AUTH_SASL,
    };
    virListener *listener = virListenerNewUnix(&wanted);
    g_autofree char *other = g_steal_pointer(&fixture->path);
    virServerCount count;
    unsigned char bytes[32];
    struct pollfd ready;
    int fds[3], i;

    g_assert_nonnull(listener);
    g_assert_cmpint(virServerListen(fixture->server, listener), ==, 0);
    virServerSetLimits(fixture->server, &limits);
    fixture->path = g_strdup(path);
    coreMakeCall(bytes, ECHO, 5, 0);
    for (i = 0; i < 3; i++) {
        fds[i] = coreConnectRaw(fixture);
        g_assert_cmpint(write(fds[i], bytes, sizeof(bytes)), ==, sizeof(bytes));
    }
    /* Two are told that they have to; the third is not even accepted. */
    g_assert_cmpint(coreReadReply(fds[0]), ==, 5);
    g_assert_cmpint(coreReadReply(fds[1]), ==, 5);
    ready = (struct pollfd) { .fd = fds[2], .events = POLLIN };
    g_assert_cmpint(poll(&ready, 1, 100), ==, 0);
    virServerGetCount(fixture->server, &count);
    g_assert_cmpuint(count.anonymous, ==, 2);
    close(fds[0]);
    g_assert_cmpint(coreReadReply(fds[2]), ==, 5);
    close(fds[1]);
    close(fds[2]);
    coreAssertClients(fixture, 0);
    g_free(fixture->path);
    fixture->path = g_steal_pointer(&other);
}

/* They come, call, and vanish in the middle of it. */
static void
testVanishing(CoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const int kinds[] = { ECHO, NAP, HANG, URGENT };
    unsigned char bytes[32];
    int i;

    for (i = 0; i < 200; i++) {
        int fd = coreConnectRaw(fixture);

        coreMakeCall(bytes, kinds[i % 4], 1, 1);
        g_assert_cmpint(write(fd, bytes, i % 3 ? 32 : 30), >, 0);
        close(fd);
    }
    coreAssertClients(fixture, 0);
}

static int
countDescriptors(void)
{
    GDir *folder = g_dir_open("/proc/self/fd", 0, NULL);
    int count = 0;

    while (g_dir_read_name(folder))
        count++;
    g_dir_close(folder);
    return count;
}

static void
testDescriptors(void)
{
    CoreFixture fixture;
    int before = countDescriptors();

    coreSetUp(&fixture, NULL);
    testManyClients(&fixture, NULL);
    testVanishing(&fixture, NULL);
    coreTearDown(&fixture, NULL);
    g_assert_cmpint(countDescriptors(), ==, before);
}

#define ADD(path, function) g_test_add(path, CoreFixture, NULL, coreSetUp, function, coreTearDown)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("/server/many-clients", testManyClients);
    ADD("/server/slow-clients", testSlowClients);
    ADD("/server/flood", testFlood);
    ADD("/server/stalled-stream", testStalledStream);
    ADD("/server/garbage", testGarbage);
    ADD("/server/bye", testBye);
    ADD("/server/limit", testLimit);
    ADD("/server/anonymous", testAnonymous);
    ADD("/server/vanishing", testVanishing);
    g_test_add_func("/server/descriptors", testDescriptors);
    return g_test_run();
}
