/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A program that is connected to the daemon: what arrives from it, and what is sent to it. */

#define _GNU_SOURCE 1

#include "daemon/client.h"

#include <errno.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "daemon/events.h"
#include "daemon/listen.h"
#include "daemon/memory.h"
#include "daemon/server.h"
#include "daemon/stream.h"
#include "runtime/connect.h"

#define SOURCE "daemon.client"
/* A client whose answers pile up is not listened to above the first, and given up above the second. */
#define OUT_PAUSE (1024 * 1024)
#define OUT_MAX (64 * 1024 * 1024)
/* The same for all clients together: above it, those who leave more than a fair part unread go. */
#define OUT_ALL_MAX ((size_t) 256 * 1024 * 1024)
#define OUT_FAIR (256 * 1024)
/* How many calls, and bytes of them, are kept for a client that sends more than may run at once. */
#define DEFER_CALLS 256
#define DEFER_BYTES (1024 * 1024)
/* Bytes for streams that wait for their drivers, above which the client is not listened to. */
#define STREAM_PAUSE (1024 * 1024)

#define CLIENT(source_) \
    ((virServeClient *) (void *) ((char *) (source_) - offsetof(virServeClient, source)))

/* Bytes that wait to be taken by clients. */
static size_t outTotal;

/* --- references --------------------------------------------------------------------------------- */

static void
freeMessages(virMessage *message)
{
    while (message) {
        virMessage *next = message->next;

        virMessageFree(message);
        message = next;
    }
}

void
virServeClientRef(virServeClient *client)
{
    __atomic_add_fetch(&client->refs, 1, __ATOMIC_RELAXED);
}

/* Called after what waits for the client has changed, with the lock held, or at its end. */
static void
account(virServeClient *client)
{
    size_t now = client->out.bytes;

    if (now == client->outCounted)
        return;
    __atomic_add_fetch(&outTotal, now - client->outCounted, __ATOMIC_RELAXED);
    client->outCounted = now;
}

void
virServeClientUnref(virServeClient *client)
{
    if (__atomic_sub_fetch(&client->refs, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    freeMessages(client->deferred);
    virFrameReaderClear(&client->reader);
    virFrameQueueClear(&client->out);
    account(client);
    virSocketClear(&client->socket);
    g_free(client->peer.address);
    g_mutex_clear(&client->lock);
    g_free(client);
    virMemoryClientGone();
}

const char *
virServeClientName(const virServeClient *client, char *buffer)
{
    const virServePeer *peer = &client->peer;

    if (peer->known)
        snprintf(buffer, VIR_CLIENT_NAME_MAX, "client %llu (uid %u, gid %u, pid %d)", client->id,
                 (unsigned int) peer->user, (unsigned int) peer->group, (int) peer->process);
    else
        snprintf(buffer, VIR_CLIENT_NAME_MAX, "client %llu (%s)", client->id,
                 peer->address ? peer->address : "of unknown address");
    return buffer;
}

static void
refSource(virLoopSource *source)
{
    virServeClientRef(CLIENT(source));
}

static void
unrefSource(virLoopSource *source)
{
    virServeClientUnref(CLIENT(source));
}

/* --- the end ------------------------------------------------------------------------------------ */

void
virServeClientClose(virServeClient *client)
{
    virLoop *loop = virServerLoop(client->server);
    virConnectPtr conn;
    bool first;

    g_mutex_lock(&client->lock);
    first = !client->dead;
    client->dead = true;
    conn = client->conn;
    client->conn = NULL;
    g_mutex_unlock(&client->lock);
    if (!first)
        return;
    VIR_LOG(VIR_LOG_DEBUG, SOURCE, "%s has left", VIR_CLIENT_NAME(client));
    virLoopRemove(loop, &client->source);
    shutdown(client->socket.fd, SHUT_RDWR);
    /* A driver may take its time for the end of a connection. */
    if (conn)
        virLoopDelegate(loop);
    virLoopBegin(loop, &client->source, 0);
    virServeStreamsAbort(client);
    virServeEventsForget(client, conn);
    if (conn) {
        /* Calls that are under way hold it, and are answered to nobody. */
        g_atomic_int_set(&conn->abandoned, 1);
        virConnectClose(conn);
    }
    virLoopEnd(loop);
    virServerForget(client->server, client);
    virHandleUnref((virHandle *) client->admin);
    virServeClientUnref(client);
}

/* With the lock held: something is wrong with the socket, whoever reads it finds out. */
static void
spoil(virServeClient *client, const char *why)
{
    if (client->closing && !client->out.first)
        return;
    VIR_LOG(VIR_LOG_INFO, SOURCE, "%s is given up: %s", VIR_CLIENT_NAME(client), why);
    virFrameQueueClear(&client->out);
    account(client);
    client->closing = true;
    shutdown(client->socket.fd, SHUT_RDWR);
}

void
virServeClientCloseLater(virServeClient *client)
{
    bool empty;

    g_mutex_lock(&client->lock);
    client->closing = true;
    empty = !client->out.first;
    g_mutex_unlock(&client->lock);
    /* The reading thread is here, or is told by the loop. */
    if (empty)
        shutdown(client->socket.fd, SHUT_RDWR);
}

bool
virServeClientRest(virServeClient *client)
{
    bool done;

    g_mutex_lock(&client->lock);
    client->resting = true;
    done = client->dead || (!client->calls && !client->out.first);
    g_mutex_unlock(&client->lock);
    return done;
}

/* --- sending ------------------------------------------------------------------------------------ */

/* With the lock held: asks the loop to tell when the socket takes bytes, while there are some. */
static void
watchOut(virServeClient *client)
{
    bool wanted = client->out.first != NULL;

    if (client->dead || wanted == client->watchesOut)
        return;
    client->watchesOut = wanted;
    if (virLoopChange(virServerLoop(client->server), &client->source,
                      EPOLLIN | EPOLLRDHUP | (wanted ? EPOLLOUT : 0)) < 0)
        spoil(client, g_strerror(errno));
}

/* With the lock held: whether too much waits for this client. */
static bool
isGreedy(virServeClient *client)
{
    account(client);
    return client->out.bytes > OUT_MAX ||
           (client->out.bytes > OUT_FAIR &&
            __atomic_load_n(&outTotal, __ATOMIC_RELAXED) > OUT_ALL_MAX);
}

void
virServeClientSend(virServeClient *client, virXdrWriter *writer, const int *files,
                   size_t filesCount)
{
    g_mutex_lock(&client->lock);
    if (client->dead || client->closing) {
        virXdrWriterClear(writer);
    } else if (virFrameQueueSend(&client->out, &client->socket, writer, files, filesCount) ==
               VIR_FRAME_BROKEN) {
        spoil(client, "it went away");
    } else if (isGreedy(client)) {
        spoil(client, "it does not take what it is sent");
    } else {
        watchOut(client);
    }
    g_mutex_unlock(&client->lock);
}

/* With the lock held. */
static void
flush(virServeClient *client)
{
    if (virFrameQueueFlush(&client->out, &client->socket) == VIR_FRAME_BROKEN)
        spoil(client, "it went away");
    account(client);
    if (client->closing && !client->out.first)
        shutdown(client->socket.fd, SHUT_RDWR);
    watchOut(client);
}

/* --- calls -------------------------------------------------------------------------------------- */

/* With the lock held: whether one more call may run now. */
static bool
mayCall(const virServeClient *client)
{
    return !client->closing && !client->gone && !client->resting && client->calls < virServerClientRequests(client->server) &&
           client->out.bytes <= OUT_PAUSE;
}

bool
virServeClientBegin(virServeClient *client, const virServeProcedure *procedure, uint64_t *job)
{
    bool alive;

    g_mutex_lock(&client->lock);
    alive = !client->dead;
    client->calls++;
    if (job) {
        *job = client->job = ++client->lastJob;
        client->procedure = procedure;
    }
    g_mutex_unlock(&client->lock);
    return alive;
}

bool
virServeClientEnd(virServeClient *client, uint64_t job)
{
    bool owner = true, kick;

    g_mutex_lock(&client->lock);
    client->calls--;
    if (job) {
        owner = client->job == job;
        if (owner)
            client->job = 0;
    }
    kick = (!job || !owner) && client->deferred && !client->busy && !client->dead;
    g_mutex_unlock(&client->lock);
    if (kick)
        virLoopKick(virServerLoop(client->server), &client->source);
    return owner;
}

/* The call `job` holds up the thread that reads this client: another may go on reading. */
static void
onHeldUp(virLoopSource *source, uint64_t job)
{
    virServeClient *client = CLIENT(source);
    bool taken;

    const virServeProcedure *procedure = NULL;

    g_mutex_lock(&client->lock);
    taken = job && client->job == job && client->busy;
    if (taken) {
        procedure = client->procedure;
        client->job = 0;
        client->busy = false;
    }
    g_mutex_unlock(&client->lock);
    if (!taken)
        return;
    virServeMarkSlow(procedure);
    virLoopKick(virServerLoop(client->server), source);
}

/* --- receiving ---------------------------------------------------------------------------------- */

/* With the lock held: puts a call aside until others have ended. */
static void
defer(virServeClient *client, virMessage *message)
{
    message->next = NULL;
    if (!client->deferred)
        client->deferredLast = &client->deferred;
    *client->deferredLast = message;
    client->deferredLast = &message->next;
    client->deferredCount++;
    client->deferredBytes += message->size;
}

bool
virServeClientIsFull(const virServeClient *client)
{
    return client->closing || client->gone || client->resting ||
           client->deferredCount >= DEFER_CALLS || client->deferredBytes >= DEFER_BYTES ||
           client->streamBytes > STREAM_PAUSE;
}

/* With the lock held. */
static virMessage *
takeDeferred(virServeClient *client)
{
    virMessage *message = client->deferred;

    if (message) {
        client->deferred = message->next;
        client->deferredCount--;
        client->deferredBytes -= message->size;
    }
    return message;
}

static bool
isCall(const virMessage *message)
{
    return message->header.type == VIR_MESSAGE_CALL ||
           message->header.type == VIR_MESSAGE_CALL_FILES;
}

/* Everything was sent to a client that is not listened to any more, or nothing can be. */
static bool
isOver(virServeClient *client)
{
    bool over;

    g_mutex_lock(&client->lock);
    over = client->gone || (client->closing && !client->out.first);
    g_mutex_unlock(&client->lock);
    return over;
}

/* The next message to handle now; NULL when there is none, or none may be handled. */
static virMessage *
nextMessage(virServeClient *client, bool *full)
{
    virMessage *message = NULL;

    g_mutex_lock(&client->lock);
    if (mayCall(client))
        message = takeDeferred(client);
    *full = virServeClientIsFull(client);
    while (!message && !*full && (message = virFrameReaderNext(&client->reader, &client->socket))) {
        if (!isCall(message) || (!client->deferred && mayCall(client)))
            break;
        defer(client, message);
        *full = virServeClientIsFull(client);
        message = NULL;
    }
    g_mutex_unlock(&client->lock);
    return message;
}

/* Gives up the role of the reader, unless there is more to read. */
static bool
isDone(virServeClient *client, bool drained, bool full)
{
    bool done;

    g_mutex_lock(&client->lock);
    if (client->gone || (client->closing && !client->out.first))
        done = false;       /* the end is to be handled by whoever reads, here */
    else if (client->deferred && mayCall(client) && !client->closing && !client->dead)
        done = false;       /* a call has ended since, and left the next one to us */
    else if (full && !virServeClientIsFull(client) && !client->dead)
        done = false;       /* and so has what a stream waited for */
    else
        done = full || client->dead || (drained && !client->again && !client->hungUp);
    client->busy = !done;
    client->again = false;
    g_mutex_unlock(&client->lock);
    return done;
}

/* Reads and handles all there is; called as the thread that set `busy`. */
static void
serveInput(virServeClient *client)
{
    bool drained = false;

    for (;;) {
        virMessage *message;
        bool full;
        ssize_t got;

        while ((message = nextMessage(client, &full))) {
            if (!virServeDispatch(client, message))
                return;
        }
        virFrameReaderSettle(&client->reader);
        if (isOver(client)) {
            virServeClientClose(client);
            return;
        }
        if (client->reader.fault) {
            VIR_LOG(VIR_LOG_WARNING, SOURCE, "%s breaks the protocol: %s", VIR_CLIENT_NAME(client),
                    client->reader.fault);
            virServeClientClose(client);
            return;
        }
        if (isDone(client, drained, full))
            return;
        got = virFrameReaderReceive(&client->reader, &client->socket, virLoopScratch(),
                                    VIR_FRAME_SCRATCH, &drained);
        if (got < 0 && errno == EINTR) {
            drained = false;
        } else if (got == 0 || (got < 0 && (client->hungUp || errno != EAGAIN))) {
            virServeClientClose(client);
            return;
        }
        if (got > 0 && __atomic_load_n(&client->wantsKeepalive, __ATOMIC_RELAXED)) {
            g_mutex_lock(&client->lock);
            virKeepaliveHeard(&client->keepalive, g_get_monotonic_time());
            g_mutex_unlock(&client->lock);
        }
    }
}

static void
onReady(virLoopSource *source, uint32_t events)
{
    virServeClient *client = CLIENT(source);
    bool mine;

    g_mutex_lock(&client->lock);
    if (events & EPOLLOUT && !client->dead)
        flush(client);
    /* The end of input may come in one event with the last bytes. */
    if (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR))
        client->hungUp = true;
    if (events & (EPOLLHUP | EPOLLERR))
        client->gone = true;
    mine = !client->busy && !client->dead;
    if (mine)
        client->busy = true;
    else
        client->again = true;
    g_mutex_unlock(&client->lock);
    if (events & EPOLLOUT) {
        virLoopDelegate(virServerLoop(client->server));
        virServeStreamsContinue(client);
    }
    if (mine)
        serveInput(client);
}

void
virServeClientOpened(virServeClient *client)
{
    __atomic_store_n(&client->opened, true, __ATOMIC_RELAXED);
}

/* Whoever connects and opens nothing holds a place that others may want. */
static void
lookWhetherOpen(virServeClient *client, gint64 now)
{
    unsigned int limit = virServerOpenTimeout(client->server);

    if (!limit || now - client->arrived < (gint64) limit * G_USEC_PER_SEC)
        return;
    g_mutex_lock(&client->lock);
    if (!client->dead && !client->calls)
        spoil(client, "it has not opened anything in time");
    g_mutex_unlock(&client->lock);
}

void
virServeClientLook(virServeClient *client, gint64 now)
{
    virKeepaliveVerdict verdict = VIR_KEEPALIVE_WAIT;
    virXdrWriter writer;

    if (G_UNLIKELY(!__atomic_load_n(&client->opened, __ATOMIC_RELAXED)))
        lookWhetherOpen(client, now);
    /* Most clients may want none, and there may be thousands. */
    if (!__atomic_load_n(&client->wantsKeepalive, __ATOMIC_RELAXED))
        return;
    g_mutex_lock(&client->lock);
    /* Whether it answers cannot be told while nobody listens. */
    if (virServeClientIsFull(client))
        virKeepaliveHeard(&client->keepalive, now);
    else if (!client->dead)
        verdict = virKeepaliveLook(&client->keepalive, now);
    if (verdict == VIR_KEEPALIVE_DEAD)
        spoil(client, "it does not answer");
    g_mutex_unlock(&client->lock);
    if (verdict == VIR_KEEPALIVE_ASK) {
        virKeepaliveWrite(&writer, VIR_KEEPALIVE_PING);
        virServeClientSend(client, &writer, NULL, 0);
    }
}

/* --- the beginning ------------------------------------------------------------------------------ */

static const virLoopSourceClass sourceClass = {
    .ready = onReady,
    .heldUp = onHeldUp,
    .ref = refSource,
    .unref = unrefSource,
};

virServeClient *
virServeClientNew(virServer *server, int fd, const virListener *listener)
{
    virServeClient *client = g_new0(virServeClient, 1);

    client->source.class = &sourceClass;
    client->source.fd = fd;
    client->refs = 1;
    client->server = server;
    client->since = g_get_real_time() / G_USEC_PER_SEC;
    client->arrived = g_get_monotonic_time();
    g_mutex_init(&client->lock);
    virSocketInit(&client->socket, fd);
    virListenerDescribe(listener, client);
    client->authenticated = client->auth == VIR_SERVE_AUTH_NONE;
    return client;
}
