/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the test hypervisor is asked about the devices of its host. */

#include "test_nodedev.h"

#include <libvirt/virterror.h>

#include "document/print.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "runtime/objects.h"

#define ADAPTER(host, unique, wwn, fabric) \
    "<device><name>scsi_host" host "</name><parent>computer</parent><capability type='scsi_host'>" \
    "<host>" host "</host><unique_id>" unique "</unique_id><capability type='fc_host'>" \
    "<wwnn>20000000" wwn "</wwnn><wwpn>10000000" wwn "</wwpn>" \
    "<fabric_wwn>20000000" fabric "</fabric_wwn></capability><capability type='vport_ops'>" \
    "<max_vports>0</max_vports><vports>0</vports></capability></capability></device>"

/* The built-in host: itself, two adapters, and a virtual port of the first. */
static const char *const defaultXML[] = {
    "<device><name>computer</name><capability type='system'><hardware><vendor>Libvirt</vendor>"
    "<version>Test driver</version><serial>123456</serial>"
    "<uuid>11111111-2222-3333-4444-555555555555</uuid></hardware><firmware>"
    "<vendor>Libvirt</vendor><version>Test Driver</version>"
    "<release_date>01/22/2007</release_date></firmware></capability></device>",
    ADAPTER("1", "0", "12341234", "43214321"),
    ADAPTER("2", "1", "56785678", "87658765"),
    "<device><name>scsi_host11</name><parent>scsi_host1</parent><capability type='scsi_host'>"
    "<host>11</host><unique_id>10</unique_id><capability type='fc_host'>"
    "<wwnn>2000000034563456</wwnn><wwpn>1000000034563456</wwpn>"
    "<fabric_wwn>2000000043214321</fabric_wwn></capability></capability></device>",
};

static void
clearDevice(virConfObject *object)
{
    g_free(((testNodeDevice *) object)->hostDriver);
}

const char *
testNodeDeviceParentName(const testNodeDevice *device)
{
    const virDocNodeDevice *document = device->head.live;

    return document->parent ? document->parent->name : NULL;
}

virNodeDevicePtr
testNodeDeviceHandle(virConnectPtr conn, const testNodeDevice *device)
{
    if (!device)
        return NULL;
    return virNodeDeviceNew(conn, device->head.name, testNodeDeviceParentName(device));
}

static void *
handleOf(virConnectPtr conn, const void *object)
{
    return testNodeDeviceHandle(conn, object);
}

/* What the heads do not tell: the kinds that are asked for, any of which is enough. */
static bool
isOfKind(const void *object, unsigned int flags)
{
    const testNodeDevice *device = object;
    unsigned int kinds = flags & ~(unsigned int) (VIR_CONNECT_LIST_NODE_DEVICES_ACTIVE |
                                                  VIR_CONNECT_LIST_NODE_DEVICES_INACTIVE |
                                                  VIR_CONNECT_LIST_NODE_DEVICES_PERSISTENT |
                                                  VIR_CONNECT_LIST_NODE_DEVICES_TRANSIENT);

    return !kinds || virConfNodeDeviceFilters(device->head.live) & kinds;
}

const virConfObjectKind testNodeDeviceKind = {
    .word = "node device",
    .record = &virDocNodeDeviceRecord,
    .documentDomain = VIR_FROM_NODEDEV,
    .missingCode = VIR_ERR_NO_NODE_DEVICE,
    .size = sizeof(testNodeDevice),
    .clear = clearDevice,
    .handle = handleOf,
    .active = { VIR_CONNECT_LIST_NODE_DEVICES_ACTIVE, VIR_CONNECT_LIST_NODE_DEVICES_INACTIVE },
    .persistent = { VIR_CONNECT_LIST_NODE_DEVICES_PERSISTENT,
                    VIR_CONNECT_LIST_NODE_DEVICES_TRANSIENT },
    .passes = isOfKind,
};

testNodeDevice *
testNodeDeviceLock(virNodeDevicePtr handle)
{
    testHost *host = testHostOf(handle->conn);
    testNodeDevice *device;

    g_mutex_lock(&host->lock);
    device = virConfObjectsByName(&host->nodeDevices->all, handle->name);
    if (!device)
        g_mutex_unlock(&host->lock);
    return device;
}

void
testNodeDeviceUnlock(virNodeDevicePtr handle)
{
    g_mutex_unlock(&testHostOf(handle->conn)->lock);
}

void
testNodeDeviceAnnounce(testHost *host, const testNodeDevice *device, int event)
{
    virEventStateQueue(host->events, virNodeDeviceEventLifecycleNew(
                           device->head.name, testNodeDeviceParentName(device), event, 0));
}

void
testNodeDeviceChanged(testHost *host, const testNodeDevice *device)
{
    virEventStateQueue(host->events, virNodeDeviceEventUpdateNew(
                           device->head.name, testNodeDeviceParentName(device)));
}

testNodeDevice *
testNodeDeviceAdd(testHost *host, virDocNodeDevice *document)
{
    g_autoptr(virDocNodeDevice) owned = document;
    virConfObjects *table = &host->nodeDevices->all;
    testNodeDevice *device;

    if (!document->name) {
        virErrorRaise(VIR_FROM_NODEDEV, VIR_ERR_XML_ERROR, "a device of the host needs a <name>");
        return NULL;
    }
    if (g_hash_table_lookup(table->byName, document->name)) {
        virErrorRaise(VIR_FROM_NODEDEV, VIR_ERR_OPERATION_FAILED, "node device '%s' exists already",
                      document->name);
        return NULL;
    }
    if (document->parent && !testNodeDeviceParent(host, document))
        return NULL;
    device = virConfObjectsMake(table, document->name, NULL, g_steal_pointer(&owned));
    device->head.active = true;
    return device;
}

void
testNodeDeviceSetUp(testHost *host)
{
    host->nodeDevices = g_new0(struct testNodeDevices, 1);
    virConfObjectsInit(&host->nodeDevices->all, &testNodeDeviceKind, VIR_FROM_TEST, &host->lock);
}

/* A mediated device is defined and, unless it says otherwise, exists. */
static int
enterMdev(testHost *host, virDocNodeDevice *document, const virDocNodeObject *object)
{
    testNodeDevice *device = testMdevDefine(host, document,
                                            object->transient != VIR_DOC_SWITCH_ON);

    if (!device)
        return -1;
    device->head.autostart = object->autostart == VIR_DOC_SWITCH_ON && device->head.persistent;
    return object->state == VIR_DOC_NODE_STATE_INACTIVE ? 0 : testMdevStart(host, device);
}

/* A device of the host is there; it stays unless it is a virtual port. */
static int
enterDevice(testHost *host, virDocNodeDevice *document)
{
    testNodeDevice *device = testNodeDeviceAdd(host, document);
    const char *parent = device ? testNodeDeviceParentName(device) : NULL;
    const testNodeDevice *adapter =
        parent ? g_hash_table_lookup(host->nodeDevices->all.byName, parent) : NULL;
    bool isPort = adapter && virConfNodeDeviceHost(adapter->head.live,
                                                   VIR_DOC_NODE_DEVICE_HOST_TYPE_VPORT_OPS) &&
                  virConfNodeDeviceHost(device->head.live, VIR_DOC_NODE_DEVICE_HOST_TYPE_FC_HOST);

    if (!device)
        return -1;
    device->head.persistent = device->head.autostart = !isPort;
    return 0;
}

int
testNodeDeviceSetUpDefault(testHost *host)
{
    for (size_t i = 0; i < G_N_ELEMENTS(defaultXML); i++) {
        virDocNodeDevice *document = virConfKindParse(&testNodeDeviceKind, defaultXML[i],
                                                      /* strict= */ true);

        if (!document || enterDevice(host, document) < 0)
            return -1;
    }
    return 0;
}

int
testNodeDeviceEnter(virConnectPtr conn, const char *text, const virDocNodeObject *object)
{
    testHost *host = testHostOf(conn);
    virDocNodeDevice *document = virConfKindParse(&testNodeDeviceKind, text, /* strict= */ false);
    int ret;

    if (!document)
        return -1;
    g_mutex_lock(&host->lock);
    ret = testMdevOf(document) ? enterMdev(host, document, object) : enterDevice(host, document);
    g_mutex_unlock(&host->lock);
    return ret;
}

void
testNodeDeviceTearDown(testHost *host)
{
    if (!host->nodeDevices)
        return;
    virConfObjectsClear(&host->nodeDevices->all);
    g_free(host->nodeDevices);
}

static virConfObjects *
devicesOf(virConnectPtr conn)
{
    return &testHostOf(conn)->nodeDevices->all;
}

virNodeDevicePtr
testNodeDeviceLookupByName(virConnectPtr conn, const char *name)
{
    return virConfObjectsLookUpByName(devicesOf(conn), conn, name);
}

/* Whether an adapter or port has a node name and a port name. */
static bool
hasNames(const void *object, const void *opaque)
{
    const virDocNodeDeviceHostCapability *port = virConfNodeDeviceHost(
        ((const testNodeDevice *) object)->head.live, VIR_DOC_NODE_DEVICE_HOST_TYPE_FC_HOST);
    const char *const *names = opaque;

    return port && port->wwnn && port->wwpn && g_ascii_strcasecmp(port->wwnn, names[0]) == 0 &&
           g_ascii_strcasecmp(port->wwpn, names[1]) == 0;
}

virNodeDevicePtr
testNodeDeviceLookupSCSIHostByWWN(virConnectPtr conn, const char *wwnn, const char *wwpn,
                                  unsigned int flags G_GNUC_UNUSED)
{
    const char *names[] = { wwnn, wwpn };
    virNodeDevicePtr handle = virConfObjectsLookUpFirst(devicesOf(conn), conn, hasNames, names);

    if (!handle)
        virErrorRaise(VIR_FROM_NODEDEV, VIR_ERR_NO_NODE_DEVICE,
                      "no SCSI host has the node name '%s' and the port name '%s'", wwnn, wwpn);
    return handle;
}

const char *
testNodeDeviceGetParent(virNodeDevicePtr handle)
{
    testNodeDevice *device = testNodeDeviceLock(handle);
    char *text;

    if (!device)
        return NULL;
    text = g_strdup(testNodeDeviceParentName(device));
    if (!text)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR, "node device '%s' has no parent",
                      device->head.name);
    testNodeDeviceUnlock(handle);
    /* The handle may have come without it; what was handed out once stays as long as the handle. */
    if (text && !g_atomic_pointer_compare_and_exchange(&handle->parentName, NULL, text))
        g_free(text);
    return g_atomic_pointer_get(&handle->parentName);
}

char *
testNodeDeviceGetXMLDesc(virNodeDevicePtr handle, unsigned int flags)
{
    testNodeDevice *device = testNodeDeviceLock(handle);
    const void *document;
    char *text;

    if (!device)
        return NULL;
    document = flags & VIR_NODE_DEVICE_XML_INACTIVE ? virConfObjectDefinition(&device->head)
                                                    : device->head.live;
    text = virDocPrint(&virDocNodeDeviceRecord, NULL, document, 0);
    testNodeDeviceUnlock(handle);
    return text;
}

/* Names of the capabilities of a device, at most `max`; `names` NULL: just counts. */
static int
listCaps(virNodeDevicePtr handle, char **names, int max)
{
    testNodeDevice *device = testNodeDeviceLock(handle);
    const virDocNodeDevice *document;
    int count = 0;

    if (!device)
        return -1;
    document = device->head.live;
    for (size_t i = 0; i < document->ncapabilities && count < max; i++) {
        if (names)
            names[count] = g_strdup(
                virDocNodeDeviceTypeToString(document->capabilities[i]->type));
        count++;
    }
    testNodeDeviceUnlock(handle);
    return count;
}

int
testNodeDeviceNumOfCaps(virNodeDevicePtr handle)
{
    return listCaps(handle, NULL, G_MAXINT);
}

int
testNodeDeviceListCaps(virNodeDevicePtr handle, char **const names, int maxnames)
{
    return listCaps(handle, names, maxnames);
}

/* The filters of active devices of a kind, or of all; 0: there is no such kind. */
static unsigned int
filtersFor(const char *cap)
{
    unsigned int filter = cap ? virConfNodeDeviceFilter(cap) : 0;

    return cap && !filter ? 0 : filter | VIR_CONNECT_LIST_NODE_DEVICES_ACTIVE;
}

int
testNodeNumOfDevices(virConnectPtr conn, const char *cap, unsigned int flags G_GNUC_UNUSED)
{
    unsigned int filters = filtersFor(cap);

    return filters ? virConfObjectsCount(devicesOf(conn), filters) : 0;
}

int
testNodeListDevices(virConnectPtr conn, const char *cap, char **const names, int maxnames,
                    unsigned int flags G_GNUC_UNUSED)
{
    unsigned int filters = filtersFor(cap);

    return filters ? virConfObjectsListNames(devicesOf(conn), filters, names, maxnames) : 0;
}

int
testConnectListAllNodeDevices(virConnectPtr conn, virNodeDevicePtr **devices, unsigned int flags)
{
    return virConfObjectsListAll(devicesOf(conn), conn, (void ***) devices, flags);
}

int
testNodeDeviceIsActive(virNodeDevicePtr handle)
{
    testNodeDevice *device = testNodeDeviceLock(handle);
    int ret;

    if (!device)
        return -1;
    ret = device->head.active;
    testNodeDeviceUnlock(handle);
    return ret;
}

int
testNodeDeviceIsPersistent(virNodeDevicePtr handle)
{
    testNodeDevice *device = testNodeDeviceLock(handle);
    int ret;

    if (!device)
        return -1;
    ret = device->head.persistent;
    testNodeDeviceUnlock(handle);
    return ret;
}

int
testNodeDeviceGetAutostart(virNodeDevicePtr handle, int *autostart)
{
    testNodeDevice *device = testNodeDeviceLock(handle);

    if (!device)
        return -1;
    *autostart = device->head.autostart;
    testNodeDeviceUnlock(handle);
    return 0;
}
