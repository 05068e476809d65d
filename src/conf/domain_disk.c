/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Disks: where their data are, their names, buses and drive addresses. */

#include <string.h>

#include "conf/domain_parts.h"

/* How a name begins says the bus. */
static const struct {
    const char *prefix;
    virDocDomainDiskBus bus;
} names[] = {
    {"fd", VIR_DOC_DOMAIN_DISK_BUS_FDC},  {"hd", VIR_DOC_DOMAIN_DISK_BUS_IDE},
    {"sd", VIR_DOC_DOMAIN_DISK_BUS_SCSI}, {"vd", VIR_DOC_DOMAIN_DISK_BUS_VIRTIO},
    {"xvd", VIR_DOC_DOMAIN_DISK_BUS_XEN}, {"ubd", VIR_DOC_DOMAIN_DISK_BUS_UML},
};

/* More letters than any host has disks. */
#define LETTERS_MAX 5

static const char *
behindPrefix(const char *name, virDocDomainDiskBus *bus)
{
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (g_str_has_prefix(name, names[i].prefix)) {
            *bus = names[i].bus;
            return name + strlen(names[i].prefix);
        }
    }
    return NULL;
}

int
virConfDomainDiskIndex(const char *name)
{
    virDocDomainDiskBus bus;
    const char *letter = behindPrefix(name, &bus);
    int index = 0, count = 0;

    if (!letter || !g_ascii_islower(*letter))
        return -1;
    for (; g_ascii_islower(*letter); letter++) {
        if (++count > LETTERS_MAX)
            return -1;
        index = (index + (count > 1)) * 26 + *letter - 'a';
    }
    /* Digits are a partition. */
    return letter[strspn(letter, "0123456789")] ? -1 : index;
}

bool
virConfDomainDiskIsRemovable(const void *data)
{
    const virDocDomainDisk *disk = data;

    return disk->device == VIR_DOC_DOMAIN_DISK_DEVICE_CDROM ||
           disk->device == VIR_DOC_DOMAIN_DISK_DEVICE_FLOPPY;
}

static bool
hasSource(const virDocDomainStorageSource *storage)
{
    switch (storage->type) {
    case VIR_DOC_DOMAIN_STORAGE_TYPE_ABSENT:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_FILE:
        return storage->sourceFile;
    case VIR_DOC_DOMAIN_STORAGE_TYPE_BLOCK:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_VHOSTVDPA:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_CTL:
        return storage->sourceDev;
    case VIR_DOC_DOMAIN_STORAGE_TYPE_DIR:
        return storage->sourceDir;
    case VIR_DOC_DOMAIN_STORAGE_TYPE_NETWORK:
        return storage->sourceProtocol;
    case VIR_DOC_DOMAIN_STORAGE_TYPE_VOLUME:
        return storage->sourcePool;
    case VIR_DOC_DOMAIN_STORAGE_TYPE_NVME:
        return storage->sourceAddress;
    case VIR_DOC_DOMAIN_STORAGE_TYPE_VHOSTUSER:
        return storage->sourcePath;
    case VIR_DOC_DOMAIN_STORAGE_TYPE_LAST:
        break;
    }
    return false;
}

/* The usual port of each protocol; 0 for those that have none. */
static const unsigned int ports[VIR_DOC_DOMAIN_STORAGE_PROTOCOL_LAST] = {
    [VIR_DOC_DOMAIN_STORAGE_PROTOCOL_NBD] = 10809,
    [VIR_DOC_DOMAIN_STORAGE_PROTOCOL_SHEEPDOG] = 7000,
    [VIR_DOC_DOMAIN_STORAGE_PROTOCOL_GLUSTER] = 24007,
    [VIR_DOC_DOMAIN_STORAGE_PROTOCOL_ISCSI] = 3260,
    [VIR_DOC_DOMAIN_STORAGE_PROTOCOL_HTTP] = 80,
    [VIR_DOC_DOMAIN_STORAGE_PROTOCOL_HTTPS] = 443,
    [VIR_DOC_DOMAIN_STORAGE_PROTOCOL_FTP] = 21,
    [VIR_DOC_DOMAIN_STORAGE_PROTOCOL_FTPS] = 990,
    [VIR_DOC_DOMAIN_STORAGE_PROTOCOL_TFTP] = 69,
    [VIR_DOC_DOMAIN_STORAGE_PROTOCOL_SSH] = 22,
    [VIR_DOC_DOMAIN_STORAGE_PROTOCOL_VXHS] = 9999,
};

static void
completeHosts(virDocDomainStorageSource *storage, virDocContext *context)
{
    for (size_t i = 0; i < storage->nsourceHosts; i++) {
        virDocDomainStorageHost *host = storage->sourceHosts[i];

        if (host->transport == VIR_DOC_DOMAIN_STORAGE_TRANSPORT_UNIX) {
            if (!host->socket)
                virDocContextReport(context, "source/host", "'socket' is missing");
            continue;
        }
        if (host->socket)
            virDocContextReport(context, "source/host", "'socket' needs transport 'unix'");
        if (!host->name)
            virDocContextReport(context, "source/host", "'name' is missing");
        if (!host->hasPort && ports[storage->sourceProtocol]) {
            host->hasPort = true;
            host->port = ports[storage->sourceProtocol];
        }
    }
}

void
virConfCheckStorageSource(void *data, virDocContext *context)
{
    virDocDomainStorageSource *storage = data;
    bool pooled = storage->sourceProtocol == VIR_DOC_DOMAIN_STORAGE_PROTOCOL_RBD ||
                  storage->sourceProtocol == VIR_DOC_DOMAIN_STORAGE_PROTOCOL_GLUSTER;

    if (storage->type != VIR_DOC_DOMAIN_STORAGE_TYPE_NETWORK)
        return;
    if (pooled && !(storage->sourceName && strchr(storage->sourceName, '/')))
        virDocContextReport(context, "source", "'name' must be a pool and an image, as in a/b");
    completeHosts(storage, context);
}

void
virConfCheckBackingStore(void *data, virDocContext *context)
{
    virDocDomainBackingStore *image = data;

    if (!hasSource(&image->storage) && !image->formatType && image->storage.type)
        virDocContextReport(context, NULL, "the source is missing");
}

/* Zero is no limit; a total excludes its parts. */
static void
checkIotune(virDocDomainDisk *disk, virDocContext *context)
{
    const virDocRecord *record = &virDocDomainDiskIotuneRecord;
    virDocDomainDiskIotune *tune = disk->iotune;
    bool any = false;

    for (size_t i = 0; i < record->nmembers; i++) {
        const virDocMember *member = &record->members[i];
        bool *has = (bool *)tune + (member->has == VIR_DOC_NO_OFFSET ? 0 : member->has);

        if (member->has == VIR_DOC_NO_OFFSET)
            any |= *(char *const *)virDocField(member, tune) != NULL;
        else
            any |= *has &= *(unsigned long long *)virDocField(member, tune) != 0;
    }
    if (tune->hasTotalBytesSec && (tune->hasReadBytesSec || tune->hasWriteBytesSec))
        virDocContextReport(context, "iotune", "bytes are limited together or one by one");
    if (tune->hasTotalIopsSec && (tune->hasReadIopsSec || tune->hasWriteIopsSec))
        virDocContextReport(context, "iotune", "operations are limited together or one by one");
    if (tune->hasTotalBytesSecMax && (tune->hasReadBytesSecMax || tune->hasWriteBytesSecMax))
        virDocContextReport(context, "iotune", "bursts are limited together or one by one");
    if (!any)
        g_clear_pointer(&disk->iotune, virDocDomainDiskIotuneFree);
}

static void
checkStrings(const virDocDomainDisk *disk, virDocContext *context)
{
    if (disk->wwn && (strlen(disk->wwn) != 16 || disk->wwn[strspn(disk->wwn, "0123456789abcdef"
                                                                             "ABCDEF")]))
        virDocContextComplain(context, VIR_ERR_INTERNAL_ERROR, "wwn",
                              "expected 16 hexadecimal digits, found '%s'", disk->wwn);
    if (disk->vendor && strlen(disk->vendor) > 8)
        virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, "vendor",
                              "a vendor has at most 8 characters");
    if (disk->product && strlen(disk->product) > 16)
        virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, "product",
                              "a product has at most 16 characters");
}

/* Floppies have a controller of their own, and nothing else hangs on it. */
static void
checkFloppy(const virDocDomainDisk *disk, virDocContext *context)
{
    bool floppy = disk->device == VIR_DOC_DOMAIN_DISK_DEVICE_FLOPPY;

    if (disk->targetBus && (floppy != (disk->targetBus == VIR_DOC_DOMAIN_DISK_BUS_FDC)))
        virDocContextComplain(context, VIR_ERR_INTERNAL_ERROR, "target",
                              "bus '%s' is none for a %s",
                              virDocDomainDiskBusToString(disk->targetBus),
                              floppy ? "floppy" : "disk that is no floppy");
}

static void
checkCombinations(const virDocDomainDisk *disk, virDocContext *context)
{
    virDocDomainStorageType type = disk->storage.type;

    if (disk->device == VIR_DOC_DOMAIN_DISK_DEVICE_LUN &&
        type != VIR_DOC_DOMAIN_STORAGE_TYPE_BLOCK && type != VIR_DOC_DOMAIN_STORAGE_TYPE_VOLUME &&
        !(type == VIR_DOC_DOMAIN_STORAGE_TYPE_NETWORK &&
          disk->storage.sourceProtocol == VIR_DOC_DOMAIN_STORAGE_PROTOCOL_ISCSI))
        virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, NULL,
                              "device 'lun' needs a block device or an iSCSI server");
    if ((disk->rawio || disk->sgio) && disk->device != VIR_DOC_DOMAIN_DISK_DEVICE_LUN)
        virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, NULL,
                              "'rawio' and 'sgio' are only for device 'lun'");
    if (disk->targetTray && !virConfDomainDiskIsRemovable(disk))
        virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, "target",
                              "only CD-ROM and floppy drives have a tray");
    if (disk->storage.sourceStartupPolicy && type == VIR_DOC_DOMAIN_STORAGE_TYPE_NETWORK)
        virDocContextReport(context, "source", "'startupPolicy' does not go with a server");
    if (disk->hasGeometryCyls != disk->hasGeometryHeads ||
        disk->hasGeometryCyls != disk->hasGeometrySecs)
        virDocContextReport(context, "geometry", "cylinders, heads and sectors go together");
}

void
virConfCheckDisk(void *data, virDocContext *context)
{
    virDocDomainDisk *disk = data;
    virDocDomainStorageSource *storage = &disk->storage;

    if (!storage->type)
        storage->type = VIR_DOC_DOMAIN_STORAGE_TYPE_FILE;
    /* Nobody but its process can make a snapshot. */
    if (storage->type == VIR_DOC_DOMAIN_STORAGE_TYPE_VHOSTUSER && !disk->snapshot)
        disk->snapshot = VIR_DOC_DOMAIN_SNAPSHOT_LOCATION_NO;
    if (disk->device == VIR_DOC_DOMAIN_DISK_DEVICE_CDROM)
        disk->readonly = true;
    if (!hasSource(storage)) {
        /* A drive without a medium. */
        if (virConfDomainDiskIsRemovable(disk))
            storage->type = VIR_DOC_DOMAIN_STORAGE_TYPE_FILE;
        else
            virDocContextComplain(context, VIR_ERR_NO_SOURCE, NULL, "the source of '%s' is missing",
                                  disk->targetDev);
    }
    if (disk->iotune)
        checkIotune(disk, context);
    checkStrings(disk, context);
    checkFloppy(disk, context);
    checkCombinations(disk, context);
}

static void
checkTargets(const virDocDomain *domain, virDocContext *context)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    for (size_t i = 0; i < domain->ndisks; i++) {
        const virDocDomainDisk *disk = domain->disks[i];
        g_autofree char *path = virConfDomainDevicePath("disk", i);

        if (!g_hash_table_add(seen, disk->targetDev))
            virDocContextReport(context, path, "target '%s' is used for more than one disk",
                                disk->targetDev);
        if (!disk->info.address && virConfDomainDiskIndex(disk->targetDev) < 0)
            virDocContextReport(context, path,
                                "'%s' is no name of a disk, so it needs an address",
                                disk->targetDev);
    }
}

/* Disks of one bus stand together, in the order of their names; the others stay where they are. */
static void
sortDisks(virDocDomain *domain)
{
    g_autofree int *indexes = g_new(int, domain->ndisks + 1);

    for (size_t i = 0; i < domain->ndisks; i++) {
        virDocDomainDisk *disk = domain->disks[i];
        int index = indexes[i] = virConfDomainDiskIndex(disk->targetDev);
        size_t at = SIZE_MAX;

        for (size_t j = i; j-- > 0;) {
            const virDocDomainDisk *other = domain->disks[j];

            if (other->targetBus != disk->targetBus)
                continue;
            if (indexes[j] > index)
                at = j;
            else if (at == SIZE_MAX)
                at = j + 1;
        }
        if (at >= i)
            continue;
        memmove(&domain->disks[at + 1], &domain->disks[at], (i - at) * sizeof(disk));
        memmove(&indexes[at + 1], &indexes[at], (i - at) * sizeof(index));
        domain->disks[at] = disk;
        indexes[at] = index;
    }
}

/* Drives on one controller, and those on one bus of it; 0 for buses without drive addresses. */
static unsigned int
drivesOn(virDocDomainDiskBus bus, unsigned int *onBus)
{
    *onBus = G_MAXUINT;
    switch (bus) {
    case VIR_DOC_DOMAIN_DISK_BUS_IDE:
        *onBus = 2;
        return 4;
    case VIR_DOC_DOMAIN_DISK_BUS_FDC:
        return 2;
    case VIR_DOC_DOMAIN_DISK_BUS_SCSI:
        return 7;
    case VIR_DOC_DOMAIN_DISK_BUS_SATA:
        return 6;
    case VIR_DOC_DOMAIN_DISK_BUS_ABSENT:
    case VIR_DOC_DOMAIN_DISK_BUS_VIRTIO:
    case VIR_DOC_DOMAIN_DISK_BUS_XEN:
    case VIR_DOC_DOMAIN_DISK_BUS_USB:
    case VIR_DOC_DOMAIN_DISK_BUS_UML:
    case VIR_DOC_DOMAIN_DISK_BUS_SD:
    case VIR_DOC_DOMAIN_DISK_BUS_NVME:
    case VIR_DOC_DOMAIN_DISK_BUS_LAST:
        break;
    }
    return 0;
}

static void
placeDisk(virDocDomainDisk *disk)
{
    int index = virConfDomainDiskIndex(disk->targetDev);
    unsigned int onBus, drives = drivesOn(disk->targetBus, &onBus);
    unsigned int unit;

    if (disk->info.address || !drives || index < 0)
        return;
    unit = (unsigned int)index % drives;
    disk->info.address = virConfDomainDriveAddress((unsigned int)index / drives, unit / onBus,
                                                   unit % onBus);
}

/* A paravirtual guest of Xen has one bus, whatever its disks are called. */
static bool
isParavirtual(const virDocDomain *domain)
{
    return domain->type == VIR_DOC_DOMAIN_TYPE_XEN && domain->os && domain->os->type &&
           strcmp(domain->os->type->value, "hvm");
}

static void
completeBus(const virDocDomain *domain, virDocDomainDisk *disk)
{
    if (disk->targetBus)
        return;
    if (isParavirtual(domain))
        disk->targetBus = VIR_DOC_DOMAIN_DISK_BUS_XEN;
    else if (disk->device == VIR_DOC_DOMAIN_DISK_DEVICE_FLOPPY)
        disk->targetBus = VIR_DOC_DOMAIN_DISK_BUS_FDC;
    else if (!behindPrefix(disk->targetDev, &disk->targetBus))
        disk->targetBus = VIR_DOC_DOMAIN_DISK_BUS_IDE;
}

static void
checkDrives(const virDocDomain *domain, virDocContext *context)
{
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (size_t i = 0; i < domain->ndisks; i++) {
        const virDocDomainDisk *disk = domain->disks[i];
        const virDocDomainAddress *address = disk->info.address;
        const char *other;
        char *key;

        if (!address || address->type != VIR_DOC_DOMAIN_ADDRESS_TYPE_DRIVE)
            continue;
        key = g_strdup_printf("%u %u %u %u %u", disk->targetBus, address->controller, address->bus,
                              address->target, address->unit);
        other = g_hash_table_lookup(taken, key);
        if (other)
            virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, "devices",
                                  "disks '%s' and '%s' have the same drive address", other,
                                  disk->targetDev);
        g_hash_table_insert(taken, key, disk->targetDev);
    }
}

void
virConfDomainCompleteDisks(virDocDomain *domain, virDocContext *context)
{
    static const struct {
        virDocDomainDiskBus bus;
        virDocDomainControllerType controller;
    } buses[] = {
        {VIR_DOC_DOMAIN_DISK_BUS_SCSI, VIR_DOC_DOMAIN_CONTROLLER_TYPE_SCSI},
        {VIR_DOC_DOMAIN_DISK_BUS_FDC, VIR_DOC_DOMAIN_CONTROLLER_TYPE_FDC},
        {VIR_DOC_DOMAIN_DISK_BUS_IDE, VIR_DOC_DOMAIN_CONTROLLER_TYPE_IDE},
        {VIR_DOC_DOMAIN_DISK_BUS_SATA, VIR_DOC_DOMAIN_CONTROLLER_TYPE_SATA},
        {VIR_DOC_DOMAIN_DISK_BUS_NVME, VIR_DOC_DOMAIN_CONTROLLER_TYPE_NVME},
    };

    checkTargets(domain, context);
    /* Buses first: the order is then the same when the printed document is read again. */
    for (size_t i = 0; i < domain->ndisks; i++)
        completeBus(domain, domain->disks[i]);
    sortDisks(domain);
    for (size_t i = 0; i < domain->ndisks; i++)
        placeDisk(domain->disks[i]);
    checkDrives(domain, context);
    for (size_t i = 0; i < G_N_ELEMENTS(buses); i++) {
        long last = -1;

        for (size_t j = 0; j < domain->ndisks; j++) {
            const virDocDomainAddress *address = domain->disks[j]->info.address;

            if (domain->disks[j]->targetBus == buses[i].bus && address &&
                address->type == VIR_DOC_DOMAIN_ADDRESS_TYPE_DRIVE)
                last = MAX(last, (long)address->controller);
        }
        virConfDomainAddControllers(domain, buses[i].controller, last);
    }
}
