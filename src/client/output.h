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
