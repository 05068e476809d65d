/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line of a guest: its memory, where that comes from, its nodes, and modules of memory. */

#include <mntent.h>
#include <stdio.h>
#include <string.h>
#include <sys/vfs.h>

#include <libvirt/libvirt.h>

#include "base/uuid.h"
#include "conf/domain_machine.h"
#include "qemu_command.h"

#define KIB 1024

/* A piece of memory, as QEMU makes it: an object that machines, nodes and modules refer to. */
typedef struct {
    const char *id;
    unsigned long long size;            /* KiB */
    unsigned long long page;            /* KiB of a huge page; 0: pages as they are */
    const char *path;                   /* of a file that keeps the contents */
    virDocDomainMemoryAccess access;
    bool file;                          /* it is to lie in a file */
    bool anonymous;                     /* it is to have no file at all */
    bool discard, pmem, readOnly, preallocated;
    unsigned long long align;           /* KiB; 0: as usual */
    const virDocBitmap *nodes;          /* of the host; NULL: all */
    virDocDomainNumaMode mode;
    unsigned int threads;
} Piece;

/* Where pages of a size (KiB) are mounted; NULL when nowhere. */
static char *
mountOf(unsigned long long page)
{
    FILE *mounts = setmntent("/proc/mounts", "re");
    struct mntent *one;
    char *found = NULL;

    while (mounts && !found && (one = getmntent(mounts))) {
        struct statfs facts;

        if (g_str_equal(one->mnt_type, "hugetlbfs") && statfs(one->mnt_dir, &facts) == 0 &&
            (unsigned long long) facts.f_bsize == page * KIB)
            found = g_strdup(one->mnt_dir);
    }
    if (mounts)
        endmntent(mounts);
    return found;
}

/* The nodes of the host from which a piece comes. */
static void
setNodes(json_object *object, const Piece *piece)
{
    static const char *const policies[VIR_DOC_DOMAIN_NUMA_MODE_LAST] = {
        [VIR_DOC_DOMAIN_NUMA_MODE_ABSENT] = "bind",
        [VIR_DOC_DOMAIN_NUMA_MODE_STRICT] = "bind",
        [VIR_DOC_DOMAIN_NUMA_MODE_PREFERRED] = "preferred",
        [VIR_DOC_DOMAIN_NUMA_MODE_INTERLEAVE] = "interleave",
    };
    json_object *list;

    /* The remaining mode is the business of control groups. */
    if (!piece->nodes || !policies[piece->mode])
        return;
    list = json_object_new_array();
    for (size_t i = 0; i < piece->nodes->nwords * 64; i++) {
        if (virDocBitmapHas(piece->nodes, i))
            json_object_array_add(list, json_object_new_int64((gint64) i));
    }
    json_object_object_add(object, "host-nodes", list);
    qemuSetString(object, "policy", policies[piece->mode]);
}

/* What a piece of memory is made of; false with an error raised. */
static bool
setKind(const qemuCommand *command, json_object *object, const Piece *piece)
{
    bool shared = piece->access == VIR_DOC_DOMAIN_MEMORY_ACCESS_SHARED;
    g_autofree char *mount = NULL;

    if (piece->path || piece->file) {
        mount = piece->path ? g_strdup(piece->path) : piece->page ? mountOf(piece->page) :
                g_strdup(command->folder ? command->folder : "memory");
        if (!mount)
            return qemuCommandRefuse(command, "no hugetlbfs with pages of %llu KiB is mounted, as "
                                     "<memoryBacking> with a source of type 'file' needs",
                                     piece->page);
        qemuSetString(object, "qom-type", "memory-backend-file");
        qemuSetString(object, "mem-path", mount);
    } else if (piece->page || !piece->anonymous) {
        qemuSetString(object, "qom-type", "memory-backend-memfd");
        if (piece->page) {
            qemuSetTrue(object, "hugetlb", true);
            qemuSetNumber(object, "hugetlbsize", (gint64) piece->page * KIB);
        }
    } else {
        qemuSetString(object, "qom-type", "memory-backend-ram");
    }
    if (piece->access)
        qemuSetTrue(object, "share", shared);
    return true;
}

/* The object of a piece; false with an error raised. */
static bool
addPiece(qemuCommand *command, const Piece *piece)
{
    json_object *object = json_object_new_object();

    if (!setKind(command, object, piece)) {
        json_object_put(object);
        return false;
    }
    qemuSetString(object, "id", piece->id);
    qemuSetNumber(object, "size", (gint64) piece->size * KIB);
    if (piece->preallocated || piece->page)
        qemuSetTrue(object, "prealloc", true);
    if (piece->threads)
        qemuSetNumber(object, "prealloc-threads", piece->threads);
    if (piece->discard && (piece->path || piece->file))
        qemuSetTrue(object, "discard-data", true);
    if (piece->pmem)
        qemuSetTrue(object, "pmem", true);
    if (piece->readOnly)
        qemuSetTrue(object, "readonly", true);
    if (piece->align)
        qemuSetNumber(object, "align", (gint64) piece->align * KIB);
    if (command->document->memoryBacking && command->document->memoryBacking->nosharepages)
        qemuSetTrue(object, "merge", false);
    setNodes(object, piece);
    qemuCommandAddObject(command, "-object", object);
    return true;
}

/* The size in KiB of the huge pages of a node of the guest (-1: of all); 0 for none. */
static unsigned long long
pageOf(const virDocDomain *document, int node)
{
    const virDocDomainMemoryBacking *backing = document->memoryBacking;
    unsigned long long usual = 0;

    if (!backing || !backing->hasHugepages)
        return 0;
    if (!backing->nhugepagesPages)
        usual = 2048;
    for (size_t i = 0; i < backing->nhugepagesPages; i++) {
        const virDocDomainMemoryPages *pages = backing->hugepagesPages[i];

        if (!pages->nodeset)
            usual = pages->size;
        else if (node >= 0 && virDocBitmapHas(pages->nodeset, (size_t) node))
            return pages->size;
    }
    return usual;
}

/* The piece for all of the guest's memory or for a node (-1: all), as the document wants it. */
static Piece
pieceFor(const virDocDomain *document, int node, const char *id, unsigned long long size)
{
    const virDocDomainMemoryBacking *backing = document->memoryBacking;
    const virDocDomainNumatune *tune = document->numatune;
    Piece piece = {
        .id = id, .size = size, .page = pageOf(document, node), .anonymous = true,
        .nodes = tune ? tune->memoryNodeset : NULL, .mode = tune ? tune->memoryMode : 0,
    };

    if (backing) {
        piece.access = backing->accessMode;
        piece.file = backing->sourceType == VIR_DOC_DOMAIN_MEMORY_SOURCE_FILE;
        piece.anonymous = backing->sourceType != VIR_DOC_DOMAIN_MEMORY_SOURCE_MEMFD;
        piece.discard = backing->discard;
        piece.preallocated = backing->allocationMode == VIR_DOC_DOMAIN_MEMORY_ALLOCATION_IMMEDIATE;
        piece.threads = backing->allocationThreads;
    }
    for (size_t i = 0; tune && node >= 0 && i < tune->nmemnodes; i++) {
        if (tune->memnodes[i]->cellid == (unsigned int) node) {
            piece.nodes = tune->memnodes[i]->nodeset;
            piece.mode = tune->memnodes[i]->mode;
        }
    }
    return piece;
}

/* "cpus=0-3,cpus=5" of a set. */
static char *
nodeCpus(const virDocBitmap *cpus)
{
    g_autofree char *text = cpus ? virDocBitmapFormat(cpus) : g_strdup("");
    g_auto(GStrv) ranges = g_strsplit(text, ",", -1);
    g_autoptr(GString) words = g_string_new(NULL);

    for (size_t i = 0; ranges[i]; i++)
        g_string_append_printf(words, ",cpus=%s", ranges[i]);
    return g_string_free(g_steal_pointer(&words), FALSE);
}

static void
addDistances(qemuCommand *command, const virDocCpuNuma *numa)
{
    for (size_t i = 0; i < numa->ncells; i++) {
        for (size_t j = 0; j < numa->cells[i]->ndistances; j++)
            qemuCommandAddFormat(command, "-numa", "dist,src=%u,dst=%u,val=%u", numa->cells[i]->id,
                                 numa->cells[i]->distances[j]->id,
                                 numa->cells[i]->distances[j]->value);
    }
}

static bool
addNodes(qemuCommand *command, const virDocCpuNuma *numa)
{
    if (numa->nlatencies || numa->nbandwidths)
        return qemuCommandRefuse(command, "<numa>: this driver does not know <interconnects>");
    for (size_t i = 0; i < numa->ncells; i++) {
        const virDocCpuNode *cell = numa->cells[i];
        g_autofree char *id = g_strdup_printf("ram-node%u", cell->id);
        g_autofree char *cpus = cell->cpus ? nodeCpus(cell->cpus) : g_strdup("");
        Piece piece = pieceFor(command->document, (int) cell->id, id, cell->memory);

        if (cell->ncaches)
            return qemuCommandRefuse(command, "<numa>: this driver does not know <cache> of cell %u",
                                     cell->id);
        if (cell->memAccess)
            piece.access = cell->memAccess == VIR_DOC_CPU_MEMORY_ACCESS_SHARED ?
                VIR_DOC_DOMAIN_MEMORY_ACCESS_SHARED : VIR_DOC_DOMAIN_MEMORY_ACCESS_PRIVATE;
        if (cell->discard)
            piece.discard = cell->discard == VIR_DOC_SWITCH_ON;
        if (cell->memory && !addPiece(command, &piece))
            return false;
        qemuCommandAddFormat(command, "-numa", "node,nodeid=%u%s%s%s", cell->id, cpus,
                             cell->memory ? ",memdev=" : "", cell->memory ? id : "");
    }
    addDistances(command, numa);
    return true;
}

/* Memory that the guest has from the start, in KiB. */
static unsigned long long
initialMemory(const virDocDomain *document)
{
    unsigned long long size = document->memory;

    for (size_t i = 0; i < document->nmemoryDevices; i++)
        size -= document->memoryDevices[i]->targetSize;
    return size;
}

bool
qemuMemoryHasPiece(const virDocDomain *document)
{
    const virDocDomainMemoryBacking *backing = document->memoryBacking;
    const virDocDomainNumatune *tune = document->numatune;

    if (document->cpu && document->cpu->numa)
        return false;
    return (backing && (backing->hasHugepages || backing->sourceType || backing->accessMode ||
                        backing->allocationMode || backing->discard || backing->nosharepages)) ||
           (tune && tune->memoryNodeset);
}

bool
qemuCommandMemory(qemuCommand *command)
{
    const virDocDomain *document = command->document;
    const virDocDomainMemoryBacking *backing = document->memoryBacking;
    const virDocCpuNuma *numa = document->cpu ? document->cpu->numa : NULL;
    unsigned long long size = initialMemory(document);

    if (document->numatune &&
        document->numatune->memoryPlacement == VIR_DOC_DOMAIN_VCPU_PLACEMENT_AUTO)
        return qemuCommandRefuse(command, "<numatune>: no daemon of the host places memory here; "
                                 "give a nodeset");
    if (document->hasMaxMemorySize)
        qemuCommandAddFormat(command, "-m", "size=%lluk,slots=%u,maxmem=%lluk", size,
                             document->maxMemorySlots, document->maxMemorySize);
    else
        qemuCommandAddFormat(command, "-m", "size=%lluk", size);
    qemuCommandAddFormat(command, "-overcommit", "mem-lock=%s",
                         backing && backing->locked ? "on" : "off");
    if (qemuMemoryHasPiece(document)) {
        Piece piece = pieceFor(document, -1, QEMU_MEMORY_PIECE, size);

        return addPiece(command, &piece);
    }
    return !numa || addNodes(command, numa);
}

/* --- modules --------------------------------------------------------------------------------- */

/* What a module of memory is to QEMU. */
static const char *const moduleDrivers[VIR_DOC_DOMAIN_MEMORY_MODEL_LAST] = {
    [VIR_DOC_DOMAIN_MEMORY_MODEL_DIMM] = "pc-dimm",
    [VIR_DOC_DOMAIN_MEMORY_MODEL_NVDIMM] = "nvdimm",
    [VIR_DOC_DOMAIN_MEMORY_MODEL_VIRTIO_PMEM] = "virtio-pmem-pci",
    [VIR_DOC_DOMAIN_MEMORY_MODEL_VIRTIO_MEM] = "virtio-mem-pci",
};

/* The memory of a module; false with an error raised. */
static bool
addModulePiece(qemuCommand *command, const virDocDomainMemory *memory, const char *id)
{
    int node = memory->hasTargetNode ? (int) memory->targetNode : -1;
    Piece piece = pieceFor(command->document, node, id, memory->targetSize);

    if (memory->access)
        piece.access = memory->access;
    if (memory->discard)
        piece.discard = memory->discard == VIR_DOC_SWITCH_ON;
    if (memory->hasSourcePagesize)
        piece.page = memory->sourcePagesize;
    if (memory->sourceNodemask) {
        piece.nodes = memory->sourceNodemask;
        piece.mode = VIR_DOC_DOMAIN_NUMA_MODE_STRICT;
    }
    piece.path = memory->sourcePath;
    piece.pmem = memory->sourcePmem;
    piece.align = memory->hasSourceAlignsize ? memory->sourceAlignsize : 0;
    if (memory->model == VIR_DOC_DOMAIN_MEMORY_MODEL_VIRTIO_PMEM)
        piece.access = VIR_DOC_DOMAIN_MEMORY_ACCESS_SHARED;
    /* What a guest gives back must not be taken beforehand. */
    if (memory->model == VIR_DOC_DOMAIN_MEMORY_MODEL_VIRTIO_MEM)
        piece.preallocated = false;
    return addPiece(command, &piece);
}

static void
setModulePlace(json_object *device, const virDocDomainMemory *memory)
{
    const virDocDomainAddress *address = memory->info.address;

    if (memory->hasTargetNode)
        qemuSetNumber(device, "node", memory->targetNode);
    if (!address || address->type != VIR_DOC_DOMAIN_ADDRESS_TYPE_DIMM)
        return;
    if (address->hasSlot)
        qemuSetNumber(device, "slot", address->slot);
    if (address->hasBase)
        qemuSetNumber(device, "addr", (gint64) address->base);
}

bool
qemuCommandMemoryDevice(qemuCommand *command, const virDocDomainMemory *memory)
{
    const char *driver = moduleDrivers[memory->model];
    g_autofree char *id = g_strconcat("mem", memory->info.aliasName, NULL);
    bool nvdimm = memory->model == VIR_DOC_DOMAIN_MEMORY_MODEL_NVDIMM;
    bool virtio = memory->model == VIR_DOC_DOMAIN_MEMORY_MODEL_VIRTIO_MEM;
    json_object *device;
    char uuid[VIR_UUID_STRING_BUFLEN];

    if (!driver)
        return qemuCommandRefuse(command, "<memory model='%s'>: QEMU for this machine has none",
                                 virDocDomainMemoryModelToString(memory->model));
    if (!command->document->hasMaxMemorySize &&
        memory->model != VIR_DOC_DOMAIN_MEMORY_MODEL_VIRTIO_PMEM)
        return qemuCommandRefuse(command, "<memory model='%s'> needs <maxMemory slots='1'> or more",
                                 virDocDomainMemoryModelToString(memory->model));
    if (!addModulePiece(command, memory, id))
        return false;
    device = qemuDevice(command, driver, &memory->info);
    qemuSetString(device, "memdev", id);
    setModulePlace(device, memory);
    if (nvdimm && memory->hasTargetLabelSize)
        qemuSetNumber(device, "label-size", (gint64) memory->targetLabelSize * KIB);
    if (nvdimm && memory->targetReadonly)
        qemuSetTrue(device, "unarmed", true);
    if (nvdimm && memory->hasUuid) {
        virUUIDFormat(memory->uuid, uuid);
        qemuSetString(device, "uuid", uuid);
    }
    if (virtio) {
        qemuSetNumber(device, "block-size", (gint64) memory->targetBlock * KIB);
        qemuSetNumber(device, "requested-size", (gint64) memory->targetRequested * KIB);
    }
    qemuCommandAddObject(command, "-device", device);
    return true;
}

bool
qemuCommandMemoryDevices(qemuCommand *command)
{
    const virDocDomain *document = command->document;

    for (size_t i = 0; i < document->nmemoryDevices; i++) {
        if (!qemuCommandMemoryDevice(command, document->memoryDevices[i]))
            return false;
    }
    return true;
}
