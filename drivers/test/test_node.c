/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The machine of the model: what it is made of, and what it says of itself. */

#include "test_node.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "document/print.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "test_driver.h"

/* Time in nanoseconds that every processor spent in each way since the start. */
static const struct {
    const char *name;
    unsigned long long value;
} cpuTimes[] = {
    { VIR_NODE_CPU_STATS_USER, 9797400000ULL },
    { VIR_NODE_CPU_STATS_KERNEL, 34678723400000ULL },
    { VIR_NODE_CPU_STATS_IDLE, 87264900000ULL },
    { VIR_NODE_CPU_STATS_IOWAIT, 763600000ULL },
};

const virNodeInfo testDefaultNode = {
    .model = "i686",
    .memory = 3145728,
    .cpus = 16,
    .mhz = 1400,
    .nodes = 2,
    .sockets = 2,
    .cores = 2,
    .threads = 2,
};

static const char sysinfo[] =
    "<sysinfo type='smbios'>\n"
    "  <bios>\n"
    "    <entry name='vendor'>LENOVO</entry>\n"
    "    <entry name='version'>G4ETA1WW (2.61 )</entry>\n"
    "    <entry name='date'>05/07/2014</entry>\n"
    "    <entry name='release'>2.61</entry>\n"
    "  </bios>\n"
    "</sysinfo>\n";

static virDocCapabilitiesPages *
newPages(unsigned int size, unsigned long long count)
{
    virDocCapabilitiesPages *pages = virDocCapabilitiesPagesNew();

    pages->size = size;
    pages->count = count;
    pages->hasSize = pages->hasCount = true;
    return pages;
}

static virDocCapabilitiesCpus *
newCpus(const testTopology *topology, unsigned int cell)
{
    virDocCapabilitiesCpus *cpus = virDocCapabilitiesCpusNew();
    unsigned int count = topology->sockets * topology->cores * topology->threads;

    cpus->num = count;
    cpus->hasNum = true;
    for (unsigned int i = 0; i < count; i++) {
        virDocCapabilitiesCellCpu *cpu = virDocCapabilitiesCellCpuNew();
        unsigned int core = i / topology->threads;
        unsigned int first = cell * count + core * topology->threads;
        g_autofree char *siblings = g_strdup_printf("%u-%u", first, first + topology->threads - 1);

        cpu->id = cell * count + i;
        cpu->socketId = cell * topology->sockets + core / topology->cores;
        cpu->coreId = core % topology->cores;
        cpu->hasId = cpu->hasSocketId = cpu->hasDieId = cpu->hasCoreId = true;
        cpu->siblings = virDocBitmapParse(siblings);
        VIR_DOC_LIST_ADD(cpus, cpus, cpu);
    }
    return cpus;
}

static virDocCapabilitiesCell *
newCell(const testTopology *topology, unsigned int id)
{
    virDocCapabilitiesCell *cell = virDocCapabilitiesCellNew();

    cell->id = id;
    cell->memory = topology->memory[id];
    cell->hasId = cell->hasMemory = true;
    VIR_DOC_LIST_ADD(cell, pages,
                     newPages(topology->pageSize[id], cell->memory / topology->pageSize[id]));
    for (size_t i = TEST_FIRST_HUGE; i < TEST_PAGE_SIZES; i++)
        VIR_DOC_LIST_ADD(cell, pages, newPages(testPageSizes[i], 0));
    cell->cpus = newCpus(topology, id);
    return cell;
}

static virDocCapabilitiesHost *
newHost(const testTopology *topology)
{
    virDocCapabilitiesHost *host = virDocCapabilitiesHostNew();
    virDocCapabilitiesSecurityModel *security = virDocCapabilitiesSecurityModelNew();

    host->cpu = virDocCapabilitiesCpuNew();
    host->cpu->arch = g_strdup("i686");
    host->cpu->oldFeatures = g_strdup("<features><pae/><nonpae/></features>");
    for (size_t i = 0; i < TEST_PAGE_SIZES; i++) {
        virDocCapabilitiesPageSize *size = virDocCapabilitiesPageSizeNew();

        size->size = testPageSizes[i];
        size->hasSize = true;
        VIR_DOC_LIST_ADD(host->cpu, pages, size);
    }
    host->hasPowerManagement = true;
    host->iommuSupport = VIR_DOC_SWITCH_OFF;
    host->topologyCells = virDocCapabilitiesCellsNew();
    host->topologyCells->num = topology->cells;
    host->topologyCells->hasNum = true;
    for (unsigned int i = 0; i < topology->cells; i++)
        VIR_DOC_LIST_ADD(host->topologyCells, cells, newCell(topology, i));
    security->model = g_strdup("testSecurity");
    security->doi = g_strdup("");
    VIR_DOC_LIST_ADD(host, secmodels, security);
    return host;
}

static virDocCapabilitiesGuest *
newGuest(const char *kind)
{
    virDocCapabilitiesGuest *guest = virDocCapabilitiesGuestNew();
    virDocCapabilitiesArch *arch = virDocCapabilitiesArchNew();
    virDocCapabilitiesDomain *domain = virDocCapabilitiesDomainNew();

    guest->osType = g_strdup(kind);
    arch->name = g_strdup("i686");
    arch->wordsize = 32;
    arch->hasWordsize = true;
    arch->emulator = g_strdup("/usr/bin/test-hv");
    domain->type = g_strdup("test");
    VIR_DOC_LIST_ADD(arch, domains, domain);
    VIR_DOC_LIST_ADD(guest, arches, arch);
    guest->features = virDocCapabilitiesFeaturesNew();
    guest->features->pae = guest->features->nonpae = true;
    return guest;
}

testMachine *
testMachineNew(const testTopology *topology, unsigned int present, const virDocBitmap *online)
{
    testMachine *machine = g_new0(testMachine, 1);

    machine->present = present;
    machine->leastSleep = 60;
    machine->online = virDocBitmapCopy(online);
    machine->capabilities = virDocCapabilitiesNew();
    machine->capabilities->host = newHost(topology);
    VIR_DOC_LIST_ADD(machine->capabilities, guests, newGuest("hvm"));
    VIR_DOC_LIST_ADD(machine->capabilities, guests, newGuest("xen"));
    testMemorySetUp(machine);
    return machine;
}

void
testMachineFree(testMachine *machine)
{
    if (!machine)
        return;
    virDocCapabilitiesFree(machine->capabilities);
    virDocBitmapFree(machine->online);
    g_free(machine->free);
    g_free(machine);
}

char *
testConnectGetCapabilities(virConnectPtr conn)
{
    testHost *host = testHostOf(conn);
    char *text;

    g_mutex_lock(&host->lock);
    text = virDocPrint(&virDocCapabilitiesRecord, NULL, host->machine->capabilities, 0);
    g_mutex_unlock(&host->lock);
    return text;
}

char *
testConnectGetSysinfo(virConnectPtr conn G_GNUC_UNUSED, unsigned int flags G_GNUC_UNUSED)
{
    return g_strdup(sysinfo);
}

int
testNodeGetInfo(virConnectPtr conn, virNodeInfoPtr info)
{
    *info = testHostOf(conn)->node;
    return 0;
}

int
testNodeGetSecurityModel(virConnectPtr conn, virSecurityModelPtr secmodel)
{
    const virDocCapabilitiesSecurityModel *model =
        testHostOf(conn)->machine->capabilities->host->secmodels[0];

    memset(secmodel, 0, sizeof(*secmodel));
    g_strlcpy(secmodel->model, model->model, sizeof(secmodel->model));
    g_strlcpy(secmodel->doi, model->doi, sizeof(secmodel->doi));
    return 0;
}

int
testNodeGetCPUMap(virConnectPtr conn, unsigned char **cpumap, unsigned int *online,
                  unsigned int flags G_GNUC_UNUSED)
{
    testMachine *machine = testHostOf(conn)->machine;
    unsigned char *map = NULL;
    unsigned int count = 0;

    if (cpumap)
        map = g_malloc0(VIR_CPU_MAPLEN(machine->present));
    for (unsigned int i = 0; i < machine->present; i++) {
        if (!virDocBitmapHas(machine->online, i))
            continue;
        if (map)
            VIR_USE_CPU(map, i);
        count++;
    }
    if (cpumap)
        *cpumap = map;
    if (online)
        *online = count;
    return (int) machine->present;
}

int
testNodeGetCPUStats(virConnectPtr conn G_GNUC_UNUSED, int cpuNum,
                    virNodeCPUStatsPtr params, int *nparams, unsigned int flags G_GNUC_UNUSED)
{
    if (cpuNum < VIR_NODE_CPU_STATS_ALL_CPUS) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG,
                      "cpuNum in virNodeGetCPUStats only accepts -1 as a negative value");
        return -1;
    }
    if (*nparams == 0) {
        *nparams = G_N_ELEMENTS(cpuTimes);
        return 0;
    }
    *nparams = MIN(*nparams, (int) G_N_ELEMENTS(cpuTimes));
    for (int i = 0; i < *nparams; i++) {
        g_strlcpy(params[i].field, cpuTimes[i].name, sizeof(params[i].field));
        params[i].value = cpuTimes[i].value;
    }
    return 0;
}
