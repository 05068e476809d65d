/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Everything the shell writes for people: text, errors, tables. */

#pragma once

#include "client/shell.h"

/* Data that scripts read: printed always. */
void virshPrint(virshControl *ctl, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Confirmations for people: left out with --quiet. */
void virshExtra(virshControl *ctl, const char *format, ...) G_GNUC_PRINTF(2, 3);

void virshError(virshControl *ctl, const char *format, ...) G_GNUC_PRINTF(2, 3);

void virshDebug(virshControl *ctl, int level, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* Prints the library's newest error, if there is one, and forgets it. */
void virshReportFailure(virshControl *ctl);

void virshForgetFailure(virshControl *ctl);

/* Watches the errors of the library for virshReportFailure. */
void virshWatchFailures(virshControl *ctl);

typedef struct _virshTable virshTable;

virshTable *virshTableNew(const char *const *titles);
void virshTableRow(virshTable *table, const char *const *cells);
void virshTablePrint(virshControl *ctl, virshTable *table);
void virshTableFree(virshTable *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(virshTable, virshTableFree)
