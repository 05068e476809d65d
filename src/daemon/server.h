/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A server of the daemon: programs, the sockets they are reached by, clients, and their limits. */

#pragma once

#include <stdbool.h>

#include <glib.h>

#include "daemon/client.h"
#include "daemon/listen.h"
#include "daemon/pool.h"
#include "daemon/serve.h"

typedef struct {
    unsigned int clients;           /* connected at once */
    unsigned int anonymous;         /* of those, not authenticated yet */
    unsigned int requests;          /* calls of one client that run or wait for a worker */
} virServerLimits;

typedef struct {
    unsigned int clients;
    unsigned int anonymous;
} virServerCount;

/* `programs` ends with NULL and stays the caller's, as the loop does. */
virServer *virServerNew(const char *name, virLoop *loop, const virServeProgram *const *programs,
                        const virServerLimits *limits, const virPoolLimits *workers);
/* Takes no more clients and calls; whether all calls that were taken are answered, and the answers sent. */
bool virServerRest(virServer *server);
/* Closes its sockets and clients, and waits for the calls that run on workers. */
void virServerStop(virServer *server);
/* Called after virLoopStop(). */
void virServerFree(virServer *server);

const char *virServerName(const virServer *server);
virLoop *virServerLoop(const virServer *server);
virPool *virServerPool(const virServer *server);
const virServeProgram *virServerProgram(const virServer *server, unsigned int number,
                                        unsigned int version);
/* Calls that one client may have at once. */
unsigned int virServerClientRequests(const virServer *server);

void virServerGetLimits(virServer *server, virServerLimits *limits);
void virServerSetLimits(virServer *server, const virServerLimits *limits);
void virServerGetCount(virServer *server, virServerCount *count);

/* Clients are asked whether they live after `interval` seconds of silence, `count` times. */
void virServerSetKeepalive(virServer *server, int interval, unsigned int count);
void virServerGetKeepalive(const virServer *server, int *interval, unsigned int *count);
/* Seconds until a client that has opened nothing is sent away; 0: never. */
void virServerSetOpenTimeout(virServer *server, unsigned int seconds);
unsigned int virServerOpenTimeout(const virServer *server);
/* Some client wants to be asked; looks after all of them: every second. */
void virServerLook(virServer *server, gint64 now);

/* Takes the listeners over and starts to accept; -1 with an error raised. */
int virServerListen(virServer *server, virListener *listener);
/* A listener has accepted a connection: makes a client of it. */
void virServerAccept(virServer *server, int fd, const virListener *listener);
/* Whether one more client may come; if not, the listeners are told once that changes. */
bool virServerHasRoom(virServer *server);
/* The client's end. */
void virServerForget(virServer *server, virServeClient *client);
/* It was authenticated, so that it is no longer anonymous. */
void virServerAuthenticated(virServer *server);

/* All clients, each with a reference; to be given back with virServeClientUnref(). */
GPtrArray *virServerClients(virServer *server);
/* NULL when there is none with this number. */
virServeClient *virServerClient(virServer *server, unsigned long long id);
