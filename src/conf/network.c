/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What documents of networks mean beyond their grammar. */

#include "conf/network.h"

#include <string.h>

#include "conf/address.h"

/* Whether the host makes the bridge of a network with this way out. */
static bool
hostMakesBridge(const virDocNetwork *network)
{
    switch (network->forwardMode) {
    case VIR_DOC_NETWORK_FORWARD_MODE_ABSENT:
    case VIR_DOC_NETWORK_FORWARD_MODE_NAT:
    case VIR_DOC_NETWORK_FORWARD_MODE_ROUTE:
    case VIR_DOC_NETWORK_FORWARD_MODE_OPEN:
        return true;
    case VIR_DOC_NETWORK_FORWARD_MODE_BRIDGE:
    case VIR_DOC_NETWORK_FORWARD_MODE_PRIVATE:
    case VIR_DOC_NETWORK_FORWARD_MODE_VEPA:
    case VIR_DOC_NETWORK_FORWARD_MODE_PASSTHROUGH:
    case VIR_DOC_NETWORK_FORWARD_MODE_HOSTDEV:
    case VIR_DOC_NETWORK_FORWARD_MODE_LAST:
        break;
    }
    return false;
}

static void
fillBridge(virDocNetwork *network)
{
    if (!hostMakesBridge(network))
        return;
    if (network->bridgeStp == VIR_DOC_SWITCH_ABSENT)
        network->bridgeStp = VIR_DOC_SWITCH_ON;
    if (!network->hasBridgeDelay)
        network->bridgeDelay = 0;
    network->hasBridgeDelay = true;
}

/* `dev` is another way to write the first <interface>. */
static void
fillForward(virDocNetwork *network)
{
    if (network->hasForward && network->forwardMode == VIR_DOC_NETWORK_FORWARD_MODE_ABSENT)
        network->forwardMode = VIR_DOC_NETWORK_FORWARD_MODE_NAT;
    if (network->forwardMode == VIR_DOC_NETWORK_FORWARD_MODE_HOSTDEV &&
        network->forwardManaged == VIR_DOC_SWITCH_ABSENT)
        network->forwardManaged = VIR_DOC_SWITCH_OFF;
    if (network->nforwardInterfaces) {
        g_free(network->forwardDev);
        network->forwardDev = g_strdup(network->forwardInterfaces[0]->dev);
    } else if (network->forwardDev) {
        virDocNetworkForwardInterface *interface = virDocNetworkForwardInterfaceNew();

        interface->dev = g_strdup(network->forwardDev);
        VIR_DOC_LIST_ADD(network, forwardInterfaces, interface);
    }
}

/* The prefix of an address of the host; -1 after reporting what is wrong with it. */
static int
prefixOf(const virDocNetworkIp *ip, const virConfAddress *address, const char *place,
         virDocContext *context)
{
    int prefix = address->length == 4 ? 24 : 64;

    if (ip->netmask && address->length == 4) {
        /* A mask with gaps is taken for what it is, but no range can be judged by it. */
        prefix = virConfAddressMaskPrefix(ip->netmask);
    } else if (ip->hasPrefix) {
        prefix = (int) ip->prefix;
        if (ip->prefix > address->length * 8) {
            virDocContextReport(context, place, "a prefix of an IPv%d address is at most %u",
                                address->length == 4 ? 4 : 6, address->length * 8);
            return -1;
        }
    }
    return prefix;
}

static void
checkRange(const virDocNetworkDhcpRange *range, const virConfAddress *own, int prefix,
           const char *place, virDocContext *context)
{
    virConfAddress start, end;

    if (!virConfAddressParse(range->start, &start) || !virConfAddressParse(range->end, &end))
        return;
    if (start.length != own->length || end.length != own->length)
        virDocContextReport(context, place, "range %s - %s is of another family than the network",
                            range->start, range->end);
    else if (virConfAddressCompare(&start, &end) > 0)
        virDocContextReport(context, place, "range %s - %s is reversed", range->start, range->end);
    else if (prefix >= 0 &&
             (!virConfAddressSameNetwork(&start, own, (unsigned int) prefix) ||
              !virConfAddressSameNetwork(&end, own, (unsigned int) prefix)))
        virDocContextReport(context, place, "range %s - %s is not within the network", range->start,
                            range->end);
}

static void
checkIp(virDocNetworkIp *ip, size_t index, virDocContext *context)
{
    g_autofree char *place = g_strdup_printf("ip[%zu]", index + 1);
    virConfAddress own;
    int prefix;

    if (!ip->address || !virConfAddressParse(ip->address, &own)) {
        if (ip->hasDhcp)
            virDocContextReport(context, place, "addresses are only given out with an 'address'");
        return;
    }
    if ((ip->family == VIR_DOC_NETWORK_FAMILY_IPV6) != (own.length == 16)) {
        virDocContextReport(context, place, "address %s is not of family %s", ip->address,
                            ip->family == VIR_DOC_NETWORK_FAMILY_IPV6 ? "ipv6" : "ipv4");
        return;
    }
    prefix = prefixOf(ip, &own, place, context);
    for (size_t i = 0; i < ip->ndhcpRanges; i++)
        checkRange(ip->dhcpRanges[i], &own, prefix, place, context);
}

static void
checkDns(const virDocNetwork *network, virDocContext *context)
{
    const virDocNetworkDns *dns = network->dns;

    for (size_t i = 0; dns && i < dns->nsrvs; i++) {
        if (!dns->srvs[i]->protocol)
            virDocContextReport(context, "dns/srv", "attribute 'protocol' is missing");
    }
    for (size_t i = 0; dns && i < dns->nhosts; i++) {
        if (!dns->hosts[i]->ip || !dns->hosts[i]->nhostnames)
            virDocContextReport(context, "dns/host", "a name needs an address, and that a name");
    }
    for (size_t i = 0; dns && i < dns->nforwarders; i++) {
        if (!dns->forwarders[i]->addr && !dns->forwarders[i]->domain)
            virDocContextReport(context, "dns/forwarder", "either 'addr' or 'domain' is given");
    }
}

static void
checkNetwork(void *data, virDocContext *context)
{
    virDocNetwork *network = data;

    if (strchr(network->name, '/'))
        virDocContextReport(context, "name", "a name has no '/'");
    fillForward(network);
    fillBridge(network);
    if (hostMakesBridge(network) && network->hasForward && !network->nips)
        virDocContextReport(context, "forward", "an <ip> is needed for forwarding in mode %s",
                            virDocNetworkForwardModeToString(network->forwardMode));
    if (network->nforwardPfs > 1)
        virDocContextReport(context, "forward/pf", "at most one <pf> is given");
    for (size_t i = 0; i < network->nips; i++)
        checkIp(network->ips[i], i, context);
    checkDns(network, context);
}

const virDocCheckEntry virConfNetworkChecks[VIR_CONF_NETWORK_CHECKS] = {
    { "network", checkNetwork },
};
