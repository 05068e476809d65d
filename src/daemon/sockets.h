/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which sockets the daemon has: those that systemd hands over, or those that its settings ask for. */

#pragma once

#include <stdbool.h>

#include "daemon/config.h"
#include "daemon/paths.h"
#include "daemon/server.h"

typedef struct {
    const virDaemonConfig *config;
    const virDaemonPaths *paths;
    bool tcp;               /* asked for on the command line */
    virServer *server;
    virServer *admin;
} virDaemonSockets;

/* The servers accept clients from now on; -1 with an error raised, which names the socket. */
int virDaemonListen(const virDaemonSockets *wanted);
