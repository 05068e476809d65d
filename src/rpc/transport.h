/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a client reaches a daemon: the table of transports. */

#pragma once

#include <stdbool.h>

#include <glib.h>

#include "rpc/socket.h"

/* What the transports need to know; what one does not use is ignored. */
typedef struct {
    char *host;             /* NULL: this machine */
    char *port;             /* NULL: the transport's own */
    char *user;
    char *path;             /* of the unix socket, here or on the other machine */
    char *command;          /* the program that `ext` runs, or in place of ssh */
    char *netcat;           /* the program that ssh runs on the other machine */
    char *keyFile;
    char *knownHosts;
    char *sshAuth;
    char *pkiPath;
    char *tlsPriority;
    bool verify;            /* look at the other side's certificate or key */
    bool terminal;          /* ask for passwords on the terminal */
} virTransportTarget;

void virTransportTargetClear(virTransportTarget *target);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(virTransportTarget, virTransportTargetClear)

typedef struct {
    const char *name;
    const char *port;       /* the customary one, NULL where there is none */
    bool needsHost;         /* a missing host means localhost */
    bool local;             /* cannot name a host */
    /* Connects `socket`; 0, or -1 with an error raised. NULL: not in this build. */
    int (*connect)(virSocket *socket, const virTransportTarget *target);
} virTransport;

/* NULL with an error raised, which names the transports there are. */
const virTransport *virTransportFind(const char *name);
int virTransportConnect(const virTransport *transport, virSocket *socket,
                        const virTransportTarget *target);
