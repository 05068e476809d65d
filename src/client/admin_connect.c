/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The connection of virt-admin, to the administration socket of a daemon. */

#include <stdlib.h>

#include "client/arguments.h"
#include "client/commands.h"
#include "client/loop.h"
#include "client/output.h"
#include "client/report.h"
#include "client/program.h"

void virshDisconnect(virshControl *ctl)
{
    if (ctl->administration)
        virAdmConnectClose(ctl->administration);
    ctl->administration = NULL;
}

static bool adminOpen(virshControl *ctl, const char *uri)
{
    virAdmConnectPtr connection = virAdmConnectOpen(uri, 0);

    if (!connection) {
        virshError(ctl, "Failed to connect to the admin server");
        return false;
    }
    virshForgetFailure(ctl);
    virshDisconnect(ctl);
    ctl->administration = connection;
    /* at the prompt nobody else notices that the daemon asks for a sign of life */
    return virshLoopStart(ctl);
}

bool virshConnected(virshControl *ctl)
{
    bool again = false;

    if (ctl->administration && virAdmConnectIsAlive(ctl->administration) == 0) {
        virshError(ctl, "Disconnected from %s", ctl->uri ? ctl->uri : "the daemon");
        virshDisconnect(ctl);
        again = true;
    }
    if (ctl->administration)
        return true;
    if (!adminOpen(ctl, ctl->uri))
        return false;
    if (again)
        virshExtra(ctl, "Reconnected to the admin server\n");
    return true;
}

bool virshReady(virshControl *ctl)
{
    return !ctl->uri || virshConnected(ctl);
}

bool adminConnect(virshControl *ctl, const virshArguments *arguments)
{
    /* To the one named for the whole program there is a connection before any command runs. */
    bool again = ctl->administration || ctl->uri;
    const char *name = NULL;

    if (!virshString(ctl, arguments, "name", &name))
        return false;
    virshDisconnect(ctl);
    if (name) {
        g_free(ctl->uri);
        ctl->uri = g_strdup(name);
    }
    if (!adminOpen(ctl, ctl->uri))
        return false;
    virshExtra(ctl, again ? "Reconnected to the admin server\n"
                          : "Connected to the admin server\n");
    return true;
}

bool adminUri(virshControl *ctl, const virshArguments *arguments)
{
    g_autofree char *uri = virAdmConnectGetURI(ctl->administration);

    if (!uri) {
        virshError(ctl, "failed to get the URI");
        return false;
    }
    if (virshWantsJson(arguments))
        return virshAnswer(ctl, arguments, "uri", uri);
    virshPrint(ctl, "%s\n", uri);
    return true;
}

static void adminPutVersion(virshControl *ctl, virshReport *report, const char *key,
                            const char *head, unsigned long long version)
{
    g_autofree char *number = g_strdup_printf("%llu.%llu.%llu", version / 1000000,
                                              version / 1000 % 1000, version % 1000);

    if (virshReportJson(report))
        virshPutText(report, key, number);
    else
        virshPrint(ctl, "%s%s\n", head, number);
}

bool adminVersion(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshReport) report = virshReportNew(ctl, arguments);
    unsigned long long library = 0;
    unsigned long long daemon = 0;

    if (virAdmGetVersion(&library) < 0) {
        virshError(ctl, "failed to get the library version");
        return false;
    }
    if (virAdmConnectGetLibVersion(ctl->administration, &daemon) < 0) {
        virshError(ctl, "failed to get the daemon version");
        return false;
    }
    virshReportRow(report);
    adminPutVersion(ctl, report, "compiled", "Compiled against library: libvirt ",
                    LIBVIR_VERSION_NUMBER);
    adminPutVersion(ctl, report, "library", "Using library: libvirt ", library);
    adminPutVersion(ctl, report, "daemon", "Running against daemon: ", daemon);
    return !virshReportJson(report) || virshReportEnd(report);
}
