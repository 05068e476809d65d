/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The machine that guests run on, as the kernel shows it. */

#pragma once

#include <stdbool.h>

#include <glib.h>

/* A processor that runs. */
typedef struct {
    unsigned int id;
    unsigned int cell;          /* its NUMA node */
    unsigned int socket;
    unsigned int core;
    char *siblings;             /* threads of the same core, as a list: "0,4" */
} qemuCpu;

/* A NUMA node. */
typedef struct {
    unsigned int id;
    unsigned long long memory;  /* KiB */
} qemuCell;

typedef struct {
    char *arch;
    unsigned int present;       /* processors, running or not */
    unsigned int mhz;
    unsigned long long memory;  /* KiB */
    GArray *cpus;               /* of qemuCpu, by number */
    GArray *cells;              /* of qemuCell, at least one */
} qemuMachineInfo;

/* Never NULL; what the kernel does not tell is 0, a machine has at least one processor. */
qemuMachineInfo *qemuMachineInfoRead(void);
void qemuMachineInfoFree(qemuMachineInfo *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(qemuMachineInfo, qemuMachineInfoFree)

/* The identity of the machine: what its firmware says, or its installation; false when neither does. */
bool qemuMachineUUID(unsigned char *uuid);

/* How many numbers a list such as "0-3,8" names. */
unsigned int qemuMachineListLength(const char *list);

/* A line "Name: 123 kB" of a file such as /proc/meminfo; 0 when it is not there. */
unsigned long long qemuMachineMemoryLine(const char *path, const char *name);
