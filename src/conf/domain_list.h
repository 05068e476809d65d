/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which domains a list, or a call about many, is about. */

#pragma once

#include <glib.h>
#include <stdbool.h>

G_BEGIN_DECLS

/* What the filters of lists ask of a domain. */
typedef struct {
    int state;
    bool active;
    bool persistent;
    bool autostart;
    bool managedSave;
    bool snapshots;
    bool checkpoints;
} virConfDomainFacts;

/* The filters that lists and statistics share; they have the same bits. */
#define VIR_CONF_DOMAIN_STATS_FILTERS 0xffU

/* Whether filters of virConnectListAllDomainsFlags let a domain through. */
bool virConfDomainPasses(const virConfDomainFacts *facts, unsigned int flags);

G_END_DECLS
