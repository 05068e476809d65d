/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Virtual processors of domains. */

#include "test_domain.h"

#include "driver/test.h"
#include "runtime/objects.h"

int
testDomainGetMaxVcpus(virDomainPtr handle)
{
    testDomain *domain = testDomainLock(handle);
    int ret = -1;

    if (!domain)
        return -1;
    if (testDomainRequireActive(domain))
        ret = (int) domain->live->vcpu->count;
    testDomainUnlock(handle);
    return ret;
}
