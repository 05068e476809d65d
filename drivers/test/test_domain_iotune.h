/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Limits of disks, of one or of a group. */

#pragma once

#include "test_domain.h"

/* Limits after a change; `before` may be NULL. NULL with an error raised when they clash. */
virDocDomainDiskIotune *testIotuneChanged(const virDocDomainDiskIotune *before,
                                          const virTypedParameter *params, int nparams);
