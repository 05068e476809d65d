/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Threads that wait for sockets: each takes one ready socket at a time from the same epoll set. */

#define _GNU_SOURCE 1

#include "daemon/loop.h"

#include <errno.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/log.h"
#include "daemon/loop_inside.h"
#include "rpc/frame.h"

#define SOURCE "daemon.loop"
#define SLOTS_PER_CHUNK 1024
/* After so many events, for none of which it waited longer than these microseconds, another helps. */
#define CROWD 8
#define AT_ONCE 2

static __thread virLoopThread *self;

/* --- sources ------------------------------------------------------------------------------------ */

static virLoopSlot *
slotOf(virLoop *loop, int fd)
{
    size_t chunk = (size_t) fd / SLOTS_PER_CHUNK;
    virLoopSlot *slots;

    if (fd < 0 || chunk >= VIR_LOOP_CHUNKS)
        return NULL;
    slots = __atomic_load_n(&loop->chunks[chunk], __ATOMIC_ACQUIRE);
    if (!slots) {
        g_mutex_lock(&loop->lock);
        slots = loop->chunks[chunk];
        if (!slots) {
            slots = g_new0(virLoopSlot, SLOTS_PER_CHUNK);
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
    virLoopSlot *slot = slotOf(loop, source->fd);

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
    virLoopSlot *slot = slotOf(loop, source->fd);
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
    virLoopSlot *slot = slotOf(loop, (int) (uint32_t) data);
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

void
virLoopDropLead(virLoop *loop, const virLoopThread *thread)
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
    virLoopDropLead(loop, self);
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
        virLoopDropLead(loop, self);
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

/* Another thread helps where one does nothing but take events. */
static void
callForHelp(virLoop *loop, int got, gint64 waited)
{
    self->streak = waited < AT_ONCE ? self->streak + (unsigned int) got : 0;
    if (self->streak < CROWD)
        return;
    self->streak = 0;
    g_mutex_lock(&loop->lock);
    g_cond_signal(&loop->follow);
    g_mutex_unlock(&loop->lock);
}

/* Waits for events, for a moment without sleeping; how many there are. */
static int
awaitEvents(virLoop *loop, struct epoll_event *events)
{
    gint64 start = g_get_monotonic_time(), waited;
    bool spun = virSpinPays(&self->spin), enough;
    int got = 0;

    while (spun && got == 0 && g_get_monotonic_time() - start < VIR_SPIN_TIME)
        got = epoll_wait(loop->epoll, events, VIR_LOOP_BATCH, 0);
    enough = got > 0;
    if (got == 0)
        got = epoll_wait(loop->epoll, events, VIR_LOOP_BATCH, -1);
    waited = g_get_monotonic_time() - start;
    virSpinNote(&self->spin, waited, spun, enough);
    callForHelp(loop, got, waited);
    return got;
}

/* The next of the events that were fetched together; false when there is none. */
static bool
takeFetched(virLoop *loop, struct epoll_event *event)
{
    bool some;

    if (!__atomic_load_n(&loop->fetchedCount, __ATOMIC_RELAXED))
        return false;
    g_mutex_lock(&loop->lock);
    some = loop->fetchedCount > 0;
    if (some) {
        *event = loop->fetched[loop->fetchedNext++];
        __atomic_store_n(&loop->fetchedCount, loop->fetchedCount - 1, __ATOMIC_RELAXED);
    }
    g_mutex_unlock(&loop->lock);
    return some;
}

/* The leader waits; the others' part of what comes waits for them. */
static bool
fetch(virLoop *loop, struct epoll_event *event)
{
    struct epoll_event events[VIR_LOOP_BATCH];
    int got = awaitEvents(loop, events);

    if (got < 1)
        return false;
    *event = events[0];
    if (got == 1)
        return true;
    /* None is left there: only the leader fetches, and only when it has found none. */
    g_mutex_lock(&loop->lock);
    loop->fetchedNext = 0;
    memcpy(loop->fetched, events + 1, (size_t) (got - 1) * sizeof(*events));
    __atomic_store_n(&loop->fetchedCount, got - 1, __ATOMIC_RELAXED);
    g_mutex_unlock(&loop->lock);
    return true;
}

/* The next event, if there is one now or this thread leads. */
static bool
takeEvent(virLoop *loop, struct epoll_event *event)
{
    if (takeFetched(loop, event))
        return true;
    if (__atomic_load_n(&loop->leader, __ATOMIC_RELAXED) != self &&
        epoll_wait(loop->epoll, event, 1, 0) == 1)
        return true;
    if (!lead(loop))
        return false;
    /* Who led until now may have left some since. */
    return takeFetched(loop, event) || fetch(loop, event);
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

void
virLoopStartThread(virLoop *loop)
{
    virLoopThread *thread = g_new0(virLoopThread, 1);

    thread->loop = loop;
    __atomic_store_n(&loop->running, loop->running + 1, __ATOMIC_RELAXED);
    g_ptr_array_add(loop->threads, thread);
    thread->thread = g_thread_new("io", runThread, thread);
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
        virLoopStartThread(loop);
    g_mutex_unlock(&loop->lock);
    loop->watcher = g_thread_new("io-watcher", virLoopRunWatcher, loop);
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
        virLoopThread *thread = g_ptr_array_index(loop->threads, i);

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
    for (i = 0; i < VIR_LOOP_CHUNKS; i++)
        g_free(loop->chunks[i]);
    close(loop->epoll);
    close(loop->wake);
    g_mutex_clear(&loop->lock);
    g_cond_clear(&loop->cond);
    g_cond_clear(&loop->follow);
    g_free(loop);
}
