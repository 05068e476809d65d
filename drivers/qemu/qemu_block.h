/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What QEMU counts of disks. */

#pragma once

#include "document/domain.h"
#include "qemu_monitor.h"

/* The counters of a disk in the answer to query-blockstats; NULL when there are none. */
json_object *qemuBlockStatsOf(json_object *all, const virDocDomainDisk *disk);
