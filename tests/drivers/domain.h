/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the tests of domains share: a host of their own for each test, documents, and events. */

#pragma once

#include <stdbool.h>
#include <stdlib.h>

#include "drivers/connect.h"

#define TEST_UUID "11111111-2222-3333-4444-555555555555"

/* A small domain; `inside` stands behind its <os>. */
static inline char *
documentOf(const char *name, const char *uuid, const char *inside)
{
    return g_strdup_printf("<domain type='test'><name>%s</name><uuid>%s</uuid><memory>8192</memory>"
                           "<vcpu>2</vcpu><os><type>hvm</type></os>%s</domain>", name, uuid,
                           inside);
}

/* Each test gets the built-in host as it begins: no other connection of the process is open. */
typedef struct {
    virConnectPtr conn;
    virDomainPtr dom;           /* test, which runs */
    virDomainPtr off;           /* d2, which does not */
    GString *events;            /* what was heard, as "started 0 test; " */
} Host;

static inline void
hear(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr dom, int event, int detail, void *opaque)
{
    static const char *const words[] = {
        "defined", "undefined", "started", "suspended", "resumed", "stopped", "shutdown",
        "pmsuspended", "crashed",
    };

    g_string_append_printf(opaque, "%s %d %s; ", words[event], detail, virDomainGetName(dom));
}

static inline void
setUp(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *xml = documentOf("d2", TEST_UUID, "");

    host->conn = mustOpen("test:///default");
    host->dom = virDomainLookupByName(host->conn, "test");
    host->off = virDomainDefineXML(host->conn, xml);
    g_assert_nonnull(host->dom);
    g_assert_nonnull(host->off);
    host->events = g_string_new("");
    assertDone(virConnectDomainEventRegisterAny(host->conn, NULL, VIR_DOMAIN_EVENT_ID_LIFECYCLE,
                                                VIR_DOMAIN_EVENT_CALLBACK(hear), host->events,
                                                NULL));
}

static inline void
tearDown(Host *host, gconstpointer data G_GNUC_UNUSED)
{
    int id;

    for (id = 0; id < 40; id++)
        virConnectDomainEventDeregisterAny(host->conn, id);
    virDomainFree(host->dom);
    virDomainFree(host->off);
    g_assert_cmpint(virConnectClose(host->conn), ==, 0);
    g_string_free(host->events, TRUE);
}

static void G_GNUC_UNUSED
wake(int timer, void *opaque)
{
    *(bool *) opaque = true;
    virEventRemoveTimeout(timer);
}

/* Delivers what is queued; the events since the last call must be these. */
static inline void
assertEvents(Host *host, const char *expected)
{
    bool done = false;
    int timer;

    /* Timers run in the order in which they are due: what was queued before comes first. */
    timer = virEventAddTimeout(1, wake, &done, NULL);
    g_assert_cmpint(timer, >=, 0);
    while (!done)
        assertDone(virEventRunDefaultImpl());
    g_assert_cmpstr(host->events->str, ==, expected);
    g_string_truncate(host->events, 0);
}

/* State and reason of a domain. */
static inline void
assertState(virDomainPtr dom, int state, int reason)
{
    int nowState, nowReason;

    assertDone(virDomainGetState(dom, &nowState, &nowReason, 0));
    g_assert_cmpint(nowState, ==, state);
    g_assert_cmpint(nowReason, ==, reason);
}

#define ADD(path, function) g_test_add("/domain/" path, Host, NULL, setUp, function, tearDown)

/* Starts the event loop's own implementation and GLib's tests. */
#define BEGIN(argc, argv)                       \
    do {                                        \
        g_test_init(&(argc), &(argv), NULL);    \
        virEventRegisterDefaultImpl();          \
    } while (0)
