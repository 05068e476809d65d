/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/* A case per event: how one is made, and the listener that knows what it carries. */

#include "unit/event_cases.h"

#include <string.h>

#include "runtime/events.h"
#include "runtime/objects.h"

const unsigned char virEventSampleUUID[VIR_UUID_BUFLEN] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 };

static int
onConnectAnimalEventLifecycleCallback(virConnectPtr conn,
                                      virAnimalPtr object,
                                      int event,
                                      int detail,
                                      void *opaque)
{
    virEventHeard *heard = opaque;

    g_assert_true(conn == heard->conn);
    g_assert_true(object->conn == conn);
    g_assert_cmpstr(object->name, ==, "sample name");
    g_assert_cmpmem(object->uuid, VIR_UUID_BUFLEN, virEventSampleUUID, VIR_UUID_BUFLEN);
    g_assert_cmpint(object->id, ==, 5);
    g_assert_cmpint((gint64) event, ==, 1);
    g_assert_cmpint((gint64) detail, ==, 2);
    heard->calls++;
    return 0;
}

static void
onConnectAnimalEventMealCallback(virConnectPtr conn,
                                 virAnimalPtr object,
                                 const char *dish,
                                 virTypedParameterPtr params,
                                 int nparams,
                                 void *opaque)
{
    virEventHeard *heard = opaque;

    g_assert_true(conn == heard->conn);
    g_assert_true(object->conn == conn);
    g_assert_cmpstr(object->name, ==, "sample name");
    g_assert_cmpmem(object->uuid, VIR_UUID_BUFLEN, virEventSampleUUID, VIR_UUID_BUFLEN);
    g_assert_cmpint(object->id, ==, 5);
    g_assert_cmpstr(dish, ==, "dish");
    g_assert_cmpstr(params[1].value.s, ==, "paramsText");
    g_assert_cmpint(params[0].value.i, ==, 77);
    g_assert_cmpint(nparams, ==, 2);
    heard->calls++;
}

static void
onConnectAnimalEventVisitCallback(virConnectPtr conn,
                                  virAnimalPtr object,
                                  const virAnimalVisit *visit,
                                  unsigned long long seconds,
                                  void *opaque)
{
    virEventHeard *heard = opaque;

    g_assert_true(conn == heard->conn);
    g_assert_true(object->conn == conn);
    g_assert_cmpstr(object->name, ==, "sample name");
    g_assert_cmpmem(object->uuid, VIR_UUID_BUFLEN, virEventSampleUUID, VIR_UUID_BUFLEN);
    g_assert_cmpint(object->id, ==, 5);
    g_assert_cmpint(visit->nguests, ==, 2);
    g_assert_cmpstr(visit->guests[0].name, ==, "visitGuests0Name");
    g_assert_cmpstr(visit->guests[1].name, ==, "visitGuests1Name");
    g_assert_cmpstr(visit->gate, ==, "visitGate");
    g_assert_cmpint((gint64) seconds, ==, 1);
    heard->calls++;
}

static virEvent *
makeAnimalLifecycle(void)
{
    virEvent *event;

    event = virAnimalEventLifecycleNew("sample name", virEventSampleUUID, 5, 1, 2);
    return event;
}

static virEvent *
makeAnimalMeal(void)
{
    char dish[] = "dish";
    virTypedParameter params[2] = { { .field = "one", .type = VIR_TYPED_PARAM_INT } };
    char paramsText[] = "paramsText";
    virEvent *event;

    params[1].type = VIR_TYPED_PARAM_STRING;
    params[1].value.s = paramsText;
    params[0].value.i = 77;
    event = virAnimalEventMealNew("sample name", virEventSampleUUID, 5, dish, params, 2);
    memset(dish, 'x', strlen(dish));
    memset(paramsText, 'x', strlen(paramsText));
    params[0].value.i = 0;
    return event;
}

static virEvent *
makeAnimalVisit(void)
{
    char visitGuests0Name[] = "visitGuests0Name";
    virAnimalGuest visitGuests0 = { .name = visitGuests0Name };
    char visitGuests1Name[] = "visitGuests1Name";
    virAnimalGuest visitGuests1 = { .name = visitGuests1Name };
    virAnimalGuest visitGuests[] = { visitGuests0, visitGuests1 };
    char visitGate[] = "visitGate";
    virAnimalVisit visit = { .nguests = 2, .guests = visitGuests, .gate = visitGate };
    virEvent *event;

    event = virAnimalEventVisitNew("sample name", virEventSampleUUID, 5, &visit, 1);
    memset(visitGuests0Name, 'x', strlen(visitGuests0Name));
    memset(visitGuests1Name, 'x', strlen(visitGuests1Name));
    memset(visitGate, 'x', strlen(visitGate));
    return event;
}

const virEventCase virEventCases[] = {
    {
        .name = "Animal/LIFECYCLE",
        .class = &virAnimalClass,
        .id = VIR_ANIMAL_EVENT_ID_LIFECYCLE,
        .call = (virFreeCallback) (void (*)(void)) onConnectAnimalEventLifecycleCallback,
        .make = makeAnimalLifecycle,
    },
    {
        .name = "Animal/MEAL",
        .class = &virAnimalClass,
        .id = VIR_ANIMAL_EVENT_ID_MEAL,
        .call = (virFreeCallback) (void (*)(void)) onConnectAnimalEventMealCallback,
        .make = makeAnimalMeal,
    },
    {
        .name = "Animal/VISIT",
        .class = &virAnimalClass,
        .id = VIR_ANIMAL_EVENT_ID_VISIT,
        .call = (virFreeCallback) (void (*)(void)) onConnectAnimalEventVisitCallback,
        .make = makeAnimalVisit,
    },
    { .name = NULL },
};
