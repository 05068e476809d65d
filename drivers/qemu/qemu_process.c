/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The QEMU of a domain: its start, its end, and finding it again. */

#define _GNU_SOURCE 1

#include "qemu_process.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "base/log.h"
#include "conf/domain_alias.h"
#include "document/print.h"
#include "qemu_beside.h"
#include "qemu_cgroup.h"
#include "qemu_check.h"
#include "qemu_firmware.h"
#include "qemu_hotplug.h"
#include "qemu_iotune.h"
#include "qemu_owner.h"
#include "qemu_port.h"
#include "qemu_script.h"
#include "qemu_threads.h"
#include "runtime/error.h"

#define SOURCE "qemu.process"
/* How long a process may take to end after it was asked to, in milliseconds. */
#define POLITE_PATIENCE 10000
#define FORCE_PATIENCE 15000
/* State of a big guest takes its time. */
#define INCOMING_PATIENCE 600000

guint64
qemuProcessStarted(pid_t pid)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/stat", (int) pid);
    g_autofree char *text = NULL;
    g_auto(GStrv) fields = NULL;
    const char *rest;

    if (pid <= 0 || !g_file_get_contents(path, &text, NULL, NULL))
        return 0;
    /* The name, in brackets, may hold anything; the start is the 20th field behind it. */
    rest = strrchr(text, ')');
    fields = rest ? g_strsplit(rest + 1, " ", 22) : NULL;
    return fields && g_strv_length(fields) > 20 ? g_ascii_strtoull(fields[20], NULL, 10) : 0;
}

/* The monitor, referred to, with the lock let go; NULL with an error raised and the lock held. */
static qemuMonitor *
turnToMonitor(qemuDomain *domain)
{
    qemuMonitor *monitor;

    if (!domain->process.monitor) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_INVALID, "domain '%s' is not running",
                      domain->name);
        return NULL;
    }
    monitor = qemuMonitorRef(domain->process.monitor);
    g_mutex_unlock(&domain->lock);
    return monitor;
}

json_object *
qemuProcessAskWith(qemuDomain *domain, const char *command, json_object *arguments, int fd,
                   unsigned int patience)
{
    g_autoptr(qemuMonitor) monitor = turnToMonitor(domain);
    json_object *result;

    if (!monitor) {
        json_object_put(arguments);
        return NULL;
    }
    result = qemuMonitorCall(monitor, command, arguments, fd, patience);
    g_mutex_lock(&domain->lock);
    return result;
}

json_object *
qemuProcessAsk(qemuDomain *domain, const char *command, json_object *arguments)
{
    return qemuProcessAskWith(domain, command, arguments, QEMU_MONITOR_NO_FD,
                              QEMU_MONITOR_PATIENCE);
}

json_object *
qemuProcessReply(qemuDomain *domain, const char *command, json_object *arguments)
{
    g_autoptr(qemuMonitor) monitor = turnToMonitor(domain);
    json_object *reply;

    if (!monitor) {
        json_object_put(arguments);
        return NULL;
    }
    reply = qemuMonitorReply(monitor, command, arguments, QEMU_MONITOR_NO_FD,
                             QEMU_MONITOR_PATIENCE);
    g_mutex_lock(&domain->lock);
    return reply;
}

json_object *
qemuProcessTry(qemuDomain *domain, const char *command, json_object *arguments, char **refusal)
{
    g_autoptr(qemuMonitor) monitor = turnToMonitor(domain);
    json_object *result;

    *refusal = NULL;
    if (!monitor) {
        json_object_put(arguments);
        return NULL;
    }
    result = qemuMonitorTry(monitor, command, arguments, QEMU_MONITOR_NO_FD,
                            QEMU_MONITOR_PATIENCE, refusal);
    g_mutex_lock(&domain->lock);
    return result;
}

void
qemuDomainSetState(qemuDomain *domain, int state, int reason)
{
    domain->state = state;
    domain->reason = reason;
    if (domain->id >= 0)
        qemuStoreStatus(domain);
}

/* Lets go of what belonged to the process. */
static void
clearProcess(qemuDomain *domain)
{
    qemuProcess *process = &domain->process;

    if (process->watch) {
        g_source_destroy(process->watch);
        g_source_unref(process->watch);
    }
    if (process->monitor)
        qemuMonitorClose(process->monitor);
    g_clear_pointer(&process->monitor, qemuMonitorUnref);
    if (process->pidfd >= 0)
        close(process->pidfd);
    qemuCgroupRemove(domain);
    qemuOwnerTakeBack(process->given);
    g_clear_pointer(&process->given, g_ptr_array_unref);
    if (process->socket)
        qemuRemoveSockets(process->socket);
    g_free(process->socket);
    qemuThreadsForget(domain);
    g_clear_pointer(&process->leaving, g_hash_table_unref);
    *process = (qemuProcess) { .pidfd = -1 };
    g_cond_broadcast(&domain->jobEnded);
}

/* What listeners are told of an end. */
static int
stopDetail(int reason)
{
    switch (reason) {
    case VIR_DOMAIN_SHUTOFF_SHUTDOWN:
        return VIR_DOMAIN_EVENT_STOPPED_SHUTDOWN;
    case VIR_DOMAIN_SHUTOFF_DESTROYED:
        return VIR_DOMAIN_EVENT_STOPPED_DESTROYED;
    case VIR_DOMAIN_SHUTOFF_SAVED:
        return VIR_DOMAIN_EVENT_STOPPED_SAVED;
    case VIR_DOMAIN_SHUTOFF_CRASHED:
        return VIR_DOMAIN_EVENT_STOPPED_CRASHED;
    default:
        return VIR_DOMAIN_EVENT_STOPPED_FAILED;
    }
}

void
qemuProcessSettle(qemuDomain *domain, int reason)
{
    clearProcess(domain);
    qemuStoreForgetStatus(domain);
    virConfObjectsSetId(&domain->host->domains, domain, -1);
    domain->live->hasId = false;
    domain->owner = NULL;
    domain->updated = false;
    domain->balloon = 0;
    if (domain->next) {
        virDocDomainFree(domain->live);
        domain->live = g_steal_pointer(&domain->next);
    }
    qemuDomainSetState(domain, VIR_DOMAIN_SHUTOFF, reason);
    qemuDomainAnnounce(domain, VIR_DOMAIN_EVENT_STOPPED, stopDetail(reason));
    qemuScriptTellEnd(domain);
    if (!domain->persistent)
        qemuDomainForget(domain);
}

/* The process ended; called in the thread of the loop. */
static gboolean
ended(gint fd, GIOCondition condition G_GNUC_UNUSED, gpointer opaque)
{
    qemuDomain *domain = opaque;
    siginfo_t status;

    g_mutex_lock(&domain->lock);
    /* Not of a later process of the same domain. */
    if (domain->process.pidfd == fd) {
        if (domain->process.ours)
            waitid(P_PIDFD, (id_t) fd, &status, WEXITED | WNOHANG);
        if (domain->id >= 0)
            qemuProcessSettle(domain, domain->process.stopReason ? domain->process.stopReason :
                              VIR_DOMAIN_SHUTOFF_FAILED);
        else
            clearProcess(domain);
    }
    g_mutex_unlock(&domain->lock);
    return G_SOURCE_REMOVE;
}

/* Notices the end of a process; false with an error raised. */
static bool
watchProcess(qemuDomain *domain, pid_t pid, bool ours)
{
    int fd = (int) syscall(SYS_pidfd_open, pid, 0);

    if (fd < 0) {
        virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot watch process %d of domain '%s'",
                            (int) pid, domain->name);
        return false;
    }
    domain->process.pid = pid;
    domain->process.pidfd = fd;
    domain->process.ours = ours;
    domain->process.started = qemuProcessStarted(pid);
    domain->process.watch = qemuLoopWatch(domain->host->loop, fd, G_IO_IN, ended,
                                          qemuDomainRef(domain),
                                          (GDestroyNotify) qemuDomainUnref);
    return true;
}

static void
listenTo(qemuDomain *domain, int fd)
{
    domain->process.monitor = qemuMonitorNew(fd, domain->host->loop, &qemuGuestListener,
                                             qemuDomainRef(domain),
                                             (GDestroyNotify) qemuDomainUnref);
}

/* Sends a signal to the process, which may have ended already. */
static void
sendSignal(const qemuDomain *domain, int signal)
{
    if (domain->process.pidfd >= 0)
        syscall(SYS_pidfd_send_signal, domain->process.pidfd, signal, NULL, 0);
}

bool
qemuProcessAwaitEnd(qemuDomain *domain, pid_t pid, unsigned int patience)
{
    gint64 until = g_get_monotonic_time() + patience * (gint64) G_TIME_SPAN_MILLISECOND;

    while (domain->process.pid == pid) {
        if (!g_cond_wait_until(&domain->jobEnded, &domain->lock, until))
            return domain->process.pid != pid;
    }
    return true;
}

int
qemuProcessStop(qemuDomain *domain, int reason, bool politely)
{
    pid_t pid = domain->process.pid;

    if (!pid)
        return 0;
    domain->process.stopReason = reason;
    sendSignal(domain, SIGTERM);
    if (qemuProcessAwaitEnd(domain, pid, POLITE_PATIENCE)) {
        qemuScriptAwait(domain);
        return 0;
    }
    if (politely) {
        domain->process.stopReason = 0;
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED,
                      "QEMU of domain '%s' (process %d) did not end within %d seconds; destroy "
                      "without the graceful flag ends it by force", domain->name, (int) pid,
                      POLITE_PATIENCE / 1000);
        return -1;
    }
    sendSignal(domain, SIGKILL);
    if (qemuProcessAwaitEnd(domain, pid, FORCE_PATIENCE)) {
        qemuScriptAwait(domain);
        return 0;
    }
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_SYSTEM_ERROR,
                  "process %d of domain '%s' does not end: the kernel waits for a device",
                  (int) pid, domain->name);
    return -1;
}

/* A folder for the sockets of a guest, and the socket of its monitor in it. */
static char *
socketPath(const qemuDomain *domain, int id, const qemuIdentity *identity)
{
    /* Names may be longer than paths of sockets. */
    g_autofree char *folder = g_strdup_printf("domain-%d-%.20s", id, domain->name);
    g_autofree char *path = g_build_filename(domain->host->folders.state, folder, NULL);

    if (g_mkdir_with_parents(path, 0700) < 0 ||
        (identity->other && chown(path, identity->user, identity->group) < 0)) {
        virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot make the folder '%s'", path);
        return NULL;
    }
    return g_build_filename(path, "monitor.sock", NULL);
}

/* Where pseudo terminals came to be. */
static void
learnTerminals(virDocDomain *document, json_object *list)
{
    struct {
        virDocDomainCharacter **all;
        size_t count;
    } kinds[] = {
        { document->serials, document->nserials },   { document->parallels, document->nparallels },
        { document->consoles, document->nconsoles }, { document->channels, document->nchannels },
    };
    size_t i, count = json_object_is_type(list, json_type_array) ?
        json_object_array_length(list) : 0;

    for (i = 0; i < count; i++) {
        json_object *one = json_object_array_get_idx(list, i);
        const char *label = qemuJsonString(one, "label"), *file = qemuJsonString(one, "filename");

        if (!label || !file || !g_str_has_prefix(label, "char") || !g_str_has_prefix(file, "pty:"))
            continue;
        for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++) {
            for (size_t j = 0; j < kinds[k].count; j++) {
                virDocDomainCharacter *character = kinds[k].all[j];

                if (g_strcmp0(character->info.aliasName, label + strlen("char")) != 0)
                    continue;
                g_free(character->source.sourcePtyPath);
                g_free(character->tty);
                character->source.sourcePtyPath = g_strdup(file + strlen("pty:"));
                character->tty = g_strdup(file + strlen("pty:"));
            }
        }
    }
}

void
qemuProcessLearnChannels(virDocDomain *document, json_object *list)
{
    size_t count = json_object_is_type(list, json_type_array) ? json_object_array_length(list) : 0;

    for (size_t i = 0; i < document->nchannels; i++) {
        virDocDomainCharacter *channel = document->channels[i];

        if (channel->targetType != VIR_DOC_DOMAIN_CHARACTER_TARGET_VIRTIO)
            continue;
        channel->targetState = VIR_DOC_DOMAIN_CHANNEL_STATE_DISCONNECTED;
        for (size_t j = 0; j < count; j++) {
            json_object *one = json_object_array_get_idx(list, j);
            const char *label = qemuJsonString(one, "label");

            if (label && g_str_has_prefix(label, "char") &&
                !g_strcmp0(label + strlen("char"), channel->info.aliasName) &&
                qemuJsonTrue(one, "frontend-open"))
                channel->targetState = VIR_DOC_DOMAIN_CHANNEL_STATE_CONNECTED;
        }
    }
}

/* Asks for statistics of the balloon, at the pace the document wants them. */
static bool
beginStatistics(qemuDomain *domain, const virDocDomain *document)
{
    const virDocDomainMemballoon *balloon = document->memballoon;
    g_autoptr(json_object) result = NULL;
    g_autofree char *path = NULL;
    json_object *arguments;

    if (!balloon || balloon->model == VIR_DOC_DOMAIN_MEMBALLOON_MODEL_NONE ||
        !balloon->hasStatsPeriod)
        return true;
    path = g_strconcat("/machine/peripheral/", balloon->info.aliasName, NULL);
    arguments = qemuJsonStrings("path", path, "property", "guest-stats-polling-interval", NULL);
    json_object_object_add(arguments, "value", json_object_new_int64(balloon->statsPeriod));
    result = qemuProcessAsk(domain, "qom-set", arguments);
    return result != NULL;
}

/* Gives the guest the memory that it is to have now. */
static bool
setBalloon(qemuDomain *domain, const virDocDomain *document)
{
    g_autoptr(json_object) result = NULL;
    json_object *arguments;

    domain->balloon = document->memory;
    if (document->currentMemory >= document->memory || !document->memballoon ||
        document->memballoon->model == VIR_DOC_DOMAIN_MEMBALLOON_MODEL_NONE)
        return true;
    arguments = json_object_new_object();
    json_object_object_add(arguments, "value",
                           json_object_new_int64((gint64) document->currentMemory * 1024));
    result = qemuProcessAsk(domain, "balloon", arguments);
    return result != NULL;
}

/* What the command line can't say: links that are down, passwords, limits of disks. */
static bool
completeDevices(qemuDomain *domain, const virDocDomain *document)
{
    for (size_t i = 0; i < document->ndisks; i++) {
        if (document->disks[i]->iotune &&
            !qemuIotuneApply(domain, document->disks[i], document->disks[i]->iotune))
            return false;
    }
    for (size_t i = 0; i < document->ngraphics; i++) {
        if (document->graphics[i]->passwd && !qemuGraphicsPassword(domain, document->graphics[i]))
            return false;
    }
    for (size_t i = 0; i < document->ninterfaces; i++) {
        if (document->interfaces[i]->linkState == VIR_DOC_DOMAIN_LINK_STATE_DOWN &&
            !qemuHotplugLink(domain, document->interfaces[i]))
            return false;
    }
    return true;
}

/* Says hello, and learns what only the running QEMU knows; false with an error raised. */
static bool
greet(qemuDomain *domain, virDocDomain *document)
{
    g_autoptr(json_object) hello = qemuProcessAsk(domain, "qmp_capabilities", NULL);
    g_autoptr(json_object) terminals = hello ? qemuProcessAsk(domain, "query-chardev", NULL) : NULL;

    if (!terminals)
        return false;
    learnTerminals(document, terminals);
    qemuProcessLearnChannels(document, terminals);
    return beginStatistics(domain, document) && setBalloon(domain, document) &&
           qemuThreadsLearn(domain) && qemuCgroupThreads(domain, document) &&
           qemuThreadsPlace(domain, document) &&
           completeDevices(domain, document);
}

/* When QEMU ended by itself, its own words say why. */
static void
explain(const qemuDomain *domain, off_t logged)
{
    g_autofree char *text = qemuLogSince(domain, logged);

    if (*text)
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INTERNAL_ERROR,
                      "process exited while connecting to monitor: %s", text);
}

/* Runs the command and waits until QEMU is ready, with its processors stopped. */
static bool
launch(qemuDomain *domain, qemuCommand *command, virDocDomain *document,
       const qemuIdentity *identity, const GArray *joins, int monitor)
{
    const qemuLaunchPlace place = {
        .settings = &domain->host->settings, .identity = identity,
        .home = domain->host->folders.state, .joins = joins,
    };
    off_t logged = 0;
    int log = qemuLogOpen(domain, command, &logged);
    pid_t pid = 0;
    bool ready;

    if (log < 0 || !qemuBesideStart(command, identity, log) ||
        !qemuLaunch(command, &place, log, &pid)) {
        if (log >= 0)
            close(log);
        close(monitor);
        return false;
    }
    close(log);
    /* QEMU has its own: when it ends, nobody listens any more. */
    g_array_set_size(command->passed, 0);
    if (!watchProcess(domain, pid, /* ours= */ true)) {
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
        close(monitor);
        return false;
    }
    listenTo(domain, monitor);
    ready = greet(domain, document);
    if (!ready && (!domain->process.monitor || qemuProcessAwaitEnd(domain, pid, 200)))
        explain(domain, logged);
    return ready;
}

static bool
resume(qemuDomain *domain)
{
    g_autoptr(json_object) result = qemuProcessAsk(domain, "cont", NULL);

    return result != NULL;
}

/* Waits until the state that came in is complete. */
static bool
awaitIncoming(qemuDomain *domain)
{
    gint64 until = g_get_monotonic_time() + INCOMING_PATIENCE * (gint64) G_TIME_SPAN_MILLISECOND;

    while (g_get_monotonic_time() < until) {
        g_autoptr(json_object) status = qemuProcessAsk(domain, "query-status", NULL);
        const char *word = qemuJsonString(status, "status");

        if (!word)
            return false;
        if (!g_str_equal(word, "inmigrate"))
            return true;
        g_mutex_unlock(&domain->lock);
        g_usleep(5 * G_TIME_SPAN_MILLISECOND);
        g_mutex_lock(&domain->lock);
    }
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_TIMEOUT,
                  "the saved state of domain '%s' was not read within %d seconds", domain->name,
                  INCOMING_PATIENCE / 1000);
    return false;
}

/* The process did not become a guest: it goes, and nothing is left. */
static void
giveUp(qemuDomain *domain)
{
    virErrorPtr error = virSaveLastError();
    pid_t pid = domain->process.pid;

    if (pid) {
        sendSignal(domain, SIGKILL);
        qemuProcessAwaitEnd(domain, pid, FORCE_PATIENCE);
    }
    virErrorRestore(error);
    virFreeError(error);
}

/* What listeners hear, and what the state is, when everything went well. */
static void
announceStart(qemuDomain *domain, const qemuStart *start)
{
    bool saved = start->incoming >= 0;

    if (start->paused)
        qemuDomainSetState(domain, VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_USER);
    else
        qemuDomainSetState(domain, VIR_DOMAIN_RUNNING,
                           saved ? VIR_DOMAIN_RUNNING_RESTORED : VIR_DOMAIN_RUNNING_BOOTED);
    /* Programs wait for the start to know that the guest runs: what makes it run comes before. */
    if (!start->paused)
        qemuDomainAnnounce(domain, VIR_DOMAIN_EVENT_RESUMED, VIR_DOMAIN_EVENT_RESUMED_UNPAUSED);
    qemuDomainAnnounce(domain, VIR_DOMAIN_EVENT_STARTED,
                       saved ? VIR_DOMAIN_EVENT_STARTED_RESTORED : VIR_DOMAIN_EVENT_STARTED_BOOTED);
    if (start->paused)
        qemuDomainAnnounce(domain, VIR_DOMAIN_EVENT_SUSPENDED,
                           saved ? VIR_DOMAIN_EVENT_SUSPENDED_RESTORED :
                           VIR_DOMAIN_EVENT_SUSPENDED_PAUSED);
}

/* The document of the running guest takes the place of the definition, which waits. */
static void
becomeRunning(qemuDomain *domain, virDocDomain *document, int id)
{
    document->id = (unsigned int) id;
    document->hasId = true;
    if (domain->persistent && !domain->next)
        domain->next = domain->live;
    else
        virDocDomainFree(domain->live);
    domain->live = document;
    virConfObjectsSetId(&domain->host->domains, domain, id);
}

static void
closeJoin(gpointer fd)
{
    close(*(int *) fd);
}

/* Looks at all that QEMU will need, and gives it what is to be its own; false with an error raised. */
static bool
prepare(qemuDomain *domain, virDocDomain *document, qemuIdentity *identity)
{
    g_autoptr(GPtrArray) files = NULL;

    if (!qemuIdentityFind(identity, domain->host, document, /* running= */ false))
        return false;
    qemuCheckDrop(document);
    files = qemuFilesOf(document);
    domain->process.given = g_ptr_array_new_with_free_func(g_free);
    if (!qemuCheckHost(document) || !qemuCheckFiles(identity, files, document) ||
        !qemuOwnerGive(&domain->host->settings, identity, files, domain->process.given))
        return false;
    qemuIdentityShow(identity, document);
    return true;
}

/* Starts what `document` describes, which is the caller's unless it succeeds. */
static bool
startDocument(qemuDomain *domain, virDocDomain *document, qemuStart *start)
{
    g_autoptr(qemuEmulator) emulator = NULL;
    g_autoptr(qemuCommand) command = NULL;
    g_auto(qemuIdentity) identity = { 0 };
    g_autoptr(GArray) joins = g_array_new(FALSE, FALSE, sizeof(int));
    g_autofree char *folder = NULL;
    qemuCommandPlace place = {
        .monitor = -1, .incoming = start->incoming, .settings = &domain->host->settings,
    };
    int id = virConfObjectsTakeId(&domain->host->domains), connected = -1;
    bool saved = start->incoming >= 0;

    virConfDomainNameDevices(document);
    emulator = qemuEmulatorsGet(domain->host->emulators, document->emulator);
    /* The variables are there before they change hands. */
    if (emulator && qemuScriptTell(domain, document, "prepare", "begin") &&
        qemuFirmwareMakeVariables(document, start->resetVariables) &&
        prepare(domain, document, &identity))
        domain->process.socket = socketPath(domain, id, &identity);
    if (!domain->process.socket || !qemuPortsChoose(document, &domain->host->settings) ||
        !qemuStoreStarting(domain, true) ||
        !qemuListen(domain->process.socket, &place.monitor, &connected)) {
        if (saved)
            close(start->incoming);
        return false;
    }
    place.folder = folder = g_path_get_dirname(domain->process.socket);
    command = qemuCommandNew(document, emulator, &place);
    if (!command) {
        close(connected);
        return false;
    }
    qemuCommandLearn(command);
    g_array_set_clear_func(joins, closeJoin);
    if (!qemuScriptTell(domain, document, "start", "begin") ||
        !qemuCgroupMake(domain, document, id, joins)) {
        close(connected);
        return false;
    }
    if (!launch(domain, command, document, &identity, joins, connected) || (saved && !awaitIncoming(domain)) ||
        !qemuScriptTell(domain, document, "started", "begin") ||
        (!start->paused && !resume(domain)))
        return false;
    qemuBesideLeave(command);
    if (domain->process.pid)
        becomeRunning(domain, document, id);
    return domain->process.pid != 0;
}

/* What scripts prepared for a start that failed, they can put away; the error stays. */
static void
tellFailure(qemuDomain *domain)
{
    virErrorPtr error = virSaveLastError();

    qemuScriptTellEnd(domain);
    qemuScriptAwait(domain);
    virErrorRestore(error);
    virFreeError(error);
}

int
qemuProcessStart(qemuDomain *domain, qemuStart *start)
{
    g_autoptr(virDocDomain) document = start->document ? start->document :
        virDocDomainCopy(domain->live);

    start->document = NULL;
    qemuScriptAwait(domain);
    if (!startDocument(domain, document, start)) {
        giveUp(domain);
        clearProcess(domain);
        tellFailure(domain);
        qemuStoreStarting(domain, false);
        return -1;
    }
    g_steal_pointer(&document);
    announceStart(domain, start);
    qemuStoreStarting(domain, false);
    return 0;
}

bool
qemuProcessAdopt(qemuDomain *domain)
{
    pid_t pid = domain->process.pid;
    int fd;

    domain->process.pid = 0;
    if (!pid || qemuProcessStarted(pid) != domain->process.started)
        return false;
    fd = qemuConnect(domain->process.socket);
    if (fd < 0)
        return false;
    domain->process.pidfd = -1;
    if (!watchProcess(domain, pid, /* ours= */ false)) {
        close(fd);
        return false;
    }
    listenTo(domain, fd);
    return true;
}
