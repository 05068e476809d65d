/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses and TCP ports for the screens of guests. */

#pragma once

#include <stdbool.h>

#include "document/domain.h"
#include "qemu_settings.h"

/* Whether nobody listens at a TCP port, on any address. */
bool qemuPortIsFree(int port);

/*
 * Gives screens that leave it open an address, a password and a free port, as the administrator wants it;
 * false with an error raised.
 */
bool qemuPortsChoose(virDocDomain *document, const qemuSettings *settings);
