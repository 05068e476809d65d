/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands that go past the library, to QEMU or to a container. */

#include <errno.h>
#include <libvirt/libvirt-lxc.h>
#include <libvirt/libvirt-qemu.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client/commands.h"
#include "client/events.h"
#include "client/extra.h"
#include "client/files.h"
#include "client/jsontext.h"
#include "client/lookup.h"
#include "client/output.h"

bool shellQemuAttach(virshControl *ctl, const virshArguments *arguments)
{
    unsigned int pid = 0;
    g_autoptr(virshDomain) domain = NULL;
    VIRSH_EXTRA(ctl, "libvirt-qemu", virDomainQemuAttach);

    if (!call || !virshUint(ctl, arguments, "pid", &pid))
        return false;
    domain = call(ctl->connection, pid, 0);
    if (!domain) {
        virshError(ctl, "Failed to attach to pid %u", pid);
        return false;
    }
    virshExtra(ctl, "Domain '%s' attached to pid %u\n", virDomainGetName(domain), pid);
    return true;
}

static char *virshMonitorAnswer(virshControl *ctl, const virshArguments *arguments,
                                virDomainPtr domain, const char *text, unsigned int flags)
{
    char *answer = NULL;
    g_autoptr(virshFiles) files = NULL;

    if (!virshFlag(arguments, "pass-fds")) {
        VIRSH_EXTRA(ctl, "libvirt-qemu", virDomainQemuMonitorCommand);

        return call && call(domain, text, &answer, flags) == 0 ? answer : NULL;
    }
    files = virshFilesNew(ctl, arguments, "pass-fds");
    if (files) {
        VIRSH_EXTRA(ctl, "libvirt-qemu", virDomainQemuMonitorCommandWithFiles);

        if (call && call(domain, text, files->count, files->fds, NULL, NULL, &answer, flags) == 0)
            return answer;
    }
    return NULL;
}

bool shellQemuMonitorCommand(virshControl *ctl, const virshArguments *arguments)
{
    bool hmp = virshFlag(arguments, "hmp");
    g_autofree char *text = virshRest(arguments, "cmd");
    g_autofree char *shown = NULL;
    char *answer;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain)
        return false;
    answer = virshMonitorAnswer(ctl, arguments, domain, text,
                                hmp ? VIR_DOMAIN_QEMU_MONITOR_COMMAND_HMP : 0);
    if (!answer)
        return false;
    shown = virshFlag(arguments, "return-value") ? jsonMember(answer, "return") : g_strdup(answer);
    if (!shown) {
        virshError(ctl, "failed to find the return value in the answer '%s'", answer);
        free(answer);
        return false;
    }
    if (virshFlag(arguments, "pretty")) {
        g_autofree char *indented = jsonIndent(shown);

        virshPrint(ctl, "%s\n", indented);
    } else {
        virshPrint(ctl, "%s%s", shown, hmp ? "" : "\n");
    }
    free(answer);
    return true;
}

/* How long to wait for the agent: --timeout, --async or --block, of which one may be given. */
static bool virshAgentTimeout(virshControl *ctl, const virshArguments *arguments, int *timeout)
{
    int given = virshFlag(arguments, "timeout") + virshFlag(arguments, "async") +
                virshFlag(arguments, "block");

    *timeout = VIR_DOMAIN_QEMU_AGENT_COMMAND_DEFAULT;
    if (!virshInt(ctl, arguments, "timeout", timeout))
        return false;
    if (virshFlag(arguments, "timeout") && *timeout < 1) {
        virshError(ctl, "timeout must be positive");
        return false;
    }
    if (given > 1) {
        virshError(ctl, "timeout, async and block options are exclusive");
        return false;
    }
    if (virshFlag(arguments, "async"))
        *timeout = VIR_DOMAIN_QEMU_AGENT_COMMAND_NOWAIT;
    if (virshFlag(arguments, "block"))
        *timeout = VIR_DOMAIN_QEMU_AGENT_COMMAND_BLOCK;
    return true;
}

bool shellQemuAgentCommand(virshControl *ctl, const virshArguments *arguments)
{
    int timeout = 0;
    g_autofree char *text = virshRest(arguments, "cmd");
    g_autofree char *shown = NULL;
    char *answer;
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);

    if (!domain || !virshAgentTimeout(ctl, arguments, &timeout))
        return false;
    {
        VIRSH_EXTRA(ctl, "libvirt-qemu", virDomainQemuAgentCommand);

        if (!call)
            return false;
        answer = call(domain, text, timeout, 0);
    }
    if (!answer)
        return false;
    shown = virshFlag(arguments, "pretty") ? jsonIndent(answer) : g_strdup(answer);
    virshPrint(ctl, "%s\n", shown);
    free(answer);
    return true;
}

static void onMonitorEvent(virConnectPtr connection G_GNUC_UNUSED, virDomainPtr domain,
                           const char *event, long long seconds, unsigned int micros,
                           const char *details, void *opaque)
{
    virshWait *wait = opaque;
    g_autofree char *indented = details && wait->pretty ? jsonIndent(details) : NULL;

    if (wait->json) {
        virshEvent *told = virshEventNew(wait, event, "domain", virDomainGetName(domain));

        virshEventNumber(told, "seconds", NULL, seconds);
        virshEventUnsigned(told, "microseconds", NULL, micros);
        virshEventText(told, "details", NULL, details);
        virshEventEmit(told, "");
        return;
    }
    virshEventPrint(wait, "event %s at %lld.%06u for domain '%s': %s", event, seconds, micros,
                    virDomainGetName(domain), indented ? indented : details ? details : "<null>");
}

bool shellQemuMonitorEvent(virshControl *ctl, const virshArguments *arguments)
{
    const char *event = NULL;
    unsigned int flags = 0;
    g_autoptr(virshDomain) domain = NULL;
    virshWait wait;
    bool good;
    int id;
    VIRSH_EXTRA(ctl, "libvirt-qemu", virConnectDomainQemuMonitorEventRegister);
    __typeof__(virConnectDomainQemuMonitorEventDeregister) *stop =
        virshExtraFunction(ctl, "libvirt-qemu", "virConnectDomainQemuMonitorEventDeregister");

    if (!call || !stop || !virshString(ctl, arguments, "event", &event))
        return false;
    flags |= virshFlag(arguments, "regex")
                 ? VIR_CONNECT_DOMAIN_QEMU_MONITOR_EVENT_REGISTER_REGEX
                 : 0;
    flags |= virshFlag(arguments, "no-case")
                 ? VIR_CONNECT_DOMAIN_QEMU_MONITOR_EVENT_REGISTER_NOCASE
                 : 0;
    if (virshFlag(arguments, "domain")) {
        domain = virshFindDomain(ctl, arguments, "domain", NULL);
        if (!domain)
            return false;
    }
    if (!virshWaitInit(ctl, &wait, arguments))
        return false;
    wait.pretty = virshFlag(arguments, "pretty");
    id = call(ctl->connection, domain, event, onMonitorEvent, &wait, NULL, flags);
    good = id >= 0 && virshWaitRun(ctl, &wait);
    if (id >= 0)
        stop(ctl->connection, id);
    virshWaitEnd(ctl, &wait);
    return good;
}

/* Becomes the program inside the container; only returns the exit code of a failure. */
static int virshContainerChild(virDomainPtr domain, GPtrArray *words, int *fds,
                               unsigned int count, const virSecurityModel *model,
                               const virSecurityLabel *label, void *enterLabel, void *enterSpaces)
{
    __typeof__(virDomainLxcEnterSecurityLabel) *labelled = enterLabel;
    __typeof__(virDomainLxcEnterNamespace) *enter = enterSpaces;
    pid_t inside;
    int status = 0;

    if (labelled && labelled((virSecurityModelPtr)model, (virSecurityLabelPtr)label, NULL, 0) < 0)
        return 125;
    if (enter(domain, count, fds, NULL, NULL, 0) < 0)
        return 125;
    /* a process enters a PID namespace with its children only */
    inside = fork();
    if (inside == 0) {
        execvp(g_ptr_array_index(words, 0), (char *const *)words->pdata);
        _exit(errno == ENOENT ? 127 : 126);
    }
    while (inside > 0 && waitpid(inside, &status, 0) < 0 && errno == EINTR)
        continue;
    return inside > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : 125;
}

static bool virshContainerRun(virshControl *ctl, virDomainPtr domain, GPtrArray *words, int *fds,
                              unsigned int count, bool label)
{
    void *enterLabel = label ? virshExtraFunction(ctl, "libvirt-lxc",
                                                  "virDomainLxcEnterSecurityLabel")
                             : NULL;
    void *enter = virshExtraFunction(ctl, "libvirt-lxc", "virDomainLxcEnterNamespace");
    virSecurityModel model;
    virSecurityLabel security;
    pid_t child;
    int status = 0;

    memset(&model, 0, sizeof(model));
    memset(&security, 0, sizeof(security));
    if (!enter || (label && !enterLabel))
        return false;
    if (label && (virNodeGetSecurityModel(ctl->connection, &model) < 0 ||
                  virDomainGetSecurityLabel(domain, &security) < 0))
        return false;
    fflush(stdout);
    child = fork();
    if (child < 0) {
        virshError(ctl, "cannot start a process: %s", g_strerror(errno));
        return false;
    }
    if (child == 0)
        _exit(virshContainerChild(domain, words, fds, count, &model, &security, enterLabel,
                                  enter));
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    virshError(ctl, "the program inside the container ended with %d",
               WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return false;
}

bool shellLxcEnterNamespace(virshControl *ctl, const virshArguments *arguments)
{
    const GPtrArray *given = virshWords(arguments, "cmd");
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    g_autoptr(virshDomain) domain = virshFindDomain(ctl, arguments, "domain", NULL);
    int *fds = NULL;
    int count;
    bool good;
    VIRSH_EXTRA(ctl, "libvirt-lxc", virDomainLxcOpenNamespace);

    if (!domain || !call)
        return false;
    for (guint i = 0; i < given->len; i++)
        g_ptr_array_add(words, g_ptr_array_index(given, i));
    g_ptr_array_add(words, NULL);
    count = call(domain, &fds, 0);
    if (count < 0)
        return false;
    good = virshContainerRun(ctl, domain, words, fds, (unsigned int)count,
                             !virshFlag(arguments, "noseclabel"));
    for (int i = 0; i < count; i++)
        close(fds[i]);
    free(fds);
    return good;
}
