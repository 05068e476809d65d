/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Descriptors that connections associate with domains, for sources with an fdgroup. */

#pragma once

#include "test_domain.h"

/* Whether every group that a definition names was associated; else raises. */
bool testFdGroupsThere(const testDomain *domain);

/* Forgets what a connection associated, or (with NULL) everybody. */
void testFdGroupsDrop(testDomain *domain, virConnectPtr conn);
