/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The two small protocols with systemd: sockets it hands over, and what it is told. */

#pragma once

#include <stdbool.h>

#include <glib.h>

/* Sockets that systemd made; an element is a descriptor. NULL when it made none. */
GArray *virActivationSockets(void);

/* Tells systemd "READY=1" or the like; does nothing when it did not start this process. */
void virActivationTell(const char *state);
