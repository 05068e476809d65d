/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Images that the disks of domains keep their data in, and who looks for them. */

#pragma once

#include "test_domain.h"

/* An image of the model's host; every disk with that source shares it. */
typedef struct {
    unsigned long long capacity;    /* bytes */
    unsigned long long allocation;
    int error;                      /* virDomainDiskErrorCode */
} testDiskImage;

/* The image behind a disk, made when first looked at; NULL for an empty drive. Lock held. */
testDiskImage *testDomainImage(testHost *host, const virDocDomainDisk *disk);
/* The same at any place, such as that of an image under another. */
testDiskImage *testStorageImage(testHost *host, const virDocDomainStorageSource *storage);

/* Makes the image that a job copies to as large as that of the disk, unless it is there already
 * and is to be kept. */
void testDomainImageClone(testHost *host, const virDocDomainDisk *disk, const char *to, bool keep);

/* Bytes of the host that a full image takes. */
unsigned long long testDiskPhysical(const testDiskImage *image);
