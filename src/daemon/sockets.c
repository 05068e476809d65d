/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which sockets the daemon has: those that systemd hands over, or those that its settings ask for. */

#include "daemon/sockets.h"

#include <errno.h>
#include <string.h>

#include <libvirt/virterror.h>

#include "base/log.h"
#include "daemon/activation.h"
#include "daemon/settings.h"
#include "runtime/error.h"

#define SOURCE "daemon.sockets"

/* What a socket is for. */
typedef enum {
    USE_UNKNOWN,
    USE_READ_WRITE,
    USE_READ_ONLY,
    USE_ADMIN,
    USE_TCP,
    USE_TLS,
} Use;

/* --- made here ------------------------------------------------------------------------------------ */

static const char *
folderOf(const virDaemonSockets *wanted)
{
    return wanted->config->socketFolder ? wanted->config->socketFolder
                                        : wanted->paths->socketFolder;
}

/* Administrators are told by the permissions of their socket alone: their program knows no other way. */
static virServeAuth
authOf(const virDaemonConfig *config, Use use)
{
    switch (use) {
    case USE_READ_WRITE:
        return config->readWriteAuth;
    case USE_READ_ONLY:
        return config->readOnlyAuth;
    case USE_TCP:
        return config->tcpAuth;
    case USE_ADMIN:
    case USE_TLS:
    case USE_UNKNOWN:
        break;
    }
    return VIR_SERVE_AUTH_NONE;
}

static int
listenUnix(const virDaemonSockets *wanted, const char *name, Use use)
{
    const virDaemonConfig *config = wanted->config;
    g_autofree char *path = g_build_filename(folderOf(wanted), name, NULL);
    virListenUnix how = {
        .path = path,
        .mode = use == USE_ADMIN       ? config->adminMode
                : use == USE_READ_ONLY ? config->readOnlyMode
                                       : config->readWriteMode,
        .group = use == USE_ADMIN ? (gid_t) -1 : config->groupId,
        .readOnly = use == USE_READ_ONLY,
        .auth = authOf(config, use),
        .backlog = use == USE_ADMIN ? config->admin.queued : config->server.queued,
    };
    virListener *listener;

    /* A user's own sockets are for that user. */
    if (!wanted->paths->system) {
        how.mode = 0700;
        how.group = (gid_t) -1;
    }
    listener = virListenerNewUnix(&how);
    return listener ? virServerListen(use == USE_ADMIN ? wanted->admin : wanted->server, listener)
                    : -1;
}

static int
listenTCP(const virDaemonSockets *wanted)
{
    const virDaemonConfig *config = wanted->config;
    g_autoptr(GPtrArray) listeners = g_ptr_array_new();
    virListenTCP how = {
        .address = config->listenAddress,
        .port = config->tcpPort,
        .auth = config->tcpAuth,
        .backlog = config->server.queued,
    };
    int rc;
    guint i;

    if (config->listenTLS) {
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_CONFIG_UNSUPPORTED,
                      "listen_tls is 1, but this build has no TLS");
        return -1;
    }
    if (!config->listenTCP) {
        VIR_LOG(VIR_LOG_WARNING, SOURCE,
                "--listen has no effect, because neither listen_tcp nor listen_tls is 1");
        return 0;
    }
    if (config->tcpAuth != VIR_SERVE_AUTH_NONE) {
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_CONFIG_UNSUPPORTED,
                      "listen_tcp is 1 and auth_tcp is \"sasl\", which this build cannot check; "
                      "set auth_tcp = \"none\" to do without authentication");
        return -1;
    }
    rc = virListenerNewTCP(listeners, &how);
    for (i = 0; i < listeners->len; i++) {
        virListener *listener = g_ptr_array_index(listeners, i);

        if (rc < 0) {
            virListenerClose(listener);
            continue;
        }
        virListenerAllow(listener, (const char *const *) config->allowedAddresses);
        rc = virServerListen(wanted->server, listener);
    }
    return rc;
}

static int
makeFolder(const virDaemonSockets *wanted)
{
    const char *folder = folderOf(wanted);

    /* Anybody may look for the sockets of the machine. */
    if (g_mkdir_with_parents(folder, wanted->paths->system ? 0755 : 0700) < 0) {
        virErrorRaiseSystem(VIR_FROM_RPC, errno, "cannot make the folder '%s'", folder);
        return -1;
    }
    return 0;
}

/* The names under which clients look for daemons of one driver each. */
static int
listenSplit(const virDaemonSockets *wanted)
{
    g_auto(GStrv) names = virDaemonSplitNames();
    guint i;

    for (i = 0; names[i]; i++) {
        g_autofree char *readWrite = g_strdup_printf("%s-sock", names[i]);
        g_autofree char *readOnly = g_strdup_printf("%s-sock-ro", names[i]);

        if (listenUnix(wanted, readWrite, USE_READ_WRITE) < 0 ||
            (wanted->paths->system && listenUnix(wanted, readOnly, USE_READ_ONLY) < 0))
            return -1;
    }
    return 0;
}

static int
listenHere(const virDaemonSockets *wanted)
{
    if (makeFolder(wanted) < 0 || (wanted->tcp && listenTCP(wanted) < 0) ||
        listenSplit(wanted) < 0)
        return -1;
    /* The one that everybody looks for comes last: where it is, the others are. */
    if (listenUnix(wanted, VIR_DAEMON_SOCKET_ADMIN, USE_ADMIN) < 0 ||
        (wanted->paths->system && listenUnix(wanted, VIR_DAEMON_SOCKET_RO, USE_READ_ONLY) < 0))
        return -1;
    return listenUnix(wanted, VIR_DAEMON_SOCKET, USE_READ_WRITE);
}

/* --- handed over ---------------------------------------------------------------------------------- */

/* By the name of the unit: libvirtd.socket, libvirtd-ro.socket and so on, or that of a split daemon. */
static Use
useByName(const char *name)
{
    static const struct {
        const char *ending;
        Use use;
    } uses[] = {
        { "-ro", USE_READ_ONLY }, { "-admin", USE_ADMIN }, { "-tcp", USE_TCP },
        { "-tls", USE_TLS },      { "", USE_READ_WRITE },
    };
    g_auto(GStrv) splits = virDaemonSplitNames();
    g_autofree char *base = g_strdup(name ? name : "");
    size_t i;

    if (g_str_has_suffix(base, ".socket"))
        base[strlen(base) - strlen(".socket")] = 0;
    for (i = 0; i < G_N_ELEMENTS(uses); i++) {
        g_autofree char *stem = NULL;

        if (!g_str_has_suffix(base, uses[i].ending))
            continue;
        stem = g_strndup(base, strlen(base) - strlen(uses[i].ending));
        if (g_str_equal(stem, "libvirtd") ||
            g_strv_contains((const char *const *) splits, stem))
            return uses[i].use;
    }
    return USE_UNKNOWN;
}

static Use
useByPath(const char *path)
{
    if (!path)
        return USE_UNKNOWN;
    if (g_str_has_suffix(path, "-admin-sock"))
        return USE_ADMIN;
    if (g_str_has_suffix(path, "-sock-ro"))
        return USE_READ_ONLY;
    return g_str_has_suffix(path, "-sock") ? USE_READ_WRITE : USE_UNKNOWN;
}

/* What a socket is for; USE_UNKNOWN with an error raised when it cannot be served. */
static Use
judge(const virDaemonSockets *wanted, const virListener *listener, const char *name)
{
    bool tcp = virListenerIsTCP(listener);
    Use use = useByName(name);

    if (use == USE_UNKNOWN)
        use = tcp ? USE_TCP : useByPath(virListenerPath(listener));
    if (use == USE_TLS) {
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_CONFIG_UNSUPPORTED,
                      "systemd handed over the socket '%s', but this build has no TLS", name);
        return USE_UNKNOWN;
    }
    if (use != USE_UNKNOWN && tcp != (use == USE_TCP))
        use = USE_UNKNOWN;
    if (use == USE_UNKNOWN) {
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_CONFIG_UNSUPPORTED,
                      "systemd handed over the socket '%s'%s%s, and its name does not say what it is "
                      "for; name it libvirtd, libvirtd-ro, libvirtd-admin or libvirtd-tcp "
                      "(FileDescriptorName=)",
                      name ? name : "", tcp ? " of TCP" : " with the path ",
                      tcp ? "" : virListenerPath(listener));
        return USE_UNKNOWN;
    }
    if (use == USE_TCP && wanted->config->tcpAuth != VIR_SERVE_AUTH_NONE) {
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_CONFIG_UNSUPPORTED,
                      "systemd handed over a TCP socket and auth_tcp is \"sasl\", which this "
                      "build cannot check; set auth_tcp = \"none\" to do without authentication");
        return USE_UNKNOWN;
    }
    return use;
}

/* A socket that systemd made: its name or its path says what it is for. */
static int
adopt(const virDaemonSockets *wanted, const virActivationSocket *handed)
{
    const virDaemonConfig *config = wanted->config;
    virListener *listener = virListenerAdopt(handed->fd, /* readOnly= */ false,
                                             VIR_SERVE_AUTH_NONE);
    Use use = judge(wanted, listener, handed->name);

    if (use == USE_UNKNOWN) {
        virListenerClose(listener);
        return -1;
    }
    if (use == USE_TCP)
        virListenerAllow(listener, (const char *const *) config->allowedAddresses);
    virListenerRestrict(listener, use == USE_READ_ONLY, authOf(config, use));
    return virServerListen(use == USE_ADMIN ? wanted->admin : wanted->server, listener);
}

/* Settings for sockets that the daemon would make, and which were made by another now. */
static void
tellIdle(const virDaemonSockets *wanted)
{
    g_autoptr(virDaemonConfig) plain = virDaemonConfigNew();
    size_t i;

    if (wanted->tcp)
        VIR_LOG(VIR_LOG_WARNING, SOURCE,
                "--listen has no effect, because systemd hands the sockets over");
    for (i = 0; i < virDaemonSettingsCount; i++) {
        const virSetting *setting = &virDaemonSettings[i];
        g_autofree char *usual = NULL;
        g_autofree char *asked = NULL;

        if (!setting->sockets)
            continue;
        usual = virSettingText(plain, setting);
        asked = virSettingText(wanted->config, setting);
        if (!g_str_equal(usual, asked))
            VIR_LOG(VIR_LOG_WARNING, SOURCE,
                    "%s = %s has no effect, because systemd hands the sockets over: change its "
                    "units",
                    setting->name, asked);
    }
}

int
virDaemonListen(const virDaemonSockets *wanted)
{
    g_autoptr(GArray) handed = NULL;
    guint i;

    if (virActivationSockets(&handed) < 0)
        return -1;
    if (!handed)
        return listenHere(wanted);
    tellIdle(wanted);
    for (i = 0; i < handed->len; i++) {
        virActivationSocket *one = &g_array_index(handed, virActivationSocket, i);

        if (adopt(wanted, one) < 0)
            return -1;
        one->fd = -1;
    }
    return 0;
}
