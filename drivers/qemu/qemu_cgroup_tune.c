/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Limits of a guest's control group, as its document has them. */

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <libvirt/virterror.h>

#include "document/bitmap.h"
#include "qemu_cgroup.h"
#include "runtime/error.h"

/* What the kernel counts by where nobody said anything, in microseconds. */
#define USUAL_PERIOD 100000

bool
qemuCgroupTime(const qemuDomain *domain, const char *part, unsigned long long period,
               long long quota)
{
    if (!period && !quota)
        return true;
    if (domain->host->cgroups.unified) {
        g_autofree char *text = quota > 0 ? g_strdup_printf("%lld", quota) : g_strdup("max");

        return qemuCgroupWrite(domain, QEMU_CGROUP_CPU, part, "cpu.max", "%s %llu", text,
                               period ? period : USUAL_PERIOD);
    }
    return (!period || qemuCgroupWrite(domain, QEMU_CGROUP_CPU, part, "cpu.cfs_period_us", "%llu",
                                       period)) &&
           (!quota || qemuCgroupWrite(domain, QEMU_CGROUP_CPU, part, "cpu.cfs_quota_us", "%lld",
                                      quota < 0 ? -1 : quota));
}

static bool
tuneCpu(const qemuDomain *domain, const virDocDomainCputune *tune)
{
    bool unified = domain->host->cgroups.unified;

    if (!tune)
        return true;
    if (!(tune->hasShares || tune->hasPeriod || tune->hasQuota || tune->hasGlobalPeriod ||
          tune->hasGlobalQuota || tune->hasEmulatorPeriod || tune->hasEmulatorQuota ||
          tune->hasIothreadPeriod || tune->hasIothreadQuota))
        return true;
    return qemuCgroupRequire(domain->host, QEMU_CGROUP_CPU) &&
           (!tune->hasShares || qemuCgroupWrite(domain, QEMU_CGROUP_CPU, NULL,
                                                unified ? "cpu.weight" : "cpu.shares", "%llu",
                                                tune->shares)) &&
           qemuCgroupTime(domain, NULL, tune->globalPeriod, tune->globalQuota) &&
           qemuCgroupTime(domain, "emulator", tune->emulatorPeriod, tune->emulatorQuota);
}

/* A limit in KiB; false with an error raised. */
static bool
writeMemory(const qemuDomain *domain, const char *plain, const char *unified, bool given,
            unsigned long long value)
{
    const char *file = domain->host->cgroups.unified ? unified : plain;

    return !given || qemuCgroupWrite(domain, QEMU_CGROUP_MEMORY, NULL, file, "%llu", value * 1024);
}

static bool
tuneMemory(const qemuDomain *domain, const virDocDomainMemtune *tune)
{
    if (!tune)
        return true;
    return qemuCgroupRequire(domain->host, QEMU_CGROUP_MEMORY) &&
           writeMemory(domain, "memory.limit_in_bytes", "memory.max", tune->hasHardLimit,
                       tune->hardLimit) &&
           writeMemory(domain, "memory.soft_limit_in_bytes", "memory.high", tune->hasSoftLimit,
                       tune->softLimit) &&
           /* Memory and swap together in version 1, swap alone in version 2. */
           writeMemory(domain, "memory.memsw.limit_in_bytes", "memory.swap.max",
                       tune->hasSwapHardLimit, tune->swapHardLimit -
                       (domain->host->cgroups.unified && tune->hasHardLimit ? tune->hardLimit : 0));
}

static bool
tuneNodes(const qemuDomain *domain, const virDocDomainNumatune *tune)
{
    g_autofree char *nodes = NULL;

    if (!tune || !tune->memoryNodeset)
        return true;
    if (tune->memoryMode != VIR_DOC_DOMAIN_NUMA_MODE_STRICT &&
        tune->memoryMode != VIR_DOC_DOMAIN_NUMA_MODE_RESTRICTIVE)
        return true;
    nodes = virDocBitmapFormat(tune->memoryNodeset);
    return qemuCgroupWrite(domain, QEMU_CGROUP_CPUSET, NULL, "cpuset.mems", "%s", nodes);
}

/* The kernel's name of a device, "MAJOR:MINOR"; NULL with an error raised. */
static char *
deviceName(const qemuDomain *domain, const char *path)
{
    struct stat device;

    if (stat(path, &device) == 0 && S_ISBLK(device.st_mode))
        return g_strdup_printf("%u:%u", major(device.st_rdev), minor(device.st_rdev));
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                  "<blkiotune> of domain '%s' names '%s', which is no block device of this host",
                  domain->name, path);
    return NULL;
}

static bool
tuneDevice(const qemuDomain *domain, const virDocDomainBlkioDevice *device)
{
    const struct {
        const char *plain, *unified;
        unsigned long long value;
        bool given;
    } limits[] = {
        { "blkio.throttle.read_iops_device", "riops", device->readIopsSec, device->hasReadIopsSec },
        { "blkio.throttle.write_iops_device", "wiops", device->writeIopsSec,
          device->hasWriteIopsSec },
        { "blkio.throttle.read_bps_device", "rbps", device->readBytesSec, device->hasReadBytesSec },
        { "blkio.throttle.write_bps_device", "wbps", device->writeBytesSec,
          device->hasWriteBytesSec },
        { "blkio.weight_device", NULL, device->weight, device->hasWeight },
    };
    g_autofree char *name = deviceName(domain, device->path);
    bool unified = domain->host->cgroups.unified, done = name != NULL;

    for (size_t i = 0; done && i < G_N_ELEMENTS(limits); i++) {
        if (!limits[i].given)
            continue;
        if (unified && limits[i].unified)
            done = qemuCgroupWrite(domain, QEMU_CGROUP_BLKIO, NULL, "io.max", "%s %s=%llu", name,
                                   limits[i].unified, limits[i].value);
        else
            done = qemuCgroupWrite(domain, QEMU_CGROUP_BLKIO, NULL,
                                   unified ? "io.bfq.weight" : limits[i].plain, "%s %llu", name,
                                   limits[i].value);
    }
    return done;
}

static bool
tuneBlocks(const qemuDomain *domain, const virDocDomainBlkiotune *tune)
{
    bool done = !tune || qemuCgroupRequire(domain->host, QEMU_CGROUP_BLKIO);

    if (done && tune && tune->hasWeight)
        done = qemuCgroupWrite(domain, QEMU_CGROUP_BLKIO, NULL,
                               domain->host->cgroups.unified ? "io.weight" : "blkio.bfq.weight",
                               "%u", tune->weight);
    for (size_t i = 0; done && tune && i < tune->ndevices; i++)
        done = tuneDevice(domain, tune->devices[i]);
    return done;
}

bool
qemuCgroupTune(qemuDomain *domain, const virDocDomain *document)
{
    return tuneCpu(domain, document->cputune) && tuneMemory(domain, document->memtune) &&
           tuneNodes(domain, document->numatune) && tuneBlocks(domain, document->blkiotune);
}
