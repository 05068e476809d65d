/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reading a client's socket: one thread at a time does, for all that wait and for the event loop. */

#define _GNU_SOURCE 1

#include "rpc/client_inside.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "base/log.h"
#include "runtime/error.h"
#include "runtime/eventloop.h"
#include "runtime/local.h"

#define SOURCE "rpc.client"
/* What one reading thread has room for on its stack. */
#define SCRATCH 8192

/* --- the end ------------------------------------------------------------------------------------ */

void
virClientWake(virClientWaiter *waiter)
{
    uint64_t one = 1;

    if (waiter->wakeFd >= 0 && write(waiter->wakeFd, &one, sizeof(one)) < 0)
        VIR_LOG(VIR_LOG_WARNING, SOURCE, "cannot wake a call: %s", g_strerror(errno));
    if (waiter->asleep)
        g_cond_signal(&waiter->cond);
}

/* The first reason counts; called with the lock held. */
void
virClientBreak(virClient *client, int reason, int code, const char *format, ...)
{
    virClientWaiter *waiter;
    va_list arguments;

    if (client->broken)
        return;
    va_start(arguments, format);
    client->broken = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    client->brokenCode = code;
    client->brokenReason = reason;
    client->report = !client->closed;
    client->wanted = 0;
    VIR_LOG(VIR_LOG_INFO, SOURCE, "connection %p ended: %s", (void *) client, client->broken);
    shutdown(client->socket.fd, SHUT_RDWR);
    for (waiter = client->waiters; waiter; waiter = waiter->next)
        virClientWake(waiter);
    virClientStreamsEnd(client);
}

void
virClientRaiseBroken(virClient *client)
{
    virErrorRaise(VIR_FROM_RPC, client->brokenCode, "%s", client->broken);
}

bool
virClientUsable(virClient *client)
{
    if (!client->broken)
        return true;
    virErrorRaise(VIR_FROM_RPC, VIR_ERR_INTERNAL_ERROR, "the connection is closed: %s",
                  client->broken);
    return false;
}

/* --- what the event loop watches ---------------------------------------------------------------- */

/* Tells the event loop what is wanted; the lock is dropped meanwhile. */
static void
applyInterest(virClient *client)
{
    while (!client->applying && client->watch >= 0 && client->wanted != client->applied) {
        int wanted = client->applied = client->wanted, watch = client->watch;

        client->applying = true;
        g_mutex_unlock(&client->lock);
        localEventUpdateHandle(watch, wanted);
        g_mutex_lock(&client->lock);
        client->applying = false;
    }
}

static void
updateInterest(virClient *client)
{
    client->wanted = client->broken ? 0
                                    : (client->parked ? 0 : VIR_EVENT_HANDLE_READABLE) |
                                          (client->out.first ? VIR_EVENT_HANDLE_WRITABLE : 0);
}

void
virClientLock(virClient *client)
{
    g_mutex_lock(&client->lock);
}

void
virClientUnlock(virClient *client)
{
    bool now;

    updateInterest(client);
    applyInterest(client);
    virClientStreamsKick(client);
    /* With a loop the report is its timer's; without, that of the thread that noticed. */
    if (client->report && client->timer >= 0) {
        int timer = client->timer;

        g_mutex_unlock(&client->lock);
        localEventUpdateTimeout(timer, 0);
        return;
    }
    now = client->report;
    client->report = false;
    g_mutex_unlock(&client->lock);
    if (now)
        client->hooks->closed(client->brokenReason, client->opaque);
}

/* --- receiving ---------------------------------------------------------------------------------- */

static void
takeReply(virClient *client, virMessage *message)
{
    virClientWaiter *waiter;

    for (waiter = client->waiters; waiter; waiter = waiter->next) {
        if (waiter->call && !waiter->done && waiter->header.serial == message->header.serial &&
            waiter->header.program == message->header.program &&
            waiter->header.procedure == message->header.procedure) {
            waiter->reply = message;
            waiter->done = true;
            virClientWake(waiter);
            return;
        }
    }
    VIR_LOG(VIR_LOG_DEBUG, SOURCE, "nobody waits for the reply with serial %u",
            message->header.serial);
    virMessageFree(message);
}

static void
takeKeepalive(virClient *client, virMessage *message)
{
    virXdrWriter writer;

    if (message->header.procedure == VIR_KEEPALIVE_PING) {
        virKeepaliveWrite(&writer, VIR_KEEPALIVE_PONG);
        virClientTransmit(client, &writer, NULL, 0, /* wait= */ false);
    }
    virMessageFree(message);
}

/* Sorts one message; those for the owner are left in `events`. Called with the lock held. */
static void
takeMessage(virClient *client, virMessage *message, virMessage ***events)
{
    switch (message->header.type) {
    case VIR_MESSAGE_REPLY:
    case VIR_MESSAGE_REPLY_FILES:
        takeReply(client, message);
        return;
    case VIR_MESSAGE_STREAM:
    case VIR_MESSAGE_STREAM_HOLE:
        virClientStreamDeliver(client, message);
        return;
    case VIR_MESSAGE_EVENT:
        if (message->header.program == VIR_KEEPALIVE_PROGRAM) {
            takeKeepalive(client, message);
        } else {
            message->next = NULL;
            **events = message;
            *events = &message->next;
        }
        return;
    default:
        virClientBreak(client, VIR_CONNECT_CLOSE_REASON_ERROR, VIR_ERR_RPC,
                 "the server sent a message of type %u", message->header.type);
        virMessageFree(message);
    }
}

/* Called with the lock held and the role of the reader taken; drops the lock for the owner's hook. */
static void
takeAll(virClient *client)
{
    virMessage *events = NULL, **last = &events, *message;

    while ((message = virFrameReaderNext(&client->reader, &client->socket)))
        takeMessage(client, message, &last);
    virFrameReaderSettle(&client->reader);
    if (client->reader.fault)
        virClientBreak(client, VIR_CONNECT_CLOSE_REASON_ERROR, VIR_ERR_RPC, "%s", client->reader.fault);
    virClientStreamsKick(client);
    if (!events)
        return;
    g_mutex_unlock(&client->lock);
    while (events) {
        message = events;
        events = message->next;
        client->hooks->event(message, client->opaque);
        virMessageFree(message);
    }
    g_mutex_lock(&client->lock);
}

/* Waits for bytes, for a moment without sleeping; unlocked. */
static ssize_t
receiveSoon(virClient *client, void *scratch, bool *drained)
{
    gint64 start = g_get_monotonic_time();
    bool spun = virSpinPays(&client->spin);
    ssize_t got = -1;
    int failed = EAGAIN;

    while (spun && got < 0 && failed == EAGAIN && g_get_monotonic_time() - start < VIR_SPIN_TIME) {
        got = virFrameReaderReceive(&client->reader, &client->socket, scratch, SCRATCH, drained);
        failed = errno;
    }
    if (spun && (got >= 0 || failed != EAGAIN)) {
        virSpinNote(&client->spin, g_get_monotonic_time() - start, spun, /* enough= */ true);
        errno = failed;
        return got;
    }
    virSocketWait(&client->socket);
    got = virFrameReaderReceive(&client->reader, &client->socket, scratch, SCRATCH, drained);
    failed = errno;
    virSpinNote(&client->spin, g_get_monotonic_time() - start, spun, /* enough= */ false);
    errno = failed;
    return got;
}

/* Receives once; the lock is dropped meanwhile. True when there may be more at once. */
bool
virClientReceive(virClient *client, bool wait)
{
    unsigned char scratch[SCRATCH];
    bool drained;
    ssize_t got;
    int failed;

    g_mutex_unlock(&client->lock);
    got = wait ? receiveSoon(client, scratch, &drained)
               : virFrameReaderReceive(&client->reader, &client->socket, scratch, sizeof(scratch),
                                       &drained);
    failed = errno;
    g_mutex_lock(&client->lock);
    if (got > 0) {
        if (client->keepalive.interval > 0)
            virKeepaliveHeard(&client->keepalive, g_get_monotonic_time());
        takeAll(client);
        return !drained && !client->broken;
    }
    if (got < 0 && (failed == EAGAIN || failed == EWOULDBLOCK || failed == EINTR))
        return false;
    if (got == 0 || failed == ECONNRESET) {
        g_autofree char *complaint = virSocketComplaint(&client->socket);

        virClientBreak(client, VIR_CONNECT_CLOSE_REASON_EOF, VIR_ERR_SYSTEM_ERROR,
                 "the server closed the connection%s%s", *complaint ? ": " : "", complaint);
    } else {
        virClientBreak(client, VIR_CONNECT_CLOSE_REASON_ERROR, VIR_ERR_SYSTEM_ERROR,
                 "cannot receive from the server: %s", g_strerror(failed));
    }
    return false;
}

/* The role of the reader is free again: the next thread that waits takes it, else the loop. */
void
virClientLeaveReading(virClient *client)
{
    virClientWaiter *waiter;

    client->reading = false;
    for (waiter = client->waiters; waiter; waiter = waiter->next) {
        if (!waiter->done) {
            virClientWake(waiter);
            return;
        }
    }
    client->parked = false;
}

void
virClientFlush(virClient *client)
{
    if (client->out.first &&
        virFrameQueueFlush(&client->out, &client->socket) == VIR_FRAME_BROKEN)
        virClientBreak(client, VIR_CONNECT_CLOSE_REASON_ERROR, VIR_ERR_SYSTEM_ERROR,
                 "cannot send to the server: %s", g_strerror(errno));
    else if (!client->out.first)
        virClientStreamsWritable(client);
}

/* Asks or gives up, when it is time to; called with the lock held. */
void
virClientLookAfterPeer(virClient *client, gint64 now)
{
    virXdrWriter writer;

    switch (virKeepaliveLook(&client->keepalive, now)) {
    case VIR_KEEPALIVE_WAIT:
        break;
    case VIR_KEEPALIVE_ASK:
        virKeepaliveWrite(&writer, VIR_KEEPALIVE_PING);
        virClientTransmit(client, &writer, NULL, 0, /* wait= */ false);
        break;
    case VIR_KEEPALIVE_DEAD:
        virClientBreak(client, VIR_CONNECT_CLOSE_REASON_KEEPALIVE, VIR_ERR_INTERNAL_ERROR,
                 "the server did not answer for %d seconds",
                 client->keepalive.interval * (int) (client->keepalive.count + 1));
        break;
    }
}

/* Waits until the socket is ready, the time has come or the waiter was woken; unlocked. */
static short
waitReady(virClient *client, int wakeFd, gint64 until, bool sending)
{
    struct pollfd ready[] = {
        { .fd = client->socket.fd, .events = (short) (POLLIN | (sending ? POLLOUT : 0)) },
        { .fd = wakeFd, .events = POLLIN },
    };
    int left = -1;

    if (until)
        left = (int) CLAMP((until - g_get_monotonic_time() + 999) / 1000, 0, G_MAXINT);
    return poll(ready, G_N_ELEMENTS(ready), left) > 0 ? ready[0].revents : 0;
}

void
virClientReadOnce(virClient *client, int wakeFd, gint64 deadline)
{
    bool sending = client->out.first != NULL;
    gint64 until = deadline;
    short ready;

    client->reading = true;
    if (!until && client->keepalive.interval <= 0 && !sending && wakeFd < 0 &&
        !client->socket.layer) {
        /* The short way: nothing to watch but the next byte. */
        virClientReceive(client, /* wait= */ true);
        virClientLeaveReading(client);
        return;
    }
    if (client->keepalive.interval > 0 && (!until || client->keepalive.due < until))
        until = client->keepalive.due;
    g_mutex_unlock(&client->lock);
    ready = waitReady(client, wakeFd, until, sending);
    g_mutex_lock(&client->lock);
    if (ready & POLLOUT)
        virClientFlush(client);
    if (ready & ~POLLOUT)
        virClientReceive(client, /* wait= */ false);
    if (client->keepalive.interval > 0 && !client->broken)
        virClientLookAfterPeer(client, g_get_monotonic_time());
    virClientLeaveReading(client);
}
