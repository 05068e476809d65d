/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the daemon sees of the access module: checks in front of a client's connection, and questions. */

#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include <libvirt/libvirt.h>

#include "access/permissions.h"

/* A client, as the kernel knows it. */
typedef struct {
    bool known;                     /* a process of this host: what follows is set */
    pid_t process;
    unsigned long long started;     /* the start of that process, in clock ticks since the host's */
    uid_t user;
} virAccessCaller;

typedef enum {
    VIR_ACCESS_YES,
    VIR_ACCESS_NO,
    VIR_ACCESS_CHALLENGE,           /* the user would have to prove who it is, but nobody can ask */
    VIR_ACCESS_DISMISSED,           /* the user was asked, and did not want to */
    VIR_ACCESS_UNDECIDED,           /* nobody answered, or not in time */
} virAccessVerdict;

/* What is not VIR_ACCESS_YES is a refusal. Called once, on any thread, maybe before the question returns; it must not wait. */
typedef void (*virAccessDone)(virAccessVerdict verdict, void *opaque);

typedef struct {
    /* `drivers` of the table, NULL-terminated; 0, or -1 with an error raised. */
    int (*begin)(const char *const *drivers);
    /* Who waits for an answer gets VIR_ACCESS_UNDECIDED, and so does who asks from now on. */
    void (*end)(void);
    /* From now on the connection does for its user what the drivers allow to `caller`. */
    void (*guard)(virConnectPtr conn, const virAccessCaller *caller);
    /* Asks and waits; false with an error raised. `handle` is of the permission's class, or NULL. */
    bool (*may)(virConnectPtr conn, virAccessPermission permission, const void *handle);
    /* Asks without waiting. */
    void (*ask)(virConnectPtr conn, virAccessPermission permission, const void *handle,
                virAccessDone done, void *opaque);
    /*
     * Whether the authority lets a client through a socket, maybe after asking its user; given up when
     * the client does not wait any more.
     */
    virAccessVerdict (*authenticate)(const virAccessCaller *caller, bool readOnly,
                                     bool (*waits)(void *opaque), void *opaque);
} virAccessModule;

/* The module exports this symbol, a virAccessModule. */
#define VIR_ACCESS_SYMBOL "virAccessModuleTable"
#define VIR_ACCESS_FILE "libvirt_access.so"
