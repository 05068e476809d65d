/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the test hypervisor is asked about its storage pools: look-ups, lists, descriptions. */

#include <libvirt/virterror.h>

#include "document/print.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_storage.h"

virStoragePoolPtr
testStoragePoolLookupByName(virConnectPtr conn, const char *name)
{
    testHost *host = testHostOf(conn);
    virStoragePoolPtr handle = NULL;
    testPool *pool;

    g_mutex_lock(&host->lock);
    pool = testTableByName(&host->storage->pools, name);
    if (pool)
        handle = testPoolHandle(conn, pool);
    g_mutex_unlock(&host->lock);
    return handle;
}

virStoragePoolPtr
testStoragePoolLookupByUUID(virConnectPtr conn, const unsigned char *uuid)
{
    testHost *host = testHostOf(conn);
    virStoragePoolPtr handle = NULL;
    testPool *pool;

    g_mutex_lock(&host->lock);
    pool = testTableByUUID(&host->storage->pools, uuid);
    if (pool)
        handle = testPoolHandle(conn, pool);
    g_mutex_unlock(&host->lock);
    return handle;
}

virStoragePoolPtr
testStoragePoolLookupByVolume(virStorageVolPtr vol)
{
    return testStoragePoolLookupByName(vol->conn, vol->poolname);
}

virStoragePoolPtr
testStoragePoolLookupByTargetPath(virConnectPtr conn, const char *path)
{
    testHost *host = testHostOf(conn);
    virStoragePoolPtr handle = NULL;

    g_mutex_lock(&host->lock);
    for (const GList *link = host->storage->pools.all.head; link && !handle; link = link->next) {
        const testPool *pool = link->data;
        const virDocStoragePool *document = pool->head.live;

        if (pool->head.active && g_strcmp0(document->targetPath, path) == 0)
            handle = testPoolHandle(conn, pool);
    }
    g_mutex_unlock(&host->lock);
    if (!handle)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_STORAGE_POOL,
                      "no active storage pool has the target path '%s'", path);
    return handle;
}

static int
listNames(virConnectPtr conn, bool active, char **names, int max)
{
    testHost *host = testHostOf(conn);
    int count;

    g_mutex_lock(&host->lock);
    count = testTableListNames(&host->storage->pools, active, names, max);
    g_mutex_unlock(&host->lock);
    return count;
}

int
testConnectNumOfStoragePools(virConnectPtr conn)
{
    return listNames(conn, /* active= */ true, NULL, G_MAXINT);
}

int
testConnectListStoragePools(virConnectPtr conn, char **const names, int maxnames)
{
    return listNames(conn, /* active= */ true, names, maxnames);
}

int
testConnectNumOfDefinedStoragePools(virConnectPtr conn)
{
    return listNames(conn, /* active= */ false, NULL, G_MAXINT);
}

int
testConnectListDefinedStoragePools(virConnectPtr conn, char **const names, int maxnames)
{
    return listNames(conn, /* active= */ false, names, maxnames);
}

/* The filter that lets pools of each type through. */
static const unsigned int typeFilters[VIR_DOC_STORAGE_POOL_TYPE_LAST] = {
    [VIR_DOC_STORAGE_POOL_TYPE_DIR] = VIR_CONNECT_LIST_STORAGE_POOLS_DIR,
    [VIR_DOC_STORAGE_POOL_TYPE_FS] = VIR_CONNECT_LIST_STORAGE_POOLS_FS,
    [VIR_DOC_STORAGE_POOL_TYPE_NETFS] = VIR_CONNECT_LIST_STORAGE_POOLS_NETFS,
    [VIR_DOC_STORAGE_POOL_TYPE_LOGICAL] = VIR_CONNECT_LIST_STORAGE_POOLS_LOGICAL,
    [VIR_DOC_STORAGE_POOL_TYPE_DISK] = VIR_CONNECT_LIST_STORAGE_POOLS_DISK,
    [VIR_DOC_STORAGE_POOL_TYPE_ISCSI] = VIR_CONNECT_LIST_STORAGE_POOLS_ISCSI,
    [VIR_DOC_STORAGE_POOL_TYPE_ISCSI_DIRECT] = VIR_CONNECT_LIST_STORAGE_POOLS_ISCSI_DIRECT,
    [VIR_DOC_STORAGE_POOL_TYPE_SCSI] = VIR_CONNECT_LIST_STORAGE_POOLS_SCSI,
    [VIR_DOC_STORAGE_POOL_TYPE_MPATH] = VIR_CONNECT_LIST_STORAGE_POOLS_MPATH,
    [VIR_DOC_STORAGE_POOL_TYPE_RBD] = VIR_CONNECT_LIST_STORAGE_POOLS_RBD,
    [VIR_DOC_STORAGE_POOL_TYPE_SHEEPDOG] = VIR_CONNECT_LIST_STORAGE_POOLS_SHEEPDOG,
    [VIR_DOC_STORAGE_POOL_TYPE_GLUSTER] = VIR_CONNECT_LIST_STORAGE_POOLS_GLUSTER,
    [VIR_DOC_STORAGE_POOL_TYPE_ZFS] = VIR_CONNECT_LIST_STORAGE_POOLS_ZFS,
    [VIR_DOC_STORAGE_POOL_TYPE_VSTORAGE] = VIR_CONNECT_LIST_STORAGE_POOLS_VSTORAGE,
};

/* All filters that are about types: from the first to the last of them. */
#define TYPE_FILTERS \
    (VIR_CONNECT_LIST_STORAGE_POOLS_ISCSI_DIRECT * 2 - VIR_CONNECT_LIST_STORAGE_POOLS_DIR)

static bool
passes(const testPool *pool, unsigned int flags)
{
    const virDocStoragePool *document = pool->head.live;

    return testFilter(flags, VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE,
                      VIR_CONNECT_LIST_STORAGE_POOLS_INACTIVE, pool->head.active) &&
           testFilter(flags, VIR_CONNECT_LIST_STORAGE_POOLS_PERSISTENT,
                      VIR_CONNECT_LIST_STORAGE_POOLS_TRANSIENT, pool->head.persistent) &&
           testFilter(flags, VIR_CONNECT_LIST_STORAGE_POOLS_AUTOSTART,
                      VIR_CONNECT_LIST_STORAGE_POOLS_NO_AUTOSTART, pool->head.autostart) &&
           (!(flags & TYPE_FILTERS) || flags & typeFilters[document->type]);
}

int
testConnectListAllStoragePools(virConnectPtr conn, virStoragePoolPtr **pools, unsigned int flags)
{
    testHost *host = testHostOf(conn);
    g_autofree virStoragePoolPtr *list = NULL;
    int count = 0;

    g_mutex_lock(&host->lock);
    list = g_new0(virStoragePoolPtr, host->storage->pools.all.length + 1);
    for (const GList *link = host->storage->pools.all.head; link; link = link->next) {
        const testPool *pool = link->data;

        if (!passes(pool, flags))
            continue;
        if (pools)
            list[count] = testPoolHandle(conn, pool);
        count++;
    }
    g_mutex_unlock(&host->lock);
    if (pools)
        *pools = g_steal_pointer(&list);
    return count;
}

virDocStoragePool *
testPoolDescribe(testPool *pool, bool inactive)
{
    virDocStoragePool *document = inactive ? testObjectDefinition(&pool->head) : pool->head.live;

    document->capacity = pool->capacity;
    document->allocation = pool->allocation;
    document->available = pool->capacity - MIN(pool->allocation, pool->capacity);
    document->hasCapacity = document->hasAllocation = document->hasAvailable = true;
    return document;
}

char *
testStoragePoolGetXMLDesc(virStoragePoolPtr handle, unsigned int flags)
{
    testPool *pool = testPoolLock(handle);
    bool inactive = flags & VIR_STORAGE_XML_INACTIVE;
    char *text;

    if (!pool)
        return NULL;
    text = virDocPrint(&virDocStoragePoolRecord, NULL, testPoolDescribe(pool, inactive),
                       inactive ? VIR_DOC_PRINT_INACTIVE : 0);
    testPoolUnlock(handle);
    return text;
}

int
testStoragePoolGetInfo(virStoragePoolPtr handle, virStoragePoolInfoPtr info)
{
    testPool *pool = testPoolLock(handle);

    if (!pool)
        return -1;
    info->state = pool->head.active ? VIR_STORAGE_POOL_RUNNING : VIR_STORAGE_POOL_INACTIVE;
    info->capacity = pool->capacity;
    info->allocation = pool->allocation;
    info->available = pool->capacity - MIN(pool->allocation, pool->capacity);
    testPoolUnlock(handle);
    return 0;
}

int
testStoragePoolIsActive(virStoragePoolPtr handle)
{
    testPool *pool = testPoolLock(handle);
    int ret;

    if (!pool)
        return -1;
    ret = pool->head.active;
    testPoolUnlock(handle);
    return ret;
}

int
testStoragePoolIsPersistent(virStoragePoolPtr handle)
{
    testPool *pool = testPoolLock(handle);
    int ret;

    if (!pool)
        return -1;
    ret = pool->head.persistent;
    testPoolUnlock(handle);
    return ret;
}

int
testStoragePoolNumOfVolumes(virStoragePoolPtr handle)
{
    testPool *pool = testPoolLock(handle);
    int ret = -1;

    if (!pool)
        return -1;
    if (testPoolRequire(pool, /* active= */ true))
        ret = (int) pool->order.length;
    testPoolUnlock(handle);
    return ret;
}

int
testStoragePoolListVolumes(virStoragePoolPtr handle, char **const names, int maxnames)
{
    testPool *pool = testPoolLock(handle);
    int count = -1;

    if (!pool)
        return -1;
    if (testPoolRequire(pool, /* active= */ true)) {
        count = 0;
        for (const GList *link = pool->order.head; link && count < maxnames; link = link->next) {
            const testVolume *volume = link->data;

            names[count++] = g_strdup(volume->document->name);
        }
    }
    testPoolUnlock(handle);
    return count;
}

int
testStoragePoolListAllVolumes(virStoragePoolPtr handle, virStorageVolPtr **vols,
                              unsigned int flags G_GNUC_UNUSED)
{
    testPool *pool = testPoolLock(handle);
    virStorageVolPtr *list;
    int count = -1;

    if (!pool)
        return -1;
    if (testPoolRequire(pool, /* active= */ true)) {
        count = (int) pool->order.length;
        if (vols) {
            *vols = list = g_new0(virStorageVolPtr, pool->order.length + 1);
            for (const GList *link = pool->order.head; link; link = link->next)
                *list++ = testVolumeHandle(handle->conn, link->data);
        }
    }
    testPoolUnlock(handle);
    return count;
}
