/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A scripted server and a client of it, for tests of the client's end of a connection. */

#pragma once

#include <glib.h>

#include "rpc/client.h"
#include "rpc/frame.h"

/* What the peer does with a call, by its procedure. */
enum {
    ECHO = 1,
    HOLD,           /* answers it behind the next one */
    IGNORE,
    HANG_UP,
    REFUSE,         /* answers with an error */
    TELL,           /* an event, then the answer */
    GIVE,           /* two file descriptors with the answer */
    ASK,            /* a ping, and the answer once the pong is there */
    FLOOD,          /* five megabytes */
    GARBAGE,        /* a frame longer than allowed */
    STREAM,         /* data, a hole, data, the end */
    SINK,           /* takes data until the end, then confirms */
};

#define PROGRAM 0x20008086
#define FLOOD_SIZE (5 * 1024 * 1024)

typedef struct {
    virSocket socket;
    virFrameReader reader;
    virFrameQueue out;
    int pings;
} Peer;

typedef struct {
    Peer peer;
    GThread *thread;
    virClient *client;
    int events;
    int closed;         /* how often, and the last reason */
    int reason;
} PeerFixture;

void peerSetUp(PeerFixture *fixture, gconstpointer data);
void peerTearDown(PeerFixture *fixture, gconstpointer data);

/* Calls a procedure with a payload; `serial`, if not NULL, is told first, so that it can be given up. */
virMessage *peerCallWith(virClient *client, int procedure, const char *payload, gint64 deadline,
                         uint32_t *serial);
virMessage *peerCall(PeerFixture *fixture, int procedure, const char *payload);
/* That there is no reply, and which error there is. */
void peerAssertFails(virMessage *message, int domain, int code);

/* From the start on every client is read by an event loop, too: it cannot be taken back. */
void peerStartLoop(void);
void peerStopLoop(void);
/* Until something has happened so often, which it must, and not oftener. */
void peerAwaitCount(const int *count, int wanted);
