/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Starts and ends polkit's agent at this terminal. */

#define _GNU_SOURCE 1

#include "client/agent.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client/output.h"

#define AGENT "pkttyagent"
/* How long it may take until polkit knows it, in milliseconds. */
#define PATIENCE 10000

static bool virshIsMissed(void)
{
    const virError *error = virGetLastError();

    return error && error->domain == VIR_FROM_POLKIT && error->code == VIR_ERR_AUTH_UNAVAILABLE;
}

/* The one that controls this process: the agent asks there, wherever output goes. */
static bool virshHasTerminal(void)
{
    int terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);

    if (terminal < 0)
        return false;
    close(terminal);
    return true;
}

/* In the child: the descriptor by which it tells that polkit knows it stays open. */
static void virshAgentKeep(void *notify)
{
    fcntl(GPOINTER_TO_INT(notify), F_SETFD, 0);
}

/* The end of the pipe that closes when it is ready, -1: it was not started. */
static int virshAgentSpawn(virshControl *ctl, GPid *agent)
{
    g_autofree char *process = g_strdup_printf("%ld", (long)getpid());
    g_autofree char *notify = NULL;
    g_autoptr(GError) error = NULL;
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) < 0)
        return -1;
    notify = g_strdup_printf("%d", ends[1]);
    if (!g_spawn_async(NULL,
                       (char *[]){ (char *)AGENT, (char *)"--process", process,
                                   (char *)"--notify-fd", notify, (char *)"--fallback", NULL },
                       NULL,
                       G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD |
                           G_SPAWN_CHILD_INHERITS_STDIN | G_SPAWN_LEAVE_DESCRIPTORS_OPEN,
                       virshAgentKeep, GINT_TO_POINTER(ends[1]), agent, &error)) {
        virshDebug(ctl, /* level= */ 3, "cannot start " AGENT ": %s", error->message);
        close(ends[0]);
        ends[0] = -1;
    }
    close(ends[1]);
    return ends[0];
}

GPid virshAgentStart(virshControl *ctl)
{
    struct pollfd ready = { .events = POLLIN };
    GPid agent = 0;

    if (ctl->noAgent || ctl->silent || !virshIsMissed() || !virshHasTerminal())
        return 0;
    ready.fd = virshAgentSpawn(ctl, &agent);
    if (ready.fd < 0)
        return 0;
    poll(&ready, 1, PATIENCE);
    close(ready.fd);
    return agent;
}

void virshAgentEnd(GPid agent)
{
    if (!agent)
        return;
    kill(agent, SIGTERM);
    waitpid(agent, NULL, 0);
}
