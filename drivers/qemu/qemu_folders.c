/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where a host keeps its files. */

#include "qemu_driver.h"

#include <errno.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "runtime/error.h"

void
qemuFoldersClear(qemuFolders *folders)
{
    g_free(folders->config);
    g_free(folders->run);
    g_free(folders->state);
    g_free(folders->cache);
    g_free(folders->log);
    *folders = (qemuFolders) { 0 };
}

/* Everything of an embedded host is under its root. */
static void
findEmbedded(qemuFolders *folders, const char *root)
{
    folders->config = g_build_filename(root, "etc", "qemu", NULL);
    folders->run = g_build_filename(root, "run", "qemu", NULL);
    folders->state = g_build_filename(root, "lib", "qemu", NULL);
    folders->cache = g_build_filename(root, "cache", "qemu", NULL);
    folders->log = g_build_filename(root, "log", "qemu", NULL);
}

static void
findSystem(qemuFolders *folders)
{
    folders->config = g_strdup(VIR_SYSCONFDIR "/libvirt/qemu");
    folders->run = g_strdup(VIR_RUNSTATEDIR "/libvirt/qemu");
    folders->state = g_strdup(VIR_LOCALSTATEDIR "/lib/libvirt/qemu");
    folders->cache = g_strdup(VIR_LOCALSTATEDIR "/cache/libvirt/qemu");
    folders->log = g_strdup(VIR_LOCALSTATEDIR "/log/libvirt/qemu");
}

static void
findSession(qemuFolders *folders)
{
    folders->config = g_build_filename(g_get_user_config_dir(), "libvirt", "qemu", NULL);
    folders->run = g_build_filename(g_get_user_runtime_dir(), "libvirt", "qemu", NULL);
    folders->state = g_build_filename(g_get_user_data_dir(), "libvirt", "qemu", NULL);
    folders->cache = g_build_filename(g_get_user_cache_dir(), "libvirt", "qemu", NULL);
    folders->log = g_build_filename(folders->cache, "log", NULL);
}

bool
qemuFoldersFind(qemuHost *host)
{
    if (host->root) {
        findEmbedded(&host->folders, host->root);
    } else if (g_str_equal(host->path, "/session")) {
        findSession(&host->folders);
    } else if (geteuid() == 0) {
        findSystem(&host->folders);
    } else {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_AUTH_FAILED,
                      "qemu:///system belongs to root; use qemu:///session");
        return false;
    }
    return true;
}

bool
qemuFoldersMake(const qemuHost *host)
{
    const qemuFolders *folders = &host->folders;
    g_autofree char *autostart = g_build_filename(folders->config, "autostart", NULL);
    g_autofree char *saved = g_build_filename(folders->state, "save", NULL);
    const char *const all[] = {
        folders->config, autostart, folders->run, folders->state, saved, folders->cache,
        folders->log,
    };
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(all); i++) {
        g_autofree char *parent = g_path_get_dirname(all[i]);

        /* What is above may belong to others, who come through; QEMU comes to its sockets. */
        if (g_mkdir_with_parents(parent, 0755) < 0 || g_mkdir_with_parents(all[i], all[i] == folders->state ? 0711 : 0700) < 0) {
            virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot make the folder '%s'", all[i]);
            return false;
        }
    }
    return true;
}
