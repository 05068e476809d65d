/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A server of disks over the Network Block Device protocol: reading, from several clients at once. */

#define _GNU_SOURCE 1

#include "test_nbd.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "runtime/error.h"
#include "test_nbd_talk.h"

/* Clients at a time; more wait until one leaves. */
#define CLIENTS_MAX 16

typedef struct {
    testNbd *server;
    GThread *thread;
    int fd;
    int done;                   /* its thread is through */
} Client;

struct testNbd {
    GPtrArray *exports;         /* testNbdExport; constant */
    char *path;                 /* of the socket, NULL without */
    int fd;
    int stop[2];                /* a pipe that is closed when all shall end */
    GThread *thread;
    GPtrArray *clients;         /* of the thread alone */
};

static void
freeExport(gpointer data)
{
    testNbdExport *export = data;

    g_free(export->name);
    g_free(export);
}

GPtrArray *
testNbdExportsNew(void)
{
    return g_ptr_array_new_with_free_func(freeExport);
}

void
testNbdExportsAdd(GPtrArray *exports, const char *name, unsigned long long size)
{
    testNbdExport *export = g_new0(testNbdExport, 1);

    export->name = g_strdup(name);
    export->size = size;
    g_ptr_array_add(exports, export);
}

/* Makes a socket listen; -1 with an error raised, and the socket closed. */
static int
listenOn(int fd, const struct sockaddr *address, socklen_t length, const char *place)
{
    int yes = 1;

    if (fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) == 0 &&
        bind(fd, address, length) == 0 && listen(fd, CLIENTS_MAX) == 0)
        return fd;
    virErrorRaiseSystem(VIR_FROM_TEST, errno, "cannot serve a backup at '%s'", place);
    if (fd >= 0)
        close(fd);
    return -1;
}

int
testNbdListenTcp(const char *address, unsigned int port)
{
    g_autofree char *service = g_strdup_printf("%u", port);
    /* Nobody is asked for a name: the answer could take long. */
    const struct addrinfo hints = { .ai_flags = AI_PASSIVE | AI_NUMERICSERV | AI_NUMERICHOST,
                                    .ai_socktype = SOCK_STREAM };
    const char *number = g_str_equal(address, "localhost") ? "127.0.0.1" : address;
    struct addrinfo *found = NULL;
    int code = getaddrinfo(number, service, &hints, &found);
    int fd;

    if (code != 0) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "no address '%s': %s", address,
                      gai_strerror(code));
        return -1;
    }
    fd = listenOn(socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0), found->ai_addr,
                  found->ai_addrlen, address);
    freeaddrinfo(found);
    return fd;
}

int
testNbdListenUnix(const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };

    if (g_strlcpy(address.sun_path, path, sizeof(address.sun_path)) >= sizeof(address.sun_path)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "the path of a socket has at most %zu bytes: '%s'",
                      sizeof(address.sun_path) - 1, path);
        return -1;
    }
    return listenOn(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0),
                    (const struct sockaddr *) &address, sizeof(address), path);
}

/* --- threads ----------------------------------------------------------------------------------- */

static gpointer
serveClient(gpointer opaque)
{
    Client *client = opaque;

    testNbdTalk(client->fd, client->server->exports);
    shutdown(client->fd, SHUT_RDWR);
    g_atomic_int_set(&client->done, 1);
    return NULL;
}

static void
freeClient(gpointer data)
{
    Client *client = data;

    shutdown(client->fd, SHUT_RDWR);
    g_thread_join(client->thread);
    close(client->fd);
    g_free(client);
}

/* Forgets the clients that left. */
static void
reap(testNbd *server)
{
    for (guint i = server->clients->len; i-- > 0;) {
        Client *client = g_ptr_array_index(server->clients, i);

        if (g_atomic_int_get(&client->done))
            g_ptr_array_remove_index_fast(server->clients, i);
    }
}

static void
welcome(testNbd *server)
{
    int fd = accept4(server->fd, NULL, NULL, SOCK_CLOEXEC);
    Client *client;

    if (fd < 0)
        return;
    client = g_new0(Client, 1);
    client->server = server;
    client->fd = fd;
    client->thread = g_thread_new("nbd client", serveClient, client);
    g_ptr_array_add(server->clients, client);
}

static gpointer
serve(gpointer opaque)
{
    testNbd *server = opaque;

    for (;;) {
        struct pollfd wait[] = { { server->stop[0], POLLIN, 0 }, { server->fd, POLLIN, 0 } };

        reap(server);
        /* Once more after a while for those who left, where nobody else may come. */
        if (poll(wait, server->clients->len < CLIENTS_MAX ? 2 : 1,
                 server->clients->len < CLIENTS_MAX ? -1 : 100) < 0 && errno != EINTR)
            break;
        if (wait[0].revents)
            break;
        if (wait[1].revents)
            welcome(server);
    }
    g_ptr_array_set_size(server->clients, 0);
    return NULL;
}

static void
freeServer(testNbd *server)
{
    if (server->stop[0] >= 0)
        close(server->stop[0]);
    close(server->fd);
    if (server->path)
        unlink(server->path);
    g_free(server->path);
    g_ptr_array_unref(server->clients);
    g_ptr_array_unref(server->exports);
    g_free(server);
}

testNbd *
testNbdStart(int fd, const char *path, GPtrArray *exports)
{
    testNbd *server = g_new0(testNbd, 1);

    server->fd = fd;
    server->path = g_strdup(path);
    server->exports = exports;
    server->clients = g_ptr_array_new_with_free_func(freeClient);
    if (pipe2(server->stop, O_CLOEXEC) < 0) {
        server->stop[0] = -1;
        virErrorRaiseSystem(VIR_FROM_TEST, errno, "cannot serve a backup");
        freeServer(server);
        return NULL;
    }
    server->thread = g_thread_new("nbd server", serve, server);
    return server;
}

void
testNbdStop(testNbd *server)
{
    if (!server)
        return;
    close(server->stop[1]);
    g_thread_join(server->thread);
    freeServer(server);
}
