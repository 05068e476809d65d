/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Listeners come and go in many threads while events flow: none is called after its release. */

#include "drivers/connect.h"
#include "threads/bounded.h"

#define GUESTS 4

static gint64 end;
static int made;        /* atomic: opaque pointers of listeners that were taken */
static int released;    /* atomic */
static int heard;       /* atomic */

typedef struct {
    int gone;           /* atomic */
    virConnectPtr conn;
    int own;            /* atomic: its id and 1, when it removes itself once it is called */
} Ear;

static void
release(void *opaque)
{
    Ear *ear = opaque;

    g_assert_cmpint(g_atomic_int_add(&ear->gone, 1), ==, 0);
    g_atomic_int_inc(&released);
    g_free(ear);
}

static int
hear(virConnectPtr conn, virDomainPtr dom, Ear *ear)
{
    int own = g_atomic_int_get(&ear->own);

    g_assert_cmpint(g_atomic_int_get(&ear->gone), ==, 0);
    g_assert_true(conn == ear->conn);
    g_assert_true(g_str_has_prefix(virDomainGetName(dom), "guest"));
    g_atomic_int_inc(&heard);
    if (own && g_atomic_int_compare_and_exchange(&ear->own, own, 0))
        virConnectDomainEventDeregisterAny(conn, own - 1);
    return 0;
}

/* Callbacks of their own, because one may listen but once for the same. */
#define DEFINE_EAR(number)                                                                      \
    static int                                                                                  \
    hear##number(virConnectPtr conn, virDomainPtr dom, int event G_GNUC_UNUSED,                 \
                 int detail G_GNUC_UNUSED, void *opaque)                                        \
    {                                                                                           \
        return hear(conn, dom, opaque);                                                         \
    }

DEFINE_EAR(0)
DEFINE_EAR(1)
DEFINE_EAR(2)
DEFINE_EAR(3)

static const virConnectDomainEventCallback ears[] = { hear0, hear1, hear2, hear3 };

typedef struct {
    virConnectPtr conn;
    guint32 seed;
} Tester;

static virDomainPtr
anyGuest(virConnectPtr conn, GRand *random)
{
    g_autofree char *name = g_strdup_printf("guest%d", g_rand_int_range(random, 0, GUESTS));

    return virDomainLookupByName(conn, name);
}

/* A listener that was taken: its id and 1, or 0. */
typedef struct {
    int id;
    bool removesItself;
} Listening;

/* The same callback may listen already, for another thread: that one is refused. */
static void
listen(virConnectPtr conn, GRand *random, Listening *slot)
{
    virDomainPtr dom = g_rand_boolean(random) ? anyGuest(conn, random) : NULL;
    int number = g_rand_int_range(random, 0, G_N_ELEMENTS(ears));
    Ear *ear = g_new0(Ear, 1);
    int id;

    ear->conn = conn;
    g_atomic_int_inc(&made);
    id = virConnectDomainEventRegisterAny(conn, dom, VIR_DOMAIN_EVENT_ID_LIFECYCLE,
                                          VIR_DOMAIN_EVENT_CALLBACK(ears[number]), ear, release);
    slot->id = id + 1;
    slot->removesItself = g_rand_boolean(random);
    if (id < 0) {
        g_atomic_int_add(&made, -1);
        g_free(ear);
    } else if (slot->removesItself) {
        g_atomic_int_set(&ear->own, id + 1);
    }
    if (dom)
        virDomainFree(dom);
}

static void
stop(virConnectPtr conn, Listening *slot)
{
    if (virConnectDomainEventDeregisterAny(conn, slot->id - 1) < 0)
        g_assert_true(slot->removesItself);
    slot->id = 0;
}

static void *
work(void *opaque)
{
    const Tester *tester = opaque;
    g_autoptr(GRand) random = g_rand_new_with_seed(tester->seed);
    Listening mine[4] = { { .id = 0 } };

    while (g_get_monotonic_time() < end) {
        Listening *slot = &mine[g_rand_int_range(random, 0, G_N_ELEMENTS(mine))];
        virDomainPtr dom = anyGuest(tester->conn, random);

        if (slot->id)
            stop(tester->conn, slot);
        else
            listen(tester->conn, random, slot);
        if (virDomainSuspend(dom) < 0)
            virDomainResume(dom);
        virDomainFree(dom);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(mine); i++) {
        if (mine[i].id)
            stop(tester->conn, &mine[i]);
    }
    return NULL;
}

static int stopping;    /* atomic */

static void *
runLoop(void *opaque G_GNUC_UNUSED)
{
    while (!g_atomic_int_get(&stopping))
        assertDone(virEventRunDefaultImpl());
    return NULL;
}

static void
nothing(int timer G_GNUC_UNUSED, void *opaque G_GNUC_UNUSED)
{
}

static void
testListeners(void)
{
    virConnectPtr conns[] = { mustOpen("test:///default"), mustOpen("test:///default") };
    Tester testers[THREADS];
    GThread *loop;
    int last;

    for (int i = 0; i < GUESTS; i++) {
        g_autofree char *xml =
            g_strdup_printf("<domain type='test'><name>guest%d</name><memory>8192</memory>"
                            "<os><type>hvm</type></os></domain>", i);

        virDomainFree(virDomainCreateXML(conns[0], xml, 0));
    }
    end = endOfTest();
    loop = g_thread_new("loop", runLoop, NULL);
    for (guint32 i = 0; i < THREADS; i++)
        testers[i] = (Tester) { .conn = conns[i % 4 == 0], .seed = i };
    runThreads(work, testers, sizeof(testers[0]));
    g_atomic_int_set(&stopping, 1);
    last = virEventAddTimeout(0, nothing, NULL, NULL);
    g_thread_join(loop);
    assertDone(virEventRunDefaultImpl());
    virEventRemoveTimeout(last);
    g_test_message("%d listeners, %d calls", made, heard);
    g_assert_cmpint(heard, >, 0);
    g_assert_cmpint(released, ==, made);
    g_assert_cmpint(virConnectClose(conns[0]), ==, 0);
    g_assert_cmpint(virConnectClose(conns[1]), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    assertDone(virEventRegisterDefaultImpl());
    g_test_add_func("/events/listeners", testListeners);
    return g_test_run();
}
