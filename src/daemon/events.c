/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What clients listen for, and the messages that tell them. */

#include "daemon/events.h"

#include <libvirt/libvirt-qemu.h>
#include <libvirt/virterror.h>

#include "daemon/access.h"
#include "daemon/qemu.h"
#include "daemon/remote.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "wire/qemu.h"
#include "wire/remote.h"
#include "wire/remote_objects.h"

struct virServeListener {
    int refs;               /* the client's list, and the driver's callback */
    virServeClient *client;
    const virHandleClass *class;
    int id;                 /* of the callback, written under registering */
    int event;              /* of a client that is told without the callback's number, else -1 */
};

/* Listeners of QEMU monitors are no class of objects, but found like one. */
static const virHandleClass monitorClass = { .name = "monitor" };

/* Held while a callback is registered, so that its relay knows the number when it runs. */
static GMutex registering;

/* Whether the client may listen was asked before: nobody waits for an answer with the lock held. */
static void
beginRegistering(void)
{
    g_mutex_lock(&registering);
    virConnectGuardLift(true);
}

static void
endRegistering(void)
{
    virConnectGuardLift(false);
    g_mutex_unlock(&registering);
}

static void
unref(virServeListener *listener)
{
    if (__atomic_sub_fetch(&listener->refs, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    virServeClientUnref(listener->client);
    g_free(listener);
}

static void
unrefFromDriver(void *opaque)
{
    unref(opaque);
}

int
virServeListenerId(void *listener)
{
    int id;

    g_mutex_lock(&registering);
    id = ((virServeListener *) listener)->id;
    g_mutex_unlock(&registering);
    return id;
}

void
virServeTell(void *listener, const virWireProcedure *procedure, const void *message,
             virConnectPtr conn, virAccessPermission permission, const void *handle)
{
    virDaemonAccessTell(((virServeListener *) listener)->client, conn, permission, handle,
                        procedure, message);
}

/* --- registering ---------------------------------------------------------------------------------- */

/* How messages call what a class of objects tells of. */
static const char *
wordsOf(const virHandleClass *class)
{
    if (class == &virNetworkClass)
        return "network event";
    if (class == &virStoragePoolClass)
        return "storage pool event";
    if (class == &virNodeDeviceClass)
        return "node device event";
    if (class == &virSecretClass)
        return "secret event";
    return class == &monitorClass ? "qemu monitor event" : "domain event";
}

static int
registerWith(virConnectPtr conn, const virHandleClass *class, void *object, int event,
             virConnectDomainEventGenericCallback relay, virServeListener *listener)
{
    if (class == &virDomainClass)
        return virConnectDomainEventRegisterAny(conn, object, event, relay, listener,
                                                unrefFromDriver);
    if (class == &virNetworkClass)
        return virConnectNetworkEventRegisterAny(
            conn, object, event, (virConnectNetworkEventGenericCallback) (void (*)(void)) relay,
            listener, unrefFromDriver);
    if (class == &virStoragePoolClass)
        return virConnectStoragePoolEventRegisterAny(
            conn, object, event,
            (virConnectStoragePoolEventGenericCallback) (void (*)(void)) relay, listener,
            unrefFromDriver);
    if (class == &virNodeDeviceClass)
        return virConnectNodeDeviceEventRegisterAny(
            conn, object, event, (virConnectNodeDeviceEventGenericCallback) (void (*)(void)) relay,
            listener, unrefFromDriver);
    return virConnectSecretEventRegisterAny(
        conn, object, event, (virConnectSecretEventGenericCallback) (void (*)(void)) relay,
        listener, unrefFromDriver);
}

static int
deregisterWith(virConnectPtr conn, const virHandleClass *class, int id)
{
    if (class == &virDomainClass)
        return virConnectDomainEventDeregisterAny(conn, id);
    if (class == &virNetworkClass)
        return virConnectNetworkEventDeregisterAny(conn, id);
    if (class == &virStoragePoolClass)
        return virConnectStoragePoolEventDeregisterAny(conn, id);
    if (class == &virNodeDeviceClass)
        return virConnectNodeDeviceEventDeregisterAny(conn, id);
    if (class == &monitorClass)
        return virConnectDomainQemuMonitorEventDeregister(conn, id);
    return virConnectSecretEventDeregisterAny(conn, id);
}

static const virServeEvent *
findEvent(const virHandleClass *class, int id)
{
    const virServeEvent *event;

    for (event = virServeRemoteEvents; event->class; event++) {
        if (event->class == class && event->event == id)
            return event;
    }
    virErrorRaise(VIR_FROM_RPC, VIR_ERR_INTERNAL_ERROR, "unsupported %s ID %d",
                  class == &virDomainClass ? "event" : wordsOf(class), id);
    return NULL;
}

/* One reference is the client's, the other that of the callback which is going to be registered. */
static virServeListener *
newListener(virServeClient *client, const virHandleClass *class, int event)
{
    virServeListener *listener = g_new0(virServeListener, 1);

    listener->refs = 2;
    listener->client = client;
    listener->class = class;
    listener->event = event;
    virServeClientRef(client);
    return listener;
}

/* Keeps it in the client's list; registering failed when its number is negative. */
static int
keep(virServeListener *listener)
{
    virServeClient *client = listener->client;
    int number = listener->id;

    if (number < 0) {
        unref(listener);
        unref(listener);
        return -1;
    }
    g_mutex_lock(&client->lock);
    if (!client->listeners)
        client->listeners = g_ptr_array_new();
    g_ptr_array_add(client->listeners, listener);
    g_mutex_unlock(&client->lock);
    return number;
}

/* The driver's number of the new callback, -1 with an error raised. */
static int
listen(virServeCall *call, const virHandleClass *class, void *object, int id)
{
    const virServeEvent *event = findEvent(class, id);
    virServeListener *listener;

    if (!event || !virDaemonAccessMay(call->conn, event->permission))
        return -1;
    listener = newListener(call->client, class, /* event= */ -1);
    beginRegistering();
    listener->id = registerWith(call->conn, class, object, id, event->relay, listener);
    endRegistering();
    return keep(listener);
}

/*
 * Takes a callback that the client registered out of its list; NULL when there is none. `event` is not
 * negative for one that is known by its event, `id` for one that is known by its number.
 */
static virServeListener *
take(virServeClient *client, const virHandleClass *class, int id, int event)
{
    virServeListener *found = NULL;
    guint i;

    g_mutex_lock(&client->lock);
    for (i = 0; client->listeners && i < client->listeners->len && !found; i++) {
        virServeListener *one = g_ptr_array_index(client->listeners, i);

        if (one->class == class && one->event == event && (event >= 0 || one->id == id)) {
            found = one;
            g_ptr_array_remove_index(client->listeners, i);
        }
    }
    g_mutex_unlock(&client->lock);
    return found;
}

static int
ignore(virServeCall *call, const virHandleClass *class, int id)
{
    virServeListener *listener = take(call->client, class, id, /* event= */ -1);

    if (!listener) {
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_INTERNAL_ERROR, "%s callback %d not registered",
                      wordsOf(class), id);
        return -1;
    }
    unref(listener);
    return deregisterWith(call->conn, class, id);
}

void
virServeEventsForget(virServeClient *client, virConnectPtr conn)
{
    g_autoptr(GPtrArray) gone = NULL;
    guint i;

    g_mutex_lock(&client->lock);
    gone = g_steal_pointer(&client->listeners);
    g_mutex_unlock(&client->lock);
    /* The daemon's own doing, whatever the client may. */
    virConnectGuardLift(true);
    for (i = 0; gone && i < gone->len; i++) {
        virServeListener *listener = g_ptr_array_index(gone, i);

        if (conn)
            deregisterWith(conn, listener->class, listener->id);
        unref(listener);
    }
    virConnectGuardLift(false);
}

/* --- procedures ----------------------------------------------------------------------------------- */

/* One of the two procedures of a kind of event: which object, and the number of the event. */
#define REGISTER(name, object_, open)                                                           \
    int                                                                                         \
    serve##name(virServeCall *call, const void *args, void *ret)                                \
    {                                                                                           \
        const virWire##name##Args *in = args;                                                   \
        virWire##name##Ret *out = ret;                                                          \
        vir##object_##Ptr object = open;                                                        \
                                                                                                \
        out->callbackID = listen(call, &vir##object_##Class, object, in->eventID);              \
        virHandleUnref((virHandle *) object);                                                   \
        return out->callbackID < 0 ? -1 : 0;                                                    \
    }

#define DEREGISTER(name, object_)                                                               \
    int                                                                                         \
    serve##name(virServeCall *call, const void *args, void *ret G_GNUC_UNUSED)                  \
    {                                                                                           \
        return ignore(call, &vir##object_##Class, ((const virWire##name##Args *) args)->callbackID); \
    }

REGISTER(ConnectDomainEventCallbackRegisterAny, Domain,
         in->dom ? virDomainNew(call->conn, in->dom->name, in->dom->uuid, in->dom->id) : NULL)
DEREGISTER(ConnectDomainEventCallbackDeregisterAny, Domain)
REGISTER(ConnectNetworkEventRegisterAny, Network,
         in->net ? virNetworkNew(call->conn, in->net->name, in->net->uuid) : NULL)
DEREGISTER(ConnectNetworkEventDeregisterAny, Network)
REGISTER(ConnectStoragePoolEventRegisterAny, StoragePool,
         in->pool ? virStoragePoolNew(call->conn, in->pool->name, in->pool->uuid) : NULL)
DEREGISTER(ConnectStoragePoolEventDeregisterAny, StoragePool)
REGISTER(ConnectNodeDeviceEventRegisterAny, NodeDevice,
         in->dev ? virNodeDeviceNew(call->conn, in->dev->name, NULL) : NULL)
DEREGISTER(ConnectNodeDeviceEventDeregisterAny, NodeDevice)
REGISTER(ConnectSecretEventRegisterAny, Secret,
         in->secret ? virSecretNew(call->conn, in->secret->uuid, in->secret->usageType,
                                   in->secret->usageID)
                    : NULL)
DEREGISTER(ConnectSecretEventDeregisterAny, Secret)

/* --- the oldest ways to listen --------------------------------------------------------------------- */

/* Clients that do not know numbers of callbacks have one per event, of every domain. */
static bool
hasOld(virServeClient *client, int event)
{
    bool found = false;
    guint i;

    g_mutex_lock(&client->lock);
    for (i = 0; client->listeners && i < client->listeners->len && !found; i++)
        found = ((virServeListener *) g_ptr_array_index(client->listeners, i))->event == event;
    g_mutex_unlock(&client->lock);
    return found;
}

/* An event that such a client can be told of; NULL with an error raised. */
static const virServeEvent *
findOldEvent(int id)
{
    const virServeEvent *event = findEvent(&virDomainClass, id);

    if (event && !event->older) {
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_INTERNAL_ERROR, "unsupported event ID %d", id);
        return NULL;
    }
    return event;
}

static int
listenOld(virServeCall *call, int id)
{
    const virServeEvent *event = findOldEvent(id);
    virServeListener *listener;

    if (!event || !virDaemonAccessMay(call->conn, event->permission))
        return -1;
    if (hasOld(call->client, id)) {
        virErrorRaise(VIR_FROM_NONE, VIR_ERR_INVALID_ARG, "event callback already tracked");
        return -1;
    }
    listener = newListener(call->client, &virDomainClass, id);
    beginRegistering();
    listener->id = registerWith(call->conn, &virDomainClass, NULL, id, event->older, listener);
    endRegistering();
    return keep(listener) < 0 ? -1 : 0;
}

static int
ignoreOld(virServeCall *call, int id)
{
    virServeListener *listener;
    int number;

    if (!findOldEvent(id))
        return -1;
    listener = take(call->client, &virDomainClass, /* id= */ -1, id);
    if (!listener) {
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_INTERNAL_ERROR, "domain event %d not registered", id);
        return -1;
    }
    number = listener->id;
    unref(listener);
    return deregisterWith(call->conn, &virDomainClass, number);
}

int
serveConnectDomainEventRegister(virServeCall *call, const void *args G_GNUC_UNUSED,
                                void *ret G_GNUC_UNUSED)
{
    return listenOld(call, VIR_DOMAIN_EVENT_ID_LIFECYCLE);
}

int
serveConnectDomainEventDeregister(virServeCall *call, const void *args G_GNUC_UNUSED,
                                  void *ret G_GNUC_UNUSED)
{
    return ignoreOld(call, VIR_DOMAIN_EVENT_ID_LIFECYCLE);
}

int
serveConnectDomainEventRegisterAny(virServeCall *call, const void *args, void *ret G_GNUC_UNUSED)
{
    return listenOld(call, ((const virWireConnectDomainEventRegisterAnyArgs *) args)->eventID);
}

int
serveConnectDomainEventDeregisterAny(virServeCall *call, const void *args, void *ret G_GNUC_UNUSED)
{
    return ignoreOld(call, ((const virWireConnectDomainEventDeregisterAnyArgs *) args)->eventID);
}

/* --- monitors of QEMU ------------------------------------------------------------------------------ */

static void
relayMonitor(virConnectPtr conn, virDomainPtr dom, const char *event,
             long long seconds, unsigned int micros, const char *details, void *opaque)
{
    virWireDomainQemuMonitorEventMsg message = {
        .callbackID = virServeListenerId(opaque),
        .event = event,
        .seconds = seconds,
        .micros = micros,
        .details = details,
    };

    virWirePutDomain(&message.dom, dom);
    virServeTell(opaque, virWireProcDomainQemuMonitorEvent, &message, conn,
                 VIR_ACCESS_DOMAIN_GETATTR, dom);
}

int
serveConnectDomainQemuMonitorEventRegister(virServeCall *call, const void *args, void *ret)
{
    const virWireConnectDomainQemuMonitorEventRegisterArgs *in = args;
    virWireConnectDomainQemuMonitorEventRegisterRet *out = ret;
    virDomainPtr dom = in->dom ? virWireGetDomain(call->conn, in->dom) : NULL;
    virServeListener *listener;

    if (!virDaemonAccessMay(call->conn, VIR_ACCESS_CONNECT_SEARCH_DOMAINS) ||
        !virDaemonAccessMay(call->conn, VIR_ACCESS_CONNECT_WRITE)) {
        virHandleUnref((virHandle *) dom);
        return -1;
    }
    listener = newListener(call->client, &monitorClass, /* event= */ -1);
    beginRegistering();
    listener->id = virConnectDomainQemuMonitorEventRegister(call->conn, dom, in->event,
                                                            relayMonitor, listener,
                                                            unrefFromDriver, in->flags);
    endRegistering();
    virHandleUnref((virHandle *) dom);
    out->callbackID = keep(listener);
    return out->callbackID < 0 ? -1 : 0;
}

int
serveConnectDomainQemuMonitorEventDeregister(virServeCall *call, const void *args,
                                             void *ret G_GNUC_UNUSED)
{
    const virWireConnectDomainQemuMonitorEventDeregisterArgs *in = args;

    return ignore(call, &monitorClass, in->callbackID);
}
