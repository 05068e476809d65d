/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line of a guest: its disks, each a chain of block nodes and a device. */

#include <string.h>

#include "conf/domain_machine.h"
#include "qemu_command.h"

/* What is left of the 31 characters of a node for the name of its disk. */
#define NAME_MAX_LENGTH 14

bool
qemuDiskIsEmpty(const virDocDomainDisk *disk)
{
    switch (disk->storage.type) {
    case VIR_DOC_DOMAIN_STORAGE_TYPE_BLOCK:
        return !disk->storage.sourceDev;
    case VIR_DOC_DOMAIN_STORAGE_TYPE_DIR:
        return !disk->storage.sourceDir;
    case VIR_DOC_DOMAIN_STORAGE_TYPE_NETWORK:
        return !disk->storage.sourceProtocol;
    case VIR_DOC_DOMAIN_STORAGE_TYPE_VOLUME:
        return !disk->storage.sourceVolume;
    case VIR_DOC_DOMAIN_STORAGE_TYPE_ABSENT:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_FILE:
        return !disk->storage.sourceFile;
    case VIR_DOC_DOMAIN_STORAGE_TYPE_NVME:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_VHOSTUSER:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_VHOSTVDPA:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_CTL:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_LAST:
        break;
    }
    return false;
}

char *
qemuDiskNode(const virDocDomainDisk *disk, const char *layer)
{
    static const char good[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    const char *name = disk->targetDev;
    g_autofree char *sum = NULL;

    /* A name of QEMU's is short and plain. */
    if (strlen(name) > NAME_MAX_LENGTH || strspn(name, good) != strlen(name)) {
        sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, name, -1);
        sum[NAME_MAX_LENGTH] = '\0';
        name = sum;
    }
    return g_strdup_printf("libvirt-%s-%s", name, layer);
}

static bool
isReadOnly(const virDocDomainDisk *disk)
{
    return disk->readonly || disk->device == VIR_DOC_DOMAIN_DISK_DEVICE_CDROM;
}

/* How the contents are cached, for both nodes. */
static void
setCache(json_object *node, const virDocDomainDisk *disk)
{
    bool direct = disk->driverCache == VIR_DOC_DOMAIN_DISK_CACHE_NONE ||
                  disk->driverCache == VIR_DOC_DOMAIN_DISK_CACHE_DIRECTSYNC;
    json_object *cache;

    if (!disk->driverCache || disk->driverCache == VIR_DOC_DOMAIN_DISK_CACHE_DEFAULT)
        return;
    cache = json_object_new_object();
    qemuSetTrue(cache, "direct", direct);
    qemuSetTrue(cache, "no-flush", disk->driverCache == VIR_DOC_DOMAIN_DISK_CACHE_UNSAFE);
    json_object_object_add(node, "cache", cache);
}

/* The node of a disk's contents; NULL with an error raised. */
static json_object *
storageNode(const qemuCommand *command, const virDocDomainDisk *disk)
{
    g_autofree char *name = qemuDiskNode(disk, "storage");
    json_object *node = qemuStorageNode(command, disk);

    if (!node)
        return NULL;
    qemuSetString(node, "node-name", name);
    qemuSetTrue(node, "auto-read-only", true);
    qemuSetString(node, "discard", "unmap");
    setCache(node, disk);
    return node;
}

/* The part of the contents that the disk is, where it is not all of them. */
static json_object *
sliceNode(const virDocDomainDisk *disk)
{
    const virDocDomainStorageSlice *slice = disk->storage.sourceSlices[0];
    g_autofree char *name = qemuDiskNode(disk, "slice");
    g_autofree char *storage = qemuDiskNode(disk, "storage");
    json_object *node = json_object_new_object();

    qemuSetString(node, "driver", "raw");
    qemuSetString(node, "node-name", name);
    qemuSetNumber(node, "offset", (gint64) slice->offset);
    qemuSetNumber(node, "size", (gint64) slice->size);
    qemuSetString(node, "file", storage);
    qemuSetTrue(node, "auto-read-only", true);
    qemuSetString(node, "discard", "unmap");
    setCache(node, disk);
    return node;
}

/* What is read once is kept in the disk itself. */
static json_object *
copyNode(const virDocDomainDisk *disk)
{
    g_autofree char *name = qemuDiskNode(disk, "cor");
    g_autofree char *format = qemuDiskNode(disk, "format");
    json_object *node = json_object_new_object();

    qemuSetString(node, "driver", "copy-on-read");
    qemuSetString(node, "node-name", name);
    qemuSetString(node, "file", format);
    return node;
}

static json_object *
formatNode(const virDocDomainDisk *disk)
{
    g_autofree char *name = qemuDiskNode(disk, "format");
    g_autofree char *storage = qemuDiskNode(disk, disk->storage.nsourceSlices ? "slice" : "storage");
    json_object *node = json_object_new_object();
    const char *format = "raw";

    /* What says nothing of its format is taken as it is: guessing would trust the guest. */
    if (disk->driverType == VIR_DOC_DOMAIN_STORAGE_FORMAT_VHD)
        format = "vpc";
    else if (disk->driverType && disk->driverType != VIR_DOC_DOMAIN_STORAGE_FORMAT_ISO &&
             disk->driverType != VIR_DOC_DOMAIN_STORAGE_FORMAT_AIO &&
             disk->driverType != VIR_DOC_DOMAIN_STORAGE_FORMAT_FAT &&
             disk->driverType != VIR_DOC_DOMAIN_STORAGE_FORMAT_DIR)
        format = virDocDomainStorageFormatToString(disk->driverType);
    qemuSetString(node, "node-name", name);
    qemuSetTrue(node, "read-only", isReadOnly(disk));
    setCache(node, disk);
    if (disk->driverDiscard)
        qemuSetString(node, "discard",
                      disk->driverDiscard == VIR_DOC_DOMAIN_DISK_DISCARD_UNMAP ? "unmap" :
                      "ignore");
    if (disk->driverDetectZeroes)
        qemuSetString(node, "detect-zeroes",
                      virDocDomainDiskDetectZeroesToString(disk->driverDetectZeroes));
    qemuSetString(node, "driver", format);
    if (disk->hasDriverMetadataCacheMaxSize)
        qemuSetNumber(node, "cache-size", (gint64) disk->driverMetadataCacheMaxSize);
    qemuSetString(node, "file", storage);
    return node;
}

/* Whether guests can take the contents out. */
static bool
isRemovable(const virDocDomainDisk *disk)
{
    return disk->device == VIR_DOC_DOMAIN_DISK_DEVICE_CDROM ||
           disk->device == VIR_DOC_DOMAIN_DISK_DEVICE_FLOPPY;
}

/* What a disk asks for that this driver or this QEMU has not; false with an error raised. */
static bool
refuseUnknown(const qemuCommand *command, const virDocDomainDisk *disk)
{
    const struct {
        bool given;
        const char *what;
    } parts[] = {
        { disk->nthrottlefilters, "throttlefilters" }, { disk->hasTransient, "transient" },
        { disk->storage.sourceReservations, "reservations" },
        { disk->driverDiscardNoUnref == VIR_DOC_SWITCH_ON, "driver discard_no_unref" },
        { disk->ndriverIothreads, "driver iothreads" },
        { disk->ndriverStatistics, "driver statistics" },
        { disk->storage.nsourceSlices > 1, "slices (more than one)" },
        { disk->storage.sourceEncryption || disk->encryption, "encryption" },
        { disk->auth || disk->storage.sourceAuth, "auth" },
        { disk->storage.sourceDataStore, "dataStore" },
        { disk->storage.sourceFdgroup, "source fdgroup" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (parts[i].given)
            return qemuCommandRefuse(command, "disk '%s': this driver does not know <%s> yet",
                                     disk->targetDev, parts[i].what);
    }
    if (disk->driverCopyOnRead == VIR_DOC_SWITCH_ON && (isRemovable(disk) || isReadOnly(disk)))
        return qemuCommandRefuse(command, "disk '%s': copy_on_read needs a disk that can be written",
                                 disk->targetDev);
    if (disk->device == VIR_DOC_DOMAIN_DISK_DEVICE_LUN &&
        (disk->storage.type != VIR_DOC_DOMAIN_STORAGE_TYPE_BLOCK &&
         disk->storage.type != VIR_DOC_DOMAIN_STORAGE_TYPE_NETWORK))
        return qemuCommandRefuse(command, "disk '%s': device='lun' needs a source of type 'block' or "
                                 "'network'", disk->targetDev);
    return true;
}

#define BUS(name) (1U << VIR_DOC_DOMAIN_DISK_BUS_##name)

/* What disks of some buses only have; false with an error raised. */
static bool
refuseElsewhere(const qemuCommand *command, const virDocDomainDisk *disk)
{
    const unsigned int ide = BUS(IDE) | BUS(SATA);
    const struct {
        bool given;
        const char *what;
        unsigned int buses;
    } parts[] = {
        { disk->wwn, "wwn", ide | BUS(SCSI) }, { disk->vendor, "vendor", BUS(SCSI) },
        { disk->product, "product", BUS(SCSI) },
        { disk->hasGeometryCyls, "geometry", ide | BUS(SCSI) | BUS(VIRTIO) },
        { disk->geometryTrans, "geometry trans", ide },
        { disk->hasTargetRotationRate, "target rotation_rate", ide | BUS(SCSI) },
        { disk->targetRemovable, "target removable", BUS(USB) | BUS(SCSI) },
        { disk->targetDpofua, "target dpofua", BUS(SCSI) },
        { disk->hasDriverIothread, "driver iothread", BUS(VIRTIO) },
        { disk->hasDriverQueues, "driver queues", BUS(VIRTIO) },
        { disk->hasDriverQueueSize, "driver queue_size", BUS(VIRTIO) },
        { disk->driverIoeventfd, "driver ioeventfd", BUS(VIRTIO) },
        { disk->driverEventIdx, "driver event_idx", BUS(VIRTIO) },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (parts[i].given && !(parts[i].buses >> disk->targetBus & 1))
            return qemuCommandRefuse(command, "disk '%s': <%s> does not go with the bus '%s'",
                                     disk->targetDev, parts[i].what,
                                     virDocDomainDiskBusToString(disk->targetBus));
    }
    return true;
}

bool
qemuCommandDiskNodes(qemuCommand *command, const virDocDomainDisk *disk)
{
    json_object *storage;

    if (!refuseUnknown(command, disk))
        return false;
    if (qemuDiskIsEmpty(disk))
        return isRemovable(disk) ||
               qemuCommandRefuse(command, "disk '%s' has no source", disk->targetDev);
    storage = storageNode(command, disk);
    if (!storage)
        return false;
    qemuCommandAddObject(command, "-blockdev", storage);
    if (disk->storage.nsourceSlices)
        qemuCommandAddObject(command, "-blockdev", sliceNode(disk));
    qemuCommandAddObject(command, "-blockdev", formatNode(disk));
    if (disk->driverCopyOnRead == VIR_DOC_SWITCH_ON)
        qemuCommandAddObject(command, "-blockdev", copyNode(disk));
    return true;
}

/* The model of the device; NULL with an error raised. */
static const char *
deviceDriver(qemuCommand *command, const virDocDomainDisk *disk)
{
    bool cdrom = disk->device == VIR_DOC_DOMAIN_DISK_DEVICE_CDROM;

    switch (disk->targetBus) {
    case VIR_DOC_DOMAIN_DISK_BUS_VIRTIO:
        if (disk->model == VIR_DOC_DOMAIN_DISK_MODEL_VIRTIO_TRANSITIONAL)
            return "virtio-blk-pci-transitional";
        if (disk->model == VIR_DOC_DOMAIN_DISK_MODEL_VIRTIO_NON_TRANSITIONAL)
            return "virtio-blk-pci-non-transitional";
        return "virtio-blk-pci";
    case VIR_DOC_DOMAIN_DISK_BUS_IDE:
    case VIR_DOC_DOMAIN_DISK_BUS_SATA:
        return cdrom ? "ide-cd" : "ide-hd";
    case VIR_DOC_DOMAIN_DISK_BUS_SCSI:
        if (disk->device == VIR_DOC_DOMAIN_DISK_DEVICE_LUN)
            return disk->storage.type == VIR_DOC_DOMAIN_STORAGE_TYPE_BLOCK ? "scsi-block" :
                "scsi-generic";
        return cdrom ? "scsi-cd" : "scsi-hd";
    case VIR_DOC_DOMAIN_DISK_BUS_USB:
        if (disk->model != VIR_DOC_DOMAIN_DISK_MODEL_USB_BOT)
            return "usb-storage";
        break;
    case VIR_DOC_DOMAIN_DISK_BUS_NVME:
        return "nvme-ns";
    case VIR_DOC_DOMAIN_DISK_BUS_FDC:
        return "floppy";
    case VIR_DOC_DOMAIN_DISK_BUS_ABSENT:
    case VIR_DOC_DOMAIN_DISK_BUS_XEN:
    case VIR_DOC_DOMAIN_DISK_BUS_UML:
    case VIR_DOC_DOMAIN_DISK_BUS_SD:
    case VIR_DOC_DOMAIN_DISK_BUS_LAST:
        break;
    }
    qemuCommandRefuse(command, "disk '%s' can't be on the bus '%s'", disk->targetDev,
                      virDocDomainDiskBusToString(disk->targetBus));
    return NULL;
}

/* The place of a disk on the bus of its controller. */
static void
setDrivePlace(const qemuCommand *command, json_object *device, const virDocDomainDisk *disk)
{
    const virDocDomainAddress *address = disk->info.address;
    g_autofree char *bus = NULL;

    if (!address || address->type != VIR_DOC_DOMAIN_ADDRESS_TYPE_DRIVE)
        return;
    if (disk->targetBus == VIR_DOC_DOMAIN_DISK_BUS_IDE) {
        bus = g_strdup_printf("ide.%u", address->bus);
        qemuSetNumber(device, "unit", address->unit);
    } else if (disk->targetBus == VIR_DOC_DOMAIN_DISK_BUS_SATA) {
        /* The controller on the board of a newer machine has the name of the older bus. */
        bus = virConfDomainIsQ35(command->document) && address->controller == 0 ?
            g_strdup_printf("ide.%u", address->unit) :
            g_strdup_printf("sata%u.%u", address->controller, address->unit);
    } else if (disk->targetBus == VIR_DOC_DOMAIN_DISK_BUS_SCSI) {
        bus = g_strdup_printf("scsi%u.0", address->controller);
        qemuSetNumber(device, "channel", address->bus);
        qemuSetNumber(device, "scsi-id", address->target);
        qemuSetNumber(device, "lun", address->unit);
    } else if (disk->targetBus == VIR_DOC_DOMAIN_DISK_BUS_FDC) {
        qemuSetNumber(device, "unit", address->unit);
    } else if (disk->targetBus == VIR_DOC_DOMAIN_DISK_BUS_NVME) {
        bus = g_strdup_printf("nvme%u", address->controller);
    }
    qemuSetString(device, "bus", bus);
}

/* What happens when the storage fails. */
static void
setErrorPolicy(json_object *device, const virDocDomainDisk *disk)
{
    static const char *const words[VIR_DOC_DOMAIN_DISK_ERROR_POLICY_LAST] = {
        [VIR_DOC_DOMAIN_DISK_ERROR_POLICY_STOP] = "stop",
        [VIR_DOC_DOMAIN_DISK_ERROR_POLICY_REPORT] = "report",
        [VIR_DOC_DOMAIN_DISK_ERROR_POLICY_IGNORE] = "ignore",
        [VIR_DOC_DOMAIN_DISK_ERROR_POLICY_ENOSPACE] = "enospc",
    };
    const char *reading = words[disk->driverRerrorPolicy ? disk->driverRerrorPolicy :
                                disk->driverErrorPolicy];

    qemuSetString(device, "werror", words[disk->driverErrorPolicy]);
    /* Reading never runs out of space. */
    if (reading && !g_str_equal(reading, "enospc"))
        qemuSetString(device, "rerror", reading);
}

/* How the contents are cached, as far as the guest sees it. */
static void
setWriteCache(json_object *device, const virDocDomainDisk *disk)
{
    bool through = disk->driverCache == VIR_DOC_DOMAIN_DISK_CACHE_WRITETHROUGH ||
                   disk->driverCache == VIR_DOC_DOMAIN_DISK_CACHE_DIRECTSYNC;

    if (disk->driverCache && disk->targetBus != VIR_DOC_DOMAIN_DISK_BUS_FDC &&
        disk->targetBus != VIR_DOC_DOMAIN_DISK_BUS_NVME &&
        disk->device != VIR_DOC_DOMAIN_DISK_DEVICE_LUN &&
        disk->driverCache != VIR_DOC_DOMAIN_DISK_CACHE_DEFAULT)
        qemuSetString(device, "write-cache", through ? "off" : "on");
}

/* Queues, and who serves them. */
static void
setQueues(json_object *device, const virDocDomainDisk *disk)
{
    if (disk->hasDriverIothread) {
        g_autofree char *thread = g_strdup_printf("iothread%u", disk->driverIothread);

        qemuSetString(device, "iothread", thread);
    }
    if (disk->hasDriverQueues)
        qemuSetNumber(device, "num-queues", disk->driverQueues);
    if (disk->hasDriverQueueSize)
        qemuSetNumber(device, "queue-size", disk->driverQueueSize);
    qemuSetSwitch(device, "ioeventfd", disk->driverIoeventfd);
    qemuSetSwitch(device, "event_idx", disk->driverEventIdx);
    qemuSetVirtio(device, &disk->driverVirtio);
}

/* What the guest is told of the disk. */
static bool
setTraits(const qemuCommand *command, json_object *device, const virDocDomainDisk *disk)
{
    char *end = NULL;

    if (disk->hasBlockioLogicalBlockSize)
        qemuSetNumber(device, "logical_block_size", disk->blockioLogicalBlockSize);
    if (disk->hasBlockioPhysicalBlockSize)
        qemuSetNumber(device, "physical_block_size", disk->blockioPhysicalBlockSize);
    if (disk->hasBlockioDiscardGranularity)
        qemuSetNumber(device, "discard_granularity", disk->blockioDiscardGranularity);
    if (disk->hasGeometryCyls) {
        qemuSetNumber(device, "cyls", disk->geometryCyls);
        qemuSetNumber(device, "heads", disk->geometryHeads);
        qemuSetNumber(device, "secs", disk->geometrySecs);
    }
    if (disk->geometryTrans)
        qemuSetString(device, "bios-chs-trans",
                      virDocDomainDiskTranslationToString(disk->geometryTrans));
    if (disk->hasTargetRotationRate)
        qemuSetNumber(device, "rotation_rate", disk->targetRotationRate);
    qemuSetSwitch(device, "removable", disk->targetRemovable);
    qemuSetSwitch(device, "dpofua", disk->targetDpofua);
    qemuSetString(device, "serial", disk->serial);
    qemuSetString(device, "vendor", disk->vendor);
    qemuSetString(device, "product", disk->product);
    if (disk->wwn) {
        guint64 number = g_ascii_strtoull(disk->wwn, &end, 16);

        if (*end)
            return qemuCommandRefuse(command, "disk '%s': <wwn> '%s' is no number of 16 digits",
                                     disk->targetDev, disk->wwn);
        json_object_object_add(device, "wwn", json_object_new_uint64(number));
    }
    return true;
}

static bool
addDevice(qemuCommand *command, const virDocDomainDisk *disk)
{
    const char *driver = deviceDriver(command, disk);
    bool copies = disk->driverCopyOnRead == VIR_DOC_SWITCH_ON;
    g_autofree char *node = qemuDiskNode(disk, copies ? "cor" : "format");
    json_object *device;

    if (!driver)
        return false;
    device = qemuDevice(command, driver, &disk->info);
    setDrivePlace(command, device, disk);
    if (!qemuDiskIsEmpty(disk))
        qemuSetString(device, "drive", node);
    if (disk->shareable)
        qemuSetTrue(device, "share-rw", true);
    setWriteCache(device, disk);
    setQueues(device, disk);
    setErrorPolicy(device, disk);
    if (!setTraits(command, device, disk)) {
        json_object_put(device);
        return false;
    }
    qemuCommandAddObject(command, "-device", device);
    return true;
}

/* A disk that another process serves, through shared memory. */
static bool
addServed(qemuCommand *command, const virDocDomainDisk *disk)
{
    g_autofree char *what = g_strdup_printf("disk '%s' (vhostuser)", disk->targetDev);
    g_autofree char *channel = g_strconcat("chr-vu-", disk->info.aliasName, NULL);
    g_autofree char *path = qemuCommandEscape(disk->storage.sourcePath ? disk->storage.sourcePath : "");
    const virDocDomainReconnect *again = disk->storage.sourceReconnect;
    g_autofree char *wait = again && again->enabled == VIR_DOC_SWITCH_ON ?
        g_strdup_printf(",reconnect=%u", again->timeout) : g_strdup("");
    json_object *device;

    if (disk->targetBus != VIR_DOC_DOMAIN_DISK_BUS_VIRTIO)
        return qemuCommandRefuse(command, "%s is on the bus 'virtio' only", what);
    if (!qemuCommandNeedShared(command, what))
        return false;
    qemuCommandAddFormat(command, "-chardev", "socket,id=%s,path=%s%s", channel, path, wait);
    device = qemuDevice(command, "vhost-user-blk-pci", &disk->info);
    qemuSetString(device, "chardev", channel);
    qemuCommandAddObject(command, "-device", device);
    return true;
}

bool
qemuCommandDisk(qemuCommand *command, const virDocDomainDisk *disk)
{
    if (disk->storage.type == VIR_DOC_DOMAIN_STORAGE_TYPE_VHOSTUSER)
        return addServed(command, disk);
    return refuseElsewhere(command, disk) && qemuCommandDiskNodes(command, disk) &&
           addDevice(command, disk);
}

bool
qemuCommandDisks(qemuCommand *command)
{
    const virDocDomain *document = command->document;

    for (size_t i = 0; i < document->ndisks; i++) {
        if (!qemuCommandDisk(command, document->disks[i]))
            return false;
    }
    return true;
}
