/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a start would stumble over, found before QEMU runs and named with its remedy. */

#define _GNU_SOURCE 1

#include "qemu_check.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "qemu_port.h"
#include "runtime/error.h"

/* One look at a path, in a thread that is who QEMU will be. */
typedef struct {
    const qemuIdentity *identity;
    const char *path;
    int mode;
    int problem;                /* an errno; 0: none */
    char *at;                   /* the part of the path that has it */
} Look;

/* The first part of the path that can't be passed, or the file itself when it can't be used. */
static void
look(Look *look)
{
    const char *slash = look->path;

    look->problem = 0;
    while (!look->problem && (slash = strchr(slash + 1, '/'))) {
        g_autofree char *part = g_strndup(look->path, (gsize) (slash - look->path));

        if (faccessat(AT_FDCWD, part, X_OK, AT_EACCESS) < 0) {
            look->problem = errno;
            look->at = g_steal_pointer(&part);
        }
    }
    if (!look->problem && faccessat(AT_FDCWD, look->path, look->mode, AT_EACCESS) < 0)
        look->problem = errno;
}

static gpointer
lookAsOther(gpointer opaque)
{
    Look *one = opaque;

    if (qemuIdentityBecome(one->identity))
        look(one);
    else
        one->problem = errno;
    return NULL;
}

/* What `look->identity` meets on the way to a path. */
static void
lookAs(Look *one)
{
    if (one->identity->other)
        g_thread_join(g_thread_new("qemu-look", lookAsOther, one));
    else
        look(one);
}

bool
qemuCheckReads(const qemuIdentity *identity, const char *path)
{
    Look one = { .identity = identity, .path = path, .mode = R_OK };

    lookAs(&one);
    g_free(one.at);
    return one.problem == 0;
}

static const char *
whoIs(const qemuIdentity *identity)
{
    return identity->other ? identity->name : g_get_user_name();
}

/* Says what is wrong with the way to a file, or with the file; always false. */
static bool
refuse(const Look *one, const qemuFile *file, const virDocDomain *document)
{
    const char *who = whoIs(one->identity);

    if (one->problem == ENOENT && one->at)
        virErrorRaiseSystem(VIR_FROM_QEMU, ENOENT,
                            "Cannot access storage file '%s' of %s of domain '%s': the folder '%s' "
                            "does not exist; make it, or name another path", file->path, file->what,
                            document->name, one->at);
    else if (one->problem == ENOENT)
        virErrorRaiseSystem(VIR_FROM_QEMU, ENOENT,
                            "Cannot access storage file '%s' of %s of domain '%s': make it (images "
                            "by qemu-img create), or name another path", file->path, file->what,
                            document->name);
    else if (one->problem == EACCES && one->at)
        virErrorRaiseSystem(VIR_FROM_QEMU, EACCES,
                            "Cannot access storage file '%s' of %s of domain '%s': QEMU runs as "
                            "user '%s', who may not enter '%s'; allow it by setfacl -m u:%s:x '%s', "
                            "or move the file to a folder that is open",
                            file->path, file->what, document->name, who, one->at, who, one->at);
    else if (one->problem == EACCES)
        virErrorRaiseSystem(VIR_FROM_QEMU, EACCES,
                            "Cannot access storage file '%s' of %s of domain '%s': QEMU runs as "
                            "user '%s', who may not %s it; change its owner, its permissions, or "
                            "user of qemu.conf", file->path, file->what, document->name, who,
                            one->mode & W_OK ? "write" : "read");
    else
        virErrorRaiseSystem(VIR_FROM_QEMU, one->problem,
                            "Cannot access storage file '%s' of %s of domain '%s' as user '%s'",
                            file->path, file->what, document->name, who);
    return false;
}

/* How much of a file must be allowed already: what is given to QEMU needs the way only. */
static int
modeOf(const qemuIdentity *identity, const qemuFile *file)
{
    if (identity->other && identity->owns && !file->kept)
        return F_OK;
    return file->write ? R_OK | W_OK : R_OK;
}

static bool
checkFile(const qemuIdentity *identity, const qemuFile *file, const virDocDomain *document)
{
    Look one = { .identity = identity, .path = file->path, .mode = modeOf(identity, file) };
    g_autofree char *at = NULL;

    if (!g_path_is_absolute(file->path)) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_CONFIG_UNSUPPORTED,
                      "'%s' of %s of domain '%s' must be an absolute path", file->path, file->what,
                      document->name);
        return false;
    }
    lookAs(&one);
    at = one.at;
    if (one.problem == ENOENT && file->made && !one.at)
        return true;
    return one.problem == 0 || refuse(&one, file, document);
}

bool
qemuCheckFiles(const qemuIdentity *identity, GPtrArray *files, const virDocDomain *document)
{
    for (guint i = 0; i < files->len; i++) {
        if (!checkFile(identity, files->pdata[i], document))
            return false;
    }
    return true;
}

void
qemuCheckDrop(virDocDomain *document)
{
    for (size_t i = 0; i < document->ndisks; i++) {
        virDocDomainDisk *disk = document->disks[i];
        const char *path = qemuFileOfSource(&disk->storage);

        if (path && disk->storage.sourceStartupPolicy == VIR_DOC_DOMAIN_STARTUP_POLICY_OPTIONAL &&
            disk->device != VIR_DOC_DOMAIN_DISK_DEVICE_DISK && access(path, F_OK) < 0) {
            g_clear_pointer(&disk->storage.sourceFile, g_free);
            g_clear_pointer(&disk->storage.sourceDev, g_free);
        }
    }
}

/* --- networks, ports, memory ---------------------------------------------------------------------- */

static bool
checkPort(int port, const char *what, const virDocDomain *document, const char *remedy)
{
    if (qemuPortIsFree(port))
        return true;
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED,
                  "TCP port %d of %s of domain '%s' is taken: %s", port, what, document->name,
                  remedy);
    return false;
}

static bool
checkScreens(const virDocDomain *document)
{
    for (size_t i = 0; i < document->ngraphics; i++) {
        const virDocDomainGraphics *graphics = document->graphics[i];

        if (graphics->type == VIR_DOC_DOMAIN_GRAPHICS_TYPE_VNC && !graphics->socket &&
            graphics->hasPort && graphics->port > 0 &&
            graphics->autoport != VIR_DOC_SWITCH_ON &&
            !checkPort(graphics->port, "the VNC screen", document,
                       "name another, or let one be chosen (port='-1')"))
            return false;
    }
    return true;
}

/* A serial port that waits for connections. */
static bool
checkSerials(const virDocDomain *document)
{
    for (size_t i = 0; i < document->nserials; i++) {
        const virDocDomainCharacterSource *source = &document->serials[i]->source;
        g_autofree char *what = g_strdup_printf("serial %zu", i);

        int port = source->sourceService ? (int) g_ascii_strtoll(source->sourceService, NULL, 10) :
            0;

        if (source->type == VIR_DOC_DOMAIN_CHARACTER_TYPE_TCP && port > 0 &&
            source->sourceMode == VIR_DOC_DOMAIN_CHARACTER_MODE_BIND &&
            !checkPort(port, what, document, "name another service"))
            return false;
    }
    return true;
}

static bool
checkLink(const char *name, const char *kind, bool bridge, const virDocDomain *document)
{
    g_autofree char *path = g_build_filename("/sys/class/net", name, bridge ? "bridge" : NULL, NULL);

    if (access(path, F_OK) == 0)
        return true;
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED,
                  "interface of domain '%s': there is no %s '%s' on this host; make it (ip link add "
                  "%s type %s), or name another", document->name, kind, name, name,
                  bridge ? "bridge" : "dummy");
    return false;
}

static bool
checkInterfaces(const virDocDomain *document)
{
    for (size_t i = 0; i < document->ninterfaces; i++) {
        const virDocDomainInterface *interface = document->interfaces[i];

        if (interface->type == VIR_DOC_DOMAIN_INTERFACE_TYPE_BRIDGE && interface->sourceBridge &&
            !checkLink(interface->sourceBridge, "bridge", /* bridge= */ true, document))
            return false;
        if (interface->type == VIR_DOC_DOMAIN_INTERFACE_TYPE_DIRECT && interface->sourceDev &&
            !checkLink(interface->sourceDev, "device", /* bridge= */ false, document))
            return false;
    }
    return true;
}

/* A number of /proc/meminfo, in KiB; 0 when there is none of that name. */
static guint64
memoryOf(const char *name)
{
    g_autofree char *text = NULL;
    g_auto(GStrv) lines = NULL;
    gsize length = strlen(name);

    if (!g_file_get_contents("/proc/meminfo", &text, NULL, NULL))
        return 0;
    lines = g_strsplit(text, "\n", -1);
    for (size_t i = 0; lines[i]; i++) {
        if (g_str_has_prefix(lines[i], name) && lines[i][length] == ':')
            return g_ascii_strtoull(lines[i] + length + 1, NULL, 10);
    }
    return 0;
}

/* How much memory the kernel would promise to one process, in KiB. */
static guint64
mostMemory(void)
{
    g_autofree char *policy = NULL;
    guint64 promised;

    if (!g_file_get_contents("/proc/sys/vm/overcommit_memory", &policy, NULL, NULL) ||
        *policy == '1')
        return G_MAXUINT64;
    if (*policy != '2')
        return memoryOf("MemTotal") + memoryOf("SwapTotal");
    promised = memoryOf("Committed_AS");
    return memoryOf("CommitLimit") - MIN(promised, memoryOf("CommitLimit"));
}

static bool
checkMemory(const virDocDomain *document)
{
    guint64 most = mostMemory();

    /* Huge pages are a store of their own. */
    if (document->memory <= most ||
        (document->memoryBacking && document->memoryBacking->hasHugepages))
        return true;
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_NO_MEMORY,
                  "domain '%s' wants %llu MiB of memory, this host has %llu MiB with its swap "
                  "space: give the domain less, or the host more", document->name,
                  document->memory / 1024, (unsigned long long) most / 1024);
    return false;
}

bool
qemuCheckHost(const virDocDomain *document)
{
    return checkScreens(document) && checkSerials(document) && checkInterfaces(document) &&
           checkMemory(document);
}
