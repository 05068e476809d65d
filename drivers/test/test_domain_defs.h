/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which document of a domain a call means: that of the running guest, that of the next start. */

#pragma once

#include "test_domain.h"

/* The one to read, by virDomainModificationImpact; NULL with an error raised. Lock held. */
const virDocDomain *testDomainOneDef(const testDomain *domain, unsigned int flags);

/* Those to change; NULL where the call leaves a side alone. */
typedef struct {
    virDocDomain *live;
    virDocDomain *config;
} testDomainDefs;

/* Both sides as they are, to look whether a change would be right; false with an error raised. */
bool testDomainDefsToCheck(const testDomain *domain, unsigned int flags,
                           const virDocDomain **live, const virDocDomain **config);

/* The sides that change now; flags that testDomainDefsToCheck() let through, or any. */
bool testDomainDefsToChange(testDomain *domain, unsigned int flags, testDomainDefs *defs);

/* The same one after the other, for loops: side 0 and 1, NULL skipped. */
static inline virDocDomain *
testDomainDefsSide(const testDomainDefs *defs, int side)
{
    return side == 0 ? defs->live : defs->config;
}
