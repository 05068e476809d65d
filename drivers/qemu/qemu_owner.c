/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files that change hands: QEMU's as long as a guest runs, their owner's again afterwards. */

#include "qemu_owner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "base/log.h"
#include "qemu_cgroup.h"
#include "qemu_check.h"
#include "runtime/error.h"

/* Where a file's owner is noted, and for how many guests; a restart of the host makes both void. */
#define OWNER "trusted.libvirt.security.dac"
#define COUNT "trusted.libvirt.security.ref_dac"
#define SINCE "trusted.libvirt.security.timestamp_dac"
#define SOURCE "qemu.owner"

/* Guards the notes of all files; nothing is called out with it. */
static GMutex lock;

/* When this host booted, in seconds; it tells notes of an earlier life. */
static guint64
bootTime(void)
{
    g_autofree char *text = NULL;
    const char *found;

    if (!g_file_get_contents("/proc/stat", &text, NULL, NULL))
        return 0;
    found = strstr(text, "\nbtime ");
    return found ? g_ascii_strtoull(found + strlen("\nbtime "), NULL, 10) : 0;
}

/* A note of a file; NULL: there is none. */
static char *
readNote(int fd, const char *name)
{
    char text[64];
    ssize_t got = fgetxattr(fd, name, text, sizeof(text) - 1);

    return got < 0 ? NULL : g_strndup(text, (gsize) got);
}

static bool
writeNote(int fd, const char *name, const char *format, ...) G_GNUC_PRINTF(3, 4);

static bool
writeNote(int fd, const char *name, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list arguments;

    va_start(arguments, format);
    text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return fsetxattr(fd, name, text, strlen(text), 0) == 0;
}

static void
eraseNotes(int fd)
{
    fremovexattr(fd, OWNER);
    fremovexattr(fd, COUNT);
    fremovexattr(fd, SINCE);
}

/* How many guests have the file, by its notes; 0: none, or notes of an earlier life of the host. */
static guint64
countOf(int fd)
{
    g_autofree char *count = readNote(fd, COUNT);
    g_autofree char *since = readNote(fd, SINCE);

    /* The clock may have been set since; a restart takes longer than a minute's difference. */
    if (!count || !since ||
        ABS((gint64) (g_ascii_strtoull(since, NULL, 10) - bootTime())) > 60)
        return 0;
    return g_ascii_strtoull(count, NULL, 10);
}

/* Notes the owner of a file, once for each guest that has it. Where there are no notes, none is missed. */
static void
note(int fd, const struct stat *now)
{
    guint64 count = countOf(fd);

    if (count == 0 && !(writeNote(fd, OWNER, "+%u:+%u", now->st_uid, now->st_gid) &&
                        writeNote(fd, SINCE, "%" G_GUINT64_FORMAT, bootTime()))) {
        eraseNotes(fd);
        return;
    }
    writeNote(fd, COUNT, "%" G_GUINT64_FORMAT, count + 1);
}

/* Opened for its owner alone: nothing waits for a device or a pipe. */
static int
openFile(const char *path)
{
    return open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
}

static bool
giveFile(const qemuSettings *settings, const qemuIdentity *identity, const qemuFile *file,
         GPtrArray *given)
{
    struct stat now;
    int fd = openFile(file->path), number;
    bool done;

    if (fd < 0 && errno == ENOENT && file->made)
        fd = open(file->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        virErrorRaiseSystem(VIR_FROM_SECURITY, errno, "cannot open '%s' of %s", file->path,
                            file->what);
        return false;
    }
    g_mutex_lock(&lock);
    if (settings->rememberOwner && fstat(fd, &now) == 0)
        note(fd, &now);
    done = fchown(fd, identity->user, identity->group) == 0;
    number = errno;
    g_mutex_unlock(&lock);
    close(fd);
    g_ptr_array_add(given, g_strdup(file->path));
    if (!done)
        virErrorRaiseSystem(VIR_FROM_SECURITY, number,
                            "cannot give '%s' of %s to user '%s'; where the file system does not "
                            "allow it, dynamic_ownership = 0 in qemu.conf leaves owners alone",
                            file->path, file->what, identity->name);
    return done;
}

bool
qemuOwnerGive(const qemuSettings *settings, const qemuIdentity *identity, GPtrArray *files,
              GPtrArray *given)
{
    if (!identity->other || !identity->owns)
        return true;
    for (guint i = 0; i < files->len; i++) {
        const qemuFile *file = files->pdata[i];

        if (file->kept || (file->read && qemuCheckReads(identity, file->path)))
            continue;
        if (!giveFile(settings, identity, file, given))
            return false;
    }
    return true;
}

/* Gives a file to whom its notes name, or to root, when this was the last guest. */
static void
takeBackFile(const char *path)
{
    g_autofree char *owner = NULL;
    unsigned int user = 0, group = 0;
    guint64 count;
    int fd = openFile(path);

    if (fd < 0) {
        VIR_LOG(VIR_LOG_WARNING, SOURCE, "cannot give '%s' back: %s", path, g_strerror(errno));
        return;
    }
    g_mutex_lock(&lock);
    count = countOf(fd);
    if (count > 1) {
        writeNote(fd, COUNT, "%" G_GUINT64_FORMAT, count - 1);
    } else {
        owner = count ? readNote(fd, OWNER) : NULL;
        if (owner && sscanf(owner, "+%u:+%u", &user, &group) != 2)
            user = group = 0;
        eraseNotes(fd);
        if (fchown(fd, user, group) < 0)
            VIR_LOG(VIR_LOG_WARNING, SOURCE, "cannot give '%s' back to user %u: %s", path, user,
                    g_strerror(errno));
    }
    g_mutex_unlock(&lock);
    close(fd);
}

void
qemuOwnerTakeBack(GPtrArray *given)
{
    for (guint i = 0; given && i < given->len; i++)
        takeBackFile(given->pdata[i]);
    if (given)
        g_ptr_array_set_size(given, 0);
}

bool
qemuOwnerGiveDisk(qemuDomain *domain, const virDocDomainDisk *disk)
{
    g_auto(qemuIdentity) identity = { 0 };
    g_autoptr(GPtrArray) files = qemuFilesOfDisk(disk);

    if (!domain->process.given)
        domain->process.given = g_ptr_array_new_with_free_func(g_free);
    if (qemuIdentityFind(&identity, domain->host, domain->live, /* running= */ true) &&
        qemuCheckFiles(&identity, files, domain->live) &&
        qemuOwnerGive(&domain->host->settings, &identity, files, domain->process.given)) {
        qemuCgroupAllow(domain, files, /* allowed= */ true);
        return true;
    }
    qemuOwnerTakeBackDisk(domain, disk);
    return false;
}

void
qemuOwnerTakeBackDisk(qemuDomain *domain, const virDocDomainDisk *disk)
{
    g_autoptr(GPtrArray) files = qemuFilesOfDisk(disk);
    GPtrArray *given = domain->process.given;
    guint index;

    qemuCgroupAllow(domain, files, /* allowed= */ false);
    for (guint i = 0; given && i < files->len; i++) {
        const qemuFile *file = files->pdata[i];

        if (!g_ptr_array_find_with_equal_func(given, file->path, g_str_equal, &index))
            continue;
        takeBackFile(file->path);
        g_ptr_array_remove_index_fast(given, index);
    }
}
