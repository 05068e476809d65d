/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Virtual networks of the test hypervisor: definitions and states, kept in memory. */

#include <string.h>

#include <libvirt/virterror.h>

#include "base/uuid.h"
#include "document/network.h"
#include "document/parse.h"
#include "document/print.h"
#include "document/raise.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "runtime/objects.h"
#include "test_driver.h"

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

void
testNetworkFree(testNetwork *network)
{
    virDocNetworkFree(network->live);
    if (network->next)
        virDocNetworkFree(network->next);
    g_free(network->name);
    g_free(network);
}

static virDocNetwork *
parse(const char *xml, bool strict)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    virDocParseOptions options = { .flags = strict ? VIR_DOC_PARSE_STRICT : 0 };
    virDocNetwork *document = virDocParse(&virDocNetworkRecord, NULL, xml, &options, issues);

    if (!document) {
        virDocIssuesRaise(issues, VIR_FROM_NETWORK);
        return NULL;
    }
    if (!document->hasUuid) {
        if (virUUIDGenerate(document->uuid) < 0) {
            virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR, "no randomness for a UUID");
            virDocNetworkFree(document);
            return NULL;
        }
        document->hasUuid = true;
    }
    return document;
}

/* Called with the lock held. */
static testNetwork *
findByUUID(testHost *host, const unsigned char *uuid)
{
    GHashTableIter iter;
    gpointer value;

    g_hash_table_iter_init(&iter, host->networks);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        testNetwork *network = value;

        if (memcmp(network->uuid, uuid, VIR_UUID_BUFLEN) == 0)
            return network;
    }
    return NULL;
}

/* The network behind a handle, with the host locked; NULL unlocked, with an error raised. */
static testNetwork *
lockNetwork(virNetworkPtr handle)
{
    testHost *host = testHostOf(handle->conn);
    testNetwork *network;

    g_mutex_lock(&host->lock);
    network = findByUUID(host, handle->uuid);
    if (!network) {
        g_mutex_unlock(&host->lock);
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_NETWORK, "no network with matching name '%s'",
                      handle->name);
    }
    return network;
}

static void
unlock(virNetworkPtr handle)
{
    g_mutex_unlock(&testHostOf(handle->conn)->lock);
}

/* Tells listeners what happened; called with the lock held, which the queue allows. */
static void
announce(virConnectPtr conn, const testNetwork *network, int event)
{
    virEventStateQueue(conn->events,
                       virNetworkEventLifecycleNew(network->name, network->uuid, event, 0));
}

/*
 * Takes in a document: a new network, or another definition of one that has its name and UUID.
 * Called with the lock held; owns the document whatever happens.
 */
static testNetwork *
adopt(testHost *host, virDocNetwork *document)
{
    testNetwork *named = g_hash_table_lookup(host->networks, document->name);
    testNetwork *same = findByUUID(host, document->uuid);
    char text[VIR_UUID_STRING_BUFLEN];

    if (named != same) {
        virUUIDFormat(named ? named->uuid : same->uuid, text);
        virErrorRaise(VIR_FROM_NETWORK, VIR_ERR_OPERATION_FAILED,
                      "network '%s' is already defined with uuid %s",
                      named ? named->name : same->name, text);
        virDocNetworkFree(document);
        return NULL;
    }
    if (!same) {
        same = g_new0(testNetwork, 1);
        same->name = g_strdup(document->name);
        memcpy(same->uuid, document->uuid, VIR_UUID_BUFLEN);
        same->live = document;
        g_hash_table_insert(host->networks, same->name, same);
    } else if (same->active) {
        if (same->next)
            virDocNetworkFree(same->next);
        same->next = document;
    } else {
        virDocNetworkFree(same->live);
        same->live = document;
    }
    return same;
}

int
testNetworkSetUpDefault(testHost *host)
{
    virDocNetwork *document = parse(defaultXML, /* strict= */ true);
    testNetwork *network;

    if (!document)
        return -1;
    network = adopt(host, document);
    if (!network)
        return -1;
    network->active = network->persistent = true;
    return 0;
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
        network->persistent = true;
        handle = virNetworkNew(conn, network->name, network->uuid);
        announce(conn, network, VIR_NETWORK_EVENT_DEFINED);
    }
    g_mutex_unlock(&host->lock);
    return handle;
}

virNetworkPtr
testNetworkDefineXML(virConnectPtr conn, const char *xmlDesc)
{
    return testNetworkDefineXMLFlags(conn, xmlDesc, 0);
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
    network = findByUUID(host, document->uuid);
    if (network && network->active) {
        virErrorRaise(VIR_FROM_NETWORK, VIR_ERR_OPERATION_INVALID,
                      "network is already active as '%s'", network->name);
        virDocNetworkFree(document);
    } else {
        network = adopt(host, document);
        if (network) {
            network->active = true;
            handle = virNetworkNew(conn, network->name, network->uuid);
            announce(conn, network, VIR_NETWORK_EVENT_STARTED);
        }
    }
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
    testNetwork *network = lockNetwork(handle);
    int ret = -1;

    if (!network)
        return -1;
    if (network->active) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID, "Network '%s' is already running",
                      network->name);
    } else {
        network->active = true;
        announce(handle->conn, network, VIR_NETWORK_EVENT_STARTED);
        ret = 0;
    }
    unlock(handle);
    return ret;
}

int
testNetworkDestroy(virNetworkPtr handle)
{
    testNetwork *network = lockNetwork(handle);

    if (!network)
        return -1;
    /* Stopping what does not run has nothing to do and succeeds. */
    if (network->active) {
        network->active = false;
        if (network->next) {
            virDocNetworkFree(network->live);
            network->live = g_steal_pointer(&network->next);
        }
        announce(handle->conn, network, VIR_NETWORK_EVENT_STOPPED);
        if (!network->persistent)
            g_hash_table_remove(testHostOf(handle->conn)->networks, network->name);
    }
    unlock(handle);
    return 0;
}

int
testNetworkUndefine(virNetworkPtr handle)
{
    testNetwork *network = lockNetwork(handle);
    int ret = -1;

    if (!network)
        return -1;
    if (network->active) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID, "Network '%s' is still running",
                      network->name);
    } else {
        announce(handle->conn, network, VIR_NETWORK_EVENT_UNDEFINED);
        g_hash_table_remove(testHostOf(handle->conn)->networks, network->name);
        ret = 0;
    }
    unlock(handle);
    return ret;
}

virNetworkPtr
testNetworkLookupByName(virConnectPtr conn, const char *name)
{
    testHost *host = testHostOf(conn);
    virNetworkPtr handle = NULL;
    testNetwork *network;

    g_mutex_lock(&host->lock);
    network = g_hash_table_lookup(host->networks, name);
    if (network)
        handle = virNetworkNew(conn, network->name, network->uuid);
    g_mutex_unlock(&host->lock);
    if (!handle)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_NETWORK, "no network with matching name '%s'",
                      name);
    return handle;
}

virNetworkPtr
testNetworkLookupByUUID(virConnectPtr conn, const unsigned char *uuid)
{
    testHost *host = testHostOf(conn);
    char text[VIR_UUID_STRING_BUFLEN];
    virNetworkPtr handle = NULL;
    testNetwork *network;

    g_mutex_lock(&host->lock);
    network = findByUUID(host, uuid);
    if (network)
        handle = virNetworkNew(conn, network->name, network->uuid);
    g_mutex_unlock(&host->lock);
    if (!handle) {
        virUUIDFormat(uuid, text);
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_NETWORK, "no network with matching uuid '%s'",
                      text);
    }
    return handle;
}

/* Names of the networks in one state, at most `max` of them; names may be NULL to count. */
static int
listNames(virConnectPtr conn, bool active, char **names, int max)
{
    testHost *host = testHostOf(conn);
    GHashTableIter iter;
    gpointer value;
    int count = 0;

    g_mutex_lock(&host->lock);
    g_hash_table_iter_init(&iter, host->networks);
    while (count < max && g_hash_table_iter_next(&iter, NULL, &value)) {
        testNetwork *network = value;

        if (network->active != active)
            continue;
        if (names)
            names[count] = g_strdup(network->name);
        count++;
    }
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

/* Whether one pair of opposite filters lets a network through. */
static bool
passes(unsigned int flags, unsigned int yes, unsigned int no, bool value)
{
    return !(flags & (yes | no)) || flags & (value ? yes : no);
}

int
testConnectListAllNetworks(virConnectPtr conn, virNetworkPtr **nets, unsigned int flags)
{
    testHost *host = testHostOf(conn);
    g_autofree virNetworkPtr *list = NULL;
    GHashTableIter iter;
    gpointer value;
    int count = 0;

    g_mutex_lock(&host->lock);
    list = g_new0(virNetworkPtr, g_hash_table_size(host->networks) + 1);
    g_hash_table_iter_init(&iter, host->networks);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        testNetwork *network = value;

        if (!passes(flags, VIR_CONNECT_LIST_NETWORKS_ACTIVE, VIR_CONNECT_LIST_NETWORKS_INACTIVE,
                    network->active) ||
            !passes(flags, VIR_CONNECT_LIST_NETWORKS_PERSISTENT,
                    VIR_CONNECT_LIST_NETWORKS_TRANSIENT, network->persistent) ||
            !passes(flags, VIR_CONNECT_LIST_NETWORKS_AUTOSTART,
                    VIR_CONNECT_LIST_NETWORKS_NO_AUTOSTART, network->autostart))
            continue;
        if (nets)
            list[count] = virNetworkNew(conn, network->name, network->uuid);
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
    testNetwork *network = lockNetwork(handle);
    bool inactive = flags & VIR_NETWORK_XML_INACTIVE;
    char *text;

    if (!network)
        return NULL;
    text = virDocPrint(&virDocNetworkRecord, NULL,
                       inactive && network->next ? network->next : network->live,
                       inactive ? VIR_DOC_PRINT_INACTIVE : 0);
    unlock(handle);
    return text;
}

char *
testNetworkGetBridgeName(virNetworkPtr handle)
{
    testNetwork *network = lockNetwork(handle);
    char *name;

    if (!network)
        return NULL;
    name = g_strdup(network->live->bridgeName);
    if (!name)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR,
                      "network '%s' does not have a bridge name.", network->name);
    unlock(handle);
    return name;
}

int
testNetworkGetAutostart(virNetworkPtr handle, int *autostart)
{
    testNetwork *network = lockNetwork(handle);

    if (!network)
        return -1;
    *autostart = network->autostart;
    unlock(handle);
    return 0;
}

int
testNetworkSetAutostart(virNetworkPtr handle, int autostart)
{
    testNetwork *network = lockNetwork(handle);
    int ret = -1;

    if (!network)
        return -1;
    if (!network->persistent) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                      "cannot set autostart for transient network");
    } else {
        network->autostart = autostart != 0;
        ret = 0;
    }
    unlock(handle);
    return ret;
}

int
testNetworkIsActive(virNetworkPtr handle)
{
    testNetwork *network = lockNetwork(handle);
    int ret;

    if (!network)
        return -1;
    ret = network->active;
    unlock(handle);
    return ret;
}

int
testNetworkIsPersistent(virNetworkPtr handle)
{
    testNetwork *network = lockNetwork(handle);
    int ret;

    if (!network)
        return -1;
    ret = network->persistent;
    unlock(handle);
    return ret;
}
