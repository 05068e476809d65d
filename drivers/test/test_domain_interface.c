/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Network interfaces of domains: bandwidth, and addresses of the guest. */

#define VIR_ENUM_SENTINELS

#include <stddef.h>

#include <libvirt/virterror.h>

#include "conf/domain_find.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/local.h"
#include "runtime/objects.h"
#include "runtime/parameters.h"
#include "test_domain_defs.h"
#include "test_domain_guest.h"
#include "test_network.h"
#include "test_network_lease.h"

/* A number of one direction and its parameter, in the order in which they are told. */
typedef struct {
    const char *name;
    size_t direction;
    size_t has;
    size_t value;
} Rate;

#define RATE(NAME, direction, Field, field)                                             \
    { VIR_DOMAIN_BANDWIDTH_##NAME, offsetof(virDocNetworkBandwidth, direction),         \
      offsetof(virDocNetworkRate, has##Field), offsetof(virDocNetworkRate, field) }

static const Rate rates[] = {
    RATE(IN_AVERAGE, inbound, Average, average),
    RATE(IN_PEAK, inbound, Peak, peak),
    RATE(IN_BURST, inbound, Burst, burst),
    RATE(IN_FLOOR, inbound, Floor, floor),
    RATE(OUT_AVERAGE, outbound, Average, average),
    RATE(OUT_PEAK, outbound, Peak, peak),
    RATE(OUT_BURST, outbound, Burst, burst),
};

typedef struct {
    const char *device;
    const virTypedParameter *params;
    int nparams;
} Given;

static virDocNetworkRate **
directionOf(virDocNetworkBandwidth *bandwidth, const Rate *rate)
{
    return (virDocNetworkRate **) ((char *) bandwidth + rate->direction);
}

static bool
hasInterface(const virDocDomain *document, const void *opaque)
{
    const Given *given = opaque;

    if (virConfDomainFindInterface(document, given->device))
        return true;
    virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG, "'%s' is not a known interface",
                  given->device);
    return false;
}

int
testDomainGetInterfaceParameters(virDomainPtr handle, const char *device,
                                 virTypedParameterPtr params, int *nparams, unsigned int flags)
{
    const Given given = { .device = device };
    g_auto(virParams) list = { NULL, 0, 0 };
    const virDocDomain *document;
    testDomain *domain;
    bool found;

    if (*nparams == 0) {
        *nparams = G_N_ELEMENTS(rates);
        return 0;
    }
    domain = testDomainLock(handle);
    if (!domain)
        return -1;
    document = testDomainOneDef(domain, flags);
    found = document && hasInterface(document, &given);
    for (size_t i = 0; found && i < G_N_ELEMENTS(rates); i++) {
        virDocNetworkBandwidth *bandwidth = virConfDomainFindInterface(document, device)->bandwidth;
        const virDocNetworkRate *rate = bandwidth ? *directionOf(bandwidth, &rates[i]) : NULL;

        virParamsAddUInt(&list, rates[i].name, !rate ? 0 :
                         (unsigned int) *(const unsigned long long *)
                         ((const char *) rate + rates[i].value));
    }
    testDomainUnlock(handle);
    return found ? virParamsFill(&list, params, nparams) : -1;
}

static void
setRates(virDocDomain *document, const void *opaque)
{
    const Given *given = opaque;
    virDocDomainInterface *interface = virConfDomainFindInterface(document, given->device);
    virDocNetworkBandwidth *bandwidth;

    if (!interface->bandwidth)
        interface->bandwidth = virDocNetworkBandwidthNew();
    bandwidth = interface->bandwidth;
    for (size_t i = 0; i < G_N_ELEMENTS(rates); i++) {
        const virTypedParameter *param = virParamsFind(given->params, given->nparams,
                                                       rates[i].name);
        virDocNetworkRate **rate = directionOf(bandwidth, &rates[i]);

        if (!param)
            continue;
        if (!*rate)
            *rate = virDocNetworkRateNew();
        *(bool *) ((char *) *rate + rates[i].has) = param->value.ui > 0;
        *(unsigned long long *) ((char *) *rate + rates[i].value) = param->value.ui;
    }
    /* A direction without an average, or the least, is not limited. */
    if (bandwidth->inbound && !bandwidth->inbound->hasAverage && !bandwidth->inbound->hasFloor)
        g_clear_pointer(&bandwidth->inbound, virDocNetworkRateFree);
    if (bandwidth->outbound && !bandwidth->outbound->hasAverage)
        g_clear_pointer(&bandwidth->outbound, virDocNetworkRateFree);
    if (!bandwidth->inbound && !bandwidth->outbound)
        g_clear_pointer(&interface->bandwidth, virDocNetworkBandwidthFree);
}

int
testDomainSetInterfaceParameters(virDomainPtr handle, const char *device,
                                 virTypedParameterPtr params, int nparams, unsigned int flags)
{
    const Given given = { .device = device, .params = params, .nparams = nparams };

    if (!virParamsCheck(params, nparams, virDomainBandwidthKeys, /* known= */ NULL))
        return -1;
    return testDomainEdit(handle, flags, hasInterface, setRates, &given);
}

static void
addAddress(virDomainInterfacePtr one, int type, char *address, unsigned int prefix)
{
    one->addrs = g_renew(virDomainIPAddress, one->addrs, one->naddrs + 1);
    one->addrs[one->naddrs++] = (virDomainIPAddress) {
        .type = type,
        .addr = address,
        .prefix = prefix,
    };
}

/* What the network of an interface lends it; false with an error raised when there is no such. */
static bool
addLeases(testHost *host, const testDomain *domain, unsigned int index, virDomainInterfacePtr one)
{
    const virDocDomainInterface *interface = domain->live->interfaces[index];
    const testNetwork *network = virConfObjectsByName(&host->networks->all,
                                                      interface->sourceNetwork);
    const virDocNetwork *document;

    if (!network)
        return false;
    document = testNetworkLive(network);
    for (size_t i = 0; network->head.active && i < document->nips; i++) {
        const virDocNetworkIp *ip = document->ips[i];
        char *address = testNetworkLend(ip, domain->id, index, interface->macAddress);

        if (address)
            addAddress(one, ip->family == VIR_DOC_NETWORK_FAMILY_IPV6 ? VIR_IP_ADDR_TYPE_IPV6 :
                       VIR_IP_ADDR_TYPE_IPV4, address, testNetworkPrefix(ip));
    }
    return true;
}

/* One interface of a running guest; NULL with an error raised. */
static virDomainInterfacePtr
describe(testHost *host, const testDomain *domain, unsigned int index)
{
    const virDocDomainInterface *interface = domain->live->interfaces[index];
    const unsigned char *mac = interface->macAddress;
    virDomainInterfacePtr one = g_new0(virDomainInterface, 1);

    one->name = g_strdup(interface->targetDev);
    one->hwaddr = g_strdup_printf("%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2], mac[3],
                                  mac[4], mac[5]);
    if (interface->type != VIR_DOC_DOMAIN_INTERFACE_TYPE_NETWORK) {
        /* Whoever else is out there lends what small routers lend. */
        addAddress(one, VIR_IP_ADDR_TYPE_IPV4, g_strdup_printf("192.168.0.%u", (index + 1) % 255),
                   24);
    } else if (!addLeases(host, domain, index, one)) {
        localDomainInterfaceFree(one);
        return NULL;
    }
    return one;
}

int
testDomainInterfaceAddresses(virDomainPtr handle, virDomainInterfacePtr **ifaces,
                             unsigned int source, unsigned int flags G_GNUC_UNUSED)
{
    virDomainInterfacePtr *list;
    testDomain *domain;
    unsigned int count = 0;

    /* The host, its networks and the guest all know the same. */
    if (source >= VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LAST) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_ARGUMENT_UNSUPPORTED,
                      "Unknown IP address data source %u", source);
        return -1;
    }
    domain = testDomainLockGuest(handle);
    if (!domain)
        return -1;
    list = g_new0(virDomainInterfacePtr, domain->live->ninterfaces + 1);
    while (count < domain->live->ninterfaces) {
        list[count] = describe(testHostOf(handle->conn), domain, count);
        if (!list[count])
            break;
        count++;
    }
    if (count < domain->live->ninterfaces) {
        while (count > 0)
            localDomainInterfaceFree(list[--count]);
        g_free(list);
        testDomainUnlock(handle);
        return -1;
    }
    *ifaces = list;
    testDomainUnlock(handle);
    return (int) count;
}
