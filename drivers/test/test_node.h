/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The machine of the model: its processors and memory, and what it says it can do. */

#pragma once

#include <stdbool.h>

#include <glib.h>
#include <libvirt/libvirt.h>

#include "document/capabilities.h"
#include "document/node.h"

/* Most processors a model machine can have: what a set of processors can name. */
#define TEST_CPUS_MAX 16384

/* How processors and memory are divided; every cell has the same processors. */
typedef struct {
    unsigned int cells;
    unsigned int sockets;               /* of a cell, */
    unsigned int cores;                 /* of a socket, */
    unsigned int threads;               /* of a core */
    const unsigned long long *memory;   /* KiB of each cell */
    const unsigned int *pageSize;       /* KiB of the ordinary pages of each cell */
} testTopology;

/* What the built-in host says of its machine. */
extern const virNodeInfo testDefaultNode;

/* Sizes of memory pages in KiB; from the third on they are reserved before use. */
#define TEST_PAGE_SIZES 4
#define TEST_FIRST_HUGE 2
extern const unsigned int testPageSizes[TEST_PAGE_SIZES];

/* Tunables and counters of the merging of equal pages. */
typedef enum {
    TEST_PAGES_TO_SCAN,
    TEST_SLEEP_MILLISECS,
    TEST_PAGES_SHARED,
    TEST_PAGES_SHARING,
    TEST_PAGES_UNSHARED,
    TEST_PAGES_VOLATILE,
    TEST_FULL_SCANS,
    TEST_MERGE_ACROSS_NODES,
    TEST_TUNABLES,
} testTunable;

typedef struct testMachine testMachine;

struct testMachine {
    unsigned int present;       /* processors */
    virDocBitmap *online;
    virDocCapabilities *capabilities;

    /* Guarded by the host's lock, as are the numbers of pages in the capabilities. */
    unsigned long long (*free)[TEST_PAGE_SIZES];    /* pages of each cell */
    unsigned int tunables[TEST_TUNABLES];
    unsigned int leastSleep;                        /* seconds */
    bool asleep;
};

/* A machine with `present` processors, some of them online; the topology has its own number. */
testMachine *testMachineNew(const testTopology *topology, unsigned int present,
                            const virDocBitmap *online);
void testMachineFree(testMachine *machine);

/* Names of the processor models of an architecture, NULL-terminated; NULL when none are known. */
const char *const *testCpuModels(const char *arch);

/* Whether a hypervisor that somebody asks for, with NULL for whatever, is the one here; else raises. */
bool testRequireHypervisor(virConnectPtr conn, const char *emulator, const char *arch,
                           const char *machine, const char *virttype);

/* Fills in what belongs to the memory of a machine that has its capabilities. */
void testMemorySetUp(testMachine *machine);

/* The kinds of sleep that a node document gives its host. */
void testPowerSetUp(testMachine *machine, const virDocNode *node);
