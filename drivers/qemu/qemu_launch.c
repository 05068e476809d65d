/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Running QEMU: its process, its socket, its log. */

#define _GNU_SOURCE 1

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "qemu_process.h"
#include "runtime/error.h"

/* More of the log than this says nobody anything. */
#define LOG_TAIL 2000

/* In the child: the log of the guest says why there is none. */
static void G_GNUC_NORETURN
fail(const char *text)
{
    if (write(STDERR_FILENO, text, strlen(text)) < 0)
        _exit(126);
    _exit(127);
}

/* In the child: nothing of a guest runs with more rights than it is to have. */
static void
become(const qemuIdentity *identity)
{
    if (identity->other && !qemuIdentityBecome(identity))
        fail("cannot become the user of QEMU\n");
}

/* In the child: the limits of qemu.conf. */
static void
limit(const qemuSettings *settings)
{
    const struct {
        int resource;
        rlim_t value;
        bool given;
    } limits[] = {
        { RLIMIT_NPROC, (rlim_t) settings->maxProcesses, settings->maxProcesses > 0 },
        { RLIMIT_NOFILE, (rlim_t) settings->maxFiles, settings->maxFiles > 0 },
        { RLIMIT_CORE, settings->maxCore < 0 ? RLIM_INFINITY : (rlim_t) settings->maxCore, true },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(limits); i++) {
        struct rlimit now = { .rlim_cur = limits[i].value, .rlim_max = limits[i].value };

        /* Who may not raise a limit has as much as is allowed. */
        if (limits[i].given && setrlimit(limits[i].resource, &now) < 0 &&
            getrlimit(limits[i].resource, &now) == 0) {
            now.rlim_cur = now.rlim_max;
            setrlimit(limits[i].resource, &now);
        }
    }
}

/* In the child, before QEMU: it outlives us and our terminal. */
static void
leave(gpointer opaque)
{
    const qemuLaunchPlace *place = opaque;

    setsid();
    umask(0007);
    for (guint i = 0; place->joins && i < place->joins->len; i++) {
        if (write(g_array_index(place->joins, int, i), "0", 1) != 1)
            fail("cannot join a control group\n");
    }
    limit(place->settings);
    become(place->identity);
}

static GStrv
environmentOf(const qemuCommand *command, const qemuLaunchPlace *place)
{
    GStrv environment = g_strdupv((char *[]) {
        (char *) "LC_ALL=C", (char *) "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        NULL,
    });
    guint i;

    /* The daemon's home is closed to others. */
    if (place->identity->other)
        environment = g_environ_setenv(environment, "HOME", place->home, TRUE);
    else if (g_getenv("HOME"))
        environment = g_environ_setenv(environment, "HOME", g_getenv("HOME"), TRUE);
    if (g_getenv("XDG_RUNTIME_DIR") && !place->identity->other)
        environment = g_environ_setenv(environment, "XDG_RUNTIME_DIR", g_getenv("XDG_RUNTIME_DIR"),
                                       TRUE);
    for (i = 0; i < command->environment->len; i++) {
        g_auto(GStrv) pair = g_strsplit(command->environment->pdata[i], "=", 2);

        environment = g_environ_setenv(environment, pair[0], pair[1], TRUE);
    }
    return environment;
}

bool
qemuLaunch(const qemuCommand *command, const qemuLaunchPlace *place, int log, pid_t *pid)
{
    g_auto(GStrv) environment = environmentOf(command, place);
    g_autofree int *ours = g_new0(int, command->passed->len);
    g_autofree int *theirs = g_new0(int, command->passed->len);
    g_autoptr(GError) error = NULL;
    gboolean started;
    GPid child;
    guint i;

    for (i = 0; i < command->passed->len; i++) {
        ours[i] = g_array_index(command->passed, qemuPassed, i).fd;
        theirs[i] = g_array_index(command->passed, qemuPassed, i).number;
    }
    started = g_spawn_async_with_pipes_and_fds(
        "/", (const char *const *) command->arguments->pdata,
        (const char *const *) environment, G_SPAWN_DO_NOT_REAP_CHILD, leave,
        (gpointer) place, -1, log, log,
        ours, theirs, command->passed->len, &child, NULL, NULL, NULL, &error);
    if (!started) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INTERNAL_ERROR, "cannot run '%s': %s",
                      (char *) command->arguments->pdata[0], error->message);
        return false;
    }
    *pid = child;
    return true;
}

static bool
addressOf(const char *path, struct sockaddr_un *address)
{
    *address = (struct sockaddr_un) { .sun_family = AF_UNIX };
    if (g_strlcpy(address->sun_path, path, sizeof(address->sun_path)) < sizeof(address->sun_path))
        return true;
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INTERNAL_ERROR,
                  "the path '%s' is too long for a socket", path);
    return false;
}

int
qemuConnect(const char *path)
{
    struct sockaddr_un address;
    int fd;

    if (!addressOf(path, &address))
        return -1;
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *) &address, sizeof(address)) == 0)
        return fd;
    virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot connect to '%s'", path);
    if (fd >= 0)
        close(fd);
    return -1;
}

bool
qemuListen(const char *path, int *listening, int *connected)
{
    struct sockaddr_un address;
    int fd;

    if (!addressOf(path, &address))
        return false;
    unlink(path);
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *) &address, sizeof(address)) < 0 ||
        listen(fd, 1) < 0) {
        virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot listen at '%s'", path);
    } else {
        /* The connection waits there until QEMU runs: nobody has to look whether it does. */
        *connected = qemuConnect(path);
        if (*connected >= 0) {
            *listening = fd;
            return true;
        }
    }
    if (fd >= 0)
        close(fd);
    return false;
}

void
qemuAwaitClose(int fd)
{
    struct timeval patience = { .tv_sec = 5 };
    char bytes[1024];

    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    while (recv(fd, bytes, sizeof(bytes), 0) > 0)
        continue;
    close(fd);
}

void
qemuRemoveSockets(const char *socket)
{
    g_autofree char *folder = g_path_get_dirname(socket);
    GDir *open = g_dir_open(folder, 0, NULL);
    const char *name;

    while (open && (name = g_dir_read_name(open))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);

        unlink(path);
    }
    if (open)
        g_dir_close(open);
    rmdir(folder);
}

static char *
logPath(const qemuDomain *domain)
{
    g_autofree char *file = g_strconcat(domain->name, ".log", NULL);

    return g_build_filename(domain->host->folders.log, file, NULL);
}

int
qemuLogOpen(const qemuDomain *domain, const qemuCommand *command, off_t *start)
{
    g_autofree char *path = logPath(domain);
    g_autofree char *line = qemuCommandText(command);
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autofree char *time = g_date_time_format(now, "%Y-%m-%d %H:%M:%S");
    g_autofree char *text = g_strdup_printf("%s: starting up libvirt version: %d.%d.%d\n%s", time,
                                            LIBVIR_VERSION_NUMBER / 1000000,
                                            LIBVIR_VERSION_NUMBER / 1000 % 1000,
                                            LIBVIR_VERSION_NUMBER % 1000, line);
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

    if (fd < 0 || write(fd, text, strlen(text)) < 0) {
        virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot write the log '%s'", path);
        if (fd >= 0)
            close(fd);
        return -1;
    }
    *start = lseek(fd, 0, SEEK_END);
    return fd;
}

char *
qemuLogSince(const qemuDomain *domain, off_t start)
{
    g_autofree char *path = logPath(domain);
    char text[LOG_TAIL + 1];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = 0;

    if (fd >= 0) {
        got = pread(fd, text, LOG_TAIL, start);
        close(fd);
    }
    text[MAX(got, 0)] = '\0';
    return g_strdup(g_strstrip(text));
}
