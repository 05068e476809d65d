/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Ports of the networks of the test hypervisor: the connections of single network cards. */

#include <string.h>

#include <libvirt/virterror.h>

#include "base/uuid.h"
#include "conf/network.h"
#include "document/print.h"
#include "document/raise.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "runtime/parameters.h"
#include "test_network.h"

/* Keeps the numbers of connections that the live document shows. */
static void
countConnections(testNetwork *network)
{
    virDocNetwork *document = network->head.live;

    document->connections = network->order.length;
    document->hasConnections = network->order.length > 0;
}

static void
dropPort(testNetwork *network, virDocNetworkPort *port)
{
    g_hash_table_remove(network->ports, port->uuid);
    g_queue_remove(&network->order, port);
    virDocNetworkPortFree(port);
    countConnections(network);
}

void
testNetworkDropPorts(testNetwork *network)
{
    while (network->order.head)
        dropPort(network, network->order.head->data);
}

/* A port of a network, NULL with an error raised. */
static virDocNetworkPort *
findPort(const testNetwork *network, const unsigned char *uuid)
{
    virDocNetworkPort *port = g_hash_table_lookup(network->ports, uuid);
    char text[VIR_UUID_STRING_BUFLEN];

    if (!port) {
        virUUIDFormat(uuid, text);
        virErrorRaise(VIR_FROM_NETWORK, VIR_ERR_NO_NETWORK_PORT,
                      "network '%s' has no port with the uuid %s", network->head.name, text);
    }
    return port;
}

/* The port behind a handle, with the host locked; NULL unlocked, with an error raised. */
static virDocNetworkPort *
lockPort(virNetworkPortPtr handle, testNetwork **network)
{
    virDocNetworkPort *port;

    *network = testNetworkLock(handle->network);
    if (!*network)
        return NULL;
    port = findPort(*network, handle->uuid);
    if (!port)
        testNetworkUnlock(handle->network);
    return port;
}

static virDocNetworkPort *
parse(const char *xml, bool strict)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    virDocParseOptions options = { .flags = strict ? VIR_DOC_PARSE_STRICT : 0 };
    virDocNetworkPort *port = virDocParse(&virDocNetworkPortRecord, NULL, xml, &options, issues);

    if (!port)
        virDocIssuesRaise(issues, VIR_FROM_NETWORK);
    else if (virConfFillUUID(port->uuid, &port->hasUuid) < 0)
        g_clear_pointer(&port, virDocNetworkPortFree);
    return port;
}

/* The class of connections that a port is of; NULL when it is of none. false: error raised. */
static bool
findGroup(const virDocNetwork *network, const char *name, const virDocNetworkPortGroup **found)
{
    *found = NULL;
    for (size_t i = 0; i < network->nportgroups; i++) {
        const virDocNetworkPortGroup *group = network->portgroups[i];

        if (name ? g_str_equal(group->name, name) : group->isDefault == VIR_DOC_SWITCH_ON) {
            *found = group;
            return true;
        }
    }
    if (!name)
        return true;
    virErrorRaise(VIR_FROM_NETWORK, VIR_ERR_XML_ERROR, "network '%s' has no portgroup '%s'",
                  network->name, name);
    return false;
}

/* Fills in what a port takes from its class and its network. */
static bool
settle(virDocNetworkPort *port, const virDocNetwork *network)
{
    const virDocNetworkPortGroup *group;
    const virDocNetworkVlan *vlan;

    if (!findGroup(network, port->group, &group))
        return false;
    if (group && !port->bandwidth && group->bandwidth)
        port->bandwidth = virDocNetworkBandwidthCopy(group->bandwidth);
    vlan = group && group->vlan ? group->vlan : network->vlan;
    if (!port->vlan && vlan)
        port->vlan = virDocNetworkVlanCopy(vlan);
    if (!port->virtualport && group && group->virtualport)
        port->virtualport = virDocNetworkVirtualPortCopy(group->virtualport);
    else if (!port->virtualport && network->virtualport)
        port->virtualport = virDocNetworkVirtualPortCopy(network->virtualport);
    if (!port->plug && network->bridgeName) {
        port->plug = virDocNetworkPortPlugNew();
        port->plug->type = network->forwardMode == VIR_DOC_NETWORK_FORWARD_MODE_BRIDGE
                               ? VIR_DOC_NETWORK_PORT_PLUG_TYPE_BRIDGE
                               : VIR_DOC_NETWORK_PORT_PLUG_TYPE_NETWORK;
        port->plug->bridge = g_strdup(network->bridgeName);
    }
    return true;
}

/* Adds a port to a running network, or takes over one that is there. */
static bool
enter(testNetwork *network, virDocNetworkPort *port, bool reclaim)
{
    virDocNetworkPort *old;
    char text[VIR_UUID_STRING_BUFLEN];

    if (!testNetworkRequireActive(network) || !settle(port, network->head.live))
        return false;
    old = g_hash_table_lookup(network->ports, port->uuid);
    if (old && !reclaim) {
        virUUIDFormat(port->uuid, text);
        virErrorRaise(VIR_FROM_NETWORK, VIR_ERR_NETWORK_PORT_EXIST,
                      "network '%s' has a port with the uuid %s", network->head.name, text);
        return false;
    }
    if (old)
        dropPort(network, old);
    g_hash_table_insert(network->ports, port->uuid, port);
    g_queue_push_tail(&network->order, port);
    countConnections(network);
    return true;
}

virNetworkPortPtr
testNetworkPortCreateXML(virNetworkPtr handle, const char *xmldesc, unsigned int flags)
{
    virDocNetworkPort *port = parse(xmldesc, flags & VIR_NETWORK_PORT_CREATE_VALIDATE);
    testNetwork *network = port ? testNetworkLock(handle) : NULL;
    virNetworkPortPtr made = NULL;

    if (network) {
        if (enter(network, port, flags & VIR_NETWORK_PORT_CREATE_RECLAIM)) {
            made = virNetworkPortNew(handle, port->uuid);
            port = NULL;
        }
        testNetworkUnlock(handle);
    }
    virDocNetworkPortFree(port);
    return made;
}

virNetworkPortPtr
testNetworkPortLookupByUUID(virNetworkPtr handle, const unsigned char *uuid)
{
    testNetwork *network = testNetworkLock(handle);
    virNetworkPortPtr found = NULL;

    if (!network)
        return NULL;
    if (findPort(network, uuid))
        found = virNetworkPortNew(handle, uuid);
    testNetworkUnlock(handle);
    return found;
}

int
testNetworkListAllPorts(virNetworkPtr handle, virNetworkPortPtr **ports,
                        unsigned int flags G_GNUC_UNUSED)
{
    testNetwork *network = testNetworkLock(handle);
    virNetworkPortPtr *next;
    int count;

    if (!network)
        return -1;
    count = (int) network->order.length;
    if (ports) {
        next = *ports = g_new0(virNetworkPortPtr, network->order.length + 1);
        for (const GList *link = network->order.head; link; link = link->next)
            *next++ = virNetworkPortNew(handle, ((const virDocNetworkPort *) link->data)->uuid);
    }
    testNetworkUnlock(handle);
    return count;
}

char *
testNetworkPortGetXMLDesc(virNetworkPortPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    testNetwork *network;
    virDocNetworkPort *port = lockPort(handle, &network);
    char *text;

    if (!port)
        return NULL;
    text = virDocPrint(&virDocNetworkPortRecord, NULL, port, 0);
    testNetworkUnlock(handle->network);
    return text;
}

int
testNetworkPortDelete(virNetworkPortPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    testNetwork *network;
    virDocNetworkPort *port = lockPort(handle, &network);

    if (!port)
        return -1;
    dropPort(network, port);
    testNetworkUnlock(handle->network);
    return 0;
}

/* One traffic limit of a port, by the name of its parameter. */
typedef struct {
    const char *name;
    bool in;
    size_t has;         /* place in virDocNetworkRate */
    size_t value;
} Limit;

#define RATE(field, has) offsetof(virDocNetworkRate, has), offsetof(virDocNetworkRate, field)

static const Limit limits[] = {
    { VIR_NETWORK_PORT_BANDWIDTH_IN_AVERAGE, true, RATE(average, hasAverage) },
    { VIR_NETWORK_PORT_BANDWIDTH_IN_PEAK, true, RATE(peak, hasPeak) },
    { VIR_NETWORK_PORT_BANDWIDTH_IN_BURST, true, RATE(burst, hasBurst) },
    { VIR_NETWORK_PORT_BANDWIDTH_IN_FLOOR, true, RATE(floor, hasFloor) },
    { VIR_NETWORK_PORT_BANDWIDTH_OUT_AVERAGE, false, RATE(average, hasAverage) },
    { VIR_NETWORK_PORT_BANDWIDTH_OUT_PEAK, false, RATE(peak, hasPeak) },
    { VIR_NETWORK_PORT_BANDWIDTH_OUT_BURST, false, RATE(burst, hasBurst) },
};

int
testNetworkPortGetParameters(virNetworkPortPtr handle, virTypedParameterPtr *params, int *nparams,
                             unsigned int flags G_GNUC_UNUSED)
{
    testNetwork *network;
    virDocNetworkPort *port = lockPort(handle, &network);
    g_auto(virParams) list = { 0 };

    if (!port)
        return -1;
    for (size_t i = 0; i < G_N_ELEMENTS(limits); i++) {
        const virDocNetworkBandwidth *bandwidth = port->bandwidth;
        const virDocNetworkRate *rate =
            !bandwidth ? NULL : limits[i].in ? bandwidth->inbound : bandwidth->outbound;

        if (rate && *(const bool *) ((const char *) rate + limits[i].has))
            virParamsAddUInt(&list, limits[i].name,
                             (unsigned int) *(const unsigned long long *)
                                  ((const char *) rate + limits[i].value));
    }
    testNetworkUnlock(handle->network);
    return virParamsGive(&list, params, nparams);
}

/* Whether a rate can limit anything: floor, peak and burst go with an average. */
static bool
judge(const virDocNetworkRate *rate, const char *direction)
{
    if (!rate || (rate->hasAverage && rate->average) || (!rate->hasPeak && !rate->hasBurst))
        return true;
    virErrorRaise(VIR_FROM_NETWORK, VIR_ERR_INVALID_ARG,
                  "%s traffic with a peak or burst needs an average", direction);
    return false;
}

/* The bandwidth of a port with parameters applied; 0 takes a limit away. */
static virDocNetworkBandwidth *
apply(const virDocNetworkBandwidth *old, const virTypedParameter *params, int nparams)
{
    virDocNetworkBandwidth *bandwidth = old ? virDocNetworkBandwidthCopy(old)
                                            : virDocNetworkBandwidthNew();

    for (size_t i = 0; i < G_N_ELEMENTS(limits); i++) {
        const virTypedParameter *param = virParamsFind(params, nparams, limits[i].name);
        virDocNetworkRate **rate = limits[i].in ? &bandwidth->inbound : &bandwidth->outbound;

        if (!param)
            continue;
        if (!*rate)
            *rate = virDocNetworkRateNew();
        *(bool *) ((char *) *rate + limits[i].has) = param->value.ui != 0;
        *(unsigned long long *) ((char *) *rate + limits[i].value) = param->value.ui;
    }
    return bandwidth;
}

int
testNetworkPortSetParameters(virNetworkPortPtr handle, virTypedParameterPtr params, int nparams,
                             unsigned int flags G_GNUC_UNUSED)
{
    testNetwork *network;
    virDocNetworkPort *port;
    virDocNetworkBandwidth *bandwidth;
    int ret = -1;

    if (!virParamsCheck(params, nparams, virNetworkPortBandwidthKeys, NULL))
        return -1;
    port = lockPort(handle, &network);
    if (!port)
        return -1;
    bandwidth = apply(port->bandwidth, params, nparams);
    if (judge(bandwidth->inbound, "inbound") && judge(bandwidth->outbound, "outbound")) {
        virDocNetworkBandwidthFree(port->bandwidth);
        port->bandwidth = bandwidth;
        ret = 0;
    } else {
        virDocNetworkBandwidthFree(bandwidth);
    }
    testNetworkUnlock(handle->network);
    return ret;
}
