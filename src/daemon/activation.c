/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The two small protocols with systemd: sockets it hands over, and what it is told. */

#include "daemon/activation.h"

#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"

#define SOURCE "daemon.activation"
/* The first descriptor that is handed over. */
#define FIRST_SOCKET 3
#define SOCKETS_MAX 64

static bool
readNumber(const char *name, guint64 most, guint64 *value)
{
    const char *text = g_getenv(name);

    return text && g_ascii_string_to_unsigned(text, 10, 0, most, value, NULL);
}

GArray *
virActivationSockets(void)
{
    GArray *sockets;
    guint64 process, count, i;

    if (!readNumber("LISTEN_PID", G_MAXINT, &process) || process != (guint64) getpid() ||
        !readNumber("LISTEN_FDS", SOCKETS_MAX, &count) || !count)
        return NULL;
    sockets = g_array_new(FALSE, FALSE, sizeof(int));
    for (i = 0; i < count; i++) {
        int fd = FIRST_SOCKET + (int) i;
        int flags = fcntl(fd, F_GETFL);

        if (flags < 0) {
            VIR_LOG(VIR_LOG_WARNING, SOURCE, "the socket %d that was handed over is not open",
                    fd);
            continue;
        }
        fcntl(fd, F_SETFD, FD_CLOEXEC);
        fcntl(fd, F_SETFL, flags | O_NONBLOCK);
        g_array_append_val(sockets, fd);
    }
    /* They are ours, not those of programs that we start. */
    g_unsetenv("LISTEN_PID");
    g_unsetenv("LISTEN_FDS");
    g_unsetenv("LISTEN_FDNAMES");
    return sockets;
}

void
virActivationTell(const char *state)
{
    const char *path = g_getenv("NOTIFY_SOCKET");
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    size_t length = path ? strlen(path) : 0;
    int fd;

    if (!length || length >= sizeof(address.sun_path))
        return;
    memcpy(address.sun_path, path, length);
    /* A name in the abstract namespace begins with NUL. */
    if (address.sun_path[0] == '@')
        address.sun_path[0] = 0;
    fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return;
    if (sendto(fd, state, strlen(state), MSG_NOSIGNAL, (struct sockaddr *) &address,
               (socklen_t) (offsetof(struct sockaddr_un, sun_path) + length)) < 0)
        VIR_LOG(VIR_LOG_WARNING, SOURCE, "cannot tell systemd '%s'", state);
    close(fd);
}
