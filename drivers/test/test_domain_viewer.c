/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Graphics servers of running domains, and the sockets of their clients. */

#include "test_domain_viewer.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "runtime/objects.h"
#include "test_domain_guest.h"

/* Clients that all servers of a domain have at a time. */
#define VIEWERS_MAX 64
/* What a VNC server says first. */
#define RFB_GREETING "RFB 003.008\n"

/* The graphics device with a number that has a server; NULL with an error raised. */
static const virDocDomainGraphics *
findServer(const testDomain *domain, unsigned int idx)
{
    const virDocDomainGraphics *graphics = idx < domain->live->ngraphics ?
        domain->live->graphics[idx] : NULL;

    if (!graphics)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR, "No graphics backend with index %u",
                      idx);
    else if (graphics->type == VIR_DOC_DOMAIN_GRAPHICS_TYPE_VNC ||
             graphics->type == VIR_DOC_DOMAIN_GRAPHICS_TYPE_SPICE)
        return graphics;
    else
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR,
                      "Can only open VNC or SPICE graphics backends, not %s",
                      virDocDomainGraphicsTypeToString(graphics->type));
    return NULL;
}

/* How clients say who they are: by the password, unless somebody vouches for them. */
static const char *
schemeOf(const virDocDomainGraphics *graphics, unsigned int flags)
{
    if (flags & VIR_DOMAIN_OPEN_GRAPHICS_SKIPAUTH || !graphics->passwd)
        return "none";
    return graphics->type == VIR_DOC_DOMAIN_GRAPHICS_TYPE_VNC ? "vnc" : "spice";
}

static void
announce(testHost *host, const testDomain *domain, int phase, const char *scheme)
{
    const virDomainEventGraphicsAddress here = {
        .family = VIR_DOMAIN_EVENT_GRAPHICS_ADDRESS_UNIX, .node = (char *) "", .service = NULL,
    };
    const virDomainEventGraphicsSubject nobody = { 0 };

    virEventStateQueue(host->events,
                       virDomainEventGraphicsNew(domain->name, domain->uuid, domain->id, phase,
                                                 &here, &here, scheme, &nobody));
}

/* A client of a server. */
typedef struct {
    int fd;
    const char *scheme;
} Viewer;

static void
closeViewer(gpointer data)
{
    close(((Viewer *) data)->fd);
}

/* Gives a server a client, whose socket it owns from now on; 0, or -1 with an error raised. */
static int
addViewer(testHost *host, testDomain *domain, const virDocDomainGraphics *graphics, int fd,
          unsigned int flags)
{
    const Viewer viewer = { fd, schemeOf(graphics, flags) };

    if (domain->viewers && domain->viewers->len >= VIEWERS_MAX) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_FAILED,
                      "the graphics servers of domain '%s' have %d clients, which is the most",
                      domain->name, VIEWERS_MAX);
        close(fd);
        return -1;
    }
    if (graphics->type == VIR_DOC_DOMAIN_GRAPHICS_TYPE_VNC &&
        send(fd, RFB_GREETING, sizeof(RFB_GREETING) - 1, MSG_NOSIGNAL | MSG_DONTWAIT) < 0) {
        virErrorRaiseSystem(VIR_FROM_TEST, errno, "cannot greet the client of domain '%s'",
                            domain->name);
        close(fd);
        return -1;
    }
    if (!domain->viewers) {
        domain->viewers = g_array_new(/* zero_terminated= */ false, /* clear= */ false,
                                      sizeof(Viewer));
        g_array_set_clear_func(domain->viewers, closeViewer);
    }
    g_array_append_val(domain->viewers, viewer);
    announce(host, domain, VIR_DOMAIN_EVENT_GRAPHICS_CONNECT, viewer.scheme);
    announce(host, domain, VIR_DOMAIN_EVENT_GRAPHICS_INITIALIZE, viewer.scheme);
    return 0;
}

void
testViewersDrop(testHost *host, testDomain *domain)
{
    for (guint i = 0; domain->viewers && i < domain->viewers->len; i++)
        announce(host, domain, VIR_DOMAIN_EVENT_GRAPHICS_DISCONNECT,
                 g_array_index(domain->viewers, Viewer, i).scheme);
    g_clear_pointer(&domain->viewers, g_array_unref);
}

/* A copy of a socket that a client brought; -1 with an error raised for anything else. */
static int
takeSocket(int fd)
{
    int type, copy;
    socklen_t length = sizeof(type);

    if (fd < 0) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG, "fd %d is no descriptor", fd);
        return -1;
    }
    if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &length) < 0) {
        virErrorRaiseSystem(VIR_FROM_DOMAIN, errno, "descriptor %d cannot be used as a socket",
                            fd);
        return -1;
    }
    copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    if (copy < 0)
        virErrorRaiseSystem(VIR_FROM_TEST, errno, "cannot take over descriptor %d", fd);
    return copy;
}

int
testDomainOpenGraphics(virDomainPtr handle, unsigned int idx, int fd, unsigned int flags)
{
    int copy = takeSocket(fd), ret = -1;
    testDomain *domain = copy < 0 ? NULL : testDomainLockGuest(handle);
    const virDocDomainGraphics *graphics;

    if (!domain) {
        if (copy >= 0)
            close(copy);
        return -1;
    }
    graphics = findServer(domain, idx);
    if (graphics)
        ret = addViewer(testHostOf(handle->conn), domain, graphics, copy, flags);
    else
        close(copy);
    testDomainUnlock(handle);
    return ret;
}

int
testDomainOpenGraphicsFD(virDomainPtr handle, unsigned int idx, unsigned int flags)
{
    testDomain *domain = testDomainLockGuest(handle);
    const virDocDomainGraphics *graphics;
    int pair[2] = { -1, -1 };

    if (!domain)
        return -1;
    graphics = findServer(domain, idx);
    if (graphics && socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0) {
        virErrorRaiseSystem(VIR_FROM_TEST, errno, "cannot connect to the graphics server");
    } else if (graphics &&
               addViewer(testHostOf(handle->conn), domain, graphics, pair[0], flags) < 0) {
        close(pair[1]);
        pair[1] = -1;
    }
    testDomainUnlock(handle);
    return pair[1];
}
