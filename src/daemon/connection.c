/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Procedures that the daemon answers itself: authentication, opening, closing, and what it can do. */

#include <string.h>

#include <libvirt/virterror.h>

#include "daemon/access.h"
#include "daemon/admin.h"
#include "daemon/administration.h"
#include "daemon/client.h"
#include "daemon/daemon.h"
#include "daemon/events.h"
#include "daemon/lxc.h"
#include "daemon/qemu.h"
#include "daemon/remote.h"
#include "daemon/server.h"
#include "daemon/stream.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/uri.h"
#include "wire/remote.h"

const virServeProgram *const virDaemonPrograms[] = { &virServeRemote, &virServeQemu, &virServeLxc,
                                                     NULL };
const virServeProgram *const virDaemonAdminPrograms[] = { &virServeAdmin, NULL };

/* --- authentication ------------------------------------------------------------------------------- */

int
serveAuthList(virServeCall *call, const void *args G_GNUC_UNUSED, void *ret)
{
    virWireAuthListRet *answer = ret;
    int *types = virServeAlloc(call, 1, sizeof(*types));

    /* Whoever is authenticated by now needs no more of it. */
    types[0] = call->client->authenticated ? REMOTE_AUTH_NONE
               : call->client->auth == VIR_SERVE_AUTH_POLKIT ? REMOTE_AUTH_POLKIT
                                                             : REMOTE_AUTH_SASL;
    answer->types.items = types;
    answer->types.count = 1;
    return 0;
}

/* Ways that no socket of this build asks for; a client that tries one of its own accord is told. */
static int
refuseAuth(const char *way)
{
    virErrorRaise(VIR_FROM_RPC, VIR_ERR_AUTH_FAILED,
                  "this connection does not ask for authentication by %s", way);
    return -1;
}

int
serveAuthPolkit(virServeCall *call, const void *args G_GNUC_UNUSED, void *ret)
{
    virWireAuthPolkitRet *answer = ret;
    virServeClient *client = call->client;
    bool first;

    if (client->auth != VIR_SERVE_AUTH_POLKIT)
        return refuseAuth("polkit");
    if (virDaemonAccessAuthenticate(client) < 0)
        return -1;
    g_mutex_lock(&client->lock);
    first = !client->authenticated && !client->dead;
    if (first)
        client->authenticated = true;
    g_mutex_unlock(&client->lock);
    if (first)
        virServerAuthenticated(client->server);
    answer->complete = 1;
    return 0;
}

int
serveAuthSaslInit(virServeCall *call G_GNUC_UNUSED, const void *args G_GNUC_UNUSED,
                  void *ret G_GNUC_UNUSED)
{
    return refuseAuth("SASL");
}

int
serveAuthSaslStart(virServeCall *call G_GNUC_UNUSED, const void *args G_GNUC_UNUSED,
                   void *ret G_GNUC_UNUSED)
{
    return refuseAuth("SASL");
}

int
serveAuthSaslStep(virServeCall *call G_GNUC_UNUSED, const void *args G_GNUC_UNUSED,
                  void *ret G_GNUC_UNUSED)
{
    return refuseAuth("SASL");
}

/* --- opening and closing -------------------------------------------------------------------------- */

/*
 * What a client may name: drivers of this daemon. A way to another server would be gone with the
 * rights of the daemon, and `ext` runs any program.
 */
static bool
leadsElsewhere(const char *name)
{
    g_autoptr(virURI) uri = name && strchr(name, ':') ? virURIParse(name) : NULL;

    virErrorReset();
    if (!uri || (!uri->transport && !uri->server))
        return false;
    virErrorRaise(VIR_FROM_NONE, VIR_ERR_NO_CONNECT, "%s", name);
    return true;
}

/* What the client may do with the connection is checked from the beginning. */
static virConnectPtr
openChecked(const virServeClient *client, const char *name, unsigned int flags)
{
    virConnectPtr conn = virConnectOpenAuth(name, NULL, flags);

    if (!conn)
        return NULL;
    virDaemonAccessGuard(client, conn);
    if (virDaemonAccessMay(conn, VIR_ACCESS_CONNECT_GETATTR))
        return conn;
    virHandleUnref((virHandle *) conn);
    return NULL;
}

int
serveConnectOpen(virServeCall *call, const void *args, void *ret G_GNUC_UNUSED)
{
    const virWireConnectOpenArgs *wanted = args;
    virServeClient *client = call->client;
    unsigned int flags = wanted->flags & (VIR_CONNECT_RO | VIR_CONNECT_NO_ALIASES);
    virConnectPtr conn;
    bool taken;

    if (call->conn) {
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_INTERNAL_ERROR, "connection already open");
        return -1;
    }
    if (leadsElsewhere(wanted->name))
        return -1;
    if (client->readOnly)
        flags |= VIR_CONNECT_RO;
    conn = openChecked(client, wanted->name, flags);
    if (!conn)
        return -1;
    g_mutex_lock(&client->lock);
    taken = !client->conn && !client->dead;
    if (taken)
        client->conn = conn;
    g_mutex_unlock(&client->lock);
    if (taken) {
        virServeClientOpened(client);
        return 0;
    }
    /* Two at once, or the client has left meanwhile. */
    virConnectClose(conn);
    virErrorRaise(VIR_FROM_RPC, VIR_ERR_INTERNAL_ERROR, "connection already open");
    return -1;
}

int
serveConnectClose(virServeCall *call, const void *args G_GNUC_UNUSED, void *ret G_GNUC_UNUSED)
{
    virServeClient *client = call->client;
    virConnectPtr conn;

    g_mutex_lock(&client->lock);
    conn = client->conn;
    client->conn = NULL;
    g_mutex_unlock(&client->lock);
    virServeStreamsAbort(client);
    virServeEventsForget(client, conn);
    /* What belongs to the connection is gone before the answer, so that the next one does not find it. */
    virHandleUnref((virHandle *) call->conn);
    call->conn = NULL;
    if (conn)
        virConnectClose(conn);
    call->last = true;
    return 0;
}

int
serveAdmConnectOpen(virServeCall *call, const void *args G_GNUC_UNUSED, void *ret G_GNUC_UNUSED)
{
    virServeClient *client = call->client;

    g_mutex_lock(&client->lock);
    if (!client->admin)
        client->admin = virDaemonAdminNew();
    g_mutex_unlock(&client->lock);
    virServeClientOpened(client);
    return 0;
}

int
serveAdmConnectClose(virServeCall *call, const void *args G_GNUC_UNUSED, void *ret G_GNUC_UNUSED)
{
    call->last = true;
    return 0;
}

/* --- what it can do ------------------------------------------------------------------------------- */

/* The client understands to be asked for signs of life, so it is. */
static void
startKeepalive(virServeClient *client)
{
    unsigned int count;
    int interval;

    virServerGetKeepalive(client->server, &interval, &count);
    if (interval <= 0)
        return;
    g_mutex_lock(&client->lock);
    virKeepaliveStart(&client->keepalive, interval, count, g_get_monotonic_time());
    __atomic_store_n(&client->wantsKeepalive, true, __ATOMIC_RELAXED);
    g_mutex_unlock(&client->lock);
    virDaemonWatchClients(virTheDaemon);
}

int
serveConnectSupportsFeature(virServeCall *call, const void *args, void *ret)
{
    const virWireConnectSupportsFeatureArgs *asked = args;
    virWireConnectSupportsFeatureRet *answer = ret;

    if (asked->feature == VIR_DRV_FEATURE_PROGRAM_KEEPALIVE) {
        startKeepalive(call->client);
        answer->supported = 1;
        return 0;
    }
    if (!call->conn) {
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_INTERNAL_ERROR, "hypervisor connection not open");
        return -1;
    }
    if (!virDaemonAccessMay(call->conn, VIR_ACCESS_CONNECT_GETATTR))
        return -1;
    /* What the daemon has itself, whatever the driver behind it. */
    switch (asked->feature) {
    case VIR_DRV_FEATURE_FD_PASSING:
    case VIR_DRV_FEATURE_TYPED_PARAM_STRING:
    case VIR_DRV_FEATURE_REMOTE_EVENT_CALLBACK:
    case VIR_DRV_FEATURE_REMOTE_CLOSE_CALLBACK:
    case VIR_DRV_FEATURE_NETWORK_UPDATE_HAS_CORRECT_ORDER:
        answer->supported = 1;
        break;
    default:
        answer->supported = virDriverHasFeature(call->conn, asked->feature);
    }
    return 0;
}

/* --- the hypervisor's end ------------------------------------------------------------------------- */

static void
onClosed(virConnectPtr conn G_GNUC_UNUSED, int reason, void *opaque)
{
    virWireConnectEventConnectionClosedMsg message = { .reason = reason };

    virServeSend(opaque, virWireProcConnectEventConnectionClosed, &message);
}

static void
unrefClient(void *opaque)
{
    virServeClientUnref(opaque);
}

int
serveConnectRegisterCloseCallback(virServeCall *call, const void *args G_GNUC_UNUSED,
                                  void *ret G_GNUC_UNUSED)
{
    if (!virDaemonAccessMay(call->conn, VIR_ACCESS_CONNECT_GETATTR))
        return -1;
    virServeClientRef(call->client);
    if (virConnectRegisterCloseCallback(call->conn, onClosed, call->client, unrefClient) == 0)
        return 0;
    virServeClientUnref(call->client);
    return -1;
}

int
serveConnectUnregisterCloseCallback(virServeCall *call, const void *args G_GNUC_UNUSED,
                                    void *ret G_GNUC_UNUSED)
{
    if (!virDaemonAccessMay(call->conn, VIR_ACCESS_CONNECT_GETATTR))
        return -1;
    return virConnectUnregisterCloseCallback(call->conn, onClosed);
}
