/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Waiting for events: one frame for every kind of object. */

#pragma once

#include "client/arguments.h"

/* One wait; the callbacks run in the loop's thread, everything here is guarded by `lock`. */
typedef struct {
    GMutex lock;
    GCond changed;
    bool loop;
    bool timestamp;
    bool done;
    unsigned int count;
} virshWait;

/* Called by event callbacks: prints one line, and ends a wait that is not --loop. */
void virshEventPrint(virshWait *wait, const char *format, ...) G_GNUC_PRINTF(2, 3);

void virshWaitInit(virshWait *wait, const virshArguments *arguments);
void virshWaitEnd(virshControl *ctl, virshWait *wait);

/* Waits for the event, for the timeout or for Ctrl-C, and tells which it was. */
bool virshWaitRun(virshControl *ctl, const virshArguments *arguments, virshWait *wait);
