/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Limits of domains for memory and NUMA nodes, and events that are counted. */

#include <libvirt/virterror.h>

#include "document/bitmap.h"
#include "driver/test.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "runtime/parameters.h"
#include "test_domain_defs.h"

/* What a caller gives to a change. */
typedef struct {
    const virTypedParameter *params;
    int nparams;
} Given;

static unsigned long long
limitOf(const Given *given, const char *name, bool has, unsigned long long value)
{
    const virTypedParameter *param = virParamsFind(given->params, given->nparams, name);

    if (param)
        return param->value.ul;
    return has ? value : VIR_DOMAIN_MEMORY_PARAM_UNLIMITED;
}

static void
readMemory(const virDocDomain *document, void *opaque)
{
    const virDocDomainMemtune none = { 0 };
    const virDocDomainMemtune *tune = document->memtune ? document->memtune : &none;
    const Given nothing = { NULL, 0 };

    virParamsAddULLong(opaque, VIR_DOMAIN_MEMORY_HARD_LIMIT,
                       limitOf(&nothing, "", tune->hasHardLimit, tune->hardLimit));
    virParamsAddULLong(opaque, VIR_DOMAIN_MEMORY_SOFT_LIMIT,
                       limitOf(&nothing, "", tune->hasSoftLimit, tune->softLimit));
    virParamsAddULLong(opaque, VIR_DOMAIN_MEMORY_SWAP_HARD_LIMIT,
                       limitOf(&nothing, "", tune->hasSwapHardLimit, tune->swapHardLimit));
}

int
testDomainGetMemoryParameters(virDomainPtr handle, virTypedParameterPtr params, int *nparams,
                              unsigned int flags)
{
    g_auto(virParams) list = { NULL, 0, 0 };

    if (*nparams == 0) {
        *nparams = 3;
        return 0;
    }
    if (testDomainRead(handle, flags, readMemory, &list) < 0)
        return -1;
    return virParamsFill(&list, params, nparams);
}

/* Memory alone is part of memory and swap together; else raises. */
static bool
memoryFits(const virDocDomain *document, const void *opaque)
{
    const virDocDomainMemtune none = { 0 };
    const virDocDomainMemtune *tune = document->memtune ? document->memtune : &none;
    unsigned long long hard = limitOf(opaque, VIR_DOMAIN_MEMORY_HARD_LIMIT, tune->hasHardLimit,
                                      tune->hardLimit);
    unsigned long long swap = limitOf(opaque, VIR_DOMAIN_MEMORY_SWAP_HARD_LIMIT,
                                      tune->hasSwapHardLimit, tune->swapHardLimit);

    if (hard <= swap)
        return true;
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                  "memory hard_limit tunable value must be lower than or equal to "
                  "swap_hard_limit");
    return false;
}

static void
setLimit(const Given *given, const char *name, bool *has, unsigned long long *value)
{
    const virTypedParameter *param = virParamsFind(given->params, given->nparams, name);

    if (!param)
        return;
    *has = param->value.ul < VIR_DOMAIN_MEMORY_PARAM_UNLIMITED;
    *value = param->value.ul;
}

static void
setMemory(virDocDomain *document, const void *opaque)
{
    virDocDomainMemtune *tune;

    if (!document->memtune)
        document->memtune = virDocDomainMemtuneNew();
    tune = document->memtune;
    setLimit(opaque, VIR_DOMAIN_MEMORY_HARD_LIMIT, &tune->hasHardLimit, &tune->hardLimit);
    setLimit(opaque, VIR_DOMAIN_MEMORY_SOFT_LIMIT, &tune->hasSoftLimit, &tune->softLimit);
    setLimit(opaque, VIR_DOMAIN_MEMORY_SWAP_HARD_LIMIT, &tune->hasSwapHardLimit,
             &tune->swapHardLimit);
    if (!tune->hasHardLimit && !tune->hasSoftLimit && !tune->hasSwapHardLimit &&
        !tune->hasMinGuarantee)
        g_clear_pointer(&document->memtune, virDocDomainMemtuneFree);
}

int
testDomainSetMemoryParameters(virDomainPtr handle, virTypedParameterPtr params, int nparams,
                              unsigned int flags)
{
    static const char *const known[] = {
        VIR_DOMAIN_MEMORY_HARD_LIMIT, VIR_DOMAIN_MEMORY_SOFT_LIMIT,
        VIR_DOMAIN_MEMORY_SWAP_HARD_LIMIT, NULL,
    };
    const Given given = { params, nparams };

    if (!virParamsCheck(params, nparams, virDomainMemoryKeys, known))
        return -1;
    return testDomainEdit(handle, flags, memoryFits, setMemory, &given);
}

static void
readNuma(const virDocDomain *document, void *opaque)
{
    const virDocDomainNumatune *tune = document->numatune;
    g_autofree char *nodes = tune && tune->memoryNodeset ?
        virDocBitmapFormat(tune->memoryNodeset) : NULL;

    /* The document has no value for a mode that nobody set; the public one begins with strict. */
    virParamsAddInt(opaque, VIR_DOMAIN_NUMA_MODE,
                    tune && tune->memoryMode ? (int) tune->memoryMode - 1 :
                    (int) VIR_DOMAIN_NUMATUNE_MEM_STRICT);
    virParamsAddString(opaque, VIR_DOMAIN_NUMA_NODESET, nodes ? nodes : "");
}

int
testDomainGetNumaParameters(virDomainPtr handle, virTypedParameterPtr params, int *nparams,
                            unsigned int flags)
{
    g_auto(virParams) list = { NULL, 0, 0 };

    if (*nparams == 0) {
        *nparams = 2;
        return 0;
    }
    if (testDomainRead(handle, flags, readNuma, &list) < 0)
        return -1;
    return virParamsFill(&list, params, nparams);
}

static bool
numaFits(const virDocDomain *document, const void *opaque)
{
    const Given *given = opaque;
    const virTypedParameter *mode = virParamsFind(given->params, given->nparams,
                                                  VIR_DOMAIN_NUMA_MODE);
    const char *nodes = virParamsString(given->params, given->nparams, VIR_DOMAIN_NUMA_NODESET);
    g_autoptr(virDocBitmap) set = nodes ? virDocBitmapParse(nodes) : NULL;

    if (mode && (mode->value.i < 0 || mode->value.i > VIR_DOMAIN_NUMATUNE_MEM_RESTRICTIVE)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "unsupported numatune mode: '%d'",
                      mode->value.i);
        return false;
    }
    if (nodes && (!set || !set->nwords)) {
        virErrorRaise(VIR_FROM_NONE, VIR_ERR_INVALID_ARG, "Failed to parse bitmap '%s'", nodes);
        return false;
    }
    if (!nodes && !(document->numatune && document->numatune->memoryNodeset)) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_CONFIG_UNSUPPORTED,
                      "nodeset for NUMA memory tuning must be set if 'placement' is 'static'");
        return false;
    }
    return true;
}

static void
setNuma(virDocDomain *document, const void *opaque)
{
    const Given *given = opaque;
    const virTypedParameter *mode = virParamsFind(given->params, given->nparams,
                                                  VIR_DOMAIN_NUMA_MODE);
    const char *nodes = virParamsString(given->params, given->nparams, VIR_DOMAIN_NUMA_NODESET);
    virDocDomainNumatune *tune;

    if (!document->numatune)
        document->numatune = virDocDomainNumatuneNew();
    tune = document->numatune;
    if (mode)
        tune->memoryMode = (virDocDomainNumaMode) (mode->value.i + 1);
    else if (!tune->memoryMode)
        tune->memoryMode = VIR_DOC_DOMAIN_NUMA_MODE_STRICT;
    if (nodes) {
        virDocBitmapFree(tune->memoryNodeset);
        tune->memoryNodeset = virDocBitmapParse(nodes);
    }
}

int
testDomainSetNumaParameters(virDomainPtr handle, virTypedParameterPtr params, int nparams,
                            unsigned int flags)
{
    const Given given = { params, nparams };

    if (!virParamsCheck(params, nparams, virDomainNumaKeys, /* known= */ NULL))
        return -1;
    return testDomainEdit(handle, flags, numaFits, setNuma, &given);
}

static bool
isCounted(const virDocDomain *document, virDocDomainPerfEventName name)
{
    for (size_t i = 0; i < document->nperfEvents; i++) {
        if (document->perfEvents[i]->name == name)
            return document->perfEvents[i]->enabled == VIR_DOC_SWITCH_ON;
    }
    return false;
}

static void
readPerf(const virDocDomain *document, void *opaque)
{
    for (int name = VIR_DOC_DOMAIN_PERF_EVENT_NAME_CMT; name < VIR_DOC_DOMAIN_PERF_EVENT_NAME_LAST;
         name++)
        virParamsAddBoolean(opaque, virDocDomainPerfEventNameToString(name),
                            isCounted(document, name));
}

int
testDomainGetPerfEvents(virDomainPtr handle, virTypedParameterPtr *params, int *nparams,
                        unsigned int flags)
{
    g_auto(virParams) list = { NULL, 0, 0 };

    if (testDomainRead(handle, flags, readPerf, &list) < 0)
        return -1;
    return virParamsGive(&list, params, nparams);
}

static void
setPerf(virDocDomain *document, const void *opaque)
{
    const Given *given = opaque;

    for (int i = 0; i < given->nparams; i++) {
        virDocDomainPerfEventName name =
            virDocDomainPerfEventNameFromString(given->params[i].field);
        virDocDomainPerfEvent *event = NULL;

        for (size_t at = 0; at < document->nperfEvents; at++) {
            if (document->perfEvents[at]->name == name)
                event = document->perfEvents[at];
        }
        if (!event) {
            event = virDocDomainPerfEventNew();
            event->name = name;
            VIR_DOC_LIST_ADD(document, perfEvents, event);
        }
        event->enabled = given->params[i].value.b ? VIR_DOC_SWITCH_ON : VIR_DOC_SWITCH_OFF;
    }
}

int
testDomainSetPerfEvents(virDomainPtr handle, virTypedParameterPtr params, int nparams,
                        unsigned int flags)
{
    const Given given = { params, nparams };

    if (!virParamsCheck(params, nparams, virPerfKeys, /* known= */ NULL))
        return -1;
    return testDomainEdit(handle, flags, /* check= */ NULL, setPerf, &given);
}
