/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Places on the PCI buses of a machine, and the bridges and ports that the devices take. */

#include <string.h>

#include "conf/domain_machine.h"
#include "conf/domain_places_parts.h"
#include "runtime/error.h"

#define BUSES 256
/* What is on the board of an old PC, and of a newer one. */
#define PC_BOARD    1
#define PC_VIDEO    2
#define Q35_BOARD   31
#define Q35_VIDEO   1
#define Q35_SOUND   0x1b
/* Where a newer PC has its USB 2 controllers with their companions. */
static const unsigned int usbSlots[] = {0x1d, 0x1a};

/* What is known of the buses while places are given away. */
typedef struct {
    virDocDomain *domain;
    const virConfDomainDriver *driver;
    bool q35;
    bool grows;                               /* buses may be added: places are counted, not given */
    virDocDomainPciModel models[BUSES];       /* ABSENT: there is no such bus */
    guint8 used[BUSES][VIR_CONF_PCI_SLOTS];   /* a bit for each function */
    guint8 ports[BUSES][VIR_CONF_PCI_SLOTS];  /* the slot holds root ports only */
    bool screen;                              /* the first screen has its customary slot */
    bool failed;                              /* an error was raised */
} Buses;

typedef struct {
    unsigned int bus, slot, function;
} Place;

static bool
fail(Buses *buses, int code, const char *format, const char *what)
{
    g_autofree char *message = g_strdup_printf("domain '%s': %s", buses->domain->name, format);

    virErrorRaise(virConfDomainErrorOf(buses->driver), code, "%s '%s'", message, what);
    buses->failed = true;
    return false;
}

static virDocDomainAddress *
addressAt(Place place)
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
give(virDocDomainDeviceInfo *info, Place place)
{
    g_clear_pointer(&info->address, virDocDomainAddressFree);
    info->address = addressAt(place);
}

/* --- growing ----------------------------------------------------------------------------------- */

static unsigned int
addBus(Buses *buses, virDocDomainPciModel model)
{
    for (unsigned int bus = 1; bus < BUSES; bus++) {
        if (buses->models[bus])
            continue;
        buses->models[bus] = model;
        return bus;
    }
    return 0;
}

/* A root port with a bridge to the old bus behind it. */
static unsigned int
addOldBus(Buses *buses)
{
    unsigned int port = addBus(buses, VIR_DOC_DOMAIN_PCI_MODEL_PCIE_ROOT_PORT);

    if (!port)
        return 0;
    buses->used[port][0] = 1;
    return addBus(buses, VIR_DOC_DOMAIN_PCI_MODEL_PCIE_TO_PCI_BRIDGE);
}

/* One more bus on which something finds a place; 0 when there cannot be one. */
static unsigned int
grow(Buses *buses, virConfPciPlug plug)
{
    if (!buses->grows)
        return 0;
    if (!buses->q35)
        return plug & (VIR_CONF_PCI_OLD | VIR_CONF_PCI_BRIDGE)
                   ? addBus(buses, VIR_DOC_DOMAIN_PCI_MODEL_PCI_BRIDGE)
                   : 0;
    if (plug & (VIR_CONF_PCI_OLD | VIR_CONF_PCI_BRIDGE))
        return addOldBus(buses);
    if (plug & (VIR_CONF_PCI_EXPRESS | VIR_CONF_PCI_UPSTREAM | VIR_CONF_PCI_TO_OLD))
        return addBus(buses, VIR_DOC_DOMAIN_PCI_MODEL_PCIE_ROOT_PORT);
    return 0;
}

/* Buses up to one that a document names, with what is needed on the way. */
static void
growTo(Buses *buses, unsigned int last, virConfPciPlug plug)
{
    bool told = buses->models[last];

    for (unsigned int bus = 1; bus <= last; bus++) {
        if (buses->models[bus])
            continue;
        if (!buses->q35)
            buses->models[bus] = VIR_DOC_DOMAIN_PCI_MODEL_PCI_BRIDGE;
        else if (bus == last && plug & VIR_CONF_PCI_OLD)
            buses->models[bus] = VIR_DOC_DOMAIN_PCI_MODEL_PCIE_TO_PCI_BRIDGE;
        else
            buses->models[bus] = VIR_DOC_DOMAIN_PCI_MODEL_PCIE_ROOT_PORT;
    }
    /* The bridge itself hangs on a port. */
    if (!told && buses->q35 && plug & VIR_CONF_PCI_OLD && last > 1 && !buses->used[last - 1][0] &&
        buses->models[last - 1] == VIR_DOC_DOMAIN_PCI_MODEL_PCIE_ROOT_PORT)
        buses->used[last - 1][0] = 1;
}

/* --- finding ----------------------------------------------------------------------------------- */

/* The next function of a slot that holds ports; -1 when it holds something else, or is full. */
static int
portFunction(const Buses *buses, unsigned int bus, unsigned int slot)
{
    guint8 used = buses->used[bus][slot];

    if (used && !buses->ports[bus][slot])
        return -1;
    for (int function = 0; function < VIR_CONF_PCI_FUNCTIONS; function++) {
        if (!(used >> function & 1))
            return function;
    }
    return -1;
}

static bool
findOn(const Buses *buses, unsigned int bus, virConfPciPlug plug, Place *place)
{
    const virConfPciBus *kind = virConfPciBusOf(buses->models[bus]);

    if (!buses->models[bus] || !(kind->accepts & plug))
        return false;
    for (unsigned int slot = kind->first; slot <= kind->last; slot++) {
        int function = plug & VIR_CONF_PCI_ROOT_PORT ? portFunction(buses, bus, slot)
                       : buses->used[bus][slot]      ? -1
                                                     : 0;

        if (function < 0)
            continue;
        *place = (Place){bus, slot, (unsigned int)function};
        return true;
    }
    return false;
}

static void
take(Buses *buses, Place place, virConfPciPlug plug)
{
    if (!buses->used[place.bus][place.slot])
        buses->ports[place.bus][place.slot] = plug == VIR_CONF_PCI_ROOT_PORT;
    buses->used[place.bus][place.slot] |= (guint8)(1 << place.function);
}

/* A free place, which is taken; false when there is none. */
static bool
find(Buses *buses, virConfPciPlug plug, Place *place)
{
    unsigned int added;

    for (unsigned int bus = 0; bus < BUSES; bus++) {
        if (!findOn(buses, bus, plug, place))
            continue;
        take(buses, *place, plug);
        return true;
    }
    added = grow(buses, plug);
    if (!added || !findOn(buses, added, plug, place))
        return false;
    take(buses, *place, plug);
    return true;
}

/* --- what a document says ------------------------------------------------------------------------ */

static bool
takeGiven(const virConfDomainDevice *device, void *opaque)
{
    Buses *buses = opaque;
    const virDocDomainAddress *address = device->info ? device->info->address : NULL;
    virConfPciPlug plug;
    Place place;

    if (!address || address->type != VIR_DOC_DOMAIN_ADDRESS_TYPE_PCI || !address->hasPciSlot)
        return true;
    place = (Place){(unsigned int)address->pciBus, (unsigned int)address->pciSlot,
                    (unsigned int)address->function};
    if (place.bus >= BUSES || place.slot >= VIR_CONF_PCI_SLOTS ||
        place.function >= VIR_CONF_PCI_FUNCTIONS)
        return fail(buses, VIR_ERR_XML_ERROR, "there is no such PCI address for", device->member->name);
    plug = virConfDomainPciPlug(buses->domain, device);
    if (buses->grows)
        growTo(buses, place.bus, plug);
    if (!buses->models[place.bus])
        return fail(buses, VIR_ERR_XML_ERROR, "there is no PCI bus for", device->member->name);
    if (buses->used[place.bus][place.slot] >> place.function & 1)
        return fail(buses, VIR_ERR_XML_ERROR, "the PCI address is taken already of",
                    device->member->name);
    take(buses, place, plug);
    return true;
}

/* The buses that the controllers of a document are. */
static void
noteBuses(Buses *buses)
{
    for (size_t i = 0; i < buses->domain->ncontrollers; i++) {
        const virDocDomainController *controller = buses->domain->controllers[i];

        if (controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI && controller->index < BUSES)
            buses->models[controller->index] = controller->pciModel;
    }
}

/* Places that are fixed by the board; the devices say so in the document. */
static void
placeBoard(virDocDomain *domain)
{
    bool q35 = virConfDomainIsQ35(domain);

    for (size_t i = 0; i < domain->ncontrollers; i++) {
        virDocDomainController *controller = domain->controllers[i];
        bool ide = controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_IDE;
        bool usb = controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_USB &&
                   controller->usbModel == VIR_DOC_DOMAIN_USB_MODEL_PIIX3_UHCI;
        bool sata = controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_SATA;

        if (isPlaced(&controller->info) || controller->index > 0)
            continue;
        if (!q35 && (ide || usb))
            give(&controller->info, (Place){0, PC_BOARD, ide ? 1 : 2});
        else if (q35 && sata)
            give(&controller->info, (Place){0, Q35_BOARD, 2});
    }
}

/* Slots of the board, whatever is in them. */
static void
reserveBoard(Buses *buses)
{
    buses->used[0][0] |= 1;
    buses->used[0][buses->q35 ? Q35_BOARD : PC_BOARD] |= 1;
}

/* A device whose slot is customary has it when it is free. */
static bool
placeAt(Buses *buses, virDocDomainDeviceInfo *info, unsigned int slot)
{
    const Place place = {0, slot, 0};

    if (isPlaced(info) || buses->used[0][slot])
        return false;
    take(buses, place, VIR_CONF_PCI_OLD);
    if (!buses->grows)
        give(info, place);
    return true;
}

/* The first screen comes before everything else. */
static void
placeScreen(Buses *buses)
{
    virDocDomain *domain = buses->domain;
    virDocDomainVideoModel model;

    if (!domain->nvideos)
        return;
    model = domain->videos[0]->modelType;
    buses->screen = model != VIR_DOC_DOMAIN_VIDEO_MODEL_NONE &&
                    model != VIR_DOC_DOMAIN_VIDEO_MODEL_RAMFB &&
                    placeAt(buses, &domain->videos[0]->info, buses->q35 ? Q35_VIDEO : PC_VIDEO);
}

/* --- companions of USB 2 ------------------------------------------------------------------------- */

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
           GHashTable *families, Place *place)
{
    const Place *known = g_hash_table_lookup(families, GUINT_TO_POINTER(controller->index));

    if (known) {
        *place = *known;
        return true;
    }
    for (size_t i = 0; i < buses->domain->ncontrollers; i++) {
        const virDocDomainController *other = buses->domain->controllers[i];

        if (other->type != controller->type || other->index != controller->index ||
            companionFunction(other->usbModel) < 0 || !isPlaced(&other->info))
            continue;
        *place = (Place){(unsigned int)other->info.address->pciBus,
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
    Place place;

    known = familySlot(buses, controller, families, &place);
    for (size_t i = 0; i < G_N_ELEMENTS(usbSlots) && buses->q35 && !known; i++) {
        if (buses->used[0][usbSlots[i]])
            continue;
        place = (Place){0, usbSlots[i], 0};
        known = true;
    }
    if (!known && !find(buses, VIR_CONF_PCI_OLD, &place))
        return fail(buses, VIR_ERR_XML_ERROR, "no more PCI slots for", "controller");
    if (!known)
        buses->used[place.bus][place.slot] = 0;
    place.function = function;
    take(buses, place, VIR_CONF_PCI_OLD);
    g_hash_table_insert(families, GUINT_TO_POINTER(controller->index),
                        g_memdup2(&place, sizeof(place)));
    if (buses->grows)
        return true;
    give(&controller->info, place);
    if (function == 0)
        controller->info.address->multifunction = VIR_DOC_SWITCH_ON;
    return true;
}

/* --- all devices --------------------------------------------------------------------------------- */

typedef struct {
    Buses *buses;
    const char *kind;
    GHashTable *families; /* index of a USB controller -> Place of its companions */
} Turn;

static bool
placeDevice(const virConfDomainDevice *device, void *opaque)
{
    const Turn *turn = opaque;
    Buses *buses = turn->buses;
    const virDocDomainController *controller = device->data;
    bool isController = device->member->record == &virDocDomainControllerRecord;
    virConfPciPlug plug;
    Place place;

    if (!device->info || isPlaced(device->info) || strcmp(turn->kind, device->member->name))
        return true;
    plug = virConfDomainPciPlug(buses->domain, device);
    if (!plug || (isController && controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI))
        return true;
    if (isController && controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_USB &&
        companionFunction(controller->usbModel) >= 0)
        return placeCompanion(buses, device->data, turn->families);
    if (buses->q35 && device->member->record == &virDocDomainSoundRecord &&
        ((const virDocDomainSound *)device->data)->model == VIR_DOC_DOMAIN_SOUND_MODEL_ICH9 &&
        placeAt(buses, device->info, Q35_SOUND))
        return true;
    /* The first screen has its slot, as long as places are only counted. */
    if (buses->grows && device->member->record == &virDocDomainVideoRecord && device->index == 0 &&
        buses->screen)
        return true;
    if (!find(buses, plug, &place))
        return fail(buses, VIR_ERR_XML_ERROR, "no more PCI slots for", device->member->name);
    if (!buses->grows)
        give(device->info, place);
    return true;
}

static void
placeAll(Buses *buses)
{
    static const char *const order[] = {
        "filesystem", "interface", "sound", "controller", "disk",  "hostdev", "memballoon",
        "rng",        "watchdog",  "video", "shmem",      "input", "serial",  "vsock",
    };
    g_autoptr(GHashTable) families = g_hash_table_new_full(NULL, NULL, NULL, g_free);

    for (size_t i = 0; i < G_N_ELEMENTS(order) && !buses->failed; i++) {
        Turn turn = {.buses = buses, .kind = order[i], .families = families};

        virConfDomainEachDevice(buses->domain, placeDevice, &turn);
    }
}

/* --- controllers that are buses ------------------------------------------------------------------ */

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

        if (!counted->models[bus] || controllerOf(counted->domain, bus))
            continue;
        controller = virDocDomainControllerNew();
        controller->type = VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI;
        controller->pciModel = counted->models[bus];
        controller->hasIndex = true;
        controller->index = bus;
        VIR_DOC_LIST_ADD(counted->domain, controllers, controller);
    }
}

/* What tells one bus from another in the guest. */
static void
describeBus(virDocDomainController *controller)
{
    const virConfPciBus *kind = virConfPciBusOf(controller->pciModel);
    const virDocDomainAddress *address = controller->info.address;

    if (!controller->pciHardwareName)
        controller->pciHardwareName = kind->hardware;
    switch (controller->pciModel) {
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
    Place place;

    if (!kind->plug || isPlaced(&controller->info))
        return true;
    if (kind->preferred && placeAt(buses, &controller->info, kind->preferred))
        return true;
    if (!find(buses, kind->plug, &place))
        return fail(buses, VIR_ERR_XML_ERROR, "no PCI bus takes the controller",
                    virDocDomainPciModelToString(controller->pciModel));
    if (place.bus >= controller->index && controller->index)
        return fail(buses, VIR_ERR_CONFIG_UNSUPPORTED,
                    "a bus must have a smaller number than what hangs on it:",
                    virDocDomainPciModelToString(controller->pciModel));
    if (!buses->grows)
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
            !buses->ports[address->pciBus][address->pciSlot])
            continue;
        if (buses->used[address->pciBus][address->pciSlot] & ~1U)
            address->multifunction = VIR_DOC_SWITCH_ON;
    }
}

static void
placeBuses(Buses *buses)
{
    for (unsigned int bus = 1; bus < BUSES && !buses->failed; bus++) {
        virDocDomainController *controller = controllerOf(buses->domain, bus);

        if (controller)
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
    buses->q35 = virConfDomainIsQ35(domain);
    buses->grows = grows;
    noteBuses(buses);
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
    Place spare;

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
        find(counted, counted->q35 ? VIR_CONF_PCI_EXPRESS : VIR_CONF_PCI_OLD, &spare);
    addControllers(counted);
    buses = newBuses(domain, driver, /* grows= */ false);
    if (!buses->failed)
        placeAll(buses);
    for (size_t i = 0; i < domain->ncontrollers; i++) {
        if (domain->controllers[i]->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_PCI)
            describeBus(domain->controllers[i]);
    }
    markShared(buses);
    return !buses->failed;
}
