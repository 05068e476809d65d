/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices that come, change and go: in the running guest, for its next start, or both. */

#include <libvirt/virterror.h>

#include "conf/domain_change.h"
#include "conf/domain_find.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/events.h"
#include "runtime/objects.h"
#include "test_block_job.h"
#include "test_domain_defs.h"
#include "test_domain_use.h"

#define SIDES (VIR_DOMAIN_AFFECT_LIVE | VIR_DOMAIN_AFFECT_CONFIG)

/* Whom the hooks below are called for. */
typedef struct {
    testHost *host;
    testDomain *domain;
    bool force;                 /* a drive opens although the guest locked it */
} Guest;

/* Whether no job holds on to a device of a running guest; else raises. */
static virConfChangeResult
requireIdle(const testDomain *domain, const virConfDomainDevice *device)
{
    if (device->member->record == &virDocDomainDiskRecord && !testBlockJobNone(domain, device->data))
        return VIR_CONF_CHANGE_FAILED;
    return VIR_CONF_CHANGE_DONE;
}

static virConfChangeResult
requireReleased(void *opaque, const virConfDomainDevice *device)
{
    const Guest *guest = opaque;

    if (!testGuestReleases(guest->host, guest->domain, device))
        return VIR_CONF_CHANGE_FAILED;
    return requireIdle(guest->domain, device);
}

static virConfChangeResult
requireIdleToChange(void *opaque, const virConfDomainDevice *now,
                    const virConfDomainDevice *then)
{
    const Guest *guest = opaque;

    if (!guest->force && virConfDomainChangesMedium(now, then) &&
        !testGuestOpens(guest->domain, now))
        return VIR_CONF_CHANGE_FAILED;
    return requireIdle(guest->domain, now);
}

static const virConfDeviceHooks hooks = {
    .driver = &testDomainDocuments,
    .unplug = requireReleased,
    .change = requireIdleToChange,
};

/* Tells listeners what became of a device of the running guest. */
typedef void (*Announcement)(const testDomain *domain, virEventState *events,
                             const virConfDeviceOutcome *outcome);

/* A change by a call: the document or the name that it was given. */
typedef int (*Change)(const virConfDeviceHooks *hooks, const virConfDomainSides *sides, void *guest,
                      const char *given, unsigned int flags, virConfDeviceOutcome *outcome);

static int
change(virDomainPtr handle, Change how, const char *given, unsigned int flags,
       Announcement announce)
{
    g_auto(virConfDeviceOutcome) outcome = { 0 };
    testDomain *domain = testDomainLockForChange(handle);
    Guest guest = { testHostOf(handle->conn), domain, flags & VIR_DOMAIN_DEVICE_MODIFY_FORCE };
    virConfDomainSides sides;
    int ret;

    if (!domain)
        return -1;
    sides = testDomainSides(domain);
    ret = how(&hooks, &sides, &guest, given, flags & SIDES, &outcome);
    if (outcome.alias) {
        announce(domain, guest.host->events, &outcome);
        testGuestUsesMemory(guest.host, domain);
    }
    testDomainUnlock(handle);
    return ret;
}

static void
announceAdded(const testDomain *domain, virEventState *events, const virConfDeviceOutcome *outcome)
{
    virEventStateQueue(events, virDomainEventDeviceAddedNew(domain->name, domain->uuid, domain->id,
                                                            outcome->alias));
}

static void
announceRemoved(const testDomain *domain, virEventState *events,
                const virConfDeviceOutcome *outcome)
{
    virEventStateQueue(events, virDomainEventDeviceRemovedNew(domain->name, domain->uuid,
                                                              domain->id, outcome->alias));
}

/* A drive whose medium changes opens and closes. */
static void
announceTray(const testDomain *domain, virEventState *events, const virConfDeviceOutcome *outcome)
{
    static const int ways[] = {
        VIR_DOMAIN_EVENT_TRAY_CHANGE_OPEN, VIR_DOMAIN_EVENT_TRAY_CHANGE_CLOSE,
    };

    for (size_t i = 0; i < G_N_ELEMENTS(ways) && outcome->medium; i++)
        virEventStateQueue(events, virDomainEventTrayChangeNew(domain->name, domain->uuid,
                                                               domain->id, outcome->alias,
                                                               ways[i]));
}

int
testDomainAttachDeviceFlags(virDomainPtr handle, const char *xml, unsigned int flags)
{
    return change(handle, virConfDeviceAttach, xml, flags, announceAdded);
}

int
testDomainAttachDevice(virDomainPtr handle, const char *xml)
{
    return testDomainAttachDeviceFlags(handle, xml, VIR_DOMAIN_AFFECT_LIVE);
}

int
testDomainDetachDeviceFlags(virDomainPtr handle, const char *xml, unsigned int flags)
{
    return change(handle, virConfDeviceDetach, xml, flags, announceRemoved);
}

int
testDomainDetachDevice(virDomainPtr handle, const char *xml)
{
    return testDomainDetachDeviceFlags(handle, xml, VIR_DOMAIN_AFFECT_LIVE);
}

int
testDomainDetachDeviceAlias(virDomainPtr handle, const char *alias, unsigned int flags)
{
    return change(handle, virConfDeviceDetachAlias, alias, flags, announceRemoved);
}

int
testDomainUpdateDeviceFlags(virDomainPtr handle, const char *xml, unsigned int flags)
{
    return change(handle, virConfDeviceUpdate, xml, flags, announceTray);
}
