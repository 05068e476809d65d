/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Places on the PCI bus, given once when a domain is defined, so that guests find devices again. */

#include <string.h>

#include <libvirt/virterror.h>

#include "conf/domain.h"
#include "conf/domain_machine.h"
#include "qemu_document.h"
#include "runtime/error.h"

#define BUSES 256
#define SLOTS 32
/* Of an old PC: what is on the board. */
#define BOARD_SLOT 1
#define VIDEO_SLOT 2
/* Of a newer one. */
#define Q35_VIDEO_SLOT 1
#define Q35_FIRST_PORT_SLOT 2
#define Q35_BOARD_SLOT 31
#define FUNCTIONS 8

typedef struct {
    virDocDomain *document;
    bool q35;
    guint8 used[BUSES][SLOTS];  /* a bit for each function */
    const char *clash;          /* the alias or kind of a device whose place is taken */
    bool full;
} Places;

/* Whether a controller hangs on the PCI bus and is not on the board. */
static bool
controllerNeedsPlace(const Places *places, const virDocDomainController *controller)
{
    switch (controller->type) {
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_SCSI:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_VIRTIO_SERIAL:
        return true;
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_USB:
        return controller->usbModel != VIR_DOC_DOMAIN_USB_MODEL_NONE;
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_SATA:
        return !places->q35 || controller->index > 0;
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI:
        return controller->pciModel == VIR_DOC_DOMAIN_PCI_MODEL_PCI_BRIDGE;
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_ABSENT:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_IDE:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_FDC:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_CCID:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_XENBUS:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_ISA:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_NVME:
    case VIR_DOC_DOMAIN_CONTROLLER_TYPE_LAST:
        return false;
    }
    return false;
}

/* Whether a device that says nothing of its place hangs on the PCI bus. */
static bool
needsPlace(const Places *places, const virConfDomainDevice *device)
{
    const char *kind = device->member->name;

    if (g_str_equal(kind, "controller"))
        return controllerNeedsPlace(places, device->data);
    if (g_str_equal(kind, "disk"))
        return ((virDocDomainDisk *) device->data)->targetBus == VIR_DOC_DOMAIN_DISK_BUS_VIRTIO;
    if (g_str_equal(kind, "memballoon"))
        return ((virDocDomainMemballoon *) device->data)->model !=
               VIR_DOC_DOMAIN_MEMBALLOON_MODEL_NONE;
    if (g_str_equal(kind, "watchdog"))
        return ((virDocDomainWatchdog *) device->data)->model ==
               VIR_DOC_DOMAIN_WATCHDOG_MODEL_I6300ESB;
    if (g_str_equal(kind, "input"))
        return ((virDocDomainInput *) device->data)->bus == VIR_DOC_DOMAIN_INPUT_BUS_VIRTIO;
    if (g_str_equal(kind, "sound")) {
        virDocDomainSoundModel model = ((virDocDomainSound *) device->data)->model;

        return model != VIR_DOC_DOMAIN_SOUND_MODEL_SB16 &&
               model != VIR_DOC_DOMAIN_SOUND_MODEL_PCSPK &&
               model != VIR_DOC_DOMAIN_SOUND_MODEL_USB;
    }
    if (g_str_equal(kind, "video"))
        return ((virDocDomainVideo *) device->data)->modelType !=
               VIR_DOC_DOMAIN_VIDEO_MODEL_NONE;
    return g_str_equal(kind, "interface") || g_str_equal(kind, "rng") ||
           g_str_equal(kind, "vsock") || g_str_equal(kind, "filesystem");
}

static virDocDomainAddress *
addressAt(unsigned int bus, unsigned int slot, unsigned int function)
{
    virDocDomainAddress *address = virDocDomainAddressNew();

    address->type = VIR_DOC_DOMAIN_ADDRESS_TYPE_PCI;
    address->hasDomain = address->hasPciBus = address->hasPciSlot = address->hasFunction = true;
    address->pciBus = bus;
    address->pciSlot = slot;
    address->function = function;
    return address;
}

/* Notes the place that a document gives a device. */
static bool
takeGiven(const virConfDomainDevice *device, void *opaque)
{
    Places *places = opaque;
    const virDocDomainAddress *address = device->info ? device->info->address : NULL;
    guint8 *slot;

    if (!address || address->type != VIR_DOC_DOMAIN_ADDRESS_TYPE_PCI || !address->hasPciSlot)
        return true;
    if (address->pciBus >= BUSES || address->pciSlot >= SLOTS || address->function >= FUNCTIONS) {
        places->clash = device->member->name;
        return false;
    }
    slot = &places->used[address->pciBus][address->pciSlot];
    if (*slot >> address->function & 1) {
        places->clash = device->member->name;
        return false;
    }
    *slot |= (guint8) (1 << address->function);
    return true;
}

static virDocDomainController *
findPort(const Places *places, unsigned int bus)
{
    for (size_t i = 0; i < places->document->ncontrollers; i++) {
        virDocDomainController *controller = places->document->controllers[i];

        if (controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI && controller->index == bus)
            return controller;
    }
    return NULL;
}

/* A root port for another device of a newer machine; its number, 0 when there is no room for one. */
static unsigned int
addPort(Places *places)
{
    virDocDomainController *port;
    unsigned int bus = 1;

    while (bus < BUSES && findPort(places, bus))
        bus++;
    if (bus == BUSES)
        return 0;
    for (unsigned int slot = Q35_FIRST_PORT_SLOT; slot < Q35_BOARD_SLOT; slot++) {
        for (unsigned int function = 0; function < FUNCTIONS; function++) {
            guint8 *used = &places->used[0][slot];

            /* A slot that holds something else is none for ports. */
            if (function == 0 ? *used != 0 : *used != (1 << function) - 1)
                continue;
            *used |= (guint8) (1 << function);
            port = virDocDomainControllerNew();
            port->type = VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI;
            port->pciModel = VIR_DOC_DOMAIN_PCI_MODEL_PCIE_ROOT_PORT;
            port->hasIndex = port->hasTargetChassis = port->hasTargetPort = true;
            port->index = port->targetChassis = bus;
            port->targetPort = slot << 3 | function;
            port->pciHardwareName = VIR_DOC_DOMAIN_PCI_HARDWARE_PCIE_ROOT_PORT;
            port->info.address = addressAt(0, slot, function);
            if (function == 0)
                port->info.address->multifunction = VIR_DOC_SWITCH_ON;
            VIR_DOC_LIST_ADD(places->document, controllers, port);
            return bus;
        }
    }
    return 0;
}

/* A free place; NULL when there is none. */
static virDocDomainAddress *
findPlace(Places *places)
{
    if (places->q35) {
        unsigned int bus;

        for (bus = 1; bus < BUSES; bus++) {
            const virDocDomainController *port = findPort(places, bus);

            if (port && port->pciModel == VIR_DOC_DOMAIN_PCI_MODEL_PCIE_ROOT_PORT &&
                !places->used[bus][0])
                break;
        }
        if (bus == BUSES)
            bus = addPort(places);
        if (!bus)
            return NULL;
        places->used[bus][0] = 1;
        return addressAt(bus, 0, 0);
    }
    for (unsigned int slot = VIDEO_SLOT; slot < SLOTS; slot++) {
        if (!places->used[0][slot]) {
            places->used[0][slot] = 1;
            return addressAt(0, slot, 0);
        }
    }
    return NULL;
}

/* The first screen has its own place when that is free. */
static void
placeVideo(Places *places)
{
    unsigned int slot = places->q35 ? Q35_VIDEO_SLOT : VIDEO_SLOT;
    virDocDomain *document = places->document;

    if (!document->nvideos || document->videos[0]->info.address || places->used[0][slot] ||
        document->videos[0]->modelType == VIR_DOC_DOMAIN_VIDEO_MODEL_NONE)
        return;
    places->used[0][slot] = 1;
    document->videos[0]->info.address = addressAt(0, slot, 0);
}

typedef struct {
    Places *places;
    const char *kind;           /* NULL: all that are left */
} Turn;

static bool
placeDevice(const virConfDomainDevice *device, void *opaque)
{
    const Turn *turn = opaque;
    virDocDomainAddress *address = device->info ? device->info->address : NULL;
    bool given = address && (address->type != VIR_DOC_DOMAIN_ADDRESS_TYPE_PCI ||
                             address->hasPciSlot);

    if (!device->info || given || !needsPlace(turn->places, device) ||
        (turn->kind && !g_str_equal(turn->kind, device->member->name)))
        return true;
    address = findPlace(turn->places);
    if (!address) {
        turn->places->full = true;
        return false;
    }
    g_clear_pointer(&device->info->address, virDocDomainAddressFree);
    device->info->address = address;
    return true;
}

/* What is on the board of an old PC. */
static void
placeBoard(Places *places)
{
    virDocDomain *document = places->document;

    for (size_t i = 0; i < document->ncontrollers; i++) {
        virDocDomainController *controller = document->controllers[i];
        bool ide = controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_IDE;
        bool usb = controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_USB &&
                   controller->usbModel == VIR_DOC_DOMAIN_USB_MODEL_PIIX3_UHCI;

        if (!controller->info.address && controller->index == 0 && (ide || usb) && !places->q35)
            controller->info.address = addressAt(0, BOARD_SLOT, ide ? 1 : 2);
        if (!controller->info.address && controller->index == 0 && places->q35 &&
            controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_SATA)
            controller->info.address = addressAt(0, Q35_BOARD_SLOT, 2);
    }
}

bool
qemuCompletePCI(virDocDomain *document)
{
    static const char *const order[] = {
        "filesystem", "interface", "sound", "controller", "disk", "memballoon", "rng", NULL,
    };
    g_autofree Places *places = g_new0(Places, 1);

    places->document = document;
    places->q35 = virConfDomainIsQ35(document);
    if (!places->q35 && !virConfDomainIsPC(document))
        return true;
    placeBoard(places);
    virConfDomainEachDevice(document, takeGiven, places);
    if (places->clash) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_XML_ERROR,
                      "the PCI address of a <%s> of domain '%s' is taken already or not possible",
                      places->clash, document->name);
        return false;
    }
    places->used[0][0] |= 1;
    places->used[0][places->q35 ? Q35_BOARD_SLOT : BOARD_SLOT] |= 1;
    placeVideo(places);
    for (size_t i = 0; i < G_N_ELEMENTS(order) && !places->full; i++) {
        Turn turn = { .places = places, .kind = order[i] };

        virConfDomainEachDevice(document, placeDevice, &turn);
    }
    if (places->full)
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_CONFIG_UNSUPPORTED,
                      "the PCI bus of domain '%s' has no place left", document->name);
    return !places->full;
}
