/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Bandwidth of network interfaces of domains. */

#include <stddef.h>

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_domain_defs.h"
#include "test_domain_devices.h"
#include "test_params.h"

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

    if (testDomainFindInterface(document, given->device))
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
    g_auto(testParams) list = { NULL, 0, 0 };
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
        virDocNetworkBandwidth *bandwidth = testDomainFindInterface(document, device)->bandwidth;
        const virDocNetworkRate *rate = bandwidth ? *directionOf(bandwidth, &rates[i]) : NULL;

        testParamsAddUInt(&list, rates[i].name, !rate ? 0 :
                          (unsigned int) *(const unsigned long long *)
                          ((const char *) rate + rates[i].value));
    }
    testDomainUnlock(handle);
    return found ? testParamsFill(&list, params, nparams) : -1;
}

static void
setRates(virDocDomain *document, const void *opaque)
{
    const Given *given = opaque;
    virDocDomainInterface *interface = testDomainFindInterface(document, given->device);
    virDocNetworkBandwidth *bandwidth;

    if (!interface->bandwidth)
        interface->bandwidth = virDocNetworkBandwidthNew();
    bandwidth = interface->bandwidth;
    for (size_t i = 0; i < G_N_ELEMENTS(rates); i++) {
        const virTypedParameter *param = testParamsFind(given->params, given->nparams,
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

    if (!testParamsCheck(params, nparams, virDomainBandwidthKeys, /* known= */ NULL))
        return -1;
    return testDomainEdit(handle, flags, hasInterface, setRates, &given);
}
