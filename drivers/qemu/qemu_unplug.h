/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices that a guest is asked to give up: it does so when it likes, or not at all. */

#pragma once

#include <stdbool.h>

#include "qemu_domain.h"

typedef enum {
    QEMU_UNPLUG_FAILED,         /* an error is raised */
    QEMU_UNPLUG_ASKED,          /* the guest has not answered so far */
    QEMU_UNPLUG_GONE,
} qemuUnplugResult;

/* Asks for a device by its alias and waits a moment for the answer. Lets go of the lock meanwhile. */
qemuUnplugResult qemuUnplug(qemuDomain *domain, const char *alias);

/* What QEMU says; true when somebody waits for it, who does the rest. */
bool qemuUnplugHeard(qemuDomain *domain, const char *alias, bool gone);
