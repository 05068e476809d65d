/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Virtual processors of domains: how many there are, and may be. */

#include "test_domain.h"

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_domain_defs.h"

static unsigned int
online(const virDocDomain *document)
{
    return document->vcpu->hasCurrent ? document->vcpu->current : document->vcpu->count;
}

int
testDomainGetVcpusFlags(virDomainPtr handle, unsigned int flags)
{
    const virDocDomain *document;
    testDomain *domain;
    int ret = -1;

    domain = testDomainLock(handle);
    if (!domain)
        return -1;
    document = testDomainOneDef(domain, flags);
    if (document)
        ret = (int) (flags & VIR_DOMAIN_VCPU_MAXIMUM ? document->vcpu->count : online(document));
    testDomainUnlock(handle);
    return ret;
}

int
testDomainGetMaxVcpus(virDomainPtr handle)
{
    return testDomainGetVcpusFlags(handle, VIR_DOMAIN_AFFECT_LIVE | VIR_DOMAIN_VCPU_MAXIMUM);
}

static void
setOnline(virDocDomain *document, unsigned int nvcpus)
{
    /* Counted, processors are no longer chosen one by one. */
    while (document->nvcpuStates > 0)
        virDocDomainVcpuStateFree(VIR_DOC_LIST_TAKE(document, vcpuStates, document->nvcpuStates - 1));
    document->vcpu->hasCurrent = nvcpus != document->vcpu->count;
    document->vcpu->current = nvcpus;
}

static void
setMaximum(virDocDomain *document, unsigned int nvcpus)
{
    unsigned int now = online(document);

    document->vcpu->count = nvcpus;
    setOnline(document, MIN(now, nvcpus));
}

/* Whether the number fits, on every side that changes; else raises. */
static bool
mayHave(const testDomain *domain, unsigned int nvcpus, unsigned int flags)
{
    const virDocDomain *live, *config;
    unsigned int most = UINT_MAX;

    if (!testDomainDefsToCheck(domain, flags, &live, &config))
        return false;
    if (live)
        most = live->vcpu->count;
    if (config && !(flags & VIR_DOMAIN_VCPU_MAXIMUM))
        most = MIN(most, config->vcpu->count);
    if (nvcpus <= most)
        return true;
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                  "requested cpu amount exceeds maximum (%u > %u)", nvcpus, most);
    return false;
}

static void
setVcpus(testDomain *domain, unsigned int nvcpus, unsigned int flags)
{
    testDomainDefs defs;

    if (!testDomainDefsToChange(domain, flags, &defs))
        return;
    if (defs.live)
        setOnline(defs.live, nvcpus);
    if (defs.config && flags & VIR_DOMAIN_VCPU_MAXIMUM)
        setMaximum(defs.config, nvcpus);
    else if (defs.config)
        setOnline(defs.config, nvcpus);
}

int
testDomainSetVcpusFlags(virDomainPtr handle, unsigned int nvcpus, unsigned int flags)
{
    unsigned int most = (unsigned int) testConnectGetMaxVcpus(handle->conn, /* type= */ NULL);
    testDomain *domain;
    int ret = -1;

    if (nvcpus > most) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "requested cpu amount exceeds maximum supported amount (%u > %u)", nvcpus,
                      most);
        return -1;
    }
    domain = testDomainLockForChange(handle);
    if (!domain)
        return -1;
    if (mayHave(domain, nvcpus, flags)) {
        setVcpus(domain, nvcpus, flags);
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}

int
testDomainSetVcpus(virDomainPtr handle, unsigned int nvcpus)
{
    return testDomainSetVcpusFlags(handle, nvcpus, VIR_DOMAIN_AFFECT_LIVE);
}
