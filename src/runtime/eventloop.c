/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The event loop that is registered, and the public functions that hand over to it. */

#include "runtime/eventloop.h"

#include <glib.h>
#include <libvirt/libvirt.h>

#include "base/log.h"
#include "runtime/local.h"

typedef struct {
    virEventAddHandleFunc addHandle;
    virEventUpdateHandleFunc updateHandle;
    virEventRemoveHandleFunc removeHandle;
    virEventAddTimeoutFunc addTimeout;
    virEventUpdateTimeoutFunc updateTimeout;
    virEventRemoveTimeoutFunc removeTimeout;
} Implementation;

/* Set once and kept: what was added to one loop cannot be updated or removed in another. */
static const Implementation *registered;

static const Implementation *
loop(void)
{
    return __atomic_load_n(&registered, __ATOMIC_ACQUIRE);
}

void
localEventRegisterImpl(virEventAddHandleFunc addHandle, virEventUpdateHandleFunc updateHandle,
                       virEventRemoveHandleFunc removeHandle, virEventAddTimeoutFunc addTimeout,
                       virEventUpdateTimeoutFunc updateTimeout,
                       virEventRemoveTimeoutFunc removeTimeout)
{
    static GMutex lock;
    static Implementation first;
    Implementation wanted = { addHandle, updateHandle, removeHandle,
                              addTimeout, updateTimeout, removeTimeout };
    bool other;

    g_mutex_lock(&lock);
    if (!loop()) {
        first = wanted;
        __atomic_store_n(&registered, &first, __ATOMIC_RELEASE);
    }
    other = first.addHandle != addHandle;
    g_mutex_unlock(&lock);
    if (other)
        VIR_LOG(VIR_LOG_WARNING, "runtime.eventloop",
                "another event loop is registered already and stays in use");
}

bool
virEventLoopPresent(void)
{
    return loop() != NULL;
}

int
localEventAddHandle(int fd, int events, virEventHandleCallback cb, void *opaque,
                    virFreeCallback ff)
{
    return loop() ? loop()->addHandle(fd, events, cb, opaque, ff) : -1;
}

void
localEventUpdateHandle(int watch, int events)
{
    if (loop())
        loop()->updateHandle(watch, events);
}

int
localEventRemoveHandle(int watch)
{
    return loop() ? loop()->removeHandle(watch) : -1;
}

int
localEventAddTimeout(int frequency, virEventTimeoutCallback cb, void *opaque, virFreeCallback ff)
{
    return loop() ? loop()->addTimeout(frequency, cb, opaque, ff) : -1;
}

void
localEventUpdateTimeout(int timer, int frequency)
{
    if (loop())
        loop()->updateTimeout(timer, frequency);
}

int
localEventRemoveTimeout(int timer)
{
    return loop() ? loop()->removeTimeout(timer) : -1;
}
