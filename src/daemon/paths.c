/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where the daemon's files are, for the whole machine or for one user. */

#include "daemon/paths.h"

#include <unistd.h>

#include "runtime/driver.h"

void
virDaemonPathsFree(virDaemonPaths *paths)
{
    if (!paths)
        return;
    g_free(paths->config);
    g_free(paths->pidFile);
    g_free(paths->socketFolder);
    g_free(paths);
}

virDaemonPaths *
virDaemonPathsNew(void)
{
    virDaemonPaths *paths = g_new0(virDaemonPaths, 1);

    paths->system = geteuid() == 0;
    if (paths->system) {
        paths->config = g_strdup(VIR_SYSCONFDIR "/libvirt/libvirtd.conf");
        paths->pidFile = g_strdup(VIR_RUNSTATEDIR "/libvirtd.pid");
        paths->socketFolder = g_strdup(VIR_RUNSTATEDIR "/libvirt");
    } else {
        paths->config = g_build_filename(g_get_user_config_dir(), "libvirt", "libvirtd.conf",
                                         NULL);
        paths->pidFile = g_build_filename(g_get_user_runtime_dir(), "libvirt", "libvirtd.pid",
                                          NULL);
        paths->socketFolder = g_build_filename(g_get_user_runtime_dir(), "libvirt", NULL);
    }
    return paths;
}

GStrv
virDaemonSplitNames(void)
{
    static const struct {
        const char *scheme, *name;
    } daemons[] = {
        { "qemu", "virtqemud" },         { "xen", "virtxend" },
        { "lxc", "virtlxcd" },           { "ch", "virtchd" },
        { "bhyve", "virtbhyved" },       { "vz", "virtvzd" },
        { "network", "virtnetworkd" },   { "storage", "virtstoraged" },
        { "nodedev", "virtnodedevd" },   { "nwfilter", "virtnwfilterd" },
        { "secret", "virtsecretd" },     { "interface", "virtinterfaced" },
    };
    GPtrArray *names = g_ptr_array_new();
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(daemons); i++) {
        const virDriver *driver = virDriverFind(daemons[i].scheme);

        if (driver && driver->daemonOnly)
            g_ptr_array_add(names, g_strdup(daemons[i].name));
    }
    g_ptr_array_add(names, NULL);
    return (GStrv) g_ptr_array_free(names, FALSE);
}
