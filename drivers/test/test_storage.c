/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Storage pools of the test hypervisor: definitions and states. */

#include "test_storage.h"

#include <string.h>

#include <libvirt/virterror.h>

#include "conf/storage.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/events.h"
#include "runtime/objects.h"

static const char defaultXML[] =
    "<pool type='dir'>"
    "<name>default-pool</name><uuid>dfe224cb-28fb-8dd0-c4b2-64eb3f0f4566</uuid>"
    "<target><path>/default-pool</path></target>"
    "</pool>";

static void
clearPool(virConfObject *object)
{
    testPool *pool = (testPool *) object;

    testPoolEmpty(pool);
    g_hash_table_unref(pool->volumes);
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
passesType(const void *object, unsigned int flags)
{
    const virDocStoragePool *document = ((const testPool *) object)->head.live;

    return !(flags & TYPE_FILTERS) || flags & typeFilters[document->type];
}

static void *
handleOf(virConnectPtr conn, const void *pool)
{
    return testPoolHandle(conn, pool);
}

const virConfObjectKind testPoolKind = {
    .word = "storage pool",
    .record = &virDocStoragePoolRecord,
    .checks = virConfStoragePoolChecks,
    .nchecks = G_N_ELEMENTS(virConfStoragePoolChecks),
    .documentDomain = VIR_FROM_STORAGE,
    .missingCode = VIR_ERR_NO_STORAGE_POOL,
    .size = sizeof(testPool),
    .clear = clearPool,
    .handle = handleOf,
    .active = { VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE, VIR_CONNECT_LIST_STORAGE_POOLS_INACTIVE },
    .persistent = { VIR_CONNECT_LIST_STORAGE_POOLS_PERSISTENT,
                    VIR_CONNECT_LIST_STORAGE_POOLS_TRANSIENT },
    .autostart = { VIR_CONNECT_LIST_STORAGE_POOLS_AUTOSTART,
                   VIR_CONNECT_LIST_STORAGE_POOLS_NO_AUTOSTART },
    .passes = passesType,
};

testPool *
testPoolLock(virStoragePoolPtr handle)
{
    testHost *host = testHostOf(handle->conn);
    testPool *pool;

    g_mutex_lock(&host->lock);
    pool = virConfObjectsByUUID(&host->storage->pools, handle->uuid);
    if (!pool)
        g_mutex_unlock(&host->lock);
    return pool;
}

void
testPoolUnlock(virStoragePoolPtr handle)
{
    g_mutex_unlock(&testHostOf(handle->conn)->lock);
}

virStoragePoolPtr
testPoolHandle(virConnectPtr conn, const testPool *pool)
{
    return virStoragePoolNew(conn, pool->head.name, pool->head.uuid);
}

bool
testPoolRequire(const testPool *pool, bool active)
{
    if (pool->head.active == active)
        return true;
    virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_INVALID, "storage pool '%s' is %s",
                  pool->head.name, active ? "not active" : "active");
    return false;
}

void
testPoolAnnounce(virConnectPtr conn, const testPool *pool, int event)
{
    virEventStateQueue(conn->events, virStoragePoolEventLifecycleNew(pool->head.name,
                                                                     pool->head.uuid, event, 0));
}

void
testPoolAnnounceRefresh(virConnectPtr conn, const testPool *pool)
{
    virEventStateQueue(conn->events,
                       virStoragePoolEventRefreshNew(pool->head.name, pool->head.uuid));
}

/* Whether another pool holds the storage of a document already, then raises. */
static bool
conflicts(const virConfObjects *table, const virDocStoragePool *document)
{
    for (const GList *link = table->all.head; link; link = link->next) {
        const virConfObject *other = link->data;

        if (memcmp(other->uuid, document->uuid, VIR_UUID_BUFLEN) == 0 ||
            !virConfStoragePoolSameSource(document, virConfObjectDefinition(other)))
            continue;
        virErrorRaise(VIR_FROM_STORAGE, VIR_ERR_OPERATION_FAILED,
                      "storage pool '%s' holds this storage already", other->name);
        return true;
    }
    return false;
}

testPool *
testPoolAdopt(testHost *host, virDocStoragePool *document)
{
    virConfObjects *table = &host->storage->pools;
    void *same = NULL;
    testPool *pool;

    if (virConfObjectsMatch(table, document->name, document->uuid, &same) < 0 ||
        conflicts(table, document)) {
        virDocStoragePoolFree(document);
        return NULL;
    }
    if (same) {
        virConfObjectDefine(table->kind, same, document);
        return same;
    }
    pool = virConfObjectsMake(table, document->name, document->uuid, document);
    pool->storage = host->storage;
    pool->volumes = g_hash_table_new(g_str_hash, g_str_equal);
    g_queue_init(&pool->order);
    pool->capacity = TEST_POOL_CAPACITY;
    return pool;
}

static virDocStoragePool *
parse(const char *xml, bool strict)
{
    virDocStoragePool *document = virConfKindParse(&testPoolKind, xml, strict);

    if (document && virConfFillUUID(document->uuid, &document->hasUuid) < 0)
        g_clear_pointer(&document, virDocStoragePoolFree);
    return document;
}

void
testStorageSetUp(testHost *host)
{
    host->storage = g_new0(struct testStorage, 1);
    virConfObjectsInit(&host->storage->pools, &testPoolKind, VIR_FROM_TEST, &host->lock);
    host->storage->byKey = g_hash_table_new(g_str_hash, g_str_equal);
    host->storage->byPath = g_hash_table_new(g_str_hash, g_str_equal);
}

int
testStorageSetUpDefault(testHost *host)
{
    virDocStoragePool *document = parse(defaultXML, /* strict= */ true);
    testPool *pool = document ? testPoolAdopt(host, document) : NULL;

    if (!pool)
        return -1;
    pool->head.active = pool->head.persistent = true;
    return 0;
}

void
testStorageTearDown(testHost *host)
{
    if (!host->storage)
        return;
    virConfObjectsClear(&host->storage->pools);
    g_hash_table_unref(host->storage->byKey);
    g_hash_table_unref(host->storage->byPath);
    g_free(host->storage);
}

virStoragePoolPtr
testStoragePoolDefineXML(virConnectPtr conn, const char *xml, unsigned int flags)
{
    testHost *host = testHostOf(conn);
    virDocStoragePool *document = parse(xml, flags & VIR_STORAGE_POOL_DEFINE_VALIDATE);
    virStoragePoolPtr handle = NULL;
    testPool *pool;

    if (!document)
        return NULL;
    g_mutex_lock(&host->lock);
    pool = testPoolAdopt(host, document);
    if (pool) {
        pool->head.persistent = true;
        handle = testPoolHandle(conn, pool);
        testPoolAnnounce(conn, pool, VIR_STORAGE_POOL_EVENT_DEFINED);
    }
    g_mutex_unlock(&host->lock);
    return handle;
}

/* Makes the storage of an inactive pool, with its event. */
static int
build(virConnectPtr conn, testPool *pool, bool overwrite, bool spare)
{
    if (spare && pool->order.length) {
        virErrorRaise(VIR_FROM_STORAGE, VIR_ERR_OPERATION_INVALID,
                      "storage pool '%s' holds %u volumes that must not be overwritten",
                      pool->head.name, pool->order.length);
        return -1;
    }
    if (overwrite)
        testPoolEmpty(pool);
    testPoolAnnounce(conn, pool, VIR_STORAGE_POOL_EVENT_CREATED);
    return 0;
}

#define BUILDS                                                                          \
    (VIR_STORAGE_POOL_CREATE_WITH_BUILD | VIR_STORAGE_POOL_CREATE_WITH_BUILD_OVERWRITE | \
     VIR_STORAGE_POOL_CREATE_WITH_BUILD_NO_OVERWRITE)

static int
start(virConnectPtr conn, testPool *pool, unsigned int flags)
{
    if (flags & BUILDS &&
        build(conn, pool, flags & VIR_STORAGE_POOL_CREATE_WITH_BUILD_OVERWRITE,
              flags & VIR_STORAGE_POOL_CREATE_WITH_BUILD_NO_OVERWRITE) < 0)
        return -1;
    pool->head.active = true;
    testPoolAnnounce(conn, pool, VIR_STORAGE_POOL_EVENT_STARTED);
    return 0;
}

/* Turns what a document describes on; called with the lock held, and owns the document. */
static testPool *
createTransient(virConnectPtr conn, virDocStoragePool *document, unsigned int flags)
{
    testHost *host = testHostOf(conn);
    testPool *pool = g_hash_table_lookup(host->storage->pools.byUUID, document->uuid);
    virDocStoragePool *kept = NULL;

    if (pool && pool->head.active) {
        virErrorRaise(VIR_FROM_STORAGE, VIR_ERR_OPERATION_INVALID, "pool is already active as '%s'",
                      pool->head.name);
        virDocStoragePoolFree(document);
        return NULL;
    }
    /* A persistent pool keeps its definition for the next start. */
    if (pool)
        kept = virDocStoragePoolCopy(pool->head.live);
    pool = testPoolAdopt(host, document);
    if (pool && start(conn, pool, flags) < 0) {
        if (kept)
            virConfObjectDefine(host->storage->pools.kind, &pool->head, g_steal_pointer(&kept));
        else
            virConfObjectsRemove(&host->storage->pools, pool);
        pool = NULL;
    }
    if (pool)
        pool->head.next = g_steal_pointer(&kept);
    virDocStoragePoolFree(kept);
    return pool;
}

virStoragePoolPtr
testStoragePoolCreateXML(virConnectPtr conn, const char *xmlDesc, unsigned int flags)
{
    testHost *host = testHostOf(conn);
    virDocStoragePool *document = parse(xmlDesc, /* strict= */ false);
    virStoragePoolPtr handle = NULL;
    testPool *pool;

    if (!document)
        return NULL;
    g_mutex_lock(&host->lock);
    pool = createTransient(conn, document, flags);
    if (pool)
        handle = testPoolHandle(conn, pool);
    g_mutex_unlock(&host->lock);
    return handle;
}

int
testStoragePoolCreate(virStoragePoolPtr handle, unsigned int flags)
{
    testPool *pool = testPoolLock(handle);
    int ret = -1;

    if (!pool)
        return -1;
    if (testPoolRequire(pool, /* active= */ false))
        ret = start(handle->conn, pool, flags);
    testPoolUnlock(handle);
    return ret;
}

int
testStoragePoolBuild(virStoragePoolPtr handle, unsigned int flags)
{
    testPool *pool = testPoolLock(handle);
    int ret = -1;

    if (!pool)
        return -1;
    if (testPoolRequire(pool, /* active= */ false))
        ret = build(handle->conn, pool,
                    flags & (VIR_STORAGE_POOL_BUILD_OVERWRITE | VIR_STORAGE_POOL_BUILD_NEW),
                    flags & VIR_STORAGE_POOL_BUILD_NO_OVERWRITE);
    testPoolUnlock(handle);
    return ret;
}

int
testStoragePoolDestroy(virStoragePoolPtr handle)
{
    testPool *pool = testPoolLock(handle);
    int ret = -1;

    if (!pool)
        return -1;
    if (testPoolRequire(pool, /* active= */ true)) {
        pool->head.active = false;
        virConfObjectSettle(pool->storage->pools.kind, &pool->head);
        testPoolAnnounce(handle->conn, pool, VIR_STORAGE_POOL_EVENT_STOPPED);
        if (!pool->head.persistent)
            virConfObjectsRemove(&pool->storage->pools, pool);
        ret = 0;
    }
    testPoolUnlock(handle);
    return ret;
}

int
testStoragePoolDelete(virStoragePoolPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    testPool *pool = testPoolLock(handle);
    int ret = -1;

    if (!pool)
        return -1;
    if (testPoolRequire(pool, /* active= */ false)) {
        testPoolEmpty(pool);
        testPoolAnnounce(handle->conn, pool, VIR_STORAGE_POOL_EVENT_DELETED);
        ret = 0;
    }
    testPoolUnlock(handle);
    return ret;
}

int
testStoragePoolUndefine(virStoragePoolPtr handle)
{
    testPool *pool = testPoolLock(handle);
    int ret = -1;

    if (!pool)
        return -1;
    if (testPoolRequire(pool, /* active= */ false)) {
        testPoolAnnounce(handle->conn, pool, VIR_STORAGE_POOL_EVENT_UNDEFINED);
        virConfObjectsRemove(&pool->storage->pools, pool);
        ret = 0;
    }
    testPoolUnlock(handle);
    return ret;
}

int
testStoragePoolRefresh(virStoragePoolPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    testPool *pool = testPoolLock(handle);
    int ret = -1;

    if (!pool)
        return -1;
    if (testPoolRequire(pool, /* active= */ true)) {
        testPoolAnnounceRefresh(handle->conn, pool);
        ret = 0;
    }
    testPoolUnlock(handle);
    return ret;
}

int
testStoragePoolGetAutostart(virStoragePoolPtr handle, int *autostart)
{
    testPool *pool = testPoolLock(handle);

    if (!pool)
        return -1;
    *autostart = pool->head.autostart;
    testPoolUnlock(handle);
    return 0;
}

int
testStoragePoolSetAutostart(virStoragePoolPtr handle, int autostart)
{
    testPool *pool = testPoolLock(handle);
    int ret = -1;

    if (!pool)
        return -1;
    if (!pool->head.persistent) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "storage pool '%s' is transient and cannot start by itself",
                      pool->head.name);
    } else {
        pool->head.autostart = autostart != 0;
        ret = 0;
    }
    testPoolUnlock(handle);
    return ret;
}
