/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests the event loop: handles, timeouts, removal inside callbacks and from another thread. */

#include <unistd.h>

#include <glib.h>
#include <libvirt/libvirt.h>

#include "runtime/local.h"

typedef struct {
    int calls;
    int freed;
    int id;
    int fd;
} Watched;

static void
countFree(void *opaque)
{
    ((Watched *)opaque)->freed++;
}

static void
onTimeout(int timer, void *opaque)
{
    Watched *watched = opaque;

    g_assert_cmpint(timer, ==, watched->id);
    watched->calls++;
    g_assert_cmpint(localEventRemoveTimeout(timer), ==, 0);
}

static void
onReadable(int watch, int fd, int events, void *opaque)
{
    Watched *watched = opaque;
    char byte;

    g_assert_cmpint(watch, ==, watched->id);
    g_assert_cmpint(events & VIR_EVENT_HANDLE_READABLE, !=, 0);
    g_assert_cmpint(read(fd, &byte, 1), ==, 1);
    watched->calls++;
    g_assert_cmpint(localEventRemoveHandle(watch), ==, 0);
}

/* Runs the loop until `*value` is set; the suite's time limit ends a wait in vain. */
static void
runUntil(const int *value)
{
    for (int i = 0; i < 1000 && !g_atomic_int_get(value); i++)
        g_assert_cmpint(localEventRunDefaultImpl(), ==, 0);
    g_assert_cmpint(g_atomic_int_get(value), ==, 1);
}

static void
testTimeout(void)
{
    Watched watched = { 0, 0, 0, 0 };

    watched.id = localEventAddTimeout(1, onTimeout, &watched, countFree);
    g_assert_cmpint(watched.id, >, 0);
    runUntil(&watched.freed);
    g_assert_cmpint(watched.calls, ==, 1);
    g_assert_cmpint(localEventRemoveTimeout(watched.id), ==, -1);
}

static void
testHandle(void)
{
    Watched watched = { 0, 0, 0, 0 };
    int ends[2];

    g_assert_cmpint(pipe(ends), ==, 0);
    watched.id = localEventAddHandle(ends[0], VIR_EVENT_HANDLE_READABLE, onReadable, &watched,
                                     countFree);
    g_assert_cmpint(watched.id, >, 0);
    g_assert_cmpint(write(ends[1], "x", 1), ==, 1);
    runUntil(&watched.freed);
    g_assert_cmpint(watched.calls, ==, 1);
    close(ends[0]);
    close(ends[1]);
}

static void *
addLater(void *opaque)
{
    Watched *watched = opaque;

    g_usleep(20000);
    g_assert_cmpint(write(watched->fd, "x", 1), ==, 1);
    localEventUpdateHandle(watched->id, VIR_EVENT_HANDLE_READABLE);
    return NULL;
}

/* A sleeping loop notices what another thread changes. */
static void
testOtherThread(void)
{
    Watched watched = { 0, 0, 0, 0 };
    GThread *thread;
    int ends[2];

    g_assert_cmpint(pipe(ends), ==, 0);
    watched.fd = ends[1];
    watched.id = localEventAddHandle(ends[0], 0, onReadable, &watched, countFree);
    thread = g_thread_new("adder", addLater, &watched);
    runUntil(&watched.freed);
    g_thread_join(thread);
    g_assert_cmpint(watched.calls, ==, 1);
    close(ends[0]);
    close(ends[1]);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_assert_cmpint(localEventRegisterDefaultImpl(), ==, 0);
    g_test_add_func("/eventloop/timeout", testTimeout);
    g_test_add_func("/eventloop/handle", testHandle);
    g_test_add_func("/eventloop/other-thread", testOtherThread);
    return g_test_run();
}
