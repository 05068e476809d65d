/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Structs of described records: make, free, copy, compare. */

#pragma once

#include <glib.h>
#include <stdbool.h>

#include "document/describe.h"

G_BEGIN_DECLS

/* All zero: every field absent, no defaults. */
void *virDocNew(const virDocRecord *record);
void virDocFree(const virDocRecord *record, void *data);
void *virDocCopy(const virDocRecord *record, const void *data);
/* Equal as documents: fields that do not apply (`when`) are not looked at. */
bool virDocEqual(const virDocRecord *record, const void *one, const void *other);

/* A place where two documents differ; NULL where a value is absent. Secrets read "(secret)". */
typedef struct {
    char *path; /* /network/ip[2]/@address */
    char *one;
    char *other;
} virDocDifference;

void virDocDifferenceFree(virDocDifference *difference);
/* At most `max` virDocDifference, in document order; empty when equal. */
GPtrArray *virDocDiff(const virDocRecord *record, const void *one, const void *other, guint max);

/* Copies what is absent from another struct, where `wanted` says so of the place (a path as that of a
 * difference). */
typedef bool (*virDocPlaceFilter)(const char *path, void *opaque);
void virDocFill(const virDocRecord *record, void *to, const void *from, virDocPlaceFilter wanted,
                void *opaque);

/* Drops what only holds while the thing runs: values of scope live, but for those that belong to the
 * definition too. What is left is what VIR_DOC_PRINT_INACTIVE prints. */
void virDocForgetLive(const virDocRecord *record, void *data);

/* Frees what the members of a record (or group) hold, without the struct itself. */
void virDocClear(const virDocRecord *record, void *data);

/* The array of a list, its length, the place of a value: for code that walks tables. */
static inline void **
virDocArray(const virDocMember *member, const void *data)
{
    return *(void ***)((char *)data + member->offset);
}

static inline size_t
virDocArrayLength(const virDocMember *member, const void *data)
{
    return *(const size_t *)((const char *)data + member->count);
}

static inline void *
virDocField(const virDocMember *member, const void *data)
{
    return (char *)data + member->offset;
}

/* Appends to a list, whose array doubles. Takes `item`. */
void virDocArrayAdd(const virDocMember *member, void *data, void *item);

/* Puts `item`, which is taken, before the entry `at` of the list of a struct; `at` may be the
 * length. */
void virDocListInsert(void ***items, size_t *count, size_t at, void *item);
/* Takes an entry out of a list and hands it to the caller. */
void *virDocListTake(void ***items, size_t *count, size_t at);

/* The same for a named field: VIR_DOC_LIST_ADD(network, ips, ip). */
#define VIR_DOC_LIST_INSERT(data, field, at, item) \
    virDocListInsert((void ***)(void *)&(data)->field, &(data)->n##field, at, item)
#define VIR_DOC_LIST_ADD(data, field, item) \
    VIR_DOC_LIST_INSERT(data, field, (data)->n##field, item)
#define VIR_DOC_LIST_TAKE(data, field, at) \
    virDocListTake((void ***)(void *)&(data)->field, &(data)->n##field, at)

G_END_DECLS
