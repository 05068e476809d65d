/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line of a guest: devices of the host, and IOMMUs that stand between devices and memory. */

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <libvirt/libvirt.h>

#include "base/uuid.h"
#include "conf/domain_machine.h"
#include "qemu_command.h"

/* A USB device, by its place or by what it is. */
static bool
addUsb(qemuCommand *command, const virDocDomainHostdev *hostdev)
{
    json_object *device = qemuDevice(command, "usb-host", &hostdev->info);

    if (hostdev->sourceUsbPort) {
        qemuSetNumber(device, "hostbus", hostdev->sourceUsbBus);
        qemuSetString(device, "hostport", hostdev->sourceUsbPort);
    } else if (hostdev->hasSourceUsbBus && hostdev->hasSourceUsbDevice && hostdev->sourceUsbDevice) {
        qemuSetNumber(device, "hostbus", hostdev->sourceUsbBus);
        qemuSetNumber(device, "hostaddr", hostdev->sourceUsbDevice);
    } else if (hostdev->hasSourceVendorId && hostdev->hasSourceProductId) {
        qemuSetNumber(device, "vendorid", (gint64) hostdev->sourceVendorId);
        qemuSetNumber(device, "productid", (gint64) hostdev->sourceProductId);
    } else {
        json_object_put(device);
        return qemuCommandRefuse(command, "<hostdev> '%s' says neither the place of its USB device "
                                 "nor its vendor and product", hostdev->info.aliasName);
    }
    if (hostdev->sourceGuestReset == VIR_DOC_DOMAIN_USB_RESET_OFF)
        qemuSetTrue(device, "guest-reset", false);
    else if (hostdev->sourceGuestReset == VIR_DOC_DOMAIN_USB_RESET_ON)
        qemuSetTrue(device, "guest-resets-all", true);
    qemuCommandAddObject(command, "-device", device);
    return true;
}

/* A PCI device, which the host must have handed to vfio. */
static bool
addPci(qemuCommand *command, const virDocDomainHostdev *hostdev)
{
    const virDocDomainPciAddress *place = hostdev->sourcePci;
    g_autofree char *host = NULL, *driver = NULL;
    json_object *device;

    if (!place)
        return qemuCommandRefuse(command, "<hostdev> '%s' says no place of its PCI device",
                                 hostdev->info.aliasName);
    host = g_strdup_printf("%04llx:%02llx:%02llx.%llx", place->domain, place->bus, place->slot,
                           place->function);
    driver = g_strdup_printf("/sys/bus/pci/devices/%s/driver", host);
    if (!command->shown) {
        g_autofree char *bound = g_file_read_link(driver, NULL);
        g_autofree char *name = bound ? g_path_get_basename(bound) : NULL;

        if (!name || !g_str_has_prefix(name, "vfio"))
            return qemuCommandRefuse(command, "<hostdev> '%s': the PCI device %s belongs to the driver "
                                     "'%s' of the host; it must be bound to vfio-pci (virsh "
                                     "nodedev-detach)", hostdev->info.aliasName, host,
                                     name ? name : "none");
    }
    device = qemuDevice(command, "vfio-pci", &hostdev->info);
    qemuSetString(device, "host", host);
    qemuCommandAddObject(command, "-device", device);
    return true;
}

static bool
addMdev(qemuCommand *command, const virDocDomainHostdev *hostdev)
{
    char uuid[VIR_UUID_STRING_BUFLEN];
    g_autofree char *path = NULL;
    json_object *device;

    if (hostdev->model && hostdev->model != VIR_DOC_DOMAIN_HOSTDEV_MODEL_VFIO_PCI)
        return qemuCommandRefuse(command, "<hostdev model='%s'>: this machine has PCI devices only",
                                 virDocDomainHostdevModelToString(hostdev->model));
    virUUIDFormat(hostdev->sourceMdevUuid, uuid);
    path = g_build_filename("/sys/bus/mdev/devices", uuid, NULL);
    if (!command->shown && access(path, F_OK) < 0)
        return qemuCommandRefuse(command, "<hostdev> '%s': the host has no mediated device %s",
                                 hostdev->info.aliasName, uuid);
    device = qemuDevice(command, "vfio-pci", &hostdev->info);
    qemuSetString(device, "sysfsdev", path);
    if (hostdev->display)
        qemuSetString(device, "display", hostdev->display == VIR_DOC_SWITCH_ON ? "on" : "off");
    qemuCommandAddObject(command, "-device", device);
    return true;
}

/* The generic device ("/dev/sg3") of a unit of the host; NULL with an error raised. */
static char *
genericOf(const qemuCommand *command, const virDocDomainHostdev *hostdev)
{
    const char *adapter = hostdev->sourceAdapterName, *name;
    g_autofree char *folder = NULL;
    g_autofree char *path = NULL;
    GDir *open;

    if (adapter && g_str_has_prefix(adapter, "scsi_host"))
        adapter += strlen("scsi_host");
    folder = g_strdup_printf("/sys/class/scsi_device/%s:%u:%u:%llu/device/scsi_generic",
                             adapter ? adapter : "", hostdev->sourceScsiBus,
                             hostdev->sourceScsiTarget, hostdev->sourceScsiUnit);
    open = g_dir_open(folder, 0, NULL);
    name = open ? g_dir_read_name(open) : NULL;
    if (name || command->shown)
        path = g_build_filename("/dev", name ? name : "sg0", NULL);
    else
        qemuCommandRefuse(command, "<hostdev> '%s': the host has no SCSI device %s:%u:%u:%llu",
                          hostdev->info.aliasName, adapter ? adapter : "", hostdev->sourceScsiBus,
                          hostdev->sourceScsiTarget, hostdev->sourceScsiUnit);
    if (open)
        g_dir_close(open);
    return g_steal_pointer(&path);
}

/* The node behind a SCSI device of the host or of an iSCSI server; false with an error raised. */
static bool
addScsiNode(qemuCommand *command, const virDocDomainHostdev *hostdev, const char *name)
{
    json_object *node;

    if (hostdev->sourceAuth)
        return qemuCommandRefuse(command, "<hostdev> '%s': this driver has no secrets for <auth>",
                                 hostdev->info.aliasName);
    node = json_object_new_object();
    if (hostdev->sourceProtocol == VIR_DOC_DOMAIN_HOSTDEV_SCSI_PROTOCOL_ISCSI) {
        if (!qemuSetIscsi(command, node, hostdev->info.aliasName, hostdev->sourceHosts,
                          hostdev->nsourceHosts, hostdev->sourceName,
                          hostdev->sourceInitiatorInitiatorName)) {
            json_object_put(node);
            return false;
        }
    } else {
        g_autofree char *path = genericOf(command, hostdev);

        if (!path) {
            json_object_put(node);
            return false;
        }
        qemuSetString(node, "driver", "host_device");
        qemuSetString(node, "filename", path);
    }
    qemuSetString(node, "node-name", name);
    qemuSetTrue(node, "read-only", hostdev->readonly);
    qemuCommandAddObject(command, "-blockdev", node);
    return true;
}

static bool
addScsi(qemuCommand *command, const virDocDomainHostdev *hostdev)
{
    const virDocDomainAddress *address = hostdev->info.address;
    g_autofree char *node = g_strconcat("libvirt-", hostdev->info.aliasName, "-backend", NULL);
    json_object *device;

    if (!addScsiNode(command, hostdev, node))
        return false;
    device = qemuDevice(command, "scsi-generic", &hostdev->info);
    if (address && address->type == VIR_DOC_DOMAIN_ADDRESS_TYPE_DRIVE) {
        g_autofree char *bus = g_strdup_printf("scsi%u.0", address->controller);

        qemuSetString(device, "bus", bus);
        qemuSetNumber(device, "channel", address->bus);
        qemuSetNumber(device, "scsi-id", address->target);
        qemuSetNumber(device, "lun", address->unit);
    }
    qemuSetString(device, "drive", node);
    if (hostdev->shareable)
        qemuSetTrue(device, "share-rw", true);
    qemuCommandAddObject(command, "-device", device);
    return true;
}

/* A SCSI host that the kernel itself serves. */
static bool
addScsiHost(qemuCommand *command, const virDocDomainHostdev *hostdev)
{
    g_autofree char *driver = qemuVirtioDriver("vhost-scsi-pci",
                                               virDocDomainHostdevModelToString(hostdev->model));
    g_autofree char *passed = NULL;
    json_object *device;

    if (!command->shown) {
        int fd = open("/dev/vhost-scsi", O_RDWR | O_CLOEXEC);

        if (fd < 0)
            return qemuCommandRefuse(command, "<hostdev> '%s' needs /dev/vhost-scsi (module "
                                     "vhost_scsi)", hostdev->info.aliasName);
        passed = qemuCommandPassed(command, fd);
    }
    device = qemuDevice(command, driver, &hostdev->info);
    qemuSetString(device, "wwpn", hostdev->sourceWwpn);
    qemuSetString(device, "vhostfd", passed);
    qemuCommandAddObject(command, "-device", device);
    return true;
}

bool
qemuCommandHostdev(qemuCommand *command, const virDocDomainHostdev *hostdev)
{
    if (hostdev->mode == VIR_DOC_DOMAIN_HOSTDEV_MODE_CAPABILITIES)
        return qemuCommandRefuse(command, "<hostdev mode='capabilities'> is for containers");
    switch (hostdev->type) {
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_USB:
        return addUsb(command, hostdev);
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_PCI:
        return addPci(command, hostdev);
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_SCSI:
        return addScsi(command, hostdev);
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_SCSI_HOST:
        return addScsiHost(command, hostdev);
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_MDEV:
        return addMdev(command, hostdev);
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_ABSENT:
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_STORAGE:
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_MISC:
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_NET:
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_LAST:
        break;
    }
    return qemuCommandRefuse(command, "<hostdev> '%s' has no type that QEMU knows",
                             hostdev->info.aliasName);
}

bool
qemuCommandHostdevs(qemuCommand *command)
{
    for (size_t i = 0; i < command->document->nhostdevs; i++) {
        if (!qemuCommandHostdev(command, command->document->hostdevs[i]))
            return false;
    }
    return true;
}

/* --- IOMMUs ---------------------------------------------------------------------------------- */

static bool
addIommu(qemuCommand *command, const virDocDomainIommu *iommu)
{
    static const char *const drivers[VIR_DOC_DOMAIN_IOMMU_MODEL_LAST] = {
        [VIR_DOC_DOMAIN_IOMMU_MODEL_INTEL] = "intel-iommu",
        [VIR_DOC_DOMAIN_IOMMU_MODEL_VIRTIO] = "virtio-iommu-pci",
        [VIR_DOC_DOMAIN_IOMMU_MODEL_AMD] = "amd-iommu",
    };
    const char *driver = drivers[iommu->model];
    bool intel = iommu->model == VIR_DOC_DOMAIN_IOMMU_MODEL_INTEL;
    json_object *device;

    if (!driver || !virConfDomainIsQ35(command->document))
        return qemuCommandRefuse(command, "<iommu model='%s'> does not go with the machine '%s'",
                                 virDocDomainIommuModelToString(iommu->model),
                                 command->document->os->type->machine);
    device = qemuDevice(command, driver, &iommu->info);
    /* It is part of the board, where nobody looks for it by name. */
    if (iommu->model != VIR_DOC_DOMAIN_IOMMU_MODEL_VIRTIO)
        json_object_object_del(device, "id");
    if (iommu->driverIntremap)
        qemuSetString(device, "intremap",
                      iommu->driverIntremap == VIR_DOC_SWITCH_ON ? "on" : "off");
    if (intel)
        qemuSetSwitch(device, "caching-mode", iommu->driverCachingMode);
    if (intel && iommu->driverEim)
        qemuSetString(device, "eim", iommu->driverEim == VIR_DOC_SWITCH_ON ? "on" : "off");
    qemuSetSwitch(device, "device-iotlb", iommu->driverIotlb);
    if (intel && iommu->hasDriverAwBits)
        qemuSetNumber(device, "aw-bits", iommu->driverAwBits);
    if (intel)
        qemuSetSwitch(device, "dma-translation", iommu->driverDmaTranslation);
    qemuSetSwitch(device, "pt", iommu->driverPassthrough);
    qemuCommandAddObject(command, "-device", device);
    return true;
}

bool
qemuCommandIommus(qemuCommand *command)
{
    for (size_t i = 0; i < command->document->niommus; i++) {
        if (!addIommu(command, command->document->iommus[i]))
            return false;
    }
    return true;
}
