/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the events of a test said, and the event loop that delivers them. */

#pragma once

#include "drivers/connect.h"

/* Listeners write here; made and freed by main(). */
static GString *heard;

static inline void
onLate(int timer G_GNUC_UNUSED, void *opaque)
{
    *(bool *) opaque = true;
}

/* Runs the event loop until what is queued now was delivered, and compares; NULL: whatever. */
static inline void
assertHeard(const char *expected)
{
    bool late = false;
    int timer = virEventAddTimeout(20, onLate, &late, NULL);

    while (!late)
        assertDone(virEventRunDefaultImpl());
    virEventRemoveTimeout(timer);
    if (expected)
        g_assert_cmpstr(heard->str, ==, expected);
    g_string_truncate(heard, 0);
}
