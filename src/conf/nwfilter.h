/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What documents of network filters mean beyond their grammar. */

#pragma once

#include "document/nwfilter.h"
#include "document/nwfilterbinding.h"
#include "document/parse.h"

/* For virDocParseOptions.checks, of filters and of bindings. */
#define VIR_CONF_NWFILTER_CHECKS 4
extern const virDocCheckEntry virConfNwFilterChecks[VIR_CONF_NWFILTER_CHECKS];

/* Of the reference to a filter, which interfaces of domains have too. */
void virConfCheckNwFilterReference(void *data, virDocContext *context);
