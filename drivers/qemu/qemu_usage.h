/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a process uses, as the kernel tells. */

#pragma once

#include <sys/types.h>

typedef struct {
    unsigned long long time;    /* nanoseconds on processors, the sum of the two */
    unsigned long long user;
    unsigned long long system;
    unsigned long long resident;    /* KiB of memory */
    int cpu;                    /* where it ran last */
} qemuUsage;

/* All zero when there is no such process. */
qemuUsage qemuUsageOf(pid_t pid);
/* The same of one of its threads. */
qemuUsage qemuUsageOfThread(pid_t pid, pid_t thread);
