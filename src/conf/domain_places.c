/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices that a PC has although nobody asked for them, and the order in which places are given. */

#include "conf/domain_places.h"

#include <string.h>

#include "conf/domain_machine.h"
#include "conf/domain_places_parts.h"

/* KiB of a QXL card that it has as a VGA card. */
#define QXL_VGA_MEMORY (16 * 1024)

static virDocDomainController *
findController(const virDocDomain *domain, virDocDomainControllerType type)
{
    for (size_t i = 0; i < domain->ncontrollers; i++) {
        if (domain->controllers[i]->type == type)
            return domain->controllers[i];
    }
    return NULL;
}

/* Adds a controller before those that the devices took, of whatever kind. */
static virDocDomainController *
needController(virDocDomain *domain, virDocDomainControllerType type)
{
    virDocDomainController *controller = findController(domain, type);

    if (controller)
        return controller;
    controller = virDocDomainControllerNew();
    controller->type = type;
    controller->hasIndex = true;
    VIR_DOC_LIST_ADD(domain, controllers, controller);
    return controller;
}

/* Whether a machine is a PC; QEMU's usual one for x86 is. */
static bool
isPC(const virDocDomain *domain)
{
    const virDocDomainOsType *type = domain->os ? domain->os->type : NULL;

    if (type && type->machine)
        return virConfDomainIsPC(domain) || virConfDomainIsQ35(domain);
    return type && (!g_strcmp0(type->arch, "x86_64") || !g_strcmp0(type->arch, "i686"));
}

/* What a machine has on its board. */
static void
addControllers(virDocDomain *domain)
{
    bool q35 = virConfDomainIsQ35(domain);
    bool told = findController(domain, VIR_DOC_DOMAIN_CONTROLLER_TYPE_USB) != NULL;
    virDocDomainController *usb = needController(domain, VIR_DOC_DOMAIN_CONTROLLER_TYPE_USB);
    virDocDomainController *root = virConfDomainFindController(
        domain, VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI, /* index= */ 0);

    if (!told)
        usb->usbModel = q35 ? VIR_DOC_DOMAIN_USB_MODEL_QEMU_XHCI
                            : VIR_DOC_DOMAIN_USB_MODEL_PIIX3_UHCI;
    if (q35)
        needController(domain, VIR_DOC_DOMAIN_CONTROLLER_TYPE_SATA);
    if (!root) {
        root = virDocDomainControllerNew();
        root->type = VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI;
        root->hasIndex = true;
        root->pciModel = q35 ? VIR_DOC_DOMAIN_PCI_MODEL_PCIE_ROOT
                             : VIR_DOC_DOMAIN_PCI_MODEL_PCI_ROOT;
        VIR_DOC_LIST_ADD(domain, controllers, root);
    }
}

/* Models of controllers that name none. */
static void
completeModels(virDocDomain *domain)
{
    for (size_t i = 0; i < domain->ncontrollers; i++) {
        virDocDomainController *controller = domain->controllers[i];

        if (controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_SCSI &&
            (!controller->scsiModel || controller->scsiModel == VIR_DOC_DOMAIN_SCSI_MODEL_AUTO))
            controller->scsiModel = VIR_DOC_DOMAIN_SCSI_MODEL_LSILOGIC;
        if (controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_USB && !controller->usbModel)
            controller->usbModel = VIR_DOC_DOMAIN_USB_MODEL_PIIX3_UHCI;
    }
}

static void
needInput(virDocDomain *domain, virDocDomainInputType type)
{
    virDocDomainInput *input;

    for (size_t i = 0; i < domain->ninputs; i++) {
        if (domain->inputs[i]->type == type &&
            domain->inputs[i]->bus == VIR_DOC_DOMAIN_INPUT_BUS_PS2)
            return;
    }
    input = virDocDomainInputNew();
    input->type = type;
    input->bus = VIR_DOC_DOMAIN_INPUT_BUS_PS2;
    VIR_DOC_LIST_ADD(domain, inputs, input);
}

static void
addInputs(virDocDomain *domain)
{
    if (domain->features && domain->features->ps2State == VIR_DOC_SWITCH_OFF)
        return;
    needInput(domain, VIR_DOC_DOMAIN_INPUT_TYPE_MOUSE);
    needInput(domain, VIR_DOC_DOMAIN_INPUT_TYPE_KEYBOARD);
}

/* Sound goes where the screen goes. */
static void
addAudio(virDocDomain *domain)
{
    virDocDomainAudio *audio;

    if (domain->naudios)
        return;
    audio = virDocDomainAudioNew();
    audio->hasId = true;
    audio->id = 1;
    audio->type = VIR_DOC_DOMAIN_AUDIO_TYPE_NONE;
    for (size_t i = 0; i < domain->ngraphics; i++) {
        if (domain->graphics[i]->type == VIR_DOC_DOMAIN_GRAPHICS_TYPE_SPICE)
            audio->type = VIR_DOC_DOMAIN_AUDIO_TYPE_SPICE;
        else if (domain->graphics[i]->type == VIR_DOC_DOMAIN_GRAPHICS_TYPE_SDL)
            audio->type = VIR_DOC_DOMAIN_AUDIO_TYPE_SDL;
    }
    VIR_DOC_LIST_ADD(domain, audios, audio);
}

static void
completeSerials(virDocDomain *domain)
{
    static const virDocDomainSerialModel models[VIR_DOC_DOMAIN_CHARACTER_TARGET_LAST] = {
        [VIR_DOC_DOMAIN_CHARACTER_TARGET_ISA_SERIAL] = VIR_DOC_DOMAIN_SERIAL_MODEL_ISA_SERIAL,
        [VIR_DOC_DOMAIN_CHARACTER_TARGET_USB_SERIAL] = VIR_DOC_DOMAIN_SERIAL_MODEL_USB_SERIAL,
        [VIR_DOC_DOMAIN_CHARACTER_TARGET_PCI_SERIAL] = VIR_DOC_DOMAIN_SERIAL_MODEL_PCI_SERIAL,
        [VIR_DOC_DOMAIN_CHARACTER_TARGET_ISA_DEBUG] = VIR_DOC_DOMAIN_SERIAL_MODEL_ISA_DEBUGCON,
    };

    for (size_t i = 0; i < domain->nserials; i++) {
        virDocDomainCharacter *serial = domain->serials[i];

        if (!serial->targetType)
            serial->targetType = VIR_DOC_DOMAIN_CHARACTER_TARGET_ISA_SERIAL;
        if (!serial->targetModelName)
            serial->targetModelName = models[serial->targetType];
    }
}

/* A processor that is there from the start, without a turn, cannot go. */
static void
completeProcessors(virDocDomain *domain)
{
    for (size_t i = 0; i < domain->nvcpuStates; i++) {
        virDocDomainVcpuState *state = domain->vcpuStates[i];

        if (!state->hotpluggable)
            state->hotpluggable = state->enabled == VIR_DOC_SWITCH_ON && !state->hasOrder
                                      ? VIR_DOC_SWITCH_OFF
                                      : VIR_DOC_SWITCH_ON;
    }
}

/* What QEMU can't do without, although the same guest could be something else elsewhere. */
static void
completeDevices(virDocDomain *domain)
{
    for (size_t i = 0; i < domain->ninterfaces; i++) {
        if (!domain->interfaces[i]->modelType &&
            domain->interfaces[i]->type != VIR_DOC_DOMAIN_INTERFACE_TYPE_HOSTDEV)
            domain->interfaces[i]->modelType = g_strdup("rtl8139");
    }
    for (size_t i = 0; i < domain->ndisks; i++) {
        virDocDomainDisk *disk = domain->disks[i];

        if (disk->storage.type == VIR_DOC_DOMAIN_STORAGE_TYPE_VHOSTUSER)
            continue;
        if (!disk->driverName)
            disk->driverName = g_strdup("qemu");
        if (!disk->driverType)
            disk->driverType = VIR_DOC_DOMAIN_STORAGE_FORMAT_RAW;
    }
    for (size_t i = 0; i < domain->nvideos; i++) {
        virDocDomainVideo *video = domain->videos[i];

        if (video->modelType != VIR_DOC_DOMAIN_VIDEO_MODEL_QXL || video->hasModelVgamem)
            continue;
        video->hasModelVgamem = true;
        video->modelVgamem = QXL_VGA_MEMORY;
    }
    if (domain->memballoon)
        return;
    domain->memballoon = virDocDomainMemballoonNew();
    domain->memballoon->model = VIR_DOC_DOMAIN_MEMBALLOON_MODEL_VIRTIO;
}

void
virConfDomainCompleteBoard(virDocDomain *domain, virDocContext *context)
{
    if (virConfDomainDriverOf(context)->usb && isPC(domain))
        addControllers(domain);
}

void
virConfDomainAddDefaults(virDocDomain *domain)
{
    completeProcessors(domain);
    completeDevices(domain);
    if (!isPC(domain))
        return;
    addControllers(domain);
    completeModels(domain);
    addInputs(domain);
    addAudio(domain);
    completeSerials(domain);
}

bool
virConfDomainPlaceDevices(virDocDomain *domain, const virConfDomainDriver *driver)
{
    /* Controllers of ports are PCI devices, and hubs are added before anything has a place. */
    if (!virConfDomainPlacePorts(domain, driver))
        return false;
    if (isPC(domain) &&
        (!virConfDomainPlaceUsb(domain, driver) || !virConfDomainPlacePci(domain, driver)))
        return false;
    virConfDomainSortControllers(domain);
    return true;
}
