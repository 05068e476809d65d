/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Many threads add, change and remove handles and timers of a loop that runs, as its callbacks do. */

#include <stdbool.h>
#include <sys/socket.h>
#include <unistd.h>

#include <libvirt/libvirt.h>

#include "runtime/local.h"
#include "threads/bounded.h"

#define SLOTS 8

static gint64 end;
static int made;        /* atomic: sources given to the loop */
static int released;    /* atomic: those it gave back */
static int calls;       /* atomic */

/* What belongs to one source, until its release. */
typedef struct {
    int running;        /* atomic */
    int gone;           /* atomic */
    bool selfRemoving;
    bool isHandle;
} Item;

static void
release(void *opaque)
{
    Item *item = opaque;

    g_assert_cmpint(g_atomic_int_get(&item->running), ==, 0);
    g_assert_cmpint(g_atomic_int_add(&item->gone, 1), ==, 0);
    g_atomic_int_inc(&released);
    g_free(item);
}

static void
enter(Item *item, int id)
{
    g_assert_cmpint(g_atomic_int_get(&item->gone), ==, 0);
    g_assert_cmpint(g_atomic_int_add(&item->running, 1), ==, 0);
    g_atomic_int_inc(&calls);
    if (item->selfRemoving && item->isHandle)
        localEventRemoveHandle(id);
    else if (item->selfRemoving)
        localEventRemoveTimeout(id);
    else if (!item->isHandle)
        localEventUpdateTimeout(id, g_atomic_int_get(&calls) % 7 - 1);
    g_atomic_int_add(&item->running, -1);
}

static void
onTimer(int timer, void *opaque)
{
    enter(opaque, timer);
}

static void
onHandle(int watch, int fd, int events G_GNUC_UNUSED, void *opaque)
{
    char bytes[16];

    /* Another thread may have taken the bytes. */
    if (recv(fd, bytes, sizeof(bytes), MSG_DONTWAIT) < 0)
        g_thread_yield();
    enter(opaque, watch);
}

static Item *
newItem(GRand *random, bool isHandle)
{
    Item *item = g_new0(Item, 1);

    item->isHandle = isHandle;
    item->selfRemoving = g_rand_boolean(random);
    g_atomic_int_inc(&made);
    return item;
}

typedef struct {
    guint32 seed;
    int timers[SLOTS];
    int watches[SLOTS];
    int ends[2];        /* closed when the loop has ended, because a callback may be under way */
} Tester;

static void
changeTimer(GRand *random, int *timer)
{
    if (!*timer)
        *timer = localEventAddTimeout(g_rand_int_range(random, -1, 5), onTimer,
                                      newItem(random, /* isHandle= */ false), release);
    else if (g_rand_boolean(random))
        localEventUpdateTimeout(*timer, g_rand_int_range(random, -1, 5));
    else if (localEventRemoveTimeout(*timer) <= 0)
        *timer = 0;
}

static void
changeHandle(GRand *random, int *watch, int fd)
{
    if (!*watch)
        *watch = localEventAddHandle(fd, g_rand_int_range(random, 0, 4), onHandle,
                                     newItem(random, /* isHandle= */ true), release);
    else if (g_rand_boolean(random))
        localEventUpdateHandle(*watch, g_rand_int_range(random, 0, 4));
    else if (localEventRemoveHandle(*watch) <= 0)
        *watch = 0;
}

static void *
changeAll(void *opaque)
{
    Tester *mine = opaque;
    g_autoptr(GRand) random = g_rand_new_with_seed(mine->seed);

    while (g_get_monotonic_time() < end) {
        int number = g_rand_int_range(random, 0, SLOTS);

        changeTimer(random, &mine->timers[number]);
        changeHandle(random, &mine->watches[number], mine->ends[0]);
        if (write(mine->ends[1], "x", 1) < 0)
            g_thread_yield();
    }
    for (int i = 0; i < SLOTS; i++) {
        localEventRemoveTimeout(mine->timers[i]);
        localEventRemoveHandle(mine->watches[i]);
    }
    return NULL;
}

static int stopping;    /* atomic */

static void *
runLoop(void *opaque G_GNUC_UNUSED)
{
    while (!g_atomic_int_get(&stopping))
        g_assert_cmpint(localEventRunDefaultImpl(), ==, 0);
    return NULL;
}

static void
testChanges(void)
{
    Tester testers[THREADS] = { { .seed = 0 } };
    GThread *loop;
    int last;

    end = endOfTest();
    loop = g_thread_new("loop", runLoop, NULL);
    for (guint32 i = 0; i < THREADS; i++) {
        testers[i].seed = i;
        g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0,
                                   testers[i].ends), ==, 0);
    }
    runThreads(changeAll, testers, sizeof(testers[0]));
    g_atomic_int_set(&stopping, 1);
    /* Wakes it, if it sleeps. */
    last = localEventAddTimeout(-1, onTimer, g_new0(Item, 1), release);
    g_atomic_int_inc(&made);
    g_thread_join(loop);
    localEventRemoveTimeout(last);
    g_assert_cmpint(localEventRunDefaultImpl(), ==, 0);
    for (int i = 0; i < THREADS; i++) {
        close(testers[i].ends[0]);
        close(testers[i].ends[1]);
    }
    g_test_message("%d sources, %d calls", made, calls);
    g_assert_cmpint(calls, >, 0);
    g_assert_cmpint(released, ==, made);
}

/* --- waking ----------------------------------------------------------------------------------- */

typedef struct {
    GMutex lock;
    GCond cond;
    int asked;
    int answered;
} Bell;

static void
answer(int timer, void *opaque)
{
    Bell *bell = opaque;

    /* First, because the answer may be followed by the next question at once. */
    localEventUpdateTimeout(timer, -1);
    g_mutex_lock(&bell->lock);
    bell->answered = bell->asked;
    g_cond_signal(&bell->cond);
    g_mutex_unlock(&bell->lock);
}

/* No wake-up is lost: each is waited for before the next, and the loop sleeps without limit. */
static void
testWaking(void)
{
    Bell bell = { .asked = 0 };
    int timer, last;
    GThread *loop;

    g_mutex_init(&bell.lock);
    g_cond_init(&bell.cond);
    g_atomic_int_set(&stopping, 0);
    timer = localEventAddTimeout(-1, answer, &bell, NULL);
    loop = g_thread_new("loop", runLoop, NULL);
    end = endOfTest();
    while (g_get_monotonic_time() < end) {
        g_mutex_lock(&bell.lock);
        bell.asked++;
        localEventUpdateTimeout(timer, 0);
        while (bell.answered != bell.asked)
            g_assert_true(g_cond_wait_until(&bell.cond, &bell.lock,
                                            g_get_monotonic_time() + 60 * G_USEC_PER_SEC));
        g_mutex_unlock(&bell.lock);
    }
    g_test_message("%d wake-ups", bell.asked);
    g_assert_cmpint(bell.asked, >, 0);
    g_atomic_int_set(&stopping, 1);
    last = localEventAddTimeout(0, answer, &bell, NULL);
    g_thread_join(loop);
    localEventRemoveTimeout(timer);
    localEventRemoveTimeout(last);
    g_assert_cmpint(localEventRunDefaultImpl(), ==, 0);
    g_cond_clear(&bell.cond);
    g_mutex_clear(&bell.lock);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_assert_cmpint(localEventRegisterDefaultImpl(), ==, 0);
    g_test_add_func("/loop/changes", testChanges);
    g_test_add_func("/loop/waking", testWaking);
    return g_test_run();
}
