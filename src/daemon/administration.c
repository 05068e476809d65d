/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What administrators see and change: servers, clients, limits, logging. */

#include "daemon/administration.h"

#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>

#include <libvirt/virterror.h>

#include "base/log.h"
#include "daemon/daemon.h"
#include "daemon/server.h"
#include "driver/vtable.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/local.h"
#include "runtime/objects.h"

/* A list of typed parameters while it grows. */
typedef struct {
    virTypedParameterPtr params;
    int count;
    int room;
} List;

static void
addNumber(List *list, const char *name, unsigned int value)
{
    localTypedParamsAddUInt(&list->params, &list->count, &list->room, name, value);
}

static void
addInt(List *list, const char *name, int value)
{
    localTypedParamsAddInt(&list->params, &list->count, &list->room, name, value);
}

static void
addString(List *list, const char *name, const char *value)
{
    if (value)
        localTypedParamsAddString(&list->params, &list->count, &list->room, name, value);
}

static int
give(const List *list, virTypedParameterPtr *params, int *nparams)
{
    *params = list->params;
    *nparams = list->count;
    return 0;
}

/* --- servers -------------------------------------------------------------------------------------- */

static virServer *
findServer(const char *name)
{
    virServer *server = virDaemonServer(virTheDaemon, name);

    if (!server)
        virErrorRaise(VIR_FROM_ADMIN, VIR_ERR_NO_SERVER, "no server with matching name '%s'", name);
    return server;
}

/* People see them in the order of their names. */
static int
compareServers(const void *a, const void *b)
{
    return strcmp((*(const virAdmServerPtr *) a)->name, (*(const virAdmServerPtr *) b)->name);
}

static int
connectListServers(virAdmConnectPtr conn, virAdmServerPtr **servers,
                   unsigned int flags G_GNUC_UNUSED)
{
    virServer *const *all = virDaemonServers(virTheDaemon);
    virAdmServerPtr *list;
    int i, count = 0;

    while (all[count])
        count++;
    if (!servers)
        return count;
    list = g_new0(virAdmServerPtr, (size_t) count + 1);
    for (i = 0; i < count; i++)
        list[i] = virAdmServerNew(conn, virServerName(all[i]));
    qsort(list, (size_t) count, sizeof(*list), compareServers);
    *servers = list;
    return count;
}

static virAdmServerPtr
connectLookupServer(virAdmConnectPtr conn, const char *name, unsigned int flags G_GNUC_UNUSED)
{
    return findServer(name) ? virAdmServerNew(conn, name) : NULL;
}

static int
serverGetThreadPool(virAdmServerPtr srv, virTypedParameterPtr *params, int *nparams,
                    unsigned int flags G_GNUC_UNUSED)
{
    virServer *server = findServer(srv->name);
    virPoolState state;
    List list = { NULL, 0, 0 };

    if (!server)
        return -1;
    virPoolLook(virServerPool(server), &state);
    addNumber(&list, VIR_THREADPOOL_WORKERS_MIN, state.limits.least);
    addNumber(&list, VIR_THREADPOOL_WORKERS_MAX, state.limits.most);
    addNumber(&list, VIR_THREADPOOL_WORKERS_CURRENT, state.threads);
    addNumber(&list, VIR_THREADPOOL_WORKERS_FREE, state.free);
    addNumber(&list, VIR_THREADPOOL_WORKERS_PRIORITY, state.urgent);
    addNumber(&list, VIR_THREADPOOL_JOB_QUEUE_DEPTH, state.depth);
    return give(&list, params, nparams);
}

/* The number of a parameter that may be changed; false with an error raised for another. */
static bool
readNumber(const virTypedParameter *param, const char *const *names, unsigned int *const *targets)
{
    int i;

    for (i = 0; names[i]; i++) {
        if (!g_str_equal(param->field, names[i]))
            continue;
        if (param->type != VIR_TYPED_PARAM_UINT) {
            virErrorRaise(VIR_FROM_ADMIN, VIR_ERR_INVALID_ARG,
                          "the parameter '%s' must be an unsigned int", param->field);
            return false;
        }
        *targets[i] = param->value.ui;
        return true;
    }
    virErrorRaise(VIR_FROM_ADMIN, VIR_ERR_INVALID_ARG, "the parameter '%.*s' cannot be set",
                  VIR_TYPED_PARAM_FIELD_LENGTH, param->field);
    return false;
}

static bool
readNumbers(virTypedParameterPtr params, int nparams, const char *const *names,
            unsigned int *const *targets)
{
    int i;

    for (i = 0; i < nparams; i++) {
        if (!readNumber(&params[i], names, targets))
            return false;
    }
    return true;
}

static int
serverSetThreadPool(virAdmServerPtr srv, virTypedParameterPtr params, int nparams,
                    unsigned int flags G_GNUC_UNUSED)
{
    static const char *const names[] = { VIR_THREADPOOL_WORKERS_MIN, VIR_THREADPOOL_WORKERS_MAX,
                                         VIR_THREADPOOL_WORKERS_PRIORITY, NULL };
    virServer *server = findServer(srv->name);
    virPoolState state;
    unsigned int *const targets[] = { &state.limits.least, &state.limits.most,
                                      &state.limits.urgent };

    if (!server)
        return -1;
    virPoolLook(virServerPool(server), &state);
    if (!readNumbers(params, nparams, names, targets))
        return -1;
    return virPoolSetLimits(virServerPool(server), &state.limits);
}

static int
serverGetClientLimits(virAdmServerPtr srv, virTypedParameterPtr *params, int *nparams,
                      unsigned int flags G_GNUC_UNUSED)
{
    virServer *server = findServer(srv->name);
    virServerLimits limits;
    virServerCount count;
    List list = { NULL, 0, 0 };

    if (!server)
        return -1;
    virServerGetLimits(server, &limits);
    virServerGetCount(server, &count);
    addNumber(&list, VIR_SERVER_CLIENTS_MAX, limits.clients);
    addNumber(&list, VIR_SERVER_CLIENTS_CURRENT, count.clients);
    addNumber(&list, VIR_SERVER_CLIENTS_UNAUTH_MAX, limits.anonymous);
    addNumber(&list, VIR_SERVER_CLIENTS_UNAUTH_CURRENT, count.anonymous);
    return give(&list, params, nparams);
}

static int
serverSetClientLimits(virAdmServerPtr srv, virTypedParameterPtr params, int nparams,
                      unsigned int flags G_GNUC_UNUSED)
{
    static const char *const names[] = { VIR_SERVER_CLIENTS_MAX, VIR_SERVER_CLIENTS_UNAUTH_MAX,
                                         NULL };
    virServer *server = findServer(srv->name);
    virServerLimits limits;
    unsigned int *const targets[] = { &limits.clients, &limits.anonymous };

    if (!server)
        return -1;
    virServerGetLimits(server, &limits);
    if (!readNumbers(params, nparams, names, targets))
        return -1;
    if (!limits.clients || limits.anonymous > limits.clients) {
        virErrorRaise(VIR_FROM_ADMIN, VIR_ERR_INVALID_ARG,
                      "of at most %u clients %u cannot be anonymous", limits.clients,
                      limits.anonymous);
        return -1;
    }
    virServerSetLimits(server, &limits);
    return 0;
}

static int
serverUpdateTls(virAdmServerPtr srv, unsigned int flags G_GNUC_UNUSED)
{
    virErrorRaise(VIR_FROM_ADMIN, VIR_ERR_OPERATION_UNSUPPORTED,
                  "the server '%s' has no TLS, so there are no files to read again", srv->name);
    return -1;
}

/* --- clients -------------------------------------------------------------------------------------- */

static virAdmClientPtr
newClient(virAdmServerPtr srv, const virServeClient *client)
{
    return virAdmClientNew(srv, client->id, client->since,
                           client->tcp ? VIR_CLIENT_TRANS_TCP : VIR_CLIENT_TRANS_UNIX);
}

/* In the order in which they came. */
static int
compareClients(gconstpointer a, gconstpointer b)
{
    const virServeClient *first = *(const virServeClient *const *) a;
    const virServeClient *second = *(const virServeClient *const *) b;

    return first->id < second->id ? -1 : first->id > second->id;
}

static int
serverListClients(virAdmServerPtr srv, virAdmClientPtr **clients,
                  unsigned int flags G_GNUC_UNUSED)
{
    virServer *server = findServer(srv->name);
    g_autoptr(GPtrArray) all = NULL;
    virAdmClientPtr *list = NULL;
    guint i;

    if (!server)
        return -1;
    all = virServerClients(server);
    g_ptr_array_sort(all, compareClients);
    if (clients)
        list = g_new0(virAdmClientPtr, (size_t) all->len + 1);
    for (i = 0; i < all->len; i++) {
        virServeClient *client = g_ptr_array_index(all, i);

        if (list)
            list[i] = newClient(srv, client);
        virServeClientUnref(client);
    }
    if (clients)
        *clients = list;
    return (int) all->len;
}

/* The client with a reference; NULL with an error raised. */
static virServeClient *
findClient(const char *serverName, unsigned long long id)
{
    virServer *server = findServer(serverName);
    virServeClient *client;

    if (!server)
        return NULL;
    client = virServerClient(server, id);
    if (!client)
        virErrorRaise(VIR_FROM_ADMIN, VIR_ERR_NO_CLIENT, "no client with matching ID '%llu'", id);
    return client;
}

static virAdmClientPtr
serverLookupClient(virAdmServerPtr srv, unsigned long long id, unsigned int flags G_GNUC_UNUSED)
{
    virServeClient *client = findClient(srv->name, id);
    virAdmClientPtr result;

    if (!client)
        return NULL;
    result = newClient(srv, client);
    virServeClientUnref(client);
    return result;
}

static void
addPeer(List *list, const virServePeer *peer)
{
    char buffer[4096];
    struct passwd user, *foundUser = NULL;
    struct group group, *foundGroup = NULL;

    if (!peer->known)
        return;
    addInt(list, VIR_CLIENT_INFO_UNIX_USER_ID, (int) peer->user);
    if (getpwuid_r(peer->user, &user, buffer, sizeof(buffer), &foundUser) == 0 && foundUser)
        addString(list, VIR_CLIENT_INFO_UNIX_USER_NAME, foundUser->pw_name);
    addInt(list, VIR_CLIENT_INFO_UNIX_GROUP_ID, (int) peer->group);
    if (getgrgid_r(peer->group, &group, buffer, sizeof(buffer), &foundGroup) == 0 && foundGroup)
        addString(list, VIR_CLIENT_INFO_UNIX_GROUP_NAME, foundGroup->gr_name);
    addInt(list, VIR_CLIENT_INFO_UNIX_PROCESS_ID, (int) peer->process);
}

static int
clientGetInfo(virAdmClientPtr handle, virTypedParameterPtr *params, int *nparams,
              unsigned int flags G_GNUC_UNUSED)
{
    virServeClient *client = findClient(handle->srv->name, handle->id);
    List list = { NULL, 0, 0 };

    if (!client)
        return -1;
    localTypedParamsAddBoolean(&list.params, &list.count, &list.room, VIR_CLIENT_INFO_READONLY,
                               client->readOnly);
    addString(&list, VIR_CLIENT_INFO_SOCKET_ADDR, client->peer.address);
    addPeer(&list, &client->peer);
    virServeClientUnref(client);
    return give(&list, params, nparams);
}

static int
clientClose(virAdmClientPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    virServeClient *client = findClient(handle->srv->name, handle->id);

    if (!client)
        return -1;
    virServeClientCloseLater(client);
    virServeClientUnref(client);
    return 0;
}

/* --- the daemon ----------------------------------------------------------------------------------- */

static int
connectGetLibVersion(virAdmConnectPtr conn G_GNUC_UNUSED, unsigned long long *version)
{
    *version = LIBVIR_VERSION_NUMBER;
    return 0;
}

static int
connectIsAlive(virAdmConnectPtr conn G_GNUC_UNUSED)
{
    return 1;
}

/* The number of words is what programs get, too. */
static int
connectGetFilters(virAdmConnectPtr conn G_GNUC_UNUSED, char **filters,
                  unsigned int flags G_GNUC_UNUSED)
{
    unsigned int count;
    char *text = virLogGetFilters(&count);

    if (filters)
        *filters = g_steal_pointer(&text);
    g_free(text);
    return (int) count;
}

static int
connectGetOutputs(virAdmConnectPtr conn G_GNUC_UNUSED, char **outputs,
                  unsigned int flags G_GNUC_UNUSED)
{
    unsigned int count;
    char *text = virLogGetOutputs(&count);

    if (outputs)
        *outputs = g_steal_pointer(&text);
    g_free(text);
    return (int) count;
}

static int
setLog(bool (*set)(const char *text, char **problem), const char *text)
{
    g_autofree char *problem = NULL;

    if (set(text ? text : "", &problem))
        return 0;
    virErrorRaise(VIR_FROM_ADMIN, VIR_ERR_INVALID_ARG, "%s", problem);
    return -1;
}

static int
connectSetFilters(virAdmConnectPtr conn G_GNUC_UNUSED, const char *filters,
                  unsigned int flags G_GNUC_UNUSED)
{
    return setLog(virLogSetFilters, filters);
}

static int
connectSetOutputs(virAdmConnectPtr conn G_GNUC_UNUSED, const char *outputs,
                  unsigned int flags G_GNUC_UNUSED)
{
    /* Without a word, the log goes where it goes when nothing is configured. */
    return setLog(virLogSetOutputs, outputs && *outputs ? outputs : "3:stderr");
}

static int
connectSetTimeout(virAdmConnectPtr conn G_GNUC_UNUSED, unsigned int timeout,
                  unsigned int flags G_GNUC_UNUSED)
{
    virDaemonSetTimeout(virTheDaemon, timeout);
    return 0;
}

static int
connectShutdown(virAdmConnectPtr conn G_GNUC_UNUSED, unsigned int flags)
{
    if (flags & VIR_DAEMON_SHUTDOWN_PRESERVE) {
        virErrorRaise(VIR_FROM_ADMIN, VIR_ERR_OPERATION_UNSUPPORTED,
                      "guests run on while the daemon is down; it does not save them first");
        return -1;
    }
    virDaemonQuit(virTheDaemon);
    return 0;
}

static const virAdminDriver driver = {
    .AdmClientClose = clientClose,
    .AdmClientGetInfo = clientGetInfo,
    .AdmConnectGetLibVersion = connectGetLibVersion,
    .AdmConnectIsAlive = connectIsAlive,
    .AdmConnectListServers = connectListServers,
    .AdmConnectLookupServer = connectLookupServer,
    .AdmServerGetClientLimits = serverGetClientLimits,
    .AdmServerGetThreadPoolParameters = serverGetThreadPool,
    .AdmServerListClients = serverListClients,
    .AdmServerLookupClient = serverLookupClient,
    .AdmServerSetClientLimits = serverSetClientLimits,
    .AdmServerSetThreadPoolParameters = serverSetThreadPool,
    .AdmServerUpdateTlsFiles = serverUpdateTls,
    .AdmConnectGetLoggingFilters = connectGetFilters,
    .AdmConnectGetLoggingOutputs = connectGetOutputs,
    .AdmConnectSetLoggingFilters = connectSetFilters,
    .AdmConnectSetLoggingOutputs = connectSetOutputs,
    .AdmConnectSetDaemonTimeout = connectSetTimeout,
    .AdmConnectDaemonShutdown = connectShutdown,
};

virAdmConnectPtr
virDaemonAdminNew(void)
{
    virAdmConnectPtr conn = virHandleNew(&virAdmConnectClass);

    conn->admin = &driver;
    return conn;
}
