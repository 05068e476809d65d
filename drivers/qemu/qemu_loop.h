/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The thread of a host that listens to its guests. */

#pragma once

#include <glib.h>
#include <glib-unix.h>

typedef struct qemuLoop qemuLoop;

qemuLoop *qemuLoopNew(void);
/* Waits until what runs in the thread is done; must not be called from it. */
void qemuLoopFree(qemuLoop *loop);

/*
 * Calls `ready` in the thread when the descriptor is, until it says G_SOURCE_REMOVE or the source
 * is destroyed. The caller gets a reference to the source.
 */
GSource *qemuLoopWatch(qemuLoop *loop, int fd, GIOCondition condition, GUnixFDSourceFunc ready,
                       void *opaque, GDestroyNotify release);
/* Calls once in the thread, after `milliseconds`. */
void qemuLoopLater(qemuLoop *loop, unsigned int milliseconds, GSourceFunc call, void *opaque,
                   GDestroyNotify release);
