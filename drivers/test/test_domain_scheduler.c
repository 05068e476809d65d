/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How the model shares its processors among domains: each has a weight. */

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "runtime/parameters.h"
#include "test_domain_pin.h"
#include "test_domain_tunable.h"

/* Of a domain of which nobody said anything. */
#define USUAL_WEIGHT 50

static const char *const known[] = { VIR_DOMAIN_SCHEDULER_WEIGHT, NULL };

char *
testDomainGetSchedulerType(virDomainPtr handle, int *nparams)
{
    testDomain *domain = testDomainLock(handle);

    if (!domain)
        return NULL;
    testDomainUnlock(handle);
    if (nparams)
        *nparams = 1;
    return g_strdup("fair");
}

static void
readWeight(const virDocDomain *document, void *opaque)
{
    virParamsAddUInt(opaque, VIR_DOMAIN_SCHEDULER_WEIGHT,
                     document->cputune && document->cputune->hasShares ?
                     (unsigned int) document->cputune->shares : USUAL_WEIGHT);
}

int
testDomainGetSchedulerParametersFlags(virDomainPtr handle, virTypedParameterPtr params,
                                      int *nparams, unsigned int flags)
{
    g_auto(virParams) list = { NULL, 0, 0 };

    if (testDomainRead(handle, flags, readWeight, &list) < 0)
        return -1;
    return virParamsFill(&list, params, nparams);
}

int
testDomainGetSchedulerParameters(virDomainPtr handle, virTypedParameterPtr params, int *nparams)
{
    return testDomainGetSchedulerParametersFlags(handle, params, nparams, 0);
}

static void
setWeight(virDocDomain *document, const void *opaque)
{
    const virTypedParameter *weight = opaque;
    virDocDomainCputune *tune = testDomainCputune(document);

    tune->hasShares = true;
    tune->shares = weight->value.ui;
}

int
testDomainSetSchedulerParametersFlags(virDomainPtr handle, virTypedParameterPtr params,
                                      int nparams, unsigned int flags)
{
    g_auto(virParams) told = { NULL, 0, 0 };

    if (!virParamsCheck(params, nparams, virDomainSchedulerKeys, known))
        return -1;
    virParamsAddULLong(&told, VIR_DOMAIN_TUNABLE_CPU_CPU_SHARES, params->value.ui);
    return testDomainTune(handle, flags, /* check= */ NULL, setWeight, params, &told);
}

int
testDomainSetSchedulerParameters(virDomainPtr handle, virTypedParameterPtr params, int nparams)
{
    return testDomainSetSchedulerParametersFlags(handle, params, nparams, 0);
}
