/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a client reaches a daemon: unix sockets, TCP, and programs that carry the bytes. */

#define _GNU_SOURCE 1

#include "rpc/transport.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "runtime/error.h"

void
virTransportTargetClear(virTransportTarget *target)
{
    g_free(target->host);
    g_free(target->port);
    g_free(target->user);
    g_free(target->path);
    g_free(target->command);
    g_free(target->netcat);
    g_free(target->keyFile);
    g_free(target->knownHosts);
    g_free(target->sshAuth);
    g_free(target->pkiPath);
    g_free(target->tlsPriority);
    memset(target, 0, sizeof(*target));
}

static int
connectAddress(int fd, const void *address, socklen_t size)
{
    while (connect(fd, address, size) < 0) {
        if (errno != EINTR)
            return -1;
    }
    return 0;
}

static int
connectUnix(virSocket *result, const virTransportTarget *target)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int fd;

    if (!target->path || strlen(target->path) >= sizeof(address.sun_path)) {
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_INVALID_ARG,
                      "the path of the socket must have 1 to %zu bytes: '%s'",
                      sizeof(address.sun_path) - 1, target->path ? target->path : "");
        return -1;
    }
    strcpy(address.sun_path, target->path);
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || connectAddress(fd, &address, sizeof(address)) < 0) {
        virErrorRaiseSystem(VIR_FROM_RPC, errno, "cannot connect to the socket '%s'",
                            target->path);
        if (fd >= 0)
            close(fd);
        return -1;
    }
    virSocketInit(result, fd);
    result->local = true;
    result->secure = true;
    return 0;
}

static int
connectTCP(virSocket *result, const virTransportTarget *target)
{
    struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_ADDRCONFIG };
    struct addrinfo *found = NULL, *one;
    int failed = 0, fd = -1, on = 1;
    int rc = getaddrinfo(target->host, target->port, &hints, &found);

    /* A machine whose only address is the loopback has none "configured". */
    if (rc) {
        hints.ai_flags = 0;
        rc = getaddrinfo(target->host, target->port, &hints, &found);
    }
    if (rc) {
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_SYSTEM_ERROR, "cannot find the host '%s', port '%s': %s",
                      target->host, target->port, gai_strerror(rc));
        return -1;
    }
    for (one = found; one; one = one->ai_next) {
        fd = socket(one->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd >= 0 && connectAddress(fd, one->ai_addr, one->ai_addrlen) == 0)
            break;
        failed = errno;
        if (fd >= 0)
            close(fd);
        fd = -1;
    }
    freeaddrinfo(found);
    if (fd < 0) {
        virErrorRaiseSystem(VIR_FROM_RPC, failed, "cannot connect to '%s', port %s", target->host,
                            target->port);
        return -1;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    virSocketInit(result, fd);
    return 0;
}

/* The program is the leader of a process group of its own, so Ctrl-C in a shell spares it. */
static void
inChild(gpointer data G_GNUC_UNUSED)
{
    setpgid(0, 0);
    signal(SIGPIPE, SIG_DFL);
}

/* Runs a program whose standard input and output are the connection. */
static int
connectProgram(virSocket *result, char **arguments)
{
    g_autoptr(GError) error = NULL;
    int pair[2], complaints[2];
    GPid child;
    gboolean started;

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0) {
        virErrorRaiseSystem(VIR_FROM_RPC, errno, "cannot make a pair of sockets");
        return -1;
    }
    if (pipe2(complaints, O_CLOEXEC) < 0) {
        virErrorRaiseSystem(VIR_FROM_RPC, errno, "cannot make a pipe");
        close(pair[0]);
        close(pair[1]);
        return -1;
    }
    started = g_spawn_async_with_fds(NULL, arguments, NULL,
                                     G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, inChild,
                                     NULL, &child, pair[1], pair[1], complaints[1], &error);
    close(pair[1]);
    close(complaints[1]);
    if (!started) {
        close(pair[0]);
        close(complaints[0]);
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_SYSTEM_ERROR, "cannot run '%s': %s", arguments[0],
                      error->message);
        return -1;
    }
    virSocketInit(result, pair[0]);
    result->errorFd = complaints[0];
    result->child = child;
    /* Whether it is secure only the transport knows that runs the program. */
    return 0;
}

static int
connectExternal(virSocket *result, const virTransportTarget *target)
{
    char *arguments[] = { target->command, NULL };

    if (!target->command || !*target->command) {
        virErrorRaise(VIR_FROM_REMOTE, VIR_ERR_INVALID_ARG,
                      "the transport 'ext' needs the parameter 'command' in its URI");
        return -1;
    }
    return connectProgram(result, arguments);
}

/* The one table; a row without a function is a transport of the protocol that is not built yet. */
static const virTransport transports[] = {
    { .name = "unix", .local = true, .connect = connectUnix },
    { .name = "tcp", .port = "16509", .needsHost = true, .connect = connectTCP },
    { .name = "ext", .connect = connectExternal },
    { .name = "tls", .port = "16514", .needsHost = true, .connect = NULL },
    { .name = "ssh", .needsHost = true, .connect = NULL },
    { .name = "libssh", .port = "22", .needsHost = true, .connect = NULL },
    { .name = "libssh2", .port = "22", .needsHost = true, .connect = NULL },
};

const virTransport *
virTransportFind(const char *name)
{
    g_autoptr(GString) known = g_string_new(NULL);
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(transports); i++) {
        if (g_str_equal(transports[i].name, name))
            return &transports[i];
        g_string_append_printf(known, "%s%s", i ? ", " : "", transports[i].name);
    }
    virErrorRaise(VIR_FROM_REMOTE, VIR_ERR_INVALID_ARG,
                  "there is no transport '%s'; there are: %s", name, known->str);
    return NULL;
}

int
virTransportConnect(const virTransport *transport, virSocket *socket,
                    const virTransportTarget *target)
{
    if (!transport->connect) {
        virErrorRaise(VIR_FROM_REMOTE, VIR_ERR_NO_SUPPORT,
                      "the transport '%s' is not built into this library", transport->name);
        return -1;
    }
    if (transport->local && target->host) {
        virErrorRaise(VIR_FROM_REMOTE, VIR_ERR_INVALID_ARG,
                      "the transport '%s' stays on this machine and cannot reach the host '%s'",
                      transport->name, target->host);
        return -1;
    }
    return transport->connect(socket, target);
}
