/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands that wait for events of domains and networks. */

#include "client/events.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "client/commands.h"
#include "client/connect.h"
#include "client/lookup.h"
#include "client/names.h"
#include "client/output.h"

static volatile sig_atomic_t interrupted;

static void virshInterrupt(int number G_GNUC_UNUSED)
{
    interrupted = 1;
}

void virshEventPrint(virshWait *wait, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list list;

    va_start(list, format);
    text = g_strdup_vprintf(format, list);
    va_end(list);
    g_mutex_lock(&wait->lock);
    if (wait->loop || !wait->count) {
        if (wait->timestamp) {
            g_autoptr(GDateTime) now = g_date_time_new_now_utc();
            g_autofree char *stamp = g_date_time_format(now, "%F %T");

            printf("%s.%03d+0000: %s\n", stamp, g_date_time_get_microsecond(now) / 1000, text);
        } else {
            printf("%s\n", text);
        }
        fflush(stdout);
        wait->count++;
    }
    wait->done = !wait->loop;
    g_cond_signal(&wait->changed);
    g_mutex_unlock(&wait->lock);
}

void virshWaitInit(virshWait *wait, const virshArguments *arguments)
{
    memset(wait, 0, sizeof(*wait));
    g_mutex_init(&wait->lock);
    g_cond_init(&wait->changed);
    wait->loop = virshFlag(arguments, "loop");
    wait->timestamp = virshFlag(arguments, "timestamp");
}

/* A callback may still be running when its registration is gone: only a stopped loop is sure. */
void virshWaitEnd(virshControl *ctl, virshWait *wait)
{
    virshLoopStop(ctl);
    virshLoopStart(ctl);
    g_mutex_clear(&wait->lock);
    g_cond_clear(&wait->changed);
}

bool virshWaitRun(virshControl *ctl, const virshArguments *arguments, virshWait *wait)
{
    struct sigaction action = { .sa_handler = virshInterrupt };
    struct sigaction before;
    unsigned int seconds = 0;
    gint64 deadline = G_MAXINT64;
    bool late = false;

    if (!virshUint(ctl, arguments, "timeout", &seconds))
        return false;
    if (virshFlag(arguments, "timeout"))
        deadline = g_get_monotonic_time() + (gint64)seconds * G_USEC_PER_SEC;
    interrupted = 0;
    sigaction(SIGINT, &action, &before);
    g_mutex_lock(&wait->lock);
    while (!wait->done && !interrupted && !late) {
        /* a signal does not end the wait on a condition, so look at it ten times a second */
        gint64 slice = g_get_monotonic_time() + G_USEC_PER_SEC / 10;

        g_cond_wait_until(&wait->changed, &wait->lock, MIN(slice, deadline));
        late = g_get_monotonic_time() >= deadline;
    }
    g_mutex_unlock(&wait->lock);
    sigaction(SIGINT, &before, NULL);
    if (interrupted)
        virshPrint(ctl, "event loop interrupted\n");
    else if (!wait->done)
        virshPrint(ctl, "event loop timed out\n");
    virshPrint(ctl, "events received: %u\n", wait->count);
    return wait->count > 0;
}

static const char *const lifecycleEvents[] = {
    "Defined", "Undefined", "Started", "Suspended", "Resumed", "Stopped", "Shutdown",
    "PMSuspended", "Crashed", NULL,
};
static const char *const definedDetails[] = { "Added", "Updated", "Renamed", "Snapshot", NULL };
static const char *const undefinedDetails[] = { "Removed", "Renamed", NULL };
static const char *const startedDetails[] = { "Booted", "Migrated", "Restored", "Snapshot",
                                              "Event wakeup", NULL };
static const char *const suspendedDetails[] = { "Paused", "Migrated", "I/O Error", "Watchdog",
                                                "Restored", "Snapshot", "API error", "Post-copy",
                                                "Post-copy Error", NULL };
static const char *const resumedDetails[] = { "Unpaused", "Migrated", "Snapshot", "Post-copy",
                                              "Post-copy Error", NULL };
static const char *const stoppedDetails[] = { "Shutdown", "Destroyed", "Crashed", "Migrated",
                                              "Saved", "Failed", "Snapshot", NULL };
static const char *const shutdownDetails[] = { "Finished", "Finished after guest request",
                                               "Finished after host request", NULL };
static const char *const pmDetails[] = { "Memory", "Disk", NULL };
static const char *const crashedDetails[] = { "Panicked", "Crashloaded", NULL };
static const char *const *const lifecycleDetails[] = {
    definedDetails, undefinedDetails, startedDetails,  suspendedDetails, resumedDetails,
    stoppedDetails, shutdownDetails,  pmDetails,       crashedDetails,
};

static const char *virshKnown(const char *const *words, int index)
{
    const char *word = virshWordAt(words, index);

    return word ? word : "unknown";
}

static int onLifecycle(virConnectPtr connection G_GNUC_UNUSED, virDomainPtr domain, int event,
                       int detail, void *wait)
{
    const char *what = "unknown";

    if (event >= 0 && event < (int)G_N_ELEMENTS(lifecycleDetails))
        what = virshKnown(lifecycleDetails[event], detail);
    virshEventPrint(wait, "event 'lifecycle' for domain '%s': %s %s", virDomainGetName(domain),
                    virshKnown(lifecycleEvents, event), what);
    return 0;
}

static void onReboot(virConnectPtr connection G_GNUC_UNUSED, virDomainPtr domain, void *wait)
{
    virshEventPrint(wait, "event 'reboot' for domain '%s'", virDomainGetName(domain));
}

static void onControlError(virConnectPtr connection G_GNUC_UNUSED, virDomainPtr domain,
                           void *wait)
{
    virshEventPrint(wait, "event 'control-error' for domain '%s'", virDomainGetName(domain));
}

static void onRtcChange(virConnectPtr connection G_GNUC_UNUSED, virDomainPtr domain,
                        long long offset, void *wait)
{
    virshEventPrint(wait, "event 'rtc-change' for domain '%s': %lld", virDomainGetName(domain),
                    offset);
}

static void onWatchdog(virConnectPtr connection G_GNUC_UNUSED, virDomainPtr domain, int action,
                       void *wait)
{
    static const char *const words[] = { "none", "pause", "reset", "poweroff", "shutdown",
                                         "debug", "inject-nmi", NULL };

    virshEventPrint(wait, "event 'watchdog' for domain '%s': %s", virDomainGetName(domain),
                    virshKnown(words, action));
}

static void onIoError(virConnectPtr connection G_GNUC_UNUSED, virDomainPtr domain,
                      const char *path, const char *alias, int action, void *wait)
{
    static const char *const words[] = { "none", "pause", "report", NULL };

    virshEventPrint(wait, "event 'io-error' for domain '%s': %s (%s) %s",
                    virDomainGetName(domain), path, alias, virshKnown(words, action));
}

static void onBalloonChange(virConnectPtr connection G_GNUC_UNUSED, virDomainPtr domain,
                            unsigned long long actual, void *wait)
{
    virshEventPrint(wait, "event 'balloon-change' for domain '%s': %lluKiB",
                    virDomainGetName(domain), actual);
}

static void onDiskChange(virConnectPtr connection G_GNUC_UNUSED, virDomainPtr domain,
                         const char *from, const char *to, const char *alias, int reason,
                         void *wait)
{
    static const char *const words[] = { "changed", "dropped", NULL };

    virshEventPrint(wait, "event 'disk-change' for domain '%s' disk %s: %s -> %s: %s",
                    virDomainGetName(domain), alias, from ? from : "", to ? to : "",
                    virshKnown(words, reason));
}

static void onTrayChange(virConnectPtr connection G_GNUC_UNUSED, virDomainPtr domain,
                         const char *alias, int reason, void *wait)
{
    static const char *const words[] = { "opened", "closed", NULL };

    virshEventPrint(wait, "event 'tray-change' for domain '%s' disk %s: %s",
                    virDomainGetName(domain), alias, virshKnown(words, reason));
}

static void onPmWakeup(virConnectPtr connection G_GNUC_UNUSED, virDomainPtr domain,
                       int reason G_GNUC_UNUSED, void *wait)
{
    virshEventPrint(wait, "event 'pm-wakeup' for domain '%s'", virDomainGetName(domain));
}

static void onPmSuspend(virConnectPtr connection G_GNUC_UNUSED, virDomainPtr domain,
                        int reason G_GNUC_UNUSED, void *wait)
{
    virshEventPrint(wait, "event 'pm-suspend' for domain '%s'", virDomainGetName(domain));
}

static void onPmSuspendDisk(virConnectPtr connection G_GNUC_UNUSED, virDomainPtr domain,
                            int reason G_GNUC_UNUSED, void *wait)
{
    virshEventPrint(wait, "event 'pm-suspend-disk' for domain '%s'", virDomainGetName(domain));
}

static void onDeviceRemoved(virConnectPtr connection G_GNUC_UNUSED, virDomainPtr domain,
                            const char *alias, void *wait)
{
    virshEventPrint(wait, "event 'device-removed' for domain '%s': %s", virDomainGetName(domain),
                    alias);
}

static void onDeviceAdded(virConnectPtr connection G_GNUC_UNUSED, virDomainPtr domain,
                          const char *alias, void *wait)
{
    virshEventPrint(wait, "event 'device-added' for domain '%s': %s", virDomainGetName(domain),
                    alias);
}

static void onRemovalFailed(virConnectPtr connection G_GNUC_UNUSED, virDomainPtr domain,
                            const char *alias, void *wait)
{
    virshEventPrint(wait, "event 'device-removal-failed' for domain '%s': %s",
                    virDomainGetName(domain), alias);
}

static void onMetadataChange(virConnectPtr connection G_GNUC_UNUSED, virDomainPtr domain,
                             int type, const char *uri, void *wait)
{
    static const char *const words[] = { "description", "title", "element", NULL };

    virshEventPrint(wait, "event 'metadata-change' for domain '%s': type %s, uri %s",
                    virDomainGetName(domain), virshKnown(words, type), uri ? uri : "");
}

static const struct {
    const char *name;
    int id;
    virConnectDomainEventGenericCallback callback;
} domainEvents[] = {
    { "lifecycle", VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_CALLBACK(onLifecycle) },
    { "reboot", VIR_DOMAIN_EVENT_ID_REBOOT, VIR_DOMAIN_EVENT_CALLBACK(onReboot) },
    { "rtc-change", VIR_DOMAIN_EVENT_ID_RTC_CHANGE, VIR_DOMAIN_EVENT_CALLBACK(onRtcChange) },
    { "watchdog", VIR_DOMAIN_EVENT_ID_WATCHDOG, VIR_DOMAIN_EVENT_CALLBACK(onWatchdog) },
    { "io-error", VIR_DOMAIN_EVENT_ID_IO_ERROR, VIR_DOMAIN_EVENT_CALLBACK(onIoError) },
    { "control-error", VIR_DOMAIN_EVENT_ID_CONTROL_ERROR,
      VIR_DOMAIN_EVENT_CALLBACK(onControlError) },
    { "disk-change", VIR_DOMAIN_EVENT_ID_DISK_CHANGE, VIR_DOMAIN_EVENT_CALLBACK(onDiskChange) },
    { "tray-change", VIR_DOMAIN_EVENT_ID_TRAY_CHANGE, VIR_DOMAIN_EVENT_CALLBACK(onTrayChange) },
    { "pm-wakeup", VIR_DOMAIN_EVENT_ID_PMWAKEUP, VIR_DOMAIN_EVENT_CALLBACK(onPmWakeup) },
    { "pm-suspend", VIR_DOMAIN_EVENT_ID_PMSUSPEND, VIR_DOMAIN_EVENT_CALLBACK(onPmSuspend) },
    { "balloon-change", VIR_DOMAIN_EVENT_ID_BALLOON_CHANGE,
      VIR_DOMAIN_EVENT_CALLBACK(onBalloonChange) },
    { "pm-suspend-disk", VIR_DOMAIN_EVENT_ID_PMSUSPEND_DISK,
      VIR_DOMAIN_EVENT_CALLBACK(onPmSuspendDisk) },
    { "device-removed", VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED,
      VIR_DOMAIN_EVENT_CALLBACK(onDeviceRemoved) },
    { "device-added", VIR_DOMAIN_EVENT_ID_DEVICE_ADDED,
      VIR_DOMAIN_EVENT_CALLBACK(onDeviceAdded) },
    { "device-removal-failed", VIR_DOMAIN_EVENT_ID_DEVICE_REMOVAL_FAILED,
      VIR_DOMAIN_EVENT_CALLBACK(onRemovalFailed) },
    { "metadata-change", VIR_DOMAIN_EVENT_ID_METADATA_CHANGE,
      VIR_DOMAIN_EVENT_CALLBACK(onMetadataChange) },
};

/* Registers the asked-for kinds; `ids` gets one callback id per kind, -1 where there is none. */
static bool virshWatchDomain(virshControl *ctl, virDomainPtr domain, const char *only,
                             virshWait *wait, int *ids)
{
    bool any = false;

    for (size_t i = 0; i < G_N_ELEMENTS(domainEvents); i++) {
        ids[i] = -1;
        if (only && !g_str_equal(only, domainEvents[i].name))
            continue;
        ids[i] = virConnectDomainEventRegisterAny(ctl->connection, domain, domainEvents[i].id,
                                                  domainEvents[i].callback, wait, NULL);
        any |= ids[i] >= 0;
    }
    return any;
}

static bool virshDomainWait(virshControl *ctl, const virshArguments *arguments, const char *only)
{
    int ids[G_N_ELEMENTS(domainEvents)];
    g_autoptr(virshDomain) domain = NULL;
    virshWait wait;
    bool success;

    if (virshFlag(arguments, "domain")) {
        domain = virshFindDomain(ctl, arguments, "domain", NULL);
        if (!domain)
            return false;
    }
    if (!virshLoopStart(ctl))
        return false;
    virshWaitInit(&wait, arguments);
    success = virshWatchDomain(ctl, domain, only, &wait, ids) &&
              virshWaitRun(ctl, arguments, &wait);
    for (size_t i = 0; i < G_N_ELEMENTS(ids); i++)
        if (ids[i] >= 0)
            virConnectDomainEventDeregisterAny(ctl->connection, ids[i]);
    virshWaitEnd(ctl, &wait);
    return success;
}

bool shellEvent(virshControl *ctl, const virshArguments *arguments)
{
    const char *only = NULL;
    bool known = false;

    if (virshFlag(arguments, "list")) {
        for (size_t i = 0; i < G_N_ELEMENTS(domainEvents); i++)
            virshPrint(ctl, "%s\n", domainEvents[i].name);
        return true;
    }
    if (!virshString(ctl, arguments, "event", &only))
        return false;
    if (!only && !virshFlag(arguments, "all")) {
        virshError(ctl, "one of --list, --all, or --event <type> is required");
        return false;
    }
    for (size_t i = 0; only && i < G_N_ELEMENTS(domainEvents); i++)
        known |= g_str_equal(only, domainEvents[i].name);
    if (only && !known) {
        virshError(ctl, "unknown event type %s", only);
        return false;
    }
    return virshDomainWait(ctl, arguments, only);
}

static void onNetworkLifecycle(virConnectPtr connection G_GNUC_UNUSED, virNetworkPtr network,
                               int event, int detail G_GNUC_UNUSED, void *wait)
{
    static const char *const words[] = { "Defined", "Undefined", "Started", "Stopped", NULL };

    virshEventPrint(wait, "event 'lifecycle' for network %s: %s", virNetworkGetName(network),
                    virshKnown(words, event));
}

static bool virshNetworkWait(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshNetwork) network = NULL;
    virshWait wait;
    bool success;
    int id;

    if (virshFlag(arguments, "network")) {
        network = virshFindNetwork(ctl, arguments, "network", NULL);
        if (!network)
            return false;
    }
    if (!virshLoopStart(ctl))
        return false;
    virshWaitInit(&wait, arguments);
    id = virConnectNetworkEventRegisterAny(ctl->connection, network,
                                           VIR_NETWORK_EVENT_ID_LIFECYCLE,
                                           VIR_NETWORK_EVENT_CALLBACK(onNetworkLifecycle), &wait,
                                           NULL);
    success = id >= 0 && virshWaitRun(ctl, arguments, &wait);
    if (id >= 0)
        virConnectNetworkEventDeregisterAny(ctl->connection, id);
    virshWaitEnd(ctl, &wait);
    return success;
}

bool shellNetEvent(virshControl *ctl, const virshArguments *arguments)
{
    const char *only = NULL;

    if (virshFlag(arguments, "list")) {
        virshPrint(ctl, "lifecycle\n");
        return true;
    }
    if (!virshString(ctl, arguments, "event", &only))
        return false;
    if (!only) {
        virshError(ctl, "either --list or --event <type> is required");
        return false;
    }
    if (!g_str_equal(only, "lifecycle")) {
        virshError(ctl, "unknown event type %s", only);
        return false;
    }
    return virshNetworkWait(ctl, arguments);
}
