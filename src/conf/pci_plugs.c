/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which devices are PCI devices, and of which generation. */

#include <string.h>

#include "conf/domain_machine.h"
#include "conf/domain_places_parts.h"

static virConfPciPlug
plugOfController(const virDocDomain *domain, const virDocDomainController *controller)
{
    switch (controller->type) {
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_SCSI:
        if (controller->scsiModel == VIR_DOC_DOMAIN_SCSI_MODEL_IBMVSCSI)
            return VIR_CONF_PCI_NOWHERE;
        return controller->scsiModel == VIR_DOC_DOMAIN_SCSI_MODEL_VIRTIO_SCSI ||
                       controller->scsiModel == VIR_DOC_DOMAIN_SCSI_MODEL_VIRTIO_NON_TRANSITIONAL
                   ? VIR_CONF_PCI_EXPRESS
                   : VIR_CONF_PCI_OLD;
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_VIRTIO_SERIAL:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_NVME:
        return VIR_CONF_PCI_EXPRESS;
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_USB:
        if (controller->usbModel == VIR_DOC_DOMAIN_USB_MODEL_NONE)
            return VIR_CONF_PCI_NOWHERE;
        return controller->usbModel == VIR_DOC_DOMAIN_USB_MODEL_QEMU_XHCI ||
                       controller->usbModel == VIR_DOC_DOMAIN_USB_MODEL_NEC_XHCI
                   ? VIR_CONF_PCI_EXPRESS
                   : VIR_CONF_PCI_OLD;
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_SATA:
        return VIR_CONF_PCI_OLD;
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_IDE:
        return virConfDomainIsPC(domain) ? VIR_CONF_PCI_OLD : VIR_CONF_PCI_NOWHERE;
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI:
        return virConfPciBusOf(controller->pciModel)->plug;
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_ABSENT:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_FDC:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_CCID:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_XENBUS:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_ISA:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_LAST:
        break;
    }
    return VIR_CONF_PCI_NOWHERE;
}

static virConfPciPlug
plugOfInterface(const virDocDomainInterface *interface)
{
    static const char *const express[] = {"virtio", "virtio-net", "virtio-non-transitional",
                                          "e1000e", "igb", "vmxnet3", NULL};

    if (interface->type == VIR_DOC_DOMAIN_INTERFACE_TYPE_HOSTDEV)
        return VIR_CONF_PCI_EXPRESS;
    if (interface->modelType && (!strcmp(interface->modelType, "usb-net") ||
                                 !strcmp(interface->modelType, "spapr-vlan")))
        return VIR_CONF_PCI_NOWHERE;
    return interface->modelType && g_strv_contains(express, interface->modelType)
               ? VIR_CONF_PCI_EXPRESS
               : VIR_CONF_PCI_OLD;
}

static virConfPciPlug
plugOfSound(const virDocDomainSound *sound)
{
    switch (sound->model) {
    case VIR_DOC_DOMAIN_SOUND_MODEL_ES1370:
    case VIR_DOC_DOMAIN_SOUND_MODEL_AC97:
    case VIR_DOC_DOMAIN_SOUND_MODEL_ICH6:
    case VIR_DOC_DOMAIN_SOUND_MODEL_ICH9:
        return VIR_CONF_PCI_OLD;
    case VIR_DOC_DOMAIN_SOUND_MODEL_VIRTIO:
        return VIR_CONF_PCI_EXPRESS;
    default:
        return VIR_CONF_PCI_NOWHERE;
    }
}

static virConfPciPlug
plugOfHostdev(const virDocDomainHostdev *hostdev)
{
    if (hostdev->mode != VIR_DOC_DOMAIN_HOSTDEV_MODE_SUBSYSTEM)
        return VIR_CONF_PCI_NOWHERE;
    return hostdev->type == VIR_DOC_DOMAIN_HOSTDEV_TYPE_PCI ||
                   hostdev->type == VIR_DOC_DOMAIN_HOSTDEV_TYPE_MDEV ||
                   hostdev->type == VIR_DOC_DOMAIN_HOSTDEV_TYPE_SCSI_HOST
               ? VIR_CONF_PCI_EXPRESS
               : VIR_CONF_PCI_NOWHERE;
}

static virConfPciPlug
plugOfVideo(const virDocDomainVideo *video)
{
    switch (video->modelType) {
    case VIR_DOC_DOMAIN_VIDEO_MODEL_NONE:
    case VIR_DOC_DOMAIN_VIDEO_MODEL_RAMFB:
        return VIR_CONF_PCI_NOWHERE;
    case VIR_DOC_DOMAIN_VIDEO_MODEL_VIRTIO:
        return VIR_CONF_PCI_EXPRESS;
    default:
        return VIR_CONF_PCI_OLD;
    }
}

static virConfPciPlug
when(bool express)
{
    return express ? VIR_CONF_PCI_EXPRESS : VIR_CONF_PCI_NOWHERE;
}

/* Modules are in slots of memory; what only virtual machines have is a device. */
static virConfPciPlug
plugOfMemory(const virDocDomainMemory *memory)
{
    return when(memory->model == VIR_DOC_DOMAIN_MEMORY_MODEL_VIRTIO_MEM ||
                memory->model == VIR_DOC_DOMAIN_MEMORY_MODEL_VIRTIO_PMEM);
}

/* The generation of the device itself. */
static virConfPciPlug
plugOf(const virDocDomain *domain, const virConfDomainDevice *device)
{
    const void *data = device->data;
    const char *kind = device->member->name;

    if (!strcmp(kind, "controller"))
        return plugOfController(domain, data);
    if (!strcmp(kind, "interface"))
        return plugOfInterface(data);
    if (!strcmp(kind, "sound"))
        return plugOfSound(data);
    if (!strcmp(kind, "hostdev"))
        return plugOfHostdev(data);
    if (!strcmp(kind, "video"))
        return plugOfVideo(data);
    if (!strcmp(kind, "disk"))
        return when(((const virDocDomainDisk *)data)->targetBus == VIR_DOC_DOMAIN_DISK_BUS_VIRTIO);
    if (!strcmp(kind, "memballoon"))
        return when(((const virDocDomainMemballoon *)data)->model !=
                    VIR_DOC_DOMAIN_MEMBALLOON_MODEL_NONE);
    if (!strcmp(kind, "input"))
        return when(((const virDocDomainInput *)data)->bus == VIR_DOC_DOMAIN_INPUT_BUS_VIRTIO);
    if (!strcmp(kind, "watchdog"))
        return ((const virDocDomainWatchdog *)data)->model == VIR_DOC_DOMAIN_WATCHDOG_MODEL_I6300ESB
                   ? VIR_CONF_PCI_OLD
                   : VIR_CONF_PCI_NOWHERE;
    if (!strcmp(kind, "serial"))
        return ((const virDocDomainCharacter *)data)->targetType ==
                       VIR_DOC_DOMAIN_CHARACTER_TARGET_PCI_SERIAL
                   ? VIR_CONF_PCI_OLD
                   : VIR_CONF_PCI_NOWHERE;
    if (!strcmp(kind, "shmem") || !strcmp(kind, "pstore"))
        return VIR_CONF_PCI_OLD;
    if (!strcmp(kind, "memory"))
        return plugOfMemory(data);
    if (!strcmp(kind, "iommu"))
        return when(((const virDocDomainIommu *)data)->model == VIR_DOC_DOMAIN_IOMMU_MODEL_VIRTIO);
    return when(!strcmp(kind, "crypto") || !strcmp(kind, "filesystem") || !strcmp(kind, "rng") ||
                !strcmp(kind, "vsock"));
}

virConfPciPlug
virConfDomainPciPlug(const virDocDomain *domain, const virConfDomainDevice *device)
{
    virConfPciPlug plug = plugOf(domain, device);

    /* An old machine has one kind of slot for all. */
    return plug == VIR_CONF_PCI_EXPRESS &&
                   (virConfDomainIsPC(domain) || virConfDomainIsPseries(domain))
               ? VIR_CONF_PCI_OLD
               : plug;
}
