/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one connection of a shell, and the event loop behind it. */

#pragma once

#include "client/shell.h"

/* True with a living connection; opens or reopens it when there is none, reporting failures. */
bool virshConnected(virshControl *ctl);

bool virshConnect(virshControl *ctl, const char *uri, bool readonly);

void virshDisconnect(virshControl *ctl);

/* Starts the thread that runs the event loop, once. */
bool virshLoopStart(virshControl *ctl);

void virshLoopStop(virshControl *ctl);
