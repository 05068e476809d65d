/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Text, errors and tables for people and for scripts. */

#include "client/output.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "client/program.h"

static void virshLogLine(virshControl *ctl, const char *word, const char *text)
{
    time_t now = time(NULL);
    struct tm parts;
    char stamp[32];

    if (!ctl->log)
        return;
    localtime_r(&now, &parts);
    strftime(stamp, sizeof(stamp), "%Y.%m.%d %H:%M:%S", &parts);
    fprintf(ctl->log, "[%s %s %ld] %s %s\n", stamp, virshProgramName, (long)getpid(), word, text);
    fflush(ctl->log);
}

void virshPrint(virshControl *ctl G_GNUC_UNUSED, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    vfprintf(stdout, format, list);
    va_end(list);
}

void virshExtra(virshControl *ctl, const char *format, ...)
{
    va_list list;

    if (ctl->quiet)
        return;
    va_start(list, format);
    vfprintf(stdout, format, list);
    va_end(list);
}

void virshError(virshControl *ctl, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list list;

    va_start(list, format);
    text = g_strdup_vprintf(format, list);
    va_end(list);
    virshLogLine(ctl, "ERROR", text);
    if (ctl->silent)
        return;
    /* what was printed before the error must also be seen before it */
    fflush(stdout);
    fprintf(stderr, "error: %s\n", text);
    fflush(stderr);
}

void virshDebug(virshControl *ctl, int level, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list list;

    if (level < ctl->debug && !ctl->log)
        return;
    va_start(list, format);
    text = g_strdup_vprintf(format, list);
    va_end(list);
    virshLogLine(ctl, "DEBUG", text);
    if (level >= ctl->debug)
        fprintf(stdout, "%s\n", text);
}

static void virshFailed(void *opaque, virErrorPtr error)
{
    virshControl *ctl = opaque;

    /* errors of other threads are theirs; a job hands its own over when it has ended */
    if (g_thread_self() != ctl->thread)
        return;
    g_free(ctl->failure);
    ctl->failure = g_strdup(error->message ? error->message : "unknown error");
}

void virshWatchFailures(virshControl *ctl)
{
    ctl->thread = g_thread_self();
    virSetErrorFunc(ctl, virshFailed);
}

void virshForgetFailure(virshControl *ctl)
{
    g_clear_pointer(&ctl->failure, g_free);
    virResetLastError();
}

void virshReportFailure(virshControl *ctl)
{
    g_autofree char *text = g_steal_pointer(&ctl->failure);

    if (text)
        virshError(ctl, "%s", text);
    virResetLastError();
}
