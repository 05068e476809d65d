/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sixteen threads with the same handles: references come and go, freed ones are found out. */

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/local.h"
#include "runtime/objects.h"
#include "threads/bounded.h"

#define SHARED 8

static int disposed;    /* atomic: connections whose driver was told of the end */

static int
countClose(virConnectPtr conn G_GNUC_UNUSED)
{
    g_atomic_int_inc(&disposed);
    return 0;
}

static const virDriver model = { .name = "model", .ConnectClose = countClose };

static virConnectPtr
newConnection(void)
{
    virConnectPtr conn = virHandleNew(&virConnectClass);

    g_mutex_init(&conn->lock);
    conn->driver = &model;
    return conn;
}

static virDomainPtr
newDomain(virConnectPtr conn, int id)
{
    static const unsigned char uuid[VIR_UUID_BUFLEN] = { 1 };

    return virDomainNew(conn, "guest", uuid, id);
}

typedef struct {
    virConnectPtr conn;
    virDomainPtr shared[SHARED];
    virDomainPtr stale;         /* freed; nobody may use it, and all try */
    gint64 end;
} World;

typedef struct {
    World *world;
    guint32 seed;
} Tester;

static void
useShared(World *world, virDomainPtr dom, int number)
{
    g_assert_cmpint(virDomainRef(dom), ==, 0);
    g_assert_cmpstr(virDomainGetName(dom), ==, "guest");
    g_assert_true(virDomainGetConnect(dom) == world->conn);
    dom->id = number;
    g_assert_cmpint((int) virDomainGetID(dom), >=, 0);
    g_assert_cmpint(virDomainFree(dom), ==, 0);
}

/* The object is freed, and its slot may serve another thread at this moment: only its head may be
 * looked at, as every entry point does. */
static void
useStale(virDomainPtr dom)
{
    g_assert_false(virHandleIs(dom, &virNetworkClass));
    virHandleIs(dom, &virDomainClass);
}

static void *
workOnShared(void *opaque)
{
    const Tester *tester = opaque;
    World *world = tester->world;
    g_autoptr(GRand) random = g_rand_new_with_seed(tester->seed);

    while (g_get_monotonic_time() < world->end) {
        int number = g_rand_int_range(random, 0, SHARED);
        virDomainPtr own[16];

        useShared(world, world->shared[number], number);
        useStale(world->stale);
        /* Slots wander between threads: these come from the thread's own list, and go to others'. */
        for (gsize i = 0; i < G_N_ELEMENTS(own); i++)
            own[i] = newDomain(world->conn, (int) i);
        for (gsize i = 0; i < G_N_ELEMENTS(own); i++)
            g_assert_cmpint(virDomainFree(own[i]), ==, 0);
        g_assert_cmpint(virConnectRef(world->conn), ==, 0);
        g_assert_cmpint(virConnectClose(world->conn), ==, 1);
    }
    return NULL;
}

static void
silent(void *opaque G_GNUC_UNUSED, virErrorPtr error G_GNUC_UNUSED)
{
}

static void
testShared(void)
{
    World world = { .conn = newConnection(), .end = endOfTest() };
    Tester testers[THREADS];

    virSetErrorFunc(NULL, silent);
    disposed = 0;
    for (int i = 0; i < SHARED; i++)
        world.shared[i] = newDomain(world.conn, i);
    world.stale = newDomain(world.conn, -1);
    virDomainFree(world.stale);
    for (guint32 i = 0; i < THREADS; i++)
        testers[i] = (Tester) { .world = &world, .seed = i };
    runThreads(workOnShared, testers, sizeof(testers[0]));
    g_assert_cmpint(disposed, ==, 0);
    for (int i = 0; i < SHARED; i++) {
        g_assert_cmpint(world.shared[i]->handle.refs, ==, 1);
        virDomainFree(world.shared[i]);
    }
    g_assert_cmpint(virConnectClose(world.conn), ==, 0);
    g_assert_cmpint(disposed, ==, 1);
}

/* --- the last reference --------------------------------------------------------------------- */

typedef struct {
    virConnectPtr conn;
    gint64 end;
    int waiting;        /* atomic: threads at the barrier */
    int round;          /* atomic */
    int rounds;
} Race;

/* All start at once; the last of them prepares the next round. */
static bool
await(Race *race, int round)
{
    if (g_atomic_int_add(&race->waiting, 1) == THREADS - 1) {
        g_atomic_int_set(&race->waiting, 0);
        if (round) {
            g_assert_cmpint(g_atomic_int_get(&disposed), ==, round);
            race->rounds = round;
        }
        race->conn = g_get_monotonic_time() < race->end ? newConnection() : NULL;
        for (int i = 1; race->conn && i < THREADS; i++)
            virHandleRef(&race->conn->handle);
        g_atomic_int_set(&race->round, round + 1);
    }
    while (g_atomic_int_get(&race->round) == round)
        g_thread_yield();
    return race->conn != NULL;
}

/* Every thread has one reference and gives it up: exactly one of them is the last. */
static void *
giveUp(void *opaque)
{
    Race *race = *(Race **) opaque;

    for (int round = 0; await(race, round); round++)
        g_assert_cmpint(virConnectClose(race->conn), >=, 0);
    return NULL;
}

static void
testLast(void)
{
    Race race = { .end = endOfTest() };
    Race *same[THREADS];

    disposed = 0;
    for (guint i = 0; i < THREADS; i++)
        same[i] = &race;
    runThreads(giveUp, same, sizeof(same[0]));
    g_assert_cmpint(race.rounds, >, 0);
    g_test_message("%d rounds", race.rounds);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/handles/shared", testShared);
    g_test_add_func("/handles/last", testLast);
    return g_test_run();
}
