/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a driver is to the runtime, and where drivers come from. */

#pragma once

#include <libvirt/libvirt.h>

#include "base/visibility.h"
#include "driver/vtable.h"

typedef struct virDriver virDriver;
struct virDriver {
    const char *name;
    const char *const *schemes;     /* NULL-terminated URI schemes */
    /* 0, or -1 with an error raised; fills conn's private data. */
    int (*ConnectOpen)(virConnectPtr conn, virConnectAuthPtr auth, unsigned int flags);
    int (*ConnectClose)(virConnectPtr conn);
    const virHypervisorDriver *hypervisor;
    const virNetworkDriver *network;
    const virStorageDriver *storage;
    const virInterfaceDriver *interface;
    const virNodeDeviceDriver *nodedev;
    const virSecretDriver *secret;
    const virNWFilterDriver *nwfilter;
};

/* Every driver module exports this symbol. */
#define VIR_DRIVER_SYMBOL "virDriverModule"

/* The driver of a URI scheme, loading its module on first use; NULL when there is none. */
VIR_MODULE_API const virDriver *virDriverFind(const char *scheme);
