/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tables of text for people. */

#pragma once

#include "client/shell.h"

typedef struct _virshTable virshTable;

virshTable *virshTableNew(const char *const *titles);
void virshTableRow(virshTable *table, const char *const *cells);
void virshTablePrint(virshControl *ctl, virshTable *table);
void virshTableFree(virshTable *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(virshTable, virshTableFree)
