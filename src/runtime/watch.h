/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Waits for any number of descriptors at once, and can be woken by another thread. */

#pragma once

#include <glib.h>

typedef struct virWatch virWatch;

/* A descriptor and what became of it: POLLIN, POLLOUT, POLLERR, POLLHUP. */
typedef struct {
    int fd;
    short events;
} virWatchReady;

/* NULL with errno when the system gives no descriptors for it. */
virWatch *virWatchNew(void);
void virWatchFree(virWatch *watch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(virWatch, virWatchFree)

/*
 * Any thread may call these while another waits; who changes something then wakes it. After a fork
 * each process has a watch of its own over the same descriptors.
 */

/* Watches for some of POLLIN and POLLOUT; errors and the other side's end are always reported.
 * 0, or the errno when the descriptor is not open. */
int virWatchSet(virWatch *watch, int fd, short events);
void virWatchRemove(virWatch *watch, int fd);
/* Ends the present wait, or the next one if nobody waits. */
void virWatchWake(virWatch *watch);

/*
 * Waits at most `timeout` milliseconds, -1 for ever, and appends what is ready to an array of
 * virWatchReady; what did not fit is reported by the next call. 0, or an errno.
 * A descriptor that was closed without being removed is not reported any more.
 */
int virWatchWait(virWatch *watch, int timeout, GArray *ready);
