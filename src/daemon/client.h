/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A program that is connected to the daemon: what arrives from it, and what is sent to it. */

#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include <glib.h>
#include <libvirt/libvirt.h>

#include "daemon/loop.h"
#include "daemon/serve.h"
#include "rpc/frame.h"
#include "rpc/keepalive.h"

typedef struct virServer virServer;
typedef struct virListener virListener;
typedef struct virServeStream virServeStream;

typedef enum {
    VIR_SERVE_AUTH_NONE,
    VIR_SERVE_AUTH_SASL,
    VIR_SERVE_AUTH_POLKIT,
} virServeAuth;

/* What the kernel says of the other side. */
typedef struct {
    bool known;             /* a unix socket: what follows is set */
    uid_t user;
    gid_t group;
    pid_t process;
    unsigned long long started;     /* that process; 0 where nobody has to know */
    char *address;          /* of an IP socket, else NULL */
} virServePeer;

struct virServeClient {
    virLoopSource source;
    int refs;
    virServer *server;      /* outlives its clients */
    unsigned long long id;
    long long since;        /* seconds since 1970 */
    bool tcp;
    bool readOnly;
    virServeAuth auth;      /* what the socket it came through asks for */
    virServePeer peer;

    /*
     * Guards what follows, but for `reader` and receiving on the socket: those belong to the thread that
     * set `busy`. Taken behind the lock of the server; nothing is called out with it held.
     */
    GMutex lock;
    virSocket socket;
    virFrameReader reader;
    virFrameQueue out;
    size_t outCounted;      /* bytes of it that are in the sum of all clients */
    bool busy;              /* a thread reads and takes messages */
    bool again;             /* more arrived meanwhile */
    bool hungUp;            /* the other side sends no more: to be read up to its end */
    bool gone;              /* it hears no more either: nothing needs to be answered */
    bool watchesOut;        /* the loop tells when the socket takes bytes again */
    bool closing;           /* closed once everything is sent */
    bool resting;           /* the server ends: no more calls are taken */
    bool dead;
    bool authenticated;
    bool opened;            /* it has opened a connection once; read without the lock */
    gint64 arrived;         /* monotonic microseconds */
    unsigned int calls;     /* that run or wait for a worker */
    uint64_t job;           /* the call that runs on the reading thread, 0 for none */
    uint64_t lastJob;
    const virServeProcedure *procedure;     /* of `job` */
    virMessage *deferred;   /* calls beyond the limit, in their order */
    virMessage **deferredLast;
    unsigned int deferredCount;
    size_t deferredBytes;
    virKeepalive keepalive;
    bool wantsKeepalive;    /* it understands being asked */
    virConnectPtr conn;
    virAdmConnectPtr admin;
    GQueue streams;         /* of virServeStream */
    size_t streamBytes;     /* that wait in them for their drivers */
    GPtrArray *listeners;   /* of virServeListener, NULL while there are none */

    /* Events that wait for somebody who decides, in their order; access.c guards it. */
    struct {
        struct virServeHeld *first, *last;
        unsigned int count;
    } held;
};

/* Takes over a socket that was accepted; NULL when the loop does not take it. */
virServeClient *virServeClientNew(virServer *server, int fd, const virListener *listener);
void virServeClientRef(virServeClient *client);
void virServeClientUnref(virServeClient *client);

/*
 * Who it is, for the log: its number, and what the kernel says of it. Written into a buffer of
 * VIR_CLIENT_NAME_MAX bytes, which is returned.
 */
#define VIR_CLIENT_NAME_MAX 128
const char *virServeClientName(const virServeClient *client, char *buffer);
#define VIR_CLIENT_NAME(client) virServeClientName(client, (char[VIR_CLIENT_NAME_MAX]) { 0 })

/* Sends the writer's message, which is taken, and the files with it, which stay the caller's. */
void virServeClientSend(virServeClient *client, virXdrWriter *writer, const int *files,
                        size_t filesCount);
/* Ends the connection, at once or when what waits has been sent. */
void virServeClientClose(virServeClient *client);
void virServeClientCloseLater(virServeClient *client);
/* With the lock held: whether nothing is read from it until something that was read is done with. */
bool virServeClientIsFull(const virServeClient *client);
/* Takes no more calls; whether all those that were taken are answered, and the answers sent. */
bool virServeClientRest(virServeClient *client);

/* It has opened something, so that it may take its time from now on. */
void virServeClientOpened(virServeClient *client);
/* Asks whether the client lives, when it is time to, and whether it ever opened: called every second. */
void virServeClientLook(virServeClient *client, gint64 now);

/* dispatch.c: the message of an event; false when it does not fit, which is logged. */
bool virServeEncode(virServeClient *client, const virWireProcedure *procedure, const void *message,
                    virXdrWriter *writer);
/* dispatch.c: one message from the client; takes it. False when this thread must stop reading. */
bool virServeDispatch(virServeClient *client, virMessage *message);
/* It held up a thread that reads: from now on it runs on workers, for a while. */
void virServeMarkSlow(const virServeProcedure *procedure);

/*
 * Around a call. `job` is not NULL for one that runs on the thread that reads the client. Begin says
 * whether the client is still there, end whether this thread still reads it.
 */
bool virServeClientBegin(virServeClient *client, const virServeProcedure *procedure,
                         uint64_t *job);
bool virServeClientEnd(virServeClient *client, uint64_t job);
