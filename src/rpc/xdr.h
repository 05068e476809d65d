/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* External data representation (RFC 4506): reading hostile bytes, writing into one growing buffer. */

#pragma once

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/visibility.h"

/* Why reading or writing stopped; the field it stopped at stands beside it. */
typedef enum {
    VIR_XDR_FINE,
    VIR_XDR_SHORT,      /* the bytes end before the value does */
    VIR_XDR_LIMIT,      /* a string, a list or the whole message is longer than allowed */
    VIR_XDR_TEXT,       /* a string holds a NUL, or is missing where it must not be */
    VIR_XDR_VALUE,      /* a number that this field cannot hold */
} virXdrFault;

VIR_MODULE_API const char *virXdrFaultText(virXdrFault fault);

/* Values are filled up to a multiple of four bytes. */
static inline size_t
virXdrPadding(size_t size)
{
    return -size & 3;
}

typedef struct virXdrBlock virXdrBlock;

/*
 * Reads from bytes it may change: what it decodes borrows strings and opaque data from them, and
 * lists from blocks of the reader. All of it is valid until virXdrReaderClear().
 *
 * A string is ended in place. Where its end is the first byte of the next value, that byte (`seal`)
 * is overwritten once the value was taken; so the buffer has one spare byte behind its end, and
 * can be read only once.
 */
typedef struct {
    unsigned char *next;
    unsigned char *end;
    unsigned char *seal;
    virXdrBlock *blocks;
    void *owned;            /* given to free() by virXdrReaderClear() */
    const char *field;      /* where reading failed */
    virXdrFault fault;
} virXdrReader;

/* `data` has `size` bytes to read and one more to write. */
VIR_MODULE_API void virXdrReaderInit(virXdrReader *reader, void *data, size_t size);
/* The same, and the reader frees `data`. */
VIR_MODULE_API void virXdrReaderInitOwned(virXdrReader *reader, void *data, size_t size);
/* Gives back all that was decoded; a zeroed reader is accepted. */
VIR_MODULE_API void virXdrReaderClear(virXdrReader *reader);
/* Memory that lives as long as the reader; not cleared. `count` times `size` must not overflow. */
VIR_MODULE_API void *virXdrReaderAlloc(virXdrReader *reader, size_t count, size_t size);

static inline size_t
virXdrReaderLeft(const virXdrReader *reader)
{
    return (size_t) (reader->end - reader->next);
}

static inline bool
virXdrReaderFail(virXdrReader *reader, virXdrFault fault)
{
    reader->fault = fault;
    return false;
}

/* Call once the last value was read: the last string may still wait for its end. */
static inline void
virXdrReaderFinish(virXdrReader *reader)
{
    *reader->seal = 0;
}

static inline bool
virXdrReadU32(virXdrReader *reader, uint32_t *value)
{
    uint32_t raw;

    if (virXdrReaderLeft(reader) < sizeof(raw))
        return virXdrReaderFail(reader, VIR_XDR_SHORT);
    memcpy(&raw, reader->next, sizeof(raw));
    *reader->seal = 0;
    reader->next += sizeof(raw);
    *value = be32toh(raw);
    return true;
}

static inline bool
virXdrReadU64(virXdrReader *reader, uint64_t *value)
{
    uint64_t raw;

    if (virXdrReaderLeft(reader) < sizeof(raw))
        return virXdrReaderFail(reader, VIR_XDR_SHORT);
    memcpy(&raw, reader->next, sizeof(raw));
    *reader->seal = 0;
    reader->next += sizeof(raw);
    *value = be64toh(raw);
    return true;
}

/* 0 or 1: whether an optional value follows. */
VIR_MODULE_API bool virXdrReadBool(virXdrReader *reader, bool *value);
/* Bytes whose number is fixed by the protocol, copied. */
VIR_MODULE_API bool virXdrReadFixed(virXdrReader *reader, void *value, size_t size);
/* Bytes with their number in front, borrowed. */
VIR_MODULE_API bool virXdrReadBytes(virXdrReader *reader, size_t limit, unsigned char **value,
                                    size_t *size);
/* A string without NUL inside, borrowed, ended by a NUL when virXdrReaderFinish() was called. */
VIR_MODULE_API bool virXdrReadString(virXdrReader *reader, size_t limit, char **value);
/* The number of items of a list, each of which takes `least` bytes or more. */
VIR_MODULE_API bool virXdrReadCount(virXdrReader *reader, size_t limit, size_t least,
                                    size_t *count);

/* Writes into one buffer that grows up to `limit` bytes. */
typedef struct {
    unsigned char *data;
    size_t used;
    size_t size;
    size_t limit;
    const char *field;      /* where writing failed */
    virXdrFault fault;
} virXdrWriter;

VIR_MODULE_API void virXdrWriterInit(virXdrWriter *writer, size_t limit);
VIR_MODULE_API void virXdrWriterClear(virXdrWriter *writer);
/* Hands the buffer over to the caller, who frees it with free(). */
VIR_MODULE_API unsigned char *virXdrWriterSteal(virXdrWriter *writer, size_t *size);
VIR_MODULE_API bool virXdrWriterGrow(virXdrWriter *writer, size_t more);

static inline bool
virXdrWriterFail(virXdrWriter *writer, virXdrFault fault)
{
    writer->fault = fault;
    return false;
}

/* Room for `more` bytes behind what is written. */
static inline bool
virXdrWriterReserve(virXdrWriter *writer, size_t more)
{
    return more <= writer->size - writer->used || virXdrWriterGrow(writer, more);
}

static inline bool
virXdrWriteU32(virXdrWriter *writer, uint32_t value)
{
    uint32_t raw = htobe32(value);

    if (!virXdrWriterReserve(writer, sizeof(raw)))
        return false;
    memcpy(writer->data + writer->used, &raw, sizeof(raw));
    writer->used += sizeof(raw);
    return true;
}

static inline bool
virXdrWriteU64(virXdrWriter *writer, uint64_t value)
{
    uint64_t raw = htobe64(value);

    if (!virXdrWriterReserve(writer, sizeof(raw)))
        return false;
    memcpy(writer->data + writer->used, &raw, sizeof(raw));
    writer->used += sizeof(raw);
    return true;
}

/* Overwrites a number that was written before, such as the length of the whole message. */
static inline void
virXdrPatchU32(virXdrWriter *writer, size_t offset, uint32_t value)
{
    uint32_t raw = htobe32(value);

    memcpy(writer->data + offset, &raw, sizeof(raw));
}

static inline bool
virXdrWriteCount(virXdrWriter *writer, size_t limit, size_t count)
{
    if (count > limit)
        return virXdrWriterFail(writer, VIR_XDR_LIMIT);
    return virXdrWriteU32(writer, (uint32_t) count);
}

/* Bytes and the padding to a multiple of four. */
static inline bool
virXdrWriteFixed(virXdrWriter *writer, const void *value, size_t size)
{
    size_t padded = size + virXdrPadding(size);

    if (!virXdrWriterReserve(writer, padded))
        return false;
    if (size) {
        memcpy(writer->data + writer->used, value, size);
        memset(writer->data + writer->used + size, 0, padded - size);
    }
    writer->used += padded;
    return true;
}

/* The same with their number in front. */
static inline bool
virXdrWriteBytes(virXdrWriter *writer, size_t limit, const void *value, size_t size)
{
    return virXdrWriteCount(writer, limit, size) && virXdrWriteFixed(writer, value, size);
}

VIR_MODULE_API bool virXdrWriteString(virXdrWriter *writer, size_t limit, const char *value);
