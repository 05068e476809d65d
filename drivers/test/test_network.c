/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Virtual networks of the test hypervisor: definitions and states, kept in memory. */

#include "test_network.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "conf/network.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "runtime/objects.h"

static const char defaultXML[] =
    "<network>"
    "  <name>default</name>"
    "  <uuid>dd8fe884-6c02-601e-7551-cca97df1c5df</uuid>"
    "  <forward mode='nat'/>"
    "  <bridge name='virbr0' stp='on' delay='0'/>"
    "  <ip address='192.168.122.1' netmask='255.255.255.0'>"
    "    <dhcp><range start='192.168.122.2' end='192.168.122.254'/></dhcp>"
    "  </ip>"
    "</network>";

static void
clearNetwork(virConfObject *object)
{
    testNetwork *network = (testNetwork *) object;

    testNetworkDropPorts(network);
    g_hash_table_unref(network->ports);
}

static void *
handleOf(virConnectPtr conn, const void *object)
{
    const testNetwork *network = object;

    return network ? virNetworkNew(conn, network->head.name, network->head.uuid) : NULL;
}

const virConfObjectKind testNetworkKind = {
    .word = "network",
    .record = &virDocNetworkRecord,
    .checks = virConfNetworkChecks,
    .nchecks = G_N_ELEMENTS(virConfNetworkChecks),
    .documentDomain = VIR_FROM_NETWORK,
    .missingCode = VIR_ERR_NO_NETWORK,
    .size = sizeof(testNetwork),
    .clear = clearNetwork,
    .handle = handleOf,
    .active = { VIR_CONNECT_LIST_NETWORKS_ACTIVE, VIR_CONNECT_LIST_NETWORKS_INACTIVE },
    .persistent = { VIR_CONNECT_LIST_NETWORKS_PERSISTENT, VIR_CONNECT_LIST_NETWORKS_TRANSIENT },
    .autostart = { VIR_CONNECT_LIST_NETWORKS_AUTOSTART, VIR_CONNECT_LIST_NETWORKS_NO_AUTOSTART },
};

static virDocNetwork *
parse(const char *xml, bool strict)
{
    virDocNetwork *document = virConfKindParse(&testNetworkKind, xml, strict);

    if (document && virConfFillUUID(document->uuid, &document->hasUuid) < 0)
        g_clear_pointer(&document, virDocNetworkFree);
    return document;
}

testNetwork *
testNetworkLock(virNetworkPtr handle)
{
    testHost *host = testHostOf(handle->conn);
    testNetwork *network;

    g_mutex_lock(&host->lock);
    network = virConfObjectsByUUID(&host->networks->all, handle->uuid);
    if (!network)
        g_mutex_unlock(&host->lock);
    return network;
}

void
testNetworkUnlock(virNetworkPtr handle)
{
    g_mutex_unlock(&testHostOf(handle->conn)->lock);
}

bool
testNetworkRequireActive(const testNetwork *network)
{
    if (network->head.active)
        return true;
    virErrorRaise(VIR_FROM_NETWORK, VIR_ERR_OPERATION_INVALID, "network '%s' is not running",
                  network->head.name);
    return false;
}

virDocNetwork *
testNetworkLive(const testNetwork *network)
{
    return network->head.live;
}

virDocNetwork *
testNetworkKeepDefinition(testNetwork *network)
{
    if (!network->head.next && network->head.active)
        network->head.next = virDocNetworkCopy(network->head.live);
    return virConfObjectDefinition(&network->head);
}

bool
testNetworkToChange(testNetwork *network, unsigned int flags, virDocNetwork **live,
                    virDocNetwork **config)
{
    const unsigned int both = VIR_NETWORK_UPDATE_AFFECT_LIVE | VIR_NETWORK_UPDATE_AFFECT_CONFIG;

    *live = *config = NULL;
    if (!(flags & both))
        flags |= network->head.active ? VIR_NETWORK_UPDATE_AFFECT_LIVE
                                      : VIR_NETWORK_UPDATE_AFFECT_CONFIG;
    if (flags & VIR_NETWORK_UPDATE_AFFECT_LIVE && !testNetworkRequireActive(network))
        return false;
    if (flags & VIR_NETWORK_UPDATE_AFFECT_CONFIG && !network->head.persistent) {
        virErrorRaise(VIR_FROM_NETWORK, VIR_ERR_OPERATION_INVALID,
                      "network '%s' is transient and has no persistent definition",
                      network->head.name);
        return false;
    }
    /* What runs is changed apart from what is kept. */
    if (network->head.persistent)
        *config = testNetworkKeepDefinition(network);
    if (flags & VIR_NETWORK_UPDATE_AFFECT_LIVE)
        *live = network->head.live;
    if (!(flags & VIR_NETWORK_UPDATE_AFFECT_CONFIG))
        *config = NULL;
    return true;
}

/* Tells listeners what happened; called with the lock held, which the queue allows. */
static void
announce(testHost *host, const testNetwork *network, int event)
{
    virEventStateQueue(host->events, virNetworkEventLifecycleNew(network->head.name,
                                                                 network->head.uuid, event, 0));
}

/*
 * Takes in a document: a new network, or another definition of one that has its name and UUID.
 * Called with the lock held; owns the document whatever happens.
 */
static testNetwork *
adopt(testHost *host, virDocNetwork *document)
{
    virConfObjects *table = &host->networks->all;
    void *same = NULL;
    testNetwork *network;

    if (virConfObjectsMatch(table, document->name, document->uuid, &same) < 0) {
        virDocNetworkFree(document);
        return NULL;
    }
    if (same) {
        virConfObjectDefine(table->kind, same, document);
        return same;
    }
    network = virConfObjectsMake(table, document->name, document->uuid, document);
    network->ports = g_hash_table_new(virConfUUIDHash, virConfUUIDEqual);
    g_queue_init(&network->order);
    return network;
}

void
testNetworkSetUp(testHost *host)
{
    host->networks = g_new0(struct testNetworks, 1);
    virConfObjectsInit(&host->networks->all, &testNetworkKind, VIR_FROM_TEST, &host->lock);
}

int
testNetworkSetUpDefault(testHost *host)
{
    virDocNetwork *document = parse(defaultXML, /* strict= */ true);
    testNetwork *network = document ? adopt(host, document) : NULL;

    if (!network)
        return -1;
    network->head.active = network->head.persistent = true;
    return 0;
}

void
testNetworkTearDown(testHost *host)
{
    if (!host->networks)
        return;
    virConfObjectsClear(&host->networks->all);
    g_free(host->networks);
}

virNetworkPtr
testNetworkDefineXMLFlags(virConnectPtr conn, const char *xmlDesc, unsigned int flags)
{
    testHost *host = testHostOf(conn);
    virDocNetwork *document = parse(xmlDesc, flags & VIR_NETWORK_DEFINE_VALIDATE);
    virNetworkPtr handle = NULL;
    testNetwork *network;

    if (!document)
        return NULL;
    g_mutex_lock(&host->lock);
    network = adopt(host, document);
    if (network) {
        network->head.persistent = true;
        handle = virNetworkNew(conn, network->head.name, network->head.uuid);
        announce(host, network, VIR_NETWORK_EVENT_DEFINED);
    }
    g_mutex_unlock(&host->lock);
    return handle;
}

virNetworkPtr
testNetworkDefineXML(virConnectPtr conn, const char *xmlDesc)
{
    return testNetworkDefineXMLFlags(conn, xmlDesc, 0);
}

/* Starts what a document describes; called with the lock held, and owns the document. */
static testNetwork *
createTransient(testHost *host, virDocNetwork *document)
{
    testNetwork *network = g_hash_table_lookup(host->networks->all.byUUID, document->uuid);
    virDocNetwork *kept = NULL;

    if (network && network->head.active) {
        virErrorRaise(VIR_FROM_NETWORK, VIR_ERR_OPERATION_INVALID,
                      "network is already active as '%s'", network->head.name);
        virDocNetworkFree(document);
        return NULL;
    }
    /* A persistent network keeps its definition for the next start. */
    if (network)
        kept = virDocNetworkCopy(network->head.live);
    network = adopt(host, document);
    if (network) {
        network->head.next = g_steal_pointer(&kept);
        network->head.active = true;
        announce(host, network, VIR_NETWORK_EVENT_STARTED);
    }
    virDocNetworkFree(kept);
    return network;
}

virNetworkPtr
testNetworkCreateXMLFlags(virConnectPtr conn, const char *xmlDesc, unsigned int flags)
{
    testHost *host = testHostOf(conn);
    virDocNetwork *document = parse(xmlDesc, flags & VIR_NETWORK_CREATE_VALIDATE);
    virNetworkPtr handle = NULL;
    testNetwork *network;

    if (!document)
        return NULL;
    g_mutex_lock(&host->lock);
    network = createTransient(host, document);
    if (network)
        handle = virNetworkNew(conn, network->head.name, network->head.uuid);
    g_mutex_unlock(&host->lock);
    return handle;
}

virNetworkPtr
testNetworkCreateXML(virConnectPtr conn, const char *xmlDesc)
{
    return testNetworkCreateXMLFlags(conn, xmlDesc, 0);
}

int
testNetworkCreate(virNetworkPtr handle)
{
    testNetwork *network = testNetworkLock(handle);
    int ret = -1;

    if (!network)
        return -1;
    if (network->head.active) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID, "Network '%s' is already running",
                      network->head.name);
    } else {
        network->head.active = true;
        announce(testHostOf(handle->conn), network, VIR_NETWORK_EVENT_STARTED);
        ret = 0;
    }
    testNetworkUnlock(handle);
    return ret;
}

int
testNetworkDestroy(virNetworkPtr handle)
{
    testHost *host = testHostOf(handle->conn);
    testNetwork *network = testNetworkLock(handle);

    if (!network)
        return -1;
    /* Stopping what does not run has nothing to do and succeeds. */
    if (network->head.active) {
        network->head.active = false;
        testNetworkDropPorts(network);
        virConfObjectSettle(host->networks->all.kind, &network->head);
        announce(host, network, VIR_NETWORK_EVENT_STOPPED);
        if (!network->head.persistent)
            virConfObjectsRemove(&host->networks->all, network);
    }
    testNetworkUnlock(handle);
    return 0;
}

int
testNetworkUndefine(virNetworkPtr handle)
{
    testHost *host = testHostOf(handle->conn);
    testNetwork *network = testNetworkLock(handle);
    int ret = -1;

    if (!network)
        return -1;
    if (network->head.active) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID, "Network '%s' is still running",
                      network->head.name);
    } else {
        announce(host, network, VIR_NETWORK_EVENT_UNDEFINED);
        virConfObjectsRemove(&host->networks->all, network);
        ret = 0;
    }
    testNetworkUnlock(handle);
    return ret;
}

int
testNetworkGetAutostart(virNetworkPtr handle, int *autostart)
{
    testNetwork *network = testNetworkLock(handle);

    if (!network)
        return -1;
    *autostart = network->head.autostart;
    testNetworkUnlock(handle);
    return 0;
}

int
testNetworkSetAutostart(virNetworkPtr handle, int autostart)
{
    testNetwork *network = testNetworkLock(handle);

    if (!network)
        return -1;
    /* Also of a transient one, that may become persistent before it stops. */
    network->head.autostart = autostart != 0;
    testNetworkUnlock(handle);
    return 0;
}
