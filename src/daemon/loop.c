/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Threads that wait for sockets: each takes one ready socket at a time from the same epoll set. */

#define _GNU_SOURCE 1

#include "daemon/loop.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include <glib.h>

#include "base/log.h"
#include "rpc/frame.h"
#include "rpc/spin.h"

#define SOURCE "daemon.loop"
/* How often a watcher looks for threads that are held up, in microseconds. */
#define LOOK_INTERVAL 10000
/* After so many looks at nothing it sleeps until the next call begins. */
#define IDLE_LOOKS 100
/* More than this many held-up threads are not replaced. */
#define SPARE_MAX 64

/* After so many events without a wait, each taken in less than these microseconds, another thread helps. */
#define CROWD 8
#define AT_ONCE 2

/* Descriptors in use, by number: an event may arrive behind the end of its source. */
#define SLOTS_PER_CHUNK 1024
#define CHUNKS 1024

typedef struct {
    GMutex lock;
    uint32_t generation;
    virLoopSource *source;
} Slot;

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
} Thread;

struct virLoop {
    int epoll;
    int wake;               /* eventfd: kicked sources wait, or the end has come */
    Slot *chunks[CHUNKS];   /* made on demand, never freed before the loop */
    unsigned int wanted;    /* threads that are not held up */
    /*
     * The thread that waits for events; the others sleep until there is more than it can do. So an event wakes
     * one thread at most, and one client is served by one thread, whose caches know it. Written under the lock.
     */
    Thread *leader;

    /* Guards what follows. No lock of a source is taken under it. */
    GMutex lock;
    GCond cond;             /* the watcher sleeps on it */
    GCond follow;           /* and threads that do not lead on this one */
    GPtrArray *threads;
    unsigned int running;   /* threads that are not held up */
    GQueue kicked;          /* of sources, each with a reference */
    GThread *watcher;
    int asleep;             /* the watcher; read without the lock */
    bool stopping;
    uint32_t generation;
};

static __thread Thread *self;

/* --- sources ------------------------------------------------------------------------------------ */

static Slot *
slotOf(virLoop *loop, int fd)
{
    size_t chunk = (size_t) fd / SLOTS_PER_CHUNK;
    Slot *slots;

    if (fd < 0 || chunk >= CHUNKS)
        return NULL;
    slots = __atomic_load_n(&loop->chunks[chunk], __ATOMIC_ACQUIRE);
    if (!slots) {
        g_mutex_lock(&loop->lock);
        slots = loop->chunks[chunk];
        if (!slots) {
            slots = g_new0(Slot, SLOTS_PER_CHUNK);
            __atomic_store_n(&loop->chunks[chunk], slots, __ATOMIC_RELEASE);
        }
        g_mutex_unlock(&loop->lock);
    }
    return &slots[(size_t) fd % SLOTS_PER_CHUNK];
}

static int
control(virLoop *loop, int operation, virLoopSource *source, uint32_t events)
{
    struct epoll_event event = {
        .events = events | EPOLLET,
        .data.u64 = ((uint64_t) source->generation << 32) | (uint32_t) source->fd,
    };

    return epoll_ctl(loop->epoll, operation, source->fd, &event);
}

int
virLoopAdd(virLoop *loop, virLoopSource *source, uint32_t events)
{
    Slot *slot = slotOf(loop, source->fd);

    if (!slot) {
        errno = EMFILE;
        return -1;
    }
    source->generation = __atomic_add_fetch(&loop->generation, 1, __ATOMIC_RELAXED);
    source->class->ref(source);
    g_mutex_lock(&slot->lock);
    slot->source = source;
    slot->generation = source->generation;
    g_mutex_unlock(&slot->lock);
    if (control(loop, EPOLL_CTL_ADD, source, events) < 0) {
        int failed = errno;

        virLoopRemove(loop, source);
        errno = failed;
        return -1;
    }
    return 0;
}

int
virLoopChange(virLoop *loop, virLoopSource *source, uint32_t events)
{
    return control(loop, EPOLL_CTL_MOD, source, events);
}

void
virLoopRemove(virLoop *loop, virLoopSource *source)
{
    Slot *slot = slotOf(loop, source->fd);
    bool ours;

    epoll_ctl(loop->epoll, EPOLL_CTL_DEL, source->fd, NULL);
    g_mutex_lock(&slot->lock);
    ours = slot->source == source;
    if (ours)
        slot->source = NULL;
    g_mutex_unlock(&slot->lock);
    if (ours)
        source->class->unref(source);
}

/* The source behind an event, with a reference; NULL when it is gone. */
static virLoopSource *
sourceOf(virLoop *loop, uint64_t data)
{
    Slot *slot = slotOf(loop, (int) (uint32_t) data);
    virLoopSource *source = NULL;

    g_mutex_lock(&slot->lock);
    if (slot->source && slot->generation == data >> 32) {
        source = slot->source;
        source->class->ref(source);
    }
    g_mutex_unlock(&slot->lock);
    return source;
}

static void
wakeOne(virLoop *loop)
{
    uint64_t one = 1;

    if (write(loop->wake, &one, sizeof(one)) < 0)
        VIR_LOG(VIR_LOG_ERROR, SOURCE, "cannot wake the loop: %s", g_strerror(errno));
}

void
virLoopKick(virLoop *loop, virLoopSource *source)
{
    source->class->ref(source);
    g_mutex_lock(&loop->lock);
    g_queue_push_tail(&loop->kicked, source);
    g_mutex_unlock(&loop->lock);
    wakeOne(loop);
}

/* --- threads ------------------------------------------------------------------------------------ */

void *
virLoopScratch(void)
{
    return self->scratch;
}

void
virLoopBegin(virLoop *loop, virLoopSource *source, uint64_t job)
{
    if (!self)
        return;
    self->source = source;
    self->job = job;
    __atomic_store_n(&self->count, self->count + 1, __ATOMIC_SEQ_CST);
    if (G_UNLIKELY(__atomic_load_n(&loop->asleep, __ATOMIC_SEQ_CST))) {
        g_mutex_lock(&loop->lock);
        g_cond_signal(&loop->cond);
        g_mutex_unlock(&loop->lock);
    }
}

void
virLoopEnd(virLoop *loop)
{
    if (!self)
        return;
    __atomic_store_n(&self->count, self->count + 1, __ATOMIC_SEQ_CST);
    if (G_LIKELY(!__atomic_load_n(&self->heldUp, __ATOMIC_SEQ_CST)))
        return;
    g_mutex_lock(&loop->lock);
    if (self->heldUp)
        __atomic_store_n(&loop->running, loop->running + 1, __ATOMIC_RELAXED);
    __atomic_store_n(&self->heldUp, false, __ATOMIC_RELAXED);
    g_mutex_unlock(&loop->lock);
}

/* One source that was kicked; what is left wakes another thread. */
static void
runKicked(virLoop *loop)
{
    virLoopSource *source;
    bool more;

    g_mutex_lock(&loop->lock);
    source = g_queue_pop_head(&loop->kicked);
    more = loop->kicked.length > 0 || loop->stopping;
    g_mutex_unlock(&loop->lock);
    if (more)
        wakeOne(loop);
    if (!source)
        return;
    source->class->ready(source, 0);
    source->class->unref(source);
}

/* With the lock held: nobody leads if this thread did; another is woken to. */
static void
dropLead(virLoop *loop, const Thread *thread)
{
    if (loop->leader == thread)
        __atomic_store_n(&loop->leader, NULL, __ATOMIC_RELAXED);
    g_cond_signal(&loop->follow);
}

void
virLoopDelegate(virLoop *loop)
{
    if (!self || __atomic_load_n(&loop->leader, __ATOMIC_RELAXED) != self)
        return;
    g_mutex_lock(&loop->lock);
    dropLead(loop, self);
    g_mutex_unlock(&loop->lock);
}

/* A thread that came back from being held up while another took its place ends. */
static bool
isNeeded(virLoop *loop)
{
    bool needed;

    if (G_LIKELY(__atomic_load_n(&loop->running, __ATOMIC_RELAXED) <= loop->wanted &&
                 !__atomic_load_n(&loop->stopping, __ATOMIC_RELAXED)))
        return true;
    g_mutex_lock(&loop->lock);
    needed = loop->running <= loop->wanted && !loop->stopping;
    if (!needed) {
        dropLead(loop, self);
        self->finished = true;
        __atomic_store_n(&loop->running, loop->running - 1, __ATOMIC_RELAXED);
    }
    g_mutex_unlock(&loop->lock);
    return needed;
}

/* Whether this thread leads, at the latest now; else it has slept until it was needed. */
static bool
lead(virLoop *loop)
{
    bool leads;

    if (__atomic_load_n(&loop->leader, __ATOMIC_RELAXED) == self)
        return true;
    g_mutex_lock(&loop->lock);
    if (!loop->leader)
        __atomic_store_n(&loop->leader, self, __ATOMIC_RELAXED);
    leads = loop->leader == self;
    if (!leads && !loop->stopping)
        g_cond_wait(&loop->follow, &loop->lock);
    g_mutex_unlock(&loop->lock);
    return leads;
}

/* Waits for an event, for a moment without sleeping; false when there was none. */
static bool
awaitEvent(virLoop *loop, struct epoll_event *event)
{
    gint64 start = g_get_monotonic_time(), waited;
    bool spun = virSpinPays(&self->spin), enough;
    int got = 0;

    while (spun && got == 0 && g_get_monotonic_time() - start < VIR_SPIN_TIME)
        got = epoll_wait(loop->epoll, event, 1, 0);
    enough = got == 1;
    if (got == 0)
        got = epoll_wait(loop->epoll, event, 1, -1);
    waited = g_get_monotonic_time() - start;
    virSpinNote(&self->spin, waited, spun, enough);
    self->streak = waited < AT_ONCE ? self->streak + 1 : 0;
    if (self->streak >= CROWD) {
        self->streak = 0;
        g_mutex_lock(&loop->lock);
        g_cond_signal(&loop->follow);
        g_mutex_unlock(&loop->lock);
    }
    return got == 1;
}

/* The next event, if there is one now or this thread leads. */
static bool
takeEvent(virLoop *loop, struct epoll_event *event)
{
    if (__atomic_load_n(&loop->leader, __ATOMIC_RELAXED) != self &&
        epoll_wait(loop->epoll, event, 1, 0) == 1)
        return true;
    return lead(loop) && awaitEvent(loop, event);
}

static void *
runThread(void *opaque)
{
    virLoop *loop;

    self = opaque;
    loop = self->loop;
    self->scratch = g_malloc(VIR_FRAME_SCRATCH);
    self->id = gettid();
    pthread_getcpuclockid(pthread_self(), &self->clock);
    while (isNeeded(loop)) {
        struct epoll_event event;
        virLoopSource *source;

        if (!takeEvent(loop, &event))
            continue;
        if (event.data.u64 == G_MAXUINT64) {
            runKicked(loop);
            continue;
        }
        source = sourceOf(loop, event.data.u64);
        if (!source)
            continue;
        source->class->ready(source, event.events);
        source->class->unref(source);
    }
    g_free(self->scratch);
    return NULL;
}

/* Called with the lock held. */
static void
startThread(virLoop *loop)
{
    Thread *thread = g_new0(Thread, 1);

    thread->loop = loop;
    __atomic_store_n(&loop->running, loop->running + 1, __ATOMIC_RELAXED);
    g_ptr_array_add(loop->threads, thread);
    thread->thread = g_thread_new("io", runThread, thread);
}

/* Takes threads that have ended out of the list; called with the lock held. */
static void
collectFinished(virLoop *loop)
{
    guint i;

    for (i = 0; i < loop->threads->len;) {
        Thread *thread = g_ptr_array_index(loop->threads, i);

        if (!thread->finished) {
            i++;
            continue;
        }
        g_ptr_array_remove_index_fast(loop->threads, i);
        g_thread_join(thread->thread);
        g_free(thread);
    }
}

/* --- the watcher --------------------------------------------------------------------------------- */

/*
 * One thread is held up: it is replaced and its source is told; the lock is dropped for that. False
 * when the call has just ended: its thread reads the mark after it counts, we do it the other way
 * round, so one of the two sees the other.
 */
static bool
replace(virLoop *loop, Thread *thread)
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
        startThread(loop);
    dropLead(loop, thread);
    source->class->ref(source);
    g_mutex_unlock(&loop->lock);
    source->class->heldUp(source, job);
    source->class->unref(source);
    g_mutex_lock(&loop->lock);
    return true;
}

/* How long a thread that counted has been on a processor, in nanoseconds. */
static int64_t
ranFor(const Thread *thread)
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
isCrowdedOut(const Thread *thread)
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
        Thread *thread = g_ptr_array_index(loop->threads, i);
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

static void *
runWatcher(void *opaque)
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

/* --- the whole ----------------------------------------------------------------------------------- */

virLoop *
virLoopNew(unsigned int threads)
{
    virLoop *loop = g_new0(virLoop, 1);
    struct epoll_event event = { .events = EPOLLIN | EPOLLET, .data.u64 = G_MAXUINT64 };

    loop->epoll = epoll_create1(EPOLL_CLOEXEC);
    loop->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (loop->epoll < 0 || loop->wake < 0 ||
        epoll_ctl(loop->epoll, EPOLL_CTL_ADD, loop->wake, &event) < 0) {
        VIR_LOG(VIR_LOG_ERROR, SOURCE, "cannot make an epoll set: %s", g_strerror(errno));
        if (loop->epoll >= 0)
            close(loop->epoll);
        if (loop->wake >= 0)
            close(loop->wake);
        g_free(loop);
        return NULL;
    }
    g_mutex_init(&loop->lock);
    g_cond_init(&loop->cond);
    g_cond_init(&loop->follow);
    loop->threads = g_ptr_array_new();
    loop->wanted = threads;
    g_mutex_lock(&loop->lock);
    while (loop->running < threads)
        startThread(loop);
    g_mutex_unlock(&loop->lock);
    loop->watcher = g_thread_new("io-watcher", runWatcher, loop);
    return loop;
}

void
virLoopStop(virLoop *loop)
{
    guint i;

    g_mutex_lock(&loop->lock);
    __atomic_store_n(&loop->stopping, true, __ATOMIC_RELAXED);
    g_cond_signal(&loop->cond);
    g_cond_broadcast(&loop->follow);
    g_mutex_unlock(&loop->lock);
    g_thread_join(loop->watcher);
    wakeOne(loop);
    for (i = 0; i < loop->threads->len; i++) {
        Thread *thread = g_ptr_array_index(loop->threads, i);

        g_thread_join(thread->thread);
        g_free(thread);
    }
    g_ptr_array_set_size(loop->threads, 0);
}

void
virLoopFree(virLoop *loop)
{
    virLoopSource *source;
    size_t i;

    while ((source = g_queue_pop_head(&loop->kicked)))
        source->class->unref(source);
    g_ptr_array_unref(loop->threads);
    for (i = 0; i < CHUNKS; i++)
        g_free(loop->chunks[i]);
    close(loop->epoll);
    close(loop->wake);
    g_mutex_clear(&loop->lock);
    g_cond_clear(&loop->cond);
    g_cond_clear(&loop->follow);
    g_free(loop);
}
