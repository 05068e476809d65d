/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Events of QEMU monitors: every callback is one of the server's, with its own filter there. */

#include "drivers/remote/remote_monitor.h"

#include <glib.h>
#include <libvirt/libvirt-qemu.h>

#include "drivers/remote/remote_event.h"
#include "remote/qemu_convert.h"
#include "remote/remote.h"
#include "remote/remote_convert.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/event.h"
#include "runtime/objects.h"

/* Listeners of the runtime are found by class and number: here that is the server's callback. */
static const virHandleClass monitorClass = { .name = "monitor" };

typedef struct {
    virEvent event;
    virEventKind kind;      /* of this one event: it has the callback's number */
    char *name;
    unsigned char uuid[VIR_UUID_BUFLEN];
    int id;
    char *what;
    long long seconds;
    unsigned int micros;
    char *details;
} MonitorEvent;

static void
deliver(const virEvent *event, virConnectPtr conn, virFreeCallback cb, void *opaque)
{
    const MonitorEvent *self = (const MonitorEvent *) event;
    virConnectDomainQemuMonitorEventCallback call =
        (virConnectDomainQemuMonitorEventCallback) (void (*)(void)) cb;
    virDomainPtr domain = virDomainNew(conn, self->name, self->uuid, self->id);

    call(conn, domain, self->what, self->seconds, self->micros, self->details, opaque);
    virHandleUnref(&domain->handle);
}

static void
clear(virEvent *event)
{
    MonitorEvent *self = (MonitorEvent *) event;

    g_free(self->name);
    g_free(self->what);
    g_free(self->details);
}

void
remoteMonitorReceive(virConnectPtr conn, const void *message)
{
    const virWireDomainQemuMonitorEventMsg *in = message;
    const virEventKind kind = {
        .class = &monitorClass,
        .name = "DomainQemuMonitorEvent",
        .id = in->callbackID,
        .size = sizeof(MonitorEvent),
        .deliver = deliver,
        .clear = clear,
    };
    MonitorEvent *self = virEventNew(&kind, g_strdup(""));

    self->kind = kind;
    self->event.kind = &self->kind;
    self->name = g_strdup(in->dom.name);
    memcpy(self->uuid, in->dom.uuid, sizeof(self->uuid));
    self->id = in->dom.id;
    self->what = g_strdup(in->event);
    self->seconds = in->seconds;
    self->micros = in->micros;
    self->details = g_strdup(in->details);
    virEventStateQueue(conn->events, &self->event);
}

static int
stop(virConnectPtr conn, int server)
{
    virWireConnectDomainQemuMonitorEventDeregisterArgs args = { .callbackID = server };

    return remoteCall(conn, virWireProcConnectDomainQemuMonitorEventDeregister, &args, NULL, NULL);
}

int
remoteConnectDomainQemuMonitorEventRegister(virConnectPtr conn, virDomainPtr dom,
                                            const char *event,
                                            virConnectDomainQemuMonitorEventCallback cb,
                                            void *opaque, virFreeCallback freecb,
                                            unsigned int flags)
{
    virWireConnectDomainQemuMonitorEventRegisterArgs args = { .event = event, .flags = flags };
    virWireConnectDomainQemuMonitorEventRegisterRet ret;
    g_auto(virXdrReader) reply = { 0 };
    virWireDomain wire;
    virError *error;
    int id;

    if (dom) {
        virWirePutDomain(&wire, dom);
        args.dom = &wire;
    }
    if (remoteCall(conn, virWireProcConnectDomainQemuMonitorEventRegister, &args, &ret,
                   &reply) < 0)
        return -1;
    id = virEventStateAdd(conn->events, conn, &monitorClass, NULL, ret.callbackID,
                          (virFreeCallback) (void (*)(void)) cb, opaque, freecb);
    if (id < 0) {
        error = virSaveLastError();
        stop(conn, ret.callbackID);
        if (error)
            virErrorRestore(error);
        virFreeError(error);
        return -1;
    }
    remoteMonitorKeep(remoteListeningOf(conn), id, ret.callbackID);
    return id;
}

int
remoteConnectDomainQemuMonitorEventDeregister(virConnectPtr conn, int callbackID)
{
    int server;

    if (virEventStateRemove(conn->events, conn, callbackID) < 0)
        return -1;
    if (!remoteMonitorTake(remoteListeningOf(conn), callbackID, &server))
        return 0;
    return stop(conn, server);
}
