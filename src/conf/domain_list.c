/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which domains a list, or a call about many, is about. */

#include "conf/domain_list.h"

#include <libvirt/libvirt.h>

#include "conf/objects.h"

static const struct {
    virConfFilter filter;
    size_t fact; /* place of the bool */
} filters[] = {
    {{VIR_CONNECT_LIST_DOMAINS_ACTIVE, VIR_CONNECT_LIST_DOMAINS_INACTIVE},
     offsetof(virConfDomainFacts, active)},
    {{VIR_CONNECT_LIST_DOMAINS_PERSISTENT, VIR_CONNECT_LIST_DOMAINS_TRANSIENT},
     offsetof(virConfDomainFacts, persistent)},
    {{VIR_CONNECT_LIST_DOMAINS_AUTOSTART, VIR_CONNECT_LIST_DOMAINS_NO_AUTOSTART},
     offsetof(virConfDomainFacts, autostart)},
    {{VIR_CONNECT_LIST_DOMAINS_MANAGEDSAVE, VIR_CONNECT_LIST_DOMAINS_NO_MANAGEDSAVE},
     offsetof(virConfDomainFacts, managedSave)},
    {{VIR_CONNECT_LIST_DOMAINS_HAS_SNAPSHOT, VIR_CONNECT_LIST_DOMAINS_NO_SNAPSHOT},
     offsetof(virConfDomainFacts, snapshots)},
    {{VIR_CONNECT_LIST_DOMAINS_HAS_CHECKPOINT, VIR_CONNECT_LIST_DOMAINS_NO_CHECKPOINT},
     offsetof(virConfDomainFacts, checkpoints)},
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
