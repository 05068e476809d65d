/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which document of a domain a call means: that of the running guest, that of the next start. */

#include "test_domain_defs.h"

virConfDomainSides
testDomainSides(testDomain *domain)
{
    return (virConfDomainSides) {
        .live = &domain->live,
        .next = &domain->next,
        .updated = &domain->updated,
        .active = domain->id >= 0,
        .persistent = domain->persistent,
    };
}

/* To look only, where the domain is not changed. */
static virConfDomainSides
sidesOf(const testDomain *domain)
{
    return testDomainSides((testDomain *) domain);
}

virDocDomain *
testDomainKeepDefinition(testDomain *domain)
{
    virConfDomainSides sides = testDomainSides(domain);

    return virConfDomainSidesKeep(&sides);
}

const virDocDomain *
testDomainOneDef(const testDomain *domain, unsigned int flags)
{
    virConfDomainSides sides = sidesOf(domain);

    return virConfDomainSidesOne(&sides, flags);
}

bool
testDomainDefsToCheck(const testDomain *domain, unsigned int flags, const virDocDomain **live,
                      const virDocDomain **config)
{
    virConfDomainSides sides = sidesOf(domain);

    return virConfDomainSidesToCheck(&sides, flags, live, config);
}

bool
testDomainDefsToChange(testDomain *domain, unsigned int flags, testDomainDefs *defs)
{
    virConfDomainSides sides = testDomainSides(domain);

    return virConfDomainSidesToChange(&sides, flags, &defs->live, &defs->config);
}

int
testDomainEditLocked(testDomain *domain, unsigned int flags, virConfDomainCheck check,
                     virConfDomainEdit edit, const void *opaque)
{
    virConfDomainSides sides = testDomainSides(domain);

    return virConfDomainSidesEdit(&sides, flags, check, edit, opaque);
}

int
testDomainEdit(virDomainPtr handle, unsigned int flags, virConfDomainCheck check, virConfDomainEdit edit,
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
