/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Network filters of the test hypervisor, and the ports for which they hold. */

#pragma once

#include "conf/objects.h"
#include "document/nwfilter.h"
#include "document/nwfilterbinding.h"
#include "test_driver.h"

/* Guarded by the lock of the host. */
struct testFilters {
    virConfObjects all;              /* documents are virDocNwFilter */
    virConfObjects bindings;         /* by port; documents are virDocNwFilterBinding */
};

/*
 * Whether a filter, by what it refers to at any depth, leads to another one; neither has to exist.
 * Called with the lock held.
 */
bool testFilterLeadsTo(testHost *host, const char *from, const char *to);
