/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The daemon's configuration file, libvirtd.conf: every setting, checked. */

#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include <glib.h>

#include "daemon/client.h"

typedef struct {
    unsigned int least;
    unsigned int most;
    unsigned int urgent;
    unsigned int clients;
    unsigned int queued;        /* connections that wait to be accepted */
    unsigned int anonymous;
    unsigned int requests;      /* of one client */
    unsigned int allRequests;
    int keepaliveInterval;
    unsigned int keepaliveCount;
} virDaemonServerConfig;

typedef struct {
    bool listenTLS;
    bool listenTCP;
    char *tlsPort;
    char *tcpPort;
    char *listenAddress;        /* NULL: every address */
    GStrv allowedAddresses;     /* patterns for those of TCP clients, NULL: every client may */
    char *group;                /* of the read-write sockets, NULL: the daemon's own */
    gid_t groupId;              /* (gid_t) -1 when there is none */
    mode_t readWriteMode;
    mode_t readOnlyMode;
    mode_t adminMode;
    char *socketFolder;         /* NULL: the customary one */
    virServeAuth readOnlyAuth;
    virServeAuth readWriteAuth;
    virServeAuth tcpAuth;
    GStrv accessDrivers;        /* NULL: everybody may everything */
    int openTimeout;            /* seconds until a client that has opened nothing is sent away; 0: never */
    virDaemonServerConfig server;
    virDaemonServerConfig admin;
    int logLevel;
    char *logFilters;           /* NULL: not set */
    char *logOutputs;
    GPtrArray *notes;           /* sentences about settings that have no effect */
} virDaemonConfig;

/* What the daemon does without a file. */
virDaemonConfig *virDaemonConfigNew(void);
/*
 * Reads a file; `path` may be absent when it is not `required`; `system` is the daemon of the machine.
 * NULL with a problem, to be freed: the file, the line, what is wrong, and what was expected.
 */
virDaemonConfig *virDaemonConfigRead(const char *path, bool required, bool system, char **problem);
void virDaemonConfigFree(virDaemonConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(virDaemonConfig, virDaemonConfigFree)
