/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Opens, watches and replaces the connection of the shell. */

#include "client/connect.h"

#include "client/agent.h"
#include "client/arguments.h"
#include "client/commands.h"
#include "client/loop.h"
#include "client/output.h"
#include "client/program.h"

/* Connections that stay inside this process need no loop until somebody asks for events. */
static bool virshStaysInside(virConnectPtr connection)
{
    g_autofree char *uri = virConnectGetURI(connection);

    return uri && g_str_has_prefix(uri, "test:");
}

/* Where a daemon misses somebody who asks the user, an agent does, while it is tried once more. */
static virConnectPtr virshOpen(virshControl *ctl, const char *uri, bool readonly)
{
    unsigned int flags = readonly ? VIR_CONNECT_RO : 0;
    virConnectPtr connection = virConnectOpenAuth(uri, virConnectAuthPtrDefault, flags);
    GPid agent;

    if (connection)
        return connection;
    agent = virshAgentStart(ctl);
    if (!agent)
        return NULL;
    connection = virConnectOpenAuth(uri, virConnectAuthPtrDefault, flags);
    virshAgentEnd(agent);
    return connection;
}

bool virshConnect(virshControl *ctl, const char *uri, bool readonly)
{
    virConnectPtr connection = virshOpen(ctl, uri, readonly);
    bool inside;

    if (!connection) {
        virshError(ctl, "failed to connect to the hypervisor");
        return false;
    }
    inside = virshStaysInside(connection);
    if (!inside && virshLoopStart(ctl) && ctl->keepaliveInterval > 0) {
        if (virConnectSetKeepAlive(connection, ctl->keepaliveInterval,
                                   (unsigned int)MAX(ctl->keepaliveCount, 0)) < 0 &&
            ctl->keepaliveInterval != 5) {
            virshError(ctl, "Cannot setup keepalive on connection as requested");
            virConnectClose(connection);
            return false;
        }
    }
    virshForgetFailure(ctl);
    virshDisconnect(ctl);
    ctl->connection = connection;
    ctl->readonly = readonly;
    ctl->inProcess = inside;
    return true;
}

bool virshConnected(virshControl *ctl)
{
    bool again = false;

    if (ctl->connection && virConnectIsAlive(ctl->connection) == 0) {
        virshError(ctl, "Disconnected from %s", ctl->uri ? ctl->uri : "the hypervisor");
        virshDisconnect(ctl);
        again = true;
    }
    if (ctl->connection)
        return true;
    if (!virshConnect(ctl, ctl->uri, ctl->readonly))
        return false;
    if (again)
        virshError(ctl, "Reconnected to the hypervisor");
    return true;
}

bool virshReady(virshControl *ctl)
{
    return virshConnected(ctl);
}

void virshDisconnect(virshControl *ctl)
{
    if (ctl->connection)
        virConnectClose(ctl->connection);
    ctl->connection = NULL;
}

bool shellConnect(virshControl *ctl, const virshArguments *arguments)
{
    const char *name = NULL;

    if (!virshString(ctl, arguments, "name", &name))
        return false;
    virshDisconnect(ctl);
    if (!virshConnect(ctl, name ? name : ctl->uri, virshFlag(arguments, "readonly")))
        return false;
    /* only now: after a failure the next command opens the connection that was there before */
    if (name) {
        g_free(ctl->uri);
        ctl->uri = g_strdup(name);
    }
    return true;
}
