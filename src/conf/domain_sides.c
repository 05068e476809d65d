/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which document of a domain a call means: that of the running guest, that of the next start. */

#include "conf/domain_sides.h"

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "runtime/error.h"

#define BOTH (VIR_DOMAIN_AFFECT_LIVE | VIR_DOMAIN_AFFECT_CONFIG)

bool
virConfDomainSidesResolve(const virConfDomainSides *sides, unsigned int *flags)
{
    if (!(*flags & BOTH))
        *flags |= sides->active ? VIR_DOMAIN_AFFECT_LIVE : VIR_DOMAIN_AFFECT_CONFIG;
    if (*flags & VIR_DOMAIN_AFFECT_LIVE && !sides->active) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID, "domain is not running");
        return false;
    }
    if (*flags & VIR_DOMAIN_AFFECT_CONFIG && !sides->persistent) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID,
                      "transient domains do not have any persistent config");
        return false;
    }
    return true;
}

const virDocDomain *
virConfDomainSidesOne(const virConfDomainSides *sides, unsigned int flags)
{
    if ((flags & BOTH) == BOTH) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG,
                      "Flags 'VIR_DOMAIN_AFFECT_LIVE' and 'VIR_DOMAIN_AFFECT_CONFIG' are mutually "
                      "exclusive");
        return NULL;
    }
    if (!virConfDomainSidesResolve(sides, &flags))
        return NULL;
    return flags & VIR_DOMAIN_AFFECT_LIVE || !*sides->next ? *sides->live : *sides->next;
}

bool
virConfDomainSidesToCheck(const virConfDomainSides *sides, unsigned int flags,
                          const virDocDomain **live, const virDocDomain **config)
{
    if (!virConfDomainSidesResolve(sides, &flags))
        return false;
    *live = flags & VIR_DOMAIN_AFFECT_LIVE ? *sides->live : NULL;
    *config = NULL;
    if (flags & VIR_DOMAIN_AFFECT_CONFIG)
        *config = *sides->next ? *sides->next : *sides->live;
    return true;
}

virDocDomain *
virConfDomainCopyForNext(const virDocDomain *live)
{
    virDocDomain *next = virDocDomainCopy(live);

    virDocForgetLive(&virDocDomainRecord, next);
    return next;
}

virDocDomain *
virConfDomainSidesKeep(const virConfDomainSides *sides)
{
    if (sides->persistent && sides->active && !*sides->next)
        *sides->next = virConfDomainCopyForNext(*sides->live);
    return *sides->next;
}

bool
virConfDomainSidesToChange(const virConfDomainSides *sides, unsigned int flags,
                           virDocDomain **live, virDocDomain **config)
{
    if (!virConfDomainSidesResolve(sides, &flags))
        return false;
    virConfDomainSidesKeep(sides);
    *live = flags & VIR_DOMAIN_AFFECT_LIVE ? *sides->live : NULL;
    *config = NULL;
    if (flags & VIR_DOMAIN_AFFECT_CONFIG) {
        *config = sides->active ? *sides->next : *sides->live;
        if (sides->updated)
            *sides->updated = sides->active;
    }
    return true;
}

int
virConfDomainSidesEdit(const virConfDomainSides *sides, unsigned int flags,
                       virConfDomainCheck check, virConfDomainEdit edit, const void *opaque)
{
    const virDocDomain *oldLive, *oldConfig;
    virDocDomain *live, *config;

    if (!virConfDomainSidesToCheck(sides, flags, &oldLive, &oldConfig))
        return -1;
    if (check && ((oldLive && !check(oldLive, opaque)) || (oldConfig && !check(oldConfig, opaque))))
        return -1;
    if (!virConfDomainSidesToChange(sides, flags, &live, &config))
        return -1;
    if (live)
        edit(live, opaque);
    if (config)
        edit(config, opaque);
    return 0;
}
