/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The guest's side of a console or channel that a stream is connected to. */

#pragma once

#include "test_domain.h"

typedef struct testTerminal testTerminal;

/* What listens in the guest. */
typedef enum {
    TEST_TERMINAL_LOGIN,        /* it shows a prompt, echoes what is typed, lets nobody in */
    TEST_TERMINAL_ECHO,         /* it sends back what it gets */
} testTerminalKind;

/*
 * Connects a stream to a device of a locked domain; 0, or -1 with an error raised when somebody
 * else is connected and `force` does not put an end to that.
 */
int testTerminalOpen(testDomain *domain, const char *device, testTerminalKind kind,
                     virStreamPtr st, bool force);

/* Ends what is connected to a domain that stops: streams read what is left, then their end. */
void testTerminalsDrop(testDomain *domain);
