/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses and TCP ports for the screens of guests. */

#pragma once

#include <stdbool.h>

#include "document/domain.h"

/* Gives screens that leave it open an address of this machine and a free port; false with an error raised. */
bool qemuPortsChoose(virDocDomain *document);
