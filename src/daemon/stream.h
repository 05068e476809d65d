/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Streams of clients: data between a driver's stream and messages. */

#pragma once

#include "daemon/client.h"

/* For a call that opened call->stream; nothing is sent before virServeStreamStart(). */
virServeStream *virServeStreamNew(virServeCall *call, const virMessage *message,
                                  virWireStream direction);
void virServeStreamStart(virServeStream *stream);

/* A message of a stream; takes it. */
void virServeStreamTake(virServeClient *client, virMessage *message);
/* The client takes bytes again. */
void virServeStreamsContinue(virServeClient *client);
/* The client is gone. */
void virServeStreamsAbort(virServeClient *client);
