/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* PCI devices of the test hypervisor that are taken from the host for guests, and given back. */

#include "test_nodedev.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_domain.h"

/* Whether a device of a guest is a device of the host. */
static bool
isGiven(const virDocDomainHostdev *given, const virDocNodeDevice *document)
{
    const virDocNodeDeviceCapability *pci =
        virConfNodeDeviceCapability(document, VIR_DOC_NODE_DEVICE_TYPE_PCI);
    const virDocNodeDeviceCapability *mdev = testMdevOf(document);
    const virDocDomainPciAddress *place = given->sourcePci;

    if (mdev)
        return given->hasSourceMdevUuid &&
               memcmp(given->sourceMdevUuid, mdev->uuid, sizeof(mdev->uuid)) == 0;
    return pci && place && place->domain == pci->domain && place->bus == pci->pciBus &&
           place->slot == pci->slot && place->function == pci->function;
}

const char *
testNodeDeviceUser(const testHost *host, const testNodeDevice *device)
{
    for (const GList *link = host->domains->objects.all.head; link; link = link->next) {
        const testDomain *domain = link->data;

        for (size_t i = 0; domain->id >= 0 && i < domain->live->nhostdevs; i++) {
            if (isGiven(domain->live->hostdevs[i], device->head.live))
                return domain->name;
        }
    }
    return NULL;
}

bool
testNodeDeviceRequireUnused(const testHost *host, const testNodeDevice *device)
{
    const char *user = testNodeDeviceUser(host, device);

    if (user)
        virErrorRaise(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_INVALID,
                      "node device '%s' is in use by domain '%s'", device->head.name, user);
    return !user;
}

/* A PCI device that no guest uses, with the host locked; NULL unlocked, with an error raised. */
static testNodeDevice *
lockUnused(virNodeDevicePtr handle)
{
    testNodeDevice *device = testNodeDeviceLock(handle);

    if (!device)
        return NULL;
    if (!virConfNodeDeviceCapability(device->head.live, VIR_DOC_NODE_DEVICE_TYPE_PCI)) {
        virErrorRaise(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_UNSUPPORTED,
                      "node device '%s' is no PCI device", device->head.name);
    } else if (testNodeDeviceRequireUnused(testHostOf(handle->conn), device)) {
        return device;
    }
    testNodeDeviceUnlock(handle);
    return NULL;
}

/* The driver of the host that a name stands for; NULL when it hands nothing to guests. */
static const char *
driverFor(const char *name)
{
    if (!name || g_str_equal(name, "vfio"))
        return "vfio-pci";
    /* A variant of it that knows the device. */
    return strstr(name, "vfio-pci") || strstr(name, "vfio_pci") ? name : NULL;
}

int
testNodeDeviceDetachFlags(virNodeDevicePtr handle, const char *driverName,
                          unsigned int flags G_GNUC_UNUSED)
{
    testNodeDevice *device = lockUnused(handle);
    const char *wanted = driverFor(driverName);
    virDocNodeDevice *document;

    if (!device)
        return -1;
    if (!wanted) {
        virErrorRaise(VIR_FROM_NODEDEV, VIR_ERR_CONFIG_UNSUPPORTED,
                      "driver '%s' hands no devices to guests: give 'vfio' or a variant of "
                      "vfio-pci", driverName);
        testNodeDeviceUnlock(handle);
        return -1;
    }
    document = device->head.live;
    if (!device->detached) {
        device->hostDriver = g_steal_pointer(&document->driverName);
        device->detached = true;
    }
    if (g_strcmp0(document->driverName, wanted) != 0) {
        g_free(document->driverName);
        document->driverName = g_strdup(wanted);
        testNodeDeviceChanged(testHostOf(handle->conn), device);
    }
    testNodeDeviceUnlock(handle);
    return 0;
}

int
testNodeDeviceDettach(virNodeDevicePtr handle)
{
    return testNodeDeviceDetachFlags(handle, /* driverName= */ NULL, 0);
}

int
testNodeDeviceReAttach(virNodeDevicePtr handle)
{
    testNodeDevice *device = lockUnused(handle);
    virDocNodeDevice *document;

    if (!device)
        return -1;
    document = device->head.live;
    if (device->detached) {
        g_free(document->driverName);
        document->driverName = g_steal_pointer(&device->hostDriver);
        device->detached = false;
        testNodeDeviceChanged(testHostOf(handle->conn), device);
    }
    testNodeDeviceUnlock(handle);
    return 0;
}

/* A reset leaves nothing that could be seen from outside, but one in use is never reset. */
int
testNodeDeviceReset(virNodeDevicePtr handle)
{
    testNodeDevice *device = lockUnused(handle);

    if (!device)
        return -1;
    testNodeDeviceUnlock(handle);
    return 0;
}
