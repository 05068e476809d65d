/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Consoles, channels, the screen and the keyboard of a guest. */

#define _GNU_SOURCE 1

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "driver/qemu.h"
#include "qemu_process.h"
#include "runtime/error.h"
#include "runtime/fdstream.h"
#include "runtime/objects.h"

/* Terminals that somebody has open: path -> the stream's handle, so that it can be closed by force. */
static GMutex openLock;
static GHashTable *openPaths;

typedef struct {
    char *path;
    virStreamPtr st;            /* not a reference */
} Opened;

static void
closed(void *opaque)
{
    Opened *opened = opaque;

    g_mutex_lock(&openLock);
    if (g_hash_table_lookup(openPaths, opened->path) == opened)
        g_hash_table_remove(openPaths, opened->path);
    g_mutex_unlock(&openLock);
    g_free(opened->path);
    g_free(opened);
}

/* Opens a terminal, for one stream at a time; 0, or -1 with an error raised. */
static int
openTerminal(virStreamPtr st, const char *path, unsigned int flags)
{
    Opened *opened = g_new0(Opened, 1);
    bool busy;
    int fd;

    opened->path = g_strdup(path);
    opened->st = st;
    g_mutex_lock(&openLock);
    if (!openPaths)
        openPaths = g_hash_table_new(g_str_hash, g_str_equal);
    busy = g_hash_table_contains(openPaths, path) && !(flags & VIR_DOMAIN_CONSOLE_FORCE);
    if (!busy)
        g_hash_table_replace(openPaths, opened->path, opened);
    g_mutex_unlock(&openLock);
    if (busy) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED,
                      "Active console session exists for this domain");
        g_free(opened->path);
        g_free(opened);
        return -1;
    }
    fd = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (fd < 0) {
        virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot open the terminal '%s'", path);
        closed(opened);
        return -1;
    }
    if (virFdStreamOpen(st, fd, /* receives= */ true, /* sends= */ true, closed, opened) == 0)
        return 0;
    closed(opened);
    return -1;
}

/* What listens at a socket; 0, or -1 with an error raised. */
static int
openSocket(virStreamPtr st, const char *path)
{
    int fd = qemuConnect(path);

    if (fd < 0)
        return -1;
    return virFdStreamOpen(st, fd, /* receives= */ true, /* sends= */ true, NULL, NULL);
}

/* The one with a name, or the first; NULL when there is none. */
static const virDocDomainCharacter *
findCharacter(virDocDomainCharacter *const *list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (!name || !g_strcmp0(list[i]->info.aliasName, name) ||
            !g_strcmp0(list[i]->targetName, name))
            return list[i];
    }
    return NULL;
}

static int
openCharacter(const virDocDomainCharacter *character, virStreamPtr st, unsigned int flags)
{
    if (character->source.type == VIR_DOC_DOMAIN_CHARACTER_TYPE_PTY &&
        character->source.sourcePtyPath)
        return openTerminal(st, character->source.sourcePtyPath, flags);
    if (character->source.type == VIR_DOC_DOMAIN_CHARACTER_TYPE_UNIX &&
        character->source.sourcePath)
        return openSocket(st, character->source.sourcePath);
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INTERNAL_ERROR,
                  "character device %s is not using a PTY or a UNIX socket",
                  character->info.aliasName);
    return -1;
}

int
qemuDomainOpenConsole(virDomainPtr handle, const char *dev_name, virStreamPtr st,
                      unsigned int flags)
{
    qemuDomain *domain = qemuDomainLock(handle);
    const virDocDomainCharacter *console = NULL;
    int ret = -1;

    if (!domain)
        return -1;
    if (qemuDomainRequireActive(domain)) {
        virDocDomain *live = domain->live;

        console = findCharacter(live->consoles, live->nconsoles, dev_name);
        if (!console)
            console = findCharacter(live->serials, live->nserials, dev_name);
        if (!console && dev_name)
            console = findCharacter(live->parallels, live->nparallels, dev_name);
        if (console)
            ret = openCharacter(console, st, flags);
        else
            virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INTERNAL_ERROR, "cannot find console device '%s'",
                          dev_name ? dev_name : "default");
    }
    qemuDomainUnlock(domain);
    return ret;
}

int
qemuDomainOpenChannel(virDomainPtr handle, const char *name, virStreamPtr st, unsigned int flags)
{
    qemuDomain *domain = qemuDomainLock(handle);
    const virDocDomainCharacter *channel;
    int ret = -1;

    if (!domain)
        return -1;
    if (qemuDomainRequireActive(domain)) {
        channel = findCharacter(domain->live->channels, domain->live->nchannels, name);
        if (channel)
            ret = openCharacter(channel, st, flags & VIR_DOMAIN_CHANNEL_FORCE ?
                                VIR_DOMAIN_CONSOLE_FORCE : 0);
        else
            virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INTERNAL_ERROR, "cannot find channel %s",
                          name ? name : "default");
    }
    qemuDomainUnlock(domain);
    return ret;
}

/* A file of QEMU that nobody else finds, for a picture or a dump. */
static char *
temporaryPath(const qemuDomain *domain)
{
    g_autofree char *folder = g_path_get_dirname(domain->process.socket);

    return g_build_filename(folder, "screen.ppm", NULL);
}

char *
qemuDomainScreenshot(virDomainPtr handle, virStreamPtr st, unsigned int screen,
                     unsigned int flags G_GNUC_UNUSED)
{
    qemuDomain *domain = qemuDomainBegin(handle, QEMU_JOB_MODIFY);
    g_autoptr(json_object) result = NULL;
    g_autofree char *path = NULL;
    char *type = NULL;
    int fd = -1;

    if (!domain)
        return NULL;
    if (qemuDomainRequireActive(domain)) {
        size_t heads = domain->live->nvideos;

        if (screen >= heads) {
            virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                          "domain '%s' has %zu screens, number %u is none of them", domain->name,
                          heads, screen);
        } else {
            json_object *arguments;

            path = temporaryPath(domain);
            arguments = qemuJsonStrings("filename", path, "device",
                                        domain->live->videos[screen]->info.aliasName, NULL);
            result = qemuProcessAsk(domain, "screendump", arguments);
        }
    }
    if (result) {
        fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd < 0)
            virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot open the picture '%s'", path);
        unlink(path);
    }
    if (fd >= 0 && virFdStreamOpen(st, fd, /* receives= */ true, /* sends= */ false, NULL,
                                   NULL) == 0)
        type = g_strdup("image/x-portable-pixmap");
    qemuDomainEnd(domain);
    return type;
}

/* QEMU's own command, as it is; with `human` a line of its old monitor. */
static char *
passThrough(qemuDomain *domain, const char *line, bool human)
{
    g_autoptr(json_object) message = NULL;
    g_autoptr(json_object) reply = NULL;
    const char *name;

    if (human) {
        g_autoptr(json_object) result =
            qemuProcessAsk(domain, "human-monitor-command",
                           qemuJsonStrings("command-line", line, NULL));

        return result ? g_strdup(json_object_get_string(result)) : NULL;
    }
    message = json_tokener_parse(line);
    name = qemuJsonString(message, "execute");
    if (!name) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                      "expected an object with the member 'execute', found '%.200s'", line);
        return NULL;
    }
    /* QEMU's refusal is an answer, too. */
    reply = qemuProcessReply(domain, name, json_object_get(qemuJsonGet(message, "arguments")));
    if (!reply)
        return NULL;
    json_object_object_del(reply, "id");
    if (qemuJsonGet(message, "id"))
        json_object_object_add(reply, "id", json_object_get(qemuJsonGet(message, "id")));
    return g_strdup(json_object_to_json_string_ext(reply, JSON_C_TO_STRING_PLAIN));
}

int
qemuDomainQemuMonitorCommand(virDomainPtr handle, const char *cmd, char **result,
                             unsigned int flags)
{
    qemuDomain *domain = qemuDomainBegin(handle, QEMU_JOB_MODIFY);

    *result = NULL;
    if (!domain)
        return -1;
    if (qemuDomainRequireActive(domain))
        *result = passThrough(domain, cmd, flags & VIR_DOMAIN_QEMU_MONITOR_COMMAND_HMP);
    qemuDomainEnd(domain);
    return *result ? 0 : -1;
}
