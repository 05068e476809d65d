/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Ports of virtio-serial controllers, and slots of memory modules. */

#include "conf/domain_places_parts.h"
#include "runtime/error.h"

/* Ports of a controller that does not tell; the first is for a console. */
#define PORTS 31
#define FIRST 1
/* The highest number that an address can name. */
#define CONTROLLER_MAX 1023

typedef struct {
    const virConfDomainDriver *driver;
    virDocDomain *domain;
    GHashTable *taken; /* controller * 256 + port */
} Ports;

static gpointer
keyOf(unsigned int controller, unsigned int port)
{
    return GUINT_TO_POINTER(controller << 8 | port);
}

static bool
fail(const Ports *ports, const char *problem, const char *name)
{
    virErrorRaise(virConfDomainErrorOf(ports->driver), VIR_ERR_XML_ERROR,
                  "domain '%s': %s channel '%s'", ports->domain->name, problem, name ? name : "");
    return false;
}

static unsigned int
portsOf(const virDocDomainController *controller)
{
    return controller->hasPorts ? MIN((unsigned int)controller->ports, PORTS) : PORTS;
}

static bool
takeGiven(Ports *ports, const virDocDomainCharacter *channel)
{
    const virDocDomainAddress *address = channel->info.address;
    unsigned int port = address->serialPort;
    const virDocDomainController *controller = virConfDomainFindController(
        ports->domain, VIR_DOC_DOMAIN_CONTROLLER_TYPE_VIRTIO_SERIAL, address->controller);

    if (!controller || port >= portsOf(controller))
        return fail(ports, "there is no such virtio-serial port for", channel->targetName);
    if (!g_hash_table_add(ports->taken, keyOf(address->controller, port)))
        return fail(ports, "the virtio-serial port is taken already of", channel->targetName);
    return true;
}

static bool
hasPort(const virDocDomainCharacter *channel)
{
    const virDocDomainAddress *address = channel->info.address;

    return address && address->type == VIR_DOC_DOMAIN_ADDRESS_TYPE_VIRTIO_SERIAL &&
           address->hasSerialPort && address->serialPort > 0;
}

/* The first free port, on the controller that the document names or on any. */
static bool
findPort(const Ports *ports, const virDocDomainAddress *wanted, unsigned int *controller,
         unsigned int *port)
{
    for (size_t i = 0; i < ports->domain->ncontrollers; i++) {
        const virDocDomainController *one = ports->domain->controllers[i];

        if (one->type != VIR_DOC_DOMAIN_CONTROLLER_TYPE_VIRTIO_SERIAL ||
            one->index > CONTROLLER_MAX ||
            (wanted && wanted->hasController && wanted->controller != one->index))
            continue;
        for (*port = FIRST; *port < portsOf(one); ++*port) {
            *controller = one->index;
            if (!g_hash_table_contains(ports->taken, keyOf(*controller, *port)))
                return true;
        }
    }
    return false;
}

/* A controller more, when all are full. */
static void
addController(virDocDomain *domain)
{
    unsigned int index = 0;

    while (virConfDomainFindController(domain, VIR_DOC_DOMAIN_CONTROLLER_TYPE_VIRTIO_SERIAL, index))
        index++;
    virConfDomainAddControllers(domain, VIR_DOC_DOMAIN_CONTROLLER_TYPE_VIRTIO_SERIAL, (long)index);
}

static bool
placeChannel(Ports *ports, virDocDomainCharacter *channel)
{
    virDocDomainAddress *address = channel->info.address;
    unsigned int controller, port;

    if (address && address->type != VIR_DOC_DOMAIN_ADDRESS_TYPE_VIRTIO_SERIAL)
        return true;
    if (!findPort(ports, address, &controller, &port)) {
        if (address && address->hasController)
            return fail(ports, "no virtio-serial port is free for", channel->targetName);
        addController(ports->domain);
        if (!findPort(ports, address, &controller, &port))
            return fail(ports, "no virtio-serial port is free for", channel->targetName);
    }
    g_hash_table_add(ports->taken, keyOf(controller, port));
    g_clear_pointer(&channel->info.address, virDocDomainAddressFree);
    address = channel->info.address = virDocDomainAddressNew();
    address->type = VIR_DOC_DOMAIN_ADDRESS_TYPE_VIRTIO_SERIAL;
    address->hasController = address->hasBus = address->hasSerialPort = true;
    address->controller = controller;
    address->serialPort = port;
    return true;
}

static bool
placeChannels(virDocDomain *domain, const virConfDomainDriver *driver)
{
    g_autoptr(GHashTable) taken = g_hash_table_new(NULL, NULL);
    Ports ports = {.driver = driver, .domain = domain, .taken = taken};

    for (size_t i = 0; i < domain->nchannels; i++) {
        if (hasPort(domain->channels[i]) && !takeGiven(&ports, domain->channels[i]))
            return false;
    }
    for (size_t i = 0; i < domain->nchannels; i++) {
        virDocDomainCharacter *channel = domain->channels[i];

        if (channel->targetType == VIR_DOC_DOMAIN_CHARACTER_TARGET_VIRTIO && !hasPort(channel) &&
            !placeChannel(&ports, channel))
            return false;
    }
    return true;
}

static bool
isModule(const virDocDomainMemory *memory)
{
    return memory->model == VIR_DOC_DOMAIN_MEMORY_MODEL_DIMM ||
           memory->model == VIR_DOC_DOMAIN_MEMORY_MODEL_NVDIMM;
}

static bool
placeModules(virDocDomain *domain, const virConfDomainDriver *driver)
{
    g_autoptr(GHashTable) taken = g_hash_table_new(NULL, NULL);
    unsigned int next = 0;

    for (size_t i = 0; i < domain->nmemoryDevices; i++) {
        const virDocDomainAddress *address = domain->memoryDevices[i]->info.address;

        if (!isModule(domain->memoryDevices[i]) || !address || !address->hasSlot ||
            g_hash_table_add(taken, GUINT_TO_POINTER(address->slot)))
            continue;
        virErrorRaise(virConfDomainErrorOf(driver), VIR_ERR_XML_ERROR,
                      "domain '%s': memory slot %u is used for more than one module", domain->name,
                      address->slot);
        return false;
    }
    for (size_t i = 0; i < domain->nmemoryDevices; i++) {
        virDocDomainMemory *memory = domain->memoryDevices[i];

        if (!isModule(memory) || (memory->info.address && memory->info.address->hasSlot))
            continue;
        while (g_hash_table_contains(taken, GUINT_TO_POINTER(next)))
            next++;
        if (!memory->info.address)
            memory->info.address = virDocDomainAddressNew();
        memory->info.address->type = VIR_DOC_DOMAIN_ADDRESS_TYPE_DIMM;
        memory->info.address->hasSlot = true;
        memory->info.address->slot = next++;
    }
    return true;
}

bool
virConfDomainPlacePorts(virDocDomain *domain, const virConfDomainDriver *driver)
{
    return placeChannels(domain, driver) && placeModules(domain, driver);
}
