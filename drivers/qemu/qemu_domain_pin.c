/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which processors of the machine those of a guest, its I/O threads and its QEMU may use. */

#include <string.h>

#include <libvirt/virterror.h>

#include "driver/qemu.h"
#include "qemu_change.h"
#include "qemu_cpuset.h"
#include "qemu_threads.h"
#include "qemu_usage.h"
#include "runtime/error.h"
#include "runtime/objects.h"

typedef struct {
    unsigned int number;        /* of a processor or an I/O thread */
    const virDocBitmap *set;
} Pin;

static virDocDomainCputune *
tuneOf(virDocDomain *document)
{
    if (!document->cputune)
        document->cputune = virDocDomainCputuneNew();
    return document->cputune;
}

/* A set of processors that a call names; NULL with an error raised when it is empty. */
static virDocBitmap *
takeSet(const unsigned char *cpumap, int maplen)
{
    virDocBitmap *set = qemuCpusFrom(cpumap, maplen);

    if (!set)
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG, "Empty cpu list for pinning");
    return set;
}

static bool
hasVcpu(const virDocDomain *document, const void *opaque)
{
    const Pin *pin = opaque;

    if (pin->number < document->vcpu->count)
        return true;
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                  "vcpu %u is out of range of domain '%s', which has %u at most", pin->number,
                  document->name, document->vcpu->count);
    return false;
}

static bool
placeVcpu(qemuDomain *domain, const void *opaque)
{
    const Pin *pin = opaque;
    pid_t thread = qemuThreadsVcpu(domain, pin->number);

    /* One that is not plugged in yet gets its place when it is. */
    return !thread || qemuCpusApply(thread, pin->set, "a processor of the guest");
}

static void
editVcpu(virDocDomain *document, const void *opaque)
{
    const Pin *pin = opaque;
    virDocDomainCputune *tune = tuneOf(document);
    virDocDomainVcpuPin *entry;

    for (size_t i = 0; i < tune->nvcpupins; i++) {
        if (tune->vcpupins[i]->vcpu == pin->number) {
            virDocBitmapFree(tune->vcpupins[i]->cpuset);
            tune->vcpupins[i]->cpuset = virDocBitmapCopy(pin->set);
            return;
        }
    }
    entry = virDocDomainVcpuPinNew();
    entry->hasVcpu = true;
    entry->vcpu = pin->number;
    entry->cpuset = virDocBitmapCopy(pin->set);
    VIR_DOC_LIST_ADD(tune, vcpupins, entry);
}

int
qemuDomainPinVcpuFlags(virDomainPtr handle, unsigned int vcpu, unsigned char *cpumap, int maplen,
                       unsigned int flags)
{
    static const qemuChange change = { .check = hasVcpu, .act = placeVcpu, .edit = editVcpu };
    g_autoptr(virDocBitmap) set = takeSet(cpumap, maplen);
    const Pin pin = { vcpu, set };

    return set ? qemuDomainChange(handle, flags, &change, &pin) : -1;
}

int
qemuDomainPinVcpu(virDomainPtr handle, unsigned int vcpu, unsigned char *cpumap, int maplen)
{
    return qemuDomainPinVcpuFlags(handle, vcpu, cpumap, maplen, VIR_DOMAIN_AFFECT_LIVE);
}

int
qemuDomainGetVcpuPinInfo(virDomainPtr handle, int ncpumaps, unsigned char *cpumaps, int maplen,
                         unsigned int flags)
{
    qemuDomain *domain = qemuDomainLock(handle);
    const virDocDomain *document = domain ? qemuDomainSide(domain, flags) : NULL;
    int count = -1;

    if (document) {
        count = (int) MIN((unsigned int) ncpumaps, document->vcpu->count);
        for (int i = 0; i < count; i++)
            qemuCpusTo(qemuPinOfVcpu(document, (unsigned int) i),
                       cpumaps + (size_t) i * (size_t) maplen, maplen);
    }
    if (domain)
        qemuDomainUnlock(domain);
    return count;
}

int
qemuDomainGetVcpus(virDomainPtr handle, virVcpuInfoPtr info, int maxinfo, unsigned char *cpumaps,
                   int maplen)
{
    qemuDomain *domain = qemuDomainLock(handle);
    int count = 0;

    if (!domain)
        return -1;
    if (!qemuDomainRequireActive(domain)) {
        qemuDomainUnlock(domain);
        return -1;
    }
    for (unsigned int i = 0; count < maxinfo && i < domain->live->vcpu->count; i++) {
        pid_t thread = qemuThreadsVcpu(domain, i);
        qemuUsage usage;

        if (!thread)
            continue;
        usage = qemuUsageOfThread(domain->process.pid, thread);
        if (info)
            info[count] = (virVcpuInfo) {
                .number = i, .state = VIR_VCPU_RUNNING, .cpuTime = usage.time, .cpu = usage.cpu,
            };
        if (cpumaps)
            qemuCpusTo(qemuPinOfVcpu(domain->live, i),
                       cpumaps + (size_t) count * (size_t) maplen, maplen);
        count++;
    }
    qemuDomainUnlock(domain);
    return count;
}

static bool
placeEmulator(qemuDomain *domain, const void *opaque)
{
    return qemuThreadsPlaceEmulator(domain, ((const Pin *) opaque)->set);
}

static void
editEmulator(virDocDomain *document, const void *opaque)
{
    virDocDomainCputune *tune = tuneOf(document);

    virDocBitmapFree(tune->emulatorpinCpuset);
    tune->emulatorpinCpuset = virDocBitmapCopy(((const Pin *) opaque)->set);
}

int
qemuDomainPinEmulator(virDomainPtr handle, unsigned char *cpumap, int maplen, unsigned int flags)
{
    static const qemuChange change = { .act = placeEmulator, .edit = editEmulator };
    g_autoptr(virDocBitmap) set = takeSet(cpumap, maplen);
    const Pin pin = { 0, set };

    return set ? qemuDomainChange(handle, flags, &change, &pin) : -1;
}

int
qemuDomainGetEmulatorPinInfo(virDomainPtr handle, unsigned char *cpumaps, int maplen,
                             unsigned int flags)
{
    qemuDomain *domain = qemuDomainLock(handle);
    const virDocDomain *document = domain ? qemuDomainSide(domain, flags) : NULL;

    if (document)
        qemuCpusTo(qemuPinOfEmulator(document), cpumaps, maplen);
    if (domain)
        qemuDomainUnlock(domain);
    return document ? 1 : -1;
}

static bool
hasIothread(const virDocDomain *document, const void *opaque)
{
    const Pin *pin = opaque;

    for (size_t i = 0; i < document->niothreadIds; i++) {
        if (document->iothreadIds[i]->id == pin->number)
            return true;
    }
    if (pin->number >= 1 && pin->number <= document->iothreads)
        return true;
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG, "iothreadid %u not found", pin->number);
    return false;
}

static bool
placeIothread(qemuDomain *domain, const void *opaque)
{
    const Pin *pin = opaque;
    pid_t thread = qemuThreadsIothread(domain, pin->number);

    return !thread || qemuCpusApply(thread, pin->set, "an I/O thread of the guest");
}

static void
editIothread(virDocDomain *document, const void *opaque)
{
    const Pin *pin = opaque;
    virDocDomainCputune *tune = tuneOf(document);
    virDocDomainIothreadPin *entry;

    for (size_t i = 0; i < tune->niothreadpins; i++) {
        if (tune->iothreadpins[i]->iothread == pin->number) {
            virDocBitmapFree(tune->iothreadpins[i]->cpuset);
            tune->iothreadpins[i]->cpuset = virDocBitmapCopy(pin->set);
            return;
        }
    }
    entry = virDocDomainIothreadPinNew();
    entry->hasIothread = true;
    entry->iothread = pin->number;
    entry->cpuset = virDocBitmapCopy(pin->set);
    VIR_DOC_LIST_ADD(tune, iothreadpins, entry);
}

int
qemuDomainPinIOThread(virDomainPtr handle, unsigned int iothread_id, unsigned char *cpumap,
                      int maplen, unsigned int flags)
{
    static const qemuChange change = { .check = hasIothread, .act = placeIothread,
                                       .edit = editIothread };
    g_autoptr(virDocBitmap) set = takeSet(cpumap, maplen);
    const Pin pin = { iothread_id, set };

    return set ? qemuDomainChange(handle, flags, &change, &pin) : -1;
}
