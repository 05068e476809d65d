/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one connection of virsh. */

#pragma once

#include "client/loop.h"
#include "client/program.h"

bool virshConnect(virshControl *ctl, const char *uri, bool readonly);
