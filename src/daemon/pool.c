/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Worker threads for calls that may wait: so many as are needed, some for urgent jobs only. */

#include "daemon/pool.h"

#include <glib.h>
#include <libvirt/virterror.h>

#include "runtime/error.h"

/* How long a thread beyond the least number stays without work, in microseconds. */
#define LINGER (30 * G_USEC_PER_SEC)

typedef struct {
    virPoolJob *first;
    virPoolJob **last;
    unsigned int length;
} Queue;

struct virPool {
    /* Guards all that follows; not held while a job runs. */
    GMutex lock;
    GCond ordinaryCond;
    GCond urgentCond;
    GCond endedCond;
    virPoolLimits limits;
    Queue ordinary;
    Queue urgent;
    unsigned int running;   /* ordinary jobs */
    unsigned int threads;
    unsigned int free;
    unsigned int urgentThreads;
    unsigned int urgentFree;
    bool stopping;
};

static void
push(Queue *queue, virPoolJob *job)
{
    job->next = NULL;
    if (!queue->first)
        queue->last = &queue->first;
    *queue->last = job;
    queue->last = &job->next;
    queue->length++;
}

static virPoolJob *
pop(Queue *queue)
{
    virPoolJob *job = queue->first;

    if (job) {
        queue->first = job->next;
        queue->length--;
    }
    return job;
}

/* Whether one more ordinary job may run. With the lock held. */
static bool
mayRun(const virPool *pool)
{
    return !pool->limits.together || pool->running < pool->limits.together;
}

/* Runs a job with the lock dropped. */
static void
run(virPool *pool, virPoolJob *job)
{
    g_mutex_unlock(&pool->lock);
    job->run(job);
    g_mutex_lock(&pool->lock);
}

/* False when a thread beyond the least number had nothing to do for long enough. */
static bool
awaitJob(virPool *pool)
{
    gint64 end = g_get_monotonic_time() + LINGER;
    bool woken = true;

    pool->free++;
    if (pool->threads > pool->limits.least)
        woken = g_cond_wait_until(&pool->ordinaryCond, &pool->lock, end);
    else
        g_cond_wait(&pool->ordinaryCond, &pool->lock);
    pool->free--;
    return woken || pool->threads <= pool->limits.least || pool->ordinary.first ||
           pool->urgent.first;
}

static void *
runOrdinary(void *opaque)
{
    virPool *pool = opaque;

    g_mutex_lock(&pool->lock);
    for (;;) {
        virPoolJob *job = pop(&pool->urgent);

        if (job) {
            run(pool, job);
            continue;
        }
        job = mayRun(pool) ? pop(&pool->ordinary) : NULL;
        if (job) {
            pool->running++;
            run(pool, job);
            /* What waits for that is taken by this thread, in its next turn. */
            pool->running--;
            continue;
        }
        if (pool->stopping || pool->threads > pool->limits.most || !awaitJob(pool))
            break;
    }
    pool->threads--;
    g_cond_broadcast(&pool->endedCond);
    g_mutex_unlock(&pool->lock);
    return NULL;
}

static void *
runUrgent(void *opaque)
{
    virPool *pool = opaque;

    g_mutex_lock(&pool->lock);
    for (;;) {
        virPoolJob *job = pop(&pool->urgent);

        if (job) {
            run(pool, job);
            continue;
        }
        if (pool->stopping || pool->urgentThreads > pool->limits.urgent)
            break;
        pool->urgentFree++;
        g_cond_wait(&pool->urgentCond, &pool->lock);
        pool->urgentFree--;
    }
    pool->urgentThreads--;
    g_cond_broadcast(&pool->endedCond);
    g_mutex_unlock(&pool->lock);
    return NULL;
}

/* Called with the lock held. */
static void
startThread(virPool *pool, bool urgent)
{
    (*(urgent ? &pool->urgentThreads : &pool->threads))++;
    g_thread_unref(g_thread_new(urgent ? "urgent" : "worker", urgent ? runUrgent : runOrdinary,
                                pool));
}

/* As many threads as the limits ask for; surplus ones end when they are woken. With the lock held. */
static void
fill(virPool *pool)
{
    while (pool->threads < pool->limits.least)
        startThread(pool, /* urgent= */ false);
    while (pool->urgentThreads < pool->limits.urgent)
        startThread(pool, /* urgent= */ true);
    g_cond_broadcast(&pool->ordinaryCond);
    g_cond_broadcast(&pool->urgentCond);
}

virPool *
virPoolNew(const virPoolLimits *limits)
{
    virPool *pool = g_new0(virPool, 1);

    g_mutex_init(&pool->lock);
    g_cond_init(&pool->ordinaryCond);
    g_cond_init(&pool->urgentCond);
    g_cond_init(&pool->endedCond);
    pool->limits = *limits;
    g_mutex_lock(&pool->lock);
    fill(pool);
    g_mutex_unlock(&pool->lock);
    return pool;
}

void
virPoolFree(virPool *pool)
{
    if (!pool)
        return;
    g_mutex_lock(&pool->lock);
    pool->stopping = true;
    g_cond_broadcast(&pool->ordinaryCond);
    g_cond_broadcast(&pool->urgentCond);
    while (pool->threads || pool->urgentThreads)
        g_cond_wait(&pool->endedCond, &pool->lock);
    g_mutex_unlock(&pool->lock);
    g_mutex_clear(&pool->lock);
    g_cond_clear(&pool->ordinaryCond);
    g_cond_clear(&pool->urgentCond);
    g_cond_clear(&pool->endedCond);
    g_free(pool);
}

void
virPoolPush(virPool *pool, virPoolJob *job, bool urgent)
{
    g_mutex_lock(&pool->lock);
    push(urgent ? &pool->urgent : &pool->ordinary, job);
    if (!urgent && !mayRun(pool)) {
        g_mutex_unlock(&pool->lock);
        return;
    }
    if (pool->free > pool->ordinary.length + pool->urgent.length - 1)
        g_cond_signal(&pool->ordinaryCond);
    else if (pool->threads < pool->limits.most)
        startThread(pool, /* urgent= */ false);
    else if (urgent && pool->urgentFree)
        g_cond_signal(&pool->urgentCond);
    else if (pool->free)
        g_cond_signal(&pool->ordinaryCond);
    g_mutex_unlock(&pool->lock);
}

int
virPoolSetLimits(virPool *pool, const virPoolLimits *limits)
{
    if (limits->least > limits->most || limits->most == 0) {
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_INVALID_ARG,
                      "at least %u and at most %u workers cannot both be", limits->least,
                      limits->most);
        return -1;
    }
    g_mutex_lock(&pool->lock);
    pool->limits = *limits;
    fill(pool);
    g_mutex_unlock(&pool->lock);
    return 0;
}

void
virPoolLook(virPool *pool, virPoolState *state)
{
    g_mutex_lock(&pool->lock);
    state->limits = pool->limits;
    state->threads = pool->threads;
    state->free = pool->free;
    state->urgent = pool->urgentThreads;
    state->depth = pool->ordinary.length + pool->urgent.length;
    g_mutex_unlock(&pool->lock);
}
