/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A server with procedures of its own, and clients of it, for tests of the core of the daemon. */

#define _GNU_SOURCE 1

#include "core.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdalign.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <libvirt/virterror.h>

#include "daemon/client.h"
#include "daemon/listen.h"
#include "daemon/pool.h"
#include "daemon/server.h"
#include "rpc/client.h"
#include "rpc/transport.h"
#include "runtime/error.h"
#include "runtime/local.h"
#include "runtime/stream.h"

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
    PROCEDURE(SNARE, true),   PROCEDURE(OPEN, false),
    { .name = "SINK", .program = PROGRAM, .number = SINK, .args = &numberType, .ret = &numberType,
      .stream = VIR_WIRE_STREAM_WRITE },
};
static const virWireProgram wireProgram = {
    .name = "test",
    .number = PROGRAM,
    .version = 1,
    .count = G_N_ELEMENTS(wireProcedures),
    .procedures = wireProcedures,
};

/* Calls that are coreRunning now, and the most there were. */
int coreRunning;
int coreMost;

static int
echo(virServeCall *call G_GNUC_UNUSED, const void *args, void *ret)
{
    ((Number *) ret)->value = ((const Number *) args)->value;
    return 0;
}

/* Sleeps for as many coreMilliseconds as it is told. */
static int
nap(virServeCall *call, const void *args, void *ret)
{
    int now = __atomic_add_fetch(&coreRunning, 1, __ATOMIC_SEQ_CST);
    int seen = __atomic_load_n(&coreMost, __ATOMIC_SEQ_CST);

    while (seen < now && !__atomic_compare_exchange_n(&coreMost, &seen, now, false,
                                                      __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
        continue;
    g_usleep((gulong) ((const Number *) args)->value * 1000);
    __atomic_sub_fetch(&coreRunning, 1, __ATOMIC_SEQ_CST);
    return echo(call, args, ret);
}

/* Calls that hang until they are let go, or the coreMilliseconds are over that they are told. */
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

void
coreSetGate(bool open)
{
    g_mutex_lock(&gate);
    gateOpen = open;
    g_cond_broadcast(&gateCond);
    g_mutex_unlock(&gate);
}

/* Until so many calls hang. */
void
coreAwaitBehindGate(int count)
{
    g_mutex_lock(&gate);
    while (behindGate < count)
        g_cond_wait(&gateCond, &gate);
    g_mutex_unlock(&gate);
}

void
coreAssertBehindGate(int count)
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

/* Streams whose driver takes nothing until it is let go. */
size_t coreSunk;
static int sinkOpen;
static struct {
    virStreamPtr stream;
    virStreamEventCallback call;
    void *opaque;
    virFreeCallback release;
} sinkWatch;

static int
sinkSend(virStreamPtr st G_GNUC_UNUSED, const char *data G_GNUC_UNUSED, size_t count)
{
    if (!g_atomic_int_get(&sinkOpen))
        return -2;
    __atomic_add_fetch(&coreSunk, count, __ATOMIC_SEQ_CST);
    return (int) count;
}

static int
sinkAdd(virStreamPtr st, int events G_GNUC_UNUSED, virStreamEventCallback callback, void *opaque,
        virFreeCallback release)
{
    sinkWatch.stream = st;
    sinkWatch.call = callback;
    sinkWatch.opaque = opaque;
    sinkWatch.release = release;
    return 0;
}

static int
sinkUpdate(virStreamPtr st G_GNUC_UNUSED, int events G_GNUC_UNUSED)
{
    return 0;
}

static int
sinkRemove(virStreamPtr st G_GNUC_UNUSED)
{
    sinkWatch.release(sinkWatch.opaque);
    return 0;
}

static int
sinkEnd(virStreamPtr st G_GNUC_UNUSED)
{
    return 0;
}

static const virStreamDriver sinkDriver = {
    .send = sinkSend, .addCallback = sinkAdd, .updateCallback = sinkUpdate,
    .removeCallback = sinkRemove, .finish = sinkEnd, .abort = sinkEnd,
};

void
coreOpenSink(void)
{
    g_atomic_int_set(&sinkOpen, 1);
    sinkWatch.call(sinkWatch.stream, VIR_STREAM_EVENT_WRITABLE, sinkWatch.opaque);
}

static int
openConnection(virServeCall *call, const void *args, void *ret)
{
    call->client->conn = virConnectOpen("test:///default");
    return call->client->conn ? echo(call, args, ret) : -1;
}

static int
openStream(virServeCall *call, const void *args, void *ret)
{
    g_atomic_int_set(&sinkOpen, 0);
    __atomic_store_n(&coreSunk, 0, __ATOMIC_SEQ_CST);
    call->stream->driver = &sinkDriver;
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
    SERVE(10, openConnection, VIR_SERVE_MONITOR),
    SERVE(11, openStream, VIR_SERVE_MONITOR),
};
static const virServeProgram program = {
    .wire = &wireProgram,
    .count = G_N_ELEMENTS(procedures),
    .procedures = procedures,
};
static const virServeProgram *const programs[] = { &program, NULL };

/* --- both ends ---------------------------------------------------------------------------------- */

void
coreSetUp(CoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const virServerLimits limits = { .clients = 50, .requests = 5 };
    static const virPoolLimits workers = { .least = 1, .most = 4, .urgent = 1 };
    virListenUnix wanted = { .mode = 0700, .group = (gid_t) -1, .backlog = 100 };
    virListener *listener;

    coreMost = 0;
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

void
coreTearDown(CoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
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

virClient *
coreOpen(CoreFixture *fixture)
{
    virTransportTarget target = { .path = fixture->path };
    virSocket socket;

    g_assert_cmpint(virTransportConnect(virTransportFind("unix"), &socket, &target), ==, 0);
    return virClientNew(&socket, &hooks, NULL);
}

void
coreClose(virClient *client)
{
    virClientClose(client);
    virClientUnref(client);
}

/* The reply's number, -1 with an error raised. */
int
coreCall(virClient *client, int procedure, int value)
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

int
coreConnectRaw(CoreFixture *fixture)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    g_strlcpy(address.sun_path, fixture->path, sizeof(address.sun_path));
    g_assert_cmpint(connect(fd, (struct sockaddr *) &address, sizeof(address)), ==, 0);
    return fd;
}

/* A whole call as bytes. */
void
coreMakeCall(unsigned char bytes[32], int procedure, uint32_t serial, int value)
{
    uint32_t words[] = { 32, PROGRAM, 1, (uint32_t) procedure, 0, serial, 0, (uint32_t) value };
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(words); i++) {
        uint32_t raw = htobe32(words[i]);

        memcpy(bytes + i * 4, &raw, sizeof(raw));
    }
}

/* Waits for a reply on a raw socket; its serial, or -1 at the end of the connection. */
int
coreReadReply(int fd)
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

double
coreMilliseconds(gint64 start)
{
    return (double) (g_get_monotonic_time() - start) / 1000;
}

/* How many clients the server has, once it has noticed who left. */
void
coreAssertClients(CoreFixture *fixture, unsigned int wanted)
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

/* Sends a whole call on a raw socket. */
void
coreSendCall(int fd, int procedure, uint32_t serial, int value)
{
    unsigned char bytes[32];

    coreMakeCall(bytes, procedure, serial, value);
    g_assert_cmpint(write(fd, bytes, sizeof(bytes)), ==, sizeof(bytes));
}
