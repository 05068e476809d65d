/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a guest tells of its memory. */

#pragma once

#include <stdbool.h>

#include "qemu_domain.h"

typedef struct {
    unsigned int count;
    virDomainMemoryStatStruct stats[VIR_DOMAIN_MEMORY_STAT_NR];
} qemuMemoryFacts;

/* Asks a running guest, with the lock let go meanwhile; false with an error raised. */
bool qemuMemoryAsk(qemuDomain *domain, qemuMemoryFacts *facts);
