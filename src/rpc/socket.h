/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A connected socket, or what stands in its place: bytes in and out, file descriptors beside them. */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "rpc/message.h"

typedef struct virSocket virSocket;

/* A layer between the bytes of the protocol and the descriptor, such as TLS; NULL for none. */
typedef struct {
    /* As recv() and send() on a socket that does not block. */
    ssize_t (*receive)(virSocket *socket, void *data, size_t size);
    ssize_t (*send)(virSocket *socket, const void *data, size_t size);
    void (*clear)(virSocket *socket);
} virSocketLayer;

struct virSocket {
    int fd;
    bool local;             /* a unix socket: takes file descriptors, knows its peer */
    bool secure;            /* nobody on the way can read along */
    const virSocketLayer *layer;
    void *layerData;
    GPid child;             /* the program behind a transport that runs one, else 0 */
    int errorFd;            /* what that program complains on, else -1 */
    /* File descriptors that arrived and were not taken yet, in their order. */
    int files[VIR_MESSAGE_FILES_MAX];
    unsigned int filesCount;
};

void virSocketInit(virSocket *socket, int fd);
/* Closes the descriptor and what came through it, and ends the program behind it. */
void virSocketClear(virSocket *socket);

/*
 * Sleeps until there is something to receive. Not recv(): who sleeps in that is also woken when the peer takes
 * what was sent to it, so a call would be woken twice.
 */
void virSocketWait(virSocket *socket);
/*
 * Like recv() and send(), never waiting, never raising SIGPIPE. *more is set when a short count does not mean
 * that nothing is left.
 */
ssize_t virSocketReceive(virSocket *socket, void *data, size_t size, bool *more);
ssize_t virSocketSend(virSocket *socket, const void *data, size_t size);
/* Sends one byte and a file descriptor with it. */
ssize_t virSocketSendFile(virSocket *socket, int file);
/* The next file descriptor that arrived, now the caller's; -1 when there is none. */
int virSocketTakeFile(virSocket *socket);

/* What the program behind the socket complained about so far, "" when nothing; to be freed. */
char *virSocketComplaint(virSocket *socket);
