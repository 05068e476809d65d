/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What QEMU says by itself becomes state and events. */

#include "qemu_process.h"

#include <string.h>

#include "base/log.h"
#include "qemu_agent.h"
#include "qemu_command.h"
#include "qemu_hotplug.h"
#include "qemu_unplug.h"
#include "runtime/events.h"

#define SOURCE "qemu.event"

/* Handles one kind of event, with the domain locked and running. */
typedef void (*Handler)(qemuDomain *domain, json_object *data);

static void
queue(const qemuDomain *domain, virEvent *event)
{
    virEventStateQueue(domain->host->events, event);
}

/* The machine begins anew, although it was off. */
static void
beginAnew(qemuDomain *domain)
{
    json_object *back = qemuJsonStrings("shutdown", "poweroff", NULL);

    if (domain->live->onPoweroff == VIR_DOC_DOMAIN_LIFECYCLE_DESTROY)
        qemuMonitorTell(domain->process.monitor, "set-action", back);
    else
        json_object_put(back);
    qemuMonitorTell(domain->process.monitor, "system_reset", NULL);
    qemuMonitorTell(domain->process.monitor, "cont", NULL);
}

static void
onShutdown(qemuDomain *domain, json_object *data)
{
    bool guest = qemuJsonTrue(data, "guest");
    bool reset = domain->process.afterShutdown == QEMU_AFTER_SHUTDOWN_RESET ||
                 domain->live->onPoweroff == VIR_DOC_DOMAIN_LIFECYCLE_RESTART ||
                 domain->live->onPoweroff == VIR_DOC_DOMAIN_LIFECYCLE_RENAME_RESTART;

    domain->process.afterShutdown = QEMU_AFTER_SHUTDOWN_STOP;
    if (guest && reset && !domain->process.stopReason) {
        beginAnew(domain);
        return;
    }
    if (!domain->process.stopReason)
        domain->process.stopReason = guest ? VIR_DOMAIN_SHUTOFF_SHUTDOWN :
                                     VIR_DOMAIN_SHUTOFF_DESTROYED;
    qemuDomainSetState(domain, VIR_DOMAIN_SHUTDOWN, VIR_DOMAIN_SHUTDOWN_UNKNOWN);
    qemuDomainAnnounce(domain, VIR_DOMAIN_EVENT_SHUTDOWN,
                       guest ? VIR_DOMAIN_EVENT_SHUTDOWN_GUEST : VIR_DOMAIN_EVENT_SHUTDOWN_HOST);
}

static void
onReset(qemuDomain *domain, json_object *data G_GNUC_UNUSED)
{
    queue(domain, virDomainEventRebootNew(domain->name, domain->uuid, domain->id));
}

/* Who stopped the guest said why before; QEMU itself says it right before or after. */
static void
onStop(qemuDomain *domain, json_object *data G_GNUC_UNUSED)
{
    static const int details[] = {
        [VIR_DOMAIN_PAUSED_UNKNOWN] = VIR_DOMAIN_EVENT_SUSPENDED_PAUSED,
        [VIR_DOMAIN_PAUSED_USER] = VIR_DOMAIN_EVENT_SUSPENDED_PAUSED,
        [VIR_DOMAIN_PAUSED_IOERROR] = VIR_DOMAIN_EVENT_SUSPENDED_IOERROR,
        [VIR_DOMAIN_PAUSED_WATCHDOG] = VIR_DOMAIN_EVENT_SUSPENDED_WATCHDOG,
    };
    int reason = domain->process.pauseReason;

    domain->process.pauseReason = VIR_DOMAIN_PAUSED_UNKNOWN;
    if (domain->state != VIR_DOMAIN_RUNNING)
        return;
    qemuDomainSetState(domain, VIR_DOMAIN_PAUSED, reason);
    qemuDomainAnnounce(domain, VIR_DOMAIN_EVENT_SUSPENDED,
                       reason < (int) G_N_ELEMENTS(details) ? details[reason] :
                       VIR_DOMAIN_EVENT_SUSPENDED_PAUSED);
}

static void
onResume(qemuDomain *domain, json_object *data G_GNUC_UNUSED)
{
    if (domain->state != VIR_DOMAIN_PAUSED)
        return;
    qemuDomainSetState(domain, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_UNPAUSED);
    qemuDomainAnnounce(domain, VIR_DOMAIN_EVENT_RESUMED, VIR_DOMAIN_EVENT_RESUMED_UNPAUSED);
}

static void
onPanic(qemuDomain *domain, json_object *data G_GNUC_UNUSED)
{
    switch (domain->live->onCrash) {
    case VIR_DOC_DOMAIN_CRASH_ACTION_RESTART:
    case VIR_DOC_DOMAIN_CRASH_ACTION_RENAME_RESTART:
    case VIR_DOC_DOMAIN_CRASH_ACTION_COREDUMP_RESTART:
        qemuDomainAnnounce(domain, VIR_DOMAIN_EVENT_CRASHED, VIR_DOMAIN_EVENT_CRASHED_PANICKED);
        qemuMonitorTell(domain->process.monitor, "system_reset", NULL);
        qemuMonitorTell(domain->process.monitor, "cont", NULL);
        return;
    case VIR_DOC_DOMAIN_CRASH_ACTION_PRESERVE:
        qemuDomainSetState(domain, VIR_DOMAIN_CRASHED, VIR_DOMAIN_CRASHED_PANICKED);
        qemuDomainAnnounce(domain, VIR_DOMAIN_EVENT_CRASHED, VIR_DOMAIN_EVENT_CRASHED_PANICKED);
        return;
    case VIR_DOC_DOMAIN_CRASH_ACTION_ABSENT:
    case VIR_DOC_DOMAIN_CRASH_ACTION_DESTROY:
    case VIR_DOC_DOMAIN_CRASH_ACTION_COREDUMP_DESTROY:
    case VIR_DOC_DOMAIN_CRASH_ACTION_LAST:
        break;
    }
    qemuDomainAnnounce(domain, VIR_DOMAIN_EVENT_CRASHED, VIR_DOMAIN_EVENT_CRASHED_PANICKED);
    domain->process.stopReason = VIR_DOMAIN_SHUTOFF_CRASHED;
    qemuMonitorTell(domain->process.monitor, "quit", NULL);
}

static void
onClock(qemuDomain *domain, json_object *data)
{
    queue(domain, virDomainEventRtcChangeNew(domain->name, domain->uuid, domain->id,
                                             qemuJsonInteger(data, "offset")));
}

static void
onWatchdog(qemuDomain *domain, json_object *data)
{
    static const struct {
        const char *word;
        int action;
    } actions[] = {
        { "reset", VIR_DOMAIN_EVENT_WATCHDOG_RESET },
        { "shutdown", VIR_DOMAIN_EVENT_WATCHDOG_SHUTDOWN },
        { "poweroff", VIR_DOMAIN_EVENT_WATCHDOG_POWEROFF },
        { "pause", VIR_DOMAIN_EVENT_WATCHDOG_PAUSE },
        { "debug", VIR_DOMAIN_EVENT_WATCHDOG_DEBUG },
        { "inject-nmi", VIR_DOMAIN_EVENT_WATCHDOG_INJECTNMI },
    };
    const char *word = qemuJsonString(data, "action");
    int action = VIR_DOMAIN_EVENT_WATCHDOG_NONE;

    for (size_t i = 0; i < G_N_ELEMENTS(actions); i++) {
        if (!g_strcmp0(actions[i].word, word))
            action = actions[i].action;
    }
    if (action == VIR_DOMAIN_EVENT_WATCHDOG_PAUSE)
        domain->process.pauseReason = VIR_DOMAIN_PAUSED_WATCHDOG;
    queue(domain, virDomainEventWatchdogNew(domain->name, domain->uuid, domain->id, action));
}

static const virDocDomainDisk *
diskOfNode(const virDocDomain *document, const char *node)
{
    for (size_t i = 0; i < document->ndisks; i++) {
        g_autofree char *format = qemuDiskNode(document->disks[i], "format");
        g_autofree char *storage = qemuDiskNode(document->disks[i], "storage");

        if (!g_strcmp0(node, format) || !g_strcmp0(node, storage))
            return document->disks[i];
    }
    return NULL;
}

static void
onDiskError(qemuDomain *domain, json_object *data)
{
    const virDocDomainDisk *disk = diskOfNode(domain->live, qemuJsonString(data, "node-name"));
    const char *word = qemuJsonString(data, "action");
    const char *reason = qemuJsonTrue(data, "nospace") ? "enospc" : "";
    const char *source = disk && disk->storage.sourceFile ? disk->storage.sourceFile : "";
    const char *alias = disk ? disk->info.aliasName : "";
    int action = VIR_DOMAIN_EVENT_IO_ERROR_NONE;

    if (!g_strcmp0(word, "stop"))
        action = VIR_DOMAIN_EVENT_IO_ERROR_PAUSE;
    else if (!g_strcmp0(word, "report"))
        action = VIR_DOMAIN_EVENT_IO_ERROR_REPORT;
    if (action == VIR_DOMAIN_EVENT_IO_ERROR_PAUSE)
        domain->process.pauseReason = VIR_DOMAIN_PAUSED_IOERROR;
    queue(domain, virDomainEventIoErrorNew(domain->name, domain->uuid, domain->id, source, alias,
                                           action));
    queue(domain, virDomainEventIoErrorReasonNew(domain->name, domain->uuid, domain->id, source,
                                                 alias, action, reason));
}

static void
onBalloon(qemuDomain *domain, json_object *data)
{
    gint64 actual = qemuJsonInteger(data, "actual");

    if (actual <= 0)
        return;
    domain->balloon = (unsigned long long) actual / 1024;
    queue(domain, virDomainEventBalloonChangeNew(domain->name, domain->uuid, domain->id,
                                                 domain->balloon));
}

static void
onTray(qemuDomain *domain, json_object *data)
{
    const char *alias = qemuJsonString(data, "id");
    bool opened = qemuJsonTrue(data, "tray-open");

    for (size_t i = 0; i < domain->live->ndisks; i++) {
        virDocDomainDisk *disk = domain->live->disks[i];

        if (g_strcmp0(disk->info.aliasName, alias) != 0)
            continue;
        disk->targetTray = opened ? VIR_DOC_DOMAIN_DISK_TRAY_OPEN :
                           VIR_DOC_DOMAIN_DISK_TRAY_CLOSED;
        queue(domain, virDomainEventTrayChangeNew(domain->name, domain->uuid, domain->id, alias,
                                                  opened ? VIR_DOMAIN_EVENT_TRAY_CHANGE_OPEN :
                                                  VIR_DOMAIN_EVENT_TRAY_CHANGE_CLOSE));
    }
}

static void
onSleep(qemuDomain *domain, json_object *data G_GNUC_UNUSED)
{
    qemuDomainSetState(domain, VIR_DOMAIN_PMSUSPENDED, VIR_DOMAIN_PMSUSPENDED_UNKNOWN);
    qemuDomainAnnounce(domain, VIR_DOMAIN_EVENT_PMSUSPENDED,
                       VIR_DOMAIN_EVENT_PMSUSPENDED_MEMORY);
    queue(domain, virDomainEventPmsuspendNew(domain->name, domain->uuid, domain->id, 0));
}

static void
onWake(qemuDomain *domain, json_object *data G_GNUC_UNUSED)
{
    if (domain->state != VIR_DOMAIN_PMSUSPENDED)
        return;
    qemuDomainSetState(domain, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_WAKEUP);
    qemuDomainAnnounce(domain, VIR_DOMAIN_EVENT_STARTED, VIR_DOMAIN_EVENT_STARTED_WAKEUP);
    queue(domain, virDomainEventPmwakeupNew(domain->name, domain->uuid, domain->id, 0));
}

static void
onDeviceDeleted(qemuDomain *domain, json_object *data)
{
    const char *alias = qemuJsonString(data, "device");

    /* Parts of a device that nobody named come without a name. */
    if (alias && !qemuUnplugHeard(domain, alias, /* gone= */ true))
        qemuDeviceGone(domain, alias);
}

static void
onUnplugRefused(qemuDomain *domain, json_object *data)
{
    const char *alias = qemuJsonString(data, "device");

    if (!alias)
        return;
    qemuUnplugHeard(domain, alias, /* gone= */ false);
    queue(domain, virDomainEventDeviceRemovalFailedNew(domain->name, domain->uuid, domain->id,
                                                       alias));
}

/* A program of the guest opened its end of a channel, or closed it. */
static void
onPort(qemuDomain *domain, json_object *data)
{
    const char *alias = qemuJsonString(data, "id");
    bool opened = qemuJsonTrue(data, "open");

    for (size_t i = 0; i < domain->live->nchannels; i++) {
        virDocDomainCharacter *channel = domain->live->channels[i];

        if (g_strcmp0(channel->info.aliasName, alias) != 0)
            continue;
        channel->targetState = opened ? VIR_DOC_DOMAIN_CHANNEL_STATE_CONNECTED :
                               VIR_DOC_DOMAIN_CHANNEL_STATE_DISCONNECTED;
        if (!g_strcmp0(channel->targetName, QEMU_AGENT_CHANNEL))
            queue(domain, virDomainEventAgentLifecycleNew(
                      domain->name, domain->uuid, domain->id,
                      opened ? VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_STATE_CONNECTED :
                      VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_STATE_DISCONNECTED,
                      VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_REASON_CHANNEL));
        qemuStoreStatus(domain);
    }
}

static const struct {
    const char *name;
    Handler handle;
} handlers[] = {
    { "SHUTDOWN", onShutdown },       { "RESET", onReset },
    { "STOP", onStop },               { "RESUME", onResume },
    { "GUEST_PANICKED", onPanic },    { "RTC_CHANGE", onClock },
    { "WATCHDOG", onWatchdog },       { "BLOCK_IO_ERROR", onDiskError },
    { "BALLOON_CHANGE", onBalloon },  { "DEVICE_TRAY_MOVED", onTray },
    { "SUSPEND", onSleep },           { "WAKEUP", onWake },
    { "DEVICE_DELETED", onDeviceDeleted }, { "VSERPORT_CHANGE", onPort },
    { "DEVICE_UNPLUG_GUEST_ERROR", onUnplugRefused },
};

static void
heard(const char *name, json_object *data, void *opaque)
{
    qemuDomain *domain = opaque;

    g_mutex_lock(&domain->lock);
    /* Before the start is complete everything is as the starter knows it. */
    for (size_t i = 0; i < G_N_ELEMENTS(handlers) && domain->id >= 0 && domain->process.monitor;
         i++) {
        if (g_str_equal(handlers[i].name, name))
            handlers[i].handle(domain, data);
    }
    g_mutex_unlock(&domain->lock);
}

/* The end of the process is noticed by itself; a QEMU that only stops talking is of no use. */
static void
closed(void *opaque)
{
    qemuDomain *domain = opaque;

    g_mutex_lock(&domain->lock);
    if (domain->id >= 0)
        VIR_LOG(VIR_LOG_INFO, SOURCE, "QEMU of domain '%s' closed its monitor", domain->name);
    g_mutex_unlock(&domain->lock);
}

const qemuMonitorListener qemuGuestListener = { .event = heard, .closed = closed };
