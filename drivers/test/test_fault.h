/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What shall go wrong on a host: slow or failing functions, lost or doubled events. */

#pragma once

#include "document/node.h"
#include "document/parse.h"
#include "runtime/event.h"

typedef struct testFaults testFaults;

/* The faults of a node document, NULL when it has none. */
testFaults *testFaultsNew(const virDocNode *node);
void testFaultsFree(testFaults *faults);

/* How often an event happens; the opaque pointer is a testFaults. */
unsigned int testFaultsFilter(const virEvent *event, void *opaque);

/* Whether a <fault> makes sense; see virDocParseOptions.checks. */
void testFaultCheck(void *data, virDocContext *context);
