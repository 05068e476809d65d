/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Gives memory back to the system after much of it came and went. */

#include "daemon/memory.h"

#include <malloc.h>

#include <glib.h>

#include "runtime/local.h"

/*
 * The allocator keeps what was freed below something that is still used: a daemon that once held
 * thousands of domains would stay as large for ever. Looking takes a lock of each arena for some
 * microseconds, so it happens after many calls or a client's end, and never twice within DELAY.
 */
#define CALLS 256
#define DELAY 500               /* milliseconds */
#define SLACK (4u << 20)        /* free bytes that are worth nobody's time */

/* Whether a look is to come; any thread. */
static int expected;

static void
look(int timer, void *opaque G_GNUC_UNUSED)
{
    localEventRemoveTimeout(timer);
    __atomic_store_n(&expected, 0, __ATOMIC_RELEASE);
    if (mallinfo2().fordblks > SLACK)
        malloc_trim(0);
}

void
virMemoryClientGone(void)
{
    if (__atomic_exchange_n(&expected, 1, __ATOMIC_ACQ_REL))
        return;
    if (localEventAddTimeout(DELAY, look, NULL, NULL) < 0)
        __atomic_store_n(&expected, 0, __ATOMIC_RELEASE);
}

void
virMemoryCallDone(void)
{
    static __thread unsigned int calls;

    if (++calls % CALLS == 0)
        virMemoryClientGone();
}
