/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a domain is and does now. */

#include <string.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "document/print.h"
#include "driver/qemu.h"
#include "qemu_process.h"
#include "qemu_usage.h"
#include "runtime/error.h"
#include "runtime/objects.h"

static unsigned int
onlineVcpus(const virDocDomain *document)
{
    return document->vcpu->hasCurrent ? document->vcpu->current : document->vcpu->count;
}

int
qemuDomainGetInfo(virDomainPtr handle, virDomainInfoPtr info)
{
    qemuDomain *domain = qemuDomainLock(handle);

    if (!domain)
        return -1;
    *info = (virDomainInfo) {
        .state = (unsigned char) domain->state,
        .maxMem = domain->live->memory,
        .memory = domain->id >= 0 && domain->balloon ? domain->balloon :
                  domain->live->currentMemory,
        .nrVirtCpu = (unsigned short) onlineVcpus(domain->live),
        .cpuTime = domain->id >= 0 ? qemuUsageOf(domain->process.pid).time : 0,
    };
    qemuDomainUnlock(domain);
    return 0;
}

int
qemuDomainGetState(virDomainPtr handle, int *state, int *reason,
                   unsigned int flags G_GNUC_UNUSED)
{
    qemuDomain *domain = qemuDomainLock(handle);

    if (!domain)
        return -1;
    *state = domain->state;
    if (reason)
        *reason = domain->reason;
    qemuDomainUnlock(domain);
    return 0;
}

/* A question that is answered by yes or no. */
static int
ask(virDomainPtr handle, bool (*question)(const qemuDomain *domain))
{
    qemuDomain *domain = qemuDomainLock(handle);
    int ret;

    if (!domain)
        return -1;
    ret = question(domain);
    qemuDomainUnlock(domain);
    return ret;
}

static bool
isActive(const qemuDomain *domain)
{
    return domain->id >= 0;
}

static bool
isPersistent(const qemuDomain *domain)
{
    return domain->persistent;
}

static bool
isUpdated(const qemuDomain *domain)
{
    return domain->updated;
}

static bool
hasManagedSave(const qemuDomain *domain)
{
    return domain->managedSave;
}

int
qemuDomainIsActive(virDomainPtr handle)
{
    return ask(handle, isActive);
}

int
qemuDomainIsPersistent(virDomainPtr handle)
{
    return ask(handle, isPersistent);
}

int
qemuDomainIsUpdated(virDomainPtr handle)
{
    return ask(handle, isUpdated);
}

int
qemuDomainHasManagedSaveImage(virDomainPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    return ask(handle, hasManagedSave);
}

char *
qemuDomainGetOSType(virDomainPtr handle)
{
    qemuDomain *domain = qemuDomainLock(handle);
    char *type;

    if (!domain)
        return NULL;
    type = g_strdup(domain->live->os->type->value);
    qemuDomainUnlock(domain);
    return type;
}

unsigned long
qemuDomainGetMaxMemory(virDomainPtr handle)
{
    qemuDomain *domain = qemuDomainLock(handle);
    unsigned long memory;

    if (!domain)
        return 0;
    memory = (unsigned long) domain->live->memory;
    qemuDomainUnlock(domain);
    return memory;
}

int
qemuDomainGetVcpusFlags(virDomainPtr handle, unsigned int flags)
{
    const unsigned int sides = VIR_DOMAIN_AFFECT_LIVE | VIR_DOMAIN_AFFECT_CONFIG;
    qemuDomain *domain = qemuDomainLock(handle);
    const virDocDomain *document;
    int count = -1;

    if (!domain)
        return -1;
    document = flags & VIR_DOMAIN_AFFECT_CONFIG && domain->next ? domain->next : domain->live;
    if ((flags & sides) == sides)
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                      "the running guest and its definition are two answers: ask for one");
    else if (!(flags & VIR_DOMAIN_AFFECT_LIVE) || qemuDomainRequireActive(domain))
        count = (int) (flags & VIR_DOMAIN_VCPU_MAXIMUM ? document->vcpu->count :
                       onlineVcpus(document));
    qemuDomainUnlock(domain);
    return count;
}

int
qemuDomainGetMaxVcpus(virDomainPtr handle)
{
    qemuDomain *domain = qemuDomainLock(handle);
    int count;

    if (!domain)
        return -1;
    count = (int) domain->live->vcpu->count;
    qemuDomainUnlock(domain);
    return count;
}

char *
qemuDomainGetXMLDesc(virDomainPtr handle, unsigned int flags)
{
    qemuDomain *domain = qemuDomainLock(handle);
    bool inactive = flags & VIR_DOMAIN_XML_INACTIVE;
    unsigned int print = 0;
    virDocDomain *document;
    char *text;

    if (!domain)
        return NULL;
    if (inactive)
        print |= VIR_DOC_PRINT_INACTIVE;
    if (flags & VIR_DOMAIN_XML_SECURE)
        print |= VIR_DOC_PRINT_SECURE;
    if (flags & VIR_DOMAIN_XML_MIGRATABLE)
        print |= VIR_DOC_PRINT_MIGRATABLE;
    document = inactive && domain->next ? domain->next : domain->live;
    if (document == domain->live && domain->id >= 0 && domain->balloon && !inactive)
        document->currentMemory = MIN(domain->balloon, document->memory);
    text = virDocPrint(&virDocDomainRecord, NULL, document, print);
    qemuDomainUnlock(domain);
    return text;
}

int
qemuDomainGetControlInfo(virDomainPtr handle, virDomainControlInfoPtr info,
                         unsigned int flags G_GNUC_UNUSED)
{
    qemuDomain *domain = qemuDomainLock(handle);
    int ret = -1;

    if (!domain)
        return -1;
    if (qemuDomainRequireActive(domain)) {
        *info = (virDomainControlInfo) { .state = VIR_DOMAIN_CONTROL_OK };
        if (domain->job.kind) {
            info->state = VIR_DOMAIN_CONTROL_JOB;
            info->stateTime = (unsigned long long)
                (g_get_monotonic_time() - domain->job.since) / G_TIME_SPAN_MILLISECOND;
        }
        ret = 0;
    }
    qemuDomainUnlock(domain);
    return ret;
}
