/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Streams that read or write contents kept in memory; they are always ready. */

#pragma once

#include <libvirt/libvirt.h>

#include "test_storage_data.h"

/* Called once when the stream ends, in whatever way; the opaque pointer is its own to free. */
typedef void (*testStreamDone)(virStreamPtr st, testData *data, void *opaque);

/*
 * Opens a stream over the bytes from `start` to `end` of contents it refers to until it ends.
 * A sparse one moves holes as holes. `done` may be NULL.
 */
void testStreamRead(virStreamPtr st, testData *data, unsigned long long start,
                    unsigned long long end, bool sparse, testStreamDone done, void *opaque);
void testStreamWrite(virStreamPtr st, testData *data, unsigned long long start,
                     unsigned long long end, bool sparse, testStreamDone done, void *opaque);
