/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Objects of a host: found by every key, refused when two share one, and kept whole by many threads. */

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <string.h>

#include "conf/domain_list.h"
#include "conf/objects.h"

#define THREADS 8
#define ROUNDS  3000
#define NAMES   6

typedef struct {
    int refs;
    GList link;
    GMutex lock;
    char *name;
    unsigned char uuid[VIR_UUID_BUFLEN];
    int id;
} Thing;

static int alive;

static void
refThing(void *thing)
{
    g_atomic_int_inc(&((Thing *)thing)->refs);
}

static void
unrefThing(void *data)
{
    Thing *thing = data;

    if (!g_atomic_int_dec_and_test(&thing->refs))
        return;
    g_mutex_clear(&thing->lock);
    g_free(thing->name);
    g_free(thing);
    g_atomic_int_add(&alive, -1);
}

static GMutex *
lockOfThing(void *thing)
{
    return &((Thing *)thing)->lock;
}

static void *
nameOfThing(virConnectPtr conn G_GNUC_UNUSED, const void *thing)
{
    return g_strdup(((const Thing *)thing)->name);
}

static bool
passes(const void *thing, unsigned int flags)
{
    const virConfDomainFacts facts = {
        .state = VIR_DOMAIN_RUNNING,
        .active = ((const Thing *)thing)->id >= 0,
    };

    return virConfDomainPasses(&facts, flags);
}

static const virConfObjectLayout layout = {
    .link = offsetof(Thing, link),
    .name = offsetof(Thing, name),
    .uuid = offsetof(Thing, uuid),
    .id = offsetof(Thing, id),
};

static const virConfObjectKind kind = {
    .word = "thing",
    .documentDomain = VIR_FROM_DOMAIN,
    .missingCode = VIR_ERR_NO_DOMAIN,
    .layout = &layout,
    .handle = nameOfThing,
    .passes = passes,
    .ref = refThing,
    .unref = unrefThing,
    .lock = lockOfThing,
};

static Thing *
makeThing(const char *name, unsigned char byte)
{
    Thing *thing = g_new0(Thing, 1);

    thing->refs = 1;
    g_mutex_init(&thing->lock);
    thing->name = g_strdup(name);
    memset(thing->uuid, byte, sizeof(thing->uuid));
    thing->id = -1;
    g_atomic_int_inc(&alive);
    return thing;
}

static void
assertError(int domain, int code, const char *message)
{
    g_assert_cmpint(virGetLastErrorCode(), ==, code);
    g_assert_cmpint(virGetLastErrorDomain(), ==, domain);
    g_assert_nonnull(strstr(virGetLastErrorMessage(), message));
}

static void
testKeys(void)
{
    virConfObjects objects;
    Thing *one = makeThing("one", 1), *two = makeThing("two", 2), *clash = makeThing("one", 2);
    g_autofree char *found = NULL;
    char *names[2] = {NULL};
    void **handles;
    int ids[2];

    virConfObjectsInit(&objects, &kind, VIR_FROM_TEST, /* guard= */ NULL);
    g_assert_true(virConfObjectsAdd(&objects, one, true) == one);
    g_assert_true(virConfObjectsAdd(&objects, two, true) == two);
    g_assert_null(virConfObjectsAdd(&objects, clash, true));
    assertError(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_FAILED,
                "thing 'one' already exists with uuid 01010101-");
    unrefThing(clash);
    g_assert_null(virConfObjectsByName(&objects, "three"));
    assertError(VIR_FROM_TEST, VIR_ERR_NO_DOMAIN, "no thing with matching name 'three'");
    virConfObjectsSetId(&objects, two, virConfObjectsTakeId(&objects));
    found = virConfObjectsLookUpById(&objects, NULL, 1);
    g_assert_cmpstr(found, ==, "two");
    g_assert_cmpint(virConfObjectsTakeId(&objects), ==, 2);
    g_assert_true(virConfObjectsRename(&objects, one, "uno"));
    g_assert_false(virConfObjectsRename(&objects, one, "two"));
    g_assert_cmpint(virConfObjectsListNames(&objects, VIR_CONNECT_LIST_DOMAINS_INACTIVE, names, 2),
                    ==, 1);
    g_assert_cmpstr(names[0], ==, "uno");
    g_free(names[0]);
    g_assert_cmpint(virConfObjectsListIds(&objects, VIR_CONNECT_LIST_DOMAINS_ACTIVE, ids, 2), ==, 1);
    g_assert_cmpint(ids[0], ==, 1);
    g_assert_cmpint(virConfObjectsListAll(&objects, NULL, &handles, 0), ==, 2);
    g_assert_cmpstr(handles[1], ==, "two");
    g_strfreev((char **)handles);
    g_assert_cmpint(virConfObjectsListIds(&objects, 0, ids, 0), ==, 0);
    g_assert_true(virConfObjectsRemove(&objects, two));
    g_assert_false(virConfObjectsRemove(&objects, two));
    g_assert_null(virConfObjectsLookUpById(&objects, NULL, 1));
    unrefThing(two);
    unrefThing(two);
    unrefThing(one);
    unrefThing(one);
    virConfObjectsClear(&objects);
    g_assert_cmpint(alive, ==, 0);
}

/* Every combination of filters that a list of domains knows lets through what it says. */
static void
testFilters(void)
{
    static const int states[] = {VIR_DOMAIN_RUNNING, VIR_DOMAIN_PAUSED, VIR_DOMAIN_SHUTOFF,
                                 VIR_DOMAIN_CRASHED};

    for (unsigned int bits = 0; bits < 64; bits++) {
        for (size_t i = 0; i < G_N_ELEMENTS(states); i++) {
            const virConfDomainFacts facts = {
                .state = states[i],
                .active = bits & 1,
                .persistent = bits & 2,
                .managedSave = bits & 4,
                .autostart = bits & 8,
                .snapshots = bits & 16,
                .checkpoints = bits & 32,
            };
            /* The bits of the interface: two for each fact, the four states in between. */
            unsigned int exact = 0, opposite;

            for (unsigned int n = 0; n < 6; n++)
                exact |= (bits >> n & 1 ? 1U : 2U) << (n < 2 ? 2 * n : 2 * n + 4);
            opposite = (exact ^ 0xff0f) & 0xff0f;
            exact |= 16U << i;
            g_assert_true(virConfDomainPasses(&facts, 0));
            g_assert_true(virConfDomainPasses(&facts, exact));
            g_assert_true(virConfDomainPasses(&facts, 0xffff));
            g_assert_false(virConfDomainPasses(&facts, 0xf0 & ~(16U << i)));
            for (unsigned int n = 0; n < 16; n++) {
                if (opposite >> n & 1)
                    g_assert_false(virConfDomainPasses(&facts, 1U << n));
            }
        }
    }
}

static gpointer
workOn(gpointer data)
{
    virConfObjects *objects = data;
    GRand *random = g_rand_new();

    for (int i = 0; i < ROUNDS; i++) {
        int number = g_rand_int_range(random, 0, NAMES);
        g_autofree char *name = g_strdup_printf("t%d", number);
        Thing *made = makeThing(name, (unsigned char)number);
        Thing *thing = virConfObjectsAdd(objects, made, true);
        void **handles;

        /* Another thread may have given this name to another one. */
        if (thing) {
            g_mutex_lock(&thing->lock);
            if (thing->id < 0)
                virConfObjectsSetId(objects, thing, virConfObjectsTakeId(objects));
            else if (i % 3 == 0)
                virConfObjectsSetId(objects, thing, -1);
            g_mutex_unlock(&thing->lock);
            if (i % 5 == 0)
                virConfObjectsRemove(objects, thing);
            unrefThing(thing);
        }
        unrefThing(made);
        g_free(virConfObjectsLookUpByName(objects, NULL, name));
        g_free(virConfObjectsLookUpById(objects, NULL, i));
        virConfObjectsListAll(objects, NULL, &handles, VIR_CONNECT_LIST_DOMAINS_ACTIVE);
        g_strfreev((char **)handles);
    }
    g_rand_free(random);
    return NULL;
}

static void
testThreads(void)
{
    GThread *threads[THREADS];
    virConfObjects objects;

    virConfObjectsInit(&objects, &kind, VIR_FROM_TEST, /* guard= */ NULL);
    for (int i = 0; i < THREADS; i++)
        threads[i] = g_thread_new("worker", workOn, &objects);
    for (int i = 0; i < THREADS; i++)
        g_thread_join(threads[i]);
    g_assert_cmpint(virConfObjectsCount(&objects, 0), <=, NAMES);
    virConfObjectsClear(&objects);
    g_assert_cmpint(alive, ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/objects/keys", testKeys);
    g_test_add_func("/objects/filters", testFilters);
    g_test_add_func("/objects/threads", testThreads);
    return g_test_run();
}
