/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Line editing with history and completion, loaded only when a terminal wants it. */

#pragma once

#include "client/shell.h"

/* Loads the editing library and the history; without either, plain reading is used. */
void virshLineOpen(virshControl *ctl);

/* The next line without its end, NULL at the end of input; free it with free(). */
char *virshLineRead(virshControl *ctl, const char *prompt);

void virshLineRemember(const char *line);

/* Saves the history. */
void virshLineClose(void);
