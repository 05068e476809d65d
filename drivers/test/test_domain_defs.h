/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which document of a domain a call means: that of the running guest, that of the next start. */

#pragma once

#include "conf/domain_sides.h"
#include "document/value.h"
#include "test_domain.h"

/* Where the documents of a domain are; lock held. */
virConfDomainSides testDomainSides(testDomain *domain);

/* The definition that changes of the running guest leave alone: `next`, made when needed. */
virDocDomain *testDomainKeepDefinition(testDomain *domain);

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

/*
 * Locks a domain, checks every side that the flags mean, and changes all of them or none. 0, or -1
 * with an error raised; `check` may be NULL.
 */
int testDomainEdit(virDomainPtr handle, unsigned int flags, virConfDomainCheck check, virConfDomainEdit edit,
                   const void *opaque);
/* The same with the domain locked already. */
int testDomainEditLocked(testDomain *domain, unsigned int flags, virConfDomainCheck check,
                         virConfDomainEdit edit, const void *opaque);

/* Locks a domain and hands the document that the flags mean to a reader. 0, or -1. */
int testDomainRead(virDomainPtr handle, unsigned int flags,
                   void (*read)(const virDocDomain *document, void *opaque), void *opaque);
