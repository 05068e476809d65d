/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The life of a defined domain: start, pause, resume, end, autostart. */

#include "test_domain.h"

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/error.h"
#include "runtime/objects.h"

int
testDomainCreateWithFlags(virDomainPtr handle, unsigned int flags)
{
    testDomain *domain;
    int ret = -1;

    if (!testDomainFlagsKnown(flags, VIR_DOMAIN_START_PAUSED, __func__))
        return -1;
    domain = testDomainLock(handle);
    if (!domain)
        return -1;
    if (domain->id >= 0) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR, "Domain '%s' is already running",
                      domain->name);
    } else {
        testDomainStart(handle->conn, domain, flags & VIR_DOMAIN_START_PAUSED);
        handle->id = domain->id;
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}

int
testDomainCreate(virDomainPtr handle)
{
    return testDomainCreateWithFlags(handle, 0);
}

int
testDomainSuspend(virDomainPtr handle)
{
    testDomain *domain = testDomainLock(handle);
    int ret = -1;

    if (!domain)
        return -1;
    if (domain->state != VIR_DOMAIN_RUNNING) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR, "domain '%s' not running",
                      domain->name);
    } else {
        domain->state = VIR_DOMAIN_PAUSED;
        domain->reason = VIR_DOMAIN_PAUSED_USER;
        testDomainAnnounce(handle->conn, domain, VIR_DOMAIN_EVENT_SUSPENDED,
                 VIR_DOMAIN_EVENT_SUSPENDED_PAUSED);
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}

int
testDomainResume(virDomainPtr handle)
{
    testDomain *domain = testDomainLock(handle);
    int ret = -1;

    if (!domain)
        return -1;
    if (domain->state != VIR_DOMAIN_PAUSED) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR, "domain '%s' not paused",
                      domain->name);
    } else {
        domain->state = VIR_DOMAIN_RUNNING;
        domain->reason = VIR_DOMAIN_RUNNING_UNPAUSED;
        testDomainAnnounce(handle->conn, domain, VIR_DOMAIN_EVENT_RESUMED,
                 VIR_DOMAIN_EVENT_RESUMED_UNPAUSED);
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}

int
testDomainShutdown(virDomainPtr handle)
{
    testDomain *domain = testDomainLock(handle);
    int ret = -1;

    if (!domain)
        return -1;
    if (domain->id < 0) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR, "domain '%s' not running",
                      domain->name);
    } else {
        testDomainStop(handle->conn, domain, VIR_DOMAIN_SHUTOFF_SHUTDOWN, VIR_DOMAIN_EVENT_STOPPED_SHUTDOWN);
        handle->id = -1;
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}

int
testDomainDestroy(virDomainPtr handle)
{
    testDomain *domain = testDomainLock(handle);
    int ret = -1;

    if (!domain)
        return -1;
    if (testDomainRequireActive(domain)) {
        testDomainStop(handle->conn, domain, VIR_DOMAIN_SHUTOFF_DESTROYED,
             VIR_DOMAIN_EVENT_STOPPED_DESTROYED);
        handle->id = -1;
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}

int
testDomainDestroyFlags(virDomainPtr handle, unsigned int flags)
{
    /* A guest of the model never resists, so a graceful end is the same end. */
    if (!testDomainFlagsKnown(flags, VIR_DOMAIN_DESTROY_GRACEFUL, __func__))
        return -1;
    return testDomainDestroy(handle);
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

int
testDomainSetAutostart(virDomainPtr handle, int autostart)
{
    testDomain *domain = testDomainLock(handle);
    int ret = -1;

    if (!domain)
        return -1;
    if (!domain->persistent) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                      "cannot set autostart for transient domain");
    } else {
        domain->autostart = autostart != 0;
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}
