/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* polkit's agent at this terminal, which asks for the password that a daemon wants. */

#pragma once

#include "client/shell.h"

/*
 * Starts it and waits until it is known to polkit. 0 where it is of no use: nobody wants one, the newest error is another
 * than that an agent is missing, or there is no terminal.
 */
GPid virshAgentStart(virshControl *ctl);
void virshAgentEnd(GPid agent);
