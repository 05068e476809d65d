/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Memory of domains: how much they have, how much they may have. */

#include "test_domain.h"

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "runtime/objects.h"
#include "test_domain_defs.h"

unsigned long
testDomainGetMaxMemory(virDomainPtr handle)
{
    testDomain *domain = testDomainLock(handle);
    unsigned long memory;

    if (!domain)
        return 0;
    memory = domain->live->memory;
    testDomainUnlock(handle);
    return memory;
}

/* Whether the guest can have that much, on every side that changes; else raises. */
static bool
mayHave(const testDomain *domain, unsigned long memory, unsigned int flags)
{
    const virDocDomain *live, *config;

    if (!testDomainDefsToCheck(domain, flags, &live, &config))
        return false;
    if (flags & VIR_DOMAIN_MEM_MAXIMUM && live) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                      "cannot resize the maximum memory on an active domain");
        return false;
    }
    if (!(flags & VIR_DOMAIN_MEM_MAXIMUM) &&
        ((live && memory > live->memory) || (config && memory > config->memory))) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "cannot set memory higher than max memory");
        return false;
    }
    return true;
}

static void
setMemory(testHost *host, testDomain *domain, unsigned long memory, unsigned int flags)
{
    testDomainDefs defs;

    if (!testDomainDefsToChange(domain, flags, &defs))
        return;
    if (flags & VIR_DOMAIN_MEM_MAXIMUM) {
        defs.config->memory = memory;
        defs.config->currentMemory = MIN(defs.config->currentMemory, memory);
        return;
    }
    if (defs.config)
        defs.config->currentMemory = memory;
    if (defs.live && defs.live->currentMemory != memory) {
        defs.live->currentMemory = memory;
        virEventStateQueue(host->events,
                           virDomainEventBalloonChangeNew(domain->name, domain->uuid, domain->id,
                                                          memory));
    }
}

int
testDomainSetMemoryFlags(virDomainPtr handle, unsigned long memory, unsigned int flags)
{
    testDomain *domain;
    int ret = -1;

    domain = testDomainLockForChange(handle);
    if (!domain)
        return -1;
    if (mayHave(domain, memory, flags)) {
        setMemory(testHostOf(handle->conn), domain, memory, flags);
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}

int
testDomainSetMemory(virDomainPtr handle, unsigned long memory)
{
    return testDomainSetMemoryFlags(handle, memory, VIR_DOMAIN_AFFECT_LIVE);
}

int
testDomainSetMaxMemory(virDomainPtr handle, unsigned long memory)
{
    return testDomainSetMemoryFlags(handle, memory, VIR_DOMAIN_MEM_MAXIMUM);
}

static bool
hasBalloon(const virDocDomain *document)
{
    return document->memballoon &&
           document->memballoon->model != VIR_DOC_DOMAIN_MEMBALLOON_MODEL_NONE;
}

int
testDomainSetMemoryStatsPeriod(virDomainPtr handle, int period, unsigned int flags)
{
    const virDocDomain *live, *config;
    testDomainDefs defs;
    testDomain *domain;
    int ret = -1;

    domain = testDomainLockForChange(handle);
    if (!domain)
        return -1;
    if (testDomainDefsToCheck(domain, flags, &live, &config)) {
        if ((live && !hasBalloon(live)) || (config && !hasBalloon(config))) {
            virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR,
                          "domain '%s' has no memory balloon that could collect statistics",
                          domain->name);
        } else if (testDomainDefsToChange(domain, flags, &defs)) {
            for (int side = 0; side < 2; side++) {
                virDocDomain *document = testDomainDefsSide(&defs, side);

                if (!document)
                    continue;
                document->memballoon->hasStatsPeriod = period > 0;
                document->memballoon->statsPeriod = (unsigned int) period;
            }
            ret = 0;
        }
    }
    testDomainUnlock(handle);
    return ret;
}
