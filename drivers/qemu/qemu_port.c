/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses and TCP ports for the screens of guests: free ports are found by trying. */

#include "qemu_port.h"

#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "runtime/error.h"

/* Ports beyond so many are tried when these are taken. */
#define CUSTOMARY 1000

/* Guards `next`: guests that start together don't try the same port. */
static GMutex lock;
static int next;

/* Whether nobody listens at a port, on all addresses of a family; a family that is not there has none. */
static bool
isFree(int family, int port)
{
    struct sockaddr_in6 six = { .sin6_family = AF_INET6, .sin6_port = htons((guint16) port) };
    struct sockaddr_in four = { .sin_family = AF_INET, .sin_port = htons((guint16) port) };
    int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1, ret;

    if (fd < 0)
        return errno == EAFNOSUPPORT;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (family == AF_INET6) {
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on));
        ret = bind(fd, (struct sockaddr *) &six, sizeof(six));
    } else {
        ret = bind(fd, (struct sockaddr *) &four, sizeof(four));
    }
    if (ret == 0)
        ret = listen(fd, 1);
    close(fd);
    return ret == 0;
}

bool
qemuPortIsFree(int port)
{
    return isFree(AF_INET, port) && isFree(AF_INET6, port);
}

/* -1 when all from `first` to `last` are taken. */
static int
choose(int first, int last)
{
    int port = -1, tried;

    g_mutex_lock(&lock);
    for (tried = first; tried <= last && port < 0; tried++) {
        if (next < first || next > last)
            next = first;
        if (qemuPortIsFree(next))
            port = next;
        next++;
        /* The low numbers are the customary ones; they are tried first again. */
        if (port >= 0 && next > first + CUSTOMARY)
            next = first;
    }
    g_mutex_unlock(&lock);
    return port;
}

/* What the administrator says where the description of a screen says nothing. */
static void
complete(virDocDomainGraphics *graphics, const char *address, const char *password)
{
    for (size_t i = 0; i < graphics->nlistens; i++) {
        virDocDomainListen *listen = graphics->listens[i];

        if (listen->type != VIR_DOC_DOMAIN_LISTEN_TYPE_ADDRESS)
            continue;
        if (!listen->address)
            listen->address = g_strdup(graphics->listen ? graphics->listen : address);
        if (!graphics->listen)
            graphics->listen = g_strdup(listen->address);
    }
    if (!graphics->passwd)
        graphics->passwd = g_strdup(password);
}

static bool
choosePort(virDocDomainGraphics *graphics, const qemuSettings *settings)
{
    graphics->port = choose(settings->displayPortMin, settings->displayPortMax);
    graphics->hasPort = true;
    if (graphics->port >= 0)
        return true;
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED,
                  "every TCP port from %d to %d is taken: remote_display_port_min and "
                  "remote_display_port_max of qemu.conf say which may be used",
                  settings->displayPortMin, settings->displayPortMax);
    return false;
}

bool
qemuPortsChoose(virDocDomain *document, const qemuSettings *settings)
{
    for (size_t i = 0; i < document->ngraphics; i++) {
        virDocDomainGraphics *graphics = document->graphics[i];
        bool vnc = graphics->type == VIR_DOC_DOMAIN_GRAPHICS_TYPE_VNC;

        if ((!vnc && graphics->type != VIR_DOC_DOMAIN_GRAPHICS_TYPE_SPICE) || graphics->socket ||
            (graphics->nlistens && graphics->listens[0]->type != VIR_DOC_DOMAIN_LISTEN_TYPE_ADDRESS))
            continue;
        complete(graphics, vnc ? settings->vncListen : settings->spiceListen,
                 vnc ? settings->vncPassword : settings->spicePassword);
        if (graphics->hasPort && graphics->port > 0 && graphics->autoport != VIR_DOC_SWITCH_ON)
            continue;
        if (!choosePort(graphics, settings))
            return false;
    }
    return true;
}
