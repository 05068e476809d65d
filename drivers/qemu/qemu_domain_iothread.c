/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Threads of guests that serve their disks: reading, adding, removing, tuning. */

#include <string.h>

#include <libvirt/virterror.h>

#include "conf/domain_iothread.h"
#include "driver/qemu.h"
#include "qemu_cgroup.h"
#include "qemu_change.h"
#include "qemu_command.h"
#include "qemu_cpuset.h"
#include "qemu_iothread.h"
#include "qemu_process.h"
#include "qemu_threads.h"
#include "runtime/error.h"
#include "runtime/objects.h"

json_object *
qemuIothreadObject(const virDocDomain *document, unsigned int id)
{
    const virDocDomainIothread *thread = virConfIothreadFind(document, id);
    g_autofree char *name = g_strdup_printf("iothread%u", id);
    json_object *object = json_object_new_object();

    qemuSetString(object, "qom-type", "iothread");
    qemuSetString(object, "id", name);
    if (!thread)
        return object;
    if (thread->hasThreadPoolMin && thread->threadPoolMin >= 0)
        qemuSetNumber(object, "thread-pool-min", thread->threadPoolMin);
    if (thread->hasThreadPoolMax && thread->threadPoolMax >= 0)
        qemuSetNumber(object, "thread-pool-max", thread->threadPoolMax);
    if (thread->hasPollMax)
        qemuSetNumber(object, "poll-max-ns", (gint64) thread->pollMax);
    if (thread->hasPollGrow)
        qemuSetNumber(object, "poll-grow", (gint64) thread->pollGrow);
    if (thread->hasPollShrink)
        qemuSetNumber(object, "poll-shrink", (gint64) thread->pollShrink);
    return object;
}

int
qemuDomainGetIOThreadInfo(virDomainPtr handle, virDomainIOThreadInfoPtr **info, unsigned int flags)
{
    qemuDomain *domain = qemuDomainLock(handle);
    const virDocDomain *document = domain ? qemuDomainSide(domain, flags) : NULL;
    g_autoptr(GArray) numbers = document ? virConfIothreadNumbers(document) : NULL;
    int length = VIR_CPU_MAPLEN((int) qemuCpusCount());

    if (document)
        *info = g_new0(virDomainIOThreadInfoPtr, numbers->len + 1);
    for (guint i = 0; document && i < numbers->len; i++) {
        virDomainIOThreadInfoPtr one = g_new0(virDomainIOThreadInfo, 1);

        one->iothread_id = g_array_index(numbers, unsigned int, i);
        one->cpumaplen = length;
        one->cpumap = g_malloc0((size_t) length);
        qemuCpusTo(qemuPinOfIothread(document, one->iothread_id), one->cpumap, length);
        (*info)[i] = one;
    }
    if (domain)
        qemuDomainUnlock(domain);
    return document ? (int) numbers->len : -1;
}

/* What is to happen to one thread. */
typedef struct {
    unsigned int id;
    virTypedParameterPtr params;
    int nparams;
} Thread;

static bool
isThere(const virDocDomain *document, const void *opaque)
{
    const Thread *thread = opaque;

    if (virConfIothreadIsThere(document, thread->id))
        return true;
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                  "cannot find IOThread '%u' in iothreadids list", thread->id);
    return false;
}

static bool
isFree(const virDocDomain *document, const void *opaque)
{
    return virConfIothreadMayAdd(document, ((const Thread *) opaque)->id, VIR_FROM_QEMU);
}

static bool
plug(qemuDomain *domain, const void *opaque)
{
    const Thread *thread = opaque;
    g_autoptr(json_object) result =
        qemuProcessAsk(domain, "object-add", qemuIothreadObject(domain->live, thread->id));
    const virDocBitmap *set;
    pid_t number;

    if (!result || !qemuThreadsLearn(domain) || !qemuDomainRequireActive(domain))
        return false;
    if (!qemuCgroupThreads(domain, domain->live))
        virResetLastError();
    set = domain->live->vcpu->cpuset;
    number = qemuThreadsIothread(domain, thread->id);
    if (set && number && !qemuCpusApply(number, set, "an I/O thread of the guest"))
        virResetLastError();
    return true;
}

static void
add(virDocDomain *document, const void *opaque)
{
    virConfIothreadAdd(document, ((const Thread *) opaque)->id);
}

int
qemuDomainAddIOThread(virDomainPtr handle, unsigned int iothread_id, unsigned int flags)
{
    static const qemuChange change = { .check = isFree, .act = plug, .edit = add };
    const Thread thread = { .id = iothread_id };

    if (iothread_id == 0) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG, "invalid value of 0 for iothread_id");
        return -1;
    }
    return qemuDomainChange(handle, flags, &change, &thread);
}

static bool
mayGo(const virDocDomain *document, const void *opaque)
{
    return isThere(document, opaque) &&
           virConfIothreadIsUnused(document, ((const Thread *) opaque)->id, VIR_FROM_QEMU);
}

static bool
unplug(qemuDomain *domain, const void *opaque)
{
    g_autofree char *name = g_strdup_printf("iothread%u", ((const Thread *) opaque)->id);
    g_autoptr(json_object) result = qemuProcessAsk(domain, "object-del",
                                                   qemuJsonStrings("id", name, NULL));

    return result && qemuThreadsLearn(domain);
}

static void
take(virDocDomain *document, const void *opaque)
{
    virConfIothreadRemove(document, ((const Thread *) opaque)->id);
}

int
qemuDomainDelIOThread(virDomainPtr handle, unsigned int iothread_id, unsigned int flags)
{
    static const qemuChange change = { .check = mayGo, .act = unplug, .edit = take };
    const Thread thread = { .id = iothread_id };

    return qemuDomainChange(handle, flags, &change, &thread);
}

/* Parameters of a thread, and what QEMU calls them. */
static const struct {
    const char *name, *property;
    int type;
} known[] = {
    { VIR_DOMAIN_IOTHREAD_POLL_MAX_NS, "poll-max-ns", VIR_TYPED_PARAM_ULLONG },
    { VIR_DOMAIN_IOTHREAD_POLL_GROW, "poll-grow", VIR_TYPED_PARAM_UINT },
    { VIR_DOMAIN_IOTHREAD_POLL_SHRINK, "poll-shrink", VIR_TYPED_PARAM_UINT },
    { VIR_DOMAIN_IOTHREAD_THREAD_POOL_MIN, "thread-pool-min", VIR_TYPED_PARAM_INT },
    { VIR_DOMAIN_IOTHREAD_THREAD_POOL_MAX, "thread-pool-max", VIR_TYPED_PARAM_INT },
};

/* The place of a parameter in the table; -1 with an error raised. */
static int
findParameter(const virTypedParameter *param)
{
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        if (strncmp(known[i].name, param->field, VIR_TYPED_PARAM_FIELD_LENGTH) != 0)
            continue;
        if (known[i].type == param->type)
            return (int) i;
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                      "invalid type for parameter '%s' of an I/O thread", known[i].name);
        return -1;
    }
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_ARGUMENT_UNSUPPORTED, "parameter '%.*s' not supported",
                  VIR_TYPED_PARAM_FIELD_LENGTH - 1, param->field);
    return -1;
}

static gint64
valueOf(const virTypedParameter *param)
{
    if (param->type == VIR_TYPED_PARAM_ULLONG)
        return (gint64) MIN(param->value.ul, G_MAXINT64);
    return param->type == VIR_TYPED_PARAM_UINT ? (gint64) param->value.ui : param->value.i;
}

static bool
tune(qemuDomain *domain, const void *opaque)
{
    const Thread *thread = opaque;
    g_autofree char *path = g_strdup_printf("/objects/iothread%u", thread->id);

    for (int i = 0; i < thread->nparams; i++) {
        json_object *arguments =
            qemuJsonStrings("path", path, "property",
                            known[findParameter(&thread->params[i])].property, NULL);
        g_autoptr(json_object) result = NULL;

        json_object_object_add(arguments, "value",
                               json_object_new_int64(valueOf(&thread->params[i])));
        result = qemuProcessAsk(domain, "qom-set", arguments);
        if (!result)
            return false;
    }
    return true;
}

static void
note(virDocDomain *document, const void *opaque)
{
    const Thread *thread = opaque;
    virDocDomainIothread *one;

    virConfIothreadNameAll(document);
    one = virConfIothreadFind(document, thread->id);
    for (int i = 0; i < thread->nparams; i++) {
        gint64 value = valueOf(&thread->params[i]);

        switch (findParameter(&thread->params[i])) {
        case 0:
            one->hasPollMax = true;
            one->pollMax = (unsigned long long) value;
            break;
        case 1:
            one->hasPollGrow = true;
            one->pollGrow = (unsigned long long) value;
            break;
        case 2:
            one->hasPollShrink = true;
            one->pollShrink = (unsigned long long) value;
            break;
        case 3:
            one->hasThreadPoolMin = value >= 0;
            one->threadPoolMin = (int) value;
            break;
        default:
            one->hasThreadPoolMax = value >= 0;
            one->threadPoolMax = (int) value;
            break;
        }
    }
}

int
qemuDomainSetIOThreadParams(virDomainPtr handle, unsigned int iothread_id,
                            virTypedParameterPtr params, int nparams, unsigned int flags)
{
    static const qemuChange change = { .check = isThere, .act = tune, .edit = note };
    const Thread thread = { .id = iothread_id, .params = params, .nparams = nparams };

    if (iothread_id == 0) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG, "invalid value of 0 for iothread_id");
        return -1;
    }
    for (int i = 0; i < nparams; i++) {
        if (findParameter(&params[i]) < 0)
            return -1;
    }
    return qemuDomainChange(handle, flags, &change, &thread);
}
