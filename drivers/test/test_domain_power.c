/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Guests that sleep by themselves, and what wakes them. */

#include <string.h>

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "runtime/objects.h"
#include "test_domain_guest.h"

/* Whether the guest knows how to sleep in a way; else raises. */
static bool
maySleep(const testDomain *domain, unsigned int target)
{
    const virDocDomain *document = domain->live;
    virDocSwitch memory = document->suspendToMemEnabled, disk = document->suspendToDiskEnabled;

    if (domain->state != VIR_DOMAIN_RUNNING)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_AGENT_UNRESPONSIVE,
                      "domain '%s' does not run, so nobody in it can send it to sleep",
                      domain->name);
    else if (target != VIR_NODE_SUSPEND_TARGET_DISK && memory == VIR_DOC_SWITCH_OFF)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED,
                      "S3 state is disabled for this domain");
    else if (target != VIR_NODE_SUSPEND_TARGET_MEM && disk == VIR_DOC_SWITCH_OFF)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_UNSUPPORTED,
                      "S4 state is disabled for this domain");
    else
        return true;
    return false;
}

/* What it did is on its disk: it turns itself off, and its next start goes on from there. */
static void
sleepOnDisk(testHost *host, testDomain *domain)
{
    virEventStateQueue(host->events,
                       virDomainEventPmsuspendDiskNew(domain->name, domain->uuid, domain->id, 0));
    testDomainAnnounce(host, domain, VIR_DOMAIN_EVENT_PMSUSPENDED,
                       VIR_DOMAIN_EVENT_PMSUSPENDED_DISK);
    testDomainStop(host, domain, VIR_DOMAIN_SHUTOFF_SHUTDOWN, VIR_DOMAIN_EVENT_STOPPED_SHUTDOWN);
}

static void
sleepInMemory(testHost *host, testDomain *domain)
{
    testDomainSetState(domain, VIR_DOMAIN_PMSUSPENDED, VIR_DOMAIN_PMSUSPENDED_UNKNOWN);
    virEventStateQueue(host->events,
                       virDomainEventPmsuspendNew(domain->name, domain->uuid, domain->id, 0));
    testDomainAnnounce(host, domain, VIR_DOMAIN_EVENT_PMSUSPENDED,
                       VIR_DOMAIN_EVENT_PMSUSPENDED_MEMORY);
}

static void
wake(testHost *host, testDomain *domain)
{
    testDomainSetState(domain, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_WAKEUP);
    virEventStateQueue(host->events,
                       virDomainEventPmwakeupNew(domain->name, domain->uuid, domain->id, 0));
    testDomainAnnounce(host, domain, VIR_DOMAIN_EVENT_STARTED, VIR_DOMAIN_EVENT_STARTED_WAKEUP);
}

/* Which sleep an alarm of the guest's clock is for. */
typedef struct {
    unsigned char uuid[VIR_UUID_BUFLEN];
    unsigned int number;
} Alarm;

static void
ring(testHost *host, void *data)
{
    const Alarm *alarm = data;
    testDomain *domain = g_hash_table_lookup(host->domains->objects.byUUID, alarm->uuid);

    if (domain && domain->state == VIR_DOMAIN_PMSUSPENDED && domain->sleeps == alarm->number)
        wake(host, domain);
}

static void
setAlarm(testHost *host, const testDomain *domain, unsigned long long seconds)
{
    Alarm *alarm = g_new0(Alarm, 1);

    memcpy(alarm->uuid, domain->uuid, VIR_UUID_BUFLEN);
    alarm->number = domain->sleeps;
    testClockAt(host->domains->clock,
                g_get_monotonic_time() + (gint64) seconds * G_USEC_PER_SEC, ring, alarm, g_free);
}

int
testDomainPMSuspendForDuration(virDomainPtr handle, unsigned int target,
                               unsigned long long duration, unsigned int flags G_GNUC_UNUSED)
{
    testHost *host = testHostOf(handle->conn);
    testDomain *domain;
    int ret = -1;

    if (target > VIR_NODE_SUSPEND_TARGET_HYBRID || duration > G_MAXUINT32) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "%s %llu is not known here",
                      target > VIR_NODE_SUSPEND_TARGET_HYBRID ? "target" : "a duration of",
                      target > VIR_NODE_SUSPEND_TARGET_HYBRID ? target : duration);
        return -1;
    }
    domain = testDomainLockGuest(handle);
    if (!domain)
        return -1;
    if (maySleep(domain, target)) {
        domain->sleeps++;
        if (target == VIR_NODE_SUSPEND_TARGET_DISK) {
            sleepOnDisk(host, domain);
            handle->id = -1;
        } else {
            sleepInMemory(host, domain);
            if (duration > 0)
                setAlarm(host, domain, duration);
        }
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}

int
testDomainPMWakeup(virDomainPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain = testDomainLockGuest(handle);
    int ret = -1;

    if (!domain)
        return -1;
    if (domain->state == VIR_DOMAIN_PMSUSPENDED) {
        wake(testHostOf(handle->conn), domain);
        ret = 0;
    } else {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID,
                      "Unable to wake up domain '%s': it does not sleep", domain->name);
    }
    testDomainUnlock(handle);
    return ret;
}
