/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Memory of domains. */

#include "test_domain.h"

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/error.h"
#include "runtime/objects.h"

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

int
testDomainSetMemory(virDomainPtr handle, unsigned long memory)
{
    testDomain *domain = testDomainLock(handle);
    int ret = -1;

    if (!domain)
        return -1;
    if (testDomainRequireActive(domain)) {
        if (memory > domain->live->memory) {
            virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                          "cannot set memory higher than max memory");
        } else {
            /* The guest changes, its definition does not. */
            testDomainKeepDefinition(domain);
            domain->live->currentMemory = memory;
            ret = 0;
        }
    }
    testDomainUnlock(handle);
    return ret;
}
