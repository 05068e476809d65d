/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses that networks of the test hypervisor lend to guests. */

#include "test_network_lease.h"

#include <stdio.h>
#include <string.h>

#include <libvirt/virterror.h>

#include "conf/address.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_domain.h"
#include "test_network.h"

/* Addresses of a range that each domain has for itself, by its number. */
#define SHARE_OF_DOMAIN 20

/* How long an address is lent when the network does not say: an hour. */
#define LEASE_SECONDS 3600

#define MAC_LENGTH 6

static const virDocNetworkDhcpHost *
findHost(const virDocNetworkIp *ip, const unsigned char *mac)
{
    for (size_t i = 0; i < ip->ndhcpHosts; i++) {
        if (ip->dhcpHosts[i]->hasMac && memcmp(ip->dhcpHosts[i]->mac, mac, MAC_LENGTH) == 0)
            return ip->dhcpHosts[i];
    }
    return NULL;
}

char *
testNetworkLend(const virDocNetworkIp *ip, int id, unsigned int index, const unsigned char *mac)
{
    const virDocNetworkDhcpHost *fixed = findHost(ip, mac);
    virConfAddress start, end, lent;

    if (fixed && fixed->ip)
        return g_strdup(fixed->ip);
    if (!ip->ndhcpRanges || !virConfAddressParse(ip->dhcpRanges[0]->start, &start) ||
        !virConfAddressParse(ip->dhcpRanges[0]->end, &end))
        return NULL;
    lent = virConfAddressNext(&start, (unsigned int) (id - 1) * SHARE_OF_DOMAIN + index + 1);
    /* A range that is too small serves its first address. */
    if (virConfAddressCompare(&lent, &end) > 0 || virConfAddressCompare(&lent, &start) < 0)
        lent = start;
    return virConfAddressFormat(&lent);
}

unsigned int
testNetworkPrefix(const virDocNetworkIp *ip)
{
    int prefix = ip->netmask ? virConfAddressMaskPrefix(ip->netmask) : -1;

    if (prefix >= 0)
        return (unsigned int) prefix;
    if (ip->hasPrefix)
        return ip->prefix;
    return ip->family == VIR_DOC_NETWORK_FAMILY_IPV6 ? 64 : 24;
}

static char *
formatMac(const unsigned char *mac)
{
    return g_strdup_printf("%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2], mac[3], mac[4],
                           mac[5]);
}

static long long
secondsOf(const virDocNetworkLease *lease)
{
    if (!lease)
        return LEASE_SECONDS;
    switch (lease->unit) {
    case VIR_DOC_NETWORK_LEASE_UNIT_SECONDS:
        return lease->expiry;
    case VIR_DOC_NETWORK_LEASE_UNIT_HOURS:
        return lease->expiry * 3600LL;
    case VIR_DOC_NETWORK_LEASE_UNIT_ABSENT:
    case VIR_DOC_NETWORK_LEASE_UNIT_MINUTES:
    case VIR_DOC_NETWORK_LEASE_UNIT_LAST:
        break;
    }
    return lease->expiry * 60LL;
}

/* What one <ip> lends to an interface; NULL when that is nothing. */
static virNetworkDHCPLeasePtr
newLease(const virDocNetwork *network, const virDocNetworkIp *ip, const testDomain *domain,
         unsigned int index, const unsigned char *mac)
{
    const virDocNetworkDhcpHost *fixed = findHost(ip, mac);
    const virDocNetworkLease *time = fixed ? fixed->lease : NULL;
    char *address = testNetworkLend(ip, domain->id, index, mac);
    virNetworkDHCPLeasePtr lease;

    if (!address)
        return NULL;
    if (!time && ip->ndhcpRanges)
        time = ip->dhcpRanges[0]->lease;
    lease = g_new0(virNetworkDHCPLease, 1);
    lease->iface = g_strdup(network->bridgeName ? network->bridgeName : "");
    /* Guests renew in time, so what is lent ends a whole period from now; 0 lends for ever. */
    lease->expirytime = time && !time->expiry ? 0 : g_get_real_time() / G_USEC_PER_SEC +
                                                        secondsOf(time);
    lease->type = ip->family == VIR_DOC_NETWORK_FAMILY_IPV6 ? VIR_IP_ADDR_TYPE_IPV6
                                                             : VIR_IP_ADDR_TYPE_IPV4;
    lease->mac = formatMac(mac);
    lease->ipaddr = address;
    lease->prefix = testNetworkPrefix(ip);
    lease->hostname = fixed ? g_strdup(fixed->name) : NULL;
    lease->clientid = g_strdup_printf("01:%s", lease->mac);
    return lease;
}

/* Adds the leases of a running domain's interfaces on a network. */
static void
addLeases(GPtrArray *leases, const testNetwork *network, const testDomain *domain,
          const unsigned char *wanted)
{
    const virDocNetwork *document = testNetworkLive(network);
    const virDocDomain *guest = domain->live;

    for (size_t i = 0; i < guest->ninterfaces; i++) {
        const virDocDomainInterface *card = guest->interfaces[i];

        if (card->type != VIR_DOC_DOMAIN_INTERFACE_TYPE_NETWORK || !card->hasMacAddress ||
            g_strcmp0(card->sourceNetwork, network->head.name) != 0 ||
            (wanted && memcmp(wanted, card->macAddress, MAC_LENGTH) != 0))
            continue;
        for (size_t j = 0; j < document->nips; j++) {
            virNetworkDHCPLeasePtr lease = newLease(document, document->ips[j], domain,
                                                    (unsigned int) i, card->macAddress);

            if (lease)
                g_ptr_array_add(leases, lease);
        }
    }
}

/* Six bytes in hexadecimal with colons, else raises. */
static bool
parseMac(const char *text, unsigned char *mac)
{
    char rest;

    if (sscanf(text, "%2hhx:%2hhx:%2hhx:%2hhx:%2hhx:%2hhx%c", &mac[0], &mac[1], &mac[2], &mac[3],
               &mac[4], &mac[5], &rest) == MAC_LENGTH)
        return true;
    virErrorRaise(VIR_FROM_NETWORK, VIR_ERR_INVALID_ARG, "'%s' is not a hardware address", text);
    return false;
}

int
testNetworkGetDHCPLeases(virNetworkPtr handle, const char *mac, virNetworkDHCPLeasePtr **leases,
                         unsigned int flags G_GNUC_UNUSED)
{
    testHost *host = testHostOf(handle->conn);
    unsigned char wanted[MAC_LENGTH];
    GPtrArray *found = NULL;
    testNetwork *network;
    int count = -1;

    if (mac && !parseMac(mac, wanted))
        return -1;
    network = testNetworkLock(handle);
    if (!network)
        return -1;
    if (testNetworkRequireActive(network)) {
        found = g_ptr_array_new_with_free_func((GDestroyNotify) virNetworkDHCPLeaseFree);
        for (const GList *link = host->domains->objects.all.head; link; link = link->next) {
            const testDomain *domain = link->data;

            if (domain->id >= 0)
                addLeases(found, network, domain, mac ? wanted : NULL);
        }
        count = (int) found->len;
    }
    testNetworkUnlock(handle);
    if (!found)
        return -1;
    if (leases) {
        g_ptr_array_add(found, NULL);
        g_ptr_array_set_free_func(found, NULL);
        *leases = (virNetworkDHCPLeasePtr *) g_ptr_array_free(found, /* free_segment= */ FALSE);
    } else {
        g_ptr_array_unref(found);
    }
    return count;
}
