/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which events a connection has asked its server for: each once, however many listen here. */

#pragma once

#include <stdbool.h>

#include <libvirt/libvirt.h>

#include "drivers/remote/remote_call.h"

/* How the server is asked for the events of one class of objects, and told to stop; generated. */
typedef struct {
    int (*start)(virConnectPtr conn, int event, int *id);
    int (*stop)(virConnectPtr conn, int id);
} remoteEventFamily;

/* The events that messages are about, ended by one without a procedure; generated. */
extern const remoteEvent remoteEvents[];

/* What a connection knows of its listeners; the driver keeps it from opening to closing. */
typedef struct remoteListening remoteListening;

remoteListening *remoteListeningNew(void);
void remoteListeningFree(remoteListening *listening);
/* That of a connection; the driver's private data has it. */
remoteListening *remoteListeningOf(virConnectPtr conn);

/*
 * One more listener needs the event: the first one asks the server. 0, or -1 with an error raised.
 * Then, with the result of registering it here (-1: it failed), which it returns; `kept` tells
 * whether `id` is what will end it.
 */
int remoteEventsNeed(virConnectPtr conn, const remoteEventFamily *family, int event);
int remoteEventsStarted(virConnectPtr conn, const remoteEventFamily *family, int event, int id,
                        bool kept);
/* A listener with an id has ended, or one without: the last one tells the server. */
int remoteEventsStopped(virConnectPtr conn, const remoteEventFamily *family, int id);
int remoteEventsGiveBack(virConnectPtr conn, const remoteEventFamily *family, int event);

/* Callbacks for events of QEMU monitors: the server's number of one that has a number here. */
void remoteMonitorKeep(remoteListening *listening, int id, int server);
bool remoteMonitorTake(remoteListening *listening, int id, int *server);

/* A message that arrived, decoded: false when it is no event that this client knows. */
bool remoteEventReceive(virConnectPtr conn, const virWireProcedure *procedure, const void *message);
