/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The machine that guests run on, as the kernel shows it. */

#include "qemu_machine.h"

#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/uuid.h"

#define CPUS "/sys/devices/system/cpu"
#define NODES "/sys/devices/system/node"

static void
clearCpu(gpointer data)
{
    g_free(((qemuCpu *) data)->siblings);
}

void
qemuMachineInfoFree(qemuMachineInfo *info)
{
    if (!info)
        return;
    g_array_unref(info->cpus);
    g_array_unref(info->cells);
    g_free(info->arch);
    g_free(info);
}

/* The text of a file under a folder, without its line break; NULL when it can't be read. */
static char *
readText(const char *format, ...) G_GNUC_PRINTF(1, 2);

static char *
readText(const char *format, ...)
{
    g_autofree char *path = NULL;
    char *text = NULL;
    va_list arguments;

    va_start(arguments, format);
    path = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return g_file_get_contents(path, &text, NULL, NULL) ? g_strchomp(text) : NULL;
}

static unsigned int
readNumber(unsigned int cpu, const char *name)
{
    g_autofree char *text = readText(CPUS "/cpu%u/topology/%s", cpu, name);

    return text && g_ascii_isdigit(*text) ? (unsigned int) g_ascii_strtoull(text, NULL, 10) : 0;
}

/* Calls for each number of a list such as "0-3,8". */
static void
eachNumber(const char *list, void (*call)(unsigned int number, void *opaque), void *opaque)
{
    while (list && g_ascii_isdigit(*list)) {
        char *end;
        guint64 first = g_ascii_strtoull(list, &end, 10), last = first;

        if (*end == '-')
            last = g_ascii_strtoull(end + 1, &end, 10);
        for (guint64 i = first; i <= last && i < G_MAXUINT16; i++)
            call((unsigned int) i, opaque);
        list = *end == ',' ? end + 1 : NULL;
    }
}

static void
addCpu(unsigned int id, void *opaque)
{
    qemuMachineInfo *info = opaque;
    qemuCpu cpu = {
        .id = id,
        .socket = readNumber(id, "physical_package_id"),
        .core = readNumber(id, "core_id"),
        .siblings = readText(CPUS "/cpu%u/topology/thread_siblings_list", id),
    };

    if (!cpu.siblings)
        cpu.siblings = g_strdup_printf("%u", id);
    g_array_append_val(info->cpus, cpu);
}

unsigned long long
qemuMachineMemoryLine(const char *path, const char *name)
{
    g_autofree char *text = NULL;
    g_auto(GStrv) lines = NULL;

    if (!g_file_get_contents(path, &text, NULL, NULL))
        return 0;
    lines = g_strsplit(text, "\n", -1);
    for (size_t i = 0; lines[i]; i++) {
        const char *found = strstr(lines[i], name);

        if (found && found[strlen(name)] == ':')
            return g_ascii_strtoull(g_strchug((char *) found + strlen(name) + 1), NULL, 10);
    }
    return 0;
}

typedef struct {
    qemuMachineInfo *info;
    unsigned int cell;
} Cell;

static void
putIntoCell(unsigned int number, void *opaque)
{
    const Cell *cell = opaque;

    for (guint i = 0; i < cell->info->cpus->len; i++) {
        qemuCpu *cpu = &g_array_index(cell->info->cpus, qemuCpu, i);

        if (cpu->id == number)
            cpu->cell = cell->cell;
    }
}

static void
addCell(unsigned int id, void *opaque)
{
    qemuMachineInfo *info = opaque;
    g_autofree char *path = g_strdup_printf(NODES "/node%u/meminfo", id);
    g_autofree char *cpus = readText(NODES "/node%u/cpulist", id);
    qemuCell cell = { .id = id, .memory = qemuMachineMemoryLine(path, "MemTotal") };
    Cell place = { .info = info, .cell = id };

    g_array_append_val(info->cells, cell);
    eachNumber(cpus, putIntoCell, &place);
}

static void
countPresent(unsigned int number, void *opaque)
{
    unsigned int *count = opaque;

    (void) number;
    ++*count;
}

unsigned int
qemuMachineListLength(const char *list)
{
    unsigned int count = 0;

    eachNumber(list, countPresent, &count);
    return MAX(count, 1);
}

/* The clock of the first processor that tells one. */
static unsigned int
readClock(void)
{
    g_autofree char *text = readText("/proc/cpuinfo");
    const char *line = text ? strstr(text, "cpu MHz") : NULL;
    const char *value = line ? strchr(line, ':') : NULL;

    return value ? (unsigned int) g_ascii_strtod(value + 1, NULL) : 0;
}

qemuMachineInfo *
qemuMachineInfoRead(void)
{
    qemuMachineInfo *info = g_new0(qemuMachineInfo, 1);
    g_autofree char *online = readText(CPUS "/online");
    g_autofree char *present = readText(CPUS "/present");
    g_autofree char *nodes = readText(NODES "/online");
    struct utsname machine = { 0 };

    uname(&machine);
    info->arch = g_strdup(machine.machine);
    info->mhz = readClock();
    info->memory = qemuMachineMemoryLine("/proc/meminfo", "MemTotal");
    info->cpus = g_array_new(/* zero_terminated= */ false, /* clear= */ true, sizeof(qemuCpu));
    g_array_set_clear_func(info->cpus, clearCpu);
    info->cells = g_array_new(/* zero_terminated= */ false, /* clear= */ true, sizeof(qemuCell));
    eachNumber(online ? online : "0", addCpu, info);
    eachNumber(nodes, addCell, info);
    if (!info->cells->len) {
        qemuCell all = { .memory = info->memory };

        g_array_append_val(info->cells, all);
    }
    info->present = MAX(qemuMachineListLength(present), info->cpus->len);
    return info;
}

bool
qemuMachineUUID(unsigned char *uuid)
{
    static const char *const files[] = { "/sys/class/dmi/id/product_uuid", "/etc/machine-id" };

    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *text = readText("%s", files[i]);

        if (text && virUUIDParse(text, uuid) == 0)
            return true;
    }
    return false;
}
