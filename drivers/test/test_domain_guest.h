/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The guest of the model, as an agent in it would describe it. */

#pragma once

#include "test_domain.h"

/* A running domain, with the host locked; NULL unlocked, with an error raised. */
testDomain *testDomainLockGuest(virDomainPtr handle);

typedef struct {
    const char *point;          /* where it is mounted */
    int partition;              /* of the disk, from 1 */
    const char *type;
} testMount;

/* The file systems of a guest, and the target of the disk they are on. */
const testMount *testDomainMounts(const testDomain *domain, size_t *count, const char **disk);

/* Gives back what the guest's disk does not need. */
void testDomainTrimmed(testHost *host, testDomain *domain);
