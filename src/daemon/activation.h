/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The two small protocols with systemd: sockets it hands over, and what it is told. */

#pragma once

#include <glib.h>

typedef struct {
    int fd;                 /* closed with the array, unless it is set to -1 */
    char *name;             /* what the manager calls it, NULL when it says nothing */
} virActivationSocket;

/*
 * Sockets that systemd made, an array of virActivationSocket; NULL when it made none. -1 with an error
 * raised when what it hands over is no socket that listens.
 */
int virActivationSockets(GArray **sockets);

/* Tells systemd "READY=1" or the like; does nothing when it did not start this process. */
void virActivationTell(const char *state);
/* Waits until systemd has read all that it was told, for a process that ends at once; at most 5 s. */
void virActivationBarrier(void);
