/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Connections to a daemon: opening, authentication, signs of life, the end. */

#include "remote/remote.h"

#include <errno.h>
#include <stdalign.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "base/log.h"
#include "remote_call.h"
#include "remote_private.h"
#include "rpc/trace.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/local.h"
#include "wire/qemu.h"
#include "wire/remote.h"

#define SOURCE "remote.connect"

/* Every module is found by this symbol. */
#ifndef VIR_STATIC_MODULES
VIR_PUBLIC extern const virDriver *const virDriverModule;
const virDriver *const virDriverModule = &remoteDriver;
#endif

static remotePrivate *
privateOf(virConnectPtr conn)
{
    return conn->privateData;
}

/* --- what the client tells ------------------------------------------------------------------------ */

remoteListening *
remoteListeningOf(virConnectPtr conn)
{
    return privateOf(conn)->listening;
}

/* What the event loop does for a connection whose server lost the hypervisor. */
typedef struct {
    virConnectPtr conn;
    int reason;
} Closed;

static void
reportClosed(int timer, void *opaque)
{
    Closed *closed = opaque;

    localEventRemoveTimeout(timer);
    virConnectReportClosed(closed->conn, closed->reason);
}

static void
freeClosed(void *opaque)
{
    Closed *closed = opaque;

    virHandleUnref(&closed->conn->handle);
    g_free(closed);
}

/* Called with the lock held: the application is told by the event loop. */
static void
queueClosed(virConnectPtr conn, const virWireConnectEventConnectionClosedMsg *message)
{
    Closed *closed;

    if (!virHandleTryRef(&conn->handle))
        return;
    closed = g_new(Closed, 1);
    closed->conn = conn;
    closed->reason = message->reason;
    if (localEventAddTimeout(0, reportClosed, closed, freeClosed) < 0)
        freeClosed(closed);
}

/* The procedure of a message that answers no call; NULL when it is none that is known. */
static const virWireProcedure *
findMessage(const virMessageHeader *header)
{
    const virWireProgram *const programs[] = { &virWireProgramRemote, &virWireProgramQemu };
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(programs); i++) {
        const virWireProcedure *found = virWireFind(programs[i], header->procedure);

        if (programs[i]->number == header->program)
            return found && found->direction == VIR_WIRE_EVENT && found->args ? found : NULL;
    }
    return NULL;
}

static void
onEvent(virMessage *message, void *opaque)
{
    alignas(max_align_t) unsigned char value[VIR_WIRE_STRUCT_MAX];
    const virWireProcedure *procedure = findMessage(&message->header);
    remotePrivate *private = opaque;
    virXdrReader reader;

    if (!procedure) {
        VIR_LOG(VIR_LOG_DEBUG, SOURCE, "the server sent the message %d, which nobody knows",
                message->header.procedure);
        return;
    }
    virXdrReaderInit(&reader, message->payload, message->size);
    if (!virWireDecode(&reader, procedure->args, value)) {
        VIR_LOG(VIR_LOG_WARNING, SOURCE, "cannot read '%s' in the message %s", reader.field,
                procedure->name);
    } else {
        virTraceMessage(SOURCE, "received", NULL, &message->header, procedure, procedure->args,
                        value);
        g_mutex_lock(&private->lock);
        if (private->conn && procedure == virWireProcConnectEventConnectionClosed)
            queueClosed(private->conn, (const void *) value);
        else if (private->conn)
            remoteEventReceive(private->conn, procedure, value);
        g_mutex_unlock(&private->lock);
    }
    virXdrReaderClear(&reader);
}

/* A reference to a connection that may be closing just now; NULL when it is. */
static virConnectPtr
refConnection(remotePrivate *private)
{
    virConnectPtr conn;

    g_mutex_lock(&private->lock);
    conn = private->conn;
    if (conn && !virHandleTryRef(&conn->handle))
        conn = NULL;
    g_mutex_unlock(&private->lock);
    return conn;
}

static void
onClosed(int reason, void *opaque)
{
    virConnectPtr conn = refConnection(opaque);

    if (!conn)
        return;
    virConnectReportClosed(conn, reason);
    virHandleUnref(&conn->handle);
}

static void
freePrivate(void *opaque)
{
    remotePrivate *private = opaque;

    virEventStateFree(private->events);
    remoteListeningFree(private->listening);
    g_free(private->type);
    g_mutex_clear(&private->lock);
    g_free(private);
}

static const virClientHooks hooks = {
    .event = onEvent,
    .closed = onClosed,
    .released = freePrivate,
};

/* --- opening -------------------------------------------------------------------------------------- */

/* Whether the newest error says that no daemon listens there, though one may have been killed. */
static bool
nobodyListens(void)
{
    const virError *error = localGetLastError();

    return error && (error->int1 == ENOENT || error->int1 == ECONNREFUSED);
}

/* Connects; this user's daemon is started when it is wanted and does not run. */
static int
reach(virSocket *socket, const remotePlace *place)
{
    int lock, rc;

    if (virTransportConnect(place->transport, socket, &place->target) == 0)
        return 0;
    if (!place->session || !place->transport->local || !nobodyListens())
        return -1;
    virErrorReset();
    lock = remoteStartLock(place->target.path);
    if (lock < 0)
        return -1;
    /* Another client may have started one meanwhile. */
    rc = virTransportConnect(place->transport, socket, &place->target);
    if (rc < 0) {
        virErrorReset();
        rc = remoteStartDaemon();
        if (rc == 0)
            rc = virTransportConnect(place->transport, socket, &place->target);
    }
    close(lock);
    return rc;
}

static int
authenticateByPolkit(virClient *client)
{
    virWireAuthPolkitRet ret;
    virXdrReader reply = { 0 };

    if (remoteClientCall(client, virWireProcAuthPolkit, NULL, &ret, &reply) < 0)
        return -1;
    virXdrReaderClear(&reply);
    return 0;
}

/* Does what the server asks for, if it offers several ways the first that is possible. */
static int
authenticate(virClient *client)
{
    virWireAuthListRet ret;
    virXdrReader reply = { 0 };
    bool none = false, polkit = false;
    size_t i;

    if (remoteClientCall(client, virWireProcAuthList, NULL, &ret, &reply) < 0)
        return -1;
    for (i = 0; i < ret.types.count; i++) {
        none = none || ret.types.items[i] == REMOTE_AUTH_NONE;
        polkit = polkit || ret.types.items[i] == REMOTE_AUTH_POLKIT;
    }
    none = none || !ret.types.count;
    virXdrReaderClear(&reply);
    if (none)
        return 0;
    if (polkit)
        return authenticateByPolkit(client);
    virErrorRaise(VIR_FROM_REMOTE, VIR_ERR_AUTH_UNAVAILABLE,
                  "the server asks for SASL, which is not built into this library");
    return -1;
}

static bool
serverHasKeepalive(virConnectPtr conn)
{
    return remoteHasFeature(conn, VIR_DRV_FEATURE_PROGRAM_KEEPALIVE);
}

/* Nobody named a URI: the server chose one. */
static int
learnURI(virConnectPtr conn)
{
    virWireConnectGetURIRet ret;
    virXdrReader reply = { 0 };

    if (remoteCall(conn, virWireProcConnectGetURI, NULL, &ret, &reply) < 0)
        return -1;
    conn->uri = virURIParse(ret.uri);
    virXdrReaderClear(&reply);
    return conn->uri ? 0 : -1;
}

static int
greet(virConnectPtr conn, const char *name, unsigned int flags)
{
    virWireConnectOpenArgs args = {
        .name = name,
        .flags = flags & (VIR_CONNECT_RO | VIR_CONNECT_NO_ALIASES),
    };
    virClient *client = privateOf(conn)->client;

    if (authenticate(client) < 0)
        return -1;
    /* Asked before anything else, because the server then asks us, too. */
    if (virClientHasLoop(client))
        serverHasKeepalive(conn);
    if (remoteClientCall(client, virWireProcConnectOpen, &args, NULL, NULL) < 0)
        return -1;
    return conn->uri ? 0 : learnURI(conn);
}

int
remoteConnectOpen(virConnectPtr conn, virConnectAuthPtr auth G_GNUC_UNUSED, unsigned int flags)
{
    g_auto(remotePlace) place = { 0 };
    remotePrivate *private;
    virSocket socket;

    if (remotePlaceFind(&place, conn->uri, flags) < 0 || reach(&socket, &place) < 0)
        return -1;
    private = g_new0(remotePrivate, 1);
    g_mutex_init(&private->lock);
    private->listening = remoteListeningNew();
    private->conn = conn;
    private->events = conn->events = virEventStateNew();
    private->client = virClientNew(&socket, &hooks, private);
    conn->privateData = private;
    if (greet(conn, place.name, flags) == 0)
        return 0;
    conn->privateData = NULL;
    conn->events = NULL;
    private->conn = NULL;
    virClientClose(private->client);
    virClientUnref(private->client);
    return -1;
}

int
remoteConnectClose(virConnectPtr conn)
{
    remotePrivate *private = privateOf(conn);

    remoteClientSayGoodbye(private->client, virWireProcConnectClose);
    virErrorReset();
    g_mutex_lock(&private->lock);
    private->conn = NULL;
    g_mutex_unlock(&private->lock);
    conn->events = NULL;
    conn->privateData = NULL;
    virClientClose(private->client);
    virClientUnref(private->client);
    return 0;
}

/* --- what is answered here ------------------------------------------------------------------------ */

/* The text is the connection's, so it is asked for once. */
const char *
remoteConnectGetType(virConnectPtr conn)
{
    remotePrivate *private = privateOf(conn);
    virWireConnectGetTypeRet ret;
    virXdrReader reply = { 0 };
    char *type = __atomic_load_n(&private->type, __ATOMIC_ACQUIRE), *none = NULL;

    if (type)
        return type;
    if (remoteCall(conn, virWireProcConnectGetType, NULL, &ret, &reply) < 0)
        return NULL;
    type = g_strdup(ret.type);
    virXdrReaderClear(&reply);
    if (__atomic_compare_exchange_n(&private->type, &none, type, /* weak= */ false,
                                    __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
        return type;
    g_free(type);
    return none;
}

char *
remoteConnectGetURI(virConnectPtr conn)
{
    return virURIFormat(conn->uri);
}

int
remoteConnectIsAlive(virConnectPtr conn)
{
    return virClientAlive(privateOf(conn)->client);
}

int
remoteConnectIsEncrypted(virConnectPtr conn)
{
    virClient *client = privateOf(conn)->client;

    /* What stays on this machine needs no encryption, and has none. */
    return virClientSecure(client) && !virClientLocal(client);
}

int
remoteConnectIsSecure(virConnectPtr conn)
{
    virWireConnectIsSecureRet ret;
    virXdrReader reply = { 0 };

    /* The way behind the server counts, too. */
    if (!virClientSecure(privateOf(conn)->client))
        return 0;
    if (remoteCall(conn, virWireProcConnectIsSecure, NULL, &ret, &reply) < 0)
        return -1;
    virXdrReaderClear(&reply);
    return ret.secure ? 1 : 0;
}

int
remoteConnectSetKeepAlive(virConnectPtr conn, int interval, unsigned int count)
{
    virClient *client = privateOf(conn)->client;

    if (!virClientHasLoop(client)) {
        virErrorRaise(VIR_FROM_REMOTE, VIR_ERR_INTERNAL_ERROR,
                      "signs of life need an event loop, registered before the connection");
        return -1;
    }
    if (!serverHasKeepalive(conn))
        return 1;
    virClientKeepalive(client, interval, count);
    return 0;
}

int
remoteSupportsFeature(virConnectPtr conn, int feature)
{
    return remoteHasFeature(conn, feature);
}
