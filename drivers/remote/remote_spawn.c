/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Starts the daemon of this user, when a connection needs it and it does not run. */

#include "remote_private.h"

#include <sys/wait.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "runtime/error.h"

/* Seconds without clients after which a daemon that was started here ends. */
#define TIMEOUT "120"

int
remoteStartDaemon(void)
{
    const char *asked = g_getenv("LIBVIRTD_PATH");
    const char *autostart = g_getenv("LIBVIRT_AUTOSTART");
    char *arguments[] = { (char *) (asked ? asked : VIR_SBINDIR "/libvirtd"), (char *) "--daemon",
                          (char *) "--timeout", (char *) TIMEOUT, NULL };
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
