/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices that a machine has although nobody asked for them, and the order in which places are given. */

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

/* What a kind of machine has, and what its devices are when they do not say. */
typedef struct {
    virDocDomainPciModel root;
    virDocDomainUsbModel usb;     /* on the board; ABSENT: there is none */
    virDocDomainUsbModel anyUsb;  /* of controllers that name none */
    virDocDomainScsiModel scsi;
    virDocDomainCharacterTarget serial;
    virDocDomainPanicModel panic; /* on the board */
    bool sata;                    /* on the board */
    bool ps2;                     /* the same; others have a keyboard where there is a screen */
} Board;

static const Board pc = {
    .root = VIR_DOC_DOMAIN_PCI_MODEL_PCI_ROOT,
    .usb = VIR_DOC_DOMAIN_USB_MODEL_PIIX3_UHCI,
    .anyUsb = VIR_DOC_DOMAIN_USB_MODEL_PIIX3_UHCI,
    .scsi = VIR_DOC_DOMAIN_SCSI_MODEL_LSILOGIC,
    .serial = VIR_DOC_DOMAIN_CHARACTER_TARGET_ISA_SERIAL,
    .ps2 = true,
};
static const Board q35 = {
    .root = VIR_DOC_DOMAIN_PCI_MODEL_PCIE_ROOT,
    .usb = VIR_DOC_DOMAIN_USB_MODEL_QEMU_XHCI,
    .anyUsb = VIR_DOC_DOMAIN_USB_MODEL_PIIX3_UHCI,
    .scsi = VIR_DOC_DOMAIN_SCSI_MODEL_LSILOGIC,
    .serial = VIR_DOC_DOMAIN_CHARACTER_TARGET_ISA_SERIAL,
    .sata = true,
    .ps2 = true,
};
static const Board pseries = {
    .root = VIR_DOC_DOMAIN_PCI_MODEL_PCI_ROOT,
    .usb = VIR_DOC_DOMAIN_USB_MODEL_QEMU_XHCI,
    .anyUsb = VIR_DOC_DOMAIN_USB_MODEL_QEMU_XHCI,
    .scsi = VIR_DOC_DOMAIN_SCSI_MODEL_IBMVSCSI,
    .serial = VIR_DOC_DOMAIN_CHARACTER_TARGET_SPAPR_VIO_SERIAL,
    .panic = VIR_DOC_DOMAIN_PANIC_MODEL_PSERIES,
};
static const Board s390 = {
    .root = VIR_DOC_DOMAIN_PCI_MODEL_PCI_ROOT,
    .scsi = VIR_DOC_DOMAIN_SCSI_MODEL_VIRTIO_SCSI,
    .serial = VIR_DOC_DOMAIN_CHARACTER_TARGET_SCLP_SERIAL,
    .panic = VIR_DOC_DOMAIN_PANIC_MODEL_S390,
};

/* NULL of machines that nothing is known of; QEMU's usual one for x86 is a PC. */
static const Board *
boardOf(const virDocDomain *domain)
{
    const virDocDomainOsType *type = domain->os ? domain->os->type : NULL;

    if (!type)
        return NULL;
    if (virConfDomainIsQ35(domain))
        return &q35;
    if (virConfDomainIsPC(domain))
        return &pc;
    if (virConfDomainIsPseries(domain))
        return &pseries;
    if (virConfDomainIsS390(domain))
        return &s390;
    return !type->machine && (!g_strcmp0(type->arch, "x86_64") || !g_strcmp0(type->arch, "i686"))
               ? &pc
               : NULL;
}

/* What a machine has on its board. */
static void
addControllers(virDocDomain *domain, const Board *board)
{
    bool told = findController(domain, VIR_DOC_DOMAIN_CONTROLLER_TYPE_USB) != NULL;
    virDocDomainController *root;

    if (board->usb && !told)
        needController(domain, VIR_DOC_DOMAIN_CONTROLLER_TYPE_USB)->usbModel = board->usb;
    root = virConfDomainFindController(domain, VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI, /* index= */ 0);
    if (board->sata)
        needController(domain, VIR_DOC_DOMAIN_CONTROLLER_TYPE_SATA);
    if (!root) {
        root = virDocDomainControllerNew();
        root->type = VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI;
        root->hasIndex = true;
        root->pciModel = board->root;
        VIR_DOC_LIST_ADD(domain, controllers, root);
    }
}

/* Models of controllers that name none. */
static void
completeModels(virDocDomain *domain, const Board *board)
{
    for (size_t i = 0; i < domain->ncontrollers; i++) {
        virDocDomainController *controller = domain->controllers[i];

        if (controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_SCSI &&
            (!controller->scsiModel || controller->scsiModel == VIR_DOC_DOMAIN_SCSI_MODEL_AUTO))
            controller->scsiModel = board->scsi;
        if (controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_USB && !controller->usbModel)
            controller->usbModel = board->anyUsb;
    }
}

static void
addPanic(virDocDomain *domain, const Board *board)
{
    virDocDomainPanic *panic;

    if (!board->panic)
        return;
    for (size_t i = 0; i < domain->npanics; i++) {
        if (!domain->panics[i]->model)
            domain->panics[i]->model = board->panic;
    }
    if (domain->npanics)
        return;
    panic = virDocDomainPanicNew();
    panic->model = board->panic;
    VIR_DOC_LIST_ADD(domain, panics, panic);
}

static void
needInput(virDocDomain *domain, virDocDomainInputType type, virDocDomainInputBus bus)
{
    virDocDomainInput *input;

    for (size_t i = 0; i < domain->ninputs; i++) {
        if (domain->inputs[i]->type == type && domain->inputs[i]->bus == bus)
            return;
    }
    input = virDocDomainInputNew();
    input->type = type;
    input->bus = bus;
    VIR_DOC_LIST_ADD(domain, inputs, input);
}

static void
addInputs(virDocDomain *domain, const Board *board)
{
    if (domain->features && domain->features->ps2State == VIR_DOC_SWITCH_OFF)
        return;
    if (board->ps2) {
        needInput(domain, VIR_DOC_DOMAIN_INPUT_TYPE_MOUSE, VIR_DOC_DOMAIN_INPUT_BUS_PS2);
        needInput(domain, VIR_DOC_DOMAIN_INPUT_TYPE_KEYBOARD, VIR_DOC_DOMAIN_INPUT_BUS_PS2);
    } else if (board->usb && domain->ngraphics) {
        needInput(domain, VIR_DOC_DOMAIN_INPUT_TYPE_KEYBOARD, VIR_DOC_DOMAIN_INPUT_BUS_USB);
        needInput(domain, VIR_DOC_DOMAIN_INPUT_TYPE_MOUSE, VIR_DOC_DOMAIN_INPUT_BUS_USB);
    }
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
completeSerials(virDocDomain *domain, const Board *board)
{
    static const virDocDomainSerialModel models[VIR_DOC_DOMAIN_CHARACTER_TARGET_LAST] = {
        [VIR_DOC_DOMAIN_CHARACTER_TARGET_ISA_SERIAL] = VIR_DOC_DOMAIN_SERIAL_MODEL_ISA_SERIAL,
        [VIR_DOC_DOMAIN_CHARACTER_TARGET_USB_SERIAL] = VIR_DOC_DOMAIN_SERIAL_MODEL_USB_SERIAL,
        [VIR_DOC_DOMAIN_CHARACTER_TARGET_PCI_SERIAL] = VIR_DOC_DOMAIN_SERIAL_MODEL_PCI_SERIAL,
        [VIR_DOC_DOMAIN_CHARACTER_TARGET_ISA_DEBUG] = VIR_DOC_DOMAIN_SERIAL_MODEL_ISA_DEBUGCON,
        [VIR_DOC_DOMAIN_CHARACTER_TARGET_SPAPR_VIO_SERIAL] = VIR_DOC_DOMAIN_SERIAL_MODEL_SPAPR_VTY,
        [VIR_DOC_DOMAIN_CHARACTER_TARGET_SCLP_SERIAL] = VIR_DOC_DOMAIN_SERIAL_MODEL_SCLPCONSOLE,
    };

    for (size_t i = 0; i < domain->nserials; i++) {
        virDocDomainCharacter *serial = domain->serials[i];

        if (!serial->targetType)
            serial->targetType = board->serial;
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
completeDevices(virDocDomain *domain, const Board *board)
{
    const char *model = board && !board->ps2 ? "virtio" : "rtl8139";

    for (size_t i = 0; i < domain->ninterfaces; i++) {
        if (!domain->interfaces[i]->modelType &&
            domain->interfaces[i]->type != VIR_DOC_DOMAIN_INTERFACE_TYPE_HOSTDEV)
            domain->interfaces[i]->modelType = g_strdup(model);
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
    const Board *board = boardOf(domain);

    if (virConfDomainDriverOf(context)->usb && board)
        addControllers(domain, board);
}

void
virConfDomainAddDefaults(virDocDomain *domain)
{
    const Board *board = boardOf(domain);

    completeProcessors(domain);
    completeDevices(domain, board);
    if (!board)
        return;
    addControllers(domain, board);
    completeModels(domain, board);
    addInputs(domain, board);
    addAudio(domain);
    addPanic(domain, board);
    completeSerials(domain, board);
}

bool
virConfDomainPlaceDevices(virDocDomain *domain, const virConfDomainDriver *driver)
{
    const Board *board = boardOf(domain);

    /* Controllers of ports are PCI devices, and hubs are added before anything has a place. */
    if (!virConfDomainPlacePorts(domain, driver))
        return false;
    if (board == &pseries && !virConfDomainPlaceVio(domain, driver))
        return false;
    if (board == &s390 && !virConfDomainPlaceCcw(domain, driver))
        return false;
    if (board && board->usb &&
        (!virConfDomainPlaceUsb(domain, driver) || !virConfDomainPlacePci(domain, driver)))
        return false;
    virConfDomainSortControllers(domain);
    return true;
}
