/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The inside of the loop, shared by its threads and the watcher of them. */

#pragma once

#include <pthread.h>
#include <sys/epoll.h>
#include <time.h>

#include <glib.h>

#include "daemon/loop.h"
#include "rpc/spin.h"

/* Descriptors in use, by number: an event may arrive behind the end of its source. */
#define VIR_LOOP_CHUNKS 1024
/* So many events are fetched at once. */
#define VIR_LOOP_BATCH 16

typedef struct {
    GMutex lock;
    uint32_t generation;
    virLoopSource *source;
} virLoopSlot;

typedef struct {
    virLoop *loop;
    GThread *thread;
    unsigned char *scratch;
    /* Counts begins and ends of calls: odd during one. Written by the thread, read by the watcher. */
    unsigned int count;
    unsigned int lookedAt;
    /* Of the thread, written before its first count, and its time on a processor then. */
    pid_t id;
    clockid_t clock;
    int64_t ranUntil;       /* nanoseconds; the watcher's */
    /* Written before it counts, so valid while the count is odd. */
    virLoopSource *source;
    uint64_t job;
    bool heldUp;            /* written under the loop's lock */
    bool finished;          /* guarded by it */
    /* The thread's own. */
    virSpin spin;
    unsigned int streak;    /* events without a wait, one after another */
} virLoopThread;

struct virLoop {
    int epoll;
    int wake;               /* eventfd: kicked sources wait, or the end has come */
    virLoopSlot *chunks[VIR_LOOP_CHUNKS];   /* made on demand, never freed before the loop */
    unsigned int wanted;    /* threads that are not held up */
    /*
     * The thread that waits for events; the others sleep until there is more than it can do. So an event wakes
     * one thread at most, and one client is served by one thread, whose caches know it. Written under the lock.
     */
    virLoopThread *leader;

    /* Guards what follows. No lock of a source is taken under it. */
    GMutex lock;
    GCond cond;             /* the watcher sleeps on it */
    GCond follow;           /* and threads that do not lead on this one */
    GPtrArray *threads;
    unsigned int running;   /* threads that are not held up */
    GQueue kicked;          /* of sources, each with a reference */
    /* Fetched by the leader beyond its own, for whoever is free; the count is read without the lock. */
    struct epoll_event fetched[VIR_LOOP_BATCH];
    int fetchedNext;
    int fetchedCount;
    GThread *watcher;
    int asleep;             /* the watcher; read without the lock */
    bool stopping;
    uint32_t generation;
};

/* With the lock held: one more thread that waits for sockets. */
void virLoopStartThread(virLoop *loop);
/* With the lock held: nobody leads if this thread did; another is woken to. */
void virLoopDropLead(virLoop *loop, const virLoopThread *thread);

/* loop_watch.c: the thread that replaces those that are held up; `opaque` is the loop. */
void *virLoopRunWatcher(void *opaque);
