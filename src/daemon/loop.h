/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Threads that wait for sockets: each takes one ready socket at a time from the same epoll set. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * Quick calls run on the thread that read them. A thread that is held up longer than a moment by one
 * is replaced, so that a call that hangs takes nothing from the others.
 */
typedef struct virLoop virLoop;

/* What the loop watches; embedded in what it belongs to, with references counted there. */
typedef struct virLoopSource virLoopSource;

typedef struct {
    /* The socket is ready: `events` are EPOLL bits. Several threads may call at once. */
    void (*ready)(virLoopSource *source, uint32_t events);
    /* A thread is held up in virLoopBegin() for this source: another goes on with it. */
    void (*heldUp)(virLoopSource *source, uint64_t job);
    void (*ref)(virLoopSource *source);
    void (*unref)(virLoopSource *source);
} virLoopSourceClass;

struct virLoopSource {
    const virLoopSourceClass *class;
    int fd;
    uint32_t generation;    /* tells it from an older source with the same descriptor */
};

virLoop *virLoopNew(unsigned int threads);
/* Ends the threads, once what runs on them has ended; sources may still be removed. */
void virLoopStop(virLoop *loop);
void virLoopFree(virLoop *loop);

/* Watches source->fd for `events`, edge-triggered; keeps a reference. 0, or -1 with errno set. */
int virLoopAdd(virLoop *loop, virLoopSource *source, uint32_t events);
int virLoopChange(virLoop *loop, virLoopSource *source, uint32_t events);
/* Not called after the descriptor was closed. A thread may still be inside `ready`. */
void virLoopRemove(virLoop *loop, virLoopSource *source);
/* Has some thread call `ready` with no event. */
void virLoopKick(virLoop *loop, virLoopSource *source);

/*
 * Around a call that runs on a thread of the loop; `job` identifies it to `heldUp`. On other threads
 * they do nothing.
 */
void virLoopBegin(virLoop *loop, virLoopSource *source, uint64_t job);
void virLoopEnd(virLoop *loop);

/* What follows on this thread may take a while: another one waits for sockets meanwhile. */
void virLoopDelegate(virLoop *loop);

/* A buffer of VIR_FRAME_SCRATCH bytes that belongs to the calling thread of the loop. */
void *virLoopScratch(void);
