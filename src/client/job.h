/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Long calls on a domain: they show their progress, and Ctrl-C ends them. */

#pragma once

#include "client/arguments.h"

/* The call itself; runs in a thread of its own and returns what the library returned. */
typedef int (*virshJob)(virDomainPtr domain, void *opaque);

/* What happens to a call that takes too long. */
typedef struct {
    unsigned int seconds; /* 0: no limit */
    void (*late)(virDomainPtr domain, void *opaque); /* called once when they are over */
    void *opaque;
    bool postcopy; /* change to post-copy after the first pass over the memory */
} virshJobLimit;

/* Runs `job`, with --verbose printing "<label>: [ 50 %]"; returns what the job returned. */
int virshJobRun(virshControl *ctl, const virshArguments *arguments, virDomainPtr domain,
                const char *label, virshJob job, void *opaque);
int virshJobRunLimited(virshControl *ctl, const virshArguments *arguments, virDomainPtr domain,
                       const char *label, virshJob job, void *opaque, virshJobLimit *limit);
