/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Waits for the job of a disk: events tell how it ends, looks tell how far it is. */

#include "client/blockwait.h"

#include "client/connect.h"
#include "client/interrupt.h"
#include "client/output.h"

enum {
    WAIT_LOOK = G_USEC_PER_SEC / 2,
    WAIT_LOST = 6, /* looks without a job and without an event after which it is taken as done */
};

struct _virshBlockWait {
    virshControl *ctl;
    const virshArguments *arguments;
    virDomainPtr domain; /* borrowed */
    const char *path;
    const char *label;
    bool verbose;
    gint64 deadline;
    int ids[2];
    GMutex lock; /* guards `status`, which the loop's thread sets */
    GCond changed;
    int status; /* virConnectDomainEventBlockJobStatus, -1: none yet */
};

const char *virshBlockJobName(int type)
{
    static const char *const names[] = { "Unknown job",  "Block Pull",          "Block Copy",
                                         "Block Commit", "Active Block Commit", "Backup" };

    return type >= 0 && type < (int)G_N_ELEMENTS(names) ? names[type] : "Unknown job";
}

void virshBlockProgress(const char *label, unsigned long long remaining,
                        unsigned long long total)
{
    int percent = total ? (int)(100 - (double)remaining * 100 / (double)total) : 100;

    /* full is only what has ended */
    if (remaining)
        percent = MIN(percent, 99);
    fflush(stdout);
    fprintf(stderr, "\r%s: [%3d %%]", label, percent);
    fflush(stderr);
}

bool virshBlockTimeoutGood(virshControl *ctl, const virshArguments *arguments)
{
    int seconds = 1;

    if (!virshInt(ctl, arguments, "timeout", &seconds))
        return false;
    if (seconds >= 1)
        return true;
    virshError(ctl, "Numeric value '%s' for <%s> option is malformed or out of range",
               virshText(arguments, "timeout"), "timeout");
    return false;
}

static void onBlockJob(virConnectPtr connection G_GNUC_UNUSED, virDomainPtr domain,
                       const char *disk, int type G_GNUC_UNUSED, int status, void *opaque)
{
    virshBlockWait *wait = opaque;

    if (g_strcmp0(disk, wait->path) != 0 ||
        !g_str_equal(virDomainGetName(domain), virDomainGetName(wait->domain)))
        return;
    g_mutex_lock(&wait->lock);
    wait->status = status;
    g_cond_signal(&wait->changed);
    g_mutex_unlock(&wait->lock);
}

virshBlockWait *virshBlockWaitNew(virshControl *ctl, const virshArguments *arguments,
                                  virDomainPtr domain, const char *path, const char *label)
{
    static const int kinds[] = { VIR_DOMAIN_EVENT_ID_BLOCK_JOB, VIR_DOMAIN_EVENT_ID_BLOCK_JOB_2 };
    virshBlockWait *wait = g_new0(virshBlockWait, 1);
    unsigned int seconds = 0;

    wait->ctl = ctl;
    wait->arguments = arguments;
    wait->domain = domain;
    wait->path = path;
    wait->label = label;
    wait->verbose = virshFlag(arguments, "verbose");
    wait->status = -1;
    wait->deadline = G_MAXINT64;
    if (virshUint(ctl, arguments, "timeout", &seconds) && seconds)
        wait->deadline = g_get_monotonic_time() + (gint64)seconds * G_USEC_PER_SEC;
    g_mutex_init(&wait->lock);
    g_cond_init(&wait->changed);
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        wait->ids[i] = -1;
        /* without events the looks have to do */
        if (virshLoopStart(ctl))
            wait->ids[i] = virConnectDomainEventRegisterAny(
                ctl->connection, domain, kinds[i], VIR_DOMAIN_EVENT_CALLBACK(onBlockJob), wait,
                NULL);
    }
    virshForgetFailure(ctl);
    return wait;
}

void virshBlockWaitFree(virshBlockWait *wait)
{
    bool listened = false;

    if (!wait)
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(wait->ids); i++)
        if (wait->ids[i] >= 0) {
            virConnectDomainEventDeregisterAny(wait->ctl->connection, wait->ids[i]);
            listened = true;
        }
    if (listened) {
        /* a callback may still be running: only a stopped loop is sure */
        virshLoopStop(wait->ctl);
        virshLoopStart(wait->ctl);
    }
    g_mutex_clear(&wait->lock);
    g_cond_clear(&wait->changed);
    g_free(wait);
}

/* Sleeps until something happens; returns the status that an event brought, or -1. */
static int virshBlockSleep(virshBlockWait *wait)
{
    gint64 until = MIN(g_get_monotonic_time() + WAIT_LOOK, wait->deadline);
    int status;

    g_mutex_lock(&wait->lock);
    if (wait->status < 0)
        g_cond_wait_until(&wait->changed, &wait->lock, until);
    status = wait->status;
    g_mutex_unlock(&wait->lock);
    return status;
}

/* Ends the job early; the end itself is then waited for, unless --async. */
static int virshBlockGiveUp(virshBlockWait *wait)
{
    bool later = virshFlag(wait->arguments, "async");

    if (virDomainBlockJobAbort(wait->domain, wait->path,
                               later ? VIR_DOMAIN_BLOCK_JOB_ABORT_ASYNC : 0) < 0)
        return VIR_DOMAIN_BLOCK_JOB_FAILED;
    return VIR_DOMAIN_BLOCK_JOB_CANCELED;
}

/* Waits until the job is ready or has ended; the status, or -1 when it cannot be found out. */
static int virshBlockWatch(virshBlockWait *wait)
{
    int lost = 0;

    for (;;) {
        virDomainBlockJobInfo info;
        int status;
        int found = virDomainGetBlockJobInfo(wait->domain, wait->path, &info, 0);

        if (found < 0)
            return -1;
        status = virshBlockSleep(wait);
        if (status >= 0) {
            if (wait->verbose && status != VIR_DOMAIN_BLOCK_JOB_FAILED)
                virshBlockProgress(wait->label, 0, 1);
            return status;
        }
        if (!found && ++lost >= WAIT_LOST)
            return VIR_DOMAIN_BLOCK_JOB_COMPLETED;
        if (found && wait->verbose)
            virshBlockProgress(wait->label, info.end - info.cur, info.end);
        /* a mirror that has caught up stays full until somebody ends it */
        if (found && info.cur == info.end && info.end > 1 &&
            (info.type == VIR_DOMAIN_BLOCK_JOB_TYPE_COPY ||
             info.type == VIR_DOMAIN_BLOCK_JOB_TYPE_ACTIVE_COMMIT) && ++lost >= WAIT_LOST)
            return VIR_DOMAIN_BLOCK_JOB_READY;
        if (virshInterrupted() || g_get_monotonic_time() >= wait->deadline)
            return virshBlockGiveUp(wait);
    }
}

static bool virshBlockReady(virshBlockWait *wait, const char *what, const char *keep)
{
    virshControl *ctl = wait->ctl;
    bool commit = g_str_equal(what, "Commit");

    if (virshFlag(wait->arguments, "pivot")) {
        if (virDomainBlockJobAbort(wait->domain, wait->path,
                                   VIR_DOMAIN_BLOCK_JOB_ABORT_PIVOT) < 0) {
            virshError(ctl, "failed to pivot job for disk %s", wait->path);
            return false;
        }
        virshExtra(ctl, "\nSuccessfully pivoted");
    } else if (keep && virshFlag(wait->arguments, keep)) {
        if (virDomainBlockJobAbort(wait->domain, wait->path, 0) < 0) {
            virshError(ctl, "failed to finish job for disk %s", wait->path);
            return false;
        }
        virshExtra(ctl, commit ? "\nCommit complete, overlay image kept"
                               : "\nSuccessfully copied");
    } else {
        virshExtra(ctl, commit ? "\nNow in synchronized phase" : "\nNow in mirroring phase");
    }
    return true;
}

bool virshBlockWaitEnd(virshBlockWait *wait, const char *what, const char *keep)
{
    struct sigaction before;
    int status;

    virshInterruptBegin(&before);
    status = virshBlockWatch(wait);
    virshInterruptEnd(&before);
    switch (status) {
    case VIR_DOMAIN_BLOCK_JOB_COMPLETED:
        virshExtra(wait->ctl, g_str_equal(what, "Copy") ? "\nSuccessfully copied"
                                                        : "\n%s complete", what);
        return true;
    case VIR_DOMAIN_BLOCK_JOB_READY:
        return virshBlockReady(wait, what, keep);
    case VIR_DOMAIN_BLOCK_JOB_CANCELED:
        virshExtra(wait->ctl, "\n%s aborted", what);
        return false;
    case VIR_DOMAIN_BLOCK_JOB_FAILED:
        virshError(wait->ctl, "\n%s failed", what);
        return false;
    }
    return false;
}
