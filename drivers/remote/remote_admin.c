/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Connections to the administration socket of a daemon. */

#include "remote/remote.h"

#include <string.h>
#include <unistd.h>

#include <libvirt/libvirt-admin.h>
#include <libvirt/virterror.h>

#include "remote_call.h"
#include "rpc/client.h"
#include "rpc/transport.h"
#include "runtime/clientconfig.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/local.h"
#include "runtime/uri.h"
#include "wire/admin.h"

#define DAEMON "libvirtd"

/* Lives as long as its client, which may be in use for a moment after the connection was closed. */
typedef struct {
    virClient *client;
    virURI *uri;

    /* Guards what follows; nothing is called out with it held. */
    GMutex lock;
    virAdmConnectPtr conn;      /* NULL once it is closed; not a reference */
    virAdmConnectCloseFunc call;
    void *opaque;
    virFreeCallback release;
} Private;

static Private *
privateOf(virAdmConnectPtr conn)
{
    return conn->privateData;
}

int
localAdmInitialize(void)
{
    return localInitialize();
}

int
localAdmGetVersion(unsigned long long *libVer)
{
    *libVer = LIBVIR_VERSION_NUMBER;
    return 0;
}

/* --- what the client tells ------------------------------------------------------------------------ */

static void
onEvent(virMessage *message G_GNUC_UNUSED, void *opaque G_GNUC_UNUSED)
{
    /* The program has no events. */
}

static void
onClosed(int reason, void *opaque)
{
    Private *private = opaque;
    virAdmConnectCloseFunc call = NULL;
    virFreeCallback release = NULL;
    virAdmConnectPtr conn;
    void *data = NULL;

    g_mutex_lock(&private->lock);
    conn = private->conn;
    if (conn && !virHandleTryRef(&conn->handle))
        conn = NULL;
    if (conn) {
        call = g_steal_pointer(&private->call);
        data = private->opaque;
        release = g_steal_pointer(&private->release);
    }
    g_mutex_unlock(&private->lock);
    if (call)
        call(conn, reason, data);
    if (release)
        release(data);
    if (conn)
        virHandleUnref(&conn->handle);
}

static void
freePrivate(void *opaque)
{
    Private *private = opaque;

    virURIFree(private->uri);
    g_mutex_clear(&private->lock);
    g_free(private);
}

static const virClientHooks hooks = {
    .event = onEvent,
    .closed = onClosed,
    .released = freePrivate,
};

/* --- opening -------------------------------------------------------------------------------------- */

/* What NULL means, or an alias of the configuration file; NULL with an error raised. */
static char *
resolveName(const char *name)
{
    g_autofree char *path = geteuid() == 0
        ? g_strdup(VIR_SYSCONFDIR "/libvirt/libvirt-admin.conf")
        : g_build_filename(g_get_user_config_dir(), "libvirt", "libvirt-admin.conf", NULL);
    g_autoptr(virConfig) config = virClientConfigRead(path);
    const char *asked = g_getenv("LIBVIRT_ADMIN_DEFAULT_URI");
    char *found = NULL;

    if (!config)
        return NULL;
    if (name && *name) {
        if (!virClientConfigAlias(config, name, &found))
            return NULL;
        return found ? found : g_strdup(name);
    }
    if (asked && *asked)
        return g_strdup(asked);
    if (!virClientConfigDefault(config, &found))
        return NULL;
    if (found)
        return found;
    return g_strdup(geteuid() == 0 ? DAEMON ":///system" : DAEMON ":///session");
}

/* The socket that a URI means: every daemon has its own, and its own for each user. */
static char *
findSocket(const virURI *uri)
{
    const char *asked = virURIParameterValue(uri, "socket");
    g_autofree char *folder = NULL;

    if (uri->server || (uri->transport && !g_str_equal(uri->transport, "unix"))) {
        virErrorRaise(VIR_FROM_ADMIN, VIR_ERR_NO_CONNECT,
                      "administration goes through unix sockets of this machine only");
        return NULL;
    }
    if (g_str_equal(uri->path, "/system"))
        folder = g_strdup(VIR_RUNSTATEDIR "/libvirt");
    else if (g_str_equal(uri->path, "/session"))
        folder = g_build_filename(g_get_user_runtime_dir(), "libvirt", NULL);
    if (!folder) {
        virErrorRaise(VIR_FROM_ADMIN, VIR_ERR_NO_CONNECT,
                      "the path '%s' must be /system or /session", uri->path);
        return NULL;
    }
    if (asked)
        return g_strdup(asked);
    if (g_str_equal(uri->driver, DAEMON))
        return g_build_filename(folder, "libvirt-admin-sock", NULL);
    return g_strdup_printf("%s/%s-admin-sock", folder, uri->driver);
}

/* A client that the daemon accepted, which owns `private`; NULL with an error raised. */
static virClient *
greet(virSocket *socket, Private *private, unsigned int flags)
{
    virWireAdmConnectOpenArgs args = { .flags = flags };
    virClient *client = virClientNew(socket, &hooks, private);

    if (remoteClientCall(client, virWireProcAdmConnectOpen, &args, NULL, NULL) == 0)
        return client;
    virClientClose(client);
    virClientUnref(client);
    return NULL;
}

static void
closeConnection(virAdmConnectPtr conn)
{
    Private *private = privateOf(conn);
    virFreeCallback release;

    remoteClientSayGoodbye(private->client, virWireProcAdmConnectClose);
    virErrorReset();
    g_mutex_lock(&private->lock);
    private->conn = NULL;
    private->call = NULL;
    release = g_steal_pointer(&private->release);
    g_mutex_unlock(&private->lock);
    if (release)
        release(private->opaque);
    virClientClose(private->client);
    virClientUnref(private->client);
}

virAdmConnectPtr
localAdmConnectOpen(const char *name, unsigned int flags)
{
    g_auto(virTransportTarget) target = { 0 };
    g_autofree char *text = NULL;
    g_autoptr(virURI) uri = NULL;
    virAdmConnectPtr conn;
    virSocket socket;
    Private *private;
    virClient *client;

    localInitialize();
    text = resolveName(name);
    uri = text ? virURIParse(text) : NULL;
    target.path = uri ? findSocket(uri) : NULL;
    if (!target.path || virTransportConnect(virTransportFind("unix"), &socket, &target) < 0)
        return NULL;
    private = g_new0(Private, 1);
    g_mutex_init(&private->lock);
    client = greet(&socket, private, flags);
    if (!client)
        return NULL;
    conn = virHandleNew(&virAdmConnectClass);
    private->client = client;
    private->uri = g_steal_pointer(&uri);
    conn->admin = &remoteAdminDriver;
    conn->privateData = private;
    conn->close = closeConnection;
    g_mutex_lock(&private->lock);
    private->conn = conn;
    g_mutex_unlock(&private->lock);
    return conn;
}

int
localAdmConnectClose(virAdmConnectPtr conn)
{
    return virHandleUnref(&conn->handle);
}

/* --- what is answered here ------------------------------------------------------------------------ */

int
remoteAdminCall(virAdmConnectPtr conn, const virWireProcedure *procedure, const void *args,
                void *ret, virXdrReader *reply)
{
    return remoteClientCall(privateOf(conn)->client, procedure, args, ret, reply);
}

char *
remoteAdmConnectGetURI(virAdmConnectPtr conn)
{
    return virURIFormat(privateOf(conn)->uri);
}

int
remoteAdmConnectIsAlive(virAdmConnectPtr conn)
{
    return virClientAlive(privateOf(conn)->client);
}

int
localAdmConnectRegisterCloseCallback(virAdmConnectPtr conn, virAdmConnectCloseFunc cb, void *opaque,
                                     virFreeCallback freecb)
{
    Private *private = privateOf(conn);
    bool taken;

    g_mutex_lock(&private->lock);
    taken = private->call != NULL;
    if (!taken) {
        private->call = cb;
        private->opaque = opaque;
        private->release = freecb;
    }
    g_mutex_unlock(&private->lock);
    if (!taken)
        return 0;
    virErrorRaise(VIR_FROM_ADMIN, VIR_ERR_OPERATION_INVALID,
                  "a close callback is already registered");
    return -1;
}

int
localAdmConnectUnregisterCloseCallback(virAdmConnectPtr conn, virAdmConnectCloseFunc cb)
{
    Private *private = privateOf(conn);
    virFreeCallback release = NULL;
    void *data = NULL;
    bool found;

    g_mutex_lock(&private->lock);
    found = private->call && private->call == cb;
    if (found) {
        private->call = NULL;
        release = g_steal_pointer(&private->release);
        data = private->opaque;
    }
    g_mutex_unlock(&private->lock);
    if (!found) {
        virErrorRaise(VIR_FROM_ADMIN, VIR_ERR_OPERATION_INVALID,
                      "this close callback is not registered");
        return -1;
    }
    if (release)
        release(data);
    return 0;
}
