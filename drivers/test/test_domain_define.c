/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Definitions of domains: defining, starting from a document, renaming, undefining. */

#include "test_domain.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_domain_moment.h"
#include "test_domain_save.h"
#include "test_domain_sources.h"

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
        bool added = isNew || !domain->persistent;

        domain->persistent = true;
        domain->updated = domain->id >= 0;
        handle = testDomainHandle(conn, domain);
        testDomainAnnounce(host, domain, VIR_DOMAIN_EVENT_DEFINED,
                           added ? VIR_DOMAIN_EVENT_DEFINED_ADDED :
                           VIR_DOMAIN_EVENT_DEFINED_UPDATED);
    }
    g_mutex_unlock(&host->lock);
    return handle;
}

virDomainPtr
testDomainDefineXML(virConnectPtr conn, const char *xml)
{
    return testDomainDefineXMLFlags(conn, xml, 0);
}

/* Starts what a document describes; with the lock held. */
static testDomain *
startDocument(virConnectPtr conn, virDocDomain *document, unsigned int nfiles, const int *files,
              unsigned int flags)
{
    testHost *host = testHostOf(conn);
    testDomain *domain = testDomainAdoptRunning(host, document);

    if (!domain)
        return NULL;
    if (!testSourcesThere(host, domain->live, /* goesOn= */ false) ||
        testDomainGiveFiles(domain, nfiles, files) < 0) {
        testDomainGiveUp(host, domain);
        return NULL;
    }
    if (domain->managedSave)
        testDomainDropManaged(domain);
    testDomainStart(host, domain, flags & VIR_DOMAIN_START_PAUSED);
    domain->owner = flags & VIR_DOMAIN_START_AUTODESTROY ? conn : NULL;
    return domain;
}

virDomainPtr
testDomainCreateXMLWithFiles(virConnectPtr conn, const char *xmlDesc, unsigned int nfiles,
                             int *files, unsigned int flags)
{
    testHost *host = testHostOf(conn);
    virDomainPtr handle;
    virDocDomain *document;

    document = testDomainParse(xmlDesc, flags & VIR_DOMAIN_START_VALIDATE);
    if (!document)
        return NULL;
    g_mutex_lock(&host->lock);
    handle = testDomainHandle(conn, startDocument(conn, document, nfiles, files, flags));
    g_mutex_unlock(&host->lock);
    return handle;
}

virDomainPtr
testDomainCreateXML(virConnectPtr conn, const char *xmlDesc, unsigned int flags)
{
    return testDomainCreateXMLWithFiles(conn, xmlDesc, 0, /* files= */ NULL, flags);
}

/* Whether what is kept of moments may go with the definition; else raises. */
static bool
mayForget(const testMoments *moments, bool wanted)
{
    if (!moments || wanted || !moments->all.length)
        return true;
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                  "cannot delete inactive domain with %u %ss", moments->all.length,
                  moments->kind->word);
    return false;
}

/* Whether a definition may go, with all the flags say; else raises. */
static bool
mayUndefine(const testDomain *domain, unsigned int flags)
{
    const char *why = NULL;

    if (!domain->persistent)
        why = "cannot undefine transient domain";
    else if (domain->managedSave && !(flags & VIR_DOMAIN_UNDEFINE_MANAGED_SAVE))
        why = "Refusing to undefine while domain managed save image exists";
    if (why)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID, "%s", why);
    return !why && mayForget(domain->id < 0 ? domain->snapshots : NULL,
                             flags & VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA) &&
           mayForget(domain->id < 0 ? domain->checkpoints : NULL,
                     flags & VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA);
}

int
testDomainUndefineFlags(virDomainPtr handle, unsigned int flags)
{
    /* The model keeps neither NVRAM nor TPM state beside a definition: there is nothing to remove. */
    testHost *host = testHostOf(handle->conn);
    testDomain *domain = testDomainLockForChange(handle);
    int ret = -1;

    if (!domain)
        return -1;
    if (mayUndefine(domain, flags)) {
        if (domain->managedSave)
            testDomainDropManaged(domain);
        domain->persistent = domain->autostart = domain->autostartOnce = false;
        if (domain->next) {
            virDocDomainFree(domain->next);
            domain->next = NULL;
        }
        testDomainAnnounce(host, domain, VIR_DOMAIN_EVENT_UNDEFINED,
                           VIR_DOMAIN_EVENT_UNDEFINED_REMOVED);
        if (domain->id < 0)
            testDomainForget(host, domain);
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

/* Whether a domain may have another name, with the lock held; else raises. */
static bool
mayRename(testHost *host, const testDomain *domain, const char *name)
{
    if (domain->id >= 0)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID, "cannot rename active domain");
    else if (g_str_equal(name, domain->name))
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID,
                      "Can't rename domain to itself");
    else if (g_hash_table_contains(host->domains->objects.byName, name))
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_OPERATION_INVALID,
                      "domain with name '%s' already exists", name);
    else
        return true;
    return false;
}

int
testDomainRename(virDomainPtr handle, const char *new_name, unsigned int flags G_GNUC_UNUSED)
{
    testHost *host = testHostOf(handle->conn);
    testDomain *domain;
    int ret = -1;

    if (!*new_name) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG, "new_name is empty");
        return -1;
    }
    if (strpbrk(new_name, "/\n")) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_XML_ERROR,
                      "name %s cannot contain '/' or a line feed", new_name);
        return -1;
    }
    domain = testDomainLockForChange(handle);
    if (!domain)
        return -1;
    if (mayRename(host, domain, new_name)) {
        testDomainAnnounce(host, domain, VIR_DOMAIN_EVENT_UNDEFINED,
                           VIR_DOMAIN_EVENT_UNDEFINED_RENAMED);
        virConfObjectsRename(&host->domains->objects, domain, new_name);
        g_free(domain->live->name);
        domain->live->name = g_strdup(new_name);
        testDomainAnnounce(host, domain, VIR_DOMAIN_EVENT_DEFINED,
                           VIR_DOMAIN_EVENT_DEFINED_RENAMED);
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}
