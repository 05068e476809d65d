/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Shares and limits of a guest as its control group has them: processors, memory, block devices, nodes. */

#include <string.h>

#include <libvirt/virterror.h>

#include "document/bitmap.h"
#include "driver/qemu.h"
#include "qemu_cgroup.h"
#include "qemu_change.h"
#include "qemu_threads.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "runtime/objects.h"
#include "runtime/parameters.h"

#define LEAST_TIME 1000
#define MOST_PERIOD 1000000

/* What a caller gives to a change. */
typedef struct {
    const virTypedParameter *params;
    int nparams;
} Given;

/* A setting of the scheduler, and where a document keeps it. */
typedef struct {
    const char *name;
    size_t has;
    size_t value;               /* of unsigned long long, or long long */
    bool period;
    bool quota;
    const char *part;           /* of the group: NULL is the whole; a prefix of threads otherwise */
} Setting;

#define FIELD(Name, Field, ...)                                                                 \
    { .name = VIR_DOMAIN_SCHEDULER_##Name, .has = offsetof(virDocDomainCputune, has##Field), __VA_ARGS__ }
#define PERIOD(Name, Field, member, where)                                                      \
    FIELD(Name, Field, .value = offsetof(virDocDomainCputune, member), .period = true, .part = where)
#define QUOTA(Name, Field, member, where)                                                       \
    FIELD(Name, Field, .value = offsetof(virDocDomainCputune, member), .quota = true, .part = where)

static const Setting settings[] = {
    FIELD(CPU_SHARES, Shares, .value = offsetof(virDocDomainCputune, shares)),
    PERIOD(VCPU_PERIOD, Period, period, "vcpu"),
    QUOTA(VCPU_QUOTA, Quota, quota, "vcpu"),
    PERIOD(EMULATOR_PERIOD, EmulatorPeriod, emulatorPeriod, "emulator"),
    QUOTA(EMULATOR_QUOTA, EmulatorQuota, emulatorQuota, "emulator"),
    PERIOD(GLOBAL_PERIOD, GlobalPeriod, globalPeriod, NULL),
    QUOTA(GLOBAL_QUOTA, GlobalQuota, globalQuota, NULL),
    PERIOD(IOTHREAD_PERIOD, IothreadPeriod, iothreadPeriod, "iothread"),
    QUOTA(IOTHREAD_QUOTA, IothreadQuota, iothreadQuota, "iothread"),
};

static const char *const schedulerNames[] = {
    VIR_DOMAIN_SCHEDULER_CPU_SHARES, VIR_DOMAIN_SCHEDULER_VCPU_PERIOD, VIR_DOMAIN_SCHEDULER_VCPU_QUOTA,
    VIR_DOMAIN_SCHEDULER_EMULATOR_PERIOD, VIR_DOMAIN_SCHEDULER_EMULATOR_QUOTA,
    VIR_DOMAIN_SCHEDULER_GLOBAL_PERIOD, VIR_DOMAIN_SCHEDULER_GLOBAL_QUOTA,
    VIR_DOMAIN_SCHEDULER_IOTHREAD_PERIOD, VIR_DOMAIN_SCHEDULER_IOTHREAD_QUOTA, NULL,
};

/* Both kinds are as wide; quotas may be negative. */
static unsigned long long
valueOf(const virDocDomainCputune *tune, const Setting *setting)
{
    return *(const unsigned long long *) ((const char *) tune + setting->value);
}

static bool
isGiven(const virDocDomainCputune *tune, const Setting *setting)
{
    return *(const bool *) ((const char *) tune + setting->has);
}

char *
qemuDomainGetSchedulerType(virDomainPtr handle, int *nparams)
{
    qemuDomain *domain = qemuDomainLock(handle);
    bool usable = domain && qemuCgroupRequire(domain->host, QEMU_CGROUP_CPU);

    if (domain)
        qemuDomainUnlock(domain);
    if (!usable)
        return NULL;
    if (nparams)
        *nparams = G_N_ELEMENTS(settings);
    return g_strdup("posix");
}

/* What the kernel uses where nobody said anything. */
static unsigned long long
usual(const Setting *setting)
{
    if (setting->period)
        return 100000;
    return setting->quota ? (unsigned long long) -1 : 1024;
}

int
qemuDomainGetSchedulerParametersFlags(virDomainPtr handle, virTypedParameterPtr params,
                                      int *nparams, unsigned int flags)
{
    const virDocDomainCputune none = { 0 };
    qemuDomain *domain = qemuDomainLock(handle);
    const virDocDomain *document;
    g_auto(virParams) list = { NULL, 0, 0 };

    if (!domain)
        return -1;
    document = qemuDomainSide(domain, flags);
    if (document && document == domain->live && domain->id >= 0 &&
        !qemuCgroupRequire(domain->host, QEMU_CGROUP_CPU))
        document = NULL;
    for (size_t i = 0; document && i < G_N_ELEMENTS(settings); i++) {
        const virDocDomainCputune *tune = document->cputune ? document->cputune : &none;
        unsigned long long value = isGiven(tune, &settings[i]) ? valueOf(tune, &settings[i]) :
            usual(&settings[i]);

        if (settings[i].quota)
            virParamsAddLLong(&list, settings[i].name, (long long) value);
        else
            virParamsAddULLong(&list, settings[i].name, value);
    }
    qemuDomainUnlock(domain);
    return document ? virParamsFill(&list, params, nparams) : -1;
}

int
qemuDomainGetSchedulerParameters(virDomainPtr handle, virTypedParameterPtr params, int *nparams)
{
    return qemuDomainGetSchedulerParametersFlags(handle, params, nparams, 0);
}

/* Puts the given settings into a document's part. */
static void
putScheduler(virDocDomainCputune *tune, const Given *given)
{
    for (size_t i = 0; i < G_N_ELEMENTS(settings); i++) {
        const virTypedParameter *param = virParamsFind(given->params, given->nparams,
                                                       settings[i].name);

        if (!param)
            continue;
        *(bool *) ((char *) tune + settings[i].has) = true;
        *(unsigned long long *) ((char *) tune + settings[i].value) = param->value.ul;
    }
}

static void
editScheduler(virDocDomain *document, const void *opaque)
{
    if (!document->cputune)
        document->cputune = virDocDomainCputuneNew();
    putScheduler(document->cputune, opaque);
}

/* Times that the kernel takes; false with an error raised. */
static bool
fitsScheduler(const virDocDomain *document G_GNUC_UNUSED, const void *opaque)
{
    const Given *given = opaque;

    for (size_t i = 0; i < G_N_ELEMENTS(settings); i++) {
        const virTypedParameter *param = virParamsFind(given->params, given->nparams,
                                                       settings[i].name);

        if (!param)
            continue;
        if (settings[i].period && (param->value.ul < LEAST_TIME || param->value.ul > MOST_PERIOD)) {
            virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                          "%s must be from %d to %d microseconds, not %llu", settings[i].name,
                          LEAST_TIME, MOST_PERIOD, param->value.ul);
            return false;
        }
        if (settings[i].quota && param->value.l >= 0 && param->value.l < LEAST_TIME) {
            virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                          "%s must be at least %d microseconds, or negative for no limit, not %lld",
                          settings[i].name, LEAST_TIME, param->value.l);
            return false;
        }
    }
    return true;
}

static bool
actScheduler(qemuDomain *domain, const void *opaque)
{
    g_autoptr(virDocDomain) document = NULL;

    if (!qemuCgroupRequire(domain->host, QEMU_CGROUP_CPU))
        return false;
    document = virDocDomainCopy(domain->live);
    editScheduler(document, opaque);
    return qemuCgroupTune(domain, document) && qemuCgroupThreads(domain, document);
}

/* Tells listeners what changed, under the names that events have. */
static void
announce(const qemuDomain *domain, const Given *given)
{
    static const struct {
        const char *name, *told;
    } all[] = {
        { VIR_DOMAIN_SCHEDULER_CPU_SHARES, VIR_DOMAIN_TUNABLE_CPU_CPU_SHARES },
        { VIR_DOMAIN_SCHEDULER_VCPU_PERIOD, VIR_DOMAIN_TUNABLE_CPU_VCPU_PERIOD },
        { VIR_DOMAIN_SCHEDULER_VCPU_QUOTA, VIR_DOMAIN_TUNABLE_CPU_VCPU_QUOTA },
        { VIR_DOMAIN_SCHEDULER_EMULATOR_PERIOD, VIR_DOMAIN_TUNABLE_CPU_EMULATOR_PERIOD },
        { VIR_DOMAIN_SCHEDULER_EMULATOR_QUOTA, VIR_DOMAIN_TUNABLE_CPU_EMULATOR_QUOTA },
        { VIR_DOMAIN_SCHEDULER_GLOBAL_PERIOD, VIR_DOMAIN_TUNABLE_CPU_GLOBAL_PERIOD },
        { VIR_DOMAIN_SCHEDULER_GLOBAL_QUOTA, VIR_DOMAIN_TUNABLE_CPU_GLOBAL_QUOTA },
        { VIR_DOMAIN_SCHEDULER_IOTHREAD_PERIOD, VIR_DOMAIN_TUNABLE_CPU_IOTHREAD_PERIOD },
        { VIR_DOMAIN_SCHEDULER_IOTHREAD_QUOTA, VIR_DOMAIN_TUNABLE_CPU_IOTHREAD_QUOTA },
    };
    g_auto(virParams) list = { NULL, 0, 0 };

    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        const virTypedParameter *param = virParamsFind(given->params, given->nparams, all[i].name);

        if (param && param->type == VIR_TYPED_PARAM_LLONG)
            virParamsAddLLong(&list, all[i].told, param->value.l);
        else if (param)
            virParamsAddULLong(&list, all[i].told, param->value.ul);
    }
    virEventStateQueue(domain->host->events,
                       virDomainEventTunableNew(domain->name, domain->uuid, domain->id,
                                                list.params, list.nparams));
}

int
qemuDomainSetSchedulerParametersFlags(virDomainPtr handle, virTypedParameterPtr params,
                                      int nparams, unsigned int flags)
{
    static const qemuChange how = {
        .check = fitsScheduler, .act = actScheduler, .edit = editScheduler,
    };
    const Given given = { params, nparams };
    qemuDomain *domain;
    int ret;

    if (!virParamsCheck(params, nparams, virDomainSchedulerKeys, schedulerNames))
        return -1;
    domain = qemuDomainBegin(handle, QEMU_JOB_MODIFY);
    if (!domain)
        return -1;
    ret = qemuDomainChangeLocked(domain, flags, &how, &given);
    if (ret == 0 && domain->id >= 0 && flags != VIR_DOMAIN_AFFECT_CONFIG)
        announce(domain, &given);
    qemuDomainEnd(domain);
    return ret;
}

int
qemuDomainSetSchedulerParameters(virDomainPtr handle, virTypedParameterPtr params, int nparams)
{
    return qemuDomainSetSchedulerParametersFlags(handle, params, nparams, 0);
}

/* --- memory -------------------------------------------------------------------------------------- */

/* A limit, and where a document keeps it. */
static const struct {
    const char *name;
    size_t has, value;
} limits[] = {
    { VIR_DOMAIN_MEMORY_HARD_LIMIT, offsetof(virDocDomainMemtune, hasHardLimit),
      offsetof(virDocDomainMemtune, hardLimit) },
    { VIR_DOMAIN_MEMORY_SOFT_LIMIT, offsetof(virDocDomainMemtune, hasSoftLimit),
      offsetof(virDocDomainMemtune, softLimit) },
    { VIR_DOMAIN_MEMORY_SWAP_HARD_LIMIT, offsetof(virDocDomainMemtune, hasSwapHardLimit),
      offsetof(virDocDomainMemtune, swapHardLimit) },
};

int
qemuDomainGetMemoryParameters(virDomainPtr handle, virTypedParameterPtr params, int *nparams,
                              unsigned int flags)
{
    const virDocDomainMemtune none = { 0 };
    g_auto(virParams) list = { NULL, 0, 0 };
    const virDocDomain *document;
    qemuDomain *domain;

    if (*nparams == 0) {
        *nparams = G_N_ELEMENTS(limits);
        return 0;
    }
    domain = qemuDomainLock(handle);
    document = domain ? qemuDomainSide(domain, flags) : NULL;
    for (size_t i = 0; document && i < G_N_ELEMENTS(limits); i++) {
        const char *tune = (const char *) (document->memtune ? document->memtune : &none);
        bool given = *(const bool *) (tune + limits[i].has);

        virParamsAddULLong(&list, limits[i].name, given ?
                           *(const unsigned long long *) (tune + limits[i].value) :
                           VIR_DOMAIN_MEMORY_PARAM_UNLIMITED);
    }
    if (domain)
        qemuDomainUnlock(domain);
    return document ? virParamsFill(&list, params, nparams) : -1;
}

static void
editMemory(virDocDomain *document, const void *opaque)
{
    const Given *given = opaque;
    char *tune;

    if (!document->memtune)
        document->memtune = virDocDomainMemtuneNew();
    tune = (char *) document->memtune;
    for (size_t i = 0; i < G_N_ELEMENTS(limits); i++) {
        const virTypedParameter *param = virParamsFind(given->params, given->nparams,
                                                       limits[i].name);

        if (!param)
            continue;
        *(bool *) (tune + limits[i].has) = param->value.ul < VIR_DOMAIN_MEMORY_PARAM_UNLIMITED;
        *(unsigned long long *) (tune + limits[i].value) = param->value.ul;
    }
}

static bool
fitsMemory(const virDocDomain *document, const void *opaque)
{
    g_autoptr(virDocDomain) then = virDocDomainCopy(document);
    const virDocDomainMemtune *tune;

    editMemory(then, opaque);
    tune = then->memtune;
    if (!tune->hasHardLimit || !tune->hasSwapHardLimit || tune->hardLimit <= tune->swapHardLimit)
        return true;
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                  "memory hard_limit tunable value must be lower than or equal to "
                  "swap_hard_limit");
    return false;
}

/* Limits that are taken away are written, too: the kernel has no other way to forget them. */
static bool
actMemory(qemuDomain *domain, const void *opaque)
{
    static const char *const plain[] = {
        "memory.limit_in_bytes", "memory.soft_limit_in_bytes", "memory.memsw.limit_in_bytes",
    };
    static const char *const unified[] = { "memory.max", "memory.high", "memory.swap.max" };
    const Given *given = opaque;
    bool done = qemuCgroupRequire(domain->host, QEMU_CGROUP_MEMORY);

    for (size_t i = 0; done && i < G_N_ELEMENTS(limits); i++) {
        const virTypedParameter *param = virParamsFind(given->params, given->nparams,
                                                       limits[i].name);
        const char *file = domain->host->cgroups.unified ? unified[i] : plain[i];
        g_autofree char *text = NULL;

        if (!param)
            continue;
        if (param->value.ul < VIR_DOMAIN_MEMORY_PARAM_UNLIMITED)
            text = g_strdup_printf("%llu", param->value.ul * 1024);
        else
            text = g_strdup(domain->host->cgroups.unified ? "max" : "-1");
        done = qemuCgroupWrite(domain, QEMU_CGROUP_MEMORY, NULL, file, "%s", text);
    }
    return done;
}

int
qemuDomainSetMemoryParameters(virDomainPtr handle, virTypedParameterPtr params, int nparams,
                              unsigned int flags)
{
    static const char *const known[] = {
        VIR_DOMAIN_MEMORY_HARD_LIMIT, VIR_DOMAIN_MEMORY_SOFT_LIMIT,
        VIR_DOMAIN_MEMORY_SWAP_HARD_LIMIT, NULL,
    };
    static const qemuChange how = { .check = fitsMemory, .act = actMemory, .edit = editMemory };
    const Given given = { params, nparams };

    if (!virParamsCheck(params, nparams, virDomainMemoryKeys, known))
        return -1;
    return qemuDomainChange(handle, flags, &how, &given);
}
