/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Thresholds of disks: an event when the guest has written so much. */

#pragma once

#include "test_domain.h"

/* Forgets those of a domain that stops. */
void testThresholdsDrop(testDomain *domain);
