/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Moving the calling process into a container: namespaces, control groups, security label. */

#define _GNU_SOURCE 1

#include <errno.h>
#include <fcntl.h>
#include <linux/nsfs.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <glib.h>
#include <libvirt/libvirt.h>
#include <libvirt/libvirt-lxc.h>
#include <libvirt/virterror.h>

#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/local.h"
#include "runtime/objects.h"

#define CGROUP_ROOT "/sys/fs/cgroup"

static const char *const namespaces[] = { "user", "ipc", "uts", "net", "pid", "mnt" };

static void
closeAll(GArray *fds)
{
    guint i;

    for (i = 0; i < fds->len; i++)
        close(g_array_index(fds, int, i));
    g_array_unref(fds);
}

/* The namespaces the process is in now, so that it can come back; NULL with an error raised. */
static GArray *
openOwnNamespaces(void)
{
    GArray *fds = g_array_new(FALSE, FALSE, sizeof(int));
    gsize i;

    for (i = 0; i < G_N_ELEMENTS(namespaces); i++) {
        g_autofree char *path = g_strdup_printf("/proc/self/ns/%s", namespaces[i]);
        int fd = open(path, O_RDONLY | O_CLOEXEC);

        if (fd >= 0) {
            g_array_append_val(fds, fd);
        } else if (errno != ENOENT) {
            virErrorRaiseSystem(VIR_FROM_LXC, errno, "cannot open '%s'", path);
            closeAll(fds);
            return NULL;
        }
    }
    return fds;
}

/* The kernel refuses to enter the user namespace that the process is in already. */
static bool
isOwnUser(int fd, int number)
{
    int kind = ioctl(fd, NS_GET_NSTYPE);

    errno = number;
    return number == EINVAL && kind == CLONE_NEWUSER;
}

int
localDomainLxcEnterNamespace(virDomainPtr domain G_GNUC_UNUSED, unsigned int nfdlist, int *fdlist,
                             unsigned int *noldfdlist, int **oldfdlist,
                             unsigned int flags G_GNUC_UNUSED)
{
    GArray *old = NULL;
    unsigned int i;

    if (nfdlist == 0) {
        virErrorRaise(VIR_FROM_NONE, VIR_ERR_INVALID_ARG, "fdlist holds no descriptor");
        return -1;
    }
    if (noldfdlist && oldfdlist) {
        old = openOwnNamespaces();
        if (!old)
            return -1;
    }
    for (i = 0; i < nfdlist; i++) {
        if (fdlist[i] >= 0 && setns(fdlist[i], 0) < 0 && !isOwnUser(fdlist[i], errno)) {
            virErrorRaiseSystem(VIR_FROM_LXC, errno,
                                "cannot enter the namespace of descriptor %d", fdlist[i]);
            if (old)
                closeAll(old);
            return -1;
        }
    }
    if (old) {
        *noldfdlist = old->len;
        *oldfdlist = (int *) (void *) g_array_free(old, /* free_segment= */ FALSE);
    }
    return 0;
}

/* Writes a file that exists, in one piece; a negative errno when it cannot. */
static int
writeFile(const char *path, const char *text)
{
    size_t length = strlen(text);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    int result = 0;

    if (fd < 0)
        return -errno;
    if (write(fd, text, length) != (ssize_t) length)
        result = errno ? -errno : -EIO;
    close(fd);
    return result;
}

static int
setLabel(const char *path, const char *text)
{
    int result = writeFile(path, text);

    if (result < 0) {
        virErrorRaiseSystem(VIR_FROM_SECURITY, -result, "cannot take the label by writing '%s'", path);
        return -1;
    }
    return 0;
}

static bool
readLabel(const char *path, virSecurityLabelPtr label)
{
    g_autofree char *text = NULL;
    gsize length;

    if (!g_file_get_contents(path, &text, &length, NULL)) {
        virErrorRaiseSystem(VIR_FROM_SECURITY, errno, "cannot read '%s'", path);
        return false;
    }
    g_strchomp(text);
    if (strlen(text) >= sizeof(label->label)) {
        virErrorRaise(VIR_FROM_SECURITY, VIR_ERR_INTERNAL_ERROR,
                      "the label of this process has more than %zu bytes", sizeof(label->label) - 1);
        return false;
    }
    g_strlcpy(label->label, text, sizeof(label->label));
    label->enforcing = 1;
    return true;
}

/* SELinux labels what is executed next, AppArmor the process at once. */
int
localDomainLxcEnterSecurityLabel(virSecurityModelPtr model, virSecurityLabelPtr label,
                                 virSecurityLabelPtr oldlabel, unsigned int flags G_GNUC_UNUSED)
{
    g_autofree char *change = NULL;
    virSecurityLabel before = { .label = "" };

    if (g_str_equal(model->model, "selinux")) {
        if (oldlabel && !readLabel("/proc/self/attr/current", &before))
            return -1;
        if (setLabel("/proc/self/attr/exec", label->label) < 0)
            return -1;
    } else if (g_str_equal(model->model, "apparmor")) {
        if (oldlabel && !readLabel("/proc/self/attr/current", &before))
            return -1;
        change = g_strdup_printf("changeprofile %s", label->label);
        if (setLabel("/proc/self/attr/current", change) < 0)
            return -1;
    } else if (!g_str_equal(model->model, "none")) {
        virErrorRaise(VIR_FROM_NONE, VIR_ERR_ARGUMENT_UNSUPPORTED,
                      "security model '%s' is none of selinux, apparmor and none", model->model);
        return -1;
    }
    if (oldlabel)
        *oldlabel = before;
    return 0;
}

/* One line of /proc/PID/cgroup is NUMBER:CONTROLLERS:PATH; controllers are empty in version 2. */
static int
joinGroup(const char *line, const char *pid)
{
    g_auto(GStrv) parts = g_strsplit(line, ":", 3);
    g_autofree char *path = NULL;
    const char *controllers;
    int result;

    if (g_strv_length(parts) != 3)
        return 0;
    controllers = g_str_has_prefix(parts[1], "name=") ? parts[1] + 5 : parts[1];
    path = g_build_filename(CGROUP_ROOT, controllers, parts[2], "cgroup.procs", NULL);
    result = writeFile(path, pid);
    /* A hierarchy that is not mounted here holds nobody. */
    if (result == -ENOENT && *controllers)
        return 0;
    if (result < 0) {
        virErrorRaiseSystem(VIR_FROM_CGROUP, -result, "cannot join the control group by '%s'", path);
        return -1;
    }
    return 0;
}

/* The number of a container's domain is the process that runs as its first. */
int
localDomainLxcEnterCGroup(virDomainPtr domain, unsigned int flags G_GNUC_UNUSED)
{
    g_autofree char *path = NULL;
    g_autofree char *text = NULL;
    g_autofree char *pid = g_strdup_printf("%d", (int) getpid());
    g_auto(GStrv) lines = NULL;
    int i;

    if (!domain->conn->uri || !g_str_equal(domain->conn->uri->driver, "lxc")) {
        virErrorRaise(VIR_FROM_LXC, VIR_ERR_NO_SUPPORT,
                      "virDomainLxcEnterCGroup: domain '%s' is no container", domain->name);
        return -1;
    }
    if (domain->id <= 0) {
        virErrorRaise(VIR_FROM_LXC, VIR_ERR_OPERATION_INVALID, "domain '%s' is not running",
                      domain->name);
        return -1;
    }
    path = g_strdup_printf("/proc/%d/cgroup", domain->id);
    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        virErrorRaiseSystem(VIR_FROM_CGROUP, errno, "cannot read '%s'", path);
        return -1;
    }
    lines = g_strsplit(text, "\n", -1);
    for (i = 0; lines[i]; i++) {
        if (joinGroup(lines[i], pid) < 0)
            return -1;
    }
    return 0;
}
