/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Waiting for the job of a disk, with its progress, a deadline and Ctrl-C. */

#pragma once

#include "client/arguments.h"

typedef struct _virshBlockWait virshBlockWait;

/* The words for a virDomainBlockJobType. */
const char *virshBlockJobName(int type);

/* One line of progress, which the next one overwrites. */
void virshBlockProgress(const char *label, unsigned long long remaining,
                        unsigned long long total);

/* False after reporting a --timeout that is not a positive number. */
bool virshBlockTimeoutGood(virshControl *ctl, const virshArguments *arguments);

/* Begins to listen, which must be before the job is started. */
virshBlockWait *virshBlockWaitNew(virshControl *ctl, const virshArguments *arguments,
                                  virDomainPtr domain, const char *path, const char *label);

/* Waits for the end of the job and says how it ended; `what` begins the sentences. A job that is
 * ready is ended by --pivot, or by the option `keep` in favour of the original. */
bool virshBlockWaitEnd(virshBlockWait *wait, const char *what, const char *keep);

void virshBlockWaitFree(virshBlockWait *wait);
