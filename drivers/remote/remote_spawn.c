/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Starts the daemon of this user, when a connection needs it and it does not run. */

#include "remote_private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "runtime/error.h"

/* Seconds without clients after which a daemon that was started here ends. */
#define TIMEOUT "120"

/* The program: LIBVIRTD_PATH names it, or the folder that it is in. */
static char *
daemonProgram(void)
{
    const char *asked = g_getenv("LIBVIRTD_PATH");

    if (!asked || !*asked)
        return g_strdup(VIR_SBINDIR "/libvirtd");
    if (g_file_test(asked, G_FILE_TEST_IS_DIR))
        return g_build_filename(asked, "libvirtd", NULL);
    return g_strdup(asked);
}

int
remoteStartLock(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *name = g_build_filename(folder, ".libvirtd-start", NULL);
    int fd = -1, rc;

    if (g_mkdir_with_parents(folder, 0700) == 0)
        fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        virErrorRaiseSystem(VIR_FROM_REMOTE, errno, "cannot open '%s' to start a daemon", name);
        return -1;
    }
    do {
        rc = flock(fd, LOCK_EX);
    } while (rc < 0 && errno == EINTR);
    if (rc < 0) {
        virErrorRaiseSystem(VIR_FROM_REMOTE, errno, "cannot lock '%s' to start a daemon", name);
        close(fd);
        return -1;
    }
    return fd;
}

int
remoteStartDaemon(void)
{
    g_autofree char *program = daemonProgram();
    const char *autostart = g_getenv("LIBVIRT_AUTOSTART");
    char *arguments[] = { program, (char *) "--daemon", (char *) "--timeout",
                          (char *) TIMEOUT, NULL };
    g_autoptr(GError) error = NULL;
    g_autofree char *complaint = NULL;
    int status;

    if (autostart && g_str_equal(autostart, "0")) {
        virErrorRaise(VIR_FROM_REMOTE, VIR_ERR_OPERATION_FAILED,
                      "no daemon of this user runs, and LIBVIRT_AUTOSTART=0 forbids to start one");
        return -1;
    }
    /* It goes into the background itself, once it listens. */
    if (!g_spawn_sync(NULL, arguments, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL,
                      &complaint, &status, &error)) {
        virErrorRaise(VIR_FROM_REMOTE, VIR_ERR_OPERATION_FAILED, "cannot start %s: %s",
                      arguments[0], error->message);
        return -1;
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status)) {
        virErrorRaise(VIR_FROM_REMOTE, VIR_ERR_OPERATION_FAILED, "%s did not start: %s",
                      arguments[0], complaint ? g_strchomp(complaint) : "no reason was given");
        return -1;
    }
    return 0;
}
