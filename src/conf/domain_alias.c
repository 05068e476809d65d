/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The names that devices of a running guest have. */

#include "conf/domain_alias.h"

#include <string.h>

#include "conf/domain_machine.h"
#include "conf/domain_find.h"
#include "conf/domain_parts.h"

/* Kinds whose names differ from their elements. */
static const char *const words[][2] = {
    {"interface", "net"}, {"memballoon", "balloon"}, {"filesystem", "fs"},
    {"redirdev", "redir"},
};

/* The kinds of memory devices have words of their own. */
static const char *const memories[VIR_DOC_DOMAIN_MEMORY_MODEL_LAST] = {
    [VIR_DOC_DOMAIN_MEMORY_MODEL_ABSENT] = "dimm",
    [VIR_DOC_DOMAIN_MEMORY_MODEL_DIMM] = "dimm",
    [VIR_DOC_DOMAIN_MEMORY_MODEL_NVDIMM] = "nvdimm",
    [VIR_DOC_DOMAIN_MEMORY_MODEL_VIRTIO_PMEM] = "virtiopmem",
    [VIR_DOC_DOMAIN_MEMORY_MODEL_VIRTIO_MEM] = "virtiomem",
    [VIR_DOC_DOMAIN_MEMORY_MODEL_SGX_EPC] = "epc",
};

static const char *
wordOf(const virConfDomainDevice *device)
{
    const char *element = device->member->name;

    if (device->member->record == &virDocDomainMemoryRecord)
        return memories[((const virDocDomainMemory *)device->data)->model];
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (!strcmp(words[i][0], element))
            return words[i][1];
    }
    return element;
}

bool
virConfDomainConsoleIsSerial(const virDocDomain *domain, size_t index)
{
    return index == 0 && domain->nserials > 0 && domain->nconsoles > 0 &&
           domain->consoles[0]->targetType == VIR_DOC_DOMAIN_CHARACTER_TARGET_SERIAL;
}

/* A drive is named by its place, another disk by its target: neither changes when a disk leaves. */
static char *
nameOfDisk(const virDocDomainDisk *disk, size_t index)
{
    static const char *const buses[VIR_DOC_DOMAIN_DISK_BUS_LAST] = {
        [VIR_DOC_DOMAIN_DISK_BUS_IDE] = "ide",   [VIR_DOC_DOMAIN_DISK_BUS_FDC] = "fdc",
        [VIR_DOC_DOMAIN_DISK_BUS_SCSI] = "scsi", [VIR_DOC_DOMAIN_DISK_BUS_SATA] = "sata",
    };
    const virDocDomainAddress *address = disk->info.address;
    const char *bus = buses[disk->targetBus];
    int place = virConfDomainDiskIndex(disk->targetDev);

    if (bus && address && disk->targetBus == VIR_DOC_DOMAIN_DISK_BUS_SCSI)
        return g_strdup_printf("scsi%u-%u-%u-%u", address->controller, address->bus,
                               address->target, address->unit);
    if (bus && address)
        return g_strdup_printf("%s%u-%u-%u", bus, address->controller, address->bus,
                               address->unit);
    return g_strdup_printf("%s%zu",
                           disk->targetBus == VIR_DOC_DOMAIN_DISK_BUS_USB ? "usb-disk"
                                                                          : "virtio-disk",
                           place < 0 ? index : (size_t)place);
}

static char *
nameOfController(const virDocDomain *domain, const virDocDomainController *controller)
{
    const char *word = virDocDomainControllerTypeToString(controller->type);

    if (controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI)
        return g_strdup_printf(controller->pciModel == VIR_DOC_DOMAIN_PCI_MODEL_PCIE_ROOT
                                   ? "pcie.%u"
                                   : "pci.%u",
                               controller->index);
    /* These are on the board, where they have names already. */
    if (controller->index == 0 &&
        (controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_USB ||
         (controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_IDE && virConfDomainIsPC(domain))))
        return g_strdup(word);
    if (controller->index == 0 && controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_SATA &&
        virConfDomainIsQ35(domain))
        return g_strdup("ide");
    return g_strdup_printf("%s%u", word, controller->index);
}

/* A name that follows from the device itself; NULL where a number must do. */
static char *
ownName(const virDocDomain *domain, const virConfDomainDevice *device)
{
    if (device->member->record == &virDocDomainDiskRecord)
        return nameOfDisk(device->data, device->index);
    if (device->member->record == &virDocDomainControllerRecord)
        return nameOfController(domain, device->data);
    if (!strcmp(device->member->name, "console") &&
        virConfDomainConsoleIsSerial(domain, device->index))
        return g_strdup("serial0");
    return NULL;
}

static bool
nameDevice(const virConfDomainDevice *device, void *opaque)
{
    if (!device->info || device->info->aliasName)
        return true;
    device->info->aliasName = ownName(opaque, device);
    if (!device->info->aliasName)
        device->info->aliasName = g_strdup_printf("%s%zu", wordOf(device), device->index);
    return true;
}

void
virConfDomainNameDevices(virDocDomain *domain)
{
    virConfDomainEachDevice(domain, nameDevice, domain);
}

char *
virConfDomainAliasFor(const virDocDomain *domain, const virConfDomainDevice *device)
{
    virConfDomainDevice other;
    char *own = ownName(domain, device);

    if (own)
        return own;
    for (unsigned int number = 0;; number++) {
        g_autofree char *alias = g_strdup_printf("%s%u", wordOf(device), number);

        if (!virConfDomainLookUpAlias(domain, alias, &other))
            return g_steal_pointer(&alias);
    }
}

char *
virConfDomainAliasOf(const virDocDomain *domain, const virConfDomainDevice *device)
{
    return device->info && device->info->aliasName ? g_strdup(device->info->aliasName)
                                                   : virConfDomainAliasFor(domain, device);
}
