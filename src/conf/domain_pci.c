/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Places on the PCI buses of a machine, and the bridges and ports that the devices take. */

#include <string.h>

#include "conf/domain_machine.h"
#include "conf/domain_places_parts.h"
#include "conf/pci_map.h"
#include "runtime/error.h"

#define BUSES VIR_CONF_PCI_BUSES
/* What is on the board of an old PC, and of a newer one. */
#define PC_BOARD    1
#define PC_VIDEO    2
#define Q35_BOARD   31
#define Q35_VIDEO   1
#define Q35_SOUND   0x1b
/* Where a newer PC has its USB 2 controllers with their companions. */
static const unsigned int usbSlots[] = {0x1d, 0x1a};

/* What is known while places are given away. */
typedef struct {
    virDocDomain *domain;
    const virConfDomainDriver *driver;
    virConfPciMap map; /* while it grows, places are counted, not given */
    bool screen;       /* the first screen has its customary slot */
    bool failed;       /* an error was raised */
} Buses;

static bool
fail(Buses *buses, int code, const char *format, const char *what)
{
    g_autofree char *message = g_strdup_printf("domain '%s': %s", buses->domain->name, format);

    virErrorRaise(virConfDomainErrorOf(buses->driver), code, "%s '%s'", message, what);
    buses->failed = true;
    return false;
}

static virDocDomainAddress *
addressAt(virConfPciPlace place)
{
    virDocDomainAddress *address = virDocDomainAddressNew();

    address->type = VIR_DOC_DOMAIN_ADDRESS_TYPE_PCI;
    address->hasDomain = address->hasPciBus = address->hasPciSlot = address->hasFunction = true;
    address->pciBus = place.bus;
    address->pciSlot = place.slot;
    address->function = place.function;
    return address;
}

/* Whether a device has been told where it is, on whatever bus. */
static bool
isPlaced(const virDocDomainDeviceInfo *info)
{
    return info->address && (info->address->type != VIR_DOC_DOMAIN_ADDRESS_TYPE_PCI ||
                             info->address->hasPciSlot);
}

static void
give(virDocDomainDeviceInfo *info, virConfPciPlace place)
{
    g_clear_pointer(&info->address, virDocDomainAddressFree);
    info->address = addressAt(place);
}

/* --- what a document says ----------------------------------------------------------------- */

static bool
takeGiven(const virConfDomainDevice *device, void *opaque)
{
    Buses *buses = opaque;
    const virDocDomainAddress *address = device->info ? device->info->address : NULL;
    virConfPciPlug plug;
    virConfPciPlace place;

    if (!address || address->type != VIR_DOC_DOMAIN_ADDRESS_TYPE_PCI || !address->hasPciSlot)
        return true;
    place = (virConfPciPlace){(unsigned int)address->pciBus, (unsigned int)address->pciSlot,
                    (unsigned int)address->function};
    if (place.bus >= BUSES || place.slot >= VIR_CONF_PCI_SLOTS ||
        place.function >= VIR_CONF_PCI_FUNCTIONS)
        return fail(buses, VIR_ERR_XML_ERROR, "there is no such PCI address for",
                    device->member->name);
    plug = virConfDomainPciPlug(buses->domain, device);
    if (buses->map.grows)
        virConfPciMapGrowTo(&buses->map, place.bus, plug);
    if (!buses->map.models[place.bus])
        return fail(buses, VIR_ERR_XML_ERROR, "there is no PCI bus for", device->member->name);
    if (buses->map.used[place.bus][place.slot] >> place.function & 1)
        return fail(buses, VIR_ERR_XML_ERROR, "the PCI address is taken already of",
                    device->member->name);
    virConfPciMapTake(&buses->map, place, plug);
    return true;
}

/* The buses that the controllers of a document are. */
static void
noteBuses(Buses *buses)
{
    unsigned int last = 0;

    for (size_t i = 0; i < buses->domain->ncontrollers; i++) {
        const virDocDomainController *controller = buses->domain->controllers[i];

        if (controller->type != VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI)
            continue;
        if (controller->index >= BUSES) {
            fail(buses, VIR_ERR_XML_ERROR, "a machine has at most 256 PCI buses, without",
                 virDocDomainPciModelToString(controller->pciModel));
            return;
        }
        buses->map.models[controller->index] = controller->pciModel;
        last = MAX(last, controller->index);
    }
    /* Numbers that are left out are buses too. */
    if (buses->map.grows)
        virConfPciMapGrowTo(&buses->map, last, VIR_CONF_PCI_NOWHERE);
}

/* Places that are fixed by the board; the devices say so in the document. */
static void
placeBoard(virDocDomain *domain)
{
    bool q35 = virConfDomainIsQ35(domain);

    for (size_t i = 0; i < domain->ncontrollers && !virConfDomainIsPseries(domain); i++) {
        virDocDomainController *controller = domain->controllers[i];
        bool ide = controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_IDE;
        bool usb = controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_USB &&
                   controller->usbModel == VIR_DOC_DOMAIN_USB_MODEL_PIIX3_UHCI;
        bool sata = controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_SATA;

        if (isPlaced(&controller->info) || controller->index > 0)
            continue;
        if (!q35 && (ide || usb))
            give(&controller->info, (virConfPciPlace){0, PC_BOARD, ide ? 1 : 2});
        else if (q35 && sata)
            give(&controller->info, (virConfPciPlace){0, Q35_BOARD, 2});
    }
}

/* Slots of the board, whatever is in them. */
static void
reserveBoard(Buses *buses)
{
    buses->map.used[0][0] |= 1;
    if (buses->map.roots)
        return;
    buses->map.used[0][buses->map.q35 ? Q35_BOARD : PC_BOARD] |= 1;
}

/* A device whose slot is customary has it when it is free. */
static bool
placeAt(Buses *buses, virDocDomainDeviceInfo *info, unsigned int slot)
{
    const virConfPciPlace place = {0, slot, 0};

    if (isPlaced(info) || buses->map.used[0][slot])
        return false;
    virConfPciMapTake(&buses->map, place, VIR_CONF_PCI_OLD);
    if (!buses->map.grows)
        give(info, place);
    return true;
}

/* What serves the whole bus at the root is on it, and behind no port. */
static bool
placeOnRoot(Buses *buses, virDocDomainDeviceInfo *info)
{
    for (unsigned int slot = 1; slot < VIR_CONF_PCI_SLOTS; slot++) {
        if (placeAt(buses, info, slot))
            return true;
    }
    return fail(buses, VIR_ERR_XML_ERROR, "no more slots at the root for", "iommu");
}

/* The first screen comes before everything else. */
static void
placeScreen(Buses *buses)
{
    virDocDomain *domain = buses->domain;
    virDocDomainVideoModel model;

    if (!domain->nvideos || buses->map.roots)
        return;
    model = domain->videos[0]->modelType;
    buses->screen = model != VIR_DOC_DOMAIN_VIDEO_MODEL_NONE &&
                    model != VIR_DOC_DOMAIN_VIDEO_MODEL_RAMFB &&
                    placeAt(buses, &domain->videos[0]->info, buses->map.q35 ? Q35_VIDEO : PC_VIDEO);
}

/* --- companions of USB 2 ------------------------------------------------------------------ */

/* The function of a controller that shares a slot with its companions; -1 for others. */
static int
companionFunction(virDocDomainUsbModel model)
{
    switch (model) {
    case VIR_DOC_DOMAIN_USB_MODEL_ICH9_EHCI1:
        return 7;
    case VIR_DOC_DOMAIN_USB_MODEL_ICH9_UHCI1:
        return 0;
    case VIR_DOC_DOMAIN_USB_MODEL_ICH9_UHCI2:
        return 1;
    case VIR_DOC_DOMAIN_USB_MODEL_ICH9_UHCI3:
        return 2;
    default:
        return -1;
    }
}

/* The slot that one of the family has already; false when none has. */
static bool
familySlot(const Buses *buses, const virDocDomainController *controller,
           GHashTable *families, virConfPciPlace *place)
{
    const virConfPciPlace *known =
        g_hash_table_lookup(families, GUINT_TO_POINTER(controller->index));

    if (known) {
        *place = *known;
        return true;
    }
    for (size_t i = 0; i < buses->domain->ncontrollers; i++) {
        const virDocDomainController *other = buses->domain->controllers[i];

        if (other->type != controller->type || other->index != controller->index ||
            companionFunction(other->usbModel) < 0 || !isPlaced(&other->info))
            continue;
        *place = (virConfPciPlace){(unsigned int)other->info.address->pciBus,
                         (unsigned int)other->info.address->pciSlot, 0};
        return true;
    }
    return false;
}

static bool
placeCompanion(Buses *buses, virDocDomainController *controller, GHashTable *families)
{
    unsigned int function = (unsigned int)companionFunction(controller->usbModel);
    bool known;
    virConfPciPlace place;

    known = familySlot(buses, controller, families, &place);
    for (size_t i = 0; i < G_N_ELEMENTS(usbSlots) && buses->map.q35 && !known; i++) {
        if (buses->map.used[0][usbSlots[i]])
            continue;
        place = (virConfPciPlace){0, usbSlots[i], 0};
        known = true;
    }
    if (!known && !virConfPciMapFind(&buses->map, VIR_CONF_PCI_OLD, &place))
        return fail(buses, VIR_ERR_XML_ERROR, "no more PCI slots for", "controller");
    if (!known)
        buses->map.used[place.bus][place.slot] = 0;
    place.function = function;
    virConfPciMapTake(&buses->map, place, VIR_CONF_PCI_OLD);
    g_hash_table_insert(families, GUINT_TO_POINTER(controller->index),
                        g_memdup2(&place, sizeof(place)));
    if (buses->map.grows)
        return true;
    give(&controller->info, place);
    if (function == 0)
        controller->info.address->multifunction = VIR_DOC_SWITCH_ON;
    return true;
}

/* --- all devices -------------------------------------------------------------------------- */

typedef struct {
    Buses *buses;
    const char *kind;
    GHashTable *families; /* index of a USB controller -> virConfPciPlace of its companions */
} Turn;

static bool
placeDevice(const virConfDomainDevice *device, void *opaque)
{
    const Turn *turn = opaque;
    Buses *buses = turn->buses;
    const virDocDomainController *controller = device->data;
    bool isController = device->member->record == &virDocDomainControllerRecord;
    virConfPciPlug plug;
    virConfPciPlace place;

    if (!device->info || isPlaced(device->info) || strcmp(turn->kind, device->member->name))
        return true;
    plug = virConfDomainPciPlug(buses->domain, device);
    if (!plug || (isController && controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI))
        return true;
    if (isController && controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_USB &&
        companionFunction(controller->usbModel) >= 0)
        return placeCompanion(buses, device->data, turn->families);
    if (buses->map.q35 && device->member->record == &virDocDomainSoundRecord &&
        ((const virDocDomainSound *)device->data)->model == VIR_DOC_DOMAIN_SOUND_MODEL_ICH9 &&
        placeAt(buses, device->info, Q35_SOUND))
        return true;
    if (device->member->record == &virDocDomainIommuRecord)
        return placeOnRoot(buses, device->info);
    /* The first screen has its slot, as long as places are only counted. */
    if (buses->map.grows && buses->screen && device->index == 0 &&
        device->member->record == &virDocDomainVideoRecord)
        return true;
    if (!virConfPciMapFind(&buses->map, plug, &place))
        return fail(buses, VIR_ERR_XML_ERROR, "no more PCI slots for", device->member->name);
    if (!buses->map.grows)
        give(device->info, place);
    return true;
}

static void
placeAll(Buses *buses)
{
    static const char *const order[] = {
        "filesystem", "interface", "sound", "controller", "disk",  "hostdev", "memballoon",
        "rng",        "watchdog",  "video", "shmem",      "input", "serial",  "vsock",
        "memory",     "iommu",     "crypto", "pstore",
    };
    g_autoptr(GHashTable) families = g_hash_table_new_full(NULL, NULL, NULL, g_free);

    for (size_t i = 0; i < G_N_ELEMENTS(order) && !buses->failed; i++) {
        Turn turn = {.buses = buses, .kind = order[i], .families = families};

        virConfDomainEachDevice(buses->domain, placeDevice, &turn);
    }
}

/* --- controllers that are buses ----------------------------------------------------------- */

static virDocDomainController *
controllerOf(const virDocDomain *domain, unsigned int bus)
{
    return virConfDomainFindController(domain, VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI, bus);
}

/* Which of the machine's buses a document does not have yet. */
static void
addControllers(Buses *counted)
{
    for (unsigned int bus = 1; bus < BUSES; bus++) {
        virDocDomainController *controller;

        if (!counted->map.models[bus] || controllerOf(counted->domain, bus))
            continue;
        controller = virDocDomainControllerNew();
        controller->type = VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI;
        controller->pciModel = counted->map.models[bus];
        controller->hasIndex = true;
        controller->index = bus;
        VIR_DOC_LIST_ADD(counted->domain, controllers, controller);
    }
}

/* What tells one bus from another in the guest. */
static void
describeBus(const virDocDomain *domain, virDocDomainController *controller)
{
    const virConfPciBus *kind = virConfPciBusOf(controller->pciModel);
    const virDocDomainAddress *address = controller->info.address;

    if (!controller->pciHardwareName)
        controller->pciHardwareName = kind->hardware;
    switch (controller->pciModel) {
    case VIR_DOC_DOMAIN_PCI_MODEL_PCI_ROOT:
        if (!virConfDomainIsPseries(domain))
            break;
        controller->pciHardwareName = VIR_DOC_DOMAIN_PCI_HARDWARE_SPAPR_PCI_HOST_BRIDGE;
        if (!controller->hasTargetIndex)
            controller->targetIndex = controller->index;
        controller->hasTargetIndex = true;
        break;
    case VIR_DOC_DOMAIN_PCI_MODEL_PCI_BRIDGE:
        if (!controller->hasTargetChassisNr)
            controller->targetChassisNr = controller->index;
        controller->hasTargetChassisNr = true;
        break;
    case VIR_DOC_DOMAIN_PCI_MODEL_PCIE_ROOT_PORT:
    case VIR_DOC_DOMAIN_PCI_MODEL_PCIE_SWITCH_DOWNSTREAM_PORT:
        if (!controller->hasTargetChassis)
            controller->targetChassis = controller->index;
        if (!controller->hasTargetPort && address)
            controller->targetPort = address->pciSlot << 3 | address->function;
        controller->hasTargetChassis = controller->hasTargetPort = true;
        break;
    default:
        break;
    }
}

static bool
placeBus(Buses *buses, virDocDomainController *controller)
{
    const virConfPciBus *kind = virConfPciBusOf(controller->pciModel);
    virConfPciPlace place;

    if (!kind->plug || isPlaced(&controller->info))
        return true;
    if (kind->preferred && placeAt(buses, &controller->info, kind->preferred))
        return true;
    if (!virConfPciMapFind(&buses->map, kind->plug, &place))
        return fail(buses, VIR_ERR_XML_ERROR, "no PCI bus takes the controller",
                    virDocDomainPciModelToString(controller->pciModel));
    if (place.bus >= controller->index && controller->index)
        return fail(buses, VIR_ERR_CONFIG_UNSUPPORTED,
                    "a bus must have a smaller number than what hangs on it:",
                    virDocDomainPciModelToString(controller->pciModel));
    if (!buses->map.grows)
        give(&controller->info, place);
    return true;
}

/* Ports that share a slot are functions of one device, and the first says so. */
static void
markShared(const Buses *buses)
{
    for (size_t i = 0; i < buses->domain->ncontrollers; i++) {
        virDocDomainAddress *address = buses->domain->controllers[i]->info.address;

        if (!address || address->type != VIR_DOC_DOMAIN_ADDRESS_TYPE_PCI || address->function ||
            address->multifunction || address->pciBus >= BUSES ||
            address->pciSlot >= VIR_CONF_PCI_SLOTS ||
            !buses->map.ports[address->pciBus][address->pciSlot])
            continue;
        if (buses->map.used[address->pciBus][address->pciSlot] & ~1U)
            address->multifunction = VIR_DOC_SWITCH_ON;
    }
}

/* Those of the document come before those that were added. */
static void
placeBuses(Buses *buses)
{
    for (size_t i = 0; i < buses->domain->ncontrollers && !buses->failed; i++) {
        virDocDomainController *controller = buses->domain->controllers[i];

        if (controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI && controller->index > 0)
            placeBus(buses, controller);
    }
}

/* The machine with all that is in it before devices are plugged in. */
static Buses *
newBuses(virDocDomain *domain, const virConfDomainDriver *driver, bool grows)
{
    Buses *buses = g_new0(Buses, 1);

    buses->domain = domain;
    buses->driver = driver;
    buses->map.q35 = virConfDomainIsQ35(domain);
    buses->map.roots = virConfDomainIsPseries(domain);
    buses->map.grows = grows;
    noteBuses(buses);
    if (buses->failed)
        return buses;
    reserveBoard(buses);
    virConfDomainEachDevice(domain, takeGiven, buses);
    if (buses->failed)
        return buses;
    placeScreen(buses);
    placeBuses(buses);
    return buses;
}

/* Whether a document says itself which buses there are. */
static bool
tellsBuses(const virDocDomain *domain)
{
    for (size_t i = 0; i < domain->ncontrollers; i++) {
        if (domain->controllers[i]->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI &&
            domain->controllers[i]->index > 0)
            return true;
    }
    return false;
}

static bool
checkRoot(const virDocDomain *domain, const virConfDomainDriver *driver)
{
    virDocDomainPciModel wanted = virConfDomainIsQ35(domain) ? VIR_DOC_DOMAIN_PCI_MODEL_PCIE_ROOT
                                                             : VIR_DOC_DOMAIN_PCI_MODEL_PCI_ROOT;
    const virDocDomainController *root = controllerOf(domain, 0);

    if (!root || root->pciModel == wanted)
        return true;
    virErrorRaise(virConfDomainErrorOf(driver), VIR_ERR_XML_ERROR,
                  "domain '%s': PCI controller 0 of this machine is a %s, not a '%s'", domain->name,
                  virDocDomainPciModelToString(wanted),
                  virDocDomainPciModelToString(root->pciModel));
    return false;
}

bool
virConfDomainPlacePci(virDocDomain *domain, const virConfDomainDriver *driver)
{
    g_autofree Buses *counted = NULL;
    g_autofree Buses *buses = NULL;
    virConfPciPlace spare;

    if (!checkRoot(domain, driver))
        return false;
    placeBoard(domain);
    counted = newBuses(domain, driver, /* grows= */ true);
    if (!counted->failed)
        placeAll(counted);
    if (counted->failed)
        return false;
    /* Room for one more device, so that one can be plugged in while the guest runs. */
    if (!tellsBuses(domain))
        virConfPciMapFind(&counted->map,
                          counted->map.q35 ? VIR_CONF_PCI_EXPRESS : VIR_CONF_PCI_OLD, &spare);
    addControllers(counted);
    buses = newBuses(domain, driver, /* grows= */ false);
    if (!buses->failed)
        placeAll(buses);
    for (size_t i = 0; i < domain->ncontrollers; i++) {
        if (domain->controllers[i]->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI)
            describeBus(domain, domain->controllers[i]);
    }
    markShared(buses);
    return !buses->failed;
}
