/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices of the host, and the other devices of a machine. */

#include <string.h>

#include "conf/domain_parts.h"

/* Where NSS keeps certificates. */
#define CERTIFICATES "/etc/pki/nssdb"
/* Units of a SCSI bus with narrow addresses, one of which is the controller. */
#define SCSI_UNITS 7

static void
need(virDocContext *context, int error, const char *what, bool given)
{
    if (!given)
        virDocContextComplain(context, error, NULL, "the %s is missing", what);
}

static void
checkSubsystem(const virDocDomainHostdev *device, virDocContext *context)
{
    bool vendor = device->hasSourceVendorId, product = device->hasSourceProductId;

    switch (device->type) {
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_USB:
        if (vendor || product) {
            need(context, VIR_ERR_INTERNAL_ERROR, "vendor of the device", vendor);
            need(context, VIR_ERR_INTERNAL_ERROR, "product of the device", product);
        } else {
            need(context, VIR_ERR_INTERNAL_ERROR, "vendor and product, or address, of the device",
                 device->hasSourceUsbBus);
        }
        break;
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_PCI:
        need(context, VIR_ERR_XML_ERROR, "address of the device", device->sourcePci);
        break;
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_SCSI:
        if (device->sourceProtocol == VIR_DOC_DOMAIN_HOSTDEV_SCSI_PROTOCOL_ISCSI) {
            need(context, VIR_ERR_XML_ERROR, "name of the target", device->sourceName);
            need(context, VIR_ERR_XML_ERROR, "server", device->nsourceHosts == 1);
        } else {
            need(context, VIR_ERR_XML_ERROR, "adapter of the device", device->sourceAdapterName);
            need(context, VIR_ERR_XML_ERROR, "address of the device", device->hasSourceScsiBus);
        }
        break;
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_SCSI_HOST:
        need(context, VIR_ERR_XML_ERROR, "name of the host", device->sourceWwpn);
        break;
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_MDEV:
        need(context, VIR_ERR_XML_ERROR, "model", device->model);
        need(context, VIR_ERR_XML_ERROR, "address of the device", device->hasSourceMdevUuid);
        break;
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_STORAGE:
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_MISC:
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_NET:
        virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, NULL,
                              "type '%s' goes with mode 'capabilities'",
                              virDocDomainHostdevTypeToString(device->type));
        break;
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_ABSENT:
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_LAST:
        break;
    }
}

static void
checkCapability(const virDocDomainHostdev *device, virDocContext *context)
{
    switch (device->type) {
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_STORAGE:
        need(context, VIR_ERR_XML_ERROR, "block device", device->sourceBlock);
        break;
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_MISC:
        need(context, VIR_ERR_XML_ERROR, "character device", device->sourceChar);
        break;
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_NET:
        need(context, VIR_ERR_XML_ERROR, "interface", device->sourceInterface);
        break;
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_USB:
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_PCI:
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_SCSI:
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_SCSI_HOST:
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_MDEV:
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_ABSENT:
    case VIR_DOC_DOMAIN_HOSTDEV_TYPE_LAST:
        virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, NULL,
                              "type '%s' goes with mode 'subsystem'",
                              virDocDomainHostdevTypeToString(device->type));
        break;
    }
}

void
virConfCheckHostdev(void *data, virDocContext *context)
{
    virDocDomainHostdev *device = data;

    virConfCompleteFamilies(device->ips, device->nips, context);
    if (device->mode == VIR_DOC_DOMAIN_HOSTDEV_MODE_CAPABILITIES) {
        checkCapability(device, context);
        device->managed = VIR_DOC_SWITCH_ABSENT;
        return;
    }
    checkSubsystem(device, context);
    if (!device->managed)
        device->managed = VIR_DOC_SWITCH_OFF;
}

/* Takes a place among those that are found automatically. */
static void
takeUnit(GHashTable *taken, const virDocDomainAddress *address)
{
    if (address && address->type == VIR_DOC_DOMAIN_ADDRESS_TYPE_DRIVE && !address->bus &&
        !address->target && address->unit < SCSI_UNITS)
        g_hash_table_add(taken,
                         GUINT_TO_POINTER(address->controller * SCSI_UNITS + address->unit));
}

/* SCSI devices of the host sit between the disks. Returns the last controller, or -1. */
static long
placeScsi(virDocDomain *domain)
{
    g_autoptr(GHashTable) taken = g_hash_table_new(NULL, NULL);
    unsigned int next = 0;
    long last = -1;

    for (size_t i = 0; i < domain->ndisks; i++) {
        if (domain->disks[i]->targetBus == VIR_DOC_DOMAIN_DISK_BUS_SCSI)
            takeUnit(taken, domain->disks[i]->info.address);
    }
    for (size_t i = 0; i < domain->nhostdevs; i++) {
        if (domain->hostdevs[i]->type == VIR_DOC_DOMAIN_HOSTDEV_TYPE_SCSI)
            takeUnit(taken, domain->hostdevs[i]->info.address);
    }
    for (size_t i = 0; i < domain->nhostdevs; i++) {
        virDocDomainDeviceInfo *info = &domain->hostdevs[i]->info;

        if (domain->hostdevs[i]->type != VIR_DOC_DOMAIN_HOSTDEV_TYPE_SCSI)
            continue;
        if (!info->address) {
            while (g_hash_table_contains(taken, GUINT_TO_POINTER(next)))
                next++;
            info->address =
                virConfDomainDriveAddress(next / SCSI_UNITS, /* bus= */ 0, next % SCSI_UNITS);
            next++;
        }
        if (info->address->type == VIR_DOC_DOMAIN_ADDRESS_TYPE_DRIVE)
            last = MAX(last, (long)info->address->controller);
    }
    return last;
}

static bool
isSlotTaken(const virDocDomain *domain, unsigned int slot)
{
    for (size_t i = 0; i < domain->nsmartcards; i++) {
        const virDocDomainAddress *address = domain->smartcards[i]->info.address;

        if (address && address->type == VIR_DOC_DOMAIN_ADDRESS_TYPE_CCID && !address->controller &&
            address->ccidSlot == slot)
            return true;
    }
    return false;
}

/* Returns the controller. */
static long
placeSmartcard(const virDocDomain *domain, virDocDomainSmartcard *card)
{
    unsigned int slot = 0;
    virDocDomainAddress *address = card->info.address;

    if (!address) {
        while (isSlotTaken(domain, slot))
            slot++;
        address = card->info.address = virDocDomainAddressNew();
        address->type = VIR_DOC_DOMAIN_ADDRESS_TYPE_CCID;
        address->hasController = address->hasCcidSlot = true;
        address->ccidSlot = slot;
    }
    return address->controller;
}

/* Whether the domain has a USB bus: told, and not as none. */
static bool
hasUsb(const virDocDomain *domain, bool told)
{
    for (size_t i = 0; i < domain->ncontrollers; i++) {
        const virDocDomainController *controller = domain->controllers[i];

        if (controller->type == VIR_DOC_DOMAIN_CONTROLLER_TYPE_USB)
            return controller->usbModel != VIR_DOC_DOMAIN_USB_MODEL_NONE;
    }
    return !told;
}

static void
checkUsb(const virDocDomain *domain, virDocContext *context)
{
    const int error = VIR_ERR_CONFIG_UNSUPPORTED;
    bool usb = hasUsb(domain, /* told= */ false);

    if (domain->nredirdevs && !hasUsb(domain, /* told= */ !virConfDomainDriverOf(context)->usb))
        virDocContextComplain(context, error, "devices/redirdev", "the domain has no USB");
    if (domain->nhubs && !usb)
        virDocContextComplain(context, error, "devices/hub", "the domain has no USB");
    for (size_t i = 0; i < domain->ninputs; i++) {
        g_autofree char *path = virConfDomainDevicePath("input", i);

        if (domain->inputs[i]->bus == VIR_DOC_DOMAIN_INPUT_BUS_USB && !usb)
            virDocContextComplain(context, error, path, "the domain has no USB");
    }
    for (size_t i = 0; i < domain->nhostdevs; i++) {
        g_autofree char *path = virConfDomainDevicePath("hostdev", i);

        if (domain->hostdevs[i]->type == VIR_DOC_DOMAIN_HOSTDEV_TYPE_USB && !usb)
            virDocContextComplain(context, error, path, "the domain has no USB");
    }
}

void
virConfDomainCompleteHostdevs(virDocDomain *domain, virDocContext *context)
{
    long ccid = -1;

    virConfDomainAddControllers(domain, VIR_DOC_DOMAIN_CONTROLLER_TYPE_SCSI, placeScsi(domain));
    for (size_t i = 0; i < domain->nsmartcards; i++)
        ccid = MAX(ccid, placeSmartcard(domain, domain->smartcards[i]));
    virConfDomainAddControllers(domain, VIR_DOC_DOMAIN_CONTROLLER_TYPE_CCID, ccid);
    checkUsb(domain, context);
}

void
virConfCheckSmartcard(void *data, virDocContext *context)
{
    virDocDomainSmartcard *card = data;

    if (card->mode == VIR_DOC_DOMAIN_SMARTCARD_MODE_PASSTHROUGH && !card->source.type)
        virDocContextReport(context, NULL, "'type' is missing");
    if (card->mode != VIR_DOC_DOMAIN_SMARTCARD_MODE_HOST_CERTIFICATES)
        return;
    if (card->ncertificates != 3)
        virDocContextReport(context, NULL, "three certificates are needed, %zu are given",
                            card->ncertificates);
    if (!card->database)
        card->database = g_strdup(CERTIFICATES);
}

void
virConfCheckRng(void *data, virDocContext *context G_GNUC_UNUSED)
{
    virDocDomainRng *rng = data;

    if (rng->backend->model == VIR_DOC_DOMAIN_RNG_BACKEND_MODEL_RANDOM && !rng->backend->path)
        rng->backend->path = g_strdup("/dev/random");
}

void
virConfCheckTpm(void *data, virDocContext *context G_GNUC_UNUSED)
{
    virDocDomainTpm *tpm = data;

    if (tpm->backend->type == VIR_DOC_DOMAIN_TPM_BACKEND_TYPE_PASSTHROUGH &&
        !tpm->backend->devicePath)
        tpm->backend->devicePath = g_strdup("/dev/tpm0");
}

void
virConfCheckMemballoon(void *data, virDocContext *context)
{
    const virDocDomainMemballoon *balloon = data;

    if (balloon->model == VIR_DOC_DOMAIN_MEMBALLOON_MODEL_NONE && balloon->info.address)
        virDocContextReport(context, NULL, "what is not there has no address");
}

void
virConfCheckShmem(void *data, virDocContext *context)
{
    const virDocDomainShmem *memory = data;

    if (strchr(memory->name, '/'))
        virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, NULL, "the name contains '/'");
    if (!strcmp(memory->name, ".") || !strcmp(memory->name, ".."))
        virDocContextComplain(context, VIR_ERR_CONFIG_UNSUPPORTED, NULL,
                              "'%s' is the name of a folder", memory->name);
}

void
virConfCheckVsock(void *data, virDocContext *context G_GNUC_UNUSED)
{
    virDocDomainVsock *vsock = data;

    if (!vsock->cidAutomatic)
        vsock->cidAutomatic = vsock->hasCidAddress ? VIR_DOC_SWITCH_OFF : VIR_DOC_SWITCH_ON;
}

void
virConfCheckFilesystem(void *data, virDocContext *context)
{
    virDocDomainFilesystem *system = data;
    bool source = system->sourceDir || system->sourceDev || system->sourceFile ||
                  system->sourceName || system->hasSourceUsage || system->sourcePool ||
                  system->sourceSocket;

    if (!system->targetDir)
        virDocContextComplain(context, VIR_ERR_NO_TARGET, NULL, "the target is missing");
    if (!source)
        virDocContextComplain(context, VIR_ERR_NO_SOURCE, NULL, "the source of '%s' is missing",
                              system->targetDir ? system->targetDir : "");
}
