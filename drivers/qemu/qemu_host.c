/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The hosts of this process: made with their first connection, or with the daemon. */

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "base/log.h"
#include "driver/qemu.h"
#include "qemu_cgroup.h"
#include "qemu_domain.h"
#include "qemu_emulator.h"
#include "qemu_loop.h"
#include "qemu_process.h"
#include "runtime/connect.h"
#include "runtime/driver.h"
#include "runtime/error.h"

/* Every module is found by this symbol. */
VIR_PUBLIC extern const virDriver *const virDriverModule;
const virDriver *const virDriverModule = &qemuDriver;

/* Guards hosts and their counts; taken before any lock of a host. */
static GMutex registryLock;
static GHashTable *hosts;       /* path -> qemuHost */

qemuHost *
qemuHostOf(virConnectPtr conn)
{
    return conn->privateData;
}

/* Lets go of the domains; guests that run go on without us. */
static void
forgetDomains(qemuHost *host)
{
    g_autoptr(GPtrArray) all = qemuDomainAll(host);

    for (guint i = 0; i < all->len; i++) {
        qemuDomain *domain = all->pdata[i];

        g_mutex_lock(&domain->lock);
        if (domain->process.watch) {
            g_source_destroy(domain->process.watch);
            g_source_unref(domain->process.watch);
            domain->process.watch = NULL;
        }
        if (domain->process.monitor)
            qemuMonitorClose(domain->process.monitor);
        if (domain->process.pidfd >= 0)
            close(domain->process.pidfd);
        domain->process.pidfd = -1;
        qemuDomainForget(domain);
        g_mutex_unlock(&domain->lock);
    }
}

static void
freeHost(qemuHost *host)
{
    if (!host)
        return;
    forgetDomains(host);
    qemuLoopFree(host->loop);
    virEventStateFree(host->events);
    qemuEmulatorsFree(host->emulators);
    virConfObjectsClear(&host->domains);
    if (host->lock >= 0)
        close(host->lock);
    qemuCgroupsClear(&host->cgroups);
    qemuSettingsClear(&host->settings);
    qemuFoldersClear(&host->folders);
    g_free(host->root);
    g_free(host->path);
    g_free(host);
}

/* Two processes that manage the same guests would work against each other. */
static bool
lockHost(qemuHost *host)
{
    g_autofree char *path = g_build_filename(host->folders.run, "driver.lock", NULL);

    host->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (host->lock >= 0 && flock(host->lock, LOCK_EX | LOCK_NB) == 0)
        return true;
    if (errno == EWOULDBLOCK)
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED,
                      "another process manages the guests of qemu://%s already: it holds '%s'",
                      host->path, path);
    else
        virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot lock '%s'", path);
    return false;
}

/* Reads qemu.conf beside the definitions; false with an error raised. */
static bool
readSettings(qemuHost *host)
{
    g_autofree char *folder = g_path_get_dirname(host->folders.config);
    g_autofree char *path = g_build_filename(folder, "qemu.conf", NULL);

    return qemuSettingsRead(&host->settings, path, g_str_equal(host->path, "/system"));
}

/* A host for a path, with what was there before; NULL with an error raised. */
static qemuHost *
makeHost(const char *path, const char *root)
{
    qemuHost *host = g_new0(qemuHost, 1);

    host->path = g_strdup(path);
    host->root = g_strdup(root);
    host->lock = -1;
    virConfObjectsInit(&host->domains, &qemuDomainKind, VIR_FROM_QEMU, /* guard= */ NULL);
    host->events = virEventStateNew();
    host->loop = qemuLoopNew();
    if (!qemuFoldersFind(host) || !readSettings(host) || !qemuFoldersMake(host) || !lockHost(host)) {
        freeHost(host);
        return NULL;
    }
    qemuCgroupsFind(&host->cgroups, &host->settings, g_str_equal(path, "/system"));
    host->emulators = qemuEmulatorsNew(host->folders.cache);
    qemuStoreLoad(host);
    qemuCgroupsSweep(&host->cgroups);
    return host;
}

/* A reference to the host of a path; NULL with an error raised. */
static qemuHost *
acquire(const char *path, const char *root)
{
    g_autofree char *key = root ? g_strconcat(path, "?root=", root, NULL) : g_strdup(path);
    qemuHost *host;

    g_mutex_lock(&registryLock);
    if (!hosts)
        hosts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    host = g_hash_table_lookup(hosts, key);
    if (!host) {
        host = makeHost(path, root);
        if (host)
            g_hash_table_insert(hosts, g_strdup(key), host);
    }
    if (host)
        host->refs++;
    g_mutex_unlock(&registryLock);
    return host;
}

static gboolean
isHost(gpointer key G_GNUC_UNUSED, gpointer value, gpointer host)
{
    return value == host;
}

static void
release(qemuHost *host)
{
    g_mutex_lock(&registryLock);
    if (--host->refs == 0) {
        g_hash_table_foreach_remove(hosts, isHost, host);
        freeHost(host);
    }
    g_mutex_unlock(&registryLock);
}

/* What a daemon serves: the machine's, or its user's. */
static const char *
servedPath(void)
{
    return geteuid() == 0 ? "/system" : "/session";
}

/* The daemon's guests are there as long as the daemon is, whether somebody is connected or not. */
static qemuHost *served;
static GThread *starter;

static void
keepServed(qemuHost *host)
{
    g_mutex_lock(&registryLock);
    if (!served) {
        served = host;
        host->refs++;
    }
    g_mutex_unlock(&registryLock);
}

/* The root of an embedded host; NULL with an error raised. */
static char *
rootOf(const virURI *uri)
{
    const char *root = virURIParameterValue(uri, "root");

    if (root && g_path_is_absolute(root))
        return g_canonicalize_filename(root, NULL);
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                  "qemu:///embed needs the absolute path of a folder: qemu:///embed?root=/path");
    return NULL;
}

int
qemuConnectOpen(virConnectPtr conn, virConnectAuthPtr auth G_GNUC_UNUSED,
                unsigned int flags G_GNUC_UNUSED)
{
    const char *path = conn->uri->path;
    bool embedded = g_str_equal(path, VIR_DRIVER_EMBED);
    g_autofree char *root = NULL;
    qemuHost *host;

    if (!embedded && !g_str_equal(path, "/system") && !g_str_equal(path, "/session")) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INTERNAL_ERROR,
                      "unexpected QEMU URI path '%s', try qemu:///system, qemu:///session or "
                      "qemu:///embed?root=/path", path);
        return -1;
    }
    if (virDriverServesHere() && !g_str_equal(path, servedPath())) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_NO_CONNECT,
                      "qemu://%s, this daemon has the guests of qemu://%s", path, servedPath());
        return -1;
    }
    if (embedded && !(root = rootOf(conn->uri)))
        return -1;
    host = acquire(path, root);
    if (!host)
        return -1;
    if (virDriverServesHere())
        keepServed(host);
    conn->privateData = host;
    conn->events = host->events;
    return 0;
}

/* Ends the guests that a closing connection started for its own time. */
static void
endOwned(virConnectPtr conn)
{
    g_autoptr(GPtrArray) all = qemuDomainAll(qemuHostOf(conn));

    for (guint i = 0; i < all->len; i++) {
        qemuDomain *domain = qemuDomainRef(all->pdata[i]);

        g_mutex_lock(&domain->lock);
        if (domain->owner != conn || domain->id < 0 ||
            !qemuDomainBeginLocked(domain, QEMU_JOB_STOP)) {
            qemuDomainUnlock(domain);
            continue;
        }
        qemuProcessStop(domain, VIR_DOMAIN_SHUTOFF_DESTROYED, /* politely= */ false);
        qemuDomainEnd(domain);
    }
}

int
qemuConnectClose(virConnectPtr conn)
{
    endOwned(conn);
    release(qemuHostOf(conn));
    return 0;
}

/*
 * Whether this is the first time since the machine booted: a daemon that only starts again leaves guests off
 * that somebody turned off. Notes that it was.
 */
static bool
isFirstSinceBoot(const qemuHost *host)
{
    g_autofree char *path = g_build_filename(host->folders.run, "autostarted", NULL);
    g_autofree char *boot = NULL;
    g_autofree char *noted = NULL;

    if (!g_file_get_contents("/proc/sys/kernel/random/boot_id", &boot, NULL, NULL))
        boot = g_strdup("unknown\n");
    if (g_file_get_contents(path, &noted, NULL, NULL) && g_str_equal(noted, boot))
        return false;
    if (!g_file_set_contents(path, boot, -1, NULL))
        VIR_LOG(VIR_LOG_WARNING, "qemu.host", "cannot write '%s': guests will start by themselves "
                "again", path);
    return true;
}

/* Leaves a locked domain alone between the starts of two guests, as the administrator wants it. */
static void
waitForNext(const qemuHost *host, qemuDomain *domain)
{
    g_mutex_unlock(&domain->lock);
    g_usleep((gulong) host->settings.autoStartDelay * 1000);
    g_mutex_lock(&domain->lock);
}

/* Starts the guests that start by themselves. */
static void
startAll(qemuHost *host)
{
    g_autoptr(GPtrArray) all = qemuDomainAll(host);
    unsigned int started = 0;

    if (!isFirstSinceBoot(host))
        return;
    for (guint i = 0; i < all->len; i++) {
        qemuDomain *domain = qemuDomainRef(all->pdata[i]);
        qemuStart start = QEMU_START_BOOT;

        g_mutex_lock(&domain->lock);
        if (!domain->autostart || domain->id >= 0 ||
            !qemuDomainBeginLocked(domain, QEMU_JOB_START)) {
            qemuDomainUnlock(domain);
            continue;
        }
        if (started++ > 0)
            waitForNext(host, domain);
        if (qemuProcessStart(domain, &start) < 0)
            VIR_LOG(VIR_LOG_ERROR, "qemu.host", "domain '%s' does not start by itself: %s",
                    domain->name, virGetLastErrorMessage());
        virResetLastError();
        qemuDomainEnd(domain);
    }
}

static gpointer
startServed(gpointer host)
{
    startAll(host);
    release(host);
    return NULL;
}

/* Whether there was ever a guest: a daemon that has none makes no folders for them. */
static bool
isNeeded(void)
{
    qemuHost place = { .path = (char *) servedPath() };
    bool needed = qemuFoldersFind(&place) && g_file_test(place.folders.config, G_FILE_TEST_IS_DIR);

    qemuFoldersClear(&place.folders);
    return needed;
}

int
qemuServeBegin(void)
{
    qemuHost *host;

    if (!isNeeded())
        return 0;
    host = acquire(servedPath(), /* root= */ NULL);
    if (!host)
        return -1;
    keepServed(host);
    /* Clients need not wait until the last guest that starts by itself has started. */
    starter = g_thread_new("qemu-autostart", startServed, host);
    return 0;
}

void
qemuServeEnd(void)
{
    if (starter)
        g_thread_join(g_steal_pointer(&starter));
    if (served)
        release(g_steal_pointer(&served));
}
