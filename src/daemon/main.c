/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* libvirtd: options, and the way into the background. */

#define _GNU_SOURCE 1

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "base/log.h"
#include "daemon/activation.h"
#include "daemon/daemon.h"
#include "daemon/paths.h"
#include "daemon/pidfile.h"
#include "daemon/settings.h"
#include "runtime/driver.h"

/* Memory arenas: more of them would only keep what was freed. */
#define ARENAS 2

static void
printHelp(const char *program)
{
    g_autoptr(virDaemonPaths) paths = virDaemonPathsNew();
    g_auto(GStrv) splits = virDaemonSplitNames();
    int i;

    printf("\n"
           "Usage:\n"
           "  %s [options]\n"
           "\n"
           "Options:\n"
           "%s"
           "\n"
           "Files of the %s daemon:\n"
           "\n"
           "    Configuration file (unless changed by -f):\n"
           "      %s\n"
           "\n"
           "    Sockets (their folder can be changed by unix_sock_dir):\n"
           "      %s/%s\n",
           program, virDaemonOptionsHelp, paths->system ? "system" : "user's", paths->config,
           paths->socketFolder, VIR_DAEMON_SOCKET);
    if (paths->system)
        printf("      %s/%s\n", paths->socketFolder, VIR_DAEMON_SOCKET_RO);
    printf("      %s/%s\n", paths->socketFolder, VIR_DAEMON_SOCKET_ADMIN);
    for (i = 0; splits[i]; i++) {
        printf("      %s/%s-sock\n", paths->socketFolder, splits[i]);
        if (paths->system)
            printf("      %s/%s-sock-ro\n", paths->socketFolder, splits[i]);
    }
    printf("\n"
           "    PID file (unless changed by -p):\n"
           "      %s\n"
           "\n",
           paths->pidFile);
}

typedef struct {
    virDaemonOptions daemon;
    bool background;
    const char *pidFile;
} Options;

static bool
parseTimeout(const char *text, unsigned int *seconds)
{
    guint64 value;

    if (!g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT / 1000, &value, NULL))
        return false;
    *seconds = (unsigned int) value;
    return true;
}

/* -1 to go on, else the exit status. */
static int
parseOptions(int argc, char **argv, Options *options)
{
    int option;

    while ((option = getopt_long(argc, argv, virDaemonShortOptions, virDaemonLongOptions,
                                 NULL)) >= 0) {
        switch (option) {
        case 'h':
            printHelp(argv[0]);
            return 0;
        case 'V':
            printf("%s (libvirt) %d.%d.%d\n", argv[0], LIBVIR_VERSION_NUMBER / 1000000,
                   LIBVIR_VERSION_NUMBER / 1000 % 1000, LIBVIR_VERSION_NUMBER % 1000);
            return 0;
        case 'v':
            options->daemon.verbose = true;
            break;
        case 'd':
            options->background = true;
            break;
        case 'l':
            options->daemon.listen = true;
            break;
        case 't':
            if (!parseTimeout(optarg, &options->daemon.timeout)) {
                fprintf(stderr, "%s: '%s' is not a timeout in seconds\n", argv[0], optarg);
                return 1;
            }
            break;
        case 'f':
            options->daemon.config = optarg;
            break;
        case 'p':
            options->pidFile = optarg;
            break;
        default:
            return 1;
        }
    }
    if (optind != argc) {
        fprintf(stderr, "%s: '%s' is no option\n", argv[0], argv[optind]);
        return 1;
    }
    return -1;
}

/* The parent waits here until the child says how its start went, and ends. */
static void
awaitChild(pid_t child, int fd)
{
    char status = 1;
    ssize_t got;

    do {
        got = read(fd, &status, 1);
    } while (got < 0 && errno == EINTR);
    if (got != 1)
        waitpid(child, NULL, 0);
    if (got == 1 && !status) {
        /* systemd believes this of the process that it started, and only while that is there. */
        g_autofree char *state = g_strdup_printf("MAINPID=%d\nREADY=1", (int) child);

        virActivationTell(state);
        virActivationBarrier();
    }
    _exit(got == 1 ? status : 1);
}

/* Goes into the background; the descriptor to say on how the start went, -1 on failure. */
static int
goBackground(void)
{
    int pair[2];
    pid_t child;

    if (pipe2(pair, O_CLOEXEC) < 0)
        return -1;
    child = fork();
    if (child < 0) {
        close(pair[0]);
        close(pair[1]);
        return -1;
    }
    if (child > 0) {
        close(pair[1]);
        awaitChild(child, pair[0]);
    }
    close(pair[0]);
    setsid();
    if (chdir("/") < 0)
        return -1;
    return pair[1];
}

/* The terminal is not ours any more; errors go to the log from here on. */
static void
leaveTerminal(void)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);

    if (null < 0)
        return;
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    close(null);
}

static void
logError(void *opaque G_GNUC_UNUSED, virErrorPtr error)
{
    VIR_LOG(VIR_LOG_INFO, "daemon.error", "%s", error->message ? error->message : "no detail");
}

/* A relative file is looked for where the program was started. */
static char *
absolute(const char *path)
{
    return path ? g_canonicalize_filename(path, NULL) : NULL;
}

int
main(int argc, char **argv)
{
    Options options = { .background = false };
    g_autoptr(virDaemonPaths) paths = NULL;
    g_autofree char *config = NULL;
    g_autofree char *pidFile = NULL;
    virDaemon *daemon;
    int status = parseOptions(argc, argv, &options), report = -1, lock;

    if (status >= 0)
        return status;
    mallopt(M_ARENA_MAX, ARENAS);
    paths = virDaemonPathsNew();
    options.daemon.config = config = absolute(options.daemon.config);
    pidFile = options.pidFile ? absolute(options.pidFile) : g_strdup(paths->pidFile);
    virInitialize();
    virSetErrorFunc(NULL, logError);
    virDriverServeHere();
    if (options.background) {
        report = goBackground();
        if (report < 0) {
            fprintf(stderr, "%s: cannot go into the background: %s\n", argv[0],
                    g_strerror(errno));
            return 1;
        }
    }
    umask(022);
    lock = virPidFileTake(pidFile);
    daemon = lock >= 0 ? virDaemonNew(&options.daemon, paths) : NULL;
    status = daemon ? 0 : 1;
    if (daemon)
        virDriverServeBegin();
    else
        fprintf(stderr, "%s: %s\n", argv[0], virGetLastErrorMessage());
    if (report >= 0) {
        char byte = (char) status;

        leaveTerminal();
        if (write(report, &byte, 1) != 1)
            status = 1;
        close(report);
    }
    if (daemon) {
        virDaemonRun(daemon);
        virDaemonFree(daemon);
        virDriverServeEnd();
    }
    if (lock >= 0)
        virPidFileRelease(pidFile, lock);
    return status;
}
