/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Programs that serve devices of a guest: they run before QEMU connects to them, and end with it. */

#define _GNU_SOURCE 1

#include "qemu_beside.h"

#include <errno.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "runtime/error.h"

/* How long a program may take until it listens, in milliseconds. */
#define PATIENCE 10000
#define STEP 5

/* In the child: it outlives us and our terminal, as QEMU does. */
static void
leave(gpointer opaque G_GNUC_UNUSED)
{
    setsid();
    umask(0007);
}

/* Waits until it listens; false with an error raised. */
static bool
await(const qemuCommand *command, const qemuBeside *beside)
{
    gint64 until = g_get_monotonic_time() + PATIENCE * (gint64) G_TIME_SPAN_MILLISECOND;

    while (access(beside->socket, F_OK) < 0) {
        bool over = g_get_monotonic_time() > until;

        if (over || syscall(SYS_pidfd_send_signal, beside->pidfd, 0, NULL, 0) < 0) {
            virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED, "domain '%s': '%s' %s before it "
                          "listened at '%s'; the log of the domain says why",
                          command->document->name, beside->arguments[0],
                          over ? "took too long" : "ended", beside->socket);
            return false;
        }
        g_usleep(STEP * G_TIME_SPAN_MILLISECOND);
    }
    return true;
}

static bool
startOne(const qemuCommand *command, qemuBeside *beside, int log)
{
    g_autoptr(GError) error = NULL;
    GPid child = 0;

    unlink(beside->socket);
    /* GLib waits for it, so that nobody has to. */
    if (!g_spawn_async_with_pipes_and_fds("/", (const char *const *) beside->arguments, NULL,
                                          G_SPAWN_DEFAULT, leave, NULL, -1, log, log, NULL, NULL, 0,
                                          &child, NULL, NULL, NULL, &error)) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INTERNAL_ERROR, "domain '%s': cannot run '%s': %s",
                      command->document->name, beside->arguments[0], error->message);
        return false;
    }
    beside->pidfd = (int) syscall(SYS_pidfd_open, child, 0);
    if (beside->pidfd < 0) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED, "domain '%s': '%s' ended at once; the "
                      "log of the domain says why", command->document->name, beside->arguments[0]);
        return false;
    }
    return await(command, beside);
}

bool
qemuBesideStart(const qemuCommand *command, const qemuIdentity *identity, int log)
{
    for (guint i = 0; i < command->beside->len; i++) {
        const qemuBeside *beside = command->beside->pdata[i];

        if (!startOne(command, command->beside->pdata[i], log))
            return false;
        if (identity->other && lchown(beside->socket, identity->user, identity->group) < 0) {
            virErrorRaiseSystem(VIR_FROM_QEMU, errno, "domain '%s': cannot give '%s' to QEMU",
                                command->document->name, beside->socket);
            return false;
        }
    }
    return true;
}

void
qemuBesideLeave(const qemuCommand *command)
{
    for (guint i = 0; i < command->beside->len; i++) {
        qemuBeside *beside = command->beside->pdata[i];

        if (beside->pidfd >= 0)
            close(beside->pidfd);
        beside->pidfd = -1;
    }
}
