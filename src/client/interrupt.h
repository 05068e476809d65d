/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Ctrl-C as a request to a long command instead of the end of the shell. */

#pragma once

#include <signal.h>
#include <stdbool.h>

/* Between both, an interrupt is only remembered; `before` keeps what it did until now. */
void virshInterruptBegin(struct sigaction *before);
void virshInterruptEnd(const struct sigaction *before);

/* Whether there was one; `virshInterruptTake` forgets it, too. */
bool virshInterrupted(void);
bool virshInterruptTake(void);
