/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Node devices that come and go: virtual ports of adapters, and mediated devices beside them. */

#include "test_nodedev.h"

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"

static bool
isSame(const char *wanted, const char *found)
{
    return !wanted || (found && g_ascii_strcasecmp(wanted, found) == 0);
}

/* Whether a device is what a <parent> asks for by names of Fibre Channel; any port when by none. */
static bool
suits(const testNodeDevice *device, const virDocNodeDeviceParent *wanted)
{
    const virDocNodeDeviceHostCapability *port =
        virConfNodeDeviceHost(device->head.live, VIR_DOC_NODE_DEVICE_HOST_TYPE_FC_HOST);

    return virConfNodeDeviceHost(device->head.live, VIR_DOC_NODE_DEVICE_HOST_TYPE_VPORT_OPS) &&
           (!wanted || (isSame(wanted->wwnn, port ? port->wwnn : NULL) &&
                        isSame(wanted->wwpn, port ? port->wwpn : NULL) &&
                        isSame(wanted->fabricWwn, port ? port->fabricWwn : NULL)));
}

testNodeDevice *
testNodeDeviceParent(testHost *host, const virDocNodeDevice *document)
{
    const char *name = document->parent ? document->parent->name : NULL;
    testNodeDevice *parent = name ? g_hash_table_lookup(host->nodeDevices->all.byName, name) : NULL;

    if (!name)
        virErrorRaise(VIR_FROM_NODEDEV, VIR_ERR_INTERNAL_ERROR,
                      "the device needs a <parent> with the name of another one");
    else if (!parent)
        virErrorRaise(VIR_FROM_NODEDEV, VIR_ERR_INTERNAL_ERROR,
                      "there is no device '%s', which <parent> names", name);
    return parent;
}

/* The adapter of which a virtual port is to be made; NULL with an error raised. */
static testNodeDevice *
findAdapter(testHost *host, const virDocNodeDevice *document)
{
    testNodeDevice *parent = NULL;

    if (document->parent && document->parent->name) {
        parent = testNodeDeviceParent(host, document);
        if (!parent || virConfNodeDeviceHost(parent->head.live,
                                             VIR_DOC_NODE_DEVICE_HOST_TYPE_VPORT_OPS))
            return parent;
        virErrorRaise(VIR_FROM_NODEDEV, VIR_ERR_INTERNAL_ERROR,
                      "no virtual ports can be made of device '%s'", parent->head.name);
        return NULL;
    }
    for (GList *link = host->nodeDevices->all.all.head; link && !parent; link = link->next)
        parent = suits(link->data, document->parent) ? link->data : NULL;
    if (!parent)
        virErrorRaise(VIR_FROM_NODEDEV, VIR_ERR_INTERNAL_ERROR,
                      "no adapter of the host makes virtual ports and is what <parent> asks for");
    return parent;
}

/* Whether a name of a virtual port can be used, else raises. */
static bool
isUsable(const char *element, const char *wwn)
{
    if (!wwn) {
        virErrorRaise(VIR_FROM_NODEDEV, VIR_ERR_INTERNAL_ERROR,
                      "a virtual port needs a <%s>, which cannot be made up here", element);
        return false;
    }
    if (!virConfNodeDeviceIsWwn(wwn)) {
        virErrorRaise(VIR_FROM_NODEDEV, VIR_ERR_XML_ERROR,
                      "<%s> '%s' does not have 16 hexadecimal digits", element, wwn);
        return false;
    }
    return true;
}

/* Whether no device of the host has a port name yet, else raises. */
static bool
requireNewPort(const testHost *host, const char *wwpn)
{
    for (const GList *link = host->nodeDevices->all.all.head; link; link = link->next) {
        const testNodeDevice *device = link->data;
        const virDocNodeDeviceHostCapability *port =
            virConfNodeDeviceHost(device->head.live, VIR_DOC_NODE_DEVICE_HOST_TYPE_FC_HOST);

        if (port && port->wwpn && g_ascii_strcasecmp(port->wwpn, wwpn) == 0) {
            virErrorRaise(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_FAILED,
                          "node device '%s' has the port name '%s' already", device->head.name,
                          wwpn);
            return false;
        }
    }
    return true;
}

/* The number of the next SCSI host. */
static unsigned int
nextHost(const testHost *host)
{
    unsigned int next = 0;

    for (const GList *link = host->nodeDevices->all.all.head; link; link = link->next) {
        const testNodeDevice *device = link->data;
        const virDocNodeDeviceCapability *scsi =
            virConfNodeDeviceCapability(device->head.live, VIR_DOC_NODE_DEVICE_TYPE_SCSI_HOST);

        if (scsi && scsi->hasHostNumber)
            next = MAX(next, scsi->hostNumber + 1);
    }
    return next;
}

/* The description of a virtual port as the host gives it. */
static virDocNodeDevice *
describePort(const testHost *host, const testNodeDevice *parent,
             const virDocNodeDeviceHostCapability *wanted)
{
    const virDocNodeDeviceHostCapability *own =
        virConfNodeDeviceHost(parent->head.live, VIR_DOC_NODE_DEVICE_HOST_TYPE_FC_HOST);
    virDocNodeDeviceHostCapability *port = virDocNodeDeviceHostCapabilityCopy(wanted);
    virDocNodeDeviceCapability *scsi = virDocNodeDeviceCapabilityNew();
    virDocNodeDevice *document = virDocNodeDeviceNew();

    if (own && own->fabricWwn) {
        g_free(port->fabricWwn);
        port->fabricWwn = g_strdup(own->fabricWwn);
    }
    scsi->type = VIR_DOC_NODE_DEVICE_TYPE_SCSI_HOST;
    scsi->hasHostNumber = scsi->hasUniqueId = true;
    scsi->hostNumber = nextHost(host);
    scsi->uniqueId = (int) scsi->hostNumber - 1;
    VIR_DOC_LIST_INSERT(scsi, hostCapabilities, 0, port);
    document->name = g_strdup_printf("scsi_host%u", scsi->hostNumber);
    document->parent = virDocNodeDeviceParentNew();
    document->parent->name = g_strdup(parent->head.name);
    VIR_DOC_LIST_INSERT(document, capabilities, 0, scsi);
    return document;
}

/* How many virtual ports an adapter has, which its description says. */
static void
countPorts(testHost *host, testNodeDevice *adapter, int change)
{
    virDocNodeDeviceHostCapability *ports =
        adapter ? virConfNodeDeviceHost(adapter->head.live, VIR_DOC_NODE_DEVICE_HOST_TYPE_VPORT_OPS)
                : NULL;

    if (!ports || !(ports->vports + (unsigned int) change <= G_MAXINT))
        return;
    ports->hasVports = true;
    ports->vports += (unsigned int) change;
    testNodeDeviceChanged(host, adapter);
}

static testNodeDevice *
makePort(testHost *host, const virDocNodeDevice *wanted)
{
    const virDocNodeDeviceHostCapability *port =
        virConfNodeDeviceHost(wanted, VIR_DOC_NODE_DEVICE_HOST_TYPE_FC_HOST);
    testNodeDevice *adapter = findAdapter(host, wanted);
    const virDocNodeDeviceHostCapability *ports;
    testNodeDevice *device;

    if (!adapter || !isUsable("wwnn", port->wwnn) || !isUsable("wwpn", port->wwpn) ||
        !requireNewPort(host, port->wwpn))
        return NULL;
    ports = virConfNodeDeviceHost(adapter->head.live, VIR_DOC_NODE_DEVICE_HOST_TYPE_VPORT_OPS);
    /* An adapter that does not tell how many there may be says 0. */
    if (ports->maxVports && ports->vports >= ports->maxVports) {
        virErrorRaise(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_FAILED,
                      "device '%s' has all of its %u virtual ports", adapter->head.name,
                      ports->maxVports);
        return NULL;
    }
    device = testNodeDeviceAdd(host, describePort(host, adapter, port));
    if (!device)
        return NULL;
    testNodeDeviceAnnounce(host, device, VIR_NODE_DEVICE_EVENT_CREATED);
    countPorts(host, adapter, 1);
    return device;
}

/* A mediated device that is gone when it is destroyed. */
static testNodeDevice *
makeMdev(testHost *host, const virDocNodeDevice *wanted)
{
    testNodeDevice *device = testMdevDefine(host, virDocNodeDeviceCopy(wanted),
                                            /* persistent= */ false);

    if (device && testMdevStart(host, device) < 0) {
        virConfObjectsRemove(&host->nodeDevices->all, device);
        device = NULL;
    }
    return device;
}

virNodeDevicePtr
testNodeDeviceCreateXML(virConnectPtr conn, const char *xmlDesc, unsigned int flags)
{
    testHost *host = testHostOf(conn);
    g_autoptr(virDocNodeDevice) wanted = virConfKindParse(&testNodeDeviceKind, xmlDesc,
                                                       flags & VIR_NODE_DEVICE_CREATE_XML_VALIDATE);
    testNodeDevice *device = NULL;
    virNodeDevicePtr handle;

    if (!wanted)
        return NULL;
    g_mutex_lock(&host->lock);
    if (testMdevOf(wanted))
        device = makeMdev(host, wanted);
    else if (virConfNodeDeviceHost(wanted, VIR_DOC_NODE_DEVICE_HOST_TYPE_FC_HOST))
        device = makePort(host, wanted);
    else
        virErrorRaise(VIR_FROM_NODEDEV, VIR_ERR_INTERNAL_ERROR,
                      "only virtual ports of adapters (scsi_host with fc_host) and mediated "
                      "devices (mdev) can be made");
    handle = testNodeDeviceHandle(conn, device);
    g_mutex_unlock(&host->lock);
    return handle;
}

/* --- the end ----------------------------------------------------------------------------------- */

/* Whether nothing that hangs on the device, nor itself, is used, else raises. */
static bool
requireFree(const testHost *host, const testNodeDevice *device)
{
    if (!testNodeDeviceRequireUnused(host, device))
        return false;
    for (const GList *link = host->nodeDevices->all.all.head; link; link = link->next) {
        const testNodeDevice *other = link->data;

        if (g_strcmp0(testNodeDeviceParentName(other), device->head.name) == 0 &&
            !requireFree(host, other))
            return false;
    }
    return true;
}

/* The first device that hangs on another one, NULL when there is none. */
static testNodeDevice *
firstBelow(const testHost *host, const testNodeDevice *device)
{
    for (const GList *link = host->nodeDevices->all.all.head; link; link = link->next) {
        testNodeDevice *other = link->data;

        if (g_strcmp0(testNodeDeviceParentName(other), device->head.name) == 0)
            return other;
    }
    return NULL;
}

/* An adapter or port goes, and with it what hangs on it, the leaves first. */
static void
removeAdapter(testHost *host, testNodeDevice *device)
{
    const char *parent = testNodeDeviceParentName(device);
    testNodeDevice *below;

    while ((below = firstBelow(host, device)))
        removeAdapter(host, below);
    testNodeDeviceAnnounce(host, device, device->head.active ? VIR_NODE_DEVICE_EVENT_DELETED
                                                             : VIR_NODE_DEVICE_EVENT_UNDEFINED);
    if (parent)
        countPorts(host, g_hash_table_lookup(host->nodeDevices->all.byName, parent), -1);
    virConfObjectsRemove(&host->nodeDevices->all, device);
}

int
testNodeDeviceDestroy(virNodeDevicePtr handle)
{
    testHost *host = testHostOf(handle->conn);
    testNodeDevice *device = testNodeDeviceLock(handle);
    int ret = -1;

    if (!device)
        return -1;
    if (!device->head.active) {
        virErrorRaise(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_INVALID,
                      "node device '%s' is not active", device->head.name);
    } else if (!testMdevOf(device->head.live) &&
               !virConfNodeDeviceHost(device->head.live, VIR_DOC_NODE_DEVICE_HOST_TYPE_FC_HOST)) {
        virErrorRaise(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_UNSUPPORTED,
                      "node device '%s' is neither an adapter or port on Fibre Channel nor a "
                      "mediated device", device->head.name);
    } else if (requireFree(host, device)) {
        if (testMdevOf(device->head.live))
            testMdevStop(host, device);
        else
            removeAdapter(host, device);
        ret = 0;
    }
    testNodeDeviceUnlock(handle);
    return ret;
}
