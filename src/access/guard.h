/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the generated checks stand on: the tables behind a guarded connection, and questions about objects. */

#pragma once

#include <glib.h>
#include <libvirt/libvirt.h>

#include "access/access.h"
#include "runtime/connect.h"

/* What is told of an object to who decides. */
typedef struct {
    GPtrArray *words;       /* a name, its value, the next name, ...; owned */
} virAccessDetails;

/* Nothing is told of what is NULL or empty, or a UUID of zeros. */
void virAccessTell(virAccessDetails *details, const char *name, const char *value);
void virAccessTellUUID(virAccessDetails *details, const char *name, const unsigned char *uuid);

typedef struct {
    const char *name;
    void (*describe)(virAccessDetails *details, const void *handle);    /* NULL: nothing to tell */
} virAccessAction;

extern const virAccessAction virAccessActions[];

/* Of a guarded connection: the driver's own tables. */
typedef struct {
    virConnectGuard guard;
    const virHypervisorDriver *hypervisor;
    const virNetworkDriver *network;
    const virStorageDriver *storage;
    const virInterfaceDriver *interface;
    const virNodeDeviceDriver *nodedev;
    const virSecretDriver *secret;
    const virNWFilterDriver *nwfilter;
    char *driver;           /* its name, as virConnectGetType() tells it */
    virAccessCaller caller;
} virAccessGuard;

static inline const virAccessGuard *
virAccessBehind(virConnectPtr conn)
{
    return (const virAccessGuard *) (const void *) conn->guard;
}

/* Asks and waits; false with an error raised. */
bool virAccessMay(virConnectPtr conn, virAccessPermission permission, const void *handle);

/*
 * Keeps the handles that the client may see, in their order, and lets go of the others and of NULL;
 * `handles` is terminated by NULL. Returns how many are left; a negative `count` as it is.
 */
int virAccessFilter(virConnectPtr conn, virAccessPermission permission, void **handles, int count);
/* Hands a list of handles out, or lets go of it where nobody wants it. */
void virAccessGive(void **found, void ***list);

/* -1 after an error: the driver cannot be asked for what a call is about, so the call is refused. */
int virAccessUnknown(const char *function);

/* A string among typed parameters, NULL when there is none. */
const char *virAccessText(virTypedParameterPtr params, int nparams, const char *name);
/* False with an error raised when a parameter is there twice: nobody knew which of them counts. */
bool virAccessOnce(virTypedParameterPtr params, int nparams, const char *name);

/* A UUID as text, to be freed. */
char *virAccessUUIDText(const unsigned char *uuid);

/* Knows an object from what tells of it: a new handle, or NULL with an error raised. */
typedef void *(*virAccessTeller)(void *self, const char *told, const char *name);
/* Whether the client may on what `told` tells of; on nothing in particular when that is NULL. */
bool virAccessToldMay(virConnectPtr conn, void *self, virAccessTeller tell, const char *told,
                      const char *name, const virAccessPermission *needed, size_t count);
