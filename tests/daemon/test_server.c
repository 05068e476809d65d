/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests the core of the daemon with procedures of its own: order, limits, and clients that misbehave. */

#define _GNU_SOURCE 1

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdalign.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <glib.h>
#include <glib/gstdio.h>
#include <libvirt/virterror.h>

#include "daemon/listen.h"
#include "daemon/pool.h"
#include "daemon/server.h"
#include "rpc/client.h"
#include "rpc/transport.h"
#include "runtime/error.h"
#include "runtime/local.h"

#define PROGRAM 0x12345678

/* The procedures, in the order of the table. */
enum { ECHO = 1, NAP, HANG, REFUSE, BYE, URGENT, STUCK, LOST, TRAP, SNARE };

typedef struct {
    int value;
} Number;

static const virWireField numberFields[] = {
    { .name = "value", .kind = VIR_WIRE_INT, .form = VIR_WIRE_ONE },
};
static const virWireType numberType = {
    .name = "number", .size = sizeof(Number), .least = 4, .count = 1, .fields = numberFields,
};

#define PROCEDURE(number_, high_)                                                               \
    { .name = #number_, .program = PROGRAM, .number = number_, .high = high_,                   \
      .args = &numberType, .ret = &numberType }

static const virWireProcedure wireProcedures[] = {
    PROCEDURE(ECHO, true),    PROCEDURE(NAP, false), PROCEDURE(HANG, true),
    PROCEDURE(REFUSE, false), PROCEDURE(BYE, true),  PROCEDURE(URGENT, true),
    PROCEDURE(STUCK, false),  PROCEDURE(LOST, true), PROCEDURE(TRAP, true),
    PROCEDURE(SNARE, true),
};
static const virWireProgram wireProgram = {
    .name = "test",
    .number = PROGRAM,
    .version = 1,
    .count = G_N_ELEMENTS(wireProcedures),
    .procedures = wireProcedures,
};

/* Calls that are running now, and the most there were. */
static int running;
static int most;

static int
echo(virServeCall *call G_GNUC_UNUSED, const void *args, void *ret)
{
    ((Number *) ret)->value = ((const Number *) args)->value;
    return 0;
}

/* Sleeps for as many milliseconds as it is told. */
static int
nap(virServeCall *call, const void *args, void *ret)
{
    int now = __atomic_add_fetch(&running, 1, __ATOMIC_SEQ_CST);
    int seen = __atomic_load_n(&most, __ATOMIC_SEQ_CST);

    while (seen < now && !__atomic_compare_exchange_n(&most, &seen, now, false, __ATOMIC_SEQ_CST,
                                                      __ATOMIC_SEQ_CST))
        continue;
    g_usleep((gulong) ((const Number *) args)->value * 1000);
    __atomic_sub_fetch(&running, 1, __ATOMIC_SEQ_CST);
    return echo(call, args, ret);
}

/* Calls that hang until they are let go, or the milliseconds are over that they are told. */
static GMutex gate;
static GCond gateCond;
static bool gateOpen;
static int behindGate;

static int
hang(virServeCall *call, const void *args, void *ret)
{
    gint64 end = g_get_monotonic_time() + ((const Number *) args)->value * G_TIME_SPAN_MILLISECOND;

    g_mutex_lock(&gate);
    behindGate++;
    g_cond_broadcast(&gateCond);
    while (!gateOpen && g_cond_wait_until(&gateCond, &gate, end))
        continue;
    behindGate--;
    g_mutex_unlock(&gate);
    return echo(call, args, ret);
}

static void
setGate(bool open)
{
    g_mutex_lock(&gate);
    gateOpen = open;
    g_cond_broadcast(&gateCond);
    g_mutex_unlock(&gate);
}

/* Until so many calls hang. */
static void
awaitBehindGate(int count)
{
    g_mutex_lock(&gate);
    while (behindGate < count)
        g_cond_wait(&gateCond, &gate);
    g_mutex_unlock(&gate);
}

static void
assertBehindGate(int count)
{
    g_mutex_lock(&gate);
    g_assert_cmpint(behindGate, ==, count);
    g_mutex_unlock(&gate);
}

static int
refuseCall(virServeCall *call G_GNUC_UNUSED, const void *args G_GNUC_UNUSED,
           void *ret G_GNUC_UNUSED)
{
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_DOMAIN, "none");
    return -1;
}

static int
bye(virServeCall *call, const void *args, void *ret)
{
    call->last = true;
    return echo(call, args, ret);
}

#define SERVE(index_, serve_, blocks_)                                                          \
    { .wire = &wireProcedures[index_], .serve = serve_, .blocks = blocks_, .early = true }

static const virServeProcedure procedures[] = {
    SERVE(0, echo, VIR_SERVE_QUICK),        SERVE(1, nap, VIR_SERVE_MONITOR),
    /* It says that it is quick, and is not. */
    SERVE(2, nap, VIR_SERVE_QUICK),         SERVE(3, refuseCall, VIR_SERVE_MONITOR),
    SERVE(4, bye, VIR_SERVE_QUICK),         SERVE(5, echo, VIR_SERVE_MONITOR),
    SERVE(6, hang, VIR_SERVE_MONITOR),      SERVE(7, hang, VIR_SERVE_QUICK),
    SERVE(8, hang, VIR_SERVE_QUICK),        SERVE(9, hang, VIR_SERVE_QUICK),
};
static const virServeProgram program = {
    .wire = &wireProgram,
    .count = G_N_ELEMENTS(procedures),
    .procedures = procedures,
};
static const virServeProgram *const programs[] = { &program, NULL };

/* --- both ends ---------------------------------------------------------------------------------- */

typedef struct {
    char *folder;
    char *path;
    virLoop *loop;
    virServer *server;
} Fixture;

static void
setUp(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const virServerLimits limits = { .clients = 50, .requests = 5 };
    static const virPoolLimits workers = { .least = 1, .most = 4, .urgent = 1 };
    virListenUnix wanted = { .mode = 0700, .group = (gid_t) -1, .backlog = 100 };
    virListener *listener;

    most = 0;
    fixture->folder = g_dir_make_tmp("virserverXXXXXX", NULL);
    g_assert_nonnull(fixture->folder);
    fixture->path = g_build_filename(fixture->folder, "sock", NULL);
    fixture->loop = virLoopNew(2);
    fixture->server = virServerNew("test", fixture->loop, programs, &limits, &workers);
    wanted.path = fixture->path;
    listener = virListenerNewUnix(&wanted);
    g_assert_nonnull(listener);
    g_assert_cmpint(virServerListen(fixture->server, listener), ==, 0);
}

static void
tearDown(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    virServerStop(fixture->server);
    virLoopStop(fixture->loop);
    virServerFree(fixture->server);
    virLoopFree(fixture->loop);
    /* Its socket was removed, so the folder is empty. */
    g_assert_cmpint(g_rmdir(fixture->folder), ==, 0);
    g_free(fixture->folder);
    g_free(fixture->path);
}

static void
ignoreEvent(virMessage *message G_GNUC_UNUSED, void *opaque G_GNUC_UNUSED)
{
}

static void
ignoreClosed(int reason G_GNUC_UNUSED, void *opaque G_GNUC_UNUSED)
{
}

static const virClientHooks hooks = { .event = ignoreEvent, .closed = ignoreClosed };

static virClient *
openClient(Fixture *fixture)
{
    virTransportTarget target = { .path = fixture->path };
    virSocket socket;

    g_assert_cmpint(virTransportConnect(virTransportFind("unix"), &socket, &target), ==, 0);
    return virClientNew(&socket, &hooks, NULL);
}

static void
closeClient(virClient *client)
{
    virClientClose(client);
    virClientUnref(client);
}

/* The reply's number, -1 with an error raised. */
static int
call(virClient *client, int procedure, int value)
{
    virClientRequest request = {
        .header = { .program = PROGRAM,
                    .version = 1,
                    .procedure = procedure,
                    .serial = virClientSerial(client) },
    };
    virXdrWriter writer;
    g_autoptr(virMessage) reply = NULL;
    uint32_t raw;

    virMessageBegin(&writer, &request.header);
    virXdrWriteU32(&writer, (uint32_t) value);
    virMessageEnd(&writer);
    reply = virClientCall(client, &request, &writer);
    if (!reply)
        return -1;
    if (reply->header.status != VIR_MESSAGE_OK) {
        virMessageRaiseError(reply);
        return -1;
    }
    g_assert_cmpint(reply->size, ==, 4);
    memcpy(&raw, reply->payload, sizeof(raw));
    return (int) be32toh(raw);
}

static int
connectRaw(Fixture *fixture)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    g_strlcpy(address.sun_path, fixture->path, sizeof(address.sun_path));
    g_assert_cmpint(connect(fd, (struct sockaddr *) &address, sizeof(address)), ==, 0);
    return fd;
}

/* A whole call as bytes. */
static void
makeCall(unsigned char bytes[32], int procedure, uint32_t serial, int value)
{
    uint32_t words[] = { 32, PROGRAM, 1, (uint32_t) procedure, 0, serial, 0, (uint32_t) value };
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(words); i++) {
        uint32_t raw = htobe32(words[i]);

        memcpy(bytes + i * 4, &raw, sizeof(raw));
    }
}

/* Waits for a reply on a raw socket; its serial, or -1 at the end of the connection. */
static int
readReply(int fd)
{
    unsigned char bytes[32];
    size_t have = 0;
    uint32_t raw;

    while (have < sizeof(bytes)) {
        ssize_t got = read(fd, bytes + have, sizeof(bytes) - have);

        if (got <= 0)
            return -1;
        have += (size_t) got;
    }
    memcpy(&raw, bytes + 20, sizeof(raw));
    return (int) be32toh(raw);
}

static double
milliseconds(gint64 start)
{
    return (double) (g_get_monotonic_time() - start) / 1000;
}

/* How many clients the server has, once it has noticed who left. */
static void
assertClients(Fixture *fixture, unsigned int wanted)
{
    virServerCount count;
    int i;

    for (i = 0; i < 500; i++) {
        virServerGetCount(fixture->server, &count);
        if (count.clients == wanted)
            return;
        g_usleep(10 * 1000);
    }
    g_assert_cmpint(count.clients, ==, wanted);
}

/* --- tests -------------------------------------------------------------------------------------- */

static void
testCalls(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    virClient *client = openClient(fixture);
    int i;

    for (i = 0; i < 500; i++)
        g_assert_cmpint(call(client, i % 2 ? ECHO : URGENT, i), ==, i);
    g_assert_cmpint(call(client, REFUSE, 1), ==, -1);
    g_assert_cmpint(localGetLastErrorCode(), ==, VIR_ERR_NO_DOMAIN);
    g_assert_cmpint(call(client, 99, 1), ==, -1);
    g_assert_cmpstr(localGetLastErrorMessage(), ==, "unknown procedure: 99");
    closeClient(client);
    assertClients(fixture, 0);
}

static void *
callInThread(void *opaque)
{
    Fixture *fixture = opaque;
    virClient *client = openClient(fixture);
    int i;

    for (i = 0; i < 300; i++)
        g_assert_cmpint(call(client, i % 7 ? ECHO : URGENT, i), ==, i);
    closeClient(client);
    return NULL;
}

static void
testManyClients(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    GThread *threads[16];
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new("client", callInThread, fixture);
    for (i = 0; i < G_N_ELEMENTS(threads); i++)
        g_thread_join(threads[i]);
    assertClients(fixture, 0);
}

/* Quick calls overtake those that wait, and a client has no more of those at once than it may. */
static void
testPipelining(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    unsigned char bytes[8 * 32];
    int fd = connectRaw(fixture), i, seen = 0, last = 0;

    for (i = 0; i < 7; i++)
        makeCall(bytes + i * 32, NAP, (uint32_t) i, 50);
    makeCall(bytes + 7 * 32, NAP, 7, 1);
    g_assert_cmpint(write(fd, bytes, sizeof(bytes)), ==, sizeof(bytes));
    for (i = 0; i < 8; i++) {
        last = readReply(fd);
        g_assert_cmpint(last, >=, 0);
        seen |= 1 << last;
    }
    g_assert_cmpint(seen, ==, 0xff);
    /* Four workers; the eighth call was the shortest and could not be the first. */
    g_assert_cmpint(most, <=, 4);
    close(fd);
    assertClients(fixture, 0);
}

/* Longer than any test: a call that is still there when the others are done was not waited for. */
#define FOR_EVER 60000

static void *
callLost(void *opaque)
{
    g_assert_cmpint(call(opaque, LOST, FOR_EVER), ==, FOR_EVER);
    return NULL;
}

static void *
callStuck(void *opaque)
{
    g_assert_cmpint(call(opaque, STUCK, FOR_EVER), ==, FOR_EVER);
    return NULL;
}

/* Calls that were to be quick and hang, more than the loop has threads: others, and the same clients, go on. */
static void
testHungCalls(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    virClient *hanging[4], *other = openClient(fixture);
    GThread *threads[G_N_ELEMENTS(hanging)];
    size_t i;

    setGate(false);
    for (i = 0; i < G_N_ELEMENTS(hanging); i++) {
        hanging[i] = openClient(fixture);
        threads[i] = g_thread_new("hang", callLost, hanging[i]);
    }
    awaitBehindGate((int) G_N_ELEMENTS(hanging));
    for (int number = 0; number < 100; number++) {
        g_assert_cmpint(call(other, number % 2 ? ECHO : URGENT, number), ==, number);
        g_assert_cmpint(call(hanging[number % 4], ECHO, number), ==, number);
    }
    g_assert_cmpint(call(other, NAP, 1), ==, 1);
    assertBehindGate((int) G_N_ELEMENTS(hanging));
    setGate(true);
    for (i = 0; i < G_N_ELEMENTS(hanging); i++) {
        g_thread_join(threads[i]);
        closeClient(hanging[i]);
    }
    closeClient(other);
    assertClients(fixture, 0);
}

/* Sends a whole call on a raw socket. */
static void
sendCall(int fd, int procedure, uint32_t serial, int value)
{
    unsigned char bytes[32];

    makeCall(bytes, procedure, serial, value);
    g_assert_cmpint(write(fd, bytes, sizeof(bytes)), ==, sizeof(bytes));
}

/*
 * While one thread is in a trap calls gather, so that they are fetched together; the first of them hangs, too, and
 * those that were fetched with it go on.
 */
static void
testHungTogether(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    int trapped = connectRaw(fixture), snared = connectRaw(fixture), others[12];

    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        others[i] = connectRaw(fixture);
        sendCall(others[i], ECHO, 1, 0);
        g_assert_cmpint(readReply(others[i]), ==, 1);
    }
    setGate(false);
    sendCall(trapped, TRAP, 2, FOR_EVER);
    awaitBehindGate(1);
    sendCall(snared, SNARE, 3, FOR_EVER);
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        sendCall(others[i], ECHO, 4, 0);
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        g_assert_cmpint(readReply(others[i]), ==, 4);
    awaitBehindGate(2);
    setGate(true);
    g_assert_cmpint(readReply(trapped), ==, 2);
    g_assert_cmpint(readReply(snared), ==, 3);
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        close(others[i]);
    close(trapped);
    close(snared);
    assertClients(fixture, 0);
}

/* Every worker hangs, and more calls wait for one: quick and urgent calls of anyone are answered. */
static void
testHungWorkers(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    virClient *stuck[7], *other = openClient(fixture);
    GThread *threads[G_N_ELEMENTS(stuck)];
    size_t i;

    setGate(false);
    for (i = 0; i < G_N_ELEMENTS(stuck); i++) {
        stuck[i] = openClient(fixture);
        threads[i] = g_thread_new("stuck", callStuck, stuck[i]);
    }
    awaitBehindGate(4);
    for (int number = 0; number < 100; number++) {
        g_assert_cmpint(call(other, number % 2 ? ECHO : URGENT, number), ==, number);
        g_assert_cmpint(call(stuck[number % 7], number % 2 ? ECHO : URGENT, number), ==, number);
    }
    assertBehindGate(4);
    setGate(true);
    for (i = 0; i < G_N_ELEMENTS(stuck); i++) {
        g_thread_join(threads[i]);
        closeClient(stuck[i]);
    }
    closeClient(other);
    assertClients(fixture, 0);
}

/* A byte at a time, and a client that stops in the middle: nobody else waits. */
static void
testSlowClients(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    virClient *other = openClient(fixture);
    int slow = connectRaw(fixture), half = connectRaw(fixture);
    unsigned char bytes[32];
    size_t i;

    makeCall(bytes, ECHO, 5, 7);
    g_assert_cmpint(write(half, bytes, 17), ==, 17);
    for (i = 0; i < sizeof(bytes); i++) {
        gint64 start = g_get_monotonic_time();

        g_assert_cmpint(write(slow, bytes + i, 1), ==, 1);
        g_assert_cmpint(call(other, ECHO, 3), ==, 3);
        g_assert_cmpfloat(milliseconds(start), <, 1000);
    }
    g_assert_cmpint(readReply(slow), ==, 5);
    close(slow);
    close(half);
    closeClient(other);
    assertClients(fixture, 0);
}

/* It sends calls and never reads: what is kept for it is bounded, and it does not hurt others. */
static void
testFlood(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    virClient *other = openClient(fixture);
    int fd = connectRaw(fixture), calls = 0;
    unsigned char bytes[32];
    struct pollfd ready = { .fd = fd, .events = POLLOUT };

    makeCall(bytes, NAP, 0, 300);
    fcntl(fd, F_SETFL, O_NONBLOCK);
    while (calls < 1000000 && poll(&ready, 1, 100) > 0 && write(fd, bytes, sizeof(bytes)) > 0)
        calls++;
    /* The socket has filled up, because the server stopped to read. */
    g_assert_cmpint(calls, <, 1000000);
    g_assert_cmpint(call(other, ECHO, 3), ==, 3);
    close(fd);
    closeClient(other);
    assertClients(fixture, 0);
}

static void
testGarbage(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const unsigned char frames[][8] = {
        { 0x7f, 0xff, 0xff, 0xff }, { 0, 0, 0, 0 }, { 0, 0, 0, 8, 1, 2, 3, 4 },
    };
    virClient *other = openClient(fixture);
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(frames); i++) {
        int fd = connectRaw(fixture);

        g_assert_cmpint(write(fd, frames[i], sizeof(frames[i])), ==, sizeof(frames[i]));
        g_assert_cmpint(readReply(fd), ==, -1);
        close(fd);
        g_assert_cmpint(call(other, ECHO, 3), ==, 3);
    }
    closeClient(other);
    assertClients(fixture, 0);
}

static void
testBye(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    int fd = connectRaw(fixture);
    unsigned char bytes[64];

    makeCall(bytes, BYE, 1, 0);
    makeCall(bytes + 32, ECHO, 2, 0);
    g_assert_cmpint(write(fd, bytes, sizeof(bytes)), ==, sizeof(bytes));
    g_assert_cmpint(readReply(fd), ==, 1);
    /* What came behind it was not heard. */
    g_assert_cmpint(readReply(fd), ==, -1);
    close(fd);
    assertClients(fixture, 0);
}

/* The limit of clients: others wait, and come in once somebody leaves. */
static void
testLimit(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    virServerLimits limits = { .clients = 3, .requests = 5 };
    virClient *clients[3];
    int waiting, i;
    unsigned char bytes[32];
    struct pollfd ready;

    virServerSetLimits(fixture->server, &limits);
    for (i = 0; i < 3; i++) {
        clients[i] = openClient(fixture);
        g_assert_cmpint(call(clients[i], ECHO, i), ==, i);
    }
    waiting = connectRaw(fixture);
    makeCall(bytes, ECHO, 9, 0);
    g_assert_cmpint(write(waiting, bytes, sizeof(bytes)), ==, sizeof(bytes));
    ready = (struct pollfd) { .fd = waiting, .events = POLLIN };
    g_assert_cmpint(poll(&ready, 1, 100), ==, 0);
    assertClients(fixture, 3);
    closeClient(clients[0]);
    g_assert_cmpint(readReply(waiting), ==, 9);
    close(waiting);
    closeClient(clients[1]);
    closeClient(clients[2]);
    assertClients(fixture, 0);
}

/* Clients that still have to prove who they are have a limit of their own. */
static void
testAnonymous(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
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
    makeCall(bytes, ECHO, 5, 0);
    for (i = 0; i < 3; i++) {
        fds[i] = connectRaw(fixture);
        g_assert_cmpint(write(fds[i], bytes, sizeof(bytes)), ==, sizeof(bytes));
    }
    /* Two are told that they have to; the third is not even accepted. */
    g_assert_cmpint(readReply(fds[0]), ==, 5);
    g_assert_cmpint(readReply(fds[1]), ==, 5);
    ready = (struct pollfd) { .fd = fds[2], .events = POLLIN };
    g_assert_cmpint(poll(&ready, 1, 100), ==, 0);
    virServerGetCount(fixture->server, &count);
    g_assert_cmpuint(count.anonymous, ==, 2);
    close(fds[0]);
    g_assert_cmpint(readReply(fds[2]), ==, 5);
    close(fds[1]);
    close(fds[2]);
    assertClients(fixture, 0);
    g_free(fixture->path);
    fixture->path = g_steal_pointer(&other);
}

/* They come, call, and vanish in the middle of it. */
static void
testVanishing(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const int kinds[] = { ECHO, NAP, HANG, URGENT };
    unsigned char bytes[32];
    int i;

    for (i = 0; i < 200; i++) {
        int fd = connectRaw(fixture);

        makeCall(bytes, kinds[i % 4], 1, 1);
        g_assert_cmpint(write(fd, bytes, i % 3 ? 32 : 30), >, 0);
        close(fd);
    }
    assertClients(fixture, 0);
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
    Fixture fixture;
    int before = countDescriptors();

    setUp(&fixture, NULL);
    testManyClients(&fixture, NULL);
    testVanishing(&fixture, NULL);
    tearDown(&fixture, NULL);
    g_assert_cmpint(countDescriptors(), ==, before);
}

/* The end, while calls run. */
static void *
callNap(void *opaque)
{
    g_assert_cmpint(call(opaque, NAP, 300), ==, 300);
    return NULL;
}

/* Before the end calls that were taken are answered, and no more are taken. */
static void
testRest(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    virClient *napping = openClient(fixture);
    GThread *nap = g_thread_new("nap", callNap, napping);
    int late = connectRaw(fixture);
    unsigned char byte;

    sendCall(late, ECHO, 1, 0);
    g_assert_cmpint(readReply(late), ==, 1);
    while (!__atomic_load_n(&running, __ATOMIC_SEQ_CST))
        g_usleep(1000);
    g_assert_false(virServerRest(fixture->server));
    sendCall(late, ECHO, 2, 0);
    while (!virServerRest(fixture->server))
        g_usleep(1000);
    g_thread_join(nap);
    g_assert_cmpint(recv(late, &byte, 1, MSG_DONTWAIT), ==, -1);
    close(late);
    closeClient(napping);
}

static void
testStop(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    int fds[8];
    unsigned char bytes[32];
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(fds); i++) {
        fds[i] = connectRaw(fixture);
        makeCall(bytes, i % 2 ? NAP : HANG, 1, 100);
        g_assert_cmpint(write(fds[i], bytes, sizeof(bytes)), ==, sizeof(bytes));
    }
    g_usleep(30 * 1000);
    virServerStop(fixture->server);
    for (i = 0; i < G_N_ELEMENTS(fds); i++) {
        while (readReply(fds[i]) >= 0)
            continue;
        close(fds[i]);
    }
    virLoopStop(fixture->loop);
    virServerFree(fixture->server);
    virLoopFree(fixture->loop);
    g_rmdir(fixture->folder);
    g_free(fixture->folder);
    g_free(fixture->path);
}

/* Jobs that note how many of them run at once. */
static GMutex togetherLock;
static GCond togetherCond;
static unsigned int togetherNow, togetherMost, togetherDone;

static void
runTogether(virPoolJob *job)
{
    g_mutex_lock(&togetherLock);
    togetherNow++;
    togetherMost = MAX(togetherMost, togetherNow);
    g_mutex_unlock(&togetherLock);
    g_usleep(2000);
    g_mutex_lock(&togetherLock);
    togetherNow--;
    togetherDone++;
    g_cond_broadcast(&togetherCond);
    g_mutex_unlock(&togetherLock);
    g_free(job);
}

/* Fewer ordinary jobs at once than there are threads; urgent ones do not count, and none is lost. */
static void
testTogether(void)
{
    static const virPoolLimits limits = { .least = 4, .most = 8, .urgent = 1, .together = 2 };
    virPool *pool = virPoolNew(&limits);
    gint64 end = g_get_monotonic_time() + 60 * G_USEC_PER_SEC;
    unsigned int i;

    for (i = 0; i < 40; i++) {
        virPoolJob *job = g_new0(virPoolJob, 1);

        job->run = runTogether;
        virPoolPush(pool, job, /* urgent= */ false);
    }
    g_mutex_lock(&togetherLock);
    while (togetherDone < 40)
        g_assert_true(g_cond_wait_until(&togetherCond, &togetherLock, end));
    g_mutex_unlock(&togetherLock);
    g_assert_cmpuint(togetherMost, ==, 2);
    virPoolFree(pool);
}

#define ADD(path, function) g_test_add(path, Fixture, NULL, setUp, function, tearDown)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("/server/calls", testCalls);
    ADD("/server/many-clients", testManyClients);
    ADD("/server/pipelining", testPipelining);
    ADD("/server/hung-calls", testHungCalls);
    ADD("/server/hung-together", testHungTogether);
    ADD("/server/hung-workers", testHungWorkers);
    ADD("/server/slow-clients", testSlowClients);
    ADD("/server/flood", testFlood);
    ADD("/server/garbage", testGarbage);
    ADD("/server/bye", testBye);
    ADD("/server/limit", testLimit);
    ADD("/server/anonymous", testAnonymous);
    ADD("/server/vanishing", testVanishing);
    ADD("/server/rest", testRest);
    g_test_add_func("/server/together", testTogether);
    g_test_add_func("/server/descriptors", testDescriptors);
    g_test_add("/server/stop", Fixture, NULL, setUp, testStop, NULL);
    return g_test_run();
}
