/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What happens to running domains by itself: a watchdog barks, a disk or a page of memory breaks. */

#include "test_domain_incident.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "conf/domain_find.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "test_domain_block.h"
#include "test_domain_use.h"

typedef struct {
    unsigned char uuid[VIR_UUID_BUFLEN];
    int id;                     /* of the run to which it happens */
    virDocNodeIncident *what;
} Incident;

void
testIncidentCheck(void *data, virDocContext *context)
{
    const virDocNodeIncident *incident = data;
    bool change = incident->kind == VIR_DOC_NODE_INCIDENT_KIND_MAC_CHANGE;
    bool named = change || incident->kind == VIR_DOC_NODE_INCIDENT_KIND_IO_ERROR ||
                 incident->kind == VIR_DOC_NODE_INCIDENT_KIND_DEVICE_HELD;

    if (!incident->device && named)
        virDocContextReport(context, NULL, "this kind of incident needs a 'device'");
    if (incident->hasMac != change)
        virDocContextReport(context, NULL, "a 'mac' is for 'mac-change', which needs it");
}

/* A guest that runs stands still from now on. */
static void
pause(testHost *host, testDomain *domain, int reason, int detail)
{
    if (domain->state != VIR_DOMAIN_RUNNING)
        return;
    testDomainSetState(domain, VIR_DOMAIN_PAUSED, reason);
    testDomainAnnounce(host, domain, VIR_DOMAIN_EVENT_SUSPENDED, detail);
}

/* --- watchdogs --------------------------------------------------------------------------------- */

/* What listeners are told of each action of a watchdog. */
static const int actions[VIR_DOC_DOMAIN_WATCHDOG_ACTION_LAST] = {
    [VIR_DOC_DOMAIN_WATCHDOG_ACTION_ABSENT] = VIR_DOMAIN_EVENT_WATCHDOG_RESET,
    [VIR_DOC_DOMAIN_WATCHDOG_ACTION_RESET] = VIR_DOMAIN_EVENT_WATCHDOG_RESET,
    [VIR_DOC_DOMAIN_WATCHDOG_ACTION_SHUTDOWN] = VIR_DOMAIN_EVENT_WATCHDOG_SHUTDOWN,
    [VIR_DOC_DOMAIN_WATCHDOG_ACTION_POWEROFF] = VIR_DOMAIN_EVENT_WATCHDOG_POWEROFF,
    [VIR_DOC_DOMAIN_WATCHDOG_ACTION_PAUSE] = VIR_DOMAIN_EVENT_WATCHDOG_PAUSE,
    [VIR_DOC_DOMAIN_WATCHDOG_ACTION_NONE] = VIR_DOMAIN_EVENT_WATCHDOG_NONE,
    [VIR_DOC_DOMAIN_WATCHDOG_ACTION_DUMP] = VIR_DOMAIN_EVENT_WATCHDOG_PAUSE,
    [VIR_DOC_DOMAIN_WATCHDOG_ACTION_INJECT_NMI] = VIR_DOMAIN_EVENT_WATCHDOG_INJECTNMI,
};

static void
bark(testHost *host, testDomain *domain)
{
    int action = actions[domain->live->watchdogs[0]->action];

    virEventStateQueue(host->events, virDomainEventWatchdogNew(domain->name, domain->uuid,
                                                               domain->id, action));
    if (action == VIR_DOMAIN_EVENT_WATCHDOG_RESET)
        testDomainReboots(host, domain);
    else if (action == VIR_DOMAIN_EVENT_WATCHDOG_PAUSE)
        pause(host, domain, VIR_DOMAIN_PAUSED_WATCHDOG, VIR_DOMAIN_EVENT_SUSPENDED_WATCHDOG);
    else if (action == VIR_DOMAIN_EVENT_WATCHDOG_INJECTNMI)
        domain->guest.interrupts++;
    else if (action == VIR_DOMAIN_EVENT_WATCHDOG_SHUTDOWN)
        testDomainStop(host, domain, VIR_DOMAIN_SHUTOFF_SHUTDOWN, VIR_DOMAIN_EVENT_STOPPED_SHUTDOWN);
    else if (action == VIR_DOMAIN_EVENT_WATCHDOG_POWEROFF)
        testDomainStop(host, domain, VIR_DOMAIN_SHUTOFF_DESTROYED,
                       VIR_DOMAIN_EVENT_STOPPED_DESTROYED);
}

/* --- disks, interfaces, memory ----------------------------------------------------------------- */

/* A disk that goes wrong stays so: virDomainGetDiskErrors tells it. */
static void
breakDisk(testHost *host, testDomain *domain, const virDocDomainDisk *disk)
{
    testDiskImage *image = testDomainImage(host, disk);
    const char *source = virConfDomainDiskSource(&disk->storage);
    const char *alias = disk->info.aliasName ? disk->info.aliasName : disk->targetDev;
    virDocDomainDiskErrorPolicy policy = disk->driverErrorPolicy;
    int action = VIR_DOMAIN_EVENT_IO_ERROR_PAUSE;

    if (policy == VIR_DOC_DOMAIN_DISK_ERROR_POLICY_IGNORE)
        action = VIR_DOMAIN_EVENT_IO_ERROR_NONE;
    else if (policy == VIR_DOC_DOMAIN_DISK_ERROR_POLICY_REPORT)
        action = VIR_DOMAIN_EVENT_IO_ERROR_REPORT;
    image->error = VIR_DOMAIN_DISK_ERROR_NO_SPACE;
    virEventStateQueue(host->events, virDomainEventIoErrorNew(
                           domain->name, domain->uuid, domain->id, source, alias, action));
    virEventStateQueue(host->events, virDomainEventIoErrorReasonNew(
                           domain->name, domain->uuid, domain->id, source, alias, action,
                           "enospc"));
    if (action == VIR_DOMAIN_EVENT_IO_ERROR_PAUSE)
        pause(host, domain, VIR_DOMAIN_PAUSED_IOERROR, VIR_DOMAIN_EVENT_SUSPENDED_IOERROR);
}

static char *
macText(const unsigned char *mac)
{
    return g_strdup_printf("%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2], mac[3], mac[4],
                           mac[5]);
}

/* The guest uses an address of its own; the device keeps the one that it was given. */
static void
changeMac(testHost *host, const testDomain *domain, const virDocDomainInterface *interface,
          const virDocNodeIncident *incident)
{
    g_autofree char *before = macText(interface->macAddress);
    g_autofree char *after = macText(incident->mac);
    const char *alias = interface->info.aliasName ? interface->info.aliasName : incident->device;

    virEventStateQueue(host->events, virDomainEventNicMacChangeNew(domain->name, domain->uuid,
                                                                   domain->id, alias, before,
                                                                   after));
}

/* --- in time ----------------------------------------------------------------------------------- */

/* Whether the domain has what an incident happens to. */
static bool
canHappen(const testDomain *domain, const virDocNodeIncident *incident)
{
    const virDocDomainDisk *disk;

    switch ((int) incident->kind) {
    case VIR_DOC_NODE_INCIDENT_KIND_WATCHDOG:
        return domain->live->nwatchdogs > 0;
    case VIR_DOC_NODE_INCIDENT_KIND_IO_ERROR:
        disk = virConfDomainFindDisk(domain->live, incident->device);
        return disk && virConfDomainDiskSource(&disk->storage);
    case VIR_DOC_NODE_INCIDENT_KIND_MAC_CHANGE:
        return virConfDomainFindInterface(domain->live, incident->device) != NULL;
    case VIR_DOC_NODE_INCIDENT_KIND_DEVICE_HELD:
        return testGuestHas(domain, incident->device);
    }
    return true;
}

static void
happen(testHost *host, void *data)
{
    const Incident *incident = data;
    const virDocNodeIncident *what = incident->what;
    testDomain *domain = g_hash_table_lookup(host->domains->objects.byUUID, incident->uuid);

    /* The run may be over, and the device unplugged. */
    if (!domain || domain->id != incident->id || !canHappen(domain, what))
        return;
    switch ((int) what->kind) {
    case VIR_DOC_NODE_INCIDENT_KIND_WATCHDOG:
        bark(host, domain);
        break;
    case VIR_DOC_NODE_INCIDENT_KIND_IO_ERROR:
        breakDisk(host, domain, virConfDomainFindDisk(domain->live, what->device));
        break;
    case VIR_DOC_NODE_INCIDENT_KIND_MEMORY_FAILURE:
        virEventStateQueue(host->events, virDomainEventMemoryFailureNew(
                               domain->name, domain->uuid, domain->id,
                               VIR_DOMAIN_EVENT_MEMORY_FAILURE_RECIPIENT_GUEST,
                               VIR_DOMAIN_EVENT_MEMORY_FAILURE_ACTION_INJECT, 0));
        break;
    case VIR_DOC_NODE_INCIDENT_KIND_CONTROL_ERROR:
        virEventStateQueue(host->events, virDomainEventControlErrorNew(domain->name, domain->uuid,
                                                                       domain->id));
        break;
    case VIR_DOC_NODE_INCIDENT_KIND_MAC_CHANGE:
        changeMac(host, domain, virConfDomainFindInterface(domain->live, what->device), what);
        break;
    case VIR_DOC_NODE_INCIDENT_KIND_DEVICE_HELD:
        testGuestHolds(domain, what->device);
        break;
    }
}

static void
freeIncident(gpointer data)
{
    Incident *incident = data;

    virDocNodeIncidentFree(incident->what);
    g_free(incident);
}

bool
testIncidentPlan(testHost *host, const testDomain *domain, const virDocNodeIncident *what)
{
    Incident *incident;

    if (domain->id < 0 || !canHappen(domain, what)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_XML_ERROR,
                      "domain '%s' does not run, or has nothing to which '%s' could happen",
                      domain->name, virDocNodeIncidentKindToString(what->kind));
        return false;
    }
    incident = g_new0(Incident, 1);
    memcpy(incident->uuid, domain->uuid, VIR_UUID_BUFLEN);
    incident->id = domain->id;
    incident->what = virDocNodeIncidentCopy(what);
    testClockAt(host->domains->clock,
                g_get_monotonic_time() + (gint64) what->after * G_TIME_SPAN_MILLISECOND, happen,
                incident, freeIncident);
    return true;
}
