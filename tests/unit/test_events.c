/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests every event of every object: copies, typed delivery, filters, registration, lifetimes. */

#include <glib.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "runtime/events.h"
#include "runtime/local.h"
#include "runtime/objects.h"
#include "unit/event_cases.h"

#define EVENTS 36

static virConnectPtr
newConnection(virEventState *state)
{
    virConnectPtr conn = virHandleNew(&virConnectClass);

    g_mutex_init(&conn->lock);
    conn->events = state;
    return conn;
}

static void
countFree(void *opaque)
{
    ((virEventHeard *) opaque)->freed++;
}

static void
tick(int timer G_GNUC_UNUSED, void *opaque G_GNUC_UNUSED)
{
}

/* One round of the loop, which does not wait even when no event does. */
static void
runLoop(void)
{
    int timer = localEventAddTimeout(0, tick, NULL, NULL);

    g_assert_cmpint(localEventRunDefaultImpl(), ==, 0);
    g_assert_cmpint(localEventRemoveTimeout(timer), ==, 0);
}

static void
testDelivery(gconstpointer data)
{
    const virEventCase *one = data;
    virEventState *state = virEventStateNew();
    virConnectPtr conn = newConnection(state);
    virConnectPtr other = newConnection(state);
    g_autofree char *key = NULL;
    virEventHeard all = { .conn = conn }, same = { .conn = other }, stranger = { .conn = conn };
    virEvent *event = one->make();
    int ids[3], i;

    key = g_strdup(event->key);
    ids[0] = virEventStateAdd(state, conn, one->class, NULL, one->id, one->call, &all, countFree);
    ids[1] = virEventStateAdd(state, other, one->class, key, one->id, one->call, &same, countFree);
    ids[2] = virEventStateAdd(state, conn, one->class, "nobody", one->id, one->call, &stranger,
                              countFree);
    for (i = 0; i < 3; i++)
        g_assert_cmpint(ids[i], ==, i);
    virEventStateQueue(state, event);
    g_assert_cmpint(all.calls, ==, 0);
    runLoop();
    g_assert_cmpint(all.calls, ==, 1);
    g_assert_cmpint(same.calls, ==, 1);
    g_assert_cmpint(stranger.calls, ==, 0);
    for (i = 0; i < 3; i++)
        g_assert_cmpint(virEventStateRemove(state, i == 1 ? other : conn, ids[i]), ==, 0);
    g_assert_cmpint(all.freed + same.freed + stranger.freed, ==, 3);
    virEventStateQueue(state, one->make());
    runLoop();
    g_assert_cmpint(all.calls, ==, 1);
    g_assert_cmpint(virHandleUnref(&conn->handle), ==, 0);
    g_assert_cmpint(virHandleUnref(&other->handle), ==, 0);
    virEventStateFree(state);
}

static void
testCount(void)
{
    int count = 0;

    while (virEventCases[count].name)
        count++;
    g_test_message("%d events", count);
    g_assert_cmpint(count, ==, EVENTS);
}

static void
assertError(int code)
{
    g_assert_cmpint(localGetLastErrorDomain(), ==, VIR_FROM_NONE);
    g_assert_cmpint(localGetLastErrorCode(), ==, code);
    localResetLastError();
}

/* The pair of virConnectDomainEventRegister, beside the one with ids. */
static void
testByFunction(void)
{
    const virEventCase *one = &virEventCases[0];
    virConnectDomainEventCallback call = (virConnectDomainEventCallback) (void (*)(void)) one->call;
    virEventState *state = virEventStateNew();
    virConnectPtr conn = newConnection(state);
    virEventHeard heard = { .conn = conn }, more = { .conn = conn };

    g_assert_cmpint(localConnectDomainEventRegister(conn, call, &heard, countFree), ==, 0);
    g_assert_cmpint(localConnectDomainEventRegister(conn, call, &more, countFree), ==, -1);
    assertError(VIR_ERR_INVALID_ARG);
    g_assert_cmpint(more.freed, ==, 0);
    g_assert_cmpint(localConnectDomainEventRegisterAny(
                        conn, NULL, VIR_DOMAIN_EVENT_ID_LIFECYCLE,
                        (virConnectDomainEventGenericCallback) (void (*)(void)) call, &more, NULL),
                    ==, 1);
    virEventStateQueue(state, one->make());
    runLoop();
    g_assert_cmpint(heard.calls, ==, 1);
    g_assert_cmpint(more.calls, ==, 1);
    g_assert_cmpint(localConnectDomainEventDeregister(conn, call), ==, 0);
    g_assert_cmpint(localConnectDomainEventDeregister(conn, call), ==, -1);
    assertError(VIR_ERR_INVALID_ARG);
    g_assert_cmpint(localConnectDomainEventDeregisterAny(conn, 7), ==, -1);
    assertError(VIR_ERR_INVALID_ARG);
    g_assert_cmpint(heard.freed, ==, 1);
    /* A listener keeps its connection. */
    g_assert_cmpint(virHandleUnref(&conn->handle), ==, 1);
    g_assert_cmpint(localConnectDomainEventDeregisterAny(conn, 1), ==, 0);
    g_assert_false(virHandleIs(conn, &virConnectClass));
    virEventStateFree(state);
}

typedef struct {
    virEventHeard heard;
    int id;
    virEventState *state;
} Leaving;

/* Removes itself and takes the state away while it is being called. */
static void
leave(virConnectPtr conn, virDomainPtr domain G_GNUC_UNUSED, void *opaque)
{
    Leaving *leaving = opaque;

    leaving->heard.calls++;
    g_assert_cmpint(virEventStateRemove(leaving->state, conn, leaving->id), ==, 0);
    g_assert_cmpint(leaving->heard.freed, ==, 0);
    virEventStateFree(leaving->state);
}

static void
testLeaveInCallback(void)
{
    virEventState *state = virEventStateNew();
    virConnectPtr conn = newConnection(state);
    Leaving leaving = { .heard = { .conn = conn }, .state = state };

    leaving.id = virEventStateAdd(state, conn, &virDomainClass, NULL, VIR_DOMAIN_EVENT_ID_REBOOT,
                                  (virFreeCallback) (void (*)(void)) leave, &leaving, countFree);
    g_assert_cmpint(virHandleUnref(&conn->handle), ==, 1);
    virEventStateQueue(state, virDomainEventRebootNew("a", virEventSampleUUID, 1));
    virEventStateQueue(state, virDomainEventRebootNew("a", virEventSampleUUID, 1));
    runLoop();
    g_assert_cmpint(leaving.heard.calls, ==, 1);
    g_assert_cmpint(leaving.heard.freed, ==, 1);
    g_assert_false(virHandleIs(conn, &virConnectClass));
    runLoop();
}

int
main(int argc, char **argv)
{
    int i;

    g_test_init(&argc, &argv, NULL);
    localEventRegisterDefaultImpl();
    for (i = 0; virEventCases[i].name; i++) {
        g_autofree char *path = g_strdup_printf("/events/%s", virEventCases[i].name);

        g_test_add_data_func(path, &virEventCases[i], testDelivery);
    }
    g_test_add_func("/events/count", testCount);
    g_test_add_func("/events/by-function", testByFunction);
    g_test_add_func("/events/leave-in-callback", testLeaveInCallback);
    return g_test_run();
}
