/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line of a guest: controllers and hubs, which other devices hang on. */

#include <string.h>

#include "conf/domain_machine.h"
#include "qemu_command.h"

static const char *
usbDriver(virDocDomainUsbModel model)
{
    switch (model) {
    case VIR_DOC_DOMAIN_USB_MODEL_ABSENT:
    case VIR_DOC_DOMAIN_USB_MODEL_PIIX3_UHCI:
        return "piix3-usb-uhci";
    case VIR_DOC_DOMAIN_USB_MODEL_PIIX4_UHCI:
        return "piix4-usb-uhci";
    case VIR_DOC_DOMAIN_USB_MODEL_EHCI:
        return "usb-ehci";
    case VIR_DOC_DOMAIN_USB_MODEL_ICH9_EHCI1:
        return "ich9-usb-ehci1";
    case VIR_DOC_DOMAIN_USB_MODEL_ICH9_UHCI1:
        return "ich9-usb-uhci1";
    case VIR_DOC_DOMAIN_USB_MODEL_ICH9_UHCI2:
        return "ich9-usb-uhci2";
    case VIR_DOC_DOMAIN_USB_MODEL_ICH9_UHCI3:
        return "ich9-usb-uhci3";
    case VIR_DOC_DOMAIN_USB_MODEL_VT82C686B_UHCI:
        return "vt82c686b-usb-uhci";
    case VIR_DOC_DOMAIN_USB_MODEL_PCI_OHCI:
        return "pci-ohci";
    case VIR_DOC_DOMAIN_USB_MODEL_NEC_XHCI:
        return "nec-usb-xhci";
    case VIR_DOC_DOMAIN_USB_MODEL_QEMU_XHCI:
        return "qemu-xhci";
    case VIR_DOC_DOMAIN_USB_MODEL_QUSB1:
    case VIR_DOC_DOMAIN_USB_MODEL_QUSB2:
    case VIR_DOC_DOMAIN_USB_MODEL_NONE:
    case VIR_DOC_DOMAIN_USB_MODEL_LAST:
        break;
    }
    return NULL;
}

static const char *
pciDriver(virDocDomainPciModel model)
{
    switch (model) {
    case VIR_DOC_DOMAIN_PCI_MODEL_PCI_BRIDGE:
        return "pci-bridge";
    case VIR_DOC_DOMAIN_PCI_MODEL_PCIE_ROOT_PORT:
        return "pcie-root-port";
    case VIR_DOC_DOMAIN_PCI_MODEL_PCIE_TO_PCI_BRIDGE:
        return "pcie-pci-bridge";
    case VIR_DOC_DOMAIN_PCI_MODEL_PCIE_SWITCH_UPSTREAM_PORT:
        return "x3130-upstream";
    case VIR_DOC_DOMAIN_PCI_MODEL_PCIE_SWITCH_DOWNSTREAM_PORT:
        return "xio3130-downstream";
    case VIR_DOC_DOMAIN_PCI_MODEL_DMI_TO_PCI_BRIDGE:
        return "i82801b11-bridge";
    case VIR_DOC_DOMAIN_PCI_MODEL_PCI_EXPANDER_BUS:
        return "pxb";
    case VIR_DOC_DOMAIN_PCI_MODEL_PCIE_EXPANDER_BUS:
        return "pxb-pcie";
    case VIR_DOC_DOMAIN_PCI_MODEL_ABSENT:
    case VIR_DOC_DOMAIN_PCI_MODEL_PCI_ROOT:
    case VIR_DOC_DOMAIN_PCI_MODEL_PCIE_ROOT:
    case VIR_DOC_DOMAIN_PCI_MODEL_LAST:
        break;
    }
    return NULL;
}

static const char *
scsiDriver(virDocDomainScsiModel model)
{
    static const char *const drivers[VIR_DOC_DOMAIN_SCSI_MODEL_LAST] = {
        [VIR_DOC_DOMAIN_SCSI_MODEL_LSILOGIC] = "lsi53c895a",
        [VIR_DOC_DOMAIN_SCSI_MODEL_LSISAS1068] = "mptsas1068",
        [VIR_DOC_DOMAIN_SCSI_MODEL_LSISAS1078] = "megasas",
        [VIR_DOC_DOMAIN_SCSI_MODEL_VMPVSCSI] = "pvscsi",
        [VIR_DOC_DOMAIN_SCSI_MODEL_DC390] = "dc390",
        [VIR_DOC_DOMAIN_SCSI_MODEL_AM53C974] = "am53c974",
        [VIR_DOC_DOMAIN_SCSI_MODEL_VIRTIO_TRANSITIONAL] = "virtio-scsi-pci-transitional",
        [VIR_DOC_DOMAIN_SCSI_MODEL_VIRTIO_NON_TRANSITIONAL] = "virtio-scsi-pci-non-transitional",
    };

    if (!model || model == VIR_DOC_DOMAIN_SCSI_MODEL_AUTO ||
        model == VIR_DOC_DOMAIN_SCSI_MODEL_VIRTIO_SCSI)
        return "virtio-scsi-pci";
    return drivers[model];
}

static const char *
serialDriver(virDocDomainVirtioSerialModel model)
{
    static const char *const drivers[VIR_DOC_DOMAIN_VIRTIO_SERIAL_MODEL_LAST] = {
        [VIR_DOC_DOMAIN_VIRTIO_SERIAL_MODEL_ABSENT] = "virtio-serial-pci",
        [VIR_DOC_DOMAIN_VIRTIO_SERIAL_MODEL_VIRTIO] = "virtio-serial-pci",
        [VIR_DOC_DOMAIN_VIRTIO_SERIAL_MODEL_VIRTIO_TRANSITIONAL] =
            "virtio-serial-pci-transitional",
        [VIR_DOC_DOMAIN_VIRTIO_SERIAL_MODEL_VIRTIO_NON_TRANSITIONAL] =
            "virtio-serial-pci-non-transitional",
    };

    return drivers[model];
}

/* Whether the board of the machine has it. */
static bool
isOnBoard(const virDocDomain *document, const virDocDomainController *controller)
{
    switch (controller->type) {
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_IDE:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_FDC:
        return controller->index == 0 && virConfDomainIsPC(document);
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_SATA:
        return controller->index == 0 && virConfDomainIsQ35(document);
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI:
        return controller->pciModel == VIR_DOC_DOMAIN_PCI_MODEL_PCI_ROOT ||
               controller->pciModel == VIR_DOC_DOMAIN_PCI_MODEL_PCIE_ROOT;
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_USB:
        return controller->usbModel == VIR_DOC_DOMAIN_USB_MODEL_NONE;
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_ABSENT:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_SCSI:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_VIRTIO_SERIAL:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_CCID:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_XENBUS:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_ISA:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_NVME:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_LAST:
        break;
    }
    return false;
}

static const char *
controllerDriver(const virDocDomainController *controller)
{
    switch (controller->type) {
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_USB:
        return usbDriver(controller->usbModel);
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI:
        return pciDriver(controller->pciModel);
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_SCSI:
        return scsiDriver(controller->scsiModel);
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_VIRTIO_SERIAL:
        return serialDriver(controller->serialModel);
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_SATA:
        return "ich9-ahci";
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_CCID:
        return "usb-ccid";
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_NVME:
        return "nvme";
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_ABSENT:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_IDE:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_FDC:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_XENBUS:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_ISA:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_LAST:
        break;
    }
    return NULL;
}

/* What a bridge, a port or an expander is to the guest. */
static void
setPciTarget(json_object *device, const virDocDomainController *controller)
{
    bool expander = controller->pciModel == VIR_DOC_DOMAIN_PCI_MODEL_PCI_EXPANDER_BUS ||
                    controller->pciModel == VIR_DOC_DOMAIN_PCI_MODEL_PCIE_EXPANDER_BUS;

    if (controller->hasTargetPort)
        qemuSetNumber(device, "port", (gint64) controller->targetPort);
    if (controller->hasTargetChassis)
        qemuSetNumber(device, "chassis", controller->targetChassis);
    else if (controller->pciModel == VIR_DOC_DOMAIN_PCI_MODEL_PCI_BRIDGE)
        qemuSetNumber(device, "chassis_nr", controller->hasTargetChassisNr ?
                      controller->targetChassisNr : controller->index);
    if (expander && controller->hasTargetBusNr)
        qemuSetNumber(device, "bus_nr", controller->targetBusNr);
    if (expander && controller->hasTargetNode)
        qemuSetNumber(device, "numa_node", controller->targetNode);
    if (controller->targetHotplug)
        qemuSetTrue(device, controller->pciModel == VIR_DOC_DOMAIN_PCI_MODEL_PCI_BRIDGE ? "shpc" :
                    "hotplug", controller->targetHotplug == VIR_DOC_DOMAIN_PCI_HOTPLUG_ON);
    if (controller->hasTargetMemReserve)
        qemuSetNumber(device, "mem-reserve", (gint64) controller->targetMemReserve * 1024);
}

/* How many ports and queues it has, and who serves them. */
static bool
setDriver(const qemuCommand *command, json_object *device, const virDocDomainController *controller)
{
    if (controller->ndriverIothreads)
        return qemuCommandRefuse(command, "controller '%s': this QEMU gives all queues to one "
                                 "I/O thread", controller->info.aliasName);
    if (controller->hasPorts)
        qemuSetNumber(device, controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_USB ? "p2" :
                      "max_ports", controller->ports);
    if (controller->hasPorts && controller->usbModel == VIR_DOC_DOMAIN_USB_MODEL_QEMU_XHCI)
        qemuSetNumber(device, "p3", controller->ports);
    if (controller->hasVectors)
        qemuSetNumber(device, "vectors", controller->vectors);
    if (controller->hasDriverQueues)
        qemuSetNumber(device, "num_queues", controller->driverQueues);
    if (controller->hasDriverCmdPerLun)
        qemuSetNumber(device, "cmd_per_lun", controller->driverCmdPerLun);
    if (controller->hasDriverMaxSectors)
        qemuSetNumber(device, "max_sectors", controller->driverMaxSectors);
    qemuSetSwitch(device, "ioeventfd", controller->driverIoeventfd);
    if (controller->hasDriverIothread) {
        g_autofree char *thread = g_strdup_printf("iothread%u", controller->driverIothread);

        qemuSetString(device, "iothread", thread);
    }
    if (controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_NVME)
        qemuSetString(device, "serial", controller->serial ? controller->serial :
                      controller->info.aliasName);
    qemuSetVirtio(device, &controller->driverVirtio);
    return true;
}

bool
qemuCommandController(qemuCommand *command, const virDocDomainController *controller)
{
    const char *driver = controllerDriver(controller);
    json_object *device;

    if (isOnBoard(command->document, controller))
        return true;
    if (!driver)
        return qemuCommandRefuse(command, "this driver does not know controller '%s' %u of this "
                                 "model",
                                 virDocDomainControllerTypeToString(controller->type),
                                 controller->index);
    device = qemuDevice(command, driver, &controller->info);
    if (controller->info.hasMasterStartport) {
        g_autofree char *master = g_strdup_printf("%s.0", controller->info.aliasName);

        /* It shares the bus of its master, and the name, which QEMU knows the master by. */
        json_object_object_del(device, "id");
        qemuSetString(device, "masterbus", master);
        qemuSetNumber(device, "firstport", controller->info.masterStartport);
    }
    setPciTarget(device, controller);
    if (!setDriver(command, device, controller)) {
        json_object_put(device);
        return false;
    }
    qemuCommandAddObject(command, "-device", device);
    return true;
}

bool
qemuCommandHub(qemuCommand *command, const virDocDomainHub *hub)
{
    qemuCommandAddObject(command, "-device", qemuDevice(command, "usb-hub", &hub->info));
    return true;
}

bool
qemuCommandControllers(qemuCommand *command)
{
    const virDocDomain *document = command->document;

    /* What others hang on comes first. */
    for (int buses = 1; buses >= 0; buses--) {
        for (size_t i = 0; i < document->ncontrollers; i++) {
            const virDocDomainController *controller = document->controllers[i];

            if ((controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI) == buses &&
                !qemuCommandController(command, controller))
                return false;
        }
    }
    for (size_t i = 0; i < document->nhubs; i++) {
        if (!qemuCommandHub(command, document->hubs[i]))
            return false;
    }
    return true;
}
