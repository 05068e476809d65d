/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Consoles, channels and graphics servers: who is connected, what is said, how it ends. */

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "drivers/domain.h"

#define GUEST "99999999-2222-3333-4444-777777777777"

static virDomainPtr
startGuest(Host *host)
{
    g_autofree char *xml =
        documentOf("guest", GUEST, "<devices><serial type='pty'/><console type='pty'/>"
                   "<serial type='null'/><channel type='unix'><target type='virtio' "
                   "name='org.example.0'/></channel><graphics type='vnc'/>"
                   "<graphics type='sdl'/></devices>");
    virDomainPtr dom = virDomainDefineXML(host->conn, xml);

    if (!dom)
        g_error("%s", virGetLastErrorMessage());
    assertDone(virDomainCreate(dom));
    assertEvents(host, "defined 0 guest; started 0 guest; ");
    return dom;
}

/* What a stream has to say now. */
static void
assertReads(virStreamPtr st, const char *expected)
{
    char bytes[256];
    int got = virStreamRecv(st, bytes, sizeof(bytes) - 1);

    g_assert_cmpint(got, >=, 0);
    bytes[got] = '\0';
    g_assert_cmpstr(bytes, ==, expected);
}

static void
testConsole(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainPtr dom = startGuest(host);
    virStreamPtr st = virStreamNew(host->conn, VIR_STREAM_NONBLOCK);
    virStreamPtr other = virStreamNew(host->conn, 0);
    char byte;

    assertDone(virDomainOpenConsole(dom, NULL, st, VIR_DOMAIN_CONSOLE_SAFE));
    assertReads(st, "\r\nguesthost login: ");
    g_assert_cmpint(virStreamRecv(st, &byte, 1), ==, -2);
    g_assert_cmpint(virStreamSend(st, "root\r", 5), ==, 5);
    assertReads(st, "root\r\nguesthost login: ");
    /* The console is the first serial port, and somebody is there. */
    g_assert_cmpint(virDomainOpenConsole(dom, "serial0", other, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_FAILED);
    assertDone(virDomainOpenConsole(dom, "serial0", other, VIR_DOMAIN_CONSOLE_FORCE));
    assertReads(st, "");
    g_assert_cmpint(virStreamSend(st, "x", 1), ==, -1);
    assertError(VIR_FROM_STREAMS, VIR_ERR_OPERATION_FAILED);
    assertDone(virStreamAbort(st));
    /* The first one's end is not that of the second. */
    assertReads(other, "\r\nguesthost login: ");
    assertDone(virStreamFinish(other));
    g_assert_cmpint(virStreamFinish(other), ==, -1);
    assertError(VIR_FROM_STREAMS, VIR_ERR_INTERNAL_ERROR);
    virStreamFree(other);
    virStreamFree(st);
    /* Nobody is connected now. */
    st = virStreamNew(host->conn, 0);
    assertDone(virDomainOpenConsole(dom, "console0", st, 0));
    virStreamFree(st);
    virDomainFree(dom);
}

static void
testRefused(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainPtr dom = startGuest(host);
    virStreamPtr st = virStreamNew(host->conn, 0);

    g_assert_cmpint(virDomainOpenConsole(dom, "serial7", st, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR);
    g_assert_cmpint(virDomainOpenConsole(dom, "serial1", st, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED);
    g_assert_cmpint(virDomainOpenConsole(host->off, NULL, st, 0), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID);
    g_assert_cmpint(virDomainOpenConsole(host->dom, NULL, st, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR);
    g_assert_cmpint(virDomainOpenChannel(host->dom, NULL, st, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR);
    virStreamFree(st);
    virDomainFree(dom);
}

typedef struct {
    GString *text;
    bool hungUp;
} Listener;

static void
listen_(virStreamPtr st, int events, void *opaque)
{
    Listener *listener = opaque;
    char bytes[64];

    if (events & VIR_STREAM_EVENT_READABLE) {
        int got = virStreamRecv(st, bytes, sizeof(bytes));

        if (got > 0)
            g_string_append_len(listener->text, bytes, got);
    }
    if (events & VIR_STREAM_EVENT_HANGUP) {
        listener->hungUp = true;
        virStreamEventRemoveCallback(st);
    }
}

/* A listener hears what comes, and the end when the guest stops. */
static void
testChannel(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainPtr dom = startGuest(host);
    virStreamPtr st = virStreamNew(host->conn, VIR_STREAM_NONBLOCK);
    Listener listener = { g_string_new(""), false };

    assertDone(virDomainOpenChannel(dom, "org.example.0", st, 0));
    assertDone(virStreamEventAddCallback(st, VIR_STREAM_EVENT_READABLE, listen_, &listener, NULL));
    g_assert_cmpint(virStreamEventAddCallback(st, VIR_STREAM_EVENT_READABLE, listen_, &listener,
                                              NULL), ==, -1);
    assertEvents(host, "");
    g_assert_cmpuint(listener.text->len, ==, 0);
    g_assert_cmpint(virStreamSend(st, "ping", 4), ==, 4);
    for (int i = 0; i < 100 && listener.text->len < 4; i++)
        assertEvents(host, "");
    g_assert_cmpstr(listener.text->str, ==, "ping");
    g_assert_false(listener.hungUp);
    assertDone(virDomainDestroy(dom));
    assertEvents(host, "stopped 1 guest; ");
    for (int i = 0; i < 100 && !listener.hungUp; i++)
        assertEvents(host, "");
    g_assert_true(listener.hungUp);
    virStreamFree(st);
    g_string_free(listener.text, true);
    virDomainFree(dom);
}

/* Another thread that ends what this one waits for. */
static void *
stop(void *opaque)
{
    g_usleep(20000);
    assertDone(virDomainDestroy(opaque));
    return NULL;
}

static void
testWaits(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainPtr dom = startGuest(host);
    virStreamPtr st = virStreamNew(host->conn, 0);
    GThread *thread;
    char byte;

    assertDone(virDomainOpenChannel(dom, NULL, st, 0));
    thread = g_thread_new("stop", stop, dom);
    g_assert_cmpint(virStreamRecv(st, &byte, 1), ==, 0);
    g_thread_join(thread);
    assertDone(virStreamFinish(st));
    virStreamFree(st);
    virDomainFree(dom);
}

static void
hearOfViewer(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom G_GNUC_UNUSED, int phase,
             const virDomainEventGraphicsAddress *local G_GNUC_UNUSED,
             const virDomainEventGraphicsAddress *remote G_GNUC_UNUSED, const char *authScheme,
             const virDomainEventGraphicsSubject *subject G_GNUC_UNUSED, void *opaque)
{
    g_string_append_printf(opaque, "viewer %d %s; ", phase, authScheme);
}

/* The server greets as VNC does. */
static void
assertGreets(int fd)
{
    char bytes[13] = "";

    g_assert_cmpint(recv(fd, bytes, 12, MSG_WAITALL), ==, 12);
    g_assert_cmpstr(bytes, ==, "RFB 003.008\n");
}

static void
testGraphics(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    virDomainPtr dom = startGuest(host);
    int pair[2], fd;
    char byte;

    assertDone(virConnectDomainEventRegisterAny(host->conn, dom, VIR_DOMAIN_EVENT_ID_GRAPHICS,
                                                VIR_DOMAIN_EVENT_CALLBACK(hearOfViewer),
                                                host->events, NULL));
    fd = virDomainOpenGraphicsFD(dom, 0, 0);
    g_assert_cmpint(fd, >=, 0);
    assertGreets(fd);
    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), ==, 0);
    assertDone(virDomainOpenGraphics(dom, 0, pair[0], VIR_DOMAIN_OPEN_GRAPHICS_SKIPAUTH));
    close(pair[0]);
    assertGreets(pair[1]);
    assertEvents(host, "viewer 0 none; viewer 1 none; viewer 0 none; viewer 1 none; ");
    g_assert_cmpint(virDomainOpenGraphicsFD(dom, 1, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR);
    g_assert_cmpint(virDomainOpenGraphicsFD(dom, 2, 0), ==, -1);
    assertError(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR);
    close(pair[1]);
    g_assert_cmpint(pipe(pair), ==, 0);
    g_assert_cmpint(virDomainOpenGraphics(dom, 0, pair[0], 0), ==, -1);
    assertError(VIR_FROM_DOMAIN, VIR_ERR_SYSTEM_ERROR);
    close(pair[0]);
    close(pair[1]);
    /* Who knows the password needs it, unless somebody vouches for him. */
    assertDone(virDomainUpdateDeviceFlags(dom, "<graphics type='vnc' passwd='x'/>", 0));
    close(virDomainOpenGraphicsFD(dom, 0, 0));
    close(virDomainOpenGraphicsFD(dom, 0, VIR_DOMAIN_OPEN_GRAPHICS_SKIPAUTH));
    assertEvents(host, "viewer 0 vnc; viewer 1 vnc; viewer 0 none; viewer 1 none; ");
    /* The server closes when the guest stops. */
    assertDone(virDomainDestroy(dom));
    g_assert_cmpint(recv(fd, &byte, 1, 0), ==, 0);
    assertEvents(host, "viewer 2 none; viewer 2 none; viewer 2 vnc; viewer 2 none; stopped 1 guest; ");
    close(fd);
    virDomainFree(dom);
}

int
main(int argc, char **argv)
{
    BEGIN(argc, argv);
    ADD("console/login", testConsole);
    ADD("console/refused", testRefused);
    ADD("console/channel", testChannel);
    ADD("console/waits", testWaits);
    ADD("console/graphics", testGraphics);
    return g_test_run();
}
