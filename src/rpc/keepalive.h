/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether the other side of a connection still lives: when to ask it, and when to give it up. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

#include "rpc/message.h"

#define VIR_KEEPALIVE_PROGRAM 0x6b656570
#define VIR_KEEPALIVE_VERSION 1
#define VIR_KEEPALIVE_PING 1
#define VIR_KEEPALIVE_PONG 2

/*
 * After `interval` seconds without a byte from the peer it is asked, and again each interval;
 * after `count` questions without an answer it counts as dead. Times are monotonic microseconds.
 */
typedef struct {
    int interval;           /* seconds, at most 0: never ask */
    unsigned int count;
    unsigned int left;      /* questions that may still go without answer */
    gint64 heard;           /* when the last byte came */
    gint64 due;             /* when to look again */
} virKeepalive;

typedef enum {
    VIR_KEEPALIVE_WAIT,
    VIR_KEEPALIVE_ASK,      /* send a ping now */
    VIR_KEEPALIVE_DEAD,
} virKeepaliveVerdict;

void virKeepaliveStart(virKeepalive *keepalive, int interval, unsigned int count, gint64 now);
void virKeepaliveHeard(virKeepalive *keepalive, gint64 now);
/* What to do at `now`; moves keepalive->due on. */
virKeepaliveVerdict virKeepaliveLook(virKeepalive *keepalive, gint64 now);

/* The bytes of a ping or pong. */
void virKeepaliveWrite(virXdrWriter *writer, int procedure);
