/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How long the tests with many threads go on, and their threads. */

#pragma once

#include <glib.h>

#define THREADS 16

/* VIR_THREADS_SECONDS lets a run by hand take longer; `make check` gives each a few seconds. */
static inline gint64
endOfTest(void)
{
    const char *text = g_getenv("VIR_THREADS_SECONDS");
    gint64 seconds = text ? g_ascii_strtoll(text, NULL, 10) : 2;

    g_assert_cmpint(seconds, >, 0);
    return g_get_monotonic_time() + seconds * G_USEC_PER_SEC;
}

/* Runs as many threads as there are, each with its own data, and waits for all. */
static inline void
runThreads(GThreadFunc run, void *data, gsize size)
{
    GThread *threads[THREADS];

    for (guint i = 0; i < THREADS; i++)
        threads[i] = g_thread_new("tester", run, (char *) data + i * size);
    for (guint i = 0; i < THREADS; i++)
        g_thread_join(threads[i]);
}
