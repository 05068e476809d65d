/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a connection says of its machine, and of the guests that can run there. */

#include <string.h>

#include <libvirt/virterror.h>

#include "document/capabilities.h"
#include "document/print.h"
#include "driver/qemu.h"
#include "qemu_cpu.h"
#include "qemu_driver.h"
#include "qemu_emulator.h"
#include "qemu_machine.h"
#include "runtime/error.h"

/* How many different values of something processors have, by a field. */
static unsigned int
countDifferent(const qemuMachineInfo *info, size_t offset)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

    for (guint i = 0; i < info->cpus->len; i++) {
        const char *cpu = (const char *) &g_array_index(info->cpus, qemuCpu, i);

        g_hash_table_add(seen, GUINT_TO_POINTER(*(const unsigned int *) (cpu + offset)));
    }
    return MAX(g_hash_table_size(seen), 1);
}

/* The sum over the cells: what guests can be given, which may be less than what the kernel manages. */
static unsigned long long
memoryOfCells(const qemuMachineInfo *machine)
{
    unsigned long long sum = 0;

    for (guint i = 0; i < machine->cells->len; i++)
        sum += g_array_index(machine->cells, qemuCell, i).memory;
    return sum ? sum : machine->memory;
}

int
qemuNodeGetInfo(virConnectPtr conn G_GNUC_UNUSED, virNodeInfoPtr info)
{
    g_autoptr(qemuMachineInfo) machine = qemuMachineInfoRead();
    unsigned int sockets = countDifferent(machine, G_STRUCT_OFFSET(qemuCpu, socket));
    unsigned int threads =
        qemuMachineListLength(g_array_index(machine->cpus, qemuCpu, 0).siblings);

    *info = (virNodeInfo) {
        .memory = (unsigned long) memoryOfCells(machine),
        .cpus = machine->cpus->len,
        .mhz = machine->mhz,
        .nodes = machine->cells->len,
        .threads = threads,
    };
    g_strlcpy(info->model, machine->arch, sizeof(info->model));
    info->sockets = MAX(sockets / info->nodes, 1);
    info->cores = machine->cpus->len / (info->nodes * info->sockets * threads);
    /* A machine that does not divide evenly is told as one socket. */
    if (info->nodes * info->sockets * info->cores * threads != machine->cpus->len) {
        info->nodes = info->sockets = info->threads = 1;
        info->cores = machine->cpus->len;
    }
    return 0;
}

unsigned long long
qemuNodeGetFreeMemory(virConnectPtr conn G_GNUC_UNUSED)
{
    return qemuMachineMemoryLine("/proc/meminfo", "MemFree") * 1024;
}

int
qemuNodeGetCPUMap(virConnectPtr conn G_GNUC_UNUSED, unsigned char **cpumap, unsigned int *online,
                  unsigned int flags G_GNUC_UNUSED)
{
    g_autoptr(qemuMachineInfo) machine = qemuMachineInfoRead();

    if (online)
        *online = machine->cpus->len;
    if (cpumap) {
        *cpumap = g_malloc0(VIR_CPU_MAPLEN(machine->present));
        for (guint i = 0; i < machine->cpus->len; i++) {
            unsigned int id = g_array_index(machine->cpus, qemuCpu, i).id;

            if (id < machine->present)
                VIR_USE_CPU(*cpumap, id);
        }
    }
    return (int) machine->present;
}

static virDocCapabilitiesCell *
newCell(const qemuMachineInfo *info, const qemuCell *from)
{
    virDocCapabilitiesCell *cell = virDocCapabilitiesCellNew();

    cell->id = from->id;
    cell->memory = from->memory;
    cell->hasId = cell->hasMemory = true;
    cell->cpus = virDocCapabilitiesCpusNew();
    cell->cpus->hasNum = true;
    for (guint i = 0; i < info->cpus->len; i++) {
        const qemuCpu *processor = &g_array_index(info->cpus, qemuCpu, i);
        virDocCapabilitiesCellCpu *cpu;

        if (processor->cell != from->id)
            continue;
        cpu = virDocCapabilitiesCellCpuNew();
        cpu->id = processor->id;
        cpu->socketId = processor->socket;
        cpu->coreId = processor->core;
        cpu->hasId = cpu->hasSocketId = cpu->hasDieId = cpu->hasCoreId = true;
        cpu->siblings = virDocBitmapParse(processor->siblings);
        VIR_DOC_LIST_ADD(cell->cpus, cpus, cpu);
        cell->cpus->num++;
    }
    return cell;
}

/* The maker's name as people know it. */
static const char *
vendorWord(const char *vendor)
{
    static const char *const words[][2] = {
        { "GenuineIntel", "Intel" }, { "AuthenticAMD", "AMD" }, { "HygonGenuine", "Hygon" },
    };

    for (size_t i = 0; vendor && i < G_N_ELEMENTS(words); i++) {
        if (g_str_equal(words[i][0], vendor))
            return words[i][1];
    }
    return NULL;
}

/* Names the processor of the machine by the nearest of QEMU's models; without a QEMU it has no name. */
static void
nameProcessor(qemuHost *host, virDocCapabilitiesCpu *cpu)
{
    g_autofree char *path = qemuEmulatorsPath(cpu->arch);
    g_autoptr(GPtrArray) models = path ? qemuCpuModels(host->emulators, path) : NULL;
    g_autoptr(qemuCpuSet) set = models ? qemuCpuHost(models) : NULL;
    g_autoptr(GPtrArray) beyond = NULL;

    virResetLastError();
    if (!set || !set->model)
        return;
    cpu->model = g_strdup(set->model);
    cpu->vendor = g_strdup(vendorWord(set->vendor));
    beyond = qemuCpuMissing(set, qemuCpuNearest(models, set));
    for (guint i = 0; i < beyond->len; i++) {
        virDocCapabilitiesCpuFeature *feature = virDocCapabilitiesCpuFeatureNew();

        feature->name = g_strdup(beyond->pdata[i]);
        VIR_DOC_LIST_ADD(cpu, features, feature);
    }
}

static virDocCapabilitiesHost *
newHost(qemuHost *place)
{
    g_autoptr(qemuMachineInfo) info = qemuMachineInfoRead();
    virDocCapabilitiesHost *host = virDocCapabilitiesHostNew();

    host->cpu = virDocCapabilitiesCpuNew();
    host->cpu->arch = g_strdup(info->arch);
    nameProcessor(place, host->cpu);
    host->hasUuid = qemuMachineUUID(host->uuid);
    host->topologyCells = virDocCapabilitiesCellsNew();
    host->topologyCells->num = info->cells->len;
    host->topologyCells->hasNum = true;
    for (guint i = 0; i < info->cells->len; i++)
        VIR_DOC_LIST_ADD(host->topologyCells, cells,
                         newCell(info, &g_array_index(info->cells, qemuCell, i)));
    return host;
}

static virDocCapabilitiesMachine *
newMachine(const qemuMachine *from, const char *name, const char *canonical)
{
    virDocCapabilitiesMachine *machine = virDocCapabilitiesMachineNew();

    machine->name = g_strdup(name);
    machine->canonical = g_strdup(canonical);
    machine->maxCpus = from->maxCpus;
    machine->hasMaxCpus = true;
    return machine;
}

static void
addDomain(virDocCapabilitiesArch *arch, const char *type)
{
    virDocCapabilitiesDomain *domain = virDocCapabilitiesDomainNew();

    domain->type = g_strdup(type);
    VIR_DOC_LIST_ADD(arch, domains, domain);
}

static bool
isWide(const char *arch)
{
    return strstr(arch, "64") || g_str_equal(arch, "s390x") || g_str_equal(arch, "alpha");
}

static virDocCapabilitiesGuest *
newGuest(const qemuEmulator *emulator, const char *name)
{
    virDocCapabilitiesGuest *guest = virDocCapabilitiesGuestNew();
    virDocCapabilitiesArch *arch = virDocCapabilitiesArchNew();
    bool x86 = g_str_equal(name, "x86_64") || g_str_equal(name, "i686");

    guest->osType = g_strdup("hvm");
    arch->name = g_strdup(name);
    arch->wordsize = isWide(name) ? 64 : 32;
    arch->hasWordsize = true;
    arch->emulator = g_strdup(emulator->path);
    for (guint i = 0; i < emulator->machines->len; i++) {
        const qemuMachine *machine = &g_array_index(emulator->machines, qemuMachine, i);

        VIR_DOC_LIST_ADD(arch, machines, newMachine(machine, machine->name, NULL));
        if (machine->alias)
            VIR_DOC_LIST_ADD(arch, machines, newMachine(machine, machine->alias, machine->name));
    }
    addDomain(arch, "qemu");
    if (emulator->kvm)
        addDomain(arch, "kvm");
    VIR_DOC_LIST_ADD(guest, arches, arch);
    guest->features = virDocCapabilitiesFeaturesNew();
    guest->features->cpuselection = guest->features->deviceboot = true;
    guest->features->pae = guest->features->nonpae = g_str_equal(name, "i686");
    if (x86) {
        guest->features->acpi = virDocCapabilitiesToggleNew();
        guest->features->acpi->initially = guest->features->acpi->toggle = VIR_DOC_SWITCH_ON;
        guest->features->apic = virDocCapabilitiesToggleNew();
        guest->features->apic->initially = VIR_DOC_SWITCH_ON;
        guest->features->apic->toggle = VIR_DOC_SWITCH_OFF;
    }
    return guest;
}

char *
qemuConnectGetCapabilities(virConnectPtr conn)
{
    g_autoptr(virDocCapabilities) capabilities = virDocCapabilitiesNew();
    g_autoptr(GPtrArray) arches = qemuEmulatorsArches();

    capabilities->host = newHost(qemuHostOf(conn));
    for (guint i = 0; i < arches->len; i++) {
        const char *arch = arches->pdata[i];
        g_autofree char *path = qemuEmulatorsPath(arch);
        g_autoptr(qemuEmulator) emulator = qemuEmulatorsGet(qemuHostOf(conn)->emulators, path);

        /* One that does not run has no guests; the others still have. */
        if (emulator)
            VIR_DOC_LIST_ADD(capabilities, guests, newGuest(emulator, arch));
        else
            virResetLastError();
    }
    return virDocPrint(&virDocCapabilitiesRecord, NULL, capabilities, 0);
}
