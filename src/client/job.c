/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Watches a long call from outside: progress, and Ctrl-C as a request to end it. */

#include "client/job.h"

#include "client/interrupt.h"
#include "client/output.h"

enum { VIRSH_JOB_LOOK = G_USEC_PER_SEC / 2 };

typedef struct {
    virDomainPtr domain;
    virshJob job;
    void *opaque;
    GMutex lock; /* guards what follows; nothing is called with it held */
    GCond ended;
    bool done;
    int result;
    char *failure;
} virshRunning;

static gpointer virshJobThread(gpointer opaque)
{
    virshRunning *running = opaque;
    int result = running->job(running->domain, running->opaque);
    /* errors belong to the thread that met them, so this one is handed over */
    char *failure = result < 0 ? g_strdup(virGetLastErrorMessage()) : NULL;

    g_mutex_lock(&running->lock);
    running->result = result;
    running->failure = failure;
    running->done = true;
    g_cond_signal(&running->ended);
    g_mutex_unlock(&running->lock);
    return NULL;
}

static void virshProgress(const char *label, unsigned long long remaining,
                          unsigned long long total)
{
    int percent = total ? (int)(100 - (double)remaining * 100 / (double)total) : 0;

    /* full is only what has ended */
    if (remaining)
        percent = MIN(percent, 99);
    fflush(stdout);
    fprintf(stderr, "\r%s: [%3d %%]", label, remaining || total ? percent : 100);
    fflush(stderr);
}

/* One look at the running job, without the lock. */
static void virshJobLook(virshControl *ctl, virDomainPtr domain, const char *label, bool verbose)
{
    virDomainJobInfo info;

    if (virshInterruptTake()) {
        if (virDomainAbortJob(domain) < 0)
            virshForgetFailure(ctl);
    }
    if (!verbose)
        return;
    if (virDomainGetJobInfo(domain, &info) < 0)
        virshForgetFailure(ctl);
    else if (info.dataTotal)
        virshProgress(label, info.dataRemaining, info.dataTotal);
}

/* True once a migration sends memory for the second time. */
static bool virshSecondPass(virDomainPtr domain)
{
    virTypedParameterPtr fields = NULL;
    unsigned long long pass = 0;
    int count = 0;
    int type = 0;

    if (virDomainGetJobStats(domain, &type, &fields, &count, 0) == 0)
        virTypedParamsGetULLong(fields, count, VIR_DOMAIN_JOB_MEMORY_ITERATION, &pass);
    virTypedParamsFree(fields, count);
    return pass > 1;
}

/* Acts on what has come to its time; each thing happens once. */
static void virshJobLimits(virshControl *ctl, virDomainPtr domain, virshJobLimit *limit,
                           gint64 begun)
{
    if (limit->postcopy && virshSecondPass(domain)) {
        limit->postcopy = false;
        virDomainMigrateStartPostCopy(domain, 0);
    }
    if (limit->seconds &&
        g_get_monotonic_time() - begun >= (gint64)limit->seconds * G_USEC_PER_SEC) {
        limit->seconds = 0;
        limit->late(domain, limit->opaque);
    }
    virshForgetFailure(ctl);
}

static void virshJobWait(virshControl *ctl, virshRunning *running, const char *label,
                         bool verbose, virshJobLimit *limit)
{
    gint64 begun = g_get_monotonic_time();

    g_mutex_lock(&running->lock);
    while (!running->done) {
        gint64 deadline = g_get_monotonic_time() + VIRSH_JOB_LOOK;

        if (g_cond_wait_until(&running->ended, &running->lock, deadline))
            continue;
        g_mutex_unlock(&running->lock);
        virshJobLook(ctl, running->domain, label, verbose);
        if (limit)
            virshJobLimits(ctl, running->domain, limit, begun);
        g_mutex_lock(&running->lock);
    }
    g_mutex_unlock(&running->lock);
}

int virshJobRunLimited(virshControl *ctl, const virshArguments *arguments, virDomainPtr domain,
                       const char *label, virshJob job, void *opaque, virshJobLimit *limit)
{
    virshRunning running = { .domain = domain, .job = job, .opaque = opaque };
    struct sigaction before;
    bool verbose = virshFlag(arguments, "verbose");
    GThread *thread;

    g_mutex_init(&running.lock);
    g_cond_init(&running.ended);
    virshInterruptBegin(&before);
    thread = g_thread_new("job", virshJobThread, &running);
    virshJobWait(ctl, &running, label, verbose, limit);
    g_thread_join(thread);
    virshInterruptEnd(&before);
    g_mutex_clear(&running.lock);
    g_cond_clear(&running.ended);
    if (running.result < 0) {
        g_free(ctl->failure);
        ctl->failure = running.failure;
    } else if (verbose) {
        virshProgress(label, 0, 1);
    }
    return running.result;
}

int virshJobRun(virshControl *ctl, const virshArguments *arguments, virDomainPtr domain,
                const char *label, virshJob job, void *opaque)
{
    return virshJobRunLimited(ctl, arguments, domain, label, job, opaque, NULL);
}
