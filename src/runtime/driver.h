/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a driver is to the runtime, and where drivers come from. */

#pragma once

#include <stdbool.h>

#include <libvirt/libvirt.h>

#include "base/visibility.h"
#include "driver/vtable.h"

typedef struct virDriver virDriver;
struct virDriver {
    const char *name;
    const char *const *schemes;     /* NULL-terminated URI schemes */
    /* Its guests belong to the machine: only the daemon opens it, clients reach the daemon. */
    bool daemonOnly;
    /* All the same a program opens URIs with the path VIR_DRIVER_EMBED itself. */
    bool embeds;
    /* What the daemon calls when it begins to serve, 0 or -1 with an error raised, and when it ends. */
    int (*ServeBegin)(void);
    void (*ServeEnd)(void);
    /*
     * The URI to open when the caller names none, NULL when there is nothing to manage here. Only
     * drivers that the process has loaded already are asked; a driver without it never offers one.
     */
    char *(*ProbeURI)(void);
    /*
     * 0, or -1 with an error raised; fills conn's private data. conn->uri is NULL for the remote
     * driver when nobody named or offered a URI: it asks its daemon, and sets it.
     */
    int (*ConnectOpen)(virConnectPtr conn, virConnectAuthPtr auth, unsigned int flags);
    int (*ConnectClose)(virConnectPtr conn);
    unsigned int features;          /* 1 << virDriverFeature, of those that need no asking */
    /* The same for a driver that asks elsewhere: 1, 0, or -1 with an error raised. */
    int (*SupportsFeature)(virConnectPtr conn, int feature);
    const virHypervisorDriver *hypervisor;
    const virNetworkDriver *network;
    const virStorageDriver *storage;
    const virInterfaceDriver *interface;
    const virNodeDeviceDriver *nodedev;
    const virSecretDriver *secret;
    const virNWFilterDriver *nwfilter;
};

/* The path of URIs whose guests belong to a program. */
#define VIR_DRIVER_EMBED "/embed"

/* Every driver module exports this symbol. */
#define VIR_DRIVER_SYMBOL "virDriverModule"

/*
 * Makes this process the daemon: drivers of the machine are opened here, and no URI is handed on to
 * another daemon unless it names a host or a transport.
 */
VIR_MODULE_API void virDriverServeHere(void);
VIR_MODULE_API bool virDriverServesHere(void);

/* Lets every driver that is loaded begin to serve; the log says which can't. */
VIR_MODULE_API void virDriverServeBegin(void);
VIR_MODULE_API void virDriverServeEnd(void);

/* Whether the driver behind a connection has a feature (virDriverFeature); not to know is no. */
VIR_MODULE_API bool virDriverHasFeature(virConnectPtr conn, int feature);

/* The path of a module that stands beside the drivers, to be freed. */
VIR_MODULE_API char *virDriverModulePath(const char *file);

/* The first URI that a loaded driver offers, NULL when none does. */
VIR_MODULE_API char *virDriverProbe(void);

/* The driver of a URI scheme, loading its module on first use; NULL when there is none. */
VIR_MODULE_API const virDriver *virDriverFind(const char *scheme);
