/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The daemon as a whole: its servers, what it is started with, and when it ends. */

#define _GNU_SOURCE 1

#include "daemon/daemon.h"

#include <errno.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "base/log.h"
#include "daemon/activation.h"
#include "runtime/error.h"
#include "runtime/local.h"

#define SOURCE "daemon"
/* Threads that wait for sockets: two, so that one may be held up, and no more than help. */
#define LOOP_LEAST 2
#define LOOP_MOST 8
/* How often clients are looked after, in milliseconds. */
#define LOOK_INTERVAL 1000

virDaemon *virTheDaemon;

struct virDaemon {
    const virDaemonOptions *options;
    const virDaemonPaths *paths;
    char *configPath;
    virLoop *loop;
    virServer *servers[3];      /* libvirtd, admin, and the end */
    int lookTimer;
    gint64 idleSince;           /* monotonic microseconds */

    /* Read and written by any thread. */
    unsigned int timeout;
    int watching;               /* some client wants to be asked */
    int quit;
};

/* --- signals ------------------------------------------------------------------------------------- */

static int signalFds[2] = { -1, -1 };
enum { SIGNAL_QUIT, SIGNAL_RELOAD };

static void
onSignal(int number)
{
    uint64_t one = 1;
    int saved = errno;

    if (write(signalFds[number == SIGHUP ? SIGNAL_RELOAD : SIGNAL_QUIT], &one, sizeof(one)) < 0)
        _exit(1);
    errno = saved;
}

static void
clearSignal(int fd)
{
    uint64_t count;

    if (read(fd, &count, sizeof(count)) < 0)
        VIR_LOG(VIR_LOG_DEBUG, SOURCE, "a signal was taken twice");
}

static void
onQuitSignal(int watch G_GNUC_UNUSED, int fd, int events G_GNUC_UNUSED, void *opaque)
{
    clearSignal(fd);
    VIR_LOG(VIR_LOG_INFO, SOURCE, "a signal ends the daemon");
    virDaemonQuit(opaque);
}

/* --- configuration ------------------------------------------------------------------------------- */

static int
applyLog(const virDaemonConfig *config, bool verbose)
{
    g_autofree char *problem = NULL;
    const char *outputs = config->logOutputs;

    if (verbose)
        virLogSetLevel(VIR_LOG_INFO);
    else if (config->logLevel)
        virLogSetLevel((virLogLevel) config->logLevel);
    /* What the environment says goes first. */
    if (!g_getenv("LIBVIRT_LOG_OUTPUTS")) {
        if (!outputs)
            outputs = verbose ? "1:stderr" : "3:stderr";
        if (!virLogSetOutputs(outputs, &problem)) {
            virErrorRaise(VIR_FROM_CONF, VIR_ERR_CONF_SYNTAX, "log_outputs: %s", problem);
            return -1;
        }
    }
    if (config->logFilters && !g_getenv("LIBVIRT_LOG_FILTERS") &&
        !virLogSetFilters(config->logFilters, &problem)) {
        virErrorRaise(VIR_FROM_CONF, VIR_ERR_CONF_SYNTAX, "log_filters: %s", problem);
        return -1;
    }
    return 0;
}

static virServerLimits
limitsOf(const virDaemonServerConfig *config)
{
    return (virServerLimits) {
        .clients = config->clients,
        .anonymous = config->anonymous,
        .requests = config->requests,
        .allRequests = config->allRequests,
    };
}

static virPoolLimits
workersOf(const virDaemonServerConfig *config)
{
    return (virPoolLimits) {
        .least = config->least,
        .most = config->most,
        .urgent = config->urgent,
    };
}

static virDaemonConfig *
readConfig(const virDaemon *daemon)
{
    g_autofree char *problem = NULL;
    virDaemonConfig *config = virDaemonConfigRead(daemon->configPath,
                                                  daemon->options->config != NULL, &problem);

    if (!config)
        virErrorRaise(VIR_FROM_CONF, VIR_ERR_CONF_SYNTAX, "%s", problem);
    return config;
}

/* SIGHUP: what can change without new sockets does. */
static void
reload(virDaemon *daemon)
{
    g_autoptr(virDaemonConfig) config = NULL;
    const virDaemonServerConfig *parts[2];
    int i;

    virActivationTell("RELOADING=1");
    config = readConfig(daemon);
    if (!config || applyLog(config, daemon->options->verbose) < 0) {
        VIR_LOG(VIR_LOG_ERROR, SOURCE, "nothing was reloaded: %s", localGetLastErrorMessage());
        virErrorReset();
    } else {
        parts[0] = &config->server;
        parts[1] = &config->admin;
        for (i = 0; i < 2; i++) {
            virServerLimits limits = limitsOf(parts[i]);
            virPoolLimits workers = workersOf(parts[i]);

            virServerSetLimits(daemon->servers[i], &limits);
            virPoolSetLimits(virServerPool(daemon->servers[i]), &workers);
            virServerSetKeepalive(daemon->servers[i], parts[i]->keepaliveInterval,
                                  parts[i]->keepaliveCount);
        }
        VIR_LOG(VIR_LOG_INFO, SOURCE, "reloaded %s", daemon->configPath);
    }
    virActivationTell("READY=1");
}

static void
onReloadSignal(int watch G_GNUC_UNUSED, int fd, int events G_GNUC_UNUSED, void *opaque)
{
    clearSignal(fd);
    reload(opaque);
}

/* --- sockets ------------------------------------------------------------------------------------- */

static int
listenUnix(virDaemon *daemon, virServer *server, const virDaemonConfig *config, const char *name,
           bool readOnly)
{
    const char *folder = config->socketFolder ? config->socketFolder : daemon->paths->socketFolder;
    g_autofree char *path = g_build_filename(folder, name, NULL);
    bool admin = server == daemon->servers[1];
    virListenUnix wanted = {
        .path = path,
        .mode = admin ? config->adminMode : readOnly ? config->readOnlyMode : config->readWriteMode,
        .group = admin ? (gid_t) -1 : config->groupId,
        .readOnly = readOnly,
        .auth = readOnly ? config->readOnlyAuth : config->readWriteAuth,
        .backlog = (int) (admin ? config->admin.queued : config->server.queued),
    };
    virListener *listener;

    /* A user's own sockets are for that user. */
    if (!daemon->paths->system)
        wanted.mode = 0700;
    listener = virListenerNewUnix(&wanted);
    return listener ? virServerListen(server, listener) : -1;
}

static int
listenTCP(virDaemon *daemon, const virDaemonConfig *config)
{
    g_autoptr(GPtrArray) listeners = g_ptr_array_new();
    virListenTCP wanted = {
        .address = config->listenAddress,
        .port = config->tcpPort,
        .auth = config->tcpAuth,
        .backlog = (int) config->server.queued,
    };
    int rc;
    guint i;

    if (config->listenTLS) {
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_CONFIG_UNSUPPORTED,
                      "listen_tls is 1, but this build has no TLS");
        return -1;
    }
    if (!config->listenTCP)
        return 0;
    if (config->tcpAuth != VIR_SERVE_AUTH_NONE) {
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_CONFIG_UNSUPPORTED,
                      "listen_tcp is 1 and auth_tcp is \"sasl\", which this build cannot check; "
                      "set auth_tcp = \"none\" to do without authentication");
        return -1;
    }
    rc = virListenerNewTCP(listeners, &wanted);
    for (i = 0; i < listeners->len; i++) {
        virListener *listener = g_ptr_array_index(listeners, i);

        if (rc < 0)
            virListenerClose(listener);
        else
            rc = virServerListen(daemon->servers[0], listener);
    }
    return rc;
}

/* A socket that systemd made: its name says what it is for. */
static int
adopt(virDaemon *daemon, const virDaemonConfig *config, int fd)
{
    virListener *listener = virListenerAdopt(fd, /* readOnly= */ false, VIR_SERVE_AUTH_NONE);
    const char *path = virListenerPath(listener);
    bool admin = path && g_str_has_suffix(path, "admin-sock");
    bool readOnly = path && g_str_has_suffix(path, "-ro");

    if (virListenerIsTCP(listener) && config->tcpAuth != VIR_SERVE_AUTH_NONE) {
        virListenerClose(listener);
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_CONFIG_UNSUPPORTED,
                      "systemd handed over a TCP socket and auth_tcp is \"sasl\", which this "
                      "build cannot check");
        return -1;
    }
    virListenerSetReadOnly(listener, readOnly);
    return virServerListen(daemon->servers[admin ? 1 : 0], listener);
}

static int
makeFolder(const char *folder, bool system)
{
    /* Anybody may look for the sockets of the machine. */
    if (g_mkdir_with_parents(folder, system ? 0755 : 0700) < 0) {
        virErrorRaiseSystem(VIR_FROM_RPC, errno, "cannot make the folder '%s'", folder);
        return -1;
    }
    return 0;
}

static int
listenAll(virDaemon *daemon, const virDaemonConfig *config)
{
    g_autoptr(GArray) handed = virActivationSockets();
    g_auto(GStrv) names = NULL;
    guint i;

    for (i = 0; handed && i < handed->len; i++) {
        if (adopt(daemon, config, g_array_index(handed, int, i)) < 0)
            return -1;
    }
    if (handed)
        return 0;
    if (makeFolder(config->socketFolder ? config->socketFolder : daemon->paths->socketFolder,
                   daemon->paths->system) < 0 ||
        (daemon->options->listen && listenTCP(daemon, config) < 0))
        return -1;
    names = virDaemonSplitNames();
    for (i = 0; names[i]; i++) {
        g_autofree char *readWrite = g_strdup_printf("%s-sock", names[i]);
        g_autofree char *readOnly = g_strdup_printf("%s-sock-ro", names[i]);

        if (listenUnix(daemon, daemon->servers[0], config, readWrite, false) < 0 ||
            (daemon->paths->system &&
             listenUnix(daemon, daemon->servers[0], config, readOnly, true) < 0))
            return -1;
    }
    /* The one that everybody looks for comes last: where it is, the others are. */
    if (listenUnix(daemon, daemon->servers[1], config, VIR_DAEMON_SOCKET_ADMIN, false) < 0 ||
        (daemon->paths->system &&
         listenUnix(daemon, daemon->servers[0], config, VIR_DAEMON_SOCKET_RO, true) < 0))
        return -1;
    return listenUnix(daemon, daemon->servers[0], config, VIR_DAEMON_SOCKET, false);
}

/* --- time ---------------------------------------------------------------------------------------- */

/* Whether nobody has been here for the whole timeout. */
static bool
isIdle(virDaemon *daemon, gint64 now)
{
    unsigned int timeout = __atomic_load_n(&daemon->timeout, __ATOMIC_RELAXED);
    virServerCount count;

    virServerGetCount(daemon->servers[0], &count);
    if (count.clients || !timeout)
        daemon->idleSince = now;
    return timeout && now - daemon->idleSince >= (gint64) timeout * G_USEC_PER_SEC;
}

static void
onLook(int timer G_GNUC_UNUSED, void *opaque)
{
    virDaemon *daemon = opaque;
    gint64 now = g_get_monotonic_time();
    int i;

    for (i = 0; daemon->servers[i]; i++)
        virServerLook(daemon->servers[i], now);
    if (isIdle(daemon, now)) {
        VIR_LOG(VIR_LOG_INFO, SOURCE, "no client has come for %u seconds", daemon->timeout);
        virDaemonQuit(daemon);
    }
}

void
virDaemonWatchClients(virDaemon *daemon)
{
    if (!__atomic_exchange_n(&daemon->watching, 1, __ATOMIC_RELAXED))
        localEventUpdateTimeout(daemon->lookTimer, LOOK_INTERVAL);
}

void
virDaemonSetTimeout(virDaemon *daemon, unsigned int seconds)
{
    __atomic_store_n(&daemon->timeout, seconds, __ATOMIC_RELAXED);
    if (seconds)
        virDaemonWatchClients(daemon);
}

static void
wake(int timer, void *opaque G_GNUC_UNUSED)
{
    localEventRemoveTimeout(timer);
}

void
virDaemonQuit(virDaemon *daemon)
{
    __atomic_store_n(&daemon->quit, 1, __ATOMIC_RELEASE);
    localEventAddTimeout(0, wake, NULL, NULL);
}

/* --- the whole ----------------------------------------------------------------------------------- */

virServer *const *
virDaemonServers(virDaemon *daemon)
{
    return daemon->servers;
}

virServer *
virDaemonServer(virDaemon *daemon, const char *name)
{
    int i;

    for (i = 0; daemon->servers[i]; i++) {
        if (g_str_equal(virServerName(daemon->servers[i]), name))
            return daemon->servers[i];
    }
    return NULL;
}

static virServer *
newServer(virDaemon *daemon, const char *name, const virServeProgram *const *programs,
          const virDaemonServerConfig *config)
{
    virServerLimits limits = limitsOf(config);
    virPoolLimits workers = workersOf(config);
    virServer *server = virServerNew(name, daemon->loop, programs, &limits, &workers);

    virServerSetKeepalive(server, config->keepaliveInterval, config->keepaliveCount);
    return server;
}

static int
watchSignals(virDaemon *daemon)
{
    static const int quitting[] = { SIGINT, SIGTERM, SIGQUIT };
    struct sigaction action = { .sa_handler = onSignal, .sa_flags = SA_RESTART };
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(signalFds); i++) {
        signalFds[i] = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (signalFds[i] < 0) {
            virErrorRaiseSystem(VIR_FROM_RPC, errno, "cannot make a descriptor for signals");
            return -1;
        }
    }
    localEventAddHandle(signalFds[SIGNAL_QUIT], VIR_EVENT_HANDLE_READABLE, onQuitSignal, daemon,
                        NULL);
    localEventAddHandle(signalFds[SIGNAL_RELOAD], VIR_EVENT_HANDLE_READABLE, onReloadSignal,
                        daemon, NULL);
    for (i = 0; i < G_N_ELEMENTS(quitting); i++)
        sigaction(quitting[i], &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    return 0;
}

/* As many clients as the limit allows need as many descriptors. */
static void
raiseDescriptorLimit(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

virDaemon *
virDaemonNew(const virDaemonOptions *options, const virDaemonPaths *paths)
{
    virDaemon *daemon = g_new0(virDaemon, 1);
    g_autoptr(virDaemonConfig) config = NULL;
    unsigned int processors = g_get_num_processors();

    daemon->options = options;
    daemon->paths = paths;
    daemon->configPath = g_strdup(options->config ? options->config : paths->config);
    daemon->lookTimer = -1;
    virTheDaemon = daemon;
    raiseDescriptorLimit();
    config = readConfig(daemon);
    if (!config || applyLog(config, options->verbose) < 0 ||
        localEventRegisterDefaultImpl() < 0 || watchSignals(daemon) < 0)
        goto error;
    daemon->loop = virLoopNew(CLAMP(processors, LOOP_LEAST, LOOP_MOST));
    if (!daemon->loop) {
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_SYSTEM_ERROR, "cannot make the loop for sockets");
        goto error;
    }
    daemon->servers[0] = newServer(daemon, "libvirtd", virDaemonPrograms, &config->server);
    daemon->servers[1] = newServer(daemon, "admin", virDaemonAdminPrograms, &config->admin);
    daemon->lookTimer = localEventAddTimeout(-1, onLook, daemon, NULL);
    daemon->idleSince = g_get_monotonic_time();
    virDaemonSetTimeout(daemon, options->timeout);
    if (listenAll(daemon, config) < 0)
        goto error;
    return daemon;

error:
    virDaemonFree(daemon);
    return NULL;
}

void
virDaemonRun(virDaemon *daemon)
{
    virActivationTell("READY=1");
    while (!__atomic_load_n(&daemon->quit, __ATOMIC_ACQUIRE)) {
        if (localEventRunDefaultImpl() < 0) {
            VIR_LOG(VIR_LOG_ERROR, SOURCE, "%s", localGetLastErrorMessage());
            return;
        }
    }
    virActivationTell("STOPPING=1");
}

void
virDaemonFree(virDaemon *daemon)
{
    int i;

    for (i = 0; daemon->servers[i]; i++)
        virServerStop(daemon->servers[i]);
    if (daemon->loop)
        virLoopStop(daemon->loop);
    for (i = 0; daemon->servers[i]; i++)
        virServerFree(daemon->servers[i]);
    if (daemon->loop)
        virLoopFree(daemon->loop);
    if (daemon->lookTimer >= 0)
        localEventRemoveTimeout(daemon->lookTimer);
    g_free(daemon->configPath);
    g_free(daemon);
    virTheDaemon = NULL;
}
