/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What documents of pools and volumes mean beyond their grammar. */

#include "conf/storage.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "runtime/error.h"

/* What the source of a pool must have; the name of a pool stands in for that of its source. */
typedef enum {
    NEEDS_HOST = 1 << 0,
    NEEDS_DEVICE = 1 << 1,
    NEEDS_DIR = 1 << 2,
    NEEDS_ADAPTER = 1 << 3,
    NEEDS_NAME = 1 << 4,
    NEEDS_INITIATOR = 1 << 5,
    TAKES_NAME = 1 << 6,    /* that of the pool, when the source has none */
} Needs;

static const unsigned int needs[VIR_DOC_STORAGE_POOL_TYPE_LAST] = {
    [VIR_DOC_STORAGE_POOL_TYPE_FS] = NEEDS_DEVICE,
    [VIR_DOC_STORAGE_POOL_TYPE_NETFS] = NEEDS_HOST | NEEDS_DIR,
    [VIR_DOC_STORAGE_POOL_TYPE_LOGICAL] = TAKES_NAME,
    [VIR_DOC_STORAGE_POOL_TYPE_DISK] = NEEDS_DEVICE,
    [VIR_DOC_STORAGE_POOL_TYPE_ISCSI] = NEEDS_HOST,
    [VIR_DOC_STORAGE_POOL_TYPE_ISCSI_DIRECT] = NEEDS_HOST | NEEDS_INITIATOR,
    [VIR_DOC_STORAGE_POOL_TYPE_SCSI] = NEEDS_ADAPTER,
    [VIR_DOC_STORAGE_POOL_TYPE_RBD] = NEEDS_NAME | NEEDS_HOST,
    [VIR_DOC_STORAGE_POOL_TYPE_SHEEPDOG] = NEEDS_HOST | TAKES_NAME,
    [VIR_DOC_STORAGE_POOL_TYPE_GLUSTER] = NEEDS_HOST | TAKES_NAME,
    [VIR_DOC_STORAGE_POOL_TYPE_ZFS] = TAKES_NAME,
    [VIR_DOC_STORAGE_POOL_TYPE_VSTORAGE] = TAKES_NAME,
};

/* -1 says the same as nothing. */
static void
forgetNobody(bool *has, int id)
{
    if (*has && id == -1)
        *has = false;
}

static void
checkSource(virDocStoragePool *pool, virDocContext *context)
{
    unsigned int need = needs[pool->type];

    if (need & TAKES_NAME && !pool->sourceName)
        pool->sourceName = g_strdup(pool->name);
    if (need & NEEDS_HOST && !pool->nsourceHosts)
        virDocContextReport(context, "source", "a <host> is missing");
    if (need & NEEDS_DEVICE && !pool->nsourceDevices)
        virDocContextReport(context, "source", "a <device> is missing");
    if (need & NEEDS_DIR && !pool->sourceDirPath)
        virDocContextReport(context, "source", "the <dir> is missing");
    if (need & NEEDS_ADAPTER && !pool->sourceAdapter)
        virDocContextReport(context, "source", "the <adapter> is missing");
    if (need & NEEDS_NAME && !pool->sourceName)
        virDocContextReport(context, "source", "the <name> is missing");
    if (need & NEEDS_INITIATOR && !pool->sourceInitiatorIqnName)
        virDocContextReport(context, "source", "the <initiator> is missing");
    if (pool->sourceAuth && !pool->sourceAuth->secret->usage == !pool->sourceAuth->secret->hasUuid)
        virDocContextReport(context, "source/auth/secret", "either 'usage' or 'uuid' is given");
    if (pool->sourceProtocolVer && pool->sourceFormatNetFs != VIR_DOC_STORAGE_POOL_NET_FS_FORMAT_NFS &&
        pool->sourceFormatNetFs != VIR_DOC_STORAGE_POOL_NET_FS_FORMAT_AUTO)
        virDocContextReport(context, "source/protocol", "only NFS has versions");
}

/* One slash between the parts of a path, and none at its end. */
static char *
cleanPath(const char *path)
{
    GString *out = g_string_new(NULL);

    for (; *path; path++) {
        if (*path != '/' || !out->len || out->str[out->len - 1] != '/')
            g_string_append_c(out, *path);
    }
    if (out->len > 1 && out->str[out->len - 1] == '/')
        g_string_truncate(out, out->len - 1);
    return g_string_free(out, /* free_segment= */ FALSE);
}

static void
checkTarget(virDocStoragePool *pool, virDocContext *context)
{
    char *path = NULL;

    switch (pool->type) {
    case VIR_DOC_STORAGE_POOL_TYPE_ISCSI_DIRECT:
    case VIR_DOC_STORAGE_POOL_TYPE_RBD:
    case VIR_DOC_STORAGE_POOL_TYPE_SHEEPDOG:
    case VIR_DOC_STORAGE_POOL_TYPE_GLUSTER:
        return;
    case VIR_DOC_STORAGE_POOL_TYPE_LOGICAL:
        path = g_strdup_printf("/dev/%s", pool->sourceName);
        break;
    case VIR_DOC_STORAGE_POOL_TYPE_ZFS:
        path = g_strdup_printf("/dev/zvol/%s", pool->sourceName);
        break;
    case VIR_DOC_STORAGE_POOL_TYPE_DIR:
    case VIR_DOC_STORAGE_POOL_TYPE_FS:
    case VIR_DOC_STORAGE_POOL_TYPE_NETFS:
    case VIR_DOC_STORAGE_POOL_TYPE_DISK:
    case VIR_DOC_STORAGE_POOL_TYPE_ISCSI:
    case VIR_DOC_STORAGE_POOL_TYPE_SCSI:
    case VIR_DOC_STORAGE_POOL_TYPE_MPATH:
    case VIR_DOC_STORAGE_POOL_TYPE_VSTORAGE:
        if (pool->targetPath)
            path = cleanPath(pool->targetPath);
        else
            virDocContextReport(context, "target", "the <path> is missing");
        break;
    case VIR_DOC_STORAGE_POOL_TYPE_ABSENT:
    case VIR_DOC_STORAGE_POOL_TYPE_LAST:
        return;
    }
    g_free(pool->targetPath);
    pool->targetPath = path;
}

static void
checkPool(void *data, virDocContext *context)
{
    virDocStoragePool *pool = data;

    if (!pool->name)
        pool->name = g_strdup(pool->sourceName);
    if (!pool->name) {
        virDocContextReport(context, NULL, "element <name> is missing");
        return;
    }
    if (strchr(pool->name, '/'))
        virDocContextReport(context, "name", "a name has no '/'");
    pool->hasSource = true;
    checkSource(pool, context);
    checkTarget(pool, context);
    forgetNobody(&pool->hasTargetPermissionsOwner, pool->targetPermissionsOwner);
    forgetNobody(&pool->hasTargetPermissionsGroup, pool->targetPermissionsGroup);
}

static void
checkAdapter(void *data, virDocContext *context)
{
    virDocStoragePoolAdapter *adapter = data;

    if (adapter->type == VIR_DOC_STORAGE_POOL_ADAPTER_TYPE_FC_HOST) {
        if (!adapter->wwnn || !adapter->wwpn)
            virDocContextReport(context, NULL, "'wwnn' and 'wwpn' are missing");
        if (!adapter->parentWwnn != !adapter->parentWwpn)
            virDocContextReport(context, NULL, "'parent_wwnn' and 'parent_wwpn' go together");
    } else if (!adapter->name && !adapter->hasParentaddrUniqueId) {
        virDocContextReport(context, NULL, "either 'name' or <parentaddr> is given");
    }
}

const virDocCheckEntry virConfStoragePoolChecks[VIR_CONF_STORAGE_POOL_CHECKS] = {
    { "storagePool", checkPool },
    { "storagePoolAdapter", checkAdapter },
};

static void
checkVolume(void *data, virDocContext *context G_GNUC_UNUSED)
{
    virDocStorageVol *volume = data;

    forgetNobody(&volume->hasTargetPermissionsOwner, volume->targetPermissionsOwner);
    forgetNobody(&volume->hasTargetPermissionsGroup, volume->targetPermissionsGroup);
    /* Moments belong to what exists. */
    virDocStorageVolTimesFree(g_steal_pointer(&volume->targetTimestamps));
    if (!volume->hasAllocation)
        volume->allocation = volume->capacity;
    volume->hasAllocation = true;
    volume->hasPhysical = false;
    /* A wish about how it is made, not a property. */
    volume->targetNocow = false;
}

const virDocCheckEntry virConfStorageVolChecks[VIR_CONF_STORAGE_VOL_CHECKS] = {
    { "storageVol", checkVolume },
};

/* What volumes of a pool are on the host. */
static virDocStorageVolKind
kindIn(virDocStoragePoolType type)
{
    switch (type) {
    case VIR_DOC_STORAGE_POOL_TYPE_LOGICAL:
    case VIR_DOC_STORAGE_POOL_TYPE_DISK:
    case VIR_DOC_STORAGE_POOL_TYPE_ISCSI:
    case VIR_DOC_STORAGE_POOL_TYPE_SCSI:
    case VIR_DOC_STORAGE_POOL_TYPE_MPATH:
    case VIR_DOC_STORAGE_POOL_TYPE_ZFS:
        return VIR_DOC_STORAGE_VOL_KIND_BLOCK;
    case VIR_DOC_STORAGE_POOL_TYPE_ISCSI_DIRECT:
    case VIR_DOC_STORAGE_POOL_TYPE_RBD:
    case VIR_DOC_STORAGE_POOL_TYPE_SHEEPDOG:
    case VIR_DOC_STORAGE_POOL_TYPE_GLUSTER:
        return VIR_DOC_STORAGE_VOL_KIND_NETWORK;
    case VIR_DOC_STORAGE_POOL_TYPE_DIR:
    case VIR_DOC_STORAGE_POOL_TYPE_FS:
    case VIR_DOC_STORAGE_POOL_TYPE_NETFS:
    case VIR_DOC_STORAGE_POOL_TYPE_VSTORAGE:
    case VIR_DOC_STORAGE_POOL_TYPE_ABSENT:
    case VIR_DOC_STORAGE_POOL_TYPE_LAST:
        break;
    }
    return VIR_DOC_STORAGE_VOL_KIND_FILE;
}

static bool
isPartition(virDocStorageVolFormat format)
{
    return format == VIR_DOC_STORAGE_VOL_FORMAT_NONE ||
           (format >= VIR_DOC_STORAGE_VOL_FORMAT_LINUX &&
            format <= VIR_DOC_STORAGE_VOL_FORMAT_EXTENDED);
}

int
virConfStorageVolFit(virDocStorageVol *volume, const virDocStoragePool *pool)
{
    virDocStorageVolFormat *format = &volume->targetFormatType;
    virDocStorageVolKind kind = kindIn(pool->type);
    bool disk = pool->type == VIR_DOC_STORAGE_POOL_TYPE_DISK;

    if (volume->type == VIR_DOC_STORAGE_VOL_KIND_ABSENT)
        volume->type = kind;
    if (kind == VIR_DOC_STORAGE_VOL_KIND_BLOCK && !disk) {
        /* Whole devices have no format of their own. */
        *format = VIR_DOC_STORAGE_VOL_FORMAT_ABSENT;
    } else if (*format == VIR_DOC_STORAGE_VOL_FORMAT_ABSENT) {
        *format = disk ? VIR_DOC_STORAGE_VOL_FORMAT_NONE : VIR_DOC_STORAGE_VOL_FORMAT_RAW;
    } else if (isPartition(*format) != disk) {
        virErrorRaise(VIR_FROM_STORAGE, VIR_ERR_CONFIG_UNSUPPORTED,
                      "a pool of type '%s' has no volumes of format '%s'",
                      virDocStoragePoolTypeToString(pool->type),
                      virDocStorageVolFormatToString(*format));
        return -1;
    }
    return 0;
}

static bool
sameHosts(const virDocStoragePool *one, const virDocStoragePool *other)
{
    if (one->nsourceHosts != other->nsourceHosts)
        return false;
    for (size_t i = 0; i < one->nsourceHosts; i++) {
        if (!virDocEqual(&virDocStoragePoolHostRecord, one->sourceHosts[i], other->sourceHosts[i]))
            return false;
    }
    return true;
}

static bool
shareDevice(const virDocStoragePool *one, const virDocStoragePool *other)
{
    for (size_t i = 0; i < one->nsourceDevices; i++) {
        for (size_t j = 0; j < other->nsourceDevices; j++) {
            if (g_str_equal(one->sourceDevices[i]->path, other->sourceDevices[j]->path))
                return true;
        }
    }
    return false;
}

bool
virConfStoragePoolSameSource(const virDocStoragePool *one, const virDocStoragePool *other)
{
    if (one->type != other->type)
        return false;
    switch (one->type) {
    case VIR_DOC_STORAGE_POOL_TYPE_DIR:
        return g_str_equal(one->targetPath, other->targetPath);
    case VIR_DOC_STORAGE_POOL_TYPE_NETFS:
    case VIR_DOC_STORAGE_POOL_TYPE_GLUSTER:
        return sameHosts(one, other) && g_strcmp0(one->sourceDirPath, other->sourceDirPath) == 0 &&
               g_strcmp0(one->sourceName, other->sourceName) == 0;
    case VIR_DOC_STORAGE_POOL_TYPE_SCSI:
        return virDocEqual(&virDocStoragePoolAdapterRecord, one->sourceAdapter,
                           other->sourceAdapter);
    case VIR_DOC_STORAGE_POOL_TYPE_ISCSI:
    case VIR_DOC_STORAGE_POOL_TYPE_ISCSI_DIRECT:
        return sameHosts(one, other) && shareDevice(one, other) &&
               g_strcmp0(one->sourceInitiatorIqnName, other->sourceInitiatorIqnName) == 0;
    case VIR_DOC_STORAGE_POOL_TYPE_FS:
    case VIR_DOC_STORAGE_POOL_TYPE_LOGICAL:
    case VIR_DOC_STORAGE_POOL_TYPE_DISK:
        return shareDevice(one, other);
    case VIR_DOC_STORAGE_POOL_TYPE_MPATH:
    case VIR_DOC_STORAGE_POOL_TYPE_RBD:
    case VIR_DOC_STORAGE_POOL_TYPE_SHEEPDOG:
    case VIR_DOC_STORAGE_POOL_TYPE_ZFS:
    case VIR_DOC_STORAGE_POOL_TYPE_VSTORAGE:
    case VIR_DOC_STORAGE_POOL_TYPE_ABSENT:
    case VIR_DOC_STORAGE_POOL_TYPE_LAST:
        break;
    }
    return false;
}
