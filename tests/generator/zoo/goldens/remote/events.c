/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/* Events on the client: from messages, and registering. */

#include "drivers/remote/remote_event.h"

#include <glib.h>

#include "drivers/remote/remote_call.h"
#include "remote/remote.h"
#include "runtime/connect.h"
#include "runtime/events.h"
#include "runtime/local.h"
#include "wire/remote.h"

static void
receiveAnimalEventLifecycle(virConnectPtr conn, const void *message)
{
    const virWireAnimalEventLifecycleMsg *in = message;

    virEventStateQueue(conn->events,
        virAnimalEventLifecycleNew(in->animal.name,
                                   in->animal.uuid,
                                   in->animal.id,
                                   in->event,
                                   in->detail));
}

static void
receiveAnimalEventMeal(virConnectPtr conn, const void *message)
{
    const virWireAnimalEventMealMsg *in = message;

    virEventStateQueue(conn->events,
        virAnimalEventMealNew(in->animal.name,
                              in->animal.uuid,
                              in->animal.id,
                              in->dish,
                              in->params.items,
                              (int) in->params.count));
}

static void
receiveAnimalEventCallbackMeal(virConnectPtr conn, const void *message)
{
    const virWireAnimalEventCallbackMealMsg *in = message;

    virEventStateQueue(conn->events,
        virAnimalEventMealNew(in->msg.animal.name,
                              in->msg.animal.uuid,
                              in->msg.animal.id,
                              in->msg.dish,
                              in->msg.params.items,
                              (int) in->msg.params.count));
}

static void
receiveAnimalEventCallbackVisit(virConnectPtr conn, const void *message)
{
    const virWireAnimalEventCallbackVisitMsg *in = message;
    virAnimalVisit visit = { 0 };
    g_autofree virAnimalGuest *visitGuests = g_new0(virAnimalGuest, in->visit.guests.count + 1);

    for (size_t i = 0; i < in->visit.guests.count; i++) {
        visitGuests[i].name = (char *) in->visit.guests.items[i].name;
    }
    visit.guests = visitGuests;
    visit.nguests = (int) in->visit.guests.count;
    visit.gate = (char *) in->visit.gate;
    virEventStateQueue(conn->events,
        virAnimalEventVisitNew(in->animal.name,
                               in->animal.uuid,
                               in->animal.id,
                               &visit,
                               in->seconds));
}

const remoteEvent remoteEvents[] = {
    { virWireProcAnimalEventLifecycle, receiveAnimalEventLifecycle },
    { virWireProcAnimalEventMeal, receiveAnimalEventMeal },
    { virWireProcAnimalEventCallbackMeal, receiveAnimalEventCallbackMeal },
    { virWireProcAnimalEventCallbackVisit, receiveAnimalEventCallbackVisit },
    { NULL, NULL },
};

static int
startAnimal(virConnectPtr conn, int event, int *id)
{
    virWireConnectAnimalEventRegisterAnyArgs args = { .eventID = event };
    virWireConnectAnimalEventRegisterAnyRet ret;
    g_auto(virXdrReader) reply = { 0 };

    if (remoteCall(conn,
                   virWireProcConnectAnimalEventRegisterAny,
                   &args,
                   &ret,
                   &reply) < 0)
        return -1;
    *id = ret.callbackID;
    return 0;
}

static int
stopAnimal(virConnectPtr conn, int id)
{
    virWireConnectAnimalEventDeregisterAnyArgs args = { .callbackID = id };

    return remoteCall(conn, virWireProcConnectAnimalEventDeregisterAny, &args, NULL, NULL);
}

static const remoteEventFamily remoteAnimalEvents = { startAnimal, stopAnimal };

int
remoteConnectAnimalEventRegisterAny(virConnectPtr conn,
                                    virAnimalPtr animal,
                                    int eventID,
                                    virConnectAnimalEventGenericCallback cb,
                                    void *opaque,
                                    virFreeCallback freecb)
{
    int id;

    if (remoteEventsNeed(conn, &remoteAnimalEvents, eventID) < 0)
        return -1;
    id = localConnectAnimalEventRegisterAny(conn, animal, eventID, cb, opaque, freecb);
    return remoteEventsStarted(conn, &remoteAnimalEvents, eventID, id, true);
}

int
remoteConnectAnimalEventRegister(virConnectPtr conn,
                                 virConnectAnimalEventLifecycleCallback cb,
                                 void *opaque,
                                 virFreeCallback freecb)
{
    int id;

    if (remoteEventsNeed(conn, &remoteAnimalEvents, VIR_ANIMAL_EVENT_ID_LIFECYCLE) < 0)
        return -1;
    id = localConnectAnimalEventRegister(conn, cb, opaque, freecb);
    return remoteEventsStarted(conn, &remoteAnimalEvents, VIR_ANIMAL_EVENT_ID_LIFECYCLE, id, false);
}

int
remoteConnectAnimalEventDeregisterAny(virConnectPtr conn, int callbackID)
{
    if (localConnectAnimalEventDeregisterAny(conn, callbackID) < 0)
        return -1;
    return remoteEventsStopped(conn, &remoteAnimalEvents, callbackID);
}

int
remoteConnectAnimalEventDeregister(virConnectPtr conn,
                                   virConnectAnimalEventLifecycleCallback cb)
{
    if (localConnectAnimalEventDeregister(conn, cb) < 0)
        return -1;
    return remoteEventsGiveBack(conn, &remoteAnimalEvents, VIR_ANIMAL_EVENT_ID_LIFECYCLE);
}
