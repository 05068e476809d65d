/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files that hold a guest of the test hypervisor: saved states and core dumps. */

#pragma once

#include <stdbool.h>

#include <glib.h>

/*
 * A file begins with 32 bytes; numbers are little endian:
 *
 *     16  magic "LibvirtTestGuest"
 *      4  version, 1
 *      4  kind, below
 *      4  flags: 1 = the guest was paused
 *      4  length of the domain document
 *
 * The domain document follows, without a NUL, and nothing else.
 */
typedef enum {
    TEST_IMAGE_SAVED = 1,       /* a saved state, to be restored */
    TEST_IMAGE_DUMP = 2,        /* a core dump, to be looked at */
} testImageKind;

typedef struct {
    bool paused;
    char *xml;
} testImage;

/*
 * Writes a whole file or leaves the path as it was: the bytes reach the disk under another name
 * first. `what` begins the message of an error; `*aborted` (or NULL) stops it until the last moment.
 * 0, or -1 with an error raised.
 */
int testImageWrite(const char *path, testImageKind kind, const testImage *image, bool bypassCache,
                   const char *what, const gint *aborted);

/* NULL with an error raised for anything but a whole image of the kind. */
testImage *testImageRead(const char *path, testImageKind kind, bool bypassCache);
void testImageFree(testImage *image);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(testImage, testImageFree)
