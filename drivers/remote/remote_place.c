/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where a URI leads: the transport, what it needs, and the URI that is left for the server. */

#include "remote_private.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "runtime/clientconfig.h"
#include "runtime/error.h"

#define SOCKET "libvirt-sock"

/* Parameters that are for this side: all others are handed through. */
typedef struct {
    char *mode;
    char *socket;
    char *noVerify;
    char *noTerminal;
    char *name;
    char *ignored;
} Parameters;

static void
clearParameters(Parameters *parameters)
{
    g_free(parameters->mode);
    g_free(parameters->socket);
    g_free(parameters->noVerify);
    g_free(parameters->noTerminal);
    g_free(parameters->name);
    g_free(parameters->ignored);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Parameters, clearParameters)

void
remotePlaceClear(remotePlace *place)
{
    virTransportTargetClear(&place->target);
    g_clear_pointer(&place->name, g_free);
}

/* Where the value of a parameter goes; NULL when it is for the server. */
static char **
placeOf(remotePlace *place, Parameters *parameters, const char *name)
{
    const struct {
        const char *name;
        char **value;
    } known[] = {
        { "name", &parameters->name },
        { "mode", &parameters->mode },
        { "socket", &parameters->socket },
        { "command", &place->target.command },
        { "netcat", &place->target.netcat },
        { "keyfile", &place->target.keyFile },
        { "known_hosts", &place->target.knownHosts },
        { "sshauth", &place->target.sshAuth },
        { "pkipath", &place->target.pkiPath },
        { "tls_priority", &place->target.tlsPriority },
        { "no_verify", &parameters->noVerify },
        { "no_tty", &parameters->noTerminal },
        /* Read by others, or for transports of a later time. */
        { "authfile", &parameters->ignored },
        { "auth", &parameters->ignored },
        { "proxy", &parameters->ignored },
        { "known_hosts_verify", &parameters->ignored },
        { "no_sanity", &parameters->ignored },
    };
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(known); i++) {
        if (g_str_equal(known[i].name, name))
            return known[i].value;
    }
    return NULL;
}

/* Sorts the parameters; what is left for the server is its query, NULL for none. */
static char *
sortParameters(remotePlace *place, Parameters *parameters, const virURI *uri)
{
    g_autoptr(GString) rest = g_string_new(NULL);
    guint i;

    for (i = 0; i < uri->parameters->len; i++) {
        const virURIParameter *one = &g_array_index(uri->parameters, virURIParameter, i);
        char **value = placeOf(place, parameters, one->name);

        if (value) {
            g_free(*value);
            *value = g_strdup(one->value);
            continue;
        }
        if (rest->len)
            g_string_append_c(rest, '&');
        g_string_append_uri_escaped(rest, one->name, NULL, /* allow_utf8= */ false);
        g_string_append_c(rest, '=');
        g_string_append_uri_escaped(rest, one->value, NULL, /* allow_utf8= */ false);
    }
    return rest->len ? g_string_free(g_steal_pointer(&rest), FALSE) : NULL;
}

static bool
isSet(const char *flag)
{
    return flag && strtol(flag, NULL, 10) != 0;
}

/* The URI as the server sees it: without what led there. */
static char *
nameForServer(const virURI *uri, char *query)
{
    virURI local = *uri;

    local.transport = NULL;
    local.user = NULL;
    local.server = NULL;
    local.port = 0;
    local.query = query;
    return virURIFormat(&local);
}

static int
findTransport(remotePlace *place, const virURI *uri)
{
    const char *name = "unix";

    if (uri && uri->transport)
        name = uri->transport;
    else if (uri && uri->server)
        name = "tls";
    place->transport = virTransportFind(name);
    return place->transport ? 0 : -1;
}

/* The folder of the sockets of the machine's daemon, or of this user's. */
static char *
socketFolder(bool session)
{
    if (session)
        return g_build_filename(g_get_user_runtime_dir(), "libvirt", NULL);
    return g_strdup(VIR_RUNSTATEDIR "/libvirt");
}

/* Which kind of daemon to look for: what the URI says, else the user's settings; "auto" where nobody does. */
static char *
findMode(Parameters *parameters)
{
    g_autofree char *path = NULL;
    g_autoptr(virConfig) config = NULL;
    char *mode = g_steal_pointer(&parameters->mode);

    if (mode)
        return mode;
    path = virClientConfigPath();
    config = virClientConfigRead(path);
    if (!config || !virClientConfigRemoteMode(config, &mode))
        return NULL;
    return mode ? mode : g_strdup("auto");
}

/*
 * The socket to connect to. There may be one daemon per driver ("direct") or one for all ("legacy"); "auto" takes
 * that of the driver where there is one.
 */
static int
findSocket(remotePlace *place, const virURI *uri, Parameters *parameters, bool readOnly)
{
    g_autofree char *mode = findMode(parameters);
    g_autofree char *folder = socketFolder(place->session);
    const char *suffix = readOnly && !place->session ? "-ro" : "";
    g_autofree char *own = NULL;

    if (!mode)
        return -1;
    if (uri && *uri->driver)
        own = g_strdup_printf("%s/virt%sd-sock%s", folder, uri->driver, suffix);
    if (g_str_equal(mode, "legacy") ||
        (g_str_equal(mode, "auto") && (!own || access(own, F_OK) < 0))) {
        place->target.path = g_strdup_printf("%s/" SOCKET "%s", folder, suffix);
        return 0;
    }
    if (!g_str_equal(mode, "auto") && !g_str_equal(mode, "direct")) {
        virErrorRaise(VIR_FROM_REMOTE, VIR_ERR_INVALID_ARG,
                      "the mode '%s' is none of auto, legacy and direct", mode);
        return -1;
    }
    if (!own) {
        virErrorRaise(VIR_FROM_REMOTE, VIR_ERR_OPERATION_UNSUPPORTED,
                      "the mode 'direct' needs a URI, because the driver's name is that of its daemon");
        return -1;
    }
    place->target.path = g_steal_pointer(&own);
    return 0;
}

int
remotePlaceFind(remotePlace *place, const virURI *uri, unsigned int flags)
{
    g_auto(Parameters) parameters = { 0 };
    g_autofree char *query = NULL;

    if (findTransport(place, uri) < 0)
        return -1;
    if (uri) {
        query = sortParameters(place, &parameters, uri);
        place->target.host = g_strdup(uri->server);
        place->target.user = g_strdup(uri->user);
        if (uri->port)
            place->target.port = g_strdup_printf("%d", uri->port);
    }
    if (place->transport->needsHost && !place->target.host)
        place->target.host = g_strdup("localhost");
    if (!place->target.port)
        place->target.port = g_strdup(place->transport->port);
    place->target.verify = !isSet(parameters.noVerify);
    place->target.terminal = !isSet(parameters.noTerminal);
    if (parameters.name)
        place->name = g_steal_pointer(&parameters.name);
    else if (!uri || g_str_equal(uri->driver, "remote"))
        place->name = g_strdup("");
    else
        place->name = nameForServer(uri, query);
    if (parameters.socket) {
        place->target.path = g_steal_pointer(&parameters.socket);
        return 0;
    }
    /* Root has no daemon of its own; hosts of the test hypervisor belong to whoever asks for them. */
    place->session = geteuid() != 0 && (!uri || g_str_equal(uri->path, "/session") ||
                                        g_str_equal(uri->driver, "test"));
    /* What the sockets of another machine are called is found out there. */
    if (!place->transport->local)
        return 0;
    return findSocket(place, uri, &parameters, (flags & VIR_CONNECT_RO) != 0);
}
