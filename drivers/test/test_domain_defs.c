/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which document of a domain a call means: that of the running guest, that of the next start. */

#include "test_domain_defs.h"

#include <libvirt/virterror.h>

#include "runtime/error.h"

#define BOTH (VIR_DOMAIN_AFFECT_LIVE | VIR_DOMAIN_AFFECT_CONFIG)

/* Makes CURRENT one of the two; false with an error raised when the domain has no such side. */
static bool
resolve(const testDomain *domain, unsigned int *flags)
{
    if (!(*flags & BOTH))
        *flags |= domain->id >= 0 ? VIR_DOMAIN_AFFECT_LIVE : VIR_DOMAIN_AFFECT_CONFIG;
    if (*flags & VIR_DOMAIN_AFFECT_LIVE && !testDomainRequireActive(domain))
        return false;
    if (*flags & VIR_DOMAIN_AFFECT_CONFIG && !domain->persistent) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID,
                      "transient domains do not have any persistent config");
        return false;
    }
    return true;
}

const virDocDomain *
testDomainOneDef(const testDomain *domain, unsigned int flags)
{
    if ((flags & BOTH) == BOTH) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG,
                      "Flags 'VIR_DOMAIN_AFFECT_LIVE' and 'VIR_DOMAIN_AFFECT_CONFIG' are mutually "
                      "exclusive");
        return NULL;
    }
    if (!resolve(domain, &flags))
        return NULL;
    return flags & VIR_DOMAIN_AFFECT_LIVE || !domain->next ? domain->live : domain->next;
}

bool
testDomainDefsToCheck(const testDomain *domain, unsigned int flags, const virDocDomain **live,
                      const virDocDomain **config)
{
    if (!resolve(domain, &flags))
        return false;
    *live = flags & VIR_DOMAIN_AFFECT_LIVE ? domain->live : NULL;
    *config = NULL;
    if (flags & VIR_DOMAIN_AFFECT_CONFIG)
        *config = domain->next ? domain->next : domain->live;
    return true;
}

bool
testDomainDefsToChange(testDomain *domain, unsigned int flags, testDomainDefs *defs)
{
    if (!resolve(domain, &flags))
        return false;
    /* One side of a running domain may change without the other. */
    testDomainKeepDefinition(domain);
    defs->live = flags & VIR_DOMAIN_AFFECT_LIVE ? domain->live : NULL;
    defs->config = NULL;
    if (flags & VIR_DOMAIN_AFFECT_CONFIG) {
        defs->config = domain->id >= 0 ? domain->next : domain->live;
        domain->updated = domain->id >= 0;
    }
    return true;
}

int
testDomainEditLocked(testDomain *domain, unsigned int flags, testDefCheck check, testDefEdit edit,
                     const void *opaque)
{
    const virDocDomain *live, *config;
    testDomainDefs defs;

    if (!testDomainDefsToCheck(domain, flags, &live, &config))
        return -1;
    if (check && ((live && !check(live, opaque)) || (config && !check(config, opaque))))
        return -1;
    if (!testDomainDefsToChange(domain, flags, &defs))
        return -1;
    if (defs.live)
        edit(defs.live, opaque);
    if (defs.config)
        edit(defs.config, opaque);
    return 0;
}

int
testDomainEdit(virDomainPtr handle, unsigned int flags, testDefCheck check, testDefEdit edit,
               const void *opaque)
{
    testDomain *domain = testDomainLockForChange(handle);
    int ret;

    if (!domain)
        return -1;
    ret = testDomainEditLocked(domain, flags, check, edit, opaque);
    testDomainUnlock(handle);
    return ret;
}

int
testDomainRead(virDomainPtr handle, unsigned int flags,
               void (*read)(const virDocDomain *document, void *opaque), void *opaque)
{
    testDomain *domain = testDomainLock(handle);
    const virDocDomain *document;

    if (!domain)
        return -1;
    document = testDomainOneDef(domain, flags);
    if (document)
        read(document, opaque);
    testDomainUnlock(handle);
    return document ? 0 : -1;
}
