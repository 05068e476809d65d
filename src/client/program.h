/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What each program brings along that is built on this shell: tables from gen/client/, a connection. */

#pragma once

#include "client/shell.h"

extern const char virshProgramName[];
extern const char virshProgramTitle[];     /* "Virsh" */
extern const char virshProgramVariables[]; /* "VIRSH": VIRSH_DEBUG and so on */

extern const virshGroup virshGroups[];
extern const size_t virshGroupCount;
extern const virshGlobal virshGlobals[];
extern const size_t virshGlobalCount;

/* Adds the names of the objects that an option may name and that start with `prefix`; of objects within
 * others, those of the one that the arguments name. */
void virshOfferObjects(virshControl *ctl, const virshArguments *arguments, GPtrArray *found,
                       const char *prefix, const virshOption *option);

/* True with a living connection; opens or reopens it when there is none, reporting failures. */
bool virshConnected(virshControl *ctl);

/* The same before the first prompt, where a connection that nobody named may come later. */
bool virshReady(virshControl *ctl);

void virshDisconnect(virshControl *ctl);

/* The value of the program's own environment variable, as in VIRSH_DEBUG; NULL without a value. */
const char *virshVariable(const char *name);
