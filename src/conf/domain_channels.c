/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Places that are one number: registers of the virtual bus of pSeries, devices of the channels of s390. */

#include <string.h>

#include "conf/domain_alias.h"
#include "conf/domain_machine.h"
#include "conf/domain_places_parts.h"
#include "runtime/error.h"

/* Registers of one kind of device lie in steps of this from its first one. */
#define VIO_STEP     0x1000
#define VIO_NET      0x1000
#define VIO_SCSI     0x2000
#define VIO_NVRAM    0x3000
#define VIO_SERIAL   0x30000000
#define VIO_MAX      G_MAXUINT32
/* Where virtio devices are in every guest; the highest number on one subchannel set. */
#define CCW_CSSID    0xfe
#define CCW_MAX      0xffff

typedef struct {
    virDocDomain *domain;
    const virConfDomainDriver *driver;
    virDocDomainAddressType type;
    GHashTable *taken; /* gint64: a register, or number of a device with its subsystem and set */
    const char *kind;  /* of the devices whose turn it is */
} Numbers;

static gint64
keyOf(const virDocDomainAddress *address)
{
    if (address->type == VIR_DOC_DOMAIN_ADDRESS_TYPE_SPAPR_VIO)
        return (gint64)address->reg;
    return (gint64)(address->cssid << 24 | address->ssid << 16 | address->devno);
}

static bool
isGiven(const virDocDomainAddress *address)
{
    return address->type == VIR_DOC_DOMAIN_ADDRESS_TYPE_SPAPR_VIO ? address->hasReg
                                                                  : address->hasDevno;
}

static bool
take(Numbers *numbers, gint64 key)
{
    return g_hash_table_add(numbers->taken, g_memdup2(&key, sizeof(key)));
}

static bool
takeGiven(const virConfDomainDevice *device, void *opaque)
{
    Numbers *numbers = opaque;
    const virDocDomainAddress *address = device->info ? device->info->address : NULL;

    if (!address || address->type != numbers->type || !isGiven(address))
        return true;
    if (!strcmp(device->member->name, "console") &&
        virConfDomainConsoleIsSerial(numbers->domain, device->index))
        return true;
    if (take(numbers, keyOf(address)))
        return true;
    virErrorRaise(virConfDomainErrorOf(numbers->driver), VIR_ERR_XML_ERROR,
                  "domain '%s': the %s address %#llx of <%s> is used for another device, too",
                  numbers->domain->name, virDocDomainAddressTypeToString(numbers->type),
                  (unsigned long long)keyOf(address), device->member->name);
    return false;
}

/* The first register of devices of its kind; 0 for devices of other buses. */
static guint32
vioBase(const virConfDomainDevice *device)
{
    const virDocDomainInterface *interface = device->data;
    const virDocDomainController *controller = device->data;
    const virDocDomainCharacter *serial = device->data;

    if (device->member->record == &virDocDomainInterfaceRecord)
        return interface->modelType && !strcmp(interface->modelType, "spapr-vlan") ? VIO_NET : 0;
    if (device->member->record == &virDocDomainControllerRecord)
        return controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_SCSI &&
                       controller->scsiModel == VIR_DOC_DOMAIN_SCSI_MODEL_IBMVSCSI
                   ? VIO_SCSI
                   : 0;
    if (!strcmp(device->member->name, "serial"))
        return serial->targetType == VIR_DOC_DOMAIN_CHARACTER_TARGET_SPAPR_VIO_SERIAL ? VIO_SERIAL
                                                                                      : 0;
    return device->member->record == &virDocDomainNvramRecord ? VIO_NVRAM : 0;
}

static bool
fail(const Numbers *numbers, const virConfDomainDevice *device)
{
    virErrorRaise(virConfDomainErrorOf(numbers->driver), VIR_ERR_XML_ERROR,
                  "domain '%s': no %s address is left for <%s>", numbers->domain->name,
                  virDocDomainAddressTypeToString(numbers->type), device->member->name);
    return false;
}

static bool
placeVio(const virConfDomainDevice *device, void *opaque)
{
    Numbers *numbers = opaque;
    virDocDomainAddress *address;
    gint64 reg;

    if (!device->info || strcmp(device->member->name, numbers->kind) || !vioBase(device) ||
        (device->info->address && (device->info->address->type != numbers->type ||
                                   isGiven(device->info->address))))
        return true;
    for (reg = vioBase(device); !take(numbers, reg); reg += VIO_STEP) {
        if (reg > VIO_MAX - VIO_STEP)
            return fail(numbers, device);
    }
    g_clear_pointer(&device->info->address, virDocDomainAddressFree);
    address = device->info->address = virDocDomainAddressNew();
    address->type = numbers->type;
    address->hasReg = true;
    address->reg = (unsigned long long)reg;
    return true;
}

static bool
placeCcw(const virConfDomainDevice *device, void *opaque)
{
    Numbers *numbers = opaque;
    virDocDomainAddress *address;
    gint64 number = (gint64)CCW_CSSID << 24;

    if (!device->info || strcmp(device->member->name, numbers->kind) ||
        virConfDomainPciPlug(numbers->domain, device) != VIR_CONF_PCI_EXPRESS ||
        (device->info->address && (device->info->address->type != numbers->type ||
                                   isGiven(device->info->address))))
        return true;
    for (; !take(numbers, number); number++) {
        if ((number & CCW_MAX) == CCW_MAX)
            return fail(numbers, device);
    }
    g_clear_pointer(&device->info->address, virDocDomainAddressFree);
    address = device->info->address = virDocDomainAddressNew();
    address->type = numbers->type;
    address->hasCssid = address->hasSsid = address->hasDevno = true;
    address->cssid = CCW_CSSID;
    address->devno = (unsigned long long)(number & CCW_MAX);
    return true;
}

static bool
placeAll(virDocDomain *domain, const virConfDomainDriver *driver, virDocDomainAddressType type,
         const char *const *order, virConfDomainDeviceVisitor place)
{
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    Numbers numbers = {.domain = domain, .driver = driver, .type = type, .taken = taken};

    if (!virConfDomainEachDevice(domain, takeGiven, &numbers))
        return false;
    for (; *order; order++) {
        numbers.kind = *order;
        if (!virConfDomainEachDevice(domain, place, &numbers))
            return false;
    }
    return true;
}

bool
virConfDomainPlaceVio(virDocDomain *domain, const virConfDomainDriver *driver)
{
    static const char *const order[] = {"interface", "controller", "serial", "nvram", NULL};
    virDocDomainDeviceInfo *console;

    if (!placeAll(domain, driver, VIR_DOC_DOMAIN_ADDRESS_TYPE_SPAPR_VIO, order, placeVio))
        return false;
    /* A console that is the first serial port is where that is. */
    if (virConfDomainConsoleIsSerial(domain, 0) && domain->serials[0]->info.address) {
        console = &domain->consoles[0]->info;
        g_clear_pointer(&console->address, virDocDomainAddressFree);
        console->address = virDocDomainAddressCopy(domain->serials[0]->info.address);
    }
    return true;
}

bool
virConfDomainPlaceCcw(virDocDomain *domain, const virConfDomainDriver *driver)
{
    static const char *const order[] = {"disk",       "interface",  "hostdev",
                                        "video",      "controller", "input", "filesystem",
                                        "memballoon", "rng",        "sound", "vsock", NULL};

    return placeAll(domain, driver, VIR_DOC_DOMAIN_ADDRESS_TYPE_CCW, order, placeCcw);
}
