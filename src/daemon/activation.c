/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The two small protocols with systemd: sockets it hands over, and what it is told. */

#define _GNU_SOURCE 1

#include "daemon/activation.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "base/log.h"
#include "runtime/error.h"

#define SOURCE "daemon.activation"
/* The first descriptor that is handed over. */
#define FIRST_SOCKET 3
#define SOCKETS_MAX 64
/* How long the manager may take to read what it was told, in milliseconds. */
#define BARRIER_TIME 5000

/* --- sockets -------------------------------------------------------------------------------------- */

static bool
readNumber(const char *name, guint64 most, guint64 *value)
{
    const char *text = g_getenv(name);

    return text && g_ascii_string_to_unsigned(text, 10, 0, most, value, NULL);
}

static void
clearSocket(void *data)
{
    virActivationSocket *one = data;

    if (one->fd >= 0)
        close(one->fd);
    g_free(one->name);
}

/* Whether a descriptor is a stream socket that listens; it is prepared for us then. */
static bool
prepare(int fd)
{
    int flags = fcntl(fd, F_GETFL), type = 0, listens = 0;
    socklen_t size = sizeof(type);

    if (flags < 0 || getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) < 0 ||
        type != SOCK_STREAM)
        return false;
    size = sizeof(listens);
    if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) < 0 || !listens)
        return false;
    return fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0;
}

int
virActivationSockets(GArray **sockets)
{
    const char *names = g_getenv("LISTEN_FDNAMES");
    g_auto(GStrv) words = NULL;
    g_autoptr(GArray) list = NULL;
    guint64 process, count, i;

    *sockets = NULL;
    if (!readNumber("LISTEN_PID", G_MAXINT, &process) || process != (guint64) getpid())
        return 0;
    if (!readNumber("LISTEN_FDS", SOCKETS_MAX, &count)) {
        const char *text = g_getenv("LISTEN_FDS");

        virErrorRaise(VIR_FROM_RPC, VIR_ERR_INVALID_ARG,
                      "LISTEN_FDS is '%s', not a number of sockets from 0 to %d", text ? text : "",
                      SOCKETS_MAX);
        return -1;
    }
    words = g_strsplit(names ? names : "", ":", -1);
    list = g_array_new(FALSE, FALSE, sizeof(virActivationSocket));
    g_array_set_clear_func(list, clearSocket);
    for (i = 0; i < count; i++) {
        bool named = i < g_strv_length(words) && *words[i];
        virActivationSocket one = { FIRST_SOCKET + (int) i, named ? g_strdup(words[i]) : NULL };

        g_array_append_val(list, one);
        if (!prepare(one.fd)) {
            virErrorRaise(VIR_FROM_RPC, VIR_ERR_INVALID_ARG,
                          "descriptor %d ('%s'), which systemd handed over, is no stream socket "
                          "that listens",
                          one.fd, named ? one.name : "");
            return -1;
        }
    }
    /* They are ours, not those of programs that we start. */
    g_unsetenv("LISTEN_PID");
    g_unsetenv("LISTEN_FDS");
    g_unsetenv("LISTEN_FDNAMES");
    if (count)
        *sockets = g_steal_pointer(&list);
    return 0;
}

/* --- what the manager is told --------------------------------------------------------------------- */

/* Sends a state, and a descriptor with it when there is one; false when nobody asked for it. */
static bool
tell(const char *state, int file)
{
    const char *path = g_getenv("NOTIFY_SOCKET");
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    size_t length = path ? strlen(path) : 0;
    struct iovec part = { (void *) state, strlen(state) };
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control = { .bytes = { 0 } };
    struct msghdr message = { .msg_name = &address, .msg_iov = &part, .msg_iovlen = 1 };
    bool sent;
    int fd;

    if (!length || length >= sizeof(address.sun_path) || (path[0] != '/' && path[0] != '@'))
        return false;
    memcpy(address.sun_path, path, length);
    /* A name in the abstract namespace begins with NUL. */
    if (address.sun_path[0] == '@')
        address.sun_path[0] = 0;
    message.msg_namelen = (socklen_t) (offsetof(struct sockaddr_un, sun_path) + length);
    if (file >= 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = sizeof(control.bytes);
        control.header.cmsg_level = SOL_SOCKET;
        control.header.cmsg_type = SCM_RIGHTS;
        control.header.cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(&control.header), &file, sizeof(file));
    }
    fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sent = fd >= 0 && sendmsg(fd, &message, MSG_NOSIGNAL) >= 0;
    if (!sent)
        VIR_LOG(VIR_LOG_WARNING, SOURCE, "cannot tell systemd '%s': %s", state, g_strerror(errno));
    if (fd >= 0)
        close(fd);
    return sent;
}

void
virActivationTell(const char *state)
{
    tell(state, -1);
}

void
virActivationBarrier(void)
{
    int pair[2];

    if (pipe2(pair, O_CLOEXEC) < 0)
        return;
    /* The manager closes its copy of the descriptor once it has come to this message. */
    if (tell("BARRIER=1", pair[1])) {
        struct pollfd end = { .fd = pair[0] };

        close(pair[1]);
        while (poll(&end, 1, BARRIER_TIME) < 0 && errno == EINTR)
            continue;
    } else {
        close(pair[1]);
    }
    close(pair[0]);
}
