/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices that come, change and go: in the running guest, for its next start, or both. */

#include <string.h>

#include <libvirt/virterror.h>

#include "document/value.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "runtime/objects.h"
#include "test_block_job.h"
#include "test_domain_defs.h"
#include "test_domain_device.h"
#include "test_domain_devices.h"

#define SIDES (VIR_DOMAIN_AFFECT_LIVE | VIR_DOMAIN_AFFECT_CONFIG)

static bool
mayJoin(const virDocDomain *document, const void *opaque)
{
    return testDeviceMayJoin(document, opaque);
}

static void
join(virDocDomain *document, const void *opaque)
{
    testDeviceJoin(document, opaque);
}

/* Whether the flags are about the running guest. */
static bool
isLive(const testDomain *domain, unsigned int flags)
{
    return domain->id >= 0 && (flags & VIR_DOMAIN_AFFECT_LIVE || !(flags & SIDES));
}

/* A device that a running guest gets has a name; so does one that describes itself badly. */
static void
nameDevice(const testDomain *domain, testDevice *device)
{
    virDocDomainDeviceInfo *info = testDeviceInfo(device);

    if (info && !info->aliasName)
        info->aliasName = testDeviceAlias(domain->live, device);
    if (device->member->record == &virDocDomainInterfaceRecord)
        testDomainNameInterface(domain->live, device->data);
}

int
testDomainAttachDeviceFlags(virDomainPtr handle, const char *xml, unsigned int flags)
{
    g_auto(testDevice) device = { NULL, NULL };
    const virDocDomainDeviceInfo *info;
    testDomain *domain;
    int ret;

    if (testDeviceParse(xml, &device) < 0)
        return -1;
    if (device.member->record == &virDocDomainInterfaceRecord)
        testDomainAddressInterface(device.data);
    domain = testDomainLockForChange(handle);
    if (!domain)
        return -1;
    if (isLive(domain, flags))
        nameDevice(domain, &device);
    ret = testDomainEditLocked(domain, flags & SIDES, mayJoin, join, &device);
    info = testDeviceInfo(&device);
    if (ret == 0 && isLive(domain, flags) && info)
        virEventStateQueue(handle->conn->events,
                           virDomainEventDeviceAddedNew(domain->name, domain->uuid, domain->id,
                                                        info->aliasName));
    testDomainUnlock(handle);
    return ret;
}

int
testDomainAttachDevice(virDomainPtr handle, const char *xml)
{
    return testDomainAttachDeviceFlags(handle, xml, VIR_DOMAIN_AFFECT_LIVE);
}

static bool
isThere(const virDocDomain *document, const void *opaque)
{
    return testDeviceFind(document, opaque) >= 0;
}

static void
leave(virDocDomain *document, const void *opaque)
{
    const testDevice *device = opaque;

    testDeviceLeave(document, device->member, (size_t) testDeviceFind(document, device));
}

/* The name of the running guest's device that a description fits; NULL when there is none. */
static char *
nameOf(const testDomain *domain, const testDevice *device)
{
    testDevice found = *device;
    gssize at = -1;

    for (size_t i = 0; i < virDocArrayLength(device->member, domain->live); i++) {
        found.data = virDocArray(device->member, domain->live)[i];
        if (at < 0 && device->data == found.data)
            at = (gssize) i;
    }
    at = at < 0 ? testDeviceFind(domain->live, device) : at;
    if (at < 0)
        return NULL;
    found.data = virDocArray(device->member, domain->live)[at];
    return testDeviceAlias(domain->live, &found);
}

/* Whether no job holds on to a device of a running guest; else raises. */
static bool
isIdle(const testDomain *domain, const testDevice *device)
{
    const virDocDomainDisk *disk = device->data;

    if (device->member->record == &virDocDomainDiskRecord)
        disk = testDomainFindDisk(domain->live, disk->targetDev);
    else
        disk = NULL;
    return !disk || testBlockJobNone(domain, disk);
}

static void
announceRemoval(virDomainPtr handle, const testDomain *domain, const char *alias)
{
    virEventStateQueue(handle->conn->events,
                       virDomainEventDeviceRemovedNew(domain->name, domain->uuid, domain->id,
                                                      alias));
}

int
testDomainDetachDeviceFlags(virDomainPtr handle, const char *xml, unsigned int flags)
{
    g_auto(testDevice) device = { NULL, NULL };
    g_autofree char *alias = NULL;
    testDomain *domain;
    int ret = -1;

    if (testDeviceParse(xml, &device) < 0)
        return -1;
    domain = testDomainLockForChange(handle);
    if (!domain)
        return -1;
    if (isLive(domain, flags))
        alias = nameOf(domain, &device);
    if (alias ? isIdle(domain, &device) : !isLive(domain, flags))
        ret = testDomainEditLocked(domain, flags & SIDES, isThere, leave, &device);
    if (ret == 0 && alias)
        announceRemoval(handle, domain, alias);
    testDomainUnlock(handle);
    return ret;
}

int
testDomainDetachDevice(virDomainPtr handle, const char *xml)
{
    return testDomainDetachDeviceFlags(handle, xml, VIR_DOMAIN_AFFECT_LIVE);
}

static bool
hasAlias(const virDocDomain *document, const void *opaque)
{
    testDevice device;
    size_t at;

    return testDeviceFindAlias(document, opaque, &device, &at);
}

static void
leaveByAlias(virDocDomain *document, const void *opaque)
{
    testDevice device;
    size_t at;

    if (testDeviceFindAlias(document, opaque, &device, &at))
        testDeviceLeave(document, device.member, at);
}

int
testDomainDetachDeviceAlias(virDomainPtr handle, const char *alias, unsigned int flags)
{
    testDomain *domain = testDomainLockForChange(handle);
    testDevice device;
    size_t at;
    int ret = -1;

    if (!domain)
        return -1;
    if (!isLive(domain, flags) ||
        (testDeviceFindAlias(domain->live, alias, &device, &at) && isIdle(domain, &device)))
        ret = testDomainEditLocked(domain, flags & SIDES, hasAlias, leaveByAlias, alias);
    if (ret == 0 && isLive(domain, flags))
        announceRemoval(handle, domain, alias);
    testDomainUnlock(handle);
    return ret;
}

/* What a running guest would notice cannot change under it; else raises. */
static bool
mayBecome(const testDevice *now, const testDevice *then, bool live)
{
    const virDocDomainDisk *one = now->data, *two = then->data;

    if (now->member->record != &virDocDomainDiskRecord)
        return true;
    if (one->targetBus != two->targetBus && two->targetBus) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED,
                      "the bus of disk '%s' cannot change", one->targetDev);
        return false;
    }
    if (live && one->device != VIR_DOC_DOMAIN_DISK_DEVICE_CDROM &&
        one->device != VIR_DOC_DOMAIN_DISK_DEVICE_FLOPPY &&
        g_strcmp0(testDiskSource(&one->storage), testDiskSource(&two->storage)) != 0) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED,
                      "disk '%s' has no medium that could be changed", one->targetDev);
        return false;
    }
    return true;
}

typedef struct {
    const testDevice *device;
    bool live;
} Update;

static bool
mayUpdate(const virDocDomain *document, const void *opaque)
{
    const Update *update = opaque;
    gssize at = testDeviceFind(document, update->device);
    testDevice now = *update->device;

    if (at < 0)
        return false;
    now.data = virDocArray(update->device->member, document)[at];
    return mayBecome(&now, update->device, update->live);
}

/* The new description takes the place of the old one, but keeps its name and address. */
static void
replace(virDocDomain *document, const void *opaque)
{
    const testDevice *device = ((const Update *) opaque)->device;
    void **place = virDocArray(device->member, document) + testDeviceFind(document, device);
    testDevice now = { device->member, *place };
    testDevice then = { device->member, virDocCopy(device->member->record, device->data) };
    virDocDomainDeviceInfo *old = testDeviceInfo(&now), *new = testDeviceInfo(&then);

    if (old && new && !new->aliasName)
        new->aliasName = g_strdup(old->aliasName);
    if (old && new && !new->address && old->address)
        new->address = virDocDomainAddressCopy(old->address);
    if (device->member->record == &virDocDomainInterfaceRecord) {
        virDocDomainInterface *from = now.data, *to = then.data;

        if (!to->targetDev)
            to->targetDev = g_strdup(from->targetDev);
    }
    virDocFree(device->member->record, *place);
    *place = then.data;
}

/* A drive whose medium changes opens and closes. */
static void
announceTray(virDomainPtr handle, const testDomain *domain, const testDevice *device,
             const char *alias)
{
    const virDocDomainDisk *disk = device->data;

    if (device->member->record != &virDocDomainDiskRecord ||
        disk->device != VIR_DOC_DOMAIN_DISK_DEVICE_CDROM)
        return;
    virEventStateQueue(handle->conn->events,
                       virDomainEventTrayChangeNew(domain->name, domain->uuid, domain->id, alias,
                                                   VIR_DOMAIN_EVENT_TRAY_CHANGE_OPEN));
    virEventStateQueue(handle->conn->events,
                       virDomainEventTrayChangeNew(domain->name, domain->uuid, domain->id, alias,
                                                   VIR_DOMAIN_EVENT_TRAY_CHANGE_CLOSE));
}

int
testDomainUpdateDeviceFlags(virDomainPtr handle, const char *xml, unsigned int flags)
{
    g_auto(testDevice) device = { NULL, NULL };
    g_autofree char *alias = NULL;
    testDomain *domain;
    Update update = { &device, false };
    int ret = -1;

    if (testDeviceParse(xml, &device) < 0)
        return -1;
    if (device.member->record != &virDocDomainDiskRecord &&
        device.member->record != &virDocDomainInterfaceRecord &&
        device.member->record != &virDocDomainGraphicsRecord) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED,
                      "a <%s> cannot be changed, only replaced", device.member->name);
        return -1;
    }
    domain = testDomainLockForChange(handle);
    if (!domain)
        return -1;
    update.live = isLive(domain, flags);
    if (update.live)
        alias = nameOf(domain, &device);
    if (alias ? isIdle(domain, &device) : !update.live)
        ret = testDomainEditLocked(domain, flags & SIDES, mayUpdate, replace, &update);
    if (ret == 0 && update.live)
        announceTray(handle, domain, &device, alias);
    testDomainUnlock(handle);
    return ret;
}
