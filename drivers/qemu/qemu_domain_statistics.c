/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Counters of disks and interfaces, errors of disks, and looks into disks and memory. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "conf/domain_find.h"
#include "driver/qemu.h"
#include "qemu_block.h"
#include "qemu_process.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "runtime/parameters.h"

/* A counter of QEMU's and the parameter that it is. */
static const struct {
    const char *name, *member;
} counters[] = {
    { VIR_DOMAIN_BLOCK_STATS_WRITE_BYTES, "wr_bytes" },
    { VIR_DOMAIN_BLOCK_STATS_WRITE_REQ, "wr_operations" },
    { VIR_DOMAIN_BLOCK_STATS_READ_BYTES, "rd_bytes" },
    { VIR_DOMAIN_BLOCK_STATS_READ_REQ, "rd_operations" },
    { VIR_DOMAIN_BLOCK_STATS_FLUSH_REQ, "flush_operations" },
    { VIR_DOMAIN_BLOCK_STATS_WRITE_TOTAL_TIMES, "wr_total_time_ns" },
    { VIR_DOMAIN_BLOCK_STATS_READ_TOTAL_TIMES, "rd_total_time_ns" },
    { VIR_DOMAIN_BLOCK_STATS_FLUSH_TOTAL_TIMES, "flush_total_time_ns" },
};

static const virDocDomainDisk *
findDisk(const qemuDomain *domain, const char *name)
{
    const virDocDomainDisk *disk = virConfDomainFindDisk(domain->live, name);

    if (!disk)
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG, "domain '%s' has no disk '%s'",
                      domain->name, name);
    return disk;
}

int
qemuDomainBlockStatsFlags(virDomainPtr handle, const char *name, virTypedParameterPtr params,
                          int *nparams, unsigned int flags G_GNUC_UNUSED)
{
    qemuDomain *domain = qemuDomainLock(handle);
    g_auto(virParams) list = { NULL, 0, 0 };
    g_autoptr(json_object) all = NULL;
    gint64 sums[G_N_ELEMENTS(counters)] = { 0 };

    if (!domain)
        return -1;
    if (qemuDomainRequireActive(domain) && (!*name || findDisk(domain, name)))
        all = qemuProcessAsk(domain, "query-blockstats", NULL);
    for (size_t i = 0; all && domain->id >= 0 && i < domain->live->ndisks; i++) {
        const virDocDomainDisk *disk = domain->live->disks[i];
        json_object *stats = qemuBlockStatsOf(all, disk);

        if (*name && virConfDomainFindDisk(domain->live, name) != disk)
            continue;
        for (size_t j = 0; j < G_N_ELEMENTS(counters); j++)
            sums[j] += qemuJsonInteger(stats, counters[j].member);
    }
    qemuDomainUnlock(domain);
    if (!all)
        return -1;
    for (size_t j = 0; j < G_N_ELEMENTS(counters); j++)
        virParamsAddLLong(&list, counters[j].name, sums[j]);
    return virParamsFill(&list, params, nparams);
}

/* A counter of a device of the host; -1: it has none. */
static long long
deviceCounter(const char *device, const char *name)
{
    g_autofree char *path = g_strdup_printf("/sys/class/net/%s/statistics/%s", device, name);
    g_autofree char *text = NULL;

    if (strchr(device, '/') || !g_file_get_contents(path, &text, NULL, NULL))
        return -1;
    return g_ascii_strtoll(text, NULL, 10);
}

int
qemuDomainInterfaceStats(virDomainPtr handle, const char *device,
                         virDomainInterfaceStatsPtr stats, size_t size)
{
    qemuDomain *domain = qemuDomainLock(handle);
    const virDocDomainInterface *interface = NULL;
    virDomainInterfaceStatsStruct all;
    int ret = -1;

    if (!domain)
        return -1;
    if (qemuDomainRequireActive(domain)) {
        interface = virConfDomainFindInterface(domain->live, device);
        if (!interface)
            virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                          "invalid path, '%s' is not a known interface", device);
    }
    if (interface && !interface->targetDev) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_UNSUPPORTED,
                      "an interface of type '%s' has no device of the host, which would count",
                      virDocDomainInterfaceTypeToString(interface->type));
    } else if (interface) {
        const char *tap = interface->targetDev;

        /* What the host sends is what the guest receives. */
        all = (virDomainInterfaceStatsStruct) {
            .rx_bytes = deviceCounter(tap, "tx_bytes"), .tx_bytes = deviceCounter(tap, "rx_bytes"),
            .rx_packets = deviceCounter(tap, "tx_packets"),
            .tx_packets = deviceCounter(tap, "rx_packets"),
            .rx_errs = deviceCounter(tap, "tx_errors"), .tx_errs = deviceCounter(tap, "rx_errors"),
            .rx_drop = deviceCounter(tap, "tx_dropped"),
            .tx_drop = deviceCounter(tap, "rx_dropped"),
        };
        memcpy(stats, &all, MIN(size, sizeof(all)));
        ret = 0;
    }
    qemuDomainUnlock(domain);
    return ret;
}

/* What QEMU says of the last error of a disk; 0: there was none. */
static int
errorOf(json_object *all, const virDocDomainDisk *disk)
{
    size_t count = json_object_is_type(all, json_type_array) ? json_object_array_length(all) : 0;

    for (size_t i = 0; i < count; i++) {
        json_object *one = json_object_array_get_idx(all, i);
        const char *device = qemuJsonString(one, "qdev");
        const char *status = qemuJsonString(one, "io-status");

        if (!device || !status || !strstr(device, disk->info.aliasName))
            continue;
        if (g_str_equal(status, "nospace"))
            return VIR_DOMAIN_DISK_ERROR_NO_SPACE;
        if (g_str_equal(status, "failed"))
            return VIR_DOMAIN_DISK_ERROR_UNSPEC;
    }
    return VIR_DOMAIN_DISK_ERROR_NONE;
}

int
qemuDomainGetDiskErrors(virDomainPtr handle, virDomainDiskErrorPtr errors,
                        unsigned int maxerrors, unsigned int flags G_GNUC_UNUSED)
{
    qemuDomain *domain = qemuDomainLock(handle);
    g_autoptr(json_object) all = NULL;
    unsigned int count = 0;
    int ret = -1;

    if (!domain)
        return -1;
    if (qemuDomainRequireActive(domain)) {
        ret = (int) domain->live->ndisks;
        if (errors) {
            all = qemuProcessAsk(domain, "query-block", NULL);
            for (size_t i = 0; all && i < domain->live->ndisks && count < maxerrors; i++) {
                int error = errorOf(all, domain->live->disks[i]);

                if (!error)
                    continue;
                errors[count].disk = g_strdup(domain->live->disks[i]->targetDev);
                errors[count++].error = error;
            }
            ret = all ? (int) count : -1;
        }
    }
    qemuDomainUnlock(domain);
    return ret;
}

int
qemuDomainBlockPeek(virDomainPtr handle, const char *name, unsigned long long offset, size_t size,
                    void *buffer, unsigned int flags G_GNUC_UNUSED)
{
    qemuDomain *domain = qemuDomainLock(handle);
    const virDocDomainDisk *disk = domain ? findDisk(domain, name) : NULL;
    g_autofree char *path = NULL;
    ssize_t got;
    int fd;

    if (disk)
        path = g_strdup(disk->storage.sourceFile ? disk->storage.sourceFile :
                        disk->storage.sourceDev);
    if (disk && !path)
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                      "disk '%s' is empty or not a file of this machine", name);
    if (domain)
        qemuDomainUnlock(domain);
    if (!path)
        return -1;
    fd = open(path, O_RDONLY | O_CLOEXEC);
    got = fd >= 0 ? pread(fd, buffer, size, (off_t) MIN(offset, G_MAXINT64)) : -1;
    if (got < 0)
        virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot read '%s'", path);
    else if ((size_t) got < size)
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG, "'%s' ends before %llu and %zu bytes",
                      path, offset, size);
    if (fd >= 0)
        close(fd);
    return got >= 0 && (size_t) got == size ? 0 : -1;
}

/* Reads a file of exactly this size; false with an error raised. */
static bool
readWhole(const char *path, void *buffer, size_t size)
{
    g_autofree char *text = NULL;
    gsize length = 0;

    if (g_file_get_contents(path, &text, &length, NULL) && length == size) {
        memcpy(buffer, text, size);
        return true;
    }
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OPERATION_FAILED,
                  "QEMU wrote %zu bytes of memory, not %zu", (size_t) length, size);
    return false;
}

int
qemuDomainMemoryPeek(virDomainPtr handle, unsigned long long start, size_t size, void *buffer,
                     unsigned int flags)
{
    qemuDomain *domain;
    g_autofree char *path = NULL;
    g_autoptr(json_object) result = NULL;
    bool done = false;

    if (!(flags & (VIR_MEMORY_VIRTUAL | VIR_MEMORY_PHYSICAL))) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                      "flags parameter must be VIR_MEMORY_VIRTUAL or VIR_MEMORY_PHYSICAL");
        return -1;
    }
    domain = qemuDomainBegin(handle, QEMU_JOB_MODIFY);
    if (!domain)
        return -1;
    if (qemuDomainRequireActive(domain)) {
        g_autofree char *folder = g_path_get_dirname(domain->process.socket);
        json_object *arguments;

        path = g_build_filename(folder, "memory", NULL);
        arguments = qemuJsonStrings("filename", path, NULL);
        json_object_object_add(arguments, "val", json_object_new_int64((gint64) start));
        json_object_object_add(arguments, "size", json_object_new_int64((gint64) size));
        result = qemuProcessAsk(domain, flags & VIR_MEMORY_VIRTUAL ? "memsave" : "pmemsave",
                                arguments);
        done = result && readWhole(path, buffer, size);
        unlink(path);
    }
    qemuDomainEnd(domain);
    return done ? 0 : -1;
}
