/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests the event loop with thousands of handles and timers: right for each, cheap for all. */

#include <stdbool.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <glib.h>
#include <libvirt/libvirt.h>

#include "runtime/local.h"

#define MANY 5000

typedef struct {
    int id;
    int fd;
    int calls;
    int freed;
} Watched;

static Watched all[MANY];

static void
countFree(void *opaque)
{
    ((Watched *)opaque)->freed++;
}

static void
drain(int watch, int fd, int events, void *opaque)
{
    Watched *watched = opaque;
    guint64 count;

    g_assert_cmpint(watch, ==, watched->id);
    g_assert_cmpint(events, ==, VIR_EVENT_HANDLE_READABLE);
    g_assert_cmpint(read(fd, &count, sizeof(count)), ==, sizeof(count));
    watched->calls++;
}

static void
ring(const Watched *watched)
{
    guint64 one = 1;

    g_assert_cmpint(write(watched->fd, &one, sizeof(one)), ==, sizeof(one));
}

static void
countCall(int timer, void *opaque)
{
    Watched *watched = opaque;

    g_assert_cmpint(timer, ==, watched->id);
    watched->calls++;
}

static void
watchMany(int count)
{
    for (int i = 0; i < count; i++) {
        all[i] = (Watched) { .fd = eventfd(0, EFD_CLOEXEC) };
        g_assert_cmpint(all[i].fd, >=, 0);
        all[i].id = localEventAddHandle(all[i].fd, VIR_EVENT_HANDLE_READABLE, drain, &all[i],
                                        countFree);
        g_assert_cmpint(all[i].id, >, 0);
    }
}

static void
unwatchMany(int count)
{
    for (int i = 0; i < count; i++) {
        g_assert_cmpint(localEventRemoveHandle(all[i].id), ==, 0);
        close(all[i].fd);
    }
    g_assert_cmpint(localEventRunDefaultImpl(), ==, 0);
    for (int i = 0; i < count; i++)
        g_assert_cmpint(all[i].freed, ==, 1);
}

/* Whether the system lets us have so many descriptors. */
static bool
mayHave(rlim_t count)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
        return false;
    if (limit.rlim_cur < count && limit.rlim_max >= count) {
        limit.rlim_cur = count;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
    return limit.rlim_cur >= count;
}

static void
testAllReady(void)
{
    int rounds = 0, done = 0;

    if (!mayHave(MANY + 100)) {
        g_test_skip("the limit of open files is too low");
        return;
    }
    watchMany(MANY);
    for (int i = 0; i < MANY; i++)
        ring(&all[i]);
    /* A round need not serve all, but each is served once, and nobody starves. */
    for (rounds = 0; done < MANY && rounds < MANY; rounds++) {
        g_assert_cmpint(localEventRunDefaultImpl(), ==, 0);
        done = 0;
        for (int i = 0; i < MANY; i++)
            done += all[i].calls;
    }
    g_assert_cmpint(done, ==, MANY);
    g_assert_cmpint(rounds, <, 100);
    for (int i = 0; i < MANY; i++)
        g_assert_cmpint(all[i].calls, ==, 1);
    unwatchMany(MANY);
}

static double
processorTime(void)
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Seconds of the processor for a thousand rounds that serve one of so many handles. */
static double
costOfRounds(int count)
{
    double start, passed;

    watchMany(count);
    start = processorTime();
    for (int i = 0; i < 1000; i++) {
        ring(&all[i % count]);
        g_assert_cmpint(localEventRunDefaultImpl(), ==, 0);
    }
    passed = processorTime() - start;
    unwatchMany(count);
    return passed;
}

static void
testIdleCostNothing(void)
{
    double few, many;

    if (!mayHave(MANY + 100)) {
        g_test_skip("the limit of open files is too low");
        return;
    }
    few = costOfRounds(10);
    many = costOfRounds(MANY);
    g_test_message("a round with 10 handles: %.1f us; with %d: %.1f us", few * 1000, MANY,
                   many * 1000);
    /* A loop that looks at each of them needs a hundred times as much. */
    g_assert_cmpfloat(many, <, few * 8);
}

static void
testTimers(void)
{
    Watched soon = { .id = 0 };
    double start = processorTime(), passed;
    int done = 0;

    for (int i = 0; i < MANY; i++) {
        all[i] = (Watched) { .fd = -1 };
        all[i].id = localEventAddTimeout(3600000 + i, countCall, &all[i], countFree);
    }
    soon.id = localEventAddTimeout(0, countCall, &soon, countFree);
    for (int i = 0; i < 1000; i++)
        g_assert_cmpint(localEventRunDefaultImpl(), ==, 0);
    passed = processorTime() - start;
    g_test_message("%d timers and a thousand rounds: %.1f ms", MANY, passed * 1000);
    g_assert_cmpint(soon.calls, ==, 1000);
    for (int i = 0; i < MANY; i++)
        localEventUpdateTimeout(all[i].id, i % 2 ? 0 : -1);
    g_assert_cmpint(localEventRunDefaultImpl(), ==, 0);
    for (int i = 0; i < MANY; i++) {
        g_assert_cmpint(all[i].calls, ==, i % 2);
        done += localEventRemoveTimeout(all[i].id) == 0;
    }
    g_assert_cmpint(done, ==, MANY);
    localEventRemoveTimeout(soon.id);
    g_assert_cmpint(localEventRunDefaultImpl(), ==, 0);
    for (int i = 0; i < MANY; i++)
        g_assert_cmpint(all[i].freed, ==, 1);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_assert_cmpint(localEventRegisterDefaultImpl(), ==, 0);
    g_test_add_func("/eventloop-many/all-ready", testAllReady);
    g_test_add_func("/eventloop-many/idle-cost-nothing", testIdleCostNothing);
    g_test_add_func("/eventloop-many/timers", testTimers);
    return g_test_run();
}
