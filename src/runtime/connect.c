/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Opening and closing connections, and what a connection answers without its driver. */

#include "runtime/connect.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "runtime/error.h"
#include "runtime/local.h"


static void
disposeConnect(virHandle *handle)
{
    virConnectPtr conn = (virConnectPtr) handle;

    if (conn->driver)
        conn->driver->ConnectClose(conn);
    if (conn->closeFree)
        conn->closeFree(conn->closeData);
    localResetError(&conn->error);
    virURIFree(conn->uri);
    g_mutex_clear(&conn->lock);
}

const virHandleClass virConnectClass = {
    .name = "virConnect",
    .size = sizeof(struct _virConnect),
    .invalidCode = VIR_ERR_INVALID_CONN,
    .domain = VIR_FROM_NONE,
    .dispose = disposeConnect,
};

const virHandleClass virAdmConnectClass = {
    .name = "virAdmConnect",
    .size = sizeof(struct _virAdmConnect),
    .invalidCode = VIR_ERR_INVALID_CONN,
    .domain = VIR_FROM_ADMIN,
};

static void
initializeOnce(void)
{
    static gsize done;

    if (g_once_init_enter(&done)) {
        virLogConfigure();
        g_once_init_leave(&done, 1);
    }
}

int
localInitialize(void)
{
    initializeOnce();
    return 0;
}

int
localGetVersion(unsigned long *libVer, const char *type, unsigned long *typeVer)
{
    g_autofree char *scheme = type ? g_ascii_strdown(type, -1) : NULL;

    if (libVer)
        *libVer = LIBVIR_VERSION_NUMBER;
    if (typeVer) {
        if (scheme && !virDriverFind(scheme)) {
            virErrorRaise(VIR_FROM_NONE, VIR_ERR_NO_CONNECT, "there is no driver '%s'", type);
            return -1;
        }
        *typeVer = LIBVIR_VERSION_NUMBER;
    }
    return 0;
}

/* What NULL and "" mean: LIBVIRT_DEFAULT_URI, else nothing is known to be here yet. */
static const char *
defaultName(void)
{
    const char *asked = g_getenv("LIBVIRT_DEFAULT_URI");

    return asked && *asked ? asked : NULL;
}

static void
adopt(virConnectPtr conn, const virDriver *driver)
{
    conn->driver = driver;
    conn->hypervisor = driver->hypervisor;
    conn->network = driver->network;
    conn->storage = driver->storage;
    conn->interface = driver->interface;
    conn->nodedev = driver->nodedev;
    conn->secret = driver->secret;
    conn->nwfilter = driver->nwfilter;
}

static virConnectPtr
openConnection(const char *name, virConnectAuthPtr auth, unsigned int flags)
{
    g_autoptr(virURI) uri = NULL;
    const virDriver *driver = NULL;
    virConnectPtr conn;

    initializeOnce();
    if (!name || !*name)
        name = defaultName();
    if (!name) {
        virErrorRaise(VIR_FROM_NONE, VIR_ERR_NO_CONNECT,
                      "no URI was given and no hypervisor was found; set LIBVIRT_DEFAULT_URI");
        return NULL;
    }
    uri = virURIParse(name);
    if (!uri)
        return NULL;
    /* A URI with a transport or a host belongs to the remote driver. */
    if (!uri->transport && !uri->server)
        driver = virDriverFind(uri->driver);
    else
        driver = virDriverFind("remote");
    if (!driver) {
        virErrorRaise(VIR_FROM_NONE, VIR_ERR_NO_CONNECT,
                      "no connection driver available for %s", name);
        return NULL;
    }
    conn = virHandleNew(&virConnectClass);
    g_mutex_init(&conn->lock);
    conn->flags = flags;
    conn->uri = g_steal_pointer(&uri);
    if (driver->ConnectOpen(conn, auth, flags) < 0) {
        virHandleUnref(&conn->handle);
        return NULL;
    }
    adopt(conn, driver);
    return conn;
}

virConnectPtr
localConnectOpen(const char *name)
{
    return openConnection(name, NULL, 0);
}

virConnectPtr
localConnectOpenReadOnly(const char *name)
{
    return openConnection(name, NULL, VIR_CONNECT_RO);
}

virConnectPtr
localConnectOpenAuth(const char *name, virConnectAuthPtr auth, unsigned int flags)
{
    return openConnection(name, auth, flags);
}

int
localConnectClose(virConnectPtr conn)
{
    return virHandleUnref(&conn->handle) > 0 ? 1 : 0;
}

int
localConnectRegisterCloseCallback(virConnectPtr conn, virConnectCloseFunc cb, void *opaque,
                                  virFreeCallback freecb)
{
    bool taken;

    g_mutex_lock(&conn->lock);
    taken = conn->closeCallback != NULL;
    if (!taken) {
        conn->closeCallback = cb;
        conn->closeData = opaque;
        conn->closeFree = freecb;
    }
    g_mutex_unlock(&conn->lock);
    if (taken) {
        virErrorRaise(VIR_FROM_NONE, VIR_ERR_OPERATION_INVALID,
                      "a close callback is already registered");
        return -1;
    }
    return 0;
}

int
localConnectUnregisterCloseCallback(virConnectPtr conn, virConnectCloseFunc cb)
{
    virFreeCallback release = NULL;
    void *data = NULL;
    bool found;

    g_mutex_lock(&conn->lock);
    found = conn->closeCallback && conn->closeCallback == cb;
    if (found) {
        release = conn->closeFree;
        data = conn->closeData;
        conn->closeCallback = NULL;
        conn->closeFree = NULL;
        conn->closeData = NULL;
    }
    g_mutex_unlock(&conn->lock);
    if (!found) {
        virErrorRaise(VIR_FROM_NONE, VIR_ERR_OPERATION_INVALID,
                      "this close callback is not registered");
        return -1;
    }
    if (release)
        release(data);
    return 0;
}

/* Asks for credentials on the terminal. */
static int
askOnTerminal(virConnectCredentialPtr credentials, unsigned int count, void *opaque G_GNUC_UNUSED)
{
    unsigned int i;

    for (i = 0; i < count; i++) {
        virConnectCredentialPtr one = &credentials[i];
        char line[1024] = "";
        const char *typed = NULL;

        if (one->type == VIR_CRED_PASSPHRASE || one->type == VIR_CRED_NOECHOPROMPT) {
            g_autofree char *prompt = g_strdup_printf("%s: ", one->prompt);

            typed = getpass(prompt);
        } else {
            printf("%s: ", one->prompt);
            fflush(stdout);
            if (fgets(line, sizeof(line), stdin))
                typed = g_strchomp(line);
        }
        if (!typed)
            return -1;
        one->result = g_strdup(*typed || !one->defresult ? typed : one->defresult);
        one->resultlen = (unsigned int) strlen(one->result);
    }
    return 0;
}

static int terminalKinds[] = {
    VIR_CRED_AUTHNAME,
    VIR_CRED_ECHOPROMPT,
    VIR_CRED_PASSPHRASE,
    VIR_CRED_NOECHOPROMPT,
};

static virConnectAuth terminalAuth = {
    .credtype = terminalKinds,
    .ncredtype = G_N_ELEMENTS(terminalKinds),
    .cb = askOnTerminal,
};

VIR_PUBLIC virConnectAuthPtr virConnectAuthPtrDefault = &terminalAuth;
