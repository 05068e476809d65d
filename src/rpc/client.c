/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The client's end of a connection: a thread that waits reads for all the others, too. */

#define _GNU_SOURCE 1

#include "rpc/client.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "base/log.h"
#include "rpc/client_inside.h"
#include "runtime/error.h"
#include "runtime/eventloop.h"
#include "runtime/local.h"

#define SOURCE "rpc.client"
/* How long a thread that cannot send looks away from whether it should read, in milliseconds. */
#define SEND_SLICE 50

/* --- from the first to the last reference -------------------------------------------------------- */

static void
releaseClient(virClient *client)
{
    if (client->hooks->released)
        client->hooks->released(client->opaque);
    virFrameReaderClear(&client->reader);
    virFrameQueueClear(&client->out);
    virSocketClear(&client->socket);
    g_mutex_clear(&client->lock);
    g_free(client->broken);
    g_free(client);
}

void
virClientRef(virClient *client)
{
    __atomic_add_fetch(&client->refs, 1, __ATOMIC_RELAXED);
}

void
virClientUnref(virClient *client)
{
    if (client && __atomic_sub_fetch(&client->refs, 1, __ATOMIC_ACQ_REL) == 0)
        releaseClient(client);
}

/* The event loop gives back its reference. */
static void
unrefFromLoop(void *opaque)
{
    virClientUnref(opaque);
}

/* The event loop saw something on the socket. */
static void
onSocket(int watch G_GNUC_UNUSED, int fd G_GNUC_UNUSED, int events, void *opaque)
{
    virClient *client = opaque;

    virClientLock(client);
    if (events & VIR_EVENT_HANDLE_WRITABLE && !client->broken)
        virClientFlush(client);
    if (events & ~VIR_EVENT_HANDLE_WRITABLE && !client->broken) {
        if (client->reading) {
            client->parked = true;
        } else {
            client->reading = true;
            while (virClientReceive(client, /* wait= */ false))
                continue;
            virClientLeaveReading(client);
        }
    }
    virClientUnlock(client);
}

/* Sets when the timer runs next; called with the lock held, which is dropped meanwhile. */
static void
setTimer(virClient *client)
{
    int wait = -1, timer = client->timer;

    if (timer < 0)
        return;
    if (client->keepalive.interval > 0 && !client->broken)
        wait = (int) CLAMP((client->keepalive.due - g_get_monotonic_time()) / 1000 + 1, 1,
                           G_MAXINT);
    g_mutex_unlock(&client->lock);
    localEventUpdateTimeout(timer, wait);
    g_mutex_lock(&client->lock);
}

static void
onTimer(int timer G_GNUC_UNUSED, void *opaque)
{
    virClient *client = opaque;
    bool report;

    virClientLock(client);
    if (!client->broken)
        virClientLookAfterPeer(client, g_get_monotonic_time());
    report = client->report;
    client->report = false;
    setTimer(client);
    virClientUnlock(client);
    if (report)
        client->hooks->closed(client->brokenReason, client->opaque);
}

virClient *
virClientNew(virSocket *socket, const virClientHooks *hooks, void *opaque)
{
    virClient *client = g_new0(virClient, 1);

    client->refs = 1;
    client->hooks = hooks;
    client->opaque = opaque;
    g_mutex_init(&client->lock);
    client->socket = *socket;
    virSocketInit(socket, -1);
    client->watch = client->timer = -1;
    if (!virEventLoopPresent())
        return client;
    client->wanted = client->applied = VIR_EVENT_HANDLE_READABLE;
    client->refs = 3;
    client->timer = localEventAddTimeout(-1, onTimer, client, unrefFromLoop);
    client->watch = localEventAddHandle(client->socket.fd, VIR_EVENT_HANDLE_READABLE, onSocket,
                                        client, unrefFromLoop);
    if (client->timer < 0)
        client->refs--;
    if (client->watch < 0)
        client->refs--;
    return client;
}

void
virClientClose(virClient *client)
{
    int watch, timer;

    virClientLock(client);
    client->closed = true;
    virClientBreak(client, VIR_CONNECT_CLOSE_REASON_CLIENT, VIR_ERR_INTERNAL_ERROR,
                   "the connection was closed by its owner");
    client->report = false;
    watch = client->watch;
    timer = client->timer;
    client->watch = client->timer = -1;
    virClientUnlock(client);
    if (watch >= 0)
        localEventRemoveHandle(watch);
    if (timer >= 0)
        localEventRemoveTimeout(timer);
}

bool
virClientAlive(virClient *client)
{
    bool alive;

    virClientLock(client);
    alive = !client->broken;
    virClientUnlock(client);
    return alive;
}

bool
virClientLocal(virClient *client)
{
    return client->socket.local;
}

bool
virClientSecure(virClient *client)
{
    return client->socket.secure;
}

bool
virClientHasLoop(virClient *client)
{
    return client->watch >= 0 && client->timer >= 0;
}

void
virClientKeepalive(virClient *client, int interval, unsigned int count)
{
    virClientLock(client);
    virKeepaliveStart(&client->keepalive, interval, count, g_get_monotonic_time());
    setTimer(client);
    virClientUnlock(client);
}

/* --- waiting ------------------------------------------------------------------------------------ */

void
virClientWaiterAdd(virClient *client, virClientWaiter *waiter)
{
    virClientWaiter **end = &client->waiters;

    g_cond_init(&waiter->cond);
    while (*end)
        end = &(*end)->next;
    waiter->next = NULL;
    *end = waiter;
}

void
virClientWaiterRemove(virClient *client, virClientWaiter *waiter)
{
    virClientWaiter **place = &client->waiters;

    while (*place != waiter)
        place = &(*place)->next;
    *place = waiter->next;
    g_cond_clear(&waiter->cond);
    /* It may have been woken to read; then another has to. */
    if (!client->reading)
        virClientLeaveReading(client);
}

bool
virClientWait(virClient *client, virClientWaiter *waiter, gint64 deadline)
{
    while (!waiter->done) {
        if (client->broken) {
            virClientRaiseBroken(client);
            return false;
        }
        if (waiter->cancelled) {
            virErrorRaise(VIR_FROM_RPC, VIR_ERR_OPERATION_ABORTED, "the call was given up");
            return false;
        }
        if (deadline && g_get_monotonic_time() >= deadline) {
            virErrorRaise(VIR_FROM_RPC, VIR_ERR_OPERATION_TIMEOUT,
                          "the server did not answer in time");
            return false;
        }
        if (!client->reading) {
            virClientReadOnce(client, waiter->wakeFd, deadline);
            continue;
        }
        waiter->asleep = true;
        if (deadline)
            g_cond_wait_until(&waiter->cond, &client->lock, deadline);
        else
            g_cond_wait(&waiter->cond, &client->lock);
        waiter->asleep = false;
    }
    return true;
}

bool
virClientTransmit(virClient *client, virXdrWriter *writer, const int *files, size_t filesCount,
                  bool wait)
{
    virFrameProgress progress;

    if (!virClientUsable(client)) {
        virXdrWriterClear(writer);
        return false;
    }
    progress = virFrameQueueSend(&client->out, &client->socket, writer, files, filesCount);
    if (progress == VIR_FRAME_BROKEN) {
        int failed = errno;

        /* A server that refuses says why before it closes: that is worth more than EPIPE. */
        if (!client->reading) {
            client->reading = true;
            while (virClientReceive(client, /* wait= */ false))
                continue;
            virClientLeaveReading(client);
        }
        virClientBreak(client, VIR_CONNECT_CLOSE_REASON_ERROR, VIR_ERR_SYSTEM_ERROR,
                 "cannot send to the server: %s", g_strerror(failed));
    }
    while (wait && client->out.first && !client->broken) {
        struct pollfd ready = { .fd = client->socket.fd, .events = POLLOUT };

        if (!client->reading) {
            virClientReadOnce(client, /* wakeFd= */ -1, /* deadline= */ 0);
            continue;
        }
        g_mutex_unlock(&client->lock);
        if (poll(&ready, 1, SEND_SLICE) < 0)
            ready.revents = 0;
        g_mutex_lock(&client->lock);
        virClientFlush(client);
    }
    if (!client->broken)
        return true;
    virClientRaiseBroken(client);
    return false;
}

/* --- calls -------------------------------------------------------------------------------------- */

uint32_t
virClientSerial(virClient *client)
{
    return __atomic_fetch_add(&client->serial, 1, __ATOMIC_RELAXED);
}

virMessage *
virClientCall(virClient *client, const virClientRequest *request, virXdrWriter *writer)
{
    virClientWaiter waiter = { .call = true, .header = request->header, .wakeFd = -1 };

    if (request->cancellable)
        waiter.wakeFd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    virClientLock(client);
    virClientWaiterAdd(client, &waiter);
    if (virClientTransmit(client, writer, request->files, request->filesCount, /* wait= */ true))
        virClientWait(client, &waiter, request->deadline);
    virClientWaiterRemove(client, &waiter);
    virClientUnlock(client);
    if (waiter.wakeFd >= 0)
        close(waiter.wakeFd);
    return waiter.reply;
}

void
virClientCancelCall(virClient *client, uint32_t serial)
{
    virClientWaiter *waiter;

    virClientLock(client);
    for (waiter = client->waiters; waiter; waiter = waiter->next) {
        if (waiter->call && waiter->header.serial == serial && !waiter->done) {
            waiter->cancelled = true;
            virClientWake(waiter);
        }
    }
    virClientUnlock(client);
}

int
virClientSend(virClient *client, virXdrWriter *writer)
{
    bool sent;

    virClientLock(client);
    sent = virClientTransmit(client, writer, NULL, 0, /* wait= */ false);
    virClientUnlock(client);
    return sent ? 0 : -1;
}
