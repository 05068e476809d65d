/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Definitions of domains: defining, starting from a document, undefining. */

#include "test_domain.h"

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/error.h"
#include "runtime/objects.h"

virDomainPtr
testDomainDefineXMLFlags(virConnectPtr conn, const char *xml, unsigned int flags)
{
    testHost *host = testHostOf(conn);
    virDocDomain *document = testDomainParse(xml, flags & VIR_DOMAIN_DEFINE_VALIDATE);
    virDomainPtr handle = NULL;
    testDomain *domain;
    bool isNew;

    if (!document)
        return NULL;
    g_mutex_lock(&host->lock);
    domain = testDomainAdopt(host, document, &isNew);
    if (domain) {
        domain->persistent = true;
        handle = virDomainNew(conn, domain->name, domain->uuid, domain->id);
        testDomainAnnounce(conn, domain, VIR_DOMAIN_EVENT_DEFINED,
                 isNew ? VIR_DOMAIN_EVENT_DEFINED_ADDED : VIR_DOMAIN_EVENT_DEFINED_UPDATED);
    }
    g_mutex_unlock(&host->lock);
    return handle;
}

virDomainPtr
testDomainDefineXML(virConnectPtr conn, const char *xml)
{
    return testDomainDefineXMLFlags(conn, xml, 0);
}

virDomainPtr
testDomainCreateXML(virConnectPtr conn, const char *xmlDesc, unsigned int flags)
{
    testHost *host = testHostOf(conn);
    virDomainPtr handle = NULL;
    virDocDomain *document;
    testDomain *domain;
    bool isNew;

    if (!testDomainFlagsKnown(flags, VIR_DOMAIN_START_PAUSED | VIR_DOMAIN_START_VALIDATE, __func__))
        return NULL;
    document = testDomainParse(xmlDesc, flags & VIR_DOMAIN_START_VALIDATE);
    if (!document)
        return NULL;
    g_mutex_lock(&host->lock);
    domain = g_hash_table_lookup(host->domains->byUUID, document->uuid);
    if (domain && domain->id >= 0) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID,
                      "domain is already active as '%s'", domain->name);
        virDocDomainFree(document);
    } else {
        /* A persistent domain keeps its definition for the next start. */
        virDocDomain *kept = domain ? virDocDomainCopy(domain->live) : NULL;

        domain = testDomainAdopt(host, document, &isNew);
        if (domain) {
            domain->next = g_steal_pointer(&kept);
            testDomainStart(conn, domain, flags & VIR_DOMAIN_START_PAUSED);
            handle = virDomainNew(conn, domain->name, domain->uuid, domain->id);
        }
        if (kept)
            virDocDomainFree(kept);
    }
    g_mutex_unlock(&host->lock);
    return handle;
}

int
testDomainUndefineFlags(virDomainPtr handle, unsigned int flags)
{
    /* The model keeps no saved states, snapshots or checkpoints, so nothing is left to remove. */
    const unsigned int known = VIR_DOMAIN_UNDEFINE_MANAGED_SAVE |
        VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA | VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA;
    testDomain *domain;
    int ret = -1;

    if (!testDomainFlagsKnown(flags, known, __func__))
        return -1;
    domain = testDomainLock(handle);
    if (!domain)
        return -1;
    if (!domain->persistent) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                      "cannot undefine transient domain");
    } else {
        domain->persistent = domain->autostart = false;
        testDomainAnnounce(handle->conn, domain, VIR_DOMAIN_EVENT_UNDEFINED,
                 VIR_DOMAIN_EVENT_UNDEFINED_REMOVED);
        if (domain->id < 0)
            testDomainForget(testHostOf(handle->conn), domain);
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}

int
testDomainUndefine(virDomainPtr handle)
{
    return testDomainUndefineFlags(handle, 0);
}
