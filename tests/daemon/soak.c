/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Clients that connect, call and leave in random order: soak URI CLIENTS SECONDS THREADS SEED. */

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

typedef struct {
    virConnectPtr conn;     /* NULL: not connected */
    int callback;           /* -1: none; one keeps its connection open until it is deregistered */
} Client;

typedef struct {
    const char *uri;
    unsigned int clients;       /* of this thread */
    gint64 end;
    guint32 seed;
    unsigned long long opened, calls, failed;
    unsigned int now, most;
} Share;

/* Errors are looked at where they are unexpected. */
static void
quiet(void *opaque G_GNUC_UNUSED, virErrorPtr error G_GNUC_UNUSED)
{
}

static void
complain(Share *share, const char *what)
{
    if (!share->failed++)
        fprintf(stderr, "%s: %s\n", what, virGetLastErrorMessage());
}

static int
onLifecycle(virConnectPtr conn G_GNUC_UNUSED, virDomainPtr domain G_GNUC_UNUSED,
            int event G_GNUC_UNUSED, int detail G_GNUC_UNUSED, void *opaque G_GNUC_UNUSED)
{
    return 0;
}

static void *
runLoop(void *stop)
{
    while (!g_atomic_int_get((int *) stop))
        virEventRunDefaultImpl();
    return NULL;
}

static void
onTick(int timer G_GNUC_UNUSED, void *opaque G_GNUC_UNUSED)
{
}

static bool
listDomains(virConnectPtr conn)
{
    virDomainPtr *domains = NULL;
    int count = virConnectListAllDomains(conn, &domains, 0), i;

    for (i = 0; i < count; i++)
        virDomainFree(domains[i]);
    free(domains);
    return count >= 0;
}

static bool
lookAtDomain(virConnectPtr conn)
{
    virDomainPtr domain = virDomainLookupByName(conn, "test");
    g_autofree char *document = domain ? virDomainGetXMLDesc(domain, 0) : NULL;
    virDomainInfo info;
    bool good = document && virDomainGetInfo(domain, &info) == 0;

    if (domain)
        virDomainFree(domain);
    return good;
}

/* A guest of its own that comes and goes; every client of a host hears of it. */
static bool
makeGuest(virConnectPtr conn, guint32 number)
{
    g_autofree char *text = g_strdup_printf("<domain type='test'><name>soak-%u</name><memory>8192"
                                            "</memory><os><type>hvm</type></os></domain>", number);
    virDomainPtr domain = virDomainCreateXML(conn, text, 0);
    bool good = domain && virDomainDestroy(domain) == 0;

    if (domain)
        virDomainFree(domain);
    return good;
}

static bool
readVolume(virConnectPtr conn)
{
    virStoragePoolPtr pool = virStoragePoolLookupByName(conn, "default-pool");
    virStoragePoolInfo info;
    bool good = pool && virStoragePoolGetInfo(pool, &info) == 0;

    if (pool)
        virStoragePoolFree(pool);
    return good;
}

/* Begins to listen, or stops to. */
static bool
listenForEvents(Client *client)
{
    bool good;

    if (client->callback < 0) {
        client->callback = virConnectDomainEventRegisterAny(
            client->conn, NULL, VIR_DOMAIN_EVENT_ID_LIFECYCLE,
            VIR_DOMAIN_EVENT_CALLBACK(onLifecycle), NULL, NULL);
        return client->callback >= 0;
    }
    good = virConnectDomainEventDeregisterAny(client->conn, client->callback) == 0;
    client->callback = -1;
    return good;
}

static bool
callSomething(Client *client, GRand *dice)
{
    virConnectPtr conn = client->conn;
    unsigned long version;

    switch (g_rand_int_range(dice, 0, 8)) {
    case 0:
        return listDomains(conn);
    case 1:
        return lookAtDomain(conn);
    case 2:
        /* Now and then: some hundred clients hear of each. */
        return g_rand_int_range(dice, 0, 10) > 0 || makeGuest(conn, g_rand_int(dice));
    case 3:
        return readVolume(conn);
    case 4:
        return listenForEvents(client);
    case 5:
        /* What fails must not leave anything behind either. */
        return virDomainLookupByName(conn, "no-such-domain") == NULL;
    default:
        return virConnectGetLibVersion(conn, &version) == 0;
    }
}

/* Closes a client. */
static bool
leave(Client *client)
{
    bool good = client->callback < 0 || listenForEvents(client);

    /* An event that is on its way may hold it a moment longer. */
    good = virConnectClose(client->conn) >= 0 && good;
    client->conn = NULL;
    return good;
}

/* One step of a client: it connects, has a call, or leaves. */
static void
step(Share *share, Client *client, GRand *dice)
{
    if (!client->conn) {
        client->conn = virConnectOpen(share->uri);
        client->callback = -1;
        share->opened++;
        share->now += client->conn != NULL;
        share->most = MAX(share->most, share->now);
        if (!client->conn)
            complain(share, "open");
    } else if (g_rand_int_range(dice, 0, 10) < 3) {
        share->now--;
        if (!leave(client))
            complain(share, "close");
    } else {
        share->calls++;
        if (!callSomething(client, dice))
            complain(share, "call");
    }
}

static void *
work(void *opaque)
{
    Share *share = opaque;
    g_autofree Client *clients = g_new0(Client, share->clients);
    GRand *dice = g_rand_new_with_seed(share->seed);
    unsigned int i;

    while (g_get_monotonic_time() < share->end)
        step(share, &clients[g_rand_int_range(dice, 0, (gint32) share->clients)], dice);
    /* Every other one is dropped by the end of the program. */
    for (i = 0; i < share->clients; i += 2) {
        if (clients[i].conn && !leave(&clients[i]))
            complain(share, "close");
    }
    g_rand_free(dice);
    return NULL;
}

int
main(int argc, char **argv)
{
    unsigned int clients = argc > 2 ? (unsigned int) atoi(argv[2]) : 1000;
    unsigned int seconds = argc > 3 ? (unsigned int) atoi(argv[3]) : 10;
    unsigned int threads = argc > 4 ? (unsigned int) atoi(argv[4]) : 8;
    guint32 seed = argc > 5 ? (guint32) atoi(argv[5]) : 1;
    g_autofree Share *shares = g_new0(Share, threads);
    g_autofree GThread **workers = g_new0(GThread *, threads);
    GThread *loop;
    Share sum = { 0 };
    unsigned int i;
    int stop = 0, timer;

    if (argc < 2 || !clients || !threads)
        return 2;
    virSetErrorFunc(NULL, quiet);
    virEventRegisterDefaultImpl();
    timer = virEventAddTimeout(50, onTick, NULL, NULL);
    loop = g_thread_new("loop", runLoop, &stop);
    for (i = 0; i < threads; i++) {
        shares[i] = (Share) {
            .uri = argv[1],
            .clients = clients / threads,
            .end = g_get_monotonic_time() + (gint64) seconds * G_USEC_PER_SEC,
            .seed = seed * 1000 + i,
        };
        workers[i] = g_thread_new("work", work, &shares[i]);
    }
    for (i = 0; i < threads; i++) {
        g_thread_join(workers[i]);
        sum.opened += shares[i].opened;
        sum.calls += shares[i].calls;
        sum.failed += shares[i].failed;
        sum.most += shares[i].most;
    }
    g_atomic_int_set(&stop, 1);
    g_thread_join(loop);
    virEventRemoveTimeout(timer);
    printf("%llu %llu %u\n", sum.opened, sum.calls, sum.most);
    return sum.failed ? 1 : 0;
}
