/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a connection to a daemon keeps, and the URI that leads there. */

#pragma once

#include <stdbool.h>

#include <glib.h>
#include <libvirt/libvirt.h>

#include "drivers/remote/remote_event.h"
#include "rpc/client.h"
#include "rpc/transport.h"
#include "runtime/event.h"
#include "runtime/uri.h"

/* One more than the greatest feature that anybody asks for. */
#define REMOTE_FEATURES 32

/* Lives as long as its client, which may be in use for a moment after the connection was closed. */
typedef struct {
    virClient *client;
    virEventState *events;      /* of the connection */
    signed char features[REMOTE_FEATURES];  /* 0: not asked, 1: there, -1: not there; atomic */

    remoteListening *listening;
    char *type;                 /* of the hypervisor, once it was asked for; atomic */

    /* Guards `conn`; held while an event is handed to it, which takes the lock of `events`. */
    GMutex lock;
    virConnectPtr conn;         /* NULL once it is closed; not a reference */
} remotePrivate;

/* Where a URI leads. */
typedef struct {
    const virTransport *transport;
    virTransportTarget target;
    char *name;             /* the URI for the server, "" to let it choose */
    bool session;           /* a daemon of this user, started when there is none */
} remotePlace;

/* `uri` may be NULL: the daemon of this machine or user. 0, or -1 with an error raised. */
int remotePlaceFind(remotePlace *place, const virURI *uri, unsigned int flags);
void remotePlaceClear(remotePlace *place);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(remotePlace, remotePlaceClear)

/* A descriptor that keeps other programs from starting the daemon of that socket at the same time, to be
 * closed; -1 with an error raised. */
int remoteStartLock(const char *path);
/* Starts this user's daemon and waits until it listens; 0, or -1 with an error raised. */
int remoteStartDaemon(void);
