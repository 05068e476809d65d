/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The file with the daemon's process number, locked while it runs. */

#include "daemon/pidfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <glib.h>
#include <libvirt/virterror.h>

#include "runtime/error.h"

/* Names the process that holds the lock; the lock tells it even where the file is empty. */
static void
refuse(int fd, const char *path)
{
    struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

    if (fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK)
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_OPERATION_FAILED,
                      "another daemon, process %d, holds the PID file '%s'", (int) lock.l_pid,
                      path);
    else
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_OPERATION_FAILED,
                      "another daemon held the PID file '%s' just now", path);
}

int
virPidFileTake(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    char text[32];
    int fd, length = snprintf(text, sizeof(text), "%d", (int) getpid());

    if (g_mkdir_with_parents(folder, 0755) < 0) {
        virErrorRaiseSystem(VIR_FROM_RPC, errno, "cannot make the folder '%s'", folder);
        return -1;
    }
    fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0) {
        virErrorRaiseSystem(VIR_FROM_RPC, errno, "cannot open the PID file '%s'", path);
        return -1;
    }
    if (fcntl(fd, F_SETLK, &lock) < 0) {
        if (errno == EAGAIN || errno == EACCES)
            refuse(fd, path);
        else
            virErrorRaiseSystem(VIR_FROM_RPC, errno, "cannot lock the PID file '%s'", path);
        close(fd);
        return -1;
    }
    if (ftruncate(fd, 0) < 0 || write(fd, text, (size_t) length) != length) {
        virErrorRaiseSystem(VIR_FROM_RPC, errno, "cannot write the PID file '%s'", path);
        unlink(path);
        close(fd);
        return -1;
    }
    return fd;
}

void
virPidFileRelease(const char *path, int fd)
{
    unlink(path);
    close(fd);
}
