/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Control groups of guests: found, made, joined, removed. */

#include "qemu_cgroup.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "base/log.h"
#include "qemu_files.h"
#include "qemu_threads.h"
#include "runtime/error.h"

#define SOURCE "qemu.cgroup"
/* All guests are in this group below the daemon's own. */
#define PARENT "machine"
/* The kernel lets go of an ended process in a moment. */
#define REMOVE_TRIES 2000

static const char *const names[] = { "cpu", "cpuacct", "cpuset", "memory", "devices", "blkio" };

G_STATIC_ASSERT(G_N_ELEMENTS(names) == QEMU_CGROUP_LAST);

/* --- where groups can be ------------------------------------------------------------------------- */

/* What this process is in, by a line of /proc/self/cgroup; NULL: it is not in that tree. */
static char *
ownPath(const char *controller)
{
    g_autofree char *text = NULL;
    g_auto(GStrv) lines = NULL;

    if (!g_file_get_contents("/proc/self/cgroup", &text, NULL, NULL))
        return NULL;
    lines = g_strsplit(text, "\n", -1);
    for (size_t i = 0; lines[i]; i++) {
        g_auto(GStrv) parts = g_strsplit(lines[i], ":", 3);
        g_auto(GStrv) mine = parts[0] && parts[1] ? g_strsplit(parts[1], ",", -1) : NULL;

        if (!mine || !parts[2])
            continue;
        /* The unified tree names no controllers. */
        if (controller ? g_strv_contains((const char *const *) mine, controller) : !*parts[1])
            return g_strdup(parts[2]);
    }
    return NULL;
}

/* The folder of this process's group in a mounted tree, or the highest that the mount shows. */
static char *
ownFolder(const char *mountPoint, const char *root, const char *controller)
{
    g_autofree char *path = ownPath(controller);
    const char *below = path && !g_str_equal(root, "/") && g_str_has_prefix(path, root) ?
        path + strlen(root) : path;
    g_autofree char *folder = path ? g_build_filename(mountPoint, below, NULL) : NULL;

    if (!path)
        return NULL;
    /* Who entered a namespace from outside is in a group that cannot be seen from within. */
    if (strstr(path, "/..") || !g_file_test(folder, G_FILE_TEST_IS_DIR))
        return g_strdup(mountPoint);
    return g_steal_pointer(&folder);
}

/* Takes a mount of /proc/self/mountinfo: fields before " - ", and type, device and options behind it. */
static void
takeMount(qemuCgroups *groups, char **fields, char **rest)
{
    bool unified = g_str_equal(rest[0], "cgroup2");
    g_auto(GStrv) options = g_strsplit(rest[2], ",", -1);
    g_autofree char *list = NULL;
    g_autofree char *file = NULL;

    if (unified) {
        g_autofree char *own = ownFolder(fields[4], fields[3], /* controller= */ NULL);

        file = own ? g_build_filename(own, "cgroup.controllers", NULL) : NULL;
        if (!file || !g_file_get_contents(file, &list, NULL, NULL))
            return;
        g_strfreev(options);
        options = g_strsplit(g_strstrip(list), " ", -1);
    }
    for (size_t i = 0; i < QEMU_CGROUP_LAST; i++) {
        const char *name = unified && i == QEMU_CGROUP_BLKIO ? "io" :
                           unified && i == QEMU_CGROUP_CPUACCT ? "cpu" : names[i];

        if (groups->base[i] || !g_strv_contains((const char *const *) options, name))
            continue;
        groups->base[i] = ownFolder(fields[4], fields[3], unified ? NULL : names[i]);
        groups->unified |= unified;
    }
}

static void
findMounts(qemuCgroups *groups)
{
    g_autofree char *text = NULL;
    g_auto(GStrv) lines = NULL;

    if (!g_file_get_contents("/proc/self/mountinfo", &text, NULL, NULL))
        return;
    lines = g_strsplit(text, "\n", -1);
    for (size_t i = 0; lines[i]; i++) {
        const char *dash = strstr(lines[i], " - ");
        g_auto(GStrv) fields = g_strsplit(lines[i], " ", -1);
        g_auto(GStrv) rest = dash ? g_strsplit(dash + 3, " ", 3) : NULL;

        if (rest && g_strv_length(rest) == 3 && g_strv_length(fields) > 4 &&
            g_str_has_prefix(rest[0], "cgroup"))
            takeMount(groups, fields, rest);
    }
}

/* Gives a controller up, for a reason; takes the reason. */
static void
giveUp(qemuCgroups *groups, size_t controller, char *why)
{
    g_clear_pointer(&groups->base[controller], g_free);
    g_free(groups->why[controller]);
    groups->why[controller] = why;
}

/* Writes a word to a file of the kernel, which may refuse it. */
static void
tryWrite(const char *folder, const char *file, const char *word)
{
    g_autofree char *path = g_build_filename(folder, file, NULL);
    int fd = open(path, O_WRONLY | O_CLOEXEC);

    if (fd < 0 || write(fd, word, strlen(word)) < 0)
        VIR_LOG(VIR_LOG_INFO, SOURCE, "cannot write '%s' to '%s': %s", word, path,
                g_strerror(errno));
    if (fd >= 0)
        close(fd);
}

/*
 * Lets groups below the parent use the controllers. A group that shares something out must not have
 * processes of its own (version 2), so the daemon goes into one beside the guests.
 */
static void
shareOut(const char *own, const char *parent)
{
    static const char *const all[] = { "+cpu", "+cpuset", "+memory", "+io" };
    g_autofree char *daemon = g_build_filename(own, "libvirtd", NULL);

    if (mkdir(daemon, 0755) == 0 || errno == EEXIST)
        tryWrite(daemon, "cgroup.procs", "0");
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        tryWrite(own, "cgroup.subtree_control", all[i]);
        tryWrite(parent, "cgroup.subtree_control", all[i]);
    }
}

/* Makes the parent of all guests in a controller's tree, or gives the controller up. */
static void
prepareParent(qemuCgroups *groups, size_t controller)
{
    g_autofree char *own = g_steal_pointer(&groups->base[controller]);
    g_autofree char *folder = g_build_filename(own, PARENT, NULL);

    if (mkdir(folder, 0755) < 0 && errno != EEXIST) {
        giveUp(groups, controller,
               g_strdup_printf("the group '%s' cannot be made: %s", folder, g_strerror(errno)));
        return;
    }
    if (groups->unified && controller == QEMU_CGROUP_CPU)
        shareOut(own, folder);
    groups->base[controller] = g_steal_pointer(&folder);
}

/* A group of this tree is of no use before it has processors and memory. */
static bool
inheritCpuset(const char *folder)
{
    static const char *const files[] = { "cpuset.cpus", "cpuset.mems" };
    g_autofree char *above = g_path_get_dirname(folder);

    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *from = g_build_filename(above, files[i], NULL);
        g_autofree char *to = g_build_filename(folder, files[i], NULL);
        g_autofree char *text = NULL;
        int fd;
        bool done;

        if (!g_file_get_contents(from, &text, NULL, NULL))
            return false;
        fd = open(to, O_WRONLY | O_CLOEXEC);
        done = fd >= 0 && write(fd, text, strlen(text)) >= 0;
        if (fd >= 0)
            close(fd);
        if (!done)
            return false;
    }
    return true;
}

void
qemuCgroupsFind(qemuCgroups *groups, const qemuSettings *settings, bool wanted)
{
    const char *const *allowed = (const char *const *) settings->cgroupControllers;

    *groups = (qemuCgroups) { 0 };
    if (wanted)
        findMounts(groups);
    for (size_t i = 0; i < QEMU_CGROUP_LAST; i++) {
        if (!wanted)
            giveUp(groups, i, g_strdup("only guests of qemu:///system have groups"));
        else if (allowed && !g_strv_contains(allowed, names[i]))
            giveUp(groups, i, g_strdup("cgroup_controllers of qemu.conf leaves it out"));
        else if (groups->unified && i == QEMU_CGROUP_DEVICES)
            giveUp(groups, i, g_strdup("version 2 filters devices by BPF programs, which this build "
                                       "does not load"));
        else if (!groups->base[i])
            giveUp(groups, i, g_strdup("it is not mounted where this process sees it"));
        else
            prepareParent(groups, i);
    }
    if (groups->base[QEMU_CGROUP_CPUSET] && !groups->unified &&
        !inheritCpuset(groups->base[QEMU_CGROUP_CPUSET]))
        giveUp(groups, QEMU_CGROUP_CPUSET, g_strdup("its groups get no processors"));
    for (size_t i = 0; wanted && i < QEMU_CGROUP_LAST; i++) {
        if (groups->why[i])
            VIR_LOG(VIR_LOG_INFO, SOURCE, "guests run without the controller '%s': %s", names[i],
                    groups->why[i]);
    }
}

void
qemuCgroupsClear(qemuCgroups *groups)
{
    for (size_t i = 0; i < QEMU_CGROUP_LAST; i++)
        giveUp(groups, i, NULL);
}

bool
qemuCgroupRequire(const qemuHost *host, qemuCgroupController controller)
{
    if (host->cgroups.base[controller])
        return true;
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_INVALID,
                  "this needs the control group controller '%s': %s", names[controller],
                  host->cgroups.why[controller]);
    return false;
}

/* --- files of a group ---------------------------------------------------------------------------- */

static char *
folderOf(const qemuDomain *domain, size_t controller, const char *part)
{
    return g_build_filename(domain->host->cgroups.base[controller], domain->process.cgroup, part,
                            NULL);
}

bool
qemuCgroupWrite(const qemuDomain *domain, qemuCgroupController controller, const char *part,
                const char *file, const char *format, ...)
{
    g_autofree char *folder = NULL;
    g_autofree char *path = NULL;
    g_autofree char *text = NULL;
    va_list arguments;
    int fd, number;
    bool done;

    if (!qemuCgroupRequire(domain->host, controller))
        return false;
    folder = folderOf(domain, controller, part);
    path = g_build_filename(folder, file, NULL);
    va_start(arguments, format);
    text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    fd = open(path, O_WRONLY | O_CLOEXEC);
    done = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t) strlen(text);
    number = errno;
    if (fd >= 0)
        close(fd);
    if (!done)
        virErrorRaiseSystem(VIR_FROM_QEMU, number, "cannot write '%s' to '%s' for domain '%s'%s",
                            text, path, domain->name,
                            fd < 0 && number == ENOENT ? "; this kernel does not have it" : "");
    return done;
}

char *
qemuCgroupRead(const qemuDomain *domain, qemuCgroupController controller, const char *part,
               const char *file)
{
    g_autofree char *folder = NULL;
    g_autofree char *path = NULL;
    char *text = NULL;

    if (!domain->host->cgroups.base[controller] || !domain->process.cgroup)
        return NULL;
    folder = folderOf(domain, controller, part);
    path = g_build_filename(folder, file, NULL);
    return g_file_get_contents(path, &text, NULL, NULL) ? g_strchomp(text) : NULL;
}

/* --- a guest's group ----------------------------------------------------------------------------- */

/* Whether a controller shares its folder with one before it, as all of version 2 do. */
static bool
isRepeated(const qemuDomain *domain, size_t controller)
{
    char *const *base = domain->host->cgroups.base;

    for (size_t i = 0; i < controller; i++) {
        if (base[i] && g_str_equal(base[i], base[controller]))
            return true;
    }
    return false;
}

/* Makes a group or a part of one; false with an error raised. */
static bool
makeFolder(const qemuDomain *domain, size_t controller, const char *part)
{
    g_autofree char *folder = folderOf(domain, controller, part);

    if (mkdir(folder, 0755) < 0 && errno != EEXIST) {
        virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot make the control group '%s'", folder);
        return false;
    }
    if (controller == QEMU_CGROUP_CPUSET && !domain->host->cgroups.unified &&
        !inheritCpuset(folder)) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED,
                      "the control group '%s' gets no processors", folder);
        return false;
    }
    return !part || !domain->host->cgroups.unified ||
           qemuCgroupWrite(domain, controller, part, "cgroup.type", "threaded");
}

/* Threads are told apart by what shares out processors; the other controllers see the guest as a whole. */
static bool
hasParts(size_t controller)
{
    return controller == QEMU_CGROUP_CPU || controller == QEMU_CGROUP_CPUACCT;
}

/* Opens the file by which the child joins a group. */
static bool
addJoin(const qemuDomain *domain, size_t controller, GArray *joins)
{
    g_autofree char *folder = folderOf(domain, controller, hasParts(controller) ? "emulator" : NULL);
    /* A thread joins without stopping the whole machine for it. */
    g_autofree char *path = g_build_filename(folder, domain->host->cgroups.unified ?
                                             "cgroup.procs" : "tasks", NULL);
    int fd = open(path, O_WRONLY | O_CLOEXEC);

    if (fd < 0) {
        virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot open '%s'", path);
        return false;
    }
    g_array_append_val(joins, fd);
    return true;
}

/* Lets the guest open the devices that every guest may. */
static bool
allowUsual(const qemuDomain *domain)
{
    static const char *const usual[] = {
        "/dev/null", "/dev/full", "/dev/zero", "/dev/random", "/dev/urandom", "/dev/ptmx", "/dev/kvm",
        "/dev/userfaultfd", NULL,
    };
    const char *const *all = (const char *const *) domain->host->settings.cgroupDeviceAcl;

    if (!qemuCgroupWrite(domain, QEMU_CGROUP_DEVICES, NULL, "devices.deny", "a") ||
        /* Pseudo terminals, whichever will be given. */
        !qemuCgroupWrite(domain, QEMU_CGROUP_DEVICES, NULL, "devices.allow", "c 136:* rwm"))
        return false;
    for (size_t i = 0; (all ? all : usual)[i]; i++) {
        struct stat device;

        if (stat((all ? all : usual)[i], &device) == 0 && S_ISCHR(device.st_mode) &&
            !qemuCgroupWrite(domain, QEMU_CGROUP_DEVICES, NULL, "devices.allow", "c %u:%u rwm",
                             major(device.st_rdev), minor(device.st_rdev)))
            return false;
    }
    return true;
}

void
qemuCgroupAllow(const qemuDomain *domain, GPtrArray *files, bool allowed)
{
    if (!domain->process.cgroup || !domain->host->cgroups.base[QEMU_CGROUP_DEVICES])
        return;
    for (guint i = 0; i < files->len; i++) {
        const qemuFile *file = files->pdata[i];
        struct stat device;

        if (stat(file->path, &device) < 0 ||
            !(S_ISCHR(device.st_mode) || S_ISBLK(device.st_mode)))
            continue;
        if (!qemuCgroupWrite(domain, QEMU_CGROUP_DEVICES, NULL,
                             allowed ? "devices.allow" : "devices.deny", "%c %u:%u r%s",
                             S_ISBLK(device.st_mode) ? 'b' : 'c', major(device.st_rdev),
                             minor(device.st_rdev), file->write || !allowed ? "wm" : "m"))
            virResetLastError();
    }
}

/* What a description names in another way than by a path: devices of the host, screens, sockets. */
static bool
allowKinds(const qemuDomain *domain, const virDocDomain *document)
{
    const struct {
        bool given;
        const char *rule;
    } kinds[] = {
        { document->nhostdevs > 0, "c 189:* rwm" },     /* USB */
        { document->nhostdevs > 0, "c 10:196 rwm" },    /* /dev/vfio/vfio */
        { document->nsounds > 0, "c 116:* rwm" },       /* ALSA */
        { document->ngraphics > 0, "c 226:* rwm" },     /* rendering */
        { document->vsock, "c 10:241 rwm" },            /* /dev/vhost-vsock */
        { document->ntpms > 0, "c 10:224 rwm" },        /* /dev/tpm0 */
    };

    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (kinds[i].given && !qemuCgroupWrite(domain, QEMU_CGROUP_DEVICES, NULL, "devices.allow",
                                               "%s", kinds[i].rule))
            return false;
    }
    return true;
}

bool
qemuCgroupMake(qemuDomain *domain, const virDocDomain *document, int id, GArray *joins)
{
    char *const *base = domain->host->cgroups.base;
    g_autoptr(GPtrArray) files = NULL;
    bool any = false, done = true;

    for (size_t i = 0; i < QEMU_CGROUP_LAST; i++)
        any |= base[i] != NULL;
    if (any) {
        g_autofree char *name = g_strdup_printf("qemu-%d-%s.libvirt-qemu", id, domain->name);

        domain->process.cgroup = g_strdelimit(g_steal_pointer(&name), "/", '_');
    }
    for (size_t i = 0; done && i < QEMU_CGROUP_LAST; i++) {
        if (base[i] && !isRepeated(domain, i))
            done = makeFolder(domain, i, NULL) &&
                   (!hasParts(i) || makeFolder(domain, i, "emulator")) &&
                   addJoin(domain, i, joins);
    }
    if (!done || !qemuCgroupTune(domain, document))
        return false;
    if (!base[QEMU_CGROUP_DEVICES])
        return true;
    if (!allowUsual(domain) || !allowKinds(domain, document))
        return false;
    files = qemuFilesOf(document);
    qemuCgroupAllow(domain, files, /* allowed= */ true);
    return true;
}

/* Moves a thread into a part of its own; false with an error raised. */
static bool
moveThread(const qemuDomain *domain, const char *part, pid_t thread)
{
    for (size_t i = 0; i < QEMU_CGROUP_LAST; i++) {
        if (!domain->host->cgroups.base[i] || !hasParts(i) || isRepeated(domain, i))
            continue;
        if (!makeFolder(domain, i, part) ||
            !qemuCgroupWrite(domain, i, part,
                             domain->host->cgroups.unified ? "cgroup.threads" : "tasks", "%d",
                             (int) thread))
            return false;
    }
    return true;
}

bool
qemuCgroupThreads(qemuDomain *domain, const virDocDomain *document)
{
    const virDocDomainCputune none = { 0 };
    const virDocDomainCputune *tune = document->cputune ? document->cputune : &none;
    const struct {
        const char *word;
        GArray *numbers;
        pid_t (*threadOf)(const qemuDomain *domain, unsigned int number);
        unsigned long long period;
        long long quota;
    } kinds[] = {
        { "vcpu", qemuThreadsNumbers(domain->process.vcpus), qemuThreadsVcpu, tune->period,
          tune->quota },
        { "iothread", qemuThreadsNumbers(domain->process.iothreads), qemuThreadsIothread,
          tune->iothreadPeriod, tune->iothreadQuota },
    };
    bool done = domain->process.cgroup && domain->host->cgroups.base[QEMU_CGROUP_CPU];

    for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++) {
        for (guint i = 0; done && i < kinds[k].numbers->len; i++) {
            unsigned int number = g_array_index(kinds[k].numbers, unsigned int, i);
            g_autofree char *part = g_strdup_printf("%s%u", kinds[k].word, number);

            done = moveThread(domain, part, kinds[k].threadOf(domain, number)) &&
                   qemuCgroupTime(domain, part, kinds[k].period, kinds[k].quota);
        }
        g_array_unref(kinds[k].numbers);
    }
    return done || !domain->process.cgroup || !domain->host->cgroups.base[QEMU_CGROUP_CPU];
}

/* Removes a folder and those below it, which are groups of threads. */
static bool
removeFolder(const char *folder)
{
    GDir *open = g_dir_open(folder, 0, NULL);
    const char *name;

    if (!open)
        return true;
    while ((name = g_dir_read_name(open))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);

        /* Everything else are files of the kernel. */
        if (g_file_test(path, G_FILE_TEST_IS_DIR))
            rmdir(path);
    }
    g_dir_close(open);
    return rmdir(folder) == 0;
}

void
qemuCgroupRemove(qemuDomain *domain)
{
    for (size_t i = 0; domain->process.cgroup && i < QEMU_CGROUP_LAST; i++) {
        g_autofree char *folder = domain->host->cgroups.base[i] ? folderOf(domain, i, NULL) : NULL;
        int left = REMOVE_TRIES;

        while (folder && !removeFolder(folder) && errno == EBUSY && --left)
            g_usleep(1000);
        if (!left)
            VIR_LOG(VIR_LOG_WARNING, SOURCE, "the control group '%s' is left: processes are in it",
                    folder);
    }
    g_clear_pointer(&domain->process.cgroup, g_free);
}

void
qemuCgroupsSweep(const qemuCgroups *groups)
{
    for (size_t i = 0; i < QEMU_CGROUP_LAST; i++) {
        GDir *open = groups->base[i] ? g_dir_open(groups->base[i], 0, NULL) : NULL;
        const char *name;

        while (open && (name = g_dir_read_name(open))) {
            g_autofree char *folder = g_build_filename(groups->base[i], name, NULL);

            /* The kernel keeps those that processes are in. */
            if (g_str_has_prefix(name, "qemu-") && g_str_has_suffix(name, ".libvirt-qemu"))
                removeFolder(folder);
        }
        if (open)
            g_dir_close(open);
    }
}
