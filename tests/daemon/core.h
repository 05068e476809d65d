/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A server with procedures of its own, and clients of it, for tests of the core of the daemon. */

#pragma once

#include <glib.h>

#include "daemon/server.h"
#include "rpc/client.h"

#define PROGRAM 0x12345678

/* The procedures, in the order of the table. */
enum { ECHO = 1, NAP, HANG, REFUSE, BYE, URGENT, STUCK, LOST, TRAP, SNARE, OPEN, SINK };

typedef struct {
    char *folder;
    char *path;
    virLoop *loop;
    virServer *server;
} CoreFixture;

void coreSetUp(CoreFixture *fixture, gconstpointer data);
void coreTearDown(CoreFixture *fixture, gconstpointer data);

virClient *coreOpen(CoreFixture *fixture);
void coreClose(virClient *client);
/* The reply's number, -1 with an error raised. */
int coreCall(virClient *client, int procedure, int value);

/* A socket, for bytes that no client sends. */
int coreConnectRaw(CoreFixture *fixture);
/* A whole call as bytes; sends it. */
void coreMakeCall(unsigned char bytes[32], int procedure, uint32_t serial, int value);
void coreSendCall(int fd, int procedure, uint32_t serial, int value);
/* Waits for a reply on a raw socket; its serial, or -1 at the end of the connection. */
int coreReadReply(int fd);

double coreMilliseconds(gint64 start);
/* That the server has so many clients, once it has noticed who left. */
void coreAssertClients(CoreFixture *fixture, unsigned int wanted);

/* Calls of NAP that are running now, and the most there were; atomic. */
extern int coreRunning;
extern int coreMost;

/* The drivers of streams that SINK opens take data from now on; until then they wait. */
void coreOpenSink(void);
/* Bytes that they have taken; atomic. */
extern size_t coreSunk;

/* Calls that hang do so until the gate is open, or the milliseconds are over that they are told. */
void coreSetGate(bool open);
/* Until so many calls hang; that so many do. */
void coreAwaitBehindGate(int count);
void coreAssertBehindGate(int count);
