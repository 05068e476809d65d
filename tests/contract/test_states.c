/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests the life cycle of domains of the test hypervisor against the states in the specification. */

#include "contract/states.h"

#include <string.h>

#include <glib.h>
#include <glib/gstdio.h>

#define UUID "b9a3c1d2-0000-4000-8000-00000000000a"
#define STATES_MAX 16
#define WALK_STEPS 2000

static const char document[] =
    "<domain type='test'><name>states</name><uuid>" UUID "</uuid><memory>8192</memory>"
    "<os><type>hvm</type></os></domain>";

static Contract contract;
static int heard[STATE_EVENTS * 2][2];
static int nheard;
static int current;         /* the number of the state the domain is in; it begins absent */

void *
contractScratch(Contract *f, int number)
{
    return f->scratch[number];
}

static int
onEvent(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr domain, int event, int detail,
        void *opaque G_GNUC_UNUSED)
{
    char uuid[VIR_UUID_STRING_BUFLEN];

    g_assert_cmpint(virDomainGetUUIDString(domain, uuid), ==, 0);
    if (g_str_equal(uuid, UUID) && nheard < (int) G_N_ELEMENTS(heard)) {
        heard[nheard][0] = event;
        heard[nheard++][1] = detail;
    }
    return 0;
}

static void
tick(int timer G_GNUC_UNUSED, void *opaque G_GNUC_UNUSED)
{
}

/* Delivers what waits. */
static void
listen(void)
{
    int timer = virEventAddTimeout(0, tick, NULL, NULL);

    g_assert_cmpint(virEventRunDefaultImpl(), ==, 0);
    virEventRemoveTimeout(timer);
}

static void
silent(void *opaque G_GNUC_UNUSED, virErrorPtr error G_GNUC_UNUSED)
{
}

/* The domain as a program sees it; its handle stays when it is gone. */
static const char *
look(Contract *f)
{
    virDomainPtr domain = virDomainLookupByUUIDString(f->rw.conn, UUID);
    int state;
    bool transient;

    if (!domain)
        return "absent";
    if (f->rw.domain)
        virDomainFree(f->rw.domain);
    f->rw.domain = domain;
    transient = virDomainIsPersistent(domain) == 0;
    g_assert_cmpint(virDomainGetState(domain, &state, NULL, 0), ==, 0);
    switch ((virDomainState) state) {
    case VIR_DOMAIN_RUNNING:
        return transient ? "transient-running" : "running";
    case VIR_DOMAIN_PAUSED:
        return transient ? "transient-paused" : "paused";
    case VIR_DOMAIN_SHUTOFF:
        return virDomainHasManagedSaveImage(domain, 0) == 1 ? "saved" : "off";
    case VIR_DOMAIN_NOSTATE:
    case VIR_DOMAIN_BLOCKED:
    case VIR_DOMAIN_SHUTDOWN:
    case VIR_DOMAIN_CRASHED:
    case VIR_DOMAIN_PMSUSPENDED:
        break;
    }
    return "unexpected";
}

/* Whether a state looks like this; how a saved domain will start cannot be seen before. */
static bool
looksLike(const char *state, const char *seen)
{
    return g_str_equal(state, seen) ||
           (g_str_equal(seen, "saved") && g_str_has_prefix(state, "saved"));
}

/* The state an object is in now, which is the expected one if it looks like it. */
static int
recognize(const StateObject *object, const char *seen, int expected)
{
    int i;

    if (looksLike(object->states[expected], seen))
        return expected;
    for (i = 0; object->states[i]; i++) {
        if (looksLike(object->states[i], seen))
            return i;
    }
    g_error("%s has no state '%s'", object->name, seen);
}

static bool
isExpectedError(const StateStep *step, int code)
{
    int i;

    for (i = 0; i < STATE_ERRORS && step->errors[i]; i++) {
        if (step->errors[i] == code)
            return true;
    }
    return false;
}

/* Makes one call in a known state and compares all that can be seen. */
static void
try(const StateObject *object, const StateCall *call, int from)
{
    const StateStep *step = &call->steps[from];
    g_autofree char *where = g_strdup_printf("%s in state %s", call->name, object->states[from]);
    bool failed;
    int code, to, i;

    g_unlink("x");
    nheard = 0;
    memset(contract.scratch, 0, sizeof(contract.scratch));
    virResetLastError();
    failed = call->call(&contract);
    code = virGetLastErrorCode();
    listen();
    to = recognize(object, look(&contract), step->to);
    current = to;
    if (failed != (step->errors[0] != 0) || (failed && !isExpectedError(step, code)))
        g_test_fail_printf("%s: failed %d with code %d", where, failed, code);
    if (to != step->to)
        g_test_fail_printf("%s: the state is %s, not %s", where, object->states[to],
                           object->states[step->to]);
    if (nheard != step->nevents)
        g_test_fail_printf("%s: %d events instead of %d", where, nheard, step->nevents);
    for (i = 0; i < MIN(nheard, step->nevents); i++) {
        if (heard[i][0] != step->events[i][0] || heard[i][1] != step->events[i][1])
            g_test_fail_printf("%s: event %d/%d instead of %d/%d", where, heard[i][0], heard[i][1],
                               step->events[i][0], step->events[i][1]);
    }
}

/* The call that is the next on a shortest way between two states, NULL when there is none. */
static const StateCall *
nextOnTheWay(const StateObject *object, int from, int to)
{
    const StateCall *first[STATES_MAX] = { NULL };
    bool seen[STATES_MAX] = { false };
    int queue[STATES_MAX], head = 0, tail = 0, i;

    queue[tail++] = from;
    seen[from] = true;
    while (head < tail) {
        int at = queue[head++];

        if (at == to)
            return first[at];
        for (i = 0; object->calls[i].name; i++) {
            int next = object->calls[i].steps[at].to;

            if (seen[next])
                continue;
            seen[next] = true;
            first[next] = at == from ? &object->calls[i] : first[at];
            queue[tail++] = next;
        }
    }
    return NULL;
}

static void
go(const StateObject *object, int to)
{
    while (current != to) {
        const StateCall *call = nextOnTheWay(object, current, to);

        g_assert_nonnull(call);
        try(object, call, current);
    }
}

static void
testCall(gconstpointer data)
{
    const StateCall *call = data;
    const StateObject *object = &stateObjects[0];
    int i;

    for (i = 0; object->states[i]; i++) {
        go(object, i);
        try(object, call, i);
    }
    go(object, 0);
}

/* Any calls in any order, as the model says all the way. */
static void
testWalk(void)
{
    const StateObject *object = &stateObjects[0];
    int calls = 0, i;

    while (object->calls[calls].name)
        calls++;
    for (i = 0; i < WALK_STEPS && !g_test_failed(); i++)
        try(object, &object->calls[g_test_rand_int_range(0, calls)], current);
    go(object, 0);
}

static void
testAll(void)
{
    int i = 0;

    /* This program knows how to look at domains only. */
    g_assert_cmpstr(stateObjects[0].name, ==, "Domain");
    g_assert_null(stateObjects[1].name);
    while (stateObjects[0].calls[i].name)
        i++;
    g_test_message("%d functions", i);
    g_assert_cmpint(i, >=, 20);
}

int
main(int argc, char **argv)
{
    g_autofree char *folder = g_dir_make_tmp("states-XXXXXX", NULL);
    int i;

    g_test_init(&argc, &argv, NULL);
    virSetErrorFunc(NULL, silent);
    virEventRegisterDefaultImpl();
    contract.document = document;
    contract.rw.conn = virConnectOpen("test:///default");
    g_assert_nonnull(contract.rw.conn);
    g_assert_cmpint(virConnectDomainEventRegister(contract.rw.conn, onEvent, NULL, NULL), ==, 0);
    g_assert_cmpint(g_chdir(folder), ==, 0);
    /* A handle for calls on a domain that is not there. */
    virDomainFree(virDomainDefineXML(contract.rw.conn, document));
    look(&contract);
    g_assert_cmpint(virDomainUndefine(contract.rw.domain), ==, 0);
    listen();
    for (i = 0; stateObjects[0].calls[i].name; i++) {
        g_autofree char *path = g_strdup_printf("/states/%s", stateObjects[0].calls[i].name);

        g_test_add_data_func(path, &stateObjects[0].calls[i], testCall);
    }
    g_test_add_func("/states/walk", testWalk);
    g_test_add_func("/states/all", testAll);
    i = g_test_run();
    virConnectDomainEventDeregister(contract.rw.conn, onEvent);
    virDomainFree(contract.rw.domain);
    virConnectClose(contract.rw.conn);
    g_unlink("x");
    g_chdir("/");
    g_rmdir(folder);
    return i;
}
