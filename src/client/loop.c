/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs the event loop in a thread of its own, so that connections are looked after at the prompt. */

#include "client/loop.h"

static gpointer virshLoop(gpointer opaque)
{
    virshControl *ctl = opaque;

    while (!g_atomic_int_get(&ctl->loopStop))
        if (virEventRunDefaultImpl() < 0)
            break;
    return NULL;
}

/* A timer that never acts: adding and updating it wakes the loop up. */
static void virshWake(int timer G_GNUC_UNUSED, void *opaque G_GNUC_UNUSED)
{
}

bool virshLoopStart(virshControl *ctl)
{
    if (ctl->loop)
        return true;
    ctl->loopTimer = virEventAddTimeout(-1, virshWake, ctl, NULL);
    if (ctl->loopTimer < 0)
        return false;
    g_atomic_int_set(&ctl->loopStop, 0);
    ctl->loop = g_thread_new("event-loop", virshLoop, ctl);
    return true;
}

void virshLoopStop(virshControl *ctl)
{
    if (!ctl->loop)
        return;
    g_atomic_int_set(&ctl->loopStop, 1);
    virEventUpdateTimeout(ctl->loopTimer, 0);
    g_thread_join(g_steal_pointer(&ctl->loop));
    virEventRemoveTimeout(ctl->loopTimer);
}
