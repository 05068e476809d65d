/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The contents of a volume: sparse bytes that exist as long as somebody refers to them. */

#define _GNU_SOURCE 1

#include "test_storage_data.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libvirt/virterror.h>

#include "runtime/error.h"

#define BLOCK 65536

/* Only the reference count changes: the kernel serializes reads and writes of the file. */
struct testData {
    int refs;
    int fd;     /* a file without a name; what was never written takes no memory */
};

static int
fail(const char *what)
{
    virErrorRaiseSystem(VIR_FROM_STORAGE, errno, "cannot %s the contents of the volume", what);
    return -1;
}

testData *
testDataNew(unsigned long long size)
{
    testData *data = g_new0(testData, 1);

    data->refs = 1;
    data->fd = memfd_create("volume", MFD_CLOEXEC);
    if (data->fd < 0 || testDataResize(data, size) < 0) {
        if (data->fd < 0)
            fail("make");
        testDataUnref(data);
        return NULL;
    }
    return data;
}

testData *
testDataRef(testData *data)
{
    __atomic_add_fetch(&data->refs, 1, __ATOMIC_RELAXED);
    return data;
}

void
testDataUnref(testData *data)
{
    if (!data || __atomic_sub_fetch(&data->refs, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    if (data->fd >= 0)
        close(data->fd);
    g_free(data);
}

unsigned long long
testDataSize(testData *data)
{
    struct stat info;

    return fstat(data->fd, &info) < 0 ? 0 : (unsigned long long) info.st_size;
}

unsigned long long
testDataUsed(testData *data)
{
    struct stat info;

    /* Blocks of stat are of 512 bytes whatever the file system. */
    return fstat(data->fd, &info) < 0 ? 0 : (unsigned long long) info.st_blocks * 512;
}

int
testDataResize(testData *data, unsigned long long size)
{
    if (size > G_MAXINT64) {
        errno = EFBIG;
        return fail("resize");
    }
    return ftruncate(data->fd, (off_t) size) < 0 ? fail("resize") : 0;
}

int
testDataWipe(testData *data)
{
    unsigned long long size = testDataSize(data);

    return testDataResize(data, 0) < 0 || testDataResize(data, size) < 0 ? -1 : 0;
}

int
testDataCopy(testData *to, testData *from)
{
    g_autofree char *buffer = g_malloc(BLOCK);
    unsigned long long size = MIN(testDataSize(to), testDataSize(from)), at = 0, length;

    while (at < size) {
        gssize got;

        if (testDataInHole(from, at, &length)) {
            at += length;
            continue;
        }
        got = testDataRead(from, at, buffer, (gsize) MIN(MIN(length, BLOCK), size - at));
        if (got <= 0)
            return (int) got;
        if (testDataWrite(to, at, buffer, (gsize) got) < 0)
            return -1;
        at += (unsigned long long) got;
    }
    return 0;
}

gssize
testDataRead(testData *data, unsigned long long at, void *buffer, gsize length)
{
    gssize got;

    if (at > G_MAXINT64)
        return 0;
    do
        got = pread(data->fd, buffer, length, (off_t) at);
    while (got < 0 && errno == EINTR);
    return got < 0 ? fail("read") : got;
}

gssize
testDataWrite(testData *data, unsigned long long at, const void *buffer, gsize length)
{
    gssize put;

    do
        put = pwrite(data->fd, buffer, length, (off_t) at);
    while (put < 0 && errno == EINTR);
    return put < 0 ? fail("write") : put;
}

int
testDataMakeHole(testData *data, unsigned long long at, unsigned long long length)
{
    if (fallocate(data->fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t) at,
                  (off_t) length) < 0)
        return fail("make a hole in");
    return 0;
}

bool
testDataInHole(testData *data, unsigned long long at, unsigned long long *length)
{
    unsigned long long size = testDataSize(data);
    off_t next;

    if (at >= size) {
        *length = 0;
        return false;
    }
    next = lseek(data->fd, (off_t) at, SEEK_DATA);
    if (next < 0 || (unsigned long long) next > at) {
        /* Without data behind it a hole reaches to the end. */
        *length = (next < 0 ? size : MIN((unsigned long long) next, size)) - at;
        return true;
    }
    next = lseek(data->fd, (off_t) at, SEEK_HOLE);
    *length = (next < 0 ? size : MIN((unsigned long long) next, size)) - at;
    return false;
}
