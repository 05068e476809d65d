/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Threads of domains that serve their disks. */

#include <libvirt/virterror.h>

#include "conf/domain_iothread.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "runtime/parameters.h"
#include "test_domain_defs.h"
#include "test_domain_pin.h"
#include "test_domain_tunable.h"

static const virDocBitmap *
pinOf(const virDocDomain *document, unsigned int id)
{
    const virDocDomainCputune *tune = document->cputune;

    for (size_t i = 0; tune && i < tune->niothreadpins; i++) {
        if (tune->iothreadpins[i]->iothread == id)
            return tune->iothreadpins[i]->cpuset;
    }
    return document->vcpu->cpuset;
}

typedef struct {
    virConnectPtr conn;
    virDomainIOThreadInfoPtr *list;
    int count;
} Threads;

static void
readThreads(const virDocDomain *document, void *opaque)
{
    g_autoptr(GArray) numbers = virConfIothreadNumbers(document);
    Threads *threads = opaque;

    threads->count = (int) numbers->len;
    threads->list = g_new0(virDomainIOThreadInfoPtr, numbers->len + 1);
    for (guint i = 0; i < numbers->len; i++) {
        virDomainIOThreadInfoPtr info = g_new0(virDomainIOThreadInfo, 1);

        info->iothread_id = g_array_index(numbers, unsigned int, i);
        info->cpumaplen = (int) (testHostCpus(threads->conn) + 7) / 8;
        info->cpumap = g_malloc0((size_t) info->cpumaplen);
        testCpusTo(threads->conn, pinOf(document, info->iothread_id), info->cpumap,
                   info->cpumaplen);
        threads->list[i] = info;
    }
}

int
testDomainGetIOThreadInfo(virDomainPtr handle, virDomainIOThreadInfoPtr **info, unsigned int flags)
{
    Threads threads = { handle->conn, NULL, 0 };

    if (testDomainRead(handle, flags, readThreads, &threads) < 0)
        return -1;
    *info = threads.list;
    return threads.count;
}

/* What is to happen to one thread. */
typedef struct {
    unsigned int id;
    const virDocBitmap *set;
    const virTypedParameter *params;
    int nparams;
    const char *missing;        /* where it was looked for; NULL: in the domain */
    int domain;                 /* and for whom */
} Thread;

static bool
isFree(const virDocDomain *document, const void *opaque)
{
    return virConfIothreadMayAdd(document, ((const Thread *) opaque)->id, VIR_FROM_DOMAIN);
}

static void
addThread(virDocDomain *document, const void *opaque)
{
    virConfIothreadAdd(document, ((const Thread *) opaque)->id);
}

int
testDomainAddIOThread(virDomainPtr handle, unsigned int iothread_id, unsigned int flags)
{
    Thread thread = { .id = iothread_id };

    if (iothread_id == 0) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "invalid value of 0 for iothread_id");
        return -1;
    }
    return testDomainEdit(handle, flags, isFree, addThread, &thread);
}

static bool
isThere(const virDocDomain *document, const void *opaque)
{
    const Thread *thread = opaque;

    if (virConfIothreadIsThere(document, thread->id))
        return true;
    if (thread->missing)
        virErrorRaise(thread->domain, VIR_ERR_INVALID_ARG, "cannot find IOThread '%u' in %s",
                      thread->id, thread->missing);
    else
        virErrorRaise(thread->domain, VIR_ERR_INVALID_ARG, "iothreadid %u not found", thread->id);
    return false;
}

static bool
mayGo(const virDocDomain *document, const void *opaque)
{
    return isThere(document, opaque) &&
           virConfIothreadIsUnused(document, ((const Thread *) opaque)->id, VIR_FROM_TEST);
}

static void
removeThread(virDocDomain *document, const void *opaque)
{
    virConfIothreadRemove(document, ((const Thread *) opaque)->id);
}

int
testDomainDelIOThread(virDomainPtr handle, unsigned int iothread_id, unsigned int flags)
{
    Thread thread = { .id = iothread_id, .missing = "iothreadids list",
                      .domain = VIR_FROM_DOMAIN };

    return testDomainEdit(handle, flags, mayGo, removeThread, &thread);
}

static void
pinThread(virDocDomain *document, const void *opaque)
{
    const Thread *thread = opaque;
    virDocDomainCputune *tune = testDomainCputune(document);
    virDocDomainIothreadPin *pin;

    for (size_t i = 0; i < tune->niothreadpins; i++) {
        if (tune->iothreadpins[i]->iothread == thread->id) {
            virDocBitmapFree(tune->iothreadpins[i]->cpuset);
            tune->iothreadpins[i]->cpuset = virDocBitmapCopy(thread->set);
            return;
        }
    }
    pin = virDocDomainIothreadPinNew();
    pin->hasIothread = true;
    pin->iothread = thread->id;
    pin->cpuset = virDocBitmapCopy(thread->set);
    VIR_DOC_LIST_ADD(tune, iothreadpins, pin);
}

/* The set first, as every hypervisor looks at it. */
static bool
mayPin(const virDocDomain *document, const void *opaque)
{
    const Thread *thread = opaque;

    if (thread->set)
        return isThere(document, opaque);
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                  "Empty iothread cpumap list for pinning");
    return false;
}

int
testDomainPinIOThread(virDomainPtr handle, unsigned int iothread_id, unsigned char *cpumap,
                      int maplen, unsigned int flags)
{
    g_autoptr(virDocBitmap) set = testCpusFrom(handle->conn, cpumap, maplen);
    Thread thread = { .id = iothread_id, .set = set, .domain = VIR_FROM_TEST };
    g_auto(virParams) told = { NULL, 0, 0 };
    g_autofree char *name = g_strdup_printf(VIR_DOMAIN_TUNABLE_CPU_IOTHREADSPIN, iothread_id);

    if (set)
        testTunableAddCpus(&told, name, set);
    return testDomainTune(handle, flags, mayPin, pinThread, &thread, &told);
}

/* Whether there is anything to tune is asked before how. */
static bool
mayTune(const virDocDomain *document, const void *opaque)
{
    const Thread *thread = opaque;

    return isThere(document, opaque) &&
           virParamsCheck(thread->params, thread->nparams, virDomainIOThreadKeys,
                          /* known= */ NULL);
}

static void
tuneThread(virDocDomain *document, const void *opaque)
{
    const Thread *thread = opaque;
    virDocDomainIothread *one;

    virConfIothreadNameAll(document);
    one = virConfIothreadFind(document, thread->id);
    for (int i = 0; i < thread->nparams; i++) {
        const virTypedParameter *param = &thread->params[i];

        if (g_str_equal(param->field, VIR_DOMAIN_IOTHREAD_POLL_MAX_NS)) {
            one->hasPollMax = true;
            one->pollMax = param->value.ul;
        } else if (g_str_equal(param->field, VIR_DOMAIN_IOTHREAD_POLL_GROW)) {
            one->hasPollGrow = true;
            one->pollGrow = param->value.ui;
        } else if (g_str_equal(param->field, VIR_DOMAIN_IOTHREAD_POLL_SHRINK)) {
            one->hasPollShrink = true;
            one->pollShrink = param->value.ui;
        } else if (g_str_equal(param->field, VIR_DOMAIN_IOTHREAD_THREAD_POOL_MIN)) {
            one->hasThreadPoolMin = param->value.i >= 0;
            one->threadPoolMin = param->value.i;
        } else {
            one->hasThreadPoolMax = param->value.i >= 0;
            one->threadPoolMax = param->value.i;
        }
    }
}

int
testDomainSetIOThreadParams(virDomainPtr handle, unsigned int iothread_id,
                            virTypedParameterPtr params, int nparams, unsigned int flags)
{
    Thread thread = { .id = iothread_id, .params = params, .nparams = nparams,
                      .missing = "iothreadids", .domain = VIR_FROM_TEST };
    testDomain *domain;
    int ret;

    if (iothread_id == 0) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "invalid value of 0 for iothread_id");
        return -1;
    }
    domain = testDomainLockForChange(handle);
    if (!domain)
        return -1;
    ret = testDomainEditLocked(domain, flags, mayTune, tuneThread, &thread);
    testDomainUnlock(handle);
    return ret;
}
