/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Disks of domains: sizes, contents, errors, limits. */

#include "test_domain_block.h"

#include <libvirt/virterror.h>

#include "conf/domain_find.h"
#include "driver/test.h"
#include "runtime/connect.h"
#include "runtime/error.h"
#include "runtime/objects.h"
#include "test_domain_guest.h"

/* An image of which nobody said anything fills 1 TiB, its own tables included. */
#define PHYSICAL (1024ULL * 1024 * 1024 * 1024)
#define TABLES (5056ULL * 1024)

unsigned long long
testDiskPhysical(const testDiskImage *image)
{
    return image->capacity + TABLES;
}

testDiskImage *
testStorageImage(testHost *host, const virDocDomainStorageSource *storage)
{
    const char *source = virConfDomainDiskSource(storage);
    testDiskImage *image;

    if (!source)
        return NULL;
    image = g_hash_table_lookup(host->domains->images, source);
    if (!image) {
        image = g_new0(testDiskImage, 1);
        image->capacity = PHYSICAL - TABLES;
        image->allocation = PHYSICAL;
        g_hash_table_insert(host->domains->images, g_strdup(source), image);
    }
    return image;
}

testDiskImage *
testDomainImage(testHost *host, const virDocDomainDisk *disk)
{
    return testStorageImage(host, &disk->storage);
}

void
testDomainImageClone(testHost *host, const virDocDomainDisk *disk, const char *to, bool keep)
{
    testDiskImage *image = g_new0(testDiskImage, 1);

    image->capacity = testDomainImage(host, disk)->capacity;
    image->allocation = testDiskPhysical(image);
    if (keep && g_hash_table_contains(host->domains->images, to))
        g_free(image);
    else
        g_hash_table_replace(host->domains->images, g_strdup(to), image);
}

/* The image of a disk, on or off; NULL with an error raised. The lock is held. */
static testDiskImage *
imageOf(virDomainPtr handle, const testDomain *domain, const char *name)
{
    const virDocDomainDisk *disk = virConfDomainFindDisk(domain->live, name);
    testDiskImage *image;

    if (!disk) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG, "invalid path %s not assigned to domain",
                      name);
        return NULL;
    }
    image = testDomainImage(testHostOf(handle->conn), disk);
    if (!image)
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "disk '%s' does not currently have a source assigned", name);
    return image;
}

/* What an unnamed disk is called: nothing. */
static bool
isNamed(const char *disk)
{
    if (!*disk)
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG, "disk must not be empty");
    return *disk;
}

int
testDomainGetBlockInfo(virDomainPtr handle, const char *disk, virDomainBlockInfoPtr info,
                       unsigned int flags G_GNUC_UNUSED)
{
    const testDiskImage *image;
    testDomain *domain;

    if (!isNamed(disk))
        return -1;
    domain = testDomainLock(handle);
    if (!domain)
        return -1;
    image = imageOf(handle, domain, disk);
    if (image)
        *info = (virDomainBlockInfo) {
            .capacity = image->capacity,
            .allocation = image->allocation,
            .physical = testDiskPhysical(image),
        };
    testDomainUnlock(handle);
    return image ? 0 : -1;
}

int
testDomainBlockPeek(virDomainPtr handle, const char *disk, unsigned long long offset, size_t size,
                    void *buffer, unsigned int flags G_GNUC_UNUSED)
{
    unsigned char *bytes = buffer;
    const testDiskImage *image;
    testDomain *domain;
    int ret = -1;

    if (!isNamed(disk))
        return -1;
    domain = testDomainLock(handle);
    if (!domain)
        return -1;
    image = imageOf(handle, domain, disk);
    if (image && (offset > image->capacity || size > image->capacity - offset)) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "%zu bytes at %llu reach over the end of disk '%s' at %llu", size, offset,
                      disk, image->capacity);
    } else if (image) {
        /* Each byte of an image is the low byte of its offset, as in the guest's memory. */
        for (size_t i = 0; i < size; i++)
            bytes[i] = (unsigned char) (offset + i);
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}

static bool
maySize(const testDiskImage *image, const char *disk, unsigned long long size, unsigned int flags)
{
    if (!(flags & VIR_DOMAIN_BLOCK_RESIZE_BYTES) && size > ULLONG_MAX / 1024) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_OVERFLOW, "size must be at most %llu KiB",
                      ULLONG_MAX / 1024);
        return false;
    }
    if (flags & VIR_DOMAIN_BLOCK_RESIZE_CAPACITY && size != 0) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "size must be 0 to take the whole capacity");
        return false;
    }
    size *= flags & VIR_DOMAIN_BLOCK_RESIZE_BYTES ? 1 : 1024;
    if (flags & VIR_DOMAIN_BLOCK_RESIZE_EXTEND && size < image->capacity) {
        virErrorRaise(VIR_FROM_TEST, VIR_ERR_INVALID_ARG,
                      "disk '%s' has %llu bytes already, and may not shrink to %llu", disk,
                      image->capacity, size);
        return false;
    }
    return true;
}

int
testDomainBlockResize(virDomainPtr handle, const char *disk, unsigned long long size,
                      unsigned int flags)
{
    testDiskImage *image = NULL;
    testDomain *domain;
    int ret = -1;

    if (!isNamed(disk))
        return -1;
    domain = testDomainLockForChange(handle);
    if (!domain)
        return -1;
    if (testDomainRequireActive(domain))
        image = imageOf(handle, domain, disk);
    if (image && maySize(image, disk, size, flags)) {
        /* The image fills all of its place already. */
        unsigned long long before = image->capacity;

        if (!(flags & VIR_DOMAIN_BLOCK_RESIZE_CAPACITY))
            image->capacity = size * (flags & VIR_DOMAIN_BLOCK_RESIZE_BYTES ? 1 : 1024);
        image->allocation = MIN(image->allocation, testDiskPhysical(image));
        if (image->capacity > before && image->error == VIR_DOMAIN_DISK_ERROR_NO_SPACE)
            image->error = VIR_DOMAIN_DISK_ERROR_NONE;
        ret = 0;
    }
    testDomainUnlock(handle);
    return ret;
}

void
testDomainTrimmed(testHost *host, testDomain *domain)
{
    const char *target;
    size_t count;

    testDomainMounts(domain, &count, &target);
    if (count > 0) {
        testDiskImage *image = testDomainImage(host, virConfDomainFindDisk(domain->live, target));

        /* The file systems of a guest are half full. */
        if (image)
            image->allocation = MIN(image->allocation, image->capacity / 2);
    }
}

/* What went wrong with disks that carry on nonetheless: what the node document says. */
int
testDomainGetDiskErrors(virDomainPtr handle, virDomainDiskErrorPtr errors, unsigned int maxerrors,
                        unsigned int flags G_GNUC_UNUSED)
{
    testDomain *domain;
    unsigned int count = 0;

    if (!errors && maxerrors > 0) {
        virErrorRaise(VIR_FROM_DOMAIN, VIR_ERR_INVALID_ARG, "errors must not be NULL");
        return -1;
    }
    domain = testDomainLockGuest(handle);
    if (!domain)
        return -1;
    for (size_t i = 0; i < domain->live->ndisks; i++) {
        const virDocDomainDisk *disk = domain->live->disks[i];
        const testDiskImage *image = testDomainImage(testHostOf(handle->conn), disk);

        if (!image || image->error == VIR_DOMAIN_DISK_ERROR_NONE)
            continue;
        if (count == maxerrors)
            break;
        errors[count].disk = g_strdup(disk->targetDev);
        errors[count++].error = image->error;
    }
    if (!errors)
        count = (unsigned int) domain->live->ndisks;
    testDomainUnlock(handle);
    return (int) count;
}
