/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which domains a list or a call about many is about. */

#pragma once

#include "test_domain.h"

/* Whether filters of virConnectListAllDomainsFlags let a domain through; with the lock held. */
bool testDomainSelected(const testDomain *domain, unsigned int flags);
