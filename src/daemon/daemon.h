/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The daemon as a whole: its servers, what it is started with, and when it ends. */

#pragma once

#include <stdbool.h>

#include <glib.h>

#include "daemon/config.h"
#include "daemon/paths.h"
#include "daemon/server.h"

typedef struct virDaemon virDaemon;

typedef struct {
    bool listen;            /* for TCP as well, where the configuration allows it */
    const char *config;     /* NULL: the customary file, which need not exist */
    unsigned int timeout;   /* seconds without clients after which it ends, 0: never */
    bool verbose;
} virDaemonOptions;

/* Everything is in place and accepts clients; NULL with an error raised. */
virDaemon *virDaemonNew(const virDaemonOptions *options, const virDaemonPaths *paths);
/* Runs until a signal, the timeout or an administrator ends it. */
void virDaemonRun(virDaemon *daemon);
/* Guests are left alone. */
void virDaemonFree(virDaemon *daemon);

/* Any thread may call these. */
void virDaemonQuit(virDaemon *daemon);
void virDaemonSetTimeout(virDaemon *daemon, unsigned int seconds);
/* Some client wants to be asked whether it lives. */
void virDaemonWatchClients(virDaemon *daemon);

/* NULL-terminated, in the order of their numbers. */
virServer *const *virDaemonServers(virDaemon *daemon);
virServer *virDaemonServer(virDaemon *daemon, const char *name);

/* The one daemon of this process. */
extern virDaemon *virTheDaemon;

/* The programs of each server; gen/daemon/ has the tables. */
extern const virServeProgram *const virDaemonPrograms[];
extern const virServeProgram *const virDaemonAdminPrograms[];
