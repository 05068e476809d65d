/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What clients listen for, and the messages that tell them. */

#include "daemon/events.h"

#include <libvirt/virterror.h>

#include "daemon/qemu.h"
#include "daemon/remote.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "wire/remote.h"

struct virServeListener {
    int refs;               /* the client's list, and the driver's callback */
    virServeClient *client;
    const virHandleClass *class;
    int id;                 /* of the callback, written under registering */
};

/* Held while a callback is registered, so that its relay knows the number when it runs. */
static GMutex registering;

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
virServeTell(void *listener, const virWireProcedure *procedure, const void *message)
{
    virServeSend(((virServeListener *) listener)->client, procedure, message);
}

/* --- registering ---------------------------------------------------------------------------------- */

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
    virErrorRaise(VIR_FROM_EVENT, VIR_ERR_INVALID_ARG, "there is no event %d of a %s", id,
                  class->name);
    return NULL;
}

/* The driver's number of the new callback, -1 with an error raised. */
static int
listen(virServeCall *call, const virHandleClass *class, void *object, int id)
{
    const virServeEvent *event = findEvent(class, id);
    virServeClient *client = call->client;
    virServeListener *listener;
    int number;

    if (!event)
        return -1;
    listener = g_new0(virServeListener, 1);
    listener->refs = 2;
    listener->client = client;
    listener->class = class;
    virServeClientRef(client);
    g_mutex_lock(&registering);
    number = listener->id = registerWith(call->conn, class, object, id, event->relay, listener);
    g_mutex_unlock(&registering);
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

/* Takes a callback that the client registered out of its list; NULL when there is none. */
static virServeListener *
take(virServeClient *client, const virHandleClass *class, int id)
{
    virServeListener *found = NULL;
    guint i;

    g_mutex_lock(&client->lock);
    for (i = 0; client->listeners && i < client->listeners->len && !found; i++) {
        virServeListener *one = g_ptr_array_index(client->listeners, i);

        if (one->class == class && one->id == id) {
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
    virServeListener *listener = take(call->client, class, id);

    if (!listener) {
        virErrorRaise(VIR_FROM_EVENT, VIR_ERR_INTERNAL_ERROR,
                      "this client has no callback with the number %d", id);
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
    for (i = 0; gone && i < gone->len; i++) {
        virServeListener *listener = g_ptr_array_index(gone, i);

        if (conn)
            deregisterWith(conn, listener->class, listener->id);
        unref(listener);
    }
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

/*
 * Programs that do not ask for feature 14 are older than any that is in use; and no driver here
 * has a monitor whose events could be told.
 */
static int
refuse(const char *name)
{
    virErrorRaise(VIR_FROM_RPC, VIR_ERR_NO_SUPPORT, "vir%s", name);
    return -1;
}

#define REFUSE(name)                                                                            \
    int                                                                                         \
    serve##name(virServeCall *call G_GNUC_UNUSED, const void *args G_GNUC_UNUSED,               \
                void *ret G_GNUC_UNUSED)                                                        \
    {                                                                                           \
        return refuse(#name);                                                                \
    }

REFUSE(ConnectDomainEventRegister)
REFUSE(ConnectDomainEventDeregister)
REFUSE(ConnectDomainEventRegisterAny)
REFUSE(ConnectDomainEventDeregisterAny)
REFUSE(ConnectDomainQemuMonitorEventRegister)
REFUSE(ConnectDomainQemuMonitorEventDeregister)
