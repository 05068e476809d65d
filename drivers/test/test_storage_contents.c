/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Contents of volumes: streams, resizing, wiping, and their end. */

#include <string.h>

#include <libvirt/virterror.h>

#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "runtime/stream.h"
#include "test_storage.h"
#include "test_stream.h"

/* Whether no stream writes the volume, else raises. One that reads keeps the contents for itself,
 * and programs exist that never finish it. */
static bool
requireIdle(const testVolume *volume)
{
    if (!volume->writers)
        return true;
    virErrorRaise(VIR_FROM_STORAGE, VIR_ERR_OPERATION_INVALID,
                  "volume '%s' is still written by %u streams", volume->document->name,
                  volume->writers);
    return false;
}

int
testStorageVolDelete(virStorageVolPtr handle, unsigned int flags G_GNUC_UNUSED)
{
    testVolume *volume = testVolumeLock(handle);
    int ret = -1;

    if (!volume)
        return -1;
    if (requireIdle(volume)) {
        testVolumeRemove(volume);
        ret = 0;
    }
    testVolumeUnlock(handle);
    return ret;
}

/* Gives a volume another size; called with the lock held, as are the checks before it. */
static int
setCapacity(testVolume *volume, unsigned long long capacity, bool allocate)
{
    if (volume->data && testDataResize(volume->data, capacity) < 0)
        return -1;
    volume->document->capacity = capacity;
    if (allocate)
        testVolumeAllocate(volume, capacity);
    return 0;
}

static int
resize(testVolume *volume, unsigned long long capacity, unsigned int flags)
{
    const testPool *pool = volume->pool;
    unsigned long long now = volume->document->capacity;
    unsigned long long room = pool->capacity - MIN(pool->allocation, pool->capacity);
    bool shrink = flags & VIR_STORAGE_VOL_RESIZE_SHRINK;

    if (flags & VIR_STORAGE_VOL_RESIZE_DELTA)
        capacity = shrink ? now - MIN(capacity, now) : now + MIN(capacity, G_MAXUINT64 - now);
    if (capacity < volume->document->allocation) {
        virErrorRaise(VIR_FROM_STORAGE, VIR_ERR_INVALID_ARG,
                      "%llu bytes are less than the %llu that are allocated", capacity,
                      volume->document->allocation);
    } else if (capacity < now && !shrink) {
        virErrorRaise(VIR_FROM_STORAGE, VIR_ERR_INVALID_ARG,
                      "%llu bytes are less than the capacity of %llu, and shrinking is not allowed",
                      capacity, now);
    } else if (capacity > now && capacity - now > room) {
        virErrorRaise(VIR_FROM_STORAGE, VIR_ERR_OPERATION_FAILED,
                      "pool '%s' has room for %llu more bytes, not for %llu", pool->head.name,
                      room, capacity - now);
    } else {
        return setCapacity(volume, capacity, flags & VIR_STORAGE_VOL_RESIZE_ALLOCATE);
    }
    return -1;
}

int
testStorageVolResize(virStorageVolPtr handle, unsigned long long capacity, unsigned int flags)
{
    testVolume *volume = testVolumeLock(handle);
    int ret = -1;

    if (!volume)
        return -1;
    if (requireIdle(volume))
        ret = resize(volume, capacity, flags);
    testVolumeUnlock(handle);
    return ret;
}

int
testStorageVolWipePattern(virStorageVolPtr handle, unsigned int algorithm,
                          unsigned int flags G_GNUC_UNUSED)
{
    testVolume *volume;
    int ret = -1;

    if (algorithm > VIR_STORAGE_VOL_WIPE_ALG_TRIM) {
        virErrorRaise(VIR_FROM_STORAGE, VIR_ERR_INVALID_ARG, "there is no wiping algorithm %u",
                      algorithm);
        return -1;
    }
    volume = testVolumeLock(handle);
    if (!volume)
        return -1;
    /* Whatever was written over them, afterwards the bytes read as zeros. */
    if (requireIdle(volume))
        ret = volume->data ? testDataWipe(volume->data) : 0;
    testVolumeUnlock(handle);
    return ret;
}

int
testStorageVolWipe(virStorageVolPtr handle, unsigned int flags)
{
    return testStorageVolWipePattern(handle, VIR_STORAGE_VOL_WIPE_ALG_ZERO, flags);
}

/* A volume whose contents a stream moves. */
typedef struct {
    char *pool;
    char *name;
    bool written;
} Place;

/* The volume of a stream that ends, unless it is gone; called with the lock held. */
static testVolume *
findPlace(testHost *host, const Place *place, const testData *data)
{
    testPool *pool = g_hash_table_lookup(host->storage->pools.byName, place->pool);
    testVolume *volume = pool ? g_hash_table_lookup(pool->volumes, place->name) : NULL;

    return volume && volume->data == data ? volume : NULL;
}

static void
streamDone(virStreamPtr st, testData *data, void *opaque)
{
    testHost *host = testHostOf(st->conn);
    Place *place = opaque;
    testVolume *volume;

    g_mutex_lock(&host->lock);
    volume = findPlace(host, place, data);
    if (volume && place->written) {
        volume->writers--;
        volume->document->capacity = MAX(volume->document->capacity, testDataSize(data));
        if (testDataUsed(data) > volume->document->allocation)
            testVolumeAllocate(volume, testDataUsed(data));
        testPoolAnnounceRefresh(st->conn, volume->pool);
    }
    g_mutex_unlock(&host->lock);
    g_free(place->pool);
    g_free(place->name);
    g_free(place);
}

/* How far a volume can be written: a file grows while its pool has room. */
static unsigned long long
writableEnd(const testVolume *volume)
{
    const testPool *pool = volume->pool;
    unsigned long long end = volume->document->capacity;

    if (volume->document->type == VIR_DOC_STORAGE_VOL_KIND_FILE)
        end += pool->capacity - MIN(pool->allocation, pool->capacity);
    return end;
}

/* Opens a stream over the contents of a volume. */
static int
transfer(virStorageVolPtr handle, virStreamPtr stream, unsigned long long offset,
         unsigned long long length, bool sparse, bool write)
{
    testVolume *volume;
    unsigned long long end;
    Place *place;

    volume = testVolumeLock(handle);
    if (!volume)
        return -1;
    if (!testVolumeData(volume)) {
        testVolumeUnlock(handle);
        return -1;
    }
    place = g_new0(Place, 1);
    place->pool = g_strdup(handle->poolname);
    place->name = g_strdup(handle->name);
    place->written = write;
    volume->writers += write;
    end = write ? writableEnd(volume) : testDataSize(volume->data);
    if (length && offset < end)
        end = MIN(end, offset + MIN(length, end - offset));
    if (write)
        testStreamWrite(stream, volume->data, offset, end, sparse, streamDone, place);
    else
        testStreamRead(stream, volume->data, offset, end, sparse, streamDone, place);
    testVolumeUnlock(handle);
    return 0;
}

int
testStorageVolDownload(virStorageVolPtr handle, virStreamPtr stream, unsigned long long offset,
                       unsigned long long length, unsigned int flags)
{
    return transfer(handle, stream, offset, length,
                    flags & VIR_STORAGE_VOL_DOWNLOAD_SPARSE_STREAM, /* write= */ false);
}

int
testStorageVolUpload(virStorageVolPtr handle, virStreamPtr stream, unsigned long long offset,
                     unsigned long long length, unsigned int flags)
{
    return transfer(handle, stream, offset, length, flags & VIR_STORAGE_VOL_UPLOAD_SPARSE_STREAM,
                    /* write= */ true);
}
