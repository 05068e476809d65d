/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a process uses, as the kernel tells. */

#pragma once

#include <sys/types.h>

typedef struct {
    unsigned long long time;    /* nanoseconds on processors, the sum of the two */
    unsigned long long user;
    unsigned long long system;
    unsigned long long resident;    /* KiB of memory */
} qemuUsage;

/* All zero when there is no such process. */
qemuUsage qemuUsageOf(pid_t pid);
