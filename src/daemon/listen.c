/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sockets that the daemon accepts connections from: made here, or handed over by systemd. */

#define _GNU_SOURCE 1

#include "daemon/listen.h"

#include <errno.h>
#include <fnmatch.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "base/log.h"
#include "daemon/access.h"
#include "daemon/server.h"
#include "runtime/error.h"

#define SOURCE "daemon.listen"

struct virListener {
    virLoopSource source;
    int refs;
    virServer *server;
    char *path;             /* of a unix socket */
    bool made;              /* here: the path is removed at the end */
    bool local;             /* a unix socket */
    bool readOnly;
    virServeAuth auth;
    GStrv allowed;          /* patterns of addresses, NULL: every address */

    /* Guards what follows. */
    GMutex lock;
    bool busy;              /* a thread accepts */
    bool again;             /* and is to go on once it thinks it is done */
    bool closed;
};

#define LISTENER(source_) \
    ((virListener *) (void *) ((char *) (source_) - offsetof(virListener, source)))

static void
refSource(virLoopSource *source)
{
    __atomic_add_fetch(&LISTENER(source)->refs, 1, __ATOMIC_RELAXED);
}

static void
unrefSource(virLoopSource *source)
{
    virListener *listener = LISTENER(source);

    if (__atomic_sub_fetch(&listener->refs, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    close(listener->source.fd);
    g_mutex_clear(&listener->lock);
    g_free(listener->path);
    g_strfreev(listener->allowed);
    g_free(listener);
}

/* --- accepting ---------------------------------------------------------------------------------- */

/* Whether the address of the other side is one that may connect. */
static bool
isAllowed(const virListener *listener, int fd)
{
    struct sockaddr_storage address;
    socklen_t size = sizeof(address);
    char host[NI_MAXHOST] = "unknown";
    int i;

    if (!listener->allowed)
        return true;
    if (getpeername(fd, (struct sockaddr *) &address, &size) < 0 ||
        getnameinfo((struct sockaddr *) &address, size, host, sizeof(host), NULL, 0,
                    NI_NUMERICHOST))
        return false;
    for (i = 0; listener->allowed[i]; i++) {
        if (fnmatch(listener->allowed[i], host, 0) == 0)
            return true;
    }
    VIR_LOG(VIR_LOG_WARNING, SOURCE,
            "a client from %s is turned away: its address is not in tls_allowed_ip_list", host);
    return false;
}

/* Accepts all that wait; called as the thread that set `busy`. */
static void
acceptAll(virListener *listener)
{
    while (!listener->closed && virServerHasRoom(listener->server)) {
        int fd = accept4(listener->source.fd, NULL, NULL, SOCK_CLOEXEC);

        if (fd >= 0 && !isAllowed(listener, fd)) {
            close(fd);
        } else if (fd >= 0) {
            virServerAccept(listener->server, fd, listener);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return;
        } else if (errno != EINTR && errno != ECONNABORTED) {
            /* Out of descriptors, for one: goes on when a client leaves or another comes. */
            VIR_LOG(VIR_LOG_ERROR, SOURCE, "cannot accept a client: %s", g_strerror(errno));
            return;
        }
    }
}

static void
onReady(virLoopSource *source, uint32_t events G_GNUC_UNUSED)
{
    virListener *listener = LISTENER(source);
    bool mine;

    g_mutex_lock(&listener->lock);
    mine = !listener->busy && !listener->closed;
    if (mine)
        listener->busy = true;
    else
        listener->again = true;
    g_mutex_unlock(&listener->lock);
    while (mine) {
        acceptAll(listener);
        g_mutex_lock(&listener->lock);
        mine = listener->again && !listener->closed;
        listener->again = false;
        listener->busy = mine;
        g_mutex_unlock(&listener->lock);
    }
}

static void
onHeldUp(virLoopSource *source G_GNUC_UNUSED, uint64_t job G_GNUC_UNUSED)
{
    /* Accepting makes no calls. */
}

static const virLoopSourceClass sourceClass = {
    .ready = onReady,
    .heldUp = onHeldUp,
    .ref = refSource,
    .unref = unrefSource,
};

int
virListenerStart(virListener *listener, virServer *server)
{
    listener->server = server;
    if (virLoopAdd(virServerLoop(server), &listener->source, EPOLLIN) < 0) {
        g_autofree char *name = virListenerName(listener);

        virErrorRaiseSystem(VIR_FROM_RPC, errno, "cannot watch the %s", name);
        return -1;
    }
    return 0;
}

void
virListenerKick(virListener *listener)
{
    virLoopKick(virServerLoop(listener->server), &listener->source);
}

void
virListenerClose(virListener *listener)
{
    g_mutex_lock(&listener->lock);
    listener->closed = true;
    g_mutex_unlock(&listener->lock);
    if (listener->server)
        virLoopRemove(virServerLoop(listener->server), &listener->source);
    if (listener->made)
        unlink(listener->path);
    unrefSource(&listener->source);
}

/* --- making ------------------------------------------------------------------------------------- */

virListener *
virListenerAdopt(int fd, bool readOnly, virServeAuth auth)
{
    virListener *listener = g_new0(virListener, 1);
    struct sockaddr_storage address = { .ss_family = AF_UNSPEC };
    socklen_t size = sizeof(address);

    if (getsockname(fd, (struct sockaddr *) &address, &size) == 0 &&
        address.ss_family == AF_UNIX) {
        listener->local = true;
        listener->path = g_strdup(((struct sockaddr_un *) &address)->sun_path);
    }
    listener->source.class = &sourceClass;
    listener->source.fd = fd;
    listener->refs = 1;
    listener->readOnly = readOnly;
    listener->auth = auth;
    g_mutex_init(&listener->lock);
    return listener;
}

/* Removes a socket that nobody listens on any more; false when somebody does. */
static bool
clearStale(const struct sockaddr_un *address)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool live;

    if (fd < 0)
        return true;
    live = connect(fd, (const struct sockaddr *) address, sizeof(*address)) == 0;
    close(fd);
    if (!live)
        unlink(address->sun_path);
    return !live;
}

static int
bindUnix(int fd, const virListenUnix *wanted, const struct sockaddr_un *address)
{
    mode_t old = umask(~wanted->mode & 0777);
    int rc = bind(fd, (const struct sockaddr *) address, sizeof(*address));

    umask(old);
    if (rc < 0) {
        virErrorRaiseSystem(VIR_FROM_RPC, errno, "cannot make the socket '%s'", wanted->path);
        return -1;
    }
    if (wanted->group != (gid_t) -1 && chown(wanted->path, (uid_t) -1, wanted->group) < 0) {
        virErrorRaiseSystem(VIR_FROM_RPC, errno, "cannot give the socket '%s' to group %u",
                            wanted->path, (unsigned int) wanted->group);
        unlink(wanted->path);
        return -1;
    }
    return 0;
}

virListener *
virListenerNewUnix(const virListenUnix *wanted)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    virListener *listener;
    int fd;

    if (strlen(wanted->path) >= sizeof(address.sun_path)) {
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_INVALID_ARG,
                      "the path of a socket has at most %zu bytes: '%s'",
                      sizeof(address.sun_path) - 1, wanted->path);
        return NULL;
    }
    strcpy(address.sun_path, wanted->path);
    if (!clearStale(&address)) {
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_OPERATION_FAILED,
                      "another program listens on the socket '%s'", wanted->path);
        return NULL;
    }
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) {
        virErrorRaiseSystem(VIR_FROM_RPC, errno, "cannot make a socket");
        return NULL;
    }
    if (bindUnix(fd, wanted, &address) < 0) {
        close(fd);
        return NULL;
    }
    if (listen(fd, wanted->backlog) < 0) {
        virErrorRaiseSystem(VIR_FROM_RPC, errno, "cannot listen on the socket '%s'",
                            wanted->path);
        unlink(wanted->path);
        close(fd);
        return NULL;
    }
    listener = virListenerAdopt(fd, wanted->readOnly, wanted->auth);
    listener->made = true;
    return listener;
}

/* A listening socket for one address; -1 with errno set. */
static int
listenOn(const struct addrinfo *address, int backlog)
{
    int fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    int on = 1;

    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    /* IPv4 has its own socket, so that both are always there. */
    if (address->ai_family == AF_INET6)
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on));
    if (bind(fd, address->ai_addr, address->ai_addrlen) < 0 || listen(fd, backlog) < 0) {
        int failed = errno;

        close(fd);
        errno = failed;
        return -1;
    }
    return fd;
}

int
virListenerNewTCP(GPtrArray *listeners, const virListenTCP *wanted)
{
    struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE };
    struct addrinfo *found = NULL, *one;
    int rc = getaddrinfo(wanted->address, wanted->port, &hints, &found);
    int failed = 0, made = 0;

    if (rc) {
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_SYSTEM_ERROR,
                      "cannot listen on address '%s', port '%s': %s",
                      wanted->address ? wanted->address : "*", wanted->port, gai_strerror(rc));
        return -1;
    }
    for (one = found; one; one = one->ai_next) {
        int fd = listenOn(one, wanted->backlog);

        if (fd >= 0) {
            g_ptr_array_add(listeners, virListenerAdopt(fd, /* readOnly= */ false, wanted->auth));
            made++;
        } else if (errno != EAFNOSUPPORT && errno != EADDRNOTAVAIL) {
            failed = errno;
        }
    }
    freeaddrinfo(found);
    if (failed || !made) {
        virErrorRaiseSystem(VIR_FROM_RPC, failed ? failed : EADDRNOTAVAIL,
                            "cannot listen on address '%s', port '%s'",
                            wanted->address ? wanted->address : "*", wanted->port);
        return -1;
    }
    return 0;
}

/* --- describing --------------------------------------------------------------------------------- */

static char *
addressName(const struct sockaddr_storage *address, socklen_t size)
{
    char host[NI_MAXHOST], port[NI_MAXSERV];

    if (getnameinfo((const struct sockaddr *) address, size, host, sizeof(host), port,
                    sizeof(port), NI_NUMERICHOST | NI_NUMERICSERV))
        return g_strdup("unknown");
    return g_strdup_printf(strchr(host, ':') ? "[%s]:%s" : "%s:%s", host, port);
}

char *
virListenerName(const virListener *listener)
{
    struct sockaddr_storage address;
    socklen_t size = sizeof(address);
    g_autofree char *name = NULL;

    if (listener->local)
        return g_strdup_printf("unix socket %s", listener->path);
    if (getsockname(listener->source.fd, (struct sockaddr *) &address, &size) < 0)
        return g_strdup("tcp");
    name = addressName(&address, size);
    return g_strdup_printf("tcp %s", name);
}

bool
virListenerIsTCP(const virListener *listener)
{
    return !listener->local;
}

const char *
virListenerPath(const virListener *listener)
{
    return listener->path;
}

void
virListenerDescribe(const virListener *listener, virServeClient *client)
{
    struct sockaddr_storage address;
    socklen_t size = sizeof(address);
    struct ucred credentials;
    int on = 1;

    client->tcp = !listener->local;
    client->readOnly = listener->readOnly;
    client->auth = listener->auth;
    client->socket.local = client->socket.secure = listener->local;
    if (!listener->local) {
        setsockopt(client->socket.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
        if (getpeername(client->socket.fd, (struct sockaddr *) &address, &size) == 0)
            client->peer.address = addressName(&address, size);
        return;
    }
    size = sizeof(credentials);
    if (getsockopt(client->socket.fd, SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0) {
        client->peer.known = true;
        client->peer.user = credentials.uid;
        client->peer.group = credentials.gid;
        client->peer.process = credentials.pid;
        if (virDaemonAccessNeedsStart())
            client->peer.started = virDaemonAccessStart(credentials.pid);
    }
}

void
virListenerRestrict(virListener *listener, bool readOnly, virServeAuth auth)
{
    listener->readOnly = readOnly;
    listener->auth = auth;
}

void
virListenerAllow(virListener *listener, const char *const *patterns)
{
    g_strfreev(listener->allowed);
    listener->allowed = g_strdupv((char **) patterns);
}
