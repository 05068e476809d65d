/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Commands of virt-admin: the servers of a daemon, their clients and limits, and its log. */

#include <stdlib.h>
#include <time.h>

#include "client/commands.h"
#include "client/complete.h"
#include "client/output.h"
#include "client/program.h"
#include "client/report.h"
#include "client/virt_admin_objects.h"

/* --- clients -------------------------------------------------------------------------------------- */

static const char *adminTransport(int transport)
{
    switch ((virClientTransport)transport) {
    case VIR_CLIENT_TRANS_UNIX:
        return "unix";
    case VIR_CLIENT_TRANS_TCP:
        return "tcp";
    case VIR_CLIENT_TRANS_TLS:
        return "tls";
    }
    /* a way that a newer daemon knows */
    return "unknown";
}

/* "2026-11-24 14:11:59+0000"; NULL for a time that no calendar has. */
static char *adminTime(long long seconds)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_local(seconds);

    return time ? g_date_time_format(time, "%Y-%m-%d %H:%M:%S%z") : NULL;
}

virAdmClientPtr virshFindClient(virshControl *ctl, const virshArguments *arguments,
                                const char *option, const char **typed)
{
    g_autoptr(virshAdmServer) server = virshFindServer(ctl, arguments, "server", NULL);
    unsigned long long id = 0;

    if (!server)
        return NULL;
    if (typed)
        *typed = virshText(arguments, option);
    if (!virshUlong(ctl, arguments, option, &id))
        return NULL;
    return virAdmServerLookupClient(server, id, 0);
}

/* Every client of a server, the first ones first; -1 after a failure. */
static int adminClients(virshControl *ctl, const virshArguments *arguments,
                        virAdmClientPtr **clients)
{
    g_autoptr(virshAdmServer) server = virshFindServer(ctl, arguments, "server", NULL);
    int count;

    if (!server)
        return -1;
    count = virAdmServerListClients(server, clients, 0);
    if (count < 0)
        virshError(ctl, "failed to obtain list of connected clients");
    return count;
}

void offerClient(virshControl *ctl, const virshArguments *arguments, GPtrArray *found,
                 const char *prefix)
{
    virAdmClientPtr *clients = NULL;
    int count;

    if (!virshFlag(arguments, "server"))
        return;
    count = adminClients(ctl, arguments, &clients);
    for (int i = 0; i < count; i++) {
        g_autofree char *word = g_strdup_printf("%llu", virAdmClientGetID(clients[i]));

        virshOffer(found, prefix, word);
        virAdmClientFree(clients[i]);
    }
    free(clients);
}

bool adminClientList(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshReport) report = NULL;
    virAdmClientPtr *clients = NULL;
    int count = adminClients(ctl, arguments, &clients);

    if (count < 0)
        return false;
    report = virshReportNew(ctl, arguments);
    for (int i = 0; i < count; i++) {
        g_autofree char *since = adminTime(virAdmClientGetTimestamp(clients[i]));

        virshReportRow(report);
        virshPutUint(report, "id", virAdmClientGetID(clients[i]));
        virshPutText(report, "transport", adminTransport(virAdmClientGetTransport(clients[i])));
        virshPutText(report, "since", since);
        virAdmClientFree(clients[i]);
    }
    free(clients);
    return virshReportEnd(report);
}

bool adminClientInfo(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshAdmClient) client = virshFindClient(ctl, arguments, "client", NULL);
    g_autoptr(virshReport) report = NULL;
    g_autofree char *since = NULL;
    virTypedParameterPtr params = NULL;
    int count = 0;

    if (!client)
        return false;
    if (virAdmClientGetInfo(client, &params, &count, 0) < 0) {
        virshError(ctl, "failed to retrieve client identity information for client '%s'",
                   virshText(arguments, "client"));
        return false;
    }
    since = adminTime(virAdmClientGetTimestamp(client));
    report = virshReportNew(ctl, arguments);
    virshReportRow(report);
    virshPutExtraUint(report, "id", "id", virAdmClientGetID(client));
    virshPutExtra(report, "connection_time", since);
    virshPutExtra(report, "transport", adminTransport(virAdmClientGetTransport(client)));
    for (int i = 0; i < count; i++)
        virshPutParameter(report, &params[i], NULL);
    virTypedParamsFree(params, count);
    return virshReportEnd(report);
}

/* --- servers -------------------------------------------------------------------------------------- */

bool adminServerList(virshControl *ctl, const virshArguments *arguments)
{
    g_autoptr(virshReport) report = NULL;
    virAdmServerPtr *servers = NULL;
    int count = virAdmConnectListServers(ctl->administration, &servers, 0);

    if (count < 0) {
        virshError(ctl, "failed to obtain list of available servers");
        return false;
    }
    report = virshReportNew(ctl, arguments);
    for (int i = 0; i < count; i++) {
        virshReportRow(report);
        virshPutInt(report, "id", i);
        virshPutText(report, "name", virAdmServerGetName(servers[i]));
        virAdmServerFree(servers[i]);
    }
    free(servers);
    return virshReportEnd(report);
}

typedef int (*adminGetter)(virAdmServerPtr server, virTypedParameterPtr *params, int *count,
                           unsigned int flags);
typedef int (*adminSetter)(virAdmServerPtr server, virTypedParameterPtr params, int count,
                           unsigned int flags);

/* Shows the parameters of the server that the command names. */
static bool adminShow(virshControl *ctl, const virshArguments *arguments, adminGetter get,
                      const char *failed)
{
    g_autoptr(virshAdmServer) server = virshFindServer(ctl, arguments, "server", NULL);
    g_autoptr(virshReport) report = NULL;
    virTypedParameterPtr params = NULL;
    int count = 0;

    if (!server)
        return false;
    if (get(server, &params, &count, 0) < 0) {
        virshError(ctl, "%s", failed);
        return false;
    }
    report = virshReportNew(ctl, arguments);
    virshReportRow(report);
    for (int i = 0; i < count; i++)
        virshPutParameter(report, &params[i], NULL);
    virTypedParamsFree(params, count);
    return virshReportEnd(report);
}

bool adminServerThreadpoolInfo(virshControl *ctl, const virshArguments *arguments)
{
    return adminShow(ctl, arguments, virAdmServerGetThreadPoolParameters,
                     "Unable to get server workerpool parameters");
}

bool adminServerClientsInfo(virshControl *ctl, const virshArguments *arguments)
{
    return adminShow(ctl, arguments, virAdmServerGetClientLimits,
                     "Unable to retrieve client limits from server's configuration");
}

/* An option and the parameter that it sets. */
typedef struct {
    const char *option;
    const char *field;
} adminNumber;

/* The values of two options, where both are given, must be in order. */
static bool adminOrdered(virshControl *ctl, const virshArguments *arguments, const char *less,
                         const char *more)
{
    unsigned int low = 0;
    unsigned int high = G_MAXUINT;

    if (!virshUint(ctl, arguments, less, &low) || !virshUint(ctl, arguments, more, &high))
        return false;
    if (low <= high)
        return true;
    virshError(ctl, "--%s must be less than or equal to --%s", less, more);
    return false;
}

/* Sets the parameters of those options that were given, of which there must be one. */
static bool adminSet(virshControl *ctl, const virshArguments *arguments,
                     const adminNumber *numbers, size_t known, adminSetter set,
                     const char *failed)
{
    g_autoptr(virshAdmServer) server = NULL;
    g_autoptr(GString) names = g_string_new(NULL);
    virTypedParameterPtr params = NULL;
    int count = 0, room = 0;
    bool good = true;

    for (size_t i = 0; i < known && good; i++) {
        unsigned int value = 0;

        g_string_append_printf(names, "%s--%s", i ? ", " : "", numbers[i].option);
        if (!virshFlag(arguments, numbers[i].option))
            continue;
        good = virshUint(ctl, arguments, numbers[i].option, &value) &&
               virTypedParamsAddUInt(&params, &count, &room, numbers[i].field, value) == 0;
    }
    if (good && !count) {
        virshError(ctl, "At least one of options %s is mandatory", names->str);
        return false;
    }
    server = good ? virshFindServer(ctl, arguments, "server", NULL) : NULL;
    good = server != NULL;
    if (good && set(server, params, count, 0) < 0) {
        virshError(ctl, "%s", failed);
        good = false;
    }
    virTypedParamsFree(params, count);
    return good;
}

bool adminServerThreadpoolSet(virshControl *ctl, const virshArguments *arguments)
{
    static const adminNumber numbers[] = {
        { "min-workers", VIR_THREADPOOL_WORKERS_MIN },
        { "max-workers", VIR_THREADPOOL_WORKERS_MAX },
        { "priority-workers", VIR_THREADPOOL_WORKERS_PRIORITY },
    };

    return adminOrdered(ctl, arguments, "min-workers", "max-workers") &&
           adminSet(ctl, arguments, numbers, G_N_ELEMENTS(numbers),
                    virAdmServerSetThreadPoolParameters,
                    "Unable to change server workerpool parameters");
}

bool adminServerClientsSet(virshControl *ctl, const virshArguments *arguments)
{
    static const adminNumber numbers[] = {
        { "max-clients", VIR_SERVER_CLIENTS_MAX },
        { "max-unauth-clients", VIR_SERVER_CLIENTS_UNAUTH_MAX },
    };

    return adminOrdered(ctl, arguments, "max-unauth-clients", "max-clients") &&
           adminSet(ctl, arguments, numbers, G_N_ELEMENTS(numbers), virAdmServerSetClientLimits,
                    "Unable to change server's client-related configuration limits");
}

/* --- the log -------------------------------------------------------------------------------------- */

typedef int (*adminTextGetter)(virAdmConnectPtr connection, char **text, unsigned int flags);
typedef int (*adminTextSetter)(virAdmConnectPtr connection, const char *text, unsigned int flags);

/* Shows one half of what the log is told, or replaces it by the text of the option. */
static bool adminLog(virshControl *ctl, const virshArguments *arguments, const char *option,
                     adminTextGetter get, adminTextSetter set)
{
    g_autofree char *text = NULL;

    if (virshFlag(arguments, option)) {
        if (set(ctl->administration, virshText(arguments, option), 0) == 0)
            return true;
        virshError(ctl, "Unable to change daemon logging settings");
        return false;
    }
    if (get(ctl->administration, &text, 0) < 0) {
        virshError(ctl, "Unable to get daemon logging %s information", option);
        return false;
    }
    if (virshWantsJson(arguments))
        return virshAnswer(ctl, arguments, option, text ? text : "");
    virshExtra(ctl, " Logging %s: ", option);
    virshPrint(ctl, "%s\n", text ? text : "");
    return true;
}

bool adminDaemonLogFilters(virshControl *ctl, const virshArguments *arguments)
{
    return adminLog(ctl, arguments, "filters", virAdmConnectGetLoggingFilters,
                    virAdmConnectSetLoggingFilters);
}

bool adminDaemonLogOutputs(virshControl *ctl, const virshArguments *arguments)
{
    return adminLog(ctl, arguments, "outputs", virAdmConnectGetLoggingOutputs,
                    virAdmConnectSetLoggingOutputs);
}
