/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A server of the daemon: programs, the sockets they are reached by, clients, and their limits. */

#include "daemon/server.h"

#include <errno.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "base/log.h"
#include "daemon/daemon.h"

#define SOURCE "daemon.server"

struct virServer {
    const char *name;
    virLoop *loop;
    virPool *pool;
    const virServeProgram *const *programs;

    /* Guards what follows; the locks of clients are taken under it, nothing is called out with it. */
    GMutex lock;
    virServerLimits limits;
    GHashTable *clients;    /* id -> client, without a reference: clients take themselves out */
    unsigned int anonymous;
    unsigned long long lastId;
    GPtrArray *listeners;
    bool full;              /* the listeners wait for room */
    bool stopping;
    unsigned int openTimeout;       /* atomic */
    int keepaliveInterval;
    unsigned int keepaliveCount;
};

static guint
hashId(gconstpointer key)
{
    return (guint) *(const unsigned long long *) key;
}

static gboolean
equalId(gconstpointer a, gconstpointer b)
{
    return *(const unsigned long long *) a == *(const unsigned long long *) b;
}

virServer *
virServerNew(const char *name, virLoop *loop, const virServeProgram *const *programs,
             const virServerLimits *limits, const virPoolLimits *workers)
{
    virServer *server = g_new0(virServer, 1);

    server->name = name;
    server->loop = loop;
    server->programs = programs;
    server->limits = *limits;
    g_mutex_init(&server->lock);
    server->clients = g_hash_table_new(hashId, equalId);
    server->listeners = g_ptr_array_new();
    server->pool = virPoolNew(workers);
    return server;
}

/* The sockets are closed once. */
static void
stopListening(virServer *server)
{
    bool first;

    g_mutex_lock(&server->lock);
    first = !server->stopping;
    server->stopping = true;
    g_mutex_unlock(&server->lock);
    for (guint i = 0; first && i < server->listeners->len; i++)
        virListenerClose(g_ptr_array_index(server->listeners, i));
}

bool
virServerRest(virServer *server)
{
    g_autoptr(GPtrArray) clients = NULL;
    bool done = true;

    stopListening(server);
    clients = virServerClients(server);
    for (guint i = 0; i < clients->len; i++) {
        virServeClient *client = g_ptr_array_index(clients, i);

        done = virServeClientRest(client) && done;
        virServeClientUnref(client);
    }
    return done;
}

void
virServerStop(virServer *server)
{
    g_autoptr(GPtrArray) clients = NULL;
    guint i;

    stopListening(server);
    clients = virServerClients(server);
    for (i = 0; i < clients->len; i++) {
        virServeClient *client = g_ptr_array_index(clients, i);

        virServeClientClose(client);
        virServeClientUnref(client);
    }
    /* Calls that run keep their client, and the client needs the server. */
    virPoolFree(server->pool);
    server->pool = NULL;
}

void
virServerFree(virServer *server)
{
    if (!server)
        return;
    g_ptr_array_unref(server->listeners);
    g_hash_table_unref(server->clients);
    g_mutex_clear(&server->lock);
    g_free(server);
}

const char *
virServerName(const virServer *server)
{
    return server->name;
}

virLoop *
virServerLoop(const virServer *server)
{
    return server->loop;
}

virPool *
virServerPool(const virServer *server)
{
    return server->pool;
}

const virServeProgram *
virServerProgram(const virServer *server, unsigned int number, unsigned int version)
{
    int i;

    for (i = 0; server->programs[i]; i++) {
        const virWireProgram *wire = server->programs[i]->wire;

        if (wire->number == number && wire->version == version)
            return server->programs[i];
    }
    return NULL;
}

unsigned int
virServerClientRequests(const virServer *server)
{
    return __atomic_load_n(&server->limits.requests, __ATOMIC_RELAXED);
}

/* --- limits ------------------------------------------------------------------------------------- */

/* With the lock held. */
static bool
hasRoom(const virServer *server)
{
    return g_hash_table_size(server->clients) < server->limits.clients &&
           (!server->limits.anonymous || server->anonymous < server->limits.anonymous);
}

bool
virServerHasRoom(virServer *server)
{
    bool room;

    g_mutex_lock(&server->lock);
    room = hasRoom(server) && !server->stopping;
    if (!room && !server->full)
        VIR_LOG(VIR_LOG_WARNING, SOURCE,
                "server %s has %u clients (%u of them anonymous), its limit: others must wait",
                server->name, g_hash_table_size(server->clients), server->anonymous);
    server->full = !room;
    g_mutex_unlock(&server->lock);
    return room;
}

/* With the lock held, which is dropped: the listeners go on when there is room again. */
static void
unlockAndResume(virServer *server)
{
    g_autoptr(GPtrArray) listeners = NULL;
    guint i;

    if (server->full && hasRoom(server) && !server->stopping) {
        server->full = false;
        listeners = g_ptr_array_copy(server->listeners, NULL, NULL);
    }
    g_mutex_unlock(&server->lock);
    for (i = 0; listeners && i < listeners->len; i++)
        virListenerKick(g_ptr_array_index(listeners, i));
}

void
virServerGetLimits(virServer *server, virServerLimits *limits)
{
    g_mutex_lock(&server->lock);
    *limits = server->limits;
    g_mutex_unlock(&server->lock);
}

void
virServerSetLimits(virServer *server, const virServerLimits *limits)
{
    g_mutex_lock(&server->lock);
    server->limits = *limits;
    unlockAndResume(server);
}

void
virServerGetCount(virServer *server, virServerCount *count)
{
    g_mutex_lock(&server->lock);
    count->clients = g_hash_table_size(server->clients);
    count->anonymous = server->anonymous;
    g_mutex_unlock(&server->lock);
}

void
virServerSetKeepalive(virServer *server, int interval, unsigned int count)
{
    server->keepaliveInterval = interval;
    server->keepaliveCount = count;
}

void
virServerGetKeepalive(const virServer *server, int *interval, unsigned int *count)
{
    *interval = server->keepaliveInterval;
    *count = server->keepaliveCount;
}

void
virServerSetOpenTimeout(virServer *server, unsigned int seconds)
{
    __atomic_store_n(&server->openTimeout, seconds, __ATOMIC_RELAXED);
}

unsigned int
virServerOpenTimeout(const virServer *server)
{
    return __atomic_load_n(&server->openTimeout, __ATOMIC_RELAXED);
}

/* --- clients ------------------------------------------------------------------------------------ */

int
virServerListen(virServer *server, virListener *listener)
{
    g_mutex_lock(&server->lock);
    g_ptr_array_add(server->listeners, listener);
    g_mutex_unlock(&server->lock);
    return virListenerStart(listener, server);
}

void
virServerAccept(virServer *server, int fd, const virListener *listener)
{
    virServeClient *client = virServeClientNew(server, fd, listener);
    bool stopping;

    g_mutex_lock(&server->lock);
    stopping = server->stopping;
    client->id = ++server->lastId;
    if (!stopping) {
        g_hash_table_insert(server->clients, &client->id, client);
        if (!client->authenticated)
            server->anonymous++;
    }
    g_mutex_unlock(&server->lock);
    if (stopping) {
        virServeClientUnref(client);
        return;
    }
    if (virLogWants(VIR_LOG_INFO)) {
        g_autofree char *where = virListenerName(listener);

        VIR_LOG(VIR_LOG_INFO, SOURCE, "%s comes through the %s", VIR_CLIENT_NAME(client), where);
    }
    virServeClientRef(client);
    /* Somebody has to look whether it opens anything. */
    if (virTheDaemon && virServerOpenTimeout(server))
        virDaemonWatchClients(virTheDaemon);
    if (virLoopAdd(server->loop, &client->source, EPOLLIN | EPOLLRDHUP) < 0) {
        VIR_LOG(VIR_LOG_ERROR, SOURCE, "cannot watch a client: %s", g_strerror(errno));
        virServeClientClose(client);
    }
    virServeClientUnref(client);
}

void
virServerForget(virServer *server, virServeClient *client)
{
    g_mutex_lock(&server->lock);
    if (g_hash_table_remove(server->clients, &client->id) && !client->authenticated)
        server->anonymous--;
    unlockAndResume(server);
}

void
virServerAuthenticated(virServer *server)
{
    g_mutex_lock(&server->lock);
    server->anonymous--;
    unlockAndResume(server);
}

GPtrArray *
virServerClients(virServer *server)
{
    GPtrArray *clients = g_ptr_array_new();
    GHashTableIter iter;
    gpointer client;

    g_mutex_lock(&server->lock);
    g_hash_table_iter_init(&iter, server->clients);
    while (g_hash_table_iter_next(&iter, NULL, &client)) {
        virServeClientRef(client);
        g_ptr_array_add(clients, client);
    }
    g_mutex_unlock(&server->lock);
    return clients;
}

virServeClient *
virServerClient(virServer *server, unsigned long long id)
{
    virServeClient *client;

    g_mutex_lock(&server->lock);
    client = g_hash_table_lookup(server->clients, &id);
    if (client)
        virServeClientRef(client);
    g_mutex_unlock(&server->lock);
    return client;
}

void
virServerLook(virServer *server, gint64 now)
{
    g_autoptr(GPtrArray) clients = virServerClients(server);
    guint i;

    for (i = 0; i < clients->len; i++) {
        virServeClient *client = g_ptr_array_index(clients, i);

        virServeClientLook(client, now);
        virServeClientUnref(client);
    }
}
