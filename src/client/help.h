/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The help texts, made at run time from the command tables. */

#pragma once

#include "client/shell.h"

bool virshHelpCommand(virshControl *ctl, const virshCommand *command);
void virshHelpGlobal(virshControl *ctl);
