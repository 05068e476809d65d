/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Definitions and running guests on disk: written whole or not at all, and read again. */

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "base/log.h"
#include "document/print.h"
#include "qemu_owner.h"
#include "qemu_process.h"
#include "qemu_script.h"
#include "qemu_threads.h"
#include "runtime/error.h"

#define SOURCE "qemu.store"
#define DEFINITION ".xml"
#define STATUS ".status"
#define STARTING ".starting"

static char *
pathOf(const char *folder, const char *name, const char *suffix)
{
    g_autofree char *file = g_strconcat(name, suffix, NULL);

    return g_build_filename(folder, file, NULL);
}

static char *
linkOf(const qemuDomain *domain)
{
    g_autofree char *folder = g_build_filename(domain->host->folders.config, "autostart", NULL);

    return pathOf(folder, domain->name, DEFINITION);
}

char *
qemuStoreSavePath(const qemuDomain *domain)
{
    g_autofree char *folder = g_build_filename(domain->host->folders.state, "save", NULL);

    return pathOf(folder, domain->name, ".save");
}

/* To a new file that takes the old one's place when it is on the disk. */
static bool
replace(const char *path, const char *text)
{
    g_autoptr(GError) error = NULL;

    if (g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT |
                                 G_FILE_SET_CONTENTS_DURABLE, 0600, &error))
        return true;
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED, "cannot write '%s': %s", path,
                  error->message);
    return false;
}

bool
qemuStoreDefinition(const qemuDomain *domain, virDocDomain *document)
{
    g_autofree char *path = pathOf(domain->host->folders.config, domain->name, DEFINITION);
    g_autofree char *text = virDocPrint(&virDocDomainRecord, NULL, document,
                                        VIR_DOC_PRINT_INACTIVE | VIR_DOC_PRINT_SECURE);

    return replace(path, text);
}

void
qemuStoreForget(const qemuDomain *domain)
{
    g_autofree char *path = pathOf(domain->host->folders.config, domain->name, DEFINITION);
    g_autofree char *link = linkOf(domain);

    unlink(path);
    unlink(link);
}

bool
qemuStoreAutostart(qemuDomain *domain, bool autostart)
{
    g_autofree char *path = pathOf(domain->host->folders.config, domain->name, DEFINITION);
    g_autofree char *link = linkOf(domain);

    if (unlink(link) < 0 && errno != ENOENT) {
        virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot remove '%s'", link);
        return false;
    }
    if (autostart && symlink(path, link) < 0) {
        virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot make '%s'", link);
        return false;
    }
    domain->autostart = autostart;
    return true;
}

bool
qemuStoreStatus(const qemuDomain *domain)
{
    g_autofree char *path = pathOf(domain->host->folders.run, domain->name, STATUS);
    g_autofree char *pidFile = pathOf(domain->host->folders.run, domain->name, ".pid");
    g_autofree char *document = virDocPrint(&virDocDomainRecord, NULL, domain->live,
                                            VIR_DOC_PRINT_SECURE);
    g_autofree char *pid = g_strdup_printf("%d", (int) domain->process.pid);
    g_autoptr(json_object) status = qemuJsonStrings("socket", domain->process.socket, "document",
                                                    document, NULL);
    const struct {
        const char *name;
        gint64 value;
    } numbers[] = {
        { "id", domain->id }, { "pid", domain->process.pid },
        { "started", (gint64) domain->process.started }, { "state", domain->state },
        { "reason", domain->reason }, { "balloon", (gint64) domain->balloon },
    };

    if (domain->process.cgroup)
        json_object_object_add(status, "cgroup", json_object_new_string(domain->process.cgroup));
    json_object_object_add(status, "given", qemuJsonList(domain->process.given));
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        json_object_object_add(status, numbers[i].name, json_object_new_int64(numbers[i].value));
    g_file_set_contents(pidFile, pid, -1, NULL);
    return replace(path, json_object_to_json_string_ext(status, JSON_C_TO_STRING_PLAIN));
}

void
qemuStoreForgetStatus(const qemuDomain *domain)
{
    static const char *const suffixes[] = { STATUS, STARTING, ".pid" };

    for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++) {
        g_autofree char *path = pathOf(domain->host->folders.run, domain->name, suffixes[i]);

        unlink(path);
    }
}

/* The socket of the monitor, and files that must be given back, a line each. */
static char *
startingText(const qemuProcess *process)
{
    GString *text = g_string_new(process->socket);

    for (guint i = 0; process->given && i < process->given->len; i++)
        g_string_append_printf(text, "\n%s", (char *) process->given->pdata[i]);
    return g_string_free(text, FALSE);
}

bool
qemuStoreStarting(const qemuDomain *domain, bool starting)
{
    g_autofree char *path = pathOf(domain->host->folders.run, domain->name, STARTING);
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;

    if (!starting) {
        unlink(path);
        return true;
    }
    text = startingText(&domain->process);
    if (g_file_set_contents_full(path, text, -1,
                                 G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
        return true;
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED, "cannot write '%s': %s", path,
                  error->message);
    return false;
}

/* Says in the log why a file is left out; nothing else stops a host from coming up. */
static void
skip(const char *path)
{
    VIR_LOG(VIR_LOG_ERROR, SOURCE, "%s is left out: %s", path, virGetLastErrorMessage());
    virResetLastError();
}

static void
loadDefinition(qemuHost *host, const char *path)
{
    g_autofree char *text = NULL;
    g_autoptr(virDocDomain) document = NULL;
    qemuDomain *domain;
    bool isNew;

    if (!g_file_get_contents(path, &text, NULL, NULL))
        return;
    document = qemuDomainParse(host, text, VIR_DOC_PARSE_INACTIVE);
    domain = document ? qemuDomainAdopt(host, document, &isNew) : NULL;
    if (!domain) {
        skip(path);
        return;
    }
    if (isNew) {
        g_autofree char *link = linkOf(domain);
        g_autofree char *image = qemuStoreSavePath(domain);

        g_steal_pointer(&document);
        domain->persistent = true;
        domain->autostart = g_file_test(link, G_FILE_TEST_IS_SYMLINK);
        domain->managedSave = g_file_test(image, G_FILE_TEST_IS_REGULAR);
    }
    qemuDomainUnlock(domain);
}

/* Learns what became of a guest while nobody listened; called without the lock, with a job. */
static void
catchUp(qemuDomain *domain)
{
    g_autoptr(json_object) hello = qemuProcessAsk(domain, "qmp_capabilities", NULL);
    g_autoptr(json_object) status = hello ? qemuProcessAsk(domain, "query-status", NULL) : NULL;
    g_autoptr(json_object) terminals = NULL;
    bool runs = qemuJsonTrue(status, "running");

    if (status && domain->id >= 0)
        qemuThreadsLearn(domain);
    terminals = status && domain->id >= 0 ? qemuProcessAsk(domain, "query-chardev", NULL) : NULL;
    if (terminals && domain->id >= 0)
        qemuProcessLearnChannels(domain->live, terminals);
    virResetLastError();
    if (!status || domain->id < 0)
        return;
    if (runs && domain->state != VIR_DOMAIN_RUNNING)
        qemuDomainSetState(domain, VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_UNKNOWN);
    else if (!runs && domain->state == VIR_DOMAIN_RUNNING)
        qemuDomainSetState(domain, VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_UNKNOWN);
}

/* Scripts hear that a guest was found again; one that refuses it ends it. */
static void
tellAgain(qemuDomain *domain)
{
    if (domain->id < 0 || qemuScriptTell(domain, domain->live, "reconnect", "begin"))
        return;
    VIR_LOG(VIR_LOG_ERROR, SOURCE, "domain '%s' ends: %s", domain->name, virGetLastErrorMessage());
    qemuProcessStop(domain, VIR_DOMAIN_SHUTOFF_FAILED, /* politely= */ false);
    virResetLastError();
}

/* Makes the domain of a status file the running guest that it was; false when it says nothing usable. */
static bool
restoreStatus(qemuHost *host, json_object *status, const char *path)
{
    const char *text = qemuJsonString(status, "document"), *socket = qemuJsonString(status, "socket");
    g_autoptr(virDocDomain) document = text && socket ? qemuDomainParse(host, text, 0) : NULL;
    qemuDomain *domain;
    bool isNew;

    domain = document ? qemuDomainAdopt(host, document, &isNew) : NULL;
    if (!domain) {
        skip(path);
        return false;
    }
    if (!isNew) {
        domain->next = domain->live;
        domain->live = document;
    }
    document = NULL;
    virConfObjectsSetId(&host->domains, domain, (int) qemuJsonInteger(status, "id"));
    domain->live->id = (unsigned int) domain->id;
    domain->live->hasId = true;
    domain->state = (int) qemuJsonInteger(status, "state");
    domain->reason = (int) qemuJsonInteger(status, "reason");
    domain->balloon = (unsigned long long) qemuJsonInteger(status, "balloon");
    domain->process.socket = g_strdup(socket);
    domain->process.cgroup = g_strdup(qemuJsonString(status, "cgroup"));
    domain->process.given = qemuJsonTexts(qemuJsonGet(status, "given"));
    domain->process.pid = (pid_t) qemuJsonInteger(status, "pid");
    domain->process.started = (guint64) qemuJsonInteger(status, "started");
    if (qemuProcessAdopt(domain) && qemuDomainBeginLocked(domain, QEMU_JOB_MODIFY)) {
        catchUp(domain);
        tellAgain(domain);
        qemuDomainEnd(domain);
        return true;
    }
    /* It ended while nobody looked. */
    virResetLastError();
    qemuProcessSettle(domain, VIR_DOMAIN_SHUTOFF_UNKNOWN);
    qemuDomainUnlock(domain);
    return true;
}

static void
loadStatus(qemuHost *host, const char *path)
{
    g_autofree char *text = NULL;
    g_autoptr(json_object) status = NULL;

    if (!g_file_get_contents(path, &text, NULL, NULL))
        return;
    status = json_tokener_parse(text);
    if (!restoreStatus(host, status, path))
        unlink(path);
}

/* Ends the QEMU at a socket, if there is one. */
static void
endLeft(const char *socket)
{
    static const char leave[] = "{\"execute\":\"qmp_capabilities\"}{\"execute\":\"quit\"}\n";
    int fd = qemuConnect(socket);

    if (fd >= 0) {
        if (send(fd, leave, strlen(leave), MSG_NOSIGNAL) < 0)
            VIR_LOG(VIR_LOG_WARNING, SOURCE, "cannot end what was left of a start at %s", socket);
        /* It reads until it has understood; the end of the conversation is its end. */
        qemuAwaitClose(fd);
    }
    virResetLastError();
    qemuRemoveSockets(socket);
}

/* A start that a dead process did not complete: what it left of a QEMU ends. */
static void
loadStarting(qemuHost *host G_GNUC_UNUSED, const char *path)
{
    g_autofree char *status = g_strndup(path, strlen(path) - strlen(STARTING));
    g_autofree char *complete = g_strconcat(status, STATUS, NULL);
    g_autofree char *text = NULL;
    g_auto(GStrv) lines = NULL;
    g_autoptr(GPtrArray) given = g_ptr_array_new_with_free_func(g_free);

    if (!g_file_test(complete, G_FILE_TEST_EXISTS) && g_file_get_contents(path, &text, NULL, NULL)) {
        lines = g_strsplit(text, "\n", -1);
        if (lines[0])
            endLeft(lines[0]);
        for (size_t i = 1; lines[0] && lines[i]; i++)
            g_ptr_array_add(given, g_strdup(lines[i]));
        qemuOwnerTakeBack(given);
    }
    unlink(path);
}

static int
compareNames(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}

/* Calls for each file of a folder with a suffix, in the order of their names. */
static void
eachFile(qemuHost *host, const char *folder, const char *suffix,
         void (*load)(qemuHost *host, const char *path))
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) open = g_dir_open(folder, 0, NULL);
    const char *name;

    while (open && (name = g_dir_read_name(open))) {
        if (g_str_has_suffix(name, suffix))
            g_ptr_array_add(names, g_build_filename(folder, name, NULL));
    }
    g_ptr_array_sort(names, compareNames);
    for (guint i = 0; i < names->len; i++)
        load(host, names->pdata[i]);
}

void
qemuStoreLoad(qemuHost *host)
{
    eachFile(host, host->folders.config, DEFINITION, loadDefinition);
    eachFile(host, host->folders.run, STARTING, loadStarting);
    eachFile(host, host->folders.run, STATUS, loadStatus);
}
