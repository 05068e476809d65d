/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The daemon as a whole: its servers, what it is started with, and when it ends. */

#define _GNU_SOURCE 1

#include "daemon/daemon.h"

#include <errno.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "base/log.h"
#include "daemon/access.h"
#include "daemon/activation.h"
#include "daemon/settings.h"
#include "daemon/sockets.h"
#include "runtime/error.h"
#include "runtime/local.h"
#include "runtime/script.h"

#define SOURCE "daemon"
/* Threads that wait for sockets: two, so that one may be held up, and no more than help. */
#define LOOP_LEAST 2
#define LOOP_MOST 8
/* How often clients are looked after, in milliseconds. */
#define LOOK_INTERVAL 1000
/* How long calls that are under way at the end may take, and how often they are looked at, in microseconds. */
#define END_TIME (2 * G_USEC_PER_SEC)
#define END_LOOK 2000

virDaemon *virTheDaemon;

struct virDaemon {
    const virDaemonOptions *options;
    const virDaemonPaths *paths;
    char *configPath;
    virDaemonConfig *config;    /* what was read last without a mistake */
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

    /* What the environment says goes first. */
    if (!g_getenv("LIBVIRT_DEBUG"))
        virLogSetLevel(verbose ? MIN(VIR_LOG_INFO, (virLogLevel) config->logLevel)
                               : (virLogLevel) config->logLevel);
    if (!g_getenv("LIBVIRT_LOG_OUTPUTS")) {
        if (!outputs)
            outputs = verbose || config->logLevel < VIR_LOG_WARNING ? "1:stderr" : "3:stderr";
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
    };
}

static virPoolLimits
workersOf(const virDaemonServerConfig *config)
{
    return (virPoolLimits) {
        .least = config->least,
        .most = config->most,
        .urgent = config->urgent,
        .together = config->allRequests,
    };
}

static virDaemonConfig *
readConfig(const virDaemon *daemon)
{
    g_autofree char *problem = NULL;
    virDaemonConfig *config = virDaemonConfigRead(daemon->configPath,
                                                  daemon->options->config != NULL,
                                                  daemon->paths->system, &problem);

    if (!config)
        virErrorRaise(VIR_FROM_CONF, VIR_ERR_CONF_SYNTAX, "%s", problem);
    return config;
}

/* Nothing that the file says is passed over in silence. */
static void
tellNotes(const virDaemonConfig *config)
{
    guint i;

    for (i = 0; i < config->notes->len; i++)
        VIR_LOG(VIR_LOG_WARNING, SOURCE, "%s", (const char *) g_ptr_array_index(config->notes, i));
}

/* Says what differs from the settings before. */
static void
tellChanges(const virDaemonConfig *before, const virDaemonConfig *config)
{
    size_t i;

    for (i = 0; i < virDaemonSettingsCount; i++) {
        const virSetting *setting = &virDaemonSettings[i];
        g_autofree char *old = NULL;
        g_autofree char *new = NULL;

        if (setting->offset == VIR_SETTING_NOWHERE)
            continue;
        old = virSettingText(before, setting);
        new = virSettingText(config, setting);
        if (g_str_equal(old, new))
            continue;
        if (setting->reload)
            VIR_LOG(VIR_LOG_INFO, SOURCE, "%s is %s now, it was %s", setting->name, new, old);
        else
            VIR_LOG(VIR_LOG_WARNING, SOURCE,
                    "%s stays %s until the daemon is started again; the file says %s",
                    setting->name, old, new);
    }
}

static void
applyLimits(virDaemon *daemon, const virDaemonConfig *config)
{
    const virDaemonServerConfig *parts[] = { &config->server, &config->admin };
    size_t i;

    for (i = 0; i < G_N_ELEMENTS(parts); i++) {
        virServerLimits limits = limitsOf(parts[i]);
        virPoolLimits workers = workersOf(parts[i]);

        virServerSetLimits(daemon->servers[i], &limits);
        virPoolSetLimits(virServerPool(daemon->servers[i]), &workers);
        virServerSetKeepalive(daemon->servers[i], parts[i]->keepaliveInterval,
                              parts[i]->keepaliveCount);
        virServerSetOpenTimeout(daemon->servers[i], (unsigned int) config->openTimeout);
    }
}

/* SIGHUP: what can change without new sockets does. */
static void
reload(virDaemon *daemon)
{
    g_autofree char *state = g_strdup_printf("RELOADING=1\nMONOTONIC_USEC=%" G_GINT64_FORMAT,
                                             g_get_monotonic_time());
    virDaemonConfig *config;

    virActivationTell(state);
    config = readConfig(daemon);
    if (!config || applyLog(config, daemon->options->verbose) < 0) {
        VIR_LOG(VIR_LOG_ERROR, SOURCE, "nothing was reloaded: %s", localGetLastErrorMessage());
        virErrorReset();
        virDaemonConfigFree(config);
    } else {
        applyLimits(daemon, config);
        tellNotes(config);
        tellChanges(daemon->config, config);
        VIR_LOG(VIR_LOG_INFO, SOURCE, "reloaded %s", daemon->configPath);
        virDaemonConfigFree(daemon->config);
        daemon->config = config;
    }
    virActivationTell("READY=1");
}

/* Tells the administrator's scripts; what they answer changes nothing. */
static void
tellScripts(const virDaemon *daemon, const char *operation, const char *part, const char *extra)
{
    g_autofree char *above = g_path_get_dirname(daemon->paths->config);
    g_autofree char *folder = g_build_filename(above, "hooks", NULL);
    const virScriptCall call = { .operation = operation, .part = part, .extra = extra };

    if (!virScriptRun(folder, "daemon", &call, /* output= */ NULL))
        VIR_LOG(VIR_LOG_WARNING, SOURCE, "%s", localGetLastErrorMessage());
}

static void
onReloadSignal(int watch G_GNUC_UNUSED, int fd, int events G_GNUC_UNUSED, void *opaque)
{
    clearSignal(fd);
    reload(opaque);
    tellScripts(opaque, "reload", "begin", "SIGHUP");
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

/* Without clients there is nothing to look after; said first, so that one who comes now is seen. */
static void
restWhenAlone(virDaemon *daemon)
{
    virServerCount count;
    int i;

    if (__atomic_load_n(&daemon->timeout, __ATOMIC_RELAXED))
        return;
    __atomic_store_n(&daemon->watching, 0, __ATOMIC_SEQ_CST);
    localEventUpdateTimeout(daemon->lookTimer, -1);
    for (i = 0; daemon->servers[i]; i++) {
        virServerGetCount(daemon->servers[i], &count);
        if (count.clients) {
            virDaemonWatchClients(daemon);
            return;
        }
    }
}

static void
onLook(int timer G_GNUC_UNUSED, void *opaque)
{
    virDaemon *daemon = opaque;
    gint64 now = g_get_monotonic_time();
    int i;

    for (i = 0; daemon->servers[i]; i++)
        virServerLook(daemon->servers[i], now);
    restWhenAlone(daemon);
    if (isIdle(daemon, now)) {
        VIR_LOG(VIR_LOG_INFO, SOURCE, "no client has come for %u seconds", daemon->timeout);
        virDaemonQuit(daemon);
    }
}

void
virDaemonWatchClients(virDaemon *daemon)
{
    if (!__atomic_exchange_n(&daemon->watching, 1, __ATOMIC_SEQ_CST))
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
          const virDaemonServerConfig *config, int openTimeout)
{
    virServerLimits limits = limitsOf(config);
    virPoolLimits workers = workersOf(config);
    virServer *server = virServerNew(name, daemon->loop, programs, &limits, &workers);

    virServerSetOpenTimeout(server, (unsigned int) openTimeout);

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

static int
listenAll(virDaemon *daemon, const virDaemonConfig *config)
{
    const virDaemonSockets wanted = {
        .config = config,
        .paths = daemon->paths,
        .tcp = daemon->options->listen,
        .server = daemon->servers[0],
        .admin = daemon->servers[1],
    };

    return virDaemonListen(&wanted);
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
    tellNotes(config);
    daemon->loop = virLoopNew(CLAMP(processors, LOOP_LEAST, LOOP_MOST));
    if (!daemon->loop) {
        virErrorRaise(VIR_FROM_RPC, VIR_ERR_SYSTEM_ERROR, "cannot make the loop for sockets");
        goto error;
    }
    daemon->servers[0] = newServer(daemon, "libvirtd", virDaemonPrograms, &config->server,
                                   config->openTimeout);
    daemon->servers[1] = newServer(daemon, "admin", virDaemonAdminPrograms, &config->admin,
                                   config->openTimeout);
    daemon->lookTimer = localEventAddTimeout(-1, onLook, daemon, NULL);
    daemon->idleSince = g_get_monotonic_time();
    virDaemonSetTimeout(daemon, options->timeout);
    if (virDaemonAccessBegin(config) < 0 || listenAll(daemon, config) < 0)
        goto error;
    daemon->config = g_steal_pointer(&config);
    return daemon;

error:
    virDaemonFree(daemon);
    return NULL;
}

void
virDaemonRun(virDaemon *daemon)
{
    tellScripts(daemon, "start", "-", "start");
    virActivationTell("READY=1");
    while (!__atomic_load_n(&daemon->quit, __ATOMIC_ACQUIRE)) {
        if (localEventRunDefaultImpl() < 0) {
            VIR_LOG(VIR_LOG_ERROR, SOURCE, "%s", localGetLastErrorMessage());
            return;
        }
    }
    virActivationTell("STOPPING=1");
    tellScripts(daemon, "shutdown", "-", "shutdown");
}

/* Whoever asked before the end is answered, as the administrator who asked for the end. */
static void
finishCalls(virDaemon *daemon)
{
    gint64 end = g_get_monotonic_time() + END_TIME;
    bool done = false;

    while (!done) {
        done = true;
        for (int i = 0; daemon->servers[i]; i++)
            done = virServerRest(daemon->servers[i]) && done;
        if (!done && g_get_monotonic_time() >= end) {
            VIR_LOG(VIR_LOG_WARNING, SOURCE, "some calls are not answered before the end");
            return;
        }
        if (!done)
            g_usleep(END_LOOK);
    }
}

void
virDaemonFree(virDaemon *daemon)
{
    int i;

    /* Calls that wait for a decision end now. */
    virDaemonAccessEnd();
    finishCalls(daemon);
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
    virDaemonConfigFree(daemon->config);
    g_free(daemon);
    virTheDaemon = NULL;
}
