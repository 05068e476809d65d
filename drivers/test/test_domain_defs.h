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

/* A change of documents: whether it would be right, or an error raised; and the change. */
typedef bool (*testDefCheck)(const virDocDomain *document, const void *opaque);
typedef void (*testDefEdit)(virDocDomain *document, const void *opaque);

/*
 * Locks a domain, checks every side that the flags mean, and changes all of them or none. 0, or -1
 * with an error raised; `check` may be NULL.
 */
int testDomainEdit(virDomainPtr handle, unsigned int flags, testDefCheck check, testDefEdit edit,
                   const void *opaque);
/* The same with the domain locked already. */
int testDomainEditLocked(testDomain *domain, unsigned int flags, testDefCheck check,
                         testDefEdit edit, const void *opaque);

/* Lists of documents, as `TEST_LIST_ADD(document, disks, disk)`. */
#define TEST_LIST_ADD(owner, list, item)                                                        \
    virDocListInsert((void ***) &(owner)->list, &(owner)->n##list, (owner)->n##list, item)
#define TEST_LIST_TAKE(owner, list, at)                                                         \
    virDocListTake((void ***) &(owner)->list, &(owner)->n##list, at)

/* Locks a domain and hands the document that the flags mean to a reader. 0, or -1. */
int testDomainRead(virDomainPtr handle, unsigned int flags,
                   void (*read)(const virDocDomain *document, void *opaque), void *opaque);
