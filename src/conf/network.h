/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What documents of networks mean beyond their grammar. */

#pragma once

#include "document/network.h"
#include "document/parse.h"

/* For virDocParseOptions.checks. */
#define VIR_CONF_NETWORK_CHECKS 1
extern const virDocCheckEntry virConfNetworkChecks[VIR_CONF_NETWORK_CHECKS];

/*
 * Changes one part of a definition in place: a virNetworkUpdateCommand on a virNetworkUpdateSection,
 * with the element that is entered or meant. 0, or -1 with an error raised and nothing changed.
 */
int virConfNetworkUpdate(virDocNetwork *network, unsigned int command, unsigned int section,
                         int parentIndex, const char *xml);
