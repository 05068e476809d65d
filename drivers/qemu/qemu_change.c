/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Changing a domain: the running guest, the definition of its next start, or both. */

#include "qemu_change.h"

#include "qemu_process.h"

virConfDomainSides
qemuDomainSides(qemuDomain *domain)
{
    return (virConfDomainSides) {
        .live = &domain->live, .next = &domain->next, .updated = &domain->updated,
        .active = domain->id >= 0, .persistent = domain->persistent,
    };
}

virDocDomain *
qemuDomainDefinition(qemuDomain *domain)
{
    if (!domain->persistent)
        return NULL;
    return domain->next ? domain->next : domain->live;
}

bool
qemuDomainRedefine(qemuDomain *domain, virDocDomain *document)
{
    virDocDomain **place = domain->id >= 0 ? &domain->next : &domain->live;

    if (!qemuStoreDefinition(domain, document)) {
        virDocDomainFree(document);
        return false;
    }
    g_clear_pointer(place, virDocDomainFree);
    *place = document;
    return true;
}

/* The running guest and what is known of it; false with an error raised. */
static bool
changeLive(qemuDomain *domain, const qemuChange *change, const void *opaque)
{
    if (change->act && !change->act(domain, opaque))
        return false;
    /* It may have ended while it was asked. */
    if (!qemuDomainRequireActive(domain))
        return false;
    change->edit(domain->live, opaque);
    return qemuStoreStatus(domain);
}

int
qemuDomainChangeLocked(qemuDomain *domain, unsigned int flags, const qemuChange *change,
                       const void *opaque)
{
    const virConfDomainSides sides = qemuDomainSides(domain);
    const virDocDomain *definition;
    g_autoptr(virDocDomain) changed = NULL;

    if (!virConfDomainSidesResolve(&sides, &flags))
        return -1;
    definition = flags & VIR_DOMAIN_AFFECT_CONFIG ? qemuDomainDefinition(domain) : NULL;
    if (change->check && ((flags & VIR_DOMAIN_AFFECT_LIVE && !change->check(domain->live, opaque)) ||
                          (definition && !change->check(definition, opaque))))
        return -1;
    if (definition) {
        changed = virDocDomainCopy(definition);
        change->edit(changed, opaque);
    }
    if (flags & VIR_DOMAIN_AFFECT_LIVE && !changeLive(domain, change, opaque))
        return -1;
    return changed && !qemuDomainRedefine(domain, g_steal_pointer(&changed)) ? -1 : 0;
}

int
qemuDomainChange(virDomainPtr handle, unsigned int flags, const qemuChange *change,
                 const void *opaque)
{
    qemuDomain *domain = qemuDomainBegin(handle, QEMU_JOB_MODIFY);
    int ret;

    if (!domain)
        return -1;
    ret = qemuDomainChangeLocked(domain, flags, change, opaque);
    qemuDomainEnd(domain);
    return ret;
}

const virDocDomain *
qemuDomainSide(qemuDomain *domain, unsigned int flags)
{
    const virConfDomainSides sides = qemuDomainSides(domain);

    return virConfDomainSidesOne(&sides, flags);
}
