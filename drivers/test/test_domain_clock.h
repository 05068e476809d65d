/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What happens on a host later, by itself: a thread of the host that waits for its time. */

#pragma once

#include "test_driver.h"

typedef struct testClock testClock;

/* Called in the thread of the clock, with the lock of the host held. */
typedef void (*testClockCall)(testHost *host, void *data);

testClock *testClockNew(testHost *host);
/* Ends the thread, without the lock held; what is still to come is forgotten. */
void testClockFree(testClock *clock);

/* Has something called at a time of g_get_monotonic_time(), once; called with the lock held. */
void testClockAt(testClock *clock, gint64 when, testClockCall call, void *data,
                 GDestroyNotify release);
