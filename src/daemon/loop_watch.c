/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Watches the threads of the loop: one that is held up in a call is replaced. */

#define _GNU_SOURCE 1

#include "daemon/loop_inside.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* How often it looks for threads that are held up, in microseconds. */
#define LOOK_INTERVAL 10000
/* After so many looks at nothing it sleeps until the next call begins. */
#define IDLE_LOOKS 100
/* More than this many held-up threads are not replaced. */
#define SPARE_MAX 64

/* Takes threads that have ended out of the list; called with the lock held. */
static void
collectFinished(virLoop *loop)
{
    guint i;

    for (i = 0; i < loop->threads->len;) {
        virLoopThread *thread = g_ptr_array_index(loop->threads, i);

        if (!thread->finished) {
            i++;
            continue;
        }
        g_ptr_array_remove_index_fast(loop->threads, i);
        g_thread_join(thread->thread);
        g_free(thread);
    }
}

/*
 * One thread is held up: it is replaced and its source is told; the lock is dropped for that. False
 * when the call has just ended: its thread reads the mark after it counts, we do it the other way
 * round, so one of the two sees the other.
 */
static bool
replace(virLoop *loop, virLoopThread *thread)
{
    virLoopSource *source = thread->source;
    uint64_t job = thread->job;

    __atomic_store_n(&thread->heldUp, true, __ATOMIC_SEQ_CST);
    if (__atomic_load_n(&thread->count, __ATOMIC_SEQ_CST) != thread->lookedAt) {
        __atomic_store_n(&thread->heldUp, false, __ATOMIC_SEQ_CST);
        return false;
    }
    /* The call cannot end without the lock now, so its source is alive. */
    __atomic_store_n(&loop->running, loop->running - 1, __ATOMIC_RELAXED);
    if (loop->running < loop->wanted && loop->threads->len < loop->wanted + SPARE_MAX)
        virLoopStartThread(loop);
    virLoopDropLead(loop, thread);
    source->class->ref(source);
    g_mutex_unlock(&loop->lock);
    source->class->heldUp(source, job);
    source->class->unref(source);
    g_mutex_lock(&loop->lock);
    return true;
}

/* How long a thread that counted has been on a processor, in nanoseconds. */
static int64_t
ranFor(const virLoopThread *thread)
{
    struct timespec ran;

    if (clock_gettime(thread->clock, &ran) < 0)
        return 0;
    return (int64_t) ran.tv_sec * 1000000000 + ran.tv_nsec;
}

/*
 * Whether a thread only waits for a processor. A busy machine would else have every quick call look
 * like one that hangs.
 */
static bool
isCrowdedOut(const virLoopThread *thread)
{
    char path[64], text[128];
    const char *state = NULL;
    ssize_t size;
    int fd;

    if (ranFor(thread) - thread->ranUntil > LOOK_INTERVAL * 1000 / 2)
        return false;
    snprintf(path, sizeof(path), "/proc/self/task/%d/stat", (int) thread->id);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    size = read(fd, text, sizeof(text) - 1);
    close(fd);
    if (size > 0) {
        text[size] = '\0';
        /* Its state follows its name, which is in brackets. */
        state = strrchr(text, ')');
    }
    return state && g_str_has_prefix(state, ") R");
}

/* Looks at every thread; true when one did something since the last look. */
static bool
look(virLoop *loop)
{
    bool active = false;
    guint i;

    for (i = 0; i < loop->threads->len; i++) {
        virLoopThread *thread = g_ptr_array_index(loop->threads, i);
        unsigned int count = __atomic_load_n(&thread->count, __ATOMIC_SEQ_CST);

        if (count != thread->lookedAt) {
            thread->lookedAt = count;
            thread->ranUntil = ranFor(thread);
            active = true;
        } else if (count % 2 && !thread->heldUp && isCrowdedOut(thread)) {
            active = true;
        } else if (count % 2 && !thread->heldUp) {
            active = replace(loop, thread) || active;
        }
    }
    return active;
}

void *
virLoopRunWatcher(void *opaque)
{
    virLoop *loop = opaque;
    int idle = 0;

    g_mutex_lock(&loop->lock);
    while (!loop->stopping) {
        collectFinished(loop);
        idle = look(loop) ? 0 : idle + 1;
        if (idle <= IDLE_LOOKS) {
            g_cond_wait_until(&loop->cond, &loop->lock, g_get_monotonic_time() + LOOK_INTERVAL);
            continue;
        }
        /* Whoever begins a call looks at the mark after it counted; so look once more. */
        __atomic_store_n(&loop->asleep, 1, __ATOMIC_SEQ_CST);
        if (!look(loop) && !loop->stopping)
            g_cond_wait(&loop->cond, &loop->lock);
        __atomic_store_n(&loop->asleep, 0, __ATOMIC_SEQ_CST);
        idle = 0;
    }
    g_mutex_unlock(&loop->lock);
    return NULL;
}
