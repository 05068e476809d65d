/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a domain is without its devices: identity, memory, processors, and what it boots. */

#include <string.h>

#include "base/uuid.h"
#include "conf/domain_parts.h"

void
virConfDomainCompleteIdentity(virDocDomain *domain, virDocContext *context)
{
    if (strchr(domain->name, '/'))
        virDocContextReport(context, "name", "'%s' contains '/'", domain->name);
    if (strchr(domain->name, '\n'))
        virDocContextComplain(context, VIR_ERR_XML_DETAIL, "name", "a name has no line breaks");
    if (domain->title && strchr(domain->title, '\n'))
        virDocContextReport(context, "title", "a title has no line breaks");
    if (!domain->type)
        domain->type = VIR_DOC_DOMAIN_TYPE_XEN;
    domain->hasDevices = true;
    if (!domain->hasUuid && virUUIDGenerate(domain->uuid) < 0)
        virDocContextComplain(context, VIR_ERR_INTERNAL_ERROR, NULL, "no randomness for a UUID");
    domain->hasUuid = true;
    if (domain->hasGenid && !domain->hasGenidId)
        domain->hasGenidId = virUUIDGenerate(domain->genidId) == 0;
}

/* Memory of the nodes; 0 when none are described. */
static unsigned long long
nodeMemory(const virDocDomain *domain)
{
    const virDocCpuNuma *numa = domain->cpu ? domain->cpu->numa : NULL;
    unsigned long long sum = 0;

    for (size_t i = 0; numa && i < numa->ncells; i++)
        sum += numa->cells[i]->memory;
    return sum;
}

void
virConfDomainCompleteFeatures(virDocDomain *domain, virDocContext *context G_GNUC_UNUSED)
{
    virDocDomainHyperv *hyperv = domain->features ? domain->features->hyperv : NULL;

    if (hyperv && !hyperv->mode)
        hyperv->mode = VIR_DOC_DOMAIN_HYPERV_MODE_CUSTOM;
}

void
virConfDomainCompleteMemory(virDocDomain *domain, virDocContext *context)
{
    unsigned long long nodes = nodeMemory(domain), modules = 0, total;

    for (size_t i = 0; i < domain->nmemoryDevices; i++)
        modules += domain->memoryDevices[i]->targetSize;
    if ((nodes && virConfDomainDriverOf(context)->nodes) || !domain->hasMemory || !domain->memory) {
        domain->memory = nodes ? nodes + modules : 0;
        domain->hasMemory = true;
    }
    if (domain->memory && modules > domain->memory)
        virDocContextComplain(context, VIR_ERR_XML_ERROR, "memory",
                              "the memory devices have %llu KiB, more than the %llu of all memory",
                              modules, domain->memory);
    if (!domain->memory)
        virDocContextReport(context, "memory",
                            "the size of the memory is missing, also in nodes of the processor");
    if (domain->hasMaxMemorySize != (domain->hasMaxMemorySlots && domain->maxMemorySlots))
        virDocContextReport(context, "maxMemory", "a size and a number of slots go together");
    total = domain->memory;
    if (domain->hasMaxMemorySize && domain->maxMemorySize < domain->memory)
        virDocContextComplain(context, VIR_ERR_XML_ERROR, "maxMemory",
                              "%llu KiB are less than the memory of %llu KiB",
                              domain->maxMemorySize, domain->memory);
    if (!domain->hasCurrentMemory || !domain->currentMemory || domain->currentMemory > total)
        domain->currentMemory = total;
    domain->hasCurrentMemory = true;
}

static void
checkVcpuStates(virDocDomain *domain, virDocContext *context)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    unsigned int online = 0;

    for (size_t i = 0; i < domain->nvcpuStates; i++) {
        const virDocDomainVcpuState *state = domain->vcpuStates[i];

        if (state->id >= domain->vcpu->count)
            virDocContextReport(context, "vcpus", "there is no virtual processor %u", state->id);
        else if (!g_hash_table_add(seen, GUINT_TO_POINTER(state->id)))
            virDocContextReport(context, "vcpus", "virtual processor %u is given twice", state->id);
        online += state->enabled == VIR_DOC_SWITCH_ON;
    }
    if (!domain->nvcpuStates)
        return;
    domain->vcpu->hasCurrent = online < domain->vcpu->count;
    domain->vcpu->current = online;
}

static void
checkTopology(const virDocDomain *domain, virDocContext *context)
{
    const virDocCpu *cpu = domain->cpu;
    unsigned long long product;

    if (!cpu || !cpu->hasTopologySockets || !virConfDomainDriverOf(context)->topology)
        return;
    product = (unsigned long long)cpu->topologySockets * cpu->topologyCores;
    product *= (unsigned long long)cpu->topologyThreads *
               (cpu->hasTopologyDies ? cpu->topologyDies : 1) *
               (cpu->hasTopologyClusters ? cpu->topologyClusters : 1);
    if (product != domain->vcpu->count)
        virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, "cpu/topology",
                              "a topology of %llu processors is none for %u", product,
                              domain->vcpu->count);
}

/* The nodes have no more processors than there are. */
static void
checkNodeProcessors(const virDocDomain *domain, virDocContext *context)
{
    const virDocCpuNuma *numa = domain->cpu ? domain->cpu->numa : NULL;
    size_t count = 0;

    for (size_t i = 0; numa && i < numa->ncells; i++) {
        const virDocBitmap *cpus = numa->cells[i]->cpus;

        for (size_t n = 0; cpus && n < cpus->nwords; n++)
            count += (size_t)__builtin_popcountll(cpus->words[n]);
    }
    if (count > domain->vcpu->count)
        virDocContextComplain(context, VIR_ERR_INTERNAL_ERROR, "cpu/numa",
                              "the nodes have %zu processors, more than the %u of the domain", count,
                              domain->vcpu->count);
}

void
virConfDomainCompleteProcessors(virDocDomain *domain, virDocContext *context)
{
    virDocDomainVcpu *vcpu = domain->vcpu;

    if (!vcpu) {
        vcpu = domain->vcpu = virDocDomainVcpuNew();
        vcpu->hasCount = true;
        vcpu->count = 1;
    }
    if (!vcpu->placement)
        vcpu->placement = VIR_DOC_DOMAIN_VCPU_PLACEMENT_STATIC;
    if (vcpu->hasCurrent && vcpu->current > vcpu->count)
        virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, "vcpu",
                              "%u processors cannot be online of %u", vcpu->current, vcpu->count);
    if (vcpu->hasCurrent && vcpu->current == vcpu->count)
        vcpu->hasCurrent = false;
    checkVcpuStates(domain, context);
    checkTopology(domain, context);
    checkNodeProcessors(domain, context);
    /* The architecture of a guest is that of its machine. */
    if (domain->cpu)
        g_clear_pointer(&domain->cpu->arch, g_free);
    /* A processor of which nothing is said is none. */
    if (domain->cpu && virDocEqual(&virDocCpuRecord, domain->cpu, &(virDocCpu){0}))
        g_clear_pointer(&domain->cpu, virDocCpuFree);
}

static bool
isTypeKnown(const char *type)
{
    static const char *const known[] = {"hvm", "xen", "linux", "exe", "uml", "xenpvh"};

    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        if (!strcmp(type, known[i]))
            return true;
    }
    return false;
}

static bool
isArchKnown(const char *arch)
{
    static const char *const known[] = {
        "alpha",   "armv6l",       "armv7l", "armv7b",  "aarch64",  "cris",     "i686",
        "ia64",    "lm32",         "m68k",   "mips",    "mipsel",   "mips64",   "mips64el",
        "openrisc", "parisc",      "parisc64", "ppc",   "ppcle",    "ppc64",    "ppc64le",
        "ppcemb",  "riscv32",      "riscv64", "s390",   "s390x",    "sh4",      "sh4eb",
        "sparc",   "sparc64",      "unicore32", "x86_64", "xtensa", "xtensaeb", "itanium",
        "loongarch64", "microblaze", "microblazeel",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        if (!strcmp(arch, known[i]))
            return true;
    }
    return false;
}

typedef struct {
    bool ordered;
} BootSearch;

static bool
hasNoTurn(const virConfDomainDevice *device, void *opaque)
{
    BootSearch *search = opaque;

    search->ordered = device->info && device->info->hasBootOrder;
    return !search->ordered;
}

/* A machine that names no device to boot from boots from the hard disk. */
static void
completeBootDevices(virDocDomain *domain, virDocContext *context)
{
    BootSearch search = {0};
    virDocDomainBoot *boot;

    virConfDomainEachDevice(domain, hasNoTurn, &search);
    if (search.ordered && domain->os->nboots)
        virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, "os/boot",
                              "kinds of devices to boot from do not go with turns of devices");
    if (search.ordered || domain->os->nboots || domain->bootloader ||
        strcmp(domain->os->type->value, "hvm"))
        return;
    boot = virDocDomainBootNew();
    boot->dev = VIR_DOC_DOMAIN_BOOT_DEVICE_HD;
    VIR_DOC_LIST_ADD(domain->os, boots, boot);
}

static void
completeLifecycle(virDocDomain *domain)
{
    if (!domain->clock)
        domain->clock = virDocDomainClockNew();
    if (!domain->clock->offset)
        domain->clock->offset = VIR_DOC_DOMAIN_CLOCK_OFFSET_UTC;
    if (!domain->onPoweroff)
        domain->onPoweroff = VIR_DOC_DOMAIN_LIFECYCLE_DESTROY;
    if (!domain->onReboot)
        domain->onReboot = VIR_DOC_DOMAIN_LIFECYCLE_RESTART;
    if (!domain->onCrash)
        domain->onCrash = VIR_DOC_DOMAIN_CRASH_ACTION_DESTROY;
}

void
virConfDomainCompleteBoot(virDocDomain *domain, virDocContext *context)
{
    const virConfDomainDriver *driver = virConfDomainDriverOf(context);
    virDocDomainOsType *type;

    completeLifecycle(domain);
    if (!domain->os)
        domain->os = virDocDomainOsNew();
    if (!domain->os->type && domain->bootloader) {
        domain->os->type = virDocDomainOsTypeNew();
        domain->os->type->value = g_strdup("xen");
    }
    type = domain->os->type;
    if (!type) {
        virDocContextReport(context, "os", "element <type> is missing");
        return;
    }
    if (!isTypeKnown(type->value))
        virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, "os/type",
                              "expected one of hvm, xen, linux, exe, uml, xenpvh, found '%s'",
                              type->value);
    if (type->arch && !isArchKnown(type->arch))
        virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, "os/type",
                              "no architecture '%s' is known", type->arch);
    if (!type->arch && driver->arch)
        type->arch = g_strdup(driver->arch);
    completeBootDevices(domain, context);
}

void
virConfCheckClock(void *data, virDocContext *context)
{
    virDocDomainClock *clock = data;
    bool variable = clock->offset == VIR_DOC_DOMAIN_CLOCK_OFFSET_VARIABLE;
    bool utc = clock->offset == VIR_DOC_DOMAIN_CLOCK_OFFSET_UTC;
    char *end;

    if (clock->adjustment && (variable || strcmp(clock->adjustment, "reset"))) {
        g_ascii_strtoll(clock->adjustment, &end, 10);
        if (*end || end == clock->adjustment) {
            virDocContextReport(context, "@adjustment", "expected a number%s, found '%s'",
                                variable ? "" : " or reset", clock->adjustment);
            return;
        }
        /* An adjustment makes every clock a variable one. */
        clock->offset = VIR_DOC_DOMAIN_CLOCK_OFFSET_VARIABLE;
        if (!variable)
            clock->basis = utc ? VIR_DOC_DOMAIN_CLOCK_BASIS_UTC :
                           VIR_DOC_DOMAIN_CLOCK_BASIS_LOCALTIME;
    }
    if (clock->offset != VIR_DOC_DOMAIN_CLOCK_OFFSET_VARIABLE)
        return;
    if (!clock->adjustment)
        clock->adjustment = g_strdup("0");
    if (!clock->basis)
        clock->basis = VIR_DOC_DOMAIN_CLOCK_BASIS_UTC;
}

void
virConfCheckSeclabel(void *data, virDocContext *context)
{
    virDocDomainSeclabel *label = data;

    if (label->type == VIR_DOC_DOMAIN_SECLABEL_TYPE_STATIC && !label->label)
        virDocContextReport(context, NULL, "the label is missing");
    if (!label->relabel && label->type != VIR_DOC_DOMAIN_SECLABEL_TYPE_NONE)
        label->relabel = label->type == VIR_DOC_DOMAIN_SECLABEL_TYPE_DYNAMIC ? VIR_DOC_SWITCH_ON :
                         VIR_DOC_SWITCH_OFF;
    if (label->type == VIR_DOC_DOMAIN_SECLABEL_TYPE_NONE &&
        label->relabel == VIR_DOC_SWITCH_ON)
        virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, NULL,
                              "nothing is relabelled without a label");
}

void
virConfCheckSysinfo(void *data, virDocContext *context)
{
    virDocSysinfo *info = data;
    unsigned char uuid[VIR_UUID_BYTES];

    for (size_t i = 0; i < info->nsystemEntries; i++) {
        const virDocSysinfoEntry *entry = info->systemEntries[i];

        if (!strcmp(entry->name, "uuid") && virUUIDParse(entry->value ? entry->value : "", uuid))
            virDocContextComplain(context, VIR_ERR_XML_DETAIL, "system",
                                  "expected a UUID, found '%s'", entry->value ? entry->value : "");
    }
    for (size_t i = 0; i < info->nentries; i++) {
        if (!info->entries[i]->file == !info->entries[i]->value)
            virDocContextReport(context, "entry", "either a value or a file is given");
    }
}
