/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the generated dispatch sees of the daemon: a client, one of its calls, and the procedures. */

#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <libvirt/libvirt.h>
#include <libvirt/libvirt-admin.h>

#include "access/permissions.h"
#include "rpc/wire.h"
#include "runtime/handle.h"

/* A program on the other end of a socket; alive as long as a call of it runs. */
typedef struct virServeClient virServeClient;

/* What a procedure does to the thread that runs it. */
typedef enum {
    VIR_SERVE_QUICK,        /* blocks="no": runs to completion where it was read */
    VIR_SERVE_MONITOR,      /* may wait for a hypervisor: runs on a worker */
    VIR_SERVE_LONG,         /* may take minutes: runs on a worker */
} virServeBlocks;

typedef struct virServeRelease virServeRelease;

/* One call while it is served. */
typedef struct {
    virServeClient *client;
    virConnectPtr conn;         /* what OPEN opened; NULL for the procedures that need none */
    virAdmConnectPtr admin;     /* the same for the administration program */
    virStreamPtr stream;        /* of a procedure that opens a stream, else NULL */
    const int *filesIn;         /* came with the call and belong to it: closed after it */
    size_t filesInCount;
    int *filesOut;              /* sent with the reply and closed then: virServeAddFile() */
    size_t filesOutCount;
    virServeRelease *releases;
    bool last;                  /* the connection ends once the reply was sent */
} virServeCall;

/* `data` belongs to the call: released once the reply that borrows from it was encoded. */
void virServeOwn(virServeCall *call, void *data, void (*release)(void *data));
/* Zeroed memory that lives as long. */
void *virServeAlloc(virServeCall *call, size_t count, size_t size);
/* The reply takes this descriptor along and closes it. */
void virServeAddFile(virServeCall *call, int fd);

typedef struct {
    const virWireProcedure *wire;
    /* Fills `ret`, which borrows from what the call owns; 0, or -1 with an error raised. */
    int (*serve)(virServeCall *call, const void *args, void *ret);
    virServeBlocks blocks;
    bool readOnly;              /* allowed on the read-only socket, whatever its flags say */
    bool early;                 /* answered before OPEN */
    bool anonymous;             /* and before authentication, which it is part of */
} virServeProcedure;

typedef struct {
    const virWireProgram *wire;
    size_t count;
    const virServeProcedure *procedures;    /* as many as wire->procedures, in the same order */
} virServeProgram;

/* Sends a message without a reply, such as an event; any thread, any lock may be held. */
void virServeSend(virServeClient *client, const virWireProcedure *procedure, const void *message);

/* A callback that a client registered; relays get it as their opaque pointer. */
typedef struct virServeListener virServeListener;
int virServeListenerId(void *listener);
/* Sends the message of an event about an object, when the client may see that. */
void virServeTell(void *listener, const virWireProcedure *procedure, const void *message,
                  virConnectPtr conn, virAccessPermission permission, const void *handle);

/* What is registered for an event of a class of objects; a table of them ends with a NULL class. */
typedef struct {
    const virHandleClass *class;
    int event;
    virConnectDomainEventGenericCallback relay;     /* of the event's own type */
    /* For clients that know no numbers of callbacks; NULL when the event is younger than those. */
    virConnectDomainEventGenericCallback older;
    virAccessPermission permission;                 /* what who listens needs on the connection */
} virServeEvent;
