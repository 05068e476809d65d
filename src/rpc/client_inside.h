/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The inside of a client connection, shared by its calls and its streams. */

#pragma once

#include "rpc/client.h"
#include "rpc/frame.h"
#include "rpc/keepalive.h"
#include "rpc/spin.h"

/* A thread that waits: for the reply of a call, or for something to happen on a stream. */
typedef struct virClientWaiter virClientWaiter;
struct virClientWaiter {
    virClientWaiter *next;
    GCond cond;
    bool asleep;            /* on the condition: else a signal would cost a system call for nothing */
    bool done;
    bool call;              /* waits for the reply with this header's serial */
    bool cancelled;
    int wakeFd;             /* wakes it also while it reads, -1: only the condition does */
    virMessageHeader header;
    virMessage *reply;
};

struct virClient {
    int refs;
    const virClientHooks *hooks;
    void *opaque;

    /*
     * Guards all that follows, but for `reader`, `spin` and receiving on the socket, which belong to whoever
     * set `reading`. Never held while calling out or waiting on the socket.
     */
    GMutex lock;
    virSocket socket;
    uint32_t serial;
    virClientWaiter *waiters;
    bool reading;
    virFrameReader reader;
    virSpin spin;
    virFrameQueue out;
    virKeepalive keepalive;
    GQueue streams;         /* of virClientStream, not owned */

    /* The end: what every later call is told, and whether the owner still has to hear of it. */
    bool closed;            /* by the owner */
    char *broken;
    int brokenCode;
    int brokenReason;
    bool report;

    /* The event loop's interest in the socket; `wanted` becomes `applied` outside the lock. */
    int watch;
    int wanted;
    int applied;
    bool applying;
    bool parked;            /* another thread reads: the loop waits until it is done */
    int timer;              /* keepalive, and reporting the end */
};

void virClientRef(virClient *client);
void virClientLock(virClient *client);
/* Reports what has to be reported, then unlocks. */
void virClientUnlock(virClient *client);

/* With the lock held: waits until waiter->done, false when that cannot be any more (error raised). */
bool virClientWait(virClient *client, virClientWaiter *waiter, gint64 deadline);
void virClientWaiterAdd(virClient *client, virClientWaiter *waiter);
void virClientWaiterRemove(virClient *client, virClientWaiter *waiter);
void virClientWake(virClientWaiter *waiter);

/* With the lock held, client_read.c: the connection ends; the first reason counts. */
void virClientBreak(virClient *client, int reason, int code, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
void virClientRaiseBroken(virClient *client);
/* As the reader: receives once; the lock is dropped meanwhile. True when there may be more at once. */
bool virClientReceive(virClient *client, bool wait);
/*
 * Becomes the reader until something happened, at most until `deadline` or until `wakeFd` is
 * readable; the lock is dropped meanwhile.
 */
void virClientReadOnce(virClient *client, int wakeFd, gint64 deadline);
/* The role of the reader is free again: the next thread that waits takes it, else the loop. */
void virClientLeaveReading(virClient *client);
/* Sends what is queued, as far as the socket takes it. */
void virClientFlush(virClient *client);
/* Asks whether the server lives, or gives it up, when it is time to. */
void virClientLookAfterPeer(virClient *client, gint64 now);

/* With the lock held: false with an error raised when the connection has ended. */
bool virClientUsable(virClient *client);
/* With the lock held: sends; `wait` until all is out. False with an error raised. */
bool virClientTransmit(virClient *client, virXdrWriter *writer, const int *files,
                       size_t filesCount, bool wait);

/* client_stream.c: hands over a message that belongs to a stream, with the lock held. */
void virClientStreamDeliver(virClient *client, virMessage *message);
/* Lets the callbacks of streams run to which something happened; the lock is dropped meanwhile. */
void virClientStreamsKick(virClient *client);
/* The connection ended: wakes whoever uses a stream; with the lock held. */
void virClientStreamsEnd(virClient *client);
/* The socket takes bytes again; with the lock held. */
void virClientStreamsWritable(virClient *client);
