/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/* Object events: construction, delivery and registration. */

#include "runtime/events.h"

#include <string.h>

#include <glib.h>

#include "base/uuid.h"
#include "runtime/connect.h"
#include "runtime/local.h"
#include "runtime/objects.h"

/* Which animal an event is about. */
typedef struct {
    virEvent event;
    char *name;
    unsigned char uuid[VIR_UUID_BUFLEN];
    int id;
} AnimalEvent;

char *
virAnimalEventKey(const unsigned char *uuid)
{
    char text[VIR_UUID_STRING_BUFLEN];

    virUUIDFormat(uuid, text);
    return g_strdup(text);
}

static void *
newAnimalEvent(const virEventKind *kind,
               const char *name,
               const unsigned char *uuid,
               int id)
{
    AnimalEvent *self = virEventNew(kind, virAnimalEventKey(uuid));

    self->name = g_strdup(name);
    memcpy(self->uuid, uuid, VIR_UUID_BUFLEN);
    self->id = id;
    return self;
}

static virAnimalPtr
getAnimal(const AnimalEvent *self, virConnectPtr conn)
{
    return virAnimalNew(conn, self->name, self->uuid, self->id);
}

static void
clearAnimalEvent(AnimalEvent *self)
{
    g_free(self->name);
}

static void
copyAnimalGuest(virAnimalGuest *to, const virAnimalGuest *from)
{
    to->name = g_strdup(from->name);
}

static void
clearAnimalGuest(virAnimalGuest *record)
{
    g_free(record->name);
}

static void
copyAnimalVisit(virAnimalVisit *to, const virAnimalVisit *from)
{
    int i;

    to->nguests = from->nguests;
    to->guests = g_new0(virAnimalGuest, from->nguests);
    for (i = 0; i < from->nguests; i++)
        copyAnimalGuest(&to->guests[i], &from->guests[i]);
    to->gate = g_strdup(from->gate);
}

static void
clearAnimalVisit(virAnimalVisit *record)
{
    int i;

    for (i = 0; i < record->nguests; i++)
        clearAnimalGuest(&record->guests[i]);
    g_free(record->guests);
    g_free(record->gate);
}

typedef struct {
    AnimalEvent about;
    int event;
    int detail;
} ConnectAnimalEventLifecyclePayload;

static void
deliverConnectAnimalEventLifecycleCallback(const virEvent *event,
                                           virConnectPtr conn,
                                           virFreeCallback cb,
                                           void *opaque)
{
    const ConnectAnimalEventLifecyclePayload *self = (const ConnectAnimalEventLifecyclePayload *) event;
    virConnectAnimalEventLifecycleCallback call = (virConnectAnimalEventLifecycleCallback) (void (*)(void)) cb;
    virAnimalPtr object = getAnimal(&self->about, conn);

    call(conn, object, self->event, self->detail, opaque);
    virHandleUnref(&object->handle);
}

static void
clearConnectAnimalEventLifecycleCallback(virEvent *event)
{
    ConnectAnimalEventLifecyclePayload *self = (ConnectAnimalEventLifecyclePayload *) event;

    clearAnimalEvent(&self->about);
}

typedef struct {
    AnimalEvent about;
    char *dish;
    virTypedParameterPtr params;
    int nparams;
} ConnectAnimalEventMealPayload;

static void
deliverConnectAnimalEventMealCallback(const virEvent *event,
                                      virConnectPtr conn,
                                      virFreeCallback cb,
                                      void *opaque)
{
    const ConnectAnimalEventMealPayload *self = (const ConnectAnimalEventMealPayload *) event;
    virConnectAnimalEventMealCallback call = (virConnectAnimalEventMealCallback) (void (*)(void)) cb;
    virAnimalPtr object = getAnimal(&self->about, conn);

    call(conn, object, self->dish, self->params, self->nparams, opaque);
    virHandleUnref(&object->handle);
}

static void
clearConnectAnimalEventMealCallback(virEvent *event)
{
    ConnectAnimalEventMealPayload *self = (ConnectAnimalEventMealPayload *) event;

    g_free(self->dish);
    localTypedParamsFree(self->params, self->nparams);
    clearAnimalEvent(&self->about);
}

typedef struct {
    AnimalEvent about;
    virAnimalVisit visit;
    unsigned long long seconds;
} ConnectAnimalEventVisitPayload;

static void
deliverConnectAnimalEventVisitCallback(const virEvent *event,
                                       virConnectPtr conn,
                                       virFreeCallback cb,
                                       void *opaque)
{
    const ConnectAnimalEventVisitPayload *self = (const ConnectAnimalEventVisitPayload *) event;
    virConnectAnimalEventVisitCallback call = (virConnectAnimalEventVisitCallback) (void (*)(void)) cb;
    virAnimalPtr object = getAnimal(&self->about, conn);

    call(conn, object, &self->visit, self->seconds, opaque);
    virHandleUnref(&object->handle);
}

static void
clearConnectAnimalEventVisitCallback(virEvent *event)
{
    ConnectAnimalEventVisitPayload *self = (ConnectAnimalEventVisitPayload *) event;

    clearAnimalVisit(&self->visit);
    clearAnimalEvent(&self->about);
}

static const virEventKind animalLifecycle = {
    .class = &virAnimalClass,
    .name = "AnimalEventLifecycle",
    .id = VIR_ANIMAL_EVENT_ID_LIFECYCLE,
    .size = sizeof(ConnectAnimalEventLifecyclePayload),
    .deliver = deliverConnectAnimalEventLifecycleCallback,
    .clear = clearConnectAnimalEventLifecycleCallback,
};

virEvent *
virAnimalEventLifecycleNew(const char *name,
                           const unsigned char *uuid,
                           int id,
                           int event,
                           int detail)
{
    ConnectAnimalEventLifecyclePayload *self = newAnimalEvent(&animalLifecycle, name, uuid, id);

    self->event = event;
    self->detail = detail;
    return &self->about.event;
}

static const virEventKind animalMeal = {
    .class = &virAnimalClass,
    .name = "AnimalEventMeal",
    .id = VIR_ANIMAL_EVENT_ID_MEAL,
    .size = sizeof(ConnectAnimalEventMealPayload),
    .deliver = deliverConnectAnimalEventMealCallback,
    .clear = clearConnectAnimalEventMealCallback,
};

virEvent *
virAnimalEventMealNew(const char *name,
                      const unsigned char *uuid,
                      int id,
                      const char *dish,
                      virTypedParameterPtr params,
                      int nparams)
{
    ConnectAnimalEventMealPayload *self = newAnimalEvent(&animalMeal, name, uuid, id);

    self->dish = g_strdup(dish);
    self->params = virEventCopyParameters(params, nparams);
    self->nparams = nparams;
    return &self->about.event;
}

static const virEventKind animalVisit = {
    .class = &virAnimalClass,
    .name = "AnimalEventVisit",
    .id = VIR_ANIMAL_EVENT_ID_VISIT,
    .size = sizeof(ConnectAnimalEventVisitPayload),
    .deliver = deliverConnectAnimalEventVisitCallback,
    .clear = clearConnectAnimalEventVisitCallback,
};

virEvent *
virAnimalEventVisitNew(const char *name,
                       const unsigned char *uuid,
                       int id,
                       const virAnimalVisit *visit,
                       unsigned long long seconds)
{
    ConnectAnimalEventVisitPayload *self = newAnimalEvent(&animalVisit, name, uuid, id);

    if (visit)
        copyAnimalVisit(&self->visit, visit);
    self->seconds = seconds;
    return &self->about.event;
}

int
localConnectAnimalEventRegisterAny(virConnectPtr conn,
                                   virAnimalPtr animal,
                                   int eventID,
                                   virConnectAnimalEventGenericCallback cb,
                                   void *opaque,
                                   virFreeCallback freecb)
{
    g_autofree char *key = animal ? virAnimalEventKey(animal->uuid) : NULL;

    return virEventStateAdd(conn->events,
                            conn,
                            &virAnimalClass,
                            key,
                            eventID,
                            (virFreeCallback) (void (*)(void)) cb,
                            opaque,
                            freecb);
}

int
localConnectAnimalEventRegister(virConnectPtr conn,
                                virConnectAnimalEventLifecycleCallback cb,
                                void *opaque,
                                virFreeCallback freecb)
{
    return virEventStateAddFunction(conn->events,
                                    conn,
                                    &virAnimalClass,
                                    VIR_ANIMAL_EVENT_ID_LIFECYCLE,
                                    (virFreeCallback) (void (*)(void)) cb,
                                    opaque,
                                    freecb);
}

int
localConnectAnimalEventDeregisterAny(virConnectPtr conn, int callbackID)
{
    return virEventStateRemove(conn->events, conn, callbackID);
}

int
localConnectAnimalEventDeregister(virConnectPtr conn,
                                  virConnectAnimalEventLifecycleCallback cb)
{
    return virEventStateRemoveFunction(conn->events,
                                       conn,
                                       &virAnimalClass,
                                       VIR_ANIMAL_EVENT_ID_LIFECYCLE,
                                       (virFreeCallback) (void (*)(void)) cb);
}

const char *const virEventNames[] = {
    "AnimalEventLifecycle",
    "AnimalEventMeal",
    "AnimalEventVisit",
    NULL,
};
