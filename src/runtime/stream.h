/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Streams: the handle, and what a driver gives it. */

#pragma once

#include <libvirt/libvirt.h>

#include "runtime/handle.h"

/* The driver's side of a stream; a function left out is NULL. */
typedef struct {
    int (*send)(virStreamPtr st, const char *data, size_t nbytes);
    int (*receive)(virStreamPtr st, char *data, size_t nbytes, unsigned int flags);
    int (*sendHole)(virStreamPtr st, long long length, unsigned int flags);
    int (*receiveHole)(virStreamPtr st, long long *length, unsigned int flags);
    int (*addCallback)(virStreamPtr st, int events, virStreamEventCallback cb, void *opaque,
                       virFreeCallback ff);
    int (*updateCallback)(virStreamPtr st, int events);
    int (*removeCallback)(virStreamPtr st);
    int (*finish)(virStreamPtr st);
    int (*abort)(virStreamPtr st);
    void (*release)(virStreamPtr st);
} virStreamDriver;

struct _virStream {
    virHandle handle;
    virConnectPtr conn;
    unsigned int flags;
    const virStreamDriver *driver;  /* set by the call that opens the stream */
    void *privateData;
};
