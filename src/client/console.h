/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The console of a domain in the terminal of the shell. */

#pragma once

#include "client/shell.h"

/* Connects the terminal until the escape character is typed or the console ends; `device` is the
 * alias of a character device, NULL for the first console. */
bool virshConsoleRun(virshControl *ctl, virDomainPtr domain, const char *device,
                     unsigned int flags);
