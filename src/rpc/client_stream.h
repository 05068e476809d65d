/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A stream over a client's connection: data and holes in both directions. */

#pragma once

#include <stdbool.h>

#include "rpc/client.h"

typedef struct virClientStream virClientStream;

/* Called by the event loop with no lock held; `events` are virStreamEventType bits. */
typedef void (*virClientStreamCallback)(int events, void *opaque);

/* What a receiver gets instead of data. */
#define VIR_CLIENT_STREAM_ERROR (-1)
#define VIR_CLIENT_STREAM_BLOCKED (-2)
#define VIR_CLIENT_STREAM_HOLE (-3)

/* For the call with this header, before it is sent, so that no message is missed. */
virClientStream *virClientStreamNew(virClient *client, const virMessageHeader *call);
/* Forgets the stream; what still arrives for it is dropped. */
void virClientStreamFree(virClientStream *stream);

/* Bytes sent, or one of the negative values above; an error is raised with the first. */
int virClientStreamSend(virClientStream *stream, const char *data, size_t size, bool wait);
int virClientStreamSendHole(virClientStream *stream, long long length, unsigned int flags);
/* Bytes received, 0 at the end. Without `stopAtHole`, holes are filled with zeros. */
int virClientStreamReceive(virClientStream *stream, char *data, size_t size, bool wait,
                           bool stopAtHole);
/* The length of the hole that is next; 0 when data is next or the end was reached. */
int virClientStreamReceiveHole(virClientStream *stream, long long *length, bool wait);
/* Ends the stream, telling the server that all is well or that the rest is not wanted. */
int virClientStreamEnd(virClientStream *stream, bool abort);

/* One callback at a time; 0, or -1 with an error raised. */
int virClientStreamWatch(virClientStream *stream, int events, virClientStreamCallback call,
                         void *opaque, void (*release)(void *opaque));
int virClientStreamWatchFor(virClientStream *stream, int events);
int virClientStreamUnwatch(virClientStream *stream);
