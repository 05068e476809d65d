/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices that a machine has although nobody asked for them. */

#include "qemu_document.h"

#include "conf/domain_machine.h"

static virDocDomainController *
findController(const virDocDomain *document, virDocDomainControllerType type)
{
    for (size_t i = 0; i < document->ncontrollers; i++) {
        if (document->controllers[i]->type == type)
            return document->controllers[i];
    }
    return NULL;
}

static virDocDomainController *
addController(virDocDomain *document, virDocDomainControllerType type, unsigned int index)
{
    virDocDomainController *controller = virDocDomainControllerNew();

    controller->type = type;
    controller->hasIndex = true;
    controller->index = index;
    VIR_DOC_LIST_ADD(document, controllers, controller);
    return controller;
}

static void
completeControllers(virDocDomain *document)
{
    bool q35 = virConfDomainIsQ35(document);
    virDocDomainController *usb = findController(document, VIR_DOC_DOMAIN_CONTROLLER_TYPE_USB);

    if (!q35 && !virConfDomainIsPC(document))
        return;
    if (!usb)
        usb = addController(document, VIR_DOC_DOMAIN_CONTROLLER_TYPE_USB, 0);
    if (!usb->usbModel)
        usb->usbModel = q35 ? VIR_DOC_DOMAIN_USB_MODEL_QEMU_XHCI :
                        VIR_DOC_DOMAIN_USB_MODEL_PIIX3_UHCI;
    if (!findController(document, VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI)) {
        virDocDomainController *root =
            addController(document, VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI, 0);

        root->pciModel = q35 ? VIR_DOC_DOMAIN_PCI_MODEL_PCIE_ROOT :
                         VIR_DOC_DOMAIN_PCI_MODEL_PCI_ROOT;
    }
    for (size_t i = 0; i < document->nchannels; i++) {
        if (document->channels[i]->targetType == VIR_DOC_DOMAIN_CHARACTER_TARGET_VIRTIO &&
            !findController(document, VIR_DOC_DOMAIN_CONTROLLER_TYPE_VIRTIO_SERIAL))
            addController(document, VIR_DOC_DOMAIN_CONTROLLER_TYPE_VIRTIO_SERIAL, 0);
    }
    for (size_t i = 0; i < document->ncontrollers; i++) {
        virDocDomainController *controller = document->controllers[i];

        if (controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_SCSI &&
            (!controller->scsiModel || controller->scsiModel == VIR_DOC_DOMAIN_SCSI_MODEL_AUTO))
            controller->scsiModel = VIR_DOC_DOMAIN_SCSI_MODEL_VIRTIO_SCSI;
    }
}

static void
needInput(virDocDomain *document, virDocDomainInputType type)
{
    virDocDomainInput *input;

    for (size_t i = 0; i < document->ninputs; i++) {
        if (document->inputs[i]->type == type &&
            document->inputs[i]->bus == VIR_DOC_DOMAIN_INPUT_BUS_PS2)
            return;
    }
    input = virDocDomainInputNew();
    input->type = type;
    input->bus = VIR_DOC_DOMAIN_INPUT_BUS_PS2;
    VIR_DOC_LIST_ADD(document, inputs, input);
}

/* Ports of a guest that has none named follow each other. */
static void
completeChannels(virDocDomain *document)
{
    unsigned int next = 1;

    for (size_t i = 0; i < document->nchannels; i++) {
        virDocDomainCharacter *channel = document->channels[i];
        virDocDomainAddress *address = channel->info.address;

        if (channel->targetType != VIR_DOC_DOMAIN_CHARACTER_TARGET_VIRTIO)
            continue;
        if (address) {
            next = MAX(next, (unsigned int) g_ascii_strtoull(address->port ? address->port : "0",
                                                             NULL, 0) + 1);
            continue;
        }
        address = channel->info.address = virDocDomainAddressNew();
        address->type = VIR_DOC_DOMAIN_ADDRESS_TYPE_VIRTIO_SERIAL;
        address->hasController = address->hasBus = true;
        address->port = g_strdup_printf("%u", next++);
    }
}

void
qemuCompleteDevices(virDocDomain *document)
{
    bool x86 = virConfDomainIsQ35(document) || virConfDomainIsPC(document);

    completeControllers(document);
    completeChannels(document);
    if (x86 && document->features && document->features->ps2State == VIR_DOC_SWITCH_OFF)
        x86 = false;
    if (x86) {
        needInput(document, VIR_DOC_DOMAIN_INPUT_TYPE_MOUSE);
        needInput(document, VIR_DOC_DOMAIN_INPUT_TYPE_KEYBOARD);
    }
    if (!document->memballoon) {
        document->memballoon = virDocDomainMemballoonNew();
        document->memballoon->model = VIR_DOC_DOMAIN_MEMBALLOON_MODEL_VIRTIO;
    }
    for (size_t i = 0; i < document->nserials; i++) {
        virDocDomainCharacter *serial = document->serials[i];

        if (!serial->targetType && (virConfDomainIsQ35(document) || virConfDomainIsPC(document))) {
            serial->targetType = VIR_DOC_DOMAIN_CHARACTER_TARGET_ISA_SERIAL;
            serial->targetModelName = VIR_DOC_DOMAIN_SERIAL_MODEL_ISA_SERIAL;
        }
    }
    for (size_t i = 0; i < document->ninterfaces; i++) {
        if (!document->interfaces[i]->modelType)
            document->interfaces[i]->modelType = g_strdup("rtl8139");
    }
}
