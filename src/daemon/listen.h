/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sockets that the daemon accepts connections from: made here, or handed over by systemd. */

#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include <glib.h>

#include "daemon/client.h"

/* How a unix socket is made. */
typedef struct {
    const char *path;
    mode_t mode;
    gid_t group;            /* (gid_t) -1: the daemon's own */
    bool readOnly;
    virServeAuth auth;
    int backlog;
} virListenUnix;

typedef struct {
    const char *address;    /* NULL: every address of this machine */
    const char *port;
    virServeAuth auth;
    int backlog;
} virListenTCP;

/* NULL with an error raised; a stale socket in its place is replaced, a live one is not. */
virListener *virListenerNewUnix(const virListenUnix *wanted);
/* Adds one listener per address to `listeners`; 0, or -1 with an error raised. */
int virListenerNewTCP(GPtrArray *listeners, const virListenTCP *wanted);
/* A socket that listens already; it is not removed at the end. */
virListener *virListenerAdopt(int fd, bool readOnly, virServeAuth auth);

/* Starts to accept for a server, which owns it from now on. */
int virListenerStart(virListener *listener, virServer *server);
/* The server has room again. */
void virListenerKick(virListener *listener);
/* Stops to accept, and removes the path of a socket that was made here. */
void virListenerClose(virListener *listener);

/* What the listener knows of a client that came through it. */
void virListenerDescribe(const virListener *listener, virServeClient *client);
/* "unix socket /path" or "tcp 127.0.0.1:16509"; for logs, to be freed. */
char *virListenerName(const virListener *listener);
bool virListenerIsTCP(const virListener *listener);
/* The path of a unix socket, NULL for others. */
const char *virListenerPath(const virListener *listener);
/* Before it starts to accept: what its clients may do, and how they prove who they are. */
void virListenerRestrict(virListener *listener, bool readOnly, virServeAuth auth);
/* The same: clients of IP whose address fits none of the patterns are turned away; NULL: none is. */
void virListenerAllow(virListener *listener, const char *const *patterns);
