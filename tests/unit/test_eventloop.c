/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests the event loop: handles, timers, and what callbacks may do to their own and to others. */

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "runtime/local.h"

typedef struct Watched Watched;
struct Watched {
    int id;
    int fd;
    int calls;
    int freed;
    int events;             /* of the last call */
    bool inside;            /* its callback is under way */
    void (*action)(Watched *watched);
    Watched *other;
};

static void
countFree(void *opaque)
{
    Watched *watched = opaque;

    g_assert_false(watched->inside);
    watched->freed++;
    /* No lock is held: this would wait for ever. */
    localEventUpdateTimeout(0, -1);
}

static void
called(Watched *watched)
{
    g_assert_cmpint(watched->freed, ==, 0);
    watched->calls++;
    watched->inside = true;
    if (watched->action)
        watched->action(watched);
    watched->inside = false;
}

static void
onTimeout(int timer, void *opaque)
{
    Watched *watched = opaque;

    g_assert_cmpint(timer, ==, watched->id);
    called(watched);
}

static void
onHandle(int watch, int fd, int events, void *opaque)
{
    Watched *watched = opaque;

    g_assert_cmpint(watch, ==, watched->id);
    g_assert_cmpint(fd, ==, watched->fd);
    watched->events = events;
    called(watched);
}

static void
addTimer(Watched *watched, int frequency)
{
    watched->id = localEventAddTimeout(frequency, onTimeout, watched, countFree);
    g_assert_cmpint(watched->id, >, 0);
}

static void
addHandle(Watched *watched, int fd, int events)
{
    watched->fd = fd;
    watched->id = localEventAddHandle(fd, events, onHandle, watched, countFree);
    g_assert_cmpint(watched->id, >, 0);
}

static void
removeTimer(Watched *watched)
{
    g_assert_cmpint(localEventRemoveTimeout(watched->id), ==, 0);
}

static void
removeHandle(Watched *watched)
{
    g_assert_cmpint(localEventRemoveHandle(watched->id), ==, 0);
}

static void
oneRound(void)
{
    g_assert_cmpint(localEventRunDefaultImpl(), ==, 0);
}

/* A round that does not wait, so that it shows what is ready now. */
static void
roundNow(void)
{
    Watched now = { .id = 0 };

    addTimer(&now, 0);
    oneRound();
    removeTimer(&now);
    oneRound();
    g_assert_cmpint(now.freed, ==, 1);
}

/* --- timers --------------------------------------------------------------------------------- */

static void
testTimeout(void)
{
    Watched watched = { .action = removeTimer };

    addTimer(&watched, 1);
    while (!watched.freed)
        oneRound();
    g_assert_cmpint(watched.calls, ==, 1);
    g_assert_cmpint(localEventRemoveTimeout(watched.id), ==, -1);
}

static void
testEveryRound(void)
{
    Watched always = { .id = 0 }, never = { .id = 0 };

    addTimer(&always, 0);
    addTimer(&never, -1);
    for (int i = 1; i <= 5; i++) {
        oneRound();
        g_assert_cmpint(always.calls, ==, i);
    }
    localEventUpdateTimeout(always.id, -1);
    localEventUpdateTimeout(never.id, 0);
    oneRound();
    g_assert_cmpint(always.calls, ==, 5);
    g_assert_cmpint(never.calls, ==, 1);
    removeTimer(&always);
    removeTimer(&never);
    g_assert_cmpint(always.freed + never.freed, ==, 0);
    oneRound();
    g_assert_cmpint(always.freed, ==, 1);
    g_assert_cmpint(never.freed, ==, 1);
}

static void
pauseOther(Watched *watched)
{
    localEventUpdateTimeout(watched->other->id, -1);
}

static void
removeOtherTimer(Watched *watched)
{
    if (!watched->other->freed)
        localEventRemoveTimeout(watched->other->id);
}

/* Both are due in the same round, and whichever is first keeps the other from being called. */
static void
testOtherTimer(void (*action)(Watched *))
{
    Watched one = { .action = action }, two = { .action = action };

    one.other = &two;
    two.other = &one;
    addTimer(&one, 0);
    addTimer(&two, 0);
    oneRound();
    g_assert_cmpint(one.calls + two.calls, ==, 1);
    localEventRemoveTimeout(one.id);
    localEventRemoveTimeout(two.id);
    oneRound();
    g_assert_cmpint(one.freed, ==, 1);
    g_assert_cmpint(two.freed, ==, 1);
}

static void
testTimersInside(void)
{
    testOtherTimer(pauseOther);
    testOtherTimer(removeOtherTimer);
}

static void
sleepInside(Watched *watched G_GNUC_UNUSED)
{
    g_usleep(15000);
}

/* How long so many calls took, in a loop that is late for most of them. */
static gint64
timeOfBeats(int period, int beats)
{
    Watched watched = { .id = 0 }, slow = { .action = sleepInside };
    gint64 start = g_get_monotonic_time(), passed;

    addTimer(&watched, period);
    addTimer(&slow, 0);
    while (watched.calls < beats)
        oneRound();
    passed = g_get_monotonic_time() - start;
    removeTimer(&watched);
    removeTimer(&slow);
    oneRound();
    return passed / 1000;
}

/* Lateness does not add up: a call that is late does not put off those after it. */
static void
testDrift(void)
{
    const int period = 20, beats = 20;
    gint64 passed = 0;

    /* A period that began with the late call would give one and a half times as much; a busy
     * machine may leave out calls, but not every time. */
    for (int i = 0; i < 10; i++) {
        passed = timeOfBeats(period, beats);
        g_assert_cmpint(passed, >=, period * beats);
        if (passed <= period * beats * 5 / 4)
            return;
    }
    g_test_message("%d periods of %d ms took %d ms", beats, period, (int) passed);
    g_test_fail();
}

static void
removeSelf(Watched *watched)
{
    removeTimer(watched);
    g_assert_cmpint(localEventRemoveTimeout(watched->id), ==, -1);
    /* The release waits until the callback is over, also for a round inside it. */
    roundNow();
}

static void
testNested(void)
{
    Watched watched = { .action = removeSelf };

    addTimer(&watched, 0);
    oneRound();
    g_assert_cmpint(watched.calls, ==, 1);
    g_assert_cmpint(watched.freed, ==, 1);
}

/* --- handles -------------------------------------------------------------------------------- */

static void
readByte(Watched *watched)
{
    char byte;

    g_assert_cmpint(read(watched->fd, &byte, 1), ==, 1);
    removeHandle(watched);
}

static void
testHandle(void)
{
    Watched watched = { .action = readByte };
    int ends[2];

    g_assert_cmpint(pipe(ends), ==, 0);
    addHandle(&watched, ends[0], VIR_EVENT_HANDLE_READABLE);
    g_assert_cmpint(write(ends[1], "x", 1), ==, 1);
    while (!watched.freed)
        oneRound();
    g_assert_cmpint(watched.calls, ==, 1);
    g_assert_cmpint(watched.events, ==, VIR_EVENT_HANDLE_READABLE);
    g_assert_cmpint(localEventRemoveHandle(watched.id), ==, -1);
    close(ends[0]);
    close(ends[1]);
}

/* What is not dealt with is reported again; the other side's end whatever is asked, unless paused. */
static void
testLevels(void)
{
    Watched watched = { .id = 0 };
    int ends[2];

    g_assert_cmpint(pipe(ends), ==, 0);
    addHandle(&watched, ends[0], VIR_EVENT_HANDLE_READABLE);
    g_assert_cmpint(write(ends[1], "x", 1), ==, 1);
    oneRound();
    oneRound();
    g_assert_cmpint(watched.calls, ==, 2);
    close(ends[1]);
    oneRound();
    g_assert_cmpint(watched.events, ==, VIR_EVENT_HANDLE_READABLE | VIR_EVENT_HANDLE_HANGUP);
    localEventUpdateHandle(watched.id, VIR_EVENT_HANDLE_ERROR);
    oneRound();
    oneRound();
    g_assert_cmpint(watched.events, ==, VIR_EVENT_HANDLE_HANGUP);
    g_assert_cmpint(watched.calls, ==, 5);
    localEventUpdateHandle(watched.id, 0);
    roundNow();
    g_assert_cmpint(watched.calls, ==, 5);
    removeHandle(&watched);
    oneRound();
    g_assert_cmpint(watched.freed, ==, 1);
    close(ends[0]);

    /* The end for writing of a pipe nobody reads. */
    watched = (Watched) { .id = 0 };
    g_assert_cmpint(pipe(ends), ==, 0);
    close(ends[0]);
    addHandle(&watched, ends[1], VIR_EVENT_HANDLE_WRITABLE);
    oneRound();
    g_assert_cmpint(watched.events, ==, VIR_EVENT_HANDLE_WRITABLE | VIR_EVENT_HANDLE_ERROR);
    removeHandle(&watched);
    oneRound();
    close(ends[1]);
}

/* epoll refuses these; they are always ready. */
static void
testRegularFile(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = NULL;
    Watched file = { .id = 0 }, also = { .action = readByte };
    int fd = g_file_open_tmp("loop-XXXXXX", &path, &error), ends[2];

    g_assert_no_error(error);
    g_assert_cmpint(pipe(ends), ==, 0);
    addHandle(&file, fd, VIR_EVENT_HANDLE_READABLE | VIR_EVENT_HANDLE_WRITABLE);
    oneRound();
    g_assert_cmpint(file.events, ==, VIR_EVENT_HANDLE_READABLE | VIR_EVENT_HANDLE_WRITABLE);
    localEventUpdateHandle(file.id, VIR_EVENT_HANDLE_WRITABLE);
    addHandle(&also, ends[0], VIR_EVENT_HANDLE_READABLE);
    g_assert_cmpint(write(ends[1], "x", 1), ==, 1);
    oneRound();
    g_assert_cmpint(file.events, ==, VIR_EVENT_HANDLE_WRITABLE);
    g_assert_cmpint(also.calls, ==, 1);
    removeHandle(&file);
    close(fd);
    oneRound();
    g_assert_cmpint(file.freed + also.freed, ==, 2);
    g_assert_cmpint(remove(path), ==, 0);
    close(ends[0]);
    close(ends[1]);
}

static void
testSameDescriptor(void)
{
    Watched reader = { .id = 0 }, writer = { .id = 0 };
    int ends[2];

    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
    addHandle(&reader, ends[0], VIR_EVENT_HANDLE_READABLE);
    addHandle(&writer, ends[0], VIR_EVENT_HANDLE_WRITABLE);
    oneRound();
    g_assert_cmpint(reader.calls, ==, 0);
    g_assert_cmpint(writer.events, ==, VIR_EVENT_HANDLE_WRITABLE);
    g_assert_cmpint(write(ends[1], "x", 1), ==, 1);
    oneRound();
    g_assert_cmpint(reader.events, ==, VIR_EVENT_HANDLE_READABLE);
    removeHandle(&writer);
    oneRound();
    g_assert_cmpint(writer.freed, ==, 1);
    roundNow();
    g_assert_cmpint(reader.calls, >=, 2);
    g_assert_cmpint(writer.calls, ==, 2);
    removeHandle(&reader);
    oneRound();
    g_assert_cmpint(reader.freed, ==, 1);
    close(ends[0]);
    close(ends[1]);
}

static void
removeOtherHandle(Watched *watched)
{
    localEventRemoveHandle(watched->other->id);
}

/* Both are ready in the same round, and whichever is first keeps the other from being called. */
static void
testHandlesInside(void)
{
    Watched one = { .action = removeOtherHandle }, two = { .action = removeOtherHandle };
    int ends[2], more[2];

    g_assert_cmpint(pipe(ends), ==, 0);
    g_assert_cmpint(pipe(more), ==, 0);
    one.other = &two;
    two.other = &one;
    addHandle(&one, ends[1], VIR_EVENT_HANDLE_WRITABLE);
    addHandle(&two, more[1], VIR_EVENT_HANDLE_WRITABLE);
    oneRound();
    g_assert_cmpint(one.calls + two.calls, ==, 1);
    localEventRemoveHandle(one.id);
    localEventRemoveHandle(two.id);
    oneRound();
    g_assert_cmpint(one.freed, ==, 1);
    g_assert_cmpint(two.freed, ==, 1);
    for (int i = 0; i < 2; i++) {
        close(ends[i]);
        close(more[i]);
    }
}

static void
closeThenRemove(Watched *watched)
{
    close(watched->fd);
    removeHandle(watched);
}

/* Closed in the wrong order while a duplicate lives: the kernel still reports the old file. */
static void
testClosedInside(void)
{
    Watched watched = { .action = closeThenRemove }, next = { .action = readByte };
    int ends[2], more[2], copy;

    g_assert_cmpint(pipe(ends), ==, 0);
    copy = dup(ends[0]);
    g_assert_cmpint(write(ends[1], "x", 1), ==, 1);
    addHandle(&watched, ends[0], VIR_EVENT_HANDLE_READABLE);
    oneRound();
    g_assert_cmpint(watched.calls, ==, 1);
    g_assert_cmpint(watched.freed, ==, 1);

    /* Another file gets the number. */
    g_assert_cmpint(pipe(more), ==, 0);
    g_assert_cmpint(more[0], ==, ends[0]);
    addHandle(&next, more[0], VIR_EVENT_HANDLE_READABLE);
    roundNow();
    roundNow();
    g_assert_cmpint(next.calls, ==, 0);
    g_assert_cmpint(write(more[1], "y", 1), ==, 1);
    while (!next.calls)
        oneRound();
    g_assert_cmpint(next.freed, ==, 1);
    close(copy);
    close(ends[1]);
    close(more[0]);
    close(more[1]);
}

/* A closed descriptor is silent, and watched again once its number means another file. */
static void
testClosedOutside(void)
{
    Watched watched = { .id = 0 };
    int ends[2], more[2];

    g_assert_cmpint(pipe(ends), ==, 0);
    g_assert_cmpint(pipe(more), ==, 0);
    addHandle(&watched, ends[1], VIR_EVENT_HANDLE_WRITABLE);
    oneRound();
    g_assert_cmpint(watched.calls, ==, 1);
    close(ends[1]);
    roundNow();
    g_assert_cmpint(watched.calls, ==, 1);
    localEventUpdateHandle(watched.id, 0);
    localEventUpdateHandle(watched.id, VIR_EVENT_HANDLE_WRITABLE);
    g_assert_cmpint(dup2(more[1], ends[1]), ==, ends[1]);
    localEventUpdateHandle(watched.id, 0);
    localEventUpdateHandle(watched.id, VIR_EVENT_HANDLE_WRITABLE);
    oneRound();
    g_assert_cmpint(watched.calls, ==, 2);
    removeHandle(&watched);
    oneRound();
    g_assert_cmpint(watched.freed, ==, 1);
    close(ends[0]);
    close(ends[1]);
    close(more[0]);
    close(more[1]);
}

static void
testNotOpen(void)
{
    Watched watched = { .id = 0 };
    int fd = dup(0);

    close(fd);
    g_assert_cmpint(localEventAddHandle(fd, VIR_EVENT_HANDLE_READABLE, onHandle, &watched,
                                        countFree), ==, -1);
    g_assert_cmpint(localGetLastErrorCode(), ==, VIR_ERR_SYSTEM_ERROR);
    g_assert_cmpint(localGetLastError()->int1, ==, EBADF);
    /* It was not taken over. */
    roundNow();
    g_assert_cmpint(watched.freed, ==, 0);
}

/* --- other threads and processes ------------------------------------------------------------ */

typedef struct {
    Watched *watched;
    int fd;
} Later;

static void *
addLater(void *opaque)
{
    Later *later = opaque;

    g_usleep(20000);
    g_assert_cmpint(write(later->fd, "x", 1), ==, 1);
    localEventUpdateHandle(later->watched->id, VIR_EVENT_HANDLE_READABLE);
    return NULL;
}

/* A sleeping loop notices what another thread changes. */
static void
testOtherThread(void)
{
    Watched watched = { .action = readByte };
    Later later = { .watched = &watched };
    GThread *thread;
    int ends[2];

    g_assert_cmpint(pipe(ends), ==, 0);
    later.fd = ends[1];
    addHandle(&watched, ends[0], 0);
    thread = g_thread_new("adder", addLater, &later);
    while (!watched.freed)
        oneRound();
    g_thread_join(thread);
    g_assert_cmpint(watched.calls, ==, 1);
    close(ends[0]);
    close(ends[1]);
}

/* A child has a loop of its own: what it removes there its parent still watches. */
static void
testFork(void)
{
    Watched watched = { .id = 0 };
    int ends[2], status;
    pid_t child;

    g_assert_cmpint(pipe(ends), ==, 0);
    addHandle(&watched, ends[0], VIR_EVENT_HANDLE_READABLE);
    child = fork();
    g_assert_cmpint(child, >=, 0);
    if (!child) {
        Watched own = { .id = 0 };

        removeHandle(&watched);
        addHandle(&own, ends[1], VIR_EVENT_HANDLE_WRITABLE);
        roundNow();
        _exit(watched.freed == 1 && own.calls ? 0 : 1);
    }
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_cmpint(status, ==, 0);
    roundNow();
    g_assert_cmpint(watched.calls, ==, 0);
    g_assert_cmpint(write(ends[1], "x", 1), ==, 1);
    oneRound();
    g_assert_cmpint(watched.calls, ==, 1);
    removeHandle(&watched);
    oneRound();
    close(ends[0]);
    close(ends[1]);
}

static int
otherAdd(int fd G_GNUC_UNUSED, int events G_GNUC_UNUSED,
         virEventHandleCallback cb G_GNUC_UNUSED, void *opaque G_GNUC_UNUSED,
         virFreeCallback ff G_GNUC_UNUSED)
{
    return 77;
}

static int
otherAddTimeout(int frequency G_GNUC_UNUSED, virEventTimeoutCallback cb G_GNUC_UNUSED,
                void *opaque G_GNUC_UNUSED, virFreeCallback ff G_GNUC_UNUSED)
{
    return 78;
}

static void
otherUpdate(int id G_GNUC_UNUSED, int what G_GNUC_UNUSED)
{
}

static int
otherRemove(int id G_GNUC_UNUSED)
{
    return 0;
}

/* What was added to one loop could not be removed from another. */
static void
testFirstStays(void)
{
    Watched watched = { .id = 0 };

    localEventRegisterImpl(otherAdd, otherUpdate, otherRemove, otherAddTimeout, otherUpdate,
                           otherRemove);
    g_assert_cmpint(localEventRegisterDefaultImpl(), ==, 0);
    addTimer(&watched, 0);
    oneRound();
    g_assert_cmpint(watched.calls, ==, 1);
    removeTimer(&watched);
    oneRound();
    g_assert_cmpint(watched.freed, ==, 1);
}

static void
testUnregistered(void)
{
    g_assert_cmpint(localEventRunDefaultImpl(), ==, -1);
    g_assert_cmpint(localGetLastErrorCode(), ==, VIR_ERR_OPERATION_INVALID);
    g_assert_cmpint(localEventAddTimeout(0, onTimeout, NULL, NULL), ==, -1);
    g_assert_cmpint(localEventRemoveTimeout(1), ==, -1);
    g_assert_cmpint(localEventRegisterDefaultImpl(), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testUnregistered();
    g_test_add_func("/eventloop/timeout", testTimeout);
    g_test_add_func("/eventloop/every-round", testEveryRound);
    g_test_add_func("/eventloop/timers-inside", testTimersInside);
    g_test_add_func("/eventloop/drift", testDrift);
    g_test_add_func("/eventloop/nested", testNested);
    g_test_add_func("/eventloop/handle", testHandle);
    g_test_add_func("/eventloop/levels", testLevels);
    g_test_add_func("/eventloop/regular-file", testRegularFile);
    g_test_add_func("/eventloop/same-descriptor", testSameDescriptor);
    g_test_add_func("/eventloop/handles-inside", testHandlesInside);
    g_test_add_func("/eventloop/closed-inside", testClosedInside);
    g_test_add_func("/eventloop/closed-outside", testClosedOutside);
    g_test_add_func("/eventloop/not-open", testNotOpen);
    g_test_add_func("/eventloop/other-thread", testOtherThread);
    g_test_add_func("/eventloop/fork", testFork);
    g_test_add_func("/eventloop/first-stays", testFirstStays);
    return g_test_run();
}
