/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands that print what one domain is and does. */

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "client/arguments.h"
#include "client/commands.h"
#include "client/names.h"
#include "client/output.h"
#include "client/report.h"
#include "client/virsh_objects.h"

bool shellDomstate(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    g_autoptr(virshReport) report = NULL;
    g_autofree char *shown = NULL;
    int state = 0;
    int reason = 0;

    if (!domain || virDomainGetState(domain, &state, &reason, 0) < 0)
        return false;
    report = virshReportNew(ctl, arguments);
    virshReportRow(report);
    virshPutText(report, "state", virshDomainState(state));
    shown = g_strdup_printf("(%s)", virshDomainReason(state, reason));
    virshPutShownText(report, "reason", shown, virshDomainReason(state, reason));
    return virshReportEnd(report);
}

bool shellDomcontrol(virshControl *ctl, const virshArguments *arguments)
{
    static const char *const states[] = { "ok", "background job", "occupied", "error", NULL };
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    g_autoptr(virshReport) report = NULL;
    virDomainControlInfo info;
    const char *word;

    if (!domain || virDomainGetControlInfo(domain, &info, 0) < 0)
        return false;
    word = virshWordAt(states, (int)info.state);
    report = virshReportNew(ctl, arguments);
    virshReportRow(report);
    virshPutText(report, "state", word ? word : "unknown");
    if (info.state != VIR_DOMAIN_CONTROL_OK && info.state != VIR_DOMAIN_CONTROL_ERROR) {
        g_autofree char *shown = g_strdup_printf("(%0.3fs)", (double)info.stateTime / 1000.0);

        virshPutShownDouble(report, "seconds", shown, (double)info.stateTime / 1000.0);
    }
    return virshReportEnd(report);
}

static void virshSecurity(virshControl *ctl, virshReport *report, virDomainPtr domain)
{
    virSecurityModel model;
    g_autofree virSecurityLabelPtr labels = NULL;
    int count;

    memset(&model, 0, sizeof(model));
    if (virNodeGetSecurityModel(ctl->connection, &model) < 0) {
        virshForgetFailure(ctl);
        return;
    }
    if (!*model.model)
        return;
    virshPutText(report, "security-model", model.model);
    virshPutText(report, "security-doi", model.doi);
    count = virDomainGetSecurityLabelList(domain, &labels);
    if (count < 0) {
        virSecurityLabel *one = g_new0(virSecurityLabel, 1);

        virshForgetFailure(ctl);
        count = virDomainGetSecurityLabel(domain, one) == 0;
        labels = one;
    }
    for (int i = 0; i < count; i++) {
        g_autofree char *text = g_strdup_printf("%s (%s)", labels[i].label,
                                                labels[i].enforcing ? "enforcing" : "permissive");

        if (*labels[i].label)
            virshPutText(report, "security-label", text);
    }
}

/* What was written down about the domain: taints, deprecated things in use, errors of disks. */
static void virshMessages(virshControl *ctl, virshReport *report, virDomainPtr domain)
{
    char **messages = NULL;
    int count = virDomainGetMessages(domain, &messages, 0);

    if (count < 0)
        virshForgetFailure(ctl);
    for (int i = 0; i < count; i++) {
        virshPutText(report, "messages", messages[i]);
        free(messages[i]);
    }
    free(messages);
}

/* Whether the domain starts with the host, always and at the next time. */
static void virshPutAutostart(virshControl *ctl, virshReport *report, virDomainPtr domain)
{
    int on;

    if (virDomainGetAutostart(domain, &on) == 0)
        virshPutBool(report, "autostart", on);
    if (virDomainGetAutostartOnce(domain, &on) == 0)
        virshPutBool(report, "autostart-once", on);
    virshForgetFailure(ctl);
}

/* A yes, a no, or neither where the question cannot be answered. */
static void virshPutAnswer(virshControl *ctl, virshReport *report, const char *key, int answer)
{
    if (answer >= 0) {
        virshPutBool(report, key, answer > 0);
        return;
    }
    virshForgetFailure(ctl);
    virshPutNone(report, key);
}

static void virshPutDomainInfo(virshReport *report, const virDomainInfo *info)
{
    virshPutText(report, "state", virshDomainState(info->state));
    virshPutUint(report, "cpus", info->nrVirtCpu);
    if (info->cpuTime)
        virshPutDouble(report, "cpu-time", (double)info->cpuTime / 1e9);
    if (info->maxMem != G_MAXUINT)
        virshPutUint(report, "max-memory", info->maxMem);
    else
        virshPutNone(report, "max-memory");
    virshPutUint(report, "used-memory", info->memory);
}

bool shellDominfo(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    g_autoptr(virshReport) report = NULL;
    g_autofree char *type = NULL;
    char uuid[VIR_UUID_STRING_BUFLEN];
    virDomainInfo info;
    unsigned int id;

    if (!domain)
        return false;
    report = virshReportNew(ctl, arguments);
    virshReportRow(report);
    id = virDomainGetID(domain);
    if (id == (unsigned int)-1)
        virshPutNone(report, "id");
    else
        virshPutUint(report, "id", id);
    virshPutText(report, "name", virDomainGetName(domain));
    if (virDomainGetUUIDString(domain, uuid) == 0)
        virshPutText(report, "uuid", uuid);
    type = virDomainGetOSType(domain);
    if (type)
        virshPutText(report, "os-type", type);
    if (virDomainGetInfo(domain, &info) < 0)
        return false;
    virshPutDomainInfo(report, &info);
    virshPutAnswer(ctl, report, "persistent", virDomainIsPersistent(domain));
    virshPutAutostart(ctl, report, domain);
    virshPutAnswer(ctl, report, "managed-save", virDomainHasManagedSaveImage(domain, 0));
    virshSecurity(ctl, report, domain);
    virshMessages(ctl, report, domain);
    return virshReportEnd(report);
}

bool shellDomtime(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    bool now = virshFlag(arguments, "now");
    bool sync = virshFlag(arguments, "sync");
    long long seconds = 0;
    unsigned int nanoseconds = 0;

    if (!domain || !virshLong(ctl, arguments, "time", &seconds))
        return false;
    if (now || sync || virshFlag(arguments, "time")) {
        if (now)
            seconds = time(NULL);
        return virDomainSetTime(domain, seconds, nanoseconds,
                                sync ? VIR_DOMAIN_TIME_SYNC : 0) == 0;
    }
    if (virDomainGetTime(domain, &seconds, &nanoseconds, 0) < 0)
        return false;
    if (virshWantsJson(arguments)) {
        g_autoptr(virshReport) report = virshReportNew(ctl, arguments);

        virshReportRow(report);
        virshPutInt(report, "seconds", seconds);
        virshPutUint(report, "nanoseconds", nanoseconds);
        return virshReportEnd(report);
    }
    if (virshFlag(arguments, "pretty")) {
        g_autoptr(GDateTime) when = g_date_time_new_from_unix_utc(seconds);
        g_autofree char *text = when ? g_date_time_format(when, "%F %T") : NULL;

        virshPrint(ctl, "Time: %s", text ? text : "?");
    } else {
        virshPrint(ctl, "Time: %lld", seconds);
    }
    return true;
}
