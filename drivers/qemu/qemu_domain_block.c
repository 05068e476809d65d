/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Disks of running guests: what they moved, how large they are. */

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include <libvirt/virterror.h>

#include "driver/qemu.h"
#include "qemu_block.h"
#include "qemu_process.h"
#include "runtime/error.h"
#include "runtime/objects.h"

/* The disk that a name or the path of its source means; NULL with an error raised. */
static const virDocDomainDisk *
findDisk(const qemuDomain *domain, const char *path)
{
    for (size_t i = 0; i < domain->live->ndisks; i++) {
        const virDocDomainDisk *disk = domain->live->disks[i];

        if (!g_strcmp0(disk->targetDev, path) || !g_strcmp0(disk->storage.sourceFile, path) ||
            !g_strcmp0(disk->storage.sourceDev, path))
            return disk;
    }
    virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                  "domain '%s' has no disk '%s'", domain->name, path);
    return NULL;
}

json_object *
qemuBlockStatsOf(json_object *all, const virDocDomainDisk *disk)
{
    size_t i, count = json_object_is_type(all, json_type_array) ? json_object_array_length(all) : 0;

    for (i = 0; i < count; i++) {
        json_object *one = json_object_array_get_idx(all, i);
        const char *device = qemuJsonString(one, "qdev");
        const char *end = device ? strrchr(device, '/') : NULL;

        /* Told by name, or by a path of which the name is a part. */
        if (device && (!g_strcmp0(device, disk->info.aliasName) ||
                       (end && strstr(device, disk->info.aliasName))))
            return qemuJsonGet(one, "stats");
    }
    return NULL;
}

int
qemuDomainBlockStats(virDomainPtr handle, const char *disk, virDomainBlockStatsPtr stats,
                     size_t size)
{
    qemuDomain *domain = qemuDomainLock(handle);
    virDomainBlockStatsStruct sum = { 0, 0, 0, 0, -1 };
    g_autoptr(json_object) all = NULL;
    int ret = -1;

    if (!domain)
        return -1;
    if (qemuDomainRequireActive(domain) && (!*disk || findDisk(domain, disk)))
        all = qemuProcessAsk(domain, "query-blockstats", NULL);
    for (size_t i = 0; all && domain->id >= 0 && i < domain->live->ndisks; i++) {
        const virDocDomainDisk *one = domain->live->disks[i];
        json_object *counters = qemuBlockStatsOf(all, one);

        if (*disk && findDisk(domain, disk) != one)
            continue;
        sum.rd_req += qemuJsonInteger(counters, "rd_operations");
        sum.rd_bytes += qemuJsonInteger(counters, "rd_bytes");
        sum.wr_req += qemuJsonInteger(counters, "wr_operations");
        sum.wr_bytes += qemuJsonInteger(counters, "wr_bytes");
    }
    if (all) {
        memcpy(stats, &sum, MIN(size, sizeof(sum)));
        ret = 0;
    }
    qemuDomainUnlock(domain);
    return ret;
}

/* The sizes of a source on this machine; false with an error raised. */
static bool
sizesOf(const virDocDomainDisk *disk, virDomainBlockInfoPtr info)
{
    const char *path = disk->storage.sourceFile ? disk->storage.sourceFile :
                       disk->storage.sourceDev;
    struct stat file;

    if (!path) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG, "disk '%s' is empty or not on this "
                      "machine", disk->targetDev);
        return false;
    }
    if (stat(path, &file) < 0) {
        virErrorRaiseSystem(VIR_FROM_QEMU, errno, "cannot look at '%s'", path);
        return false;
    }
    info->physical = (unsigned long long) file.st_size;
    info->allocation = (unsigned long long) file.st_blocks * 512;
    info->capacity = info->physical;
    return true;
}

/* How large the guest sees it, as the running QEMU knows. */
static void
learnCapacity(json_object *all, const virDocDomainDisk *disk, virDomainBlockInfoPtr info)
{
    size_t i, count = json_object_is_type(all, json_type_array) ? json_object_array_length(all) : 0;

    for (i = 0; i < count; i++) {
        json_object *one = json_object_array_get_idx(all, i);
        const char *device = qemuJsonString(one, "qdev");
        json_object *image = qemuJsonGet(qemuJsonGet(one, "inserted"), "image");

        if (device && strstr(device, disk->info.aliasName) && image)
            info->capacity = (unsigned long long) qemuJsonInteger(image, "virtual-size");
    }
}

int
qemuDomainGetBlockInfo(virDomainPtr handle, const char *disk, virDomainBlockInfoPtr info,
                       unsigned int flags G_GNUC_UNUSED)
{
    qemuDomain *domain = qemuDomainLock(handle);
    const virDocDomainDisk *found;
    int ret = -1;

    if (!domain)
        return -1;
    found = findDisk(domain, disk);
    *info = (virDomainBlockInfo) { 0 };
    if (found && sizesOf(found, info)) {
        ret = 0;
        if (domain->id >= 0) {
            g_autoptr(json_object) all = qemuProcessAsk(domain, "query-block", NULL);

            found = all && domain->id >= 0 ? findDisk(domain, disk) : NULL;
            if (found)
                learnCapacity(all, found, info);
            else
                ret = -1;
        }
    }
    qemuDomainUnlock(domain);
    return ret;
}

int
qemuDomainBlockResize(virDomainPtr handle, const char *disk, unsigned long long size,
                      unsigned int flags)
{
    qemuDomain *domain = qemuDomainBegin(handle, QEMU_JOB_MODIFY);
    g_autoptr(json_object) result = NULL;
    const virDocDomainDisk *found = NULL;

    if (!domain)
        return -1;
    if (qemuDomainRequireActive(domain))
        found = findDisk(domain, disk);
    if (found && !(flags & VIR_DOMAIN_BLOCK_RESIZE_BYTES) && size > G_MAXINT64 / 1024) {
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_OVERFLOW, "a disk of %llu KiB", size);
        found = NULL;
    }
    if (found) {
        g_autofree char *node = qemuDiskNode(found, "format");
        json_object *arguments = qemuJsonStrings("node-name", node, NULL);

        if (!(flags & VIR_DOMAIN_BLOCK_RESIZE_BYTES))
            size *= 1024;
        json_object_object_add(arguments, "size", json_object_new_int64((gint64) size));
        result = qemuProcessAsk(domain, "block_resize", arguments);
    }
    qemuDomainEnd(domain);
    return result ? 0 : -1;
}
