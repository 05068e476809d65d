/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Scripts of the administrator that are told what happens, and may refuse it. */

#define _GNU_SOURCE 1

#include "runtime/script.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib.h>
#include <libvirt/virterror.h>

#include "base/log.h"
#include "runtime/error.h"

/* A script that takes longer is killed, in milliseconds. */
#define PATIENCE 300000
/* A document is large; what is larger is none. */
#define MOST_OUTPUT (16 * 1024 * 1024)
/* A pipe holds no more than this times what is read at once. */
#define MOST_READS 1024
/* The beginning of a complaint says enough. */
#define MOST_COMPLAINT 1000

/* A script that runs. */
typedef struct {
    GPid pid;
    int pidfd;
    int out, err;               /* ours; -1 when closed */
    GString *output;
    GString *complaint;
} Run;

static gboolean
isProgram(const char *path)
{
    return g_file_test(path, G_FILE_TEST_IS_REGULAR) && access(path, X_OK) == 0;
}

static int
compareNames(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}

/* The scripts of a kind, in their order. */
static GPtrArray *
scriptsOf(const char *folder, const char *kind)
{
    GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *alone = g_build_filename(folder, kind, NULL);
    g_autofree char *name = g_strconcat(kind, ".d", NULL);
    g_autofree char *more = g_build_filename(folder, name, NULL);
    g_autoptr(GDir) open = g_dir_open(more, 0, NULL);
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    const char *file;

    while (open && (file = g_dir_read_name(open))) {
        g_autofree char *path = g_build_filename(more, file, NULL);

        if (isProgram(path))
            g_ptr_array_add(parts, g_steal_pointer(&path));
    }
    g_ptr_array_sort(parts, compareNames);
    if (isProgram(alone))
        g_ptr_array_add(paths, g_steal_pointer(&alone));
    for (guint i = 0; i < parts->len; i++)
        g_ptr_array_add(paths, parts->pdata[i]);
    return paths;
}

bool
virScriptExists(const char *folder, const char *kind)
{
    g_autoptr(GPtrArray) paths = scriptsOf(folder, kind);

    return paths->len > 0;
}

static void
closeEnd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* Takes what it says now, up to a limit; the rest is read and dropped. */
static void
hear(int *fd, GString *text, size_t most)
{
    char bytes[4096];
    ssize_t got = read(*fd, bytes, sizeof(bytes));

    if (got > 0)
        g_string_append_len(text, bytes, (gssize) MIN((size_t) got, most - MIN(most, text->len)));
    else if (got == 0 || (errno != EAGAIN && errno != EINTR))
        closeEnd(fd);
}

/* What it said before its end; what it left in the background may go on talking for ever. */
static void
hearRest(int *fd, GString *text, size_t most)
{
    for (int i = 0; i < MOST_READS && *fd >= 0; i++) {
        if (poll(&(struct pollfd) { .fd = *fd, .events = POLLIN }, 1, 0) <= 0)
            return;
        hear(fd, text, most);
    }
}

/* Talks with it until it ends; false when it does not in time. */
static bool
converse(Run *run)
{
    gint64 until = g_get_monotonic_time() + PATIENCE * (gint64) G_TIME_SPAN_MILLISECOND;
    bool ended = false;

    /* What it leaves in the background may keep the pipes: its own end is the end. */
    while (!ended) {
        gint64 now = g_get_monotonic_time();
        struct pollfd ends[] = {
            { .fd = run->pidfd, .events = POLLIN },
            { .fd = run->out, .events = POLLIN },
            { .fd = run->err, .events = POLLIN },
        };

        if (now >= until)
            return false;
        if (poll(ends, G_N_ELEMENTS(ends), (int) ((until - now) / G_TIME_SPAN_MILLISECOND) + 1) < 0)
            continue;
        ended = ends[0].revents != 0;
        if (ends[1].revents)
            hear(&run->out, run->output, MOST_OUTPUT);
        if (ends[2].revents)
            hear(&run->err, run->complaint, MOST_COMPLAINT);
    }
    hearRest(&run->out, run->output, MOST_OUTPUT);
    hearRest(&run->err, run->complaint, MOST_COMPLAINT);
    return true;
}

/* A sentence about how a script ended; NULL: well. */
static char *
judge(const char *path, const virScriptCall *call, bool inTime, int status)
{
    const char *object = call->object ? call->object : "-";

    if (!inTime)
        return g_strdup_printf("the hook script %s %s %s did not end within %d seconds", path, object,
                               call->operation, PATIENCE / 1000);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return NULL;
    if (WIFEXITED(status))
        return g_strdup_printf("the hook script %s %s %s ended with status %d", path, object,
                               call->operation, WEXITSTATUS(status));
    return g_strdup_printf("the hook script %s %s %s was killed by signal %d", path, object,
                           call->operation, WTERMSIG(status));
}

static void
raiseProblem(const char *problem, const char *complaint)
{
    virErrorRaise(VIR_FROM_HOOK, VIR_ERR_HOOK_SCRIPT_FAILED, "%s%s%s", problem,
                  *complaint ? ": " : "", complaint);
}

/* A file in memory with a text, to be read from its beginning; -1 with errno. */
static int
fileOf(const char *text)
{
    int fd = memfd_create("hook", MFD_CLOEXEC);
    size_t length = strlen(text);

    if (fd >= 0 && write(fd, text, length) == (ssize_t) length && lseek(fd, 0, SEEK_SET) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

/* Starts it; false with an error raised. */
static bool
begin(Run *run, const char *const *words, const char *input)
{
    g_autoptr(GError) error = NULL;
    int in = fileOf(input);
    bool done;

    if (in < 0) {
        virErrorRaiseSystem(VIR_FROM_HOOK, errno, "cannot hand a document to the hook script %s",
                            words[0]);
        return false;
    }
    done = g_spawn_async_with_pipes_and_fds("/", words, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                                            in, -1, -1, NULL, NULL, 0, &run->pid, NULL, &run->out,
                                            &run->err, &error);
    close(in);
    if (!done) {
        virErrorRaise(VIR_FROM_HOOK, VIR_ERR_HOOK_SCRIPT_FAILED, "cannot run the hook script %s: %s",
                      words[0], error->message);
        return false;
    }
    run->pidfd = (int) syscall(SYS_pidfd_open, run->pid, 0);
    fcntl(run->out, F_SETFL, fcntl(run->out, F_GETFL) | O_NONBLOCK);
    fcntl(run->err, F_SETFL, fcntl(run->err, F_GETFL) | O_NONBLOCK);
    run->output = g_string_new(NULL);
    run->complaint = g_string_new(NULL);
    return true;
}

/* Runs one; what it prints, or NULL with an error raised. */
static char *
runOne(const char *path, const virScriptCall *call, const char *input)
{
    const char *const words[] = {
        path, call->object ? call->object : "-", call->operation, call->part ? call->part : "-",
        call->extra ? call->extra : "-", NULL,
    };
    g_autofree char *problem = NULL;
    Run run = { .pidfd = -1 };
    int status = 0;
    bool inTime;

    if (!begin(&run, words, input))
        return NULL;
    inTime = run.pidfd >= 0 && converse(&run);
    if (!inTime)
        kill(run.pid, SIGKILL);
    while (waitpid(run.pid, &status, 0) < 0 && errno == EINTR)
        continue;
    closeEnd(&run.pidfd);
    closeEnd(&run.out);
    closeEnd(&run.err);
    problem = judge(path, call, inTime, status);
    if (problem)
        raiseProblem(problem, g_strstrip(run.complaint->str));
    g_string_free(run.complaint, TRUE);
    return g_string_free(run.output, problem != NULL);
}

bool
virScriptRun(const char *folder, const char *kind, const virScriptCall *call, char **output)
{
    g_autoptr(GPtrArray) paths = scriptsOf(folder, kind);
    g_autofree char *last = NULL;

    for (guint i = 0; i < paths->len; i++) {
        const char *input = last ? last : call->document ? call->document : "";
        char *printed = runOne(paths->pdata[i], call, input);

        if (!printed)
            return false;
        if (*g_strchug(printed)) {
            g_free(last);
            last = printed;
        } else {
            g_free(printed);
        }
    }
    if (output)
        *output = g_steal_pointer(&last);
    return true;
}
