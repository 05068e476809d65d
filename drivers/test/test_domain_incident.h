/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What happens to running domains by itself, as their node document plans it. */

#pragma once

#include "document/node.h"
#include "document/parse.h"
#include "test_domain.h"

/* Whether an incident is complete, for virDocParseOptions.checks. */
void testIncidentCheck(void *data, virDocContext *context);

/*
 * Plans an incident of a domain that runs; it does not happen when that run ends before. False with
 * an error raised when it has no device that could suffer. Called with the lock held.
 */
bool testIncidentPlan(testHost *host, const testDomain *domain, const virDocNodeIncident *incident);
