/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The event loop behind a connection. */

#pragma once

#include "client/shell.h"

/* Starts the thread that runs the event loop, once. */
bool virshLoopStart(virshControl *ctl);

void virshLoopStop(virshControl *ctl);
