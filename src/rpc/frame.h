/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages out of a socket's bytes, and bytes out of messages, as far as the socket takes them. */

#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "rpc/message.h"
#include "rpc/socket.h"

/* Where bytes that were just received are looked at before any are kept: one per thread. */
#define VIR_FRAME_SCRATCH 65536

/*
 * Cuts the bytes that arrive into messages. Between two uses it holds only what is not whole yet,
 * so a connection at rest holds nothing.
 */
typedef struct {
    const unsigned char *scratch;   /* bytes of the caller, until virFrameReaderSettle() */
    size_t scratchSize;
    unsigned char *kept;            /* bytes that were left over, then none of `scratch` */
    size_t keptStart;
    size_t keptSize;
    virMessage *large;              /* a message whose payload is still arriving, */
    size_t largeRoom;               /* the room it has by now, */
    size_t largeHave;               /* and the bytes of it that came */
    virMessage *awaiting;           /* whole but for its file descriptors */
    const char *fault;              /* why the peer's bytes make no sense, NULL while they do */
} virFrameReader;

void virFrameReaderClear(virFrameReader *reader);

/*
 * Receives once, into `scratch` or into what is arriving: as recv(). *drained: nothing more waits.
 */
ssize_t virFrameReaderReceive(virFrameReader *reader, virSocket *socket, void *scratch,
                              size_t scratchSize, bool *drained);
/* The next message that is whole, NULL when there is none or reader->fault says what is wrong. */
virMessage *virFrameReaderNext(virFrameReader *reader, virSocket *socket);
/* Keeps what is left of `scratch`. */
void virFrameReaderSettle(virFrameReader *reader);
/* Whether bytes are kept that virFrameReaderNext() may make a message of. */
bool virFrameReaderPending(const virFrameReader *reader);

/* Messages on their way out. */
typedef struct virFrame virFrame;

typedef struct {
    virFrame *first;
    virFrame *last;
    size_t bytes;           /* not sent yet */
    unsigned int count;
} virFrameQueue;

typedef enum {
    VIR_FRAME_SENT,         /* nothing is left */
    VIR_FRAME_BLOCKED,      /* the socket takes no more now */
    VIR_FRAME_BROKEN,       /* errno says why */
} virFrameProgress;

/*
 * Sends a message at once as far as possible, the rest is queued. The writer's bytes are taken;
 * `files` are duplicated when they cannot be sent right away.
 */
virFrameProgress virFrameQueueSend(virFrameQueue *queue, virSocket *socket, virXdrWriter *writer,
                                   const int *files, size_t filesCount);
/* Goes on with what is queued. */
virFrameProgress virFrameQueueFlush(virFrameQueue *queue, virSocket *socket);
void virFrameQueueClear(virFrameQueue *queue);
