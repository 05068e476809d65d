/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Remembers Ctrl-C for long commands. */

#include "client/interrupt.h"

static volatile sig_atomic_t interrupted;

static void virshInterrupt(int number)
{
    (void)number;
    interrupted = 1;
}

void virshInterruptBegin(struct sigaction *before)
{
    struct sigaction action = { .sa_handler = virshInterrupt };

    interrupted = 0;
    sigaction(SIGINT, &action, before);
}

void virshInterruptEnd(const struct sigaction *before)
{
    sigaction(SIGINT, before, 0);
}

bool virshInterrupted(void)
{
    return interrupted != 0;
}

bool virshInterruptTake(void)
{
    bool was = interrupted != 0;

    interrupted = 0;
    return was;
}
