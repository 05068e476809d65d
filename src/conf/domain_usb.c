/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Ports of USB controllers and hubs, and the hubs that devices take. */

#include <stdlib.h>
#include <string.h>

#include "conf/domain_find.h"
#include "conf/domain_machine.h"
#include "conf/domain_places_parts.h"
#include "runtime/error.h"

/* Ports of a hub, and how deep hubs may be behind each other. */
#define HUB_PORTS 8
#define DEPTH_MAX 4
#define BUSES     16

/* A controller or a hub; what is plugged into its ports. */
typedef struct Hub Hub;
struct Hub {
    unsigned int nports;
    bool *used;
    Hub **hubs; /* behind a port; NULL: none */
};

typedef struct {
    virDocDomain *domain;
    const virConfDomainDriver *driver;
    Hub *buses[BUSES];
    size_t needed; /* devices without a port */
    bool failed;
} Usb;

static Hub *
newHub(unsigned int nports)
{
    Hub *hub = g_new0(Hub, 1);

    hub->nports = nports;
    hub->used = g_new0(bool, nports);
    hub->hubs = g_new0(Hub *, nports);
    return hub;
}

static void
freeHub(Hub *hub)
{
    if (!hub)
        return;
    for (unsigned int i = 0; i < hub->nports; i++)
        freeHub(hub->hubs[i]);
    g_free(hub->used);
    g_free(hub->hubs);
    g_free(hub);
}

static void
clearUsb(Usb *usb)
{
    for (size_t i = 0; i < BUSES; i++)
        freeHub(usb->buses[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Usb, clearUsb)

/* Ports of a controller; 0 for a companion, which has none of its own. */
static unsigned int
portsOf(const virDocDomainController *controller)
{
    switch (controller->usbModel) {
    case VIR_DOC_DOMAIN_USB_MODEL_NONE:
    case VIR_DOC_DOMAIN_USB_MODEL_ICH9_UHCI1:
    case VIR_DOC_DOMAIN_USB_MODEL_ICH9_UHCI2:
    case VIR_DOC_DOMAIN_USB_MODEL_ICH9_UHCI3:
        return controller->info.hasMasterStartport ||
                       controller->usbModel == VIR_DOC_DOMAIN_USB_MODEL_NONE
                   ? 0
                   : 2;
    case VIR_DOC_DOMAIN_USB_MODEL_PIIX3_UHCI:
    case VIR_DOC_DOMAIN_USB_MODEL_PIIX4_UHCI:
    case VIR_DOC_DOMAIN_USB_MODEL_VT82C686B_UHCI:
        return 2;
    case VIR_DOC_DOMAIN_USB_MODEL_ICH9_EHCI1:
    case VIR_DOC_DOMAIN_USB_MODEL_EHCI:
        return 6;
    case VIR_DOC_DOMAIN_USB_MODEL_PCI_OHCI:
        return 3;
    case VIR_DOC_DOMAIN_USB_MODEL_NEC_XHCI:
    case VIR_DOC_DOMAIN_USB_MODEL_QEMU_XHCI:
        return controller->hasPorts ? (unsigned int)controller->ports : 4;
    default:
        return 0;
    }
}

/* --- what sits on the bus -------------------------------------------------------------------------- */

static bool
isHub(const virConfDomainDevice *device)
{
    return device->member->record == &virDocDomainHubRecord;
}

static bool
isOnUsb(const virConfDomainDevice *device)
{
    const void *data = device->data;
    const char *kind = device->member->name;

    if (isHub(device))
        return true;
    if (!strcmp(kind, "hostdev"))
        return ((const virDocDomainHostdev *)data)->mode == VIR_DOC_DOMAIN_HOSTDEV_MODE_SUBSYSTEM &&
               ((const virDocDomainHostdev *)data)->type == VIR_DOC_DOMAIN_HOSTDEV_TYPE_USB;
    if (!strcmp(kind, "disk"))
        return ((const virDocDomainDisk *)data)->targetBus == VIR_DOC_DOMAIN_DISK_BUS_USB;
    if (!strcmp(kind, "input"))
        return ((const virDocDomainInput *)data)->bus == VIR_DOC_DOMAIN_INPUT_BUS_USB;
    if (!strcmp(kind, "redirdev"))
        return ((const virDocDomainRedirdev *)data)->bus == VIR_DOC_DOMAIN_REDIRDEV_BUS_USB;
    if (!strcmp(kind, "sound"))
        return ((const virDocDomainSound *)data)->model == VIR_DOC_DOMAIN_SOUND_MODEL_USB;
    if (!strcmp(kind, "serial"))
        return ((const virDocDomainCharacter *)data)->targetType ==
               VIR_DOC_DOMAIN_CHARACTER_TARGET_USB_SERIAL;
    if (!strcmp(kind, "interface"))
        return !g_strcmp0(((const virDocDomainInterface *)data)->modelType, "usb-net");
    return !strcmp(kind, "controller") && ((const virDocDomainController *)data)->type ==
                                              VIR_DOC_DOMAIN_CONTROLLER_TYPE_CCID;
}

/* --- ports ------------------------------------------------------------------------------------------ */

static bool
fail(Usb *usb, const char *problem, const char *what)
{
    virErrorRaise(virConfDomainErrorOf(usb->driver), VIR_ERR_XML_ERROR, "domain '%s': %s <%s>",
                  usb->domain->name, problem, what);
    usb->failed = true;
    return false;
}

/* The hub that a path of ports ends in, as 1.4; its last port in `port`. NULL when there is none. */
static Hub *
follow(Hub *hub, const char *path, unsigned int *port)
{
    g_auto(GStrv) steps = g_strsplit(path, ".", DEPTH_MAX + 1);

    for (size_t i = 0; hub && steps[i]; i++) {
        guint64 step = g_ascii_strtoull(steps[i], NULL, 10);

        if (!step || step > hub->nports)
            return NULL;
        *port = (unsigned int)step - 1;
        if (!steps[i + 1])
            return hub;
        hub = hub->hubs[*port];
    }
    return NULL;
}

static bool
takeGiven(Usb *usb, const virConfDomainDevice *device)
{
    const virDocDomainAddress *address = device->info->address;
    unsigned int bus = address->bus, port = 0;
    Hub *hub = bus < BUSES ? follow(usb->buses[bus], address->port, &port) : NULL;

    if (!hub)
        return fail(usb, "there is no such USB port for", device->member->name);
    if (hub->used[port])
        return fail(usb, "the USB port is taken already of", device->member->name);
    hub->used[port] = true;
    if (isHub(device))
        hub->hubs[port] = newHub(HUB_PORTS);
    return true;
}

static bool
hasPort(const virConfDomainDevice *device)
{
    return device->info->address && device->info->address->type == VIR_DOC_DOMAIN_ADDRESS_TYPE_USB &&
           device->info->address->port;
}

static bool
takeHubs(const virConfDomainDevice *device, void *opaque)
{
    return !isHub(device) || !hasPort(device) || takeGiven(opaque, device);
}

static bool
takeOthers(const virConfDomainDevice *device, void *opaque)
{
    return isHub(device) || !isOnUsb(device) || !hasPort(device) || takeGiven(opaque, device);
}

/* The free port nearest to the controller: the path in `path`. */
static Hub *
findFree(Hub *hub, unsigned int depth, GString *path, unsigned int *port)
{
    gsize mark = path->len;

    for (unsigned int i = 0; i < hub->nports; i++) {
        if (hub->used[i])
            continue;
        g_string_append_printf(path, "%s%u", mark ? "." : "", i + 1);
        *port = i;
        return hub;
    }
    for (unsigned int i = 0; i < hub->nports && depth < DEPTH_MAX; i++) {
        Hub *found;

        if (!hub->hubs[i])
            continue;
        g_string_append_printf(path, "%s%u", mark ? "." : "", i + 1);
        found = findFree(hub->hubs[i], depth + 1, path, port);
        if (found)
            return found;
        g_string_truncate(path, mark);
    }
    return NULL;
}

static bool
plugIn(Usb *usb, const virConfDomainDevice *device)
{
    for (unsigned int bus = 0; bus < BUSES; bus++) {
        g_autoptr(GString) path = g_string_new(NULL);
        virDocDomainAddress *address = device->info->address;
        unsigned int port;
        Hub *hub;

        if (!usb->buses[bus] || (address && address->hasBus && address->bus != bus))
            continue;
        hub = findFree(usb->buses[bus], 1, path, &port);
        if (!hub)
            continue;
        hub->used[port] = true;
        if (isHub(device))
            hub->hubs[port] = newHub(HUB_PORTS);
        g_clear_pointer(&device->info->address, virDocDomainAddressFree);
        address = device->info->address = virDocDomainAddressNew();
        address->type = VIR_DOC_DOMAIN_ADDRESS_TYPE_USB;
        address->hasBus = true;
        address->bus = bus;
        address->port = g_strdup(path->str);
        return true;
    }
    return fail(usb, "no USB port is free for", device->member->name);
}

static bool
plugHub(const virConfDomainDevice *device, void *opaque)
{
    return !isHub(device) || hasPort(device) || plugIn(opaque, device);
}

static bool
plugKind(const virConfDomainDevice *device, const char *kind, Usb *usb)
{
    if (strcmp(device->member->name, kind) || !isOnUsb(device) || !device->info ||
        hasPort(device) ||
        (device->info->address && device->info->address->type != VIR_DOC_DOMAIN_ADDRESS_TYPE_USB))
        return true;
    return plugIn(usb, device);
}

typedef struct {
    Usb *usb;
    const char *kind;
} Turn;

static bool
plugTurn(const virConfDomainDevice *device, void *opaque)
{
    const Turn *turn = opaque;

    return plugKind(device, turn->kind, turn->usb);
}

/* --- hubs ------------------------------------------------------------------------------------------- */

static unsigned int
countFree(const Hub *hub)
{
    unsigned int count = 0;

    for (unsigned int i = 0; i < hub->nports; i++)
        count += hub->used[i] ? (hub->hubs[i] ? countFree(hub->hubs[i]) : 0) : 1;
    return count;
}

static bool
countNeeded(const virConfDomainDevice *device, void *opaque)
{
    Usb *usb = opaque;

    if (device->info && !isHub(device) && isOnUsb(device) && !hasPort(device))
        usb->needed++;
    return true;
}

/* As many hubs more as the devices take that have no port. */
static bool
addHubs(Usb *usb)
{
    size_t available = 0;

    virConfDomainEachDevice(usb->domain, countNeeded, usb);
    for (size_t i = 0; i < BUSES; i++)
        available += usb->buses[i] ? countFree(usb->buses[i]) : 0;
    while (usb->needed > available && available > 0) {
        virConfDomainDevice device = {.member = virConfDomainDeviceKind("hub")};
        virDocDomainHub *hub = virDocDomainHubNew();

        hub->type = VIR_DOC_DOMAIN_REDIRDEV_BUS_USB;
        VIR_DOC_LIST_ADD(usb->domain, hubs, hub);
        device = virConfDomainDeviceAt(usb->domain, device.member, usb->domain->nhubs - 1);
        if (!plugIn(usb, &device))
            return false;
        available += HUB_PORTS - 1;
    }
    return true;
}

bool
virConfDomainPlaceUsb(virDocDomain *domain, const virConfDomainDriver *driver)
{
    static const char *const order[] = {
        "hostdev", "disk", "controller", "input", "sound", "interface", "serial", "redirdev",
    };
    g_auto(Usb) usb = {.domain = domain, .driver = driver};

    for (size_t i = 0; i < domain->ncontrollers; i++) {
        const virDocDomainController *controller = domain->controllers[i];
        unsigned int ports = controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_USB
                                 ? portsOf(controller)
                                 : 0;

        if (ports && controller->index < BUSES && !usb.buses[controller->index])
            usb.buses[controller->index] = newHub(ports);
    }
    if (!virConfDomainEachDevice(domain, takeHubs, &usb) ||
        !virConfDomainEachDevice(domain, takeOthers, &usb) ||
        !virConfDomainEachDevice(domain, plugHub, &usb) || !addHubs(&usb))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(order) && !usb.failed; i++) {
        Turn turn = {.usb = &usb, .kind = order[i]};

        virConfDomainEachDevice(domain, plugTurn, &turn);
    }
    return !usb.failed;
}
