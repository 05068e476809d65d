/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests the core of the daemon: the order of calls, those that hang, and the end. */

#define _GNU_SOURCE 1

#include <sys/socket.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <libvirt/virterror.h>

#include "core.h"
#include "daemon/pool.h"
#include "runtime/error.h"
#include "runtime/local.h"

static void
testCalls(CoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    virClient *client = coreOpen(fixture);
    int i;

    for (i = 0; i < 500; i++)
        g_assert_cmpint(coreCall(client, i % 2 ? ECHO : URGENT, i), ==, i);
    g_assert_cmpint(coreCall(client, REFUSE, 1), ==, -1);
    g_assert_cmpint(localGetLastErrorCode(), ==, VIR_ERR_NO_DOMAIN);
    g_assert_cmpint(coreCall(client, 99, 1), ==, -1);
    g_assert_cmpstr(localGetLastErrorMessage(), ==, "unknown procedure: 99");
    coreClose(client);
    coreAssertClients(fixture, 0);
}

/* Quick calls overtake those that wait, and a client has no more of those at once than it may. */
static void
testPipelining(CoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    unsigned char bytes[8 * 32];
    int fd = coreConnectRaw(fixture), i, seen = 0, last = 0;

    for (i = 0; i < 7; i++)
        coreMakeCall(bytes + i * 32, NAP, (uint32_t) i, 50);
    coreMakeCall(bytes + 7 * 32, NAP, 7, 1);
    g_assert_cmpint(write(fd, bytes, sizeof(bytes)), ==, sizeof(bytes));
    for (i = 0; i < 8; i++) {
        last = coreReadReply(fd);
        g_assert_cmpint(last, >=, 0);
        seen |= 1 << last;
    }
    g_assert_cmpint(seen, ==, 0xff);
    /* Four workers; the eighth call was the shortest and could not be the first. */
    g_assert_cmpint(coreMost, <=, 4);
    close(fd);
    coreAssertClients(fixture, 0);
}

/* Longer than any test: a call that is still there when the others are done was not waited for. */
#define FOR_EVER 60000

static void *
callLost(void *opaque)
{
    g_assert_cmpint(coreCall(opaque, LOST, FOR_EVER), ==, FOR_EVER);
    return NULL;
}

static void *
callStuck(void *opaque)
{
    g_assert_cmpint(coreCall(opaque, STUCK, FOR_EVER), ==, FOR_EVER);
    return NULL;
}

/* Calls that were to be quick and hang, more than the loop has threads: others, and the same clients, go on. */
static void
testHungCalls(CoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    virClient *hanging[4], *other = coreOpen(fixture);
    GThread *threads[G_N_ELEMENTS(hanging)];
    size_t i;

    coreSetGate(false);
    for (i = 0; i < G_N_ELEMENTS(hanging); i++) {
        hanging[i] = coreOpen(fixture);
        threads[i] = g_thread_new("hang", callLost, hanging[i]);
    }
    coreAwaitBehindGate((int) G_N_ELEMENTS(hanging));
    for (int number = 0; number < 100; number++) {
        g_assert_cmpint(coreCall(other, number % 2 ? ECHO : URGENT, number), ==, number);
        g_assert_cmpint(coreCall(hanging[number % 4], ECHO, number), ==, number);
    }
    g_assert_cmpint(coreCall(other, NAP, 1), ==, 1);
    coreAssertBehindGate((int) G_N_ELEMENTS(hanging));
    coreSetGate(true);
    for (i = 0; i < G_N_ELEMENTS(hanging); i++) {
        g_thread_join(threads[i]);
        coreClose(hanging[i]);
    }
    coreClose(other);
    coreAssertClients(fixture, 0);
}

/*
 * While one thread is in a trap calls gather, so that they are fetched together; the first of them hangs, too, and
 * those that were fetched with it go on.
 */
static void
testHungTogether(CoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    int trapped = coreConnectRaw(fixture), snared = coreConnectRaw(fixture), others[12];

    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        others[i] = coreConnectRaw(fixture);
        coreSendCall(others[i], ECHO, 1, 0);
        g_assert_cmpint(coreReadReply(others[i]), ==, 1);
    }
    coreSetGate(false);
    coreSendCall(trapped, TRAP, 2, FOR_EVER);
    coreAwaitBehindGate(1);
    coreSendCall(snared, SNARE, 3, FOR_EVER);
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        coreSendCall(others[i], ECHO, 4, 0);
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        g_assert_cmpint(coreReadReply(others[i]), ==, 4);
    coreAwaitBehindGate(2);
    coreSetGate(true);
    g_assert_cmpint(coreReadReply(trapped), ==, 2);
    g_assert_cmpint(coreReadReply(snared), ==, 3);
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        close(others[i]);
    close(trapped);
    close(snared);
    coreAssertClients(fixture, 0);
}

/* Every worker hangs, and more calls wait for one: quick and urgent calls of anyone are answered. */
static void
testHungWorkers(CoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    virClient *stuck[7], *other = coreOpen(fixture);
    GThread *threads[G_N_ELEMENTS(stuck)];
    size_t i;

    coreSetGate(false);
    for (i = 0; i < G_N_ELEMENTS(stuck); i++) {
        stuck[i] = coreOpen(fixture);
        threads[i] = g_thread_new("stuck", callStuck, stuck[i]);
    }
    coreAwaitBehindGate(4);
    for (int number = 0; number < 100; number++) {
        g_assert_cmpint(coreCall(other, number % 2 ? ECHO : URGENT, number), ==, number);
        g_assert_cmpint(coreCall(stuck[number % 7], number % 2 ? ECHO : URGENT, number), ==, number);
    }
    coreAssertBehindGate(4);
    coreSetGate(true);
    for (i = 0; i < G_N_ELEMENTS(stuck); i++) {
        g_thread_join(threads[i]);
        coreClose(stuck[i]);
    }
    coreClose(other);
    coreAssertClients(fixture, 0);
}

/* The end, while calls run. */
static void *
callNap(void *opaque)
{
    g_assert_cmpint(coreCall(opaque, NAP, 300), ==, 300);
    return NULL;
}

/* Before the end calls that were taken are answered, and no more are taken. */
static void
testRest(CoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    virClient *napping = coreOpen(fixture);
    GThread *nap = g_thread_new("nap", callNap, napping);
    int late = coreConnectRaw(fixture);
    unsigned char byte;

    coreSendCall(late, ECHO, 1, 0);
    g_assert_cmpint(coreReadReply(late), ==, 1);
    while (!__atomic_load_n(&coreRunning, __ATOMIC_SEQ_CST))
        g_usleep(1000);
    g_assert_false(virServerRest(fixture->server));
    coreSendCall(late, ECHO, 2, 0);
    while (!virServerRest(fixture->server))
        g_usleep(1000);
    g_thread_join(nap);
    g_assert_cmpint(recv(late, &byte, 1, MSG_DONTWAIT), ==, -1);
    close(late);
    coreClose(napping);
}

static void
testStop(CoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    int fds[8];
    unsigned char bytes[32];
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(fds); i++) {
        fds[i] = coreConnectRaw(fixture);
        coreMakeCall(bytes, i % 2 ? NAP : HANG, 1, 100);
        g_assert_cmpint(write(fds[i], bytes, sizeof(bytes)), ==, sizeof(bytes));
    }
    g_usleep(30 * 1000);
    virServerStop(fixture->server);
    for (i = 0; i < G_N_ELEMENTS(fds); i++) {
        while (coreReadReply(fds[i]) >= 0)
            continue;
        close(fds[i]);
    }
    virLoopStop(fixture->loop);
    virServerFree(fixture->server);
    virLoopFree(fixture->loop);
    g_rmdir(fixture->folder);
    g_free(fixture->folder);
    g_free(fixture->path);
}

/* Jobs that note how many of them run at once. */
static GMutex togetherLock;
static GCond togetherCond;
static unsigned int togetherNow, togetherMost, togetherDone;

static void
runTogether(virPoolJob *job)
{
    g_mutex_lock(&togetherLock);
    togetherNow++;
    togetherMost = MAX(togetherMost, togetherNow);
    g_mutex_unlock(&togetherLock);
    g_usleep(2000);
    g_mutex_lock(&togetherLock);
    togetherNow--;
    togetherDone++;
    g_cond_broadcast(&togetherCond);
    g_mutex_unlock(&togetherLock);
    g_free(job);
}

/* Fewer ordinary jobs at once than there are threads; urgent ones do not count, and none is lost. */
static void
testTogether(void)
{
    static const virPoolLimits limits = { .least = 4, .most = 8, .urgent = 1, .together = 2 };
    virPool *pool = virPoolNew(&limits);
    gint64 end = g_get_monotonic_time() + 60 * G_USEC_PER_SEC;
    unsigned int i;

    for (i = 0; i < 40; i++) {
        virPoolJob *job = g_new0(virPoolJob, 1);

        job->run = runTogether;
        virPoolPush(pool, job, /* urgent= */ false);
    }
    g_mutex_lock(&togetherLock);
    while (togetherDone < 40)
        g_assert_true(g_cond_wait_until(&togetherCond, &togetherLock, end));
    g_mutex_unlock(&togetherLock);
    g_assert_cmpuint(togetherMost, ==, 2);
    virPoolFree(pool);
}

#define ADD(path, function) g_test_add(path, CoreFixture, NULL, coreSetUp, function, coreTearDown)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("/server/calls", testCalls);
    ADD("/server/pipelining", testPipelining);
    ADD("/server/hung-calls", testHungCalls);
    ADD("/server/hung-together", testHungTogether);
    ADD("/server/hung-workers", testHungWorkers);
    ADD("/server/rest", testRest);
    g_test_add_func("/server/together", testTogether);
    g_test_add("/server/stop", CoreFixture, NULL, coreSetUp, testStop, NULL);
    return g_test_run();
}
