/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Changes of tuning that listeners of a running domain hear of. */

#include "test_domain_tunable.h"

#include "runtime/connect.h"
#include "runtime/events.h"
#include "runtime/objects.h"

void
testDomainTuned(virConnectPtr conn, const testDomain *domain, const virParams *list)
{
    virEventStateQueue(conn->events, virDomainEventTunableNew(domain->name, domain->uuid,
                                                              domain->id, list->params,
                                                              list->nparams));
}

int
testDomainTune(virDomainPtr handle, unsigned int flags, virConfDomainCheck check,
               virConfDomainEdit edit, const void *opaque, const virParams *list)
{
    testDomain *domain = testDomainLockForChange(handle);
    int ret;

    if (!domain)
        return -1;
    ret = testDomainEditLocked(domain, flags, check, edit, opaque);
    /* Without a flag the guest is meant when it runs. */
    if (ret == 0 && domain->id >= 0 &&
        (flags & VIR_DOMAIN_AFFECT_LIVE || !(flags & VIR_DOMAIN_AFFECT_CONFIG)))
        testDomainTuned(handle->conn, domain, list);
    testDomainUnlock(handle);
    return ret;
}

void
testTunableAddCpus(virParams *list, const char *name, const virDocBitmap *set)
{
    g_autofree char *text = virDocBitmapFormat(set);

    virParamsAddString(list, name, text);
}
