/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The life of a defined domain: start, pause, resume, reboot, end, autostart. */

#include "test_domain.h"

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_domain_fdgroup.h"
#include "test_domain_job.h"
#include "test_domain_save.h"
#include "test_domain_sources.h"
#include "test_domain_use.h"
#include "test_migration.h"

/* Raises unless the domain is off, with the lock held. */
static bool
requireOff(const testDomain *domain)
{
    if (domain->id < 0)
        return true;
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR, "Domain '%s' is already running",
                  domain->name);
    return false;
}

static int
start(virDomainPtr handle, testDomain *domain, unsigned int flags)
{
    testHost *host = testHostOf(handle->conn);
    bool paused = flags & VIR_DOMAIN_START_PAUSED;

    if (domain->managedSave && flags & VIR_DOMAIN_START_FORCE_BOOT)
        testDomainDropManaged(domain);
    if (!domain->managedSave && !testSourcesThere(host, domain->live, /* goesOn= */ false))
        return -1;
    if (!domain->managedSave)
        testDomainStart(host, domain, paused);
    else if (testDomainStartManaged(host, domain, paused,
                                    flags & VIR_DOMAIN_START_BYPASS_CACHE) < 0)
        return -1;
    domain->owner = flags & VIR_DOMAIN_START_AUTODESTROY ? handle->conn : NULL;
    handle->id = domain->id;
    return 0;
}

int
testDomainCreateWithFiles(virDomainPtr handle, unsigned int nfiles, int *files,
                          unsigned int flags)
{
    testDomain *domain;
    int ret = -1;

    domain = testDomainLockForChange(handle);
    if (!domain)
        return -1;
    if (requireOff(domain) && testFdGroupsThere(domain) &&
        testDomainGiveFiles(domain, nfiles, files) == 0) {
        ret = start(handle, domain, flags);
        if (ret < 0)
            g_clear_pointer(&domain->files, g_array_unref);
    }
    testDomainUnlock(handle);
    return ret;
}

int
testDomainCreateWithFlags(virDomainPtr handle, unsigned int flags)
{
    return testDomainCreateWithFiles(handle, 0, /* files= */ NULL, flags);
}

int
testDomainCreate(virDomainPtr handle)
{
    return testDomainCreateWithFlags(handle, 0);
}

int
testDomainSuspend(virDomainPtr handle)
{
    testDomain *domain = testMigrationLockToPause(handle);
    int ret = -1;

    if (!domain)
        return -1;
    if (domain->state != VIR_DOMAIN_RUNNING) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR, "domain '%s' not running",
                      domain->name);
    } else {
        testDomainSetState(domain, VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_USER);
        testDomainAnnounce(testHostOf(handle->conn), domain, VIR_DOMAIN_EVENT_SUSPENDED,
                           VIR_DOMAIN_EVENT_SUSPENDED_PAUSED);
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}

int
testDomainResume(virDomainPtr handle)
{
    testDomain *domain = testDomainLockForChange(handle);
    int ret = -1;

    if (!domain)
        return -1;
    if (domain->state != VIR_DOMAIN_PAUSED) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR, "domain '%s' not paused",
                      domain->name);
    } else {
        testDomainSetState(domain, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_UNPAUSED);
        testDomainAnnounce(testHostOf(handle->conn), domain, VIR_DOMAIN_EVENT_RESUMED,
                           VIR_DOMAIN_EVENT_RESUMED_UNPAUSED);
        testGuestUsesMemory(testHostOf(handle->conn), domain);
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}

int
testDomainShutdownFlags(virDomainPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    /* The guest listens to its power button, its agent and its hypervisor; it is no container. */
    testDomain *domain;
    int ret = -1;

    domain = testDomainLockForChange(handle);
    if (!domain)
        return -1;
    if (domain->id < 0) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR, "domain '%s' not running",
                      domain->name);
    } else {
        testDomainStop(testHostOf(handle->conn), domain, VIR_DOMAIN_SHUTOFF_SHUTDOWN,
                       VIR_DOMAIN_EVENT_STOPPED_SHUTDOWN);
        handle->id = -1;
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}

int
testDomainShutdown(virDomainPtr handle)
{
    return testDomainShutdownFlags(handle, 0);
}

/* What the definition asks for when the guest reboots; with the lock held. */
static void
reboot(virDomainPtr handle, testDomain *domain)
{
    virDocDomainLifecycle action = domain->live->onReboot;

    testDomainReboots(testHostOf(handle->conn), domain);
    if (action == VIR_DOC_DOMAIN_LIFECYCLE_ABSENT || action == VIR_DOC_DOMAIN_LIFECYCLE_RESTART ||
        action == VIR_DOC_DOMAIN_LIFECYCLE_RENAME_RESTART) {
        testDomainSetState(domain, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_BOOTED);
        return;
    }
    testDomainStop(testHostOf(handle->conn), domain, VIR_DOMAIN_SHUTOFF_SHUTDOWN,
                   VIR_DOMAIN_EVENT_STOPPED_SHUTDOWN);
    handle->id = -1;
}

int
testDomainReboot(virDomainPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = testDomainLockForChange(handle);
    int ret = -1;

    if (!domain)
        return -1;
    if (testDomainRequireActive(domain)) {
        reboot(handle, domain);
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}

int
testDomainReset(virDomainPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = testDomainLockForChange(handle);
    int ret = -1;

    if (!domain)
        return -1;
    /* The machine begins anew; whether it is paused is not the guest's business. */
    if (testDomainRequireActive(domain)) {
        testDomainReboots(testHostOf(handle->conn), domain);
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}

int
testDomainDestroyFlags(virDomainPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    /* A guest of the model never resists, so a graceful end is the same end. */
    testDomain *domain;
    int ret = -1;

    domain = testDomainLock(handle);
    if (!domain)
        return -1;
    if (testDomainRequireActive(domain)) {
        testDomainStop(testHostOf(handle->conn), domain, VIR_DOMAIN_SHUTOFF_DESTROYED,
                       VIR_DOMAIN_EVENT_STOPPED_DESTROYED);
        handle->id = -1;
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}

int
testDomainDestroy(virDomainPtr handle)
{
    return testDomainDestroyFlags(handle, 0);
}

void
testDomainConnectionClosed(virConnectPtr conn)
{
    testHost *host = testHostOf(conn);
    GList *one, *next;

    g_mutex_lock(&host->lock);
    for (one = host->domains->objects.all.head; one; one = next) {
        testDomain *domain = one->data;

        next = one->next;
        if (testMigrationAbandon(host, domain, conn))
            continue;
        testFdGroupsDrop(domain, conn);
        if (domain->owner == conn && domain->id >= 0)
            testDomainStop(host, domain, VIR_DOMAIN_SHUTOFF_DESTROYED,
                           VIR_DOMAIN_EVENT_STOPPED_DESTROYED);
    }
    g_mutex_unlock(&host->lock);
}

int
testDomainGetAutostart(virDomainPtr handle, int *autostart)
{
    testDomain *domain = testDomainLock(handle);

    if (!domain)
        return -1;
    *autostart = domain->autostart;
    testDomainUnlock(handle);
    return 0;
}

static bool
requirePersistent(const testDomain *domain)
{
    if (!domain->persistent)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                      "cannot set autostart for transient domain");
    return domain->persistent;
}

int
testDomainSetAutostart(virDomainPtr handle, int autostart)
{
    testDomain *domain = testDomainLockForChange(handle);
    int ret = -1;

    if (!domain)
        return -1;
    if (requirePersistent(domain)) {
        domain->autostart = autostart != 0;
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}

int
testDomainGetAutostartOnce(virDomainPtr handle, int *autostart)
{
    testDomain *domain = testDomainLock(handle);

    if (!domain)
        return -1;
    *autostart = domain->autostartOnce;
    testDomainUnlock(handle);
    return 0;
}

int
testDomainSetAutostartOnce(virDomainPtr handle, int autostart)
{
    testDomain *domain = testDomainLockForChange(handle);
    int ret = -1;

    if (!domain)
        return -1;
    if (requirePersistent(domain)) {
        domain->autostartOnce = autostart != 0;
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}
