/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One message of the protocol: its length, its header, and the error that a payload may be. */

#pragma once

#include <stdint.h>

#include <glib.h>
#include <libvirt/virterror.h>

#include "rpc/xdr.h"

/* Sizes in bytes: the word with the length, and the six words of the header behind it. */
#define VIR_MESSAGE_LENGTH 4
#define VIR_MESSAGE_HEADER 24
/* The greatest length there is; the length counts itself. */
#define VIR_MESSAGE_MAX (33554432 + VIR_MESSAGE_LENGTH)
/* The most data that one message of a stream carries. */
#define VIR_MESSAGE_STREAM_MAX 262120
#define VIR_MESSAGE_FILES_MAX 32

typedef enum {
    VIR_MESSAGE_CALL,
    VIR_MESSAGE_REPLY,
    VIR_MESSAGE_EVENT,          /* answers nothing: an event, or keepalive */
    VIR_MESSAGE_STREAM,
    VIR_MESSAGE_CALL_FILES,     /* the payload begins with a number of file descriptors */
    VIR_MESSAGE_REPLY_FILES,
    VIR_MESSAGE_STREAM_HOLE,
} virMessageType;

typedef enum {
    VIR_MESSAGE_OK,
    VIR_MESSAGE_ERROR,
    VIR_MESSAGE_CONTINUE,       /* more of the stream follows */
} virMessageStatus;

typedef struct {
    uint32_t program;
    uint32_t version;
    int32_t procedure;
    uint32_t type;              /* virMessageType, or whatever a peer wrote there */
    uint32_t serial;
    uint32_t status;            /* virMessageStatus, or whatever a peer wrote there */
} virMessageHeader;

/* A message that arrived. */
typedef struct virMessage virMessage;
struct virMessage {
    virMessage *next;           /* for whoever keeps a list of them */
    virMessageHeader header;
    int *files;                 /* file descriptors, closed with the message; NULL when none */
    unsigned int filesCount;
    unsigned char *payload;     /* inside `data`; one byte behind its end may be written to */
    size_t size;                /* of the payload */
    unsigned char data[];
};

void virMessageFree(virMessage *message);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(virMessage, virMessageFree)

void virMessageReadHeader(virMessageHeader *header, const unsigned char *bytes);

/* Starts a message: its length is written by virMessageEnd(), the payload is between the two. */
void virMessageBegin(virXdrWriter *writer, const virMessageHeader *header);
void virMessageEnd(virXdrWriter *writer);

/* The thread's last error as a payload. */
void virMessageWriteError(virXdrWriter *writer, const virError *error);
/* Raises the error that the payload of a reply is; a payload that is none raises that instead. */
void virMessageRaiseError(virMessage *message);
