/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Connections: their end, and what the library answers without a driver. */

#include "runtime/connect.h"

#include "base/log.h"
#include "runtime/error.h"
#include "runtime/local.h"

static void
disposeConnect(virHandle *handle)
{
    virConnectPtr conn = (virConnectPtr) handle;

    if (conn->driver)
        conn->driver->ConnectClose(conn);
    if (conn->guard)
        conn->guard->release(conn->guard);
    if (conn->close.release)
        conn->close.release(conn->close.opaque);
    localResetError(&conn->error);
    virURIFree(conn->uri);
    g_mutex_clear(&conn->lock);
}

const virHandleClass virConnectClass = {
    .name = "virConnect",
    .size = sizeof(struct _virConnect),
    .invalidCode = VIR_ERR_INVALID_CONN,
    .dispose = disposeConnect,
};

static void
disposeAdmConnect(virHandle *handle)
{
    virAdmConnectPtr conn = (virAdmConnectPtr) handle;

    if (conn->close)
        conn->close(conn);
}

const virHandleClass virAdmConnectClass = {
    .name = "virAdmConnect",
    .size = sizeof(struct _virAdmConnect),
    .invalidCode = VIR_ERR_INVALID_CONN,
    .dispose = disposeAdmConnect,
};

static _Thread_local bool guardLifted;

void
virConnectGuardLift(bool lifted)
{
    guardLifted = lifted;
}

bool
virConnectGuardIsLifted(void)
{
    return guardLifted;
}

int
localInitialize(void)
{
    static gsize done;
    static char *problem;

    if (g_once_init_enter(&done)) {
        problem = virLogConfigure();
        g_once_init_leave(&done, 1);
    }
    if (!problem)
        return 0;
    virErrorRaise(VIR_FROM_NONE, VIR_ERR_INVALID_ARG, "%s", problem);
    return -1;
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

int
localConnectClose(virConnectPtr conn)
{
    return virHandleUnref(&conn->handle) > 0 ? 1 : 0;
}

/* Takes the registration out, so that nothing is called twice; called with the lock held. */
static virCloseCallback
takeClose(virConnectPtr conn)
{
    virCloseCallback taken = conn->close;

    conn->close = (virCloseCallback) { .call = NULL };
    return taken;
}

int
localConnectRegisterCloseCallback(virConnectPtr conn, virConnectCloseFunc cb, void *opaque,
                                  virFreeCallback freecb)
{
    bool taken;

    g_mutex_lock(&conn->lock);
    taken = conn->close.call != NULL;
    if (!taken)
        conn->close = (virCloseCallback) { .call = cb, .opaque = opaque, .release = freecb };
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
    virCloseCallback found = { .call = NULL };

    g_mutex_lock(&conn->lock);
    if (conn->close.call == cb)
        found = takeClose(conn);
    g_mutex_unlock(&conn->lock);
    if (!found.call) {
        virErrorRaise(VIR_FROM_NONE, VIR_ERR_OPERATION_INVALID,
                      "this close callback is not registered");
        return -1;
    }
    if (found.release)
        found.release(found.opaque);
    return 0;
}

void
virConnectReportClosed(virConnectPtr conn, int reason)
{
    virCloseCallback found;

    g_mutex_lock(&conn->lock);
    found = takeClose(conn);
    g_mutex_unlock(&conn->lock);
    if (found.call)
        found.call(conn, reason, found.opaque);
    if (found.release)
        found.release(found.opaque);
}
