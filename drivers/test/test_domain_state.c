/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a domain is and does now. */

#include "test_domain.h"

#include "driver/test.h"
#include "runtime/objects.h"
#include "test_domain_job.h"
#include "test_domain_stats.h"

int
testDomainGetInfo(virDomainPtr handle, virDomainInfoPtr info)
{
    testDomain *domain = testDomainLock(handle);
    const virDocDomainVcpu *vcpu;

    if (!domain)
        return -1;
    vcpu = domain->live->vcpu;
    *info = (virDomainInfo) {
        .state = (unsigned char) domain->state,
        .maxMem = domain->live->memory,
        .memory = domain->live->currentMemory,
        .nrVirtCpu = (unsigned short) (vcpu->hasCurrent ? vcpu->current : vcpu->count),
        .cpuTime = testDomainCpuTime(domain),
    };
    testDomainUnlock(handle);
    return 0;
}

int
testDomainGetState(virDomainPtr handle, int *state, int *reason,
                   unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = testDomainLock(handle);

    if (!domain)
        return -1;
    *state = domain->state;
    if (reason)
        *reason = domain->reason;
    testDomainUnlock(handle);
    return 0;
}

int
testDomainIsActive(virDomainPtr handle)
{
    testDomain *domain = testDomainLock(handle);
    int ret;

    if (!domain)
        return -1;
    ret = domain->id >= 0;
    testDomainUnlock(handle);
    return ret;
}

int
testDomainIsPersistent(virDomainPtr handle)
{
    testDomain *domain = testDomainLock(handle);
    int ret;

    if (!domain)
        return -1;
    ret = domain->persistent;
    testDomainUnlock(handle);
    return ret;
}

int
testDomainIsUpdated(virDomainPtr handle)
{
    testDomain *domain = testDomainLock(handle);
    int ret;

    if (!domain)
        return -1;
    ret = domain->updated;
    testDomainUnlock(handle);
    return ret;
}

char *
testDomainGetOSType(virDomainPtr handle)
{
    testDomain *domain = testDomainLock(handle);
    char *type;

    if (!domain)
        return NULL;
    /* Without a kind it is started by a boot loader of the host. */
    type = g_strdup(domain->live->os && domain->live->os->type ? domain->live->os->type->value :
                    "linux");
    testDomainUnlock(handle);
    return type;
}

int
testDomainGetControlInfo(virDomainPtr handle, virDomainControlInfoPtr info,
                         unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = testDomainLock(handle);
    int ret = -1;

    if (!domain)
        return -1;
    if (testDomainRequireActive(domain)) {
        *info = (virDomainControlInfo) { .state = VIR_DOMAIN_CONTROL_OK };
        if (domain->job) {
            info->state = VIR_DOMAIN_CONTROL_JOB;
            info->stateTime = (unsigned long long)
                (g_get_monotonic_time() - domain->job->started) / G_TIME_SPAN_MILLISECOND;
        }
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}
