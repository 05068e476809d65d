/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Waits for many descriptors: epoll, and poll for those that epoll refuses. */

#include "runtime/watch.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define BATCH 256
/* No descriptor is -1, so no watched one has this token. */
#define WAKE_TOKEN UINT64_MAX

typedef enum {
    PLACE_NONE,         /* it was closed: nothing watches it */
    PLACE_EPOLL,
    PLACE_POLL,         /* regular files, and others once the system's limit is reached */
} Place;

typedef struct {
    int fd;
    short events;
    Place place;
    uint32_t serial;    /* of its registration with epoll, so that older ones are told apart */
} Watched;

struct virWatch {
    /* Guards all that follows except `wakePending`; never held while waiting. */
    GMutex lock;
    int epoll;              /* -1: all are polled */
    int wake;
    pid_t owner;            /* a child of it must not touch the kernel's set, which is shared */
    uint32_t serial;
    bool leftovers;         /* epoll may hold registrations that only its end removes */
    GHashTable *watched;    /* of Watched, by descriptor */
    GPtrArray *polled;      /* those at PLACE_POLL */

    int wakePending;        /* atomic: the wake descriptor was written and not yet read */
};

static uint64_t
tokenOf(const Watched *one)
{
    return (uint64_t) one->serial << 32 | (uint32_t) one->fd;
}

/* Puts a descriptor where nothing watches it so far; 0 or EBADF. Called with the lock held. */
static int
place(virWatch *watch, Watched *one)
{
    struct epoll_event event = { .events = (uint32_t) one->events };
    int number = EPERM;

    one->serial = ++watch->serial;
    event.data.u64 = tokenOf(one);
    if (watch->epoll >= 0) {
        number = epoll_ctl(watch->epoll, EPOLL_CTL_ADD, one->fd, &event) < 0 ? errno : 0;
        /* Left over from an earlier use of the same file under the same number. */
        if (number == EEXIST)
            number = epoll_ctl(watch->epoll, EPOLL_CTL_MOD, one->fd, &event) < 0 ? errno : 0;
    }
    if (number == EBADF) {
        one->place = PLACE_NONE;
        return EBADF;
    }
    one->place = number ? PLACE_POLL : PLACE_EPOLL;
    if (number)
        g_ptr_array_add(watch->polled, one);
    return 0;
}

/* Called with the lock held. */
static void
displace(virWatch *watch, Watched *one)
{
    struct epoll_event event = { .events = 0 };

    if (one->place == PLACE_POLL)
        g_ptr_array_remove_fast(watch->polled, one);
    /* It fails when the descriptor was closed before; a duplicate keeps the registration alive. */
    if (one->place == PLACE_EPOLL &&
        epoll_ctl(watch->epoll, EPOLL_CTL_DEL, one->fd, &event) < 0)
        watch->leftovers = true;
    one->place = PLACE_NONE;
}

/* Opens the wake descriptor and epoll, which may be missing; false with errno without the first. */
static bool
openDescriptors(virWatch *watch)
{
    struct epoll_event event = { .events = EPOLLIN, .data.u64 = WAKE_TOKEN };

    watch->owner = getpid();
    __atomic_store_n(&watch->wakePending, 0, __ATOMIC_RELEASE);
    watch->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    watch->epoll = -1;
    if (watch->wake < 0)
        return false;
    watch->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (watch->epoll >= 0 && epoll_ctl(watch->epoll, EPOLL_CTL_ADD, watch->wake, &event) < 0) {
        close(watch->epoll);
        watch->epoll = -1;
    }
    return true;
}

static void
closeDescriptors(virWatch *watch)
{
    if (watch->epoll >= 0)
        close(watch->epoll);
    if (watch->wake >= 0)
        close(watch->wake);
}

/* Begins with a fresh set in the kernel; called with the lock held. */
static void
renew(virWatch *watch)
{
    GHashTableIter iter;
    void *one;

    closeDescriptors(watch);
    openDescriptors(watch);
    watch->leftovers = false;
    g_ptr_array_set_size(watch->polled, 0);
    g_hash_table_iter_init(&iter, watch->watched);
    while (g_hash_table_iter_next(&iter, NULL, &one)) {
        if (((Watched *) one)->place != PLACE_NONE)
            place(watch, one);
    }
}

static void
lockOwned(virWatch *watch)
{
    g_mutex_lock(&watch->lock);
    if (watch->owner != getpid())
        renew(watch);
}

virWatch *
virWatchNew(void)
{
    g_autoptr(virWatch) watch = g_new0(virWatch, 1);

    g_mutex_init(&watch->lock);
    watch->watched = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    watch->polled = g_ptr_array_new();
    if (!openDescriptors(watch))
        return NULL;
    return g_steal_pointer(&watch);
}

void
virWatchFree(virWatch *watch)
{
    int number = errno;

    if (!watch)
        return;
    closeDescriptors(watch);
    g_hash_table_unref(watch->watched);
    g_ptr_array_unref(watch->polled);
    g_mutex_clear(&watch->lock);
    g_free(watch);
    errno = number;
}

/* Changes the events of a descriptor that is placed; called with the lock held. */
static int
change(virWatch *watch, Watched *one, short events)
{
    struct epoll_event event = { .events = (uint32_t) events, .data.u64 = tokenOf(one) };

    one->events = events;
    if (one->place == PLACE_POLL)
        return 0;
    if (one->place == PLACE_EPOLL &&
        epoll_ctl(watch->epoll, EPOLL_CTL_MOD, one->fd, &event) == 0)
        return 0;
    /* It was closed, and perhaps its number belongs to another file now. */
    watch->leftovers |= one->place == PLACE_EPOLL;
    return place(watch, one);
}

int
virWatchSet(virWatch *watch, int fd, short events)
{
    Watched *one;
    int number;

    lockOwned(watch);
    one = g_hash_table_lookup(watch->watched, GINT_TO_POINTER(fd));
    if (one) {
        number = change(watch, one, events);
    } else {
        one = g_new0(Watched, 1);
        one->fd = fd;
        one->events = events;
        g_hash_table_insert(watch->watched, GINT_TO_POINTER(fd), one);
        number = place(watch, one);
    }
    if (number)
        g_hash_table_remove(watch->watched, GINT_TO_POINTER(fd));
    g_mutex_unlock(&watch->lock);
    return number;
}

void
virWatchRemove(virWatch *watch, int fd)
{
    Watched *one;

    lockOwned(watch);
    one = g_hash_table_lookup(watch->watched, GINT_TO_POINTER(fd));
    if (one) {
        displace(watch, one);
        g_hash_table_remove(watch->watched, GINT_TO_POINTER(fd));
    }
    g_mutex_unlock(&watch->lock);
}

void
virWatchWake(virWatch *watch)
{
    uint64_t one = 1;

    if (__atomic_exchange_n(&watch->wakePending, 1, __ATOMIC_ACQ_REL))
        return;
    /* The counter cannot overflow, because only one is pending. */
    while (write(watch->wake, &one, sizeof(one)) < 0 && errno == EINTR)
        continue;
}

static void
drainWake(virWatch *watch)
{
    uint64_t count;

    while (read(watch->wake, &count, sizeof(count)) < 0 && errno == EINTR)
        continue;
    __atomic_store_n(&watch->wakePending, 0, __ATOMIC_RELEASE);
}

/* What poll has to look at besides epoll; empty when epoll sees all. Called with the lock held. */
static GArray *
listPolled(const virWatch *watch)
{
    GArray *polls = g_array_new(FALSE, FALSE, sizeof(struct pollfd));
    struct pollfd first = { .fd = watch->epoll, .events = POLLIN };

    if (watch->epoll >= 0 && !watch->polled->len)
        return polls;
    if (watch->epoll < 0)
        first.fd = watch->wake;
    g_array_append_val(polls, first);
    for (guint i = 0; i < watch->polled->len; i++) {
        const Watched *one = g_ptr_array_index(watch->polled, i);
        struct pollfd next = { .fd = one->fd, .events = one->events };

        g_array_append_val(polls, next);
    }
    return polls;
}

/* Hands over what poll found; called with the lock held. */
static void
takePolled(virWatch *watch, const GArray *polls, GArray *ready)
{
    for (guint i = 1; i < polls->len; i++) {
        const struct pollfd *seen = &g_array_index(polls, struct pollfd, i);
        virWatchReady found = { .fd = seen->fd, .events = (short) (seen->revents & ~POLLNVAL) };
        Watched *one = g_hash_table_lookup(watch->watched, GINT_TO_POINTER(seen->fd));

        if (!one || one->place != PLACE_POLL)
            continue;
        if (found.events)
            g_array_append_val(ready, found);
        /* Closed: as with epoll nothing watches it any more. */
        if (seen->revents & POLLNVAL)
            displace(watch, one);
    }
}

/* Hands over what epoll found; called with the lock held. */
static void
takeFound(virWatch *watch, const struct epoll_event *events, int count, GArray *ready)
{
    bool unknown = false;

    for (int i = 0; i < count; i++) {
        uint64_t token = events[i].data.u64;
        virWatchReady found = { .fd = (int) (uint32_t) token, .events = (short) events[i].events };
        const Watched *one = g_hash_table_lookup(watch->watched, GINT_TO_POINTER(found.fd));

        if (token == WAKE_TOKEN)
            drainWake(watch);
        else if (one && one->place == PLACE_EPOLL && tokenOf(one) == token)
            g_array_append_val(ready, found);
        else
            unknown = true;
    }
    /* Otherwise they would be reported for ever. */
    if (unknown && watch->leftovers)
        renew(watch);
}

int
virWatchWait(virWatch *watch, int timeout, GArray *ready)
{
    g_autoptr(GArray) polls = NULL;
    struct epoll_event events[BATCH];
    int epoll, found = 0, number = 0;

    lockOwned(watch);
    epoll = watch->epoll;
    polls = listPolled(watch);
    g_mutex_unlock(&watch->lock);

    if (polls->len) {
        found = poll((struct pollfd *) (void *) polls->data, polls->len, timeout);
        timeout = 0;
    }
    if (found >= 0 && epoll >= 0)
        found = epoll_wait(epoll, events, BATCH, timeout);
    if (found < 0 && errno != EINTR)
        number = errno;

    g_mutex_lock(&watch->lock);
    if (polls->len && epoll < 0 && g_array_index(polls, struct pollfd, 0).revents)
        drainWake(watch);
    if (!number) {
        takePolled(watch, polls, ready);
        takeFound(watch, events, epoll >= 0 ? MAX(found, 0) : 0, ready);
    }
    g_mutex_unlock(&watch->lock);
    return number;
}
