/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What documents of domains mean to QEMU: devices that every machine has, and places. */

#pragma once

#include <stdbool.h>

#include "document/domain.h"
#include "document/parse.h"

/* Adds the devices that a machine has although nobody asked for them. */
void qemuCompleteDevices(virDocDomain *document);
/* Gives every device of the PCI bus a place there; false with an error raised. */
bool qemuCompletePCI(virDocDomain *document);
