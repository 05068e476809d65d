/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Limits of a guest's disks: bytes and operations per second. */

#include <string.h>

#include <libvirt/virterror.h>

#include "conf/domain_find.h"
#include "conf/domain_iotune.h"
#include "driver/qemu.h"
#include "qemu_change.h"
#include "qemu_iotune.h"
#include "qemu_process.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "runtime/objects.h"

/* QEMU's name of a limit: "total_bytes_sec_max" is "bps_max". */
static char *
nameOf(const char *limit)
{
    static const char *const kinds[][2] = {
        { "total_bytes_sec", "bps" },     { "read_bytes_sec", "bps_rd" },
        { "write_bytes_sec", "bps_wr" },  { "total_iops_sec", "iops" },
        { "read_iops_sec", "iops_rd" },   { "write_iops_sec", "iops_wr" },
        { "size_iops_sec", "iops_size" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (g_str_has_prefix(limit, kinds[i][0]))
            return g_strconcat(kinds[i][1], limit + strlen(kinds[i][0]), NULL);
    }
    return g_strdup(limit);
}

/* The part of a disk's device that has the nodes: of a virtio disk one inside it. */
static char *
deviceOf(const virDocDomainDisk *disk)
{
    if (disk->targetBus == VIR_DOC_DOMAIN_DISK_BUS_VIRTIO)
        return g_strdup_printf("/machine/peripheral/%s/virtio-backend", disk->info.aliasName);
    return g_strdup(disk->info.aliasName);
}

/* Bursts of no length last a second. */
static bool
isLength(const char *name)
{
    return g_str_has_suffix(name, "_length");
}

bool
qemuIotuneApply(qemuDomain *domain, const virDocDomainDisk *disk,
                const virDocDomainDiskIotune *tune)
{
    g_autofree char *device = deviceOf(disk);
    json_object *arguments = qemuJsonStrings("id", device, NULL);
    g_autoptr(json_object) result = NULL;
    bool limited = false;

    for (size_t i = 0; i < VIR_CONF_IOTUNE_LIMITS; i++) {
        unsigned long long value = virConfIotuneValue(tune, &virConfIotuneLimits[i]);
        g_autofree char *name = nameOf(virConfIotuneLimits[i].name);

        if (isLength(name) && !value)
            continue;
        limited |= value > 0;
        json_object_object_add(arguments, name,
                               json_object_new_int64((gint64) MIN(value, G_MAXINT64)));
    }
    if (limited)
        json_object_object_add(arguments, "group",
                               json_object_new_string(tune && tune->groupName ? tune->groupName :
                                                      disk->info.aliasName));
    result = qemuProcessAsk(domain, "block_set_io_throttle", arguments);
    return result != NULL;
}

typedef struct {
    const char *disk;
    virTypedParameterPtr params;
    int nparams;
} Change;

static virDocDomainDisk *
findDisk(const virDocDomain *document, const char *name)
{
    virDocDomainDisk *disk = virConfDomainFindDisk(document, name);

    if (!disk)
        virErrorRaise(VIR_FROM_QEMU, VIR_ERR_INVALID_ARG,
                      "disk '%s' was not found in the domain config", name);
    return disk;
}

/* The limits of a disk after a change; NULL with an error raised. */
static virDocDomainDiskIotune *
changed(const virDocDomainDisk *disk, const Change *change)
{
    return virConfIotuneChanged(VIR_FROM_QEMU, disk->iotune, change->params, change->nparams);
}

static bool
fits(const virDocDomain *document, const void *opaque)
{
    const Change *change = opaque;
    const virDocDomainDisk *disk = findDisk(document, change->disk);
    g_autoptr(virDocDomainDiskIotune) tune =
        disk ? changed(disk, change) : NULL;

    return tune != NULL;
}

static bool
act(qemuDomain *domain, const void *opaque)
{
    const Change *change = opaque;
    g_autoptr(virDocDomainDisk) disk =
        virDocDomainDiskCopy(findDisk(domain->live, change->disk));
    g_autoptr(virDocDomainDiskIotune) tune = changed(disk, change);

    return qemuIotuneApply(domain, disk, tune);
}

static void
edit(virDocDomain *document, const void *opaque)
{
    const Change *change = opaque;
    virDocDomainDisk *disk = virConfDomainFindDisk(document, change->disk);

    if (disk)
        virConfIotunePut(disk, changed(disk, change));
}

/* Tells listeners what of a running disk changed. */
static void
announce(const qemuDomain *domain, const Change *change)
{
    const virDocDomainDisk *disk = virConfDomainFindDisk(domain->live, change->disk);
    g_auto(virParams) list = { NULL, 0, 0 };

    if (!disk)
        return;
    virConfIotuneNews(disk, change->params, change->nparams, &list);
    virEventStateQueue(domain->host->events,
                       virDomainEventTunableNew(domain->name, domain->uuid, domain->id,
                                                list.params, list.nparams));
}

int
qemuDomainSetBlockIoTune(virDomainPtr handle, const char *name, virTypedParameterPtr params,
                         int nparams, unsigned int flags)
{
    static const qemuChange how = { .check = fits, .act = act, .edit = edit };
    const Change change = { .disk = name, .params = params, .nparams = nparams };
    qemuDomain *domain;
    int ret;

    if (!virParamsCheck(params, nparams, virDomainBlockIotuneKeys, /* known= */ NULL))
        return -1;
    domain = qemuDomainBegin(handle, QEMU_JOB_MODIFY);
    if (!domain)
        return -1;
    ret = qemuDomainChangeLocked(domain, flags, &how, &change);
    if (ret == 0 && domain->id >= 0 && flags != VIR_DOMAIN_AFFECT_CONFIG)
        announce(domain, &change);
    qemuDomainEnd(domain);
    return ret;
}

int
qemuDomainGetBlockIoTune(virDomainPtr handle, const char *name, virTypedParameterPtr params,
                         int *nparams, unsigned int flags)
{
    g_auto(virParams) list = { NULL, 0, 0 };
    const virDocDomainDisk *disk = NULL;
    const virDocDomain *document;
    qemuDomain *domain;

    if (*nparams == 0) {
        *nparams = VIR_CONF_IOTUNE_LIMITS + 1;
        return 0;
    }
    if (!name) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG, "disk must not be NULL");
        return -1;
    }
    domain = qemuDomainLock(handle);
    if (!domain)
        return -1;
    document = qemuDomainSide(domain, flags);
    disk = document ? findDisk(document, name) : NULL;
    if (disk)
        virConfIotuneDescribe(disk->iotune, &list);
    qemuDomainUnlock(domain);
    return disk ? virParamsFill(&list, params, nparams) : -1;
}
