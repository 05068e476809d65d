/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Mediated devices of the test hypervisor: shares of other devices, defined, started and changed. */

#include "test_nodedev.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "base/uuid.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"

virDocNodeDeviceCapability *
testMdevOf(const virDocNodeDevice *document)
{
    return virConfNodeDeviceCapability(document, VIR_DOC_NODE_DEVICE_TYPE_MDEV);
}

/* The device that a mediated one is a share of; NULL when it is gone. */
static testNodeDevice *
parentOf(const testHost *host, const testNodeDevice *device)
{
    return g_hash_table_lookup(host->nodeDevices->all.byName, testNodeDeviceParentName(device));
}

/* The mediated device with an identity, NULL when there is none. */
static testNodeDevice *
findByUUID(const testHost *host, const unsigned char *uuid)
{
    for (const GList *link = host->nodeDevices->all.all.head; link; link = link->next) {
        testNodeDevice *device = link->data;
        const virDocNodeDeviceCapability *mdev = testMdevOf(device->head.live);

        if (mdev && memcmp(mdev->uuid, uuid, VIR_UUID_BUFLEN) == 0)
            return device;
    }
    return NULL;
}

/* Fills in what follows from the parent; 0, or -1 with an error raised. */
static int
complete(testHost *host, virDocNodeDevice *document)
{
    virDocNodeDeviceCapability *mdev = testMdevOf(document);
    const testNodeDevice *parent = testNodeDeviceParent(host, document);

    if (!parent)
        return -1;
    if (!virConfNodeDeviceOffer(parent->head.live, mdev->mdevTypeId)) {
        virErrorRaise(VIR_FROM_NODEDEV, VIR_ERR_CONFIG_UNSUPPORTED,
                      "device '%s' offers no mediated devices of type '%s'", parent->head.name,
                      mdev->mdevTypeId);
        return -1;
    }
    if (virConfFillUUID(mdev->uuid, &mdev->hasUuid) < 0)
        return -1;
    g_free(mdev->parentAddr);
    mdev->parentAddr = virConfNodeDeviceAddress(parent->head.live);
    g_clear_pointer(&mdev->mdevGroup, virDocNodeDeviceIommuGroupFree);
    g_free(document->name);
    document->name = virConfNodeDeviceMdevName(mdev->uuid, mdev->parentAddr);
    g_clear_pointer(&document->path, g_free);
    g_clear_pointer(&document->driverName, g_free);
    while (document->ndevnodes)
        virDocNodeDeviceNodeFree(VIR_DOC_LIST_TAKE(document, devnodes, 0));
    return 0;
}

testNodeDevice *
testMdevDefine(testHost *host, virDocNodeDevice *document, bool persistent)
{
    g_autoptr(virDocNodeDevice) owned = document;
    virConfObjects *table = &host->nodeDevices->all;
    testNodeDevice *device;

    if (complete(host, document) < 0)
        return NULL;
    device = findByUUID(host, testMdevOf(document)->uuid);
    if (device && (!persistent || !g_str_equal(device->head.name, document->name))) {
        virErrorRaise(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_FAILED,
                      "mediated device '%s' has this identity already", device->head.name);
        return NULL;
    }
    if (device) {
        virConfObjectDefine(table->kind, &device->head, g_steal_pointer(&owned));
    } else {
        device = virConfObjectsMake(table, document->name, NULL, g_steal_pointer(&owned));
    }
    if (persistent)
        device->head.persistent = true;
    return device;
}

/* A number that no group of devices has. */
static unsigned int
nextGroup(const testHost *host)
{
    unsigned int next = 0;

    for (const GList *link = host->nodeDevices->all.all.head; link; link = link->next) {
        const virDocNodeDevice *document = ((const testNodeDevice *) link->data)->head.live;

        for (size_t i = 0; i < document->ncapabilities; i++) {
            const virDocNodeDeviceCapability *one = document->capabilities[i];

            if (one->iommuGroup)
                next = MAX(next, one->iommuGroup->number + 1);
            if (one->mdevGroup)
                next = MAX(next, one->mdevGroup->number + 1);
        }
    }
    return next;
}

int
testMdevStart(testHost *host, testNodeDevice *device)
{
    testNodeDevice *parent = parentOf(host, device);
    virDocNodeDevice *live = device->head.live;
    virDocNodeDeviceCapability *mdev = testMdevOf(live);
    virDocNodeDeviceMdevType *offer;
    char uuid[VIR_UUID_STRING_BUFLEN];

    offer = parent ? virConfNodeDeviceOffer(parent->head.live, mdev->mdevTypeId) : NULL;
    if (!offer || !offer->availableInstances) {
        virErrorRaise(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_FAILED,
                      "device '%s' has no more mediated devices of type '%s' to give",
                      testNodeDeviceParentName(device), mdev->mdevTypeId);
        return -1;
    }
    if (device->head.persistent)
        device->head.next = virDocNodeDeviceCopy(live);
    offer->availableInstances--;
    virUUIDFormat(mdev->uuid, uuid);
    if (((const virDocNodeDevice *) parent->head.live)->path)
        live->path = g_strdup_printf("%s/%s", ((virDocNodeDevice *) parent->head.live)->path, uuid);
    live->driverName = g_strdup("vfio_mdev");
    mdev->mdevGroup = virDocNodeDeviceIommuGroupNew();
    mdev->mdevGroup->number = nextGroup(host);
    mdev->mdevGroup->hasNumber = true;
    device->head.active = true;
    testNodeDeviceAnnounce(host, device, VIR_NODE_DEVICE_EVENT_CREATED);
    testNodeDeviceChanged(host, parent);
    return 0;
}

void
testMdevStop(testHost *host, testNodeDevice *device)
{
    testNodeDevice *parent = parentOf(host, device);
    virDocNodeDeviceMdevType *offer = parent ? virConfNodeDeviceOffer(
        parent->head.live, testMdevOf(device->head.live)->mdevTypeId) : NULL;

    testNodeDeviceAnnounce(host, device, VIR_NODE_DEVICE_EVENT_DELETED);
    if (offer) {
        offer->availableInstances++;
        testNodeDeviceChanged(host, parent);
    }
    device->head.active = false;
    if (device->head.persistent)
        virConfObjectSettle(host->nodeDevices->all.kind, &device->head);
    else
        virConfObjectsRemove(&host->nodeDevices->all, device);
}

/* --- definitions ------------------------------------------------------------------------------- */

virNodeDevicePtr
testNodeDeviceDefineXML(virConnectPtr conn, const char *xmlDesc, unsigned int flags)
{
    testHost *host = testHostOf(conn);
    g_autoptr(virDocNodeDevice) wanted = virConfKindParse(&testNodeDeviceKind, xmlDesc,
                                                       flags & VIR_NODE_DEVICE_DEFINE_XML_VALIDATE);
    testNodeDevice *device;
    virNodeDevicePtr handle;

    if (!wanted)
        return NULL;
    if (!testMdevOf(wanted)) {
        virErrorRaise(VIR_FROM_NODEDEV, VIR_ERR_CONFIG_UNSUPPORTED,
                      "only mediated devices (mdev) can be defined");
        return NULL;
    }
    g_mutex_lock(&host->lock);
    device = testMdevDefine(host, g_steal_pointer(&wanted), /* persistent= */ true);
    if (device)
        testNodeDeviceAnnounce(host, device, VIR_NODE_DEVICE_EVENT_DEFINED);
    handle = testNodeDeviceHandle(conn, device);
    g_mutex_unlock(&host->lock);
    return handle;
}

/* The mediated device behind a handle, with the host locked; NULL unlocked, with an error raised. */
static testNodeDevice *
lockMdev(virNodeDevicePtr handle)
{
    testNodeDevice *device = testNodeDeviceLock(handle);

    if (!device || testMdevOf(device->head.live))
        return device;
    virErrorRaise(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_UNSUPPORTED,
                  "node device '%s' is no mediated device", device->head.name);
    testNodeDeviceUnlock(handle);
    return NULL;
}

/* Whether the device has a definition, else raises. */
static bool
requirePersistent(const testNodeDevice *device)
{
    if (!device->head.persistent)
        virErrorRaise(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_INVALID,
                      "node device '%s' is transient: it has no definition", device->head.name);
    return device->head.persistent;
}

int
testNodeDeviceUndefine(virNodeDevicePtr handle, unsigned int flags G_GNUC_UNUSED)
{
    testHost *host = testHostOf(handle->conn);
    testNodeDevice *device = lockMdev(handle);
    int ret = -1;

    if (!device)
        return -1;
    if (requirePersistent(device)) {
        device->head.persistent = device->head.autostart = false;
        testNodeDeviceAnnounce(host, device, VIR_NODE_DEVICE_EVENT_UNDEFINED);
        if (device->head.active)
            g_clear_pointer((virDocNodeDevice **) &device->head.next, virDocNodeDeviceFree);
        else
            virConfObjectsRemove(&host->nodeDevices->all, device);
        ret = 0;
    }
    testNodeDeviceUnlock(handle);
    return ret;
}

int
testNodeDeviceCreate(virNodeDevicePtr handle, unsigned int flags G_GNUC_UNUSED)
{
    testNodeDevice *device = lockMdev(handle);
    int ret = -1;

    if (!device)
        return -1;
    if (device->head.active)
        virErrorRaise(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_INVALID,
                      "node device '%s' is active already", device->head.name);
    else
        ret = testMdevStart(testHostOf(handle->conn), device);
    testNodeDeviceUnlock(handle);
    return ret;
}

int
testNodeDeviceSetAutostart(virNodeDevicePtr handle, int autostart)
{
    testNodeDevice *device = lockMdev(handle);
    int ret = -1;

    if (!device)
        return -1;
    if (requirePersistent(device)) {
        device->head.autostart = autostart;
        ret = 0;
    }
    testNodeDeviceUnlock(handle);
    return ret;
}

/* --- changes ----------------------------------------------------------------------------------- */

/* Whether a document says of an existing device nothing but other settings, else raises. */
static bool
changesSettingsOnly(const testNodeDevice *device, const virDocNodeDevice *wanted)
{
    const virDocNodeDeviceCapability *old = testMdevOf(device->head.live);
    const virDocNodeDeviceCapability *mdev = testMdevOf(wanted);
    const char *other = NULL;

    if (wanted->name && !g_str_equal(wanted->name, device->head.name))
        other = "name";
    else if (wanted->parent && wanted->parent->name &&
             g_strcmp0(wanted->parent->name, testNodeDeviceParentName(device)) != 0)
        other = "parent";
    else if (!mdev)
        other = "capability type='mdev'";
    else if (!g_str_equal(mdev->mdevTypeId, old->mdevTypeId))
        other = "type";
    else if (mdev->hasUuid && memcmp(mdev->uuid, old->uuid, sizeof(mdev->uuid)) != 0)
        other = "uuid";
    if (other)
        virErrorRaise(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_UNSUPPORTED,
                      "<%s> of node device '%s' cannot be changed, only <attr>", other,
                      device->head.name);
    return !other;
}

/* Gives a document the settings of another one. */
static void
copySettings(virDocNodeDevice *document, const virDocNodeDeviceCapability *from)
{
    virDocNodeDeviceCapability *to = testMdevOf(document);

    while (to->nattrs)
        virDocNodeDeviceAttributeFree(VIR_DOC_LIST_TAKE(to, attrs, 0));
    for (size_t i = 0; i < from->nattrs; i++)
        VIR_DOC_LIST_ADD(to, attrs, virDocNodeDeviceAttributeCopy(from->attrs[i]));
}

/* Changes what exists, the definition, or both; called with the lock held. */
static int
update(testHost *host, testNodeDevice *device, const virDocNodeDevice *wanted, bool live,
       bool config)
{
    if (live && !device->head.active) {
        virErrorRaise(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_INVALID,
                      "node device '%s' is not active", device->head.name);
        return -1;
    }
    if ((config && !requirePersistent(device)) || !changesSettingsOnly(device, wanted))
        return -1;
    if (config) {
        copySettings(virConfObjectDefinition(&device->head), testMdevOf(wanted));
        testNodeDeviceAnnounce(host, device, VIR_NODE_DEVICE_EVENT_DEFINED);
    }
    if (live) {
        copySettings(device->head.live, testMdevOf(wanted));
        testNodeDeviceChanged(host, device);
    }
    return 0;
}

int
testNodeDeviceUpdate(virNodeDevicePtr handle, const char *xmlDesc, unsigned int flags)
{
    g_autoptr(virDocNodeDevice) wanted = virConfKindParse(&testNodeDeviceKind, xmlDesc,
                                                          /* strict= */ false);
    bool live = flags & VIR_NODE_DEVICE_UPDATE_AFFECT_LIVE;
    bool config = flags & VIR_NODE_DEVICE_UPDATE_AFFECT_CONFIG;
    testNodeDevice *device = wanted ? lockMdev(handle) : NULL;
    int ret;

    if (!device)
        return -1;
    if (!live && !config) {
        live = device->head.active;
        config = !live;
    }
    ret = update(testHostOf(handle->conn), device, wanted, live, config);
    testNodeDeviceUnlock(handle);
    return ret;
}
