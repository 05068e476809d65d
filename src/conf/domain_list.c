/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which domains a list, or a call about many, is about. */

#include "conf/domain_list.h"

#include <libvirt/libvirt.h>

#include "conf/objects.h"

#define FILTER(YES, NO) {VIR_CONNECT_LIST_DOMAINS_##YES, VIR_CONNECT_LIST_DOMAINS_##NO}

static const struct {
    virConfFilter filter;
    size_t fact; /* place of the bool */
} filters[] = {
    {FILTER(ACTIVE, INACTIVE), offsetof(virConfDomainFacts, active)},
    {FILTER(PERSISTENT, TRANSIENT), offsetof(virConfDomainFacts, persistent)},
    {FILTER(AUTOSTART, NO_AUTOSTART), offsetof(virConfDomainFacts, autostart)},
    {FILTER(MANAGEDSAVE, NO_MANAGEDSAVE), offsetof(virConfDomainFacts, managedSave)},
    {FILTER(HAS_SNAPSHOT, NO_SNAPSHOT), offsetof(virConfDomainFacts, snapshots)},
    {FILTER(HAS_CHECKPOINT, NO_CHECKPOINT), offsetof(virConfDomainFacts, checkpoints)},
};

#define STATES                                                              \
    (VIR_CONNECT_LIST_DOMAINS_RUNNING | VIR_CONNECT_LIST_DOMAINS_PAUSED |   \
     VIR_CONNECT_LIST_DOMAINS_SHUTOFF | VIR_CONNECT_LIST_DOMAINS_OTHER)

static unsigned int
filterOfState(int state)
{
    switch (state) {
    case VIR_DOMAIN_RUNNING:
        return VIR_CONNECT_LIST_DOMAINS_RUNNING;
    case VIR_DOMAIN_PAUSED:
        return VIR_CONNECT_LIST_DOMAINS_PAUSED;
    case VIR_DOMAIN_SHUTOFF:
        return VIR_CONNECT_LIST_DOMAINS_SHUTOFF;
    default:
        return VIR_CONNECT_LIST_DOMAINS_OTHER;
    }
}

bool
virConfDomainPasses(const virConfDomainFacts *facts, unsigned int flags)
{
    if (flags & STATES && !(flags & filterOfState(facts->state)))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(filters); i++) {
        bool fact = *(const bool *)((const char *)facts + filters[i].fact);

        if (!virConfFilterPasses(flags, filters[i].filter, fact))
            return false;
    }
    return true;
}
