/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Limits of a guest's disks in its QEMU. */

#pragma once

#include <stdbool.h>

#include "qemu_domain.h"

/* Makes the limits of a disk what is given; NULL: none. Lets go of the lock; false with an error raised. */
bool qemuIotuneApply(qemuDomain *domain, const virDocDomainDisk *disk,
                     const virDocDomainDiskIotune *tune);
