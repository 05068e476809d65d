/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where the daemon's files are, for the whole machine or for one user. */

#pragma once

#include <stdbool.h>

#include <glib.h>

typedef struct {
    bool system;            /* for the machine: the user is root */
    char *config;           /* the configuration file */
    char *pidFile;
    char *socketFolder;
} virDaemonPaths;

/* NULL with an error raised when the user's folders cannot be told. */
virDaemonPaths *virDaemonPathsNew(void);
void virDaemonPathsFree(virDaemonPaths *paths);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(virDaemonPaths, virDaemonPathsFree)

/* The names of the sockets, in the folder. */
#define VIR_DAEMON_SOCKET "libvirt-sock"
#define VIR_DAEMON_SOCKET_RO "libvirt-sock-ro"
#define VIR_DAEMON_SOCKET_ADMIN "libvirt-admin-sock"

/*
 * Names of daemons that programs may look for in place of libvirtd, because drivers can have one
 * each: of those drivers that this daemon has. NULL-terminated.
 */
GStrv virDaemonSplitNames(void);
