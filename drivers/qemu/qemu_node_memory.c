/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Memory of the machine: its cells, pages by size, and the merging of equal pages. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "driver/qemu.h"
#include "qemu_machine.h"
#include "runtime/error.h"

#define KSM "/sys/kernel/mm/ksm"

/* Whether cells from `start` exist; raises when not. A count beyond the last is cut. */
static bool
cellRange(const qemuMachineInfo *machine, int start, unsigned int *count)
{
    if (start >= 0 && (guint) start < machine->cells->len && *count > 0) {
        *count = MIN(*count, machine->cells->len - (unsigned int) start);
        return true;
    }
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                  "start cell %d out of range (0-%u)", start, machine->cells->len - 1);
    return false;
}

/* A line of a cell's own figures; of the machine's where the kernel knows no cells. */
static unsigned long long
cellLine(const qemuMachineInfo *machine, unsigned int at, const char *name)
{
    unsigned int id = g_array_index(machine->cells, qemuCell, at).id;
    g_autofree char *path = g_strdup_printf("/sys/devices/system/node/node%u/meminfo", id);

    return qemuMachineMemoryLine(access(path, R_OK) == 0 ? path : "/proc/meminfo", name);
}

int
qemuNodeGetCellsFreeMemory(virConnectPtr conn G_GNUC_UNUSED, unsigned long long *freeMems,
                           int startCell, int maxCells)
{
    g_autoptr(qemuMachineInfo) machine = qemuMachineInfoRead();
    unsigned int count = (unsigned int) MAX(maxCells, 0);

    if (!cellRange(machine, startCell, &count))
        return -1;
    for (unsigned int i = 0; i < count; i++)
        freeMems[i] = cellLine(machine, (unsigned int) startCell + i, "MemFree") * 1024;
    return (int) count;
}

int
qemuNodeGetMemoryStats(virConnectPtr conn G_GNUC_UNUSED, int cellNum,
                       virNodeMemoryStatsPtr params, int *nparams,
                       unsigned int flags G_GNUC_UNUSED)
{
    static const struct {
        const char *field, *line;
        bool cell;              /* the kernel tells it of a cell, too */
    } facts[] = {
        { VIR_NODE_MEMORY_STATS_TOTAL, "MemTotal", true },
        { VIR_NODE_MEMORY_STATS_FREE, "MemFree", true },
        { VIR_NODE_MEMORY_STATS_BUFFERS, "Buffers", false },
        { VIR_NODE_MEMORY_STATS_CACHED, "Cached", false },
    };
    g_autoptr(qemuMachineInfo) machine = qemuMachineInfoRead();
    bool all = cellNum == VIR_NODE_MEMORY_STATS_ALL_CELLS;
    int there = all ? (int) G_N_ELEMENTS(facts) : 2;
    unsigned int one = 1;

    if (!all && !cellRange(machine, cellNum, &one))
        return -1;
    if (*nparams == 0) {
        *nparams = there;
        return 0;
    }
    *nparams = MIN(*nparams, there);
    for (int i = 0; i < *nparams; i++) {
        g_strlcpy(params[i].field, facts[i].field, sizeof(params[i].field));
        params[i].value = all ? qemuMachineMemoryLine("/proc/meminfo", facts[i].line) :
                          cellLine(machine, (unsigned int) cellNum, facts[i].line);
    }
    return 0;
}

/* A number in a small file; false when it can't be read. */
static bool
readNumber(const char *path, unsigned long long *value)
{
    g_autofree char *text = NULL;

    if (!g_file_get_contents(path, &text, NULL, NULL))
        return false;
    *value = g_ascii_strtoull(text, NULL, 10);
    return true;
}

/* Writes a number into a file of the kernel; false with an error raised. */
static bool
writeNumber(const char *path, unsigned long long value)
{
    g_autofree char *text = g_strdup_printf("%llu", value);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    bool done = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t) strlen(text);

    if (!done)
        virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot write '%s'", path);
    if (fd >= 0)
        close(fd);
    return done;
}

/* The folder of a page size in a cell; NULL with an error raised when there are no such pages. */
static char *
pagesFolder(const qemuMachineInfo *machine, unsigned int at, unsigned int size)
{
    unsigned int id = g_array_index(machine->cells, qemuCell, at).id;
    g_autofree char *path =
        g_strdup_printf("/sys/devices/system/node/node%u/hugepages/hugepages-%ukB", id, size);

    if (!g_file_test(path, G_FILE_TEST_IS_DIR)) {
        g_free(path);
        path = g_strdup_printf("/sys/kernel/mm/hugepages/hugepages-%ukB", size);
    }
    if (g_file_test(path, G_FILE_TEST_IS_DIR))
        return g_steal_pointer(&path);
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG, "the host has no pages of %u KiB", size);
    return NULL;
}

/* Free pages of a size in a cell; false with an error raised. */
static bool
freePages(const qemuMachineInfo *machine, unsigned int at, unsigned int size,
          unsigned long long *count)
{
    g_autofree char *folder = NULL, *path = NULL;

    if (size == (unsigned int) sysconf(_SC_PAGESIZE) / 1024) {
        *count = cellLine(machine, at, "MemFree") / size;
        return true;
    }
    folder = pagesFolder(machine, at, size);
    path = folder ? g_build_filename(folder, "free_hugepages", NULL) : NULL;
    return path && readNumber(path, count);
}

int
qemuNodeGetFreePages(virConnectPtr conn G_GNUC_UNUSED, unsigned int npages, unsigned int *pages,
                     int startcell, unsigned int cellcount, unsigned long long *counts,
                     unsigned int flags G_GNUC_UNUSED)
{
    g_autoptr(qemuMachineInfo) machine = qemuMachineInfoRead();

    if (!cellRange(machine, startcell, &cellcount))
        return -1;
    for (unsigned int cell = 0; cell < cellcount; cell++) {
        for (unsigned int i = 0; i < npages; i++) {
            if (!freePages(machine, (unsigned int) startcell + cell, pages[i], counts++))
                return -1;
        }
    }
    return (int) (npages * cellcount);
}

int
qemuNodeAllocPages(virConnectPtr conn G_GNUC_UNUSED, unsigned int npages,
                   unsigned int *pageSizes, unsigned long long *pageCounts, int startCell,
                   unsigned int cellCount, unsigned int flags)
{
    g_autoptr(qemuMachineInfo) machine = qemuMachineInfoRead();
    int done = 0;

    if (!cellRange(machine, startCell, &cellCount))
        return -1;
    for (unsigned int cell = 0; cell < cellCount; cell++) {
        for (unsigned int i = 0; i < npages; i++) {
            g_autofree char *folder = pagesFolder(machine, (unsigned int) startCell + cell,
                                                  pageSizes[i]);
            g_autofree char *path = folder ? g_build_filename(folder, "nr_hugepages", NULL) : NULL;
            unsigned long long now = 0;

            if (!path || (!(flags & VIR_NODE_ALLOC_PAGES_SET) && !readNumber(path, &now)) ||
                !writeNumber(path, now + pageCounts[i]))
                return -1;
            done++;
        }
    }
    return done;
}

static const struct {
    const char *name, *file;
    bool writable;
    bool wide;                  /* 64 bits */
} tunables[] = {
    { VIR_NODE_MEMORY_SHARED_PAGES_TO_SCAN, "pages_to_scan", true, false },
    { VIR_NODE_MEMORY_SHARED_SLEEP_MILLISECS, "sleep_millisecs", true, false },
    { VIR_NODE_MEMORY_SHARED_PAGES_SHARED, "pages_shared", false, true },
    { VIR_NODE_MEMORY_SHARED_PAGES_SHARING, "pages_sharing", false, true },
    { VIR_NODE_MEMORY_SHARED_PAGES_UNSHARED, "pages_unshared", false, true },
    { VIR_NODE_MEMORY_SHARED_PAGES_VOLATILE, "pages_volatile", false, true },
    { VIR_NODE_MEMORY_SHARED_FULL_SCANS, "full_scans", false, true },
    { VIR_NODE_MEMORY_SHARED_MERGE_ACROSS_NODES, "merge_across_nodes", true, false },
};

int
qemuNodeGetMemoryParameters(virConnectPtr conn G_GNUC_UNUSED, virTypedParameterPtr params,
                            int *nparams, unsigned int flags G_GNUC_UNUSED)
{
    int count = 0;

    if (*nparams == 0) {
        *nparams = (int) G_N_ELEMENTS(tunables);
        return 0;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(tunables) && count < *nparams; i++) {
        g_autofree char *path = g_build_filename(KSM, tunables[i].file, NULL);
        unsigned long long value;

        if (!readNumber(path, &value))
            continue;
        memset(&params[count], 0, sizeof(params[count]));
        g_strlcpy(params[count].field, tunables[i].name, sizeof(params[count].field));
        params[count].type = tunables[i].wide ? VIR_TYPED_PARAM_ULLONG : VIR_TYPED_PARAM_UINT;
        if (tunables[i].wide)
            params[count].value.ul = value;
        else
            params[count].value.ui = (unsigned int) value;
        count++;
    }
    *nparams = count;
    return 0;
}

/* The place in the table of a parameter that may be set; -1 with an error raised. */
static int
findTunable(const virTypedParameter *param)
{
    for (size_t i = 0; i < G_N_ELEMENTS(tunables); i++) {
        if (strncmp(tunables[i].name, param->field, VIR_TYPED_PARAM_FIELD_LENGTH) != 0)
            continue;
        if (tunables[i].writable && param->type == VIR_TYPED_PARAM_UINT)
            return (int) i;
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                      tunables[i].writable ? "parameter '%s' is an unsigned int" :
                      "parameter '%s' can only be read", tunables[i].name);
        return -1;
    }
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG, "parameter '%.*s' is not supported",
                  VIR_TYPED_PARAM_FIELD_LENGTH - 1, param->field);
    return -1;
}

int
qemuNodeSetMemoryParameters(virConnectPtr conn G_GNUC_UNUSED, virTypedParameterPtr params,
                            int nparams, unsigned int flags G_GNUC_UNUSED)
{
    for (int i = 0; i < nparams; i++) {
        if (findTunable(&params[i]) < 0)
            return -1;
    }
    for (int i = 0; i < nparams; i++) {
        g_autofree char *path = g_build_filename(KSM, tunables[findTunable(&params[i])].file, NULL);

        if (!writeNumber(path, params[i].value.ui))
            return -1;
    }
    return 0;
}
