/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which domains a list or a call about many is about. */

#pragma once

#include "test_domain.h"

/* The filters that lists and statistics share; they have the same bits. */
#define TEST_DOMAIN_STATS_FILTERS 0xffU

/* Whether filters of virConnectListAllDomainsFlags let a domain through; with the lock held. */
bool testDomainSelected(const testDomain *domain, unsigned int flags);
