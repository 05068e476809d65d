/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the test hypervisor is asked about its storage pools: look-ups, lists, descriptions. */

#include <libvirt/virterror.h>

#include "document/print.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_storage.h"

static virConfObjects *
poolsOf(virConnectPtr conn)
{
    return &testHostOf(conn)->storage->pools;
}

virStoragePoolPtr
testStoragePoolLookupByName(virConnectPtr conn, const char *name)
{
    return virConfObjectsLookUpByName(poolsOf(conn), conn, name);
}

virStoragePoolPtr
testStoragePoolLookupByUUID(virConnectPtr conn, const unsigned char *uuid)
{
    return virConfObjectsLookUpByUUID(poolsOf(conn), conn, uuid);
}

virStoragePoolPtr
testStoragePoolLookupByVolume(virStorageVolPtr vol)
{
    return testStoragePoolLookupByName(vol->conn, vol->poolname);
}

static bool
isActiveAt(const void *object, const void *path)
{
    const testPool *pool = object;
    const virDocStoragePool *document = pool->head.live;

    return pool->head.active && g_strcmp0(document->targetPath, path) == 0;
}

virStoragePoolPtr
testStoragePoolLookupByTargetPath(virConnectPtr conn, const char *path)
{
    virStoragePoolPtr handle = virConfObjectsLookUpFirst(poolsOf(conn), conn, isActiveAt, path);

    if (!handle)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_STORAGE_POOL,
                      "no active storage pool has the target path '%s'", path);
    return handle;
}

int
testConnectNumOfStoragePools(virConnectPtr conn)
{
    return virConfObjectsCount(poolsOf(conn), VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE);
}

int
testConnectListStoragePools(virConnectPtr conn, char **const names, int maxnames)
{
    return virConfObjectsListNames(poolsOf(conn), VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE, names,
                                   maxnames);
}

int
testConnectNumOfDefinedStoragePools(virConnectPtr conn)
{
    return virConfObjectsCount(poolsOf(conn), VIR_CONNECT_LIST_STORAGE_POOLS_INACTIVE);
}

int
testConnectListDefinedStoragePools(virConnectPtr conn, char **const names, int maxnames)
{
    return virConfObjectsListNames(poolsOf(conn), VIR_CONNECT_LIST_STORAGE_POOLS_INACTIVE, names,
                                   maxnames);
}

int
testConnectListAllStoragePools(virConnectPtr conn, virStoragePoolPtr **pools, unsigned int flags)
{
    return virConfObjectsListAll(poolsOf(conn), conn, (void ***) pools, flags);
}

virDocStoragePool *
testPoolDescribe(testPool *pool, bool inactive)
{
    virDocStoragePool *document = inactive ? virConfObjectDefinition(&pool->head) : pool->head.live;

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
