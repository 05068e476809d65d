/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The client's end of a connection: calls of many threads, in any order, and events between them. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

#include "rpc/message.h"
#include "rpc/socket.h"

/* References are counted; all functions may be called by any thread. */
typedef struct virClient virClient;

/* What the owner of a client hears; no lock is held meanwhile. */
typedef struct {
    /* A message that answers nothing; in the order of arrival. Must not call through the client. */
    void (*event)(virMessage *message, void *opaque);
    /* Once, when the connection ended by itself; a virConnectCloseReason. */
    void (*closed)(int reason, void *opaque);
    /* With the last reference: nothing is called any more. */
    void (*released)(void *opaque);
} virClientHooks;

/* Takes the socket over. With an event loop in the process, the client is read by it, too. */
virClient *virClientNew(virSocket *socket, const virClientHooks *hooks, void *opaque);
void virClientUnref(virClient *client);
/* Ends the connection: every thread that waits gets an error, and nothing is heard any more. */
void virClientClose(virClient *client);

bool virClientAlive(virClient *client);
/* Whether the connection is a unix socket, which carries file descriptors; whether it is private. */
bool virClientLocal(virClient *client);
bool virClientSecure(virClient *client);
/* Whether an event loop reads it. */
bool virClientHasLoop(virClient *client);


typedef struct {
    virMessageHeader header;    /* of the call; its serial from virClientSerial() */
    const int *files;
    size_t filesCount;
    gint64 deadline;            /* monotonic microseconds, 0: none */
    bool cancellable;           /* by virClientCancelCall() */
} virClientRequest;

uint32_t virClientSerial(virClient *client);

/*
 * Sends the writer's message, which is taken, and waits for the reply. Its header says whether that is
 * an error. NULL with an error raised when there is none.
 */
virMessage *virClientCall(virClient *client, const virClientRequest *request,
                          virXdrWriter *writer);
/* Gives up the call with this serial, if it still waits: its thread gets an error. */
void virClientCancelCall(virClient *client, uint32_t serial);
/* Sends a message that nothing answers; 0, or -1 with an error raised. */
int virClientSend(virClient *client, virXdrWriter *writer);

/* Asks the server whether it lives; needs an event loop. An interval of 0 ends that. */
void virClientKeepalive(virClient *client, int interval, unsigned int count);
