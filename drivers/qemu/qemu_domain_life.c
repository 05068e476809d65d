/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The life of a defined domain: start, pause, resume, reboot, end, autostart. */

#include <unistd.h>

#include <libvirt/virterror.h>

#include "driver/qemu.h"
#include "qemu_agent.h"
#include "qemu_process.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"

/* How long a QEMU that closed its monitor may take to end, in milliseconds. */
#define END_PATIENCE 2000

int
qemuDomainCreateWithFlags(virDomainPtr handle, unsigned int flags)
{
    qemuStart start = {
        .incoming = -1, .paused = flags & VIR_DOMAIN_START_PAUSED,
        .resetVariables = flags & VIR_DOMAIN_START_RESET_NVRAM,
    };
    qemuDomain *domain = qemuDomainBegin(handle, QEMU_JOB_START);
    int ret = -1;

    if (!domain)
        return -1;
    if (domain->id >= 0) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_INVALID, "domain is already running");
    } else if (domain->managedSave && !(flags & VIR_DOMAIN_START_FORCE_BOOT)) {
        ret = qemuSavedStart(domain, start.paused);
    } else {
        ret = qemuProcessStart(domain, &start);
        if (ret == 0)
            qemuSavedForget(domain);
    }
    if (ret == 0) {
        domain->owner = flags & VIR_DOMAIN_START_AUTODESTROY ? handle->conn : NULL;
        handle->id = domain->id;
    }
    qemuDomainEnd(domain);
    return ret;
}

int
qemuDomainCreate(virDomainPtr handle)
{
    return qemuDomainCreateWithFlags(handle, 0);
}

/* Sends a command that has no arguments to a running guest; its job is done with the answer. */
static int
command(virDomainPtr handle, const char *name)
{
    qemuDomain *domain = qemuDomainBegin(handle, QEMU_JOB_MODIFY);
    g_autoptr(json_object) result = NULL;

    if (!domain)
        return -1;
    if (qemuDomainRequireActive(domain))
        result = qemuProcessAsk(domain, name, NULL);
    qemuDomainEnd(domain);
    return result ? 0 : -1;
}

int
qemuDomainSuspend(virDomainPtr handle)
{
    qemuDomain *domain = qemuDomainBegin(handle, QEMU_JOB_MODIFY);
    g_autoptr(json_object) result = NULL;
    bool done = false;

    if (!domain)
        return -1;
    if (!qemuDomainRequireActive(domain)) {
        done = false;
    } else if (domain->state == VIR_DOMAIN_PMSUSPENDED) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_INVALID, "domain is pmsuspended");
    } else if (domain->state == VIR_DOMAIN_PAUSED) {
        done = true;
    } else {
        domain->process.pauseReason = VIR_DOMAIN_PAUSED_USER;
        result = qemuProcessAsk(domain, "stop", NULL);
        domain->process.pauseReason = VIR_DOMAIN_PAUSED_UNKNOWN;
        done = result != NULL;
    }
    qemuDomainEnd(domain);
    return done ? 0 : -1;
}

int
qemuDomainResume(virDomainPtr handle)
{
    qemuDomain *domain = qemuDomainBegin(handle, QEMU_JOB_MODIFY);
    g_autoptr(json_object) result = NULL;
    bool done = false;

    if (!domain)
        return -1;
    if (!qemuDomainRequireActive(domain)) {
        done = false;
    } else if (domain->state == VIR_DOMAIN_PMSUSPENDED) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_INVALID, "domain is pmsuspended");
    } else if (domain->state == VIR_DOMAIN_RUNNING) {
        done = true;
    } else {
        result = qemuProcessAsk(domain, "cont", NULL);
        done = result != NULL;
    }
    qemuDomainEnd(domain);
    return done ? 0 : -1;
}

/* Presses the power button; with `reset` the machine begins anew when the guest has turned it off. */
static int
pressButton(virDomainPtr handle, bool reset)
{
    qemuDomain *domain = qemuDomainBegin(handle, QEMU_JOB_MODIFY);
    g_autoptr(json_object) stays = NULL;
    g_autoptr(json_object) result = NULL;
    bool ended = false;

    if (!domain)
        return -1;
    if (qemuDomainRequireActive(domain)) {
        pid_t pid = domain->process.pid;
        bool ready = true;

        domain->process.afterShutdown = reset ? QEMU_AFTER_SHUTDOWN_RESET :
                                        QEMU_AFTER_SHUTDOWN_STOP;
        if (reset) {
            stays = qemuProcessAsk(domain, "set-action",
                                   qemuJsonStrings("shutdown", "pause", NULL));
            ready = stays != NULL;
        }
        if (ready)
            result = qemuProcessAsk(domain, "system_powerdown", NULL);
        /* A quick guest is off before QEMU can say that it was told. */
        ended = !result && ready && !reset && qemuProcessAwaitEnd(domain, pid, END_PATIENCE);
    }
    qemuDomainEnd(domain);
    if (ended)
        virResetLastError();
    return result || ended ? 0 : -1;
}

/* Asks the guest's agent to end or restart the guest. */
static int
askAgent(virDomainPtr handle, const char *mode)
{
    qemuDomain *domain = qemuDomainLock(handle);
    bool done;

    if (!domain)
        return -1;
    done = qemuAgentTell(domain, "guest-shutdown", qemuJsonStrings("mode", mode, NULL));
    qemuDomainUnlock(domain);
    return done ? 0 : -1;
}

/* The agent when it is asked for; with both ways allowed the button when there is no agent. */
static int
leave(virDomainPtr handle, bool agent, bool button, bool reset)
{
    if (agent && askAgent(handle, reset ? "reboot" : "powerdown") == 0)
        return 0;
    if (agent && !button)
        return -1;
    virResetLastError();
    return pressButton(handle, reset);
}

int
qemuDomainShutdownFlags(virDomainPtr handle, unsigned int flags)
{
    return leave(handle, flags & VIR_DOMAIN_SHUTDOWN_GUEST_AGENT,
                 flags & VIR_DOMAIN_SHUTDOWN_ACPI_POWER_BTN, /* reset= */ false);
}

int
qemuDomainShutdown(virDomainPtr handle)
{
    return qemuDomainShutdownFlags(handle, 0);
}

int
qemuDomainReboot(virDomainPtr handle, unsigned int flags)
{
    return leave(handle, flags & VIR_DOMAIN_REBOOT_GUEST_AGENT,
                 flags & VIR_DOMAIN_REBOOT_ACPI_POWER_BTN, /* reset= */ true);
}

int
qemuDomainReset(virDomainPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    return command(handle, "system_reset");
}

int
qemuDomainDestroyFlags(virDomainPtr handle, unsigned int flags)
{
    qemuDomain *domain = qemuDomainLock(handle);
    int ret = -1;

    if (!domain)
        return -1;
    /* A guest can be ended whatever goes on with it. */
    if (qemuDomainRequireActive(domain))
        ret = qemuProcessStop(domain, VIR_DOMAIN_SHUTOFF_DESTROYED,
                              flags & VIR_DOMAIN_DESTROY_GRACEFUL);
    if (ret == 0)
        handle->id = -1;
    qemuDomainUnlock(domain);
    return ret;
}

int
qemuDomainDestroy(virDomainPtr handle)
{
    return qemuDomainDestroyFlags(handle, 0);
}

int
qemuDomainInjectNMI(virDomainPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    return command(handle, "inject-nmi");
}

int
qemuDomainGetAutostart(virDomainPtr handle, int *autostart)
{
    qemuDomain *domain = qemuDomainLock(handle);

    if (!domain)
        return -1;
    *autostart = domain->autostart;
    qemuDomainUnlock(domain);
    return 0;
}

int
qemuDomainSetAutostart(virDomainPtr handle, int autostart)
{
    qemuDomain *domain = qemuDomainBegin(handle, QEMU_JOB_MODIFY);
    int ret = -1;

    if (!domain)
        return -1;
    if (!domain->persistent)
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_INVALID,
                      "cannot set autostart for transient domain");
    else if (qemuStoreAutostart(domain, autostart != 0))
        ret = 0;
    qemuDomainEnd(domain);
    return ret;
}
