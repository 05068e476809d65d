/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the test hypervisor is asked about its networks: look-ups, lists, descriptions. */

#include <libvirt/virterror.h>

#include "document/print.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_network.h"

/* A handle of a network that may be NULL; called with the lock held. */
static virNetworkPtr
handleOf(virConnectPtr conn, const testNetwork *network)
{
    return network ? virNetworkNew(conn, network->head.name, network->head.uuid) : NULL;
}

virNetworkPtr
testNetworkLookupByName(virConnectPtr conn, const char *name)
{
    testHost *host = testHostOf(conn);
    virNetworkPtr handle;

    g_mutex_lock(&host->lock);
    handle = handleOf(conn, testTableByName(&host->networks->all, name));
    g_mutex_unlock(&host->lock);
    return handle;
}

virNetworkPtr
testNetworkLookupByUUID(virConnectPtr conn, const unsigned char *uuid)
{
    testHost *host = testHostOf(conn);
    virNetworkPtr handle;

    g_mutex_lock(&host->lock);
    handle = handleOf(conn, testTableByUUID(&host->networks->all, uuid));
    g_mutex_unlock(&host->lock);
    return handle;
}

static int
listNames(virConnectPtr conn, bool active, char **names, int max)
{
    testHost *host = testHostOf(conn);
    int count;

    g_mutex_lock(&host->lock);
    count = testTableListNames(&host->networks->all, active, names, max);
    g_mutex_unlock(&host->lock);
    return count;
}

int
testConnectNumOfNetworks(virConnectPtr conn)
{
    return listNames(conn, /* active= */ true, NULL, G_MAXINT);
}

int
testConnectListNetworks(virConnectPtr conn, char **const names, int maxnames)
{
    return listNames(conn, /* active= */ true, names, maxnames);
}

int
testConnectNumOfDefinedNetworks(virConnectPtr conn)
{
    return listNames(conn, /* active= */ false, NULL, G_MAXINT);
}

int
testConnectListDefinedNetworks(virConnectPtr conn, char **const names, int maxnames)
{
    return listNames(conn, /* active= */ false, names, maxnames);
}

static bool
passes(const testNetwork *network, unsigned int flags)
{
    return testFilter(flags, VIR_CONNECT_LIST_NETWORKS_ACTIVE, VIR_CONNECT_LIST_NETWORKS_INACTIVE,
                      network->head.active) &&
           testFilter(flags, VIR_CONNECT_LIST_NETWORKS_PERSISTENT,
                      VIR_CONNECT_LIST_NETWORKS_TRANSIENT, network->head.persistent) &&
           testFilter(flags, VIR_CONNECT_LIST_NETWORKS_AUTOSTART,
                      VIR_CONNECT_LIST_NETWORKS_NO_AUTOSTART, network->head.autostart);
}

int
testConnectListAllNetworks(virConnectPtr conn, virNetworkPtr **nets, unsigned int flags)
{
    testHost *host = testHostOf(conn);
    g_autofree virNetworkPtr *list = NULL;
    int count = 0;

    g_mutex_lock(&host->lock);
    list = g_new0(virNetworkPtr, host->networks->all.all.length + 1);
    for (const GList *link = host->networks->all.all.head; link; link = link->next) {
        if (!passes(link->data, flags))
            continue;
        if (nets)
            list[count] = handleOf(conn, link->data);
        count++;
    }
    g_mutex_unlock(&host->lock);
    if (nets)
        *nets = g_steal_pointer(&list);
    return count;
}

char *
testNetworkGetXMLDesc(virNetworkPtr handle, unsigned int flags)
{
    testNetwork *network = testNetworkLock(handle);
    bool inactive = flags & VIR_NETWORK_XML_INACTIVE;
    char *text;

    if (!network)
        return NULL;
    text = virDocPrint(&virDocNetworkRecord, NULL,
                       inactive ? testObjectDefinition(&network->head) : network->head.live,
                       inactive ? VIR_DOC_PRINT_INACTIVE : 0);
    testNetworkUnlock(handle);
    return text;
}

char *
testNetworkGetBridgeName(virNetworkPtr handle)
{
    testNetwork *network = testNetworkLock(handle);
    char *name;

    if (!network)
        return NULL;
    name = g_strdup(testNetworkLive(network)->bridgeName);
    if (!name)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR,
                      "network '%s' does not have a bridge name.", network->head.name);
    testNetworkUnlock(handle);
    return name;
}

int
testNetworkIsActive(virNetworkPtr handle)
{
    testNetwork *network = testNetworkLock(handle);
    int ret;

    if (!network)
        return -1;
    ret = network->head.active;
    testNetworkUnlock(handle);
    return ret;
}

int
testNetworkIsPersistent(virNetworkPtr handle)
{
    testNetwork *network = testNetworkLock(handle);
    int ret;

    if (!network)
        return -1;
    ret = network->head.persistent;
    testNetworkUnlock(handle);
    return ret;
}
