/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What documents of host interfaces mean beyond their grammar. */

#pragma once

#include "document/interface.h"
#include "document/parse.h"

/* For virDocParseOptions.checks. */
#define VIR_CONF_INTERFACE_CHECKS 1
extern const virDocCheckEntry virConfInterfaceChecks[VIR_CONF_INTERFACE_CHECKS];
