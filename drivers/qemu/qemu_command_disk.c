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

static json_object *
fileNode(const virDocDomainDisk *disk)
{
    bool block = disk->storage.type == VIR_DOC_DOMAIN_STORAGE_TYPE_BLOCK;
    json_object *node = json_object_new_object();

    qemuSetString(node, "driver", block ? "host_device" : "file");
    qemuSetString(node, "filename", block ? disk->storage.sourceDev : disk->storage.sourceFile);
    if (disk->driverIo == VIR_DOC_DOMAIN_DISK_IO_NATIVE)
        qemuSetString(node, "aio", "native");
    else if (disk->driverIo == VIR_DOC_DOMAIN_DISK_IO_THREADS)
        qemuSetString(node, "aio", "threads");
    else if (disk->driverIo == VIR_DOC_DOMAIN_DISK_IO_IO_URING)
        qemuSetString(node, "aio", "io_uring");
    return node;
}

/* An export of another machine or program that speaks NBD; other protocols are not built in everywhere. */
static json_object *
networkNode(const virDocDomain *document, const virDocDomainDisk *disk)
{
    qemuCommand problem = { .document = document };
    const virDocDomainStorageHost *host;
    json_object *node, *server;

    if (disk->storage.sourceProtocol != VIR_DOC_DOMAIN_STORAGE_PROTOCOL_NBD) {
        qemuCommandRefuse(&problem, "disk '%s': this driver knows the protocol nbd only, not '%s'",
                          disk->targetDev,
                          virDocDomainStorageProtocolToString(disk->storage.sourceProtocol));
        return NULL;
    }
    if (disk->storage.nsourceHosts != 1 || disk->storage.sourceTls == VIR_DOC_SWITCH_ON) {
        qemuCommandRefuse(&problem, "disk '%s': nbd takes one host, without tls", disk->targetDev);
        return NULL;
    }
    host = disk->storage.sourceHosts[0];
    node = json_object_new_object();
    server = json_object_new_object();
    qemuSetString(node, "driver", "nbd");
    if (host->socket) {
        qemuSetString(server, "type", "unix");
        qemuSetString(server, "path", host->socket);
    } else {
        g_autofree char *port = g_strdup_printf("%u", host->hasPort ? host->port : 10809);

        qemuSetString(server, "type", "inet");
        qemuSetString(server, "host", host->name);
        qemuSetString(server, "port", port);
    }
    json_object_object_add(node, "server", server);
    qemuSetString(node, "export", disk->storage.sourceName);
    return node;
}

static json_object *
storageNode(const virDocDomain *document, const virDocDomainDisk *disk)
{
    g_autofree char *name = qemuDiskNode(disk, "storage");
    qemuCommand problem = { .document = document };
    json_object *node = NULL;

    switch (disk->storage.type) {
    case VIR_DOC_DOMAIN_STORAGE_TYPE_ABSENT:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_FILE:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_BLOCK:
        node = fileNode(disk);
        break;
    case VIR_DOC_DOMAIN_STORAGE_TYPE_NETWORK:
        node = networkNode(document, disk);
        break;
    case VIR_DOC_DOMAIN_STORAGE_TYPE_DIR:
        node = json_object_new_object();
        qemuSetString(node, "driver", "vvfat");
        qemuSetString(node, "dir", disk->storage.sourceDir);
        qemuSetTrue(node, "floppy", disk->device == VIR_DOC_DOMAIN_DISK_DEVICE_FLOPPY);
        break;
    case VIR_DOC_DOMAIN_STORAGE_TYPE_VOLUME:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_NVME:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_VHOSTUSER:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_VHOSTVDPA:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_CTL:
    case VIR_DOC_DOMAIN_STORAGE_TYPE_LAST:
        qemuCommandRefuse(&problem, "disk '%s': this driver does not know type='%s' yet",
                          disk->targetDev, virDocDomainStorageTypeToString(disk->storage.type));
        break;
    }
    if (!node)
        return NULL;
    qemuSetString(node, "node-name", name);
    qemuSetTrue(node, "auto-read-only", true);
    qemuSetString(node, "discard", "unmap");
    setCache(node, disk);
    return node;
}

static json_object *
formatNode(const virDocDomainDisk *disk)
{
    g_autofree char *name = qemuDiskNode(disk, "format");
    g_autofree char *storage = qemuDiskNode(disk, "storage");
    json_object *node = json_object_new_object();
    const char *format = "raw";

    /* What says nothing of its format is taken as it is: guessing would trust the guest. */
    if (disk->driverType == VIR_DOC_DOMAIN_STORAGE_FORMAT_VHD)
        format = "vpc";
    else if (disk->driverType && disk->driverType != VIR_DOC_DOMAIN_STORAGE_FORMAT_ISO &&
             disk->driverType != VIR_DOC_DOMAIN_STORAGE_FORMAT_AIO)
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
    qemuSetString(node, "file", storage);
    return node;
}

/* What a disk asks for that has no part in the command line yet; false with an error raised. */
static bool
refuseUnknown(const qemuCommand *command, const virDocDomainDisk *disk)
{
    const struct {
        bool given;
        const char *what;
    } parts[] = {
        { disk->nthrottlefilters, "throttlefilters" },
        { disk->wwn, "wwn" }, { disk->vendor, "vendor" }, { disk->product, "product" },
        { disk->hasGeometryCyls, "geometry" }, { disk->hasTransient, "transient" },
        { disk->storage.nsourceSlices, "slices" }, { disk->storage.sourceReservations, "reservations" },
        { disk->driverCopyOnRead == VIR_DOC_SWITCH_ON, "driver copy_on_read" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (parts[i].given)
            return qemuCommandRefuse(command, "disk '%s': this driver does not know <%s> yet",
                                     disk->targetDev, parts[i].what);
    }
    return true;
}

bool
qemuCommandDiskNodes(qemuCommand *command, const virDocDomainDisk *disk)
{
    json_object *storage;

    if (disk->storage.sourceEncryption || disk->encryption || disk->auth ||
        disk->storage.sourceAuth)
        return qemuCommandRefuse(command, "disk '%s': this driver does not know encryption and "
                                 "authentication yet", disk->targetDev);
    if (qemuDiskIsEmpty(disk)) {
        if (disk->device == VIR_DOC_DOMAIN_DISK_DEVICE_CDROM ||
            disk->device == VIR_DOC_DOMAIN_DISK_DEVICE_FLOPPY)
            return true;
        return qemuCommandRefuse(command, "disk '%s' has no source", disk->targetDev);
    }
    storage = storageNode(command->document, disk);
    if (!storage)
        return false;
    qemuCommandAddObject(command, "-blockdev", storage);
    qemuCommandAddObject(command, "-blockdev", formatNode(disk));
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
            return "scsi-block";
        return cdrom ? "scsi-cd" : "scsi-hd";
    case VIR_DOC_DOMAIN_DISK_BUS_USB:
        return "usb-storage";
    case VIR_DOC_DOMAIN_DISK_BUS_FDC:
        return "floppy";
    case VIR_DOC_DOMAIN_DISK_BUS_ABSENT:
    case VIR_DOC_DOMAIN_DISK_BUS_XEN:
    case VIR_DOC_DOMAIN_DISK_BUS_UML:
    case VIR_DOC_DOMAIN_DISK_BUS_SD:
    case VIR_DOC_DOMAIN_DISK_BUS_NVME:
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

static bool
addDevice(qemuCommand *command, const virDocDomainDisk *disk)
{
    const char *driver = deviceDriver(command, disk);
    g_autofree char *node = qemuDiskNode(disk, "format");
    json_object *device;

    if (!driver)
        return false;
    device = qemuDevice(command, driver, &disk->info);
    setDrivePlace(command, device, disk);
    if (!qemuDiskIsEmpty(disk))
        qemuSetString(device, "drive", node);
    if (disk->shareable)
        qemuSetTrue(device, "share-rw", true);
    if (disk->driverCache && disk->targetBus != VIR_DOC_DOMAIN_DISK_BUS_FDC &&
        disk->driverCache != VIR_DOC_DOMAIN_DISK_CACHE_DEFAULT)
        qemuSetString(device, "write-cache",
                      disk->driverCache == VIR_DOC_DOMAIN_DISK_CACHE_WRITETHROUGH ||
                      disk->driverCache == VIR_DOC_DOMAIN_DISK_CACHE_DIRECTSYNC ? "off" : "on");
    if (disk->hasDriverIothread) {
        g_autofree char *thread = g_strdup_printf("iothread%u", disk->driverIothread);

        qemuSetString(device, "iothread", thread);
    }
    if (disk->hasDriverQueues)
        qemuSetNumber(device, "num-queues", disk->driverQueues);
    if (disk->hasBlockioLogicalBlockSize)
        qemuSetNumber(device, "logical_block_size", disk->blockioLogicalBlockSize);
    if (disk->hasBlockioPhysicalBlockSize)
        qemuSetNumber(device, "physical_block_size", disk->blockioPhysicalBlockSize);
    qemuSetString(device, "serial", disk->serial);
    setErrorPolicy(device, disk);
    qemuCommandAddObject(command, "-device", device);
    return true;
}

bool
qemuCommandDisk(qemuCommand *command, const virDocDomainDisk *disk)
{
    return refuseUnknown(command, disk) && qemuCommandDiskNodes(command, disk) &&
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
