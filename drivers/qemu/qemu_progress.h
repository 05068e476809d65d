/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How far a job is that moves the memory of a guest into a file. */

#pragma once

#include <stdbool.h>

#include "qemu_domain.h"

/* Asks QEMU to write all its state to a descriptor, and waits; false with an error raised. With a job. */
bool qemuProgressMigrate(qemuDomain *domain, int fd);
/* Waits for a dump that goes on by itself; false with an error raised. With a job. */
bool qemuProgressDump(qemuDomain *domain);
