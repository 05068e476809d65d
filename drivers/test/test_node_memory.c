/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Memory of the model machine: cells, pages by size, and the merging of equal pages. */

#include <string.h>

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "test_driver.h"
#include "test_node.h"

/* Free memory of the whole machine at the start, in KiB. */
#define FREE_MEMORY_KIB 3072ULL

const unsigned int testPageSizes[TEST_PAGE_SIZES] = { 4, 8, 2048, 1048576 };

/* Free pages of each size in each cell at the start. */
static const unsigned long long freePages[TEST_PAGE_SIZES] = { 19, 45, 97, 201 };

static const struct {
    const char *name;
    unsigned int value;     /* at the start */
    bool writable;
} tunables[TEST_TUNABLES] = {
    [TEST_PAGES_TO_SCAN] = { VIR_NODE_MEMORY_SHARED_PAGES_TO_SCAN, 100, true },
    [TEST_SLEEP_MILLISECS] = { VIR_NODE_MEMORY_SHARED_SLEEP_MILLISECS, 20, true },
    [TEST_PAGES_SHARED] = { VIR_NODE_MEMORY_SHARED_PAGES_SHARED, 0, false },
    [TEST_PAGES_SHARING] = { VIR_NODE_MEMORY_SHARED_PAGES_SHARING, 0, false },
    [TEST_PAGES_UNSHARED] = { VIR_NODE_MEMORY_SHARED_PAGES_UNSHARED, 0, false },
    [TEST_PAGES_VOLATILE] = { VIR_NODE_MEMORY_SHARED_PAGES_VOLATILE, 0, false },
    [TEST_FULL_SCANS] = { VIR_NODE_MEMORY_SHARED_FULL_SCANS, 0, false },
    [TEST_MERGE_ACROSS_NODES] = { VIR_NODE_MEMORY_SHARED_MERGE_ACROSS_NODES, 1, true },
};

static const virDocCapabilitiesCells *
cellsOf(const testMachine *machine)
{
    return machine->capabilities->host->topologyCells;
}

void
testMemorySetUp(testMachine *machine)
{
    machine->free = g_malloc_n(cellsOf(machine)->ncells, sizeof(freePages));
    for (size_t i = 0; i < cellsOf(machine)->ncells; i++)
        memcpy(machine->free[i], freePages, sizeof(freePages));
    for (unsigned int i = 0; i < TEST_TUNABLES; i++)
        machine->tunables[i] = tunables[i].value;
}

unsigned long long
testNodeGetFreeMemory(virConnectPtr conn G_GNUC_UNUSED)
{
    return FREE_MEMORY_KIB * 1024;
}

/* Whether cells from `start` exist; raises when not. A count beyond the last is cut. */
static bool
cellRange(const testMachine *machine, int start, unsigned int *count)
{
    unsigned int cells = cellsOf(machine)->num;

    if (start < 0 || (unsigned int) start >= cells || *count == 0) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "Range exceeds available cells");
        return false;
    }
    *count = MIN(*count, cells - (unsigned int) start);
    return true;
}

int
testNodeGetCellsFreeMemory(virConnectPtr conn, unsigned long long *freeMems, int startCell,
                           int maxCells)
{
    testMachine *machine = testHostOf(conn)->machine;
    unsigned int count = (unsigned int) MAX(maxCells, 0);

    if (!cellRange(machine, startCell, &count))
        return -1;
    /* The model counts a byte as free for each KiB there is. */
    for (unsigned int i = 0; i < count; i++)
        freeMems[i] = cellsOf(machine)->cells[(unsigned int) startCell + i]->memory;
    return (int) count;
}

int
testNodeGetMemoryStats(virConnectPtr conn, int cellNum, virNodeMemoryStatsPtr params,
                       int *nparams, unsigned int flags G_GNUC_UNUSED)
{
    testHost *host = testHostOf(conn);
    unsigned int one = 1;
    virNodeMemoryStats all[] = {
        { VIR_NODE_MEMORY_STATS_TOTAL, host->node.memory },
        { VIR_NODE_MEMORY_STATS_FREE, testNodeGetFreeMemory(conn) / 1024 },
    };

    if (cellNum != VIR_NODE_MEMORY_STATS_ALL_CELLS) {
        if (!cellRange(host->machine, cellNum, &one))
            return -1;
        all[0].value = cellsOf(host->machine)->cells[cellNum]->memory;
        all[1].value = all[0].value / 1024;
    }
    if (*nparams == 0) {
        *nparams = G_N_ELEMENTS(all);
        return 0;
    }
    *nparams = MIN(*nparams, (int) G_N_ELEMENTS(all));
    memcpy(params, all, (size_t) *nparams * sizeof(*all));
    return 0;
}

/* The place of a page size in the table, or -1 with an error raised. */
static int
findPageSize(unsigned int size, size_t first)
{
    for (size_t i = first; i < TEST_PAGE_SIZES; i++) {
        if (testPageSizes[i] == size)
            return (int) i;
    }
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                  first ? "the host cannot reserve pages of %u KiB"
                        : "the host has no pages of %u KiB", size);
    return -1;
}

int
testNodeGetFreePages(virConnectPtr conn, unsigned int npages, unsigned int *pages, int startcell,
                     unsigned int cellcount, unsigned long long *counts,
                     unsigned int flags G_GNUC_UNUSED)
{
    testHost *host = testHostOf(conn);

    if (!cellRange(host->machine, startcell, &cellcount))
        return -1;
    for (unsigned int i = 0; i < npages; i++) {
        if (findPageSize(pages[i], /* first= */ 0) < 0)
            return -1;
    }
    g_mutex_lock(&host->lock);
    for (unsigned int cell = 0; cell < cellcount; cell++) {
        for (unsigned int i = 0; i < npages; i++)
            *counts++ = host->machine->free[(unsigned int) startcell + cell]
                                           [findPageSize(pages[i], /* first= */ 0)];
    }
    g_mutex_unlock(&host->lock);
    return (int) (npages * cellcount);
}

/* The pages of one size in a cell's part of the capabilities; huge ones are all listed there. */
static virDocCapabilitiesPages *
pagesOf(const virDocCapabilitiesCell *cell, unsigned int size)
{
    for (size_t i = 0; i < cell->npages; i++) {
        if (cell->pages[i]->size == size)
            return cell->pages[i];
    }
    return NULL;
}

/* Pages of one size for one cell: to have so many, or so many more. */
typedef struct {
    unsigned int cell;
    size_t size; /* in the table */
    unsigned long long count;
    bool set;
} Reservation;

/* How many pages the cell has afterwards; raises an error and is false when they do not fit. */
static bool
fits(testMachine *machine, const Reservation *wish, unsigned long long *wanted)
{
    virDocCapabilitiesCell *cell = cellsOf(machine)->cells[wish->cell];
    unsigned long long most = cell->memory / testPageSizes[wish->size];

    *wanted = wish->count + (wish->set ? 0 : pagesOf(cell, testPageSizes[wish->size])->count);
    if (wish->count <= most && *wanted <= most)
        return true;
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_FAILED,
                  "cell %u has memory for %llu pages of %u KiB, not for %llu", wish->cell, most,
                  testPageSizes[wish->size], *wanted);
    return false;
}

/* Reserves or gives back pages that fit. */
static void
allocate(testMachine *machine, const Reservation *wish, unsigned long long wanted)
{
    virDocCapabilitiesPages *pages =
        pagesOf(cellsOf(machine)->cells[wish->cell], testPageSizes[wish->size]);
    unsigned long long *left = &machine->free[wish->cell][wish->size];

    if (wanted >= pages->count)
        *left += wanted - pages->count;
    else
        *left -= MIN(*left, pages->count - wanted);
    pages->count = wanted;
}

/* All or nothing; called with the lock held. */
static int
allocateAll(testMachine *machine, const GArray *wishes)
{
    unsigned long long wanted;

    for (guint i = 0; i < wishes->len; i++) {
        if (!fits(machine, &g_array_index(wishes, Reservation, i), &wanted))
            return -1;
    }
    for (guint i = 0; i < wishes->len; i++) {
        const Reservation *wish = &g_array_index(wishes, Reservation, i);

        if (fits(machine, wish, &wanted))
            allocate(machine, wish, wanted);
    }
    return 0;
}

int
testNodeAllocPages(virConnectPtr conn, unsigned int npages, unsigned int *pageSizes,
                   unsigned long long *pageCounts, int startCell, unsigned int cellCount,
                   unsigned int flags)
{
    testHost *host = testHostOf(conn);
    g_autoptr(GArray) wishes = g_array_new(FALSE, FALSE, sizeof(Reservation));
    /* the host as a whole shares its pages out among its cells */
    bool whole = startCell == -1;
    int ret;

    if (whole) {
        startCell = 0;
        cellCount = (unsigned int) cellsOf(host->machine)->ncells;
    }
    if (!cellRange(host->machine, startCell, &cellCount))
        return -1;
    for (unsigned int i = 0; i < npages; i++) {
        int size = findPageSize(pageSizes[i], TEST_FIRST_HUGE);

        if (size < 0)
            return -1;
        for (unsigned int cell = 0; cell < cellCount; cell++) {
            Reservation wish = { (unsigned int) startCell + cell, (size_t) size, pageCounts[i],
                                 flags & VIR_NODE_ALLOC_PAGES_SET };

            if (whole)
                wish.count = wish.count / cellCount + (cell < wish.count % cellCount);
            g_array_append_val(wishes, wish);
        }
    }
    g_mutex_lock(&host->lock);
    ret = allocateAll(host->machine, wishes);
    g_mutex_unlock(&host->lock);
    return ret < 0 ? -1 : (int) (whole ? npages : wishes->len);
}

int
testNodeGetMemoryParameters(virConnectPtr conn, virTypedParameterPtr params, int *nparams,
                            unsigned int flags G_GNUC_UNUSED)
{
    testHost *host = testHostOf(conn);

    if (*nparams == 0) {
        *nparams = TEST_TUNABLES;
        return 0;
    }
    *nparams = MIN(*nparams, TEST_TUNABLES);
    g_mutex_lock(&host->lock);
    for (int i = 0; i < *nparams; i++) {
        memset(&params[i], 0, sizeof(params[i]));
        g_strlcpy(params[i].field, tunables[i].name, sizeof(params[i].field));
        params[i].type = VIR_TYPED_PARAM_UINT;
        params[i].value.ui = host->machine->tunables[i];
    }
    g_mutex_unlock(&host->lock);
    return 0;
}

/* The tunable that a parameter sets, or -1 with an error raised. */
static int
findTunable(const virTypedParameter *param)
{
    for (int i = 0; i < TEST_TUNABLES; i++) {
        if (!g_str_equal(tunables[i].name, param->field))
            continue;
        if (!tunables[i].writable) {
            virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "parameter '%s' can only be read",
                          param->field);
            return -1;
        }
        if (param->type != VIR_TYPED_PARAM_UINT) {
            virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                          "parameter '%s' is an unsigned int", param->field);
            return -1;
        }
        return i;
    }
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "parameter '%s' is not supported",
                  param->field);
    return -1;
}

int
testNodeSetMemoryParameters(virConnectPtr conn, virTypedParameterPtr params, int nparams,
                            unsigned int flags G_GNUC_UNUSED)
{
    testHost *host = testHostOf(conn);

    for (int i = 0; i < nparams; i++) {
        if (findTunable(&params[i]) < 0)
            return -1;
    }
    g_mutex_lock(&host->lock);
    for (int i = 0; i < nparams; i++)
        host->machine->tunables[findTunable(&params[i])] = params[i].value.ui;
    g_mutex_unlock(&host->lock);
    return 0;
}
