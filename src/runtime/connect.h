/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Connections: the driver tables they answer from, and what they keep. */

#pragma once

#include <stdbool.h>

#include <glib.h>
#include <libvirt/libvirt.h>
#include <libvirt/libvirt-admin.h>
#include <libvirt/virterror.h>

#include "runtime/driver.h"
#include "runtime/event.h"
#include "runtime/handle.h"
#include "runtime/uri.h"

extern VIR_MODULE_API const virHandleClass virConnectClass;
extern VIR_MODULE_API const virHandleClass virAdmConnectClass;
extern VIR_MODULE_API const virHandleClass virStreamClass;

/* Who wants to know that the connection broke; `call` is NULL when nobody does. */
typedef struct {
    virConnectCloseFunc call;
    void *opaque;
    virFreeCallback release;
} virCloseCallback;

/*
 * What stands in front of the driver's tables of a connection, so that it does what its user may only:
 * set by the daemon (src/access), released with the connection.
 */
typedef struct virConnectGuard virConnectGuard;
struct virConnectGuard {
    void (*release)(virConnectGuard *guard);
};

struct _virConnect {
    virHandle handle;
    unsigned int flags;     /* virConnectFlags */
    virURI *uri;            /* NULL only for a driver that is to find out itself, see driver.h */
    const virDriver *driver;
    const virHypervisorDriver *hypervisor;
    const virNetworkDriver *network;
    const virStorageDriver *storage;
    const virInterfaceDriver *interface;
    const virNodeDeviceDriver *nodedev;
    const virSecretDriver *secret;
    const virNWFilterDriver *nwfilter;
    virEventState *events;  /* listeners of this driver instance, set by ConnectOpen; borrowed */
    void *privateData;      /* the driver's, from ConnectOpen to ConnectClose */
    virConnectGuard *guard; /* NULL: its user may everything */
    gint abandoned;         /* atomic: who used it has gone, so that long calls may give up */

    /* Guards what follows; nothing is called out with it held. */
    GMutex lock;
    virError error;
    virErrorFunc errorHandler;
    void *errorData;
    virCloseCallback close;
};

struct _virAdmConnect {
    virHandle handle;
    const virAdminDriver *admin;
    void *privateData;
    void (*close)(virAdmConnectPtr conn);   /* with the last reference; NULL: nothing to do */
};

/* What the thread does until it says otherwise it does for itself, not for a connection's user. */
VIR_MODULE_API void virConnectGuardLift(bool lifted);
VIR_MODULE_API bool virConnectGuardIsLifted(void);

static inline bool
virConnectReadOnly(virConnectPtr conn)
{
    return (conn->flags & VIR_CONNECT_RO) != 0;
}

/*
 * Tells whoever registered a close callback that the connection broke (virConnectCloseReason), once.
 * For drivers, with no lock held and a reference to the connection.
 */
VIR_MODULE_API void virConnectReportClosed(virConnectPtr conn, int reason);
