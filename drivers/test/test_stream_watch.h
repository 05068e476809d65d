/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who waits for events of a stream: one callback, called from the event loop while it is ready. */

#pragma once

#include <stdbool.h>

#include <glib.h>
#include <libvirt/libvirt.h>

typedef struct {
    GMutex lock;                    /* guards the rest; nothing is called under it */
    int ready;                      /* virStreamEventType: what the stream is ready for */
    struct testStreamWatcher *who;  /* NULL: nobody waits */
} testStreamWatch;

void testStreamWatchInit(testStreamWatch *watch);
void testStreamWatchClear(testStreamWatch *watch);

/* Says what the stream is ready for from now on; from any thread. */
void testStreamWatchReady(testStreamWatch *watch, int ready);

/* The functions of a stream's driver; the watch must live as long as the stream. */
int testStreamWatchAdd(testStreamWatch *watch, virStreamPtr st, int events,
                       virStreamEventCallback cb, void *opaque, virFreeCallback ff);
int testStreamWatchUpdate(testStreamWatch *watch, int events);
int testStreamWatchRemove(testStreamWatch *watch);

/* Takes the callback off when the stream ends; false when there was none. */
bool testStreamWatchStop(testStreamWatch *watch);
