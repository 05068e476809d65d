/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Volumes of the test hypervisor: made, found, described, removed. */

#include <string.h>

#include <libvirt/virterror.h>

#include "conf/storage.h"
#include "document/print.h"
#include "document/raise.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_storage.h"

virDocStorageVol *
testVolumeParse(const char *xml, bool strict)
{
    g_autoptr(virDocIssues) issues = virDocIssuesNew();
    virDocParseOptions options = {
        .flags = strict ? VIR_DOC_PARSE_STRICT : 0,
        .checks = virConfStorageVolChecks,
        .nchecks = G_N_ELEMENTS(virConfStorageVolChecks),
    };
    virDocStorageVol *document = virDocParse(&virDocStorageVolRecord, NULL, xml, &options, issues);

    if (!document)
        virDocIssuesRaise(issues, VIR_FROM_STORAGE);
    return document;
}

/* Where volumes of a pool are found: its place on the host, else the name of what serves it. */
static char *
pathIn(const testPool *pool, const char *name)
{
    const virDocStoragePool *document = pool->head.live;
    const char *prefix = document->targetPath;

    if (!prefix)
        prefix = document->sourceName ? document->sourceName : pool->head.name;
    return g_strdup_printf("%s/%s", prefix, name);
}

/* Of two volumes with one key or path the first is found by it. */
static void
enter(GHashTable *index, char *value, testVolume *volume)
{
    if (!g_hash_table_contains(index, value))
        g_hash_table_insert(index, value, volume);
}

static void
leave(GHashTable *index, const char *value, const testVolume *volume)
{
    if (g_hash_table_lookup(index, value) == volume)
        g_hash_table_remove(index, value);
}

testVolume *
testVolumeAdd(testPool *pool, virDocStorageVol *document, bool placed)
{
    testVolume *volume = NULL;

    if (g_hash_table_contains(pool->volumes, document->name)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_OPERATION_FAILED,
                      "storage vol '%s' already exists in pool '%s'", document->name,
                      pool->head.name);
    } else if (document->allocation > pool->capacity - MIN(pool->allocation, pool->capacity)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INTERNAL_ERROR,
                      "pool '%s' has no room for %llu bytes of volume '%s'", pool->head.name,
                      document->allocation, document->name);
    } else if (virConfStorageVolFit(document, pool->head.live) == 0) {
        volume = g_new0(testVolume, 1);
    }
    if (!volume) {
        virDocStorageVolFree(document);
        return NULL;
    }
    if (!placed)
        g_clear_pointer(&document->targetPath, g_free);
    if (!placed)
        g_clear_pointer(&document->key, g_free);
    if (!document->targetPath)
        document->targetPath = pathIn(pool, document->name);
    if (!document->key)
        document->key = g_strdup(document->targetPath);
    volume->link.data = volume;
    volume->pool = pool;
    volume->document = document;
    g_queue_push_tail_link(&pool->order, &volume->link);
    g_hash_table_insert(pool->volumes, document->name, volume);
    enter(pool->storage->byKey, document->key, volume);
    enter(pool->storage->byPath, document->targetPath, volume);
    pool->allocation += document->allocation;
    return volume;
}

void
testVolumeAllocate(testVolume *volume, unsigned long long allocation)
{
    volume->pool->allocation -= volume->document->allocation;
    volume->document->allocation = allocation;
    volume->pool->allocation += allocation;
}

void
testVolumeRemove(testVolume *volume)
{
    testPool *pool = volume->pool;

    testVolumeAllocate(volume, 0);
    g_queue_unlink(&pool->order, &volume->link);
    g_hash_table_remove(pool->volumes, volume->document->name);
    leave(pool->storage->byKey, volume->document->key, volume);
    leave(pool->storage->byPath, volume->document->targetPath, volume);
    testDataUnref(volume->data);
    virDocStorageVolFree(volume->document);
    g_free(volume);
}

void
testPoolEmpty(testPool *pool)
{
    while (pool->order.head)
        testVolumeRemove(pool->order.head->data);
}

testData *
testVolumeData(testVolume *volume)
{
    if (!volume->data)
        volume->data = testDataNew(volume->document->capacity);
    return volume->data;
}

virStorageVolPtr
testVolumeHandle(virConnectPtr conn, const testVolume *volume)
{
    return virStorageVolNew(conn, volume->pool->head.name, volume->document->name,
                            volume->document->key);
}

/* A volume of an active pool by name, NULL with an error raised. */
static testVolume *
findIn(const testPool *pool, const char *name)
{
    testVolume *volume;

    if (!testPoolRequire(pool, /* active= */ true))
        return NULL;
    volume = g_hash_table_lookup(pool->volumes, name);
    if (!volume)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_STORAGE_VOL,
                      "no storage vol with matching name '%s'", name);
    return volume;
}

testVolume *
testVolumeLock(virStorageVolPtr handle)
{
    testHost *host = testHostOf(handle->conn);
    testVolume *volume = NULL;
    testPool *pool;

    g_mutex_lock(&host->lock);
    pool = virConfObjectsByName(&host->storage->pools, handle->poolname);
    if (pool)
        volume = findIn(pool, handle->name);
    if (!volume)
        g_mutex_unlock(&host->lock);
    return volume;
}

void
testVolumeUnlock(virStorageVolPtr handle)
{
    g_mutex_unlock(&testHostOf(handle->conn)->lock);
}

virStorageVolPtr
testStorageVolLookupByName(virStoragePoolPtr handle, const char *name)
{
    testPool *pool = testPoolLock(handle);
    virStorageVolPtr found = NULL;
    testVolume *volume;

    if (!pool)
        return NULL;
    volume = findIn(pool, name);
    if (volume)
        found = testVolumeHandle(handle->conn, volume);
    testPoolUnlock(handle);
    return found;
}

static virStorageVolPtr
lookUp(virConnectPtr conn, bool byKey, const char *value)
{
    testHost *host = testHostOf(conn);
    virStorageVolPtr found = NULL;
    testVolume *volume;

    g_mutex_lock(&host->lock);
    volume = g_hash_table_lookup(byKey ? host->storage->byKey : host->storage->byPath, value);
    if (volume && volume->pool->head.active)
        found = testVolumeHandle(conn, volume);
    g_mutex_unlock(&host->lock);
    if (!found)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_NO_STORAGE_VOL,
                      "no storage vol with matching %s '%s'", byKey ? "key" : "path", value);
    return found;
}

virStorageVolPtr
testStorageVolLookupByKey(virConnectPtr conn, const char *key)
{
    return lookUp(conn, /* byKey= */ true, key);
}

virStorageVolPtr
testStorageVolLookupByPath(virConnectPtr conn, const char *path)
{
    return lookUp(conn, /* byKey= */ false, path);
}

/* Whether a volume can be made in the way that the flags ask for, else raises. */
static bool
flagsFit(const virDocStorageVol *document, unsigned int flags)
{
    if (!(flags & VIR_STORAGE_VOL_CREATE_PREALLOC_METADATA) ||
        document->targetFormatType == VIR_DOC_STORAGE_VOL_FORMAT_QCOW2)
        return true;
    virErrorRaise(VIR_FROM_STORAGE, VIR_ERR_CONFIG_UNSUPPORTED,
                  "only the metadata of volumes of format qcow2 can be allocated before use");
    return false;
}

virStorageVolPtr
testStorageVolCreateXML(virStoragePoolPtr handle, const char *xmlDesc, unsigned int flags)
{
    virDocStorageVol *document = testVolumeParse(xmlDesc, flags & VIR_STORAGE_VOL_CREATE_VALIDATE);
    virStorageVolPtr made = NULL;
    testVolume *volume = NULL;
    testPool *pool = NULL;

    if (document && flagsFit(document, flags))
        pool = testPoolLock(handle);
    if (!pool) {
        virDocStorageVolFree(document);
        return NULL;
    }
    if (testPoolRequire(pool, /* active= */ true))
        volume = testVolumeAdd(pool, g_steal_pointer(&document), /* placed= */ false);
    if (volume)
        made = testVolumeHandle(handle->conn, volume);
    testPoolUnlock(handle);
    virDocStorageVolFree(document);
    return made;
}

/* Gives a new volume the contents of another; a part that does not fit is left out. */
static int
copyContents(testVolume *to, const testVolume *from)
{
    if (!from->data)
        return 0;
    return !testVolumeData(to) || testDataCopy(to->data, from->data) < 0 ? -1 : 0;
}

virStorageVolPtr
testStorageVolCreateXMLFrom(virStoragePoolPtr handle, const char *xmldesc,
                            virStorageVolPtr clonevol, unsigned int flags)
{
    virDocStorageVol *document = testVolumeParse(xmldesc, flags & VIR_STORAGE_VOL_CREATE_VALIDATE);
    testHost *host = testHostOf(handle->conn);
    testVolume *volume = NULL, *source = NULL;
    virStorageVolPtr made = NULL;
    testPool *pool = NULL, *other;

    if (document && flagsFit(document, flags))
        pool = testPoolLock(handle);
    if (!pool) {
        virDocStorageVolFree(document);
        return NULL;
    }
    other = virConfObjectsByName(&host->storage->pools, clonevol->poolname);
    if (other && testPoolRequire(pool, /* active= */ true))
        source = findIn(other, clonevol->name);
    if (source)
        volume = testVolumeAdd(pool, g_steal_pointer(&document), /* placed= */ false);
    if (volume && copyContents(volume, source) < 0)
        testVolumeRemove(g_steal_pointer(&volume));
    if (volume)
        made = testVolumeHandle(handle->conn, volume);
    testPoolUnlock(handle);
    virDocStorageVolFree(document);
    return made;
}

char *
testStorageVolGetXMLDesc(virStorageVolPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    testVolume *volume = testVolumeLock(handle);
    char *text;

    if (!volume)
        return NULL;
    text = virDocPrint(&virDocStorageVolRecord, NULL, volume->document, 0);
    testVolumeUnlock(handle);
    return text;
}

char *
testStorageVolGetPath(virStorageVolPtr handle)
{
    testVolume *volume = testVolumeLock(handle);
    char *path;

    if (!volume)
        return NULL;
    path = g_strdup(volume->document->targetPath);
    testVolumeUnlock(handle);
    return path;
}

/* The public type of each kind of volume. */
static const int types[VIR_DOC_STORAGE_VOL_KIND_LAST] = {
    [VIR_DOC_STORAGE_VOL_KIND_FILE] = VIR_STORAGE_VOL_FILE,
    [VIR_DOC_STORAGE_VOL_KIND_BLOCK] = VIR_STORAGE_VOL_BLOCK,
    [VIR_DOC_STORAGE_VOL_KIND_DIR] = VIR_STORAGE_VOL_DIR,
    [VIR_DOC_STORAGE_VOL_KIND_NETWORK] = VIR_STORAGE_VOL_NETWORK,
    [VIR_DOC_STORAGE_VOL_KIND_NETDIR] = VIR_STORAGE_VOL_NETDIR,
    [VIR_DOC_STORAGE_VOL_KIND_PLOOP] = VIR_STORAGE_VOL_PLOOP,
};

int
testStorageVolGetInfoFlags(virStorageVolPtr handle, virStorageVolInfoPtr info, unsigned int flags)
{
    testVolume *volume = testVolumeLock(handle);

    if (!volume)
        return -1;
    info->type = types[volume->document->type];
    info->capacity = volume->document->capacity;
    info->allocation = volume->document->allocation;
    /* The physical size is that of the file with its holes. */
    if (flags & VIR_STORAGE_VOL_GET_PHYSICAL)
        info->allocation = MAX(volume->document->allocation, volume->document->capacity);
    testVolumeUnlock(handle);
    return 0;
}

int
testStorageVolGetInfo(virStorageVolPtr handle, virStorageVolInfoPtr info)
{
    return testStorageVolGetInfoFlags(handle, info, 0);
}
