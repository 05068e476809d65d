/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sets of small numbers (CPUs, NUMA nodes) in the spelling 0-3,7. */

#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Numbers from 0 to one less than this. */
#define VIR_DOC_BITMAP_LIMIT 16384

typedef struct {
    size_t nwords; /* never more than needed: the last word is not zero */
    uint64_t words[];
} virDocBitmap;

/* NULL when the text is not a set or names a number above the limit. */
virDocBitmap *virDocBitmapParse(const char *text);
char *virDocBitmapFormat(const virDocBitmap *set);
virDocBitmap *virDocBitmapCopy(const virDocBitmap *set);
/* Made from `nbytes` bytes, lowest bit first, as the public interface passes CPU maps. */
virDocBitmap *virDocBitmapFromBytes(const unsigned char *bytes, size_t nbytes);
bool virDocBitmapHas(const virDocBitmap *set, size_t number);
bool virDocBitmapOverlaps(const virDocBitmap *one, const virDocBitmap *other);
bool virDocBitmapEqual(const virDocBitmap *one, const virDocBitmap *other);
void virDocBitmapFree(virDocBitmap *set);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(virDocBitmap, virDocBitmapFree)

G_END_DECLS
