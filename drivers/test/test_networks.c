/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the test hypervisor is asked about its networks: look-ups, lists, descriptions. */

#include <libvirt/virterror.h>

#include "document/print.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_network.h"

static virConfObjects *
networksOf(virConnectPtr conn)
{
    return &testHostOf(conn)->networks->all;
}

virNetworkPtr
testNetworkLookupByName(virConnectPtr conn, const char *name)
{
    return virConfObjectsLookUpByName(networksOf(conn), conn, name);
}

virNetworkPtr
testNetworkLookupByUUID(virConnectPtr conn, const unsigned char *uuid)
{
    return virConfObjectsLookUpByUUID(networksOf(conn), conn, uuid);
}

int
testConnectNumOfNetworks(virConnectPtr conn)
{
    return virConfObjectsCount(networksOf(conn), VIR_CONNECT_LIST_NETWORKS_ACTIVE);
}

int
testConnectListNetworks(virConnectPtr conn, char **const names, int maxnames)
{
    return virConfObjectsListNames(networksOf(conn), VIR_CONNECT_LIST_NETWORKS_ACTIVE, names,
                                   maxnames);
}

int
testConnectNumOfDefinedNetworks(virConnectPtr conn)
{
    return virConfObjectsCount(networksOf(conn), VIR_CONNECT_LIST_NETWORKS_INACTIVE);
}

int
testConnectListDefinedNetworks(virConnectPtr conn, char **const names, int maxnames)
{
    return virConfObjectsListNames(networksOf(conn), VIR_CONNECT_LIST_NETWORKS_INACTIVE, names,
                                   maxnames);
}

int
testConnectListAllNetworks(virConnectPtr conn, virNetworkPtr **nets, unsigned int flags)
{
    return virConfObjectsListAll(networksOf(conn), conn, (void ***) nets, flags);
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
                       inactive ? virConfObjectDefinition(&network->head) : network->head.live,
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
