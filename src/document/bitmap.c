/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sets of small numbers (CPUs, NUMA nodes) in the spelling 0-3,7. */

#include "document/bitmap.h"

#include <string.h>

#define WORDS (VIR_DOC_BITMAP_LIMIT / 64)

static virDocBitmap *
bitmapFromWords(const uint64_t *words, size_t nwords)
{
    virDocBitmap *set;

    while (nwords && !words[nwords - 1])
        nwords--;
    set = g_malloc(sizeof(*set) + nwords * sizeof(*words));
    set->nwords = nwords;
    if (nwords)
        memcpy(set->words, words, nwords * sizeof(*words));
    return set;
}

static const char *
skipBlanks(const char *at)
{
    while (g_ascii_isspace(*at))
        at++;
    return at;
}

/* A number below the limit; NULL when there is none. */
static const char *
readNumber(const char *at, size_t *number)
{
    size_t value = 0;

    if (!g_ascii_isdigit(*at))
        return NULL;
    for (; g_ascii_isdigit(*at); at++) {
        value = value * 10 + (size_t)(*at - '0');
        if (value >= VIR_DOC_BITMAP_LIMIT)
            return NULL;
    }
    *number = value;
    return at;
}

virDocBitmap *
virDocBitmapParse(const char *text)
{
    uint64_t words[WORDS] = {0};
    const char *at = skipBlanks(text);

    for (;;) {
        bool remove = *at == '^';
        size_t first, last;

        if (!(at = readNumber(remove ? at + 1 : at, &first)))
            return NULL;
        at = skipBlanks(at);
        last = first;
        if (*at == '-') {
            if (!(at = readNumber(skipBlanks(at + 1), &last)) || last < first || remove)
                return NULL;
            at = skipBlanks(at);
        }
        for (size_t number = first; number <= last; number++) {
            if (remove)
                words[number / 64] &= ~(UINT64_C(1) << number % 64);
            else
                words[number / 64] |= UINT64_C(1) << number % 64;
        }
        if (!*at)
            break;
        if (*at != ',')
            return NULL;
        at = skipBlanks(at + 1);
    }
    {
        g_autoptr(virDocBitmap) set = bitmapFromWords(words, WORDS);

        /* A set without members has no spelling. */
        return set->nwords ? g_steal_pointer(&set) : NULL;
    }
}

char *
virDocBitmapFormat(const virDocBitmap *set)
{
    GString *text = g_string_new(NULL);
    size_t end = set->nwords * 64;

    for (size_t first = 0; first < end; first++) {
        size_t last = first;

        if (!virDocBitmapHas(set, first))
            continue;
        while (last + 1 < end && virDocBitmapHas(set, last + 1))
            last++;
        g_string_append_printf(text, "%s%zu", text->len ? "," : "", first);
        if (last > first)
            g_string_append_printf(text, "-%zu", last);
        first = last;
    }
    return g_string_free(text, /* free_segment= */ FALSE);
}

virDocBitmap *
virDocBitmapCopy(const virDocBitmap *set)
{
    return bitmapFromWords(set->words, set->nwords);
}

virDocBitmap *
virDocBitmapFromBytes(const unsigned char *bytes, size_t nbytes)
{
    uint64_t words[WORDS] = {0};

    for (size_t i = 0; i < MIN(nbytes, sizeof(words)); i++)
        words[i / 8] |= (uint64_t)bytes[i] << i % 8 * 8;
    return bitmapFromWords(words, WORDS);
}

bool
virDocBitmapHas(const virDocBitmap *set, size_t number)
{
    return number / 64 < set->nwords && (set->words[number / 64] >> number % 64 & 1);
}

bool
virDocBitmapOverlaps(const virDocBitmap *one, const virDocBitmap *other)
{
    for (size_t i = 0; i < MIN(one->nwords, other->nwords); i++) {
        if (one->words[i] & other->words[i])
            return true;
    }
    return false;
}

bool
virDocBitmapEqual(const virDocBitmap *one, const virDocBitmap *other)
{
    if (!one || !other)
        return one == other;
    return one->nwords == other->nwords &&
           !memcmp(one->words, other->words, one->nwords * sizeof(one->words[0]));
}

void
virDocBitmapFree(virDocBitmap *set)
{
    g_free(set);
}
