/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether it pays to ask again for a moment instead of sleeping at once.
 *
 * Whoever sleeps where nothing else runs lets the processor stop, and to wake it takes longer than a whole
 * call does otherwise. So a thread whose waits are short looks a little longer before it sleeps. Where that
 * was in vain, as on a busy machine, where the other side needs this processor, it is tried again after
 * twice as many waits each time.
 */

#pragma once

#include <stdbool.h>

#include <glib.h>

/* A wait that is no longer than this is short, in microseconds. */
#define VIR_SPIN_TIME 50
#define VIR_SPIN_REST_MAX 4096

typedef struct {
    bool brief;             /* the last wait was short */
    unsigned int rest;      /* so many short waits pass before it is tried again */
    unsigned int step;
} virSpin;

/* Nobody else runs while this thread does where there is one processor only. */
static inline bool
virSpinPays(const virSpin *spin)
{
    static guint processors;

    if (!spin->brief || spin->rest)
        return false;
    if (G_UNLIKELY(!__atomic_load_n(&processors, __ATOMIC_RELAXED)))
        __atomic_store_n(&processors, g_get_num_processors(), __ATOMIC_RELAXED);
    return __atomic_load_n(&processors, __ATOMIC_RELAXED) > 1;
}

/* After a wait: how long it was, whether it began with spinning, and whether that was enough. */
static inline void
virSpinNote(virSpin *spin, gint64 waited, bool spun, bool enough)
{
    spin->brief = waited <= VIR_SPIN_TIME;
    if (spun && enough) {
        spin->step = 0;
    } else if (spun) {
        spin->step = MIN(spin->step * 2 + 1, VIR_SPIN_REST_MAX);
        spin->rest = spin->step;
    } else if (spin->rest && spin->brief) {
        spin->rest--;
    }
}
