/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What happens on a host later, by itself: a thread of the host that waits for its time. */

#include "test_domain_clock.h"

#include <stdbool.h>

typedef struct {
    gint64 when;
    testClockCall call;
    void *data;
    GDestroyNotify release;
} Entry;

/* Guarded by the lock of the host. */
struct testClock {
    testHost *host;
    GThread *thread;            /* NULL until there is something to wait for */
    GCond changed;
    GQueue entries;             /* the soonest first */
    bool ending;
};

testClock *
testClockNew(testHost *host)
{
    testClock *clock = g_new0(testClock, 1);

    clock->host = host;
    g_cond_init(&clock->changed);
    g_queue_init(&clock->entries);
    return clock;
}

static void
freeEntry(Entry *entry)
{
    if (entry->release)
        entry->release(entry->data);
    g_free(entry);
}

void
testClockFree(testClock *clock)
{
    Entry *entry;

    g_mutex_lock(&clock->host->lock);
    clock->ending = true;
    g_cond_signal(&clock->changed);
    g_mutex_unlock(&clock->host->lock);
    if (clock->thread)
        g_thread_join(clock->thread);
    while ((entry = g_queue_pop_head(&clock->entries)))
        freeEntry(entry);
    g_cond_clear(&clock->changed);
    g_free(clock);
}

static void *
run(void *opaque)
{
    testClock *clock = opaque;

    g_mutex_lock(&clock->host->lock);
    while (!clock->ending) {
        Entry *entry = g_queue_peek_head(&clock->entries);

        if (!entry) {
            g_cond_wait(&clock->changed, &clock->host->lock);
        } else if (entry->when > g_get_monotonic_time()) {
            g_cond_wait_until(&clock->changed, &clock->host->lock, entry->when);
        } else {
            g_queue_pop_head(&clock->entries);
            entry->call(clock->host, entry->data);
            freeEntry(entry);
        }
    }
    g_mutex_unlock(&clock->host->lock);
    return NULL;
}

static gint
sooner(gconstpointer one, gconstpointer other, gpointer opaque G_GNUC_UNUSED)
{
    gint64 a = ((const Entry *) one)->when, b = ((const Entry *) other)->when;

    return (a > b) - (a < b);
}

void
testClockAt(testClock *clock, gint64 when, testClockCall call, void *data, GDestroyNotify release)
{
    Entry *entry = g_new0(Entry, 1);

    *entry = (Entry) { when, call, data, release };
    g_queue_insert_sorted(&clock->entries, entry, sooner, NULL);
    if (!clock->thread)
        clock->thread = g_thread_new("clock", run, clock);
    g_cond_signal(&clock->changed);
}
