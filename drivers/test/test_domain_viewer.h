/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Clients of the graphics servers of running domains. */

#pragma once

#include "test_domain.h"

/* Closes their sockets when a domain stops. */
void testViewersDrop(testHost *host, testDomain *domain);
