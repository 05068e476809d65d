/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Changes of tuning that listeners of a running domain hear of. */

#pragma once

#include "runtime/parameters.h"
#include "test_domain_defs.h"

/* Tells listeners which tuning parameters of a running domain changed; lock held. */
void testDomainTuned(virConnectPtr conn, const testDomain *domain, const virParams *list);

/* As testDomainEdit(); what `list` says is told when the running guest was changed. */
int testDomainTune(virDomainPtr handle, unsigned int flags, virConfDomainCheck check,
                   virConfDomainEdit edit, const void *opaque, const virParams *list);

/* Adds a set of processors as such parameters have it: numbers and ranges. */
void testTunableAddCpus(virParams *list, const char *name, const virDocBitmap *set);
